//! The figure of a pair of amounts, and its interval by the method that the definition names.

use stats::{Figure, count::crude_rate, proportion::proportion};
use vocab::{Confidence, Estimate};

use crate::definition::{Definition, Interval, Statistic};

/// The two confidence levels at which figures are compared, ready for many intervals.
#[derive(Debug)]
pub struct Intervals {
    /// At 95%.
    pub inner: stats::Level,
    /// At 99.8%.
    pub outer: stats::Level,
}

impl Default for Intervals {
    fn default() -> Self {
        Self {
            inner: stats::Level::new(Confidence::P95),
            outer: stats::Level::new(Confidence::P998),
        }
    }
}

/// The figure alone.
#[must_use]
pub fn value(definition: &Definition, numerator: f64, denominator: f64) -> f64 {
    match definition.statistic {
        Statistic::Change => numerator / denominator - 1.0,
        Statistic::Proportion | Statistic::Rate | Statistic::Ratio | Statistic::WeightedMean => {
            numerator / denominator * definition.multiplier
        }
    }
}

/// The limits at a confidence level; nothing where no method gives them or the amounts do not suit it.
#[must_use]
pub fn limits(
    definition: &Definition,
    numerator: f64,
    denominator: f64,
    level: &stats::Level,
) -> Option<stats::Limits> {
    let figure: Option<Figure> = match definition.interval {
        Interval::Wilson => proportion(numerator, denominator, level).ok(),
        Interval::Byar => crude_rate(numerator, denominator, definition.multiplier, level).ok(),
        Interval::None => None,
    };
    figure.map(|figure| figure.limits)
}

/// The figure with its 95% interval; nothing over a denominator of nought.
#[must_use]
pub fn estimate(
    definition: &Definition,
    numerator: f64,
    denominator: f64,
    intervals: &Intervals,
) -> Option<Estimate> {
    let value = value(definition, numerator, denominator);
    if !value.is_finite() {
        return None;
    }
    let limits = limits(definition, numerator, denominator, &intervals.inner);
    Some(Estimate {
        value,
        lower: limits.map(|limits| limits.lower),
        upper: limits.map(|limits| limits.upper),
        confidence: Confidence::P95,
        numerator,
        denominator,
        method: method(definition),
    })
}

/// The key of the method in the methods chapter.
#[must_use]
pub const fn method(definition: &Definition) -> &'static str {
    match (definition.interval, definition.statistic) {
        (Interval::Wilson, _) => "wilson",
        (Interval::Byar, _) => "crude-rate",
        (Interval::None, Statistic::WeightedMean) => "weighted-mean",
        (Interval::None, Statistic::Change) => "change",
        (Interval::None, _) => "ratio",
    }
}
