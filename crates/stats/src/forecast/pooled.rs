//! A panel of series whose months and growth come from a reference, each with a level of its own that
//! wanders around a mean.

use super::{Ahead, Pattern, SEASON};
use crate::figure::NoFigure;

/// What is believed before a panel is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// Months that the pooled noise weighs as in the noise of one series.
    pub months: f64,
    /// Occurrences of a calendar month that the reference pattern weighs as in the pattern of one series.
    pub seasons: f64,
    /// What is left of the growth of the reference a month later.
    pub damping: f64,
    /// How much of that growth is believed to begin with.
    pub believed: f64,
}

impl Default for Priors {
    fn default() -> Self {
        Self { months: 6.0, seasons: 4.0, damping: 0.98, believed: 0.5 }
    }
}

/// Values tried for the variance of a month's step of the level, as a multiple of the variance of its noise.
const SIGNALS: [f64; 9] = [0.0, 0.01, 0.03, 0.08, 0.15, 0.3, 0.6, 1.2, 3.0];
/// Shares of the distance from its mean that a level keeps from a month to the next, tried for the panel.
const KEPT: [f64; 5] = [0.8, 0.9, 0.95, 0.98, 0.995];
/// Months ahead at which past errors choose between them, and months seen before the first of those errors.
const JUDGED: [usize; 4] = [1, 3, 6, 12];
const BURN_IN: usize = 6;

/// What was learnt from a panel up to its last month.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Months and growth of the reference.
    pub pattern: Pattern,
    /// How levels wander, the same for the panel.
    pub wander: Wander,
    /// The series, in the order given.
    pub series: Vec<PooledSeries>,
    priors: Priors,
    next: usize,
}

/// How the levels of a panel wander around their means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wander {
    /// Variance of a month's step over the variance of the noise of a month.
    pub signal: f64,
    /// Share of the distance from its mean that a level keeps from a month to the next.
    pub kept: f64,
}

/// Where one series stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledSeries {
    /// The mean around which its level wanders, without the season.
    pub mean: f64,
    /// How far from it the level stood at the last month.
    pub away: f64,
    /// Variance of the noise of a month.
    pub noise: f64,
    /// Variance of mean and distance, and their covariance between them, as multiples of the noise.
    doubt: [f64; 3],
    /// How its months differ from those of the reference, drawn towards nought.
    deviations: [f64; SEASON],
    /// How often each calendar month was seen.
    seen: [f64; SEASON],
}

impl Pooled {
    /// Learns from a panel of series over the same months; `first` is the calendar month of their first value, January
    /// as 0.
    ///
    /// Equation: [`methods.md#pooled-level`](../../../../docs/book/methods.md#pooled-level).
    ///
    /// # Errors
    /// No series, fewer than six months, series of different length, or values that are missing.
    ///
    /// # Source
    /// `harvey_1989`
    pub fn fit(
        first: usize,
        panel: &[&[f64]],
        pattern: Pattern,
        priors: Priors,
    ) -> Result<Self, NoFigure> {
        let months = panel.first().map_or(0, |series| series.len());
        if months < 6 || panel.iter().any(|series| series.len() != months) {
            return Err(NoFigure::TooFewValues);
        }
        if panel.iter().any(|series| series.iter().any(|value| !value.is_finite())) {
            return Err(NoFigure::NotFinite);
        }
        let mut plain: Vec<Vec<f64>> =
            panel.iter().map(|series| without_season(first, series, &pattern)).collect();
        let own: Vec<_> =
            plain.iter().map(|series| deviations(first, series, priors.seasons)).collect();
        for (series, (deviations, _)) in plain.iter_mut().zip(&own) {
            for (position, value) in series.iter_mut().enumerate() {
                *value -= deviations[(first + position) % SEASON];
            }
        }
        let drift = |horizon| priors.drift(&pattern, horizon);
        let wander = best_wander(&plain, drift);
        let levels: Vec<Level> = plain.iter().map(|series| Level::of(series, wander)).collect();
        let common = median(levels.iter().map(|level| level.noise).collect());
        let weight = months as f64 - 1.0;
        let series = levels.iter().zip(own).map(|(level, (deviations, seen))| PooledSeries {
            mean: level.mean,
            away: level.away,
            noise: (priors.months * common + weight * level.noise) / (priors.months + weight),
            doubt: level.doubt,
            deviations,
            seen,
        });
        Ok(Self {
            pattern,
            wander,
            series: series.collect(),
            priors,
            next: (first + months) % SEASON,
        })
    }

