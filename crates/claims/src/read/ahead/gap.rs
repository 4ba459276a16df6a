//! Claims of a gap between need and capacity.

use super::super::super::ahead::{Told, Year};
use super::super::super::mention::{Change, Quantity};
use super::super::super::reading::{Exhibit, Shown, Verdict};
use super::super::super::said::{Said, Unit, name, number, share};
use super::super::{Asking, Found};
use super::{
    GPS, add_moved_by, last, middle_and_range, of_all, of_draws, outlook, reading, years_named,
};
use models::outlook::Band;

/// `There is an existing and projected demand and capacity gap`.
pub(super) fn found(asking: &Asking<'_, '_>) -> Result<Found, String> {
    let outlook = outlook(asking, &asking.place)?;
    let (Some(today), Some((years, then))) = (outlook.years.first(), last(&outlook.years)) else {
        return Ok(Found::default());
    };
    let mut found = reading(asking, &outlook, &asking.place);
    found.answer = in_words(asking, today, years, &then);
    found.verdict = verdict(asking, today, &then);
    if asking.claim.slots.indicator.is_some() {
        found.lacks.push(
            "a sentence about need and capacity as a whole: the outlook tells no indicator apart"
                .to_owned(),
        );
    }
    found.figures = figures(today, years, &then);
    add_moved_by(&outlook, &mut found);
    found.exhibit = Some(by_year(&outlook));
    Ok(found)
}

fn in_words(asking: &Asking<'_, '_>, today: &Year, years: u32, then: &Year) -> Vec<Said> {
    let [now, range_now] = middle_and_range(today.gap, &GPS);
    let [gap, range] = middle_and_range(then.gap, &GPS);
    vec![
        Said::new(
            "Need of {} is more than capacity by the work of {} today (8 of 10 draws: {}), {} of need, and by that of {} in {} years (8 of 10 draws: {}), {} of need.",
            [
                name(&asking.place.name),
                now,
                range_now,
                share(today.share.p50),
                gap,
                number(f64::from(years), 0, ""),
                range,
                share(then.share.p50),
            ],
        ),
        Said::new("It is wider then than today in {} of the draws.", [of_all(then.is_wider)]),
    ]
}

/// Whether most draws bear the sentence out; where it names no time, today must agree with the years to come.
fn verdict(asking: &Asking<'_, '_>, today: &Year, then: &Year) -> Option<Verdict> {
    let slots = &asking.claim.slots;
    if slots.indicator.is_some() {
        return None;
    }
    match slots.change {
        Some(Change::Rising | Change::Worsening) => return of_draws(then.is_wider),
        Some(Change::Falling | Change::Improving) => return of_draws(1.0 - then.is_wider),
        Some(Change::Unchanged) => return None,
        None => {}
    }
    if let Some(stated) = asking.number("share") {
        return of_size(stated, then.share);
    }
    if let Some(stated) = asking.number("count") {
        return slots.given.contains_key("of_gps").then(|| of_size(stated, then.gap)).flatten();
    }
    let to_come = of_draws(then.is_open);
    if years_named(asking).is_some() {
        return to_come;
    }
    to_come.filter(|verdict| of_draws(today.is_open) == Some(*verdict))
}

/// Whether a stated size lies within the range; one that lies within a wide range is not thereby shown.
fn of_size(stated: Quantity, range: Band) -> Option<Verdict> {
    let within = (range.p10..=range.p90).contains(&stated.value);
    if stated.is_figure() {
        return Some(Verdict::of(within || stated.agrees(range.p50)));
    }
    let all = stated.agrees(range.p10) && stated.agrees(range.p90);
    let none = !stated.agrees(range.p10) && !stated.agrees(range.p90);
    if all || none { Some(Verdict::of(all)) } else { None }
}

fn figures(today: &Year, years: u32, then: &Year) -> Vec<Shown> {
    let of = |when: &str, year: &Year| {
        [
            Shown::drawn(format!("Gap, {when}"), year.gap, GPS),
            Shown::drawn(format!("Share of need, {when}"), year.share, Unit::Share(1)),
        ]
    };
    of("today", today).into_iter().chain(of(&format!("in {years} years"), then)).collect()
}

fn by_year(outlook: &Told) -> Exhibit {
    Exhibit::Fan {
        title: "The gap between need and capacity".to_owned(),
        unit: GPS,
        lines: vec![("Gap".to_owned(), outlook.years.iter().map(|year| year.gap).collect())],
    }
}
