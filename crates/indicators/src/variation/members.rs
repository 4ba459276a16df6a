//! The practices of the model: what is expected of each, where it stands before and after, and what moved it.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Place};
use stats::explained::{Explanation, Step, reliability as reliability_of};
use stats::funnel::Standing;
use vocab::{Level, Mark, Period};

use super::case_mix::Mix;
use super::columns::Columns;
use super::funnels::{Around, logistic, logit};
use super::weighing::Weighed;
use super::{Counted, Kind};
use crate::compare::{Special, against};
use crate::definition::Definition;
use crate::evaluate::{Comparison, Evaluation, Row};
use crate::recording::{RecordingVerdict, recording};
use crate::units::as_at;

/// Reasons named for a practice.
const REASONS: usize = 3;

/// Least share of the whole change in what is expected that a reason named makes.
const LEAST: f64 = 0.05;

/// A practice of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Practice code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its figure, in the unit of the indicator before scaling for display.
    pub value: f64,
    /// The amount above the line.
    pub observed: f64,
    /// The amount expected of the average practice with its patients.
    pub expected: f64,
    /// The amount expected of the average practice whoever its patients.
    pub expected_before: f64,
    /// Observed over expected, drawn towards 1 as far as chance may have made it; for amounts as it is.
    pub shrunk: f64,
    /// Below the line.
    pub base: f64,
    /// Standing before the case mix is allowed for.
    pub before: Standing,
    /// Standing after.
    pub after: Standing,
    /// What its patients change in what is expected, the largest first.
    pub reasons: Vec<Reason>,
}

/// One covariate of a practice and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The covariate.
    pub label: String,
    /// Its value in the practice.
    pub value: f64,
    /// Its mean over the practices of the model.
    pub average: f64,
    /// What it multiplies the expected rate (odds for shares) with; for amounts what it adds.
    pub effect: f64,
}

/// A practice with a special list beside the others of its kind in the evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecialMember {
    /// Practice code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Why its list is special.
    pub special: Special,
    /// Its figure.
    pub value: f64,
    /// Practices of its kind with a figure, itself left out.
    pub peers: usize,
    /// Compared with them; nothing without peers.
    pub comparison: Option<Comparison>,
}

impl Member {
    /// Whether the verdict at 99.8% changes once the case mix is allowed for.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        outer(self.before) != outer(self.after)
    }

    /// Observed over expected, as it is.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.observed / self.expected
    }
}

/// -1 below the outer limits, 1 above, 0 within.
fn outer(standing: Standing) -> i8 {
    match standing {
        Standing::LowOuter => -1,
        Standing::HighOuter => 1,
        _ => 0,
    }
}

/// A practice with a figure and all covariates.
pub struct Candidate {
    pub code: String,
    pub name: String,
    pub network: String,
    pub above: f64,
    pub below: f64,
    pub value: f64,
}

/// The practices of a place: those for the model, those with special lists, and how many are neither.
pub struct Sorted {
    pub modelled: Vec<Candidate>,
    pub special: Vec<(String, Special)>,
    pub counted: Counted,
    kinds: BTreeMap<String, Special>,
}

impl Sorted {
    pub fn codes(&self) -> Vec<&str> {
        self.modelled.iter().map(|row| row.code.as_str()).collect()
    }

    pub fn amounts(&self) -> (Vec<f64>, Vec<f64>) {
        self.modelled.iter().map(|row| (row.above, row.below)).unzip()
    }

    /// A number for each practice's network; nothing where fewer than five have several practices.
    pub fn networks(&self) -> Option<Vec<u32>> {
        let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
        for row in &self.modelled {
            *sizes.entry(&row.network).or_default() += 1;
        }
        let real = sizes.iter().filter(|(code, size)| !code.is_empty() && **size > 1).count();
        let numbers: BTreeMap<&str, u32> =
            sizes.keys().enumerate().map(|(number, code)| (*code, number as u32)).collect();
        let alone = numbers.len() as u32;
        let number = |(row, one): (usize, &Candidate)| {
            if one.network.is_empty() { alone + row as u32 } else { numbers[one.network.as_str()] }
        };
        (real >= 5).then(|| self.modelled.iter().enumerate().map(number).collect())
    }
}

