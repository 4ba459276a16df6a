//! A place: what it is, what stands out, its map, its people, its week, and everything in it.

mod contents;
mod exhibits;
mod findings;
mod hospital;

use std::collections::BTreeSet;

use axum::response::Response;
use evidence::Lists;
use evidence::Place;
use kit::number::counted;
use kit::text::title_case;
use serde::Serialize;
use vocab::{Level, Whole};

pub(crate) use self::exhibits::pyramid;
use self::findings::{Found, KeyFigure, Sentence};
use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;
use answers::Choices;
use answers::Refusal;
use answers::address;
use answers::address::{encoded, written};
use kit::Exhibit;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    name: String,
    kind: &'static str,
    summary: String,
    figures: Vec<KeyFigure>,
    sentences: Vec<Sentence>,
    quiet: String,
    compared: bool,
    exhibits: Vec<Shown>,
    indicators_href: String,
    questions: String,
    similar: Option<String>,
    map_choices: Vec<(String, String, bool)>,
    path: String,
}

/// The home page: the place of the program's choice.
pub(crate) fn home(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    show(state, &state.context().home().clone(), choices, true)
}

/// The page of a place.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Refusal> {
    show(state, &state.context().place(key)?, choices, false)
}

/// The page of a network.
pub(crate) fn network(
    state: &AppState,
    code: &str,
    choices: &Choices,
) -> Result<Response, Refusal> {
    let place =
        state.context().place(code).map_err(|_| Refusal::no_organisation("network", code))?;
    show(state, &place, choices, false)
}

/// The exhibits of a place.
pub(crate) fn exhibits(
    state: &AppState,
    key: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let place = state.context().place(key)?;
    let found = Found::of(state, &place);
    let exhibits = exhibits::all(state, &place, &found, choices)?;
    Ok(answers::question::counted(state.context(), &place, evidence::Belonging::Stand, exhibits))
}

fn show(
    state: &AppState,
    place: &Place,
    choices: &Choices,
    is_home: bool,
) -> Result<Response, Refusal> {
    let found = Found::of(state, place);
    let path = address::place(place);
    let layout = Layout::new(state, &place.name, Section::Place, above(state, place)?);
    let exhibits = exhibits::all(state, place, &found, choices)?;
    let mapped = exhibits::mapped(&found, choices)?.map(|figure| figure.definition.id.as_str());
    let page = Page {
        layout: if is_home { layout.without_breadcrumb() } else { layout },
        name: place.name.clone(),
        kind: kind(place, state.context().whole()),
        summary: summary(state, place)?,
        figures: found.key_figures(place),
        sentences: found.sentences(place),
        quiet: found.quiet(state.context().whole().name()),
        compared: !holds_everything(state, place)?,
        exhibits: exhibits
            .iter()
            .map(|exhibit| Shown::of(exhibit, &path, &choices.written()))
            .collect(),
        indicators_href: format!("/indicators{}", written(&[("within", &place.key)])),
        questions: format!("/place/{}", encoded(&place.key)),
        similar: place.single().and_then(|(level, code)| super::similar::link(level, code)),
        map_choices: found.map_choices(mapped),
        path,
    };
    html(state, "place.html", &page)
}

/// Whether nothing lies outside the place that it could be compared with.
fn holds_everything(state: &AppState, place: &Place) -> Result<bool, Refusal> {
    let known = state.context().known()?;
    Ok(place.is_everywhere() || known.iter().all(|practice| place.holds(practice)))
}

/// Whether the place is the whole country.
fn is_england(place: &Place) -> bool {
    place.is_everywhere()
}

/// What sort of place it is, written out.
fn kind(place: &Place, whole: Whole) -> &'static str {
    match place.single().map(|(level, _)| level) {
        Some(Level::Practice) => "General practice",
        Some(Level::Network) => "Primary care network (PCN)",
        Some(Level::SubIcb) => "Sub-ICB location of an integrated care board (ICB)",
        Some(Level::Icb) => "Integrated care board (ICB)",
        Some(Level::Region) => "Region of NHS England",
        Some(Level::England) if whole == Whole::Imported => "All that was imported",
        Some(Level::England) => "The whole country",
        Some(Level::Place) | None if place.is_of_councils() => {
            "Council area, by practices whose main site stands in it"
        }
        Some(Level::Place) | None => "Place",
    }
}

