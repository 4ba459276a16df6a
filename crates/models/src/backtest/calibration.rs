//! How much wider than the formula an interval must be to hold what it says, learnt from forecasts that have come due.

use std::collections::BTreeMap;

use stats::forecast::Pooled;

use super::panel::Panel;

/// Standard deviations that hold eight of ten normal errors.
pub const Z80: f64 = 1.281_551_565_544_6;
/// Forecasts that must have come due before they are believed over the formula.
const ENOUGH: usize = 50;
/// Only forecasts that came due within so many months are asked; older ones knew less.
const LATEST: usize = 8;
/// What an interval is to hold.
const SHARE: f64 = 0.8;

/// Past errors of our forecasts in their own standard deviations, by months ahead.
#[derive(Debug, Clone, Default)]
pub(super) struct Calibration {
    errors: BTreeMap<usize, Vec<(usize, f64)>>,
}

impl Calibration {
    /// Takes in the errors of the forecasts made when `seen` months were known, each to be used only once its month
    /// has come.
    pub(super) fn learn(&mut self, panel: &Panel, seen: usize, learnt: &Pooled, farthest: usize) {
        for horizon in 1..=farthest {
            let target = seen + horizon - 1;
            let errors = self.errors.entry(horizon).or_default();
            for (position, series) in panel.series.iter().enumerate() {
                let (Some(ahead), Some(actual)) =
                    (learnt.ahead(position, horizon), series.logs.get(target))
                else {
                    continue;
                };
                errors.push((target, ((actual - ahead.centre) / ahead.spread).abs()));
            }
        }
    }

    /// Half the width of the interval of a series `horizon` months ahead when `seen` months are known: as many standard
    /// deviations as held eight of ten past errors of this horizon. Where none has come due, those of the longest
    /// shorter horizon, and of the growth of the spread from there on half in logarithms: levels come back.
    pub(super) fn reach(&self, learnt: &Pooled, series: usize, horizon: usize, seen: usize) -> f64 {
        let spread = |horizon| learnt.ahead(series, horizon).map_or(f64::NAN, |ahead| ahead.spread);
        let due = (1..=horizon).rev().find_map(|due| Some((due, self.held(due, seen)?)));
        let (due, deviations) = due.unwrap_or((horizon, Z80));
        deviations * (spread(horizon) * spread(due)).sqrt()
    }

    fn held(&self, horizon: usize, seen: usize) -> Option<f64> {
        let due = self
            .errors
            .get(&horizon)?
            .iter()
            .filter(|(target, _)| *target < seen && target + LATEST >= seen);
        let mut due: Vec<f64> = due.map(|(_, error)| *error).collect();
        if due.len() < ENOUGH {
            return None;
        }
        due.sort_by(f64::total_cmp);
        due.get((due.len() as f64 * SHARE) as usize).copied()
    }
}
