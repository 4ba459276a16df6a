//! Reading the user's table, CSV or Parquet, one row at a time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use anyhow::Context as _;
use arrow::array::{Array, AsArray, Float64Array, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sources::header::Header;
use sources::own_table::{OwnTable, OwnTableError};
use sources::problem::{Problem, Problems};
use sources::scan::Row;
use sources::value;
use vocab::{Mark, Observed};

use super::Files;
use super::groups::{Groups, SEPARATOR};
use crate::wrong::Wrong;

/// Problems printed; the rest are counted.
const SHOWN: usize = 10;
/// Rows of a Parquet file read together.
const TOGETHER: usize = 4096;

/// The columns that a method reads.
pub struct Wanted<'a> {
    /// Columns of words, handed to the method as they stand.
    pub words: Vec<&'a str>,
    /// Columns of numbers.
    pub numbers: Vec<&'a str>,
}

/// One row, as a method sees it.
pub struct Record<'a> {
    /// Its line in the file, or its place among the rows of a Parquet file.
    pub row: u64,
    /// The number of its group.
    pub group: usize,
    /// Its numbers, in the order wanted; a missing or suppressed one is not a number.
    pub numbers: &'a [f64],
    /// Why the first number without a figure has none.
    pub gap: Option<Gap<'a>>,
    /// Its words, by position among those wanted.
    pub word: &'a dyn Fn(usize) -> &'a str,
}

/// Why a number has no figure, and what stood there.
#[derive(Debug, Clone, Copy)]
pub struct Gap<'a> {
    mark: Mark,
    written: &'a str,
}

impl Gap<'_> {
    /// Why a figure is withheld for want of the number.
    pub fn in_words(self) -> String {
        let why = match self.mark {
            Mark::Suppressed => "a number is suppressed",
            Mark::NotApplicable => "a number does not apply",
            _ => "a number is missing",
        };
        match self.written {
            "" | "*" => why.to_owned(),
            written => format!("{why} (`{written}`)"),
        }
    }
}

/// Why a method rejects a row.
pub struct Rejected {
    /// The column at fault.
    pub column: String,
    /// What stood there.
    pub value: String,
    /// What was expected.
    pub rule: &'static str,
    /// How to mend it.
    pub remedy: &'static str,
}

/// What was read besides the rows.
#[derive(Default)]
pub struct Reading {
    /// The groups.
    pub groups: Groups,
    /// Groups with a figure missing, and why the first of them is.
    gaps: BTreeMap<usize, String>,
    /// Whether the first number of each column has a percent sign.
    percent: Vec<Option<bool>>,
    problems: Problems,
}

type Visit<'a> = dyn FnMut(&Record<'_>) -> Result<(), Rejected> + 'a;

/// Reads every row of the table and hands it to the method; problems refuse the table.
pub fn read(files: &Files, wanted: &Wanted, visit: &mut Visit) -> anyhow::Result<Reading> {
    let mut reading = gather(&files.input, &files.by, wanted, visit)?;
    let Some(words) = reading.problems_in_words(&files.input) else {
        return Ok(reading);
    };
    if files.skip_bad_rows {
        eprintln!("left out: {words}");
        return Ok(reading);
    }
    Err(Wrong(format!("{words}\nnothing was written; `--skip-bad-rows` leaves these rows out"))
        .into())
}

/// Reads every row of the table and keeps the problems for later, so that those of several tables can be told at
/// once.
pub fn gather(
    path: &Path,
    by: &[String],
    wanted: &Wanted,
    visit: &mut Visit,
) -> anyhow::Result<Reading> {
    let mut reading = Reading::default();
    if is_parquet(path) {
        let name = path.display();
        let file = File::open(path).with_context(|| format!("while opening {name}"))?;
        read_parquet(file, by, wanted, &mut reading, visit)?;
    } else {
        read_text(path, by, wanted, &mut reading, visit)
            .with_context(|| format!("while reading {}", path.display()))?;
    }
    Ok(reading)
}

fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "parquet")
}

