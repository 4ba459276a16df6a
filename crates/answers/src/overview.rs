//! A place: what it is, what stands out, its map, its people, its week, and everything in it.

mod contents;
mod exhibits;
mod findings;
mod hospital;

use std::collections::BTreeSet;

use evidence::Lists;
use evidence::Place;
use kit::number::counted;
use kit::text::title_case;
use vocab::{Level, Whole};

pub(crate) use self::exhibits::pyramid;
use self::findings::Found;
use crate::address::{encoded, indicators};
use crate::context::Context;
use crate::question::Asked;
use crate::refusal::Refusal;
use kit::answer::Field;
use kit::{Answer, Link, Part};

/// What every finding must be read with.
const WIDENED: &str = "outside of the 99.8% limits, which are widened where organisations differ by more than chance throughout. Words such as “Lower (99.8%)” elsewhere on this page judge a figure by chance alone. A difference is not yet a judgement: who lives here, and how things are recorded, both matter.";

/// What a place is; `next` says what a board asks then.
///
/// # Errors
/// When the evidence cannot be read, or the map is to show what has no figure.
pub(crate) fn answer(asked: &Asked<'_>, next: Part) -> Result<Answer, Refusal> {
    let Asked { context, place, choices } = *asked;
    let found = Found::of(context, place);
    let mapped = exhibits::mapped(&found, choices)?.map(|figure| figure.definition.id.as_str());
    let mut opening = Vec::new();
    if !holds_everything(context, place)? {
        opening.push(outstanding(&found, place, context.whole()));
    }
    opening.extend(figures(&found, place));
    opening.push(next);
    Ok(Answer {
        question: place.name.clone(),
        title: place.name.clone(),
        over: vec![Link::new(kind(place, context.whole()), "")],
        above: above(context, place)?,
        lead: summary(context, place)?,
        opening,
        fields: map_field(&found, mapped).into_iter().collect(),
        exhibits: exhibits::all(context, place, &found, choices)?,
        method: "whom-a-figure-is-compared-with",
        ..Answer::default()
    })
}

/// What stands out.
fn outstanding(found: &Found<'_>, place: &Place, whole: Whole) -> Part {
    let points = found.points(place);
    let part = Part::headed("What stands out");
    if points.is_empty() {
        return part.saying(vec![found.quiet(whole.name())]);
    }
    part.saying(vec![format!("The largest differences from {} {WIDENED}", whole.name())])
        .points(points)
}

/// The figures that are looked at first.
fn figures(found: &Found<'_>, place: &Place) -> Option<Part> {
    let figures = found.key_figures(place);
    if figures.is_empty() {
        return None;
    }
    let all = Link::new(format!("All indicators for {}", place.name), indicators(place));
    Some(Part { figures, ..Part::headed("Key figures").leading(vec![all]) })
}

/// Which indicator the map shows.
fn map_field(found: &Found<'_>, mapped: Option<&str>) -> Option<Field> {
    let options = found.map_choices();
    let value = mapped.unwrap_or_default().to_owned();
    let label = "Indicator on the map";
    let field = Field { name: "map", label, value, options, is_number: false };
    (!field.options.is_empty()).then_some(field)
}

/// Whether nothing lies outside the place that it could be compared with.
fn holds_everything(context: &Context, place: &Place) -> Result<bool, Refusal> {
    let known = context.known()?;
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
fn above(context: &Context, place: &Place) -> Result<Vec<Link>, Refusal> {
    let Some((level, code)) = place.single() else { return Ok(Vec::new()) };
    let known = context.known()?;
    let larger =
        [Level::Region, Level::Icb, Level::SubIcb].into_iter().filter(|larger| *larger > level);
    let steps = larger.filter_map(|larger| {
        let parent = known.parent(level, code, larger)?;
        Some(Link::new(
            kit::text::title_case(known.name_of(larger, parent)),
            format!("/place/{}", encoded(parent)),
        ))
    });
    Ok(steps.collect())
}

/// The place in a sentence.
fn summary(context: &Context, place: &Place) -> Result<String, Refusal> {
    let Some(lists) = context.study().lists(place)? else {
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
    let said = crate::findings::summary(&place.name, count, networks, lists.total(), &day);
    Ok(if place.is_of_councils() { said + &borders(context, place, &lists)? } else { said })
}

/// Which networks of a council lie in it whole and which across its border, and who could not be placed.
fn borders(context: &Context, place: &Place, lists: &Lists) -> Result<String, Refusal> {
    let known = context.known()?;
    let all = context.study().lists(&Place::everywhere(known.whole()))?;
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
    let networks = crate::findings::borders(lists.networks.len(), &across, outside);
    let lost = counted(lost, "practice", "practices");
    let made = known.standing().made_of_councils(&place.key);
    let made =
        made.map_or_else(String::new, |area| format!(" {} is {}.", area.name, area.in_words()));
    Ok(format!(
        "{made} {networks} Not placed, for want of a published point or of an outline around it: {lost}."
    ))
}

/// The sub-ICB locations that the practices of a place belong to.
pub(crate) fn sub_icbs(context: &Context, place: &Place) -> Result<BTreeSet<String>, Refusal> {
    let known = context.known()?;
    let everywhere = is_england(place);
    let rows = known.iter().filter(|row| everywhere || place.holds(row));
    Ok(rows.filter_map(|row| row.code(Level::SubIcb)).map(str::to_owned).collect())
}

/// The larger areas whose small areas a map draws: sub-ICB locations and, for a board, its own codes.
///
/// # Errors
/// When the evidence cannot be read.
pub fn area_codes(context: &Context, place: &Place) -> Result<BTreeSet<String>, Refusal> {
    let mut codes =
        if place.is_of_councils() { BTreeSet::new() } else { sub_icbs(context, place)? };
    codes.extend(
        place
            .members
            .iter()
            .filter(|(level, _)| matches!(level, Level::Icb | Level::Place))
            .map(|(_, code)| code.clone()),
    );
    Ok(codes)
}