/// The larger places that hold it.
fn above(state: &AppState, place: &Place) -> Result<Vec<Step>, Refusal> {
    let Some((level, code)) = place.single() else { return Ok(Vec::new()) };
    let known = state.context().known()?;
    let larger =
        [Level::Region, Level::Icb, Level::SubIcb].into_iter().filter(|larger| *larger > level);
    let steps = larger.filter_map(|larger| {
        let parent = known.parent(level, code, larger)?;
        Some(Step::new(
            kit::text::title_case(known.name_of(larger, parent)),
            format!("/place/{}", encoded(parent)),
        ))
    });
    Ok(steps.collect())
}

/// The place in a sentence.
fn summary(state: &AppState, place: &Place) -> Result<String, Refusal> {
    let Some(lists) = state.context().study().lists(place)? else {
        return Ok("No list of registered patients has been imported yet.".to_owned());
    };
    if lists.patients.is_empty() {
        return Ok(format!("{} has no practice with registered patients.", place.name));
    }
    let networks = if place.single().is_some_and(|(level, _)| level <= Level::Network) {
        0
    } else {
        lists.networks.len()
    };
    let day = lists.period.in_words();
    let count = lists.patients.len();
    let said = answers::findings::summary(&place.name, count, networks, lists.total(), &day);
    Ok(if place.is_of_councils() { said + &borders(state, place, &lists)? } else { said })
}

/// Which networks of a council lie in it whole and which across its border, and who could not be placed.
fn borders(state: &AppState, place: &Place, lists: &Lists) -> Result<String, Refusal> {
    let known = state.context().known()?;
    let all = state.context().study().lists(&Place::everywhere(known.whole()))?;
    let rows = || all.iter().flat_map(|all| all.patients.keys()).filter_map(|code| known.of(code));
    let beyond: BTreeSet<&str> =
        rows().filter(|row| !place.holds(row)).filter_map(|row| row.code(Level::Network)).collect();
    let across: Vec<String> = lists
        .networks
        .iter()
        .filter(|code| beyond.contains(code.as_str()))
        .map(|code| format!("{} ({code})", title_case(known.name_of(Level::Network, code))))
        .collect();
    let outside = beyond.len() - across.len();
    let lost = rows().filter(|row| place.may_hold(Some(row), &known)).count();
    let networks = answers::findings::borders(lists.networks.len(), &across, outside);
    let lost = counted(lost, "practice", "practices");
    let made = known.standing().made_of_councils(&place.key);
    let made =
        made.map_or_else(String::new, |area| format!(" {} is {}.", area.name, area.in_words()));
    Ok(format!(
        "{made} {networks} Not placed, for want of a published point or of an outline around it: {lost}."
    ))
}

/// The sub-ICB locations that the practices of a place belong to.
fn sub_icbs(state: &AppState, place: &Place) -> Result<BTreeSet<String>, Refusal> {
    let known = state.context().known()?;
    let everywhere = is_england(place);
    let rows = known.iter().filter(|row| everywhere || place.holds(row));
    Ok(rows.filter_map(|row| row.code(Level::SubIcb)).map(str::to_owned).collect())
}

/// The larger areas whose small areas a map draws: sub-ICB locations and, for a board, its own codes.
pub(super) fn area_codes(state: &AppState, place: &Place) -> Result<BTreeSet<String>, Refusal> {
    let mut codes = if place.is_of_councils() { BTreeSet::new() } else { sub_icbs(state, place)? };
    codes.extend(
        place
            .members
            .iter()
            .filter(|(level, _)| matches!(level, Level::Icb | Level::Place))
            .map(|(_, code)| code.clone()),
    );
    Ok(codes)
}
