//! Funnels for places that differ by more than chance everywhere.
//!
//! Practices differ in ways no indicator adjusts for, so that on a plain funnel of a common event most of
//! them are "significant". The excess spread of the z-scores (after the extremes are drawn in) measures how
//! much of that is general, and the limits are widened by it.

use crate::distributions::normal;
use crate::figure::{Limits, NoFigure, counted};

/// The scale on which places are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Observed over expected events, on the logarithmic scale (as the hospital mortality indicator).
    RatioLogarithm,
    /// Observed over expected events, on the square-root scale (as the regulator).
    RatioSquareRoot,
    /// A proportion, on the arcsine scale.
    Proportion,
    /// One count over another count, on the logarithmic scale.
    CountsLogarithm,
}

/// How the extra variation widens the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Chance alone.
    Plain,
    /// Every standard error is multiplied by √φ, where φ is above 1.
    Multiplicative,
    /// A variance τ² between places is added to each squared standard error.
    Additive,
}

/// A funnel with its general spread.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    scale: Scale,
    target: f64,
    errors: Vec<f64>,
    scores: Vec<f64>,
    phi: f64,
    tau_squared: f64,
}

/// One place on the scale: its value and standard error.
fn transformed(scale: Scale, above: f64, below: f64) -> (f64, f64) {
    match scale {
        Scale::RatioLogarithm => (libm::log(above / below), 1.0 / below.sqrt()),
        Scale::RatioSquareRoot => ((above / below).sqrt(), 0.5 / below.sqrt()),
        Scale::Proportion => (libm::asin((above / below).sqrt()), 0.5 / below.sqrt()),
        Scale::CountsLogarithm => {
            let (a, b) = (above + 0.5, below + 0.5);
            (libm::log(a / b), (above / (a * a) + below / (b * b)).sqrt())
        }
    }
}

/// The common value of all places on the scale.
fn common(scale: Scale, above: f64, below: f64) -> f64 {
    match scale {
        Scale::RatioLogarithm => 0.0,
        Scale::RatioSquareRoot => 1.0,
        Scale::Proportion => libm::asin((above / below).sqrt()),
        Scale::CountsLogarithm => libm::log(above / below),
    }
}

impl Spread {
    /// Measures the spread of places given as numerators and denominators (or observed and expected).
    ///
    /// `winsorised` is the share of z-scores drawn in at each end, 0.1 by convention.
    /// Equation: [`methods.md#overdispersion`](../../../docs/book/methods.md#overdispersion).
    ///
    /// # Errors
    /// Fewer than two places, missing or negative numbers, an empty denominator, or a value that the scale
    /// cannot hold (the logarithm of nought).
    ///
    /// # Source
    /// `spiegelhalter_2005`, `spiegelhalter_2012`
    pub fn measure(
        scale: Scale,
        numerators: &[f64],
        denominators: &[f64],
        winsorised: f64,
    ) -> Result<Self, NoFigure> {
        counted(numerators)?;
        counted(denominators)?;
        if numerators.len() < 2 || numerators.len() != denominators.len() {
            return Err(NoFigure::TooFewValues);
        }
        if denominators.contains(&0.0) {
            return Err(NoFigure::EmptyDenominator);
        }
        let target = common(scale, numerators.iter().sum(), denominators.iter().sum());
        let places: Vec<(f64, f64)> = numerators
            .iter()
            .zip(denominators)
            .map(|(above, below)| transformed(scale, *above, *below))
            .collect();
        if places.iter().any(|(value, error)| !value.is_finite() || *error == 0.0) {
            return Err(NoFigure::OutsideTransformation);
        }
        let scores: Vec<f64> =
            places.iter().map(|(value, error)| (value - target) / error).collect();
        let errors: Vec<f64> = places.iter().map(|(_, error)| *error).collect();
        let phi = dispersion(&scores, winsorised);
        let tau_squared = between_places(&errors, phi);
        Ok(Self { scale, target, errors, scores, phi, tau_squared })
    }

    /// The same spread with what winsorising took away from it given back.
    ///
    /// Drawing in the extremes keeps real outliers from widening the limits that should catch them, but it draws in
    /// ordinary places too: of places that differ normally it leaves 68% of the spread at a tenth on each side, and one
    /// in 80 of them then lies beyond limits meant for one in 500. Dividing by the share that is left restores the rate.
    ///
    /// Equation: [`methods.md#overdispersion`](../../../docs/book/methods.md#overdispersion).
    #[must_use]
    pub fn restored_from_winsorising(self, winsorised: f64) -> Self {
        let phi = self.phi / winsorised_normal(winsorised);
        let tau_squared = between_places(&self.errors, phi);
        Self { phi, tau_squared, ..self }
    }

    /// Mean squared z-score after winsorising: 1 where places differ by chance alone.
    #[must_use]
    pub const fn phi(&self) -> f64 {
        self.phi
    }

    /// Variance between places on the scale; 0 where they differ by chance alone.
    #[must_use]
    pub const fn tau_squared(&self) -> f64 {
        self.tau_squared
    }

    /// Each place's distance from the common value in standard errors of the model.
    #[must_use]
    pub fn scores(&self, model: Model) -> Vec<f64> {
        let scaled = |(score, error): (&f64, &f64)| score * error / self.error(*error, model);
        self.scores.iter().zip(&self.errors).map(scaled).collect()
    }

