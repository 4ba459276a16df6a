//! The methods chapter as a page.

use answers::{Choices, Refusal};
use axum::response::Response;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::markdown;
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    headings: Vec<(String, String)>,
    body: String,
}

/// The page of methods.
pub(crate) fn page(state: &AppState, _choices: &Choices) -> Result<Response, Refusal> {
    let (body, headings) = markdown::rendered(state.methods());
    let layout = Layout::new(state, "Methods", Section::Methods, Vec::new());
    html(state, "methods.html", &Page { layout, headings, body })
}
