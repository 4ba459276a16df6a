//! Whether a series of years goes up or down by more than chance.
//!
//! Proportions and crude rates carry their own chance variation, so their trend is tested against it
//! (chi-squared for trend, as the Fingertips site does over five periods). For any other indicator, where only
//! the values are known, Kendall's rank test asks whether later values tend to be higher. The answer names the
//! test that was used.

use vocab::Confidence;

use crate::distributions::{chi_squared, normal};
use crate::figure::{NoFigure, counted};

/// Fewest periods from which a trend is tested.
const FEWEST_PERIODS: usize = 5;

/// The test behind a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// Chi-squared for linear trend, one degree of freedom.
    ChiSquared,
    /// Kendall's rank correlation, normal approximation with ties.
    Kendall,
}

/// Which way a series goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Rising by more than chance.
    Rising,
    /// Falling by more than chance.
    Falling,
    /// No change that chance could not explain.
    NoSignificantChange,
}

/// A tested trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Which test was used.
    pub test: Test,
    /// Chi-squared, or Kendall's S over its standard error, signed by direction.
    pub statistic: f64,
    /// The probability of a trend as strong by chance alone (two-sided).
    pub p_value: f64,
    /// Sign of the trend: positive is rising.
    slope: f64,
}

impl Trend {
    /// Which way the series goes at this confidence.
    #[must_use]
    pub fn direction(&self, confidence: Confidence) -> Direction {
        match self.slope {
            _ if self.p_value >= 1.0 - confidence.level() => Direction::NoSignificantChange,
            slope if slope > 0.0 => Direction::Rising,
            _ => Direction::Falling,
        }
    }
}

/// How counts vary by chance around a common level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Each of the denominator counts at most once (binomial).
    Proportion,
    /// Events of a population (Poisson).
    Rate,
}

/// The trend of proportions or crude rates over time; `times` say how far the periods stand apart, in any unit.
///
/// Equation: [`methods.md#trend`](../../../docs/book/methods.md#trend).
///
/// # Errors
/// Fewer than five periods, missing or negative numbers, an empty denominator, or nothing that varies.
///
/// # Source
/// `armitage_1955`, `fingertips_trends`
pub fn trend_of_counts(
    kind: Counts,
    times: &[f64],
    numerators: &[f64],
    denominators: &[f64],
) -> Result<Trend, NoFigure> {
    counted(numerators)?;
    counted(denominators)?;
    let periods = times.len();
    if periods < FEWEST_PERIODS || numerators.len() != periods || denominators.len() != periods {
        return Err(NoFigure::TooFewValues);
    }
    if denominators.contains(&0.0) {
        return Err(NoFigure::EmptyDenominator);
    }
    let people: f64 = denominators.iter().sum();
    let level = numerators.iter().sum::<f64>() / people;
    let times = || times.iter();
    let centre = times().zip(denominators).map(|(t, n)| t * n).sum::<f64>() / people;
    let score: f64 = times().zip(numerators).map(|(t, x)| (t - centre) * x).sum();
    let spread: f64 = times().zip(denominators).map(|(t, n)| (t - centre) * (t - centre) * n).sum();
    let chance = match kind {
        Counts::Proportion if level > 1.0 => return Err(NoFigure::NumeratorAboveDenominator),
        Counts::Proportion => level * (1.0 - level),
        Counts::Rate => level,
    };
    if chance == 0.0 {
        return Err(NoFigure::NoVariation);
    }
    let statistic = score * score / (chance * spread);
    let p_value = chi_squared::above(statistic, 1.0);
    Ok(Trend { test: Test::ChiSquared, statistic, p_value, slope: score })
}

/// The trend of any values in order of time, by Kendall's test.
///
/// # Errors
/// Fewer than five values, missing values, or values that are all the same.
///
/// # Source
/// `kendall_1938`
pub fn trend_of_values(values: &[f64]) -> Result<Trend, NoFigure> {
    if values.len() < FEWEST_PERIODS {
        return Err(NoFigure::TooFewValues);
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    let later = |position: usize| values[position + 1..].iter();
    let sign = |from: f64, to: f64| f64::from(i8::from(to > from) - i8::from(to < from));
    let pairs = values.iter().enumerate();
    let score: f64 =
        pairs.map(|(at, from)| later(at).map(|to| sign(*from, *to)).sum::<f64>()).sum();
    let variance = kendall_variance(values);
    if variance == 0.0 {
        return Err(NoFigure::NoVariation);
    }
    let statistic = (score.abs() - 1.0).max(0.0).copysign(score) / variance.sqrt();
    let p_value = 2.0 * normal::cumulative(-statistic.abs());
    Ok(Trend { test: Test::Kendall, statistic, p_value, slope: score })
}

/// Variance of Kendall's score when nothing changes, less what ties take away.
fn kendall_variance(values: &[f64]) -> f64 {
    let part = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let mut ordered = values.to_vec();
    ordered.sort_by(f64::total_cmp);
    let tied: f64 =
        ordered.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(|tie| part(tie.len() as f64)).sum();
    (part(values.len() as f64) - tied) / 18.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEARS: [f64; 5] = [2020.0, 2021.0, 2022.0, 2023.0, 2024.0];

    #[test]
    fn a_steady_rise_is_found_and_a_flat_series_is_not() {
        let counts = [10.0, 20.0, 30.0, 40.0, 50.0];
        let rising = trend_of_counts(Counts::Proportion, &YEARS, &counts, &[100.0; 5]);
        assert_eq!(rising.unwrap().direction(Confidence::P95), Direction::Rising);
        let flat = trend_of_counts(Counts::Rate, &YEARS, &[10.0; 5], &[100.0; 5]).unwrap();
        assert_eq!(
            (flat.statistic, flat.direction(Confidence::P95)),
            (0.0, Direction::NoSignificantChange)
        );
    }

    #[test]
    fn the_chi_squared_of_a_small_table_is_worked_by_hand() {
        // 10, 12, 14, 16, 18 of 50: level 0.28, score 20, spread 500, chance 0.2016.
        let counts = [10.0, 12.0, 14.0, 16.0, 18.0];
        let statistic = |times| {
            trend_of_counts(Counts::Proportion, times, &counts, &[50.0; 5]).unwrap().statistic
        };
        assert!((statistic(&YEARS) - 400.0 / (0.2016 * 500.0)).abs() < 1e-12);
        // The fourth year is not there: score 24, spread 740.
        let gap = [2020.0, 2021.0, 2022.0, 2023.0, 2025.0];
        assert!((statistic(&gap) - 576.0 / (0.2016 * 740.0)).abs() < 1e-9);
    }

    #[test]
    fn a_series_of_noughts_has_no_trend_to_test() {
        let none = trend_of_counts(Counts::Rate, &YEARS, &[0.0; 5], &[10.0; 5]);
        assert_eq!(none.unwrap_err(), NoFigure::NoVariation);
        assert_eq!(trend_of_values(&[3.0; 6]).unwrap_err(), NoFigure::NoVariation);
        assert_eq!(trend_of_values(&[3.0; 4]).unwrap_err(), NoFigure::TooFewValues);
    }

    #[test]
    fn kendalls_score_is_worked_by_hand() {
        // Six falling values: S = -15, variance 28.333, so (15 - 1) / √28.333.
        let trend = trend_of_values(&[9.0, 8.0, 6.0, 5.0, 3.0, 1.0]).unwrap();
        assert!((trend.statistic + 14.0 / (6.0 * 5.0 * 17.0 / 18.0_f64).sqrt()).abs() < 1e-12);
        assert_eq!(trend.direction(Confidence::P95), Direction::Falling);
    }
}
