//! Student's distribution, behind the limits of a mean.

use super::normal;

/// The value above which a share `probability` below one half lies, for `freedom` degrees of freedom.
///
/// # Panics
/// When `probability` is not between 0 and ½ or `freedom` is below 1: the caller has a bug.
///
/// # Source
/// `press_2007`
#[must_use]
pub fn upper_quantile(probability: f64, freedom: f64) -> f64 {
    assert!(probability > 0.0 && probability <= 0.5, "a tail lies between 0 and ½");
    assert!(freedom >= 1.0, "degrees of freedom are at least 1");
    // Student's tail is heavier than the normal one and convex: Newton's steps from z only ever rise.
    let mut t = -normal::quantile(probability);
    for _ in 0..200 {
        let step = (above(t, freedom) - probability) / density(t, freedom);
        t += step;
        if step.abs() <= 1e-15 * t.abs() {
            break;
        }
    }
    t
}

/// The share above `t`, for `t` of at least 0.
///
/// Half the regularised incomplete beta function of freedom / (freedom + t²), on whichever side converges.
#[must_use]
pub fn above(t: f64, freedom: f64) -> f64 {
    if t == 0.0 {
        return 0.5;
    }
    let (half, square) = (freedom / 2.0, t * t);
    let (near, far) = (freedom / (freedom + square), square / (freedom + square));
    let front = libm::exp(
        log_gamma_step(half) - HALF_LOG_PI - half * libm::log1p(square / freedom)
            + 0.5 * libm::log(far),
    );
    if near < (half + 1.0) / (half + 2.5) {
        0.5 * front * beta_fraction(half, 0.5, near) / half
    } else {
        0.5 - front * beta_fraction(0.5, half, far)
    }
}

const HALF_LOG_PI: f64 = 0.572_364_942_924_700_1;

fn density(t: f64, freedom: f64) -> f64 {
    let half = freedom / 2.0;
    let constant = log_gamma_step(half) - HALF_LOG_PI - 0.5 * libm::log(freedom);
    libm::exp(constant - (half + 0.5) * libm::log1p(t * t / freedom))
}

/// ln Γ(a + ½) − ln Γ(a), by its series where the difference would lose digits.
fn log_gamma_step(a: f64) -> f64 {
    if a < 20.0 {
        return libm::lgamma(a + 0.5) - libm::lgamma(a);
    }
    let inverse = 1.0 / a;
    let square = inverse * inverse;
    let series =
        -1.0 / 8.0 + square * (1.0 / 192.0 + square * (17.0 / 14_336.0 * square - 1.0 / 640.0));
    0.5 * libm::log(a) + inverse * series
}

/// Lentz's evaluation of the continued fraction of the incomplete beta function.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut above = 1.0;
    let mut below = 1.0 / (1.0 - (a + b) * x / (a + 1.0));
    let mut product = below;
    for step in 1..10_000_u32 {
        let step = f64::from(step);
        let twice = a + 2.0 * step;
        let even = step * (b - step) * x / ((twice - 1.0) * twice);
        let odd = -(a + step) * (a + b + step) * x / (twice * (twice + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            below = 1.0 / (1.0 + term * below);
            above = 1.0 + term / above;
            change = above * below;
            product *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values computed with scipy 1.x (`t.isf`).
    #[test]
    fn quantiles_agree_with_the_table() {
        let table = include_str!("student_table.csv");
        for line in table.lines().skip(1) {
            let numbers: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            let found = upper_quantile(numbers[0], numbers[1]);
            let error = (found / numbers[2] - 1.0).abs();
            assert!(error < 1e-12, "{line}: found {found}, relative error {error}");
        }
    }

    #[test]
    fn half_lies_above_nought() {
        assert!(upper_quantile(0.5, 3.0).abs() < 1e-15);
    }
}
