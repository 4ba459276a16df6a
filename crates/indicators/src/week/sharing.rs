//! Practices of a network beside each other: who holds more appointments than the network's mean, and who fewer.
//!
//! The days of a practice's week are not published, its months are. Within a network the appointments of a practice
//! are set against what its list would have at the network's own rate; the differences add up to nought, so what one
//! practice has to spare is what others lack. Practices whose recording cannot be compared are named and left out.

use std::collections::BTreeMap;

use evidence::{Evidence, Place};
use vocab::{Level, Organisation, Period};

use super::assumptions;
use crate::definition::Definition;
use crate::evaluate::{EvaluateError, evaluate};
use crate::recording::{RecordingVerdict, recording};

/// Days of a mean month.
const DAYS: f64 = 365.25 / 12.0;

/// A practice within its network.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// Which.
    pub practice: Organisation,
    /// Its name.
    pub name: String,
    /// Appointments in the month for 1,000 patients.
    pub rate: f64,
    /// Appointments a week above what its list would have at the network's rate; below nought where fewer.
    pub above: f64,
}

impl Load {
    /// The same in hours of appointments a week.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.above * assumptions().minutes.value / 60.0
    }
}

/// A network and its practices, in order of code.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkLoad {
    /// Which.
    pub network: Organisation,
    /// Its name.
    pub name: String,
    /// Appointments in the month for 1,000 patients.
    pub rate: f64,
    /// Practices that can be compared.
    pub practices: Vec<Load>,
    /// Names of practices whose recording cannot be compared.
    pub left_out: Vec<String>,
}

impl NetworkLoad {
    /// Hours of appointments a week that would pass between practices if all had the network's rate.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.practices.iter().map(|load| load.hours().max(0.0)).sum()
    }
}

/// The networks of a place with two practices or more, by an indicator of appointments for 1,000 patients in a month.
///
/// # Errors
/// When a table cannot be read.
pub fn network_loads(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
    within: &Place,
) -> Result<Vec<NetworkLoad>, EvaluateError> {
    let evaluation = evaluate(evidence, definition, period, Level::Practice, Some(within))?;
    let known = evidence.affiliations(evaluation.period.first_day())?;
    let verdicts: BTreeMap<String, RecordingVerdict> =
        recording(evidence, evaluation.period, Level::Practice)?
            .into_iter()
            .map(|found| (found.organisation.code, found.verdict))
            .collect();
    let mut networks: BTreeMap<&str, (Vec<_>, Vec<String>)> = BTreeMap::new();
    for row in &evaluation.rows {
        let code = &row.organisation.code;
        let network = known.of(code).and_then(|at| at.code(Level::Network));
        let (Some(network), Some(held), Some(list)) = (network, row.numerator, row.denominator)
        else {
            continue;
        };
        let (compared, left_out) = networks.entry(network).or_default();
        if verdicts.get(code) == Some(&RecordingVerdict::NotComparable) {
            left_out.push(row.name.clone());
        } else {
            compared.push((row, held, list));
        }
    }
    let loads = networks.into_iter().filter(|(_, (compared, _))| compared.len() > 1);
    Ok(loads
        .map(|(code, (compared, left_out))| {
            let held: f64 = compared.iter().map(|(_, held, _)| held).sum();
            let lists: f64 = compared.iter().map(|(_, _, list)| list).sum();
            let load = |(row, own, list): &(&crate::Row, f64, f64)| Load {
                practice: row.organisation.clone(),
                name: row.name.clone(),
                rate: own / list * 1_000.0,
                above: (own - held / lists * list) * 7.0 / DAYS,
            };
            NetworkLoad {
                network: Organisation { level: Level::Network, code: code.to_owned() },
                name: known.name_of(Level::Network, code).to_owned(),
                rate: held / lists * 1_000.0,
                practices: compared.iter().map(load).collect(),
                left_out,
            }
        })
        .collect())
}
