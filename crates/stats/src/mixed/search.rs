//! The search for the best fit: a quasi-Newton method (BFGS) on the exact gradient.
//!
//! It starts from the curvature of the plain model and differences of the gradient, and stops where less than
//! a hundred-millionth of a unit of log-likelihood is to be gained.

use super::linear::{Square, dot};
use super::objective::{Evaluation, Objective};
use super::remark::NoModel;

/// Gain in log-likelihood below which the search has arrived.
const ARRIVED: f64 = 1e-9;
/// The same, where rounding stops the search a little earlier.
const NEAR_ENOUGH: f64 = 1e-5;
/// Steps after which the search is given up.
const STEPS: usize = 300;
/// Longest step of a figure, on the common scale of the covariates.
const LONGEST: f64 = 1.5;

/// Where the search arrived.
#[derive(Debug)]
pub struct Arrival {
    pub point: Vec<f64>,
    pub evaluation: Evaluation,
    /// Whether rows show no extra variation, so that the size has no end.
    pub is_at_edge: bool,
}

/// Climbs from `start` with `inverse`, a first guess of the inverse of the curvature.
pub fn climb(
    objective: &mut Objective<'_>,
    start: Vec<f64>,
    mut inverse: Square,
) -> Result<Arrival, NoModel> {
    let mut point = start;
    let mut here = objective.at(&point);
    let mut left = f64::INFINITY;
    let mut is_fresh = true;
    for _ in 0..STEPS {
        let mut direction = inverse.times(&here.gradient);
        left = 0.5 * dot(&direction, &here.gradient);
        if left.abs() < ARRIVED {
            return Ok(Arrival { point, evaluation: here, is_at_edge: false });
        }
        if objective.is_at_edge(&point) {
            return Ok(Arrival { point, evaluation: here, is_at_edge: true });
        }
        let longest = direction.iter().fold(0.0_f64, |longest, step| longest.max(step.abs()));
        if longest > LONGEST {
            for step in &mut direction {
                *step *= LONGEST / longest;
            }
        }
        let Some((next_point, next)) = step_along(objective, &point, &here, &direction) else {
            if !is_fresh {
                inverse = steepest(&here.gradient);
                is_fresh = true;
                continue;
            }
            break;
        };
        let moved: Vec<f64> = next_point.iter().zip(&point).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> =
            here.gradient.iter().zip(&next.gradient).map(|(a, b)| a - b).collect();
        update(&mut inverse, &moved, &turned);
        is_fresh = false;
        (point, here) = (next_point, next);
    }
    if left.abs() < NEAR_ENOUGH {
        return Ok(Arrival { point, evaluation: here, is_at_edge: false });
    }
    Err(NoModel::NotConverged { evaluations: objective.evaluations, left })
}

/// A cautious guess of the inverse curvature, where the learnt one leads nowhere.
fn steepest(gradient: &[f64]) -> Square {
    let size = gradient.len();
    let mut inverse = Square::zeros(size);
    let length = dot(gradient, gradient).sqrt().max(1e-300);
    for position in 0..size {
        inverse.set(position, position, 0.01 / length);
    }
    inverse
}

/// A point along the direction that gains enough; the step is shortened until it does.
fn step_along(
    objective: &mut Objective<'_>,
    point: &[f64],
    here: &Evaluation,
    direction: &[f64],
) -> Option<(Vec<f64>, Evaluation)> {
    let slope = dot(direction, &here.gradient);
    if slope <= 0.0 {
        return None;
    }
    let mut length = 1.0;
    for _ in 0..30 {
        let next: Vec<f64> =
            point.iter().zip(direction).map(|(at, step)| at + length * step).collect();
        let found = objective.at(&next);
        let rounding = 1e-13 * here.value.abs();
        if found.value.is_finite() && found.value + rounding >= here.value + 1e-4 * length * slope {
            return Some((next, found));
        }
        let gain = found.value - here.value;
        let best = slope * length / (2.0 * (slope * length - gain));
        length *= if best.is_finite() { best.clamp(0.1, 0.5) } else { 0.1 };
    }
    None
}

/// Learns the curvature from one step (Broyden, Fletcher, Goldfarb and Shanno's formula).
fn update(inverse: &mut Square, moved: &[f64], turned: &[f64]) {
    let agreement = dot(moved, turned);
    if agreement <= 1e-12 * dot(moved, moved).sqrt() * dot(turned, turned).sqrt() {
        return;
    }
    let through = inverse.times(turned);
    let scale = (1.0 + dot(turned, &through) / agreement) / agreement;
    for row in 0..moved.len() {
        for column in 0..moved.len() {
            let change = scale * moved[row] * moved[column]
                - (through[row] * moved[column] + moved[row] * through[column]) / agreement;
            inverse.add(row, column, change);
        }
    }
}

/// The curvature at a point, by differences of the exact gradient on both sides.
pub fn curvature(objective: &mut Objective<'_>, point: &[f64]) -> Square {
    let size = point.len();
    let mut curvature = Square::zeros(size);
    for position in 0..size {
        let step = 1e-4 * (0.1 + point[position].abs());
        let mut side = |sign: f64| {
            let mut moved = point.to_vec();
            moved[position] += sign * step;
            objective.at(&moved).gradient
        };
        let (above, below) = (side(1.0), side(-1.0));
        for row in 0..size {
            curvature.set(row, position, (below[row] - above[row]) / (2.0 * step));
        }
    }
    for row in 0..size {
        for column in 0..row {
            let mean = f64::midpoint(curvature.get(row, column), curvature.get(column, row));
            curvature.set(row, column, mean);
        }
    }
    curvature.mirror();
    curvature
}
