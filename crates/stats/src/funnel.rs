//! Funnel plots: how far from the average a place must lie before chance is a poor explanation.
//!
//! The limits narrow as the numbers grow, so that a small practice is not called extreme for being small.
//! Two pairs of limits are drawn, leaving 0.025 and 0.001 on each side. Where places differ by more than
//! chance throughout, [`overdispersion`] widens the funnel.

mod axis;
pub mod overdispersion;
mod rates;

pub use axis::{Axis, Spacing};
pub use rates::{RateKind, Rates};

use std::fmt;

use vocab::Confidence;

use crate::count::poisson_limits;
use crate::distributions::chi_squared;
use crate::figure::{Limits, NoFigure, counted};
use crate::level::Level;

/// The two pairs of control limits: 95% (0.025 each side) and 99.8% (0.001 each side).
#[derive(Debug, Clone)]
pub struct ControlLimits {
    inner: Level,
    outer: Level,
}

impl Default for ControlLimits {
    fn default() -> Self {
        Self { inner: Level::new(Confidence::P95), outer: Level::new(Confidence::P998) }
    }
}

/// Where a place stands beside the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Below the outer limit.
    LowOuter,
    /// Below the inner limit.
    LowInner,
    /// Within the limits.
    Inside,
    /// Above the inner limit.
    HighInner,
    /// Above the outer limit.
    HighOuter,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LowOuter => "Low (0.001)",
            Self::LowInner => "Low (0.025)",
            Self::Inside => "Not significant",
            Self::HighInner => "High (0.025)",
            Self::HighOuter => "High (0.001)",
        })
    }
}

/// The proportions that would just be called average, for a place of this size.
///
/// Equation: [`methods.md#funnel-proportion`](../../../docs/book/methods.md#funnel-proportion).
///
/// # Source
/// `fingertips_methods`
#[must_use]
pub fn proportion_limits(average: f64, denominator: f64, level: &Level) -> Limits {
    let reach = level.z() * (average * (1.0 - average) / denominator).sqrt();
    Limits { lower: (average - reach).max(0.0), upper: (average + reach).min(1.0) }
}

/// The expected numbers at which `observed` events lie exactly on the limits of the funnel.
///
/// `lower` is the number expected where the place would lie on the upper limit (0 for no events), `upper`
/// where it would lie on the lower limit. Observed over expected traces the funnel.
/// Equation: [`methods.md#funnel-poisson`](../../../docs/book/methods.md#funnel-poisson).
///
/// # Source
/// `fingertips_methods`
#[must_use]
pub fn expected_at_limits(observed: f64, level: &Level) -> Limits {
    let tail = level.confidence().tail();
    let lower =
        if observed > 0.0 { chi_squared::quantile(tail, 2.0 * observed) / 2.0 } else { 0.0 };
    Limits { lower, upper: chi_squared::upper_quantile(tail, 2.0 * observed + 2.0) / 2.0 }
}

impl ControlLimits {
    /// The 95% level.
    #[must_use]
    pub const fn inner(&self) -> &Level {
        &self.inner
    }

    /// The 99.8% level.
    #[must_use]
    pub const fn outer(&self) -> &Level {
        &self.outer
    }

    /// Where a proportion stands beside the average proportion of all places.
    ///
    /// # Errors
    /// Missing or negative numbers, a denominator of 0, a numerator above the denominator.
    pub fn proportion_standing(
        &self,
        numerator: f64,
        denominator: f64,
        average: f64,
    ) -> Result<Standing, NoFigure> {
        counted(&[numerator, denominator, average])?;
        if denominator == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        if numerator > denominator {
            return Err(NoFigure::NumeratorAboveDenominator);
        }
        let value = numerator / denominator;
        let inner = proportion_limits(average, denominator, &self.inner);
        let outer = proportion_limits(average, denominator, &self.outer);
        Ok(match value {
            _ if value < outer.lower => Standing::LowOuter,
            _ if value < inner.lower => Standing::LowInner,
            _ if value > outer.upper => Standing::HighOuter,
            _ if value > inner.upper => Standing::HighInner,
            _ => Standing::Inside,
        })
    }

    /// Where `observed` events of `base` stand beside an average of `average` events for each of the base.
    ///
    /// For a ratio the base is the expected number and the average is 1; for a rate the base is the
    /// population. The place is outside where its own limits leave out the average.
    ///
    /// # Errors
    /// Missing or negative numbers, or a base of 0.
    pub fn count_standing(
        &self,
        observed: f64,
        base: f64,
        average: f64,
    ) -> Result<Standing, NoFigure> {
        counted(&[observed, base, average])?;
        if base == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        let expected = average * base;
        let inner = poisson_limits(observed, &self.inner);
        let outer = poisson_limits(observed, &self.outer);
        Ok(match expected {
            _ if expected < outer.lower => Standing::HighOuter,
            _ if expected < inner.lower => Standing::HighInner,
            _ if expected > outer.upper => Standing::LowOuter,
            _ if expected > inner.upper => Standing::LowInner,
            _ => Standing::Inside,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_place_is_not_extreme_for_being_small() {
        let limits = ControlLimits::default();
        assert_eq!(limits.proportion_standing(9.0, 10.0, 0.75), Ok(Standing::Inside));
        assert_eq!(limits.proportion_standing(900.0, 1000.0, 0.75), Ok(Standing::HighOuter));
    }

    #[test]
    fn no_events_can_be_significantly_few() {
        let limits = ControlLimits::default();
        assert_eq!(limits.count_standing(0.0, 2.0, 1.0), Ok(Standing::Inside));
        assert_eq!(limits.count_standing(0.0, 5.0, 1.0), Ok(Standing::LowInner));
        assert_eq!(limits.count_standing(0.0, 8.0, 1.0), Ok(Standing::LowOuter));
    }

    #[test]
    fn an_empty_place_has_no_standing() {
        let limits = ControlLimits::default();
        assert_eq!(limits.count_standing(0.0, 0.0, 1.0), Err(NoFigure::EmptyDenominator));
    }
}
