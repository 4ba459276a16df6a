//! The table that a method answers with, and its three ways out: CSV, Parquet, JSON.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int64Array,
    RecordBatch, StringArray, UInt32Array,
};
use arrow::datatypes::{DataType, Date32Type, Field, Float64Type, Int64Type, Schema, UInt32Type};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::groups::Groups;
use crate::wrong::Wrong;

/// Bytes of CSV kept before they are written.
const BLOCK: usize = 1 << 20;

/// A table in the making.
#[derive(Default)]
pub struct Answer {
    names: Vec<String>,
    columns: Vec<ArrayRef>,
}

impl Answer {
    /// A table that begins with the columns naming each group.
    pub(crate) fn of_groups(by: &[String], groups: &Groups) -> Self {
        let mut answer = Self::default();
        for (position, name) in by.iter().enumerate() {
            let words = (0..groups.len()).map(|group| groups.word(group, position));
            answer.words(name, words);
        }
        answer
    }

    /// A table of rows, each of a group: the naming columns are kept once for each group.
    pub(crate) fn of_rows(by: &[String], groups: &Groups, group_of_row: &[u32]) -> Self {
        let mut answer = Self::default();
        for (position, name) in by.iter().enumerate() {
            let words: Vec<&str> =
                (0..groups.len()).map(|group| groups.word(group, position)).collect();
            answer.repeated(name, Arc::new(StringArray::from(words)), group_of_row);
        }
        answer
    }

    /// Adds a column of words.
    pub fn words<S: AsRef<str>>(&mut self, name: &str, words: impl Iterator<Item = S>) {
        self.add(name, Arc::new(StringArray::from_iter_values(words)));
    }

    /// Adds the column that says why a figure is not given; nothing stands where it is.
    pub fn withheld<S: AsRef<str>>(&mut self, reasons: impl Iterator<Item = S>) {
        let said = reasons.map(|reason| (!reason.as_ref().is_empty()).then_some(reason));
        self.add("withheld", Arc::new(said.collect::<StringArray>()));
    }

    /// Adds that column to a table of so many rows where every figure is given.
    pub fn nothing_withheld(&mut self, rows: usize) {
        self.add("withheld", Arc::new(StringArray::new_null(rows)));
    }

    /// Adds a column of numbers, some of which may not be given.
    pub fn numbers(&mut self, name: &str, numbers: impl Iterator<Item = Option<f64>>) {
        self.add(name, Arc::new(numbers.collect::<Float64Array>()));
    }

    /// Adds a column of whole numbers.
    pub fn wholes(&mut self, name: &str, wholes: impl Iterator<Item = i64>) {
        self.add(name, Arc::new(Int64Array::from_iter_values(wholes)));
    }

    /// Adds a column of yes and no.
    pub fn flags(&mut self, name: &str, flags: impl Iterator<Item = bool>) {
        self.add(name, Arc::new(flags.map(Some).collect::<BooleanArray>()));
    }

    /// Adds a column whose rows repeat a few values: the value at each position.
    pub fn repeated(&mut self, name: &str, values: ArrayRef, positions: &[u32]) {
        let positions = UInt32Array::from(positions.to_vec());
        self.add(name, Arc::new(DictionaryArray::new(positions, values)));
    }

    /// Adds a column of numbers whose rows repeat a few values.
    pub fn repeated_numbers(
        &mut self,
        name: &str,
        numbers: impl Iterator<Item = Option<f64>>,
        positions: &[u32],
    ) {
        self.repeated(name, Arc::new(numbers.collect::<Float64Array>()), positions);
    }

