//! What joined and what did not: for each pair of tables the practices in both, in one only and why, and the
//! patients covered. No join in the program drops a row without its showing here.

use std::collections::{BTreeMap, BTreeSet};

use vocab::Period;

use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::table::Table;
use crate::tables;

/// A table in a period, as one side of a join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The table.
    pub table: &'static str,
    /// Its period.
    pub period: Period,
    /// The practices it holds.
    pub practices: BTreeSet<String>,
}

/// What came of joining a table to the list sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinReport {
    /// The table.
    pub table: &'static str,
    /// Its period.
    pub period: Period,
    /// The period of the list sizes that it was joined to.
    pub list_period: Period,
    /// Practices in both.
    pub matched: usize,
    /// Practices with a list but not in the table.
    pub only_in_list: Vec<String>,
    /// Practices in the table without a list, by reason.
    pub only_in_table: BTreeMap<&'static str, Vec<String>>,
    /// Patients of the matched practices.
    pub patients_covered: f64,
    /// All patients on the list.
    pub patients: f64,
}

/// The tables whose practices are held against the lists of patients.
pub fn joined() -> impl Iterator<Item = &'static Table> {
    tables::ALL.iter().copied().filter(|table| table.joined_by.is_some())
}

impl Join {
    /// The practices of a table in a period; of the register only the open general practices of England.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn of(
        evidence: &Evidence,
        table: &'static str,
        period: Period,
    ) -> Result<Self, EvidenceError> {
        let frame = evidence.frame(table, period)?;
        let column = tables::find(table).and_then(|table| frame.text(table.joined_by?));
        let (status, setting) = (frame.text("status"), frame.text("setting"));
        let (end, kind) = (frame.text("end"), frame.text("kind"));
        let open = |row: usize| {
            let is = |column: Option<&crate::TextColumn>, word: &str| {
                column.is_none_or(|column| column.get(row) == Some(word))
            };
            let register =
                table != "practice" || (is(status, "active") && is(setting, "general_practice"));
            let current = end.is_none_or(|column| column.get(row).is_none());
            register && current && (table != "location" || is(kind, "practice"))
        };
        let practices = (0..frame.rows())
            .filter(|row| open(*row))
            .filter_map(|row| column.and_then(|column| column.get(row)))
            .map(str::to_owned)
            .collect();
        Ok(Self { table, period, practices })
    }

    /// Joins a table to the list sizes nearest to it.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn report(
        evidence: &Evidence,
        table: &'static str,
        period: Period,
    ) -> Result<Option<JoinReport>, EvidenceError> {
        let Some(list_period) = evidence.nearest_period("list_size", period) else {
            return Ok(None);
        };
        let side = Self::of(evidence, table, period)?;
        let lists = list_sizes(evidence, list_period)?;
        let register = newest_register(evidence)?;
        let mut only_in_table: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for practice in side.practices.iter().filter(|code| !lists.contains_key(*code)) {
            let reason = match register.get(practice).map(String::as_str) {
                Some("active") => "open on the register but without a list in the extract",
                Some(_) => "closed or dormant on the register",
                None => "not on the register",
            };
            only_in_table.entry(reason).or_default().push(practice.clone());
        }
        let matched = lists.keys().filter(|code| side.practices.contains(*code));
        Ok(Some(JoinReport {
            table,
            period,
            list_period,
            matched: matched.clone().count(),
            patients_covered: matched.filter_map(|code| lists.get(code)).sum(),
            patients: lists.values().sum(),
            only_in_list: lists
                .keys()
                .filter(|code| !side.practices.contains(*code))
                .cloned()
                .collect(),
            only_in_table,
        }))
    }

    /// The report of every joined table in its latest period.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn reports(evidence: &Evidence) -> Result<Vec<JoinReport>, EvidenceError> {
        let mut reports = Vec::new();
        for table in joined() {
            if let Some(period) = evidence.periods(table.name).last() {
                reports.extend(Self::report(evidence, table.name, *period)?);
            }
        }
        Ok(reports)
    }
}

fn list_sizes(evidence: &Evidence, period: Period) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let frame = evidence.frame("list_size", period)?;
    let (practice, patients) = (frame.text("practice"), frame.number("patients"));
    Ok((0..frame.rows())
        .filter_map(|row| {
            let practice = practice?.get(row)?.to_owned();
            Some((practice, patients?.get(row).copied()?))
        })
        .collect())
}

fn newest_register(evidence: &Evidence) -> Result<BTreeMap<String, String>, EvidenceError> {
    let Some(period) = evidence.periods("practice").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("practice", period)?;
    let (practice, status) = (frame.text("practice"), frame.text("status"));
    Ok((0..frame.rows())
        .filter_map(|row| Some((practice?.get(row)?.to_owned(), status?.get(row)?.to_owned())))
        .collect())
}
