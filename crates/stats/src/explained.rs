//! How much of the variation between practices is chance, how much their patients explain, and how much is left.
//!
//! Each practice has one figure. Mixed models are fitted in stages, each adding a group of covariates; the spread
//! between practices that remains after a stage, set against the spread before the first, is what it explains.
//! A covariate always explains something of the figures it was fitted to, even if it is noise, and always errs on
//! figures it has not seen; the remaining spread is taken half-way between the two, so that noise explains nothing
//! on average. Intervals come from figures drawn anew from the last model. Amounts (pounds, points) have no chance
//! of their own, so only explained and left are told apart.
//!
//! Methods: [explained variation](../../../docs/book/methods.md#explained-variation).

mod amounts;
mod bootstrap;
mod counts;
mod folds;

use crate::figure::{Figure, Limits};
use crate::mixed::{Covariate, Fit, NoModel};

/// What was measured in each practice.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'a> {
    /// Events, and the people or the expected number they are set against.
    Events {
        /// Events counted.
        events: &'a [f64],
        /// People, or events expected.
        base: &'a [f64],
    },
    /// Events among a known number who could each have one.
    Parts {
        /// Those with an event.
        events: &'a [f64],
        /// All.
        trials: &'a [f64],
    },
    /// Amounts that are no counts.
    Amounts {
        /// The figure of each practice.
        values: &'a [f64],
    },
}

/// Covariates that enter together.
#[derive(Debug, Clone)]
pub struct Stage<'a> {
    /// What they stand for.
    pub name: &'a str,
    /// One column each, one entry a practice.
    pub covariates: Vec<Covariate<'a>>,
}

/// What is to be explained, and by what.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// What was measured.
    pub outcome: Outcome<'a>,
    /// The stages, in order.
    pub stages: Vec<Stage<'a>>,
    /// The network of each practice.
    pub networks: Option<&'a [u32]>,
    /// How often figures are drawn anew for the intervals; 200 is usual, 0 gives none.
    pub replicates: u32,
    /// Seed of folds and draws.
    pub seed: u64,
}

/// The bar: three parts that sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// What counts of this size vary by chance; nothing for amounts.
    pub chance: Option<f64>,
    /// What the covariates explain.
    pub explained: f64,
    /// What is left.
    pub left: f64,
}

/// The three parts with their 95% intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Chance; nothing for amounts.
    pub chance: Option<Figure>,
    /// Explained by the covariates.
    pub explained: Figure,
    /// Left over.
    pub left: Figure,
}

/// What one stage adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The stage; `null` is before the first.
    pub name: String,
    /// Spread between practices that remains: of logarithms (events), logits (parts) or amounts.
    pub spread: f64,
    /// Share of the variation explained up to here, as it enters the bar.
    pub explained: f64,
    /// The same from figures the model was fitted to: it flatters.
    pub fitted: f64,
    /// The same from figures the model had not seen: it errs the other way.
    pub unseen: f64,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The bar.
    pub bar: Bar,
    /// Spread before the first stage and after each.
    pub steps: Vec<Step>,
    /// Variance that counts of this size have by chance, on the scale of the model; nought for amounts.
    pub chance_variance: f64,
    /// Share of the spread that is left which lies between networks rather than within them.
    pub between_networks: Option<f64>,
    /// The last model; for amounts its predictors and coefficients only.
    pub fit: Fit,
    /// Replicates that gave an answer.
    pub replicates: u32,
}

/// Answers a question.
///
/// Equation: [`methods.md#explained-variation`](../../../docs/book/methods.md#explained-variation).
///
/// # Errors
/// Whatever stops a model: see [`NoModel`].
///
/// # Source
/// `nakagawa_schielzeth_2013`, `efron_2004`, `stone_1974`
pub fn explain(question: &Question<'_>) -> Result<Explanation, NoModel> {
    match question.outcome {
        Outcome::Amounts { values } => amounts::explain(question, values),
        _ => counts::explain(question),
    }
}