/// Sorts the practices of a place.
pub fn sort(
    evidence: &Evidence,
    found: &Evaluation,
    place: &Place,
    mix: &Mix,
    period: Period,
) -> Result<Sorted, EvidenceError> {
    let known = evidence.affiliations(as_at(period))?;
    let doubtful = doubtful(evidence, found)?;
    let mut sorted = Sorted {
        modelled: Vec::new(),
        special: Vec::new(),
        counted: Counted::default(),
        kinds: mix.special.clone(),
    };
    let mut rows: Vec<&Row> = Vec::new();
    for row in found.rows.iter().filter(|row| lies_in(place, &known, &row.organisation.code)) {
        let code = &row.organisation.code;
        if row.estimate.is_none() || row.mark > Mark::Estimated {
            sorted.counted.without_figure += usize::from(row.counted.of > 0);
        } else if let Some(special) = mix.special.get(code) {
            sorted.special.push((code.clone(), *special));
        } else if doubtful.contains(code) {
            sorted.counted.not_comparable.push(code.clone());
        } else {
            rows.push(row);
        }
    }
    let codes: Vec<&str> = rows.iter().map(|row| row.organisation.code.as_str()).collect();
    let complete = mix.complete(&codes);
    for row in rows {
        let code = row.organisation.code.as_str();
        match row.estimate.filter(|_| complete.contains(code)) {
            Some(estimate) => sorted.modelled.push(Candidate {
                code: code.to_owned(),
                name: row.name.clone(),
                network: known.of(code).map(|of| of.network.clone()).unwrap_or_default(),
                above: estimate.numerator,
                below: estimate.denominator,
                value: estimate.value,
            }),
            None => sorted.counted.without_covariate += 1,
        }
    }
    sorted.counted.modelled = sorted.modelled.len();
    sorted.counted.special = sorted.special.len();
    Ok(sorted)
}

fn lies_in(place: &Place, known: &Affiliations, code: &str) -> bool {
    place.is_everywhere() || known.of(code).is_some_and(|affiliation| place.holds(affiliation))
}

/// Practices whose recording of appointments cannot carry a comparison, for indicators made of it.
fn doubtful(evidence: &Evidence, found: &Evaluation) -> Result<BTreeSet<String>, EvidenceError> {
    if !evidence.periods("appointment").contains(&found.numerator_period)
        || found.base != Level::Practice
    {
        return Ok(BTreeSet::new());
    }
    let judged = recording(evidence, found.numerator_period, Level::Practice)?;
    let is_bad = |verdict| verdict == RecordingVerdict::NotComparable;
    let bad = judged.into_iter().filter(|one| is_bad(one.verdict));
    Ok(bad.map(|one| one.organisation.code).collect())
}

/// Practices with special lists beside all of the evidence that have the same kind of list.
pub fn special(
    definition: &Definition,
    everywhere: &Evaluation,
    sorted: &Sorted,
) -> Vec<SpecialMember> {
    let found = sorted.special.iter().filter_map(|(code, special)| {
        let row = everywhere.row(code)?;
        let peers: Vec<&str> = sorted
            .kinds
            .iter()
            .filter(|(other, kind)| *kind == special && *other != code)
            .map(|(other, _)| other.as_str())
            .filter(|other| everywhere.row(other).is_some_and(|row| row.estimate.is_some()))
            .collect();
        Some(SpecialMember {
            code: code.clone(),
            name: row.name.clone(),
            special: *special,
            value: row.estimate?.value,
            peers: peers.len(),
            comparison: against(definition, everywhere, code, &peers),
        })
    });
    found.collect()
}

/// Reliability of the figure of the practice whose chance is in the middle.
pub fn reliability(kind: Kind, found: &Explanation, below: &[f64]) -> Option<f64> {
    if kind == Kind::Amounts {
        return None;
    }
    let mut sizes = below.to_vec();
    sizes.sort_by(f64::total_cmp);
    let middle = sizes[sizes.len() / 2];
    let mean = below.iter().sum::<f64>() / below.len() as f64;
    let spread = found.steps.first().map_or(0.0, |step| step.spread);
    Some(reliability_of(spread, found.chance_variance * mean / middle))
}

/// The practices of the model with their standings and reasons, and the funnel before and after.
pub fn members(
    kind: Kind,
    modelled: &[Candidate],
    weighed: &Weighed,
    found: &Explanation,
) -> (Vec<Member>, Around, Around) {
    let flat: Vec<f64> = modelled.iter().map(|row| offset(kind, row)).collect();
    let lasting = lasting(found);
    let predictors = drawn_in(&found.fit.predictors, &flat, lasting);
    let expected_after = expected(kind, modelled, &predictors);
    let expected_before = expected(kind, modelled, &flat);
    let spread = |step: Option<&Step>| step.map_or(0.0, |step| step.spread);
    let before = Around::of(kind, modelled, &expected_before, spread(found.steps.first()));
    let after = Around::of(kind, modelled, &expected_after, spread(found.steps.last()));
    let columns = &weighed.columns;
    let slopes = found.fit.coefficients.iter().skip(1);
    let fitted: Vec<Option<f64>> = slopes.map(|slope| Some(slope.value? * lasting)).collect();
    let slopes = weighed.slopes(&fitted);
    let averages: Vec<f64> = columns
        .all()
        .map(|column| column.values.iter().sum::<f64>() / column.values.len() as f64)
        .collect();
    let member = |(row, one): (usize, &Candidate)| {
        let own = found.fit.effects.get(row).map(|effect| effect.value);
        Member {
            code: one.code.clone(),
            name: one.name.clone(),
            value: one.value,
            observed: if kind == Kind::Amounts { one.value } else { one.above },
            expected: expected_after[row],
            expected_before: expected_before[row],
            shrunk: shrunk(kind, one, expected_after[row], own),
            base: one.below,
            before: before.standings[row],
            after: after.standings[row],
            reasons: reasons(
                kind,
                row,
                columns,
                &averages,
                &slopes,
                moves(before.standings[row], after.standings[row]),
            ),
        }
    };
    (modelled.iter().enumerate().map(member).collect(), before, after)
}

