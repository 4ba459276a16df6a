//! The map of a place: its small areas shaded, its practices as points.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, Frame, tables};
use indicators::{Definition, Evaluation};
use vocab::Period;

use crate::address;
use crate::findings::{observed, verdict};
use kit::map::{Area, Spot};
use kit::text::title_case;

/// What the small areas are shaded by.
#[derive(Debug, Clone, PartialEq)]
pub struct Shading {
    /// The areas with their outlines and figures.
    pub areas: Vec<Area>,
    /// The period of the figures.
    pub period: Option<Period>,
}

/// The small areas of larger ones (by their codes), shaded by the score of deprivation.
///
/// # Errors
/// When a table cannot be read.
pub fn small_areas(
    evidence: &Evidence,
    parents: &BTreeSet<String>,
) -> Result<Shading, EvidenceError> {
    let held = areas_of(evidence, parents)?;
    let (scores, period) = deprivation(evidence)?;
    let values: BTreeMap<&str, Option<f64>> =
        held.iter().map(|code| (code.as_str(), scores.get(code).copied())).collect();
    Ok(Shading { areas: outlined(evidence, &values)?, period })
}

/// The outlines of small areas, each with its figure, in order of code; areas without an outline are left out.
///
/// # Errors
/// When a table cannot be read.
pub fn outlined(
    evidence: &Evidence,
    values: &BTreeMap<&str, Option<f64>>,
) -> Result<Vec<Area>, EvidenceError> {
    let mut areas = Vec::new();
    for edition in evidence.periods("boundary") {
        let frame = evidence.frame("boundary", edition)?;
        for (code, name, rings) in outlines(&frame, "lsoa21") {
            if let Some(value) = values.get(code) {
                areas.push(Area {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    href: None,
                    value: *value,
                    rings: parsed(rings),
                });
            }
        }
    }
    areas.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(areas)
}

/// The codes of the small areas that lie in larger ones.
fn areas_of(
    evidence: &Evidence,
    parents: &BTreeSet<String>,
) -> Result<BTreeSet<String>, EvidenceError> {
    let mut held = BTreeSet::new();
    for period in evidence.periods("lookup") {
        let frame = evidence.frame("lookup", period)?;
        let links = tables::lookup::Columns::of(&frame);
        let wanted = links.parent.words.iter().map(|word| parents.contains(word));
        let wanted: Vec<bool> = wanted.collect();
        for row in 0..frame.rows() {
            let hit = links.parent.codes.get(row).and_then(|code| wanted.get(*code as usize));
            if let (Some(true), Some(code)) = (hit, links.area.get(row)) {
                held.insert(code.to_owned());
            }
        }
    }
    Ok(held)
}

/// The overall score of deprivation by area, in the latest edition.
fn deprivation(
    evidence: &Evidence,
) -> Result<(BTreeMap<String, f64>, Option<Period>), EvidenceError> {
    let period = evidence.periods("deprivation").last().copied();
    let mut scores = BTreeMap::new();
    if let Some(period) = period {
        let frame = evidence.frame("deprivation", period)?;
        let areas = tables::deprivation::Columns::of(&frame);
        for row in 0..frame.rows() {
            let overall = areas.domain.get(row) == Some("overall");
            let score = areas.score.get(row).copied().filter(|score| score.is_finite());
            if let (true, Some(code), Some(score)) = (overall, areas.area.get(row), score) {
                scores.insert(code.to_owned(), score);
            }
        }
    }
    Ok((scores, period))
}

/// Integrated care boards with their outlines and the figures of an evaluation at that level. The outlines carry the
/// codes of the statistics office, so they are matched by name.
///
/// # Errors
/// When the table cannot be read.
pub fn boundaries_of_icbs(
    evidence: &Evidence,
    evaluation: &Evaluation,
) -> Result<Vec<Area>, EvidenceError> {
    let by_name: BTreeMap<String, &indicators::Row> =
        evaluation.rows.iter().map(|row| (plain_name(&row.name), row)).collect();
    let mut areas = Vec::new();
    for edition in evidence.periods("boundary") {
        let frame = evidence.frame("boundary", edition)?;
        areas.extend(outlines(&frame, "icb").map(|(code, name, rings)| {
            let row = by_name.get(&plain_name(name));
            Area {
                code: row.map_or_else(|| code.to_owned(), |row| row.organisation.code.clone()),
                name: row.map_or_else(|| name.to_owned(), |row| title_case(&row.name)),
                href: row.map(|row| address::to(&row.organisation)),
                value: row.and_then(|row| observed(row).value()),
                rings: parsed(rings),
            }
        }));
    }
    areas.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(areas)
}

/// The practices of an evaluation as points, where their places are known.
///
/// # Errors
/// When the table cannot be read.
pub fn spots(
    evidence: &Evidence,
    definition: &Definition,
    evaluation: &Evaluation,
) -> Result<Vec<Spot>, EvidenceError> {
    let mut places = BTreeMap::new();
    for period in evidence.periods("location") {
        let frame = evidence.frame("location", period)?;
        let located = tables::location::Columns::of(&frame);
        for row in 0..frame.rows() {
            let at = |values: &[f64]| values.get(row).copied();
            if let (Some(code), Some(latitude), Some(longitude)) =
                (located.organisation.get(row), at(located.latitude), at(located.longitude))
                && latitude.is_finite()
                && longitude.is_finite()
            {
                places.insert(code.to_owned(), (longitude, latitude));
            }
        }
    }
    let spot = |row: &indicators::Row| {
        Some(Spot {
            code: row.organisation.code.clone(),
            name: title_case(&row.name),
            href: Some(address::to(&row.organisation)),
            at: *places.get(&row.organisation.code)?,
            value: observed(row).value(),
            verdict: verdict(definition, &row.england),
            named: false,
        })
    };
    Ok(evaluation.rows.iter().filter_map(spot).collect())
}

/// Code, name and rings of the outlines of a kind.
fn outlines<'a>(
    frame: &'a Frame,
    kind: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    let known = tables::boundary::Columns::of(frame);
    let rows = (0..frame.rows()).filter(move |row| known.kind.get(*row) == Some(kind));
    rows.filter_map(move |row| {
        let name = known.name.get(row).unwrap_or_default();
        Some((known.area.get(row)?, name, known.rings.get(row)?))
    })
}

/// Rings out of their JSON: polygons of rings of points; nothing for what is no such list.
fn parsed(rings: &str) -> Vec<Vec<(f64, f64)>> {
    let polygons: Vec<Vec<Vec<(f64, f64)>>> = serde_json::from_str(rings).unwrap_or_default();
    polygons.into_iter().flatten().collect()
}

/// The name of an integrated care board without what differs between publications.
fn plain_name(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace("integrated care board", "").replace(" icb", "");
    name.replace("nhs", "").chars().filter(char::is_ascii_alphanumeric).collect()
}
