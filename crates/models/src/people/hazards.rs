//! What may happen to a person in a year, and how likely each is.

use std::fmt;

use super::person::{Frailty, MOST_CONDITIONS, MOST_COUNTED, Person, ROWS, Sex, of_row};

/// Numbers of conditions told apart: none, one, … seven and more.
pub(super) const COUNTS: usize = MOST_COUNTED as usize + 1;
/// Places in the table of bounds.
const BOUNDS: usize = 1 << 16;

/// Yearly probabilities of a fit person of one age, sex and deprivation without any condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Onset of each condition.
    pub onset: Vec<f64>,
    /// Death.
    pub death: f64,
    /// A birth.
    pub birth: f64,
    /// From each frailty category to the next: fit to mild, mild to moderate, moderate to severe.
    pub frailer: [f64; 3],
}

/// What conditions and frailty do to the probabilities of [`Rates`]; a product above 1 counts as 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Multipliers {
    /// Onset of a condition, by the number of others.
    pub onset_by_others: [f64; COUNTS],
    /// Death, by the number of conditions.
    pub death_by_count: [f64; COUNTS],
    /// Death, for each condition.
    pub death_by_condition: Vec<f64>,
    /// Death, by frailty category.
    pub death_by_frailty: [f64; 4],
    /// Becoming frailer, by the number of conditions.
    pub frailer_by_count: [f64; COUNTS],
    /// Share of girls among the newborn.
    pub girls: f64,
}

/// Why hazards are refused.
#[derive(Debug, Clone, PartialEq)]
pub enum BadHazards {
    /// There are more conditions than a record has room for.
    TooManyConditions(usize),
    /// A list has not one entry for each condition.
    NotOneEach {
        /// What the list says of each condition.
        what: &'static str,
        /// How many entries it has.
        found: usize,
        /// How many conditions there are.
        expected: usize,
    },
    /// A probability is not between 0 and 1.
    NoProbability {
        /// What should happen with it.
        what: &'static str,
        /// At which age.
        age: usize,
        /// The figure found.
        found: f64,
    },
    /// A multiplier is below 0 or no number.
    NoMultiplier {
        /// What it multiplies.
        what: &'static str,
        /// The figure found.
        found: f64,
    },
}

/// The tables that people live by in a year.
#[derive(Debug, Clone)]
pub struct Hazards {
    pub(super) conditions: usize,
    pub(super) multipliers: Multipliers,
    /// Onset by row, the conditions of a row side by side.
    onset: Vec<f64>,
    death: Vec<f64>,
    birth: Vec<f64>,
    frailer: Vec<[f64; 3]>,
    /// For each age, sex, deprivation, number of conditions and frailty a draw above which nothing can happen.
    bounds: Vec<u32>,
}

impl Multipliers {
    /// Conditions and frailty that change nothing.
    #[must_use]
    pub fn none(conditions: usize) -> Self {
        Self {
            onset_by_others: [1.0; COUNTS],
            death_by_count: [1.0; COUNTS],
            death_by_condition: vec![1.0; conditions],
            death_by_frailty: [1.0; 4],
            frailer_by_count: [1.0; COUNTS],
            girls: 100.0 / 205.0,
        }
    }

    fn check(&self) -> Result<(), BadHazards> {
        let lists: [(&'static str, &[f64]); 6] = [
            ("onset by other conditions", &self.onset_by_others),
            ("death by number of conditions", &self.death_by_count),
            ("death by condition", &self.death_by_condition),
            ("death by frailty", &self.death_by_frailty),
            ("becoming frailer by number of conditions", &self.frailer_by_count),
            ("girls among the newborn", &[self.girls]),
        ];
        for (what, list) in lists {
            if let Some(found) = list.iter().find(|found| !(0.0..f64::INFINITY).contains(*found)) {
                return Err(BadHazards::NoMultiplier { what, found: *found });
            }
        }
        Ok(())
    }
}

impl Rates {
    fn check(&self, age: usize) -> Result<(), BadHazards> {
        let lists: [(&'static str, &[f64]); 4] = [
            ("falling ill", &self.onset),
            ("dying", &[self.death]),
            ("giving birth", &[self.birth]),
            ("becoming frailer", &self.frailer),
        ];
        for (what, list) in lists {
            if let Some(found) = list.iter().find(|found| !(0.0..=1.0).contains(*found)) {
                return Err(BadHazards::NoProbability { what, age, found: *found });
            }
        }
        Ok(())
    }
}

impl Hazards {
    /// Tables from the rates of every age, sex and deprivation fifth (0 to 4).
    ///
    /// # Errors
    /// Figures that are no probabilities or multipliers, and lists of another length than there are conditions.
    pub fn new(
        multipliers: Multipliers,
        rates: impl Fn(usize, Sex, usize) -> Rates,
    ) -> Result<Self, BadHazards> {
        let conditions = multipliers.death_by_condition.len();
        if conditions > MOST_CONDITIONS {
            return Err(BadHazards::TooManyConditions(conditions));
        }
        multipliers.check()?;
        let mut hazards = Self {
            conditions,
            multipliers,
            onset: vec![0.0; ROWS * conditions],
            death: vec![0.0; ROWS],
            birth: vec![0.0; ROWS],
            frailer: vec![[0.0; 3]; ROWS],
            bounds: vec![0; BOUNDS],
        };
        for row in 0..ROWS {
            if let Some((age, sex, fifth)) = of_row(row) {
                hazards.add(row, age, &rates(age, sex, fifth))?;
            }
        }
        hazards.bound();
        Ok(hazards)
    }

