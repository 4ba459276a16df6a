//! How the lists of a place grew in the years before.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError};
use jiff::civil::Date;
use vocab::Period;

use super::lists::by_code;
use super::{Base, Practice};
use crate::parameters::{NoParameter, Values};

/// Growth of the lists of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// A year, compounded.
    pub a_year: f64,
    /// The day of the older lists.
    pub since: Date,
}

impl Base {
    /// Growth of its lists a year in the years to come: that of the years before, or else England's, and what is to be different.
    ///
    /// # Errors
    /// A parameter without a file.
    pub fn growth_to_come(&self, values: &Values) -> Result<f64, NoParameter> {
        let before = match &self.growth {
            Some(own) => own.a_year,
            None => values.get("list_growth")?,
        };
        Ok(before + values.get("list_growth_to_come")?)
    }
}

/// Years over which growth is told at most and at least: shorter ones tell a wave of registrations, longer ones another time.
pub(crate) const YEARS: std::ops::RangeInclusive<f64> = 1.5..=6.0;
/// Most that lists of an area grow or shrink in a year where the practices counted are those of the same area.
const MOST: f64 = 0.06;
/// Days of a year.
const DAYS: f64 = 365.25;

/// Growth a year, compounded, of lists that went from one number to another in so many years.
pub(crate) fn a_year(before: f64, after: f64, years: f64) -> f64 {
    libm::pow(after / before, 1.0 / years) - 1.0
}

/// Growth of the sub-ICB locations in which the practices lie, each by the part of the place's patients that it has: lists of a
/// practice, a network or a council grow when a neighbour closes, and that is no growth of the people. Like with like: the lists of
/// the practices that are in the location today, and of those that were in it and have ended, beside today's. Nothing where no lists
/// are old enough, or where the two cannot be of one area.
pub(super) fn of(evidence: &Evidence, base: &Base) -> Result<Option<Growth>, EvidenceError> {
    let day = base.day;
    let years =
        |since: Date| f64::from(Period::Day(day).distance_in_days(Period::Day(since))) / DAYS;
    let periods = evidence.periods("list_size").into_iter();
    let within = |period: &Period| YEARS.contains(&years(period.first_day()));
    let Some(period) = periods.filter(|one| one.first_day() < day).find(within) else {
        return Ok(None);
    };
    let since = period.first_day();
    let (now, then) = (evidence.affiliations(day)?, evidence.affiliations(since)?);
    let lists = |period| -> Result<_, EvidenceError> {
        Ok(by_code(&*evidence.frame("list_size", period)?, "patients"))
    };
    let (lists_now, lists_then) = (lists(Period::Day(day))?, lists(period)?);
    let mut sums: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for (code, patients) in &lists_now {
        if let Some(row) = now.of(code) {
            sums.entry(&row.sub_icb).or_default()[1] += patients;
        }
    }
    for (code, patients) in &lists_then {
        let lasts = lists_now.contains_key(code);
        if let Some(row) = if lasts { now.of(code) } else { then.of(code) } {
            sums.entry(&row.sub_icb).or_default()[0] += patients;
        }
    }
    let of_location = |practice: &Practice| {
        let [before, after] = sums.get(practice.sub_icb.as_str())?;
        let a_year = a_year(*before, *after, years(since));
        (*before > 0.0 && a_year.abs() <= MOST).then_some(a_year * practice.list())
    };
    let told: Option<Vec<f64>> = base.practices.iter().map(of_location).collect();
    let a_year = told.map(|told| told.iter().sum::<f64>() / base.list());
    Ok(a_year.map(|a_year| Growth { a_year, since }))
}
