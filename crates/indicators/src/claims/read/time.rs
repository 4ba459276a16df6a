//! Claims about change: whether a figure rose or improved since a time.

use stats::trend::{Counts, Direction as Trend, trend_of_values};
use vocab::{Confidence, Estimate, Level, Organisation, Period};

use super::super::mention::{Change, QuantityKind, When};
use super::super::reading::{Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, of, words};
use super::{Asking, Found, lacking, no_figure_of};
use crate::definition::{Definition, Polarity, Statistic};
use crate::evaluate::EvaluateError;
use crate::trend::{Series, counts_over_time, series};

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
    let window = window(&series, first, end(asking.claim.slots.when));
    let (Some((from, before)), Some((to, after))) = (window.first(), window.last()) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    if let Some(mut found) = unreadable(definition, &series, &window, first) {
        found.exhibit = Some(Exhibit::Trend(Box::new(series)));
        return Ok(found);
    }
    let (moved, test) = moved(definition, &window);
    let mut found = Found {
        verdict: agrees(definition.polarity, change, &moved)
            .map(|holds| Verdict::of(holds && amounts_agree(asking, definition, (before, after)))),
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
        found.answer.push(Said::plain(
            "Neither direction of this figure is good or bad: ask whether it rose or fell.",
        ));
    }
    if matches!(from, Period::Month(_)) && !same_month(*from, *to) {
        found.limits.push(
            "The first and the last month are of different seasons; a change may be the season’s."
                .to_owned(),
        );
    }
    found.figures =
        [(from, before), (to, after)].map(|(period, one)| shown(definition, one, *period)).to_vec();
    found.exhibit = Some(Exhibit::Trend(Box::new(series)));
    Ok(found)
}

/// Whether the amounts that the sentence gives are those of the two figures: `from 61% to 68%`, `by six points`, `by 8%`.
fn amounts_agree(
    asking: &Asking<'_, '_>,
    definition: &Definition,
    (before, after): (&Estimate, &Estimate),
) -> bool {
    let ends = [("from", before.value), ("to", after.value)];
    let ends_agree = ends
        .iter()
        .all(|(name, value)| asking.number(name).is_none_or(|stated| stated.agrees(*value)));
    let proportion = matches!(definition.statistic, Statistic::Proportion);
    let moved = (after.value - before.value).abs();
    let by_agrees = asking.number("by").is_none_or(|stated| match stated.kind {
        QuantityKind::Points => stated.agrees(if proportion { moved * 100.0 } else { moved }),
        QuantityKind::Share => {
            stated.agrees(moved / before.value.abs()) || (proportion && stated.agrees(moved))
        }
        _ => stated.agrees(moved),
    });
    ends_agree && by_agrees
}

/// Why nothing can be said of a window: one period only, a break within it, or a start that is not imported.
fn unreadable(
    definition: &Definition,
    series: &Series,
    window: &[(Period, Estimate)],
    first: Option<jiff::civil::Date>,
) -> Option<Found> {
    let ((from, _), (to, _)) = (window.first()?, window.last()?);
    if window.len() < 2 {
        return Some(lacking(
            Said::new(
                "There is one period with a figure ({}): a change needs two.",
                [Argument::Period(*from)],
            ),
            [format!("“{}” of an earlier and of a later period", definition.name)],
        ));
    }
    let within = |index: &usize| {
        series.points.get(*index).is_some_and(|one| one.period > *from && one.period <= *to)
    };
    if let Some((_, reason)) = series.cuts.iter().find(|(index, _)| within(index)) {
        return Some(lacking(
            Said::new(
                "The series changed its meaning within that time, and nothing can be said across it: {}",
                [words(reason.clone())],
            ),
            [format!("two periods of “{}” on the same side of that change", definition.name)],
        ));
    }
    began_too_late(first, *from).then(|| {
        lacking(
            Said::new(
                "The imported figures begin in {}, after the time that the sentence speaks of.",
                [Argument::Period(*from)],
            ),
            [format!("earlier releases of “{}”", definition.name)],
        )
    })
}

fn shown(definition: &Definition, estimate: &Estimate, period: Period) -> Shown {
    let unit = Unit::Indicator(definition.id.clone());
    Shown::new(definition.name.clone(), estimate.value, unit)
        .in_period(period)
        .limits(estimate.lower.zip(estimate.upper))
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
pub(super) fn start(when: Option<When>, latest: Period) -> Option<jiff::civil::Date> {
    match when? {
        When::Since(period) | When::Between(period, _) => Some(period.first_day()),
        When::Back(years) => {
            let months = jiff::Span::new().months(libm::round(years * 12.0) as i64);
            latest.first_day().checked_sub(months).ok()
        }
        When::In(_) | When::By(_) | When::Ahead(_) => None,
    }
}

/// Whether the figures begin more than a year after the time spoken of.
fn began_too_late(first: Option<jiff::civil::Date>, from: Period) -> bool {
    first.is_some_and(|first| first.until(from.first_day()).is_ok_and(|span| span.get_days() > 366))
}

/// The day before which a claim stops counting.
fn end(when: Option<When>) -> Option<jiff::civil::Date> {
    match when? {
        When::Between(_, period) => Some(period.end()),
        _ => None,
    }
}

/// The periods with figures from a day on, and those that began before another.
fn window(
    series: &Series,
    first: Option<jiff::civil::Date>,
    end: Option<jiff::civil::Date>,
) -> Vec<(Period, Estimate)> {
    series
        .points
        .iter()
        .filter(|point| end.is_none_or(|end| point.period.first_day() < end))
        .filter(|point| first.is_none_or(|first| point.period.end() > first))
        .filter_map(|point| Some((point.period, point.row.as_ref()?.estimate?)))
        .collect()
}

/// Whether a window rises or falls by more than chance, and by what test.
fn moved(definition: &Definition, window: &[(Period, Estimate)]) -> (Moved, &'static str) {
    let counts = match definition.statistic {
        Statistic::Proportion if definition.interval != crate::definition::Interval::None => {
            Some(Counts::Proportion)
        }
        Statistic::Rate => Some(Counts::Rate),
        _ => None,
    };
    if window.len() >= ENOUGH {
        let values: Vec<f64> = window.iter().map(|(_, one)| one.value).collect();
        let tested =
            counts.map_or_else(|| trend_of_values(&values), |kind| counts_over_time(kind, window));
        if let Ok(trend) = tested {
            let moved = match trend.direction(Confidence::P95) {
                Trend::Rising => Moved::Rising,
                Trend::Falling => Moved::Falling,
                Trend::NoSignificantChange => Moved::NoMore,
            };
            let test = if counts.is_some() {
                "by a chi-squared test of trend"
            } else {
                "by Kendall’s test"
            };
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
    (
        moved,
        "comparing the first and the last figure; less than 2% is called no change (assumption)",
    )
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
    let good =
        match (polarity, moved) {
            (Polarity::HigherIsBetter, Moved::Rising)
            | (Polarity::LowerIsBetter, Moved::Falling) => Some(true),
            (Polarity::HigherIsBetter, Moved::Falling)
            | (Polarity::LowerIsBetter, Moved::Rising) => Some(false),
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
