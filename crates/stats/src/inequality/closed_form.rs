//! Limits of the indices without sampling.
//!
//! A line through values with normal errors has a normal slope, so the limits of the slope index are exact,
//! and those of the relative index are where a line's end crosses the ratio (Fieller's theorem). On the
//! transformed scale the two ends are jointly normal, and one integral gives the distribution of their
//! difference or ratio. Where a natural line runs through rates or proportions the weighted sum is nearly
//! normal; its first four cumulants correct the rest.

use super::moments::{Cumulants, normal_mean};
use super::{IndexLimits, Line, SlopeIndex};
use crate::distributions::normal;
use crate::figure::Limits;
use crate::level::Level;
use crate::solve::crossing;

/// Joint normal distribution of intercept and slope, on the scale of the line.
pub(super) struct Joint {
    pub(super) intercept: (f64, f64),
    pub(super) slope_at_mean: f64,
    pub(super) slope_per_intercept: f64,
    pub(super) slope_error: f64,
}

impl SlopeIndex {
    /// Limits of both indices in closed form.
    ///
    /// Equation: [`methods.md#sii-limits`](../../../docs/book/methods.md#sii-limits).
    ///
    /// # Source
    /// `fieller_1954`, `cornish_fisher_1938`
    #[must_use]
    pub fn limits(&self, level: &Level) -> IndexLimits {
        let both = |limit: &dyn Fn(f64) -> f64| {
            let (first, second) = (limit(-level.z()), limit(level.z()));
            Limits { lower: first.min(second), upper: first.max(second) }
        };
        match self.line {
            Line::Natural => {
                let groups = self.cumulants();
                IndexLimits {
                    sii: both(&|z| self.natural_slope(&groups).quantile(z)),
                    rii: both(&|z| self.natural_ratio(&groups, z)),
                }
            }
            Line::Transformed => {
                let joint = self.joint();
                IndexLimits {
                    sii: both(&|z| self.transformed_limit(&joint, z, self.sii, |x, from| x + from)),
                    rii: both(&|z| self.transformed_limit(&joint, z, self.rii, |x, from| x * from)),
                }
            }
        }
    }

    fn cumulants(&self) -> Vec<Cumulants> {
        self.groups.iter().map(|group| Cumulants::of(self.measure, group)).collect()
    }

    fn natural_slope(&self, groups: &[Cumulants]) -> Cumulants {
        let weighted = self.weights.iter().zip(groups);
        weighted.fold(Cumulants::default(), |sum, (weight, group)| sum.plus(*group, weight.1))
    }

    /// The ratio r at which intercept × (1 − r) + slope has its quantile at 0.
    fn natural_ratio(&self, groups: &[Cumulants], z: f64) -> f64 {
        let quantile_at = |ratio: f64| {
            let weighted = self.weights.iter().zip(groups);
            let sum = weighted.fold(Cumulants::default(), |sum, ((intercept, slope), group)| {
                sum.plus(*group, slope + intercept * (1.0 - ratio))
            });
            sum.quantile(z)
        };
        around(self.rii, quantile_at)
    }

    pub(super) fn joint(&self) -> Joint {
        let (mut a, mut b, mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (group, (intercept, slope)) in self.groups.iter().zip(&self.weights) {
            let value = self.measure.transformed(group.value);
            let variance = group.standard_error * group.standard_error;
            a += intercept * value;
            b += slope * value;
            aa += intercept * intercept * variance;
            ab += intercept * slope * variance;
            bb += slope * slope * variance;
        }
        let slope_per_intercept = if aa > 0.0 { ab / aa } else { 0.0 };
        let slope_error = (bb - ab * slope_per_intercept).max(0.0).sqrt();
        Joint { intercept: (a, aa.sqrt()), slope_at_mean: b, slope_per_intercept, slope_error }
    }

    /// The value x of an index below which a normal share `z` lies: P(end ≤ needed(x, start)) = Φ(z).
    fn transformed_limit(
        &self,
        joint: &Joint,
        z: f64,
        point: f64,
        needed: impl Fn(f64, f64) -> f64,
    ) -> f64 {
        let share = normal::cumulative(z);
        if joint.intercept.1 == 0.0 || joint.slope_error == 0.0 {
            return point;
        }
        let below = |x: f64| {
            normal_mean(|score| {
                let off = joint.intercept.1 * score;
                let intercept = joint.intercept.0 + off;
                let end = self.measure.transformed(needed(x, self.measure.restored(intercept)));
                let slope = joint.slope_at_mean + joint.slope_per_intercept * off;
                if end.is_nan() {
                    return if needed(x, self.measure.restored(intercept)) > 0.5 {
                        1.0
                    } else {
                        0.0
                    };
                }
                normal::cumulative((end - intercept - slope) / joint.slope_error)
            }) - share
        };
        around(point, below)
    }
}

/// The crossing of a function near a point, widening the search until the sign changes.
fn around(point: f64, function: impl Fn(f64) -> f64) -> f64 {
    let mut reach = 0.1 * point.abs() + 1e-6;
    for _ in 0..60 {
        let (low, high) = (point - reach, point + reach);
        if function(low) * function(high) <= 0.0 {
            return crossing(low, high, function);
        }
        reach *= 2.0;
    }
    point
}
