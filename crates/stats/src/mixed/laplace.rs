//! Laplace's approximation for one upper group: its own intercept and those of the groups within it.
//!
//! The curvature matrix of all intercepts has the shape of an arrow, so that its determinant and inverse are
//! sums over groups. With one level the upper group is the group itself and its own spread is nought.
//! Equation: [`methods.md#mixed-likelihood`](../../../../docs/book/methods.md#mixed-likelihood).

use super::group::{Group, Sums, mode};

/// The spreads of the two levels; nought where a level is not modelled.
#[derive(Debug, Clone, Copy)]
pub struct Spreads {
    pub group: f64,
    pub upper: f64,
}

/// Intercepts of an upper group and its groups, in units of their spreads, with their conditional variances.
#[derive(Debug, Clone, Copy, Default)]
pub struct Intercept {
    pub mode: f64,
    pub variance: f64,
}

/// How each row of a group pulls on its own η: `first + half_variance × third + indirect × second`.
#[derive(Debug, Clone, Copy)]
pub struct Pull {
    pub shift: f64,
    pub half_variance: f64,
    pub indirect: f64,
}

/// What an upper group adds to the log-likelihood and to its derivatives.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    pub value: f64,
    pub by_group_spread: f64,
    pub by_upper_spread: f64,
    pub by_size: f64,
}

/// Finds the intercepts where all of them together are likeliest, from where they were.
pub fn find_modes(groups: &[Group<'_>], spreads: Spreads, upper: &mut f64, own: &mut [f64]) {
    let settle = |upper: f64, own: &mut [f64]| {
        let (mut slope, mut bend) = (0.0, 0.0);
        for (group, own) in groups.iter().zip(own) {
            let at = |mode: f64| group.slopes(spreads.group * mode + spreads.upper * upper);
            *own = if spreads.group == 0.0 {
                0.0
            } else {
                mode(*own, |point| {
                    let (first, second) = at(point);
                    let square = spreads.group * spreads.group;
                    (spreads.group * first - point, square * second - 1.0)
                })
            };
            let (first, second) = at(*own);
            slope += first;
            bend += second / (1.0 - spreads.group * spreads.group * second);
        }
        (slope, bend)
    };
    if spreads.upper == 0.0 {
        *upper = 0.0;
        settle(0.0, own);
        return;
    }
    let square = spreads.upper * spreads.upper;
    *upper = mode(*upper, |point| {
        let (slope, bend) = settle(point, own);
        (spreads.upper * slope - point, square * bend - 1.0)
    });
    settle(*upper, own);
}

/// One group at its mode.
struct AtMode {
    sums: Sums,
    /// 1 + σ²W.
    curvature: f64,
    /// Conditional variance of the shift.
    variance: f64,
}

/// Room for the groups of one upper group, used again for the next.
#[derive(Default)]
pub struct Room {
    at_modes: Vec<AtMode>,
    /// How each group pulls.
    pub pulls: Vec<Pull>,
    /// The intercepts of the groups, one upper group after the other.
    pub intercepts: Vec<Intercept>,
}

/// The log-likelihood of an upper group at its modes; how each of its groups pulls stands in `room`.
pub fn share(
    groups: &[Group<'_>],
    spreads: Spreads,
    modes: (f64, &[f64]),
    room: &mut Room,
) -> (Share, Intercept) {
    let (upper, own) = modes;
    let Room { at_modes, pulls, intercepts } = room;
    at_modes.clear();
    pulls.clear();
    for (group, own) in groups.iter().zip(own) {
        let shift = spreads.group * own + spreads.upper * upper;
        let sums = group.sums(shift);
        let curvature = 1.0 - spreads.group * spreads.group * sums.second;
        at_modes.push(AtMode { sums, curvature, variance: 0.0 });
    }
    let square = spreads.upper * spreads.upper;
    let joint = 1.0 - square * at_modes.iter().map(|at| at.sums.second / at.curvature).sum::<f64>();
    for at in at_modes.iter_mut() {
        at.variance = spreads.group * spreads.group / at.curvature
            + square / (joint * at.curvature * at.curvature);
    }
    let pull_of = |at: &AtMode| 0.5 * at.sums.third * at.variance;
    let upper_indirect =
        spreads.upper / joint * at_modes.iter().map(|at| pull_of(at) / at.curvature).sum::<f64>();
    let mut share =
        Share { value: -0.5 * upper * upper - 0.5 * libm::log(joint), ..Share::default() };
    for (at, own) in at_modes.iter().zip(own) {
        let sums = &at.sums;
        let weight = -sums.second;
        let tie = spreads.group * spreads.upper * weight / at.curvature;
        let own_indirect = spreads.group * pull_of(at) / at.curvature - tie * upper_indirect;
        let indirect = spreads.group * own_indirect + spreads.upper * upper_indirect;
        let per_shift = sums.first + pull_of(at) + indirect * sums.second;
        let leverage = spreads.group / at.curvature
            - spreads.group * square * weight / (at.curvature * at.curvature * joint);
        let upper_leverage = spreads.upper / (joint * at.curvature);
        share.value += sums.value - 0.5 * own * own - 0.5 * libm::log(at.curvature);
        share.by_group_spread += own * per_shift + own_indirect * sums.first - weight * leverage;
        share.by_upper_spread +=
            upper * per_shift + upper_indirect * sums.first - weight * upper_leverage;
        share.by_size += sums.value_by_size
            + 0.5 * at.variance * sums.second_by_size
            + indirect * sums.first_by_size;
        pulls.push(Pull {
            shift: spreads.group * own + spreads.upper * upper,
            half_variance: 0.5 * at.variance,
            indirect,
        });
        intercepts.push(Intercept { mode: *own, variance: 1.0 / at.curvature + tie * tie / joint });
    }
    (share, Intercept { mode: upper, variance: 1.0 / joint })
}
