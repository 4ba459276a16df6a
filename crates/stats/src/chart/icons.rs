//! The two icons beside an NHS chart: what kind of variation, and whether the target will be met.

use super::Chart;
use crate::figure::Limits;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Higher values are better.
    Higher,
    /// Lower values are better.
    Lower,
    /// Neither.
    Neither,
}

/// The variation icon, from the latest point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variation {
    /// Usual variation (grey).
    CommonCause,
    /// Special cause for the better, high or low (blue).
    Improvement {
        /// Whether the signal is on the high side.
        high: bool,
    },
    /// Special cause for the worse, high or low (orange).
    Concern {
        /// Whether the signal is on the high side.
        high: bool,
    },
    /// Special cause where neither direction is better (purple).
    Neutral {
        /// Whether the signal is on the high side.
        high: bool,
    },
}

/// The assurance icon, from the latest limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    /// The target lies beyond the limits on the good side: it will be met unless the process changes.
    Passes,
    /// The target lies beyond the limits on the bad side: it will be missed unless the process changes.
    Fails,
    /// The target lies within the limits: it will be met and missed by chance.
    HitAndMiss,
}

impl Chart {
    /// What the latest point with a figure says.
    ///
    /// # Source
    /// `making_data_count`
    #[must_use]
    pub fn variation(&self, better: Better) -> Variation {
        let last = self.values.iter().rposition(|value| value.is_finite());
        let signalled = last.filter(|last| !self.signals[*last].is_common_cause());
        let Some(high) = signalled.and_then(|last| self.is_high(last)) else {
            return Variation::CommonCause;
        };
        match better {
            Better::Neither => Variation::Neutral { high },
            Better::Higher if high => Variation::Improvement { high },
            Better::Lower if !high => Variation::Improvement { high },
            Better::Higher | Better::Lower => Variation::Concern { high },
        }
    }

    /// Whether the target will be met; nothing where no direction is better or there are no limits.
    #[must_use]
    pub fn assurance(&self, target: f64, better: Better) -> Option<Assurance> {
        assurance(self.latest().limits?, target, better)
    }
}

/// What limits say about a target; nothing where no direction is better.
///
/// # Source
/// `making_data_count`
pub(super) fn assurance(limits: Limits, target: f64, better: Better) -> Option<Assurance> {
    let below_target = target > limits.upper;
    let above_target = target < limits.lower;
    match better {
        Better::Neither => None,
        _ if !below_target && !above_target => Some(Assurance::HitAndMiss),
        Better::Higher => Some(if above_target { Assurance::Passes } else { Assurance::Fails }),
        Better::Lower => Some(if below_target { Assurance::Passes } else { Assurance::Fails }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Rules, xmr};

    #[test]
    fn a_target_is_judged_by_the_limits() {
        let judged = |better| {
            [(1.0, 3.0), (5.0, 7.0), (1.0, 5.0)]
                .map(|(lower, upper)| assurance(Limits { lower, upper }, 4.0, better).unwrap())
        };
        let (pass, fail, either) = (Assurance::Passes, Assurance::Fails, Assurance::HitAndMiss);
        assert_eq!(judged(Better::Higher), [fail, pass, either]);
        assert_eq!(judged(Better::Lower), [pass, fail, either]);
    }

    #[test]
    fn without_a_better_direction_there_is_no_assurance() {
        let limits = Limits { lower: 1.0, upper: 3.0 };
        assert_eq!(assurance(limits, 4.0, Better::Neither), None);
    }

    /// Seven falling points above the mean, and seven rising points below it.
    #[test]
    fn a_trend_is_judged_by_its_direction() {
        let falling = [
            50., 58., 49., 61., 52., 47., 55., 50., 46., 57., 49., 53., 48., 74., 71., 69., 66.,
            64., 62., 60.,
        ];
        let chart = xmr(&falling, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        let limits = chart.latest().limits.unwrap();
        assert!((limits.lower - 39.13).abs() < 1e-9 && (limits.upper - 74.97).abs() < 1e-9);
        assert_eq!(chart.variation(Better::Higher), Variation::Concern { high: false });
        assert_eq!(chart.variation(Better::Lower), Variation::Improvement { high: false });
        assert_eq!(chart.is_high(13), Some(false), "the first point of a fall is part of it");
        let rising = falling.map(|value| 104.0 - value);
        let chart = xmr(&rising, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert!((chart.latest().mean - 46.95).abs() < 1e-9);
        assert_eq!(chart.variation(Better::Higher), Variation::Improvement { high: true });
    }

    #[test]
    fn the_latest_point_chooses_the_icon() {
        let values = [1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 9.];
        let chart = xmr(&values, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert_eq!(chart.variation(Better::Higher), Variation::Improvement { high: true });
        assert_eq!(chart.variation(Better::Lower), Variation::Concern { high: true });
        assert_eq!(chart.variation(Better::Neither), Variation::Neutral { high: true });
        let calm = xmr(&values[..13], &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert_eq!(calm.variation(Better::Higher), Variation::CommonCause);
    }
}
