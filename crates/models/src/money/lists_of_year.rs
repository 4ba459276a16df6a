//! The weighted lists on which practices are paid in a year.
//!
//! Core money is worked out each quarter on the list of its first day. Where the payments of the year are imported, they print the
//! average of the four, which is taken. Else the lists of days within the year are averaged, and where there are none those of the
//! nearest other day stand in and are named.
//!
//! Methods: [global sum](../../../../docs/book/methods.md#global-sum).

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, Place, tables};
use indicators::Evaluation;
use jiff::civil::Date;
use vocab::{FinancialYear, Level, Period};

use super::Network;
use super::weighted_list::{Weighed, weighed};
use crate::place::{Base, Practice};

/// Whose lists a year's core money rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListsOfYear {
    /// The average of the year that its payments print.
    Paid,
    /// Lists of these days within the year, averaged.
    Within(Vec<Date>),
    /// Lists of a day of another year.
    StoodIn(Date),
}

/// The lists of a practice in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Listed {
    /// Registered patients.
    pub registered: f64,
    /// Weighted patients; nothing for a practice without a list of its own.
    pub weighted: Option<Weighed>,
}

/// The lists of a place in a year.
pub(super) struct YearLists {
    /// Whose they are.
    pub of: ListsOfYear,
    /// By practice; a practice that is missing had none.
    pub practices: BTreeMap<String, Listed>,
}

impl YearLists {
    /// The lists of the practices of a place in a year.
    pub(super) fn of(
        evidence: &Evidence,
        base: &Base,
        weighted: Option<&Evaluation>,
        year: FinancialYear,
    ) -> Result<Self, EvidenceError> {
        let period = Period::FinancialYear(year);
        if evidence.periods("contract").contains(&period) {
            let practices = printed(evidence, period)?;
            return Ok(Self { of: ListsOfYear::Paid, practices });
        }
        let of = days(evidence, base, year);
        let days = match &of {
            ListsOfYear::Within(days) => days.clone(),
            ListsOfYear::StoodIn(day) => vec![*day],
            ListsOfYear::Paid => Vec::new(),
        };
        let registered = averages(evidence, base, &days)?;
        let listed = |practice: &Practice| {
            let registered = *registered.get(&practice.code)?;
            Some((practice.code.clone(), scaled(practice, weighted, registered)))
        };
        Ok(Self { of, practices: base.practices.iter().filter_map(listed).collect() })
    }
}

/// The lists on which the networks of a place are paid.
pub(super) struct NetworkLists {
    /// Their day: the nearest to 1 January before the year.
    pub day: Date,
    /// All practices that were of the place on the day and in a network.
    pub all: Network,
    /// Weighted patients of these by the network that each was in.
    pub weighted: BTreeMap<String, f64>,
}

impl NetworkLists {
    /// The lists of a place's networks in a year.
    pub(super) fn of(
        evidence: &Evidence,
        (place, base): (&Place, &Base),
        weighted: Option<&Evaluation>,
        year: FinancialYear,
    ) -> Result<Self, EvidenceError> {
        let day = nearest(&known_days(evidence, base), Date::constant(year.begins, 1, 1));
        let day = day.unwrap_or(base.day);
        let mut lists = Self { day, all: Network::default(), weighted: BTreeMap::new() };
        let registered = averages(evidence, base, &[day])?;
        if day == base.day {
            for one in &base.practices {
                let registered = registered.get(&one.code).copied();
                let listed = registered.map(|registered| scaled(one, weighted, registered));
                lists.add(listed, one.network.as_deref());
            }
            return Ok(lists);
        }
        let known = evidence.affiliations(day)?;
        for code in place.practices(&known) {
            let today = base.practices.iter().find(|one| one.code == code);
            let registered = registered.get(code).copied();
            let listed = registered.map(|list| then(code, today, weighted, list));
            lists.add(listed, known.of(code).and_then(|one| one.code(Level::Network)));
        }
        Ok(lists)
    }

