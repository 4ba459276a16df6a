//! The money of a place in a year: its practices, its networks, and what both rest on.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, Place, tables};
use indicators::Evaluation;
use jiff::civil::Date;
use vocab::{FinancialYear, Period};

use super::lists_of_year::{Listed, ListsOfYear, NetworkLists, YearLists};
use super::london::London;
use super::paid::{self, BesidePaid, PaidCore};
use super::quality::QualityYear;
use super::roles_of_place::{Known, RolesOfPlace};
use super::rules::{Line, Rules, Settled, To};
use super::weighted_list::Weighed;
use super::{
    Amount, Network, Payment, Pence, Statement, contracts, global_sum, network_payments,
    out_of_hours,
};
use crate::place::{Base, Practice};

/// The line of what is added for patients who live in London.
const LONDON: &str = "london_adjustment";

/// The core money of a practice.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeMoney {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// People on its list in the year; nothing where it had none.
    pub list: Option<f64>,
    /// Its weighted list in the year.
    pub weighted: Option<Weighed>,
    /// Its contract by the payments of the year or else the latest that name it: GMS, PMS, APMS or other; nothing where none
    /// does.
    pub contract: Option<String>,
    /// The global sum of the year, which general medical services contracts alone are paid, before anything is taken off.
    pub global_sum: Amount,
    /// What is taken off for nights and weekends, below nought.
    pub out_of_hours: Amount,
    /// What is added for patients who live in London, taken to be all of a practice there; nothing elsewhere.
    pub london: Option<Amount>,
    /// What it was paid in the year; nothing where its payments are not imported or do not name it.
    pub paid: Option<PaidCore>,
}

impl PracticeMoney {
    /// The global sum less what is taken off, with what is added in London.
    #[must_use]
    pub fn net(&self) -> Option<Pence> {
        let london = self.london.as_ref().map_or(Some(Pence(0)), Amount::known)?;
        Some(self.global_sum.known()? + self.out_of_hours.known()? + london)
    }
}

/// The money of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMoney {
    /// The year.
    pub year: FinancialYear,
    /// Which of two rates of the year is taken.
    pub settled: Settled,
    /// What all practices are paid by rule.
    pub to_practices: Statement,
    /// What all networks are paid by rule, for the patients of the place.
    pub to_networks: Statement,
    /// The practices, in order of code.
    pub practices: Vec<PracticeMoney>,
    /// Whose lists the practices' money rests on.
    pub lists: ListsOfYear,
    /// The day of the lists that the networks' money rests on: the nearest to 1 January before the year.
    pub network_lists: Date,
    /// The additional roles of the networks; nothing where no rate was read for the year or one before it.
    pub roles: Option<RolesOfPlace>,
    /// The latest year of quality points; nothing where none is imported.
    pub quality: Option<QualityYear>,
    /// The year of the published weighted lists; nothing where all are estimates.
    pub weighted_in: Option<Period>,
    /// Practices that were of the place at the end of the year and are not any more, and what they were paid for core work;
    /// nothing where the payments of the year are not imported.
    pub gone: Option<(usize, Pence)>,
    /// Care homes and their beds in the directory that is imported, wherever they are; nothing where none is.
    pub beds: Option<(usize, f64)>,
}

