//! Claims about the days of the week: appointments on a mean open day of each weekday.

use jiff::civil::Weekday;
use vocab::Level;

use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, share, words};
use super::{Asking, Found, lacking};
use crate::evaluate::EvaluateError;
use crate::monday::{OpenDay, UnknownStaff, open_days};

/// Months looked at, so that every weekday has had its share of seasons.
const MONTHS: i64 = 12;

pub(super) fn found(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let evidence = asking.checker.evidence();
    let periods = evidence.periods("appointment_day");
    let Some(latest) = periods.last().copied() else {
        return Ok(lacking(
            Said::plain("No appointments by day are imported."),
            ["Appointments in General Practice, daily, by sub-ICB location".to_owned()],
        ));
    };
    if asking.place.single().is_some_and(|(level, _)| level < Level::SubIcb) {
        return Ok(lacking(
            Said::plain(
                "Appointments by day are published for sub-ICB locations, not for practices or networks.",
            ),
            ["appointments by practice and day, which are not published".to_owned()],
        ));
    }
    let from =
        latest.end().checked_sub(jiff::Span::new().months(MONTHS)).unwrap_or(latest.first_day());
    let within = (!asking.is_england()).then_some(&asking.place);
    let days = open_days(evidence, from, latest.end(), within, UnknownStaff::Counted)?;
    let england = open_days(evidence, from, latest.end(), None, UnknownStaff::Counted)?;
    if days.len() < 5 {
        return Ok(lacking(
            Said::new(
                "{} has no appointments on some weekdays in the imported months.",
                [name(&asking.place.name)],
            ),
            ["a whole year of daily appointments".to_owned()],
        ));
    }
    let mut found = Found { releases: releases(asking, from), ..Found::default() };
    let mean = days.iter().map(|day| day.appointments).sum::<f64>() / days.len() as f64;
    let (Some(most), Some(least)) = (
        days.iter().max_by(|a, b| a.appointments.total_cmp(&b.appointments)),
        days.iter().min_by(|a, b| a.appointments.total_cmp(&b.appointments)),
    ) else {
        return Ok(found);
    };
    let excess = most.appointments / least.appointments - 1.0;
    found.answer.push(Said::new(
        "In {} {} has the most appointments on a mean open day, {} above the mean of the five days, and {} the fewest, {} below it; months from {} on.",
        [
            name(&asking.place.name),
            words(in_words(most.weekday)),
            share(most.appointments / mean - 1.0),
            words(in_words(least.weekday)),
            share(1.0 - least.appointments / mean),
            Argument::Period(vocab::Period::Day(from)),
        ],
    ));
    found.verdict = verdict(asking, most.weekday, least.weekday, excess);
    found.limits.push("Appointments by day say when patients were seen, not when they asked: demand by day is not published.".to_owned());
    found.figures = days
        .iter()
        .map(|day| Shown {
            label: format!("{}, over the mean of the five days", in_words(day.weekday)),
            value: day.appointments / mean - 1.0,
            limits: None,
            unit: Unit::Share(1),
            period: None,
        })
        .collect();
    found.exhibit = Some(bars(&days, &england, asking.is_england()));
    Ok(found)
}

/// The releases behind the days from one on.
fn releases(asking: &Asking<'_, '_>, from: jiff::civil::Date) -> Vec<String> {
    let periods = asking.checker.evidence().periods("appointment_day");
    let mut releases: Vec<String> = periods
        .into_iter()
        .filter(|period| period.end() > from)
        .flat_map(|period| asking.releases("appointment_day", period))
        .collect();
    releases.sort();
    releases.dedup();
    releases
}

/// An imbalance is a busiest day more than a tenth above the quietest (the template's parameter); a named day must be
/// the busiest or quietest.
fn verdict(asking: &Asking<'_, '_>, most: Weekday, least: Weekday, excess: f64) -> Option<Verdict> {
    let given = &asking.claim.slots.given;
    let day = match given.get("day").map(String::as_str) {
        Some("monday") => Some(Weekday::Monday),
        Some("friday") => Some(Weekday::Friday),
        _ => None,
    };
    match (given.get("says").map(String::as_str), day) {
        (Some("busiest"), Some(day)) => Some(Verdict::of(most == day)),
        (Some("quietest"), Some(day)) => Some(Verdict::of(least == day)),
        _ => Some(Verdict::of(excess >= asking.claim.template.figure("imbalance")?)),
    }
}

fn bars(days: &[OpenDay], england: &[OpenDay], is_england: bool) -> Exhibit {
    let total = |days: &[OpenDay]| days.iter().map(|day| day.appointments).sum::<f64>();
    let (own, all) = (total(days), total(england));
    let mut bars = Vec::new();
    for day in days {
        bars.push(Bar::new(in_words(day.weekday), day.appointments / own).subject());
        let same =
            england.iter().find(|other| other.weekday == day.weekday).filter(|_| !is_england);
        bars.extend(same.map(|other| {
            Bar::new(format!("{}, England", in_words(other.weekday)), other.appointments / all)
                .reference()
        }));
    }
    Exhibit::Bars {
        title: "Share of a week’s appointments on each open day".to_owned(),
        unit: Unit::Share(1),
        bars,
    }
}

fn in_words(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
