//! Where practices stand: the areas of councils whose published outline holds a practice's main site.
//!
//! Nothing is guessed. A practice without coordinates stands where another practice of exactly its postcode stands;
//! otherwise, and where outlines leave a point out or overlap on it, it is not placed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::affiliation::Affiliation;
use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::frame::Frame;
use crate::larger::{Larger, larger};
use crate::outline::Outline;

/// Kinds of area with outlines in which practices may stand.
const OUTLINED: [&str; 2] = [COUNCIL, SMALL];
/// Kinds of larger area into which a small area falls whole, by a lookup.
const LARGER: [&str; 2] = ["ward", "msoa21"];
/// The kind of a council, and that of a small area.
const COUNCIL: &str = "local_authority";
const SMALL: &str = "lsoa21";

/// What each small area lies in: whether a ward or middle-layer area (and not a council), and its code.
type Parents = BTreeMap<String, BTreeSet<(bool, String)>>;

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
    larger: BTreeMap<String, Larger>,
    /// Wards and middle-layer areas that lookups name and of which some small area has no known outline.
    without_outline: BTreeMap<String, CouncilArea>,
    /// The councils of small areas, wards and middle-layer areas.
    councils: BTreeMap<String, BTreeSet<String>>,
    stands: BTreeMap<String, Vec<String>>,
    points: BTreeMap<String, (f64, f64)>,
}

impl Evidence {
    /// Where practices stand, worked out once: outlines and points do not change with the day.
    pub(crate) fn standing(&self) -> Result<Arc<Standing>, EvidenceError> {
        self.kept().once("", || Standing::of(self))
    }
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
        found.larger = larger(evidence, &found.areas)?;
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

    /// Wards and middle-layer areas of the small areas whose outline is known; those with a small area whose outline is
    /// not known are noted apart.
    fn take_larger(&mut self, evidence: &Evidence) -> Result<(), EvidenceError> {
        let mut parents = Parents::new();
        let mut found: BTreeMap<String, CouncilArea> = BTreeMap::new();
        for period in evidence.periods("lookup") {
            let frame = evidence.frame("lookup", period)?;
            let weights = frame.number("weight").unwrap_or_default();
            for row in 0..frame.rows() {
                let whole = weights.get(row).is_none_or(|weight| weight.is_nan() || *weight >= 1.0);
                let (Some(area), Some(kind), Some(parent)) = (
                    text(&frame, "area", row)
                        .filter(|_| text(&frame, "area_kind", row) == Some(SMALL)),
                    text(&frame, "parent_kind", row),
                    text(&frame, "parent", row),
                ) else {
                    continue;
                };
                let is_larger = LARGER.contains(&kind) && whole;
                if is_larger {
                    let name = text(&frame, "parent_name", row).unwrap_or(parent).to_owned();
                    found.insert(parent.to_owned(), CouncilArea { kind: kind.to_owned(), name });
                }
                if is_larger || kind == COUNCIL {
                    let of_area = parents.entry(area.to_owned()).or_default();
                    of_area.insert((is_larger, parent.to_owned()));
                }
            }
        }
        self.take_wholes(&parents, found);
        for codes in self.stands.values_mut() {
            let larger = codes.iter().filter_map(|code| parents.get(code));
            let larger = larger.flatten().filter(|(is_larger, _)| *is_larger).map(|(_, code)| code);
            let more: Vec<String> =
                larger.filter(|code| self.areas.contains_key(*code)).cloned().collect();
            codes.extend(more);
        }
        Ok(())
    }

    /// Keeps the larger areas of which every small area has an outline, and notes the others and the councils of all.
    fn take_wholes(&mut self, parents: &Parents, mut found: BTreeMap<String, CouncilArea>) {
        for (small, parents) in parents {
            let outlined = self.areas.contains_key(small);
            let of = |larger: bool| {
                parents.iter().filter(move |(is, _)| *is == larger).map(|(_, code)| code)
            };
            for code in of(true).chain([small]) {
                let councils = self.councils.entry(code.clone()).or_default();
                councils.extend(of(false).cloned());
                if !outlined && let Some(area) = found.remove(code) {
                    self.without_outline.insert(code.clone(), area);
                }
            }
        }
        self.areas.extend(found);
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

    /// Wards and middle-layer areas by code that lookups name and whose outline is not known.
    pub fn without_outline(&self) -> impl Iterator<Item = (&str, &CouncilArea)> {
        self.without_outline.iter().map(|(code, area)| (code.as_str(), area))
    }

    /// The councils in which an area lies.
    pub fn councils_of(&self, code: &str) -> impl Iterator<Item = &str> {
        self.councils.get(code).into_iter().flatten().map(String::as_str)
    }

    /// Whether a practice may stand in an area without being known to: it stands in no area of that kind, and in no
    /// council but those of the area.
    #[must_use]
    pub fn may_stand(&self, stands_in: &[String], code: &str) -> bool {
        let of_kind = |kind: &'static str| {
            stands_in.iter().filter(move |at| self.area(at).is_some_and(|area| area.kind == kind))
        };
        let in_council = |council: &String| self.councils_of(code).any(|of| of == council);
        match self.area(code).map(|area| area.kind.as_str()) {
            None => false,
            Some(COUNCIL) => of_kind(COUNCIL).next().is_none(),
            Some(_) => of_kind(SMALL).next().is_none() && of_kind(COUNCIL).all(in_council),
        }
    }

    /// The name of an area, be it made of councils or not.
    #[must_use]
    pub fn name_of(&self, code: &str) -> Option<&str> {
        let name = self.areas.get(code).map(|area| area.name.as_str());
        name.or_else(|| self.larger.get(code).map(|area| area.name.as_str()))
    }

    /// The area made of councils that has a code.
    #[must_use]
    pub fn made_of_councils(&self, code: &str) -> Option<&Larger> {
        self.larger.get(code)
    }

    /// Every area made of councils by code.
    pub fn larger(&self) -> impl Iterator<Item = (&str, &Larger)> {
        self.larger.iter().map(|(code, area)| (code.as_str(), area))
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
