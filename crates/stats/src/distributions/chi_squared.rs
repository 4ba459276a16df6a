//! The chi-squared distribution, behind exact limits of counts and tests of trend.

use super::normal;

/// The value below which a share `probability` lies, for `freedom` degrees of freedom.
///
/// # Panics
/// When `probability` is not strictly between 0 and 1 or `freedom` is not above 0: the caller has a bug.
///
/// # Source
/// `press_2007`
#[must_use]
pub fn quantile(probability: f64, freedom: f64) -> f64 {
    invert(probability, freedom, false)
}

/// The value above which a share `probability` lies; keeps its digits for very small shares.
///
/// # Panics
/// As [`quantile`].
#[must_use]
pub fn upper_quantile(probability: f64, freedom: f64) -> f64 {
    invert(probability, freedom, true)
}

/// The share of the distribution above `value`: the p-value of a chi-squared test.
#[must_use]
pub fn above(value: f64, freedom: f64) -> f64 {
    tails(freedom / 2.0, value / 2.0).1
}

/// Solves P(shape, x) = probability (or the upper tail) by Newton's steps inside a shrinking bracket.
fn invert(probability: f64, freedom: f64, upper: bool) -> f64 {
    assert!(probability > 0.0 && probability < 1.0, "a share lies strictly between 0 and 1");
    assert!(freedom > 0.0, "degrees of freedom are above 0");
    let shape = freedom / 2.0;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut x = first_guess(probability, shape, upper);
    for _ in 0..100 {
        let (below, above) = tails(shape, x);
        let excess = if upper { probability - above } else { below - probability };
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let step = excess / density(shape, x);
        let next = x - step;
        let inside = next > low && next < high;
        let moved = if inside { next } else { middle(low, high) };
        if (moved - x).abs() <= 1e-15 * x {
            break;
        }
        x = moved;
    }
    2.0 * x
}

fn middle(low: f64, high: f64) -> f64 {
    if high.is_finite() { low.midpoint(high) } else { 2.0 * low + 1.0 }
}

/// Wilson and Hilferty's approximation, or the first term of the series where that is too small.
fn first_guess(probability: f64, shape: f64, upper: bool) -> f64 {
    let z = if upper { -normal::quantile(probability) } else { normal::quantile(probability) };
    let spread = 1.0 / (9.0 * shape);
    let root = 1.0 - spread + z * spread.sqrt();
    let guess = shape * root * root * root;
    let lower = if upper { 1.0 - probability } else { probability };
    let tiny = libm::exp((libm::log(lower) + libm::lgamma(shape + 1.0)) / shape);
    if root > 0.0 && guess > 0.1 * shape.min(1.0) { guess } else { tiny }
}

/// Shares of the gamma distribution below and above `x`.
fn tails(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x < shape + 1.0 {
        let below = series(shape, x);
        (below, 1.0 - below)
    } else {
        let above = fraction(shape, x);
        (1.0 - above, above)
    }
}

/// P(shape, x) by its power series.
fn series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0 / shape;
    let mut sum = term;
    let mut next = shape;
    while term > sum * 1e-17 {
        next += 1.0;
        term *= x / next;
        sum += term;
    }
    sum * x * density(shape, x)
}

/// Q(shape, x) by Lentz's continued fraction.
fn fraction(shape: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut partial = x + 1.0 - shape;
    let mut above = 1.0 / TINY;
    let mut below = 1.0 / partial;
    let mut product = below;
    for step in 1..100_000_u32 {
        let step = f64::from(step);
        let term = -step * (step - shape);
        partial += 2.0;
        below = 1.0 / nonzero(term * below + partial, TINY);
        above = nonzero(partial + term / above, TINY);
        product *= below * above;
        if (below * above - 1.0).abs() < 1e-16 {
            break;
        }
    }
    product * x * density(shape, x)
}

fn nonzero(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

/// The gamma density at `x`, kept accurate for large shapes.
fn density(shape: f64, x: f64) -> f64 {
    if shape < 30.0 {
        return libm::exp((shape - 1.0) * libm::log(x) - x - libm::lgamma(shape));
    }
    let off = (x - shape) / shape;
    let [first, second, third, fourth] =
        [(1, 12.0), (3, 360.0), (5, 1260.0), (7, 1680.0)].map(|(n, by)| 1.0 / (by * shape.powi(n)));
    let stirling = first - second + third - fourth;
    let constant = 0.5 * libm::log(shape / std::f64::consts::TAU) - libm::log(x);
    libm::exp(shape * (libm::log1p(off) - off) + constant - stirling)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values computed with scipy 1.x (`chi2.ppf`, `chi2.isf`).
    #[test]
    fn quantiles_agree_with_the_table() {
        let table = include_str!("chi_squared_table.csv");
        let mut compared = 0;
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let numbers: Vec<f64> = cells[1..].iter().map(|cell| cell.parse().unwrap()).collect();
            let (share, freedom, expected) = (numbers[0], numbers[1], numbers[2]);
            let found = match cells[0] {
                "lower" => quantile(share, freedom),
                _ => upper_quantile(share, freedom),
            };
            let error = (found / expected - 1.0).abs();
            assert!(error < 2e-13, "{line}: found {found}, relative error {error}");
            compared += 1;
        }
        assert!(compared > 100, "{compared} values compared");
    }

    #[test]
    fn the_share_above_a_quantile_is_the_share_asked_for() {
        for freedom in [1.0, 2.0, 7.0, 40.0, 5000.0] {
            let value = upper_quantile(0.01, freedom);
            assert!((above(value, freedom) / 0.01 - 1.0).abs() < 1e-12);
        }
    }
}
