//! The log-likelihood of the whole table and its exact gradient, block by block.

use std::ops::Range;

use rayon::prelude::*;

use super::Method;
use super::family::Family;
use super::group::Group;
use super::laplace::{self, Intercept, Room, Spreads};
use super::layout::Layout;
use super::linear::dot;
use super::quadrature;

/// Extra variance of a typical row, as a share of chance, that is not worth the name.
const NO_EXTRA: f64 = 1e-3;

/// Which figures are sought, in this order: coefficients, spread of groups, spread of upper groups, ln size.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub coefficients: usize,
    pub has_groups: bool,
    pub has_upper: bool,
    pub has_size: bool,
}

impl Shape {
    pub fn length(self) -> usize {
        self.coefficients
            + usize::from(self.has_groups)
            + usize::from(self.has_upper)
            + usize::from(self.has_size)
    }

    pub fn group_spread(self) -> Option<usize> {
        self.has_groups.then_some(self.coefficients)
    }

    pub fn upper_spread(self) -> Option<usize> {
        self.has_upper.then_some(self.coefficients + usize::from(self.has_groups))
    }

    pub fn log_size(self) -> Option<usize> {
        self.has_size.then(|| self.length() - 1)
    }
}

/// The search's view of a table: a function of the figures sought.
pub struct Objective<'a> {
    layout: &'a Layout,
    shape: Shape,
    nodes: Vec<(f64, f64)>,
    groups: Vec<Intercept>,
    tops: Vec<Intercept>,
    pub evaluations: usize,
}

/// The log-likelihood at a point, and its derivatives by each figure.
#[derive(Debug, Clone)]
pub struct Evaluation {
    pub value: f64,
    pub gradient: Vec<f64>,
}

/// What a block contributes.
struct Part {
    value: f64,
    gradient: Vec<f64>,
    groups: Vec<Intercept>,
    tops: Vec<Intercept>,
}

/// The figures sought, by their meaning.
struct Figures<'a> {
    coefficients: &'a [f64],
    spreads: Spreads,
    size: f64,
}

impl<'a> Objective<'a> {
    pub fn new(layout: &'a Layout, shape: Shape, method: Method) -> Self {
        let nodes = match method {
            Method::Quadrature { points } => super::hermite::gauss_hermite(points),
            Method::Laplace => Vec::new(),
        };
        let groups = vec![Intercept::default(); layout.groups.len()];
        let tops = vec![Intercept::default(); layout.tops.len()];
        Self { layout, shape, nodes, groups, tops, evaluations: 0 }
    }

    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// Whether the size adds next to nothing to the chance variance of a typical row.
    pub fn is_at_edge(&self, point: &[f64]) -> bool {
        let Some(position) = self.shape.log_size() else { return false };
        let layout = self.layout;
        let typical = if layout.family.has_trials() { &layout.trials } else { &layout.events };
        let mean = typical.iter().sum::<f64>() / typical.len() as f64;
        mean / libm::exp(point[position]) < NO_EXTRA
    }

    /// Intercepts of the groups where the likelihood was last worked out, in units of their spread.
    pub fn group_intercepts(&self) -> &[Intercept] {
        &self.groups
    }

    /// The same of the upper groups.
    pub fn upper_intercepts(&self) -> &[Intercept] {
        &self.tops
    }

    pub fn at(&mut self, point: &[f64]) -> Evaluation {
        let shape = self.shape;
        let figure = |position: Option<usize>| position.map_or(0.0, |position| point[position]);
        let figures = Figures {
            coefficients: &point[..shape.coefficients],
            spreads: Spreads {
                group: figure(shape.group_spread()),
                upper: figure(shape.upper_spread()),
            },
            size: libm::exp(figure(shape.log_size())),
        };
        let this = &*self;
        let parts: Vec<Part> = (0..self.layout.blocks())
            .into_par_iter()
            .map(|block| this.block(block, &figures))
            .collect();
        self.evaluations += 1;
        self.groups.clear();
        self.tops.clear();
        let mut sum = Evaluation { value: 0.0, gradient: vec![0.0; shape.length()] };
        for part in parts {
            sum.value += part.value;
            sum.gradient.iter_mut().zip(part.gradient).for_each(|(into, part)| *into += part);
            self.groups.extend(part.groups);
            self.tops.extend(part.tops);
        }
        sum.value += self.layout.constant;
        sum
    }

    fn block(&self, block: usize, figures: &Figures<'_>) -> Part {
        let layout = self.layout;
        let tops = layout.block_tops(block);
        let first = layout.group_starts[layout.top_starts[tops.start]];
        let rows = first..layout.group_starts[layout.top_starts[tops.end]];
        let mut predictors = Vec::new();
        layout.predictors(rows.clone(), figures.coefficients, &mut predictors);
        let means: Vec<f64> = if layout.family == Family::Poisson {
            predictors.iter().map(|predictor| libm::exp(*predictor)).collect()
        } else {
            Vec::new()
        };
        let mut part = Part {
            value: 0.0,
            gradient: vec![0.0; self.shape.length()],
            groups: Vec::new(),
            tops: Vec::with_capacity(tops.len()),
        };
        let mut work = Work {
            first,
            means: &means,
            pulls: vec![0.0; rows.len()],
            own: Vec::new(),
            room: Room::default(),
        };
        let mut groups = Vec::new();
        for top in tops {
            groups.clear();
            groups.extend(layout.top_groups(top).map(|group| {
                let range = layout.group_rows(group);
                let inside = inside(range.clone(), first);
                let means = means.get(inside.clone()).unwrap_or_default();
                Group::new(layout, range, &predictors[inside], means, figures.size)
            }));
            self.top(top, &groups, figures, &mut part, &mut work);
        }
        for (into, column) in part.gradient.iter_mut().zip(&layout.columns) {
            *into = dot(&column[rows.clone()], &work.pulls);
        }
        part.groups = work.room.intercepts;
        part
    }

