//! Search by name, postcode or code; where nothing is called so, names near it are offered, never taken for it.

use answers::search::{Told, of};
use answers::{Choices, Refusal};
use axum::response::Response;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    #[serde(flatten)]
    told: Told,
}

/// The search page, with hits where words were given.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "Search", Section::Other, Vec::new());
    html(state, "search.html", &Page { layout, told: of(state.context(), choices)? })
}
