//! A gradient over many small areas: concentration index, and slope and relative index by regression.
//!
//! Areas stand in order from the most to the least deprived, each at the middle of its share of the people. One
//! weighted line through their values gives all three indices, and its residuals give their limits, so areas need
//! no standard errors of their own. Values bounded above and below (shares) have Erreygers' index.

use crate::Level;
use crate::distributions::student;
use crate::figure::{Figure, Limits, NoFigure, counted};

/// One area of the gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Where it stands: the lower, the more deprived. Equal positions share one rank.
    pub position: f64,
    /// People in it.
    pub people: f64,
    /// Its value.
    pub value: f64,
}

/// A fitted gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gradient {
    /// Mean value of a person.
    pub mean: f64,
    /// Areas with people.
    pub areas: usize,
    slope: f64,
    /// Variance of the ranks of people.
    ranks: f64,
    /// Variance of the residuals.
    residuals: f64,
}

/// Fits the gradient. Areas without people are left out.
///
/// Equation: [`methods.md#concentration-index`](../../../docs/book/methods.md#concentration-index).
///
/// # Errors
/// Fewer than three areas, missing or negative numbers, or everybody at one rank.
///
/// # Source
/// `kakwani_1997`, `odonnell_2008`
///
/// # Example
/// ```
/// use stats::inequality::gradient::{Ranked, gradient};
/// let fifths = [5.2, 5.6, 5.9, 6.1, 6.4];
/// let areas: Vec<Ranked> = fifths
///     .iter()
///     .enumerate()
///     .map(|(fifth, value)| Ranked { position: fifth as f64, people: 1.0, value: *value })
///     .collect();
/// assert_eq!(format!("{:.4}", gradient(&areas).unwrap().concentration().unwrap()), "0.0397");
/// ```
pub fn gradient(areas: &[Ranked]) -> Result<Gradient, NoFigure> {
    for area in areas {
        counted(&[area.people, area.value])?;
        if !area.position.is_finite() {
            return Err(NoFigure::NotFinite);
        }
    }
    let mut areas: Vec<Ranked> = areas.iter().filter(|area| area.people > 0.0).copied().collect();
    if areas.len() < 3 {
        return Err(NoFigure::TooFewValues);
    }
    areas.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.value.total_cmp(&b.value)));
    let ranked = ranks(&areas);
    // Taken off the first value, so that values that are all the same have no slope to the last bit.
    let first = ranked.first().map_or(0.0, |(_, _, value)| *value);
    let off = |value: &f64| value - first;
    let mean = first + ranked.iter().map(|(share, _, value)| share * off(value)).sum::<f64>();
    let spread: f64 =
        ranked.iter().map(|(share, rank, _)| share * (rank - 0.5) * (rank - 0.5)).sum();
    if spread <= 0.0 {
        return Err(NoFigure::NoVariation);
    }
    let slope =
        ranked.iter().map(|(share, rank, value)| share * (rank - 0.5) * off(value)).sum::<f64>()
            / spread;
    let residual = |(share, rank, value): &(f64, f64, f64)| {
        let off = value - mean - slope * (rank - 0.5);
        share * off * off
    };
    let residuals = ranked.iter().map(residual).sum::<f64>() / (areas.len() - 2) as f64;
    Ok(Gradient { mean, areas: areas.len(), slope, ranks: spread, residuals })
}

/// Share of people, rank and value of each area; areas at one position share the middle of their people.
fn ranks(areas: &[Ranked]) -> Vec<(f64, f64, f64)> {
    let people: f64 = areas.iter().map(|area| area.people).sum();
    let mut before = 0.0;
    let mut ranked = Vec::with_capacity(areas.len());
    for tied in areas.chunk_by(|a, b| a.position.total_cmp(&b.position).is_eq()) {
        let share: f64 = tied.iter().map(|area| area.people / people).sum();
        let rank = before + share / 2.0;
        ranked.extend(tied.iter().map(|area| (area.people / people, rank, area.value)));
        before += share;
    }
    ranked
}

impl Gradient {
    /// Concentration index: above 0 where the less deprived have more.
    ///
    /// # Errors
    /// A mean of nought.
    pub fn concentration(&self) -> Result<f64, NoFigure> {
        if self.mean == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        Ok(2.0 * self.ranks * self.slope / self.mean)
    }

    /// Standard error of the concentration index, by the convenient regression.
    ///
    /// # Errors
    /// A mean of nought.
    pub fn concentration_error(&self) -> Result<f64, NoFigure> {
        if self.mean == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        Ok(2.0 * (self.residuals * self.ranks).sqrt() / self.mean)
    }

    /// Concentration index with its limits.
    ///
    /// # Errors
    /// A mean of nought.
    pub fn concentration_figure(&self, level: &Level) -> Result<Figure, NoFigure> {
        let (value, error) = (self.concentration()?, self.concentration_error()?);
        Ok(self.figure(value, error, level))
    }

    /// Erreygers' index of values that lie between `low` and `high`.
    ///
    /// # Errors
    /// Bounds that leave no room.
    ///
    /// # Source
    /// `erreygers_2009`
    pub fn erreygers(&self, low: f64, high: f64, level: &Level) -> Result<Figure, NoFigure> {
        if high - low <= 0.0 || !(high - low).is_finite() {
            return Err(NoFigure::EmptyDenominator);
        }
        let factor = 8.0 * self.ranks / (high - low);
        let error = factor * (self.residuals / self.ranks).sqrt();
        Ok(self.figure(factor * self.slope, error, level))
    }

