//! Damped exponential smoothing with an additive season, after Holt and Winters.

use super::{Ahead, SEASON};
use crate::figure::NoFigure;

/// Values that the search tries for the weight of a new month in the level, the trend and the season, and for what is
/// left of a trend after a month.
const LEVELS: [f64; 6] = [0.05, 0.15, 0.3, 0.45, 0.6, 0.8];
const TRENDS: [f64; 4] = [0.0, 0.05, 0.15, 0.3];
const SEASONS: [f64; 4] = [0.0, 0.05, 0.15, 0.3];
const DAMPING: [f64; 3] = [0.8, 0.9, 0.98];

/// A smoothed series: where it stands and how it moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothing {
    /// Weight of a new month in the level.
    pub level_weight: f64,
    /// Weight of a new level in the trend.
    pub trend_weight: f64,
    /// Weight of a new month in the season.
    pub season_weight: f64,
    /// What is left of a trend a month later.
    pub damping: f64,
    level: f64,
    trend: f64,
    season: [f64; SEASON],
    seen: usize,
    variance: f64,
}

/// Smooths a series; its four weights are those of a fixed grid with the least squared error one month ahead.
///
/// Equation: [`methods.md#damped-smoothing`](../../../../docs/book/methods.md#damped-smoothing).
///
/// # Errors
/// Fewer than thirteen months, or values that are missing.
///
/// # Source
/// `gardner_mckenzie_1985`, `hyndman_2008`
pub fn smooth(series: &[f64]) -> Result<Smoothing, NoFigure> {
    if series.iter().any(|value| !value.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    if series.len() <= SEASON {
        return Err(NoFigure::TooFewValues);
    }
    let start = Start::of(series);
    let mut best: Option<Smoothing> = None;
    for level in LEVELS {
        for trend in TRENDS {
            for season in SEASONS {
                for damping in DAMPING {
                    let found = start.run(series, [level, trend, season, damping]);
                    if best.is_none_or(|best| found.variance < best.variance) {
                        best = Some(found);
                    }
                }
            }
        }
    }
    best.ok_or(NoFigure::TooFewValues)
}

/// Where the smoothing starts: level, trend and season of the first year or two.
struct Start {
    level: f64,
    trend: f64,
    season: [f64; SEASON],
}

impl Start {
    fn of(series: &[f64]) -> Self {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let level = mean(&series[..SEASON]);
        let trend = if series.len() >= 2 * SEASON {
            (mean(&series[SEASON..2 * SEASON]) - level) / SEASON as f64
        } else {
            0.0
        };
        let mut season = [0.0; SEASON];
        for (month, effect) in season.iter_mut().enumerate() {
            *effect = series[month] - level - trend * (month as f64 - 5.5);
        }
        Self { level: level - trend * 6.5, trend, season }
    }

    fn run(&self, series: &[f64], weights: [f64; 4]) -> Smoothing {
        let [level_weight, trend_weight, season_weight, damping] = weights;
        let (mut level, mut trend, mut season) = (self.level, self.trend, self.season);
        let mut squares = 0.0;
        for (month, value) in series.iter().enumerate() {
            let drift = damping * trend;
            let error = value - (level + drift + season[month % SEASON]);
            squares += error * error;
            level += drift + level_weight * error;
            trend = drift + level_weight * trend_weight * error;
            season[month % SEASON] += season_weight * (1.0 - level_weight) * error;
        }
        let variance = squares / series.len() as f64;
        Smoothing {
            level_weight,
            trend_weight,
            season_weight,
            damping,
            level,
            trend,
            season,
            seen: series.len(),
            variance,
        }
    }
}

impl Smoothing {
    /// What it says of the month `horizon` months after the last (1 is the next).
    #[must_use]
    pub fn ahead(&self, horizon: usize) -> Ahead {
        let (mut left, mut drift, mut variance) = (1.0, 0.0, 1.0);
        for month in 1..=horizon {
            left *= self.damping;
            drift += left;
            if month < horizon {
                let season = if month % SEASON == 0 {
                    self.season_weight * (1.0 - self.level_weight)
                } else {
                    0.0
                };
                let carried = self.level_weight * (1.0 + self.trend_weight * drift) + season;
                variance += carried * carried;
            }
        }
        let month = (self.seen + horizon + SEASON - 1) % SEASON;
        Ahead {
            centre: self.level + drift * self.trend + self.season[month],
            spread: (self.variance * variance).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(months: usize) -> Vec<f64> {
        (0..months).map(|month| 2.0 + f64::from(month % 12 == 5)).collect()
    }

    #[test]
    fn a_series_that_repeats_is_repeated() {
        let found = smooth(&made(36)).unwrap();
        assert!((found.ahead(6).centre - 3.0).abs() < 1e-9);
        assert!((found.ahead(7).centre - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_further_ahead_the_wider() {
        let noisy: Vec<f64> = (0..40).map(|month| f64::from(month * 7 % 5)).collect();
        let found = smooth(&noisy).unwrap();
        assert!(found.ahead(1).spread <= found.ahead(6).spread);
    }

    #[test]
    fn a_rise_goes_on_but_not_for_ever() {
        let rising: Vec<f64> = (0..36).map(f64::from).collect();
        let found = smooth(&rising).unwrap();
        let (next, far) = (found.ahead(1).centre, found.ahead(24).centre);
        assert!((next - 36.0).abs() < 1.0, "next {next}");
        assert!(far > next && far < 60.5, "far {far}");
    }

    #[test]
    fn a_year_is_too_short_to_smooth() {
        assert_eq!(smooth(&[1.0; 12]), Err(NoFigure::TooFewValues));
    }
}
