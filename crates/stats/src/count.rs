//! Counts of events and crude rates, with Byar's limits and exact limits for small counts.

use vocab::Confidence;

use crate::distributions::chi_squared;
use crate::figure::{Figure, Limits, NoFigure, counted};
use crate::level::{EXACT_BELOW, Level};

/// A crude rate per `multiplier` people (or person-years) with its limits.
///
/// Equation: [`methods.md#crude-rate`](../../../docs/book/methods.md#crude-rate).
///
/// # Errors
/// Missing or negative numbers, or a denominator of 0.
///
/// # Source
/// `breslow_day_1987`, `armitage_berry_2002`
pub fn crude_rate(
    count: f64,
    denominator: f64,
    multiplier: f64,
    level: &Level,
) -> Result<Figure, NoFigure> {
    counted(&[count, denominator])?;
    if denominator == 0.0 {
        return Err(NoFigure::EmptyDenominator);
    }
    let per_event = multiplier / denominator;
    let value = count / denominator * multiplier;
    Ok(Figure { value, limits: poisson_limits(count, level).scaled(per_event) })
}

/// The limits of a count: exact below 10 events, Byar's from there.
#[must_use]
pub fn poisson_limits(count: f64, level: &Level) -> Limits {
    if count >= EXACT_BELOW as f64 {
        return byar(count, level.z());
    }
    level.small_count(count).unwrap_or_else(|| exact_poisson(count, level.confidence()))
}

/// Byar's approximate limits of a count.
///
/// Close to the exact limits from 10 events; below, the lower limit may even be negative, so that
/// [`exact_poisson`] is used. Equation: [`methods.md#byar`](../../../docs/book/methods.md#byar).
///
/// # Source
/// `breslow_day_1987`
///
/// # Example
/// ```
/// let limits = stats::count::byar(65.0, 1.959963984540054);
/// assert!((limits.lower - 50.163187710459454).abs() < 1e-12);
/// ```
#[must_use]
pub fn byar(count: f64, z: f64) -> Limits {
    let next = count + 1.0;
    let lower = 1.0 - 1.0 / (9.0 * count) - z / (3.0 * count.sqrt());
    let upper = 1.0 - 1.0 / (9.0 * next) + z / (3.0 * next.sqrt());
    let lower = if count > 0.0 { count * lower * lower * lower } else { 0.0 };
    Limits { lower, upper: next * upper * upper * upper }
}

/// Exact limits of a Poisson count; the lower limit of 0 events is 0.
///
/// Equation: [`methods.md#exact-poisson`](../../../docs/book/methods.md#exact-poisson).
///
/// # Source
/// `armitage_berry_2002`
#[must_use]
pub fn exact_poisson(count: f64, confidence: Confidence) -> Limits {
    let tail = confidence.tail();
    let lower = if count > 0.0 { chi_squared::quantile(tail, 2.0 * count) / 2.0 } else { 0.0 };
    Limits { lower, upper: chi_squared::upper_quantile(tail, 2.0 * count + 2.0) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Limits, lower: f64, upper: f64) -> bool {
        (found.lower - lower).abs() < 6e-4 && (found.upper - upper).abs() < 6e-4
    }

    #[test]
    fn the_worked_counts_have_their_limits() {
        let level = Level::new(Confidence::P95);
        assert!(close(byar(20.0, level.z()), 12.211, 30.890));
        assert!(close(exact_poisson(4.0, Confidence::P95), 1.090, 10.242));
        assert!(close(exact_poisson(20.0, Confidence::P95), 12.217, 30.888));
    }

    #[test]
    fn no_events_have_an_exact_upper_limit() {
        let limits = poisson_limits(0.0, &Level::new(Confidence::P95));
        assert!(limits.lower == 0.0 && (limits.upper - 3.688_879_454_113_936).abs() < 1e-12);
    }

    #[test]
    fn part_counts_below_ten_have_exact_limits_too() {
        let level = Level::new(Confidence::P95);
        let (half, nine) = (poisson_limits(8.5, &level), poisson_limits(9.0, &level));
        assert!(half.lower < nine.lower && half.upper < nine.upper);
    }

    #[test]
    fn a_rate_of_an_empty_population_says_why() {
        let level = Level::new(Confidence::P95);
        assert_eq!(crude_rate(0.0, 0.0, 1000.0, &level), Err(NoFigure::EmptyDenominator));
        assert!(crude_rate(0.0, 50.0, 1000.0, &level).unwrap().value == 0.0);
    }
}
