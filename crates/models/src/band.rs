//! A figure that differs from draw to draw: its mean, its middle, and where eight of ten draws lie.

/// A figure over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The mean of the draws: means of steps sum to the mean of the whole.
    pub mean: f64,
    /// One of ten draws lies below.
    pub p10: f64,
    /// Half of the draws lie below.
    pub p50: f64,
    /// One of ten draws lies above.
    pub p90: f64,
}

impl Band {
    /// The other way round.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { mean: -self.mean, p10: -self.p90, p50: -self.p50, p90: -self.p10 }
    }

    /// The band of figures, one a draw.
    #[must_use]
    pub fn of(figures: &[f64]) -> Self {
        let mut sorted = figures.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = share * (sorted.len().max(1) - 1) as f64;
            let (low, high) = (place.floor() as usize, place.ceil() as usize);
            let value = |at: usize| sorted.get(at).copied().unwrap_or(f64::NAN);
            value(low) + (value(high) - value(low)) * (place - place.floor())
        };
        Self {
            mean: figures.iter().sum::<f64>() / figures.len() as f64,
            p10: at(0.1),
            p50: at(0.5),
            p90: at(0.9),
        }
    }
}
