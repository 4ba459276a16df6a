//! How much weight each fact about patients gets: from the practices asked about where they are many, else from all
//! practices of the evidence, else only as many facts as the practices can tell apart.
//!
//! A model with nineteen covariates fits thirty practices perfectly and says nothing. The weights of a small place therefore
//! come from everywhere, put together as one score a practice; what that score explains is still measured in the place.

use stats::explained::{Outcome, Stage, weights};
use stats::mixed::{Covariate, NoModel};

use super::case_mix::{CaseMix, Mix};
use super::columns::Columns;
use super::members::Sorted;
use super::{Kind, StageUsed};

/// Practices from which on a place weighs its own case mix.
pub(super) const MANY: usize = 100;

/// Practices needed for each covariate where nothing else can weigh it.
const FOR_EACH: usize = 10;

/// Where the weights of the case mix come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighing {
    /// From the practices asked about.
    Here,
    /// From all comparable practices of the evidence: the place is small.
    Everywhere {
        /// How many they are.
        practices: usize,
    },
    /// From the practices asked about, with no more covariates than they can tell apart.
    Few {
        /// Covariates used.
        used: usize,
        /// Covariates left out.
        left_out: usize,
    },
}

/// The covariates of a model and how they enter it.
pub struct Weighed {
    pub weighing: Weighing,
    pub columns: Columns,
    /// The case mix as one number a practice, with the weight of each column, where weights come from everywhere.
    score: Option<(Vec<f64>, Vec<f64>)>,
}

impl Weighed {
    /// Weighs the case mix of the practices of a place; `everywhere` are all comparable practices of the evidence.
    pub fn of(kind: Kind, mix: &Mix, place: &Sorted, everywhere: &Sorted) -> Self {
        let columns = mix.columns(&place.codes());
        let practices = everywhere.modelled.len();
        if place.modelled.len() >= MANY {
            return Self { weighing: Weighing::Here, columns, score: None };
        }
        if practices >= MANY
            && let Ok(weighed) = Self::from_everywhere(kind, mix, place, everywhere)
        {
            return weighed;
        }
        let (few, left_out) = columns.few(place.modelled.len() / FOR_EACH);
        let used = few.all().count();
        Self { weighing: Weighing::Few { used, left_out }, columns: few, score: None }
    }

    fn from_everywhere(
        kind: Kind,
        mix: &Mix,
        place: &Sorted,
        everywhere: &Sorted,
    ) -> Result<Self, NoModel> {
        let mut columns = mix.columns(&place.codes());
        let mut all = mix.columns(&everywhere.codes());
        columns.keep_those_of(&all);
        all.keep_those_of(&columns);
        let amounts = Amounts::of(everywhere);
        let weights = weights(amounts.outcome(kind), &all.stages())?;
        let score = (0..place.modelled.len())
            .map(|row| columns.all().zip(&weights).map(|(column, w)| column.values[row] * w).sum())
            .collect();
        let weighing = Weighing::Everywhere { practices: everywhere.modelled.len() };
        Ok(Self { weighing, columns, score: Some((score, weights)) })
    }

    /// The stages of the question.
    pub fn stages(&self) -> Vec<Stage<'_>> {
        match &self.score {
            None => self.columns.stages(),
            Some((values, _)) => {
                let name = CaseMix::Together.as_str();
                vec![Stage { name, covariates: vec![Covariate { name, values }] }]
            }
        }
    }

    /// The slope of each column, from the slopes of the fitted model.
    pub fn slopes(&self, fitted: &[Option<f64>]) -> Vec<Option<f64>> {
        match &self.score {
            None => fitted.to_vec(),
            Some((_, weights)) => {
                let whole = fitted.first().copied().flatten();
                weights.iter().map(|weight| Some(whole? * weight)).collect()
            }
        }
    }

    /// What each stage was made of.
    pub fn used(&self) -> Vec<StageUsed> {
        let used = self.columns.used();
        if self.score.is_none() {
            return used;
        }
        let mut periods: Vec<_> = used.iter().flat_map(|stage| stage.periods.clone()).collect();
        periods.sort_unstable();
        periods.dedup();
        let covariates = used.into_iter().flat_map(|stage| stage.covariates).collect();
        vec![StageUsed { case_mix: CaseMix::Together, covariates, periods }]
    }

    /// Leaves out the last stages, one for each reason.
    pub fn drop_last(&mut self, reasons: Vec<NoModel>) {
        if !reasons.is_empty() && self.score.take().is_some() {
            self.columns.drop_all(reasons);
        } else {
            self.columns.drop_last(reasons);
        }
    }
}

/// What was measured in the practices of a model.
pub struct Amounts {
    pub above: Vec<f64>,
    pub below: Vec<f64>,
    pub values: Vec<f64>,
}

impl Amounts {
    pub fn of(sorted: &Sorted) -> Self {
        let (above, below) = sorted.amounts();
        let values = sorted.modelled.iter().map(|row| row.value).collect();
        Self { above, below, values }
    }

    pub fn outcome(&self, kind: Kind) -> Outcome<'_> {
        match kind {
            Kind::Events => Outcome::Events { events: &self.above, base: &self.below },
            Kind::Parts => Outcome::Parts { events: &self.above, trials: &self.below },
            Kind::Amounts => Outcome::Amounts { values: &self.values },
        }
    }
}
