//! Claims that count: practices, networks, patients, lists below a size, closures.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliation, TextColumn, tables};
use vocab::{Level, Organisation, Period};

use super::super::mention::{Bound, Direction, Quantity, QuantityKind, When};
use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, words};
use super::asking::{Asking, Found, lacking};
use super::lists::{List, lists};
use super::{networks, when};
use indicators::evaluate::EvaluateError;

/// The lists of the place at hand at the time that the sentence names, or the latest.
pub(super) fn lists_then(
    asking: &Asking<'_>,
) -> Result<Option<(Vec<List>, Period)>, EvaluateError> {
    let held = asking.checker.evidence().periods("list_size");
    let period = match asking.claim.slots.when {
        Some(When::In(wanted)) => held.iter().rev().find(|period| when::overlaps(**period, wanted)),
        _ => held.last(),
    };
    let Some(period) = period.copied() else { return Ok(None) };
    Ok(Some((lists(asking, period, &asking.place)?, period)))
}

pub(super) fn no_lists(asking: &Asking<'_>) -> Found {
    let held = asking.checker.evidence().periods("list_size");
    let lacks = ["Patients Registered at a GP Practice".to_owned()];
    match (held.first(), held.last(), asking.claim.slots.when) {
        (Some(first), Some(last), Some(when)) => lacking(
            Said::new(
                "No lists of patients of {} are imported: those imported are of {} to {}.",
                [words(when::in_words(when)), Argument::Period(*first), Argument::Period(*last)],
            ),
            lacks,
        ),
        _ => lacking(Said::plain("No lists of patients are imported."), lacks),
    }
}

/// `There are {count} practices`, `the average list is {count}`, `{count} practices have fewer than {size} patients`.
pub(super) fn counted(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some((lists, period)) = lists_then(asking)? else { return Ok(no_lists(asking)) };
    let what = asking.claim.slots.given.get("what").map_or("practices", String::as_str);
    if what == "both" {
        return Ok(both(asking, &lists, period));
    }
    let Some(stated) = asking.number("count").or_else(|| most(asking)) else {
        return Ok(Found::default());
    };
    if lists.is_empty() {
        return Ok(lacking(
            Said::new("{} has no practice in the latest lists.", [name(&asking.place.name)]),
            ["lists that name its practices".to_owned()],
        ));
    }
    let practices = lists.len() as f64;
    let patients: f64 = lists.iter().map(|(_, patients)| patients).sum();
    let networks: BTreeSet<&str> =
        lists.iter().filter_map(|(row, _)| row.code(Level::Network)).collect();
    let size = asking.number("size");
    let above = size.is_some_and(|size| size.bound.is_lowest())
        || asking.claim.slots.direction == Some(Direction::Above);
    let is_on_side = |patients: f64| {
        size.is_some_and(|size| if above { patients > size.value } else { patients < size.value })
    };
    let (value, unit, label): (f64, &'static str, &str) = match what {
        "networks" => (networks.len() as f64, "networks", "Primary care networks"),
        "patients" => (patients, "patients", "Registered patients"),
        "average_list" => (patients / practices, "patients", "Mean list of a practice"),
        "below" => (
            lists.iter().filter(|(_, one)| is_on_side(*one)).count() as f64,
            "practices",
            if above { "Practices above that size" } else { "Practices below that size" },
        ),
        _ => (practices, "practices", "General practices with a list"),
    };
    let holds = match stated.kind {
        QuantityKind::Share => stated.agrees(value / practices),
        _ => stated.agrees(value),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}, {}: {}; the sentence says {}.",
        [
            words(label),
            name(&asking.place.name),
            Argument::Period(period),
            Argument::Figure(value, Unit::Count(unit)),
            Argument::Quantity(stated),
        ],
    ));
    found.figures = vec![
        shown(label, value, Unit::Count(unit), period),
        shown("General practices with a list", practices, Unit::Number(0, ""), period),
        shown("Registered patients", patients, Unit::Count("patients"), period),
    ];
    found.figures.dedup();
    if what == "networks" {
        let own = networks::own_networks(asking, &lists, period)?.len() as f64;
        across_the_border(&mut found, (value, own), stated);
    }
    found.exhibit = Some(largest_lists(&lists, period));
    Ok(found)
}

/// Networks with a practice here, and those of them that are mostly here: told both where they differ, and judged where the
/// sentence is right or wrong of both.
fn across_the_border(found: &mut Found, (all, own): (f64, f64), stated: Quantity) {
    if all.to_bits() == own.to_bits() {
        return;
    }
    found.answer.push(Said::new(
        "{} of them have more than half of their patients here.",
        [Argument::Figure(own, Unit::Number(0, ""))],
    ));
    if stated.agrees(all) != stated.agrees(own) {
        found.verdict = None;
        found
            .lacks
            .push("a sentence that says whether networks that cross the border count".to_owned());
    }
}

