//! Counts of events and parts of known numbers.

use rayon::prelude::*;

use super::bootstrap::{self, World};
use super::folds::{FOLDS, folds};
use super::{Explanation, Outcome, Question, Shares, Step, columns};
use crate::mixed::{Covariate, Family, Fit, Method, Model, NoModel, Rows, fit};

/// The counts of a question, ready for the models.
pub struct Counts<'a> {
    pub family: Family,
    pub events: &'a [f64],
    pub trials: Option<&'a [f64]>,
    /// Logarithms of the base of events.
    pub offset: Option<Vec<f64>>,
    /// Each practice is a group of its own.
    pub groups: Vec<u32>,
}

impl<'a> Counts<'a> {
    pub fn of(outcome: Outcome<'a>) -> Self {
        let (family, events, trials, offset) = match outcome {
            Outcome::Events { events, base } => {
                let offset = base.iter().map(|base| libm::log(*base)).collect();
                (Family::Poisson, events, None, Some(offset))
            }
            Outcome::Parts { events, trials } => (Family::Binomial, events, Some(trials), None),
            Outcome::Amounts { values } => (Family::Poisson, values, None, None),
        };
        let groups = (0..events.len() as u32).collect();
        Self { family, events, trials, offset, groups }
    }

    fn rows<'b>(
        &'b self,
        events: &'b [f64],
        offset: Option<&'b [f64]>,
        covariates: Vec<Covariate<'b>>,
    ) -> Rows<'b> {
        let groups = Some(self.groups.as_slice());
        Rows { events, trials: self.trials, offset, covariates, groups, upper: None }
    }

    /// Fits counts with covariates; the counts may be others than those observed.
    pub fn fit(
        &self,
        events: &[f64],
        covariates: Vec<Covariate<'_>>,
        errors: bool,
    ) -> Result<Fit, NoModel> {
        let model = Model { family: self.family, method: Method::Laplace, errors };
        fit(&self.rows(events, self.offset.as_deref(), covariates), model)
    }

    /// The spread around predictions made without the practices they are for.
    fn spread_of_unseen(
        &self,
        covariates: &[Covariate<'_>],
        folds: &[u32],
    ) -> Result<f64, NoModel> {
        let parts: Vec<Vec<(usize, f64)>> = (0..FOLDS)
            .into_par_iter()
            .map(|fold| self.predict(covariates, folds, fold))
            .collect::<Result<_, _>>()?;
        let mut predictions = vec![f64::NAN; self.events.len()];
        for (row, prediction) in parts.into_iter().flatten() {
            predictions[row] = prediction;
        }
        let model = Model { family: self.family, method: Method::Laplace, errors: false };
        Ok(spread(&fit(&self.rows(self.events, Some(&predictions), Vec::new()), model)?))
    }

    /// Predictors of the practices of a fold, from a model that has not seen them.
    fn predict(
        &self,
        covariates: &[Covariate<'_>],
        folds: &[u32],
        fold: u32,
    ) -> Result<Vec<(usize, f64)>, NoModel> {
        let held_out = |row: usize| folds[row] == fold;
        let count = self.events.len();
        let events: Vec<f64> =
            (0..count).map(|row| if held_out(row) { f64::NAN } else { self.events[row] }).collect();
        let found = self.fit(&events, covariates.to_vec(), false)?;
        let coefficients: Vec<f64> =
            found.coefficients.iter().map(|c| c.value.unwrap_or(0.0)).collect();
        let offset = |row: usize| self.offset.as_ref().map_or(0.0, |offset| offset[row]);
        let predict = |row: usize| {
            let terms = covariates.iter().zip(&coefficients[1..]);
            let sum: f64 = terms.map(|(column, slope)| slope * column.values[row]).sum();
            offset(row) + coefficients[0] + sum
        };
        Ok((0..count).filter(|row| held_out(*row)).map(|row| (row, predict(row))).collect())
    }

    /// What counts of this size vary by chance around these predictors, larger counts weighing more.
    pub fn chance_variance(&self, predictors: &[f64]) -> f64 {
        let mean = |row: usize| self.family.mean(predictors[row]);
        let weight = |row: usize| match self.trials {
            Some(trials) => trials[row] * mean(row) * (1.0 - mean(row)),
            None => mean(row),
        };
        let weights: f64 = (0..predictors.len()).map(weight).sum();
        predictors.len() as f64 / weights
    }
}

pub fn spread(fit: &Fit) -> f64 {
    fit.groups.map_or(0.0, |groups| groups.value)
}

/// A variance between practices with what its own fit took away given back.
pub fn unflattered(variance: f64, chance: f64, rows: usize, coefficients: usize) -> f64 {
    let lost = coefficients as f64 / (rows as f64 - coefficients as f64).max(1.0);
    variance + lost * (variance + chance)
}

/// Answers a question about counts.
pub fn explain(question: &Question<'_>) -> Result<Explanation, NoModel> {
    let counts = Counts::of(question.outcome);
    let rows = counts.events.len();
    let null = counts.fit(counts.events, Vec::new(), false)?;
    let chance = counts.chance_variance(&null.predictors);
    let square = |spread: f64| spread * spread;
    let before = unflattered(square(spread(&null)), chance, rows, 1);
    let folds = folds(rows, question.seed);
    let share = |after: f64| Shares::of(chance, before, after).explained;
    let mut steps = vec![Step {
        name: "null".to_owned(),
        spread: before.sqrt(),
        explained: 0.0,
        fitted: 0.0,
        unseen: 0.0,
    }];
    let mut last = null;
    let mut after = before;
    for stage in 1..=question.stages.len() {
        let covariates = columns(&question.stages[..stage]);
        let is_last = stage == question.stages.len();
        last = counts.fit(counts.events, covariates.clone(), is_last)?;
        let fitted = square(spread(&last));
        let unseen = square(counts.spread_of_unseen(&covariates, &folds)?);
        after = f64::midpoint(fitted, unseen).min(before);
        steps.push(Step {
            name: question.stages[stage - 1].name.to_owned(),
            spread: after.sqrt(),
            explained: share(after),
            fitted: share(fitted),
            unseen: share(unseen),
        });
    }
    let shares = Shares::of(chance, before, after);
    let world = World { counts: &counts, question, fit: &last, spread: after.sqrt() };
    let mut drawn = bootstrap::deviations(&world);
    let replicates = drawn.explained.len() as u32;
    drawn.widen(rows, columns(&question.stages).len() + 1);
    let bar = drawn.bar(shares);
    let between_networks = between_networks(&counts, question);
    Ok(Explanation { bar, steps, chance_variance: chance, between_networks, fit: last, replicates })
}

/// The share of what is left that lies between networks; nothing where it cannot be told.
fn between_networks(counts: &Counts<'_>, question: &Question<'_>) -> Option<f64> {
    let covariates = columns(&question.stages);
    let mut rows = counts.rows(counts.events, counts.offset.as_deref(), covariates);
    rows.upper = Some(question.networks?);
    let model = Model { family: counts.family, method: Method::Laplace, errors: false };
    let found = fit(&rows, model).ok()?;
    let (own, upper) = (spread(&found), found.upper.map_or(0.0, |upper| upper.value));
    let total = own * own + upper * upper;
    (total > 0.0).then(|| upper * upper / total)
}
