//! Who is on the lists: by sex and age, deprivation and registers.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliation, Evidence, EvidenceError, Frame, Place, tables};
use vocab::{Mark, Observed, Period};

use super::{Activity, Base, BaseError, Basis, Growth, Network, Practice, Register, Remark, named};
use crate::calendar::Weekdays;

/// Five-year bands, 0 to 4 first, 95 and over last.
pub const AGES: usize = 20;

/// People by sex (female, male) and five-year band.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ages(pub [[f64; AGES]; 2]);

impl Ages {
    /// Everybody.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.0.iter().flatten().sum()
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *mine += theirs;
        }
    }

    fn scaled(&self, to: f64) -> Self {
        let factor = to / self.total();
        Self(self.0.map(|sex| sex.map(|people| people * factor)))
    }
}

/// The practices of a place with their lists.
pub(super) fn start(
    evidence: &Evidence,
    place: &Place,
    remarks: &mut Vec<Remark>,
) -> Result<Base, BaseError> {
    let Some(period) = evidence.periods("list_size").last().copied() else {
        return Err(BaseError::Nobody { place: place.name.clone() });
    };
    let day = period.first_day();
    let known = evidence.affiliations(day)?;
    let lists = by_code(&*evidence.frame("list_size", period)?);
    let (ages, ages_period) = ages(evidence, period)?;
    let mut practices = Vec::new();
    let mut empty = BTreeSet::new();
    for row in known.iter().filter(|row| place.is_everywhere() || place.holds(row)) {
        let of_ages = ages.get(&row.practice);
        let list = lists.get(&row.practice).copied().or(of_ages.map(Ages::total));
        match list {
            Some(list) if list > 0.0 => practices.push(practice(row, list, of_ages)),
            Some(_) => _ = empty.insert(row.practice.as_str()),
            None => {}
        }
    }
    if let Some(which) = named(empty.into_iter(), practices.len()) {
        remarks.push(Remark {
            what: format!("{which} have nobody on the list"),
            instead: "they are left out".to_owned(),
        });
    }
    if let Some(of) = ages_period.filter(|of| *of != period) {
        remarks.push(Remark {
            what: format!("ages are not published for {}", period.in_words()),
            instead: format!("those of {} were scaled to the lists", of.in_words()),
        });
    }
    fill_ages(&mut practices, remarks);
    let networks = networks(&known, &lists, place, &practices);
    Ok(Base {
        key: place.key.clone(),
        name: place.name.clone(),
        day,
        year: None,
        months: [1.0; 12],
        weekdays: Weekdays::of(evidence)?,
        practices,
        networks,
        staff_periods: None,
        lists_with_staff: None,
        is_england: false,
        growth: Growth::default(),
        remarks: Vec::new(),
    })
}

/// A practice with its list; without ages of its own everybody waits in the first band until `fill_ages`.
fn practice(row: &Affiliation, list: f64, of_ages: Option<&Ages>) -> Practice {
    let mut nobody_told = Ages::default();
    nobody_told.0[0][0] = list;
    Practice {
        code: row.practice.clone(),
        name: row.name.clone(),
        network: Some(row.network.clone()).filter(|code| !code.is_empty()),
        sub_icb: row.sub_icb.clone(),
        icb: row.icb.clone(),
        ages: of_ages.map_or(nobody_told, |ages| ages.scaled(list)),
        ages_basis: if of_ages.is_some() { Basis::Own } else { Basis::Place },
        fifth: None,
        registers: BTreeMap::new(),
        activity: Activity::default(),
        activity_basis: Basis::England,
        recording: None,
        staff: Vec::new(),
        gps_by_age: Vec::new(),
        gp_hours: None,
    }
}

