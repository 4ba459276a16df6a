//! Claims: a sentence or the minutes of a meeting in, readings out. The address holds all that was asked.

use answers::claims::page::{self, Told, Working};
use answers::claims::{list::List, reading};
use answers::{Choices, Refusal};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kit::{Exhibit, Link};
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section};
use crate::serving::unfinished;
use crate::state::AppState;

#[derive(Serialize)]
struct Page<T> {
    layout: Layout,
    #[serde(flatten)]
    told: T,
}

#[derive(Serialize)]
struct ReadingPage {
    layout: Layout,
    #[serde(flatten)]
    told: reading::Told,
    exhibits: Vec<Shown>,
}

/// The page of claims: the form, a sheet of sentences, or one reading.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    match page::of(state.readings(), choices)? {
        Told::List(told) => list(state, *told),
        Told::Reading(told) => one(state, choices, *told),
        Told::Working(told) => working(state, told),
    }
}

fn list(state: &AppState, told: List) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "Claims", Section::Claims, Vec::new());
    html(state, "claims.html", &Page { layout, told })
}

/// The page of one reading.
fn one(state: &AppState, choices: &Choices, told: reading::Told) -> Result<Response, Refusal> {
    let above = vec![Link::new("Claims", "/claims")];
    let shown = |exhibit: &Exhibit| Shown::of(exhibit, "/claims/reading", &choices.written());
    let page = ReadingPage {
        layout: Layout::new(state, "A claim read", Section::Claims, above),
        exhibits: told.exhibits.iter().map(shown).collect(),
        told,
    };
    html(state, "claim.html", &page)
}

/// The page while sentences are read that rest on models of the years to come.
fn working(state: &AppState, told: Working) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "Claims", Section::Claims, Vec::new());
    Ok(unfinished(html(state, "claims_working.html", &Page { layout, told })?))
}

/// A file of a reading or of a sheet: `reading/chart.svg`, `reading/reading.json`, `sheet/sheet.toml`.
pub(crate) fn file(
    state: &AppState,
    part: &str,
    name: &str,
    choices: &Choices,
) -> Result<Response, Refusal> {
    let readings = state.readings();
    let missing = || Refusal::not_found(&format!("/claims/{part}/{name}"));
    let attached =
        |kind, name, body: Option<String>| Ok(attached(kind, name, body.ok_or_else(missing)?));
    match (part, name) {
        ("sheet", "sheet.toml") => {
            attached("text/plain; charset=utf-8", "claims.toml", page::sheet_file(choices)?)
        }
        ("sheet", "sheet.json") => {
            attached("application/json", "claims.json", page::sheet_json(readings, choices)?)
        }
        ("reading", "reading.json") => {
            attached("application/json", "reading.json", page::reading_json(readings, choices)?)
        }
        ("reading", _) => {
            super::file(page::exhibits(readings, choices)?.ok_or_else(missing)?, name)
        }
        _ => Err(missing()),
    }
}

fn attached(kind: &'static str, name: &str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], body).into_response()
}
