//! The glossary: every abbreviation and term of the pages in a plain sentence.

use answers::glossary::{Term, terms};
use answers::{Choices, Refusal};
use axum::response::Response;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    terms: Vec<Term>,
}

/// The page of the glossary.
pub(crate) fn page(state: &AppState, _choices: &Choices) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "Glossary", Section::Glossary, Vec::new());
    html(state, "glossary.html", &Page { layout, terms: terms() })
}