    /// Adds a column of words whose rows repeat a few of them.
    pub fn repeated_words<'a>(
        &mut self,
        name: &str,
        words: impl Iterator<Item = &'a str>,
        positions: Vec<u32>,
    ) {
        let words = Arc::new(StringArray::from_iter_values(words));
        self.add(name, Arc::new(DictionaryArray::new(UInt32Array::from(positions), words)));
    }

    /// Adds a column as it is.
    pub fn add(&mut self, name: &str, column: ArrayRef) {
        self.names.push(name.to_owned());
        self.columns.push(column);
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, arrow::array::Array::len)
    }

    /// Writes the table where it was asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, output: Option<&Path>, json: bool) -> anyhow::Result<()> {
        let Some(path) = output else {
            let out = std::io::stdout().lock();
            return if json { self.write_json(out) } else { self.write_csv(out) };
        };
        let create =
            || File::create(path).with_context(|| format!("while creating {}", path.display()));
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("parquet") => self.write_parquet(create()?),
            Some("json") => self.write_json(create()?),
            Some("csv") => self.write_csv(create()?),
            _ => Err(Wrong(format!(
                "{}: expected a name ending in .csv, .parquet or .json",
                path.display()
            ))
            .into()),
        }
    }

    fn write_parquet(&self, file: File) -> anyhow::Result<()> {
        let fields: Vec<Field> = self
            .names
            .iter()
            .zip(&self.columns)
            .map(|(name, column)| Field::new(name, column.data_type().clone(), true))
            .collect();
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_statistics_enabled(EnabledStatistics::None);
        for field in fields.iter().filter(|field| *field.data_type() == DataType::Float64) {
            let path = ColumnPath::from(field.name().as_str());
            properties = properties.set_column_dictionary_enabled(path, false);
        }
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(schema.clone(), self.columns.clone())?;
        let mut writer = ArrowWriter::try_new(file, schema, Some(properties.build()))?;
        writer.write(&batch)?;
        writer.close()?;
        Ok(())
    }

    fn write_csv(&self, mut out: impl std::io::Write) -> anyhow::Result<()> {
        let cells: Vec<Cells> = self.columns.iter().map(Cells::new).collect();
        let mut text = self.names.join(",");
        text.push('\n');
        for row in 0..self.rows() {
            for (position, column) in cells.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                column.push(row, &mut text);
            }
            text.push('\n');
            if text.len() > BLOCK {
                out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        out.write_all(text.as_bytes())?;
        Ok(())
    }

    fn write_json(&self, mut out: impl std::io::Write) -> anyhow::Result<()> {
        let mut rows = Vec::with_capacity(self.rows());
        for row in 0..self.rows() {
            let named = self.names.iter().zip(&self.columns);
            let cells = named.map(|(name, column)| (name.clone(), json(column.as_ref(), row)));
            rows.push(cells.collect::<serde_json::Map<_, _>>());
        }
        serde_json::to_writer_pretty(&mut out, &rows)?;
        out.write_all(b"\n")?;
        Ok(())
    }
}

/// A column ready to be written as text.
enum Cells<'a> {
    Words(&'a StringArray),
    Numbers(&'a Float64Array),
    Wholes(&'a Int64Array),
    Flags(&'a BooleanArray),
    Days(&'a Date32Array),
    /// The few values already as text, and which of them stands in each row.
    Repeated(Vec<String>, &'a [u32]),
}

impl<'a> Cells<'a> {
    fn new(column: &'a ArrayRef) -> Self {
        match column.data_type() {
            DataType::Float64 => Self::Numbers(column.as_primitive::<Float64Type>()),
            DataType::Int64 => Self::Wholes(column.as_primitive::<Int64Type>()),
            DataType::Boolean => Self::Flags(column.as_boolean()),
            DataType::Date32 => Self::Days(column.as_primitive::<Date32Type>()),
            DataType::Utf8 => Self::Words(column.as_string()),
            _ => {
                let dictionary = column.as_dictionary::<UInt32Type>();
                let values = Cells::new(dictionary.values());
                let text = |position| {
                    let mut text = String::new();
                    values.push(position, &mut text);
                    text
                };
                let texts = (0..dictionary.values().len()).map(text).collect();
                Self::Repeated(texts, dictionary.keys().values())
            }
        }
    }

    fn push(&self, row: usize, text: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Words(column) => {
                push_word(if column.is_null(row) { "" } else { column.value(row) }, text);
                Ok(())
            }
            Self::Numbers(column) if column.is_null(row) => Ok(()),
            Self::Numbers(column) => write!(text, "{}", column.value(row)),
            Self::Wholes(column) => write!(text, "{}", column.value(row)),
            Self::Flags(column) => write!(text, "{}", column.value(row)),
            Self::Days(column) => write!(text, "{}", day(column.value(row))),
            Self::Repeated(texts, positions) => {
                text.push_str(&texts[positions[row] as usize]);
                Ok(())
            }
        };
    }
}

/// The day that is so many days after 1 January 1970.
fn day(days: i32) -> jiff::civil::Date {
    jiff::civil::Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

fn push_word(word: &str, text: &mut String) {
    if word.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&word.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(word);
    }
}

fn json(column: &dyn Array, row: usize) -> serde_json::Value {
    if column.is_null(row) {
        return serde_json::Value::Null;
    }
    match column.data_type() {
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Date32 => day(column.as_primitive::<Date32Type>().value(row)).to_string().into(),
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        _ => {
            let dictionary = column.as_dictionary::<UInt32Type>();
            json(dictionary.values().as_ref(), dictionary.keys().value(row) as usize)
        }
    }
}
