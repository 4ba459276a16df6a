//! How unequally something is spread over people, whoever they are: Gini, Theil, and the ratio of percentiles.
//!
//! Limits come from resampling areas: they say how far the figure would move if the areas were others like these,
//! not how far it is from the truth about these.

use rayon::prelude::*;

use super::sampling::tails;
use crate::figure::{Figure, NoFigure, counted};
use crate::level::Level;
use crate::random::{Key, Stream};

/// The number of this decision among keyed draws.
const AREA: u32 = 2;

/// What some people have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holding {
    /// How many people.
    pub people: f64,
    /// What each of them has.
    pub value: f64,
}

/// A measure of spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Gini's coefficient: 0 where all have the same, near 1 where one has everything.
    Gini,
    /// Theil's T: 0 where all have the same.
    Theil,
    /// The value that a fifth of the people reach or exceed, over the value that a fifth do not exceed.
    EightyTwenty,
}

impl Spread {
    /// The measure of these holdings.
    ///
    /// Equation: [`methods.md#spread`](../../../docs/book/methods.md#spread).
    ///
    /// # Errors
    /// Nobody, missing or negative numbers, or a mean (for the ratio, a lower percentile) of nought.
    ///
    /// # Source
    /// `lerman_yitzhaki_1989`, `theil_1967`
    ///
    /// # Example
    /// ```
    /// use stats::inequality::spread::{Holding, Spread};
    /// let holdings = [3.2, 3.9, 4.4, 4.9, 6.1].map(|value| Holding { people: 1.0, value });
    /// assert_eq!(format!("{:.3}", Spread::Gini.of(&holdings).unwrap()), "0.121");
    /// ```
    pub fn of(self, holdings: &[Holding]) -> Result<f64, NoFigure> {
        let holdings = ordered(holdings)?;
        let figure =
            self.of_ordered(holdings.iter().map(|holding| (holding.people, holding.value)));
        if figure.is_finite() { Ok(figure) } else { Err(NoFigure::EmptyDenominator) }
    }

    /// The measure with limits by resampling areas `repetitions` times with keyed draws.
    ///
    /// # Errors
    /// As [`Spread::of`]; fewer than three areas; or a resample that has no figure.
    ///
    /// # Source
    /// `efron_tibshirani_1993`
    pub fn with_limits(
        self,
        holdings: &[Holding],
        level: &Level,
        seed: u64,
        repetitions: u32,
    ) -> Result<Figure, NoFigure> {
        let value = self.of(holdings)?;
        let holdings = ordered(holdings)?;
        if holdings.len() < 3 {
            return Err(NoFigure::TooFewValues);
        }
        let mut draws: Vec<f64> = (0..repetitions)
            .into_par_iter()
            .map(|repetition| self.resampled(&holdings, seed, repetition))
            .collect();
        if draws.iter().any(|draw| !draw.is_finite()) {
            return Err(NoFigure::EmptyDenominator);
        }
        Ok(Figure { value, limits: tails(&mut draws, level.tail()) })
    }

    /// The measure of as many areas drawn with replacement.
    fn resampled(self, holdings: &[Holding], seed: u64, repetition: u32) -> f64 {
        let mut draw = Stream::new(Key { seed, decision: AREA, unit: repetition, time: 0 });
        let mut times = vec![0_u32; holdings.len()];
        for _ in 0..holdings.len() {
            times[draw.below(holdings.len() as u32) as usize] += 1;
        }
        let drawn = holdings.iter().zip(&times).filter(|(_, times)| **times > 0);
        self.of_ordered(
            drawn.map(|(holding, times)| (holding.people * f64::from(*times), holding.value)),
        )
    }

