//! Claims about change: whether a figure rose or improved since a time, and how lists grew.

use evidence::Place;
use stats::trend::{Counts, Direction as Trend, trend_of_counts, trend_of_values};
use vocab::{Confidence, Estimate, Level, Organisation, Period};

use super::super::mention::{Change, Quantity, QuantityKind, When};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, of, share, words};
use super::{Asking, Found, lacking, no_figure_of};
use crate::definition::{Definition, Polarity, Statistic};
use crate::evaluate::EvaluateError;
use crate::trend::{Series, series};

/// Periods from which a trend is tested; with fewer the first and the last are held beside each other.
const ENOUGH: usize = 5;

/// What a window of a series says.
enum Moved {
    Rising,
    Falling,
    NoMore,
}

/// `{indicator} has {change} {since}`.
pub(super) fn trend(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(change)) = (asking.definition(), asking.claim.slots.change) else {
        return Ok(Found::default());
    };
    let organisation = match asking.place.single() {
        Some((level, code)) => Organisation { level, code: code.to_owned() },
        None => Organisation { level: Level::Place, code: asking.place.key.clone() },
    };
    let as_place = asking.place.single().is_none_or(|(level, _)| level == Level::England);
    let place = as_place.then_some(&asking.place);
    let series = series(asking.checker.evidence(), definition, &organisation, place)?;
    let latest = series.points.last().map(|point| point.period);
    let first = latest.and_then(|latest| start(asking.claim.slots.when, latest));
    let window = window(&series, first);
    let (Some((from, before)), Some((to, after))) = (window.first(), window.last()) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    if window.len() < 2 {
        let mut found = lacking(
            Said::new("There is one period with a figure ({}): a change needs two.", [Argument::Period(*from)]),
            [format!("“{}” of an earlier and of a later period", definition.name)],
        );
        found.exhibit = Some(Exhibit::Trend(Box::new(series)));
        return Ok(found);
    }
    if let Some((_, reason)) = series.cuts.iter().find(|(index, _)| {
        series.points.get(*index).is_some_and(|point| point.period > *from && point.period <= *to)
    }) {
        let mut found = lacking(
            Said::new("The series changed its meaning within that time, and nothing can be said across it: {}", [words(reason.clone())]),
            [format!("two periods of “{}” on the same side of that change", definition.name)],
        );
        found.exhibit = Some(Exhibit::Trend(Box::new(series)));
        return Ok(found);
    }
    if began_too_late(first, *from) {
        let mut found = lacking(
            Said::new("The imported figures begin in {}, after the time that the sentence speaks of.", [Argument::Period(*from)]),
            [format!("earlier releases of “{}”", definition.name)],
        );
        found.exhibit = Some(Exhibit::Trend(Box::new(series)));
        return Ok(found);
    }
    let (moved, test) = moved(definition, &window);
    let mut found = Found {
        verdict: agrees(definition.polarity, change, &moved).map(Verdict::of),
        releases: releases_of(asking, definition, &series),
        method: Some("trend".to_owned()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}: {} in {}, {} in {}. {}",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            of(&definition.id, before.value),
            Argument::Period(*from),
            of(&definition.id, after.value),
            Argument::Period(*to),
            words(format!("{} {test}.", moved.in_words())),
        ],
    ));
    if found.verdict.is_none() {
        found.answer.push(Said::plain("Neither direction of this figure is good or bad: ask whether it rose or fell."));
    }
    if matches!(from, Period::Month(_)) && !same_month(*from, *to) {
        found.limits.push("The first and the last month are of different seasons; a change may be the season’s.".to_owned());
    }
    found.figures = [(from, before), (to, after)].map(|(period, one)| shown(definition, one, *period)).to_vec();
    found.exhibit = Some(Exhibit::Trend(Box::new(series)));
    Ok(found)
}

fn shown(definition: &Definition, estimate: &Estimate, period: Period) -> Shown {
    Shown {
        label: definition.name.clone(),
        value: estimate.value,
        limits: estimate.lower.zip(estimate.upper),
        unit: Unit::Indicator(definition.id.clone()),
        period: Some(period),
    }
}

