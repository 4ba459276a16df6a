//! As it was a year before.

use super::{Ahead, SEASON};
use crate::figure::NoFigure;

/// The same month of the last year seen, with the spread of past differences between a month and its year before.
///
/// Equation: [`methods.md#seasonal-naive`](../../../../docs/book/methods.md#seasonal-naive).
///
/// # Errors
/// Fewer than twelve months, or values that are missing.
pub fn seasonal_naive(series: &[f64], horizon: usize) -> Result<Ahead, NoFigure> {
    if series.iter().any(|value| !value.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    let Some(year) = series.len().checked_sub(SEASON) else { return Err(NoFigure::TooFewValues) };
    if horizon == 0 {
        return Err(NoFigure::TooFewValues);
    }
    let centre = series[year + (horizon - 1) % SEASON];
    let squares: f64 = (0..year).map(|month| difference(series, month)).sum();
    let spread = if year < 3 { f64::NAN } else { (squares / year as f64).sqrt() };
    let years = (horizon - 1) / SEASON + 1;
    Ok(Ahead { centre, spread: spread * (years as f64).sqrt() })
}

fn difference(series: &[f64], month: usize) -> f64 {
    let difference = series[month + SEASON] - series[month];
    difference * difference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_as_it_was_a_year_before() {
        let series: Vec<f64> = (0..15).map(f64::from).collect();
        assert!((seasonal_naive(&series, 1).unwrap().centre - 3.0).abs() < 1e-12);
        assert!((seasonal_naive(&series, 12).unwrap().centre - 14.0).abs() < 1e-12);
        assert!((seasonal_naive(&series, 13).unwrap().centre - 3.0).abs() < 1e-12);
    }

    #[test]
    fn its_spread_is_that_of_yearly_differences() {
        let series: Vec<f64> = (0..15).map(f64::from).collect();
        assert!((seasonal_naive(&series, 1).unwrap().spread - 12.0).abs() < 1e-12);
    }

    #[test]
    fn eleven_months_are_too_few() {
        assert_eq!(seasonal_naive(&[1.0; 11], 1), Err(NoFigure::TooFewValues));
    }
}