/// `The {count} practices have {size} patients between them`: both are judged; of some of the practices nothing is known.
fn both(asking: &Asking<'_>, lists: &[List], period: Period) -> Found {
    let (Some(stated), Some(size)) = (asking.number("count"), asking.number("size")) else {
        return Found::default();
    };
    let practices = lists.len() as f64;
    let patients: f64 = lists.iter().map(|(_, patients)| patients).sum();
    let are_all = stated.agrees(practices);
    let mut found = Found {
        verdict: are_all.then(|| Verdict::of(size.agrees(patients))),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}: {} with a list, {}; the sentence says {} and {}.",
        [
            name(&asking.place.name),
            Argument::Period(period),
            count(practices, "practice", "practices"),
            Argument::Figure(patients, Unit::Count("patients")),
            Argument::Quantity(stated),
            Argument::Quantity(size),
        ],
    ));
    if !are_all {
        found.lacks.push(
            "a sentence that says which practices are meant, or counts all of them".to_owned(),
        );
    }
    found.figures = vec![
        shown("General practices with a list", practices, Unit::Number(0, ""), period),
        shown("Registered patients", patients, Unit::Count("patients"), period),
    ];
    found.exhibit = Some(largest_lists(lists, period));
    found
}

/// `Most practices` as a share that is more than half, `no practice` as nought.
fn most(asking: &Asking<'_>) -> Option<Quantity> {
    let kind = QuantityKind::Share;
    let many = asking.claim.slots.given.get("many")?;
    if many == "none" {
        let (kind, bound) = (QuantityKind::Count, Bound::Exactly);
        return Some(Quantity { value: 0.0, upper: None, kind, bound, step: 1.0, out_of: 0.0 });
    }
    (many == "most").then_some(())?;
    Some(Quantity { value: 0.5, upper: None, kind, bound: Bound::MoreThan, step: 0.0, out_of: 0.0 })
}

pub(super) fn shown(label: &str, value: f64, unit: Unit, period: Period) -> Shown {
    Shown::new(label, value, unit).in_period(period)
}

fn largest_lists(lists: &[List], period: Period) -> Exhibit {
    let mut sorted: Vec<&List> = lists.iter().collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.practice.cmp(&b.0.practice)));
    Exhibit::Bars {
        title: format!("The largest lists, {}", period.in_words()),
        unit: Unit::Count("patients"),
        bars: sorted
            .into_iter()
            .take(12)
            .map(|(row, patients)| Bar::new(row.name.clone(), *patients))
            .collect(),
    }
}

/// `{count} practices have closed since {time}`.
pub(super) fn closures(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let evidence = asking.checker.evidence();
    let Some(edition) = evidence.periods("practice").last().copied() else {
        return Ok(lacking(
            Said::plain("No register of practices is imported."),
            ["the ODS register epraccur".to_owned()],
        ));
    };
    let (Some(stated), Some(when)) = (asking.number("count"), asking.claim.slots.when) else {
        return Ok(Found::default());
    };
    let Some((from, end)) = stretch(when, edition) else { return Ok(Found::default()) };
    let (closed, unplaced) = closed_between(asking, edition, from, end)?;
    let merged = successors(asking)?;
    let verdict = verdict_on(stated, closed.len()..=closed.len() + unplaced.len());
    let mut found =
        Found { verdict, releases: asking.releases("practice", edition), ..Found::default() };
    if !unplaced.is_empty() {
        found.lacks.push(whereabouts(&unplaced));
    }
    let taken_over = closed.iter().filter(|(code, ..)| merged.contains(code)).count();
    if closed.is_empty() && !unplaced.is_empty() {
        found.answer.push(Said::new(
            "How many general practices of {} closed in that time cannot be told: the register of {} shows {} that may have been of it.",
            [
                name(&asking.place.name),
                Argument::Period(edition),
                count(unplaced.len() as f64, "general practice", "general practices"),
            ],
        ));
        return Ok(found);
    }
    if !unplaced.is_empty() {
        found.answer.push(Said::new(
            "At least: {} more may have been of it.",
            [count(unplaced.len() as f64, "general practice", "general practices")],
        ));
    }
    found.answer.push(Said::new(
        "The register of {} shows {} of {} that closed in that time, {} of them with a successor on record; the sentence says {}.",
        [
            Argument::Period(edition),
            count(closed.len() as f64, "general practice", "general practices"),
            name(&asking.place.name),
            words(present_or_none(taken_over)),
            Argument::Quantity(stated),
        ],
    ));
    found.figures = vec![
        shown("General practices closed", closed.len() as f64, Unit::Number(0, ""), edition),
        shown("with a successor on record", taken_over as f64, Unit::Number(0, ""), edition),
    ];
    found.named = closed
        .iter()
        .rev()
        .take(3)
        .map(|(code, title, day)| Named {
            organisation: Organisation { level: Level::Practice, code: code.clone() },
            name: title.clone(),
            why: Said::new("closed on {}", [Argument::Period(Period::Day(*day))]),
        })
        .collect();
    found.exhibit = Some(by_year(&closed));
    Ok(found)
}

