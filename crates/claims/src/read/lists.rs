//! Lists of patients: of the practices of a place on a day, and how they grew.

use evidence::{Affiliation, Place, tables};
use vocab::{Level, Period};

use super::super::mention::{Change, When};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, share, words};
use super::asking::{Asking, Found, lacking};
use super::{numbers, when, window};
use indicators::definition::Polarity;
use indicators::evaluate::EvaluateError;

/// A practice and its patients.
pub(super) type List = (Affiliation, f64);

/// The practices of a place with their patients on a day, as they belonged then.
pub(super) fn lists(
    asking: &Asking<'_>,
    period: Period,
    place: &Place,
) -> Result<Vec<List>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let known = evidence.affiliations(period.first_day())?;
    let frame = evidence.frame("list_size", period)?;
    let listed = tables::list_size::Columns::of(&frame);
    let mut found: Vec<List> = listed
        .patients
        .iter()
        .enumerate()
        .filter(|(_, patients)| patients.is_finite() && **patients > 0.0)
        .filter_map(|(row, patients)| {
            let affiliation = known.of(listed.practice.get(row)?)?.clone();
            let england = place.single().is_some_and(|(level, _)| level == Level::England);
            (england || place.holds(&affiliation)).then_some((affiliation, *patients))
        })
        .collect();
    found.sort_by(|a, b| a.0.practice.cmp(&b.0.practice));
    Ok(found)
}

/// `Lists have grown by {share} since {time}`.
pub(super) fn growth(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let evidence = asking.checker.evidence();
    let Some(latest) = evidence.periods("list_size").last().copied() else {
        return Ok(lacking(
            Said::plain("No lists of patients are imported."),
            ["Patients Registered at a GP Practice".to_owned()],
        ));
    };
    let Some(latest) = last_extract(asking, latest) else {
        return Ok(lacking(
            Said::plain("No extract of the later time that the sentence names is imported."),
            ["an extract of Patients Registered at a GP Practice of that time".to_owned()],
        ));
    };
    let Some(first) = window::start(asking.claim.slots.when, latest) else {
        return Ok(Found::default());
    };
    let wanted = Period::Day(first);
    let nearest = evidence.nearest_period("list_size", wanted).filter(|period| *period != latest);
    let Some(earlier) = nearest.filter(|period| period.distance_in_days(wanted) <= 366) else {
        return Ok(lacking(
            Said::plain(
                "No earlier extract within a year of that time is imported: growth needs two.",
            ),
            ["an extract of Patients Registered at a GP Practice of that time".to_owned()],
        ));
    };
    let amount = |period: Period| -> Result<f64, EvaluateError> {
        let lists = lists(asking, period, &asking.place)?;
        Ok(if counts_practices(asking) {
            lists.len() as f64
        } else {
            lists.iter().map(|(_, patients)| patients).sum()
        })
    };
    let (before, after) = (amount(earlier)?, amount(latest)?);
    if before <= 0.0 || after <= 0.0 {
        return Ok(lacking(
            Said::new("{} is not in one of the two extracts.", [name(&asking.place.name)]),
            ["extracts that name the place’s practices".to_owned()],
        ));
    }
    Ok(grown(asking, (before, earlier), (after, latest)))
}

/// Whether the sentence is of the number of practices, not of patients.
fn counts_practices(asking: &Asking<'_>) -> bool {
    asking.claim.slots.given.get("what").is_some_and(|what| what == "practices")
}

/// The later of the two extracts: the latest, or that of the time up to which the sentence speaks.
fn last_extract(asking: &Asking<'_>, latest: Period) -> Option<Period> {
    let Some(When::Between(_, to)) = asking.claim.slots.when else { return Some(latest) };
    let held = asking.checker.evidence().periods("list_size");
    held.into_iter().rev().find(|period| when::overlaps(*period, to))
}

/// The reading of two extracts.
fn grown(asking: &Asking<'_>, before: (f64, Period), after: (f64, Period)) -> Found {
    // `Fallen by 10 to 20` may be a range or a change and its end.
    if let (Some(by), Some(to)) = (asking.number("count"), asking.number("to"))
        && by.value < to.value
        && to.value < 3.0 * by.value
    {
        return lacking(
            Said::plain(
                "It may have changed by so many, or to so many: the sentence leaves it open.",
            ),
            ["a sentence that gives one of the two".to_owned()],
        );
    }
    let grown = after.0 / before.0 - 1.0;
    let stated = asking.number("share").or_else(|| asking.number("count"));
    let (unit, label) = if counts_practices(asking) {
        (Unit::Count("practices"), "General practices with a list")
    } else {
        (Unit::Count("patients"), "Registered patients")
    };
    let ends_agree = [("from", before.0), ("to", after.0)]
        .iter()
        .all(|(name, value)| asking.number(name).is_none_or(|stated| stated.agrees(*value)));
    let mut found = Found {
        verdict: numbers::moved_so(
            stated,
            asking.claim.slots.change.unwrap_or(Change::Rising),
            Polarity::Neither,
            (before.0, after.0),
        )
        .map(|moved| Verdict::of(moved && ends_agree)),
        releases: [before.1, after.1]
            .into_iter()
            .flat_map(|period| asking.releases("list_size", period))
            .collect(),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {} on {}, {} on {}: {} {}.",
        [
            name(&asking.place.name),
            Argument::Figure(before.0, unit.clone()),
            Argument::Period(before.1),
            Argument::Figure(after.0, unit.clone()),
            Argument::Period(after.1),
            share(grown.abs()),
            words(if grown < 0.0 { "fewer" } else { "more" }),
        ],
    ));
    found.figures = [before, after]
        .map(|(value, period)| Shown::new(label, value, unit.clone()).in_period(period))
        .to_vec();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("{label}, {}", asking.place.name),
        unit,
        bars: vec![
            Bar::new(before.1.in_words(), before.0).reference(),
            Bar::new(after.1.in_words(), after.0).subject(),
        ],
    });
    found
}
