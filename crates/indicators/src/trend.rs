//! A figure of an organisation over its periods, and what the series says.
//!
//! A series that changed its meaning (a redesigned survey, a new contract) is cut there: no rule and no test crosses
//! the cut, and its reason is kept. Practices are counted where they belong in the latest period, so that an area that took
//! in others is compared with itself; where figures are published by area, the series is cut there. A month without a figure,
//! or not imported, keeps its place. With twelve points or more beside each other after the last cut the series is read as a control chart
//! (XmR, *Making Data Count*); with five to eleven by a trend test; with fewer not at all.

use std::mem::discriminant;

use evidence::{Affiliations, Evidence, Place};
use rayon::prelude::*;
use stats::chart::{Better, Chart, Rebase, Rules, Variation, xmr};
use stats::trend::{Counts, Direction, Trend, trend_of_counts, trend_of_values};
use vocab::period::missing_between;
use vocab::{Confidence, FinancialYear, Level, Month, Organisation, Period};

use crate::definition::{Break, Definition, Polarity, Statistic};
use crate::evaluate::{EvaluateError, Row, prepare_as};
use crate::units::as_at;

/// Points after the last cut from which a control chart is read.
pub const CHART_POINTS: usize = 12;

/// A point of a series.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its period.
    pub period: Period,
    /// The organisation's row, if it has one in the period.
    pub row: Option<Row>,
    /// England's, where enough of it has figures in the period.
    pub england: Option<Row>,
}

impl Point {
    fn value(&self) -> Option<f64> {
        self.row.as_ref()?.estimate.map(|estimate| estimate.value)
    }
}

/// A figure of an organisation over its periods, earliest first.
#[derive(Debug, Clone)]
pub struct Series {
    /// The indicator.
    pub indicator: String,
    /// Whose figures.
    pub organisation: Organisation,
    /// The points, those without a figure among them.
    pub points: Vec<Point>,
    /// The cuts that lie within the series: the first point after each, and why.
    pub cuts: Vec<(usize, String)>,
    /// What the series says.
    pub reading: Reading,
}

impl Series {
    /// The same up to a period, and what it says then.
    #[must_use]
    pub fn until(&self, definition: &Definition, last: Period) -> Self {
        let earlier = |point: &&Point| point.period.first_day() <= last.first_day();
        let points: Vec<Point> = self.points.iter().filter(earlier).cloned().collect();
        let cuts: Vec<_> =
            self.cuts.iter().filter(|(first, _)| *first < points.len()).cloned().collect();
        let reading = reading(definition, &points, &cuts);
        let (indicator, organisation) = (self.indicator.clone(), self.organisation.clone());
        Self { indicator, organisation, points, cuts, reading }
    }
}

/// What a series says after its last cut.
#[derive(Debug, Clone)]
pub enum Reading {
    /// A control chart over the axis of the points, started afresh at each cut.
    Chart {
        /// The chart.
        chart: Chart,
        /// Its verdict on the latest point.
        variation: Variation,
    },
    /// A trend test.
    Test {
        /// The test.
        trend: Trend,
        /// Its verdict at 95%.
        direction: Direction,
    },
    /// Too few points to say anything.
    TooFewPoints,
}

