//! Claims about change: whether a figure rose or improved since a time.

use std::sync::Arc;

use evidence::Place;
use stats::trend::{Counts, Direction as Trend, trend_of_values};
use vocab::{Confidence, Estimate, Period};

use super::super::mention::{Change, When};
use super::super::reading::{Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, of, words};
use super::asking::{Asking, Found, lacking, no_figure_of};
use super::{amounts, numbers};
use indicators::definition::{Definition, Polarity, Statistic};
use indicators::evaluate::EvaluateError;
use indicators::trend::{Series, counts_over_time};

/// Periods from which a trend is tested; with fewer the first and the last are held beside each other.
const ENOUGH: usize = 5;

/// A figure that moves by less than this share of itself stands still (an assumption, stated in the methods chapter).
const STILL: f64 = 0.002;

/// What a window of a series says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    Rising,
    Falling,
    NoMore,
}

/// What is said where a claim is of good and bad and the figure knows neither.
pub(super) const NO_GOOD_DIRECTION: &str =
    "Neither direction of this figure is good or bad: ask whether it rose or fell.";

/// A figure over the time that a sentence speaks of.
pub(super) struct Windowed {
    pub series: Arc<Series>,
    pub window: Vec<(Period, Estimate)>,
    /// Why nothing can be said of it, where nothing can.
    pub reason: Option<Found>,
}

/// The figures of the place over the time that the sentence speaks of.
pub(super) fn windowed(
    asking: &Asking<'_>,
    definition: &Definition,
) -> Result<Windowed, EvaluateError> {
    // What is published for boards only is that of the board that the place is all of.
    let is_offered =
        |place: &Place| place.single().is_none_or(|(level, _)| definition.levels.contains(&level));
    let board = asking.board().filter(|board| !is_offered(&asking.place) && is_offered(board));
    let place = board.as_ref().unwrap_or(&asking.place);
    let series = asking.checker.study().series(definition, place)?;
    let latest = series.points.last().map(|point| point.period);
    let first = latest.and_then(|latest| start(asking.claim.slots.when, latest));
    let window = window(&series, first, end(asking.claim.slots.when));
    let (window, other_season) = match asking.claim.slots.when {
        Some(When::Between(from @ Period::Month(_), to @ Period::Month(_))) => {
            (ends(window, from, to), false)
        }
        _ => of_one_season(definition, window),
    };
    let reason = if other_season {
        Some(lacking(
            Said::plain(
                "The figures are of months of different seasons: that alone could make the change.",
            ),
            ["the same month of two years".to_owned()],
        ))
    } else if window.is_empty() {
        Some(no_figure_of(&asking.place, definition))
    } else {
        unreadable(definition, &series, &window, (first, asking.claim.slots.when))
    };
    let releases = || releases_of(asking, definition, &series);
    let reason = reason.map(|reason| Found { releases: releases(), ..reason });
    Ok(Windowed { series, window, reason })
}

/// `{indicator} has {change} {since}`: how many, a share or rate, or both where the sentence leaves it open.
pub(super) fn trend(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(change)) = (asking.definition(), asking.claim.slots.change) else {
        return Ok(Found::default());
    };
    let definition = amounts::with_both_months(asking, definition);
    if numbers::is_asked(asking) {
        return numbers::changed(asking, definition, change);
    }
    let found = of_rate(asking, definition, change)?;
    if found.verdict.is_none() || !numbers::is_open(asking, definition) {
        return Ok(found);
    }
    let number = numbers::changed(asking, definition, change)?;
    Ok(together(found, number))
}

/// The readings of a rate and of a number, where the sentence may mean either: they must say the same.
fn together(rate: Found, number: Found) -> Found {
    let same = rate.verdict == number.verdict;
    let mut found = rate;
    found.answer.extend(number.answer);
    found.figures.extend(number.figures);
    found.limits.extend(number.limits);
    found.limits.dedup();
    found.lacks.extend(number.lacks);
    if !same {
        found.verdict = None;
        found.answer.push(Said::plain(
            "The number and the share or rate do not say the same, and the sentence leaves open which is meant.",
        ));
        found.lacks.push(
            "a sentence that says “the number of” or “the share of” before what it measures"
                .to_owned(),
        );
    }
    found
}

