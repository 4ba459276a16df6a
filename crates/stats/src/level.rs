//! A confidence level with everything that depends on it alone worked out once.

use vocab::Confidence;

use crate::count::exact_poisson;
use crate::distributions::normal;
use crate::figure::Limits;

/// Counts below this have exact limits; the approximation is good from here.
pub(crate) const EXACT_BELOW: usize = 10;

/// A confidence level ready for millions of intervals: its z and the exact limits of small counts.
#[derive(Debug, Clone)]
pub struct Level {
    confidence: Confidence,
    z: f64,
    small_counts: [Limits; EXACT_BELOW],
}

impl Level {
    /// Works out a level; some 40 microseconds, so keep it over a column.
    #[must_use]
    pub fn new(confidence: Confidence) -> Self {
        let small_counts = std::array::from_fn(|count| exact_poisson(count as f64, confidence));
        Self { confidence, z: normal::two_sided_z(confidence), small_counts }
    }

    /// The level itself.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The multiplier of a standard error: 1.959964 for 95%.
    #[must_use]
    pub const fn z(&self) -> f64 {
        self.z
    }

    /// The share left outside on each side: 0.025 for 95%.
    #[must_use]
    pub fn tail(&self) -> f64 {
        normal::cumulative(-self.z)
    }

    /// The exact limits of a small whole count, from the table.
    pub(crate) fn small_count(&self, count: f64) -> Option<Limits> {
        let position = count as usize;
        let is_whole = (position as f64 - count).abs() < f64::EPSILON;
        is_whole.then(|| self.small_counts.get(position).copied()).flatten()
    }
}