/// The names of a table's columns, of which these are known to be wanted.
pub fn columns(path: &Path, known: &[&str]) -> anyhow::Result<Vec<String>> {
    let name = path.display();
    if is_parquet(path) {
        let file = File::open(path).with_context(|| format!("while opening {name}"))?;
        let table = ParquetRecordBatchReaderBuilder::try_new(file)
            .map_err(|error| Wrong(format!("{name} is no Parquet file: {error}")))?;
        return Ok(table.schema().fields().iter().map(|field| field.name().clone()).collect());
    }
    let table = open(path, known).with_context(|| format!("while reading {name}"))?;
    Ok(table.header().names().to_vec())
}

/// Opens a text or a workbook; what it is not is a refusal, not a failure.
fn open(path: &Path, names: &[&str]) -> anyhow::Result<OwnTable> {
    OwnTable::open(path, names).map_err(|error| match error {
        OwnTableError::Refused(words) => Wrong(words).into(),
        OwnTableError::Bytes(error) => error.into(),
    })
}

impl Reading {
    /// The first problems in words and the number of the others; nothing where there are none.
    pub fn problems_in_words(&mut self, path: &Path) -> Option<String> {
        let name = path.display().to_string();
        let count = self.problems.count();
        let problems = std::mem::take(&mut self.problems).named(&name);
        if count == 0 {
            return None;
        }
        let noun = if count == 1 { "problem" } else { "problems" };
        let mut words = format!("{count} {noun} in {name}");
        for problem in problems.iter().take(SHOWN) {
            words.push_str("\n  ");
            words.push_str(&problem.in_words());
        }
        if count > SHOWN as u64 {
            let _ = write!(words, "\n  … and {} more", count - SHOWN as u64);
        }
        Some(words)
    }

    /// Why a group's figure is withheld for want of a number, in words.
    pub fn gap(&self, group: usize) -> Option<&str> {
        self.gaps.get(&group).map(String::as_str)
    }

    /// Whether a number of a column has a percent sign if the first had one, and none if it had none.
    fn is_alike(&mut self, column: usize, percent: bool) -> bool {
        if self.percent.len() <= column {
            self.percent.resize(column + 1, None);
        }
        *self.percent[column].get_or_insert(percent) == percent
    }

    /// Notes a problem of a row.
    pub fn reject(&mut self, row: u64, rejected: Rejected) {
        let Rejected { column, value, rule, remedy } = rejected;
        let (rule, remedy) = (rule.to_owned(), remedy.to_owned());
        self.problems.add(Problem { file: String::new(), row, column, value, rule, remedy });
    }

    /// The number of a group that a sound row belongs to; the gap in its numbers, if any, is noted.
    fn group(&mut self, key: &str, gap: Option<Gap<'_>>) -> usize {
        let group = self.groups.number(key);
        if let Some(gap) = gap {
            self.gaps.entry(group).or_insert_with(|| gap.in_words());
        }
        group
    }
}

/// A cell as a number, not a number with a mark where there is a gap; anything else is nothing.
fn number(text: &str) -> Option<Result<f64, Mark>> {
    Some(match value::figure(text)? {
        Observed::Value(number) | Observed::Estimated(number) => Ok(number),
        gap => Err(gap.mark()),
    })
}

/// Positions of the columns, or a refusal that names those there are.
fn positions<'a>(
    header: &Header,
    names: impl IntoIterator<Item = &'a str>,
) -> anyhow::Result<Vec<usize>> {
    let names: Vec<&str> = names.into_iter().collect();
    let absent = |name: &&str| header.exactly(name).is_none();
    let missing: Vec<String> =
        names.iter().copied().filter(absent).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let there = header.names().join(", ");
        let missing = missing.join(" and no ");
        return Err(Wrong(format!("there is no column {missing}: the table has {there}")).into());
    }
    let count = |is: &dyn Fn(&str) -> bool| header.names().iter().filter(|one| is(one)).count();
    let twice =
        names.iter().map(|name| name.trim()).find(|name| match count(&|one| one == *name) {
            0 => count(&|one| one.eq_ignore_ascii_case(name)) > 1,
            exactly => exactly > 1,
        });
    if let Some(name) = twice {
        let words = format!("several columns are called `{name}`: give each a name of its own");
        return Err(Wrong(words).into());
    }
    Ok(names.iter().filter_map(|name| header.exactly(name)).collect())
}

