//! A table of a person's own, as spreadsheets save it: text in several encodings and with several separators, or the sheet of a
//! workbook, the header perhaps below a title.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use calamine::DataRef;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use thiserror::Error;

use crate::archive::{self, Limits};
use crate::header::Header;
use crate::import::workbook;
use crate::input::{Rows, SheetRow};
use crate::look;
use crate::read_error::ReadError;
use crate::sample::SAMPLE_ROWS;
use crate::scan::{Oddities, Row, Scanner};
use crate::value;

/// What stands between the fields of a text, the most usual first.
pub(crate) const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Bytes in which the header is looked for.
const FIRST_BYTES: u64 = 1 << 19;

/// A table that cannot be read.
#[derive(Debug, Error)]
pub enum OwnTableError {
    /// The bytes could not be read.
    #[error(transparent)]
    Bytes(#[from] io::Error),
    /// It is no table, or not one of which the header can be found.
    #[error("{0}")]
    Refused(String),
}

/// A table of a person's own, at the first row below its header.
pub struct OwnTable {
    rows: Rows<'static>,
    header: Header,
    /// What had to be found out about it and a reader should know; empty for a plain table.
    pub remark: String,
}

/// Rows as texts, and how many wanted names a header among them has.
struct Place {
    row: usize,
    found: usize,
    /// How many of its cells are words, as names of columns are.
    words: usize,
}

impl OwnTable {
    /// Opens a table at the first of its rows that has all of these names; where none has, at the one that comes nearest.
    ///
    /// # Errors
    /// When the bytes cannot be read, it is no table, or several sheets of a workbook have the names.
    pub fn open(path: &Path, names: &[&str]) -> Result<Self, OwnTableError> {
        let mut first = Vec::new();
        File::open(path)?.take(FIRST_BYTES).read_to_end(&mut first)?;
        if first.starts_with(b"PK\x03\x04") {
            return Self::of_workbook(path, names);
        }
        if let Some(words) = look::other_kind(&first) {
            return Err(OwnTableError::Refused(words.to_owned()));
        }
        if !is_wide(&first) {
            return Self::of_text(&first, || Ok(Box::new(File::open(path)?)), names);
        }
        let text = narrowed(&std::fs::read(path)?).into_bytes();
        let head = text.get(..text.len().min(FIRST_BYTES as usize)).unwrap_or_default().to_vec();
        Self::of_text(&head, || Ok(Box::new(Cursor::new(text))), names)
    }

    fn of_text(
        first: &[u8],
        open: impl FnOnce() -> io::Result<Box<dyn Read>>,
        names: &[&str],
    ) -> Result<Self, OwnTableError> {
        let mut best: Option<(u8, Place)> = None;
        for separator in SEPARATORS {
            let Some(place) = header_of(&first_rows(first, separator), names) else { continue };
            if best.as_ref().is_none_or(|(_, best)| place.is_better_than(best)) {
                best = Some((separator, place));
            }
        }
        let Some((separator, place)) = best else { return Err(empty()) };
        let rows = Rows::Text(Scanner::separated(open()?, separator));
        Self::below(rows, place.row, String::new())
    }

    fn of_workbook(path: &Path, names: &[&str]) -> Result<Self, OwnTableError> {
        let refused = |words: String| OwnTableError::Refused(words);
        let most = Limits::default();
        let item = match <[_; 1]>::try_from(archive::list(&[path.to_owned()], most)) {
            Ok([Ok(item)]) if !item.label.contains('!') => item,
            Ok([Err(problem)]) => {
                return Err(refused(format!("{}: {}", problem.rule, problem.remedy)));
            }
            _ => return Err(refused("it is an archive: unpack it and name one table".to_owned())),
        };
        let sheets = workbook::sheets_of(&item.whole(most.workbook_bytes)?, cell_text)?;
        let several = sheets.len() > 1;
        let mut best: Option<(Place, String, Vec<Vec<String>>)> = None;
        let mut having: Vec<String> = Vec::new();
        for (name, rows) in sheets {
            let head = rows.get(..rows.len().min(SAMPLE_ROWS)).unwrap_or_default();
            let Some(place) = header_of(head, names) else { continue };
            if place.found == names.len() {
                having.push(format!("`{name}`"));
            }
            if best.as_ref().is_none_or(|(best, ..)| place.is_better_than(best)) {
                best = Some((place, name, rows));
            }
        }
        if having.len() > 1 {
            let all = having.join(", ");
            return Err(refused(format!(
                "the sheets {all} all have these columns: save the one that is meant as CSV"
            )));
        }
        let Some((place, sheet, rows)) = best else { return Err(empty()) };
        let remark = if several { format!("read from the sheet `{sheet}`") } else { String::new() };
        Self::below(Rows::Sheet(rows.into_iter(), SheetRow::default()), place.row, remark)
    }

