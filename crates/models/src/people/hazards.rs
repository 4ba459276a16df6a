//! What may happen to a person in a year, and how likely each is.

use std::fmt;

use super::knowledge::AGES;
use super::person::{COUNTED, Frailty, MOST_CONDITIONS, MOST_COUNTED, Person, ROWS, of_row};
use vocab::Sex;

/// Numbers of conditions told apart: none, one, … seven and more.
pub(super) const COUNTS: usize = MOST_COUNTED as usize + 1;
/// Places in the table of bounds.
const BOUNDS: usize = 1 << 16;

/// Yearly probabilities of a fit person of one age, sex and deprivation without any condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Onset of each condition in those who have it not.
    pub onset: Vec<f64>,
    /// The end of each condition in those who have it.
    pub recovery: Vec<f64>,
    /// Death, in each frailty category.
    pub death: [f64; 4],
    /// A birth.
    pub birth: f64,
    /// From each frailty category to the next: fit to mild, mild to moderate, moderate to severe.
    pub frailer: [f64; 3],
    /// Having joined the list within the year before.
    pub joins: f64,
}

/// People who come to an area or leave it in a year beyond those who change places: a share of those of each age.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// For each area, for each age up to [`MOST_AGE`](super::MOST_AGE): above 0 they come, below 0 they leave.
    pub by_area: Vec<Vec<f64>>,
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
    /// Becoming frailer, by the number of conditions.
    pub frailer_by_count: [f64; COUNTS],
    /// Share of girls among the newborn.
    pub girls: f64,
    /// Whether conditions and frailty that begin in a year already count for the deaths of that year.
    pub deaths_follow_onset: bool,
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
    /// Recovery by row, in the same way.
    recovery: Vec<f64>,
    death: Vec<[f64; 4]>,
    birth: Vec<f64>,
    frailer: Vec<[f64; 3]>,
    /// Of 4,096 people so many joined their list within the year before.
    joins: Vec<u16>,
    /// Whether anybody joins.
    has_joins: bool,
    flows: Option<Flows>,
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
            frailer_by_count: [1.0; COUNTS],
            girls: 100.0 / 205.0,
            deaths_follow_onset: true,
        }
    }

    fn check(&self) -> Result<(), BadHazards> {
        let lists: [(&'static str, &[f64]); 5] = [
            ("onset by other conditions", &self.onset_by_others),
            ("death by number of conditions", &self.death_by_count),
            ("death by condition", &self.death_by_condition),
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
        let lists: [(&'static str, &[f64]); 6] = [
            ("falling ill", &self.onset),
            ("recovering", &self.recovery),
            ("joining a list", &[self.joins]),
            ("dying", &self.death),
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
            recovery: vec![0.0; ROWS * conditions],
            death: vec![[0.0; 4]; ROWS],
            birth: vec![0.0; ROWS],
            frailer: vec![[0.0; 3]; ROWS],
            joins: vec![0; ROWS],
            has_joins: false,
            flows: None,
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
        let expected = self.conditions;
        for (what, found) in [("onset", rates.onset.len()), ("recovery", rates.recovery.len())] {
            if found != expected {
                return Err(BadHazards::NotOneEach { what, found, expected });
            }
        }
        rates.check(age)?;
        self.onset[row * expected..][..expected].copy_from_slice(&rates.onset);
        self.recovery[row * expected..][..expected].copy_from_slice(&rates.recovery);
        self.joins[row] = (rates.joins * 4096.0).round() as u16;
        self.has_joins |= self.joins[row] > 0;
        self.death[row] = rates.death;
        self.birth[row] = rates.birth;
        self.frailer[row] = rates.frailer;
        Ok(())
    }

    /// The same tables with people who come and leave.
    ///
    /// # Errors
    /// Shares that are not between -1 and 1.
    pub fn with_flows(mut self, flows: Flows) -> Result<Self, BadHazards> {
        for by_age in &flows.by_area {
            let bad = by_age.iter().enumerate().find(|(_, share)| !(-1.0..=1.0).contains(*share));
            if let Some((age, found)) = bad {
                return Err(BadHazards::NoProbability {
                    what: "coming or leaving",
                    age,
                    found: *found,
                });
            }
        }
        self.flows = Some(flows);
        self.bound();
        Ok(self)
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

    /// The end of each condition in a person who has them all.
    pub(super) fn recoveries(&self, person: &Person) -> &[f64] {
        &self.recovery[person.row() * self.conditions..][..self.conditions]
    }

    /// Whether so much of a draw makes a person one who joined their list within the year before.
    #[inline]
    pub(super) fn has_joined(&self, person: &Person, draw: u32) -> bool {
        self.has_joins && draw & 0xFFF < u32::from(self.joins[person.row()])
    }

    /// The share of people like this who come (above 0) or leave (below 0).
    pub(super) fn flow(&self, person: &Person) -> f64 {
        let by_area = self.flows.as_ref().and_then(|flows| flows.by_area.get(person.area()));
        by_area
            .and_then(|by_age| by_age.get(usize::from(person.age())))
            .copied()
            .unwrap_or_default()
    }

    /// The probability that a person dies within the year.
    #[must_use]
    pub fn death(&self, person: &Person) -> f64 {
        let multipliers = &self.multipliers;
        let mut factor = multipliers.death_by_count[person.count() as usize];
        let mut conditions = person.conditions();
        while conditions != 0 {
            factor *= multipliers.death_by_condition[conditions.trailing_zeros() as usize];
            conditions &= conditions - 1;
        }
        (self.death[person.row()][person.frailty() as usize] * factor).min(1.0)
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
        let strongest = self.strongest();
        let flows = self.largest_flows();
        for row in 0..ROWS {
            let Some((age, ..)) = of_row(row) else { continue };
            let sorted = |rates: &[f64]| {
                let mut rates = rates[row * self.conditions..][..self.conditions].to_vec();
                rates.sort_by(|a, b| b.total_cmp(a));
                rates
            };
            let [onset, recovery] = [sorted(&self.onset), sorted(&self.recovery)];
            for (count, strongest) in strongest.iter().enumerate() {
                let calm = self.least_calm(&onset, &recovery, count) * (1.0 - flows[age]);
                for frailty in 0..4 {
                    let quiet = calm * self.least_steady(row, count, frailty, *strongest);
                    let bound = (1.0 - quiet) * (1.0 + 1e-12) * 4_294_967_296.0;
                    let bound = bound.floor().min(f64::from(u32::MAX)) as u32;
                    self.bounds[row | count << 11 | frailty << 14] = bound;
                }
            }
        }
    }

    /// For each number of conditions the most that they, and states that are not counted, can do to deaths.
    fn strongest(&self) -> [f64; COUNTS] {
        let factors: Vec<f64> =
            self.multipliers.death_by_condition.iter().map(|factor| factor.max(1.0)).collect();
        let (counted, others) = factors.split_at(factors.len().min(COUNTED));
        let mut counted = counted.to_vec();
        counted.sort_by(|a, b| b.total_cmp(a));
        std::array::from_fn(|count| {
            let had = if count == COUNTS - 1 { counted.len() } else { count.min(counted.len()) };
            counted[..had].iter().chain(others).product()
        })
    }

    /// The largest share of any area that comes or leaves, by age.
    fn largest_flows(&self) -> [f64; AGES] {
        let by_area = self.flows.as_ref().map(|flows| flows.by_area.as_slice()).unwrap_or_default();
        let share =
            |by_age: &Vec<f64>, age: usize| by_age.get(age).map_or(0.0, |share| share.abs());
        std::array::from_fn(|age| {
            by_area.iter().map(|by_age| share(by_age, age)).fold(0.0, f64::max)
        })
    }

    /// The least probability that no condition begins or ends in a year, whichever of them a person has.
    fn least_calm(&self, onset: &[f64], recovery: &[f64], count: usize) -> f64 {
        let other = self.multipliers.onset_by_others[count];
        let open = self.conditions - count.min(self.conditions);
        let had = if count == COUNTS - 1 {
            self.conditions
        } else {
            count + self.conditions.saturating_sub(COUNTED)
        };
        let well = onset.iter().take(open).map(|rate| 1.0 - (rate * other).min(1.0));
        let ill = recovery.iter().take(had).map(|rate| 1.0 - rate);
        well.chain(ill).product()
    }

    /// The least probability of neither dying, nor having a child, nor becoming frailer.
    fn least_steady(&self, row: usize, count: usize, frailty: usize, strongest: f64) -> f64 {
        let multipliers = &self.multipliers;
        let death = self.death[row][frailty] * multipliers.death_by_count[count] * strongest;
        let frailer = self.frailer[row].get(frailty).copied().unwrap_or_default();
        let frailer = (frailer * multipliers.frailer_by_count[count]).min(1.0);
        (1.0 - death.min(1.0)) * (1.0 - self.birth[row]) * (1.0 - frailer)
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
