//! Exhibits on a page and as files: a chart and its table, their downloads, and the way to where they come from.

use answers::Refusal;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kit::table::{Workbook, to_csv, to_html};
use kit::{Exhibit, Table};
use serde::Serialize;

use crate::assets;

/// Rows of a table shown on the page; the downloads hold all.
const MOST_ROWS: usize = 400;

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

impl Shown {
    /// An exhibit for the template; `path` is the page's address without choices, `choices` what follows it.
    pub(crate) fn of(exhibit: &Exhibit, path: &str, choices: &str) -> Self {
        let address = |ending: &str| format!("{path}/{}.{ending}{choices}", exhibit.id);
        let mut downloads =
            vec![("CSV".to_owned(), address("csv")), ("Excel".to_owned(), address("xlsx"))];
        if exhibit.has_picture() {
            downloads.push(("SVG picture".to_owned(), address("svg")));
            downloads.push(("PNG picture".to_owned(), address("png")));
        }
        let mut table = exhibit.to_table();
        let rows = table.rows.len();
        let marks = table.marks();
        table.rows.truncate(MOST_ROWS);
        let all = kit::number::plain(rows as f64, 0);
        Self {
            id: exhibit.id,
            heading: exhibit.heading.clone(),
            reading: exhibit.reading.clone(),
            title: table.caption.title.clone(),
            svg: exhibit.to_svg(),
            table: to_html(&table),
            folded: exhibit.is_folded,
            notes: table.notes.clone(),
            marks,
            left_out: (rows > MOST_ROWS).then(|| {
                format!(
                    "The first {MOST_ROWS} of {all} rows are shown; the downloads hold all of them."
                )
            }),
            downloads,
            origin: exhibit.origin.clone(),
        }
    }
}

/// An exhibit as a file.
pub(crate) fn file(exhibit: &Exhibit, ending: &str) -> Result<Response, Refusal> {
    let missing = || Refusal::not_found(&format!("{}.{ending}", exhibit.id));
    let picture = || exhibit.to_svg().ok_or_else(missing);
    let (kind, bytes) = match ending {
        "csv" => ("text/csv; charset=utf-8", to_csv(&exhibit.to_table())),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook(exhibit.to_table())?,
        ),
        "svg" => ("image/svg+xml", picture()?.into_bytes()),
        "png" => ("image/png", png(&picture()?)?),
        _ => return Err(missing()),
    };
    let name = exhibit.to_table().caption.id;
    let name = format!("attachment; filename=\"{name}.{ending}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// A table as a workbook.
fn workbook(table: Table) -> Result<Vec<u8>, Refusal> {
    let (title, description) = (table.caption.title.clone(), table.caption.description.clone());
    let about = vec![description, table.caption.source_line()];
    let book = Workbook { title, about, tables: vec![table] };
    book.to_bytes().map_err(|error| Refusal::bug(&error.to_string()))
}

/// A picture as PNG, twice as fine as on the page.
fn png(svg: &str) -> Result<Vec<u8>, Refusal> {
    let fonts = assets::fonts();
    if fonts.is_empty() {
        return Err(Refusal::bug(assets::MISSING));
    }
    let fonts: Vec<&[u8]> = fonts.iter().map(AsRef::as_ref).collect();
    kit::png::render(svg, &fonts, 2.0).map_err(|error| Refusal::bug(&error.to_string()))
}
