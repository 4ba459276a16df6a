//! Rows put in order of their groups, covariates on a common scale, and the blocks in which they are worked on.
//!
//! A block is a run of whole upper groups of at least some hundred rows: small enough to stay near the
//! processor, large enough to be worth a task. Sums are made block by block in order, so that the number of
//! threads changes no digit.

use std::ops::Range;

use super::family::{Count, Family};
use super::linear::{Square, dot};
use super::remark::{NoModel, Remark};
use super::{Covariate, Rows};

/// Rows of a block, at least.
const BLOCK: usize = 1024;
/// Share of a covariate's variance that those before it must leave for it to be kept.
const OWN_SHARE: f64 = 1e-9;

/// A covariate that stays in the model.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// Its position among those given.
    pub position: usize,
    pub centre: f64,
    pub spread: f64,
}

/// Everything that does not change while the best fit is sought.
#[derive(Debug)]
pub struct Layout {
    pub family: Family,
    pub events: Vec<f64>,
    /// Empty for counts of events.
    pub trials: Vec<f64>,
    pub offset: Vec<f64>,
    /// The intercept, then each covariate kept, centred and scaled.
    pub columns: Vec<Vec<f64>>,
    pub scales: Vec<Scale>,
    /// First row of each group, and the end.
    pub group_starts: Vec<usize>,
    /// First group of each upper group, and the end.
    pub top_starts: Vec<usize>,
    /// First upper group of each block, and the end.
    pub block_starts: Vec<usize>,
    /// The caller's numbers of groups and upper groups.
    pub groups: Vec<u32>,
    pub tops: Vec<u32>,
    /// The caller's number of each row.
    pub rows: Vec<u32>,
    /// What the value of each row is measured against.
    pub saturated: Vec<f64>,
    /// The part of the log-likelihood that no parameter changes.
    pub constant: f64,
    pub remarks: Vec<Remark>,
}

impl Layout {
    pub fn new(rows: &Rows<'_>, family: Family) -> Result<Self, NoModel> {
        check_lengths(rows)?;
        check_counts(rows, family)?;
        let mut remarks = Vec::new();
        let order = in_order(rows, &mut remarks);
        let pick = |values: &[f64]| order.iter().map(|row| values[*row as usize]).collect();
        let mut layout = Self {
            family,
            events: pick(rows.events),
            trials: if family.has_trials() {
                rows.trials.map(pick).unwrap_or_default()
            } else {
                vec![]
            },
            offset: rows.offset.map_or_else(|| vec![0.0; order.len()], pick),
            columns: vec![vec![1.0; order.len()]],
            scales: Vec::new(),
            group_starts: Vec::new(),
            top_starts: Vec::new(),
            block_starts: Vec::new(),
            groups: Vec::new(),
            tops: Vec::new(),
            rows: order,
            saturated: Vec::new(),
            constant: 0.0,
            remarks,
        };
        layout.measure();
        layout.check_events()?;
        layout.divide(rows)?;
        layout.keep_covariates(&rows.covariates);
        let needed = layout.columns.len() + 2;
        if layout.rows.len() < needed {
            return Err(NoModel::TooFewRows { rows: layout.rows.len(), needed });
        }
        Ok(layout)
    }

    /// Works out what does not change with the figures sought, for the family as it is now.
    pub fn measure(&mut self) {
        let rows = 0..self.rows.len();
        let saturated = |row: usize| self.family.saturated(self.count(row));
        self.saturated = rows.clone().map(saturated).collect();
        let constant: f64 = rows.map(|row| self.family.constant(self.count(row))).sum();
        self.constant = constant + self.saturated.iter().sum::<f64>();
    }

    pub fn count(&self, row: usize) -> Count {
        Count { events: self.events[row], trials: self.trials.get(row).copied().unwrap_or(0.0) }
    }

    pub fn group_rows(&self, group: usize) -> Range<usize> {
        self.group_starts[group]..self.group_starts[group + 1]
    }

    pub fn top_groups(&self, top: usize) -> Range<usize> {
        self.top_starts[top]..self.top_starts[top + 1]
    }

    /// The upper groups of a block.
    pub fn block_tops(&self, block: usize) -> Range<usize> {
        self.block_starts[block]..self.block_starts[block + 1]
    }

    pub fn blocks(&self) -> usize {
        self.block_starts.len() - 1
    }

    /// η without random intercepts for a run of rows.
    pub fn predictors(&self, rows: Range<usize>, coefficients: &[f64], into: &mut Vec<f64>) {
        into.clear();
        into.extend_from_slice(&self.offset[rows.clone()]);
        for (column, coefficient) in self.columns.iter().zip(coefficients) {
            for (sum, value) in into.iter_mut().zip(&column[rows.clone()]) {
                *sum += coefficient * value;
            }
        }
    }

    fn check_events(&mut self) -> Result<(), NoModel> {
        let parts = self.events.iter().filter(|events| events.fract() != 0.0).count();
        if parts > 0 {
            self.remarks.push(Remark::PartCounts { rows: parts });
        }
        if self.events.iter().all(|events| *events == 0.0) {
            return Err(NoModel::AllNought);
        }
        let is_full = |row: usize| self.events[row] >= self.count(row).trials;
        if self.family.has_trials() && (0..self.events.len()).all(is_full) {
            return Err(NoModel::AllCounted);
        }
        Ok(())
    }

