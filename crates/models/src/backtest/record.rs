//! What has come due of forecasts made before: how to weigh the members, and how wide an interval must be to hold what
//! it says.

use stats::forecast::{combined, inverse_error_weights, middle};

use super::members::{Learnt, MEMBERS, POOLED};
use super::panel::Panel;

/// Standard deviations that hold eight of ten normal errors.
pub const Z80: f64 = 1.281_551_565_544_6;
/// Forecasts that must have come due before they are believed over the formula.
const ENOUGH: usize = 50;
/// What an interval is to hold.
const SHARE: f64 = 0.8;

/// How to forecast so many months ahead, by all that came due before an origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Weights of the members; nothing before any error is known, when the middle of them is taken.
    weights: Option<[f64; MEMBERS]>,
    /// Whether the pooled level alone was nearer than all together.
    alone: bool,
    /// Standard deviations that held eight of ten errors.
    held: Option<f64>,
}

/// Errors of the forecasts made at one origin so many months ahead, over the whole panel.
#[derive(Debug, Clone)]
struct Made {
    /// The month that was forecast: nothing of this may be used before it has been seen.
    target: usize,
    members: [f64; MEMBERS],
    together: f64,
    count: f64,
    /// Errors of what was said in the standard deviations of the pooled level.
    deviations: Vec<f64>,
}

/// The errors of all forecasts, by months ahead.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    made: Vec<Vec<Made>>,
}

impl Record {
    /// The rules for each distance from one month to the farthest when `seen` months are known.
    pub(super) fn rules(&self, farthest: usize, seen: usize, latest: usize) -> Vec<Rule> {
        let rule = |ahead: usize| {
            let due = self.due(ahead, seen);
            Rule {
                weights: weights(&due),
                alone: alone(&due),
                held: held(&due, seen.saturating_sub(latest)),
            }
        };
        (0..farthest).map(rule).collect()
    }

    /// Forecasts of a distance whose month had been seen.
    fn due(&self, ahead: usize, seen: usize) -> Vec<&Made> {
        let made = self.made.get(ahead).map(Vec::as_slice).unwrap_or_default();
        made.iter().filter(|made| made.target < seen).collect()
    }

    /// Takes in the errors of the forecasts made when `seen` months were known, by the rules of that time.
    pub(super) fn learn(&mut self, panel: &Panel, seen: usize, learnt: &Learnt, rules: &[Rule]) {
        self.made.resize(self.made.len().max(rules.len()), Vec::new());
        for ((at, rule), made) in rules.iter().enumerate().zip(&mut self.made) {
            let target = seen + at;
            made.push(Made::of(panel, target, learnt, at + 1, rule));
        }
    }
}

impl Made {
    fn of(panel: &Panel, target: usize, learnt: &Learnt, horizon: usize, rule: &Rule) -> Self {
        let mut made = Self {
            target,
            members: [0.0; MEMBERS],
            together: 0.0,
            count: 0.0,
            deviations: Vec::new(),
        };
        for position in (0..panel.series.len()).filter(|series| panel.is_known(*series, target)) {
            let Some((said, spread)) = learnt.members(panel, position, horizon) else { continue };
            let Some(actual) = panel.past(position, target + 1).last() else { continue };
            for (sum, said) in made.members.iter_mut().zip(said) {
                *sum += (actual - said).abs();
            }
            made.together += (actual - rule.together(&said)).abs();
            made.count += 1.0;
            made.deviations.push((actual - rule.centre(&said)).abs() / spread);
        }
        made
    }
}

impl Rule {
    /// The middle of what is said: by all together, unless the pooled level alone has been nearer.
    pub(super) fn centre(&self, said: &[f64; MEMBERS]) -> f64 {
        if self.alone { said[POOLED] } else { self.together(said) }
    }

    fn together(&self, said: &[f64; MEMBERS]) -> f64 {
        self.weights.map_or_else(|| middle(said), |weights| combined(said, &weights))
    }
}

/// Half the width of the interval `horizon` months ahead: as many standard deviations as held eight of ten past errors
/// of this distance. Where none has come due, those of the longest shorter distance, and of the growth of the spread
/// from there on half in logarithms: levels come back.
pub(super) fn reach(rules: &[Rule], learnt: &Learnt, series: usize, horizon: usize) -> f64 {
    let spread = |horizon| learnt.spread(series, horizon).unwrap_or(f64::NAN);
    let known = |due: usize| Some((due, rules.get(due - 1)?.held?));
    let (due, deviations) = (1..=horizon).rev().find_map(known).unwrap_or((horizon, Z80));
    deviations * (spread(horizon) * spread(due)).sqrt()
}

fn weights(due: &[&Made]) -> Option<[f64; MEMBERS]> {
    let count: f64 = due.iter().map(|made| made.count).sum();
    let mut errors = [0.0; MEMBERS];
    for made in due {
        for (error, sum) in errors.iter_mut().zip(made.members) {
            *error += sum / count;
        }
    }
    (count > 0.0).then(|| inverse_error_weights(errors))
}

fn alone(due: &[&Made]) -> bool {
    let together: f64 = due.iter().map(|made| made.together).sum();
    let pooled: f64 = due.iter().map(|made| made.members[POOLED]).sum();
    pooled < together
}

fn held(due: &[&Made], from: usize) -> Option<f64> {
    let late = due.iter().filter(|made| made.target >= from);
    let mut errors: Vec<f64> = late.flat_map(|made| made.deviations.iter().copied()).collect();
    if errors.len() < ENOUGH {
        return None;
    }
    errors.sort_by(f64::total_cmp);
    errors.get((errors.len() as f64 * SHARE) as usize).copied()
}
