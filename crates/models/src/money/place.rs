//! The money of a place in a year: its practices, its networks, and what both rest on.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError};
use indicators::Evaluation;
use vocab::{FinancialYear, Period};

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
    /// The global sum of the year.
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
        for practice in &base.practices {
            let weighed = weighed(practice, weighted);
            let patients = weighed.map_or(0.0, |one| one.patients);
            *in_all.weighted.get_or_insert_default() += patients;
            if let Some(network) = &practice.network {
                *by_network.entry(network).or_default() += patients;
            }
            let of_practice = global_sum(rules, weighed.map(|one| one.patients), settled);
            practices.push(PracticeMoney {
                code: practice.code.clone(),
                name: practice.name.clone(),
                list: practice.list(),
                weighted: weighed,
                global_sum: of_practice.map_or_else(no_line, |payment| payment.amount),
            });
        }
        let has_published =
            practices.iter().any(|one| one.weighted.is_some_and(|one| one.published));
        let to_practices: Vec<Payment> =
            global_sum(rules, in_all.weighted, settled).into_iter().collect();
        Ok(Some(Self {
            year,
            to_practices: Statement { payments: to_practices },
            to_networks: network_payments(rules, &in_all, settled),
            roles: RolesOfPlace::of(base, &by_network, year, settled),
            quality: QualityYear::of(evidence, base)?,
            weighted_in: weighted.filter(|_| has_published).map(|evaluation| evaluation.period),
            practices,
        }))
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

fn no_line() -> Amount {
    Amount::Unknown("the rules of the year have no global sum".to_owned())
}
