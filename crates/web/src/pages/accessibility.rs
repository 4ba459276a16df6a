//! The accessibility statement.

use answers::{Choices, Refusal};
use axum::response::Response;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
}

/// The page of the statement.
pub(crate) fn page(state: &AppState, _choices: &Choices) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "Accessibility statement", Section::Other, Vec::new());
    html(state, "accessibility.html", &Page { layout })
}
