//! What a canonical table is: a name, what a row means, whose it is, and its columns with their units.

use std::fmt;

use serde::Deserialize;
use vocab::{Level, Mark, Period, weekday};

/// The days of the week, as they are listed.
const DAYS: &str = "monday to sunday";

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
    /// When a cell is empty, in a phrase; nothing where that is not known to happen. A figure of a table with the column
    /// `mark` may be empty in any case: the mark says why.
    pub empty: Option<&'static str>,
    /// Whether `about` is the list of its words, and no other is ever written.
    pub is_closed: bool,
}

impl Column {
    pub(crate) const fn text(name: &'static str, about: &'static str) -> Self {
        Self { name, kind: Kind::Text, about, empty: None, is_closed: false }
    }

    /// A column of words that are all known, which `about` lists: `attended, did_not_attend or unknown`, with what a word means in
    /// brackets behind it.
    pub(crate) const fn words(name: &'static str, about: &'static str) -> Self {
        Self { name, kind: Kind::Text, about, empty: None, is_closed: true }
    }

    pub(crate) const fn count(name: &'static str, about: &'static str) -> Self {
        Self { name, kind: Kind::Count, about, empty: None, is_closed: false }
    }

    pub(crate) const fn amount(name: &'static str, about: &'static str) -> Self {
        Self { name, kind: Kind::Amount, about, empty: None, is_closed: false }
    }

    pub(crate) const fn empty(self, when: &'static str) -> Self {
        Self { empty: Some(when), ..self }
    }

    /// The words that may stand here, where all are known.
    #[must_use]
    pub fn vocabulary(&self) -> Option<Vec<&'static str>> {
        if !self.is_closed {
            return None;
        }
        if self.about == DAYS {
            return Some(weekday::WORDS.to_vec());
        }
        let outside = self.about.split('(').map(|part| part.rsplit(')').next().unwrap_or_default());
        let words = outside.flat_map(|part| part.split(", ")).flat_map(|part| part.split(" or "));
        Some(words.map(str::trim).filter(|word| !word.is_empty()).collect())
    }

    /// Whether a word of this column says that a row is not split by it: of both sexes, or empty where a file does not tell.
    #[must_use]
    pub fn is_whole(&self, word: &str) -> bool {
        (word.is_empty() && self.empty == Some("where not split"))
            || (word == "all" && self.name == "sex")
    }
}

/// Whose the rows of a table are: what their figures are added up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Organisations of one level, by the code in a column.
    Level(Level, &'static str),
    /// Organisations of several levels, by the code in a column; the column `level` says which.
    Several(&'static str),
    /// Small areas, by the code in a column; lookups add them up to sub-ICB locations.
    Areas(&'static str),
    /// Something of which no figure is made, in words.
    Other(&'static str),
}

impl Whose {
    pub(crate) const fn practice() -> Self {
        Self::Level(Level::Practice, "practice")
    }

    pub(crate) const fn network() -> Self {
        Self::Level(Level::Network, "network")
    }

    pub(crate) const fn sub_icb() -> Self {
        Self::Level(Level::SubIcb, "sub_icb")
    }

    pub(crate) const fn icb() -> Self {
        Self::Level(Level::Icb, "icb")
    }

    pub(crate) const fn several(column: &'static str) -> Self {
        Self::Several(column)
    }

    pub(crate) const fn area() -> Self {
        Self::Areas("area")
    }

    pub(crate) const fn other(words: &'static str) -> Self {
        Self::Other(words)
    }

    /// The column of the code.
    #[must_use]
    pub const fn column(self) -> Option<&'static str> {
        match self {
            Self::Level(_, column) | Self::Several(column) | Self::Areas(column) => Some(column),
            Self::Other(_) => None,
        }
    }
}

/// What it means that an organisation which a table holds has no row of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// Nothing of the kind happened.
    Nought,
    /// It was not reported.
    Missing,
}

/// The kind of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// The day of an extract.
    Day,
    /// A month.
    Month,
    /// A financial year.
    FinancialYear,
    /// A calendar or survey year.
    Year,
}

impl PeriodKind {
    /// The kind of a period.
    #[must_use]
    pub const fn of(period: Period) -> Self {
        match period {
            Period::Day(_) => Self::Day,
            Period::Month(_) => Self::Month,
            Period::FinancialYear(_) => Self::FinancialYear,
            Period::Year(_) => Self::Year,
        }
    }

    /// The word in definitions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::FinancialYear => "financial_year",
            Self::Year => "year",
        }
    }
}

impl fmt::Display for PeriodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A canonical table. Its first column is always `period`.
#[derive(Debug)]
pub struct Table {
    /// Its name in SQL and in definitions.
    pub name: &'static str,
    /// What one row says.
    pub about: &'static str,
    /// Whose its rows are.
    pub whose: Whose,
    /// The kinds of its periods.
    pub periods: &'static [PeriodKind],
    /// What it means that an organisation of the table has no row with certain words, unless a definition says otherwise.
    pub absent: Absent,
    /// The column with the code of the practice by which it is held against the lists of patients ([`crate::joins`]);
    /// nothing for tables that are not.
    pub joined_by: Option<&'static str>,
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

/// The first of what may be written or left out in the list of tables.
pub(crate) const fn first(written: &[&'static str]) -> Option<&'static str> {
    match written {
        [first, ..] => Some(*first),
        [] => None,
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

/// A code, a word or a name on its way into a typed row; nothing for an empty cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word<'a>(Option<&'a str>);

impl<'a> From<&'a str> for Word<'a> {
    fn from(text: &'a str) -> Self {
        Self((!text.is_empty()).then_some(text))
    }
}

impl<'a> From<&'a String> for Word<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

impl<'a> From<Option<&'a str>> for Word<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self(None), Self::from)
    }
}

impl From<Mark> for Word<'_> {
    fn from(mark: Mark) -> Self {
        Self(Some(mark.as_str()))
    }
}

impl<'a> From<Word<'a>> for Cell<'a> {
    fn from(word: Word<'a>) -> Self {
        word.0.map_or(Self::Empty, Self::Text)
    }
}

/// A count or an amount on its way into a typed row; nothing where there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figure(Option<f64>);

impl From<f64> for Figure {
    fn from(number: f64) -> Self {
        Self(Some(number))
    }
}

impl From<Option<f64>> for Figure {
    fn from(number: Option<f64>) -> Self {
        Self(number)
    }
}

impl From<Figure> for Cell<'_> {
    fn from(figure: Figure) -> Self {
        figure.0.map_or(Self::Empty, Self::Number)
    }
}

/// A row of a table on its way into it: a field for each column, by name.
pub trait Written<'a>: Sized {
    /// The table that it is of.
    const TABLE: &'static Table;

    /// Gives its cells, in the order of the columns.
    fn give<T>(self, to: impl FnOnce(&[Cell<'a>]) -> T) -> T;
}
