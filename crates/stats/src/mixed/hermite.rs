//! Points and weights of Gauss–Hermite quadrature.

/// The points x and weights w with ∫ e^(−x²) f(x) dx ≈ Σ w f(x), exact for polynomials of degree 2n − 1.
///
/// Newton's method on the normalised Hermite polynomials, from the largest point inwards.
///
/// # Source
/// `press_2007`
pub fn gauss_hermite(points: usize) -> Vec<(f64, f64)> {
    let n = points as f64;
    let mut found: Vec<(f64, f64)> = Vec::with_capacity(points);
    for index in 0..points.div_ceil(2) {
        let mut x = match index {
            0 => (2.0 * n + 1.0).sqrt() - 1.855_75 * libm::pow(2.0 * n + 1.0, -1.0 / 6.0),
            1 => found[0].0 - 1.14 * libm::pow(n, 0.426) / found[0].0,
            2 => 1.86 * found[1].0 - 0.86 * found[0].0,
            3 => 1.91 * found[2].0 - 0.91 * found[1].0,
            _ => 2.0 * found[index - 1].0 - found[index - 2].0,
        };
        let mut slope = 1.0;
        for _ in 0..50 {
            let (value, before) = hermite(points, x);
            slope = (2.0 * n).sqrt() * before;
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-15 * (1.0 + x.abs()) {
                break;
            }
        }
        found.push((x, 2.0 / (slope * slope)));
    }
    let mirrored = found[..points / 2].iter().rev().map(|(x, weight)| (-x, *weight));
    let mut all = found.clone();
    if points % 2 == 1 {
        all[points / 2].0 = 0.0;
    }
    all.extend(mirrored);
    all
}

/// The normalised Hermite polynomial of a degree, and that of the degree below.
fn hermite(degree: usize, x: f64) -> (f64, f64) {
    let (mut value, mut before) = (std::f64::consts::PI.powf(-0.25), 0.0);
    for k in 0..degree {
        let k = k as f64;
        let next = x * (2.0 / (k + 1.0)).sqrt() * value - (k / (k + 1.0)).sqrt() * before;
        before = value;
        value = next;
    }
    (value, before)
}

#[cfg(test)]
mod tests {
    use super::gauss_hermite;

    #[test]
    fn moments_of_the_normal_curve_are_exact() {
        for points in [1, 2, 5, 8, 15, 25] {
            let nodes = gauss_hermite(points);
            let moment = |power: i32| -> f64 {
                nodes.iter().map(|(x, weight)| weight * x.powi(power)).sum::<f64>()
                    / std::f64::consts::PI.sqrt()
            };
            assert_eq!(nodes.len(), points);
            assert!((moment(0) - 1.0).abs() < 1e-13, "{points}");
            assert!(moment(1).abs() < 1e-13, "{points}");
            if points >= 3 {
                assert!((moment(2) - 0.5).abs() < 1e-13 && (moment(4) - 0.75).abs() < 1e-13);
            }
        }
    }
}