/// Practices without published ages take those of the others; where no practice has any, nobody's age is known.
fn fill_ages(practices: &mut [Practice], remarks: &mut Vec<Remark>) {
    let mut sum = Ages::default();
    for practice in practices.iter().filter(|practice| practice.ages_basis == Basis::Own) {
        sum.add(&practice.ages);
    }
    let count = practices.len();
    let without = practices.iter().filter(|practice| practice.ages_basis != Basis::Own);
    let Some(which) = named(without.map(|practice| practice.code.as_str()), count) else { return };
    let instead = if sum.total() > 0.0 {
        "they have the ages of the other practices of the place"
    } else {
        sum = england();
        "they have the ages of England in mid-2023"
    };
    for practice in practices.iter_mut().filter(|practice| practice.ages_basis != Basis::Own) {
        practice.ages = sum.scaled(practice.list());
    }
    remarks
        .push(Remark { what: format!("{which} have no list by age"), instead: instead.to_owned() });
}

/// Residents of England in mid-2023 in thousands, women and men; 90 and over is shared four to one.
///
/// # Source
/// `ons_mid_2023`
fn england() -> Ages {
    Ages([
        [
            1496.0, 1635.8, 1721.7, 1652.2, 1692.8, 1905.7, 2065.2, 2043.7, 1942.5, 1744.7, 1936.8,
            1968.4, 1768.4, 1482.3, 1357.6, 1275.1, 823.1, 547.3, 278.3, 69.6,
        ],
        [
            1568.6, 1712.9, 1807.2, 1752.8, 1763.6, 1872.2, 1948.2, 1907.2, 1840.9, 1689.6, 1872.3,
            1895.4, 1702.4, 1400.6, 1232.4, 1112.0, 653.4, 378.0, 138.8, 34.7,
        ],
    ])
}

fn networks(
    known: &evidence::Affiliations,
    lists: &BTreeMap<String, f64>,
    place: &Place,
    practices: &[Practice],
) -> Vec<Network> {
    let codes: BTreeSet<&str> = practices.iter().filter_map(|one| one.network.as_deref()).collect();
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in known.iter() {
        let patients = lists.get(&row.practice).copied().unwrap_or(0.0);
        if let Some(code) = codes.get(row.network.as_str()) {
            let sum = sums.entry(code).or_default();
            sum.0 += if place.is_everywhere() || place.holds(row) { patients } else { 0.0 };
            sum.1 += patients;
        }
    }
    codes
        .into_iter()
        .map(|code| {
            let (inside, all) = sums.get(code).copied().unwrap_or((1.0, 1.0));
            Network {
                code: code.to_owned(),
                name: known.name_of(vocab::Level::Network, code).to_owned(),
                share: if all > 0.0 { inside / all } else { 1.0 },
                staff: Vec::new(),
            }
        })
        .collect()
}

/// Lists by sex and age, of the period nearest to the lists.
fn ages(
    evidence: &Evidence,
    period: Period,
) -> Result<(BTreeMap<String, Ages>, Option<Period>), EvidenceError> {
    let mut found: BTreeMap<String, Ages> = BTreeMap::new();
    let Some(nearest) = evidence.nearest_period("registered", period) else {
        return Ok((found, None));
    };
    let frame = evidence.frame("registered", nearest)?;
    let registered = tables::registered::Columns::of(&frame);
    for (row, (from, patients)) in registered.age_from.iter().zip(registered.patients).enumerate() {
        let (Some(code), Some(sex)) = (registered.practice.get(row), registered.sex.get(row))
        else {
            continue;
        };
        let sex = match sex {
            "female" => 0,
            "male" => 1,
            _ => continue,
        };
        let band = (*from as usize / 5).min(AGES - 1);
        if patients.is_finite() {
            found.entry(code.to_owned()).or_default().0[sex][band] += patients;
        }
    }
    found.retain(|_, ages| ages.total() > 0.0);
    Ok((found, Some(nearest)))
}

