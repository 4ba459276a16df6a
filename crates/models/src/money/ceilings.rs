//! The most that is paid for a full-time equivalent of an additional role, by part of the year, and in London.
//!
//! A ceiling that was not read is absent, never nought. Where more than one may apply and no file says which (a nurse new to
//! general practice or an experienced one; inner or outer London) both are kept, and a claim is then between the two.
//!
//! Methods: [ceilings](../../../../docs/book/methods.md#ceilings).

use serde::Deserialize;
use vocab::Month;

use super::Mark;
use super::rules::{Rules, Settled};
use crate::workforce::Role;

/// Whether the London supplement is paid on top of a salary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// It is not.
    OutsideLondon,
    /// It is, the inner or the outer one: no file says which.
    London,
}

/// The ceiling of a role from a month of the year on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// The role's word.
    pub role: String,
    /// The calendar month from which it holds, up to the next of the same role.
    #[serde(default = "april")]
    pub from_month: i8,
    /// Pounds a year as announced before the year or its part; nothing where it was not read.
    pub announced: Option<f64>,
    /// The same after a pay award that was dated back; nothing where there was none or it was not read.
    pub uplifted: Option<f64>,
    /// The highest that may apply to somebody counted in the role; nothing where there is one only.
    pub most: Option<f64>,
    /// With the supplement of outer London; nothing where it was not read.
    pub outer_london: Option<f64>,
    /// With the supplement of inner London; nothing where it was not read.
    pub inner_london: Option<f64>,
    /// How sure it is; nothing where there is none.
    pub mark: Option<Mark>,
    /// Where it comes from, or why it is absent.
    pub source: String,
}

const fn april() -> i8 {
    4
}

/// The least and the most that a ceiling may be, in pounds a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least.
    pub least: f64,
    /// The most; the same where one ceiling only may apply.
    pub most: f64,
}

impl Ceiling {
    fn bounds(&self, at: Where, settled: Settled) -> Option<Bounds> {
        let (least, most) = match at {
            Where::London => (self.outer_london?, self.inner_london?),
            Where::OutsideLondon => {
                let after = self.uplifted.filter(|_| settled == Settled::Uplifted);
                let least = after.or(self.announced)?;
                (least, self.most.unwrap_or(least))
            }
        };
        Some(Bounds { least, most: most.max(least) })
    }
}

/// How many months of the financial year come before a calendar month.
const fn months_of_year_before(month: i8) -> i8 {
    (month + 8) % 12
}

impl Rules {
    /// The ceiling of a role in a month; nothing where it is unknown.
    #[must_use]
    pub fn ceiling(&self, role: Role, month: Month, at: Where, settled: Settled) -> Option<Bounds> {
        self.in_force(role, month)?.bounds(at, settled)
    }

    /// The ceiling that holds in a month, read or not.
    fn in_force(&self, role: Role, month: Month) -> Option<&Ceiling> {
        let begins = |one: &&Ceiling| months_of_year_before(one.from_month);
        let begun =
            |one: &&Ceiling| begins(one) <= months_of_year_before(month.month) && one.is_of(role);
        self.ceilings.iter().filter(begun).max_by_key(begins)
    }

    /// Whether the year pays for a role in some month, whatever its ceiling; a year of which no ceiling was read may pay for
    /// any.
    #[must_use]
    pub fn pays_for(&self, role: Role) -> bool {
        self.ceilings.is_empty() || self.ceilings.iter().any(|one| one.is_of(role))
    }

    /// Whether a role that the year pays for is not paid for yet in a month.
    pub(super) fn begins_later(&self, role: Role, month: Month) -> bool {
        let names = self.ceilings.iter().any(|one| one.is_of(role));
        names && self.in_force(role, month).is_none()
    }

    /// Why a role has no ceiling that is known.
    pub(super) fn without_ceiling(&self, role: Role, at: Where) -> String {
        let year = &self.financial_year;
        match at {
            _ if !self.pays_for(role) => format!("the rules of {year} do not name the role"),
            Where::London => format!("the ceiling of {year} for London was not read"),
            Where::OutsideLondon => format!("the ceiling of {year} was not read"),
        }
    }

    /// What is wrong with the ceilings and limits of a file.
    pub(super) fn check_ceilings(&self) -> Result<(), String> {
        let roles = self.ceilings.iter().map(|one| &one.role);
        let mut roles = roles.chain(self.limits.iter().map(|one| &one.role));
        if let Some(role) = roles.find(|role| Role::parse(role).is_none()) {
            return Err(format!("`{role}` is no role"));
        }
        for one in &self.ceilings {
            if one.announced.is_some() != one.mark.is_some() {
                return Err(format!("`{}` has a ceiling without a mark or a mark alone", one.role));
            }
            if one.outer_london.is_some() != one.inner_london.is_some() {
                return Err(format!("`{}` has one ceiling of London without the other", one.role));
            }
            if !(1..=12).contains(&one.from_month) {
                return Err(format!("`{}` begins in no month", one.role));
            }
        }
        Ok(())
    }
}

impl Ceiling {
    fn is_of(&self, role: Role) -> bool {
        self.role == role.as_str()
    }
}

