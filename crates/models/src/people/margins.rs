//! What is published about the people of a place: the margins that synthetic people are made to meet.

use std::collections::BTreeMap;

use super::person::Sex;

/// Five-year age bands, 0 to 4 first, 95 and over last.
pub const AGE_BANDS: usize = 20;
/// Ethnic groups that a record tells apart.
pub const ETHNIC_GROUPS: usize = 7;
/// The number of the ethnic group of people whose group is not known.
pub const UNKNOWN_GROUP: u8 = 7;

/// A place, practice by practice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margins {
    /// The practices; their order is that of the area numbers of people.
    pub practices: Vec<PracticeMargins>,
}

/// What is published about the people of one practice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PracticeMargins {
    /// Its code, which keys the draws of its people.
    pub code: String,
    /// People by sex (male, female) and five-year band.
    pub people: [[u32; AGE_BANDS]; 2],
    /// Shares of its people who live in each deprivation fifth of England, the most deprived first; where they are not known
    /// everybody lives in `fifth`.
    pub fifths: Option<[f64; 5]>,
    /// The deprivation fifth of the practice itself, 0 the most deprived.
    pub fifth: u8,
    /// Shares of its people of each ethnic group, where they are known.
    pub ethnic_groups: Option<[f64; ETHNIC_GROUPS]>,
    /// People on each register by name; one that is not named follows England's shares.
    pub registers: BTreeMap<String, u32>,
}

/// A margin that the people of a practice miss.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The practice.
    pub practice: String,
    /// The margin: a register by its name.
    pub margin: String,
    /// People wanted.
    pub wanted: u32,
    /// People found.
    pub found: u32,
}

impl PracticeMargins {
    /// Everybody on the list.
    #[must_use]
    pub fn list(&self) -> u32 {
        self.people.iter().flatten().sum()
    }

    /// People of a sex and band.
    pub(super) fn of(&self, sex: Sex, band: usize) -> u32 {
        self.people[sex as usize][band]
    }
}