    /// What it says of a series, by its position, in the month `horizon` months after the last (1 is the next).
    #[must_use]
    pub fn ahead(&self, series: usize, horizon: usize) -> Option<Ahead> {
        let of = self.series.get(series)?;
        let month = (self.next + horizon + SEASON - 1) % SEASON;
        let drift = self.priors.drift(&self.pattern, horizon);
        let season = 1.0 / (of.seen[month] + self.priors.seasons);
        let kept = libm::pow(self.wander.kept, horizon as f64);
        let steps = (1.0 - kept * kept) / (1.0 - self.wander.kept * self.wander.kept);
        let [mean, both, away] = of.doubt;
        let level = mean + 2.0 * kept * both + kept * kept * away + self.wander.signal * steps;
        Some(Ahead {
            centre: of.mean
                + kept * of.away
                + drift
                + self.pattern.of(month)
                + of.deviations[month],
            spread: (of.noise * (level + 1.0 + season)).sqrt(),
        })
    }
}

/// The way of wandering under which the panel would have foretold its own past best.
fn best_wander(plain: &[Vec<f64>], drift: impl Fn(usize) -> f64) -> Wander {
    let all = KEPT
        .into_iter()
        .flat_map(|kept| SIGNALS.into_iter().map(move |signal| Wander { signal, kept }));
    let drifts = JUDGED.map(drift);
    let error =
        |wander: Wander| plain.iter().map(|of| past_error(of, wander, &drifts)).sum::<f64>();
    let mut best = (f64::INFINITY, Wander { signal: 0.0, kept: 0.9 });
    for wander in all {
        let error = error(wander);
        if error < best.0 {
            best = (error, wander);
        }
    }
    best.1
}

/// Mean absolute error of what the filter said of later months of a series, added up over the months ahead.
fn past_error(series: &[f64], wander: Wander, drifts: &[f64]) -> f64 {
    let mut sums = [(0.0, 0.0); JUDGED.len()];
    let kept = JUDGED.map(|horizon| libm::pow(wander.kept, horizon as f64));
    let mut at = Level::before(series[0], wander);
    for (month, value) in series.iter().enumerate().skip(1) {
        at.see(*value, wander);
        if month + 1 < BURN_IN {
            continue;
        }
        for (place, horizon) in JUDGED.into_iter().enumerate() {
            let Some(later) = series.get(month + horizon) else { continue };
            let said = at.mean + kept[place] * at.away + drifts[place];
            sums[place] = (sums[place].0 + (later - said).abs(), sums[place].1 + 1.0);
        }
    }
    sums.iter().filter(|sum| sum.1 > 0.0).map(|sum| sum.0 / sum.1).sum()
}

impl Priors {
    /// How far the reference carries every series in so many months.
    fn drift(&self, pattern: &Pattern, horizon: usize) -> f64 {
        let damped: f64 = (1..=horizon).map(|month| libm::pow(self.damping, month as f64)).sum();
        self.believed * pattern.yearly_growth / SEASON as f64 * damped
    }
}

fn without_season(first: usize, series: &[f64], pattern: &Pattern) -> Vec<f64> {
    let months = series.iter().enumerate();
    months.map(|(position, value)| value - pattern.of(first + position)).collect()
}

/// A level that wanders around a mean of its own, seen through noise, after the last month. Variances are multiples of
/// the noise.
struct Level {
    mean: f64,
    away: f64,
    /// Variances of mean and distance, and between them their covariance.
    doubt: [f64; 3],
    noise: f64,
}

impl Level {
    /// The Kalman filter over a whole series.
    fn of(series: &[f64], wander: Wander) -> Self {
        let mut at = Self::before(series[0], wander);
        let squares: f64 = series[1..].iter().map(|value| at.see(*value, wander)).sum();
        at.noise = (squares / (series.len() as f64 - 1.0)).max(1e-12);
        at
    }

    /// After the first month: all that is known of the mean is that month.
    fn before(value: f64, wander: Wander) -> Self {
        let still = wander.signal / (1.0 - wander.kept * wander.kept);
        Self { mean: value, away: 0.0, doubt: [1.0 + still, -still, still], noise: 0.0 }
    }

