//! What is published about the people of a place: the margins that synthetic people are made to meet.

use std::collections::BTreeMap;

use super::knowledge::{ENGLAND, Knowledge};
use vocab::Sex;

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

/// People on an invented list: the mean of England.
const INVENTED_LIST: u32 = 10_000;

impl Margins {
    /// An invented place of about so many people: lists of 10,000 with England's ages and its shares of conditions, a fifth
    /// of them in each deprivation fifth.
    #[must_use]
    pub fn invented(people: u32, knowledge: &Knowledge) -> Self {
        let like: Vec<PracticeMargins> = (0..5).map(|fifth| england(fifth, knowledge)).collect();
        let practice = |number: u32| PracticeMargins {
            code: format!("I{number:05}"),
            ..like[number as usize % 5].clone()
        };
        Self { practices: (0..people.div_ceil(INVENTED_LIST)).map(practice).collect() }
    }
}

/// A list like England's in one deprivation fifth.
fn england(fifth: u8, knowledge: &Knowledge) -> PracticeMargins {
    let everybody: f64 = ENGLAND.iter().flatten().sum();
    let mut practice = PracticeMargins { fifth, ..PracticeMargins::default() };
    let mut registers = vec![0.0; knowledge.states.len()];
    for sex in [Sex::Male, Sex::Female] {
        let mut bands = [0.0; AGE_BANDS];
        for (age, people) in ENGLAND[sex as usize].iter().enumerate() {
            let people = people / everybody * f64::from(INVENTED_LIST);
            bands[(age / 5).min(AGE_BANDS - 1)] += people;
            for (state, register) in registers.iter_mut().enumerate() {
                *register += people * knowledge.share(state, age, sex, usize::from(fifth));
            }
        }
        practice.people[sex as usize] = bands.map(|people| people.round() as u32);
    }
    let states = knowledge.states.iter().zip(registers);
    practice.registers = states
        .filter(|(state, _)| !state.register.is_empty())
        .map(|(state, people)| (state.register.clone(), people.round() as u32))
        .collect();
    practice
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
