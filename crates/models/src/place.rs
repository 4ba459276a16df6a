//! A place in its base year: everything the outlook starts from, and what had to stand in where nothing is published.
//!
//! For each practice: who is on its list, how deprived they are, who is on a register, who works there, and how many
//! appointments it held in the last twelve months by who saw the patient and how. Figures that are published for the
//! practice are taken; where only a larger area has them they are shared down by list; where nothing is published
//! England's rate stands in. Every such step is named in a list of remarks that goes with every result, and a figure
//! that nobody can give stays missing.

mod activity;
mod gps;
mod growth;
mod lists;
mod staff;

use evidence::{Belonging, Evidence, EvidenceError, Place};
use indicators::recording::RecordingVerdict;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocab::{Month, Observed, Period, StaffGroup};

use crate::calendar::Weekdays;
use crate::parameters::Values;
use crate::standards::england::registered_on;

pub use self::activity::{Activity, Clinician, MODES, ROLES};
pub use self::gps::{GpHours, GpsOfAge, NEAR_RETIREMENT};
pub use self::growth::{Before, Growth, Shares};
pub(crate) use self::growth::{YEARS as YEARS_OF_GROWTH, a_year};
pub use self::lists::{AGES, Ages};
pub use self::staff::StaffLine;

/// A place that cannot be looked at at all.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// A table cannot be read.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// Nobody is registered.
    #[error(
        "{place}: no practice with patients is known; import the lists of patients registered (gp-reg-pat-prac-all, -map, -quin-age) first"
    )]
    Nobody {
        /// The place.
        place: String,
    },
}

/// Where a figure of a practice comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Published for the practice.
    Own,
    /// Published for the practice in one sum, which is split like England's.
    Split,
    /// Published for its sub-ICB location and shared down.
    SubIcb,
    /// The practices of the place that have it.
    Place,
    /// England's rate.
    England,
}

impl Basis {
    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "practice",
            Self::Split => "practice_in_one_sum",
            Self::SubIcb => "sub_icb",
            Self::Place => "place",
            Self::England => "england",
        }
    }
}

/// A register of a practice: people on it, and of how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Register {
    /// People on the register.
    pub people: Observed<f64>,
    /// People on the list of the ages that it counts.
    pub list: f64,
}

/// A practice in the base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its network, if it is in one.
    pub network: Option<String>,
    /// Its sub-ICB location.
    pub sub_icb: String,
    /// Its integrated care board.
    pub icb: String,
    /// People on the list by sex and age.
    pub ages: Ages,
    /// Where the ages come from.
    pub ages_basis: Basis,
    /// Fifth of deprivation among practices of England, 1 the most deprived.
    pub fifth: Option<u8>,
    /// Its registers by name.
    pub registers: BTreeMap<String, Register>,
    /// Appointments of the base year.
    pub activity: Activity,
    /// Where they come from.
    pub activity_basis: Basis,
    /// What can be said of its recording of appointments.
    pub recording: Option<RecordingVerdict>,
    /// Who works there.
    pub staff: Vec<StaffLine>,
    /// Its GPs by age and sex; empty where that is not published.
    pub gps_by_age: Vec<GpsOfAge>,
    /// The hours of its GPs by age; nothing where that is not published.
    pub gp_hours: Option<GpHours>,
}

impl Practice {
    /// Whether its staff of a role is its own published figure, not one that stands in for it.
    #[must_use]
    pub fn publishes(&self, role: Clinician) -> bool {
        let mut lines = self.staff.iter().filter(|line| Clinician::of(line.group) == Some(role));
        lines.any(|line| matches!(line.basis, Basis::Own | Basis::Split))
    }

    /// Whether it publishes how many GPs of each contract it has, and not one sum of their hours.
    #[must_use]
    pub fn counts_its_gps(&self) -> bool {
        let mut gps = self.staff.iter().filter(|line| line.group == StaffGroup::Gp).peekable();
        gps.peek().is_some() && gps.all(|line| line.basis == Basis::Own)
    }

    /// People on the list.
    #[must_use]
    pub fn list(&self) -> f64 {
        self.ages.total()
    }

    /// Full-time equivalents of a group.
    #[must_use]
    pub fn fte(&self, group: StaffGroup) -> f64 {
        self.staff.iter().filter(|line| line.group == group).map(|line| line.fte).sum()
    }
}

/// A network and the staff that it employs itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Share of its patients who are registered in the place.
    pub share: f64,
    /// Its staff, of which the share is the place's.
    pub staff: Vec<StaffLine>,
}

/// What is missing, and what stands in for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// What.
    pub what: String,
    /// What was done instead.
    pub instead: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.what, self.instead)
    }
}

