//! The shape of a week: appointments held on each open weekday beside the day's share of requests for care.
//!
//! Boards say that capacity stands on the wrong days. Daily appointments are published for sub-ICB locations, requests
//! are not: their shares are an assumption with a range (`parameters/week.toml`), so a day is called short or over only
//! where the interval of its appointments lies outside that range. Only weeks in which all five weekdays were open
//! count; a week with a bank holiday says nothing of an ordinary one.

mod assumptions;
mod calls;
mod hours;
mod sharing;

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Place};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use stats::Limits;
use stats::mean::Values;
use vocab::{Confidence, Level, Organisation, Period};

use crate::monday::{UnknownStaff, WEEKDAYS, by_day, is_bank_holiday};

pub use self::assumptions::{Assumed, Assumptions, assumptions};
pub use self::calls::CallWeek;
pub use self::hours::{Hours, doctor_hours};
pub use self::sharing::{Load, NetworkLoad, network_loads};

/// Months of daily appointments that a balance rests on, at most.
const MONTHS: usize = 12;

/// Whether a day holds its share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Fewer appointments than requests, beyond doubt.
    Short,
    /// As many as the doubt allows.
    Balanced,
    /// More appointments than requests, beyond doubt.
    Over,
}

/// A weekday of the ordinary week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayBalance {
    /// Which weekday.
    pub weekday: Weekday,
    /// Mean appointments on it.
    pub appointments: f64,
    /// Mean share of the week's appointments.
    pub supply: f64,
    /// 95% interval of that mean over the weeks.
    pub interval: Limits,
    /// Share of the week's requests, assumed.
    pub demand: Assumed,
    /// Whether the one is short of the other.
    pub standing: Standing,
}

impl DayBalance {
    /// Appointments a week that the day lacks; below nought where it has more than its share.
    #[must_use]
    pub fn lacking(&self, weekly: f64) -> f64 {
        (self.demand.value - self.supply) * weekly
    }
}

/// The ordinary week of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// First and last month that it rests on.
    pub months: (Period, Period),
    /// Weeks with all five weekdays open.
    pub weeks: usize,
    /// Mean appointments of Monday to Friday in such a week.
    pub weekly: f64,
    /// Monday to Friday.
    pub days: Vec<DayBalance>,
    /// When people call, where telephony is imported: requests that were counted, beside those assumed.
    pub calls: Option<CallWeek>,
}

impl Balance {
    /// Share of the week's appointments that would have to be held on another day.
    #[must_use]
    pub fn moved_share(&self) -> f64 {
        self.days.iter().map(|day| (day.demand.value - day.supply).max(0.0)).sum()
    }

    /// Hours of appointments a week that would have to be held on another day.
    #[must_use]
    pub fn moved_hours(&self) -> f64 {
        self.moved_share() * self.weekly * assumptions().minutes.value / 60.0
    }
}

/// The ordinary week of a place, or of everything without one, over the latest twelve months with daily appointments;
/// nothing where fewer than two whole weeks were open.
///
/// # Errors
/// When a table cannot be read.
pub fn balance(
    evidence: &Evidence,
    within: Option<&Place>,
) -> Result<Option<Balance>, EvidenceError> {
    let periods = evidence.periods("appointment_day");
    let latest = periods.get(periods.len().saturating_sub(MONTHS)..).unwrap_or_default();
    let (Some(first), Some(last)) = (latest.first().copied(), latest.last().copied()) else {
        return Ok(None);
    };
    let by_day = by_day(evidence, first.first_day(), last.end(), within, UnknownStaff::Counted)?;
    let weeks = whole_weeks(&by_day);
    if weeks.len() < 2 {
        return Ok(None);
    }
    let calls = CallWeek::of(evidence, within)?;
    Ok(Some(Balance { calls, ..of_weeks((first, last), &weeks) }))
}

/// A sub-ICB location and its week.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// Which.
    pub organisation: Organisation,
    /// Its name.
    pub name: String,
    /// Its week.
    pub balance: Balance,
}

