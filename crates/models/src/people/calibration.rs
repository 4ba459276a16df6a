//! Tables to live by, so that nothing changes when nothing changes.
//!
//! From who is ill and frail today at every age, and from the life table, follow the onsets (and, where a condition is rarer
//! at higher ages than deaths explain, the recoveries) that keep every age as it is. Conditions and frailty raise deaths, but
//! their mean stays that of the life table, and people of each frailty category die by the published ratios beside fit people
//! of their age and sex.
//!
//! Methods: [incidence from prevalence](../../../../docs/book/methods.md#incidence-from-prevalence),
//! [frailty](../../../../docs/book/methods.md#frailty).

mod deaths;
mod means;
mod onset;

use self::deaths::Deaths;
use self::means::{Group, Means};
use self::onset::Prevalence;
use super::hazards::{BadHazards, COUNTS, Hazards, Multipliers, Rates};
use super::knowledge::Knowledge;
use super::person::Person;
use vocab::Sex;

/// People from whom the rates of any number of them can be told.
const ENOUGH: usize = 1 << 20;

/// What a scenario or a draw does to the rates: each is multiplied, and 1 leaves it as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Onset of every condition.
    pub onset: f64,
    /// Onset of some conditions at some ages, on top of that.
    pub onsets: Vec<Onset>,
    /// Becoming frailer.
    pub frailer: f64,
    /// Deaths.
    pub death: f64,
    /// Births.
    pub birth: f64,
    /// Joining a list.
    pub joins: f64,
}

/// Some conditions begin more or less often at some ages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Onset {
    /// The conditions, one bit each.
    pub conditions: u32,
    /// Factor on their onset.
    pub factor: f64,
    /// Age from which it holds.
    pub from_age: u8,
    /// Age before which it holds.
    pub to_age: u8,
}

/// The rates of the base year, found from the people themselves.
#[derive(Debug, Clone)]
pub struct Calibrated {
    multipliers: Multipliers,
    /// By age, then sex (male, female), then deprivation fifth.
    rates: Vec<Rates>,
}

impl Change {
    /// Everything as it is.
    pub const NONE: Self =
        Self { onset: 1.0, onsets: Vec::new(), frailer: 1.0, death: 1.0, birth: 1.0, joins: 1.0 };

    /// The factor on the onset of a condition at an age.
    fn onset(&self, condition: usize, age: usize) -> f64 {
        let holds = |one: &&Onset| {
            one.conditions >> condition & 1 == 1
                && (usize::from(one.from_age)..usize::from(one.to_age)).contains(&age)
        };
        self.onset * self.onsets.iter().filter(holds).map(|one| one.factor).product::<f64>()
    }
}

impl Calibrated {
    /// The rates that keep these people, age by age, as they are. Of more than a million people every so many-th is looked at.
    #[must_use]
    pub fn new(people: &[Person], knowledge: &Knowledge) -> Self {
        let every = people.len().div_ceil(ENOUGH).max(1);
        let people: &[Person] = &people.iter().step_by(every).copied().collect::<Vec<_>>();
        let multipliers = multipliers(knowledge);
        let deaths = Deaths::new(people, knowledge);
        let prevalence = Prevalence::new(people, knowledge);
        let means = Means::new(people, &deaths, &multipliers, knowledge);
        let mut rates = Vec::new();
        for age in 0..super::knowledge::AGES {
            for sex in [Sex::Male, Sex::Female] {
                let group = Group::of(age, sex);
                let frailer = onset::frailer(age, sex, &means, knowledge);
                for fifth in 0..5 {
                    let (onset, recovery) = prevalence.flows(age, sex, fifth, &means, knowledge);
                    rates.push(Rates {
                        onset,
                        recovery,
                        death: deaths.of(age, sex, fifth, group, knowledge),
                        birth: if sex == Sex::Female { knowledge.birth(age) } else { 0.0 },
                        frailer,
                        joins: knowledge.joins(age),
                    });
                }
            }
        }
        Self { multipliers, rates }
    }

    /// The tables of a year under a change.
    ///
    /// # Errors
    /// A change that is below nought or no number.
    pub fn hazards(&self, change: &Change) -> Result<Hazards, BadHazards> {
        let times = |rate: f64, factor: f64| (rate * factor).min(1.0);
        Hazards::new(self.multipliers.clone(), |age, sex, fifth| {
            let rates = &self.rates[(age * 2 + sex as usize) * 5 + fifth];
            Rates {
                onset: rates
                    .onset
                    .iter()
                    .enumerate()
                    .map(|(condition, rate)| times(*rate, change.onset(condition, age)))
                    .collect(),
                recovery: rates.recovery.clone(),
                death: rates.death.map(|rate| times(rate, change.death)),
                birth: times(rates.birth, change.birth),
                frailer: rates.frailer.map(|rate| times(rate, change.frailer)),
                joins: times(rates.joins, change.joins),
            }
        })
    }
}

/// What conditions do to each other and to deaths.
fn multipliers(knowledge: &Knowledge) -> Multipliers {
    let slope =
        |slope: f64| std::array::from_fn::<f64, COUNTS, _>(|count| 1.0 + slope * count as f64);
    Multipliers {
        onset_by_others: slope(knowledge.onset_by_others()),
        death_by_count: [1.0; COUNTS],
        death_by_condition: knowledge.states.iter().map(|state| state.deaths).collect(),
        frailer_by_count: slope(knowledge.frailty_by_condition()),
        girls: knowledge.girls(),
        deaths_follow_onset: false,
    }
}