    fn top(
        &self,
        top: usize,
        groups: &[Group<'_>],
        figures: &Figures<'_>,
        part: &mut Part,
        work: &mut Work<'_>,
    ) {
        let range = self.layout.top_groups(top);
        let mut upper = self.tops.get(top).map_or(0.0, |intercept| intercept.mode);
        work.own.clear();
        work.own.extend(self.groups[range.clone()].iter().map(|old| old.mode));
        laplace::find_modes(groups, figures.spreads, &mut upper, &mut work.own);
        let share = if self.nodes.is_empty() {
            let modes = (upper, work.own.as_slice());
            let (share, at_top) = laplace::share(groups, figures.spreads, modes, &mut work.room);
            for ((group, pull), number) in groups.iter().zip(&work.room.pulls).zip(range) {
                let inside = inside(self.layout.group_rows(number), work.first);
                let means = work.means.get(inside.clone()).unwrap_or_default();
                group.pull(pull, means, &mut work.pulls[inside]);
            }
            part.tops.push(at_top);
            share
        } else {
            let inside = inside(self.layout.group_rows(range.start), work.first);
            let (spread, mode) = (figures.spreads.group, work.own[0]);
            let into = &mut work.pulls[inside];
            let (share, variance) = quadrature::share(&groups[0], spread, mode, &self.nodes, into);
            work.room.intercepts.push(Intercept { mode, variance });
            part.tops.push(Intercept::default());
            share
        };
        part.value += share.value;
        for (position, derivative) in [
            (self.shape.group_spread(), share.by_group_spread),
            (self.shape.upper_spread(), share.by_upper_spread),
            (self.shape.log_size(), share.by_size),
        ] {
            if let Some(position) = position {
                part.gradient[position] += derivative;
            }
        }
    }
}

/// What a block is worked with: its rows' means and pulls, and room for one upper group after the other.
struct Work<'a> {
    first: usize,
    means: &'a [f64],
    pulls: Vec<f64>,
    own: Vec<f64>,
    room: Room,
}

/// Rows of the table as rows of a block.
fn inside(rows: Range<usize>, first: usize) -> Range<usize> {
    rows.start - first..rows.end - first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixed::{Covariate, Rows};
    use crate::random::{Key, Stream};

    /// Thirty groups of four rows in six upper groups.
    fn layout(family: Family, has_upper: bool) -> Layout {
        let mut stream = Stream::new(Key { seed: 5, decision: 0, unit: 0, time: 0 });
        let x: Vec<f64> = (0..120).map(|_| stream.standard_normal()).collect();
        let trials: Vec<f64> = (0..120).map(|_| 5.0 + f64::from(stream.below(20))).collect();
        let events: Vec<f64> =
            trials.iter().map(|trials| f64::from(stream.below(*trials as u32))).collect();
        let offset: Vec<f64> = (0..120).map(|_| 0.3 * stream.standard_normal()).collect();
        let groups: Vec<u32> = (0..120).map(|row| row / 4).collect();
        let upper: Vec<u32> = (0..120).map(|row| row / 20).collect();
        let rows = Rows {
            events: &events,
            trials: Some(&trials),
            offset: Some(&offset),
            covariates: vec![Covariate { name: "x", values: &x }],
            groups: Some(&groups),
            upper: has_upper.then_some(upper.as_slice()),
        };
        Layout::new(&rows, family).unwrap()
    }

    /// Differences of the value on both sides beside the gradient.
    fn assert_gradient(objective: &mut Objective<'_>, point: &[f64], what: &str) {
        let gradient = objective.at(point).gradient;
        for position in 0..point.len() {
            let mut side = |sign: f64| {
                let mut moved = point.to_vec();
                moved[position] += sign * 1e-5;
                objective.at(&moved).value
            };
            let difference = (side(1.0) - side(-1.0)) / 2e-5;
            let close = (gradient[position] - difference).abs() < 2e-5 * (1.0 + difference.abs());
            assert!(close, "{what} {position}: {} is not {difference}", gradient[position]);
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_value_for_every_family_and_method() {
        for family in
            [Family::Poisson, Family::NegativeBinomial, Family::Binomial, Family::BetaBinomial]
        {
            for (method, has_upper) in [
                (Method::Laplace, false),
                (Method::Laplace, true),
                (Method::Quadrature { points: 1 }, false),
                (Method::Quadrature { points: 7 }, false),
            ] {
                let has_size = family.has_size();
                let layout = layout(family, has_upper);
                let shape = Shape { coefficients: 2, has_groups: true, has_upper, has_size };
                let mut point = vec![0.2, 0.1, 0.7];
                point.extend(has_upper.then_some(0.4));
                point.extend(has_size.then_some(1.3));
                let mut objective = Objective::new(&layout, shape, method);
                let what = format!("{family:?} {method:?} {has_upper}");
                assert_gradient(&mut objective, &point, &what);
            }
        }
    }
}
