//! Limits of the indices by sampling, as the official tool works them out.

use super::{IndexLimits, Line, SlopeIndex, ends, fit};
use crate::distributions::normal;
use crate::figure::Limits;
use crate::funnel::overdispersion::percentile;
use crate::level::Level;
use crate::random::{Key, Stream};

/// The number of this decision among keyed draws.
const GROUP_VALUE: u32 = 1;

impl SlopeIndex {
    /// Limits of both indices from `repetitions` draws of every group's value (100,000 by convention).
    ///
    /// The draws are keyed by seed and group, so the same seed gives the same limits on any machine.
    ///
    /// # Source
    /// `low_low_2004`, `fingertips_methods`
    #[must_use]
    pub fn sampled_limits(&self, level: &Level, seed: u64, repetitions: u32) -> IndexLimits {
        let mut streams: Vec<Stream> = (0..self.groups.len() as u32)
            .map(|unit| Stream::new(Key { seed, decision: GROUP_VALUE, unit, time: 0 }))
            .collect();
        let centres: Vec<f64> =
            self.groups.iter().map(|group| self.measure.transformed(group.value)).collect();
        let mut slopes = Vec::with_capacity(repetitions as usize);
        let mut ratios = Vec::with_capacity(repetitions as usize);
        for _ in 0..repetitions {
            let places = streams.iter_mut().zip(&centres).zip(&self.groups);
            let values = places.map(|((stream, centre), group)| {
                let drawn = stream.normal(*centre, group.standard_error);
                if self.line == Line::Natural { self.measure.restored(drawn) } else { drawn }
            });
            let (intercept, slope) = fit(&self.weights, values);
            let (from, to) = ends(self.measure, self.line, intercept, slope);
            slopes.push(to - from);
            ratios.push(to / from);
        }
        let tail = normal::cumulative(-level.z());
        IndexLimits { sii: tails(&mut slopes, tail), rii: tails(&mut ratios, tail) }
    }
}

fn tails(draws: &mut [f64], tail: f64) -> Limits {
    draws.sort_unstable_by(f64::total_cmp);
    Limits { lower: percentile(draws, tail), upper: percentile(draws, 1.0 - tail) }
}