/// The days from and up to which a sentence speaks of closings.
fn stretch(when: When, edition: Period) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    Some(match when {
        When::Since(period) => (period.first_day(), edition.end()),
        When::In(period) => (period.first_day(), period.end()),
        When::Between(from, to) => (from.first_day(), to.end()),
        When::Back(years) => {
            let months = jiff::Span::new().months(libm::round(years * 12.0) as i64);
            let back = edition.first_day().checked_sub(months);
            (back.unwrap_or(edition.first_day()), edition.end())
        }
        When::By(_) | When::Ahead(_) => return None,
    })
}

/// Bars of how many closed in each year.
fn by_year(closed: &[Closed]) -> Exhibit {
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for (_, _, day) in closed {
        *years.entry(day.year()).or_default() += 1;
    }
    let bar = |(year, closed): (i16, usize)| Bar::new(year.to_string(), closed as f64);
    Exhibit::Bars {
        title: "General practices closed, by year".to_owned(),
        unit: Unit::Number(0, ""),
        bars: years.into_iter().map(bar).collect(),
    }
}

/// What can be said of a number where all that is known is between what it lies: what holds or fails for each.
fn verdict_on(stated: Quantity, possible: std::ops::RangeInclusive<usize>) -> Option<Verdict> {
    let agrees = |count: usize| stated.agrees(count as f64);
    if possible.clone().all(agrees) {
        return Some(Verdict::Supported);
    }
    (!possible.into_iter().any(agrees)).then_some(Verdict::NotSupported)
}

fn present_or_none(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

/// A general practice that closed: code, name and day.
type Closed = (String, String, jiff::civil::Date);

/// What would tell whether practices that closed were of the place.
fn whereabouts(unplaced: &[String]) -> String {
    let shown = unplaced.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = unplaced.len().checked_sub(8).filter(|more| *more > 0);
    format!(
        "where {} more of its sub-ICB locations stood or belonged, which closed in that time and are in no file of points or lists imported: {shown}{}",
        unplaced.len(),
        more.map_or_else(String::new, |more| format!(" and {more} more")),
    )
}

/// General practices of the place that closed in a stretch of time, by day, and those that may have been its own, with
/// their postcodes: the register names boards, but neither councils nor networks, which only lists tell.
fn closed_between(
    asking: &Asking<'_>,
    edition: Period,
    from: jiff::civil::Date,
    end: jiff::civil::Date,
) -> Result<(Vec<Closed>, Vec<String>), EvaluateError> {
    let frame = asking.checker.evidence().frame("practice", edition)?;
    let known = asking.checker.known();
    let place = &asking.place;
    let around: BTreeSet<&str> = known
        .iter()
        .filter(|row| place.holds(row))
        .filter_map(|row| row.code(Level::SubIcb))
        .collect();
    let register = tables::practice::Columns::of(&frame);
    let get = |column: &TextColumn, row: usize| column.get(row).unwrap_or_default().to_owned();
    let (mut closed, mut unplaced) = (Vec::new(), Vec::new());
    for row in 0..frame.rows() {
        let Ok(day) = get(register.closed, row).parse::<jiff::civil::Date>() else { continue };
        if get(register.setting, row) != "general_practice" || !(from..end).contains(&day) {
            continue;
        }
        let listed = known.of(&get(register.practice, row)).cloned().unwrap_or_default();
        let affiliation = Affiliation {
            practice: get(register.practice, row),
            sub_icb: get(register.sub_icb, row),
            icb: get(register.icb, row),
            region: get(register.region, row),
            ..listed
        };
        if asking.is_england() || place.holds(&affiliation) {
            closed.push((affiliation.practice, get(register.name, row), day));
        } else if may_belong(place, &affiliation) && around.contains(affiliation.sub_icb.as_str()) {
            unplaced.push(format!("{} at {}", affiliation.practice, get(register.postcode, row)));
        }
    }
    closed.sort_by(|a, b| (a.2, &a.0).cmp(&(b.2, &b.0)));
    Ok((closed, unplaced))
}

/// Whether it is not known where a practice stood or which network it was in, and the place asks for that.
fn may_belong(place: &evidence::Place, practice: &Affiliation) -> bool {
    place.members.iter().any(|(level, _)| match level {
        Level::Place => practice.stands_in.is_empty(),
        Level::Network => practice.network.is_empty(),
        _ => false,
    })
}

fn successors(asking: &Asking<'_>) -> Result<BTreeSet<String>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let mut found = BTreeSet::new();
    for period in evidence.periods("successor") {
        let frame = evidence.frame("successor", period)?;
        found.extend(tables::successor::Columns::of(&frame).practice.words.iter().cloned());
    }
    Ok(found)
}
