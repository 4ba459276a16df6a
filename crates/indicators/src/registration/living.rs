//! The second rule of belonging: people who live in a place, whichever practice they are with.

use std::collections::BTreeSet;

use evidence::{Evidence, EvidenceError, Place, tables};
use vocab::Period;

use crate::small_areas::areas_of;
use crate::units::as_at;

/// People on lists who live in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Living {
    /// The day of the lists.
    pub lists: Period,
    /// How many small areas the place has.
    pub areas: usize,
    /// How many practices they are with.
    pub practices: usize,
    /// How many they are.
    pub patients: f64,
    /// How many of them are with practices that belong to the place by the first rule.
    pub of_own: f64,
}

/// The people on lists who live in a place, or why nobody can say.
///
/// # Errors
/// When a table cannot be read.
pub fn living(
    evidence: &Evidence,
    place: &Place,
) -> Result<Result<Living, &'static str>, EvidenceError> {
    let Some(lists) = evidence.periods("registered_area").last().copied() else {
        return Ok(Err(
            "who lives there is not known, because no lists by small area are imported: import patients by practice and small area (gp-reg-pat-prac-lsoa)",
        ));
    };
    if !place.is_of_areas() {
        return Ok(Err(
            "networks, practices and postcodes have no area of their own in which people live",
        ));
    }
    let known = evidence.affiliations(as_at(lists))?;
    let areas = areas_of(evidence, place, &known)?;
    if areas.is_empty() {
        return Ok(Err(
            "no small areas of it are known: import a lookup of small areas to councils and sub-ICB locations",
        ));
    }
    let frame = evidence.frame("registered_area", lists)?;
    let registered = tables::registered_area::Columns::of(&frame);
    let apart = registered.sex.code_of("female").is_some();
    let (mut practices, mut patients, mut of_own) = (BTreeSet::new(), 0.0, 0.0);
    for (row, count) in registered.patients.iter().enumerate() {
        let together = registered.sex.get(row).is_none_or(|sex| sex == "all");
        let lives = registered.area.get(row).is_some_and(|area| areas.contains(area));
        if !lives || (apart && together) || !count.is_finite() {
            continue;
        }
        let practice = registered.practice.get(row).unwrap_or_default();
        practices.insert(practice);
        patients += count;
        if known.of(practice).is_some_and(|row| place.is_everywhere() || place.holds(row)) {
            of_own += count;
        }
    }
    Ok(Ok(Living { lists, areas: areas.len(), practices: practices.len(), patients, of_own }))
}
