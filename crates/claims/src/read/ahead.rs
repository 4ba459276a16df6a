//! Claims about the years to come, read from the outlook: the gap between need and capacity, what would narrow it, who
//! could take whom, and what moves the answer.
//!
//! Method: [`methods.md#outlook`](../../../../docs/book/methods.md#outlook).

mod closing;
mod gap;
mod hours;
mod recruits;
mod rota;
mod triage;
mod waits;

use models::outlook::Band;
use std::sync::Arc;

use evidence::Place;
use vocab::Period;

use super::super::ahead::{Effect, Lever, Told};
use super::super::mention::When;
use super::super::reading::{Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name};
use super::{Asking, Found, lacking};

pub(super) use closing::found as closing;
pub(super) use recruits::found as recruits;
pub(super) use triage::found as triage;

/// Years of an outlook where the sentence names none, as on its own page.
const YEARS: u32 = 5;
/// Days of a year.
const DAYS: f64 = 365.25;
/// The furthest that it looks.
const FURTHEST: f64 = 20.0;
/// Share of the draws from which a claim is called supported, and up to which it is called not supported.
const MOST_DRAWS: f64 = 0.9;
const FEW_DRAWS: f64 = 0.1;
/// Assumptions named in a reading.
const NAMED: usize = 3;

/// The work of full-time GPs.
const GPS: Unit = Unit::Number(0, "full-time GPs");

/// The tables that an outlook begins from.
const TABLES: [&str; 4] = ["list_size", "registered", "appointment", "staff"];

pub(super) fn gap(asking: &Asking<'_>) -> Found {
    gap::found(asking).unwrap_or_else(|why| without(asking, why))
}

pub(super) fn new_gps(asking: &Asking<'_>) -> Found {
    hours::found(asking).unwrap_or_else(|why| without(asking, why))
}

pub(super) fn waits(asking: &Asking<'_>) -> Found {
    waits::found(asking).unwrap_or_else(|why| without(asking, why))
}

pub(super) fn rota(asking: &Asking<'_>) -> Found {
    rota::found(asking).unwrap_or_else(|why| without(asking, why))
}

/// Supported where most draws agree, not supported where hardly any does.
fn of_draws(share: f64) -> Option<Verdict> {
    if share >= MOST_DRAWS {
        return Some(Verdict::Supported);
    }
    (share <= FEW_DRAWS).then_some(Verdict::NotSupported)
}

/// The years ahead that a sentence speaks of, if it names any.
fn years_named(asking: &Asking<'_>) -> Option<u32> {
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

/// The outlook of a place for as many years as the sentence speaks of, or what is missing for it.
fn outlook(asking: &Asking<'_>, place: &Place) -> Result<Arc<Told>, String> {
    let years = years_named(asking).unwrap_or(YEARS);
    asking.checker.ahead().outlook(asking.checker.study(), place, years)
}

/// What a lever does, or what is missing to say it.
fn effect(asking: &Asking<'_>, lever: Lever) -> Result<Effect, String> {
    let years = years_named(asking).unwrap_or(YEARS);
    asking.checker.ahead().with(asking.checker.study(), &asking.place, (years, lever))
}

/// A reading without an outlook: why there is none.
fn without(asking: &Asking<'_>, why: String) -> Found {
    lacking(Said::new("There is no outlook for {}.", [name(&asking.place.name)]), [why])
}

/// A reading of an outlook, with what it rests on.
fn reading(asking: &Asking<'_>, outlook: &Told, place: &Place) -> Found {
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
fn add_moved_by(outlook: &Told, found: &mut Found) {
    for moved in outlook.moved_by.iter().take(NAMED) {
        let label = format!("Moves the gap: {}", moved.about.trim_end_matches('.'));
        let swing = (moved.high - moved.low).abs();
        found.figures.push(Shown::new(label, swing, Unit::Number(0, "full-time GPs, end to end")));
    }
}

/// The gap by year with something done and without it.
fn both(title: String, name: &str, effect: &Effect) -> Exhibit {
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
fn middle_and_range(range: Band, unit: &Unit) -> [Argument; 2] {
    [
        Argument::Figure(range.mean, unit.clone()),
        Argument::Interval(range.p10, range.p90, unit.clone()),
    ]
}

/// A share of the draws.
fn of_all(share: f64) -> Argument {
    Argument::Figure(share, Unit::Share(0))
}

/// The last year of a list that has a base year.
fn last<T: Copy>(years: &[T]) -> Option<(u32, T)> {
    Some((years.len().checked_sub(1)? as u32, *years.last()?))
}
