//! What the reader of claims knows: figures, kinds of claims with sentences of each, names of indicators, word lists.

use answers::claims::words::{Told, of};
use answers::{Choices, Refusal};
use axum::response::Response;
use kit::Link;
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

/// The page.
pub(crate) fn page(state: &AppState, _: &Choices) -> Result<Response, Refusal> {
    let above = vec![Link::new("Claims", "/claims")];
    let layout = Layout::new(state, "Words that are understood", Section::Claims, above);
    html(state, "claims_words.html", &Page { layout, told: of(state.context()) })
}
