//! The GPs of practices: how many, and how old and of which sex where the detailed publication of the workforce says so.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, Frame, TextColumn, tables};
use vocab::{Contract, Sex};

use super::{Base, BaseError, Practice, Remark, named};

/// The age from which GPs are called near retirement.
pub const NEAR_RETIREMENT: u8 = 55;

/// GPs of one sex and age at a practice, neither in training nor locums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GpsOfAge {
    /// Their sex.
    pub sex: Sex,
    /// The youngest age of their band of five years: 25 stands for all under 30, 70 for all from there on.
    pub from_age: u8,
    /// People.
    pub heads: f64,
}

/// Full-time equivalents of the GPs of a practice, from one publication.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GpHours {
    /// Of those near retirement, regular locums among them.
    pub near_retirement: f64,
    /// Of all fully qualified GPs, regular locums among them.
    pub qualified: f64,
}

impl Practice {
    /// Share of the hours (full-time equivalents) of its fully qualified GPs, regular locums among them, that those of
    /// [`NEAR_RETIREMENT`] and over work; nothing where ages are not published. Hours by age are published of all GPs together:
    /// nobody in training is taken to be as old.
    #[must_use]
    pub fn share_near_retirement(&self) -> Option<f64> {
        let hours = self.gp_hours.filter(|hours| hours.qualified > 0.0)?;
        Some((hours.near_retirement / hours.qualified).min(1.0))
    }

    /// Its GPs of some contracts: people and full-time equivalents.
    #[must_use]
    pub fn gps(&self, counts: impl Fn(Contract) -> bool) -> (f64, f64) {
        let gps = self.staff.iter().filter(|line| line.contract().is_some_and(&counts));
        gps.fold((0.0, 0.0), |sum, line| (sum.0 + line.heads, sum.1 + line.fte))
    }

    /// Permanent fully qualified GPs, neither in training nor locums, as the indicators count them: people and full-time
    /// equivalents.
    #[must_use]
    pub fn permanent_gps(&self) -> (f64, f64) {
        self.gps(Contract::is_permanent)
    }

    /// Whether it hangs on so few permanent fully qualified GPs: “one GP or none” is no more than one. People are whole where they
    /// are published; where a larger area's figure stands in, they are counted to the nearest whole person.
    #[must_use]
    pub fn has_no_more_gps_than(&self, few: u32) -> bool {
        self.permanent_gps().0.round() <= f64::from(few)
    }

    /// Share of the hours of its fully qualified GPs, regular locums among them, that goes when the one who works most is away;
    /// nothing where nobody is there.
    #[must_use]
    pub fn lost_with_one_gp(&self) -> Option<f64> {
        let (_, fte) = self.gps(Contract::is_qualified);
        let lines = self.staff.iter().filter(|line| line.heads > 0.0);
        let qualified = lines.filter(|line| line.contract().is_some_and(Contract::is_qualified));
        let most = qualified.map(|line| line.fte / line.heads.max(1.0)).fold(0.0, f64::max);
        (fte > 0.0).then(|| most / fte)
    }
}

/// Adds the ages of GPs; of each practice those of the latest period that has them.
pub(super) fn add(
    evidence: &Evidence,
    base: &mut Base,
    remarks: &mut Vec<Remark>,
) -> Result<(), BaseError> {
    let (mut found, mut hours) = (BTreeMap::new(), BTreeMap::new());
    for period in evidence.periods("staff") {
        let frame = evidence.frame("staff", period)?;
        found.extend(of(&frame));
        hours.extend(hours_of(&frame));
    }
    for practice in &mut base.practices {
        practice.gps_by_age = found.remove(&practice.code).unwrap_or_default();
        practice.gp_hours = hours.remove(&practice.code);
    }
    let without = base.practices.iter().filter(|practice| practice.gps_by_age.is_empty());
    if let Some(which) = named(without.map(|one| one.code.as_str()), base.practices.len()) {
        remarks.push(Remark {
            what: format!("{which} have no published ages of their GPs"),
            instead: "they are as old as England’s GPs".to_owned(),
        });
    }
    Ok(())
}

/// The GPs of practices by sex and age in a period.
fn of(frame: &Frame) -> BTreeMap<String, Vec<GpsOfAge>> {
    let mut found: BTreeMap<String, Vec<GpsOfAge>> = BTreeMap::new();
    let staff = tables::staff::Columns::of(frame);
    let is = |column: &TextColumn, row: usize, wanted: &str| column.get(row) == Some(wanted);
    for (row, heads) in staff.value.iter().enumerate().filter(|(_, heads)| **heads > 0.0) {
        let counts = is(staff.level, row, "practice")
            && is(staff.group, row, "gp")
            && is(staff.role, row, "excluding_trainees_and_locums")
            && is(staff.measure, row, "headcount");
        let sex = match staff.sex.get(row) {
            Some("female") => Sex::Female,
            Some("male") => Sex::Male,
            _ => continue,
        };
        if let (true, Some(code), Some(from_age)) =
            (counts, staff.organisation.get(row), staff.age_band.get(row).and_then(youngest))
        {
            let gps = GpsOfAge { sex, from_age, heads: *heads };
            found.entry(code.to_owned()).or_default().push(gps);
        }
    }
    for gps in found.values_mut() {
        gps.sort_by_key(|one| (one.from_age, one.sex == Sex::Male));
    }
    found
}

/// The hours of GPs of practices in a period, where it tells them by age.
fn hours_of(frame: &Frame) -> BTreeMap<String, GpHours> {
    let mut found: BTreeMap<String, GpHours> = BTreeMap::new();
    let mut by_age = BTreeSet::new();
    let staff = tables::staff::Columns::of(frame);
    let wanted = [(staff.level, "practice"), (staff.group, "gp"), (staff.measure, "fte")];
    for (row, fte) in staff.value.iter().enumerate().filter(|(_, fte)| **fte > 0.0) {
        let counts = wanted.into_iter().all(|(column, word)| column.get(row) == Some(word));
        let of_row = (counts, staff.sex.get(row), staff.organisation.get(row));
        let (true, None, Some(code)) = of_row else { continue };
        match (staff.role.get(row), staff.age_band.get(row).map(youngest)) {
            (Some("excluding_trainees"), None) => {
                found.entry(code.to_owned()).or_default().qualified = *fte;
            }
            (Some("total"), Some(Some(age))) => {
                by_age.insert(code.to_owned());
                let older = if age >= NEAR_RETIREMENT { *fte } else { 0.0 };
                found.entry(code.to_owned()).or_default().near_retirement += older;
            }
            _ => {}
        }
    }
    found.retain(|code, _| by_age.contains(code));
    found
}

/// The youngest age of a band of the publication: `under30`, `30-34`, … `70+`; nothing where the age is not known.
fn youngest(band: &str) -> Option<u8> {
    if band.starts_with("under") {
        return Some(25);
    }
    band.get(..2)?.parse().ok().filter(|age| (30..=70).contains(age) && age % 5 == 0)
}