fn releases_of(asking: &Asking<'_, '_>, definition: &Definition, series: &Series) -> Vec<String> {
    let mut all: Vec<String> = series
        .points
        .iter()
        .flat_map(|point| asking.releases(definition.pacing_table(), point.period))
        .collect();
    all.sort();
    all.dedup();
    all
}

fn same_month(left: Period, right: Period) -> bool {
    left.first_day().month() == right.first_day().month()
}

/// The day from which a claim counts.
fn start(when: Option<When>, latest: Period) -> Option<jiff::civil::Date> {
    match when? {
        When::Since(period) => Some(period.first_day()),
        When::Back(years) => {
            let months = jiff::Span::new().months(libm::round(years * 12.0) as i64);
            latest.first_day().checked_sub(months).ok()
        }
        When::In(_) | When::By(_) | When::Ahead(_) => None,
    }
}

/// Whether the figures begin more than a year after the time spoken of.
fn began_too_late(first: Option<jiff::civil::Date>, from: Period) -> bool {
    first.is_some_and(|first| {
        first.until(from.first_day()).is_ok_and(|span| span.get_days() > 366)
    })
}

/// The periods with figures from a day on.
fn window(series: &Series, first: Option<jiff::civil::Date>) -> Vec<(Period, Estimate)> {
    series
        .points
        .iter()
        .filter(|point| first.is_none_or(|first| point.period.end() > first))
        .filter_map(|point| Some((point.period, point.row.as_ref()?.estimate?)))
        .collect()
}

/// Whether a window rises or falls by more than chance, and by what test.
fn moved(definition: &Definition, window: &[(Period, Estimate)]) -> (Moved, &'static str) {
    let counts = match definition.statistic {
        Statistic::Proportion if definition.interval != crate::definition::Interval::None => Some(Counts::Proportion),
        Statistic::Rate => Some(Counts::Rate),
        _ => None,
    };
    if window.len() >= ENOUGH {
        let values: Vec<f64> = window.iter().map(|(_, one)| one.value).collect();
        let tested = counts.map_or_else(
            || trend_of_values(&values),
            |kind| {
                let above: Vec<f64> = window.iter().map(|(_, one)| one.numerator).collect();
                let below: Vec<f64> = window.iter().map(|(_, one)| one.denominator).collect();
                trend_of_counts(kind, &above, &below)
            },
        );
        if let Ok(trend) = tested {
            let moved = match trend.direction(Confidence::P95) {
                Trend::Rising => Moved::Rising,
                Trend::Falling => Moved::Falling,
                Trend::NoSignificantChange => Moved::NoMore,
            };
            let test = if counts.is_some() { "by a chi-squared test of trend" } else { "by Kendall’s test" };
            return (moved, test);
        }
    }
    let (Some((_, before)), Some((_, after))) = (window.first(), window.last()) else {
        return (Moved::NoMore, "for want of figures");
    };
    if let Some(kind) = counts {
        return (two_points(kind, before, after), "comparing the first and the last figure at 95%");
    }
    let alike = (after.value - before.value).abs() < 0.02 * before.value.abs();
    let moved = match (alike, after.value > before.value) {
        (true, _) => Moved::NoMore,
        (_, true) => Moved::Rising,
        _ => Moved::Falling,
    };
    (moved, "comparing the first and the last figure; less than 2% is called no change (assumption)")
}

/// The difference of two proportions or rates over its standard error.
fn two_points(kind: Counts, before: &Estimate, after: &Estimate) -> Moved {
    let level = (before.numerator + after.numerator) / (before.denominator + after.denominator);
    let chance = if kind == Counts::Proportion { level * (1.0 - level) } else { level };
    let error = (chance / before.denominator + chance / after.denominator).sqrt();
    let difference = after.numerator / after.denominator - before.numerator / before.denominator;
    match difference / error {
        z if z > 1.959_964 => Moved::Rising,
        z if z < -1.959_964 => Moved::Falling,
        _ => Moved::NoMore,
    }
}

impl Moved {
    const fn in_words(&self) -> &'static str {
        match self {
            Self::Rising => "It rose by more than chance would give,",
            Self::Falling => "It fell by more than chance would give,",
            Self::NoMore => "It changed no more than chance would give,",
        }
    }
}

