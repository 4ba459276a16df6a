//! One group at one point of the search: what its rows say of a shift common to them.

use std::ops::Range;

use super::family::{Family, Jet};
use super::laplace::Pull;
use super::layout::Layout;

/// Sums over the rows of a group, all at the same shift.
pub type Sums = Jet;

/// A group whose linear predictors are known but for the shift.
pub struct Group<'a> {
    layout: &'a Layout,
    rows: Range<usize>,
    predictors: &'a [f64],
    size: f64,
    poisson: Option<PoissonTotals>,
}

/// All that a group of Poisson counts needs: one exponential moves its mean.
#[derive(Clone, Copy)]
struct PoissonTotals {
    events: f64,
    mean: f64,
    value: f64,
}

impl<'a> Group<'a> {
    /// `predictors` are those of the rows; `means` their exponentials, for Poisson counts only.
    pub fn new(
        layout: &'a Layout,
        rows: Range<usize>,
        predictors: &'a [f64],
        means: &[f64],
        size: f64,
    ) -> Self {
        let poisson = (layout.family == Family::Poisson).then(|| {
            let events = &layout.events[rows.clone()];
            let saturated = &layout.saturated[rows.clone()];
            let products = events.iter().zip(predictors).zip(saturated);
            let products = products.map(|((events, eta), saturated)| events * eta - saturated);
            PoissonTotals {
                events: events.iter().sum(),
                mean: means.iter().sum(),
                value: products.sum(),
            }
        });
        Self { layout, rows, predictors, size, poisson }
    }

    /// First and second derivative of the log-likelihood by the shift.
    pub fn slopes(&self, shift: f64) -> (f64, f64) {
        if let Some(totals) = &self.poisson {
            let mean = totals.mean * libm::exp(shift);
            return (totals.events - mean, -mean);
        }
        let mut sums = (0.0, 0.0);
        for (row, predictor) in self.rows.clone().zip(self.predictors) {
            let count = self.layout.count(row);
            let (first, second) = self.layout.family.slopes(count, predictor + shift, self.size);
            sums.0 += first;
            sums.1 += second;
        }
        sums
    }

    /// All sums at a shift.
    pub fn sums(&self, shift: f64) -> Sums {
        if let Some(totals) = &self.poisson {
            let mean = totals.mean * libm::exp(shift);
            let value = totals.value + totals.events * shift - mean;
            let first = totals.events - mean;
            return Jet { value, first, second: -mean, third: -mean, ..Jet::default() };
        }
        let mut sums = Jet::default();
        self.each(shift, |_, jet| {
            sums.value += jet.value;
            sums.first += jet.first;
            sums.second += jet.second;
            sums.third += jet.third;
            sums.value_by_size += jet.value_by_size;
            sums.first_by_size += jet.first_by_size;
            sums.second_by_size += jet.second_by_size;
        });
        sums
    }

    /// The jet of each row at a shift.
    pub fn each(&self, shift: f64, mut visit: impl FnMut(usize, &Jet)) {
        for (position, (row, predictor)) in self.rows.clone().zip(self.predictors).enumerate() {
            let count = self.layout.count(row);
            let mut jet = self.layout.family.jet(count, predictor + shift, self.size);
            jet.value -= self.layout.saturated[row];
            visit(position, &jet);
        }
    }

    /// Adds to each row the pull on its own η.
    pub fn pull(&self, pull: &Pull, means: &[f64], pulls: &mut [f64]) {
        if self.poisson.is_some() {
            let factor = libm::exp(pull.shift) * (1.0 + pull.half_variance + pull.indirect);
            let events = &self.layout.events[self.rows.clone()];
            for ((into, events), mean) in pulls.iter_mut().zip(events).zip(means) {
                *into = events - mean * factor;
            }
            return;
        }
        self.each(pull.shift, |row, jet| {
            pulls[row] = jet.first + pull.half_variance * jet.third + pull.indirect * jet.second;
        });
    }
}

/// The point where a falling slope crosses nought, by Newton's method kept within a bracket.
///
/// `slopes` gives the slope and its derivative; `start` is the answer of the search before this one.
pub fn mode(start: f64, mut slopes: impl FnMut(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut point = start;
    for _ in 0..200 {
        let (slope, bend) = slopes(point);
        if slope > 0.0 {
            low = point;
        } else {
            high = point;
        }
        let step = if bend < 0.0 { -slope / bend } else { slope.signum() };
        let mut next = point + step.clamp(-4.0, 4.0);
        if next < low || next > high {
            next =
                if low.is_finite() && high.is_finite() { f64::midpoint(low, high) } else { next };
        }
        let moved = (next - point).abs();
        point = next;
        if moved <= 1e-9 * (1.0 + point.abs()) {
            break;
        }
    }
    point
}

#[cfg(test)]
mod tests {
    use super::mode;

    #[test]
    fn the_mode_is_found_from_far_away_on_both_sides() {
        let slopes = |x: f64| (5.0 - libm::exp(3.0 * x) - x, -3.0 * libm::exp(3.0 * x) - 1.0);
        for start in [-60.0, 0.0, 40.0] {
            let found = mode(start, slopes);
            let slope = slopes(found).0;
            assert!(slope.abs() < 1e-9, "{start}: {found}, slope {slope:e}");
        }
    }
}
