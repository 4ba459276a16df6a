//! Whether the appointments that a practice or sub-ICB recorded can carry a comparison.
//!
//! Appointment data are experimental: categories may be unmapped, outcomes never entered, modes unknown to the supplier,
//! and some practices host a network's clinics. The thresholds stand, with their sources, in
//! `parameters/recording_quality.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use evidence::{Evidence, EvidenceError, Frame, TextColumn, tables};
use serde::Deserialize;
use vocab::{Level, Organisation, Period};

use crate::units::as_at;

/// What can be said against the recording of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Share of appointments whose category is unmapped or inconsistently mapped.
    Unmapped,
    /// Share of appointments whose outcome is unknown.
    UnknownStatus,
    /// Share of appointments whose mode is unknown.
    UnknownMode,
    /// Appointments per 1,000 patients in the month below what a practice can be.
    FewAppointments,
    /// Appointments per 1,000 patients in the month above what a practice can be.
    ManyAppointments,
    /// Patients on the list below what a comparison needs.
    SmallList,
    /// Share of patients whose practices are in the data.
    Coverage,
}

/// The verdict on the recording of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordingVerdict {
    /// Nothing stands against it.
    Good,
    /// Read with care.
    Care,
    /// Not to be compared.
    NotComparable,
}

/// What an organisation recorded in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Whose.
    pub organisation: Organisation,
    /// Appointments in the month.
    pub appointments: f64,
    /// Patients on the list; nothing where no list names the organisation.
    pub patients: Option<f64>,
    /// The figure behind each doubt, whether or not it passes its threshold.
    pub figures: BTreeMap<Doubt, f64>,
    /// The doubts that pass a threshold, and how badly.
    pub doubts: BTreeMap<Doubt, RecordingVerdict>,
    /// The worst of them.
    pub verdict: RecordingVerdict,
}

/// A threshold: past `care` a figure is read with care, past `not_comparable` it is not compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Threshold {
    doubt: Doubt,
    /// Whether the figure must stay below or above the thresholds.
    bound: Bound,
    care: f64,
    not_comparable: Option<f64>,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Bound {
    AtMost,
    AtLeast,
}

/// Where a threshold comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    kind: String,
    reference: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thresholds {
    description: String,
    threshold: Vec<Threshold>,
}

static THRESHOLDS: LazyLock<Thresholds> = LazyLock::new(|| {
    toml::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/recording_quality.toml"
    )))
    .expect("the file inside the program can be read because a test reads it")
});

/// A threshold in words for a page: the doubt, the limits, their unit, and where they come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// What is looked at.
    pub doubt: Doubt,
    /// Past this it is read with care.
    pub care: f64,
    /// Past this it is not compared.
    pub not_comparable: Option<f64>,
    /// The unit of both.
    pub unit: &'static str,
    /// `published` or `assumption`.
    pub kind: &'static str,
    /// Where they come from.
    pub reference: &'static str,
}

/// The rules by which recording is judged, and what they are for.
#[must_use]
pub fn rules() -> (&'static str, Vec<Rule>) {
    let rule = |one: &'static Threshold| Rule {
        doubt: one.doubt,
        care: one.care,
        not_comparable: one.not_comparable,
        unit: &one.unit,
        kind: &one.source.kind,
        reference: &one.source.reference,
    };
    (&THRESHOLDS.description, THRESHOLDS.threshold.iter().map(rule).collect())
}

/// Judges the recording of appointments in a month, of practices or of sub-ICB locations, in order of code.
///
/// # Errors
/// When a table cannot be read.
pub fn recording(
    evidence: &Evidence,
    period: Period,
    level: Level,
) -> Result<Vec<Recording>, EvidenceError> {
    let (table, column) = match level {
        Level::Practice => ("appointment", "practice"),
        _ => ("appointment_sub_icb", "sub_icb"),
    };
    let frame = evidence.frame(table, period)?;
    let tallies = tallies(&frame, column);
    let lists = lists(evidence, period, level)?;
    let coverage =
        if level == Level::Practice { BTreeMap::new() } else { coverage(evidence, period)? };
    Ok(tallies
        .into_iter()
        .map(|(code, tally)| {
            let patients = lists.get(&code).copied();
            let figures = tally.figures(patients, coverage.get(&code).copied());
            judged(Organisation { level, code }, tally.all, patients, figures)
        })
        .collect())
}