/// The slope of each covariate in the model with all stages, in their order; 0 where a covariate has none.
///
/// # Errors
/// Whatever stops a model: see [`NoModel`].
pub fn weights(outcome: Outcome<'_>, stages: &[Stage<'_>]) -> Result<Vec<f64>, NoModel> {
    let covariates = columns(stages);
    if let Outcome::Amounts { values } = outcome {
        return amounts::slopes(values, &covariates);
    }
    let counts = counts::Counts::of(outcome);
    let fit = counts.fit(counts.events, covariates, false)?;
    Ok(fit.coefficients.iter().skip(1).map(|slope| slope.value.unwrap_or(0.0)).collect())
}

/// The covariates of the stages up to and including one.
fn columns<'a>(stages: &[Stage<'a>]) -> Vec<Covariate<'a>> {
    stages.iter().flat_map(|stage| stage.covariates.iter().copied()).collect()
}

impl Shares {
    /// The parts of a variance: chance, before the covariates, after them.
    fn of(chance: f64, before: f64, after: f64) -> Self {
        let after = after.clamp(0.0, before);
        let total = (chance + before).max(1e-300);
        Self {
            chance: Some(chance / total),
            explained: (before - after) / total,
            left: after / total,
        }
    }
}

/// A figure and the 95% limits that deviations of replicates give it, kept between 0 and 1.
fn with_limits(value: f64, deviations: &mut [f64]) -> Figure {
    if deviations.is_empty() {
        return Figure { value, limits: Limits { lower: f64::NAN, upper: f64::NAN } };
    }
    deviations.sort_by(f64::total_cmp);
    let at = |share: f64| expected_quantile(deviations, share);
    let limits = Limits {
        lower: (value + at(0.025)).clamp(0.0, 1.0),
        upper: (value + at(0.975)).clamp(0.0, 1.0),
    };
    Figure { value, limits }
}

/// The value below which a share of further draws will lie, of ordered draws: quantile number 6 of R.
fn expected_quantile(ordered: &[f64], share: f64) -> f64 {
    let last = ordered.len() - 1;
    let position = (share * (last as f64 + 2.0) - 1.0).clamp(0.0, last as f64);
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    ordered[below] + (position - below as f64) * (ordered[above] - ordered[below])
}

/// The median ratio between the higher and the lower of two practices picked at random.
///
/// exp(√2 × 0.6745 × spread): a rate ratio for events, an odds ratio for parts.
///
/// # Source
/// `merlo_2006`
#[must_use]
pub fn median_ratio(spread: f64) -> f64 {
    libm::exp(std::f64::consts::SQRT_2 * 0.674_489_750_196_081_7 * spread)
}

/// How much of a practice's figure would come back: the spread against the spread and its own chance.
#[must_use]
pub fn reliability(spread: f64, chance_variance: f64) -> f64 {
    let square = spread * spread;
    if square + chance_variance > 0.0 { square / (square + chance_variance) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The handbook's worked figure: exp(0.954 σ) for σ = 0.2.
    #[test]
    fn the_median_ratio_follows_the_spread() {
        assert!((median_ratio(0.2) - libm::exp(0.190_775)).abs() < 1e-4);
        assert!((median_ratio(0.0) - 1.0).abs() < 1e-15);
    }

    /// A survey of 110 answers, spread 0.10, share 0.75: 0.85.
    #[test]
    fn reliability_grows_with_the_spread_and_falls_with_chance() {
        assert!((reliability(0.1, 0.1875 / 110.0) - 0.854).abs() < 1e-3);
        assert!(reliability(0.0, 0.0) == 0.0);
    }

    #[test]
    fn the_parts_sum_to_one_even_where_covariates_seem_to_add_spread() {
        let shares = Shares::of(0.1, 0.3, 0.35);
        let sum = shares.chance.unwrap() + shares.explained + shares.left;
        assert!((sum - 1.0).abs() < 1e-15 && shares.explained == 0.0);
    }
}
