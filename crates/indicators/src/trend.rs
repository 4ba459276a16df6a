//! A figure of an organisation over its periods, and what the series says.
//!
//! A series that changed its meaning (a redesigned survey, a new contract) is cut there: no rule and no test crosses
//! the cut, and its reason is kept. With twelve points or more after the last cut the series is read as a control chart
//! (XmR, *Making Data Count*); with five to eleven by a trend test; with fewer not at all.

use evidence::{Evidence, Place};
use rayon::prelude::*;
use stats::chart::{Better, Chart, Rebase, Rules, Variation, xmr};
use stats::trend::{Counts, Direction, Trend, trend_of_counts, trend_of_values};
use vocab::{Confidence, Organisation, Period};

use crate::definition::{Break, Definition, Polarity, Statistic};
use crate::evaluate::{EvaluateError, Row, prepare};

/// Points after the last cut from which a control chart is read.
pub const CHART_POINTS: usize = 12;

/// A point of a series.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its period.
    pub period: Period,
    /// The organisation's row, if it has one in the period.
    pub row: Option<Row>,
    /// England's.
    pub england: Row,
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

/// What a series says after its last cut.
#[derive(Debug, Clone)]
pub enum Reading {
    /// A control chart over the points with figures (their positions stand beside it), started afresh at each cut.
    Chart {
        /// The chart.
        chart: Chart,
        /// The points that it was drawn from.
        points: Vec<usize>,
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
    let found: Vec<Result<Point, EvaluateError>> = definition
        .periods(evidence)
        .into_par_iter()
        .map(|period| {
            let prepared = prepare(evidence, definition, period)?;
            let row = match place {
                Some(place) => Some(prepared.place(place)),
                None => prepared.organisation(organisation)?,
            };
            Ok(Point { period, row, england: prepared.england() })
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
    let cuts = cuts(&definition.breaks, &points);
    let reading = reading(definition, &points, &cuts);
    Ok(Series {
        indicator: definition.id.clone(),
        organisation: organisation.clone(),
        points,
        cuts,
        reading,
    })
}

/// The first point at or after each break that has points before it.
fn cuts(breaks: &[Break], points: &[Point]) -> Vec<(usize, String)> {
    let mut cuts: Vec<(usize, String)> = breaks
        .iter()
        .filter_map(|cut| {
            let first = points.iter().position(|point| point.period.first_day() >= cut.at)?;
            (first > 0).then(|| (first, cut.reason.clone()))
        })
        .collect();
    cuts.sort_by_key(|(first, _)| *first);
    cuts
}

fn reading(definition: &Definition, points: &[Point], cuts: &[(usize, String)]) -> Reading {
    let with_figures: Vec<usize> =
        (0..points.len()).filter(|index| value_at(points, *index).is_some()).collect();
    let last_cut = cuts.last().map_or(0, |(first, _)| *first);
    let after: Vec<usize> =
        with_figures.iter().copied().filter(|index| *index >= last_cut).collect();
    if after.len() >= CHART_POINTS {
        return charted(definition, points, cuts, with_figures);
    }
    tested(definition, points, &after).unwrap_or(Reading::TooFewPoints)
}

fn value_at(points: &[Point], index: usize) -> Option<f64> {
    points.get(index).and_then(Point::value)
}

fn charted(
    definition: &Definition,
    points: &[Point],
    cuts: &[(usize, String)],
    charted: Vec<usize>,
) -> Reading {
    let values: Vec<f64> = charted.iter().filter_map(|index| value_at(points, *index)).collect();
    let rebases: Vec<Rebase> = cuts
        .iter()
        .filter_map(|(first, reason)| {
            Rebase::new(charted.iter().position(|index| index >= first)?, reason)
        })
        .collect();
    let better = match definition.polarity {
        Polarity::HigherIsBetter => Better::Higher,
        Polarity::LowerIsBetter => Better::Lower,
        Polarity::Neither => Better::Neither,
    };
    match xmr(&values, &rebases, &Rules::MAKING_DATA_COUNT) {
        Ok(chart) => Reading::Chart { variation: chart.variation(better), chart, points: charted },
        Err(_) => Reading::TooFewPoints,
    }
}

fn tested(definition: &Definition, points: &[Point], after: &[usize]) -> Option<Reading> {
    let estimates: Vec<_> =
        after.iter().filter_map(|index| points.get(*index)?.row.as_ref()?.estimate).collect();
    let amounts =
        |pick: fn(&vocab::Estimate) -> f64| estimates.iter().map(pick).collect::<Vec<f64>>();
    let counts = |kind| {
        trend_of_counts(kind, &amounts(|one| one.numerator), &amounts(|one| one.denominator))
    };
    let trend = match definition.statistic {
        Statistic::Proportion => counts(Counts::Proportion),
        Statistic::Rate => counts(Counts::Rate),
        Statistic::Ratio | Statistic::WeightedMean | Statistic::Change => {
            trend_of_values(&amounts(|one| one.value))
        }
    };
    let trend = trend.ok()?;
    Some(Reading::Test { direction: trend.direction(Confidence::P95), trend })
}
