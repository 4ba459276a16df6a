//! What a canonical table is: a name, what a row means, and its columns with their units.

use vocab::Mark;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A code, a word or a name; kept once a file and referred to by number.
    Text,
    /// A whole number; empty where there is no figure.
    Count,
    /// A number with decimals; empty where there is no figure.
    Amount,
}

/// A column of a canonical table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name: `snake_case`, unit last where there is one.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in a phrase.
    pub about: &'static str,
}

/// A canonical table. Its first column is always `period`.
#[derive(Debug)]
pub struct Table {
    /// Its name in SQL and in definitions.
    pub name: &'static str,
    /// What one row says.
    pub about: &'static str,
    /// The columns after `period`.
    pub columns: &'static [Column],
    /// The columns that decide which release is in force: of two releases of one period that hold the same key, one
    /// stands (`Manifest::order_of`) and the rows of the other are left out.
    pub key: &'static [&'static str],
}

impl Table {
    /// The position of a column among those after `period`.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|candidate| candidate.name == column)
    }
}

/// A cell on its way into a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A code, a word or a name.
    Text(&'a str),
    /// A count or an amount.
    Number(f64),
    /// No figure; the row's `mark` says why.
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Empty, Cell::from)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Number)
    }
}

impl From<Mark> for Cell<'_> {
    fn from(mark: Mark) -> Self {
        Cell::Text(mark.as_str())
    }
}
