//! Funnels of rates, crude or directly standardised, drawn on the population that the rate implies.

use crate::figure::{NoFigure, counted};
use crate::funnel::{ControlLimits, Standing};

/// How the rates of a funnel were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateKind {
    /// Events over people.
    Crude,
    /// Directly standardised; not judged under 10 events.
    Standardised,
}

/// Events and published rates of many places, with the population that each rate implies.
///
/// A standardised rate is judged as if it were a crude rate in the population `events / rate`; so that the
/// numbers judged are the numbers shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    kind: RateKind,
    events: Vec<f64>,
    populations: Vec<Option<f64>>,
}

impl Rates {
    /// The rates per `multiplier` people of many places.
    ///
    /// `populations` are used where there were no events (a rate of 0 implies none); leave empty if unknown.
    ///
    /// # Errors
    /// Missing or negative events, or lists of different length.
    ///
    /// # Source
    /// `fingertips_methods`
    pub fn new(
        kind: RateKind,
        multiplier: f64,
        events: &[f64],
        rates: &[f64],
        populations: &[f64],
    ) -> Result<Self, NoFigure> {
        counted(events)?;
        if rates.len() != events.len() {
            return Err(NoFigure::TooFewValues);
        }
        let implied = |(place, (events, rate)): (usize, (&f64, &f64))| {
            if *events > 0.0 && *rate > 0.0 {
                return Some(multiplier * events / rate);
            }
            let known = populations.get(place).copied().filter(|people| *people > 0.0);
            known.filter(|_| kind == RateKind::Crude)
        };
        let populations = events.iter().zip(rates).enumerate().map(implied).collect();
        Ok(Self { kind, events: events.to_vec(), populations })
    }

    /// Events per person over all places whose population is known; the events of others are left out with their people.
    ///
    /// # Errors
    /// No place has a population.
    pub fn average(&self) -> Result<f64, NoFigure> {
        let people: f64 = self.populations.iter().flatten().sum();
        if people > 0.0 {
            let counted = self.events.iter().zip(&self.populations);
            let counted = counted.filter(|(_, people)| people.is_some());
            Ok(counted.map(|(events, _)| events).sum::<f64>() / people)
        } else {
            Err(NoFigure::EmptyDenominator)
        }
    }

    /// The population that each place's rate implies.
    #[must_use]
    pub fn populations(&self) -> &[Option<f64>] {
        &self.populations
    }

    /// Where each place stands beside the average.
    ///
    /// # Errors
    /// No place has a population; for a single place, too few events or no population.
    pub fn standings(
        &self,
        limits: &ControlLimits,
    ) -> Result<Vec<Result<Standing, NoFigure>>, NoFigure> {
        let average = self.average()?;
        let standing = |(events, population): (&f64, &Option<f64>)| {
            if self.kind == RateKind::Standardised && *events < 10.0 {
                return Err(NoFigure::TooFewEvents);
            }
            let base = population.ok_or(NoFigure::EmptyDenominator)?;
            limits.count_standing(*events, base, average)
        };
        Ok(self.events.iter().zip(&self.populations).map(standing).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standardised_rate_of_few_events_is_not_judged() {
        let rates =
            Rates::new(RateKind::Standardised, 1000.0, &[9.0, 500.0], &[2.0, 5.0], &[]).unwrap();
        let standings = rates.standings(&ControlLimits::default()).unwrap();
        assert_eq!(standings[0], Err(NoFigure::TooFewEvents));
        assert_eq!(standings[1], Ok(Standing::Inside));
    }

    /// By hand 100 events in 20,000 people; the 50 events of a place that publishes no rate are in no average.
    #[test]
    fn a_place_without_a_rate_adds_neither_events_nor_people() {
        let events = [60.0, 40.0, 50.0];
        let rates = Rates::new(RateKind::Standardised, 1000.0, &events, &[6.0, 4.0, f64::NAN], &[])
            .unwrap();
        assert!((rates.average().unwrap() - 0.005).abs() < 1e-12);
        let standings = rates.standings(&ControlLimits::default()).unwrap();
        assert_eq!(standings[2], Err(NoFigure::EmptyDenominator));
    }

    #[test]
    fn a_place_without_events_needs_its_population() {
        let known = Rates::new(RateKind::Crude, 1.0, &[0.0, 90.0], &[0.0, 0.5], &[60.0, 180.0]);
        let standings = known.unwrap().standings(&ControlLimits::default()).unwrap();
        assert_eq!(standings[0], Ok(Standing::LowOuter));
    }
}
