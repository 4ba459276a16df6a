//! What every part of a run of the workforce needs: the rates of the draw, the employers and the luck.

use stats::random::{Key, Stream};

use super::place::Employers;
use super::rates::Rates;

/// One draw of the workforce of a place.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub rates: &'a Rates,
    pub employers: &'a Employers,
    /// The seed of the draw.
    pub seed: u64,
}

impl Run<'_> {
    pub(super) const fn stream(&self, decision: u32, unit: u32, time: u32) -> Stream {
        Stream::new(Key { seed: self.seed, decision, unit, time })
    }

    pub(super) fn luck(&self, decision: u32, unit: u32, time: u32) -> f64 {
        self.stream(decision, unit, time).uniform()
    }
}