/// A place in its base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The key of the place.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The day of the lists.
    pub day: Date,
    /// First and last month of the base year of appointments; nothing where none are published.
    pub year: Option<(Month, Month)>,
    /// Appointments of each calendar month on an open day beside their mean, January first.
    pub months: [f64; 12],
    /// How much an open day of each weekday counts.
    pub weekdays: Weekdays,
    /// Its practices, in order of code.
    pub practices: Vec<Practice>,
    /// Its networks, in order of code.
    pub networks: Vec<Network>,
    /// The first and the last of the periods of the staff of its practices; nothing where none is published.
    pub staff_periods: Option<(Period, Period)>,
    /// People who were on its lists in the last of these beside those of today, by the lists that are printed beside the staff of its
    /// practices; nothing where those have less than half of its patients.
    pub lists_with_staff: Option<f64>,
    /// Whether it is England, or a board that is added up with all others: England's rates are its own published figures then, and
    /// what they make of practices without any adds up to them.
    pub is_england: bool,
    /// How its lists grew in the years before, and whose residents are projected for it.
    pub growth: Growth,
    /// What is missing and what stands in for it.
    pub remarks: Vec<Remark>,
}

impl Base {
    /// The base year of a place, from the latest evidence; `values` give England's rates where nothing else is known.
    ///
    /// Method: [`methods.md#base-year`](../../../docs/book/methods.md#base-year).
    ///
    /// # Errors
    /// When a table cannot be read, or nobody is registered in the place.
    pub fn of(evidence: &Evidence, place: &Place, values: &Values) -> Result<Self, BaseError> {
        let mut remarks: Vec<Remark> = place
            .counts(Belonging::Stand)
            .map(|_| Remark {
                what: format!("Counted: {}", Belonging::Stand.in_words()),
                instead: "people who live there and are registered elsewhere are not in it"
                    .to_owned(),
            })
            .into_iter()
            .collect();
        let mut base = Self::with_lists(evidence, place, &mut remarks)?;
        base.is_england = base.list() >= NEARLY * registered_on(Month::of(base.day));
        base.growth = growth::of(evidence, &base)?;
        lists::add_deprivation(evidence, &mut base, &mut remarks)?;
        lists::add_registers(evidence, &mut base, &mut remarks)?;
        activity::add(evidence, &mut base, values, &mut remarks)?;
        staff::add(evidence, &mut base, values, &mut remarks)?;
        gps::add(evidence, &mut base, &mut remarks)?;
        base.remarks = remarks;
        Ok(base)
    }

    /// The place with its lists and staff and nothing else.
    ///
    /// # Errors
    /// When a table cannot be read, or nobody is registered in the place.
    pub(crate) fn with_staff(
        evidence: &Evidence,
        place: &Place,
        values: &Values,
    ) -> Result<Self, BaseError> {
        let mut remarks = Vec::new();
        let mut base = Self::with_lists(evidence, place, &mut remarks)?;
        staff::add(evidence, &mut base, values, &mut remarks)?;
        gps::add(evidence, &mut base, &mut remarks)?;
        base.remarks = remarks;
        Ok(base)
    }

    fn with_lists(
        evidence: &Evidence,
        place: &Place,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, BaseError> {
        let base = lists::start(evidence, place, remarks)?;
        if base.practices.is_empty() {
            return Err(BaseError::Nobody { place: place.name.clone() });
        }
        Ok(base)
    }

    /// The month after the lists: the first of what is looked ahead to.
    #[must_use]
    pub fn first_month(&self) -> Month {
        Month::of(self.day).next()
    }

    /// People on all lists.
    #[must_use]
    pub fn list(&self) -> f64 {
        self.practices.iter().map(Practice::list).sum()
    }

    /// Whether practices of at least half of its patients publish a role, or England does for all of them: else what it can give is
    /// not known.
    #[must_use]
    pub fn counts(&self, role: Clinician) -> bool {
        self.is_england || self.counts_of(role, 0..self.practices.len())
    }

    /// The same of some of its practices; those that are not there yet have nothing to count.
    #[must_use]
    pub fn counts_of(&self, role: Clinician, practices: impl Iterator<Item = usize>) -> bool {
        let (mut counted, mut all) = (0.0, 0.0);
        for practice in practices.filter_map(|at| self.practices.get(at)) {
            all += practice.list();
            counted += if practice.publishes(role) { practice.list() } else { 0.0 };
        }
        counted * 2.0 >= all
    }

    /// Share of its patients who are with practices that publish how many GPs of each contract they have.
    #[must_use]
    pub fn share_counting_gps(&self) -> f64 {
        let counting = self.practices.iter().filter(|one| one.counts_its_gps());
        counting.map(Practice::list).fold(0.0, |sum, list| sum + list) / self.list()
    }

    /// The practices that publish their GPs themselves.
    pub fn with_own_gps(&self) -> impl Iterator<Item = &Practice> {
        self.practices.iter().filter(|one| one.publishes(Clinician::Gp))
    }
}

/// The share of England's patients from which on a place is England.
const NEARLY: f64 = 0.95;

/// “3 of 20 practices” with a few codes.
fn named<'a>(codes: impl Iterator<Item = &'a str>, of: usize) -> Option<String> {
    let codes: Vec<&str> = codes.collect();
    let few = codes.get(..codes.len().min(3)).unwrap_or_default().join(", ");
    let more = if codes.len() > 3 { ", …" } else { "" };
    (!codes.is_empty()).then(|| format!("{} of {of} practices ({few}{more})", codes.len()))
}