    /// Finds where groups, upper groups and blocks begin.
    fn divide(&mut self, rows: &Rows<'_>) -> Result<(), NoModel> {
        let group = |row: u32| rows.groups.map_or(row, |groups| groups[row as usize]);
        let top = |row: u32| rows.upper.map_or(group(row), |upper| upper[row as usize]);
        let mut block_rows = 0;
        for (position, row) in self.rows.iter().enumerate() {
            if self.tops.last() != Some(&top(*row)) {
                if self.block_starts.is_empty() || position - block_rows >= BLOCK {
                    self.block_starts.push(self.tops.len());
                    block_rows = position;
                }
                self.top_starts.push(self.groups.len());
                self.tops.push(top(*row));
                self.group_starts.push(position);
                self.groups.push(group(*row));
            } else if self.groups.last() != Some(&group(*row)) {
                self.group_starts.push(position);
                self.groups.push(group(*row));
            }
        }
        self.group_starts.push(self.rows.len());
        self.top_starts.push(self.groups.len());
        self.block_starts.push(self.tops.len());
        let mut sorted = self.groups.clone();
        sorted.sort_unstable();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(NoModel::NotNested { group: pair[0] });
        }
        Ok(())
    }

    /// Centres and scales each covariate and leaves out those that others tell.
    fn keep_covariates(&mut self, covariates: &[Covariate<'_>]) {
        let mut factor = Factor::default();
        for (position, covariate) in covariates.iter().enumerate() {
            let values = self.rows.iter().map(|row| covariate.values[*row as usize]);
            let count = self.rows.len() as f64;
            let centre = values.clone().sum::<f64>() / count;
            let squares = values.clone().map(|value| (value - centre) * (value - centre));
            let spread = (squares.sum::<f64>() / count).sqrt();
            let leave_out = |with: Vec<usize>| Remark::Collinear {
                column: covariate.name.to_owned(),
                with: with.iter().map(|kept| covariates[*kept].name.to_owned()).collect(),
            };
            if spread <= 1e-12 * centre.abs().max(1e-300) {
                self.remarks.push(leave_out(Vec::new()));
                continue;
            }
            let scaled: Vec<f64> = values.map(|value| (value - centre) / spread).collect();
            let with: Vec<f64> =
                self.columns[1..].iter().map(|kept| dot(kept, &scaled) / count).collect();
            match factor.extend(&with) {
                Ok(()) => {
                    self.columns.push(scaled);
                    self.scales.push(Scale { position, centre, spread });
                }
                Err(told_by) => {
                    let told_by = told_by.iter().map(|kept| self.scales[*kept].position);
                    self.remarks.push(leave_out(told_by.collect()));
                }
            }
        }
    }
}

/// The correlations of the covariates kept so far.
#[derive(Default)]
struct Factor {
    correlations: Vec<Vec<f64>>,
}

impl Factor {
    /// Takes in a covariate by its correlations with those kept, or names those that tell it.
    fn extend(&mut self, with: &[f64]) -> Result<(), Vec<usize>> {
        let size = with.len();
        let mut matrix = Square::zeros(size);
        for row in 0..size {
            for column in 0..=row {
                matrix.set(row, column, self.correlations[row][column]);
            }
        }
        matrix.mirror();
        if size > 0
            && let Some(factor) = matrix.factor()
        {
            let weights = factor.solve(with);
            if 1.0 - dot(&weights, with) < OWN_SHARE {
                let tells = |position: &usize| weights[*position].abs() > 1e-4;
                return Err((0..size).filter(tells).collect());
            }
        }
        let mut row = with.to_vec();
        row.push(1.0);
        self.correlations.push(row);
        Ok(())
    }
}

fn check_lengths(rows: &Rows<'_>) -> Result<(), NoModel> {
    let length = rows.events.len();
    let mut lengths = rows.covariates.iter().map(|covariate| covariate.values.len());
    let others = [
        rows.trials.map(<[f64]>::len),
        rows.offset.map(<[f64]>::len),
        rows.groups.map(<[u32]>::len),
        rows.upper.map(<[u32]>::len),
    ];
    if lengths.any(|other| other != length)
        || others.into_iter().flatten().any(|other| other != length)
    {
        return Err(NoModel::LengthsDiffer);
    }
    Ok(())
}

fn check_counts(rows: &Rows<'_>, family: Family) -> Result<(), NoModel> {
    let trials = rows.trials.filter(|_| family.has_trials());
    if family.has_trials() && trials.is_none() {
        return Err(NoModel::LengthsDiffer);
    }
    for (row, events) in rows.events.iter().enumerate() {
        let above = trials.is_some_and(|trials| *events > trials[row] || trials[row] < 0.0);
        if *events < 0.0 || above {
            return Err(NoModel::ImpossibleCount { row });
        }
    }
    Ok(())
}

/// The rows with everything they need, in order of upper group and group.
fn in_order(rows: &Rows<'_>, remarks: &mut Vec<Remark>) -> Vec<u32> {
    let mut kept = vec![true; rows.events.len()];
    let mut leave_out = |name: &str, values: &[f64]| {
        let mut lost = 0;
        for (kept, value) in kept.iter_mut().zip(values) {
            if *kept && !value.is_finite() {
                *kept = false;
                lost += 1;
            }
        }
        if lost > 0 {
            remarks.push(Remark::MissingRows { column: name.to_owned(), rows: lost });
        }
    };
    leave_out("outcome", rows.events);
    leave_out("denominator", rows.trials.unwrap_or_default());
    leave_out("offset", rows.offset.unwrap_or_default());
    for covariate in &rows.covariates {
        leave_out(covariate.name, covariate.values);
    }
    let mut order: Vec<u32> = (0..kept.len() as u32).filter(|row| kept[*row as usize]).collect();
    let key = |row: &u32| {
        let of = |numbers: Option<&[u32]>| numbers.map_or(0, |numbers| numbers[*row as usize]);
        (of(rows.upper), of(rows.groups), *row)
    };
    if !order.is_sorted_by_key(key) {
        order.sort_unstable_by_key(key);
    }
    order
}