fn judged(
    organisation: Organisation,
    appointments: f64,
    patients: Option<f64>,
    figures: BTreeMap<Doubt, f64>,
) -> Recording {
    let mut doubts = BTreeMap::new();
    for threshold in &THRESHOLDS.threshold {
        let Some(figure) = figures.get(&threshold.doubt) else { continue };
        let past = |limit: f64| match threshold.bound {
            Bound::AtMost => *figure > limit,
            Bound::AtLeast => *figure < limit,
        };
        if threshold.not_comparable.is_some_and(past) {
            doubts.insert(threshold.doubt, RecordingVerdict::NotComparable);
        } else if past(threshold.care) {
            doubts.insert(threshold.doubt, RecordingVerdict::Care);
        }
    }
    let verdict = doubts.values().copied().max().unwrap_or(RecordingVerdict::Good);
    Recording { organisation, appointments, patients, figures, doubts, verdict }
}

/// Appointments of an organisation, and those of them about which something is not known.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    all: f64,
    unmapped: f64,
    unknown_status: f64,
    unknown_mode: f64,
    has_categories: bool,
}

impl Tally {
    fn figures(&self, patients: Option<f64>, coverage: Option<f64>) -> BTreeMap<Doubt, f64> {
        let mut figures = BTreeMap::new();
        if self.all > 0.0 {
            if self.has_categories {
                figures.insert(Doubt::Unmapped, self.unmapped / self.all);
            }
            figures.insert(Doubt::UnknownStatus, self.unknown_status / self.all);
            figures.insert(Doubt::UnknownMode, self.unknown_mode / self.all);
        }
        if let Some(patients) = patients.filter(|patients| *patients > 0.0) {
            let rate = self.all / patients * 1_000.0;
            figures.insert(Doubt::FewAppointments, rate);
            figures.insert(Doubt::ManyAppointments, rate);
            figures.insert(Doubt::SmallList, patients);
        }
        figures.extend(coverage.map(|share| (Doubt::Coverage, share)));
        figures
    }
}

fn tallies(frame: &Frame, column: &str) -> BTreeMap<String, Tally> {
    let (Some(units), Some(amounts)) = (frame.text(column), frame.number("appointments")) else {
        return BTreeMap::new();
    };
    let unmapped = holds(frame.text("category"), &["Unmapped", "Inconsistent Mapping"]);
    let unknown_status = holds(frame.text("status"), &["unknown"]);
    let unknown_mode = holds(frame.text("mode"), &["unknown"]);
    let mut tallies = vec![Tally::default(); units.words.len()];
    for (row, unit) in units.codes.iter().enumerate() {
        let (Some(tally), Some(amount)) = (tallies.get_mut(*unit as usize), amounts.get(row))
        else {
            continue;
        };
        if amount.is_nan() {
            continue;
        }
        tally.all += amount;
        tally.has_categories = frame.text("category").is_some();
        tally.unmapped += if unmapped(row) { *amount } else { 0.0 };
        tally.unknown_status += if unknown_status(row) { *amount } else { 0.0 };
        tally.unknown_mode += if unknown_mode(row) { *amount } else { 0.0 };
    }
    units.words.iter().cloned().zip(tallies).collect()
}

/// Whether a row has one of some words in a column.
fn holds<'a>(column: Option<&'a TextColumn>, words: &[&str]) -> impl Fn(usize) -> bool + use<'a> {
    let wanted: Vec<bool> = column
        .map(|column| column.words.iter().map(|word| words.contains(&word.as_str())).collect())
        .unwrap_or_default();
    move |row| {
        let code =
            column.and_then(|column| column.codes.get(row)).copied().unwrap_or(TextColumn::NONE);
        wanted.get(code as usize).copied().unwrap_or(false)
    }
}

fn lists(
    evidence: &Evidence,
    period: Period,
    level: Level,
) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let mut lists: BTreeMap<String, f64> = BTreeMap::new();
    let Some(found) = evidence.nearest_period("list_size", period) else { return Ok(lists) };
    let frame = evidence.frame("list_size", found)?;
    let known = evidence.affiliations(as_at(period))?;
    let listed = tables::list_size::Columns::of(&frame);
    let sizes = listed.patients.iter().enumerate().filter(|(_, patients)| patients.is_finite());
    for (row, patients) in sizes {
        let Some(practice) = listed.practice.get(row) else { continue };
        let code = if level == Level::Practice {
            Some(practice)
        } else {
            known.of(practice).and_then(|of| of.code(level))
        };
        if let Some(code) = code {
            *lists.entry(code.to_owned()).or_default() += patients;
        }
    }
    Ok(lists)
}

/// Share of patients of each sub-ICB whose practices are in the data.
fn coverage(evidence: &Evidence, period: Period) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let frame = evidence.frame("coverage", period)?;
    let covered = tables::coverage::Columns::of(&frame);
    Ok((0..frame.rows())
        .filter_map(|row| {
            let open = covered.patients_open.get(row).filter(|open| **open > 0.0)?;
            let share = covered.patients_included.get(row)? / open;
            share.is_finite().then_some((covered.sub_icb.get(row)?.to_owned(), share))
        })
        .collect())
}
