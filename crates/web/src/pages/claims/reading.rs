//! The page of one reading: verdict, figures, who makes or breaks it, how it was read.

use ::claims::Reading;
use answers::address::encoded;
use answers::origin::{publication, source_line};
use answers::{Choices, Refusal, address, claims};
use axum::response::Response;
use kit::Exhibit;
use kit::text::title_case;
use serde::Serialize;

use super::{Heard, class};
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::pages::html;
use crate::state::AppState;

#[derive(Serialize)]
struct ReadingPage {
    layout: Layout,
    sentence: String,
    title: &'static str,
    verdict: &'static str,
    class: &'static str,
    answer: String,
    place: String,
    place_href: String,
    understood: Vec<(String, String)>,
    named: Vec<NamedLine>,
    grade: &'static str,
    grade_meaning: &'static str,
    method: String,
    limits: Vec<String>,
    change: Vec<String>,
    lacks: Vec<String>,
    outlook: Option<String>,
    releases: Vec<(String, String)>,
    exhibits: Vec<Shown>,
    as_json: String,
    within: String,
}

#[derive(Serialize)]
struct NamedLine {
    name: String,
    code: String,
    href: Option<String>,
    why: String,
}

/// The page.
pub(super) fn page(
    state: &AppState,
    choices: &Choices,
    heard: &Heard,
    reading: &Reading,
) -> Result<Response, Refusal> {
    let library = state.context().library();
    let named = reading.named.iter().map(|one| NamedLine {
        name: title_case(&one.name),
        code: one.organisation.code.clone(),
        href: Some(address::to(&one.organisation)),
        why: claims::said(&one.why, library),
    });
    let manifest = state.context().evidence().manifest();
    let releases = reading.releases.iter().filter_map(|id| manifest.release(id)).map(|release| {
        (
            format!("{} ({})", publication(release), release.dated()),
            format!("/release/{}", release.id),
        )
    });
    let mut releases: Vec<(String, String)> = releases.collect();
    releases.sort();
    releases.dedup();
    let slots = reading.claim.slots.in_words();
    let page = ReadingPage {
        layout: Layout::new(
            state,
            "A claim read",
            Section::Claims,
            vec![Step::new("Claims", "/claims")],
        ),
        sentence: reading.claim.sentence.clone(),
        title: &reading.claim.template.title,
        verdict: claims::verdict(reading.verdict),
        class: class(reading.verdict),
        answer: claims::answer(reading, library),
        place: title_case(&reading.subject.name),
        place_href: address::place(&reading.subject),
        understood: slots
            .into_iter()
            .map(|(name, value)| (in_words(&name), shown_slot(state, &value)))
            .collect(),
        named: named.collect(),
        grade: reading.grade.as_str(),
        grade_meaning: reading.grade.meaning(),
        method: reading.method.clone(),
        limits: reading.limits.clone(),
        change: reading.change.clone(),
        lacks: reading.lacks.clone(),
        outlook: reading
            .outlook
            .as_ref()
            .map(|place| format!("/place/{}/outlook", encoded(&place.key))),
        releases,
        exhibits: exhibits_of(state, reading)
            .iter()
            .map(|exhibit| Shown::of(exhibit, "/claims/reading", &choices.written()))
            .collect(),
        as_json: format!("/claims/reading/reading.json{}", choices.written()),
        within: heard.place.key.clone(),
    };
    html(state, "claim.html", &page)
}

/// The name of a slot on the page.
fn in_words(slot: &str) -> String {
    kit::number::capitalise(&slot.replace('_', " "))
}

/// An indicator by its name, other values as they are.
fn shown_slot(state: &AppState, value: &str) -> String {
    state
        .context()
        .library()
        .get(value)
        .map_or_else(|| value.replace('_', " "), |one| one.name.clone())
}

/// The chart and the figures of a reading.
pub(super) fn exhibits_of(state: &AppState, reading: &Reading) -> Vec<Exhibit> {
    let manifest = state.context().evidence().manifest();
    let source = source_line(reading.releases.iter().filter_map(|id| manifest.release(id)));
    let library = state.context().library();
    let mut exhibits = Vec::new();
    if let Some(picture) = claims::picture(reading, library, &source, state.context().run()) {
        exhibits.push(Exhibit::chart("chart", "The picture", "", picture));
    }
    if !reading.figures.is_empty() {
        let table = claims::figures(reading, library, &source, state.context().run());
        exhibits.push(Exhibit::table("figures", "The figures", "", table));
    }
    exhibits
}
