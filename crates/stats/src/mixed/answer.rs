//! A fitted model in the units in which it was asked for.

use super::Model;
use super::layout::Layout;
use super::linear::Square;
use super::objective::Objective;
use super::remark::Remark;
use super::search::{self, Arrival};

/// The intercept's name among the coefficients.
const INTERCEPT: &str = "(intercept)";
/// Spreads below this are nought: groups differ by no more than chance.
const NO_SPREAD: f64 = 1e-3;

/// What one unit of a covariate adds to the logarithm of the rate, or to the logit of the share.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The covariate, or `(intercept)`.
    pub name: String,
    /// Nothing where the covariate was left out.
    pub value: Option<f64>,
    /// Nothing where it was not asked for or cannot be worked out.
    pub standard_error: Option<f64>,
}

/// The standard deviation of random intercepts, or the size of the extra variation of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The estimate.
    pub value: f64,
    /// Nothing at the edge of what is possible, or where it was not asked for.
    pub standard_error: Option<f64>,
}

/// The random intercept of one group, with its variance given everything else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The caller's number of the group.
    pub group: u32,
    /// Logarithm of the ratio to what is expected (logit families: log odds ratio), shrunk.
    pub value: f64,
    /// Its conditional variance.
    pub variance: f64,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The intercept, then the covariates in the order given.
    pub coefficients: Vec<Coefficient>,
    /// Spread between groups.
    pub groups: Option<Spread>,
    /// Spread between upper groups.
    pub upper: Option<Spread>,
    /// Size of the negative binomial (variance μ + μ²/size) or beta-binomial (α + β); nothing where rows show
    /// no extra variation, which the simpler family then describes.
    pub size: Option<Spread>,
    /// With all constants, as R's `logLik` gives it.
    pub log_likelihood: f64,
    /// Figures estimated.
    pub parameters: usize,
    /// Rows used.
    pub rows: usize,
    /// Intercepts of the groups, in order of the caller's numbers.
    pub effects: Vec<Effect>,
    /// Intercepts of the upper groups, likewise.
    pub upper_effects: Vec<Effect>,
    /// The linear predictor of each row without random intercepts; not a number for rows left out.
    pub predictors: Vec<f64>,
    /// What the reader must know.
    pub remarks: Vec<Remark>,
    /// How often the likelihood was worked out.
    pub evaluations: usize,
}

/// Everything an arrival says, with covariates back on their own scales.
pub fn answer(
    objective: &mut Objective<'_>,
    layout: &Layout,
    arrival: &Arrival,
    names: &[String],
    model: Model,
) -> Fit {
    let shape = objective.shape();
    let point = &arrival.point;
    objective.at(point);
    let spread_at = |position: Option<usize>| position.map(|position| point[position]);
    let (groups, upper) = (spread_at(shape.group_spread()), spread_at(shape.upper_spread()));
    let size = shape.log_size().map(|position| libm::exp(point[position]));
    let remarks = remarks(layout, groups, upper);
    let effects = effects(layout, objective, groups, upper);
    let covariance = model.errors.then(|| covariance(objective, point)).flatten();
    let error = |position: Option<usize>| {
        let variance = covariance.as_ref()?.get(position?, position?);
        (variance > 0.0).then(|| variance.sqrt())
    };
    let spread = |value: Option<f64>, position: Option<usize>| {
        let value = value?.abs();
        Some(Spread {
            value: if value < NO_SPREAD { 0.0 } else { value },
            standard_error: error(position).filter(|_| value >= NO_SPREAD),
        })
    };
    let mut predictors = Vec::new();
    layout.predictors(0..layout.rows.len(), &point[..shape.coefficients], &mut predictors);
    let length = layout.rows.iter().max().map_or(0, |last| *last as usize + 1);
    let mut in_order = vec![f64::NAN; length];
    for (row, predictor) in layout.rows.iter().zip(predictors) {
        in_order[*row as usize] = predictor;
    }
    Fit {
        coefficients: coefficients(layout, point, covariance.as_ref(), names),
        groups: spread(groups, shape.group_spread()),
        upper: spread(upper, shape.upper_spread()),
        size: size.map(|value| Spread {
            value,
            standard_error: error(shape.log_size()).map(|of_log| of_log * value),
        }),
        log_likelihood: arrival.evaluation.value,
        parameters: shape.length(),
        rows: layout.rows.len(),
        effects: effects.0,
        upper_effects: effects.1,
        predictors: in_order,
        remarks,
        evaluations: objective.evaluations,
    }
}

