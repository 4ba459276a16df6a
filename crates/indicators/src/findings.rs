//! What stands out for an organisation or a place: a list of typed findings with figure, interval and comparison.
//!
//! One finding for each indicator at most, the most telling: beyond the 99.8% limits of the funnel that is widened by
//! the spread all organisations share; or, for figures that count no events, among the lowest or highest twentieth.
//! Sentences are made elsewhere.

use evidence::{Evidence, Place};
use rayon::prelude::*;
use stats::funnel::Standing;
use vocab::{Level, Organisation, Period};

use crate::definition::{Definition, Polarity, Theme};
use crate::evaluate::{EvaluateError, Evaluation, Rank, Row, latest_period, prepare};

/// The share at each end of a ranking that stands out.
const EXTREME_SHARE: f64 = 0.05;

/// Why something stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FindingKind {
    /// Beyond the 99.8% limits of the widened funnel.
    BeyondFunnel(Standing),
    /// Among the lowest or highest twentieth.
    Extreme(Rank),
}

/// Whether what stands out is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// In the bad direction.
    Worse,
    /// Neither direction is good.
    Neutral,
    /// In the good direction.
    Better,
}

/// Something that stands out.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The indicator.
    pub indicator: String,
    /// Its theme.
    pub theme: Theme,
    /// The period of the figure.
    pub period: Period,
    /// Whose figure.
    pub organisation: Organisation,
    /// Its name.
    pub name: String,
    /// Why it stands out.
    pub kind: FindingKind,
    /// Whether it lies above the rest.
    pub is_high: bool,
    /// Whether that is good.
    pub direction: Direction,
    /// Figure, interval and comparisons.
    pub row: Row,
    /// England's figure.
    pub england: Option<f64>,
    /// How far out it lies among its level in England, 0 in the middle to 1 at an end.
    pub extremity: f64,
}

/// What stands out for an organisation, over the latest periods that begin on or before `by`; the worst first.
/// Indicators without figures are passed over.
///
/// # Errors
/// When the evidence cannot be read.
pub fn of_organisation(
    evidence: &Evidence,
    definitions: &[&Definition],
    organisation: &Organisation,
    by: Option<Period>,
) -> Result<Vec<Finding>, EvaluateError> {
    let all = over(evidence, definitions, organisation.level, by, |definition, evaluation| {
        evaluation
            .row(&organisation.code)
            .and_then(|row| finding(definition, evaluation, row))
            .into_iter()
            .collect()
    })?;
    Ok(sorted(all))
}

/// What stands out among the organisations of a level within a place; the worst first.
///
/// # Errors
/// When the evidence cannot be read.
pub fn within_place(
    evidence: &Evidence,
    definitions: &[&Definition],
    place: &Place,
    level: Level,
    by: Option<Period>,
) -> Result<Vec<Finding>, EvaluateError> {
    let known =
        evidence.affiliations(by.map_or_else(|| latest_list(evidence), Period::first_day))?;
    let within: std::collections::BTreeSet<&str> =
        known.iter().filter(|row| place.holds(row)).filter_map(|row| row.code(level)).collect();
    let all = over(evidence, definitions, level, by, |definition, evaluation| {
        let rows =
            evaluation.rows.iter().filter(|row| within.contains(row.organisation.code.as_str()));
        rows.filter_map(|row| finding(definition, evaluation, row)).collect()
    })?;
    Ok(sorted(all))
}

fn latest_list(evidence: &Evidence) -> jiff::civil::Date {
    evidence.periods("list_size").last().map_or(jiff::civil::Date::MAX, |period| period.first_day())
}

fn over(
    evidence: &Evidence,
    definitions: &[&Definition],
    level: Level,
    by: Option<Period>,
    pick: impl Fn(&Definition, &Evaluation) -> Vec<Finding> + Sync,
) -> Result<Vec<Finding>, EvaluateError> {
    let found: Vec<Result<Vec<Finding>, EvaluateError>> = definitions
        .par_iter()
        .map(|definition| {
            let period = latest_period(evidence, definition, by)?;
            let evaluation = prepare(evidence, definition, period)?.at(level, None)?;
            Ok(pick(definition, &evaluation))
        })
        .collect();
    let mut all = Vec::new();
    for one in found {
        match one {
            Ok(findings) => all.extend(findings),
            Err(EvaluateError::Evidence(error)) => return Err(error.into()),
            Err(_) => {}
        }
    }
    Ok(all)
}

fn finding(definition: &Definition, evaluation: &Evaluation, row: &Row) -> Option<Finding> {
    let kind = kind(row)?;
    let rank = row.rank?;
    let is_high = match kind {
        FindingKind::BeyondFunnel(standing) => standing == Standing::HighOuter,
        FindingKind::Extreme(rank) => rank.rank * 2 > rank.of,
    };
    let direction = match (definition.polarity, is_high) {
        (Polarity::Neither, _) => Direction::Neutral,
        (Polarity::HigherIsBetter, true) | (Polarity::LowerIsBetter, false) => Direction::Better,
        (Polarity::HigherIsBetter, false) | (Polarity::LowerIsBetter, true) => Direction::Worse,
    };
    Some(Finding {
        indicator: definition.id.clone(),
        theme: definition.theme,
        period: evaluation.period,
        organisation: row.organisation.clone(),
        name: row.name.clone(),
        kind,
        is_high,
        direction,
        england: evaluation.england.estimate.map(|estimate| estimate.value),
        extremity: (share_below(rank) * 2.0 - 1.0).abs(),
        row: row.clone(),
    })
}

/// Where a rank lies between the lowest (0) and the highest (1).
fn share_below(rank: Rank) -> f64 {
    if rank.of < 2 { 0.5 } else { (rank.rank - 1) as f64 / (rank.of - 1) as f64 }
}

fn kind(row: &Row) -> Option<FindingKind> {
    if let Some(position) = row.funnel {
        let standing = position.adjusted.unwrap_or(position.raw);
        let is_outside = matches!(standing, Standing::LowOuter | Standing::HighOuter);
        return is_outside.then_some(FindingKind::BeyondFunnel(standing));
    }
    let rank = row.rank.filter(|rank| rank.of >= 20)?;
    let below = share_below(rank);
    (below <= EXTREME_SHARE || below >= 1.0 - EXTREME_SHARE).then_some(FindingKind::Extreme(rank))
}

/// Bad before neutral before good; within that the further out first; then by indicator and code.
fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|left, right| {
        (left.direction.cmp(&right.direction))
            .then_with(|| right.extremity.total_cmp(&left.extremity))
            .then_with(|| left.indicator.cmp(&right.indicator))
            .then_with(|| left.organisation.cmp(&right.organisation))
    });
    findings
}
