//! On how many days a practice can be open in a month, and how much a day counts.
//!
//! A month with five Mondays holds more appointments than one with five Fridays, and one with two bank holidays fewer
//! than either; before two months are compared, or one is forecast from another, that is taken out. Bank holidays of
//! the years in `parameters/bank_holidays.toml` are read there; for later years the rule of their dates is followed.

use evidence::{Evidence, EvidenceError};
use indicators::monday::{UnknownStaff, WEEKDAYS, is_bank_holiday, open_days};
use jiff::civil::{Date, Weekday};
use vocab::{Month, Period};

/// Last year whose bank holidays are listed.
const LAST_LISTED_YEAR: i16 = 2026;
/// Months of daily appointments from which the weights of weekdays are taken.
const MONTHS: usize = 12;

/// How much an open Monday, Tuesday … Friday counts; their mean is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weekdays([f64; 5]);

impl Weekdays {
    /// Every weekday counts the same.
    pub const ALIKE: Self = Self([1.0; 5]);

    /// Weights as the appointments of the first twelve months of daily figures were held; all alike without such
    /// figures. The first months, so that a forecast of later ones is never told what it is asked.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn of(evidence: &Evidence) -> Result<Self, EvidenceError> {
        Self::from_months(evidence, |_| true)
    }

    /// The same from those of the first twelve months that are no later than this one: what is forecast from it must
    /// not be told by later ones.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn until(evidence: &Evidence, latest: Month) -> Result<Self, EvidenceError> {
        Self::from_months(
            evidence,
            |period| matches!(period, Period::Month(month) if *month <= latest),
        )
    }

    fn from_months(
        evidence: &Evidence,
        counts: impl Fn(&Period) -> bool,
    ) -> Result<Self, EvidenceError> {
        let periods = evidence.periods("appointment_day");
        let mut asked = periods.iter().take(MONTHS).filter(|period| counts(period));
        let first = asked.next();
        let (Some(first), Some(last)) = (first, asked.next_back().or(first)) else {
            return Ok(Self::ALIKE);
        };
        let (from, end) = (first.first_day(), last.end());
        let days = open_days(evidence, from, end, None, UnknownStaff::Counted)?;
        let mean = days.iter().map(|day| day.appointments).sum::<f64>() / 5.0;
        if days.len() < 5 || mean <= 0.0 {
            return Ok(Self::ALIKE);
        }
        let mut weights = [1.0; 5];
        for (weight, day) in weights.iter_mut().zip(&days) {
            *weight = day.appointments / mean;
        }
        Ok(Self(weights))
    }

    /// The open days of a month, each counted with its weight.
    #[must_use]
    pub fn open_days(&self, month: Month) -> f64 {
        let (first, end) = (month.first_day(), Period::Month(month).end());
        let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day < end);
        days.filter(|day| is_open(*day)).map(|day| self.weight(day.weekday())).sum()
    }

    fn weight(&self, weekday: Weekday) -> f64 {
        let place = WEEKDAYS.iter().position(|open| *open == weekday);
        place.and_then(|place| self.0.get(place)).copied().unwrap_or(0.0)
    }
}

/// Whether practices open on a day: Monday to Friday, bank holidays apart.
#[must_use]
pub fn is_open(day: Date) -> bool {
    let is_holiday =
        if day.year() > LAST_LISTED_YEAR { is_holiday_by_rule(day) } else { is_bank_holiday(day) };
    WEEKDAYS.contains(&day.weekday()) && !is_holiday
}

/// The bank holidays of England and Wales by the rule of their dates: New Year, Good Friday, Easter Monday, the first
/// and last Monday of May, the last of August, Christmas and the day after, each moved off a weekend.
fn is_holiday_by_rule(day: Date) -> bool {
    let (year, month, number) = (day.year(), day.month(), day.day());
    let monday = day.weekday() == Weekday::Monday;
    let easter = easter_sunday(year);
    let from_easter = easter.until(day).map_or(0, |span| span.get_days());
    let new_year = month == 1 && (number == 1 || (monday && number <= 3));
    let may = monday && month == 5 && (number <= 7 || number > 24);
    let august = monday && month == 8 && number > 24;
    let christmas = month == 12
        && match Date::constant(year, 12, 25).weekday() {
            Weekday::Friday => matches!(number, 25 | 28),
            Weekday::Saturday => matches!(number, 27 | 28),
            Weekday::Sunday => matches!(number, 26 | 27),
            _ => matches!(number, 25 | 26),
        };
    new_year || may || august || christmas || matches!(from_easter, -2 | 1)
}

/// Easter Sunday of the Gregorian calendar.
///
/// # Source
/// `meeus_1991`
fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let week = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    let late = (a + 11 * moon + 22 * week) / 451;
    let days = moon + week - 7 * late + 114;
    Date::constant(year, (days / 31) as i8, (days % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_gives_the_listed_holidays_of_ordinary_years() {
        for year in [2019, 2021, 2024, 2025, 2026] {
            let days = Date::constant(year, 1, 1).series(jiff::Span::new().days(1)).take(365);
            for day in days.filter(|day| WEEKDAYS.contains(&day.weekday())) {
                assert_eq!(is_holiday_by_rule(day), is_bank_holiday(day), "{day}");
            }
        }
    }

    #[test]
    fn december_2025_has_twenty_one_open_days() {
        let open = Weekdays::ALIKE.open_days(Month { year: 2025, month: 12 });
        assert!((open - 21.0).abs() < 1e-12);
    }

    #[test]
    fn christmas_2027_falls_on_a_weekend_and_is_made_up_for() {
        let days: Vec<i8> =
            (25..=31).filter(|day| !is_open(Date::constant(2027, 12, *day))).collect();
        assert_eq!(days, [25, 26, 27, 28]);
    }
}
