//! A table as a specification: headings, rows and marks, written as HTML, CSV or a workbook.
//!
//! The same specification gives all three, so a download never differs from the page. Numbers stay numbers to
//! the last moment; a missing or suppressed one stays its mark.

mod csv;
mod html;
mod text;
mod xlsx;

use vocab::Observed;

use crate::caption::Caption;
use crate::number::Style;
use crate::words::Verdict;

pub use self::csv::to_csv;
pub use self::html::{to_html, to_html_rows};
pub use self::text::to_text;
pub use self::xlsx::{Workbook, WorkbookError};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Numbers shown in one style.
    Number(Style),
    /// A comparison in words with its symbol.
    Verdict,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading on the page.
    pub heading: String,
    /// Heading in downloads: lower case with underscores, unit last.
    pub key: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it stands in downloads only.
    pub download_only: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn text(heading: &str, key: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            key: key.to_owned(),
            kind: Kind::Text,
            download_only: false,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(heading: &str, key: &str, style: Style) -> Self {
        Self {
            heading: heading.to_owned(),
            key: key.to_owned(),
            kind: Kind::Number(style),
            download_only: false,
        }
    }

    /// The same column, in downloads only.
    #[must_use]
    pub fn download_only(self) -> Self {
        Self { download_only: true, ..self }
    }

    /// A column of comparisons.
    #[must_use]
    pub fn verdict(heading: &str, key: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            key: key.to_owned(),
            kind: Kind::Verdict,
            download_only: false,
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words that lead to a page of the site.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        href: String,
    },
    /// A number or the mark that says why there is none.
    Number(Observed<f64>),
    /// A number with a style of its own, in a table whose rows are of different units.
    Figure(Observed<f64>, Style),
    /// A comparison.
    Verdict(Verdict),
    /// Nothing to be said.
    Empty,
}

impl Cell {
    /// A cell of words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A published or computed number.
    #[must_use]
    pub const fn value(value: f64) -> Self {
        Self::Number(Observed::Value(value))
    }

    /// A number, or missing where there is none.
    #[must_use]
    pub fn maybe(value: Option<f64>) -> Self {
        Self::Number(value.map_or(Observed::Missing, Observed::Value))
    }

    /// A limit that a method may not give: empty where there is none.
    #[must_use]
    pub fn limit(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::value)
    }

    /// A link to a page of the site.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into() }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Whether the row is a reference kept on top (England, the parent) when the table is sorted or filtered.
    pub pinned: bool,
}

impl Row {
    /// An ordinary row.
    #[must_use]
    pub const fn new(cells: Vec<Cell>) -> Self {
        Self { cells, pinned: false }
    }

    /// A reference row.
    #[must_use]
    pub const fn pinned(cells: Vec<Cell>) -> Self {
        Self { cells, pinned: true }
    }
}

/// A table with its caption and the notes that belong to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Name, finding, source and run.
    pub caption: Caption,
    /// Headings, in order.
    pub columns: Vec<Column>,
    /// Rows, in the order in which they are shown.
    pub rows: Vec<Row>,
    /// Notes printed under the table and on the notes sheet.
    pub notes: Vec<String>,
}

impl Table {
    /// The same table whose downloads say in every row whom it counts and of when the lists are.
    #[must_use]
    pub fn counted(mut self, rule: &str, lists: &str) -> Self {
        let before = self.columns.len();
        for (heading, key) in [("Counted", "counted_by"), ("Lists of", "lists_of")] {
            self.columns.push(Column::text(heading, key).download_only());
        }
        for row in &mut self.rows {
            row.cells.resize(before, Cell::Empty);
            row.cells.extend([rule, lists].map(|word| Cell::Text(word.to_owned())));
        }
        self
    }

    /// The marks that stand in the table, with their meaning, for the notes.
    #[must_use]
    pub fn marks(&self) -> Vec<(&'static str, &'static str)> {
        const MEANINGS: [(vocab::Mark, &str); 4] = [
            (vocab::Mark::Suppressed, "withheld by the publisher to protect people"),
            (vocab::Mark::Missing, "not returned, not collected or not published"),
            (vocab::Mark::NotApplicable, "does not apply"),
            (vocab::Mark::Estimated, "estimated by the publisher"),
        ];
        let stands = |mark| {
            let cells = self.rows.iter().flat_map(|row| &row.cells);
            cells.into_iter().any(|cell| matches!(cell, Cell::Number(seen) | Cell::Figure(seen, _) if seen.mark() == mark))
        };
        MEANINGS
            .into_iter()
            .filter(|&(mark, _)| stands(mark))
            .map(|(mark, meaning)| (mark.shorthand(), meaning))
            .collect()
    }

    /// The column of a cell, if the row is no longer than the headings.
    fn style(&self, index: usize) -> Option<&Style> {
        match self.columns.get(index).map(|column| &column.kind) {
            Some(Kind::Number(style)) => Some(style),
            _ => None,
        }
    }
}

/// A number without a style in its column.
fn shown(style: Option<&Style>, value: Observed<f64>) -> String {
    style.map_or_else(|| Style::number(1, "").cell(value), |style| style.cell(value))
}
