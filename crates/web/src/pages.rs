//! The pages, one file each, and what they share.

pub(crate) mod accessibility;
pub(crate) mod assumptions;
pub(crate) mod claims;
pub(crate) mod glossary;
pub(crate) mod indicators;
pub(crate) mod methods;
pub(crate) mod origin;
pub(crate) mod own_place;
pub(crate) mod question;
pub(crate) mod release;
pub(crate) mod scenarios;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod words;

use answers::Refusal;
use answers::refusal::Why;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use kit::Exhibit;
use serde::Serialize;

use crate::exhibit;
use crate::layout::{Layout, Section};
use crate::state::AppState;
use crate::templates;

/// A page as HTML.
pub(crate) fn html(
    state: &AppState,
    template: &str,
    page: &impl Serialize,
) -> Result<Response, Refusal> {
    Ok(Html(templates::render(state.templates(), template, page)?).into_response())
}

/// The file of an exhibit: `funnel.csv` of a page's exhibits.
pub(crate) fn file(exhibits: Vec<Exhibit>, name: &str) -> Result<Response, Refusal> {
    let (id, ending) = name.rsplit_once('.').ok_or_else(|| Refusal::not_found(name))?;
    let found = exhibits.into_iter().find(|exhibit| exhibit.id == id);
    exhibit::file(&found.ok_or_else(|| Refusal::not_found(name))?, ending)
}

#[derive(Serialize)]
struct FailurePage<'a> {
    layout: Layout,
    failure: &'a Refusal,
    status: u16,
}

/// A failure as a page with its status; as plain text where even that cannot be shown.
pub(crate) fn failure(state: &AppState, failure: &Refusal) -> Response {
    let layout = Layout::new(state, &failure.title, Section::Other, Vec::new());
    let status = status(failure.kind);
    let page = FailurePage { layout, failure, status: status.as_u16() };
    let body = templates::render(state.templates(), "failure.html", &page);
    let answer = body
        .map_or_else(|_| failure.to_string().into_response(), |body| Html(body).into_response());
    (status, answer).into_response()
}

/// The status of an answer that cannot be given.
const fn status(kind: Why) -> StatusCode {
    match kind {
        Why::Missing => StatusCode::NOT_FOUND,
        Why::Several => StatusCode::MULTIPLE_CHOICES,
        Why::Choice => StatusCode::BAD_REQUEST,
        Why::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Why::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
