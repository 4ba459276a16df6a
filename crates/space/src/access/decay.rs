//! How much less a site counts the farther away it is.

use stats::{NoFigure, counted};

/// The weight of a journey by its cost, and the cost beyond which a site is out of reach.
#[derive(Debug, Clone, PartialEq)]
pub enum Decay {
    /// Weight 1 up to and including this cost.
    Within(f64),
    /// Zones in rising order: up to and including each cost, the weight.
    Steps(Vec<(f64, f64)>),
    /// exp(−cost²/`spread`), up to and including `limit`.
    Gaussian {
        /// The divisor of the squared cost.
        spread: f64,
        /// The cost beyond which a site is out of reach.
        limit: f64,
    },
}

impl Decay {
    /// Zones, put into rising order.
    ///
    /// # Errors
    /// No zone, or a limit or weight that is missing or below nought.
    pub fn steps(mut zones: Vec<(f64, f64)>) -> Result<Self, NoFigure> {
        if zones.is_empty() {
            return Err(NoFigure::TooFewValues);
        }
        for (limit, weight) in &zones {
            counted(&[*limit, *weight])?;
        }
        zones.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(Self::Steps(zones))
    }

    /// Luo and Qi's slow decay: 1, 0.68 and 0.22 in the zones to 10, 20 and 30 minutes.
    ///
    /// # Source
    /// `luo_qi_2009`
    #[must_use]
    pub fn slow() -> Self {
        Self::Steps(vec![(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)])
    }

    /// Luo and Qi's sharp decay: 1, 0.42 and 0.09 in the zones to 10, 20 and 30 minutes.
    ///
    /// # Source
    /// `luo_qi_2009`
    #[must_use]
    pub fn sharp() -> Self {
        Self::Steps(vec![(10.0, 1.0), (20.0, 0.42), (30.0, 0.09)])
    }

    /// The cost beyond which a site is out of reach.
    #[must_use]
    pub fn limit(&self) -> f64 {
        match self {
            Self::Within(limit) | Self::Gaussian { limit, .. } => *limit,
            Self::Steps(zones) => zones.last().map_or(0.0, |zone| zone.0),
        }
    }

    /// The weight of a journey of this cost; 0 out of reach.
    #[must_use]
    pub fn weight(&self, cost: f64) -> f64 {
        match self {
            Self::Within(limit) => f64::from(cost <= *limit),
            // From the farthest zone inwards: the same answer as the first zone that fits, without a jump.
            Self::Steps(zones) => zones
                .iter()
                .rev()
                .fold(0.0, |found, (limit, weight)| if cost <= *limit { *weight } else { found }),
            Self::Gaussian { limit, .. } if cost > *limit => 0.0,
            Self::Gaussian { spread, .. } => libm::exp(-cost * cost / spread),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_includes_its_own_limit() {
        let weights =
            [0.0, 10.0, 10.1, 30.0, 30.1].map(|cost| Decay::slow().weight(cost).to_string());
        assert_eq!(weights, ["1", "1", "0.68", "0.22", "0"]);
    }

    #[test]
    fn a_gaussian_is_1_on_the_doorstep_and_nought_out_of_reach() {
        let decay = Decay::Gaussian { spread: 440.0, limit: 30.0 };
        assert!((decay.weight(0.0) - 1.0).abs() < 1e-15 && decay.weight(30.5) == 0.0);
        assert!((decay.weight(20.0) - libm::exp(-400.0 / 440.0)).abs() < 1e-15);
    }

    #[test]
    fn zones_without_weights_are_refused() {
        assert_eq!(Decay::steps(vec![]), Err(NoFigure::TooFewValues));
        assert_eq!(Decay::steps(vec![(10.0, -1.0)]), Err(NoFigure::Negative));
    }
}
