//! Every uncertain number of the outlook, and one of them with a form to change it.

use answers::assumptions::page::{self, All, One, Told};

use answers::{Choices, Refusal};
use axum::response::{IntoResponse, Redirect, Response};
use kit::Exhibit;
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    #[serde(flatten)]
    told: All,
    exhibits: Vec<Shown>,
}

#[derive(Serialize)]
struct OnePage {
    layout: Layout,
    #[serde(flatten)]
    told: One,
}

/// The page of all of them.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let told = page::all(state.context(), choices)?;
    let shown = |exhibit: &Exhibit| Shown::of(exhibit, "/assumptions/all", &choices.written());
    let page = Page {
        layout: Layout::new(state, "Assumptions", Section::Outlook, Vec::new()),
        exhibits: told.exhibits.iter().map(shown).collect(),
        told,
    };
    html(state, "assumptions.html", &page)
}

/// The exhibits of the page of all of them.
pub(crate) fn exhibits(
    state: &AppState,
    _: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    page::exhibits(state.context(), choices)
}

/// The page of one of them; with a value and a reason in the address it is changed.
pub(crate) fn one(state: &AppState, name: &str, choices: &Choices) -> Result<Response, Refusal> {
    let told = match page::one(name, choices)? {
        Told::One(told) => *told,
        Told::Changed(address) => return Ok(Redirect::to(&address).into_response()),
    };
    let above = vec![told.above.clone()];
    let layout = Layout::new(state, &told.about, Section::Outlook, above);
    html(state, "assumption.html", &OnePage { layout, told })
}