fn remarks(layout: &Layout, groups: Option<f64>, upper: Option<f64>) -> Vec<Remark> {
    let mut remarks = layout.remarks.clone();
    let is_none = |spread: Option<f64>| spread.is_some_and(|spread| spread.abs() < NO_SPREAD);
    if is_none(groups) {
        remarks.push(Remark::NoVariationBetweenGroups);
    }
    if is_none(upper) {
        remarks.push(Remark::NoVariationBetweenUpperGroups);
    }
    if layout.family.has_size() && groups.is_some() && super::start::is_one_row_a_group(layout) {
        remarks.push(Remark::OneRowAGroup);
    }
    remarks
}

/// Intercepts of groups and upper groups in the caller's order.
fn effects(
    layout: &Layout,
    objective: &Objective<'_>,
    groups: Option<f64>,
    upper: Option<f64>,
) -> (Vec<Effect>, Vec<Effect>) {
    let of = |numbers: &[u32], intercepts: &[super::laplace::Intercept], spread: Option<f64>| {
        let Some(spread) = spread else { return Vec::new() };
        let effect = |(group, intercept): (&u32, &super::laplace::Intercept)| Effect {
            group: *group,
            value: spread * intercept.mode,
            variance: spread * spread * intercept.variance,
        };
        let mut effects: Vec<Effect> = numbers.iter().zip(intercepts).map(effect).collect();
        effects.sort_by_key(|effect| effect.group);
        effects
    };
    (
        of(&layout.groups, objective.group_intercepts(), groups),
        of(&layout.tops, objective.upper_intercepts(), upper),
    )
}

/// The covariance of all figures, on the common scale; without the spreads where one of them is nought.
fn covariance(objective: &mut Objective<'_>, point: &[f64]) -> Option<Square> {
    let curvature = search::curvature(objective, point);
    if let Some(inverse) = curvature.inverse() {
        return Some(inverse);
    }
    let coefficients = objective.shape().coefficients;
    let mut part = Square::zeros(coefficients);
    for row in 0..coefficients {
        for column in 0..coefficients {
            part.set(row, column, curvature.get(row, column));
        }
    }
    let part = part.inverse()?;
    let mut whole = Square::zeros(point.len());
    for row in 0..coefficients {
        for column in 0..coefficients {
            whole.set(row, column, part.get(row, column));
        }
    }
    Some(whole)
}

/// Coefficients per unit of each covariate as it was given.
fn coefficients(
    layout: &Layout,
    point: &[f64],
    covariance: Option<&Square>,
    names: &[String],
) -> Vec<Coefficient> {
    let mut weights = vec![0.0; point.len()];
    weights[0] = 1.0;
    for (position, scale) in layout.scales.iter().enumerate() {
        weights[position + 1] = -scale.centre / scale.spread;
    }
    let error = |weights: &[f64]| {
        let through = covariance?.times(weights);
        let variance = super::linear::dot(&through, weights);
        (variance > 0.0).then(|| variance.sqrt())
    };
    let mut all = vec![Coefficient {
        name: INTERCEPT.to_owned(),
        value: Some(super::linear::dot(&weights, point)),
        standard_error: error(&weights),
    }];
    for (number, name) in names.iter().enumerate() {
        let kept = layout.scales.iter().position(|scale| scale.position == number);
        let spread = kept.map_or(1.0, |kept| layout.scales[kept].spread);
        let value = kept.map(|kept| point[kept + 1] / spread);
        let standard_error = kept.and_then(|kept| {
            let variance = covariance?.get(kept + 1, kept + 1);
            (variance > 0.0).then(|| variance.sqrt() / spread)
        });
        all.push(Coefficient { name: name.clone(), value, standard_error });
    }
    all
}