/// Whether a claimed change is the one found; nothing where good and bad have no meaning.
fn agrees(polarity: Polarity, claimed: Change, moved: &Moved) -> Option<bool> {
    let good = match (polarity, moved) {
        (Polarity::HigherIsBetter, Moved::Rising) | (Polarity::LowerIsBetter, Moved::Falling) => Some(true),
        (Polarity::HigherIsBetter, Moved::Falling) | (Polarity::LowerIsBetter, Moved::Rising) => Some(false),
        _ => None,
    };
    Some(match claimed {
        Change::Rising => matches!(moved, Moved::Rising),
        Change::Falling => matches!(moved, Moved::Falling),
        Change::Unchanged => matches!(moved, Moved::NoMore),
        Change::Improving | Change::Worsening if polarity == Polarity::Neither => return None,
        Change::Improving => good == Some(true),
        Change::Worsening => good == Some(false),
    })
}

/// `Lists have grown by {share} since {time}`.
pub(super) fn growth(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let evidence = asking.checker.evidence();
    let periods = evidence.periods("list_size");
    let Some(latest) = periods.last().copied() else {
        return Ok(lacking(Said::plain("No lists of patients are imported."), ["Patients Registered at a GP Practice".to_owned()]));
    };
    let Some(first) = start(asking.claim.slots.when, latest) else { return Ok(Found::default()) };
    let wanted = Period::Day(first);
    let Some(earlier) = evidence.nearest_period("list_size", wanted).filter(|period| *period != latest) else {
        return Ok(lacking(
            Said::plain("Only one extract of the lists is imported: growth needs two."),
            ["an earlier extract of Patients Registered at a GP Practice".to_owned()],
        ));
    };
    if earlier.distance_in_days(wanted) > 366 {
        return Ok(lacking(
            Said::new("The nearest earlier extract is of {}, more than a year from the time the sentence speaks of.", [Argument::Period(earlier)]),
            ["an extract of Patients Registered at a GP Practice of that time".to_owned()],
        ));
    }
    let (before, after) = (patients(asking, earlier, &asking.place)?, patients(asking, latest, &asking.place)?);
    if before <= 0.0 || after <= 0.0 {
        return Ok(lacking(
            Said::new("{} is not in one of the two extracts.", [name(&asking.place.name)]),
            ["extracts that name the place’s practices".to_owned()],
        ));
    }
    let grown = after / before - 1.0;
    let stated = asking.number("share").or_else(|| asking.number("count"));
    let mut found = Found {
        verdict: Some(Verdict::of(holds(stated, asking.claim.slots.change, grown, after - before))),
        releases: [asking.releases("list_size", earlier), asking.releases("list_size", latest)].concat(),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {} in {}, {} in {}: {} {}.",
        [
            name(&asking.place.name),
            Argument::Figure(before, Unit::Count("patients")),
            Argument::Period(earlier),
            Argument::Figure(after, Unit::Count("patients")),
            Argument::Period(latest),
            share(grown.abs()),
            words(if grown < 0.0 { "fewer" } else { "more" }),
        ],
    ));
    let line = |value: f64, period: Period| Shown {
        label: "Registered patients".to_owned(),
        value,
        limits: None,
        unit: Unit::Count("patients"),
        period: Some(period),
    };
    found.figures = vec![line(before, earlier), line(after, latest)];
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered patients, {}", asking.place.name),
        unit: Unit::Count("patients"),
        bars: vec![Bar::new(earlier.in_words(), before).reference(), Bar::new(latest.in_words(), after).subject()],
    });
    Ok(found)
}

fn holds(stated: Option<Quantity>, change: Option<Change>, grown: f64, more: f64) -> bool {
    let falling = change == Some(Change::Falling);
    match stated {
        Some(stated) if stated.kind == QuantityKind::Share => stated.agrees(if falling { -grown } else { grown }),
        Some(stated) => stated.agrees(if falling { -more } else { more }),
        None if change == Some(Change::Unchanged) => grown.abs() < 0.005,
        None => (grown > 0.0) != falling,
    }
}

/// Patients on the lists of the practices that belonged to a place at the time.
pub(super) fn patients(asking: &Asking<'_, '_>, period: Period, place: &Place) -> Result<f64, EvaluateError> {
    Ok(super::counts::lists(asking, period, place)?.into_iter().map(|(_, patients)| patients).sum())
}
