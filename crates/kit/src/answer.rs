//! An answer: what a page, a command, a file and a claim all print, so that none tells it in its own way.

use std::sync::Arc;

use crate::chart::Chart;
use crate::table::Table;

/// An answer to a question about a place.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// In one sentence, with the number.
    pub lead: String,
    /// What must be known with it.
    pub sentences: Vec<String>,
    /// Charts and tables, in order.
    pub exhibits: Vec<Exhibit>,
    /// What stands in, what is left out and what it cannot say.
    pub limits: Vec<String>,
    /// The part of the methods chapter that says how.
    pub method: &'static str,
}

/// A table, with a picture of it or without, drawn when somebody asks.
#[derive(Clone)]
pub struct Exhibit {
    /// Its name in addresses and files: `funnel`.
    pub id: &'static str,
    /// The heading above it.
    pub heading: String,
    /// How to read it, in a sentence or two.
    pub reading: String,
    /// Whether it is detail: folded away on a page, and in downloads only for a command.
    pub is_detail: bool,
    shown: What,
}

#[derive(Clone)]
enum What {
    Picture(Arc<dyn Chart + Send + Sync>),
    Table(Arc<Table>),
}

impl std::fmt::Debug for Exhibit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exhibit").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Exhibit {
    /// A chart with its table.
    pub fn chart(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        chart: impl Chart + Send + Sync + 'static,
    ) -> Self {
        let shown = What::Picture(Arc::new(chart));
        Self { id, heading: heading.to_owned(), reading: reading.into(), is_detail: false, shown }
    }

    /// A table alone.
    pub fn table(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        table: Table,
    ) -> Self {
        let shown = What::Table(Arc::new(table));
        Self { id, heading: heading.to_owned(), reading: reading.into(), is_detail: false, shown }
    }

    /// The same as detail.
    #[must_use]
    pub fn detail(self) -> Self {
        Self { is_detail: true, ..self }
    }

    /// The figures.
    #[must_use]
    pub fn to_table(&self) -> Table {
        match &self.shown {
            What::Picture(chart) => chart.to_table(),
            What::Table(table) => Table::clone(table),
        }
    }

    /// The picture, if there is one.
    #[must_use]
    pub fn to_svg(&self) -> Option<String> {
        match &self.shown {
            What::Picture(chart) => Some(chart.to_svg()),
            What::Table(_) => None,
        }
    }
}
