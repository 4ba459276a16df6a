//! Opening one file: what it is, whether it is known, and reading it through its source.

use std::io::{self, Read as _};

use evidence::{Origin, Release, Staging, StoreError, Verdict};
use jiff::civil::Date;
use serde_json::Value;

use crate::archive::Item;
use crate::edition;
use crate::import::{Read, Request, workbook};
use crate::input::{Input, Rows, SheetRow};
use crate::intake::{Intake, Taken};
use crate::look;
use crate::own_table::{SEPARATORS, first_rows, is_wide, narrowed};
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::registry;
use crate::sample::{Format, Match, SAMPLE_ROWS, Sample};
use crate::scan::Scanner;
use crate::source::Source;
use crate::value;

/// A workbook or a map larger than this is refused.
const LARGEST_IN_MEMORY: u64 = 1 << 30;

/// Reads one file: nothing of it goes wrong for the others.
pub(super) fn read_item(
    staging: &Staging,
    number: usize,
    item: &Item,
    request: &Request,
) -> Result<Read, StoreError> {
    let mut read = Read { releases: Vec::new(), problems: Vec::new(), known: false };
    let sha256 = match item.fingerprint() {
        Ok(sha256) => sha256,
        Err(error) => {
            unreadable(item, &error, &mut read);
            return Ok(read);
        }
    };
    let known = staging
        .manifest()
        .releases
        .iter()
        .any(|release| release.origin.sha256 == sha256 && !release.parts.is_empty());
    if known && !request.dry_run {
        read.known = true;
        return Ok(read);
    }
    let url = request.urls.iter().find(|(file, _)| *file == item.label).map(|(_, url)| url.clone());
    let origin = Origin {
        file: item.label.clone(),
        url,
        retrieved: request.today.clone(),
        sha256,
        bytes: item.bytes,
        saved: None,
    };
    let saved = item.saved;
    let mut opening = Opening { staging, number, origin, saved, read };
    match opening.open(item) {
        Ok(()) | Err(ReadError::Structure) => {}
        Err(ReadError::Store(error)) => return Err(error),
        Err(ReadError::Bytes(error)) => unreadable(item, &error, &mut opening.read),
    }
    Ok(opening.read)
}

fn unreadable(item: &Item, error: &io::Error, read: &mut Read) {
    let problem = Problem {
        file: item.label.clone(),
        rule: format!("it cannot be read: {error}"),
        remedy: "download it again, or check that you may read it".to_owned(),
        ..Problem::default()
    };
    let mut release = blank(Origin { file: item.label.clone(), ..Origin::default() });
    release.verdict = Verdict::Refused;
    release.problems = 1;
    read.releases.push((release, None));
    read.problems.push(problem);
}

fn blank(origin: Origin) -> Release {
    Release {
        id: origin.sha256.get(..12).unwrap_or_default().to_owned(),
        source: String::new(),
        edition: String::new(),
        origin,
        verdict: Verdict::NotRecognised,
        rows_read: 0,
        rows_kept: 0,
        left_out: Vec::new(),
        remarks: Vec::new(),
        checks: Vec::new(),
        problems: 0,
        parts: Vec::new(),
    }
}

struct Opening<'a> {
    staging: &'a Staging,
    number: usize,
    origin: Origin,
    /// When the workbook or the archive says that the file was saved.
    saved: Option<Date>,
    read: Read,
}

