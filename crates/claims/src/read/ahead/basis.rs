//! What readings of the years to come share: the outlook, what it rests on, and how its draws are told.

use std::sync::Arc;

use evidence::Place;
use models::outlook::Band;
use vocab::Period;

use super::super::super::ahead::{Effect, Lever, Told};
use super::super::super::mention::When;
use super::super::super::reading::{Exhibit, Shown, Verdict};
use super::super::super::said::{Argument, Said, Unit, name};
use super::super::asking::{Asking, Found, lacking};

/// Years of an outlook where the sentence names none, as on its own page.
pub(super) const YEARS: u32 = 5;
/// Days of a year.
const DAYS: f64 = 365.25;
/// The furthest that it looks.
const FURTHEST: f64 = 20.0;
/// Share of the draws from which a claim is called supported, and up to which it is called not supported.
pub(super) const MOST_DRAWS: f64 = 0.9;
pub(super) const FEW_DRAWS: f64 = 0.1;
/// Assumptions named in a reading.
const NAMED: usize = 3;

/// The work of full-time GPs.
pub(super) const GPS: Unit = Unit::Number(0, "full-time GPs");

/// The tables that an outlook begins from.
const TABLES: [&str; 4] = ["list_size", "registered", "appointment", "staff"];

/// Supported where most draws agree, not supported where hardly any does.
pub(super) fn of_draws(share: f64) -> Option<Verdict> {
    if share >= MOST_DRAWS {
        return Some(Verdict::Supported);
    }
    (share <= FEW_DRAWS).then_some(Verdict::NotSupported)
}

/// The years ahead that a sentence speaks of, if it names any.
pub(super) fn years_named(asking: &Asking<'_>) -> Option<u32> {
    let years = match asking.claim.slots.when? {
        When::Ahead(years) => years,
        When::By(period) => {
            let lists = Period::Day(asking.checker.known().day());
            f64::from(lists.distance_in_days(Period::Day(period.end()))) / DAYS
        }
        _ => return None,
    };
    Some(libm::round(years.clamp(1.0, FURTHEST)) as u32)
}

/// The years to look ahead, or why there is nothing to say of a time that is over.
fn years(asking: &Asking<'_>) -> Result<u32, String> {
    let lists = asking.checker.known().day();
    match asking.claim.slots.when {
        Some(When::By(period)) if period.end() < lists => Err(format!(
            "a time to come: {} is over, and the outlook begins after the lists of {}",
            period.in_words(),
            Period::Day(lists).in_words()
        )),
        _ => Ok(years_named(asking).unwrap_or(YEARS)),
    }
}

/// The outlook of a place for as many years as the sentence speaks of, or what is missing for it.
pub(super) fn outlook(asking: &Asking<'_>, place: &Place) -> Result<Arc<Told>, String> {
    let years = years(asking)?;
    asking.checker.ahead().outlook(asking.checker.study(), place, years)
}

/// What a lever does, or what is missing to say it.
pub(super) fn effect(asking: &Asking<'_>, lever: Lever) -> Result<Effect, String> {
    let years = years(asking)?;
    asking.checker.ahead().with(asking.checker.study(), &asking.place, (years, lever))
}

/// A reading without an outlook: why there is none.
pub(super) fn without(asking: &Asking<'_>, why: String) -> Found {
    lacking(Said::new("The outlook of {} cannot tell this.", [name(&asking.place.name)]), [why])
}

/// A reading of an outlook, with what it rests on.
pub(super) fn reading(asking: &Asking<'_>, outlook: &Told, place: &Place) -> Found {
    let latest = |table| asking.checker.evidence().periods(table).last().copied();
    let mut releases: Vec<String> = TABLES
        .into_iter()
        .filter_map(|table| Some(asking.releases(table, latest(table)?)))
        .flatten()
        .collect();
    releases.sort();
    releases.dedup();
    let mut limits = vec![format!(
        "Ranges hold eight of every ten of {} draws of chance and of the assumptions.",
        outlook.draws
    )];
    limits.extend(outlook.rests_on.iter().cloned());
    Found {
        releases,
        lowered: usize::from(outlook.is_stood_in),
        limits,
        outlook: Some(place.clone()),
        ..Found::default()
    }
}

/// Adds the assumptions that move the gap most, as figures.
pub(super) fn add_moved_by(outlook: &Told, found: &mut Found) {
    for moved in outlook.moved_by.iter().take(NAMED) {
        let label = format!("Moves the gap: {}", moved.about.trim_end_matches('.'));
        let swing = (moved.high - moved.low).abs();
        found.figures.push(Shown::new(label, swing, Unit::Number(0, "full-time GPs, end to end")));
    }
}

/// The gap by year with something done and without it.
pub(super) fn both(title: String, name: &str, effect: &Effect) -> Exhibit {
    Exhibit::Fan {
        title,
        unit: GPS,
        lines: vec![
            ("Do nothing".to_owned(), effect.without.clone()),
            (name.to_owned(), effect.with.clone()),
        ],
    }
}

/// The mean of the draws, and their range.
pub(super) fn middle_and_range(range: Band, unit: &Unit) -> [Argument; 2] {
    let unit = fine(range, unit);
    [Argument::Figure(range.mean, unit.clone()), Argument::Interval(range.p10, range.p90, unit)]
}

/// A unit of whole ones with one decimal where they are few.
fn fine(range: Band, unit: &Unit) -> Unit {
    match unit {
        Unit::Number(0, name) if range.p10.abs().max(range.p90.abs()) < 20.0 => {
            Unit::Number(1, name)
        }
        _ => unit.clone(),
    }
}

/// A share of the draws.
pub(super) fn of_all(share: f64) -> Argument {
    Argument::Figure(share, Unit::Share(0))
}

/// The last year of a list that has a base year.
pub(super) fn last<T: Copy>(years: &[T]) -> Option<(u32, T)> {
    Some((years.len().checked_sub(1)? as u32, *years.last()?))
}
