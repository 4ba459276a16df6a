//! Where the search begins: the plain model without random intercepts, and what it leaves between groups.

use super::family::Family;
use super::layout::Layout;
use super::linear::{Square, dot};
use super::objective::Shape;
use super::remark::NoModel;

/// Steps of the plain model, after which it is given up.
const STEPS: usize = 60;
/// How far a covariate may swing the predictor, with an error larger than itself, before it separates.
const SWING: f64 = 10.0;

/// The plain model: coefficients on the common scale and their information matrix.
#[derive(Debug)]
pub struct Plain {
    pub coefficients: Vec<f64>,
    pub information: Square,
}

/// Fits Poisson or binomial counts without random intercepts, by Fisher's scoring.
pub fn plain(layout: &Layout, names: &[String]) -> Result<Plain, NoModel> {
    let family = layout.family.plain();
    let mut coefficients = vec![0.0; layout.columns.len()];
    coefficients[0] = overall(layout);
    let mut here = Scores::at(layout, family, &coefficients);
    for _ in 0..STEPS {
        let Some(factor) = here.information.factor() else {
            return Err(separated(layout, names, &coefficients, &here)
                .unwrap_or(NoModel::NotConverged { evaluations: STEPS, left: f64::INFINITY }));
        };
        let step = factor.solve(&here.gradient);
        let left = 0.5 * dot(&step, &here.gradient);
        if left < 1e-9 {
            return match separated(layout, names, &coefficients, &here) {
                Some(separated) => Err(separated),
                None => Ok(Plain { coefficients, information: here.information }),
            };
        }
        let mut length = 1.0;
        loop {
            let next: Vec<f64> =
                coefficients.iter().zip(&step).map(|(at, step)| at + length * step).collect();
            let found = Scores::at(layout, family, &next);
            if found.value >= here.value - 1e-12 * here.value.abs() || length < 1e-6 {
                (coefficients, here) = (next, found);
                break;
            }
            length *= 0.5;
        }
    }
    let left = dot(&here.gradient, &here.gradient);
    Err(separated(layout, names, &coefficients, &here)
        .unwrap_or(NoModel::NotConverged { evaluations: STEPS, left }))
}

/// The intercept that gives the overall number of events.
fn overall(layout: &Layout) -> f64 {
    let events: f64 = layout.events.iter().sum();
    if layout.family.has_trials() {
        let trials: f64 = layout.trials.iter().sum();
        return libm::log(events / (trials - events));
    }
    let expected: f64 = layout.offset.iter().map(|offset| libm::exp(*offset)).sum();
    libm::log(events / expected)
}

/// Value, gradient and expected information of the plain model.
struct Scores {
    value: f64,
    gradient: Vec<f64>,
    information: Square,
}

impl Scores {
    fn at(layout: &Layout, family: Family, coefficients: &[f64]) -> Self {
        let mut predictors = Vec::new();
        let rows = layout.rows.len();
        layout.predictors(0..rows, coefficients, &mut predictors);
        let (mut value, mut pulls, mut weights) =
            (0.0, Vec::with_capacity(rows), Vec::with_capacity(rows));
        for (row, predictor) in predictors.iter().enumerate() {
            let jet = family.jet(layout.count(row), *predictor, 1.0);
            value += jet.value - layout.saturated[row];
            pulls.push(jet.first);
            weights.push(-jet.second);
        }
        let gradient = layout.columns.iter().map(|column| dot(column, &pulls)).collect();
        Self { value, gradient, information: information(layout, &weights) }
    }
}

/// The weighted sums of squares and products of the columns.
pub fn information(layout: &Layout, weights: &[f64]) -> Square {
    let size = layout.columns.len();
    let mut information = Square::zeros(size);
    for (position, column) in layout.columns.iter().enumerate() {
        let weighted: Vec<f64> = column.iter().zip(weights).map(|(x, w)| x * w).collect();
        for (other, column) in layout.columns.iter().enumerate().take(position + 1) {
            information.set(position, other, dot(&weighted, column));
        }
    }
    information.mirror();
    information
}

/// The covariate that swings the predictor furthest while its error is larger than itself.
fn separated(
    layout: &Layout,
    names: &[String],
    coefficients: &[f64],
    here: &Scores,
) -> Option<NoModel> {
    let inverse = here.information.inverse();
    let swing = |position: usize| {
        let column = &layout.columns[position];
        let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let low = column.iter().copied().fold(f64::INFINITY, f64::min);
        coefficients[position].abs() * (high - low)
    };
    let loose = |position: &usize| {
        let error = inverse.as_ref().map_or(f64::INFINITY, |i| i.get(*position, *position).sqrt());
        swing(*position) > SWING && error > coefficients[*position].abs()
    };
    let worst =
        (1..coefficients.len()).filter(loose).max_by(|a, b| swing(*a).total_cmp(&swing(*b)))?;
    Some(NoModel::Separation { column: names[layout.scales[worst - 1].position].clone() })
}

