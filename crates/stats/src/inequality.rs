//! Inequality along a social gradient: the slope and the relative index.
//!
//! Groups (deprivation tenths, most deprived first) are placed along the population from 0 to 1; a weighted
//! line through their values gives the difference (SII) and the ratio (RII) between the two ends of the
//! gradient. Limits come in closed form; [`SlopeIndex::sampled_limits`] repeats the official tool's sampling.
//!
//! Methods: [slope index](../../../docs/book/methods.md#sii).

pub mod gradient;
pub mod spread;

mod closed_form;
mod moments;
mod sampling;

use crate::figure::{Limits, NoFigure, counted};

/// What the values are, which decides how their uncertainty is shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A mean or life expectancy: normal errors.
    Amount,
    /// A rate: normal errors of its logarithm.
    Rate,
    /// A proportion between 0 and 1: normal errors of its logit.
    Proportion,
}

/// The scale on which the line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Through the values as they are.
    Natural,
    /// Through logarithms (rates) or logits (proportions); the index is given on the natural scale.
    Transformed,
}

/// One group of the gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// People in the group.
    pub population: f64,
    /// Its value.
    pub value: f64,
    /// Standard error: of the value, of its logarithm (rates) or of its logit (proportions).
    pub standard_error: f64,
}

impl Measure {
    /// The value on the scale where its errors are normal.
    #[must_use]
    pub fn transformed(self, value: f64) -> f64 {
        match self {
            Self::Amount => value,
            Self::Rate => libm::log(value),
            Self::Proportion => libm::log(value / (1.0 - value)),
        }
    }

    /// Back from that scale.
    #[must_use]
    pub fn restored(self, value: f64) -> f64 {
        match self {
            Self::Amount => value,
            Self::Rate => libm::exp(value),
            Self::Proportion => 1.0 / (1.0 + libm::exp(-value)),
        }
    }

    /// The standard error that a published 95% interval implies.
    ///
    /// # Errors
    /// A limit that the scale cannot hold (a lower limit of 0 for a rate).
    pub fn standard_error(self, limits: Limits) -> Result<f64, NoFigure> {
        let width = self.transformed(limits.upper) - self.transformed(limits.lower);
        let error = width / (2.0 * Z_95);
        if error.is_finite() { Ok(error) } else { Err(NoFigure::OutsideTransformation) }
    }
}

/// z of the 95% interval, of which published limits are taken to be.
const Z_95: f64 = 1.959_963_984_540_054;

/// A fitted gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeIndex {
    measure: Measure,
    line: Line,
    groups: Vec<Group>,
    /// Weight of each group's value in the intercept and in the slope.
    weights: Vec<(f64, f64)>,
    /// Fitted value at the most deprived end, natural scale.
    pub intercept: f64,
    /// Slope index: fitted value at the least deprived end less that at the most deprived end.
    pub sii: f64,
    /// Relative index: the one over the other.
    pub rii: f64,
}

/// Limits of both indices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexLimits {
    /// Of the slope index.
    pub sii: Limits,
    /// Of the relative index.
    pub rii: Limits,
}

/// Fits the gradient through groups in order from the most to the least deprived.
///
/// Equation: [`methods.md#sii`](../../../docs/book/methods.md#sii).
///
/// # Errors
/// Fewer than three groups, an empty group, missing or negative numbers, or a value that the scale cannot hold.
///
/// # Source
/// `low_low_2004`, `fingertips_methods`
pub fn slope_index(measure: Measure, line: Line, groups: &[Group]) -> Result<SlopeIndex, NoFigure> {
    if groups.len() < 3 {
        return Err(NoFigure::TooFewValues);
    }
    for group in groups {
        counted(&[group.population, group.standard_error])?;
        if group.population == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        if !group.value.is_finite() {
            return Err(NoFigure::NotFinite);
        }
        if !measure.transformed(group.value).is_finite() {
            return Err(NoFigure::OutsideTransformation);
        }
    }
    let weights = weights(groups);
    let (intercept, slope) = fit(
        &weights,
        groups.iter().map(|group| match line {
            Line::Natural => group.value,
            Line::Transformed => measure.transformed(group.value),
        }),
    );
    let (from, to) = ends(measure, line, intercept, slope);
    let (sii, rii) = (to - from, to / from);
    Ok(SlopeIndex { measure, line, groups: groups.to_vec(), weights, intercept: from, sii, rii })
}

