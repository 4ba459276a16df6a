//! Scenarios: what could be done, put together by the reader and carried in the address, in words and in money.
//!
//! Nothing is kept on the server. The address holds the scenario as the file that `catchment scenario` reads: to send it is
//! to share it, to open it twice is to duplicate it, and the way back in the browser is undo.

use answers::scenarios::page::{self, Plan, Told};
use answers::{Choices, Refusal};
use axum::response::{IntoResponse, Redirect, Response};
use kit::{Exhibit, Link};
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    #[serde(flatten)]
    told: Plan,
    exhibits: Vec<Shown>,
}

/// The page.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let told = match page::of(state.context(), choices)? {
        Told::Scenario(told) => *told,
        Told::Changed(address) => return Ok(Redirect::to(&address).into_response()),
    };
    let above = told.has_own.then(|| Link::new("Scenarios", "/scenarios"));
    let shown = |exhibit: &Exhibit| Shown::of(exhibit, "/scenarios/costs", &choices.written());
    let page = Page {
        layout: Layout::new(state, "Scenarios", Section::Outlook, above.into_iter().collect()),
        exhibits: told.exhibits.iter().map(shown).collect(),
        told,
    };
    html(state, "scenarios.html", &page)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    _: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    page::exhibits(state.context(), choices)
}
