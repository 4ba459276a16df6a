//! How much wider than the formula an interval must be to hold what it says, learnt from forecasts that have come due.

use std::collections::BTreeMap;

use stats::forecast::Pooled;

use super::panel::Panel;

/// Standard deviations that hold eight of ten normal errors.
pub const Z80: f64 = 1.281_551_565_544_6;
/// Forecasts that must have come due before they are believed over the formula.
const ENOUGH: usize = 50;
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

    /// Standard deviations of an interval `horizon` months ahead when `seen` months are known: those that held eight of
    /// ten past errors of this horizon, or of the longest shorter one for which enough have come due.
    pub(super) fn widening(&self, horizon: usize, seen: usize) -> f64 {
        (1..=horizon).rev().find_map(|horizon| self.held(horizon, seen)).unwrap_or(Z80)
    }

    fn held(&self, horizon: usize, seen: usize) -> Option<f64> {
        let due = self.errors.get(&horizon)?.iter().filter(|(target, _)| *target < seen);
        let mut due: Vec<f64> = due.map(|(_, error)| *error).collect();
        if due.len() < ENOUGH {
            return None;
        }
        due.sort_by(f64::total_cmp);
        due.get((due.len() as f64 * SHARE) as usize).copied()
    }
}
