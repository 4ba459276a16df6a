//! Several forecasts taken together, and last year's month with a growth that all share.

use super::{SEASON, seasonal_naive};
use crate::figure::NoFigure;

/// Growth over a year that the last months of a long series show: the mean difference of the last three months from the
/// same months of the year before.
///
/// Equation: [`methods.md#last-year-with-growth`](../../../../docs/book/methods.md#last-year-with-growth).
///
/// # Errors
/// Fewer than fifteen values, or values that are missing.
pub fn recent_growth(reference: &[f64]) -> Result<f64, NoFigure> {
    const MONTHS: usize = 3;
    let count = reference.len();
    let Some(start) = count.checked_sub(SEASON + MONTHS) else {
        return Err(NoFigure::TooFewValues);
    };
    let sum: f64 =
        (start..start + MONTHS).map(|month| reference[month + SEASON] - reference[month]).sum();
    if sum.is_finite() { Ok(sum / MONTHS as f64) } else { Err(NoFigure::NotFinite) }
}

/// The same month of the last year seen, moved by a growth over a year for every year between.
///
/// Equation: [`methods.md#last-year-with-growth`](../../../../docs/book/methods.md#last-year-with-growth).
///
/// # Errors
/// As of [`seasonal_naive`].
pub fn last_year(series: &[f64], growth: f64, horizon: usize) -> Result<f64, NoFigure> {
    let before = seasonal_naive(series, horizon)?.centre;
    Ok(before + growth * ((horizon - 1) / SEASON + 1) as f64)
}

/// Weights of several ways of forecasting, by their mean absolute errors so far: one over the square, and a sum of one.
/// All the same where one of them was never off.
///
/// Equation: [`methods.md#combination`](../../../../docs/book/methods.md#combination).
///
/// # Source
/// `bates_granger_1969`
#[must_use]
pub fn inverse_error_weights<const N: usize>(errors: [f64; N]) -> [f64; N] {
    let precision = errors.map(|error| 1.0 / (error * error));
    let sum: f64 = precision.iter().sum();
    if sum.is_finite() && sum > 0.0 { precision.map(|one| one / sum) } else { [1.0 / N as f64; N] }
}

/// The weighted mean of what several ways say.
#[must_use]
pub fn combined<const N: usize>(said: &[f64; N], weights: &[f64; N]) -> f64 {
    said.iter().zip(weights).map(|(said, weight)| said * weight).sum()
}

/// The middle of what several ways say: the median, of an even number the mean of the two in the middle.
///
/// Equation: [`methods.md#combination`](../../../../docs/book/methods.md#combination).
///
/// # Source
/// `petropoulos_svetunkov_2020`
#[must_use]
pub fn middle<const N: usize>(said: &[f64; N]) -> f64 {
    let mut sorted = *said;
    sorted.sort_by(f64::total_cmp);
    f64::midpoint(sorted[(N - 1) / 2], sorted[N / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_the_mean_of_three_yearly_differences() {
        let mut series = vec![1.0; 16];
        series[13] = 1.3;
        series[14] = 1.6;
        series[15] = 1.0;
        assert!((recent_growth(&series).unwrap() - 0.3).abs() < 1e-12);
        assert_eq!(recent_growth(&series[..14]), Err(NoFigure::TooFewValues));
    }

    #[test]
    fn last_year_moves_by_a_growth_a_year() {
        let series: Vec<f64> = (0..13).map(f64::from).collect();
        assert!((last_year(&series, 0.5, 1).unwrap() - 1.5).abs() < 1e-12);
        assert!((last_year(&series, 0.5, 13).unwrap() - 2.0).abs() < 1e-12);
    }

    /// By hand: 1, 1/4 and 1/4 of a sum of 1.5.
    #[test]
    fn half_of_the_error_is_four_times_the_weight() {
        let weights = inverse_error_weights([0.1, 0.2, 0.2]);
        for (weight, expected) in weights.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((weight - expected).abs() < 1e-12, "{weights:?}");
        }
        assert!((combined(&[3.0, 6.0, 0.0], &weights) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn one_that_was_never_off_is_not_weighed_for_ever() {
        let weights = inverse_error_weights([0.0, 1.0]);
        assert!((weights[0] - 0.5).abs() < 1e-12 && (weights[1] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_middle_is_not_moved_by_one_far_off() {
        assert!((middle(&[1.0, 3.0, 100.0, 2.0]) - 2.5).abs() < 1e-12);
        assert!((middle(&[1.0, 100.0, 2.0]) - 2.0).abs() < 1e-12);
    }
}
