//! Adaptive Gauss–Hermite quadrature for one group: the integral over its intercept at points placed around
//! its mode, as wide as its curvature.
//!
//! One point is Laplace's approximation. The derivatives follow the points as they move, so that the search
//! sees the exact gradient of what it maximises.
//! Equation: [`methods.md#mixed-quadrature`](../../../../docs/book/methods.md#mixed-quadrature).

use super::family::Jet;
use super::group::{Group, Sums};
use super::laplace::Share;

/// The log-likelihood of a group and its derivatives; each row's pull on its own η goes to `pulls`.
///
/// `mode` is the mode in units of `spread`. Also answers the conditional variance there.
pub fn share(
    group: &Group<'_>,
    spread: f64,
    mode: f64,
    nodes: &[(f64, f64)],
    pulls: &mut [f64],
) -> (Share, f64) {
    let at_mode = group.sums(spread * mode);
    let curvature = 1.0 - spread * spread * at_mode.second;
    let width = 1.0 / curvature.sqrt();
    let points: Vec<Point> = nodes
        .iter()
        .map(|(x, weight)| {
            let point = mode + std::f64::consts::SQRT_2 * width * x;
            let sums = group.sums(spread * point);
            let height = libm::log(*weight) + x * x + sums.value - 0.5 * point * point;
            Point { at: point, x: *x, height, sums }
        })
        .collect();
    let top = points.iter().map(|point| point.height).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = points.iter().map(|point| libm::exp(point.height - top)).sum();
    let chance = |point: &Point| libm::exp(point.height - top) / total;
    let log_root_pi = 0.5 * libm::log(std::f64::consts::PI);
    let mut share = Share {
        value: libm::log(width) + top + libm::log(total) - log_root_pi,
        ..Share::default()
    };
    let (mut by_mode, mut by_width) = (0.0, 1.0 / width);
    for point in &points {
        let slope = chance(point) * (spread * point.sums.first - point.at);
        by_mode += slope;
        by_width += slope * std::f64::consts::SQRT_2 * point.x;
    }
    let cube = 0.5 * by_width * width * width * width;
    let by_mode = by_mode + cube * spread * spread * spread * at_mode.third;
    let moves = Moves { by_mode: by_mode / curvature, cube: cube * spread * spread, spread };
    for point in &points {
        let chance = chance(point);
        share.by_group_spread += chance * point.at * point.sums.first;
        share.by_size += chance * point.sums.value_by_size;
        group.each(spread * point.at, |row, jet| pulls[row] += chance * jet.first);
    }
    group.each(spread * mode, |row, jet| pulls[row] += moves.of(jet));
    share.by_group_spread += moves.by_mode * (at_mode.first + spread * mode * at_mode.second)
        + cube * (2.0 * spread * at_mode.second + spread * spread * at_mode.third * mode);
    share.by_size +=
        moves.by_mode * spread * at_mode.first_by_size + moves.cube * at_mode.second_by_size;
    (share, 1.0 / curvature)
}

struct Point {
    at: f64,
    x: f64,
    height: f64,
    sums: Sums,
}

/// How the points move with a row's η, and what that is worth.
struct Moves {
    by_mode: f64,
    cube: f64,
    spread: f64,
}

impl Moves {
    fn of(&self, jet: &Jet) -> f64 {
        self.by_mode * self.spread * jet.second + self.cube * jet.third
    }
}
