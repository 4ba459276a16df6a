//! A figure of an organisation over its periods, and what the series says.
//!
//! A series that changed its meaning (a redesigned survey, a new contract) is cut there: no rule and no test crosses
//! the cut, and its reason is kept. Practices are counted where they belong in the latest period, so that an area that took
//! in others is compared with itself; where figures are published by area, the series is cut there. With twelve points or more after the last cut the series is read as a control chart
//! (XmR, *Making Data Count*); with five to eleven by a trend test; with fewer not at all.

use evidence::{Affiliations, Evidence, Place};
use rayon::prelude::*;
use stats::chart::{Better, Chart, Rebase, Rules, Variation, xmr};
use stats::trend::{Counts, Direction, Trend, trend_of_counts, trend_of_values};
use vocab::{Confidence, Level, Organisation, Period};

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

/// The control chart of a series, started afresh at each cut, and the positions of the points with figures that it is drawn
/// from; nothing where too few of them lie after the last cut.
#[must_use]
pub fn control_chart(
    values: &[Option<f64>],
    cuts: &[(usize, String)],
) -> Option<(Chart, Vec<usize>)> {
    let (charted, values): (Vec<usize>, Vec<f64>) =
        values.iter().enumerate().filter_map(|(index, value)| Some((index, (*value)?))).unzip();
    let last_cut = cuts.last().map_or(0, |(first, _)| *first);
    if charted.iter().filter(|index| **index >= last_cut).count() < CHART_POINTS {
        return None;
    }
    let rebase = |(first, reason): &(usize, String)| {
        let at = charted.iter().position(|index| index >= first)?;
        Rebase::new(at, reason).filter(|_| at > 0)
    };
    let rebases: Vec<Rebase> = cuts.iter().filter_map(rebase).collect();
    Some((xmr(&values, &rebases, &Rules::MAKING_DATA_COUNT).ok()?, charted))
}

fn reading(definition: &Definition, points: &[Point], cuts: &[(usize, String)]) -> Reading {
    let values: Vec<Option<f64>> = points.iter().map(Point::value).collect();
    if let Some((chart, points)) = control_chart(&values, cuts) {
        let better = match definition.polarity {
            Polarity::HigherIsBetter => Better::Higher,
            Polarity::LowerIsBetter => Better::Lower,
            Polarity::Neither => Better::Neither,
        };
        return Reading::Chart { variation: chart.variation(better), chart, points };
    }
    let last_cut = cuts.last().map_or(0, |(first, _)| *first);
    let after: Vec<usize> =
        (last_cut..points.len()).filter(|index| values[*index].is_some()).collect();
    tested(definition, points, &after).unwrap_or(Reading::TooFewPoints)
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
