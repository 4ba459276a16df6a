//! Counts that vary between practices by more than chance: regression with a random intercept per practice.
//!
//! A count (or a share of a known number) is explained by covariates; what the covariates leave, each practice
//! has an intercept of its own, drawn from a normal distribution whose spread is estimated, and each network may
//! have another. The spread says how much practices differ once chance and covariates are allowed for. Without
//! groups the same functions fit the plain model.
//!
//! The likelihood is integrated over the intercepts by Laplace's approximation or by adaptive Gauss–Hermite
//! quadrature, one group at a time, and climbed with its exact gradient. What cannot be estimated is refused by
//! name ([`NoModel`]); what a reader must know is said ([`Remark`]).
//!
//! Methods: [mixed models](../../../docs/book/methods.md#mixed-models).

mod answer;
mod family;
mod group;
mod hermite;
mod laplace;
mod layout;
pub(crate) mod linear;
mod objective;
mod quadrature;
mod remark;
mod search;
mod start;

pub use answer::{Coefficient, Effect, Fit, Spread};
pub use family::Family;
pub use remark::{NoModel, Remark};

use layout::Layout;
use objective::{Objective, Shape};

/// A table of counts: one entry a row in every slice.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    /// Events counted; not a number where missing.
    pub events: &'a [f64],
    /// How many could have had one, for the binomial families.
    pub trials: Option<&'a [f64]>,
    /// Added to the linear predictor as it is: the logarithm of the people, or of the expected events.
    pub offset: Option<&'a [f64]>,
    /// What may explain the counts; an intercept is always added.
    pub covariates: Vec<Covariate<'a>>,
    /// The group of each row (practice); none for the plain model.
    pub groups: Option<&'a [u32]>,
    /// The upper group of each row (network); every group lies in one of them.
    pub upper: Option<&'a [u32]>,
}

/// One column that may explain the counts.
#[derive(Debug, Clone, Copy)]
pub struct Covariate<'a> {
    /// Its name, for remarks.
    pub name: &'a str,
    /// Its value in each row; not a number where missing.
    pub values: &'a [f64],
}

/// How the likelihood is integrated over the random intercepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// One point at the mode: fast, and good unless groups hold very few events.
    Laplace,
    /// Several points around the mode; for one level.
    Quadrature {
        /// How many, 1 to 50; 1 is Laplace's approximation.
        points: usize,
    },
}

/// Which model to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// How counts vary around their means.
    pub family: Family,
    /// How the likelihood is integrated.
    pub method: Method,
    /// Whether standard errors are worked out (about as long again as the fit).
    pub errors: bool,
}

/// Fits a model to a table.
///
/// Equations: [`methods.md#mixed-likelihood`](../../../docs/book/methods.md#mixed-likelihood).
///
/// # Errors
/// See [`NoModel`]: nothing is answered that only looks like an answer.
///
/// # Source
/// `breslow_clayton_1993`, `pinheiro_chao_2006`, `brooks_2017`
///
/// # Example
/// ```
/// use stats::mixed::{Covariate, Family, Method, Model, Rows, fit};
/// let events = [3.0, 4.0, 9.0, 12.0, 2.0, 1.0, 30.0, 22.0];
/// let groups = [0, 0, 1, 1, 2, 2, 3, 3];
/// let year = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0];
/// let covariates = vec![Covariate { name: "year", values: &year }];
/// let (trials, offset, upper) = (None, None, None);
/// let rows = Rows { events: &events, trials, offset, covariates, groups: Some(&groups), upper };
/// let model = Model { family: Family::Poisson, method: Method::Laplace, errors: true };
/// assert!(fit(&rows, model).unwrap().groups.unwrap().value > 0.5);
/// ```
pub fn fit(rows: &Rows<'_>, model: Model) -> Result<Fit, NoModel> {
    let mut layout = Layout::new(rows, model.family)?;
    let mut shape = Shape {
        coefficients: layout.columns.len(),
        has_groups: rows.groups.is_some(),
        has_upper: rows.upper.is_some() && rows.groups.is_some(),
        has_size: model.family.has_size(),
    };
    if shape.has_upper && matches!(model.method, Method::Quadrature { .. }) {
        return Err(NoModel::QuadratureOfTwoLevels);
    }
    let too_few = |count: usize| count < 3;
    if shape.has_groups && too_few(layout.groups.len()) {
        return Err(NoModel::TooFewGroups { groups: layout.groups.len() });
    }
    if shape.has_upper && too_few(layout.tops.len()) {
        return Err(NoModel::TooFewGroups { groups: layout.tops.len() });
    }
    let names: Vec<String> =
        rows.covariates.iter().map(|covariate| covariate.name.to_owned()).collect();
    let plain = start::plain(&layout, &names)?;
    if shape.has_size {
        let (point, inverse) = start::first_point(&layout, shape, &plain);
        let mut objective = Objective::new(&layout, shape, model.method);
        let arrival = search::climb(&mut objective, point, inverse)?;
        if !arrival.is_at_edge {
            return Ok(answer::answer(&mut objective, &layout, &arrival, &names, model));
        }
        layout.family = model.family.plain();
        layout.measure();
        layout.remarks.push(Remark::NoExtraVariation);
        shape.has_size = false;
    }
    let (point, inverse) = start::first_point(&layout, shape, &plain);
    let mut objective = Objective::new(&layout, shape, model.method);
    let arrival = search::climb(&mut objective, point, inverse)?;
    Ok(answer::answer(&mut objective, &layout, &arrival, &names, model))
}
