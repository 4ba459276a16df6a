//! A table of one period in memory, column by column: words as numbers into a list, figures as plain arrays.

use std::hash::{Hash as _, Hasher};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow::datatypes::{Float64Type, Int32Type, Int64Type};
use rustc_hash::{FxHashMap, FxHashSet};
use vocab::Period;

use crate::error::EvidenceError;
use crate::parts;
use crate::storage::{Object, open_file};
use crate::store::StoreError;
use crate::table::{Cell, Kind, Table, Written};
use crate::writer::schema_of;

/// A column of words: each distinct word once, and its number on every row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextColumn {
    /// The distinct words, in order of first appearance.
    pub words: Vec<String>,
    /// For each row the number of its word, or [`TextColumn::NONE`].
    pub codes: Vec<u32>,
}

impl TextColumn {
    /// The code of an empty cell.
    pub const NONE: u32 = u32::MAX;

    /// The word of a row, if it has one.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let code = *self.codes.get(row)?;
        self.words.get(code as usize).map(String::as_str)
    }

    /// The number of a word, if any row has it.
    #[must_use]
    pub fn code_of(&self, word: &str) -> Option<u32> {
        self.words.iter().position(|candidate| candidate == word).map(|code| code as u32)
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Values {
    Text(TextColumn, FxHashMap<String, u32>),
    Number(Vec<f64>),
}

/// The rows of a table in a period that are in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    table: &'static str,
    names: Vec<&'static str>,
    columns: Vec<Values>,
    rows: usize,
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The columns of a frame one after the other, each of the kind that its table says.
pub(crate) struct InOrder<'f>(std::slice::Iter<'f, Values>);

impl<'f> InOrder<'f> {
    pub(crate) fn text(&mut self) -> &'f TextColumn {
        match self.0.next() {
            Some(Values::Text(column, _)) => column,
            _ => unreachable!("frames are made with the columns of their table"),
        }
    }

    pub(crate) fn words(&mut self) -> &'f TextColumn {
        self.text()
    }

    pub(crate) fn amount(&mut self) -> &'f [f64] {
        match self.0.next() {
            Some(Values::Number(values)) => values,
            _ => unreachable!("frames are made with the columns of their table"),
        }
    }

    pub(crate) fn count(&mut self) -> &'f [f64] {
        self.amount()
    }
}

impl Frame {
    /// A frame without rows.
    #[must_use]
    pub fn empty(table: &'static Table) -> Self {
        let columns = table
            .columns
            .iter()
            .map(|column| match column.kind {
                Kind::Text => Values::Text(TextColumn::default(), FxHashMap::default()),
                Kind::Count | Kind::Amount => Values::Number(Vec::new()),
            })
            .collect();
        let names = table.columns.iter().map(|column| column.name).collect();
        Self { table: table.name, names, columns, rows: 0 }
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The name of its table.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// A column of words; nothing when the table has no such column or it holds figures.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&TextColumn> {
        match self.column(name)? {
            Values::Text(column, _) => Some(column),
            Values::Number(_) => None,
        }
    }

