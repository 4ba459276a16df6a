//! One published file: where it came from, its fingerprint, its checks, its remarks, what was left out.

use answers::origin::publication;
use answers::{Choices, Refusal};
use axum::response::Response;
use evidence::Release;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

#[derive(Serialize)]
struct Page<'a> {
    layout: Layout,
    title: String,
    verdict: &'static str,
    release: &'a Release,
    bytes: String,
    rows_read: String,
    rows_kept: String,
    left_out: Vec<(String, String)>,
    parts: Vec<(String, String, String)>,
}

/// The page of a release.
pub(crate) fn page(state: &AppState, id: &str, _choices: &Choices) -> Result<Response, Refusal> {
    let release = state
        .context()
        .evidence()
        .manifest()
        .release(id)
        .ok_or_else(|| Refusal::no_organisation("release", id))?;
    let count = |count: u64| kit::number::plain(count as f64, 0);
    let title = kit::number::capitalise(&publication(release));
    let title =
        if release.edition.is_empty() { title } else { format!("{title}, {}", release.edition) };
    let page = Page {
        layout: Layout::new(
            state,
            &title,
            Section::Sources,
            vec![Step::new("Sources and quality", "/sources")],
        ),
        title,
        verdict: release.verdict.in_words(),
        bytes: count(release.origin.bytes),
        rows_read: count(release.rows_read),
        rows_kept: count(release.rows_kept),
        left_out: release.left_out.iter().map(|(why, rows)| (why.clone(), count(*rows))).collect(),
        parts: release
            .parts
            .iter()
            .map(|part| (part.table.clone(), part.period.clone(), count(part.rows)))
            .collect(),
        release,
    };
    html(state, "release.html", &page)
}
