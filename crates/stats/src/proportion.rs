//! Proportions with Wilson's score interval, the interval of every OHID percentage.

use crate::figure::{Figure, Limits, NoFigure, counted};
use crate::level::Level;

/// A proportion between 0 and 1 with Wilson's limits.
///
/// Good for small numbers and for proportions near 0 and 1, where the textbook interval leaves the scale.
/// Equation: [`methods.md#wilson`](../../../docs/book/methods.md#wilson).
///
/// # Errors
/// Missing or negative numbers, a denominator of 0, or a numerator above the denominator.
///
/// # Source
/// `wilson_1927`, `newcombe_altman_2000`
///
/// # Example
/// ```
/// use stats::{Level, proportion::proportion};
/// let figure = proportion(65.0, 100.0, &Level::new(vocab::Confidence::P95)).unwrap();
/// assert!((figure.limits.lower - 0.5525444329688797).abs() < 1e-15);
/// ```
pub fn proportion(numerator: f64, denominator: f64, level: &Level) -> Result<Figure, NoFigure> {
    counted(&[numerator, denominator])?;
    if denominator == 0.0 {
        return Err(NoFigure::EmptyDenominator);
    }
    if numerator > denominator {
        return Err(NoFigure::NumeratorAboveDenominator);
    }
    let value = numerator / denominator;
    Ok(Figure { value, limits: wilson(numerator, denominator, level.z()) })
}

/// Wilson's limits for `numerator` of a `denominator` above 0.
#[must_use]
pub fn wilson(numerator: f64, denominator: f64, z: f64) -> Limits {
    let squared = z * z;
    let centre = 2.0 * numerator + squared;
    let reach = z * (squared + 4.0 * numerator * (1.0 - numerator / denominator)).sqrt();
    let scale = 2.0 * (denominator + squared);
    Limits { lower: (centre - reach) / scale, upper: (centre + reach) / scale }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Confidence;

    #[test]
    fn nobody_of_anybody_has_a_lower_limit_of_nought() {
        let figure = proportion(0.0, 10.0, &Level::new(Confidence::P95)).unwrap();
        assert!(figure.value == 0.0 && figure.limits.lower.abs() < 1e-16);
        assert!((figure.limits.upper - 0.277_532_799_862_889_3).abs() < 1e-12);
    }

    #[test]
    fn five_of_forty_is_the_worked_example() {
        let limits = proportion(5.0, 40.0, &Level::new(Confidence::P95)).unwrap().limits;
        assert!((limits.lower - 0.0546).abs() < 5e-5 && (limits.upper - 0.2611).abs() < 5e-5);
    }

    #[test]
    fn impossible_proportions_say_why() {
        let level = Level::new(Confidence::P95);
        assert_eq!(proportion(1.0, 0.0, &level), Err(NoFigure::EmptyDenominator));
        assert_eq!(proportion(2.0, 1.0, &level), Err(NoFigure::NumeratorAboveDenominator));
        assert_eq!(proportion(-1.0, 1.0, &level), Err(NoFigure::Negative));
        assert_eq!(proportion(f64::NAN, 1.0, &level), Err(NoFigure::NotFinite));
    }
}
