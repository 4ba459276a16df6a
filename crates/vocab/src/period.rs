//! Periods as the publications use them: days, months, calendar and financial years, and spells.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use thiserror::Error;

/// A text that is no period.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a period: expected `2025-11-01`, `2025-11`, `2024/25` or `2025`")]
pub struct PeriodError(pub String);

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Calendar year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month that a day lies in.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month, 1)
    }

    /// Months since the year nought.
    #[must_use]
    pub fn number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// The month with this number.
    fn numbered(number: i32) -> Self {
        Self { year: number.div_euclid(12) as i16, month: number.rem_euclid(12) as i8 + 1 }
    }

    /// The month so many months later.
    #[must_use]
    pub fn later(self, months: u32) -> Self {
        Self::numbered(self.number() + months.cast_signed())
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }
}

/// The months missing between two neighbours of an ordered list whose months keep a common distance: one, or three where all stand a
/// quarter apart. None where two stand in one month.
pub fn missing_between(before: Month, after: Month, all: &[Month]) -> impl Iterator<Item = Month> {
    let steps = || all.windows(2).map(|pair| pair[1].number() - pair[0].number());
    let common = steps().fold(0, greatest_common_divisor);
    let common = if steps().any(|step| step <= 0) { 0 } else { common };
    let upto = if common == 0 { before.number() } else { after.number() };
    let step = usize::try_from(common).unwrap_or_default().max(1);
    (before.number()..upto).step_by(step).skip(1).map(Month::numbered)
}

fn greatest_common_divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A financial year, 1 April to 31 March, named by the year it begins in and shown as `2024/25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear {
    /// The calendar year of its April.
    pub begins: i16,
}

impl FinancialYear {
    /// The year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { begins: self.begins + 1 }
    }

    /// Reads `2024/25`, `2024-25`, `2024/2025`, `24-25`; the second year must follow the first.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.trim().split_once(['/', '-', '_'])?;
        let begins = match first.len() {
            4 => first.parse::<i16>().ok()?,
            2 => 2000 + first.parse::<i16>().ok()?,
            _ => return None,
        };
        let ends = second.parse::<i16>().ok()?;
        let follows = match second.len() {
            4 => ends == begins + 1,
            2 => ends == (begins + 1) % 100,
            _ => false,
        };
        (follows && (1948..2200).contains(&begins)).then_some(Self { begins })
    }
}

/// The period that a row of a table speaks of.
///
/// Written and read as `2025-11-01` (a day or the day of an extract), `2025-11` (a month), `2024/25` (a financial
/// year) or `2025` (a calendar or survey year).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar or survey year.
    Year(i16),
    /// A financial year.
    FinancialYear(FinancialYear),
    /// A calendar month.
    Month(Month),
    /// A day, or the day of an extract.
    Day(Date),
}

impl Period {
    /// The period of what is said without a date, such as where buildings stand: before all others, so that whatever has a date goes
    /// before it.
    pub const TIMELESS: Self = Self::Day(Date::constant(1, 1, 1));

    /// The first day of the period.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => Date::constant(year, 1, 1),
            Self::FinancialYear(year) => Date::constant(year.begins, 4, 1),
            Self::Month(month) => month.first_day(),
            Self::Day(day) => day,
        }
    }

    /// The first day after the period.
    #[must_use]
    pub fn end(self) -> Date {
        match self {
            Self::Year(year) => Date::constant(year + 1, 1, 1),
            Self::FinancialYear(year) => Date::constant(year.next().begins, 4, 1),
            Self::Month(month) => month.next().first_day(),
            Self::Day(day) => day.tomorrow().unwrap_or(Date::MAX),
        }
    }

    /// The day for which what is said of a period stands: the day itself, the first of a month, the middle of a year.
    #[must_use]
    pub fn as_at(self) -> Date {
        match self {
            Self::Day(_) | Self::Month(_) => self.first_day(),
            Self::FinancialYear(year) => Date::constant(year.begins, 10, 1),
            Self::Year(year) => Date::constant(year, 7, 1),
        }
    }

    /// Days between the first days of two periods, whichever comes first.
    #[must_use]
    pub fn distance_in_days(self, other: Self) -> i32 {
        self.first_day().until(other.first_day()).map_or(i32::MAX, |span| span.get_days().abs())
    }

    /// As a reader of a page expects it: `1 November 2025`, `November 2025`, `2024/25`, `2025`; `an unknown date` for [`Period::TIMELESS`].
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::TIMELESS => "an unknown date".to_owned(),
            Self::Day(day) => {
                format!("{} {} {}", day.day(), month_name(day.month()), day.year())
            }
            Self::Month(month) => format!("{} {}", month_name(month.month), month.year),
            other => other.to_string(),
        }
    }
}

/// The English name of a month, 1 to 12.
#[must_use]
pub fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("?")
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::FinancialYear(year) => {
                write!(f, "{:04}/{:02}", year.begins, (year.begins + 1) % 100)
            }
            Self::Month(month) => write!(f, "{:04}-{:02}", month.year, month.month),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let refused = || PeriodError(text.to_owned());
        match text.len() {
            4 => text.parse().map(Self::Year).map_err(|_| refused()),
            7 if text.contains('/') => {
                FinancialYear::parse(text).map(Self::FinancialYear).ok_or_else(refused)
            }
            7 => {
                let (year, month) = text.split_once('-').ok_or_else(refused)?;
                let year = year.parse().map_err(|_| refused())?;
                let month = month.parse().map_err(|_| refused())?;
                Date::new(year, month, 1).map_err(|_| refused())?;
                Ok(Self::Month(Month { year, month }))
            }
            _ => text.parse().map(Self::Day).map_err(|_| refused()),
        }
    }
}

/// A stretch of time `[start, end)` during which something held; without an end it still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spell {
    /// The first day.
    pub start: Date,
    /// The first day on which it no longer held.
    pub end: Option<Date>,
}

impl Spell {
    /// Whether it held on a day.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| day < end)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_are_written_as_they_are_read() {
        for text in ["2025-11-01", "2025-11", "2024/25", "2025", "1999/00"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_has_no_date_is_said_to_have_none() {
        assert_eq!(Period::TIMELESS.in_words(), "an unknown date");
        assert_eq!("0001-01-01".parse(), Ok(Period::TIMELESS));
        assert_eq!(Period::Day(date(2025, 11, 1)).in_words(), "1 November 2025");
    }

    #[test]
    fn a_financial_year_ends_where_the_next_begins() {
        let year: Period = "2024/25".parse().unwrap();
        assert_eq!(year.first_day(), date(2024, 4, 1));
        assert_eq!(year.end(), date(2025, 4, 1));
        assert!(FinancialYear::parse("2024/26").is_none());
    }

    #[test]
    fn a_spell_holds_on_its_first_day_and_not_on_its_end() {
        let spell = Spell { start: date(2019, 10, 1), end: Some(date(2022, 4, 1)) };
        assert!(spell.contains(date(2019, 10, 1)));
        assert!(!spell.contains(date(2022, 4, 1)));
    }

    #[test]
    fn nonsense_is_refused_in_words() {
        for text in ["2025-13", "25-11", "2025-11-31", "soon"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
