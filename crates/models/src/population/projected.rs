//! Published projections: how many people of each sex and age a local authority is expected to have, year by year.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use evidence::{Evidence, EvidenceError, Frame};
use indicators::small_areas::each_lookup;
use vocab::Period;

use super::{AGES, Area};

/// The published people of an authority, by year.
pub(super) type Years = BTreeMap<i16, Area>;

/// The local authority of small areas, by the latest lookup that names one, for all of England.
pub(super) fn authorities(evidence: &Evidence) -> Result<BTreeMap<String, String>, EvidenceError> {
    let mut found = BTreeMap::new();
    for period in evidence.periods("lookup") {
        each_lookup(&*evidence.frame("lookup", period)?, "lsoa21", |area, kind, parent, _| {
            if kind == "local_authority" {
                found.insert(area.to_owned(), parent.to_owned());
            }
        });
    }
    Ok(found)
}

/// What is published of these authorities in these years.
pub(super) fn projected(
    evidence: &Evidence,
    authorities: &BTreeSet<&str>,
    years: RangeInclusive<i16>,
) -> Result<BTreeMap<String, Years>, EvidenceError> {
    let mut found: BTreeMap<String, Years> = BTreeMap::new();
    let held = evidence.periods("projected_resident");
    for year in years.filter(|year| held.contains(&Period::Year(*year))) {
        let frame = evidence.frame("projected_resident", Period::Year(year))?;
        for (code, people) in of_frame(&frame, authorities) {
            let [men, women] = &people;
            found.entry(code).or_default().insert(year, Area::new([men, women]));
        }
    }
    Ok(found)
}

/// The people of the authorities by sex and age; those of whom one sex is missing are left out.
fn of_frame(frame: &Frame, authorities: &BTreeSet<&str>) -> BTreeMap<String, [Vec<f64>; 2]> {
    let (Some(area), Some(sex), Some(from), Some(people)) =
        (frame.text("area"), frame.text("sex"), frame.number("age_from"), frame.number("people"))
    else {
        return BTreeMap::new();
    };
    let mut found: BTreeMap<String, [Vec<f64>; 2]> = BTreeMap::new();
    for row in 0..frame.rows() {
        let sex = match sex.get(row) {
            Some("male") => 0,
            Some("female") => 1,
            _ => continue,
        };
        let code = area.get(row).filter(|code| authorities.contains(code));
        let (Some(code), Some(age), Some(people)) = (code, from.get(row), people.get(row)) else {
            continue;
        };
        let sexes =
            found.entry(code.to_owned()).or_insert_with(|| [vec![0.0; AGES], vec![0.0; AGES]]);
        sexes[sex][(*age as usize).min(AGES - 1)] += people;
    }
    found.retain(|_, sexes| sexes.iter().all(|by_age| by_age.iter().sum::<f64>() > 0.0));
    found
}