/// How much of what the last model fitted would hold on practices it has not seen: a small place fits itself too well, and what
/// is expected of its practices is drawn in by as much as the bar is.
fn lasting(found: &Explanation) -> f64 {
    let Some(last) = found.steps.last().filter(|last| last.fitted > 0.0) else { return 0.0 };
    (last.explained / last.fitted).clamp(0.0, 1.0)
}

/// Predictors with the part of the case mix drawn in to a share of itself.
fn drawn_in(predictors: &[f64], flat: &[f64], share: f64) -> Vec<f64> {
    let own = || predictors.iter().zip(flat).map(|(predictor, flat)| predictor - flat);
    let centre = own().sum::<f64>() / predictors.len().max(1) as f64;
    own().zip(flat).map(|(own, flat)| flat + centre + share * (own - centre)).collect()
}

/// What the predictor is before the model says anything.
fn offset(kind: Kind, row: &Candidate) -> f64 {
    if kind == Kind::Events { libm::log(row.below) } else { 0.0 }
}

/// What is expected of each practice, brought to sum to what was observed.
fn expected(kind: Kind, rows: &[Candidate], predictors: &[f64]) -> Vec<f64> {
    let observed: f64 = rows.iter().map(|row| row.above).sum();
    match kind {
        Kind::Events => {
            let raw: Vec<f64> = predictors.iter().map(|eta| libm::exp(*eta)).collect();
            let scale = observed / raw.iter().sum::<f64>();
            raw.iter().map(|mean| mean * scale).collect()
        }
        Kind::Parts => {
            let at = |shift: f64| -> Vec<f64> {
                let mean = |(row, eta): (&Candidate, &f64)| row.below * logistic(eta + shift);
                rows.iter().zip(predictors).map(mean).collect()
            };
            let (mut low, mut high) = (-20.0, 20.0);
            for _ in 0..60 {
                let middle = f64::midpoint(low, high);
                if at(middle).iter().sum::<f64>() < observed { low = middle } else { high = middle }
            }
            at(f64::midpoint(low, high))
        }
        Kind::Amounts => {
            let count = rows.len() as f64;
            let mean = rows.iter().map(|row| row.value).sum::<f64>() / count;
            let centre = predictors.iter().sum::<f64>() / count;
            predictors.iter().map(|eta| eta - centre + mean).collect()
        }
    }
}

/// Observed over expected once chance is allowed for: the practice's own deviation, shrunk.
fn shrunk(kind: Kind, row: &Candidate, expected: f64, own: Option<f64>) -> f64 {
    match (kind, own) {
        (Kind::Events, Some(own)) => libm::exp(own),
        (Kind::Parts, Some(own)) => {
            let share = expected / row.below;
            logistic(logit(share) + own) / share
        }
        _ => row.value / expected,
    }
}

/// Which way a practice moves: 1 up, -1 down, 0 not at all.
fn moves(before: Standing, after: Standing) -> i8 {
    (outer(after) - outer(before)).signum()
}

/// The covariates that change most what is expected of a practice. For a practice that moves, only those that move it
/// that way; none where what is expected moves the other way and only the limits drew together.
fn reasons(
    kind: Kind,
    row: usize,
    columns: &Columns,
    averages: &[f64],
    slopes: &[Option<f64>],
    way: i8,
) -> Vec<Reason> {
    let mut reasons: Vec<(f64, Reason)> = columns
        .all()
        .zip(slopes)
        .zip(averages)
        .filter_map(|((column, slope), average)| {
            let value = *column.values.get(row)?;
            let sum = (*slope)? * (value - average);
            let effect = if kind == Kind::Amounts { sum } else { libm::exp(sum) };
            let (label, average) = (column.label.clone(), *average);
            Some((sum, Reason { label, value, average, effect }))
        })
        .collect();
    reasons.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let total: f64 = reasons.iter().map(|(sum, _)| sum).sum();
    if f64::from(way) * total > 0.0 {
        return Vec::new();
    }
    let same_way = reasons.into_iter().filter(|(sum, _)| sum / total > LEAST);
    same_way.take(REASONS).map(|(_, reason)| reason).collect()
}
