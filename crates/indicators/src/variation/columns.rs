//! The covariates of the practices of a model, in columns, stage by stage.

use std::collections::BTreeSet;

use stats::explained::Stage;
use stats::mixed::{Covariate, NoModel};
use vocab::Period;

use super::StageUsed;
use super::case_mix::{CaseMix, Gap};

/// Those of them from 65 on.
const OLDER: [&str; 3] =
    ["patients aged 65 to 74", "patients aged 75 to 84", "patients aged 85 and over"];

/// A covariate of the practices of a model.
#[derive(Debug, Clone)]
pub struct Column {
    pub label: String,
    pub period: Period,
    pub values: Vec<f64>,
}

/// The columns of a stage.
#[derive(Debug, Clone)]
pub struct StageColumns {
    pub case_mix: CaseMix,
    pub columns: Vec<Column>,
}

impl StageColumns {
    fn stage(&self) -> Stage<'_> {
        let covariates = self.columns.iter().map(Column::covariate).collect();
        Stage { name: self.case_mix.as_str(), covariates }
    }
}

impl Column {
    fn covariate(&self) -> Covariate<'_> {
        Covariate { name: &self.label, values: &self.values }
    }
}

/// The covariates of the practices of a model.
#[derive(Debug, Clone)]
pub struct Columns {
    pub stages: Vec<StageColumns>,
    pub gaps: Vec<Gap>,
}

impl Columns {
    /// All columns in the order of the model.
    pub fn all(&self) -> impl Iterator<Item = &Column> {
        self.stages.iter().flat_map(|stage| &stage.columns)
    }

    /// Leaves out the last stages, one for each reason, the last stage first.
    pub fn drop_last(&mut self, reasons: Vec<NoModel>) {
        for why in reasons {
            if let Some(stage) = self.stages.pop() {
                self.gaps.push(Gap::NoAnswer { case_mix: stage.case_mix, why });
            }
        }
    }

    /// Leaves out every stage, for reasons.
    pub fn drop_all(&mut self, reasons: Vec<NoModel>) {
        self.stages.clear();
        let gap = |why| Gap::NoAnswer { case_mix: CaseMix::Together, why };
        self.gaps.extend(reasons.into_iter().map(gap));
    }

    /// The stages as the models take them.
    pub fn stages(&self) -> Vec<Stage<'_>> {
        self.stages.iter().map(StageColumns::stage).collect()
    }

    /// Keeps the columns that others have too.
    pub fn keep_those_of(&mut self, other: &Columns) {
        let held: BTreeSet<&str> = other.all().map(|column| column.label.as_str()).collect();
        for stage in &mut self.stages {
            stage.columns.retain(|column| held.contains(column.label.as_str()));
        }
        self.stages.retain(|stage| !stage.columns.is_empty());
    }

    /// The first of the facts about patients that boards ask for first, and how many are left out: patients aged 65 and over as one, then
    /// deprivation, then the rest in the order of the stages.
    pub fn few(mut self, room: usize) -> (Self, usize) {
        let all = self.all().count();
        for stage in &mut self.stages {
            stage.columns = older_as_one(std::mem::take(&mut stage.columns));
        }
        let mut places: Vec<(bool, usize, usize)> = Vec::new();
        for (number, stage) in self.stages.iter().enumerate() {
            for position in 0..stage.columns.len() {
                let is_first = position == 0 && number < 2;
                places.push((!is_first, number, position));
            }
        }
        places.sort_unstable();
        places.truncate(room);
        let kept: BTreeSet<(usize, usize)> =
            places.into_iter().map(|(_, stage, at)| (stage, at)).collect();
        for (number, stage) in self.stages.iter_mut().enumerate() {
            let mut position = 0..;
            stage
                .columns
                .retain(|_| position.next().is_some_and(|at| kept.contains(&(number, at))));
        }
        self.stages.retain(|stage| !stage.columns.is_empty());
        (self, all - kept.len())
    }

    pub fn used(&self) -> Vec<StageUsed> {
        let used = |stage: &StageColumns| {
            let mut periods: Vec<Period> = stage.columns.iter().map(|c| c.period).collect();
            periods.sort_unstable();
            periods.dedup();
            let covariates = stage.columns.iter().map(|column| column.label.clone()).collect();
            StageUsed { case_mix: stage.case_mix, covariates, periods }
        };
        self.stages.iter().map(used).collect()
    }
}

/// The age groups from 65 on as one column, first; other columns after it.
fn older_as_one(columns: Vec<Column>) -> Vec<Column> {
    let is_older = |column: &Column| OLDER.contains(&column.label.as_str());
    let (older, rest): (Vec<Column>, Vec<Column>) = columns.into_iter().partition(is_older);
    let whole = older.into_iter().reduce(|mut sum, next| {
        sum.values.iter_mut().zip(next.values).for_each(|(sum, value)| *sum += value);
        "patients aged 65 and over".clone_into(&mut sum.label);
        sum
    });
    whole.into_iter().chain(rest).collect()
}