    fn add(&mut self, listed: Option<Listed>, network: Option<&str>) {
        let (Some(listed), Some(network)) = (listed, network) else { return };
        *self.all.registered.get_or_insert_default() += listed.registered;
        let Some(weighed) = listed.weighted else { return };
        *self.all.weighted.get_or_insert_default() += weighed.patients;
        *self.weighted.entry(network.to_owned()).or_default() += weighed.patients;
    }
}

/// The lists of a practice that may have closed since: by its own published ratio, else as it is weighed today.
fn then(
    code: &str,
    today: Option<&Practice>,
    weighted: Option<&Evaluation>,
    registered: f64,
) -> Listed {
    let ratio = weighted.and_then(|evaluation| evaluation.row(code)?.estimate);
    if let Some(ratio) = ratio {
        let patients = ratio.value * registered;
        return Listed { registered, weighted: Some(Weighed { patients, published: true }) };
    }
    let nothing = Listed { registered, weighted: None };
    today.map_or(nothing, |practice| scaled(practice, weighted, registered))
}

/// The lists of a practice when it had so many registered patients.
fn scaled(practice: &Practice, weighted: Option<&Evaluation>, registered: f64) -> Listed {
    let weighed = weighed(practice, weighted).filter(|_| practice.list() > 0.0);
    let then = |today: Weighed| Weighed {
        patients: today.patients * registered / practice.list(),
        ..today
    };
    Listed { registered, weighted: weighed.map(then) }
}

/// Days whose lists are known, in order.
fn known_days(evidence: &Evidence, base: &Base) -> BTreeSet<Date> {
    let days = evidence.periods("list_size").into_iter().map(Period::first_day);
    days.chain([base.day]).collect()
}

/// The days of the lists of a year: those within it, else the nearest to its middle, the earlier of two as near.
fn days(evidence: &Evidence, base: &Base, year: FinancialYear) -> ListsOfYear {
    let period = Period::FinancialYear(year);
    let known = known_days(evidence, base);
    let within: Vec<Date> = known.range(period.first_day()..period.end()).copied().collect();
    if within.is_empty() {
        ListsOfYear::StoodIn(nearest(&known, period.as_at()).unwrap_or(base.day))
    } else {
        ListsOfYear::Within(within)
    }
}

fn nearest(known: &BTreeSet<Date>, to: Date) -> Option<Date> {
    let distance = |day: &&Date| Period::Day(**day).distance_in_days(Period::Day(to));
    known.iter().min_by_key(distance).copied()
}

/// Registered patients of each practice on average of the days on which it had any.
fn averages(
    evidence: &Evidence,
    base: &Base,
    days: &[Date],
) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for day in days {
        for (practice, patients) in on(evidence, base, *day)? {
            let sum = sums.entry(practice).or_default();
            *sum = (sum.0 + patients, sum.1 + 1.0);
        }
    }
    Ok(sums.into_iter().map(|(practice, (sum, days))| (practice, sum / days)).collect())
}

/// Registered patients of a day.
fn on(evidence: &Evidence, base: &Base, day: Date) -> Result<Vec<(String, f64)>, EvidenceError> {
    if day == base.day {
        return Ok(base.practices.iter().map(|one| (one.code.clone(), one.list())).collect());
    }
    let frame = evidence.frame("list_size", Period::Day(day))?;
    let lists = tables::list_size::Columns::of(&frame);
    let listed = lists.patients.iter().enumerate().filter(|(_, patients)| **patients > 0.0);
    Ok(listed
        .filter_map(|(row, patients)| Some((lists.practice.get(row)?.to_owned(), *patients)))
        .collect())
}

/// The average lists that the payments of a year print.
fn printed(evidence: &Evidence, period: Period) -> Result<BTreeMap<String, Listed>, EvidenceError> {
    let frame = evidence.frame("contract", period)?;
    let contracts = tables::contract::Columns::of(&frame);
    let averages = contracts.registered_average.iter().zip(contracts.weighted_average);
    let listed = averages.enumerate().filter_map(|(row, lists)| {
        let (registered, weighted) = (*lists.0, *lists.1);
        let weighted = (weighted > 0.0).then_some(Weighed { patients: weighted, published: true });
        (registered > 0.0)
            .then_some((contracts.practice.get(row)?.to_owned(), Listed { registered, weighted }))
    });
    Ok(listed.collect())
}
