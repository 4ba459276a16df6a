//! Claims of a gap between need and capacity.

use super::super::super::ahead::{NO_GPS, Told, Year};
use super::super::super::mention::{Change, Quantity};
use super::super::super::reading::{Exhibit, Shown, Verdict};
use super::super::super::said::{Argument, Said, Unit, count, name, words};
use super::super::asking::{Asking, Found};
use super::basis::{
    GPS, add_moved_by, last, middle_and_range, of_all, of_draws, outlook, reading, years_named,
};
use models::outlook::Band;
use models::standards::Against;

/// `There is an existing and projected demand and capacity gap`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, String> {
    let outlook = outlook(asking, &asking.place)?;
    let (Some(_), Some((years, then))) = (outlook.years.first(), last(&outlook.years)) else {
        return Ok(Found::default());
    };
    let mut found = reading(asking, &outlook, &asking.place);
    if !outlook.counts_gps {
        found.answer.push(growth(asking, years, &then));
        found.lacks.push(NO_GPS.to_owned());
        return Ok(found);
    }
    found.answer = vec![to_come(asking, years, &then), today(asking, &outlook.standards)];
    found.verdict = verdict(asking, &outlook.standards, &then);
    if asking.claim.slots.indicator.is_some() {
        found.lacks.push(
            "a sentence about need and capacity as a whole: the outlook tells no indicator apart"
                .to_owned(),
        );
    }
    if found.verdict.is_none() && years_named(asking).is_none() {
        found.lacks.push(
            "the standard by which the GPs of today are to be enough, and a sentence about one time only"
                .to_owned(),
        );
    }
    found.figures = figures(&outlook.standards, years, &then);
    add_moved_by(&outlook, &mut found);
    found.exhibit = Some(by_year(&outlook));
    Ok(found)
}

/// What need grows by, where what GPs can give is not known.
fn growth(asking: &Asking<'_>, years: u32, then: &Year) -> Said {
    Said::new(
        "Need of {} for GPs grows by {} in {} (8 of 10 draws: {}); what its GPs can give is not known.",
        [
            name(&asking.place.name),
            Argument::Figure(then.need.mean, Unit::Share(1)),
            count(f64::from(years), "year", "years"),
            Argument::Interval(then.need.p10, then.need.p90, Unit::Share(1)),
        ],
    )
}

fn to_come(asking: &Asking<'_>, years: u32, then: &Year) -> Said {
    let [gap, range] = middle_and_range(then.gap, &GPS);
    Said::new(
        "In {} need of {} for GPs is more than they can give, beside today, by the work of {} (8 of 10 draws: {}; below nought is less), {} of need; it is more in {} of the draws.",
        [
            count(f64::from(years), "year", "years"),
            name(&asking.place.name),
            gap,
            range,
            Argument::Figure(then.share.mean, Unit::Share(1)),
            of_all(then.is_open),
        ],
    )
}

/// The GPs of today beside every standard.
fn today(asking: &Asking<'_>, standards: &[Against]) -> Said {
    let each: Vec<String> = standards
        .iter()
        .filter_map(|one| {
            let lacks = one.lacks?;
            let (what, size) =
                if lacks.mean < 0.0 { ("more", -lacks.mean) } else { ("fewer", lacks.mean) };
            Some(format!("{}: {size:.0} {what}", one.standard.in_words()))
        })
        .collect();
    Said::new(
        "Today what was held was met; whether the GPs of {} are enough depends on the standard. Full-time GPs beside each: {}.",
        [name(&asking.place.name), words(each.join("; "))],
    )
}

/// Whether most draws bear the sentence out; where it names no time, today must agree with the years to come by every standard.
fn verdict(asking: &Asking<'_>, standards: &[Against], then: &Year) -> Option<Verdict> {
    let slots = &asking.claim.slots;
    if slots.indicator.is_some() {
        return None;
    }
    match slots.change {
        Some(Change::Rising | Change::Worsening) => return of_draws(then.is_open),
        Some(Change::Falling | Change::Improving) => return of_draws(1.0 - then.is_open),
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
    to_come.filter(|verdict| by_every_standard(standards) == Some(*verdict))
}

/// Supported where the place has too few GPs by every standard, not supported where by none.
fn by_every_standard(standards: &[Against]) -> Option<Verdict> {
    let lacks = || standards.iter().filter_map(|one| one.lacks);
    let (all, none) = (lacks().all(|one| one.p10 > 0.0), lacks().all(|one| one.p90 <= 0.0));
    (lacks().next().is_some() && (all || none)).then(|| Verdict::of(all))
}

/// Whether a stated size is that of the outlook: supported where it agrees with the mean of the draws, not supported where the
/// whole range lies elsewhere; a range of many sizes shows none of the others.
fn of_size(stated: Quantity, range: Band) -> Option<Verdict> {
    if stated.is_figure() {
        let within = (range.p10..=range.p90).contains(&stated.value);
        return match (stated.agrees(range.mean), within) {
            (true, _) => Some(Verdict::Supported),
            (false, false) => Some(Verdict::NotSupported),
            (false, true) => None,
        };
    }
    let all = stated.agrees(range.p10) && stated.agrees(range.p90);
    let none = !stated.agrees(range.p10) && !stated.agrees(range.p90);
    if all || none { Some(Verdict::of(all)) } else { None }
}

fn figures(standards: &[Against], years: u32, then: &Year) -> Vec<Shown> {
    let of_standard = |one: &Against| {
        Some(Shown::drawn(format!("Lacking today: {}", one.standard.in_words()), one.lacks?, GPS))
    };
    let when = format!("in {years} years");
    [
        Shown::drawn(format!("Gap of GPs, {when}"), then.gap, GPS),
        Shown::drawn(format!("Share of need for GPs, {when}"), then.share, Unit::Share(1)),
    ]
    .into_iter()
    .chain(standards.iter().filter_map(of_standard))
    .collect()
}

fn by_year(outlook: &Told) -> Exhibit {
    Exhibit::Fan {
        title: "Need for GPs beyond what they can give, beside today".to_owned(),
        unit: GPS,
        lines: vec![("Gap".to_owned(), outlook.years.iter().map(|year| year.gap).collect())],
    }
}
