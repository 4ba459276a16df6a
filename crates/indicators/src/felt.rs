//! Capacity beside experience: are the practices with more appointments those whose patients find them easier to reach?
//!
//! "Overall capacity is sufficient but not felt by patients" is two figures of the same practices side by side. The
//! relation is that of ranks over all practices, with its interval. A practice has capacity that is not felt when it is
//! in the top third by appointments and the bottom third by experience of all practices; the reverse is named too.

use std::collections::BTreeMap;

use evidence::{Evidence, Place};
use stats::correlation::rank_correlation;
use stats::{Figure, NoFigure};
use vocab::{Confidence, Level, Organisation};

use crate::definition::{Definition, Polarity};
use crate::evaluate::{EvaluateError, Evaluation, evaluate, latest_period};

/// A practice with both figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Which.
    pub practice: Organisation,
    /// Its name.
    pub name: String,
    /// Its figure of capacity.
    pub capacity: f64,
    /// Its figure of experience.
    pub experience: f64,
    /// Whether it lies in the place.
    pub inside: bool,
    /// Which of the two outstrips the other, if one does.
    pub gap: Option<Gap>,
}

/// How capacity and experience part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Top third by capacity, bottom third by experience.
    NotFelt,
    /// Bottom third by capacity, top third by experience.
    FeltWithout,
}

/// Both figures of all practices.
#[derive(Debug, Clone)]
pub struct Felt {
    /// Capacity, practices in order of code.
    pub capacity: Evaluation,
    /// Experience, practices in order of code.
    pub experience: Evaluation,
    /// Practices with both, in order of code.
    pub pairs: Vec<Pair>,
    /// Practices with one of the two figures only: of capacity, of experience.
    pub unmatched: (usize, usize),
    /// Correlation of ranks over all practices.
    pub everywhere: Result<Figure, NoFigure>,
    /// Correlation of ranks over those of the place.
    pub inside: Result<Figure, NoFigure>,
}

/// Sets a measure of capacity beside a measure of experience, each in its latest period.
///
/// # Errors
/// When either has no figures or a table cannot be read.
pub fn felt(
    evidence: &Evidence,
    capacity: &Definition,
    experience: &Definition,
    within: &Place,
) -> Result<Felt, EvaluateError> {
    let all = |definition: &Definition| {
        let period = latest_period(evidence, definition, None)?;
        evaluate(evidence, definition, period, Level::Practice, None)
    };
    let (capacity, felt) = (all(capacity)?, all(experience)?);
    let known = evidence.affiliations(crate::units::as_at(capacity.period))?;
    let figures = |evaluation: &Evaluation| -> BTreeMap<String, f64> {
        let figure = |row: &crate::Row| Some((row.organisation.code.clone(), row.estimate?.value));
        evaluation.rows.iter().filter_map(figure).collect()
    };
    let (held, said) = (figures(&capacity), figures(&felt));
    let mut pairs: Vec<Pair> = held
        .iter()
        .filter_map(|(code, value)| {
            let inside =
                within.is_everywhere() || known.of(code).is_some_and(|at| within.holds(at));
            Some(Pair {
                practice: Organisation { level: Level::Practice, code: code.clone() },
                name: known.name_of(Level::Practice, code).to_owned(),
                capacity: *value,
                experience: *said.get(code)?,
                inside,
                gap: None,
            })
        })
        .collect();
    let lower_is_better = experience.polarity == Polarity::LowerIsBetter;
    mark_gaps(&mut pairs, if lower_is_better { -1.0 } else { 1.0 });
    let level = stats::Level::new(Confidence::P95);
    let both = |wanted: &dyn Fn(&Pair) -> bool| {
        let chosen = pairs.iter().filter(|pair| wanted(pair));
        let values: Vec<(f64, f64)> = chosen.map(|pair| (pair.capacity, pair.experience)).collect();
        rank_correlation(&values, &level)
    };
    let (everywhere, inside) = (both(&|_| true), both(&|pair| pair.inside));
    let unmatched = (held.len() - pairs.len(), said.len() - pairs.len());
    Ok(Felt { capacity, experience: felt, pairs, unmatched, everywhere, inside })
}

/// Marks the practices whose thirds are opposite; `good` turns the experience so that more is better.
fn mark_gaps(pairs: &mut [Pair], good: f64) {
    let thirds = |values: Vec<f64>| {
        let mut ordered = values;
        ordered.sort_by(f64::total_cmp);
        let at = |share: usize| ordered.get(ordered.len() * share / 3).copied();
        at(1).zip(at(2))
    };
    let capacity = thirds(pairs.iter().map(|pair| pair.capacity).collect());
    let experience = thirds(pairs.iter().map(|pair| good * pair.experience).collect());
    let (Some(capacity), Some(experience)) = (capacity, experience) else { return };
    for pair in pairs {
        let felt = good * pair.experience;
        pair.gap = if pair.capacity >= capacity.1 && felt < experience.0 {
            Some(Gap::NotFelt)
        } else if pair.capacity < capacity.0 && felt >= experience.1 {
            Some(Gap::FeltWithout)
        } else {
            None
        };
    }
}
