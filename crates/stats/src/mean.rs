//! Means with Student's limits.

use vocab::Confidence;

use crate::distributions::student;
use crate::figure::{Limits, NoFigure};

/// Values added one at a time, keeping their number, sum and spread.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Values {
    count: u64,
    sum: f64,
    mean: f64,
    squares: f64,
}

/// The mean of a group with its spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// How many values.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
    /// Their mean.
    pub value: f64,
    /// Their standard deviation; none for a single value.
    pub standard_deviation: Option<f64>,
}

impl Values {
    /// Adds one value (Welford's update, which does not lose digits).
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        self.sum += value;
        let step = value - self.mean;
        self.mean += step / self.count as f64;
        self.squares += step * (value - self.mean);
    }

    /// The mean of the values so far.
    ///
    /// # Errors
    /// No value, or one that is missing or infinite.
    pub fn mean(&self) -> Result<Mean, NoFigure> {
        if self.count == 0 {
            return Err(NoFigure::TooFewValues);
        }
        if !self.sum.is_finite() {
            return Err(NoFigure::NotFinite);
        }
        let value = self.sum / self.count as f64;
        let freedom = (self.count - 1) as f64;
        let standard_deviation = (self.count > 1).then(|| (self.squares / freedom).sqrt());
        Ok(Mean { count: self.count, sum: self.sum, value, standard_deviation })
    }
}

impl FromIterator<f64> for Values {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut all = Self::default();
        values.into_iter().for_each(|value| all.add(value));
        all
    }
}

impl Mean {
    /// Student's limits of the mean; none for a single value, which has no spread.
    ///
    /// Equation: [`methods.md#mean`](../../../docs/book/methods.md#mean).
    ///
    /// # Source
    /// `student_1908`
    #[must_use]
    pub fn limits(&self, confidence: Confidence) -> Option<Limits> {
        let deviation = self.standard_deviation?;
        let n = self.count as f64;
        let reach = student::upper_quantile(confidence.tail(), n - 1.0) * deviation / n.sqrt();
        Some(Limits { lower: self.value - reach, upper: self.value + reach })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_value_has_a_mean_and_no_limits() {
        let mean = [4.0].into_iter().collect::<Values>().mean().unwrap();
        assert_eq!((mean.value, mean.limits(Confidence::P95)), (4.0, None));
    }

    #[test]
    fn no_values_have_no_mean() {
        assert_eq!(Values::default().mean(), Err(NoFigure::TooFewValues));
    }

    #[test]
    fn equal_values_have_limits_at_their_mean() {
        let mean = [2.0; 5].into_iter().collect::<Values>().mean().unwrap();
        assert_eq!(mean.limits(Confidence::P95), Some(Limits { lower: 2.0, upper: 2.0 }));
    }
}
