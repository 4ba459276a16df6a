//! The months and days that the files speak of.

use jiff::civil::{Date, Weekday};
use vocab::Month;

use super::parameters::parameters;

/// The latest lists: 1 November 2025.
pub const LATEST_LISTS: Month = Month { year: 2025, month: 11 };
/// Months of monthly series that are cheap to write.
pub const LONG_SERIES: u32 = 24;

/// The months of each series, in order of time.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Lists without ages.
    pub lists: Vec<Month>,
    /// Lists by age and the map of practices.
    pub ages: Vec<Month>,
    /// Appointments by practice.
    pub appointments: Vec<Month>,
    /// Appointments by sub-ICB location.
    pub regional: Vec<Month>,
    /// Appointments by day and staff role.
    pub days: Vec<Month>,
    /// Staff of practices: the last month of a quarter.
    pub staff: Vec<Month>,
    /// Attendances at emergency departments.
    pub emergency: Vec<Month>,
}

impl Calendar {
    /// Series that end in autumn 2025.
    pub fn new(appointment_months: u32, regional_months: u32, quarters: u32) -> Self {
        let october = back(LATEST_LISTS, 1);
        let september = back(LATEST_LISTS, 2);
        let quarterly =
            |last: Month, count: u32| (0..count).rev().map(|n| back(last, 3 * n)).collect();
        let monthly = |last: Month, count: u32| (0..count).rev().map(|n| back(last, n)).collect();
        Self {
            lists: monthly(LATEST_LISTS, LONG_SERIES),
            ages: quarterly(LATEST_LISTS, quarters.max(1)),
            appointments: monthly(october, appointment_months),
            regional: monthly(october, regional_months),
            days: monthly(october, LONG_SERIES),
            staff: quarterly(september, quarters.clamp(1, 3)),
            emergency: monthly(september, LONG_SERIES),
        }
    }
}

/// The month so many months before.
pub fn back(month: Month, months: u32) -> Month {
    let number = i32::from(month.year) * 12 + i32::from(month.month) - 1 - months.cast_signed();
    Month { year: (number.div_euclid(12)) as i16, month: (number.rem_euclid(12) + 1) as i8 }
}

/// Months from one to another; negative where the other is earlier.
pub fn months_between(from: Month, to: Month) -> i32 {
    (i32::from(to.year) - i32::from(from.year)) * 12 + i32::from(to.month) - i32::from(from.month)
}

/// The days of a month.
pub fn days(month: Month) -> Vec<Date> {
    let first = month.first_day();
    (0..i64::from(first.days_in_month()))
        .filter_map(|n| first.checked_add(jiff::Span::new().days(n)).ok())
        .collect()
}

/// Whether a day is a bank holiday in England.
pub fn is_bank_holiday(day: Date) -> bool {
    parameters().activity.bank_holidays.value.binary_search(&day.to_string()).is_ok()
}

/// Million appointments that England would have on such a day.
pub fn day_weight(day: Date) -> f64 {
    let figures = &parameters().activity;
    if is_bank_holiday(day) {
        return figures.bank_holiday_weight.value;
    }
    figures.weekday_weight.value[day.weekday().to_monday_zero_offset() as usize]
}

/// Days on which surgeries are open.
pub fn working_days(month: Month) -> u32 {
    let open = |day: &Date| {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_bank_holiday(*day)
    };
    days(month).iter().filter(|day| open(day)).count() as u32
}

/// `01NOV2025`.
pub fn upper(day: Date) -> String {
    format!("{:02}{}{}", day.day(), short(day.month()).to_uppercase(), day.year())
}

/// `01Nov2025`.
pub fn mixed(day: Date) -> String {
    format!("{:02}{}{}", day.day(), short(day.month()), day.year())
}

/// `Nov`.
pub fn short(month: i8) -> String {
    vocab::period::month_name(month).chars().take(3).collect()
}

/// `Oct_25`.
pub fn file_month(month: Month) -> String {
    format!("{}_{:02}", short(month.month), month.year % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_of_2025_are_253() {
        let count: u32 = (1..=12).map(|month| working_days(Month { year: 2025, month })).sum();
        assert_eq!(count, 253);
    }

    #[test]
    fn months_are_counted_across_the_turn_of_the_year() {
        let january = Month { year: 2025, month: 1 };
        assert_eq!(back(january, 13), Month { year: 2023, month: 12 });
        assert_eq!(months_between(back(january, 13), january), 13);
    }
}
