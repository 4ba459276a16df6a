//! Deaths by age, sex, deprivation and frailty, with the mean of the life table and the published ratios of frailty.

use super::super::knowledge::Knowledge;
use super::super::person::Person;
use super::means::{GROUPS, Group};
use vocab::Sex;

/// Rounds in which ratios and means are set in turn; those at risk of certain death make more than one needed.
const ROUNDS: usize = 12;
/// People of a category below which its own ratio is not looked for.
const FEW: f64 = 20.0;

/// What each frailty category multiplies the life table with, by group of age and sex.
pub(super) struct Deaths {
    by_group: Vec<[f64; 4]>,
    factors: Vec<f64>,
}

/// Sums over the people of a group.
#[derive(Clone, Copy, Default)]
struct Sums {
    people: [f64; 4],
    /// Expected deaths by frailty.
    deaths: [f64; 4],
    /// Deaths of the life table.
    table: f64,
}

impl Deaths {
    pub(super) fn new(people: &[Person], knowledge: &Knowledge) -> Self {
        let factors = knowledge.states.iter().map(|state| state.deaths).collect();
        let ratios = knowledge.frailty_deaths();
        let mut deaths = Self { by_group: vec![ratios; GROUPS], factors };
        for _ in 0..ROUNDS {
            let sums = deaths.sums(people, knowledge);
            for (factors, sums) in deaths.by_group.iter_mut().zip(&sums) {
                adjust(factors, sums, &ratios);
            }
        }
        deaths
    }

    fn sums(&self, people: &[Person], knowledge: &Knowledge) -> Vec<Sums> {
        let mut sums = vec![Sums::default(); GROUPS];
        for person in people {
            let sums = &mut sums[Group::of(usize::from(person.age()), person.sex()).0];
            let frailty = person.frailty() as usize;
            sums.people[frailty] += 1.0;
            sums.deaths[frailty] += self.person(person, knowledge);
            sums.table += knowledge.death(usize::from(person.age()), person.sex());
        }
        sums
    }

    /// The probability that a person dies within the year.
    pub(super) fn person(&self, person: &Person, knowledge: &Knowledge) -> f64 {
        let (age, sex) = (usize::from(person.age()), person.sex());
        let by_frailty =
            self.of(age, sex, usize::from(person.fifth()), Group::of(age, sex), knowledge);
        let conditions = person.conditions();
        let had = self.factors.iter().enumerate().filter(|(state, _)| conditions >> state & 1 == 1);
        let factor: f64 = had.map(|(_, factor)| factor).product();
        (by_frailty[person.frailty() as usize] * factor).min(1.0)
    }

    /// The probability that a person of each frailty category dies within the year, without conditions.
    pub(super) fn of(
        &self,
        age: usize,
        sex: Sex,
        fifth: usize,
        group: Group,
        knowledge: &Knowledge,
    ) -> [f64; 4] {
        let table = knowledge.death(age, sex) * knowledge.death_by_fifth(age, fifth);
        self.by_group[group.0].map(|factor| (table * factor).min(1.0))
    }
}

/// Brings the ratio of hazards of each category nearer to the published one, then the mean nearer to the life table.
fn adjust(factors: &mut [f64; 4], sums: &Sums, ratios: &[f64; 4]) {
    let hazard =
        |category: usize| -libm::log1p(-(sums.deaths[category] / sums.people[category]).min(0.999));
    for category in 1..4 {
        if sums.people[category] >= FEW && sums.people[0] >= FEW {
            factors[category] *= ratios[category] * hazard(0) / hazard(category);
        }
    }
    let expected: f64 = sums.deaths.iter().sum();
    if expected > 0.0 {
        let level = sums.table / expected;
        for factor in factors {
            *factor *= level;
        }
    }
}
