//! Where a figure lies on the funnel around England's, by chance alone and with the spread that all share.

use stats::funnel::overdispersion::{Model, Scale, Spread};
use stats::funnel::{ControlLimits, Standing, proportion_limits};
use stats::{Limits, count::poisson_limits};

use crate::definition::{Definition, Statistic};

/// Share of each tail that is drawn in before the spread is measured.
const WINSORISED: f64 = 0.1;

/// The funnel of an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The figure of England, its middle line.
    pub average: f64,
    /// Dispersion φ: 1 when places differ by chance alone.
    pub phi: Option<f64>,
    /// Spread between places τ², on the scale of the method.
    pub tau_squared: Option<f64>,
    statistic: Statistic,
    multiplier: f64,
    spread: Option<Spread>,
}

/// The funnel's limits at a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelPoint {
    /// The denominator.
    pub denominator: f64,
    /// 95% limits by chance alone, in the unit of the figure.
    pub inner: (f64, f64),
    /// 99.8% limits by chance alone.
    pub outer: (f64, f64),
    /// 99.8% limits with the spread that all places share.
    pub outer_adjusted: Option<(f64, f64)>,
}

/// A position on the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunnelPosition {
    /// By chance alone.
    pub raw: Standing,
    /// With the spread that all places share (additive, Spiegelhalter 2005); nothing where it cannot be measured.
    pub adjusted: Option<Standing>,
}

impl Funnel {
    /// Measures the funnel of pairs and where each lies; nothing for statistics that count no events.
    pub(super) fn of(
        definition: &Definition,
        england: (f64, f64),
        amounts: &[Option<(f64, f64)>],
    ) -> Option<(Self, Vec<Option<FunnelPosition>>)> {
        let average = england.0 / england.1;
        let is_proportion = match definition.statistic {
            Statistic::Proportion => true,
            Statistic::Rate => false,
            Statistic::Ratio | Statistic::WeightedMean | Statistic::Change => return None,
        };
        let (above, below): (Vec<f64>, Vec<f64>) = amounts
            .iter()
            .flatten()
            .map(|(above, below)| (*above, if is_proportion { *below } else { below * average }))
            .unzip();
        let scale = if is_proportion { Scale::Proportion } else { Scale::RatioSquareRoot };
        let spread = Spread::measure(scale, &above, &below, WINSORISED)
            .map(|spread| spread.restored_from_winsorising(WINSORISED))
            .ok();
        let mut scores = spread.as_ref().map(|spread| spread.scores(Model::Additive).into_iter());
        let limits = ControlLimits::default();
        let positions = amounts
            .iter()
            .map(|amounts| {
                let (above, below) = (*amounts)?;
                let score = scores.as_mut().and_then(Iterator::next);
                let raw = if is_proportion {
                    limits.proportion_standing(above, below, average)
                } else {
                    limits.count_standing(above, below, average)
                };
                Some(FunnelPosition {
                    raw: raw.ok()?,
                    adjusted: score.map(|score| standing(&limits, score)),
                })
            })
            .collect();
        let funnel = Self {
            average: average * definition.multiplier,
            phi: spread.as_ref().map(Spread::phi),
            tau_squared: spread.as_ref().map(Spread::tau_squared),
            statistic: definition.statistic,
            multiplier: definition.multiplier,
            spread,
        };
        Some((funnel, positions))
    }

    /// The limits at a denominator, to draw the funnel.
    #[must_use]
    pub fn at(&self, denominator: f64) -> FunnelPoint {
        let limits = ControlLimits::default();
        let average = self.average / self.multiplier;
        let is_proportion = self.statistic == Statistic::Proportion;
        let chance = |level: &stats::Level| {
            let found = if is_proportion {
                proportion_limits(average, denominator, level)
            } else {
                poisson_limits(average * denominator, level).scaled(1.0 / denominator)
            };
            self.in_unit(found)
        };
        let size = if is_proportion { denominator } else { denominator * average };
        let outer_adjusted = self.spread.as_ref().map(|spread| {
            let found = spread.limits(size, limits.outer().z(), Model::Additive);
            self.in_unit(if is_proportion { found } else { found.scaled(average) })
        });
        FunnelPoint {
            denominator,
            inner: chance(limits.inner()),
            outer: chance(limits.outer()),
            outer_adjusted,
        }
    }

    fn in_unit(&self, limits: Limits) -> (f64, f64) {
        (limits.lower * self.multiplier, limits.upper * self.multiplier)
    }
}

/// Where a score in standard errors stands.
pub(crate) fn standing(limits: &ControlLimits, score: f64) -> Standing {
    let (inner, outer) = (limits.inner().z(), limits.outer().z());
    match score {
        _ if score < -outer => Standing::LowOuter,
        _ if score < -inner => Standing::LowInner,
        _ if score > outer => Standing::HighOuter,
        _ if score > inner => Standing::HighInner,
        _ => Standing::Inside,
    }
}