/// The positions of the columns that name the groups, of words and of numbers.
fn all_positions(
    header: &Header,
    by: &[String],
    wanted: &Wanted,
) -> anyhow::Result<[Vec<usize>; 3]> {
    let mut all = positions(header, asked(by, wanted))?;
    let numbers = all.split_off(by.len() + wanted.words.len());
    let words = all.split_off(by.len());
    Ok([all, words, numbers])
}

/// Every column that is read.
fn asked<'a>(by: &'a [String], wanted: &Wanted<'a>) -> Vec<&'a str> {
    let by = by.iter().map(String::as_str);
    by.chain(wanted.words.iter().copied()).chain(wanted.numbers.iter().copied()).collect()
}

fn read_text(
    path: &Path,
    by: &[String],
    wanted: &Wanted,
    reading: &mut Reading,
    visit: &mut Visit,
) -> anyhow::Result<()> {
    let mut table = open(path, &asked(by, wanted))?;
    let header = table.header().clone();
    if !table.remark.is_empty() {
        eprintln!("{}: {}", path.display(), table.remark);
    }
    let [by, words, numbers] = all_positions(&header, by, wanted)?;
    let columns = TextColumns { header, by, words, numbers };
    let (mut key, mut cells) = (String::new(), Vec::new());
    while let Some(row) = table.next_row()? {
        let outcome = columns.visit(&row, &mut key, &mut cells, reading, visit);
        if let Err(rejected) = outcome {
            reading.reject(row.number, rejected);
        }
    }
    let oddities = table.oddities();
    if let Some(line) = oddities.open_quote {
        reading.reject(line, whole_row("a quotation mark is never closed", "close it"));
    }
    if oddities.zero_byte {
        reading.reject(0, whole_row("the file holds a zero byte", "save it as text (CSV)"));
    }
    Ok(())
}

fn whole_row(rule: &'static str, remedy: &'static str) -> Rejected {
    Rejected { column: String::new(), value: String::new(), rule, remedy }
}

/// Where the columns lie in a row.
struct TextColumns {
    header: Header,
    by: Vec<usize>,
    words: Vec<usize>,
    numbers: Vec<usize>,
}

impl TextColumns {
    fn visit(
        &self,
        row: &Row<'_>,
        key: &mut String,
        cells: &mut Vec<f64>,
        reading: &mut Reading,
        visit: &mut Visit,
    ) -> Result<(), Rejected> {
        let width = self.header.len();
        if (row.len() != width || width > 1) && row.is_empty() {
            return Ok(());
        }
        if row.len() != width {
            let value = format!("{} fields", row.len());
            let rule = "a row has as many fields as the header";
            let remedy = "look for a comma too many or too few, or quote the field that holds one";
            return Err(Rejected { column: String::new(), value, rule, remedy });
        }
        key.clear();
        for position in &self.by {
            key.push_str(row.get(*position));
            key.push(char::from(SEPARATOR));
        }
        key.pop();
        cells.clear();
        let mut gap = None;
        for (column, position) in self.numbers.iter().enumerate() {
            let text = row.get(*position);
            let rejected = |rule, remedy| Rejected {
                column: self.header.written(*position).to_owned(),
                value: text.to_owned(),
                rule,
                remedy,
            };
            let found = number(text).ok_or_else(|| {
                let remedy = "write the number, or leave the cell empty where it is missing";
                rejected("expected a number", remedy)
            })?;
            if found.is_ok() && !reading.is_alike(column, text.ends_with('%')) {
                return Err(rejected(
                    "some cells of this column have a percent sign and others have none",
                    "write all as percentages or all as shares",
                ));
            }
            cells.push(found.unwrap_or_else(|mark| {
                gap.get_or_insert(Gap { mark, written: text });
                f64::NAN
            }));
        }
        let group = reading.group(key, gap);
        let word = |position: usize| self.words.get(position).map_or("", |at| row.get(*at));
        visit(&Record { row: row.number, group, numbers: cells, gap, word: &word })
    }
}

