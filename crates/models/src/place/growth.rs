//! How the lists of a place grew in the years before, and how they are told to grow in the years to come.
//!
//! Lists follow residents: what is projected for the local authorities in which the practices stand is where the years to come
//! start. Beside it stands what the place's lists did beside its residents in the years before, of which a part goes on.
//!
//! Method: [`methods.md#growth-of-lists`](../../../../docs/book/methods.md#growth-of-lists).

use std::collections::BTreeMap;

use evidence::{Affiliations, Evidence, EvidenceError};
use indicators::small_areas::parents;
use jiff::civil::Date;
use vocab::{Organisation, Period};

use super::lists::by_code;
use super::{Base, Practice};
use crate::parameters::{Key, Values};
use crate::population::{FIRST_YEAR, LAST_YEAR, growth_between};

/// Growth of the lists of a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Growth {
    /// That of its sub-ICB locations in the years before; nothing where lists old enough are not known.
    pub lists: Option<Before>,
    /// Local authorities in which its practices stand, and the share of its patients who are with practices there.
    pub authorities: Shares,
    /// Local authorities over which its sub-ICB locations reach, likewise.
    pub around: Shares,
}

/// Growth of lists in the years before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// A year, compounded.
    pub a_year: f64,
    /// The day of the older lists.
    pub since: Date,
}

/// Shares of local authorities by code, which add up to one; empty where none is known.
pub type Shares = BTreeMap<String, f64>;

impl Growth {
    /// What is projected for the residents of the place's local authorities, a year, between the middles of two years.
    #[must_use]
    pub fn projected(&self, from: i16, to: i16) -> f64 {
        projected(&self.authorities, from, to)
    }

    /// What was projected for the residents of its sub-ICB locations a year, over the years over which the growth of its lists is
    /// known.
    #[must_use]
    pub fn projected_before(&self, base: &Base) -> Option<f64> {
        let since = self.lists.as_ref()?.since.year().max(FIRST_YEAR);
        (base.day.year() > since).then(|| projected(&self.around, since, base.day.year()))
    }

    /// How much faster a year lists grew in the years before than residents were projected to.
    fn beside_residents(&self, base: &Base, values: &Values) -> f64 {
        match (&self.lists, self.projected_before(base)) {
            (Some(lists), Some(residents)) => lists.a_year - residents,
            _ => values.get(Key::ListGrowthBesideResidents),
        }
    }
}

/// What is projected for these authorities together; for England where none is known. Beyond the projection its last year stands.
fn projected(shares: &Shares, from: i16, to: i16) -> f64 {
    let from = from.clamp(FIRST_YEAR, LAST_YEAR - 1);
    let to = to.clamp(from + 1, LAST_YEAR);
    let of = |code: &str| growth_between(code, from, to).unwrap_or_default();
    if shares.is_empty() {
        return of(Organisation::ENGLAND);
    }
    shares.iter().map(|(code, share)| share * of(code)).sum()
}

impl Base {
    /// Growth of its lists a year over some years to come: what is projected for residents, a part of what lists did beside it
    /// before, and what nobody can know.
    #[must_use]
    pub fn growth_to_come(&self, values: &Values, years: u32) -> f64 {
        let from = self.day.year();
        let to = from + i16::try_from(years).unwrap_or(i16::MAX - from).max(1);
        let beside = self.growth.beside_residents(self, values);
        self.growth.projected(from, to)
            + values.get(Key::ListGrowthGoesOn) * beside
            + values.get(Key::ListGrowthToCome)
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
fn before(evidence: &Evidence, base: &Base) -> Result<Option<Before>, EvidenceError> {
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
        Ok(by_code(&*evidence.frame("list_size", period)?))
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
    Ok(a_year.map(|a_year| Before { a_year, since }))
}

/// How the lists of a place grew, and whose residents are projected for it.
pub(super) fn of(evidence: &Evidence, base: &Base) -> Result<Growth, EvidenceError> {
    let known = evidence.affiliations(base.day)?;
    let locations = locations(evidence)?;
    let nowhere = Shares::new();
    let around = |practice: &Practice| locations.get(&practice.sub_icb).unwrap_or(&nowhere);
    let lists = before(evidence, base)?;
    if base.is_england {
        return Ok(Growth { lists, ..Growth::default() });
    }
    Ok(Growth {
        lists,
        authorities: shares(base, |practice| {
            stands_in(&known, practice)
                .map_or_else(|| around(practice).clone(), |code| Shares::from([(code, 1.0)]))
        }),
        around: shares(base, |practice| around(practice).clone()),
    })
}

/// The local authority in which a practice stands, if people are projected for it.
fn stands_in(known: &Affiliations, practice: &Practice) -> Option<String> {
    let stands = &known.of(&practice.code)?.stands_in;
    let council = |code: &&String| {
        known.standing().area(code).is_some_and(|area| area.kind == "local_authority")
    };
    let mut councils = stands.iter().filter(council);
    councils.find(|code| growth_between(code, FIRST_YEAR, FIRST_YEAR + 1).is_some()).cloned()
}

/// The authorities of all practices, each by its list; of those of whom none is known the others stand in.
fn shares(base: &Base, of: impl Fn(&Practice) -> Shares) -> Shares {
    let mut sums = Shares::new();
    for practice in &base.practices {
        for (code, share) in of(practice) {
            *sums.entry(code).or_default() += share * practice.list();
        }
    }
    let all: f64 = sums.values().sum();
    sums.into_iter().map(|(code, people)| (code, people / all)).collect()
}

/// Local authorities of which people are projected by sub-ICB location: each by its small areas there.
fn locations(evidence: &Evidence) -> Result<BTreeMap<String, Shares>, EvidenceError> {
    let authority_of = parents(evidence, "local_authority")?;
    let mut counts: BTreeMap<String, Shares> = BTreeMap::new();
    for (area, location) in parents(evidence, "sub_icb")? {
        let Some(authority) = authority_of.get(&area) else { continue };
        if growth_between(authority, FIRST_YEAR, FIRST_YEAR + 1).is_some() {
            *counts.entry(location).or_default().entry(authority.clone()).or_default() += 1.0;
        }
    }
    for shares in counts.values_mut() {
        let all: f64 = shares.values().sum();
        for share in shares.values_mut() {
            *share /= all;
        }
    }
    Ok(counts)
}
