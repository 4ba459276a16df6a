//! All indicators by theme, with the figures of a place.

use answers::themes::{self, Told};
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
    themes: Vec<Shown>,
}

/// The list of indicators.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let told = themes::of(state.context(), choices)?;
    let shown = |exhibit: &Exhibit| {
        Shown::of(exhibit, &format!("/indicators/{}", exhibit.id), &choices.written())
    };
    let page = Page {
        layout: Layout::new(state, "Indicators", Section::Indicators, Vec::new()),
        themes: told.exhibits.iter().map(shown).collect(),
        told,
    };
    html(state, "indicators.html", &page)
}

/// The tables by theme.
pub(crate) fn exhibits(
    state: &AppState,
    _theme: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    themes::exhibits(state.context(), choices)
}
