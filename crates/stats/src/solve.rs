//! Finding where a function crosses nought.

/// The crossing of a continuous function between two points where its sign differs.
///
/// Regula falsi with the Illinois correction, which keeps the bracket and converges faster than bisection.
/// Where the signs do not differ the nearer end is the answer.
pub(crate) fn crossing(low: f64, high: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = ((low, function(low)), (high, function(high)));
    if a.1 * b.1 > 0.0 {
        return if a.1.abs() < b.1.abs() { a.0 } else { b.0 };
    }
    for _ in 0..200 {
        let x = (a.0 * b.1 - b.0 * a.1) / (b.1 - a.1);
        if a.1 == 0.0 || b.1 == 0.0 || (b.0 - a.0).abs() <= 1e-14 * (a.0.abs() + b.0.abs()) {
            break;
        }
        let y = function(x);
        if y * b.1 < 0.0 {
            a = b;
        } else {
            a.1 /= 2.0;
        }
        b = (x, y);
    }
    if a.1 == 0.0 { a.0 } else { b.0 }
}

#[cfg(test)]
mod tests {
    use super::crossing;

    #[test]
    fn the_square_root_of_two_is_found() {
        let root = crossing(0.0, 10.0, |x| x * x - 2.0);
        assert!((root - std::f64::consts::SQRT_2).abs() < 1e-13, "{root}");
    }

    #[test]
    fn without_a_crossing_the_nearer_end_is_given() {
        assert!((crossing(1.0, 2.0, |x| x) - 1.0).abs() < 1e-12);
    }
}
