//! One published file: where it came from, its fingerprint, its checks, its remarks, what was left out.

use answers::release::{Told, of};
use answers::{Choices, Refusal};
use axum::response::Response;
use kit::Link;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page<'a> {
    layout: Layout,
    #[serde(flatten)]
    told: Told<'a>,
}

/// The page of a release.
pub(crate) fn page(state: &AppState, id: &str, _choices: &Choices) -> Result<Response, Refusal> {
    let told = of(state.context(), id)?;
    let above = vec![Link::new("Sources and quality", "/sources")];
    let layout = Layout::new(state, &told.title, Section::Sources, above);
    html(state, "release.html", &Page { layout, told })
}
