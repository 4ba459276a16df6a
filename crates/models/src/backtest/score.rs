//! Errors of forecasts, added up by method and months ahead.

use std::collections::BTreeSet;

use super::HORIZONS;
use super::trial::{Method, Trial};

/// How a method did at a distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Who.
    pub method: Method,
    /// Months ahead.
    pub horizon: usize,
    /// Months from which it was forecast.
    pub origins: usize,
    /// Forecasts judged.
    pub forecasts: usize,
    /// Mean error over the mean change of a month, in the past of each series; below 1 is better than “as last month”
    /// did at one month.
    pub mase: f64,
    /// Mean error as a share of what came.
    pub mape: f64,
    /// Root of the mean squared error, in appointments of a month.
    pub rmse: f64,
    /// Share of months that fell inside the eight-in-ten interval; nothing where the method gave none.
    pub coverage: Option<f64>,
}

/// The scores of every method three, six and twelve months ahead, as far as there are trials.
#[must_use]
pub fn scores(trials: &[Trial]) -> Vec<Score> {
    let methods = HORIZONS.into_iter().flat_map(|horizon| {
        Method::ALL.into_iter().enumerate().map(move |(place, method)| (horizon, place, method))
    });
    methods.filter_map(|(horizon, place, method)| score(trials, horizon, place, method)).collect()
}

fn score(trials: &[Trial], horizon: usize, place: usize, method: Method) -> Option<Score> {
    let (mut scaled, mut shares, mut squares) = (0.0, 0.0, 0.0);
    let (mut forecasts, mut judged, mut inside) = (0_usize, 0_usize, 0_usize);
    let mut origins = BTreeSet::new();
    for trial in trials.iter().filter(|trial| trial.horizon == horizon) {
        let Some(said) = trial.forecasts.get(place) else { continue };
        let error = (said.centre - trial.actual).abs();
        origins.insert(trial.origin);
        forecasts += 1;
        scaled += error / trial.scale;
        shares += error / trial.actual;
        squares += error * error;
        if let (Some(low), Some(high)) = (said.low, said.high) {
            judged += 1;
            inside += usize::from((low..=high).contains(&trial.actual));
        }
    }
    let count = forecasts as f64;
    (forecasts > 0).then(|| Score {
        method,
        horizon,
        origins: origins.len(),
        forecasts,
        mase: scaled / count,
        mape: shares / count,
        rmse: (squares / count).sqrt(),
        coverage: (judged == forecasts).then(|| inside as f64 / count),
    })
}
