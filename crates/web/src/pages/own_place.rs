//! A place of one's own: a form that joins practices, areas, postcodes and an outline to a place with an address.

use answers::own_place::{Told, of};
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

/// The form, with the place where one was given, or everything that is wrong with it.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "A place of one’s own", Section::Place, Vec::new());
    html(state, "own_place.html", &Page { layout, told: of(state.context(), choices)? })
}