/// Works out an indicator of an organisation, or of a place, for each of its periods.
///
/// # Errors
/// When the evidence cannot be read or the level cannot be reached. Periods whose denominator is too far away are left
/// out.
pub fn series(
    evidence: &Evidence,
    definition: &Definition,
    organisation: &Organisation,
    place: Option<&Place>,
) -> Result<Series, EvaluateError> {
    let periods = definition.periods(evidence);
    let latest = periods.last().map(|period| as_at(*period));
    let by_practice = definition.base_level() == Some(Level::Practice);
    let found: Vec<Result<Point, EvaluateError>> = periods
        .into_par_iter()
        .map(|period| {
            let day = latest.filter(|_| by_practice).unwrap_or_else(|| as_at(period));
            let prepared = prepare_as(evidence, definition, period, day)?;
            let row = match place {
                Some(place) => Some(prepared.place(place)),
                None => prepared.organisation(organisation)?,
            };
            let (england, reference) = prepared.england();
            let england = (!reference.is_withheld()).then_some(england);
            Ok(Point { period, row, england })
        })
        .collect();
    let mut points = Vec::new();
    for point in found {
        match point {
            Ok(point) => points.push(point),
            Err(EvaluateError::TooFar { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let mut breaks = definition.breaks.clone();
    if let Some(day) = latest.filter(|_| !by_practice) {
        breaks.extend(changes(&*evidence.affiliations(day)?, organisation));
    }
    let cuts = cuts(&breaks, points.iter().map(|point| point.period));
    let reading = reading(definition, &points, &cuts);
    Ok(Series {
        indicator: definition.id.clone(),
        organisation: organisation.clone(),
        points,
        cuts,
        reading,
    })
}

/// The days on which an area took in others, as breaks: figures published by area cannot be worked out again for it.
fn changes(known: &Affiliations, organisation: &Organisation) -> Vec<Break> {
    let taken_in = known.former().taken_in(organisation.level, &organisation.code);
    taken_in
        .map(|(was, ended)| Break {
            at: ended.by,
            reason: format!("the area changed: it took in {was} ({})", ended.name),
        })
        .collect()
}

/// Where a series is cut: the first of its periods at or after each break that has periods before it, and why.
#[must_use]
pub fn cuts(breaks: &[Break], periods: impl Iterator<Item = Period>) -> Vec<(usize, String)> {
    let periods: Vec<Period> = periods.collect();
    let mut cuts: Vec<(usize, String)> = breaks
        .iter()
        .filter_map(|cut| {
            let first = periods.iter().position(|period| period.first_day() >= cut.at)?;
            (first > 0).then(|| (first, cut.reason.clone()))
        })
        .collect();
    cuts.sort_by_key(|(first, _)| *first);
    cuts
}

/// Every period from the first to the last, in order, with its position among those there are; those missing between two others
/// have none. Where two of them lie in one month, or kinds of period mix, none is known to be missing.
#[must_use]
pub fn axis(periods: &[Period]) -> Vec<(Period, Option<usize>)> {
    let months: Vec<Month> = periods.iter().map(|period| Month::of(period.first_day())).collect();
    let one_kind = periods.windows(2).all(|pair| discriminant(&pair[0]) == discriminant(&pair[1]));
    let mut axis = Vec::with_capacity(periods.len());
    for (index, period) in periods.iter().enumerate() {
        if one_kind && index > 0 {
            let missing = missing_between(months[index - 1], months[index], &months);
            axis.extend(missing.map(|month| (beginning(month, *period), None)));
        }
        axis.push((*period, Some(index)));
    }
    axis
}

/// The period of a kind that begins in a month.
fn beginning(month: Month, kind: Period) -> Period {
    match kind {
        Period::Year(_) => Period::Year(month.year),
        Period::FinancialYear(_) => Period::FinancialYear(FinancialYear { begins: month.year }),
        Period::Month(_) => Period::Month(month),
        Period::Day(_) => Period::Day(month.first_day()),
    }
}

/// The control chart of the values of an axis, started afresh at each cut; nothing where too few of those after the last cut
/// stand beside each other.
#[must_use]
pub fn control_chart(values: &[Option<f64>], cuts: &[(usize, String)]) -> Option<Chart> {
    let values: Vec<f64> = values.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
    let known = |from: usize, to: usize| {
        values.get(from..to).is_some_and(|some| some.iter().any(|value| value.is_finite()))
    };
    let ends = cuts.iter().skip(1).map(|(first, _)| *first).chain([values.len()]);
    let rebases: Vec<Rebase> = cuts
        .iter()
        .zip(ends)
        .filter(|((first, _), end)| known(0, *first) && known(*first, *end))
        .filter_map(|((first, reason), _)| Rebase::new(*first, reason))
        .collect();
    let last_cut = cuts.last().map_or(0, |(first, _)| *first);
    let chart = xmr(&values, &rebases, &Rules::MAKING_DATA_COUNT).ok()?;
    let is_enough =
        known(last_cut, values.len()) && chart.latest().moving_ranges + 1 >= CHART_POINTS;
    is_enough.then_some(chart)
}

/// The cuts of points where these stand on an axis.
#[must_use]
pub fn on_axis(cuts: &[(usize, String)], axis: &[(Period, Option<usize>)]) -> Vec<(usize, String)> {
    let place = |(first, reason): &(usize, String)| {
        let at = axis.iter().position(|(_, at)| *at == Some(*first))?;
        Some((at, reason.clone()))
    };
    cuts.iter().filter_map(place).collect()
}

fn reading(definition: &Definition, points: &[Point], cuts: &[(usize, String)]) -> Reading {
    let periods: Vec<Period> = points.iter().map(|point| point.period).collect();
    let axis = axis(&periods);
    let values: Vec<Option<f64>> =
        axis.iter().map(|(_, at)| at.and_then(|at| points[at].value())).collect();
    if let Some(chart) = control_chart(&values, &on_axis(cuts, &axis)) {
        let better = match definition.polarity {
            Polarity::HigherIsBetter => Better::Higher,
            Polarity::LowerIsBetter => Better::Lower,
            Polarity::Neither => Better::Neither,
        };
        return Reading::Chart { variation: chart.variation(better), chart };
    }
    let last_cut = cuts.last().map_or(0, |(first, _)| *first);
    let after: Vec<(Period, vocab::Estimate)> = points[last_cut..]
        .iter()
        .filter_map(|point| Some((point.period, point.row.as_ref()?.estimate?)))
        .collect();
    tested(definition.statistic, &after).unwrap_or(Reading::TooFewPoints)
}

/// The test of counts over time, each figure at its own month.
///
/// # Errors
/// As [`trend_of_counts`].
pub fn counts_over_time(
    kind: Counts,
    figures: &[(Period, vocab::Estimate)],
) -> Result<Trend, stats::NoFigure> {
    let amounts = |pick: &dyn Fn(&(Period, vocab::Estimate)) -> f64| {
        figures.iter().map(pick).collect::<Vec<f64>>()
    };
    let month = |period: Period| f64::from(Month::of(period.first_day()).number());
    trend_of_counts(
        kind,
        &amounts(&|(period, _)| month(*period)),
        &amounts(&|(_, one)| one.numerator),
        &amounts(&|(_, one)| one.denominator),
    )
}

fn tested(statistic: Statistic, after: &[(Period, vocab::Estimate)]) -> Option<Reading> {
    let trend = match statistic {
        Statistic::Proportion => counts_over_time(Counts::Proportion, after),
        Statistic::Rate => counts_over_time(Counts::Rate, after),
        Statistic::Ratio | Statistic::WeightedMean | Statistic::Change => {
            let values: Vec<f64> = after.iter().map(|(_, one)| one.value).collect();
            trend_of_values(&values)
        }
    };
    let trend = trend.ok()?;
    Some(Reading::Test { direction: trend.direction(Confidence::P95), trend })
}
