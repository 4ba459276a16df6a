//! Registered and resident: whether a share of registered people is possible, and whether lists hold more than live there.
//!
//! Equation: [`methods.md#registered-and-resident`](../../../../docs/book/methods.md#registered-and-resident).

use super::super::mention::Quantity;
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, number, share};
use super::asking::{Asking, Found};
use indicators::evaluate::EvaluateError;
use indicators::registration::{Registrations, assumptions_in_words, registrations};

pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of("registered_per_resident") else {
        return Ok(Found::default());
    };
    let known = registrations(asking.checker.evidence(), definition, &asking.place)?;
    let ratio = known.whole.ratio();
    let mut found = Found { releases: releases(asking, &known), ..Found::default() };
    let people = |value: f64| Argument::Figure(value, Unit::Count("people"));
    found.answer.push(Said::new(
        "{}: {} on lists ({}) and {} living there by the official estimate ({}), {} registered for each resident.",
        [
            name(&asking.place.name),
            people(known.whole.registered),
            Argument::Period(known.lists),
            people(known.whole.resident),
            Argument::Period(known.residents),
            number(ratio, 3, ""),
        ],
    ));
    let stated = asking.number("share");
    if known.years_apart().is_some() {
        found.answer.push(Said::plain(
            "The lists and the residents are of different years: what people moved since then is in the difference.",
        ));
        found.lacks.push("residents and lists of the same year".to_owned());
    } else if asking.claim.slots.given.get("says").is_some_and(|says| says == "ghosts") {
        let holds = stated.map_or(ratio > 1.0, |stated| stated.agrees(ratio - 1.0));
        found.verdict = Some(Verdict::of(holds));
    } else if let Some(stated) = stated {
        possible(&known, stated, &mut found);
    }
    found.limits.extend(assumptions_in_words());
    figures(&known, &mut found);
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered and resident, {}", asking.place.name),
        unit: Unit::Count("people"),
        bars: vec![
            Bar::new("Registered", known.whole.registered).subject(),
            Bar::new("Resident", known.whole.resident).reference(),
        ],
    });
    Ok(found)
}

/// A stated share against the range that is possible: outside it is wrong, and only a range narrower than the digits
/// of the sentence could bear it out.
fn possible(known: &Registrations, stated: Quantity, found: &mut Found) {
    let (least, most) = known.registered_share();
    let (agrees_least, agrees_most) = (stated.agrees(least), stated.agrees(most));
    let outside = stated.value < least - stated.step || stated.value > most + stated.step;
    found.verdict = match (agrees_least && agrees_most, outside) {
        (true, _) => Some(Verdict::Supported),
        (_, true) => Some(Verdict::NotSupported),
        _ => None,
    };
    found.answer.push(Said::new(
        "Between {} and {} of the residents may be on a list: a list larger than its population hides both entries of people who left and people without a doctor.",
        [share(least), share(most)],
    ));
    if found.verdict.is_none() {
        found.lacks.push("a count of entries that were checked and removed, or records of residents linked with lists".to_owned());
    }
}

fn figures(known: &Registrations, found: &mut Found) {
    let people = Unit::Count("people");
    found.figures = vec![
        Shown::new("On lists", known.whole.registered, people.clone()).in_period(known.lists),
        Shown::new("Resident", known.whole.resident, people.clone()).in_period(known.residents),
    ];
    if known.years_apart().is_some() {
        return;
    }
    let (least, most) = known.registered_share();
    let (fewest, largest) = known.unregistered();
    found.figures.extend([
        Shown::new("Residents on a list, most possible", most, Unit::Share(1)),
        Shown::new("Residents on a list, least possible", least, Unit::Share(1)),
        Shown::new("Residents on no list, fewest possible", fewest, people.clone()),
        Shown::new("Residents on no list, most possible", largest, people),
    ]);
}

fn releases(asking: &Asking<'_>, known: &Registrations) -> Vec<String> {
    let lists = if known.by_small_area { "registered_area" } else { "list_size" };
    let mut releases = asking.releases(lists, known.lists);
    releases.extend(asking.releases("resident", known.residents));
    releases
}
