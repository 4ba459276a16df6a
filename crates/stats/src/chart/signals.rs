//! The four signals of special cause.

use super::Rules;
use crate::figure::Limits;

/// One kind of signal, in the order in which they are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// A point outside the limits.
    Outside,
    /// Part of seven points all rising or all falling.
    Trend,
    /// One of two out of three points near a limit, all three on one side.
    TwoOfThree,
    /// Part of seven points on one side of the mean.
    Run,
}

/// The signals at one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signals(u8);

impl Signals {
    /// Whether this signal is given.
    #[must_use]
    pub const fn has(self, signal: Signal) -> bool {
        self.0 & (1 << signal as u8) != 0
    }

    /// Whether nothing but the usual variation is seen.
    #[must_use]
    pub const fn is_common_cause(self) -> bool {
        self.0 == 0
    }

    /// The signal to report where there are several.
    #[must_use]
    pub fn foremost(self) -> Option<Signal> {
        let order = [Signal::Outside, Signal::Trend, Signal::TwoOfThree, Signal::Run];
        order.into_iter().find(|signal| self.has(*signal))
    }

    fn set(&mut self, signal: Signal) {
        self.0 |= 1 << signal as u8;
    }
}

/// The signals of one segment's values: each beside its own limits and near limits, all beside one middle.
pub(super) fn marked(
    values: &[f64],
    middle: f64,
    bounds: &[Option<[Limits; 2]>],
    rules: &Rules,
) -> Vec<Signals> {
    let mut marks = vec![Signals::default(); values.len()];
    let sides: Vec<i8> = values.iter().map(|value| sign(value - middle)).collect();
    let mut close = vec![false; values.len()];
    for (at, (value, bounds)) in values.iter().zip(bounds).enumerate() {
        let Some([limits, near]) = bounds.filter(|_| value.is_finite()) else { continue };
        if limits.contains(*value) {
            close[at] = !near.contains(*value);
        } else {
            marks[at].set(Signal::Outside);
        }
    }
    mark_streaks(&sides, rules.run, Signal::Run, &mut marks);
    let steps: Vec<i8> = values.windows(2).map(|pair| sign(pair[1] - pair[0])).collect();
    mark_steps(&steps, rules.trend, &mut marks);
    mark_two_of_three(&close, &sides, &mut marks);
    marks
}

fn sign(difference: f64) -> i8 {
    i8::from(difference > 0.0) - i8::from(difference < 0.0)
}

/// Marks every point of `length` or more neighbours that are equal and not 0.
fn mark_streaks(sides: &[i8], length: usize, signal: Signal, marks: &mut [Signals]) {
    let mut start = 0;
    for streak in sides.chunk_by(|a, b| a == b) {
        if streak[0] != 0 && streak.len() >= length {
            marks[start..start + streak.len()].iter_mut().for_each(|mark| mark.set(signal));
        }
        start += streak.len();
    }
}

/// Marks the points of every streak of steps in one direction: one point more than steps.
fn mark_steps(steps: &[i8], points: usize, marks: &mut [Signals]) {
    let mut start = 0;
    for streak in steps.chunk_by(|a, b| a == b) {
        if streak[0] != 0 && streak.len() + 1 >= points {
            marks[start..=start + streak.len()].iter_mut().for_each(|mark| mark.set(Signal::Trend));
        }
        start += streak.len();
    }
}

fn mark_two_of_three(close: &[bool], sides: &[i8], marks: &mut [Signals]) {
    for start in 0..close.len().saturating_sub(2) {
        let three = start..start + 3;
        let near = close[three.clone()].iter().filter(|is_close| **is_close).count();
        if near < 2 || sides[three.clone()].iter().sum::<i8>().abs() != 3 {
            continue;
        }
        for point in three.filter(|point| close[*point]) {
            marks[point].set(Signal::TwoOfThree);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::{Rules, Signal, xmr};

    fn marked(values: &[f64], signal: Signal) -> Vec<usize> {
        let chart = xmr(values, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        (0..values.len()).filter(|at| chart.signals[*at].has(signal)).collect()
    }

    #[test]
    fn seven_rising_points_are_a_trend_and_six_are_not() {
        let seven = [5., 3., 4., 5., 6., 7., 8., 9., 5., 3.];
        assert_eq!(marked(&seven, Signal::Trend), [1, 2, 3, 4, 5, 6, 7]);
        let six = [5., 4., 5., 6., 7., 8., 9., 5., 3.];
        assert_eq!(marked(&six, Signal::Trend), Vec::<usize>::new());
    }

    #[test]
    fn an_equal_neighbour_ends_a_trend() {
        let broken = [3., 4., 5., 6., 6., 7., 8., 9., 1.];
        assert_eq!(marked(&broken, Signal::Trend), Vec::<usize>::new());
    }

    #[test]
    fn seven_points_on_one_side_are_a_run() {
        let shifted = [1., 2., 1., 2., 1., 2., 1., 6., 5., 6., 5., 6., 5., 6.];
        assert_eq!(marked(&shifted, Signal::Run).len(), 14);
        let mut with_six = shifted.to_vec();
        with_six.pop();
        assert_eq!(marked(&with_six, Signal::Run), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn two_of_three_near_a_limit_are_marked_and_the_third_is_not() {
        let mut values: Vec<f64> = [10., 11.].into_iter().cycle().take(30).collect();
        values.extend([12.75, 11.5, 12.75]);
        assert_eq!(marked(&values, Signal::TwoOfThree), [30, 32]);
    }
}
