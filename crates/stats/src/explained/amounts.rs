//! Amounts that are no counts: weighted by nothing, explained by a straight line through the covariates.

use super::folds::{FOLDS, folds};
use super::{Bar, Explanation, Question, Step, columns};
use crate::figure::{Figure, Limits};
use crate::mixed::linear::{Square, dot};
use crate::mixed::{Coefficient, Covariate, Fit, NoModel};
use crate::random::{Key, Stream};

/// The line through amounts.
struct Line {
    /// Intercept, then slopes, on the covariates as they are.
    coefficients: Vec<f64>,
}

impl Line {
    /// Least squares over the practices that `keep` admits.
    fn through(
        values: &[f64],
        covariates: &[Covariate<'_>],
        keep: impl Fn(usize) -> bool,
    ) -> Result<Self, NoModel> {
        let rows: Vec<usize> = (0..values.len()).filter(|row| keep(*row)).collect();
        let size = covariates.len() + 1;
        if rows.len() < size + 2 {
            return Err(NoModel::TooFewRows { rows: rows.len(), needed: size + 2 });
        }
        let centres: Vec<f64> = covariates
            .iter()
            .map(|c| rows.iter().map(|row| c.values[*row]).sum::<f64>() / rows.len() as f64)
            .collect();
        let entry = |row: usize, column: usize| match column {
            0 => 1.0,
            _ => covariates[column - 1].values[row] - centres[column - 1],
        };
        let mut squares = Square::zeros(size);
        let mut sums = vec![0.0; size];
        for row in &rows {
            for (first, sum) in sums.iter_mut().enumerate() {
                *sum += entry(*row, first) * values[*row];
                for second in 0..size {
                    squares.add(first, second, entry(*row, first) * entry(*row, second));
                }
            }
        }
        for diagonal in 1..size {
            let ridge = 1e-10 * squares.get(diagonal, diagonal).max(1e-300);
            squares.add(diagonal, diagonal, ridge);
        }
        let names = || covariates.iter().map(|c| c.name.to_owned()).collect::<Vec<_>>().join(", ");
        let factor = squares.factor().ok_or_else(|| NoModel::Separation { column: names() })?;
        let mut coefficients = factor.solve(&sums);
        coefficients[0] -= dot(&coefficients[1..], &centres);
        Ok(Self { coefficients })
    }

    fn at(&self, covariates: &[Covariate<'_>], row: usize) -> f64 {
        let terms = covariates.iter().zip(&self.coefficients[1..]);
        self.coefficients[0] + terms.map(|(c, slope)| slope * c.values[row]).sum::<f64>()
    }
}

/// The slopes of the line through all amounts.
pub fn slopes(values: &[f64], covariates: &[Covariate<'_>]) -> Result<Vec<f64>, NoModel> {
    Ok(Line::through(values, covariates, |_| true)?.coefficients.split_off(1))
}

/// Mean square of the differences between amounts and predictions.
fn error(values: &[f64], predictions: &[f64]) -> f64 {
    let squares = values.iter().zip(predictions).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>() / values.len() as f64
}

/// Mean squares of a stage: of the amounts fitted to, and of those not seen.
fn errors(
    values: &[f64],
    covariates: &[Covariate<'_>],
    folds: &[u32],
) -> Result<(Line, f64, f64), NoModel> {
    let count = values.len();
    let whole = Line::through(values, covariates, |_| true)?;
    let fitted: Vec<f64> = (0..count).map(|row| whole.at(covariates, row)).collect();
    let mut unseen = vec![0.0; count];
    for fold in 0..FOLDS {
        let line = Line::through(values, covariates, |row| folds[row] != fold)?;
        for row in (0..count).filter(|row| folds[*row] == fold) {
            unseen[row] = line.at(covariates, row);
        }
    }
    let (fitted, unseen) = (error(values, &fitted), error(values, &unseen));
    Ok((whole, fitted, unseen))
}

/// Answers a question about amounts.
pub fn explain(question: &Question<'_>, values: &[f64]) -> Result<Explanation, NoModel> {
    let folds = folds(values.len(), question.seed);
    let (mut line, fitted, unseen) = errors(values, &[], &folds)?;
    let before = f64::midpoint(fitted, unseen);
    if before <= 0.0 {
        return Err(NoModel::AllNought);
    }
    let share = |after: f64| (1.0 - after / before).clamp(0.0, 1.0);
    let step = |name: &str, after: f64, fitted: f64, unseen: f64| Step {
        name: name.to_owned(),
        spread: after.min(before).sqrt(),
        explained: share(after),
        fitted: share(fitted),
        unseen: share(unseen),
    };
    let mut steps = vec![step("null", before, before, before)];
    let mut after = before;
    for stage in 1..=question.stages.len() {
        let covariates = columns(&question.stages[..stage]);
        let (found, fitted, unseen) = errors(values, &covariates, &folds)?;
        after = f64::midpoint(fitted, unseen);
        steps.push(step(question.stages[stage - 1].name, after, fitted, unseen));
        line = found;
    }
    let covariates = columns(&question.stages);
    let limits = limits(question, values, &covariates, share(after));
    let (explained, complement) = (share(after), |x: f64| 1.0 - x);
    let bar = Bar {
        chance: None,
        explained: Figure { value: explained, limits },
        left: Figure {
            value: complement(explained),
            limits: Limits { lower: complement(limits.upper), upper: complement(limits.lower) },
        },
    };
    let predictors = (0..values.len()).map(|row| line.at(&covariates, row)).collect();
    let fit = as_fit(&line, &covariates, predictors, values.len());
    Ok(Explanation {
        bar,
        steps,
        chance_variance: 0.0,
        between_networks: None,
        fit,
        replicates: question.replicates,
    })
}

/// Limits from practices drawn with replacement, each with its own amount and covariates.
fn limits(
    question: &Question<'_>,
    values: &[f64],
    covariates: &[Covariate<'_>],
    explained: f64,
) -> Limits {
    let count = values.len();
    let share_of = |rows: &[usize]| {
        let picked: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
        let columns: Vec<Vec<f64>> =
            covariates.iter().map(|c| rows.iter().map(|row| c.values[*row]).collect()).collect();
        let named: Vec<Covariate<'_>> = covariates
            .iter()
            .zip(&columns)
            .map(|(c, values)| Covariate { name: c.name, values })
            .collect();
        let line = Line::through(&picked, &named, |_| true).ok()?;
        let mean = picked.iter().sum::<f64>() / count as f64;
        let fitted: Vec<f64> = (0..count).map(|row| line.at(&named, row)).collect();
        let (after, before) = (error(&picked, &fitted), error(&picked, &vec![mean; count]));
        let freedom = count as f64 - named.len() as f64 - 1.0;
        Some(1.0 - after / before * (count as f64 - 1.0) / freedom.max(1.0))
    };
    let truth = share_of(&(0..count).collect::<Vec<_>>()).unwrap_or(explained);
    let mut deviations: Vec<f64> = (0..question.replicates)
        .filter_map(|replicate| {
            let key = Key {
                seed: question.seed,
                decision: super::bootstrap::RESAMPLE,
                unit: 0,
                time: replicate,
            };
            let mut stream = Stream::new(key);
            let rows: Vec<usize> =
                (0..count).map(|_| stream.below(count as u32) as usize).collect();
            share_of(&rows).map(|share| share - truth)
        })
        .collect();
    let centre = deviations.iter().sum::<f64>() / deviations.len().max(1) as f64;
    for deviation in &mut deviations {
        *deviation -= centre;
    }
    super::with_limits(explained, &mut deviations).limits
}

fn as_fit(line: &Line, covariates: &[Covariate<'_>], predictors: Vec<f64>, rows: usize) -> Fit {
    let names = std::iter::once("(intercept)").chain(covariates.iter().map(|c| c.name));
    let coefficients = names
        .zip(&line.coefficients)
        .map(|(name, value)| Coefficient {
            name: name.to_owned(),
            value: Some(*value),
            standard_error: None,
        })
        .collect();
    Fit {
        coefficients,
        groups: None,
        upper: None,
        size: None,
        log_likelihood: f64::NAN,
        parameters: line.coefficients.len() + 1,
        rows,
        effects: Vec::new(),
        upper_effects: Vec::new(),
        predictors,
        remarks: Vec::new(),
        evaluations: 0,
    }
}
