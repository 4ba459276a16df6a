//! Every uncertain number of the outlook, and one of them with a form to change it.

use answers::address::{encoded, written};
use answers::assumptions as words;
use answers::edits::{self, Edits};
use answers::origin::caption;
use answers::{Choices, Refusal};
use axum::response::{IntoResponse, Redirect, Response};
use kit::Exhibit;
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    lead: String,
    exhibits: Vec<Shown>,
    changed: Vec<Step>,
    outlook: String,
}

/// One number.
#[derive(Serialize)]
struct One {
    layout: Layout,
    name: String,
    about: String,
    value: String,
    range: String,
    unit: String,
    shape: String,
    kind: &'static str,
    reference: String,
    date: String,
    grade: &'static str,
    changed_because: Option<String>,
    undo: String,
    path: String,
    edits: String,
    new_value: String,
    because: String,
    problem: Option<String>,
}

/// The page of all of them.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let edits = Edits::of(choices)?;
    let exhibit = exhibit(state, &edits)?;
    let parameters = edits.parameters()?;
    let changed = parameters
        .iter()
        .filter(|(_, one)| one.changed_because.is_some())
        .map(|(name, one)| Step::new(&one.about, address(name, &edits)));
    let page = Page {
        layout: Layout::new(state, "Assumptions", Section::Outlook, Vec::new()),
        lead: words::sentence(&parameters),
        exhibits: vec![Shown::of(&exhibit, "/assumptions/all", &choices.written())],
        changed: changed.collect(),
        outlook: format!("/place/{}/outlook{}", encoded(&state.context().home().key), with(&edits)),
    };
    html(state, "assumptions.html", &page)
}

/// The exhibits of the page of all of them.
pub(crate) fn exhibits(
    state: &AppState,
    _: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    Ok(vec![exhibit(state, &Edits::of(choices)?)?])
}

fn exhibit(state: &AppState, edits: &Edits) -> Result<Exhibit, Refusal> {
    let mut caption =
        caption(state.context(), "parameters", "Every uncertain number of the outlook", &[]);
    "the sources named in each line".clone_into(&mut caption.source);
    let table = words::table(&edits.parameters()?, caption, &|name| address(name, edits));
    let reading = "Follow a line to see it whole and to change it with a reason.";
    Ok(Exhibit::table("parameters", "All of them", reading, table))
}

/// The page of one of them; with a value and a reason in the address it is changed.
pub(crate) fn one(state: &AppState, name: &str, choices: &Choices) -> Result<Response, Refusal> {
    let edits = Edits::of(choices)?;
    let parameters = edits.parameters()?;
    let Some(parameter) = parameters.get(name) else {
        return Err(Refusal::not_found(&format!("/assumption/{name}")));
    };
    let problem = match changed(name, &edits, choices) {
        None => None,
        Some(Ok(changed)) => return Ok(Redirect::to(&address(name, &changed)).into_response()),
        Some(Err(problem)) => Some(problem),
    };
    let style = words::style(parameter);
    let above = vec![Step::new("Assumptions", format!("/assumptions{}", with(&edits)))];
    let page = One {
        layout: Layout::new(state, &parameter.about, Section::Outlook, above),
        name: name.to_owned(),
        about: parameter.about.clone(),
        value: style.figure(parameter.value),
        range: style.interval(parameter.low, parameter.high),
        unit: parameter.unit.clone(),
        shape: format!("{:?}", parameter.distribution),
        kind: words::kind(parameter.source.kind),
        reference: parameter.source.reference.clone(),
        date: parameter.source.date.clone(),
        grade: words::grade(parameter.grade),
        changed_because: parameter.changed_because.clone(),
        undo: address(name, &edits.clone().without(name)),
        path: format!("/assumption/{}", encoded(name)),
        edits: if edits.is_empty() { String::new() } else { edits.written() },
        new_value: choices.get("value").map_or_else(|| parameter.value.to_string(), str::to_owned),
        because: choices.get("because").unwrap_or_default().to_owned(),
        problem,
    };
    html(state, "assumption.html", &page)
}

/// The change that an address asks for, or what is wrong with it; nothing where it asks for none.
fn changed(name: &str, edits: &Edits, choices: &Choices) -> Option<Result<Edits, String>> {
    let word = choices.get("value")?;
    let Ok(value) = word.parse::<f64>() else {
        return Some(Err(format!("“{word}” is no number.")));
    };
    let Some(reason) = choices.get("because") else {
        return Some(Err("A changed value needs a reason: say in a sentence why.".to_owned()));
    };
    let changed = edits.clone().with(name, value, reason);
    Some(changed.parameters().map(|_| changed).map_err(|failure| failure.sentence))
}

pub(super) fn address(name: &str, edits: &Edits) -> String {
    format!("/assumption/{}{}", encoded(name), with(edits))
}

/// Changed values as the end of an address.
pub(crate) fn with(edits: &Edits) -> String {
    if edits.is_empty() { String::new() } else { written(&[(edits::NAME, &edits.written())]) }
}
