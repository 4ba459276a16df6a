//! The shapes of what parameters draw.
//!
//! A shape is a scale on which the draws are normal: the number itself, its logarithm, or the logarithm of its odds. Each
//! half of the draws has a spread of its own, so that one in ten lies below `low`, half below `value` and one in ten above `high`.

use serde::{Deserialize, Serialize};
use stats::distributions::normal;
use stats::random::{Key, Stream};

use super::Parameter;
use crate::decisions::{PARAMETER, unit_of_name};

/// The shape of a parameter's draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// The same value in every draw.
    Fixed,
    /// Any number.
    Normal,
    /// Numbers above nought.
    LogNormal,
    /// Shares between nought and one.
    LogitNormal,
}

impl Distribution {
    /// Whether a number may be a value at all.
    #[must_use]
    pub fn allows(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Fixed | Self::Normal => true,
                Self::LogNormal => value > 0.0,
                Self::LogitNormal => value > 0.0 && value < 1.0,
            }
    }

    /// What it allows, in words.
    #[must_use]
    pub const fn support(self) -> &'static str {
        match self {
            Self::Fixed | Self::Normal => "a finite number",
            Self::LogNormal => "a number above 0",
            Self::LogitNormal => "a share between 0 and 1, both excluded",
        }
    }

    /// The number on the scale on which the draws are normal.
    pub(super) fn scaled(self, value: f64) -> f64 {
        match self {
            Self::Fixed | Self::Normal => value,
            Self::LogNormal => libm::log(value),
            Self::LogitNormal => libm::log(value) - libm::log1p(-value),
        }
    }

    /// The number back from that scale.
    pub(super) fn unscaled(self, scaled: f64) -> f64 {
        match self {
            Self::Fixed | Self::Normal => scaled,
            Self::LogNormal => libm::exp(scaled),
            Self::LogitNormal => 1.0 / (1.0 + libm::exp(-scaled)),
        }
    }
}

impl Parameter {
    /// What the parameter of this name is worth in a draw; draw 0 is the middle value.
    #[must_use]
    pub fn draw(&self, name: &str, seed: u64, draw: u32) -> f64 {
        if draw == 0 || self.distribution == Distribution::Fixed {
            return self.value;
        }
        let key = Key { seed, decision: PARAMETER, unit: unit_of_name(name), time: draw };
        self.at(Stream::new(key).standard_normal())
    }

    /// The value so many standard deviations from the middle.
    fn at(&self, z: f64) -> f64 {
        let tenth = normal::quantile(0.9);
        let middle = self.distribution.scaled(self.value);
        let end = self.distribution.scaled(if z < 0.0 { self.low } else { self.high });
        self.distribution.unscaled(middle + z.abs() / tenth * (end - middle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{Grade, Kind, Source};

    fn parameter(distribution: Distribution) -> Parameter {
        Parameter {
            area: "test".to_owned(),
            about: "A test.".to_owned(),
            unit: "share".to_owned(),
            value: 0.2,
            low: 0.1,
            high: 0.25,
            distribution,
            source: Source {
                kind: Kind::Assumption,
                reference: "a test".to_owned(),
                date: "2026".to_owned(),
            },
            grade: Grade::D,
            changed_because: None,
        }
    }

    #[test]
    fn a_tenth_a_half_and_nine_tenths_of_the_draws_lie_below_low_value_and_high() {
        for shape in [Distribution::Normal, Distribution::LogNormal, Distribution::LogitNormal] {
            let one = parameter(shape);
            let draws: Vec<f64> = (1..=20_000).map(|draw| one.draw("p", 3, draw)).collect();
            let below = |bound: f64| draws.iter().filter(|draw| **draw < bound).count();
            for (bound, share) in [(0.1, 2_000), (0.2, 10_000), (0.25, 18_000)] {
                assert!(below(bound).abs_diff(share) < 250, "{shape:?} below {bound}");
            }
        }
    }

    #[test]
    fn shares_stay_between_nought_and_one() {
        let one = parameter(Distribution::LogitNormal);
        assert!((1..5_000).all(|draw| (0.0..=1.0).contains(&one.draw("p", 3, draw))));
    }
}