    /// A column of figures, NaN where there is none; nothing when the table has no such column or it holds words.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<&[f64]> {
        match self.column(name)? {
            Values::Number(values) => Some(values),
            Values::Text(..) => None,
        }
    }

    /// A column of words that must be there.
    ///
    /// # Errors
    /// When the table has no such column or it holds figures.
    pub fn words(&self, name: &str) -> Result<&TextColumn, EvidenceError> {
        self.text(name).ok_or_else(|| self.no_column("words", name))
    }

    /// A column of figures that must be there.
    ///
    /// # Errors
    /// When the table has no such column or it holds words.
    pub fn figures(&self, name: &str) -> Result<&[f64], EvidenceError> {
        self.number(name).ok_or_else(|| self.no_column("figures", name))
    }

    fn no_column(&self, what: &'static str, name: &str) -> EvidenceError {
        let is_words = |values: &Values| matches!(values, Values::Text(..));
        let known = self.names.iter().zip(&self.columns);
        let known = known.filter(|(_, values)| is_words(values) == (what == "words"));
        EvidenceError::NoColumn {
            table: self.table,
            what,
            column: name.to_owned(),
            known: known.map(|(name, _)| *name).collect(),
        }
    }

    /// Number of columns.
    pub(crate) const fn width(&self) -> usize {
        self.columns.len()
    }

    /// Feeds a cell to a hasher.
    pub(crate) fn hash_cell(&self, column: usize, row: usize, hasher: &mut impl Hasher) {
        match self.columns.get(column) {
            Some(Values::Text(column, _)) => column.get(row).hash(hasher),
            Some(Values::Number(values)) => {
                values.get(row).map(|value| value.to_bits()).hash(hasher);
            }
            None => {}
        }
    }

    /// The cells of a row as texts, empty where there is nothing.
    pub(crate) fn cells(&self, row: usize) -> Vec<String> {
        let cell = |values: &Values| match values {
            Values::Text(column, _) => column.get(row).unwrap_or_default().to_owned(),
            Values::Number(values) => {
                let value = values.get(row).filter(|value| value.is_finite());
                value.map_or_else(String::new, f64::to_string)
            }
        };
        self.columns.iter().map(cell).collect()
    }

    /// Its columns one after the other, for the typed columns of a table.
    pub(crate) fn in_order(&self, table: &Table) -> InOrder<'_> {
        assert_eq!(self.table, table.name, "the rows of a table are read as those of that table");
        InOrder(self.columns.iter())
    }

    fn column(&self, name: &str) -> Option<&Values> {
        let position = self.names.iter().position(|candidate| *candidate == name)?;
        self.columns.get(position)
    }

    /// Adds a typed row.
    pub fn add<'a, R: Written<'a>>(&mut self, row: R) {
        assert_eq!(self.table, R::TABLE.name, "a row is added to its table");
        row.give(|cells| self.push(cells));
    }

    /// Adds a row, one cell a column.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        assert_eq!(
            cells.len(),
            self.columns.len(),
            "a row of `{}` has a cell a column",
            self.table
        );
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            match (column, cell) {
                (Values::Text(column, known), Cell::Text(text)) => push_word(column, known, text),
                (Values::Text(column, _), _) => column.codes.push(TextColumn::NONE),
                (Values::Number(values), Cell::Number(number)) => values.push(*number),
                (Values::Number(values), _) => values.push(f64::NAN),
            }
        }
        self.rows += 1;
    }

    /// Bytes held, near enough to bound a cache.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.columns
            .iter()
            .map(|column| match column {
                Values::Text(column, _) => column.codes.len() * 4 + column.words.len() * 80,
                Values::Number(values) => values.len() * 8,
            })
            .sum()
    }

    /// The rows as a batch of the table's schema, `period` first: for engines that speak Arrow.
    ///
    /// # Errors
    /// When `table` is not the table of this frame.
    pub fn as_batch(&self, table: &Table, period: Period) -> Result<RecordBatch, StoreError> {
        let period = TextColumn { words: vec![period.to_string()], codes: vec![0; self.rows] };
        let mut arrays = vec![text_array(&period)];
        arrays.extend(table.columns.iter().zip(&self.columns).map(|(column, values)| {
            match (values, column.kind) {
                (Values::Text(column, _), _) => text_array(column),
                (Values::Number(values), Kind::Count) => Arc::new(
                    values
                        .iter()
                        .map(|value| value.is_finite().then_some(*value as i64))
                        .collect::<Int64Array>(),
                ),
                (Values::Number(values), _) => Arc::new(
                    values
                        .iter()
                        .map(|value| value.is_finite().then_some(*value))
                        .collect::<Float64Array>(),
                ),
            }
        }));
        Ok(RecordBatch::try_new(schema_of(table), arrays)?)
    }

    /// The rows of one Parquet part of a table.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_part(table: &'static Table, path: &Path) -> Result<Self, StoreError> {
        let mut frame = Self::empty(table);
        frame.read(&mut *open_file(path)?)?;
        Ok(frame)
    }

    /// Adds the rows of a Parquet part of this table.
    pub(crate) fn read(&mut self, part: &mut dyn Object) -> Result<(), StoreError> {
        parts::batches(part, |batch| self.append(batch))
    }

    fn append(&mut self, batch: &RecordBatch) {
        for (name, values) in self.names.iter().zip(&mut self.columns) {
            let array = batch.column_by_name(name);
            match (values, array) {
                (Values::Text(column, known), Some(array)) => append_words(column, known, array),
                (Values::Number(values), Some(array)) => append_numbers(values, array),
                (Values::Text(column, _), None) => {
                    column.codes.extend(std::iter::repeat_n(TextColumn::NONE, batch.num_rows()));
                }
                (Values::Number(values), None) => {
                    values.extend(std::iter::repeat_n(f64::NAN, batch.num_rows()));
                }
            }
        }
        self.rows += batch.num_rows();
    }

    /// The keys of the rows, joined, to tell which release is in force.
    pub(crate) fn keys(&self, key: &[&str]) -> Vec<Vec<Option<String>>> {
        let columns: Vec<_> = key.iter().filter_map(|name| self.text(name)).collect();
        (0..self.rows)
            .map(|row| columns.iter().map(|column| column.get(row).map(str::to_owned)).collect())
            .collect()
    }

    /// The set of distinct keys.
    pub(crate) fn key_set(&self, key: &[&str]) -> FxHashSet<Vec<Option<String>>> {
        self.keys(key).into_iter().collect()
    }

    /// Adds those rows of another frame of the same table for which `keep` says so.
    pub(crate) fn extend_where(&mut self, other: &Self, keep: impl Fn(usize) -> bool) {
        let rows: Vec<usize> = (0..other.rows).filter(|row| keep(*row)).collect();
        for (mine, theirs) in self.columns.iter_mut().zip(&other.columns) {
            match (mine, theirs) {
                (Values::Text(column, known), Values::Text(from, _)) => {
                    let mut map = vec![TextColumn::NONE; from.words.len()];
                    for row in &rows {
                        let code = from.codes.get(*row).copied().unwrap_or(TextColumn::NONE);
                        let Some(slot) = map.get_mut(code as usize) else {
                            column.codes.push(TextColumn::NONE);
                            continue;
                        };
                        if *slot == TextColumn::NONE {
                            *slot = word_code(
                                column,
                                known,
                                from.words.get(code as usize).map_or("", String::as_str),
                            );
                        }
                        column.codes.push(*slot);
                    }
                }
                (Values::Number(values), Values::Number(from)) => {
                    values.extend(rows.iter().filter_map(|row| from.get(*row)));
                }
                _ => {}
            }
        }
        self.rows += rows.len();
    }
}

