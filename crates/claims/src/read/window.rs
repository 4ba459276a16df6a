//! The time that a sentence speaks of: which figures of a series lie in it, and why they may say nothing of it.

use std::sync::Arc;

use evidence::Place;
use indicators::definition::{Definition, Statistic};
use indicators::evaluate::EvaluateError;
use indicators::trend::Series;
use vocab::{Estimate, Period};

use super::super::mention::When;
use super::super::said::{Argument, Said, words};
use super::asking::{Asking, Found, lacking, no_figure_of};

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

/// The day before which a claim stops counting.
fn end(when: Option<When>) -> Option<jiff::civil::Date> {
    match when? {
        When::Between(_, period) => Some(period.end()),
        _ => None,
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

fn same_month(left: Period, right: Period) -> bool {
    left.first_day().month() == right.first_day().month()
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