impl Opening<'_> {
    fn open(&mut self, item: &Item) -> Result<(), ReadError> {
        let mut first = Vec::new();
        item.read(|reader| reader.take(1 << 19).read_to_end(&mut first))?;
        if first.starts_with(b"PK\x03\x04") {
            return self.open_workbook(item);
        }
        if first.trim_ascii_start().starts_with(b"{") {
            return self.open_geojson(item);
        }
        if is_wide(&first) {
            return self.open_wide_text(item);
        }
        let (sample, known) = recognised_text(&first);
        let Some((separator, source, found)) = known else {
            self.not_recognised(&look::in_words(&first, &sample));
            return Ok(());
        };
        let mut outcome = Ok(());
        item.read(|reader| {
            let rows = Rows::Text(Scanner::separated(reader, separator));
            outcome = self.take(source, found, rows, &sample, "");
            Ok(())
        })?;
        outcome
    }

    /// Text of two bytes a character, as spreadsheets save "Unicode text".
    fn open_wide_text(&mut self, item: &Item) -> Result<(), ReadError> {
        let bytes = item.whole(LARGEST_IN_MEMORY)?;
        let text = narrowed(&bytes);
        let (sample, known) = recognised_text(text.as_bytes());
        let Some((separator, source, found)) = known else {
            self.not_recognised(&look::in_words(text.as_bytes(), &sample));
            return Ok(());
        };
        let reader: Box<dyn io::Read + '_> = Box::new(text.as_bytes());
        self.take(source, found, Rows::Text(Scanner::separated(reader, separator)), &sample, "")
    }

    fn open_workbook(&mut self, item: &Item) -> Result<(), ReadError> {
        let bytes = item.whole(LARGEST_IN_MEMORY)?;
        self.saved = workbook::day_saved(&bytes).or(self.saved);
        let sheets = workbook::sheets_of(&bytes, workbook::cell_text)?;
        let mut unknown = Vec::new();
        let all = sheets.len();
        for (sheet, rows) in sheets {
            let sample = Sample::new(
                Format::Sheet,
                &sheet,
                rows.iter().take(SAMPLE_ROWS).cloned().collect(),
            );
            match registry::recognise(&sample) {
                None => unknown.push(sample),
                Some((source, found)) => {
                    let rows = Rows::Sheet(rows.into_iter(), SheetRow::default());
                    self.take(source, found, rows, &sample, &sheet)?;
                }
            }
        }
        if unknown.len() == all {
            self.not_recognised(&look::workbook_in_words(&unknown));
        } else {
            self.name_unread(&unknown);
        }
        Ok(())
    }

    /// Names the sheets with cells that nothing was read of, beside the last that was read.
    fn name_unread(&mut self, unknown: &[Sample]) {
        let with_cells = unknown.iter().filter(|sample| !sample.rows.is_empty());
        let names: Vec<String> = with_cells.map(|sample| format!("`{}`", sample.sheet)).collect();
        let last = self.read.releases.last_mut().filter(|_| !names.is_empty());
        if let Some((release, _)) = last {
            release.remarks.push(format!("sheets not read: {}", names.join(", ")));
            if release.verdict == Verdict::Accepted {
                release.verdict = Verdict::AcceptedWithRemarks;
            }
        }
    }

    fn open_geojson(&mut self, item: &Item) -> Result<(), ReadError> {
        let bytes = item.whole(LARGEST_IN_MEMORY)?;
        let Ok(document) = serde_json::from_slice::<Value>(&bytes) else {
            self.not_recognised("it begins like JSON but cannot be read as JSON");
            return Ok(());
        };
        let properties = document
            .get("features")
            .and_then(|features| features.get(0))
            .and_then(|feature| feature.get("properties"))
            .and_then(Value::as_object)
            .map(|properties| properties.keys().cloned().collect::<Vec<_>>());
        let sample = Sample::new(Format::GeoJson, "", properties.into_iter().collect());
        let Some((source, found)) = registry::recognise(&sample) else {
            self.not_recognised(&look::json_in_words(&sample));
            return Ok(());
        };
        self.take(source, found, Rows::GeoJson(document), &sample, "")
    }

    /// Reads rows through a source and keeps what came of it.
    fn take(
        &mut self,
        source: &'static Source,
        found: Match,
        rows: Rows<'_>,
        sample: &Sample,
        sheet: &str,
    ) -> Result<(), ReadError> {
        let titles = sample.rows.get(..found.header_row.unwrap_or(0)).unwrap_or_default();
        if look::is_synthetic(&self.origin.file, titles) {
            self.not_recognised(&format!(
                "it calls itself synthetic and is laid out like {}: its figures are of nobody, so nothing is kept",
                source.title
            ));
            return Ok(());
        }
        let sheets = self.read.releases.len();
        let writer = self.staging.release((self.number << 20) + sheets);
        let names =
            found.header_row.and_then(|row| sample.rows.get(row)).map_or(&[][..], Vec::as_slice);
        let mut intake = Intake::new(writer, source, names)
            .retrieved(value::day(&self.origin.retrieved))
            .saved(self.saved);
        let outcome = Input::open(rows, found, &self.origin.file, sheet)
            .and_then(|mut input| (source.read)(&mut input, &mut intake));
        match outcome {
            Ok(()) | Err(ReadError::Structure) => {}
            Err(ReadError::Bytes(error)) => intake.problems.refuse(Problem::of_file(
                format!("it could not be read to its end: {error}"),
                "the file is cut short or damaged: download it again",
            )),
            Err(store) => return Err(store),
        }
        intake.judge_edition(edition::began(source.id));
        self.keep(source, intake.finish(), sheet);
        Ok(())
    }

    fn keep(&mut self, source: &'static Source, taken: Taken, sheet: &str) {
        let mut release = blank(self.origin.clone());
        if !sheet.is_empty() {
            release.id = format!("{}-{}", release.id, self.read.releases.len());
            release.origin.file = format!("{}!{sheet}", release.origin.file);
        }
        let today = value::day(&self.origin.retrieved);
        let saved = self.saved.filter(|saved| today.is_none_or(|today| *saved <= today));
        release.origin.saved = saved.map(|day| day.to_string());
        let accepted = matches!(taken.verdict, Verdict::Accepted | Verdict::AcceptedWithRemarks);
        source.id.clone_into(&mut release.source);
        release.edition = taken.edition;
        release.verdict = taken.verdict;
        release.rows_read = taken.rows_read;
        release.rows_kept = if accepted { taken.writer.rows() } else { 0 };
        release.left_out = taken.left_out;
        release.remarks = taken.remarks;
        release.checks = taken.checks;
        release.problems = taken.problems.count();
        self.read.problems.extend(taken.problems.named(&release.origin.file));
        self.read.releases.push((release, accepted.then_some(taken.writer)));
    }

    fn not_recognised(&mut self, remark: &str) {
        let mut release = blank(self.origin.clone());
        release.remarks = if remark.is_empty() { Vec::new() } else { vec![remark.to_owned()] };
        self.read.releases.push((release, None));
    }
}

/// What a text is recognised as, whatever stands between its fields, and its first rows.
fn recognised_text(first: &[u8]) -> (Sample, Option<(u8, &'static Source, Match)>) {
    for separator in SEPARATORS {
        let sample = Sample::new(Format::Text, "", first_rows(first, separator));
        if let Some((source, found)) = registry::recognise(&sample) {
            return (sample, Some((separator, source, found)));
        }
    }
    (Sample::new(Format::Text, "", first_rows(first, b',')), None)
}
