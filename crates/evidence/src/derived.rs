//! Tables that follow from others: the deprivation of a practice's patients.
//!
//! Nobody publishes it for every edition, but two publications carry it: the patients of each practice by small area,
//! and the Indices of Deprivation of the areas. The practice's score is the mean of its patients' areas. Where a
//! third-party figure exists for an edition it stands; otherwise this one is worked out. Fingertips publishes such a
//! mean ready made: it stands where nothing can be worked out, or only for a part of its practices.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use vocab::Period;

use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::frame::Frame;
use crate::table::{Cell, Table};
use crate::tables::{DEPRIVATION, PRACTICE_DEPRIVATION, PUBLISHED, REGISTERED_AREA};

/// Share of a practice's patients whose areas must have an index for the mean to speak for the practice: an
/// assumption; below it the practice has no score.
const SPEAKS_FOR_ALL: f64 = 0.9;

/// The number by which Fingertips publishes the deprivation score of practices.
const PUBLISHED_SCORE: &str = "93553";

/// A table that was worked out, and the tables and periods that it rests on.
#[derive(Debug)]
pub(crate) struct Derived {
    pub(crate) frame: Arc<Frame>,
    pub(crate) basis: Vec<(&'static Table, Period)>,
}

/// Whether a table can be worked out from others.
pub(crate) fn follows(table: &Table) -> bool {
    table.name == PRACTICE_DEPRIVATION.name
}

/// The deprivation of practices by edition of the Indices, from the latest extract of patients by area that uses the
/// areas of the edition's census.
pub(crate) fn frames(evidence: &Evidence) -> Result<BTreeMap<Period, Derived>, EvidenceError> {
    let mut frames = BTreeMap::new();
    let extracts = evidence.periods(REGISTERED_AREA.name);
    for edition in evidence.periods(DEPRIVATION.name) {
        let deprivation = evidence.frame(DEPRIVATION.name, edition)?;
        let scores = scores(&deprivation);
        for extract in extracts.iter().rev() {
            let frame = means(&*evidence.frame(REGISTERED_AREA.name, *extract)?, &scores);
            if frame.rows() > 0 {
                let basis = vec![(&REGISTERED_AREA, *extract), (&DEPRIVATION, edition)];
                frames.insert(edition, Derived { frame: Arc::new(frame), basis });
                break;
            }
        }
    }
    for edition in evidence.periods(PUBLISHED.name) {
        let frame = published(&*evidence.frame(PUBLISHED.name, edition)?);
        let worked_out = frames.get(&edition).map_or(0, |derived| derived.frame.rows());
        if (worked_out as f64) < SPEAKS_FOR_ALL * frame.rows() as f64 {
            let basis = vec![(&PUBLISHED, edition)];
            frames.insert(edition, Derived { frame: Arc::new(frame), basis });
        }
    }
    Ok(frames)
}

/// The scores of practices that Fingertips publishes for a year.
fn published(frame: &Frame) -> Frame {
    let (Some(indicator), Some(kind), Some(area), Some(value)) = (
        frame.text("indicator_id"),
        frame.text("area_type"),
        frame.text("area"),
        frame.number("value"),
    ) else {
        return Frame::empty(&PRACTICE_DEPRIVATION);
    };
    let is_practice = |row: usize| matches!(kind.get(row), Some("GP" | "GPs"));
    let scores = (0..frame.rows())
        .filter(|row| indicator.get(*row) == Some(PUBLISHED_SCORE) && is_practice(*row))
        .filter_map(|row| Some((area.get(row)?, *value.get(row)?)))
        .filter(|(_, score)| score.is_finite());
    with_tenths(scores.collect())
}

/// The overall score of each area.
fn scores(deprivation: &Frame) -> FxHashMap<&str, f64> {
    let (Some(area), Some(domain), Some(score)) =
        (deprivation.text("area"), deprivation.text("domain"), deprivation.number("score"))
    else {
        return FxHashMap::default();
    };
    (0..deprivation.rows())
        .filter(|row| domain.get(*row) == Some("overall"))
        .filter_map(|row| Some((area.get(row)?, *score.get(row)?)))
        .filter(|(_, score)| score.is_finite())
        .collect()
}

/// Patients with a score, their scores added up, and all patients of a practice.
#[derive(Default)]
struct Sums {
    scored: f64,
    score: f64,
    patients: f64,
}

/// The mean score of each practice whose patients' areas are known well enough.
fn means(registered: &Frame, scores: &FxHashMap<&str, f64>) -> Frame {
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    if let (Some(practice), Some(area), Some(patients)) =
        (registered.text("practice"), registered.text("area"), registered.number("patients"))
    {
        let scores: Vec<Option<f64>> =
            area.words.iter().map(|word| scores.get(word.as_str()).copied()).collect();
        for (row, &people) in patients.iter().enumerate() {
            let Some(code) = practice.get(row).filter(|_| people.is_finite()) else { continue };
            let of = sums.entry(code).or_default();
            of.patients += people;
            let index = area.codes.get(row).and_then(|code| scores.get(*code as usize).copied());
            if let Some(score) = index.flatten() {
                of.scored += people;
                of.score += people * score;
            }
        }
    }
    let found = sums
        .into_iter()
        .filter(|(_, of)| of.scored > 0.0 && of.scored >= SPEAKS_FOR_ALL * of.patients)
        .map(|(code, of)| (code, of.score / of.scored));
    with_tenths(found.collect())
}

/// Practices and their scores as a table, the most deprived first, with tenths of practices.
fn with_tenths(mut found: Vec<(&str, f64)>) -> Frame {
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let mut frame = Frame::empty(&PRACTICE_DEPRIVATION);
    for (position, (code, score)) in found.iter().enumerate() {
        let tenth = (position * 10 / found.len() + 1) as f64;
        frame.push(&[
            Cell::Text(code),
            Cell::Text("practice"),
            Cell::Number(*score),
            Cell::Number(tenth),
        ]);
    }
    frame
}