    /// Takes in a month; gives its squared error as a multiple of the variance expected of it.
    fn see(&mut self, value: f64, wander: Wander) -> f64 {
        let [mean, both, away] = self.doubt;
        let (both, away) = (wander.kept * both, wander.kept * wander.kept * away + wander.signal);
        self.away *= wander.kept;
        let error = value - self.mean - self.away;
        let width = mean + 2.0 * both + away + 1.0;
        let (to_mean, to_away) = ((mean + both) / width, (both + away) / width);
        self.mean += to_mean * error;
        self.away += to_away * error;
        self.doubt = [
            mean - to_mean * to_mean * width,
            both - to_mean * to_away * width,
            away - to_away * to_away * width,
        ];
        error * error / width
    }
}

/// How the months of a series differ from the reference: means of what a straight line leaves, drawn towards nought.
fn deviations(first: usize, plain: &[f64], prior: f64) -> ([f64; SEASON], [f64; SEASON]) {
    let count = plain.len() as f64;
    let centre = (count - 1.0) / 2.0;
    let mean = plain.iter().sum::<f64>() / count;
    let (mut across, mut along) = (0.0, 0.0);
    for (position, value) in plain.iter().enumerate() {
        let time = position as f64 - centre;
        across += time * (value - mean);
        along += time * time;
    }
    let (mut sums, mut seen) = ([0.0; SEASON], [0.0; SEASON]);
    for (position, value) in plain.iter().enumerate() {
        let month = (first + position) % SEASON;
        sums[month] += value - mean - across / along * (position as f64 - centre);
        seen[month] += 1.0;
    }
    for (sum, seen) in sums.iter_mut().zip(&seen) {
        *sum /= seen + prior;
    }
    (sums, seen)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    const STILL: Pattern = Pattern { months: [0.0; SEASON], yearly_growth: 0.0 };

    #[test]
    fn a_level_that_stands_still_is_forecast_to_stand() {
        let series = vec![4.0; 18];
        let fit = Pooled::fit(0, &[&series], STILL, Priors::default()).unwrap();
        assert!((fit.ahead(0, 12).unwrap().centre - 4.0).abs() < 1e-12);
    }

    #[test]
    fn the_season_and_growth_of_the_reference_are_carried_on() {
        let mut months = [0.0; SEASON];
        months[9] = 0.5;
        let pattern = Pattern { months, yearly_growth: 0.12 };
        let series: Vec<f64> = (0..18).map(|month| months[month % 12]).collect();
        let fit = Pooled::fit(0, &[&series], pattern, Priors::default()).unwrap();
        let october = fit.ahead(0, 4).unwrap().centre;
        let growth = 0.005 * (0.98 + 0.98_f64.powi(2) + 0.98_f64.powi(3) + 0.98_f64.powi(4));
        assert!((october - 0.5 - growth).abs() < 1e-9, "{october}");
    }

    #[test]
    fn a_level_that_jumps_is_followed_and_one_with_noise_is_averaged() {
        let walk: Vec<f64> =
            (0..30).map(|month| f64::from(month / 10) + 0.01 * f64::from(month % 3)).collect();
        let noise: Vec<f64> = (0..30).map(|month| f64::from(month * 13 % 7) - 3.0).collect();
        assert!(Pooled::fit(0, &[&walk], STILL, Priors::default()).unwrap().wander.signal >= 1.2);
        assert!(Pooled::fit(0, &[&noise], STILL, Priors::default()).unwrap().wander.signal <= 0.02);
    }

    #[test]
    fn the_further_ahead_the_wider() {
        let walk: Vec<f64> = (0..30).map(|month| f64::from(month / 10)).collect();
        let fit = Pooled::fit(0, &[&walk], STILL, Priors::default()).unwrap();
        assert!(fit.ahead(0, 1).unwrap().spread < fit.ahead(0, 12).unwrap().spread);
    }

    #[test]
    fn series_of_different_length_are_refused() {
        let refused = Pooled::fit(0, &[&[1.0; 8], &[1.0; 9]], STILL, Priors::default());
        assert_eq!(refused, Err(NoFigure::TooFewValues));
    }
}
