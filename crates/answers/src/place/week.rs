//! The week of a place: the share of appointments on each weekday, beside England.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, tables};
use jiff::civil::{Date, Weekday};
use vocab::{Period, Whole, weekday};

use kit::caption::Caption;
use kit::chart::bars::{Bar, Bars};
use kit::number::Style;

/// The week of sub-ICB locations in the latest month with daily figures; nothing without any.
///
/// # Errors
/// When the table cannot be read.
pub fn week(
    evidence: &Evidence,
    sub_icbs: &BTreeSet<String>,
    name: &str,
    whole: Whole,
    caption: Caption,
) -> Result<Option<(Bars, Period)>, EvidenceError> {
    let Some(period) = evidence.periods("appointment_day").last().copied() else { return Ok(None) };
    let frame = evidence.frame("appointment_day", period)?;
    let daily = tables::appointment_day::Columns::of(&frame);
    let weekday_of = |word: &String| word.parse::<Date>().ok().map(Date::weekday);
    let weekdays: Vec<Option<Weekday>> = daily.day.words.iter().map(weekday_of).collect();
    let mut sums: BTreeMap<i8, (f64, f64)> = BTreeMap::new();
    for row in 0..frame.rows() {
        let weekday = daily.day.codes.get(row).and_then(|code| weekdays.get(*code as usize));
        let count = daily.appointments.get(row).copied().filter(|count| count.is_finite());
        let (Some(Some(weekday)), Some(count)) = (weekday, count) else { continue };
        let (here, everywhere) = sums.entry(weekday.to_monday_zero_offset()).or_default();
        *everywhere += count;
        if daily.sub_icb.get(row).is_some_and(|code| sub_icbs.contains(code)) {
            *here += count;
        }
    }
    let total = sums.values().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    if total.0 <= 0.0 {
        return Ok(None);
    }
    let days = weekday::NAMES.into_iter().zip(0_i8..).map(|(name, position)| {
        let (here, everywhere) = sums.get(&position).copied().unwrap_or_default();
        Bar {
            name: name.to_owned(),
            value: Some(here / total.0),
            reference: Some(everywhere / total.1),
        }
    });
    let week = Bars {
        caption,
        style: Style::percentage(1, "of the month’s appointments"),
        name: name.to_owned(),
        reference: Some(whole.heading().to_owned()),
        heading: "Day".to_owned(),
        bars: days.collect(),
    };
    Ok(Some((week, period)))
}