    /// The rows below the header that stands in this row.
    fn below(mut rows: Rows<'static>, row: usize, sheet: String) -> Result<Self, OwnTableError> {
        let mut titles = false;
        for _ in 0..row {
            titles |= next(&mut rows)?.is_some_and(|row| !row.is_empty());
        }
        let header = next(&mut rows)?.ok_or_else(empty)?;
        let number = header.number;
        let header = Header::new((0..header.len()).map(|field| header.raw(field)));
        let above =
            format!("the header is taken to be row {number}; what stands above it is not read");
        let remarks = [sheet, if titles { above } else { String::new() }];
        let remark = remarks.into_iter().filter(|remark| !remark.is_empty());
        Ok(Self { rows, header, remark: remark.collect::<Vec<_>>().join("; ") })
    }

    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The next row; nothing at the end.
    ///
    /// # Errors
    /// When reading fails.
    pub fn next_row(&mut self) -> io::Result<Option<Row<'_>>> {
        next(&mut self.rows)
    }

    /// What was met while splitting a text.
    #[must_use]
    pub fn oddities(&self) -> Oddities {
        self.rows.oddities()
    }
}

impl Place {
    /// Of two places that have as many names the one with more words, and then the first, is the header.
    const fn is_better_than(&self, other: &Self) -> bool {
        self.found > other.found || self.found == other.found && self.words > other.words
    }
}

fn empty() -> OwnTableError {
    OwnTableError::Refused("the table is empty: expected a row of column names".to_owned())
}

fn next<'a>(rows: &'a mut Rows<'static>) -> io::Result<Option<Row<'a>>> {
    rows.next().map_err(|error| match error {
        ReadError::Bytes(error) => error,
        other => io::Error::other(other),
    })
}

/// Where the header stands among the first rows; nothing where all are empty.
fn header_of(rows: &[Vec<String>], names: &[&str]) -> Option<Place> {
    let mut best: Option<Place> = None;
    for (row, cells) in rows.iter().enumerate() {
        let is_empty = cells.iter().all(|cell| cell.trim().is_empty());
        let words = cells.iter().filter(|cell| value::figure(cell).is_none()).count();
        let header = Header::new(cells.iter().map(String::as_str));
        let found = names.iter().filter(|name| header.exactly(name).is_some()).count();
        let place = Place { row, found, words };
        if !is_empty && best.as_ref().is_none_or(|best| place.is_better_than(best)) {
            best = Some(place);
        }
    }
    best
}

/// The first rows of a text.
pub(crate) fn first_rows(first: &[u8], separator: u8) -> Vec<Vec<String>> {
    let mut scanner = Scanner::separated(first, separator);
    let mut rows = Vec::new();
    while let (true, Ok(Some(row))) = (rows.len() < SAMPLE_ROWS, scanner.next_row()) {
        rows.push((0..row.len()).map(|field| row.raw(field).to_owned()).collect());
    }
    rows
}

/// Whether a text has two bytes a character, as spreadsheets save "Unicode text".
pub(crate) fn is_wide(first: &[u8]) -> bool {
    width_of(first).is_some()
}

/// The encoding of a text of two bytes a character: as its first two bytes say, else as zero bytes at every other place do.
fn width_of(first: &[u8]) -> Option<&'static Encoding> {
    if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) {
        return Some(if first.first() == Some(&0xff) { UTF_16LE } else { UTF_16BE });
    }
    let head = first.get(..first.len().min(128))?;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let most = |zeros: usize| zeros > 1 && zeros * 20 >= head.len() * 9;
    match (zeros(0), zeros(1)) {
        (0, high) if most(high) => Some(UTF_16LE),
        (high, 0) if most(high) => Some(UTF_16BE),
        _ => None,
    }
}

/// A text of two bytes a character.
pub(crate) fn narrowed(bytes: &[u8]) -> String {
    width_of(bytes).unwrap_or(UTF_16LE).decode(bytes).0.into_owned()
}