    /// Slope index: the line at the least deprived end less that at the most deprived end.
    #[must_use]
    pub fn slope_index(&self, level: &Level) -> Figure {
        self.figure(self.slope, (self.residuals / self.ranks).sqrt(), level)
    }

    /// Relative index: the one end over the other, with limits by Fieller's theorem.
    ///
    /// # Errors
    /// A line that reaches nought at the most deprived end, or may do so as far as the limits tell.
    ///
    /// # Source
    /// `fieller_1954`
    pub fn relative_index(&self, level: &Level) -> Result<Figure, NoFigure> {
        let (from, to) = (self.mean - self.slope / 2.0, self.mean + self.slope / 2.0);
        if from <= 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        let square = self.quantile(level) * self.quantile(level) * self.residuals;
        let (variance, shared) = (1.0 + 0.25 / self.ranks, 1.0 - 0.25 / self.ranks);
        let bottom = from * from - square * variance;
        let middle = from * to - square * shared;
        let root = (middle * middle - bottom * (to * to - square * variance)).max(0.0);
        if bottom <= 0.0 {
            return Err(NoFigure::IntervalUnbounded);
        }
        let limits = Limits {
            lower: (middle - root.sqrt()) / bottom,
            upper: (middle + root.sqrt()) / bottom,
        };
        Ok(Figure { value: to / from, limits })
    }

    fn quantile(&self, level: &Level) -> f64 {
        student::upper_quantile(level.tail(), (self.areas - 2) as f64)
    }

    fn figure(&self, value: f64, error: f64, level: &Level) -> Figure {
        let reach = self.quantile(level) * error;
        Figure { value, limits: Limits { lower: value - reach, upper: value + reach } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Confidence;

    fn fifths(values: [f64; 5]) -> Vec<Ranked> {
        let fifth = |(place, value)| Ranked { position: place as f64, people: 100.0, value };
        values.into_iter().enumerate().map(fifth).collect()
    }

    fn level() -> Level {
        Level::new(Confidence::P95)
    }

    #[test]
    fn the_worked_example_has_its_index_and_standard_error() {
        let fitted = gradient(&fifths([5.2, 5.6, 5.9, 6.1, 6.4])).unwrap();
        assert_eq!(format!("{:.4}", fitted.concentration().unwrap()), "0.0397");
        // By hand: the residuals of 5.84 + 1.45 (R − ½) have squares that add up to 0.011.
        let by_hand = 0.16 / 5.84 * (0.011_f64 / 3.0 / 0.4).sqrt();
        assert!((fitted.concentration_error().unwrap() - by_hand).abs() < 1e-12);
    }

    #[test]
    fn slope_and_relative_index_are_the_ends_of_the_line() {
        let fitted = gradient(&fifths([1.0, 2.0, 3.0, 4.0, 5.0])).unwrap();
        let slope = fitted.slope_index(&level());
        assert!(
            (slope.value - 5.0).abs() < 1e-12 && slope.limits.upper - slope.limits.lower < 1e-6
        );
        assert!((fitted.relative_index(&level()).unwrap().value - 11.0).abs() < 1e-12);
    }

    #[test]
    fn order_within_one_position_does_not_matter() {
        let area = |position, value| Ranked { position, people: 10.0, value };
        let one = [area(1.0, 2.0), area(1.0, 5.0), area(2.0, 3.0), area(3.0, 9.0)];
        let other = [area(3.0, 9.0), area(1.0, 5.0), area(2.0, 3.0), area(1.0, 2.0)];
        assert_eq!(gradient(&one), gradient(&other));
    }

    #[test]
    fn a_mirror_image_has_the_opposite_index() {
        let up = gradient(&fifths([5.2, 5.6, 5.9, 6.1, 6.4])).unwrap().concentration().unwrap();
        let down = gradient(&fifths([6.4, 6.1, 5.9, 5.6, 5.2])).unwrap().concentration().unwrap();
        assert!((up + down).abs() < 1e-15);
    }

    #[test]
    fn values_that_are_all_the_same_have_no_gradient_at_all() {
        let areas = [(1.0, 7.0), (2.0, 5.3), (3.0, 11.1), (4.0, 0.7)];
        let areas = areas.map(|(position, people)| Ranked { position, people, value: 1.0 });
        let fit = gradient(&areas).unwrap();
        let index = fit.erreygers(0.0, 1.0, &level()).unwrap();
        assert_eq!((index.value, index.limits.lower, index.limits.upper), (0.0, 0.0, 0.0));
        assert_eq!(fit.concentration(), Ok(0.0));
    }

    #[test]
    fn erreygers_index_is_the_same_for_attainment_and_shortfall() {
        let shares = [0.5, 0.6, 0.65, 0.8, 0.7];
        let reached = gradient(&fifths(shares)).unwrap().erreygers(0.0, 1.0, &level()).unwrap();
        let missed = shares.map(|share| 1.0 - share);
        let missed = gradient(&fifths(missed)).unwrap().erreygers(0.0, 1.0, &level()).unwrap();
        assert!((reached.value + missed.value).abs() < 1e-15);
        assert!((reached.limits.lower + missed.limits.upper).abs() < 1e-12);
    }

    #[test]
    fn values_of_nought_have_a_slope_and_no_ratio() {
        let fitted = gradient(&fifths([0.0; 5])).unwrap();
        assert_eq!(fitted.concentration(), Err(NoFigure::EmptyDenominator));
        assert!(fitted.slope_index(&level()).value.abs() < 1e-15);
    }
}
