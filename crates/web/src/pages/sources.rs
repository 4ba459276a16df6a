//! Sources and data quality: every release with its verdict, what joined and what did not, how complete the
//! recording of appointments is.

use answers::sources::{self, Told};
use answers::{Choices, Refusal};
use axum::response::Response;
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
    told: Told,
    exhibits: Vec<Shown>,
}

/// The page of sources.
pub(crate) fn page(state: &AppState, _choices: &Choices) -> Result<Response, Refusal> {
    let told = sources::of(state.context())?;
    let shown = told.exhibits.iter().map(|exhibit| Shown::of(exhibit, "/sources/all", ""));
    let page = Page {
        layout: Layout::new(state, "Sources and data quality", Section::Sources, Vec::new()),
        exhibits: shown.collect(),
        told,
    };
    html(state, "sources.html", &page)
}

/// Its exhibits.
pub(crate) fn exhibits(
    state: &AppState,
    _part: &str,
    _choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    sources::exhibits(state.context())
}