    /// The limits at `size` (expected events, or the denominator), in the units of the indicator.
    ///
    /// For counts over counts `size` is the lower count.
    #[must_use]
    pub fn limits(&self, size: f64, z: f64, model: Model) -> Limits {
        let above =
            if self.scale == Scale::CountsLogarithm { size * libm::exp(self.target) } else { size };
        let (_, error) = transformed(self.scale, above, size);
        let reach = z * self.error(error, model);
        Limits {
            lower: self.restored(self.target - reach),
            upper: self.restored(self.target + reach),
        }
    }

    fn error(&self, error: f64, model: Model) -> f64 {
        match model {
            Model::Plain => error,
            Model::Multiplicative => error * self.phi.max(1.0).sqrt(),
            Model::Additive => (error * error + self.tau_squared).sqrt(),
        }
    }

    /// A value of the scale in the units of the indicator, kept within what is possible.
    fn restored(&self, value: f64) -> f64 {
        match self.scale {
            Scale::RatioLogarithm | Scale::CountsLogarithm => libm::exp(value),
            Scale::RatioSquareRoot => value.max(0.0) * value.max(0.0),
            Scale::Proportion => {
                let root = libm::sin(value.clamp(0.0, std::f64::consts::FRAC_PI_2));
                root * root
            }
        }
    }
}

/// Mean square of the scores, the extremes drawn in to their 10th and 90th percentiles.
fn dispersion(scores: &[f64], winsorised: f64) -> f64 {
    let mut ordered = scores.to_vec();
    ordered.sort_by(f64::total_cmp);
    let low = percentile(&ordered, winsorised);
    let high = percentile(&ordered, 1.0 - winsorised);
    let squares = scores.iter().map(|score| score.clamp(low, high)).map(|score| score * score);
    squares.sum::<f64>() / scores.len() as f64
}

/// A percentile of ordered values, between its neighbours (the default rule of R, its type 7).
fn percentile(ordered: &[f64], share: f64) -> f64 {
    let position = share * (ordered.len() - 1) as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(ordered.len() - 1);
    ordered[below] + (position - below as f64) * (ordered[above] - ordered[below])
}

/// Mean square of a standard normal value whose extremes are drawn in to this share at each end.
fn winsorised_normal(share: f64) -> f64 {
    let edge = normal::quantile(1.0 - share);
    let density = libm::exp(-0.5 * edge * edge) / (2.0 * std::f64::consts::PI).sqrt();
    1.0 - 2.0 * share - 2.0 * edge * density + 2.0 * share * edge * edge
}

/// The variance between places by the method of moments, not below 0.
fn between_places(errors: &[f64], phi: f64) -> f64 {
    let weights: Vec<f64> = errors.iter().map(|error| 1.0 / (error * error)).collect();
    let total: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let places = errors.len() as f64;
    let excess = places * phi - (places - 1.0);
    (excess / (total - squares / total)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Stream};

    const SATISFIED: [f64; 8] = [70.0, 88.0, 95.0, 60.0, 81.0, 102.0, 77.0, 90.0];
    const ASKED: [f64; 8] = [110.0, 112.0, 115.0, 108.0, 109.0, 118.0, 113.0, 111.0];
    const Z: f64 = 3.090_232_306_167_813;

    /// Places that differ normally by much more than chance, with nothing else the matter.
    #[test]
    fn restored_limits_flag_ordinary_places_as_often_as_they_say() {
        let mut stream = Stream::new(Key { seed: 3, decision: 0, unit: 0, time: 0 });
        let people = vec![1e9; 20_000];
        let counts: Vec<f64> =
            people.iter().map(|people| people * (0.5 + 0.02 * stream.standard_normal())).collect();
        let beyond = |spread: &Spread| {
            let scores = spread.scores(Model::Additive);
            scores.iter().filter(|score| score.abs() > Z).count() as f64 / scores.len() as f64
        };
        let plain = Spread::measure(Scale::Proportion, &counts, &people, 0.1).unwrap();
        assert!(beyond(&plain) > 0.008, "{}", beyond(&plain));
        let restored = plain.restored_from_winsorising(0.1);
        assert!((beyond(&restored) - 0.002).abs() < 0.001, "{}", beyond(&restored));
    }

    fn worked() -> Spread {
        Spread::measure(Scale::Proportion, &SATISFIED, &ASKED, 0.1).unwrap()
    }

    #[test]
    fn the_worked_survey_has_its_spread() {
        assert!((worked().phi() - 3.998).abs() < 5e-4, "{}", worked().phi());
        assert!((worked().tau_squared() - 0.007_967).abs() < 5e-7, "{}", worked().tau_squared());
    }

    #[test]
    fn the_worked_survey_has_wider_limits_with_the_spread() {
        let plain = worked().limits(110.0, Z, Model::Plain);
        let additive = worked().limits(110.0, Z, Model::Additive);
        assert!((plain.lower - 0.602).abs() < 6e-4 && (plain.upper - 0.857).abs() < 6e-4);
        assert!((additive.lower - 0.438).abs() < 6e-4 && (additive.upper - 0.951).abs() < 6e-4);
    }

    #[test]
    fn equal_places_have_no_spread() {
        let spread = Spread::measure(Scale::RatioLogarithm, &[9.0; 4], &[9.0; 4], 0.1).unwrap();
        assert_eq!((spread.phi(), spread.tau_squared()), (0.0, 0.0));
        assert_eq!(
            spread.limits(9.0, Z, Model::Multiplicative),
            spread.limits(9.0, Z, Model::Plain)
        );
    }

    #[test]
    fn the_logarithm_of_no_events_is_refused() {
        let spread = Spread::measure(Scale::RatioLogarithm, &[0.0, 2.0], &[1.0, 1.0], 0.1);
        assert_eq!(spread.unwrap_err(), NoFigure::OutsideTransformation);
    }
}
