//! Rates made comparable between places of different age and sex.
//!
//! *Direct* standardisation asks what the rate would be if the place had the age structure of a standard
//! population. *Indirect* standardisation asks how the events that happened compare with those expected if
//! each age group had the rate of a reference. Both add up age bands one at a time, in any order.

use crate::count::{byar, poisson_limits};
use crate::figure::{Figure, Limits, NoFigure, counted};
use crate::level::{EXACT_BELOW, Level};

/// The European Standard Population of 2013: ages 0–4, 5–9, … 85–89, 90 and over; 100,000 in all.
///
/// # Source
/// `eurostat_2013`
pub const EUROPEAN_STANDARD_2013: [f64; 19] = [
    5000.0, 5500.0, 5500.0, 5500.0, 6000.0, 6000.0, 6500.0, 7000.0, 7000.0, 7000.0, 7000.0, 6500.0,
    6000.0, 5500.0, 5000.0, 4000.0, 2500.0, 1500.0, 1000.0,
];

/// The age bands of one place, added up for a directly standardised rate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Direct {
    count: f64,
    population: f64,
    weighted: f64,
    weighted_squares: f64,
    weights: f64,
    problem: Option<NoFigure>,
}

/// A directly standardised rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DirectRate {
    /// Events in all bands.
    pub count: f64,
    /// People in all bands.
    pub population: f64,
    /// The rate per `multiplier` people.
    pub value: f64,
    /// Variance of the rate per person.
    variance: f64,
    multiplier: f64,
}

impl Direct {
    /// Adds an age band: events, people, and the weight of the standard population.
    pub fn add(&mut self, count: f64, population: f64, weight: f64) {
        self.add_repeated(&[count], population, weight);
    }

    /// Adds an age band whose events may befall the same person: `people[k]` had `k + 1` events each.
    ///
    /// Such events are not independent, and the interval is wider for it.
    /// Equation: [`methods.md#dsr-repeated`](../../../docs/book/methods.md#dsr-repeated).
    pub fn add_repeated(&mut self, people: &[f64], population: f64, weight: f64) {
        let checked = counted(people).and(counted(&[population, weight]));
        if population == 0.0 {
            self.problem = self.problem.or(Some(NoFigure::EmptyDenominator));
        }
        self.problem = self.problem.or(checked.err());
        let share = weight / population;
        for (people, events) in people.iter().zip(1_u32..) {
            let events = f64::from(events);
            self.count += people * events;
            self.weighted += people * events * share;
            self.weighted_squares += people * events * events * share * share;
        }
        self.population += population;
        self.weights += weight;
    }

    /// Events added so far.
    #[must_use]
    pub const fn count(&self) -> f64 {
        self.count
    }

    /// People added so far.
    #[must_use]
    pub const fn population(&self) -> f64 {
        self.population
    }

    /// The directly standardised rate per `multiplier` people.
    ///
    /// Equation: [`methods.md#dsr`](../../../docs/book/methods.md#dsr).
    ///
    /// # Errors
    /// Fewer than 10 events in all, a band without people, or missing and negative numbers.
    ///
    /// # Source
    /// `dobson_1991`, `fingertips_methods`
    pub fn rate(&self, multiplier: f64) -> Result<DirectRate, NoFigure> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        if self.weights == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        if self.count < EXACT_BELOW as f64 {
            return Err(NoFigure::TooFewEvents);
        }
        Ok(DirectRate {
            count: self.count,
            population: self.population,
            value: self.weighted / self.weights * multiplier,
            variance: self.weighted_squares / (self.weights * self.weights),
            multiplier,
        })
    }
}

impl DirectRate {
    /// Dobson's limits, from Byar's limits of the count.
    ///
    /// # Source
    /// `dobson_1991`
    #[must_use]
    pub fn limits(&self, level: &Level) -> Limits {
        let counts = byar(self.count, level.z());
        let scale = (self.variance / self.count).sqrt() * self.multiplier;
        Limits {
            lower: self.value + scale * (counts.lower - self.count),
            upper: self.value + scale * (counts.upper - self.count),
        }
    }
}

/// The age bands of one place, added up for an indirectly standardised ratio or rate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Indirect {
    observed: f64,
    expected: f64,
    reference_count: f64,
    reference_population: f64,
    problem: Option<NoFigure>,
}

impl Indirect {
    /// Adds an age band: events and people of the place, events and people of the reference.
    pub fn add(&mut self, count: f64, people: f64, reference_count: f64, reference_people: f64) {
        let checked = counted(&[count, people, reference_count, reference_people]);
        if reference_people == 0.0 {
            self.problem = self.problem.or(Some(NoFigure::EmptyDenominator));
        }
        self.problem = self.problem.or(checked.err());
        self.observed += count;
        self.expected += reference_count / reference_people * people;
        self.reference_count += reference_count;
        self.reference_population += reference_people;
    }