    /// The measure of people and values in rising order of value; not finite where there is none.
    fn of_ordered(self, rows: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
        let people: f64 = rows.clone().map(|(people, _)| people).sum();
        let mean = rows.clone().map(|(people, value)| people * value).sum::<f64>() / people;
        match self {
            Self::Gini => {
                let mut below = 0.0;
                let mut sum = 0.0;
                for (people, value) in rows {
                    sum += people * value * (below + people / 2.0);
                    below += people;
                }
                2.0 * sum / (people * people * mean) - 1.0
            }
            Self::Theil => {
                let term = |(people, value): (f64, f64)| {
                    let ratio = value / mean;
                    if ratio > 0.0 { people * ratio * libm::log(ratio) } else { ratio * 0.0 }
                };
                rows.map(term).sum::<f64>() / people
            }
            Self::EightyTwenty => {
                reached_by(rows.clone(), 0.8 * people) / reached_by(rows, 0.2 * people)
            }
        }
    }
}

/// The value that so many people do not exceed.
fn reached_by(rows: impl Iterator<Item = (f64, f64)>, wanted: f64) -> f64 {
    let (mut below, mut last) = (0.0, f64::NAN);
    for (people, value) in rows {
        below += people;
        last = value;
        if below >= wanted * (1.0 - 1e-12) {
            break;
        }
    }
    last
}

/// Holdings of somebody, in rising order of value.
fn ordered(holdings: &[Holding]) -> Result<Vec<Holding>, NoFigure> {
    for holding in holdings {
        counted(&[holding.people, holding.value])?;
    }
    let mut held: Vec<Holding> =
        holdings.iter().filter(|holding| holding.people > 0.0).copied().collect();
    held.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.people.total_cmp(&b.people)));
    if held.is_empty() { Err(NoFigure::EmptyDenominator) } else { Ok(held) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Confidence;

    fn held(values: &[f64]) -> Vec<Holding> {
        values.iter().map(|value| Holding { people: 10.0, value: *value }).collect()
    }

    #[test]
    fn equal_holdings_are_not_spread() {
        let equal = held(&[4.0; 6]);
        assert!(Spread::Gini.of(&equal).unwrap().abs() < 1e-15);
        assert!(Spread::Theil.of(&equal).unwrap().abs() < 1e-15);
        assert!((Spread::EightyTwenty.of(&equal).unwrap() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn one_who_has_everything_is_as_unequal_as_can_be() {
        let mut all = held(&[0.0; 4]);
        all.push(Holding { people: 10.0, value: 3.0 });
        assert!((Spread::Gini.of(&all).unwrap() - 0.8).abs() < 1e-15);
        assert!((Spread::Theil.of(&all).unwrap() - libm::log(5.0)).abs() < 1e-14);
        assert_eq!(Spread::EightyTwenty.of(&all), Err(NoFigure::EmptyDenominator));
    }

    #[test]
    fn a_group_counts_as_its_people_would_one_by_one() {
        let together = [Holding { people: 3.0, value: 2.0 }, Holding { people: 2.0, value: 7.0 }];
        let apart = held(&[2.0, 2.0, 2.0, 7.0, 7.0]);
        for measure in [Spread::Gini, Spread::Theil, Spread::EightyTwenty] {
            let (one, other) = (measure.of(&together).unwrap(), measure.of(&apart).unwrap());
            assert!((one - other).abs() < 1e-15, "{measure:?}");
        }
    }

    #[test]
    fn limits_hold_the_figure_and_repeat_with_the_seed() {
        let values: Vec<f64> = (1..80).map(|n| f64::from(n % 13 + 1)).collect();
        let level = Level::new(Confidence::P95);
        for measure in [Spread::Gini, Spread::Theil, Spread::EightyTwenty] {
            let figure = measure.with_limits(&held(&values), &level, 5, 500).unwrap();
            assert!(figure.limits.contains(figure.value), "{measure:?} {figure:?}");
            assert!(figure.limits.lower < figure.limits.upper);
            assert_eq!(measure.with_limits(&held(&values), &level, 5, 500).unwrap(), figure);
        }
    }
}