/// Variances that the plain model leaves: between groups, between upper groups, and between rows.
struct Excess {
    groups: f64,
    upper: f64,
    rows: f64,
}

impl Excess {
    fn of(layout: &Layout, plain: &Plain) -> Self {
        let mut predictors = Vec::new();
        layout.predictors(0..layout.rows.len(), &plain.coefficients, &mut predictors);
        let family = layout.family.plain();
        let residual = |row: usize| family.slopes(layout.count(row), predictors[row], 1.0);
        let groups: Vec<(f64, f64)> = (0..layout.groups.len())
            .map(|group| added(layout.group_rows(group).map(residual)))
            .collect();
        let upper = (0..layout.tops.len())
            .map(|top| added(layout.top_groups(top).map(|group| groups[group])));
        let upper = excess(upper);
        let rows = excess((0..layout.rows.len()).map(residual));
        Self { groups: excess(groups.into_iter()), upper, rows }
    }
}

fn added(parts: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    parts.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1))
}

/// The variance of the logarithm of the means that squared residuals show beyond chance.
fn excess(residuals: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (above, below) = residuals.fold((0.0, 0.0), |(above, below), (first, second)| {
        (above + first * first + second, below + second * second)
    });
    (above / below.max(1e-300)).clamp(0.0025, 4.0)
}

/// The first point of the search and a guess of the inverse curvature there.
pub fn first_point(layout: &Layout, shape: Shape, plain: &Plain) -> (Vec<f64>, Square) {
    let excess = Excess::of(layout, plain);
    let mut point = plain.coefficients.clone();
    let size_variance = if layout.groups.len() == layout.rows.len() && shape.has_groups {
        excess.rows / 2.0
    } else {
        excess.rows
    };
    if shape.has_groups {
        let variance = if shape.has_upper { excess.groups / 2.0 } else { excess.groups };
        point.push(variance.sqrt());
    }
    if shape.has_upper {
        point.push((excess.upper / 2.0).sqrt());
    }
    if shape.has_size {
        point.push(libm::log(1.0 / size_variance));
    }
    let between = if shape.has_groups { excess.groups } else { 0.0 };
    let inverse = guess(layout, shape, plain, between);
    (point, inverse)
}

/// The inverse curvature expected with random intercepts of this variance.
fn guess(layout: &Layout, shape: Shape, plain: &Plain, variance: f64) -> Square {
    let mut predictors = Vec::new();
    layout.predictors(0..layout.rows.len(), &plain.coefficients, &mut predictors);
    let family = layout.family.plain();
    let weights: Vec<f64> = predictors
        .iter()
        .enumerate()
        .map(|(row, predictor)| -family.slopes(layout.count(row), *predictor, 1.0).1)
        .collect();
    let own_weight = |group: usize| -> f64 { weights[layout.group_rows(group)].iter().sum() };
    let ratio = |group: usize| {
        let weight = own_weight(group);
        weight / (1.0 + variance * weight)
    };
    let squares = (0..layout.groups.len()).map(|group| ratio(group) * ratio(group));
    let spread_information = 2.0 * variance * squares.sum::<f64>();
    let information = marginal(layout, plain, &weights, variance);
    let size = shape.length();
    let mut inverse = Square::zeros(size);
    if let Some(own) = information.inverse() {
        for row in 0..own.size() {
            for column in 0..own.size() {
                inverse.set(row, column, own.get(row, column));
            }
        }
    } else {
        for row in 0..shape.coefficients {
            inverse.set(row, row, 1.0 / plain.information.get(row, row));
        }
    }
    for position in [shape.group_spread(), shape.upper_spread()].into_iter().flatten() {
        inverse.set(position, position, 1.0 / spread_information.max(1.0));
    }
    if let Some(position) = shape.log_size() {
        inverse.set(position, position, 4.0 / layout.rows.len() as f64);
    }
    inverse
}

/// The information on the coefficients that random intercepts of a variance leave.
fn marginal(layout: &Layout, plain: &Plain, weights: &[f64], variance: f64) -> Square {
    if is_one_row_a_group(layout) {
        let lighter: Vec<f64> =
            weights.iter().map(|weight| weight / (1.0 + variance * weight)).collect();
        return information(layout, &lighter);
    }
    let mut left = plain.information.clone();
    for group in 0..layout.groups.len() {
        let rows = layout.group_rows(group);
        let weight: f64 = weights[rows.clone()].iter().sum();
        let shrink = variance / (1.0 + variance * weight);
        let of = |column: &Vec<f64>| dot(&column[rows.clone()], &weights[rows.clone()]);
        let sums: Vec<f64> = layout.columns.iter().map(of).collect();
        for row in 0..sums.len() {
            for column in 0..sums.len() {
                left.add(row, column, -shrink * sums[row] * sums[column]);
            }
        }
    }
    left
}

/// Whether every group has one row.
pub fn is_one_row_a_group(layout: &Layout) -> bool {
    layout.groups.len() == layout.rows.len()
}