    /// Replaces the events added so far by a total known only for the place as a whole.
    #[must_use]
    pub fn with_observed(mut self, observed: f64) -> Self {
        self.problem = self.problem.or(counted(&[observed]).err());
        self.observed = observed;
        self
    }

    /// Events that happened.
    #[must_use]
    pub const fn observed(&self) -> f64 {
        self.observed
    }

    /// Events expected at the reference's rates.
    #[must_use]
    pub const fn expected(&self) -> f64 {
        self.expected
    }

    /// The crude rate of the reference per `multiplier` people.
    #[must_use]
    pub fn reference_rate(&self, multiplier: f64) -> f64 {
        self.reference_count / self.reference_population * multiplier
    }

    /// Observed over expected events, times `multiplier` (1 or 100).
    ///
    /// Equation: [`methods.md#isr`](../../../docs/book/methods.md#isr).
    ///
    /// # Errors
    /// Nothing expected, an empty reference band, or missing and negative numbers.
    ///
    /// # Source
    /// `breslow_day_1987`, `fingertips_methods`
    pub fn ratio(&self, multiplier: f64, level: &Level) -> Result<Figure, NoFigure> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        if self.expected == 0.0 {
            return Err(NoFigure::NothingExpected);
        }
        let scale = multiplier / self.expected;
        let limits = poisson_limits(self.observed, level).scaled(scale);
        Ok(Figure { value: self.observed / self.expected * multiplier, limits })
    }

    /// The ratio times the reference's crude rate: what the place's rate would be at the reference's ages.
    ///
    /// # Errors
    /// As [`Self::ratio`].
    pub fn rate(&self, multiplier: f64, level: &Level) -> Result<Figure, NoFigure> {
        self.ratio(self.reference_rate(multiplier), level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Confidence;

    fn worked() -> Direct {
        let mut bands = Direct::default();
        let rows = [
            (6.0, 4000.0, 22_000.0),
            (10.0, 6000.0, 37_500.0),
            (30.0, 10_000.0, 26_500.0),
            (44.0, 3000.0, 14_000.0),
        ];
        for (count, people, weight) in rows {
            bands.add(count, people, weight);
        }
        bands
    }

    #[test]
    fn the_worked_rate_has_its_limits() {
        let rate = worked().rate(1000.0).unwrap();
        let limits = rate.limits(&Level::new(Confidence::P95));
        let found = [rate.value, limits.lower, limits.upper];
        let expected = [3.803, 3.028, 4.711];
        assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 6e-4), "{found:?}");
    }

    #[test]
    fn fewer_than_ten_events_are_suppressed() {
        let mut bands = Direct::default();
        bands.add(9.0, 1000.0, 5000.0);
        assert_eq!(bands.rate(1000.0), Err(NoFigure::TooFewEvents));
        assert_eq!(Direct::default().rate(1.0), Err(NoFigure::EmptyDenominator));
    }

    #[test]
    fn a_band_without_people_is_named() {
        let mut bands = worked();
        bands.add(0.0, 0.0, 1000.0);
        assert_eq!(bands.rate(1000.0), Err(NoFigure::EmptyDenominator));
    }

    #[test]
    fn the_worked_ratio_has_its_limits() {
        let mut bands = Indirect::default();
        bands.add(90.0, 75.3, 1.0, 1.0);
        let figure = bands.ratio(100.0, &Level::new(Confidence::P95)).unwrap();
        let found = [figure.value, figure.limits.lower, figure.limits.upper];
        let expected = [119.5, 96.1, 146.9];
        assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 0.05), "{found:?}");
    }

    #[test]
    fn nothing_expected_gives_no_ratio() {
        let mut bands = Indirect::default();
        bands.add(0.0, 10.0, 0.0, 10.0);
        let level = Level::new(Confidence::P95);
        assert_eq!(bands.ratio(100.0, &level), Err(NoFigure::NothingExpected));
    }

    #[test]
    fn no_events_where_some_were_expected_have_an_upper_limit() {
        let mut bands = Indirect::default();
        bands.add(0.0, 100.0, 10.0, 100.0);
        let figure = bands.ratio(1.0, &Level::new(Confidence::P95)).unwrap();
        assert!(figure.value == 0.0 && figure.limits.lower == 0.0);
        assert!((figure.limits.upper - 0.368_887_945).abs() < 1e-8);
    }

    #[test]
    fn the_standard_population_sums_to_a_hundred_thousand() {
        assert!((EUROPEAN_STANDARD_2013.iter().sum::<f64>() - 100_000.0).abs() < 1e-9);
    }
}