/// The patients of each practice by a table of list sizes.
pub(super) fn by_code(frame: &Frame) -> BTreeMap<String, f64> {
    let lists = tables::list_size::Columns::of(frame);
    let rows = lists.patients.iter().enumerate().filter(|(_, patients)| patients.is_finite());
    rows.filter_map(|(row, patients)| Some((lists.practice.get(row)?.to_owned(), *patients)))
        .collect()
}

/// The fifth of deprivation of each practice.
pub(super) fn add_deprivation(
    evidence: &Evidence,
    base: &mut Base,
    remarks: &mut Vec<Remark>,
) -> Result<(), EvidenceError> {
    let mut fifths: BTreeMap<String, u8> = BTreeMap::new();
    let latest = evidence.periods("practice_deprivation").last().copied();
    if let Some(period) = latest {
        let frame = evidence.frame("practice_deprivation", period)?;
        let scored = tables::practice_deprivation::Columns::of(&frame);
        let deciles = scored.decile.iter().enumerate();
        for (row, decile) in deciles.filter(|(_, decile)| (1.0..=10.0).contains(*decile)) {
            let of_row = (scored.organisation.get(row), scored.level.get(row));
            if let (Some(code), Some("practice")) = of_row {
                fifths.insert(code.to_owned(), (*decile as u8).div_ceil(2));
            }
        }
    }
    for practice in &mut base.practices {
        practice.fifth = fifths.get(&practice.code).copied();
    }
    let without = base.practices.iter().filter(|one| one.fifth.is_none());
    if let Some(which) = named(without.map(|one| one.code.as_str()), base.practices.len()) {
        remarks.push(Remark {
            what: format!("{which} have no published deprivation"),
            instead: "they count as the middle fifth".to_owned(),
        });
    }
    Ok(())
}

/// The registers of each practice, of the latest year.
pub(super) fn add_registers(
    evidence: &Evidence,
    base: &mut Base,
    remarks: &mut Vec<Remark>,
) -> Result<(), EvidenceError> {
    let Some(period) = evidence.periods("condition").last().copied() else {
        remarks.push(Remark {
            what: "no disease registers have been imported".to_owned(),
            instead:
                "people have conditions as often as England’s of their age, sex and deprivation"
                    .to_owned(),
        });
        return Ok(());
    };
    let frame = evidence.frame("condition", period)?;
    let conditions = tables::condition::Columns::of(&frame);
    let places: BTreeMap<String, usize> =
        base.practices.iter().enumerate().map(|(at, one)| (one.code.clone(), at)).collect();
    for row in 0..frame.rows() {
        let at = conditions.practice.get(row).and_then(|code| places.get(code)).copied();
        let (Some(practice), Some(register)) =
            (at.and_then(|at| base.practices.get_mut(at)), conditions.register.get(row))
        else {
            continue;
        };
        let mark = conditions.mark.get(row).and_then(Mark::parse);
        let value = conditions.patients.get(row).copied().filter(|value| value.is_finite());
        let people = match (value, mark) {
            (Some(value), Some(Mark::Estimated)) => Observed::Estimated(value),
            (Some(value), _) => Observed::Value(value),
            (None, Some(Mark::Suppressed)) => Observed::Suppressed,
            (None, _) => Observed::Missing,
        };
        let list = conditions.list_size.get(row).copied().unwrap_or(f64::NAN);
        practice.registers.insert(register.to_owned(), Register { people, list });
    }
    let without = base.practices.iter().filter(|one| one.registers.is_empty());
    if let Some(which) = named(without.map(|one| one.code.as_str()), base.practices.len()) {
        remarks.push(Remark {
            what: format!("{which} have no disease register of {}", period.in_words()),
            instead: "their people have conditions as often as England’s of their age, sex and deprivation"
                .to_owned(),
        });
    }
    let age = Period::Day(base.day).distance_in_days(period) / 365;
    if age > 1 {
        remarks.push(Remark {
            what: format!("the latest disease registers are those of {}", period.in_words()),
            instead: "their shares of the lists are taken for today’s".to_owned(),
        });
    }
    Ok(())
}
