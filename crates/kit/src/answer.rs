//! An answer: what a page, a command, a file and a claim all print, so that none tells it in its own way.

use std::sync::Arc;

use crate::chart::Chart;
use crate::link::Link;
use crate::part::Part;
use crate::table::Table;

/// An answer to a question about a place.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The question, as people ask it; of a place or an indicator its name.
    pub question: String,
    /// What a window or a paper is called that shows it.
    pub title: String,
    /// What stands over the question: of what or whom it is asked.
    pub over: Vec<Link>,
    /// The larger things that hold what is asked about, the largest first.
    pub above: Vec<Link>,
    /// In one sentence, with the number.
    pub lead: String,
    /// What must be read before any figure.
    pub warnings: Vec<String>,
    /// What must be known with it.
    pub sentences: Vec<String>,
    /// Why there is no answer, where there is none: in place of the lead.
    pub refused: Option<String>,
    /// What is still being worked out, if anything is.
    pub working: Option<Working>,
    /// What comes before what may be chosen and the exhibits.
    pub opening: Vec<Part>,
    /// What may be chosen otherwise.
    pub fields: Vec<Field>,
    /// Charts and tables, in order.
    pub exhibits: Vec<Exhibit>,
    /// What comes after the exhibits.
    pub closing: Vec<Part>,
    /// What stands in, what is left out and what it cannot say.
    pub limits: Vec<String>,
    /// The part of the methods chapter that says how.
    pub method: &'static str,
}

/// Part of an answer that is still being worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Working {
    /// What it is, as the beginning of a sentence: `The outlook is`.
    pub what: &'static str,
    /// Draws done.
    pub done: u32,
    /// Of how many.
    pub of: u32,
}

/// Something that may be chosen, with what is chosen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in addresses and commands.
    pub name: &'static str,
    /// What stands beside it.
    pub label: &'static str,
    /// What is chosen; empty for nothing.
    pub value: String,
    /// Value and words of each that may be chosen; none where it is typed.
    pub options: Vec<(String, String)>,
    /// Whether a number is typed.
    pub is_number: bool,
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
    /// Whether its table is folded away on a page: under a picture it is, alone it is not.
    pub is_folded: bool,
    /// Whether it is detail: in downloads only for a command.
    pub is_detail: bool,
    /// The address of the page that says where it comes from.
    pub origin: Option<String>,
    /// Whom it counts and of when the lists are, where its downloads must say so.
    counts: Option<(String, String)>,
    shown: What,
}

/// A picture that is drawn when somebody asks.
type Picture = Arc<dyn Chart + Send + Sync>;

#[derive(Clone)]
enum What {
    Picture(Picture),
    Table(Arc<Table>),
    Both(Picture, Arc<Table>),
}

impl std::fmt::Debug for Exhibit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exhibit").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Exhibit {
    /// A chart with its own table folded under it.
    pub fn chart(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        chart: impl Chart + Send + Sync + 'static,
    ) -> Self {
        Self::of(id, heading, reading.into(), What::Picture(Arc::new(chart)))
    }

    /// A chart with another table folded under it.
    pub fn chart_of(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        chart: impl Chart + Send + Sync + 'static,
        table: Table,
    ) -> Self {
        Self::of(id, heading, reading.into(), What::Both(Arc::new(chart), Arc::new(table)))
    }

    /// A table alone.
    pub fn table(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        table: Table,
    ) -> Self {
        Self::of(id, heading, reading.into(), What::Table(Arc::new(table)))
    }

    fn of(id: &'static str, heading: &str, reading: String, shown: What) -> Self {
        let is_folded = !matches!(shown, What::Table(_));
        let heading = heading.to_owned();
        Self {
            id,
            heading,
            reading,
            is_folded,
            is_detail: false,
            origin: None,
            counts: None,
            shown,
        }
    }

    /// The same as detail, folded away.
    #[must_use]
    pub fn detail(self) -> Self {
        Self { is_detail: true, ..self.folded() }
    }

    /// The same with its table folded away on a page.
    #[must_use]
    pub fn folded(self) -> Self {
        Self { is_folded: true, ..self }
    }

    /// The same with its table open on a page.
    #[must_use]
    pub fn opened(self) -> Self {
        Self { is_folded: false, ..self }
    }

    /// The same with the address of the page that says where it comes from.
    #[must_use]
    pub fn origin(self, origin: Option<String>) -> Self {
        Self { origin, ..self }
    }

    /// The same whose downloads say whom it counts and of when the lists are.
    #[must_use]
    pub fn counted(self, rule: &str, lists: &str) -> Self {
        Self { counts: Some((rule.to_owned(), lists.to_owned())), ..self }
    }

    /// Whether its downloads say whom it counts.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.counts.is_some()
    }

    /// The figures.
    #[must_use]
    pub fn to_table(&self) -> Table {
        let table = match &self.shown {
            What::Picture(chart) => chart.to_table(),
            What::Table(table) | What::Both(_, table) => Table::clone(table),
        };
        match &self.counts {
            Some((rule, lists)) => table.counted(rule, lists),
            None => table,
        }
    }

    /// The picture, if there is one.
    #[must_use]
    pub fn to_svg(&self) -> Option<String> {
        match &self.shown {
            What::Picture(chart) | What::Both(chart, _) => Some(chart.to_svg()),
            What::Table(_) => None,
        }
    }

    /// Whether there is a picture.
    #[must_use]
    pub fn has_picture(&self) -> bool {
        !matches!(self.shown, What::Table(_))
    }
}
