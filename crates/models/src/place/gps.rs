//! The GPs of practices: how many, and how old and of which sex where the detailed publication of the workforce says so.

use std::collections::BTreeMap;

use evidence::{Evidence, Frame};
use vocab::{Contract, Sex};

use super::{Base, BaseError, Practice, Remark, named};

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

impl Practice {
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
    let mut found = BTreeMap::new();
    for period in evidence.periods("staff") {
        found.extend(of(&*evidence.frame("staff", period)?));
    }
    for practice in &mut base.practices {
        practice.gps_by_age = found.remove(&practice.code).unwrap_or_default();
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
    let Some(values) = frame.number("value") else { return found };
    let word = |column: &str, row: usize| frame.text(column).and_then(|column| column.get(row));
    let is = |column: &str, row: usize, wanted: &str| word(column, row) == Some(wanted);
    for (row, heads) in values.iter().enumerate().filter(|(_, heads)| **heads > 0.0) {
        let counts = is("level", row, "practice")
            && is("group", row, "gp")
            && is("role", row, "excluding_trainees_and_locums")
            && is("measure", row, "headcount");
        let sex = match word("sex", row) {
            Some("female") => Sex::Female,
            Some("male") => Sex::Male,
            _ => continue,
        };
        if let (true, Some(code), Some(from_age)) =
            (counts, word("organisation", row), word("age_band", row).and_then(youngest))
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

/// The youngest age of a band of the publication: `under30`, `30-34`, … `70+`; nothing where the age is not known.
fn youngest(band: &str) -> Option<u8> {
    if band.starts_with("under") {
        return Some(25);
    }
    band.get(..2)?.parse().ok().filter(|age| (30..=70).contains(age) && age % 5 == 0)
}