/// Whether a share, a rate or a score moved by more than chance.
fn of_rate(
    asking: &Asking<'_>,
    definition: &Definition,
    change: Change,
) -> Result<Found, EvaluateError> {
    let Windowed { series, window, reason } = windowed(asking, definition)?;
    let (Some((from, before)), Some((to, after)), None) = (window.first(), window.last(), &reason)
    else {
        let mut found = reason.unwrap_or_default();
        found.exhibit = (window.len() > 1).then_some(Exhibit::Trend(series));
        return Ok(found);
    };
    let (moved, test) = moved(definition, &window);
    if let Some(reason) = contradicted(moved, (before.value, after.value)) {
        let shown = [(from, before), (to, after)];
        return Ok(Found {
            figures: shown.map(|(period, one)| self::shown(definition, one, *period)).to_vec(),
            releases: releases_of(asking, definition, &series),
            exhibit: Some(Exhibit::Trend(series)),
            ..reason
        });
    }
    let (amounts, told_apart) =
        amounts::of_both(asking, definition, (*from, before), (*to, after))?;
    let mut found = Found {
        verdict: agrees(definition.polarity, change, moved)
            .map(|holds| Verdict::of(holds && amounts)),
        releases: releases_of(asking, definition, &series),
        method: Some("trend".to_owned()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}: {} in {}, {} in {}. {}.",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            of(&definition.id, before.value),
            Argument::Period(*from),
            of(&definition.id, after.value),
            Argument::Period(*to),
            words(test.in_words(moved)),
        ],
    ));
    if found.verdict.is_none() {
        found.answer.push(Said::plain(NO_GOOD_DIRECTION));
    }
    if told_apart {
        found.verdict = None;
        found.lacks.push(
            "a sentence that says whether it is a share of all, or of those for which it is known"
                .to_owned(),
        );
    }
    let seen = if after.value > before.value { Moved::Rising } else { Moved::Falling };
    let would = agrees(definition.polarity, change, seen);
    let is_still = (after.value - before.value).abs() < STILL * before.value.abs();
    let is_claimed = change != Change::Unchanged && would == Some(true);
    if moved == Moved::NoMore && is_claimed && !is_still {
        found.verdict = None;
        found.answer.push(Said::plain(
            "It moved that way, by no more than chance would give: that shows neither that it did nor that it did not.",
        ));
        found.lacks.push(
            "more answers or more periods, in which such a movement would stand out".to_owned(),
        );
    }
    found.limits.extend(season((*from, *to)));
    found.figures =
        [(from, before), (to, after)].map(|(period, one)| shown(definition, one, *period)).to_vec();
    found.exhibit = Some(Exhibit::Trend(series));
    Ok(found)
}

/// What is said of two months of different seasons.
pub(super) fn season((from, to): (Period, Period)) -> Option<String> {
    (matches!(from, Period::Month(_)) && !same_month(from, to)).then(|| {
        "The first and the last month are of different seasons; a change may be the season’s."
            .to_owned()
    })
}

