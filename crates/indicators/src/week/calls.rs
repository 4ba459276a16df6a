//! When people call: the calls of the ordinary week by weekday, where cloud based telephony is imported.
//!
//! Only practices with an account of their own are counted, and only weeks in which all five weekdays were open. Calls
//! are one way of asking among others: they stand beside the assumed share of requests and do not replace it.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Frame, Place, tables};
use jiff::civil::Date;
use vocab::Period;

use super::{MONTHS, whole_weeks};
use crate::units::as_at;

/// The indicator of all calls from outside, and the split whose rows hold each call once.
const ALL_CALLS: (&str, &str) = ("CBT001", "time");

/// Calls of the ordinary week.
#[derive(Debug, Clone, PartialEq)]
pub struct CallWeek {
    /// First and last month that it rests on.
    pub months: (Period, Period),
    /// Weeks with all five weekdays open.
    pub weeks: usize,
    /// Practices whose calls are counted.
    pub practices: usize,
    /// Mean calls of Monday to Friday in such a week.
    pub weekly: f64,
    /// Share of them on each weekday from Monday to Friday.
    pub shares: [f64; 5],
}

impl CallWeek {
    /// The calls of a place, or of everything without one, over the latest twelve months of telephony; nothing where no
    /// whole week has any.
    pub(super) fn of(
        evidence: &Evidence,
        within: Option<&Place>,
    ) -> Result<Option<Self>, EvidenceError> {
        let periods = evidence.periods("call");
        let latest = periods.get(periods.len().saturating_sub(MONTHS)..).unwrap_or_default();
        let (mut by_day, mut practices) = (BTreeMap::<Date, f64>::new(), BTreeSet::new());
        for period in latest {
            let known = evidence.affiliations(as_at(*period))?;
            let frame = evidence.frame("call", *period)?;
            add(&frame, &known, within, &mut by_day, &mut practices);
        }
        let weeks = whole_weeks(&by_day);
        let total: f64 = weeks.iter().flatten().sum();
        let months = latest.first().copied().zip(latest.last().copied());
        let Some(months) = months.filter(|_| total > 0.0) else { return Ok(None) };
        let mut shares = [0.0; 5];
        for week in &weeks {
            shares.iter_mut().zip(week).for_each(|(share, calls)| *share += calls / total);
        }
        let weekly = total / weeks.len() as f64;
        Ok(Some(Self { months, weeks: weeks.len(), practices: practices.len(), weekly, shares }))
    }
}

fn add(
    frame: &Frame,
    known: &Affiliations,
    within: Option<&Place>,
    by_day: &mut BTreeMap<Date, f64>,
    practices: &mut BTreeSet<String>,
) {
    let told = tables::call::Columns::of(frame);
    for (row, calls) in told.calls.iter().enumerate().filter(|(_, calls)| calls.is_finite()) {
        let (indicator, split) = (told.indicator.get(row), told.split.get(row));
        let is_counted = indicator == Some(ALL_CALLS.0) && split == Some(ALL_CALLS.1);
        let practice = told.practice.get(row).filter(|practice| {
            let holds = |place: &Place| known.of(practice).is_some_and(|one| place.holds(one));
            is_counted && !practice.is_empty() && within.is_none_or(holds)
        });
        let day = told.day.get(row).and_then(|day| day.parse::<Date>().ok());
        if let (Some(practice), Some(day)) = (practice, day) {
            *by_day.entry(day).or_default() += calls;
            if !practices.contains(practice) {
                practices.insert(practice.to_owned());
            }
        }
    }
}
