//! Figures drawn anew from the last model, to see how far the bar may lie from the truth.
//!
//! In the drawn world the truth is known: the variance of the model's predictors, the spread that is left, and the
//! chance that goes with them. Each replicate draws every practice's own deviation and its count, fits the first and
//! the last model, and notes how far its bar lies from that truth.

use rayon::prelude::*;

use super::counts::{Counts, spread, unflattered};
use super::{Bar, Question, Shares, columns, with_limits};
use crate::mixed::{Covariate, Fit};
use crate::random::{Key, Stream};

/// Numbers of the decisions drawn here, fixed for ever.
pub const FOLD: u32 = 3_101;
const REPLICATE: u32 = 3_102;
pub const RESAMPLE: u32 = 3_103;

/// The world that replicates are drawn from.
pub struct World<'a> {
    pub counts: &'a Counts<'a>,
    pub question: &'a Question<'a>,
    /// The last model.
    pub fit: &'a Fit,
    /// The spread that is left.
    pub spread: f64,
}

/// How far each replicate lies from the truth of the world.
#[derive(Debug, Default)]
pub struct Deviations {
    pub chance: Vec<f64>,
    pub explained: Vec<f64>,
    pub left: Vec<f64>,
}

/// Draws all replicates of a question; those whose models give no answer are left out.
pub fn deviations(world: &World<'_>) -> Deviations {
    let covariates = columns(&world.question.stages);
    let truth = world.truth();
    let replicates: Vec<Option<Shares>> = (0..world.question.replicates)
        .into_par_iter()
        .map(|replicate| world.replicate(replicate, &covariates))
        .collect();
    let mut deviations = Deviations::default();
    for shares in replicates.into_iter().flatten() {
        let of = |shares: &Shares| shares.chance.unwrap_or(0.0);
        deviations.chance.push(of(&shares) - of(&truth));
        deviations.explained.push(shares.explained - truth.explained);
        deviations.left.push(shares.left - truth.left);
    }
    deviations
}

impl Deviations {
    /// Allows for the freedom that the coefficients took.
    pub fn widen(&mut self, rows: usize, coefficients: usize) {
        let freedom = rows.saturating_sub(coefficients).max(1);
        let factor = (rows as f64 / freedom as f64).sqrt();
        for part in [&mut self.chance, &mut self.explained, &mut self.left] {
            let bias = mean(part);
            for deviation in part {
                *deviation = bias + factor * (*deviation - bias);
            }
        }
    }

    /// The bar with what the estimates lie off on average taken back, and its limits.
    pub fn bar(mut self, shares: Shares) -> Bar {
        let centre = |deviations: &mut Vec<f64>| {
            let bias = mean(deviations);
            for deviation in deviations.iter_mut() {
                *deviation -= bias;
            }
            bias
        };
        let chance = shares.chance.unwrap_or(0.0) - centre(&mut self.chance);
        let chance = chance.clamp(0.0, 1.0);
        let explained = (shares.explained - centre(&mut self.explained)).clamp(0.0, 1.0 - chance);
        centre(&mut self.left);
        let left = 1.0 - chance - explained;
        Bar {
            chance: Some(with_limits(chance, &mut self.chance)),
            explained: with_limits(explained, &mut self.explained),
            left: with_limits(left, &mut self.left),
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

impl World<'_> {
    /// The bar of the world itself.
    fn truth(&self) -> Shares {
        let predictors = self.without_offset();
        let count = predictors.len() as f64;
        let mean = predictors.iter().sum::<f64>() / count;
        let variance =
            predictors.iter().map(|eta| (eta - mean) * (eta - mean)).sum::<f64>() / (count - 1.0);
        let left = self.spread * self.spread;
        let offset = |row: usize| self.counts.offset.as_ref().map_or(0.0, |offset| offset[row]);
        let middle: Vec<f64> = (0..predictors.len()).map(|row| offset(row) + mean).collect();
        let chance = self.counts.chance_variance(&middle);
        Shares::of(chance, variance + left, left)
    }

    fn without_offset(&self) -> Vec<f64> {
        let offset = |row: usize| self.counts.offset.as_ref().map_or(0.0, |offset| offset[row]);
        self.fit.predictors.iter().enumerate().map(|(row, eta)| eta - offset(row)).collect()
    }

    /// One replicate's bar.
    fn replicate(&self, replicate: u32, covariates: &[Covariate<'_>]) -> Option<Shares> {
        let counts = self.counts;
        let events: Vec<f64> =
            (0..counts.events.len()).map(|row| self.draw(replicate, row)).collect();
        let null = counts.fit(&events, Vec::new(), false).ok()?;
        let full = counts.fit(&events, covariates.to_vec(), false).ok()?;
        let chance = counts.chance_variance(&null.predictors);
        let square = |fit: &Fit| spread(fit) * spread(fit);
        let rows = events.len();
        let before = unflattered(square(&null), chance, rows, 1);
        let after = unflattered(square(&full), chance, rows, covariates.len() + 1);
        Some(Shares::of(chance, before, after))
    }

    /// The count of a practice in a replicate.
    fn draw(&self, replicate: u32, row: usize) -> f64 {
        let key = Key {
            seed: self.question.seed,
            decision: REPLICATE,
            unit: row as u32,
            time: replicate,
        };
        let mut stream = Stream::new(key);
        let predictor = self.fit.predictors[row] + self.spread * stream.standard_normal();
        let mean = self.counts.family.mean(predictor);
        match self.counts.trials {
            Some(trials) => stream.binomial(trials[row].round() as u64, mean) as f64,
            None => stream.poisson(mean) as f64,
        }
    }
}
