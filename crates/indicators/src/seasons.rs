//! The months of the years: appointments on a mean open day of each month, year beside year.
//!
//! Winters, holidays and vaccination campaigns come back every year; an average over the year hides them. Months differ in
//! their working days, so a month's appointments are divided by its open days. Nothing is smoothed: every month is shown as
//! it was, and a month without figures stays empty.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Place};
use jiff::civil::Date;
use vocab::Month;

use crate::monday::{UnknownStaff, WEEKDAYS, by_day, is_bank_holiday};

/// A mean open day of a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenMonth {
    /// Which month.
    pub month: Month,
    /// Its weekdays that were no bank holidays and had appointments.
    pub days: u32,
    /// Mean appointments on them.
    pub appointments: f64,
}

/// A mean open day of every month with daily appointments, earliest first, of England or of the sub-ICB locations of a place.
///
/// Method: [`methods.md#the-months`](../../../docs/book/methods.md#the-months).
///
/// # Errors
/// When a table cannot be read.
pub fn open_months(
    evidence: &Evidence,
    within: Option<&Place>,
) -> Result<Vec<OpenMonth>, EvidenceError> {
    let periods = evidence.periods("appointment_day");
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else {
        return Ok(Vec::new());
    };
    let days = by_day(evidence, first.first_day(), last.end(), within, UnknownStaff::Counted)?;
    Ok(of_days(&days))
}

fn of_days(by_day: &BTreeMap<Date, f64>) -> Vec<OpenMonth> {
    let is_open = |day: Date| WEEKDAYS.contains(&day.weekday()) && !is_bank_holiday(day);
    let mut months: BTreeMap<Month, (u32, f64)> = BTreeMap::new();
    for (day, sum) in by_day.iter().filter(|(day, sum)| is_open(**day) && **sum > 0.0) {
        let month = months.entry(Month::of(*day)).or_default();
        *month = (month.0 + 1, month.1 + sum);
    }
    let open = |(month, (days, sum)): (Month, (u32, f64))| OpenMonth {
        month,
        days,
        appointments: sum / f64::from(days),
    };
    months.into_iter().map(open).collect()
}

/// The latest year of months, without a gap: its mean, its busiest and its quietest month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Season {
    /// The first and the last month of the twelve.
    pub months: (Month, Month),
    /// Mean of the twelve months.
    pub mean: f64,
    /// The month with the busiest open days.
    pub busiest: OpenMonth,
    /// The month with the quietest.
    pub quietest: OpenMonth,
}

/// The latest twelve months; nothing where one of them is missing.
#[must_use]
pub fn season(months: &[OpenMonth]) -> Option<Season> {
    let latest = months.get(months.len().checked_sub(12)?..)?;
    let follow = |pair: &[OpenMonth]| pair[0].month.next() == pair[1].month;
    let by_appointments =
        |a: &&OpenMonth, b: &&OpenMonth| a.appointments.total_cmp(&b.appointments);
    let busiest = latest.iter().max_by(by_appointments)?;
    let quietest = latest.iter().min_by(by_appointments)?;
    latest.windows(2).all(follow).then(|| Season {
        months: (latest[0].month, latest[11].month),
        mean: latest.iter().map(|month| month.appointments).sum::<f64>() / 12.0,
        busiest: *busiest,
        quietest: *quietest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, count: usize, held: impl Fn(Date) -> f64) -> BTreeMap<Date, f64> {
        let from: Date = from.parse().expect("a day");
        from.series(jiff::Span::new().days(1)).take(count).map(|day| (day, held(day))).collect()
    }

    #[test]
    fn weekends_and_bank_holidays_are_no_open_days() {
        let may = of_days(&days("2025-05-01", 31, |_| 10.0));
        assert_eq!(may.len(), 1);
        // 22 weekdays, of which the 5th and the 26th were bank holidays.
        assert_eq!((may[0].days, may[0].appointments), (20, 10.0));
    }

    #[test]
    fn a_year_is_told_by_its_busiest_and_quietest_month() {
        let held = |day: Date| 100.0 + f64::from(day.month());
        let found = season(&of_days(&days("2024-01-01", 366, held))).expect("a year");
        assert_eq!((found.busiest.month.month, found.quietest.month.month), (12, 1));
        assert!((found.mean - 106.5).abs() < 1e-9);
    }

    #[test]
    fn a_year_with_a_gap_is_not_told() {
        let mut days = days("2024-01-01", 400, |_| 1.0);
        days.retain(|day, _| day.month() != 6);
        assert_eq!(season(&of_days(&days)), None);
    }
}