/// A cell as a person sees it: a day as a day, not as the number that the workbook keeps.
fn cell_text(cell: &DataRef<'_>) -> String {
    let day = match cell {
        DataRef::DateTime(moment) => value::day(&moment.as_f64().to_string()),
        _ => None,
    };
    day.map_or_else(|| workbook::cell_text(cell), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const ROWS: [&str; 3] = ["area,n", "A,1", "\"B, C\",<5"];

    /// The cells below the header of a table in a file of this name, and the remark.
    fn read(
        name: &str,
        bytes: &[u8],
        names: &[&str],
    ) -> Result<(Vec<Vec<String>>, String), OwnTableError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut table = OwnTable::open(&path, names)?;
        let mut rows = Vec::new();
        while let Some(row) = table.next_row()? {
            rows.push((0..row.len()).map(|field| row.get(field).to_owned()).collect());
        }
        Ok((rows, table.remark))
    }

    fn wide(text: &str, big_end_first: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        let bytes = |unit: u16| if big_end_first { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(units).flat_map(bytes).collect()
    }

    /// A workbook of sheets, each a name and rows; a number in a cell is a day.
    fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
        const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut parts = vec![(
            "xl/styles.xml".to_owned(),
            format!(
                r#"<styleSheet xmlns="{SPACE}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        )];
        let (mut names, mut targets) = (String::new(), String::new());
        for (number, (name, rows)) in (1..).zip(sheets) {
            names
                .extend([format!(r#"<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>"#)]);
            targets.extend([format!(
                r#"<Relationship Id="r{number}" Type="{relation}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
            )]);
            let cell = |text: &&str| match text.parse::<u32>() {
                Ok(day) if day > 9999 => format!(r#"<c s="1"><v>{day}</v></c>"#),
                Ok(count) => format!("<c><v>{count}</v></c>"),
                Err(_) => format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#),
            };
            let row = |row: &&[&str]| {
                format!("<row>{}</row>", row.iter().map(cell).collect::<Vec<_>>().concat())
            };
            let data = rows.iter().map(row).collect::<Vec<_>>().concat();
            parts.push((
                format!("xl/worksheets/sheet{number}.xml"),
                format!(r#"<worksheet xmlns="{SPACE}"><sheetData>{data}</sheetData></worksheet>"#),
            ));
        }
        let style =
            format!(r#"<Relationship Id="s" Type="{relation}/styles" Target="styles.xml"/>"#);
        let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!(r#"<workbook xmlns="{SPACE}" xmlns:r="{relation}"><sheets>{names}</sheets></workbook>"#),
        ));
        parts.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(r#"<Relationships xmlns="{relations}">{targets}{style}</Relationships>"#),
        ));
        parts.push((
            "_rels/.rels".to_owned(),
            format!(
                r#"<Relationships xmlns="{relations}"><Relationship Id="a" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ));
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn every_way_in_which_a_spreadsheet_saves_text_gives_the_same_rows() {
        let text = ROWS.join("\r\n");
        let with = |separator: &str| {
            ["area", "n", "A", "1", "\"B, C\"", "<5"]
                .chunks(2)
                .map(|row| row.join(separator))
                .collect::<Vec<_>>()
                .join("\n")
        };
        let cases = [
            text.clone().into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
            wide(&text, false),
            wide(&with("\t"), true),
            wide(&text, false)[2..].to_vec(),
            wide(&text, true)[2..].to_vec(),
            with("\t").into_bytes(),
            with(";").into_bytes(),
        ];
        for bytes in cases {
            let (rows, remark) = read("a.csv", &bytes, &["area", "n"]).unwrap();
            assert_eq!(rows, [["A", "1"], ["B, C", "<5"]], "{bytes:?}");
            assert_eq!(remark, "");
        }
    }

    #[test]
    fn a_header_below_a_title_is_found_and_told() {
        let text = format!("Deaths by area, of 1 May\n\n{}\n", ROWS.join("\n"));
        let (rows, remark) = read("a.csv", text.as_bytes(), &["n"]).unwrap();
        assert_eq!(rows, [["A", "1"], ["B, C", "<5"]]);
        assert!(remark.contains("row 3"), "{remark}");
    }

    #[test]
    fn the_sheet_that_has_the_columns_is_read_and_its_days_are_days() {
        let notes: &[&[&str]] = &[&["Notes"], &["Made by hand"]];
        let figures: &[&[&str]] = &[&["Counts"], &["month", "n"], &["45323", "7"]];
        let book = workbook(&[("Notes", notes), ("Figures", figures)]);
        let (rows, remark) = read("a.xlsx", &book, &["month", "n"]).unwrap();
        assert_eq!(rows, [["2024-02-01", "7"]]);
        assert!(remark.contains("`Figures`") && remark.contains("row 2"), "{remark}");
        let twice = workbook(&[("One", figures), ("Two", figures)]);
        let refused = read("a.xlsx", &twice, &["month", "n"]).unwrap_err().to_string();
        assert!(refused.contains("`One`, `Two`"), "{refused}");
    }

    #[test]
    fn without_a_name_that_fits_the_row_of_words_is_the_header() {
        let notes: &[&[&str]] = &[
            &["Emergency care"],
            &["Code", "Name", "Attendances"],
            &["RAA", "Trust, North", "12", "45323"],
        ];
        let (rows, _) = read("a.xlsx", &workbook(&[("A", notes)]), &["nothing"]).unwrap();
        assert_eq!(rows, [["RAA", "Trust, North", "12", "2024-02-01"]]);
    }

    #[test]
    fn what_is_no_table_is_told_what_it_is() {
        for (bytes, words) in [
            (b"".as_slice(), "empty"),
            (b"%PDF-1.7", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
            (b"PK\x03\x04nothing", "damaged"),
        ] {
            let refused = read("a.csv", bytes, &["n"]).unwrap_err().to_string();
            assert!(refused.contains(words), "{refused}");
        }
    }
}
