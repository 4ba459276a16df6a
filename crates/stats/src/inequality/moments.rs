//! Moments of a group's value when its error is normal on another scale.

use super::{Group, Measure};

/// Mean, variance, third central moment and excess fourth moment (fourth cumulant).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cumulants {
    pub mean: f64,
    pub variance: f64,
    pub third: f64,
    pub fourth: f64,
}

impl Cumulants {
    /// Of the group's value on the natural scale.
    pub(super) fn of(measure: Measure, group: &Group) -> Self {
        let (centre, error) = (measure.transformed(group.value), group.standard_error);
        if measure == Measure::Amount || error == 0.0 {
            return Self { mean: group.value, variance: error * error, ..Self::default() };
        }
        let value = |z: f64| measure.restored(centre + error * z);
        let mean = normal_mean(value);
        let moment = |power: i32| normal_mean(|z| (value(z) - mean).powi(power));
        let variance = moment(2);
        let fourth = moment(4) - 3.0 * variance * variance;
        Self { mean, variance, third: moment(3), fourth }
    }

    /// Of this value times `weight`, added to another, independent value.
    pub(super) fn plus(self, other: Self, weight: f64) -> Self {
        let square = weight * weight;
        Self {
            mean: self.mean + weight * other.mean,
            variance: self.variance + square * other.variance,
            third: self.third + square * weight * other.third,
            fourth: self.fourth + square * square * other.fourth,
        }
    }

    /// The quantile at normal score `z`, by Cornish and Fisher's expansion; exact for normal values.
    pub(super) fn quantile(self, z: f64) -> f64 {
        let spread = self.variance.sqrt();
        if spread == 0.0 {
            return self.mean;
        }
        let skew = self.third / (self.variance * spread);
        let tails = self.fourth / (self.variance * self.variance);
        let (square, cube) = (z * z, z * z * z);
        let score = z + (square - 1.0) * skew / 6.0 + (cube - 3.0 * z) * tails / 24.0
            - (2.0 * cube - 5.0 * z) * skew * skew / 36.0;
        self.mean + spread * score
    }
}

/// The mean of a function of a standard normal value, by the trapezium rule, which is exact to all digits
/// for smooth functions of it.
pub(super) fn normal_mean(function: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for step in -36..=36_i32 {
        let z = f64::from(step) * 0.25;
        let weight = libm::exp(-0.5 * z * z);
        sum += weight * function(z);
        weights += weight;
    }
    sum / weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lognormal_rate_has_its_known_moments() {
        let group = Group { population: 1.0, value: 5.0, standard_error: 0.2 };
        let found = Cumulants::of(Measure::Rate, &group);
        let growth = libm::exp(0.04);
        let mean = 5.0 * growth.sqrt();
        assert!((found.mean / mean - 1.0).abs() < 1e-14);
        assert!((found.variance / (mean * mean * (growth - 1.0)) - 1.0).abs() < 1e-12);
        let skew = (growth + 2.0) * (growth - 1.0).sqrt();
        assert!((found.third / found.variance.powf(1.5) / skew - 1.0).abs() < 1e-11);
    }
}
