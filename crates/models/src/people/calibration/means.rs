//! Means over people of an age group and sex: how many die with and without each condition, and what others multiply.

use super::super::hazards::Multipliers;
use super::super::knowledge::{AGES, Knowledge, STATES};
use super::super::person::Person;
use super::deaths::Deaths;
use vocab::Sex;

/// Five-year bands, the last from 95, for each sex.
pub(super) const GROUPS: usize = 40;

/// A five-year band of age and a sex.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group(pub(super) usize);

impl Group {
    pub(super) fn of(age: usize, sex: Sex) -> Self {
        Self((age.min(AGES - 2) / 5) * 2 + sex as usize)
    }
}

/// A ratio of two sums.
#[derive(Debug, Clone, Copy, Default)]
struct Ratio {
    above: f64,
    below: f64,
}

impl Ratio {
    fn add(&mut self, above: f64, below: f64) {
        self.above += above;
        self.below += below;
    }

    fn or(self, otherwise: f64) -> f64 {
        if self.below > 0.0 { self.above / self.below } else { otherwise }
    }
}

/// The means of every group.
pub(super) struct Means {
    /// Deaths beside the life table of those with and without each state.
    with: Vec<[Ratio; STATES]>,
    without: Vec<[Ratio; STATES]>,
    /// What other conditions multiply onset with, among those without each state.
    others: Vec<[Ratio; STATES]>,
    /// Deaths beside the life table, and what conditions multiply frailty with, by category.
    frail: Vec<[Ratio; 4]>,
    frailer: Vec<[Ratio; 4]>,
}

impl Means {
    pub(super) fn new(
        people: &[Person],
        deaths: &Deaths,
        multipliers: &Multipliers,
        knowledge: &Knowledge,
    ) -> Self {
        let none = vec![[Ratio::default(); STATES]; GROUPS];
        let mut means = Self {
            with: none.clone(),
            without: none.clone(),
            others: none,
            frail: vec![[Ratio::default(); 4]; GROUPS],
            frailer: vec![[Ratio::default(); 4]; GROUPS],
        };
        for person in people {
            means.add(person, deaths.person(person, knowledge), multipliers, knowledge);
        }
        means
    }

    fn add(
        &mut self,
        person: &Person,
        death: f64,
        multipliers: &Multipliers,
        knowledge: &Knowledge,
    ) {
        let age = usize::from(person.age());
        let Group(group) = Group::of(age, person.sex());
        let table = knowledge.death(age, person.sex());
        let count = person.count() as usize;
        for state in 0..STATES {
            if person.conditions() >> state & 1 == 1 {
                self.with[group][state].add(death, table);
            } else {
                self.without[group][state].add(death, table);
                self.others[group][state].add(multipliers.onset_by_others[count], 1.0);
            }
        }
        let frailty = person.frailty() as usize;
        self.frail[group][frailty].add(death, table);
        self.frailer[group][frailty].add(multipliers.frailer_by_count[count], 1.0);
    }

    /// Deaths of those with and those without a state, as a ratio to the life table.
    pub(super) fn deaths(&self, group: Group, state: usize, knowledge: &Knowledge) -> [f64; 2] {
        let without = self.without[group.0][state].or(1.0);
        let with = self.with[group.0][state].or(without * knowledge.states[state].deaths);
        [with, without]
    }

    /// What other conditions multiply onset with, in the mean of those without a state.
    pub(super) fn others(&self, group: Group, state: usize) -> f64 {
        self.others[group.0][state].or(1.0)
    }

    /// Deaths of a frailty category as a ratio to the life table.
    pub(super) fn frail(&self, group: Group, category: usize, knowledge: &Knowledge) -> f64 {
        self.frail[group.0][category].or(knowledge.frailty_deaths()[category])
    }

    /// What conditions multiply the step from a frailty category with, in the mean.
    pub(super) fn frailer(&self, group: Group, category: usize) -> f64 {
        self.frailer[group.0][category].or(1.0)
    }
}