fn read_parquet(
    file: File,
    by: &[String],
    wanted: &Wanted,
    reading: &mut Reading,
    visit: &mut Visit,
) -> anyhow::Result<()> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(|error| Wrong(format!("this is no Parquet file: {error}")))?;
    let header = Header::new(builder.schema().fields().iter().map(|field| field.name().as_str()));
    let [by, words, numbers] = all_positions(&header, by, wanted)?;
    let mut kept: Vec<usize> = by.iter().chain(&words).chain(&numbers).copied().collect();
    kept.sort_unstable();
    kept.dedup();
    let mask = ProjectionMask::roots(builder.parquet_schema(), kept.iter().copied());
    let mut rows = Rows { key: String::new(), width: numbers.len(), cells: Vec::new(), seen: 0 };
    for batch in builder.with_projection(mask).with_batch_size(TOGETHER).build()? {
        let batch = batch?;
        let place = |column: &usize| kept.binary_search(column).unwrap_or_default();
        let texts = |columns: &[usize]| -> anyhow::Result<Vec<StringArray>> {
            columns.iter().map(|at| as_text(batch.column(place(at)).as_ref())).collect()
        };
        let words = Words { by: texts(&by)?, words: texts(&words)? };
        rows.cells.resize(batch.num_rows() * numbers.len(), 0.0);
        for (column, at) in numbers.iter().enumerate() {
            let found = as_numbers(batch.column(place(at)).as_ref(), header.written(*at))?;
            rows.fill(column, &found);
        }
        rows.visit(batch.num_rows(), &words, reading, visit);
    }
    Ok(())
}

fn as_text(column: &dyn Array) -> anyhow::Result<StringArray> {
    Ok(cast(column, &DataType::Utf8)?.as_string::<i32>().clone())
}

fn as_numbers(column: &dyn Array, name: &str) -> anyhow::Result<Float64Array> {
    if !column.data_type().is_numeric() {
        let kind = column.data_type();
        return Err(Wrong(format!("column `{name}` holds {kind}: expected numbers")).into());
    }
    Ok(cast(column, &DataType::Float64)?.as_primitive::<Float64Type>().clone())
}

/// The columns of words of a batch that were asked for.
struct Words {
    by: Vec<StringArray>,
    words: Vec<StringArray>,
}

/// The rows of a batch, the numbers of each side by side.
struct Rows {
    key: String,
    /// How many numbers a row has.
    width: usize,
    cells: Vec<f64>,
    /// Rows visited so far.
    seen: u64,
}

impl Rows {
    /// Puts a column of numbers in its place; what is missing or infinite is not a number.
    fn fill(&mut self, column: usize, found: &Float64Array) {
        let places = self.cells.iter_mut().skip(column).step_by(self.width);
        for (place, number) in places.zip(found.values()) {
            *place = if number.is_finite() { *number } else { f64::NAN };
        }
        if found.null_count() > 0 {
            for row in (0..found.len()).filter(|row| found.is_null(*row)) {
                self.cells[row * self.width + column] = f64::NAN;
            }
        }
    }

    /// Hands every row to the method. Without naming columns all rows are of one group, looked up once.
    fn visit(&mut self, rows: usize, words: &Words, reading: &mut Reading, visit: &mut Visit) {
        let has_gaps = self.cells.iter().any(|cell| cell.is_nan());
        for row in 0..rows {
            self.seen += 1;
            let numbers = &self.cells[row * self.width..][..self.width];
            let is_gap = has_gaps && numbers.iter().any(|cell| cell.is_nan());
            let gap = is_gap.then_some(Gap { mark: Mark::Missing, written: "" });
            let group = if words.by.is_empty() && !is_gap && self.seen > 1 {
                0
            } else {
                words.key(row, &mut self.key);
                reading.group(&self.key, gap)
            };
            let word = |position: usize| {
                words.words.get(position).map_or("", |column| text_at(column, row))
            };
            visit(&Record { row: self.seen, group, numbers, gap, word: &word })
                .unwrap_or_else(|rejected| reading.reject(self.seen, rejected));
        }
    }
}

impl Words {
    /// The words that name the group of a row, joined.
    fn key(&self, row: usize, key: &mut String) {
        key.clear();
        for column in &self.by {
            key.push_str(text_at(column, row));
            key.push(char::from(SEPARATOR));
        }
        key.pop();
    }
}

fn text_at(column: &StringArray, row: usize) -> &str {
    if column.is_null(row) { "" } else { column.value(row) }
}
