//! Whether two figures of the same organisations rise and fall together, by rank.

use crate::figure::{Figure, Limits, NoFigure};
use crate::level::Level;

/// Spearman's correlation of pairs, ties sharing their mean rank, with limits by Fisher's transformation and the
/// variance of Bonett and Wright.
///
/// Equation: [`methods.md#rank-correlation`](../../../docs/book/methods.md#rank-correlation).
///
/// # Errors
/// Fewer than five pairs, a missing or infinite figure, or figures that are all alike.
///
/// # Source
/// `spearman_1904`, `bonett_wright_2000`
pub fn rank_correlation(pairs: &[(f64, f64)], level: &Level) -> Result<Figure, NoFigure> {
    if pairs.len() < 5 {
        return Err(NoFigure::TooFewValues);
    }
    if pairs.iter().any(|(first, second)| !first.is_finite() || !second.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    let first = ranks(pairs.iter().map(|pair| pair.0));
    let second = ranks(pairs.iter().map(|pair| pair.1));
    let centre = f64::midpoint(pairs.len() as f64, 1.0);
    let product = |left: &[f64], right: &[f64]| -> f64 {
        left.iter().zip(right).map(|(a, b)| (a - centre) * (b - centre)).sum()
    };
    let spread = (product(&first, &first) * product(&second, &second)).sqrt();
    if spread == 0.0 {
        return Err(NoFigure::TooFewValues);
    }
    let value = product(&first, &second) / spread;
    let error = ((1.0 + value * value / 2.0) / (pairs.len() as f64 - 3.0)).sqrt();
    let limit = |z: f64| libm::tanh(libm::atanh(value) + z * error);
    let limits = Limits { lower: limit(-level.z()), upper: limit(level.z()) };
    Ok(Figure { value, limits })
}

/// The rank of each value, 1 for the lowest; equal values share the mean of their ranks.
fn ranks(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let values: Vec<f64> = values.collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for alike in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let rank = before as f64 + f64::midpoint(alike.len() as f64, 1.0);
        for position in alike {
            ranks[*position] = rank;
        }
        before += alike.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Confidence;

    fn correlated(pairs: &[(f64, f64)]) -> Result<Figure, NoFigure> {
        rank_correlation(pairs, &Level::new(Confidence::P95))
    }

    #[test]
    fn figures_in_the_same_order_have_correlation_one() {
        let pairs = [(1.0, 10.0), (2.0, 20.0), (3.0, 25.0), (4.0, 90.0), (5.0, 91.0)];
        assert!((correlated(&pairs).unwrap().value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn ties_share_their_mean_rank() {
        assert_eq!(ranks([3.0, 1.0, 3.0, 2.0].into_iter()), [3.5, 1.0, 3.5, 2.0]);
    }

    #[test]
    fn a_worked_example_of_ten_pairs_is_reproduced() {
        // d² = 194 over ten pairs without ties: 1 − 6 × 194 / 990.
        let first = [86., 97., 99., 100., 101., 103., 106., 110., 112., 113.];
        let second = [2., 20., 28., 27., 50., 29., 7., 17., 6., 12.];
        let pairs: Vec<(f64, f64)> = first.into_iter().zip(second).collect();
        assert!((correlated(&pairs).unwrap().value - (1.0 - 6.0 * 194.0 / 990.0)).abs() < 1e-12);
    }

    #[test]
    fn figures_all_alike_have_none() {
        let pairs: Vec<(f64, f64)> = (0..9).map(|number| (1.0, f64::from(number))).collect();
        assert_eq!(correlated(&pairs), Err(NoFigure::TooFewValues));
    }
}
