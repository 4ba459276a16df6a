//! A level that follows a series, and the theta method that adds half of its trend.

use super::Ahead;
use crate::figure::NoFigure;

/// Weights of a new month that are tried: hundredths up to one.
const TRIED: u32 = 100;

/// A level that takes in each new month by the same weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simple {
    /// Weight of a new month.
    pub weight: f64,
    /// The level after the last month.
    pub level: f64,
    /// Sum of the squared errors one month ahead.
    pub squares: f64,
    /// Months seen.
    pub seen: usize,
}

/// Simple exponential smoothing that starts at the first value.
///
/// Equation: [`methods.md#shared-level`](../../../../docs/book/methods.md#shared-level).
///
/// # Errors
/// Fewer than two values, or values that are missing.
///
/// # Source
/// `hyndman_2008`
pub fn simple(series: &[f64], weight: f64) -> Result<Simple, NoFigure> {
    let (Some(first), true) = (series.first(), series.len() > 1) else {
        return Err(NoFigure::TooFewValues);
    };
    if series.iter().any(|value| !value.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    let (mut level, mut squares) = (*first, 0.0);
    for value in series.get(1..).unwrap_or_default() {
        let error = value - level;
        squares += error * error;
        level += weight * error;
    }
    Ok(Simple { weight, level, squares, seen: series.len() })
}

/// The weight with the least squared error one month ahead over a panel, in which every series counts the same: its
/// errors are measured by its own changes from month to month. Of equals the smallest.
///
/// # Errors
/// No series, or one that [`simple`] refuses.
pub fn common_weight(panel: &[&[f64]]) -> Result<f64, NoFigure> {
    if panel.is_empty() {
        return Err(NoFigure::TooFewValues);
    }
    let mut best = (f64::INFINITY, 1.0);
    let changes: Vec<f64> =
        panel.iter().map(|of| Ok(simple(of, 1.0)?.squares)).collect::<Result<_, NoFigure>>()?;
    for hundredths in 1..=TRIED {
        let weight = f64::from(hundredths) / f64::from(TRIED);
        let mut sum = 0.0;
        for (series, changes) in panel.iter().zip(&changes).filter(|(_, changes)| **changes > 0.0) {
            sum += simple(series, weight)?.squares / changes;
        }
        if sum < best.0 {
            best = (sum, weight);
        }
    }
    Ok(best.1)
}

/// The theta method: a level with half of the slope of a straight line through the series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theta {
    /// The level that follows the series.
    pub smoothed: Simple,
    /// Slope a month of the line by least squares.
    pub slope: f64,
}

/// The standard theta method on a series without season; the weight is the one that fits it best.
///
/// Equation: [`methods.md#theta`](../../../../docs/book/methods.md#theta).
///
/// # Errors
/// Fewer than three values, or values that are missing.
///
/// # Source
/// `assimakopoulos_nikolopoulos_2000`, `hyndman_billah_2003`
pub fn theta(series: &[f64]) -> Result<Theta, NoFigure> {
    if series.len() < 3 {
        return Err(NoFigure::TooFewValues);
    }
    let smoothed = simple(series, common_weight(&[series])?)?;
    Ok(Theta { smoothed, slope: slope(series) })
}

impl Theta {
    /// What it says of the month `horizon` months after the last (1 is the next).
    #[must_use]
    pub fn ahead(&self, horizon: usize) -> Ahead {
        let Simple { weight, level, squares, seen } = self.smoothed;
        let carried = (1.0 - libm::pow(1.0 - weight, seen as f64)) / weight;
        let further = horizon as f64 - 1.0;
        let variance = squares / (seen as f64 - 1.0);
        Ahead {
            centre: level + self.slope / 2.0 * (further + carried),
            spread: (variance * (1.0 + further * weight * weight)).sqrt(),
        }
    }
}

fn slope(series: &[f64]) -> f64 {
    let centre = (series.len() as f64 - 1.0) / 2.0;
    let (mut across, mut along) = (0.0, 0.0);
    for (position, value) in series.iter().enumerate() {
        let time = position as f64 - centre;
        across += time * value;
        along += time * time;
    }
    across / along
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: levels 3, 4, 3.5, 5.25 and errors 2, −1, 3.5.
    #[test]
    fn a_level_goes_half_of_the_way_to_each_month() {
        let found = simple(&[3.0, 5.0, 3.0, 7.0], 0.5).unwrap();
        assert!((found.level - 5.25).abs() < 1e-12);
        assert!((found.squares - 17.25).abs() < 1e-12);
    }

    /// By hand: errors 1 and 3 − w, so that the best weight is 1; the line through 1, 2, 4 rises by 1.5.
    #[test]
    fn theta_adds_half_of_the_slope() {
        let found = theta(&[1.0, 2.0, 4.0]).unwrap();
        assert!((found.smoothed.weight - 1.0).abs() < 1e-12);
        assert!((found.ahead(1).centre - 4.75).abs() < 1e-12);
        assert!((found.ahead(3).centre - 6.25).abs() < 1e-12);
    }

    /// By hand: errors 2 and −2 w, so that the smallest weight, 0.01, is best; the level is 0.0198 and the line is flat.
    #[test]
    fn noise_is_hardly_followed() {
        let found = theta(&[0.0, 2.0, 0.0]).unwrap();
        assert!((found.smoothed.weight - 0.01).abs() < 1e-12);
        assert!((found.ahead(1).centre - 0.0198).abs() < 1e-12);
    }

    #[test]
    fn a_panel_shares_one_weight_whatever_the_size_of_its_series() {
        let (walk, large) = ([1.0, 2.0, 4.0], [0.0, 2000.0, 0.0]);
        let both = common_weight(&[&walk, &large]).unwrap();
        let small = common_weight(&[&walk, &[0.0, 2.0, 0.0]]).unwrap();
        assert!((both - small).abs() < 1e-12 && both > 0.01 && both < 1.0, "{both} {small}");
    }

    #[test]
    fn two_months_have_no_trend() {
        assert_eq!(theta(&[1.0, 2.0]), Err(NoFigure::TooFewValues));
    }
}
