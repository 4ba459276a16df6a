//! Exhibits: a chart and its table, their downloads, and the way to where they come from.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kit::Table;
use kit::chart::Chart;
use kit::table::{Workbook, to_csv, to_html};
use serde::Serialize;

use crate::assets;
use crate::failure::Failure;

/// Rows of a table shown on the page; the downloads hold all.
const MOST_ROWS: usize = 400;

/// A chart with its table, or a table alone.
#[derive(Debug, Clone)]
pub(crate) struct Exhibit {
    /// Its name in addresses: `funnel`.
    pub(crate) id: &'static str,
    /// The heading above it.
    pub(crate) heading: String,
    /// How to read it, in a sentence or two.
    pub(crate) reading: String,
    /// The picture.
    pub(crate) svg: Option<String>,
    /// The figures.
    pub(crate) table: Table,
    /// Whether the table is folded away under the picture.
    pub(crate) folded: bool,
    /// Where it comes from.
    pub(crate) origin: Option<String>,
}

/// An exhibit as the template shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    id: &'static str,
    heading: String,
    reading: String,
    title: String,
    svg: Option<String>,
    table: String,
    folded: bool,
    notes: Vec<String>,
    marks: Vec<(&'static str, &'static str)>,
    left_out: Option<String>,
    downloads: Vec<(String, String)>,
    origin: Option<String>,
}

impl Exhibit {
    /// A chart with its table folded under it.
    pub(crate) fn chart(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        chart: &impl Chart,
        origin: Option<String>,
    ) -> Self {
        Self {
            id,
            heading: heading.to_owned(),
            reading: reading.into(),
            svg: Some(chart.to_svg()),
            table: chart.to_table(),
            folded: true,
            origin,
        }
    }

    /// A table alone.
    pub(crate) fn table(
        id: &'static str,
        heading: &str,
        reading: impl Into<String>,
        table: Table,
        origin: Option<String>,
    ) -> Self {
        Self {
            id,
            heading: heading.to_owned(),
            reading: reading.into(),
            svg: None,
            table,
            folded: false,
            origin,
        }
    }

    /// One of an answer; a chart has its table folded under it, detail is folded too.
    pub(crate) fn of_answer(one: &kit::Exhibit) -> Self {
        let svg = one.to_svg();
        Self {
            id: one.id,
            heading: one.heading.clone(),
            reading: one.reading.clone(),
            folded: one.is_detail || svg.is_some(),
            svg,
            table: one.to_table(),
            origin: None,
        }
    }

    /// The same exhibit whose downloads say whom it counts and of when the lists are.
    pub(crate) fn counted(self, rule: &str, lists: &str) -> Self {
        Self { table: self.table.counted(rule, lists), ..self }
    }

    /// The exhibit for the template; `path` is the page's address without choices, `choices` what follows it.
    pub(crate) fn shown(&self, path: &str, choices: &str) -> Shown {
        let address = |ending: &str| format!("{path}/{}.{ending}{choices}", self.id);
        let mut downloads =
            vec![("CSV".to_owned(), address("csv")), ("Excel".to_owned(), address("xlsx"))];
        if self.svg.is_some() {
            downloads.push(("SVG picture".to_owned(), address("svg")));
            downloads.push(("PNG picture".to_owned(), address("png")));
        }
        let rows = self.table.rows.len();
        let mut table = self.table.clone();
        table.rows.truncate(MOST_ROWS);
        let all = kit::number::plain(rows as f64, 0);
        Shown {
            id: self.id,
            heading: self.heading.clone(),
            reading: self.reading.clone(),
            title: self.table.caption.title.clone(),
            svg: self.svg.clone(),
            table: to_html(&table),
            folded: self.folded,
            notes: self.table.notes.clone(),
            marks: self.table.marks(),
            left_out: (rows > MOST_ROWS).then(|| {
                format!(
                    "The first {MOST_ROWS} of {all} rows are shown; the downloads hold all of them."
                )
            }),
            downloads,
            origin: self.origin.clone(),
        }
    }

    /// The exhibit as a file.
    pub(crate) fn file(&self, ending: &str) -> Result<Response, Failure> {
        let missing = || Failure::not_found(&format!("{}.{ending}", self.id));
        let (kind, bytes) = match ending {
            "csv" => ("text/csv; charset=utf-8", to_csv(&self.table)),
            "xlsx" => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                self.workbook()?,
            ),
            "svg" => ("image/svg+xml", self.svg.clone().ok_or_else(missing)?.into_bytes()),
            "png" => ("image/png", png(&self.svg.clone().ok_or_else(missing)?)?),
            _ => return Err(missing()),
        };
        let name = format!("attachment; filename=\"{}.{ending}\"", self.table.caption.id);
        Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
    }

    /// The table as a workbook.
    fn workbook(&self) -> Result<Vec<u8>, Failure> {
        let caption = &self.table.caption;
        let about = vec![caption.description.clone(), caption.source_line()];
        let tables = vec![self.table.clone()];
        let book = Workbook { title: caption.title.clone(), about, tables };
        book.to_bytes().map_err(|error| Failure::bug(&error.to_string()))
    }
}

/// A picture as PNG, twice as fine as on the page.
fn png(svg: &str) -> Result<Vec<u8>, Failure> {
    let fonts = assets::fonts();
    if fonts.is_empty() {
        return Err(Failure::bug(assets::MISSING));
    }
    let fonts: Vec<&[u8]> = fonts.iter().map(AsRef::as_ref).collect();
    kit::png::render(svg, &fonts, 2.0).map_err(|error| Failure::bug(&error.to_string()))
}
