//! Monthly appointments as a panel: the same months for every practice or sub-ICB location.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, Frame, Place, tables};
use stats::forecast::SEASON;
use vocab::{Level, Month, Period};

use super::PAST;
use crate::calendar::Weekdays;

/// One practice or location.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its code.
    pub code: String,
    /// Appointments by month; not a number where there is no figure.
    pub counts: Vec<f64>,
    /// Logarithms of appointments on an open day; where there is no figure, those of the same month a year before.
    pub logs: Vec<f64>,
}

/// Series over the same months, and a longer reference for the pattern of the year.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Practices or sub-ICB locations.
    pub level: Level,
    /// Where the series come from, in words.
    pub source: String,
    /// Its first month.
    pub first: Month,
    /// How much an open day of each weekday counts.
    pub weekdays: Weekdays,
    /// Open days of each month.
    pub open_days: Vec<f64>,
    /// The series, in order of code.
    pub series: Vec<Series>,
    /// Series left out because one of the months before the first forecast is missing or nought.
    pub with_gaps: usize,
    /// Series with a later month missing or nought, judged on the months that they have.
    pub in_part: usize,
    /// First month of the reference.
    pub reference_first: Month,
    /// Logarithms of appointments of the reference on an open day, at least up to the last month of the panel.
    pub reference: Vec<f64>,
    /// What the reference is, in words.
    pub reference_source: String,
}

/// Counts of appointments by code and month.
type Counts = BTreeMap<String, BTreeMap<Month, f64>>;

/// The panels that the evidence holds of a level, the publisher's own figures first.
///
/// # Errors
/// When a table cannot be read.
pub fn panels(evidence: &Evidence, level: Level) -> Result<Vec<Panel>, EvidenceError> {
    let tables: &[(&str, &str, &str)] = match level {
        Level::Practice => &[
            ("appointment", "practice", "appointments of practices, as published"),
            (
                "appointment_total",
                "organisation",
                "appointments of practices, totals derived by a third party from the publication",
            ),
        ],
        _ => &[
            (
                "appointment_day",
                "sub_icb",
                "appointments of sub-ICB locations by day, as published, added up by month",
            ),
            (
                "appointment_sub_icb",
                "sub_icb",
                "appointments of sub-ICB locations by month, as published",
            ),
        ],
    };
    let mut found = Vec::new();
    for (table, column, source) in tables {
        let counts = counts(evidence, table, column, level)?;
        let months = last_run(counts.values().flat_map(|of| of.keys().copied()).collect());
        let Some(first) = months.first() else { continue };
        let weekdays = Weekdays::until(evidence, month_after(*first, PAST - 1))?;
        found.extend(Panel::of(level, source, &counts, &months, weekdays));
    }
    if level == Level::SubIcb {
        found.sort_by_key(|panel| std::cmp::Reverse(panel.series.len() * panel.open_days.len()));
        found.truncate(1);
    }
    for panel in &mut found {
        panel.refer(evidence)?;
    }
    Ok(found)
}

fn counts(
    evidence: &Evidence,
    table: &str,
    column: &str,
    level: Level,
) -> Result<Counts, EvidenceError> {
    let mut counts = Counts::new();
    for period in evidence.periods(table) {
        let Period::Month(month) = period else { continue };
        for (code, sum) in sums(&*evidence.frame(table, period)?, column, level) {
            counts.entry(code).or_default().insert(month, sum);
        }
    }
    Ok(counts)
}

/// Appointments by code; of a table with a column of levels only the rows of this one.
fn sums(frame: &Frame, column: &str, level: Level) -> BTreeMap<String, f64> {
    let (Some(codes), Some(amounts)) = (frame.text(column), frame.number("appointments")) else {
        return BTreeMap::new();
    };
    let levels = frame.text("level");
    let mut sums = vec![None::<f64>; codes.words.len()];
    for (row, code) in codes.codes.iter().enumerate() {
        let is_other = levels.is_some_and(|levels| levels.get(row) != Some(level.as_str()));
        let (Some(sum), Some(amount)) = (sums.get_mut(*code as usize), amounts.get(row)) else {
            continue;
        };
        if !is_other && amount.is_finite() {
            *sum = Some(sum.unwrap_or(0.0) + amount);
        }
    }
    codes.words.iter().zip(sums).filter_map(|(code, sum)| Some((code.clone(), sum?))).collect()
}

impl Panel {
    /// Nothing where no series has every month before the first forecast. The reference is the sum of the panel until a
    /// longer one is found.
    fn of(
        level: Level,
        source: &str,
        counts: &Counts,
        months: &[Month],
        weekdays: Weekdays,
    ) -> Option<Self> {
        let first = *months.first()?;
        let mut panel = Self {
            level,
            source: source.to_owned(),
            first,
            weekdays,
            open_days: months.iter().map(|month| weekdays.open_days(*month)).collect(),
            series: Vec::new(),
            with_gaps: 0,
            in_part: 0,
            reference_first: first,
            reference: Vec::new(),
            reference_source: "the sum of the series themselves".to_owned(),
        };
        for (code, of) in counts {
            let at = |month| of.get(month).copied().filter(|count| *count > 0.0);
            let counts: Vec<f64> =
                months.iter().map(|month| at(month).unwrap_or(f64::NAN)).collect();
            let known = counts.iter().filter(|count| count.is_finite()).count();
            if counts.iter().take(PAST).all(|count| count.is_finite()) {
                panel.in_part += usize::from(known < counts.len());
                panel.series.push(panel.series_of(code, counts));
            } else {
                panel.with_gaps += usize::from(known > 0);
            }
        }
        panel.reference = (0..months.len()).map(|month| panel.sum(month)).collect();
        (!panel.series.is_empty()).then_some(panel)
    }

