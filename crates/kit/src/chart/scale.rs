//! A linear scale with round ticks.

/// From values to coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
    step: f64,
}

impl Scale {
    /// A scale over the finite values, widened to round ticks; all-equal and empty values get a scale too.
    pub(crate) fn over(
        values: impl IntoIterator<Item = f64>,
        (start, end): (f64, f64),
        ticks: f64,
    ) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (low, high) = finite
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let margin = low.abs().max(high.abs()).max(1e-9) * 1e-9;
        let (low, high) = if high - low > margin { (low, high) } else { widened(low) };
        let step = round_step((high - low) / ticks);
        let from = libm::floor(low / step + 1e-9) * step;
        let to = libm::ceil(high / step - 1e-9) * step;
        Self { from, to, start, end, step }
    }

    /// The coordinate of a value, held inside the plot.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        let share = if share.is_finite() { share } else { 0.0 };
        self.start + share * (self.end - self.start)
    }

    /// Whether a value lies on the scale.
    pub(crate) fn holds(&self, value: f64) -> bool {
        value.is_finite() && value >= self.from && value <= self.to
    }

    /// The round values.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let count = libm::round((self.to - self.from) / self.step) as usize;
        (0..=count.min(50)).map(|index| self.from + index as f64 * self.step).collect()
    }

    /// The distance between ticks.
    pub(crate) const fn step(&self) -> f64 {
        self.step
    }

    /// The values at the two ends.
    pub(crate) const fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }
}

/// A single value with room on both sides; a single nought gets nought to one.
fn widened(value: f64) -> (f64, f64) {
    let room = (value.abs() * 0.1).max(1e-9);
    if value.abs() < 1e-9 { (0.0, 1.0) } else { (value - room, value + room) }
}

/// The next of 1, 2, 2.5, 5 times a power of ten.
fn round_step(raw: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(raw)));
    let ratio = raw / power;
    let nice = [1.0, 2.0, 2.5, 5.0].into_iter().find(|&nice| ratio <= nice + 1e-9).unwrap_or(10.0);
    nice * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let scale = Scale::over([0.03, 0.47], (0.0, 100.0), 5.0);
        assert_eq!(scale.ends(), (0.0, 0.5));
        assert_eq!(scale.ticks().len(), 6);
    }

    #[test]
    fn nothing_one_value_and_nought_have_a_scale() {
        for values in [vec![], vec![7.0], vec![0.0, 0.0], vec![f64::NAN], vec![1e-300]] {
            let scale = Scale::over(values, (0.0, 100.0), 5.0);
            assert!(scale.at(7.0).is_finite());
            assert!(scale.ticks().len() > 1);
        }
    }
}