fn text_array(column: &TextColumn) -> ArrayRef {
    let keys = column.codes.iter().map(|code| i32::try_from(*code).ok());
    let words = StringArray::from_iter_values(&column.words);
    Arc::new(DictionaryArray::<Int32Type>::new(keys.collect::<Int32Array>(), Arc::new(words)))
}

fn word_code(column: &mut TextColumn, known: &mut FxHashMap<String, u32>, word: &str) -> u32 {
    if let Some(code) = known.get(word) {
        return *code;
    }
    let code = column.words.len() as u32;
    column.words.push(word.to_owned());
    known.insert(word.to_owned(), code);
    code
}

fn push_word(column: &mut TextColumn, known: &mut FxHashMap<String, u32>, word: &str) {
    let code = word_code(column, known, word);
    column.codes.push(code);
}

fn append_words(column: &mut TextColumn, known: &mut FxHashMap<String, u32>, array: &dyn Array) {
    let dictionary = array.as_dictionary::<Int32Type>();
    let words = dictionary.values().as_string::<i32>();
    let map: Vec<u32> =
        (0..words.len()).map(|word| word_code(column, known, words.value(word))).collect();
    column.codes.extend(dictionary.keys().iter().map(|key| {
        key.and_then(|key| usize::try_from(key).ok())
            .and_then(|key| map.get(key).copied())
            .unwrap_or(TextColumn::NONE)
    }));
}

fn append_numbers(values: &mut Vec<f64>, array: &dyn Array) {
    if let Some(counts) = array.as_primitive_opt::<Int64Type>() {
        values.extend(counts.iter().map(|count| count.map_or(f64::NAN, |count| count as f64)));
    } else if let Some(amounts) = array.as_primitive_opt::<Float64Type>() {
        values.extend(amounts.iter().map(|amount| amount.unwrap_or(f64::NAN)));
    }
}
