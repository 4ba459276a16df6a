//! Published projections: how many people a local authority is expected to have, year by year: by sex and age where the files of
//! the publication are imported, else all ages together, as the program holds them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use evidence::{Evidence, EvidenceError, Frame, tables};
use serde::Deserialize;
use vocab::Period;

use super::{AGES, Area, Books, OPEN, meet, meet_ages, meet_in_all};

/// The first year in whose middle people are projected: they are estimated there.
pub const FIRST_YEAR: i16 = 2022;
/// The last.
pub const LAST_YEAR: i16 = 2047;

/// The age from which the program holds projected people apart.
pub const OLD: usize = 75;
/// The ages by which it does.
pub const OLD_BANDS: [Range<usize>; 4] = [OLD..80, 80..85, 85..OPEN, OPEN..AGES];
/// The last year in whose middle they are projected.
pub const OLD_TO: i16 = 2035;

/// What is published of an authority in a year.
#[derive(Debug, Clone)]
pub(super) enum Published {
    /// People by sex and age.
    ByAge(Area),
    /// All people, and those of [`OLD`] and over where they are told.
    InAll(f64, Option<[f64; OLD_BANDS.len()]>),
}

/// What is published of an authority, by year.
pub(super) type Years = BTreeMap<i16, Published>;

/// People of authorities in the middle of years, all ages together, as the program holds them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    source: Source,
    people: BTreeMap<String, Vec<f64>>,
    /// By [`OLD_BANDS`].
    old: BTreeMap<String, [Vec<f64>; OLD_BANDS.len()]>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    reference: String,
    #[expect(dead_code, reason = "for readers of the file")]
    kind: String,
    #[expect(dead_code, reason = "for readers of the file")]
    date: String,
}

static HELD: LazyLock<Held> = LazyLock::new(|| {
    let file = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/projected_residents.toml"
    ));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

/// The publication of the figures that the program holds.
#[must_use]
pub fn source() -> &'static str {
    &HELD.source.reference
}

/// People projected for a local authority, or for [England](vocab::Organisation::ENGLAND), in the middle of a year, as the program holds
/// them.
#[must_use]
pub fn in_all(code: &str, year: i16) -> Option<f64> {
    let at = usize::try_from(year - FIRST_YEAR).ok()?;
    HELD.people.get(code)?.get(at).copied()
}

/// Those of them who are of each of the [`OLD_BANDS`].
#[must_use]
pub fn old_in_all(code: &str, year: i16) -> Option<[f64; OLD_BANDS.len()]> {
    let at = usize::try_from(year - FIRST_YEAR).ok()?;
    let of_code = HELD.old.get(code).filter(|bands| bands.iter().all(|years| at < years.len()))?;
    Some(of_code.each_ref().map(|years| years[at]))
}

/// Growth a year, compounded, of what is projected for an area between the middles of two years; nothing where either is not held.
#[must_use]
pub fn growth_between(code: &str, from: i16, to: i16) -> Option<f64> {
    let years = f64::from(to - from);
    (years > 0.0).then_some(libm::pow(in_all(code, to)? / in_all(code, from)?, 1.0 / years) - 1.0)
}

impl Published {
    /// Brings the areas of the authority to it.
    pub fn is_met_by(&self, areas: &mut [(Area, Books)], ages: &[f64]) {
        match self {
            Self::ByAge(people) => meet(areas, people),
            Self::InAll(people, old) => {
                for (ages, people) in OLD_BANDS.iter().zip(old.iter().flatten()) {
                    meet_ages(areas, ages.clone(), *people);
                }
                meet_in_all(areas, *people, ages);
            }
        }
    }
}

/// What is published of these authorities in these years: by age where the files are imported, else in all; one authority is
/// never told by two editions.
pub(super) fn projected(
    evidence: &Evidence,
    authorities: &BTreeSet<&str>,
    years: RangeInclusive<i16>,
) -> Result<BTreeMap<String, Years>, EvidenceError> {
    let mut found: BTreeMap<String, Years> = BTreeMap::new();
    let held = evidence.periods("projected_resident");
    for year in years.clone().filter(|year| held.contains(&Period::Year(*year))) {
        let frame = evidence.frame("projected_resident", Period::Year(year))?;
        for (code, people) in of_frame(&frame, authorities) {
            let [men, women] = &people;
            let people = Published::ByAge(Area::new([men, women]));
            found.entry(code).or_default().insert(year, people);
        }
    }
    for code in authorities {
        let known =
            |year| Some((year, Published::InAll(in_all(code, year)?, old_in_all(code, year))));
        let in_all = || years.clone().filter_map(known).collect();
        found.entry((*code).to_owned()).or_insert_with(in_all);
    }
    found.retain(|_, years| !years.is_empty());
    Ok(found)
}

/// The people of the authorities by sex and age; those of whom one sex is missing are left out.
fn of_frame(frame: &Frame, authorities: &BTreeSet<&str>) -> BTreeMap<String, [Vec<f64>; 2]> {
    let projected = tables::projected_resident::Columns::of(frame);
    let mut found: BTreeMap<String, [Vec<f64>; 2]> = BTreeMap::new();
    for row in 0..frame.rows() {
        let sex = match projected.sex.get(row) {
            Some("male") => 0,
            Some("female") => 1,
            _ => continue,
        };
        let code = projected.area.get(row).filter(|code| authorities.contains(code));
        let (Some(code), Some(age), Some(people)) =
            (code, projected.age_from.get(row), projected.people.get(row))
        else {
            continue;
        };
        let sexes =
            found.entry(code.to_owned()).or_insert_with(|| [vec![0.0; AGES], vec![0.0; AGES]]);
        sexes[sex][(*age as usize).min(AGES - 1)] += people;
    }
    found.retain(|_, sexes| sexes.iter().all(|by_age| by_age.iter().sum::<f64>() > 0.0));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published: 57,112,542 people in England in 2022 in every table of the publication, and 6.4% more in 2032.
    #[test]
    fn the_local_authorities_add_up_to_what_is_published_of_england() {
        let of = |year| -> f64 {
            let codes = HELD.people.keys().filter(|code| *code != "ENGLAND");
            codes.map(|code| in_all(code, year).unwrap()).sum()
        };
        assert_eq!(HELD.people.len(), 297);
        assert!((of(2022) - 57_112_542.0).abs() < 1e-6, "{}", of(2022));
        assert!((of(2032) / of(2022) - 1.064).abs() < 0.0005);
        for year in 2022..=2047 {
            assert!((in_all("ENGLAND", year).unwrap() - of(year)).abs() < 200.0);
        }
    }

    /// Nobody is counted who is not there, and old people become more where many are about to be 75.
    #[test]
    fn the_old_are_some_of_all_and_become_more() {
        for code in HELD.people.keys() {
            let old = |year| old_in_all(code, year).unwrap().iter().sum::<f64>();
            let share = |year| old(year) / in_all(code, year).unwrap();
            assert!(
                (FIRST_YEAR..=OLD_TO).all(|year| (0.02..0.25).contains(&share(year))),
                "{code}"
            );
        }
        let england = |year| old_in_all("ENGLAND", year).unwrap().iter().sum::<f64>();
        assert!((1.15..1.35).contains(&(england(2035) / england(2022))));
        assert_eq!(old_in_all("ENGLAND", OLD_TO + 1), None);
    }
}
