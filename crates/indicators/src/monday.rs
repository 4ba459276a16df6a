//! Appointments on a mean open day of each weekday: how much busier Mondays are.
//!
//! A month with five Mondays or with a bank holiday on one tells nothing of Mondays, so each weekday's appointments are
//! divided by the days on which practices were open. Bank holidays are those of England and Wales, dated, from
//! `parameters/bank_holidays.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use evidence::{
    Affiliation, Affiliations, Evidence, EvidenceError, Frame, Place, TextColumn, tables,
};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use vocab::Level;

use crate::units::as_at;

/// The weekdays on which practices are open, in order.
pub const WEEKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// A mean open day of a weekday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenDay {
    /// Which weekday.
    pub weekday: Weekday,
    /// Open days of it with appointments.
    pub days: usize,
    /// Mean appointments on them.
    pub appointments: f64,
}

/// Whether appointments of unknown staff count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownStaff {
    /// They count.
    Counted,
    /// They are left out.
    LeftOut,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BankHolidays {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    unit: String,
    days: Vec<toml::value::Datetime>,
    #[expect(dead_code, reason = "for readers of the file")]
    source: toml::Table,
    #[expect(dead_code, reason = "for readers of the file")]
    review: toml::Table,
}

static BANK_HOLIDAYS: LazyLock<BTreeSet<Date>> = LazyLock::new(|| {
    let file =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/bank_holidays.toml"));
    let read: BankHolidays = toml::from_str(file)
        .expect("the file inside the program can be read because a test reads it");
    read.days.iter().filter_map(|day| day.to_string().parse().ok()).collect()
});

/// Whether a day is a bank holiday of England and Wales, 2019 to 2026.
#[must_use]
pub fn is_bank_holiday(day: Date) -> bool {
    BANK_HOLIDAYS.contains(&day)
}

/// Mean appointments on an open day of each weekday, from a first day up to but not including an end, of England or
/// of the sub-ICB locations of a place. A weekday without appointments is left out.
///
/// # Errors
/// When a table cannot be read.
pub fn open_days(
    evidence: &Evidence,
    from: Date,
    end: Date,
    within: Option<&Place>,
    unknown: UnknownStaff,
) -> Result<Vec<OpenDay>, EvidenceError> {
    let mut by_day = by_day(evidence, from, end, within, unknown)?;
    by_day.retain(|day, sum| !is_bank_holiday(*day) && *sum > 0.0);
    Ok(WEEKDAYS.into_iter().filter_map(|weekday| mean(weekday, &by_day)).collect())
}

/// Appointments on each day from a first day up to but not including an end.
pub(crate) fn by_day(
    evidence: &Evidence,
    from: Date,
    end: Date,
    within: Option<&Place>,
    unknown: UnknownStaff,
) -> Result<BTreeMap<Date, f64>, EvidenceError> {
    let mut by_day: BTreeMap<Date, f64> = BTreeMap::new();
    for period in evidence.periods("appointment_day") {
        if period.first_day() >= end || period.end() <= from {
            continue;
        }
        let known = evidence.affiliations(as_at(period))?;
        add(&mut by_day, &*evidence.frame("appointment_day", period)?, within, &known, unknown);
    }
    by_day.retain(|day, _| (from..end).contains(day));
    Ok(by_day)
}

fn mean(weekday: Weekday, by_day: &BTreeMap<Date, f64>) -> Option<OpenDay> {
    let sums: Vec<f64> =
        by_day.iter().filter(|(day, _)| day.weekday() == weekday).map(|(_, sum)| *sum).collect();
    (!sums.is_empty()).then(|| OpenDay {
        weekday,
        days: sums.len(),
        appointments: sums.iter().sum::<f64>() / sums.len() as f64,
    })
}

fn add(
    by_day: &mut BTreeMap<Date, f64>,
    frame: &Frame,
    within: Option<&Place>,
    known: &Affiliations,
    unknown: UnknownStaff,
) {
    let daily = tables::appointment_day::Columns::of(frame);
    let wanted: Vec<bool> = daily
        .sub_icb
        .words
        .iter()
        .map(|code| within.is_none_or(|place| place.holds(&of_sub_icb(known, code))))
        .collect();
    let unknowns: Vec<(&TextColumn, u32)> =
        [daily.staff, daily.role].into_iter().filter_map(unknown_of).collect();
    let mut sums = vec![0.0; daily.day.words.len()];
    let booked = daily.appointments.iter().enumerate().filter(|(_, amount)| amount.is_finite());
    for (row, amount) in booked {
        let is_unknown = unknowns.iter().any(|(column, word)| column.codes.get(row) == Some(word));
        let held = daily
            .sub_icb
            .codes
            .get(row)
            .and_then(|code| wanted.get(*code as usize))
            .copied()
            .unwrap_or(false);
        if !held || (is_unknown && unknown == UnknownStaff::LeftOut) {
            continue;
        }
        if let Some(sum) = daily.day.codes.get(row).and_then(|day| sums.get_mut(*day as usize)) {
            *sum += amount;
        }
    }
    for (day, sum) in daily.day.words.iter().zip(sums) {
        if let Ok(day) = day.parse() {
            *by_day.entry(day).or_default() += sum;
        }
    }
}

/// The number of the word for unknown staff, which some variants write with a capital.
fn unknown_of(column: &TextColumn) -> Option<(&TextColumn, u32)> {
    let position = column.words.iter().position(|word| word.eq_ignore_ascii_case("unknown"))?;
    Some((column, position as u32))
}

/// Where a sub-ICB belongs.
pub(crate) fn of_sub_icb(known: &Affiliations, code: &str) -> Affiliation {
    let at = |level| known.parent(Level::SubIcb, code, level).unwrap_or_default().to_owned();
    Affiliation {
        sub_icb: code.to_owned(),
        icb: at(Level::Icb),
        region: at(Level::Region),
        ..Affiliation::default()
    }
}
