//! How the lists of a place grew in the years before.

use std::collections::BTreeSet;

use evidence::{Evidence, EvidenceError, Place};
use jiff::civil::Date;
use vocab::Period;

use super::Base;
use super::lists::by_code;
use crate::parameters::{NoParameter, Values};

/// Growth of all lists of a place.
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
const YEARS: std::ops::RangeInclusive<f64> = 2.0..=6.0;
/// Most that lists grow or shrink in a year where the practices counted are those of the same place.
const MOST: f64 = 0.06;
/// Days of a year.
const DAYS: f64 = 365.25;

/// Growth from the oldest lists within reach to those of the base year, like with like: the lists of the practices that are in the
/// place today, and of those that were in it and have ended, beside today's. Nothing where no lists are old enough, or where the two
/// cannot be of one place.
pub(super) fn of(
    evidence: &Evidence,
    place: &Place,
    base: &Base,
) -> Result<Option<Growth>, EvidenceError> {
    let day = base.day;
    let years =
        |since: Date| f64::from(Period::Day(day).distance_in_days(Period::Day(since))) / DAYS;
    let periods = evidence.periods("list_size").into_iter();
    let within = |period: &Period| YEARS.contains(&years(period.first_day()));
    let Some(period) = periods.filter(|one| one.first_day() < day).find(within) else {
        return Ok(None);
    };
    let since = period.first_day();
    let today: BTreeSet<&str> = base.practices.iter().map(|one| one.code.as_str()).collect();
    let then = evidence.affiliations(since)?;
    let was_here =
        |code: &str| then.of(code).is_some_and(|row| place.is_everywhere() || place.holds(row));
    let now = by_code(&*evidence.frame("list_size", Period::Day(day))?, "patients");
    let lists = by_code(&*evidence.frame("list_size", period)?, "patients");
    let counted = lists.iter().filter(|(code, _)| {
        today.contains(code.as_str()) || (!now.contains_key(*code) && was_here(code))
    });
    let then: f64 = counted.map(|(_, patients)| patients).sum();
    let a_year = libm::pow(base.list() / then, 1.0 / years(since)) - 1.0;
    Ok((then > 0.0 && a_year.abs() <= MOST).then_some(Growth { a_year, since }))
}