    fn series_of(&self, code: &str, counts: Vec<f64>) -> Series {
        let mut logs: Vec<f64> = Vec::with_capacity(counts.len());
        for (month, (count, days)) in counts.iter().zip(&self.open_days).enumerate() {
            let before = month.checked_sub(SEASON).and_then(|before| logs.get(before).copied());
            let own = libm::log(count / days);
            logs.push(if own.is_finite() { own } else { before.unwrap_or(own) });
        }
        Series { code: code.to_owned(), counts, logs }
    }

    fn sum(&self, month: usize) -> f64 {
        let logs = self.series.iter().filter_map(|series| series.logs.get(month));
        libm::log(logs.map(|log| libm::exp(*log)).sum())
    }

    /// Whether a series has a figure in a month.
    pub(super) fn is_known(&self, series: usize, month: usize) -> bool {
        let count = self.series.get(series).and_then(|series| series.counts.get(month));
        count.is_some_and(|count| count.is_finite())
    }

    /// The first months of a series; none where there are not so many.
    pub(super) fn past(&self, series: usize, months: usize) -> &[f64] {
        let logs = self.series.get(series).and_then(|series| series.logs.get(..months));
        logs.unwrap_or_default()
    }

    /// Takes the national totals for the reference where they cover every month of the panel.
    fn refer(&mut self, evidence: &Evidence) -> Result<(), EvidenceError> {
        let mut national: BTreeMap<Month, f64> = BTreeMap::new();
        for period in evidence.periods("appointment_national") {
            let Period::Month(month) = period else { continue };
            let frame = evidence.frame("appointment_national", period)?;
            let total = total_of(&frame).filter(|total| *total > 0.0);
            national.extend(total.map(|total| (month, total)));
        }
        let months = last_run(national.keys().copied().collect());
        let last = self.span().1;
        if !months.contains(&self.first) || !months.contains(&last) {
            return Ok(());
        }
        self.reference_first = months.first().copied().unwrap_or(self.first);
        self.reference = months
            .iter()
            .filter_map(|month| {
                Some(libm::log(national.get(month)? / self.weekdays.open_days(*month)))
            })
            .collect();
        "appointments of England by month".clone_into(&mut self.reference_source);
        Ok(())
    }

    /// First and last month.
    #[must_use]
    pub fn span(&self) -> (Month, Month) {
        (self.first, month_after(self.first, self.open_days.len().saturating_sub(1)))
    }

    /// The positions of the series that lie in a place; all without one.
    pub(super) fn chosen(
        &self,
        evidence: &Evidence,
        within: Option<&Place>,
    ) -> Result<Vec<usize>, EvidenceError> {
        let Some(place) = within.filter(|place| !place.is_everywhere()) else {
            return Ok((0..self.series.len()).collect());
        };
        let known = evidence.affiliations(self.span().1.first_day())?;
        let inside: BTreeSet<&str> = known
            .iter()
            .filter(|row| place.holds(row))
            .filter_map(|row| row.code(self.level))
            .collect();
        let numbered = self.series.iter().enumerate();
        Ok(numbered
            .filter(|(_, series)| inside.contains(series.code.as_str()))
            .map(|(position, _)| position)
            .collect())
    }

    /// The reference as known when the panel has been seen up to (not including) a month, and its first calendar month,
    /// January as 0.
    pub(super) fn reference_before(&self, month: usize) -> (usize, &[f64]) {
        let end = months_between(self.reference_first, self.first) + month;
        (
            calendar_month(self.reference_first),
            self.reference.get(..end.min(self.reference.len())).unwrap_or_default(),
        )
    }
}

fn total_of(frame: &Frame) -> Option<f64> {
    let national = tables::appointment_national::Columns::of(frame);
    let is_total = |row: &usize| national.metric.get(*row) == Some("Total count of appointments");
    national.appointments.get((0..frame.rows()).find(is_total)?).copied()
}

/// The months without a gap that end with the last.
fn last_run(months: BTreeSet<Month>) -> Vec<Month> {
    let mut run: Vec<Month> = Vec::new();
    for month in months {
        if run.last().is_some_and(|last| last.next() != month) {
            run.clear();
        }
        run.push(month);
    }
    run
}

/// January as 0.
pub(super) fn calendar_month(month: Month) -> usize {
    usize::try_from(month.month - 1).unwrap_or(0)
}

fn months_between(from: Month, to: Month) -> usize {
    let count = |month: Month| i32::from(month.year) * 12 + i32::from(month.month);
    usize::try_from(count(to) - count(from)).unwrap_or(0)
}

/// The month some months later.
pub(super) fn month_after(month: Month, count: usize) -> Month {
    (0..count).fold(month, |month, _| month.next())
}
