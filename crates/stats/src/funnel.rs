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
    /// Limits at two levels; nothing where the outer is not the wider.
    #[must_use]
    pub fn at(inner: Confidence, outer: Confidence) -> Option<Self> {
        (inner < outer).then(|| Self { inner: Level::new(inner), outer: Level::new(outer) })
    }

    /// The inner level: 95% unless chosen otherwise.
    #[must_use]
    pub const fn inner(&self) -> &Level {
        &self.inner
    }

    /// The outer level: 99.8% unless chosen otherwise.
    #[must_use]
    pub const fn outer(&self) -> &Level {
        &self.outer
    }

    /// A standing with the share that these limits leave outside on its side, `Low (0.001)`.
    #[must_use]
    pub fn in_words(&self, standing: Standing) -> String {
        let tail = |level: &Level| (level.confidence().tail() * 1e6).round() / 1e6;
        match standing {
            Standing::LowOuter => format!("Low ({})", tail(&self.outer)),
            Standing::LowInner => format!("Low ({})", tail(&self.inner)),
            Standing::Inside => standing.to_string(),
            Standing::HighInner => format!("High ({})", tail(&self.inner)),
            Standing::HighOuter => format!("High ({})", tail(&self.outer)),
        }
    }

    /// Where a place stands by its distance from the average in standard errors.
    #[must_use]
    pub fn standing_of_score(&self, score: f64) -> Standing {
        match score {
            _ if score < -self.outer.z() => Standing::LowOuter,
            _ if score < -self.inner.z() => Standing::LowInner,
            _ if score > self.outer.z() => Standing::HighOuter,
            _ if score > self.inner.z() => Standing::HighInner,
            _ => Standing::Inside,
        }
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

    /// 0.8 of 100 beside 0.7: 2.18 standard errors of 0.0458, beyond 95% and 97% and within 98%.
    #[test]
    fn levels_of_ones_own_move_the_limits_and_their_names() {
        let confidence = |level| Confidence::new(level).unwrap();
        let at = |inner, outer| ControlLimits::at(confidence(inner), confidence(outer)).unwrap();
        let narrow = at(0.90, 0.97);
        let standing = narrow.proportion_standing(80.0, 100.0, 0.7).unwrap();
        assert_eq!(
            (standing, narrow.in_words(standing)),
            (Standing::HighOuter, "High (0.015)".to_owned())
        );
        let wide = at(0.98, 0.999);
        assert_eq!(wide.proportion_standing(80.0, 100.0, 0.7), Ok(Standing::Inside));
        let usual = ControlLimits::default();
        assert_eq!(usual.in_words(Standing::LowOuter), Standing::LowOuter.to_string());
        assert_eq!(usual.in_words(Standing::HighInner), Standing::HighInner.to_string());
        assert!(ControlLimits::at(Confidence::P998, Confidence::P95).is_none());
        assert_eq!(usual.standing_of_score(-2.0), Standing::LowInner);
        assert_eq!(usual.standing_of_score(3.1), Standing::HighOuter);
    }

    #[test]
    fn an_empty_place_has_no_standing() {
        let limits = ControlLimits::default();
        assert_eq!(limits.count_standing(0.0, 0.0, 1.0), Err(NoFigure::EmptyDenominator));
    }
}