/// The weeks of all sub-ICB locations of a place, in order of code; those without daily appointments are left out.
///
/// # Errors
/// When a table cannot be read.
pub fn locations(evidence: &Evidence, within: &Place) -> Result<Vec<Location>, EvidenceError> {
    let Some(period) = evidence.periods("appointment_day").last().copied() else {
        return Ok(Vec::new());
    };
    let known = evidence.affiliations(period.first_day())?;
    let mut found = Vec::new();
    for code in known.codes(Level::SubIcb) {
        let is_inside = within.is_everywhere()
            || known.iter().any(|row| row.sub_icb == code && within.holds(row));
        let place = Place {
            key: code.to_owned(),
            name: known.name_of(Level::SubIcb, code).to_owned(),
            members: vec![(Level::SubIcb, code.to_owned())],
        };
        let balance = if is_inside { balance(evidence, Some(&place))? } else { None };
        found.extend(balance.map(|balance| Location {
            organisation: Organisation { level: Level::SubIcb, code: code.to_owned() },
            name: place.name,
            balance,
        }));
    }
    Ok(found)
}

/// Two locations of which one is short on a day on which the other has more than its share.
#[derive(Debug, Clone, PartialEq)]
pub struct Partners {
    /// The day.
    pub weekday: Weekday,
    /// The location that is short.
    pub short: Organisation,
    /// The one that could help.
    pub over: Organisation,
    /// Appointments a week that could pass between them.
    pub appointments: f64,
}

/// Who could share with whom: for each day and location that is short, the location with most to spare that day.
#[must_use]
pub fn partners(locations: &[Location]) -> Vec<Partners> {
    let on = |weekday, standing| {
        locations.iter().filter_map(move |location| {
            let day = location.balance.days.iter().find(|day| day.weekday == weekday)?;
            let lacking = day.lacking(location.balance.weekly);
            (day.standing == standing).then_some((&location.organisation, lacking))
        })
    };
    let mut found = Vec::new();
    for weekday in WEEKDAYS {
        let most = on(weekday, Standing::Over).min_by(|a, b| a.1.total_cmp(&b.1));
        for (short, lacking) in on(weekday, Standing::Short) {
            found.extend(most.map(|(over, spare)| Partners {
                weekday,
                short: short.clone(),
                over: over.clone(),
                appointments: lacking.min(-spare),
            }));
        }
    }
    found
}

/// The appointments of Monday to Friday in each week in which all five were open.
fn whole_weeks(by_day: &BTreeMap<Date, f64>) -> Vec<[f64; 5]> {
    let mondays = by_day.keys().copied().filter(|day| day.weekday() == Weekday::Monday);
    mondays
        .filter_map(|monday| {
            let mut week = [0.0; 5];
            for (days, held) in (0_i64..).zip(&mut week) {
                let day = monday.checked_add(days.days()).ok()?;
                *held = *by_day.get(&day).filter(|sum| **sum > 0.0 && !is_bank_holiday(day))?;
            }
            Some(week)
        })
        .collect()
}

fn of_weeks(months: (Period, Period), weeks: &[[f64; 5]]) -> Balance {
    let totals: Vec<f64> = weeks.iter().map(|week| week.iter().sum()).collect();
    let count = weeks.len() as f64;
    let days = WEEKDAYS.into_iter().enumerate().map(|(index, weekday)| {
        let mut shares = Values::default();
        for (week, total) in weeks.iter().zip(&totals) {
            shares.add(week.get(index).map_or(0.0, |held| held / total));
        }
        let mean = shares.mean().ok();
        let supply = mean.as_ref().map_or(f64::NAN, |mean| mean.value);
        let interval = mean.and_then(|mean| mean.limits(Confidence::P95));
        let interval = interval.unwrap_or(Limits { lower: supply, upper: supply });
        let demand = assumptions().demand(weekday);
        let standing = if interval.upper < demand.low {
            Standing::Short
        } else if interval.lower > demand.high {
            Standing::Over
        } else {
            Standing::Balanced
        };
        let held: f64 = weeks.iter().filter_map(|week| week.get(index)).sum();
        DayBalance { weekday, appointments: held / count, supply, interval, demand, standing }
    });
    let days = days.collect();
    let weekly = totals.iter().sum::<f64>() / count;
    Balance { months, weeks: weeks.len(), weekly, days, calls: None }
}
