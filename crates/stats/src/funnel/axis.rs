//! The hundred places along the axis at which a funnel is drawn.

/// How the hundred places follow one another; the official tools space ratios slightly differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// For proportions and rates.
    Standard,
    /// For ratios.
    Ratio,
}

/// The ends of a funnel's axis, rounded so that they look tidy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// First place on the axis, or 0.
    pub low: f64,
    /// Last place on the axis.
    pub high: f64,
}

impl Axis {
    /// The axis of places whose sizes lie between `smallest` and `largest`.
    ///
    /// It begins at 0 unless the largest is at most twice the smallest.
    ///
    /// # Source
    /// `fingertips_methods`
    #[must_use]
    pub fn around(smallest: f64, largest: f64) -> Self {
        let low = if largest > 2.0 * smallest { 0.0 } else { tidy_floor(smallest) };
        Self { low, high: tidy_ceiling(largest) }
    }

    /// A hundred whole numbers from the low to the high end, growing by a near constant factor.
    #[must_use]
    pub fn places(self, spacing: Spacing) -> Vec<f64> {
        let offset = match spacing {
            Spacing::Standard => 0.0,
            Spacing::Ratio => 1.0,
        };
        let mut place = self.low.max(1.0);
        let mut places = vec![place];
        for step in 2..=100_u32 {
            let left = 101.0 - (f64::from(step) - offset);
            let next = (libm::pow(self.high / place, 1.0 / left) * place).round_ties_even();
            place = next.max(place + 1.0);
            places.push(place);
        }
        places
    }
}

/// 95% of a size, rounded down to its first digit.
fn tidy_floor(size: f64) -> f64 {
    let reduced = size * 0.95;
    let unit = libm::pow(10.0, digits(reduced.floor()) - 1.0);
    (reduced / unit).floor() * unit
}

/// 105% of a size, rounded up to its second digit.
fn tidy_ceiling(size: f64) -> f64 {
    let raised = size * 1.05;
    let unit = libm::pow(10.0, digits(raised.ceil()) - 2.0);
    (raised / unit).ceil() * unit
}

/// The number of digits of a whole number.
fn digits(number: f64) -> f64 {
    if number < 1.0 { 1.0 } else { libm::log10(number).floor() + 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_a_hundred_rising_places() {
        let axis = Axis::around(10.0, 104_000.0);
        assert_eq!((axis.low, axis.high), (0.0, 110_000.0));
        let places = axis.places(Spacing::Standard);
        assert_eq!((places.len(), places[0], places[99]), (100, 1.0, 110_000.0));
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn similar_places_start_away_from_nought() {
        let axis = Axis::around(11_000.0, 14_000.0);
        assert_eq!((axis.low, axis.high), (10_000.0, 15_000.0));
    }
}
