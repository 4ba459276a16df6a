//! The funnel around what is expected of each practice: before the case mix is allowed for, and after.
//!
//! Events are shown as observed over expected; shares as the share the practice would have with average patients.
//! The limits are those of the funnel of an evaluation, widened by the spread that the practices share.

use stats::funnel::overdispersion::{Model, Scale, Spread};
use stats::funnel::{ControlLimits, Standing};

use super::Kind;
use super::members::Candidate;
use crate::evaluate::{FunnelPoint, standing};

/// Share of each tail drawn in before the spread is measured, as in the funnel of an evaluation.
const WINSORISED: f64 = 0.1;

/// The practices around what is expected of them.
#[derive(Debug, Clone)]
pub struct Around {
    /// Size and figure of each practice, in the order of the members.
    pub points: Vec<(f64, f64)>,
    /// Where each stands.
    pub standings: Vec<Standing>,
    /// The middle line: 1 for events, the overall share for shares, 0 for amounts.
    pub middle: f64,
    spread: Option<Spread>,
}

impl Around {
    /// Places practices around what is expected; `spread` is the standard deviation of amounts.
    pub(super) fn of(kind: Kind, rows: &[Candidate], expected: &[f64], spread: f64) -> Self {
        match kind {
            Kind::Events => {
                let above: Vec<f64> = rows.iter().map(|row| row.above).collect();
                let points = above.iter().zip(expected).map(|(o, e)| (*e, o / e)).collect();
                Self::measured(Scale::RatioSquareRoot, &above, expected, points, 1.0)
            }
            Kind::Parts => {
                let below: Vec<f64> = rows.iter().map(|row| row.below).collect();
                let events: f64 = rows.iter().map(|row| row.above).sum();
                let average = events / below.iter().sum::<f64>();
                let adjusted: Vec<f64> = rows
                    .iter()
                    .zip(expected)
                    .map(|(row, expected)| {
                        let own = logit(row.above / row.below) - logit(expected / row.below);
                        row.below * logistic(logit(average) + own)
                    })
                    .collect();
                let points = adjusted.iter().zip(&below).map(|(a, n)| (*n, a / n)).collect();
                Self::measured(Scale::Proportion, &adjusted, &below, points, average)
            }
            Kind::Amounts => {
                let difference = |(row, expected): (&Candidate, &f64)| row.value - expected;
                let differences: Vec<f64> = rows.iter().zip(expected).map(difference).collect();
                let points = rows.iter().zip(&differences).map(|(row, d)| (row.below, *d));
                let limits = ControlLimits::default();
                let score = |d: &f64| standing(&limits, d / spread);
                let standings = differences.iter().map(score).collect();
                Self { points: points.collect(), standings, middle: 0.0, spread: None }
            }
        }
    }

    fn measured(
        scale: Scale,
        above: &[f64],
        below: &[f64],
        points: Vec<(f64, f64)>,
        middle: f64,
    ) -> Self {
        let spread = Spread::measure(scale, above, below, WINSORISED).ok();
        let limits = ControlLimits::default();
        let standings = spread.as_ref().map_or_else(
            || vec![Standing::Inside; above.len()],
            |spread| {
                let scores = spread.scores(Model::Additive).into_iter();
                scores.map(|score| standing(&limits, score)).collect()
            },
        );
        Self { points, standings, middle, spread }
    }

    /// The limits at a size; nothing for amounts.
    #[must_use]
    pub fn at(&self, size: f64) -> Option<FunnelPoint> {
        let spread = self.spread.as_ref()?;
        let limits = ControlLimits::default();
        let at = |level: &stats::Level, model: Model| {
            let found = spread.limits(size, level.z(), model);
            (found.lower, found.upper)
        };
        Some(FunnelPoint {
            denominator: size,
            inner: at(limits.inner(), Model::Plain),
            outer: at(limits.outer(), Model::Plain),
            outer_adjusted: Some(at(limits.outer(), Model::Additive)),
        })
    }
}

pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

pub(super) fn logit(x: f64) -> f64 {
    libm::log(x / (1.0 - x))
}
