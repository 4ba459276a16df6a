//! Where does this come from: the releases with their fingerprints, the definition, the method, the periods.

use answers::origin::page::{Told, of};
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

/// The page of an origin: of an indicator in a period, or of a table in a period.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let told = of(state.context(), choices)?;
    let layout = Layout::new(state, &told.title, Section::Sources, vec![told.above.clone()]);
    html(state, "origin.html", &Page { layout, told })
}