impl PlaceMoney {
    /// The money of a place in a year, of its practices and staff of today; `weighted` has published weighted patients for each
    /// registered one, practice by practice. Nothing for a year without rules.
    ///
    /// Method: [`methods.md#money`](../../../../docs/book/methods.md#money).
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn of(
        evidence: &Evidence,
        (place, base): (&Place, &Base),
        weighted: Option<&Evaluation>,
        (year, settled): (FinancialYear, Settled),
    ) -> Result<Option<Self>, EvidenceError> {
        let Some(rules) = Rules::of(year) else { return Ok(None) };
        let lists = YearLists::of(evidence, base, weighted, year)?;
        let paid = paid::in_year(evidence, year)?;
        let contracts = contracts::of(evidence, year)?;
        let london = London::on(evidence, base.day)?;
        let of_practice = |practice: &Practice| {
            let listed = lists.practices.get(&practice.code).copied();
            let contract = contracts.get(&practice.code).cloned();
            let paid = paid.as_ref().and_then(|paid| paid.get(&practice.code)).copied();
            let is_there = london.practices.contains(&practice.code);
            PracticeMoney { paid, ..core((rules, settled), practice, is_there, (listed, contract)) }
        };
        let practices: Vec<PracticeMoney> = base.practices.iter().map(of_practice).collect();
        let gone = paid.as_ref().map(|paid| paid::gone(evidence, place, year, (&practices, paid)));
        let of_networks = NetworkLists::of(evidence, (place, base), weighted, year)?;
        let known =
            Known { weighted: &of_networks.weighted, in_london: &london.networks, year, settled };
        let is_published = |one: &PracticeMoney| one.weighted.is_some_and(|one| one.published);
        let weighted_in = match &lists.of {
            ListsOfYear::Paid => Some(Period::FinancialYear(year)),
            _ => weighted.map(|evaluation| evaluation.period),
        };
        Ok(Some(Self {
            year,
            settled,
            to_practices: to_practices(rules, settled, base, &practices),
            to_networks: network_payments(rules, &of_networks.all, settled),
            roles: RolesOfPlace::of(base, &known),
            quality: QualityYear::of(evidence, base)?,
            weighted_in: weighted_in.filter(|_| practices.iter().any(is_published)),
            gone: gone.transpose()?,
            beds: beds(evidence)?,
            lists: lists.of,
            network_lists: of_networks.day,
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

    /// What the practices of each contract were paid in the year beside what the rules come to; empty where the payments of the
    /// year are not imported.
    #[must_use]
    pub fn beside_paid(&self) -> Vec<BesidePaid> {
        paid::beside(&self.practices)
    }

    /// Weighted patients of all practices.
    #[must_use]
    pub fn weighted(&self) -> f64 {
        self.practices.iter().filter_map(|one| one.weighted).map(|one| one.patients).sum()
    }

    /// People on all lists.
    #[must_use]
    pub fn list(&self) -> f64 {
        self.practices.iter().filter_map(|one| one.list).sum()
    }

    /// Practices whose weighted list is an estimate.
    #[must_use]
    pub fn estimated(&self) -> usize {
        let estimated = |one: &&PracticeMoney| one.weighted.is_some_and(|one| !one.published);
        self.practices.iter().filter(estimated).count()
    }
}

/// The core money of a practice, before it is known what it was paid.
fn core(
    (rules, settled): (&Rules, Settled),
    practice: &Practice,
    is_in_london: bool,
    (listed, contract): (Option<Listed>, Option<String>),
) -> PracticeMoney {
    let weighted = listed.and_then(|listed| listed.weighted);
    let sum = global_sum(rules, weighted.map(|one| one.patients), settled);
    let off = sum.as_ref().map(|sum| out_of_hours(rules, sum).amount);
    let bases = Network { registered: listed.map(|one| one.registered), ..Network::default() };
    let london = rules.line(LONDON).filter(|_| is_in_london);
    let london = london.map(|line| bases.payment(line, settled).amount);
    let without = contracts::without_global_sum(contract.as_deref()).or_else(|| {
        listed.is_none().then(|| "it had no list of its own in the lists of the year".to_owned())
    });
    let told = |amount: Option<Amount>| match &without {
        Some(why) => Amount::Unknown(why.clone()),
        None => amount.unwrap_or_else(no_line),
    };
    PracticeMoney {
        code: practice.code.clone(),
        name: practice.name.clone(),
        list: listed.map(|listed| listed.registered),
        weighted,
        global_sum: told(sum.map(|sum| sum.amount)),
        out_of_hours: told(off),
        london: london.map(|amount| told(Some(amount))),
        contract,
        paid: None,
    }
}

/// What all practices are paid: the global sum and what is taken off it are the sums of theirs to the penny.
fn to_practices(
    rules: &Rules,
    settled: Settled,
    base: &Base,
    practices: &[PracticeMoney],
) -> Statement {
    let mut payments = Vec::new();
    if let Some(line) = global_sum(rules, None, settled) {
        let off = out_of_hours(rules, &line);
        payments.push(Payment { amount: sum(practices, |one| Some(&one.global_sum)), ..line });
        payments.push(Payment { amount: sum(practices, |one| Some(&one.out_of_hours)), ..off });
    }
    if let Some(line) = rules.line(LONDON).filter(|_| practices.iter().any(has_london)) {
        let of_line = Network::default().payment(line, settled);
        payments.push(Payment { amount: sum(practices, |one| one.london.as_ref()), ..of_line });
    }
    let in_networks = base.practices.iter().filter(|one| one.network.is_some());
    let in_networks: BTreeSet<&str> = in_networks.map(|one| one.code.as_str()).collect();
    let listed = practices.iter().filter(|one| in_networks.contains(one.code.as_str()));
    let bases = listed.fold(Network::default(), |mut sum, one| {
        add(&mut sum.registered, one.list);
        add(&mut sum.weighted, one.weighted.map(|weighed| weighed.patients));
        sum
    });
    let is_other = |one: &&Line| !["global_sum", LONDON].contains(&one.id.as_str());
    let others = rules.lines.iter().filter(|one| one.to == To::Practice).filter(is_other);
    payments.extend(others.map(|line| bases.payment(line, settled)));
    Statement { payments }
}

/// The sum of what is known of the practices, or why there is none.
fn sum(practices: &[PracticeMoney], of: impl Fn(&PracticeMoney) -> Option<&Amount>) -> Amount {
    let known = practices.iter().filter_map(|one| of(one)?.known()).reduce(|sum, one| sum + one);
    known.map_or_else(
        || Amount::Unknown("no practice is known to be paid a global sum".to_owned()),
        Amount::Known,
    )
}

const fn has_london(practice: &PracticeMoney) -> bool {
    practice.london.is_some()
}

fn add(sum: &mut Option<f64>, more: Option<f64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or_default() + more);
    }
}

/// Homes and registered beds of the latest directory.
fn beds(evidence: &Evidence) -> Result<Option<(usize, f64)>, EvidenceError> {
    let Some(period) = evidence.periods("care_home").last().copied() else { return Ok(None) };
    let frame = evidence.frame("care_home", period)?;
    let homes = tables::care_home::Columns::of(&frame);
    Ok(Some((frame.rows(), homes.beds.iter().filter(|beds| beds.is_finite()).sum())))
}

fn no_line() -> Amount {
    Amount::Unknown("the rules of the year have no global sum".to_owned())
}
