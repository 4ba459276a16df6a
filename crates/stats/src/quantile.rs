//! Quantiles by the ranking rule of OHID's deprivation guidance.

use crate::figure::NoFigure;

/// What equal values share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// The lowest of their ranks: they stay together (OHID's rule).
    #[default]
    Lowest,
    /// The mean of their ranks: they stay together.
    Average,
    /// Each its own rank, in the order given: they may be parted.
    First,
}

/// The quantile, 1 to `quantiles`, of each value.
///
/// `highest_first` puts the highest values into quantile 1 (the most deprived first, where a high score is
/// more deprived). Equation: [`methods.md#quantiles`](../../../docs/book/methods.md#quantiles).
///
/// # Errors
/// Fewer values than quantiles, or values that are missing.
///
/// # Source
/// `ohid_deprivation_categories`
pub fn quantiles(
    values: &[f64],
    quantiles: u32,
    highest_first: bool,
    ties: Ties,
) -> Result<Vec<u32>, NoFigure> {
    if values.iter().any(|value| !value.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    if quantiles == 0 || values.len() < quantiles as usize {
        return Err(NoFigure::TooFewValues);
    }
    let size = values.len() as f64 / f64::from(quantiles);
    let place = |rank: f64| {
        let from_top = ((values.len() as f64 + 1.0 - rank) / size).ceil();
        (f64::from(quantiles) + 1.0 - from_top).floor().max(1.0) as u32
    };
    Ok(ranks(values, highest_first, ties).into_iter().map(place).collect())
}

/// The rank of each value, from 1.
fn ranks(values: &[f64], highest_first: bool, ties: Ties) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| {
        let ascending = values[*a].total_cmp(&values[*b]);
        if highest_first { ascending.reverse() } else { ascending }
    });
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for equal in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        for (position, index) in equal.iter().enumerate() {
            ranks[*index] = 1.0
                + match ties {
                    Ties::Lowest => first as f64,
                    Ties::Average => first as f64 + (equal.len() - 1) as f64 / 2.0,
                    Ties::First => (first + position) as f64,
                };
        }
        first += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_values_fall_into_ten_deciles() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let rising = quantiles(&values, 10, false, Ties::Lowest).unwrap();
        assert_eq!(rising, (1..=10).collect::<Vec<u32>>());
        let falling = quantiles(&values, 10, true, Ties::Lowest).unwrap();
        assert_eq!(falling, (1..=10).rev().collect::<Vec<u32>>());
    }

    #[test]
    fn equal_values_stay_together_unless_asked() {
        let values = [1.0, 1.0, 1.0, 1.0];
        assert_eq!(quantiles(&values, 2, false, Ties::Lowest), Ok(vec![1; 4]));
        assert_eq!(quantiles(&values, 2, false, Ties::First), Ok(vec![1, 1, 2, 2]));
    }

    #[test]
    fn fewer_values_than_quantiles_are_refused() {
        assert_eq!(quantiles(&[1.0], 2, false, Ties::Lowest), Err(NoFigure::TooFewValues));
    }
}
