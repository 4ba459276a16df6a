//! The money of a place in a year: its practices, its networks, and what both rest on.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError};
use indicators::Evaluation;
use vocab::{FinancialYear, Period};

use super::contracts;
use super::quality::QualityYear;
use super::roles_of_place::RolesOfPlace;
use super::rules::{Rules, Settled};
use super::weighted_list::{Weighed, weighed};
use super::{Amount, Network, Payment, Statement, global_sum, network_payments};
use crate::place::Base;

/// The core money of a practice.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeMoney {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// People on its list.
    pub list: f64,
    /// Its weighted list.
    pub weighted: Option<Weighed>,
    /// Its contract by the latest payments that name it: GMS, PMS, APMS or other; nothing where none does.
    pub contract: Option<String>,
    /// The global sum of the year, which general medical services contracts alone are paid.
    pub global_sum: Amount,
}

/// The money of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMoney {
    /// The year.
    pub year: FinancialYear,
    /// What all practices are paid by rule.
    pub to_practices: Statement,
    /// What all networks are paid by rule, for the patients of the place.
    pub to_networks: Statement,
    /// The practices, in order of code.
    pub practices: Vec<PracticeMoney>,
    /// The additional roles of the networks; nothing where no rate was read for the year or one before it.
    pub roles: Option<RolesOfPlace>,
    /// The latest year of quality points; nothing where none is imported.
    pub quality: Option<QualityYear>,
    /// The year of the published weighted lists; nothing where all are estimates.
    pub weighted_in: Option<Period>,
    /// Care homes and their beds in the directory that is imported, wherever they are; nothing where none is.
    pub beds: Option<(usize, f64)>,
}

impl PlaceMoney {
    /// The money of a place in a year of today's lists and staff; `weighted` has published weighted patients for each
    /// registered one, practice by practice. Nothing for a year without rules.
    ///
    /// Method: [`methods.md#money`](../../../../docs/book/methods.md#money).
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn of(
        evidence: &Evidence,
        base: &Base,
        weighted: Option<&Evaluation>,
        (year, settled): (FinancialYear, Settled),
    ) -> Result<Option<Self>, EvidenceError> {
        let Some(rules) = Rules::of(year) else { return Ok(None) };
        let mut in_all = Network { registered: Some(base.list()), ..Network::default() };
        let mut by_network: BTreeMap<&str, f64> = BTreeMap::new();
        let mut practices = Vec::new();
        let contracts = contracts::of(evidence)?;
        let mut on_global_sum: Option<f64> = None;
        for practice in &base.practices {
            let weighed = weighed(practice, weighted);
            let patients = weighed.map_or(0.0, |one| one.patients);
            *in_all.weighted.get_or_insert_default() += patients;
            if let Some(network) = &practice.network {
                *by_network.entry(network).or_default() += patients;
            }
            let contract = contracts.get(&practice.code).cloned();
            let without = contracts::without_global_sum(contract.as_deref());
            let of_practice = if let Some(why) = without {
                Amount::Unknown(why)
            } else {
                *on_global_sum.get_or_insert_default() += patients;
                let sum = global_sum(rules, weighed.map(|one| one.patients), settled);
                sum.map_or_else(no_line, |payment| payment.amount)
            };
            practices.push(PracticeMoney {
                code: practice.code.clone(),
                name: practice.name.clone(),
                list: practice.list(),
                weighted: weighed,
                contract,
                global_sum: of_practice,
            });
        }
        let has_published =
            practices.iter().any(|one| one.weighted.is_some_and(|one| one.published));
        let to_practices: Vec<Payment> =
            global_sum(rules, on_global_sum, settled).into_iter().collect();
        Ok(Some(Self {
            year,
            to_practices: Statement { payments: to_practices },
            to_networks: network_payments(rules, &in_all, settled),
            roles: RolesOfPlace::of(base, &by_network, year, settled),
            quality: QualityYear::of(evidence, base)?,
            weighted_in: weighted.filter(|_| has_published).map(|evaluation| evaluation.period),
            beds: beds(evidence)?,
            practices,
        }))
    }

    /// Practices and their weighted patients by contract, as the payments name it, in order of its word.
    #[must_use]
    pub fn by_contract(&self) -> BTreeMap<Option<&str>, (usize, f64)> {
        let mut found: BTreeMap<Option<&str>, (usize, f64)> = BTreeMap::new();
        for one in &self.practices {
            let sum = found.entry(one.contract.as_deref()).or_default();
            *sum = (sum.0 + 1, sum.1 + one.weighted.map_or(0.0, |weighed| weighed.patients));
        }
        found
    }

    /// Weighted patients of all practices.
    #[must_use]
    pub fn weighted(&self) -> f64 {
        self.practices.iter().filter_map(|one| one.weighted).map(|one| one.patients).sum()
    }

    /// People on all lists.
    #[must_use]
    pub fn list(&self) -> f64 {
        self.practices.iter().map(|one| one.list).sum()
    }

    /// Practices whose weighted list is an estimate.
    #[must_use]
    pub fn estimated(&self) -> usize {
        let estimated = |one: &&PracticeMoney| one.weighted.is_some_and(|one| !one.published);
        self.practices.iter().filter(estimated).count()
    }
}

/// Homes and registered beds of the latest directory.
fn beds(evidence: &Evidence) -> Result<Option<(usize, f64)>, EvidenceError> {
    let Some(period) = evidence.periods("care_home").last().copied() else { return Ok(None) };
    let frame = evidence.frame("care_home", period)?;
    let beds = frame.number("beds").unwrap_or_default();
    Ok(Some((frame.rows(), beds.iter().filter(|beds| beds.is_finite()).sum())))
}

fn no_line() -> Amount {
    Amount::Unknown("the rules of the year have no global sum".to_owned())
}
