//! Forecasts from every month that leaves a past, by three methods.

use rayon::prelude::*;
use stats::NoFigure;
use stats::forecast::{Ahead, Pooled, pattern, seasonal_naive, smooth};
use vocab::Month;

use super::calibration::{Calibration, Z80};
use super::panel::{Panel, calendar_month, month_after};

/// Months that every method needs before the first forecast.
const FIRST_ORIGIN: usize = 13;
/// Farthest month forecast.
const FARTHEST: usize = 12;
/// Months after which a month of the reference counts a third of the last.
const MEMORY: f64 = 36.0;

/// Who forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// A wandering level with the months and growth of the reference.
    PooledLevel,
    /// The same month of the year before.
    SeasonalNaive,
    /// Damped exponential smoothing with a season.
    Smoothing,
}

impl Method {
    /// All of them, ours first.
    pub const ALL: [Self; 3] = [Self::PooledLevel, Self::SeasonalNaive, Self::Smoothing];

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PooledLevel => "pooled_level",
            Self::SeasonalNaive => "seasonal_naive",
            Self::Smoothing => "exponential_smoothing",
        }
    }
}

/// What a method said of a month, in appointments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The middle.
    pub centre: f64,
    /// Lower end of what should hold eight of ten; nothing where the method cannot tell.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Forecast {
    fn of(ahead: Ahead, open_days: f64, reach: f64) -> Self {
        let at = |log: f64| libm::exp(log) * open_days;
        let reach = reach.is_finite().then_some(reach);
        Self {
            centre: at(ahead.centre),
            low: reach.map(|reach| at(ahead.centre - reach)),
            high: reach.map(|reach| at(ahead.centre + reach)),
        }
    }
}

/// A month of one series, forecast by every method and known.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Position of the series in its panel.
    pub series: usize,
    /// Last month seen.
    pub origin: Month,
    /// Months ahead.
    pub horizon: usize,
    /// Appointments held.
    pub actual: f64,
    /// Mean change from one month to the next in the past seen, per open day, in appointments of the month.
    pub scale: f64,
    /// In the order of [`Method::ALL`].
    pub forecasts: [Forecast; 3],
}

/// Forecasts the chosen series of a panel from every month that leaves a past of thirteen months and a month to judge.
///
/// # Errors
/// In words, where there are too few months.
pub fn trials(panel: &Panel, chosen: &[usize]) -> Result<Vec<Trial>, String> {
    let months = panel.open_days.len();
    let needed = FIRST_ORIGIN + super::HORIZONS.first().copied().unwrap_or(1);
    if months < needed {
        return Err(format!(
            "{months} months have been imported and a test needs {needed}: a past of {FIRST_ORIGIN} and what came after"
        ));
    }
    let mut calibration = Calibration::default();
    let mut trials = Vec::new();
    for seen in FIRST_ORIGIN..months {
        let Ok(learnt) = learn(panel, seen) else { continue };
        trials.extend(from_origin(panel, chosen, seen, &learnt, &calibration));
        calibration.learn(panel, seen, &learnt, FARTHEST.min(months - seen));
    }
    if trials.is_empty() {
        return Err("the pattern of the year cannot be told from the months imported".to_owned());
    }
    Ok(trials)
}

/// What the next twelve months bring for a series of a panel by our method, with eight-in-ten intervals widened as
/// past errors ask for.
///
/// # Errors
/// Too few months to learn from.
pub fn forecast(panel: &Panel, series: usize) -> Result<Vec<(Month, Forecast)>, NoFigure> {
    let months = panel.open_days.len();
    let mut calibration = Calibration::default();
    for seen in FIRST_ORIGIN..months {
        calibration.learn(panel, seen, &learn(panel, seen)?, FARTHEST.min(months - seen));
    }
    let learnt = learn(panel, months)?;
    let ahead = (1..=FARTHEST).filter_map(|horizon| {
        let month = month_after(panel.first, months + horizon - 1);
        let ahead = learnt.ahead(series, horizon)?;
        let days = panel.weekdays.open_days(month);
        Some((
            month,
            Forecast::of(ahead, days, calibration.reach(&learnt, series, horizon, months)),
        ))
    });
    Ok(ahead.collect())
}

/// Our method, having seen so many months of the panel and the reference up to then.
fn learn(panel: &Panel, seen: usize) -> Result<Pooled, NoFigure> {
    let (first, reference) = panel.reference_before(seen);
    let pattern = pattern(first, reference, MEMORY)?;
    let past: Vec<&[f64]> =
        panel.series.iter().map(|series| series.logs.get(..seen).unwrap_or_default()).collect();
    Pooled::fit(calendar_month(panel.first), &past, pattern)
}

fn from_origin(
    panel: &Panel,
    chosen: &[usize],
    seen: usize,
    learnt: &Pooled,
    calibration: &Calibration,
) -> Vec<Trial> {
    let origin = month_after(panel.first, seen - 1);
    let of_series = |series: &usize| -> Vec<Trial> {
        let Some(whole) = panel.series.get(*series) else { return Vec::new() };
        let past = whole.logs.get(..seen).unwrap_or_default();
        let Ok(smoothed) = smooth(past) else { return Vec::new() };
        let change = mean_change(past);
        let ahead = |horizon: usize| {
            let target = seen + horizon - 1;
            let days = *panel.open_days.get(target)?;
            let ours = learnt.ahead(*series, horizon)?;
            let naive = seasonal_naive(past, horizon).ok()?;
            let smoothed = smoothed.ahead(horizon);
            let reach = calibration.reach(learnt, *series, horizon, seen);
            Some(Trial {
                series: *series,
                origin,
                horizon,
                actual: *whole.counts.get(target)?,
                scale: change * days,
                forecasts: [
                    Forecast::of(ours, days, reach),
                    Forecast::of(naive, days, Z80 * naive.spread),
                    Forecast::of(smoothed, days, Z80 * smoothed.spread),
                ],
            })
        };
        (1..=FARTHEST).filter_map(ahead).collect()
    };
    chosen.par_iter().map(of_series).collect::<Vec<_>>().concat()
}

/// Mean change from a month to the next, in appointments of an open day.
fn mean_change(logs: &[f64]) -> f64 {
    let daily: Vec<f64> = logs.iter().map(|log| libm::exp(*log)).collect();
    let changes: f64 = daily.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    changes / (daily.len() as f64 - 1.0)
}
