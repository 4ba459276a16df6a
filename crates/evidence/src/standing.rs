//! Where practices stand: the areas of councils whose published outline holds a practice's main site.
//!
//! Nothing is guessed. A practice without coordinates stands where another practice of exactly its postcode stands;
//! otherwise, and where outlines leave a point out or overlap on it, it is not placed.

use std::collections::BTreeMap;

use crate::affiliation::Affiliation;
use crate::evidence::{Evidence, EvidenceError};
use crate::frame::Frame;
use crate::outline::Outline;

/// Kinds of area with outlines in which practices may stand.
const OUTLINED: [&str; 2] = ["local_authority", "lsoa21"];
/// Kinds of larger area into which a small area falls whole, by a lookup.
const LARGER: [&str; 2] = ["ward", "msoa21"];

/// An area that is no organisation of the health service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouncilArea {
    /// Its kind: `local_authority`, `ward`, `msoa21` or `lsoa21`.
    pub kind: String,
    /// Its name as published.
    pub name: String,
}

/// The areas with a known outline, and which of them each practice stands in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    areas: BTreeMap<String, CouncilArea>,
    stands: BTreeMap<String, Vec<String>>,
    points: BTreeMap<String, (f64, f64)>,
}

impl Standing {
    /// Works out where practices stand from their points, the outlines and the lookups.
    pub(crate) fn of(evidence: &Evidence) -> Result<Self, EvidenceError> {
        let points = points(evidence)?;
        let mut found = Self::default();
        for kind in OUTLINED {
            let outlines = found.take_outlines(evidence, kind)?;
            for (practice, at) in &points {
                let mut holders = outlines.iter().filter(|(_, outline)| outline.holds(*at));
                if let (Some((only, _)), None) = (holders.next(), holders.next()) {
                    found.stands.entry(practice.clone()).or_default().push(only.clone());
                }
            }
        }
        found.take_larger(evidence)?;
        found.points = points;
        Ok(found)
    }

    /// The outlines of a kind in the latest edition that has any.
    fn take_outlines(
        &mut self,
        evidence: &Evidence,
        kind: &str,
    ) -> Result<Vec<(String, Outline)>, EvidenceError> {
        for edition in evidence.periods("boundary").into_iter().rev() {
            let frame = evidence.frame("boundary", edition)?;
            let outlines: Vec<(String, Outline)> = (0..frame.rows())
                .filter(|row| text(&frame, "kind", *row) == Some(kind))
                .filter_map(|row| {
                    let code = text(&frame, "area", row)?;
                    let name = text(&frame, "name", row).unwrap_or(code).to_owned();
                    let outline = Outline::of_json(text(&frame, "rings", row)?)?;
                    self.areas.insert(code.to_owned(), CouncilArea { kind: kind.to_owned(), name });
                    Some((code.to_owned(), outline))
                })
                .collect();
            if !outlines.is_empty() {
                return Ok(outlines);
            }
        }
        Ok(Vec::new())
    }

    /// Wards and middle-layer areas of the small areas whose outline is known.
    fn take_larger(&mut self, evidence: &Evidence) -> Result<(), EvidenceError> {
        let mut parents: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for period in evidence.periods("lookup") {
            let frame = evidence.frame("lookup", period)?;
            let weights = frame.number("weight").unwrap_or_default();
            for row in 0..frame.rows() {
                let whole = weights.get(row).is_none_or(|weight| weight.is_nan() || *weight >= 1.0);
                let (Some(area), Some(kind), Some(parent)) = (
                    text(&frame, "area", row).filter(|area| self.areas.contains_key(*area)),
                    text(&frame, "parent_kind", row).filter(|kind| LARGER.contains(kind) && whole),
                    text(&frame, "parent", row),
                ) else {
                    continue;
                };
                let name = text(&frame, "parent_name", row).unwrap_or(parent).to_owned();
                self.areas.insert(parent.to_owned(), CouncilArea { kind: kind.to_owned(), name });
                let of_area = parents.entry(area.to_owned()).or_default();
                of_area.insert(kind.to_owned(), parent.to_owned());
            }
        }
        for codes in self.stands.values_mut() {
            let more: Vec<String> = codes
                .iter()
                .filter_map(|code| parents.get(code))
                .flat_map(|larger| larger.values().cloned())
                .collect();
            codes.extend(more);
        }
        Ok(())
    }

    /// Writes into each affiliation the areas in which it stands.
    pub(crate) fn place(&self, rows: &mut BTreeMap<String, Affiliation>) {
        let mut by_postcode: BTreeMap<String, Option<&Vec<String>>> = BTreeMap::new();
        for row in rows.values().filter(|row| !row.postcode.is_empty()) {
            let Some(codes) = self.stands.get(&row.practice) else { continue };
            let known = by_postcode.entry(row.postcode.clone()).or_insert(Some(codes));
            *known = known.filter(|known| *known == codes);
        }
        for row in rows.values_mut() {
            let beside = || by_postcode.get(&row.postcode).copied().flatten();
            row.stands_in =
                self.stands.get(&row.practice).or_else(beside).cloned().unwrap_or_default();
        }
    }

    /// The practices whose point lies inside an outline.
    pub(crate) fn inside<'a>(&'a self, outline: &'a Outline) -> impl Iterator<Item = &'a str> {
        let inside = self.points.iter().filter(|(_, at)| outline.holds(**at));
        inside.map(|(practice, _)| practice.as_str())
    }

    /// The area of a code.
    #[must_use]
    pub fn area(&self, code: &str) -> Option<&CouncilArea> {
        self.areas.get(code)
    }

    /// Every area by code.
    pub fn areas(&self) -> impl Iterator<Item = (&str, &CouncilArea)> {
        self.areas.iter().map(|(code, area)| (code.as_str(), area))
    }
}

impl CouncilArea {
    /// Its kind in words.
    #[must_use]
    pub fn kind_in_words(&self) -> &'static str {
        match self.kind.as_str() {
            "local_authority" => "local authority",
            "ward" => "ward",
            "msoa21" => "middle-layer area",
            _ => "small area",
        }
    }
}

/// The points of practices: longitude and latitude, the latest that is known.
fn points(evidence: &Evidence) -> Result<BTreeMap<String, (f64, f64)>, EvidenceError> {
    let mut points = BTreeMap::new();
    for period in evidence.periods("location") {
        let frame = evidence.frame("location", period)?;
        let at = |name: &str, row: usize| {
            let value = frame.number(name)?.get(row).copied()?;
            value.is_finite().then_some(value)
        };
        for row in 0..frame.rows() {
            if text(&frame, "kind", row) == Some("practice")
                && let (Some(code), Some(x), Some(y)) =
                    (text(&frame, "organisation", row), at("longitude", row), at("latitude", row))
            {
                points.insert(code.to_owned(), (x, y));
            }
        }
    }
    Ok(points)
}

fn text<'a>(frame: &'a Frame, name: &str, row: usize) -> Option<&'a str> {
    frame.text(name).and_then(|column| column.get(row))
}