/// Weights that turn values into intercept and slope of the population-weighted line over ranks 0 to 1.
fn weights(groups: &[Group]) -> Vec<(f64, f64)> {
    let people: f64 = groups.iter().map(|group| group.population).sum();
    let mut before = 0.0;
    let mut ranked = Vec::with_capacity(groups.len());
    for group in groups {
        let share = group.population / people;
        ranked.push((share, before + share / 2.0));
        before += share;
    }
    let centre: f64 = ranked.iter().map(|(share, rank)| share * rank).sum();
    let spread: f64 =
        ranked.iter().map(|(share, rank)| share * (rank - centre) * (rank - centre)).sum();
    let weight = |(share, rank): &(f64, f64)| {
        let slope = share * (rank - centre) / spread;
        (share - centre * slope, slope)
    };
    ranked.iter().map(weight).collect()
}

fn fit(weights: &[(f64, f64)], values: impl Iterator<Item = f64>) -> (f64, f64) {
    weights.iter().zip(values).fold((0.0, 0.0), |(intercept, slope), (weight, value)| {
        (intercept + weight.0 * value, slope + weight.1 * value)
    })
}

/// The two ends of the line on the natural scale.
fn ends(measure: Measure, line: Line, intercept: f64, slope: f64) -> (f64, f64) {
    match line {
        Line::Natural => (intercept, intercept + slope),
        Line::Transformed => (measure.restored(intercept), measure.restored(intercept + slope)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;
    use vocab::Confidence;

    fn groups(values: &[f64]) -> Vec<Group> {
        let group = |value: &f64| Group { population: 100.0, value: *value, standard_error: 0.1 };
        values.iter().map(group).collect()
    }

    #[test]
    fn a_straight_line_is_found_exactly() {
        let index =
            slope_index(Measure::Amount, Line::Natural, &groups(&[1., 2., 3., 4., 5.])).unwrap();
        assert!((index.sii - 5.0).abs() < 1e-14 && (index.intercept - 0.5).abs() < 1e-14);
        assert!((index.rii - 11.0).abs() < 1e-12);
    }

    #[test]
    fn equal_groups_have_no_gradient() {
        let index = slope_index(Measure::Rate, Line::Transformed, &groups(&[7.0; 5])).unwrap();
        assert!(index.sii.abs() < 1e-12 && (index.rii - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_rate_of_nought_has_no_logarithm() {
        let index = slope_index(Measure::Rate, Line::Natural, &groups(&[0., 2., 3., 4., 5.]));
        assert_eq!(index.unwrap_err(), NoFigure::OutsideTransformation);
    }

    #[test]
    fn closed_limits_agree_with_sampling_for_every_measure_and_line() {
        let level = Level::new(Confidence::P95);
        for (measure, values) in [
            (Measure::Amount, [71., 73., 76., 78., 80.]),
            (Measure::Rate, [9.0, 8.0, 6.0, 6.5, 4.0]),
            (Measure::Proportion, [0.3, 0.27, 0.2, 0.21, 0.12]),
        ] {
            for line in [Line::Natural, Line::Transformed] {
                let index = slope_index(measure, line, &groups(&values)).unwrap();
                let (exact, sampled) =
                    (index.limits(&level), index.sampled_limits(&level, 7, 100_000));
                let close = |a: f64, b: f64, width: f64| (a - b).abs() < 0.015 * width;
                for (a, b) in [(exact.sii, sampled.sii), (exact.rii, sampled.rii)] {
                    let width = a.upper - a.lower;
                    assert!(
                        close(a.lower, b.lower, width) && close(a.upper, b.upper, width),
                        "{measure:?} {line:?}: {a:?} {b:?}"
                    );
                }
            }
        }
    }
}
