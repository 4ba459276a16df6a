//! The small areas of 2021 that a place is made of, and the larger ones they lie in, as the lookups have it.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Frame, Place, tables};
use vocab::Level;

use crate::service_codes::ServiceCodes;

/// The small areas of a place by the lookup of its boards, sub-ICB locations and council areas; all of England for England;
/// none where a part of it is no area.
///
/// # Errors
/// When a lookup cannot be read.
pub fn areas_of(
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
) -> Result<BTreeSet<String>, EvidenceError> {
    // A part without residents would leave its people out of the whole.
    if !place.is_of_areas() {
        return Ok(BTreeSet::new());
    }
    let everywhere = place.is_everywhere();
    let mut codes: BTreeSet<String> = place.members.iter().map(|(_, code)| code.clone()).collect();
    let regional = place.members.iter().any(|(level, _)| *level == Level::Region);
    if regional {
        let rows = known.iter().filter(|row| place.holds(row));
        codes.extend(rows.filter_map(|row| row.code(Level::Icb)).map(str::to_owned));
    }
    let mut held = BTreeSet::new();
    let service = ServiceCodes::of(evidence)?;
    for period in evidence.periods("lookup") {
        let frame = evidence.frame("lookup", period)?;
        each_lookup(&frame, "lsoa21", |area, kind, parent, _| {
            let health = matches!(kind, "sub_icb" | "icb");
            let held_so =
                health || (kind == "local_authority" || kind == "ward" || kind == "msoa21");
            let parent = if health { service.at(parent) } else { parent };
            if (everywhere && health) || (held_so && codes.contains(parent)) || codes.contains(area)
            {
                held.insert(area.to_owned());
            }
        });
    }
    Ok(held)
}

/// The area of a kind (`local_authority`, `sub_icb`) that each small area lies in, by the latest lookup that names one, for all of
/// England.
///
/// # Errors
/// When a lookup cannot be read.
pub fn parents(evidence: &Evidence, kind: &str) -> Result<BTreeMap<String, String>, EvidenceError> {
    let service = ServiceCodes::of(evidence)?;
    let mut found = BTreeMap::new();
    for period in evidence.periods("lookup") {
        each_lookup(&*evidence.frame("lookup", period)?, "lsoa21", |area, of, parent, _| {
            if of == kind {
                found.insert(area.to_owned(), service.at(parent).to_owned());
            }
        });
    }
    Ok(found)
}

/// Score and tenth of deprivation of every small area, in the latest edition.
///
/// # Errors
/// When the table cannot be read.
pub fn deprivation(evidence: &Evidence) -> Result<BTreeMap<String, (f64, u8)>, EvidenceError> {
    let Some(period) = evidence.periods("deprivation").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("deprivation", period)?;
    let areas = tables::deprivation::Columns::of(&frame);
    let overall = areas.domain.code_of("overall");
    let rows = (0..frame.rows()).filter(|row| areas.domain.codes.get(*row).copied() == overall);
    Ok(rows
        .filter_map(|row| {
            let (score, decile) = (*areas.score.get(row)?, *areas.decile.get(row)?);
            let known = score.is_finite() && decile.is_finite();
            known.then(|| Some((areas.area.get(row)?.to_owned(), (score, decile as u8)))).flatten()
        })
        .collect())
}

/// Visits the rows of a lookup for a kind of area: area, kind of the larger one, its code, and the share in it.
pub fn each_lookup(frame: &Frame, kind: &str, mut visit: impl FnMut(&str, &str, &str, f64)) {
    let links = tables::lookup::Columns::of(frame);
    for row in 0..frame.rows() {
        if links.area_kind.get(row) != Some(kind) {
            continue;
        }
        if let (Some(area), Some(parent_kind), Some(parent)) =
            (links.area.get(row), links.parent_kind.get(row), links.parent.get(row))
        {
            let weight = links.weight.get(row).copied().filter(|weight| weight.is_finite());
            visit(area, parent_kind, parent, weight.unwrap_or(1.0));
        }
    }
}

/// Names of small areas, from whichever lookup gives them.
///
/// # Errors
/// When a lookup cannot be read.
pub fn names(evidence: &Evidence) -> Result<BTreeMap<String, String>, EvidenceError> {
    let mut names = BTreeMap::new();
    for period in evidence.periods("lookup") {
        let frame = evidence.frame("lookup", period)?;
        let links = tables::lookup::Columns::of(&frame);
        for row in (0..frame.rows()).filter(|row| links.area_kind.get(*row) == Some("lsoa21")) {
            if let (Some(code), Some(name)) = (links.area.get(row), links.area_name.get(row)) {
                names.entry(code.to_owned()).or_insert_with(|| name.to_owned());
            }
        }
    }
    Ok(names)
}
