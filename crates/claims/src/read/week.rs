//! Claims about the days of the week, read from the ordinary week of the place.
//!
//! Equation: [`methods.md#the-week`](../../../../docs/book/methods.md#the-week).

use vocab::{Level, weekday};

use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Said, Unit, count, name, number, share, words};
use super::asking::{Asking, Found, lacking};
use indicators::evaluate::EvaluateError;
use indicators::monday::WEEKDAYS;
use indicators::week::{Balance, DayBalance, Standing, assumptions, balance, locations};

pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    if asking.place.single().is_some_and(|(level, _)| level < Level::SubIcb) {
        return Ok(lacking(
            Said::plain(
                "Appointments by day are published for sub-ICB locations, not for practices or networks.",
            ),
            ["appointments by practice and day, which are not published".to_owned()],
        ));
    }
    let within = (!asking.is_england()).then_some(&asking.place);
    let Some(week) = balance(asking.checker.evidence(), within)? else {
        return Ok(lacking(
            Said::new(
                "Fewer than two whole weeks of daily appointments are imported for {}.",
                [name(&asking.place.name)],
            ),
            ["Appointments in General Practice, daily, by sub-ICB location".to_owned()],
        ));
    };
    let mut found = Found { releases: releases(asking, &week), ..Found::default() };
    found.verdict = verdict(asking, &week);
    answer(asking, &week, &mut found);
    found.limits.extend(assumptions().in_words());
    found.figures = week.days.iter().map(shown).collect();
    found.exhibit = Some(bars(&week));
    if !asking.is_england() {
        found.named = furthest(asking)?;
    }
    Ok(found)
}

/// The busiest or quietest day must be the one named; an imbalance is a day beyond the doubt about requests.
fn verdict(asking: &Asking<'_>, week: &Balance) -> Option<Verdict> {
    let given = &asking.claim.slots.given;
    let named = given.get("day").and_then(|day| weekday::parse(day));
    let Some(day) = named.filter(|day| WEEKDAYS.contains(day)) else {
        let beyond = week.days.iter().any(|day| day.standing != Standing::Balanced);
        return Some(Verdict::of(beyond));
    };
    let busiest = given.get("says").is_some_and(|says| says == "busiest");
    let by_supply = |a: &&DayBalance, b: &&DayBalance| a.supply.total_cmp(&b.supply);
    let end = if busiest {
        week.days.iter().max_by(by_supply)
    } else {
        week.days.iter().min_by(by_supply)
    };
    end.map(|end| Verdict::of(end.weekday == day))
}

fn answer(asking: &Asking<'_>, week: &Balance, found: &mut Found) {
    let by_supply = |a: &&DayBalance, b: &&DayBalance| a.supply.total_cmp(&b.supply);
    if let (Some(most), Some(least)) =
        (week.days.iter().max_by(by_supply), week.days.iter().min_by(by_supply))
    {
        found.answer.push(Said::new(
            "In {} {} has most appointments, {} of an ordinary week’s, and {} fewest, {} ({}).",
            [
                name(&asking.place.name),
                words(weekday::name(most.weekday)),
                share(most.supply),
                words(weekday::name(least.weekday)),
                share(least.supply),
                count(week.weeks as f64, "week", "weeks"),
            ],
        ));
    }
    let of = |standing: Standing| {
        let days: Vec<&str> = week
            .days
            .iter()
            .filter(|day| day.standing == standing)
            .map(|day| weekday::name(day.weekday))
            .collect();
        if days.is_empty() { "no day".to_owned() } else { days.join(", ") }
    };
    found.answer.push(Said::new(
        "Held against requests for care by day (an assumption with a range), {} is short beyond doubt and {} has more than its share; about {} of appointments a week, {}, would have to move.",
        [
            words(of(Standing::Short)),
            words(of(Standing::Over)),
            number(week.moved_hours(), 0, "hours"),
            share(week.moved_share()),
        ],
    ));
}

/// The sub-ICB locations of the place that have most to move.
fn furthest(asking: &Asking<'_>) -> Result<Vec<Named>, EvaluateError> {
    let mut all = locations(asking.checker.evidence(), &asking.place)?;
    if all.len() < 2 {
        return Ok(Vec::new());
    }
    all.sort_by(|a, b| {
        let order = b.balance.moved_share().total_cmp(&a.balance.moved_share());
        order.then_with(|| a.organisation.cmp(&b.organisation))
    });
    let named = all.into_iter().take(3).map(|location| Named {
        why: Said::new(
            "{} of its appointments would have to move",
            [share(location.balance.moved_share())],
        ),
        organisation: location.organisation,
        name: location.name,
    });
    Ok(named.collect())
}

/// The releases behind the months of a balance.
fn releases(asking: &Asking<'_>, week: &Balance) -> Vec<String> {
    let periods = asking.checker.evidence().periods("appointment_day");
    let mut releases: Vec<String> = periods
        .into_iter()
        .filter(|period| (week.months.0..=week.months.1).contains(period))
        .flat_map(|period| asking.releases("appointment_day", period))
        .collect();
    releases.sort();
    releases.dedup();
    releases
}

fn shown(day: &DayBalance) -> Shown {
    let label = format!(
        "{}: share of the week’s appointments (requests about {:.0}%)",
        weekday::name(day.weekday),
        day.demand.value * 100.0
    );
    Shown::new(label, day.supply, Unit::Share(1))
        .limits(Some((day.interval.lower, day.interval.upper)))
}

fn bars(week: &Balance) -> Exhibit {
    let pair = |day: &DayBalance| {
        [
            Bar::new(weekday::name(day.weekday), day.supply)
                .subject()
                .limits(Some((day.interval.lower, day.interval.upper))),
            Bar::new(
                format!("{}, requests (assumed)", weekday::name(day.weekday)),
                day.demand.value,
            )
            .reference()
            .limits(Some((day.demand.low, day.demand.high))),
        ]
    };
    Exhibit::Bars {
        title: "Share of a week’s appointments and requests on each weekday".to_owned(),
        unit: Unit::Share(1),
        bars: week.days.iter().flat_map(pair).collect(),
    }
}