    fn add(&mut self, row: usize, age: usize, rates: &Rates) -> Result<(), BadHazards> {
        let (found, expected) = (rates.onset.len(), self.conditions);
        if found != expected {
            return Err(BadHazards::NotOneEach { what: "onset", found, expected });
        }
        rates.check(age)?;
        self.onset[row * expected..][..expected].copy_from_slice(&rates.onset);
        self.death[row] = rates.death;
        self.birth[row] = rates.birth;
        self.frailer[row] = rates.frailer;
        Ok(())
    }

    /// How many conditions there are.
    #[must_use]
    pub const fn conditions(&self) -> usize {
        self.conditions
    }

    /// Onset of each condition in a person who has none of them.
    pub(super) fn onsets(&self, person: &Person) -> &[f64] {
        &self.onset[person.row() * self.conditions..][..self.conditions]
    }

    /// The probability that a person dies within the year.
    #[must_use]
    pub fn death(&self, person: &Person) -> f64 {
        let multipliers = &self.multipliers;
        let mut factor = multipliers.death_by_count[person.count() as usize]
            * multipliers.death_by_frailty[person.frailty() as usize];
        let mut conditions = person.conditions();
        while conditions != 0 {
            factor *= multipliers.death_by_condition[conditions.trailing_zeros() as usize];
            conditions &= conditions - 1;
        }
        (self.death[person.row()] * factor).min(1.0)
    }

    /// The probability of having a child within the year.
    pub(super) fn birth(&self, person: &Person) -> f64 {
        self.birth[person.row()]
    }

    /// The probability of becoming frailer within the year, and the category reached.
    pub(super) fn frailer(&self, person: &Person) -> Option<(f64, Frailty)> {
        let from = person.frailty() as usize;
        let rate = self.frailer[person.row()].get(from)?;
        let factor = self.multipliers.frailer_by_count[person.count() as usize];
        Some(((rate * factor).min(1.0), Frailty::ALL[from + 1]))
    }

    /// Whether a draw is too high for anything to happen to such a person.
    #[inline]
    pub(super) fn is_quiet(&self, person: &Person, draw: u32) -> bool {
        draw > self.bounds[person.bound() as usize]
    }

    fn bound(&mut self) {
        let mut strongest = self.multipliers.death_by_condition.clone();
        strongest.sort_by(|a, b| b.total_cmp(a));
        for place in 0..BOUNDS {
            let row = place & (ROWS - 1);
            if of_row(row).is_some() {
                let (count, frailty) = ((place >> 11) & (COUNTS - 1), place >> 14);
                let probability = 1.0 - self.least_quiet(row, count, frailty, &strongest);
                let bound = (probability * (1.0 + 1e-12) * 4_294_967_296.0).floor();
                self.bounds[place] = bound.min(f64::from(u32::MAX)) as u32;
            }
        }
    }

    /// The least probability that nothing happens to anybody so placed, whichever conditions they have.
    fn least_quiet(&self, row: usize, count: usize, frailty: usize, strongest: &[f64]) -> f64 {
        let multipliers = &self.multipliers;
        let mut onset = self.onset[row * self.conditions..][..self.conditions].to_vec();
        onset.sort_by(|a, b| b.total_cmp(a));
        let open = self.conditions.saturating_sub(count);
        let other = multipliers.onset_by_others[count];
        let well =
            onset.iter().take(open).map(|rate| 1.0 - (rate * other).min(1.0)).product::<f64>();
        let worst = |factors: &[f64]| factors.iter().map(|factor| factor.max(1.0)).product::<f64>();
        let had = if count == COUNTS - 1 { strongest.len() } else { count.min(strongest.len()) };
        let factor = multipliers.death_by_count[count]
            * multipliers.death_by_frailty[frailty]
            * worst(&strongest[..had]);
        let frailer = self.frailer[row]
            .get(frailty)
            .map_or(0.0, |rate| (rate * multipliers.frailer_by_count[count]).min(1.0));
        let alive = 1.0 - (self.death[row] * factor).min(1.0);
        well * alive * (1.0 - self.birth[row]) * (1.0 - frailer)
    }
}

impl fmt::Display for BadHazards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyConditions(found) => {
                write!(f, "{found} conditions: a person has room for {MOST_CONDITIONS}")
            }
            Self::NotOneEach { what, found, expected } => {
                write!(f, "{what}: {found} figures for {expected} conditions")
            }
            Self::NoProbability { what, age, found } => {
                write!(f, "the probability of {what} at age {age} is {found}: expected 0 to 1")
            }
            Self::NoMultiplier { what, found } => {
                write!(f, "{what}: {found} is no multiplier: expected 0 or more")
            }
        }
    }
}

impl std::error::Error for BadHazards {}
