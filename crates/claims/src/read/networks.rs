//! Sizes of networks against a range: within, below or above it.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliation, Place};
use indicators::evaluate::EvaluateError;
use vocab::{Level, Organisation, Period};

use super::super::mention::QuantityKind;
use super::super::reading::{Bar, Exhibit, Named, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, share, words};
use super::asking::{Asking, Found, lacking};
use super::counts::{lists_then, no_lists, shown};
use super::lists::{List, lists};

/// The size rule of the Network Contract: 30,000 to 50,000 patients.
const NETWORK_RANGE: (f64, f64) = (30_000.0, 50_000.0);

/// `All networks are within 30,000 to 50,000 patients`.
pub(super) fn network_sizes(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some((lists, period)) = lists_then(asking)? else { return Ok(no_lists(asking)) };
    let sizes = whole_networks(asking, &lists, period)?;
    if sizes.is_empty() {
        return Ok(lacking(
            Said::new("No practice of {} is known to be in a network.", [name(&asking.place.name)]),
            ["the mapping of practices to networks".to_owned()],
        ));
    }
    let range = asking
        .number("range")
        .or_else(|| asking.number("size"))
        .and_then(|range| Some((range.value, range.upper?)))
        .unwrap_or(NETWORK_RANGE);
    let within = |size: f64| (range.0..=range.1).contains(&size);
    let inside = sizes.values().filter(|(size, _)| within(*size)).count();
    let below = sizes.values().filter(|(size, _)| *size < range.0).count();
    let part = inside as f64 / sizes.len() as f64;
    let holds = match outside(asking, range) {
        Some((below, limit)) => {
            let beyond = |size: f64| if below { size < limit } else { size > limit };
            let met = sizes.values().filter(|(size, _)| beyond(*size)).count();
            number_holds(asking, met, sizes.len())
        }
        None => number_holds(asking, inside, sizes.len()),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} of {} in {} ({}) have between {} and {} registered patients; {} below and {} above.",
        [
            words(inside.to_string()),
            count(sizes.len() as f64, "network", "networks"),
            name(&asking.place.name),
            share(part),
            number(range.0, 0, ""),
            number(range.1, 0, ""),
            words(below.to_string()),
            words((sizes.len() - inside - below).to_string()),
        ],
    ));
    found.figures = vec![
        shown("Networks within the range", inside as f64, Unit::Number(0, ""), period),
        shown("Networks", sizes.len() as f64, Unit::Number(0, ""), period),
    ];
    let of_place = lists.iter().filter(|(row, _)| row.code(Level::Network).is_some());
    let outside = sizes.values().map(|(_, practices)| practices).sum::<usize>() - of_place.count();
    if outside > 0 {
        found.limits.push(format!(
            "Networks count with all their patients: {outside} of their practices stand outside {}.",
            asking.place.name
        ));
    }
    name_networks(asking, &sizes, range, period, &mut found);
    Ok(found)
}

/// Patients and practices of the networks of a place, with those of their practices that stand outside it: a size is of the
/// whole network.
fn whole_networks(
    asking: &Asking<'_>,
    inside: &[List],
    period: Period,
) -> Result<BTreeMap<String, (f64, usize)>, EvaluateError> {
    let network = |row: &Affiliation| row.code(Level::Network).map(str::to_owned);
    let held: BTreeSet<String> = inside.iter().filter_map(|(row, _)| network(row)).collect();
    let everywhere = Place::everywhere(asking.checker.known().whole());
    let mut sizes: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for (row, patients) in lists(asking, period, &everywhere)? {
        if let Some(code) = network(&row).filter(|code| held.contains(code)) {
            let size = sizes.entry(code).or_default();
            size.0 += patients;
            size.1 += 1;
        }
    }
    Ok(sizes)
}

/// The networks of a place that have more than half of their patients in it: `our networks` may be these, or all with a
/// practice here.
pub(super) fn own_networks(
    asking: &Asking<'_>,
    inside: &[List],
    period: Period,
) -> Result<BTreeSet<String>, EvaluateError> {
    let mut here: BTreeMap<&str, f64> = BTreeMap::new();
    for (row, patients) in inside {
        if let Some(code) = row.code(Level::Network) {
            *here.entry(code).or_default() += patients;
        }
    }
    let whole = whole_networks(asking, inside, period)?;
    let is_own = |code: &&str| {
        let part = here.get(*code).copied().unwrap_or_default();
        whole.get(*code).is_some_and(|(size, _)| part * 2.0 > *size)
    };
    Ok(here.keys().copied().filter(is_own).map(str::to_owned).collect())
}

/// On which side of which size networks are said to lie outside, if they are: `two exceed 50,000`.
fn outside(asking: &Asking<'_>, range: (f64, f64)) -> Option<(bool, f64)> {
    if asking.number("size").is_some_and(|size| size.upper.is_some()) {
        return None;
    }
    let below = match asking.claim.slots.given.get("outside")?.as_str() {
        "bound" => asking.number("size")?.bound.is_highest(),
        side => side == "below",
    };
    let limit = if below { range.0 } else { range.1 };
    Some((below, asking.number("size").map_or(limit, |size| size.value)))
}

/// Whether so many of all networks are as many as the sentence says.
fn number_holds(asking: &Asking<'_>, met: usize, all: usize) -> bool {
    let part = met as f64 / all as f64;
    match (asking.number("share"), asking.claim.slots.given.get("many").map(String::as_str)) {
        (Some(stated), _) if stated.kind == QuantityKind::Share => stated.agrees(part),
        (Some(stated), _) => stated.agrees(met as f64),
        (None, Some("most")) => part > 0.5,
        (None, Some("one")) => met == 1,
        (None, Some("none")) => met == 0,
        _ => met == all,
    }
}

/// The networks that lie furthest outside, and all sizes as bars.
fn name_networks(
    asking: &Asking<'_>,
    sizes: &BTreeMap<String, (f64, usize)>,
    range: (f64, f64),
    period: Period,
    found: &mut Found,
) {
    let known = asking.checker.known();
    let far = |size: f64| (range.0 - size).max(size - range.1);
    let mut sorted: Vec<(&String, f64, usize)> =
        sizes.iter().map(|(code, (size, practices))| (code, *size, *practices)).collect();
    sorted.sort_by(|a, b| far(b.1).total_cmp(&far(a.1)).then_with(|| a.0.cmp(b.0)));
    found.named = sorted
        .iter()
        .filter(|(_, size, _)| far(*size) > 0.0)
        .take(3)
        .map(|(code, size, practices)| Named {
            organisation: Organisation { level: Level::Network, code: (*code).clone() },
            name: known.name_of(Level::Network, code).to_owned(),
            why: Said::new(
                "{} in {}",
                [
                    Argument::Figure(*size, Unit::Count("patients")),
                    count(*practices as f64, "practice", "practices"),
                ],
            ),
        })
        .collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    sorted.truncate(40);
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered patients of networks, {}", period.in_words()),
        unit: Unit::Count("patients"),
        bars: sorted
            .iter()
            .map(|(code, size, _)| Bar::new(known.name_of(Level::Network, code), *size))
            .collect(),
    });
}