/// Why nothing can be said of a window: one period only, a break within it, or a start that is not imported.
fn unreadable(
    definition: &Definition,
    series: &Series,
    window: &[(Period, Estimate)],
    (first, when): (Option<jiff::civil::Date>, Option<When>),
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
    began_too_late(first, when, *from).then(|| {
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

pub(super) fn releases_of(
    asking: &Asking<'_>,
    definition: &Definition,
    series: &Series,
) -> Vec<String> {
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

/// The two months that a sentence names, which it holds beside each other.
fn ends(window: Vec<(Period, Estimate)>, from: Period, to: Period) -> Vec<(Period, Estimate)> {
    window.into_iter().filter(|(period, _)| *period == from || *period == to).collect()
}

/// A window of a rate that follows the season begins with the month that it ends with; the second is whether it has
/// none. Shares and people in post are left as they are.
fn of_one_season(
    definition: &Definition,
    window: Vec<(Period, Estimate)>,
) -> (Vec<(Period, Estimate)>, bool) {
    const SEASONAL: [&str; 3] = ["appointment", "urgent", "online_consultation"];
    let above = &definition.numerator.table;
    let follows = SEASONAL.iter().any(|table| above.starts_with(table))
        && matches!(definition.statistic, Statistic::Rate | Statistic::Ratio);
    let last = window.last().map(|(period, _)| *period);
    let Some(last) = last.filter(|last| follows && matches!(last, Period::Month(_))) else {
        return (window, false);
    };
    let begins = window.iter().position(|(period, _)| same_month(*period, last)).unwrap_or(0);
    let is_alone = window.len() > 1 && begins + 1 == window.len();
    let kept = window.into_iter().skip(begins);
    (kept.filter(|(period, _)| same_month(*period, last)).collect(), is_alone)
}

/// What is said where the course of a series and its two ends go different ways.
fn contradicted(moved: Moved, (before, after): (f64, f64)) -> Option<Found> {
    let against = match moved {
        Moved::Rising => after <= before,
        Moved::Falling => after >= before,
        Moved::NoMore => false,
    };
    against.then(|| {
        lacking(
            Said::plain(
                "The first and the last figure go one way and the course between them the other: neither “risen” nor “fallen” tells it.",
            ),
            ["a sentence that names the two times".to_owned()],
        )
    })
}

/// Whether the figures begin too long after the time spoken of: after the end of a year, a quarter after a month, half a
/// year after a span of years.
fn began_too_late(first: Option<jiff::civil::Date>, when: Option<When>, from: Period) -> bool {
    let slack = match when {
        Some(
            When::Since(Period::Month(_) | Period::Day(_)) | When::Between(Period::Month(_), _),
        ) => 92,
        Some(When::Since(period) | When::Between(period, _)) => {
            period.first_day().until(period.end()).map_or(366, |span| span.get_days() - 1)
        }
        _ => 183,
    };
    first.is_some_and(|first| {
        first.until(from.first_day()).is_ok_and(|span| span.get_days() > slack)
    })
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
fn moved(definition: &Definition, window: &[(Period, Estimate)]) -> (Moved, Test) {
    let counts = match definition.statistic {
        Statistic::Proportion if definition.interval != indicators::definition::Interval::None => {
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
            let test = if counts.is_some() { Test::OfTrend } else { Test::Kendall };
            return (moved, test);
        }
    }
    let (Some((_, before)), Some((_, after))) = (window.first(), window.last()) else {
        return (Moved::NoMore, Test::Untested);
    };
    if let Some(kind) = counts {
        return (two_points(kind, before, after), Test::TwoPoints);
    }
    let alike = (after.value - before.value).abs() < 0.02 * before.value.abs();
    let moved = match (alike, after.value > before.value) {
        (true, _) => Moved::NoMore,
        (_, true) => Moved::Rising,
        _ => Moved::Falling,
    };
    (moved, Test::Untested)
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

/// By what a movement was told from chance.
enum Test {
    OfTrend,
    Kendall,
    TwoPoints,
    /// By nothing: no method gives the figure an interval.
    Untested,
}

impl Test {
    fn in_words(&self, moved: Moved) -> String {
        let by = match self {
            Self::OfTrend => "by a chi-squared test of trend",
            Self::Kendall => "by Kendall’s test",
            Self::TwoPoints => "comparing the first and the last figure at 95%",
            Self::Untested => {
                let moved = match moved {
                    Moved::Rising => "It rose",
                    Moved::Falling => "It fell",
                    Moved::NoMore => "It hardly changed",
                };
                return format!(
                    "{moved}; no test is known for this figure, and less than 2% is called no change (assumption)"
                );
            }
        };
        let moved = match moved {
            Moved::Rising => "It rose by more than chance would give",
            Moved::Falling => "It fell by more than chance would give",
            Moved::NoMore => "It changed no more than chance would give",
        };
        format!("{moved}, {by}")
    }
}

/// Whether a claimed change is the one found; nothing where good and bad have no meaning.
fn agrees(polarity: Polarity, claimed: Change, moved: Moved) -> Option<bool> {
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