#[cfg(test)]
mod tests {
    use vocab::FinancialYear;

    use super::*;

    fn rules(begins: i16) -> &'static Rules {
        Rules::of(FinancialYear { begins }).unwrap()
    }

    fn found(begins: i16, role: Role, month: i8, at: Where) -> Option<(f64, f64)> {
        let month = Month { year: begins + i16::from(month < 4), month };
        let bounds = rules(begins).ceiling(role, month, at, Settled::Announced)?;
        Some((bounds.least, bounds.most))
    }

    #[test]
    fn an_enhanced_nurse_is_of_band_seven_and_no_experienced_practice_nurse() {
        let enhanced = found(2025, Role::EnhancedNurse, 4, Where::OutsideLondon);
        assert_eq!(enhanced, Some((64_907.0, 64_907.0)));
        // New to general practice, band 5, or experienced, band 6: the returns do not say which.
        let nurse = found(2025, Role::Nurse, 4, Where::OutsideLondon);
        assert_eq!(nurse, Some((43_352.0, 53_319.0)));
    }

    #[test]
    fn roles_of_one_band_have_one_ceiling() {
        let at = |role| found(2025, role, 4, Where::OutsideLondon);
        for role in [Role::Paramedic, Role::Dietitian, Role::Podiatrist, Role::PhysicianAssociate] {
            assert_eq!(at(role), at(Role::EnhancedNurse), "{role:?}");
        }
        assert_eq!(at(Role::Physiotherapist), at(Role::Pharmacist));
        assert_eq!(at(Role::LinkWorker), at(Role::PharmacyTechnician));
    }

    #[test]
    fn a_ceiling_holds_from_its_month_on() {
        let pharmacist = |month| found(2024, Role::Pharmacist, month, Where::OutsideLondon);
        assert_eq!([4, 9].map(pharmacist), [Some((62_340.0, 62_340.0)); 2]);
        assert_eq!([10, 12, 1, 3].map(pharmacist), [Some((65_838.0, 65_838.0)); 4]);
        let nurse = |month| found(2024, Role::EnhancedNurse, month, Where::OutsideLondon);
        assert_eq!([9, 10].map(nurse), [Some((60_401.0, 60_401.0)), None]);
    }

    #[test]
    fn ceilings_of_2023_24_rose_by_a_twentieth_and_more_in_july() {
        // The Pharmacist, June 2023: before and after, as NHS England printed them.
        for (role, before, after) in [
            (Role::Pharmacist, 59_312.0, 62_340.0),
            (Role::CareCoordinator, 31_746.0, 33_396.0),
            (Role::LinkWorker, 38_187.0, 40_159.0),
        ] {
            let at = |month| found(2023, role, month, Where::OutsideLondon);
            assert_eq!([4, 6].map(at), [Some((before, before)); 2], "{role:?}");
            assert_eq!([7, 3].map(at), [Some((after, after)); 2], "{role:?}");
        }
    }

    #[test]
    fn gps_of_networks_are_paid_for_from_october_2024_and_more_in_london() {
        let at = |month, at| found(2024, Role::NetworkGp, month, at);
        assert_eq!(at(10, Where::OutsideLondon), Some((92_462.0, 92_462.0)));
        assert_eq!(at(10, Where::London), Some((95_233.0, 95_233.0)));
        let month = |month| Month { year: 2024, month };
        let later = |number| rules(2024).begins_later(Role::NetworkGp, month(number));
        assert_eq!([9, 10].map(later), [true, false]);
    }

    #[test]
    fn a_ceiling_that_was_not_read_for_london_is_not_that_of_elsewhere() {
        assert_eq!(found(2025, Role::EnhancedNurse, 4, Where::London), None);
        let pharmacist = found(2025, Role::Pharmacist, 4, Where::London);
        assert_eq!(pharmacist, Some((74_392.0, 77_545.0)));
        let why = rules(2025).without_ceiling(Role::EnhancedNurse, Where::London);
        assert_eq!(why, "the ceiling of 2025/26 for London was not read");
    }

    #[test]
    fn a_ceiling_that_was_dated_back_is_one_figure_for_the_year() {
        let mut back = rules(2025).clone();
        let pharmacist = back.ceilings.iter_mut().find(|one| one.is_of(Role::Pharmacist)).unwrap();
        pharmacist.uplifted = Some(70_000.0);
        let at = |month, settled| {
            let month = Month { year: 2025, month };
            back.ceiling(Role::Pharmacist, month, Where::OutsideLondon, settled)
        };
        let after = Some(Bounds { least: 70_000.0, most: 70_000.0 });
        assert_eq!([4, 7, 8].map(|month| at(month, Settled::Uplifted)), [after; 3]);
        let before = Some(Bounds { least: 66_972.0, most: 66_972.0 });
        assert_eq!(at(8, Settled::Announced), before);
    }

    #[test]
    fn a_ceiling_without_a_mark_is_refused() {
        let mut bad = rules(2025).clone();
        bad.ceilings[0].mark = None;
        assert!(bad.check_ceilings().unwrap_err().contains("`network_gp`"));
    }
}
