//! Limits of the indices by sampling, as the official tool works them out.

use super::{IndexLimits, Line, Measure, SlopeIndex, ends, fit};
use crate::distributions::normal;
use crate::figure::Limits;
use crate::level::Level;
use crate::random::{Key, Stream};

/// The number of this decision among keyed draws.
const GROUP_VALUE: u32 = 1;

impl SlopeIndex {
    /// Limits of both indices from `repetitions` draws of every group's value (100,000 by convention).
    ///
    /// The draws are keyed by seed, so the same seed gives the same limits on any machine.
    ///
    /// # Source
    /// `low_low_2004`, `fingertips_methods`
    #[must_use]
    pub fn sampled_limits(&self, level: &Level, seed: u64, repetitions: u32) -> IndexLimits {
        let mut slopes = Vec::with_capacity(repetitions as usize);
        let mut ratios = Vec::with_capacity(repetitions as usize);
        let mut keep = |(intercept, slope)| {
            let (from, to) = ends(self.measure, self.line, intercept, slope);
            slopes.push(to - from);
            ratios.push(to / from);
        };
        if self.line == Line::Natural && self.measure != Measure::Amount {
            self.draw_groups(seed, repetitions, &mut keep);
        } else {
            self.draw_lines(seed, repetitions, &mut keep);
        }
        let tail = normal::cumulative(-level.z());
        IndexLimits { sii: tails(&mut slopes, tail), rii: tails(&mut ratios, tail) }
    }
}

impl SlopeIndex {
    /// Draws every group's value and fits the line anew: needed where a group's error is not normal on the scale
    /// of the line.
    fn draw_groups(&self, seed: u64, repetitions: u32, keep: &mut impl FnMut((f64, f64))) {
        let mut streams: Vec<Stream> =
            (0..self.groups.len() as u32).map(|unit| stream(seed, unit)).collect();
        let centres: Vec<f64> =
            self.groups.iter().map(|group| self.measure.transformed(group.value)).collect();
        for _ in 0..repetitions {
            let places = streams.iter_mut().zip(&centres).zip(&self.groups);
            let values = places.map(|((stream, centre), group)| {
                self.measure.restored(stream.normal(*centre, group.standard_error))
            });
            keep(fit(&self.weights, values));
        }
    }

    /// Draws the fitted line itself, which is jointly normal where every value on its scale is: the same
    /// distribution from two draws instead of one for each group.
    fn draw_lines(&self, seed: u64, repetitions: u32, keep: &mut impl FnMut((f64, f64))) {
        let joint = self.joint();
        let (mut ends, mut slopes) = (stream(seed, 0), stream(seed, 1));
        for _ in 0..repetitions {
            let off = joint.intercept.1 * ends.standard_normal();
            let slope = joint.slope_at_mean + joint.slope_per_intercept * off;
            keep((joint.intercept.0 + off, slopes.normal(slope, joint.slope_error)));
        }
    }
}

fn stream(seed: u64, unit: u32) -> Stream {
    Stream::new(Key { seed, decision: GROUP_VALUE, unit, time: 0 })
}

/// The quantiles of draws that leave a share `tail` outside on each side.
pub(super) fn tails(draws: &mut [f64], tail: f64) -> Limits {
    Limits { lower: selected(draws, tail), upper: selected(draws, 1.0 - tail) }
}

/// The same percentile as of ordered draws (R's type 7), found without ordering them all.
fn selected(draws: &mut [f64], share: f64) -> f64 {
    let position = share * (draws.len() - 1) as f64;
    let (_, low, above) = draws.select_nth_unstable_by(position as usize, f64::total_cmp);
    let low = *low;
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    low + (next - low) * position.fract()
}
