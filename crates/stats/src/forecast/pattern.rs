//! The pattern of the months and the growth of a long series.

use super::SEASON;
use crate::figure::NoFigure;

/// How the months of a year differ, and how fast the whole grows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pattern {
    /// January to December, around nought, on the scale of the series.
    pub months: [f64; SEASON],
    /// Growth a year, on the scale of the series.
    pub yearly_growth: f64,
}

impl Pattern {
    /// The effect of a month, counted from January of any year as 0.
    #[must_use]
    pub const fn of(&self, month: usize) -> f64 {
        self.months[month % SEASON]
    }
}

/// Month effects and a straight growth by least squares in which older months count less: a month `memory` months
/// before the last weighs 1/e of it.
///
/// `first` is the calendar month of the first value, January as 0.
/// Equation: [`methods.md#month-pattern`](../../../../docs/book/methods.md#month-pattern).
///
/// # Errors
/// Missing values, a calendar month that never occurs, or none that occurs twice (growth and month cannot be told apart).
pub fn pattern(first: usize, series: &[f64], memory: f64) -> Result<Pattern, NoFigure> {
    if series.iter().any(|value| !value.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    let count = series.len();
    if count <= SEASON {
        return Err(NoFigure::TooFewValues);
    }
    let at = |position: usize| (first + position) % SEASON;
    let weight = |position: usize| libm::exp((position as f64 - count as f64) / memory);
    let mut sums = [[0.0_f64; 3]; SEASON];
    for (position, value) in series.iter().enumerate() {
        let (weight, sum) = (weight(position), &mut sums[at(position)]);
        *sum = [sum[0] + weight, sum[1] + weight * position as f64, sum[2] + weight * value];
    }
    if sums.iter().any(|sum| sum[0] <= 0.0) {
        return Err(NoFigure::TooFewValues);
    }
    let means = sums.map(|sum| (sum[1] / sum[0], sum[2] / sum[0]));
    let (mut across, mut along) = (0.0, 0.0);
    for (position, value) in series.iter().enumerate() {
        let (time, level) = means[at(position)];
        across += weight(position) * (position as f64 - time) * (value - level);
        along += weight(position) * (position as f64 - time) * (position as f64 - time);
    }
    let slope = across / along;
    let effects = means.map(|(time, level)| level - slope * time);
    let middle = effects.iter().sum::<f64>() / SEASON as f64;
    Ok(Pattern {
        months: effects.map(|effect| effect - middle),
        yearly_growth: slope * SEASON as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(months: usize) -> Vec<f64> {
        (0..months)
            .map(|month| 5.0 + 0.01 * month as f64 + f64::from((month + 3) % 12 == 9))
            .collect()
    }

    #[test]
    fn a_made_pattern_is_found_again() {
        let found = pattern(3, &made(31), 24.0).unwrap();
        assert!((found.yearly_growth - 0.12).abs() < 1e-12);
        assert!((found.of(9) - 11.0 / 12.0).abs() < 1e-12, "October {}", found.of(9));
        assert!(found.months.iter().sum::<f64>().abs() < 1e-12);
    }

    #[test]
    fn one_year_tells_no_growth() {
        assert_eq!(pattern(0, &made(12), 24.0), Err(NoFigure::TooFewValues));
    }

    #[test]
    fn a_month_that_never_occurs_has_no_effect_to_give() {
        assert_eq!(pattern(0, &made(9), 24.0), Err(NoFigure::TooFewValues));
    }
}
