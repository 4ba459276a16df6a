//! The pages, one file each, and what they share.

pub(crate) mod accessibility;
pub(crate) mod assumptions;
pub(crate) mod backtest;
pub(crate) mod capacity;
pub(crate) mod claims;
pub(crate) mod glossary;
pub(crate) mod indicator;
pub(crate) mod indicators;
pub(crate) mod methods;
pub(crate) mod money;
pub(crate) mod need;
pub(crate) mod origin;
pub(crate) mod outlook;
pub(crate) mod own_place;
pub(crate) mod place;
pub(crate) mod population;
pub(crate) mod practice;
mod question;
pub(crate) mod reach;
pub(crate) mod registered;
pub(crate) mod release;
pub(crate) mod scenarios;
pub(crate) mod search;
pub(crate) mod similar;
pub(crate) mod sources;
pub(crate) mod why;
pub(crate) mod words;
pub(crate) mod workforce;

use ::indicators::Evaluation;
use axum::response::{Html, IntoResponse, Response};
use evidence::{Belonging, Place, Release};
use kit::Caption;
use serde::Serialize;
use vocab::Period;

use crate::exhibit::Exhibit;
use crate::failure::Failure;
use crate::layout::{Layout, Section};
use crate::query::written;
use crate::state::AppState;
use crate::templates;

/// A page as HTML.
pub(crate) fn html(
    state: &AppState,
    template: &str,
    page: &impl Serialize,
) -> Result<Response, Failure> {
    Ok(Html(templates::render(state.templates(), template, page)?).into_response())
}

/// The exhibits of a place; where it is one of councils, their downloads say whom they count and of when the lists are.
/// A map holds areas and practices, which go by different rules.
pub(crate) fn counted(
    state: &AppState,
    place: &Place,
    rule: Belonging,
    exhibits: Vec<Exhibit>,
) -> Vec<Exhibit> {
    let Some(rule) = place.belonging(rule) else { return exhibits };
    let lists = state.evidence().periods("list_size").last().map(ToString::to_string);
    let lists = lists.unwrap_or_default();
    let told = |exhibit: Exhibit| match exhibit.id {
        "map" => exhibit,
        _ => exhibit.counted(rule, &lists),
    };
    exhibits.into_iter().map(told).collect()
}

/// The file of an exhibit: `funnel.csv` of a page's exhibits.
pub(crate) fn file(exhibits: Vec<Exhibit>, name: &str) -> Result<Response, Failure> {
    let (id, ending) = name.rsplit_once('.').ok_or_else(|| Failure::not_found(name))?;
    let found = exhibits.into_iter().find(|exhibit| exhibit.id == id);
    found.ok_or_else(|| Failure::not_found(name))?.file(ending)
}

#[derive(Serialize)]
struct FailurePage<'a> {
    layout: Layout,
    failure: &'a Failure,
    status: u16,
}

/// A failure as a page with its status; as plain text where even that cannot be shown.
pub(crate) fn failure(state: &AppState, failure: &Failure) -> Response {
    let layout = Layout::new(state, &failure.title, Section::Other, Vec::new());
    let page = FailurePage { layout, failure, status: failure.status.as_u16() };
    let body = templates::render(state.templates(), "failure.html", &page);
    let answer = body
        .map_or_else(|_| failure.to_string().into_response(), |body| Html(body).into_response());
    (failure.status, answer).into_response()
}

/// Words around an exhibit that rests on tables, each in its latest period.
pub(crate) fn caption(state: &AppState, id: &str, title: &str, tables: &[&str]) -> Caption {
    let releases = tables.iter().filter_map(|table| {
        let period = state.evidence().periods(table).last().copied()?;
        Some(state.evidence().releases(table, period))
    });
    Caption {
        id: id.to_owned(),
        title: title.to_owned(),
        description: title.to_owned(),
        source: source_line(releases.flatten()),
        run: state.run().to_owned(),
    }
}

/// The publications behind releases, in a phrase: `patients registered (2025-11-01), appointments (2025-10)`.
pub(crate) fn source_line<'a>(releases: impl IntoIterator<Item = &'a Release>) -> String {
    let mut named: Vec<String> = releases
        .into_iter()
        .map(|release| format!("{} ({})", publication(release), release.dated()))
        .collect();
    named.sort();
    named.dedup();
    let more = named.len().saturating_sub(4);
    named.truncate(4);
    let mut line = kit::number::capitalise(&named.join(", "));
    if more > 0 {
        line = format!("{line} and {more} more");
    }
    line
}

/// The name of a publication in words.
pub(crate) fn publication(release: &Release) -> String {
    if release.source.is_empty() {
        "unknown file".to_owned()
    } else {
        release.source.replace('_', " ")
    }
}

/// The publications behind an evaluation.
pub(crate) fn sources_of(state: &AppState, evaluation: &Evaluation) -> String {
    let manifest = state.evidence().manifest();
    source_line(evaluation.provenance.releases.iter().filter_map(|id| manifest.release(id)))
}

/// The publications behind a table in a period.
pub(crate) fn sources_of_table(state: &AppState, table: &str, period: Period) -> String {
    source_line(state.evidence().releases(table, period))
}

/// The page that says where a figure comes from.
pub(crate) fn origin_of(evaluation: &Evaluation) -> String {
    let period = evaluation.period.to_string();
    let pairs = [("indicator", evaluation.indicator.as_str()), ("period", period.as_str())];
    format!("/origin{}", written(&pairs))
}

/// The page that says where a table comes from.
pub(crate) fn origin_of_table(table: &str, period: Period) -> String {
    let period = period.to_string();
    format!("/origin{}", written(&[("table", table), ("period", period.as_str())]))
}
