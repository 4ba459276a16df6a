//! The same lives without a framework: one structure a person, one draw for each event that may happen.

use ixa::rand::rngs::SmallRng;
use ixa::rand::{Rng, SeedableRng};

use crate::tables::{CONDITIONS, GIRLS, MOST_AGE, Person, Rates, Year};

/// Takes everybody through the years.
pub fn run(mut people: Vec<Person>, rates: &Rates, years: usize, seed: u64) -> Vec<Year> {
    let mut draws = SmallRng::seed_from_u64(seed);
    (0..years).map(|_| live(&mut people, rates, &mut draws)).collect()
}

fn live(people: &mut Vec<Person>, rates: &Rates, draws: &mut SmallRng) -> Year {
    let mut year = Year { people: people.len() as u64, ..Year::default() };
    let mut newborn = Vec::new();
    people.retain_mut(|person| {
        fall_ill(person, rates, draws);
        if falls(rates.birth(person.sex, person.age), draws) {
            let sex = u8::from(falls(GIRLS, draws));
            newborn.push(Person { age: 0, sex, imd: person.imd, had: [0; CONDITIONS] });
        }
        let death = rates.death(person.sex, person.age, person.imd, count(person.had));
        if falls(death, draws) {
            year.deaths += 1;
            return false;
        }
        for (sum, had) in year.conditions.iter_mut().zip(person.had) {
            *sum += u64::from(had);
        }
        person.age = (person.age + 1).min(MOST_AGE);
        true
    });
    year.births = newborn.len() as u64;
    people.append(&mut newborn);
    year
}

fn fall_ill(person: &mut Person, rates: &Rates, draws: &mut SmallRng) {
    let others = count(person.had);
    for condition in 0..CONDITIONS {
        if person.had[condition] == 0 {
            let onset = rates.onset(condition, person.age, person.imd, others);
            person.had[condition] = u8::from(falls(onset, draws));
        }
    }
}

fn count(had: [u8; CONDITIONS]) -> u32 {
    had.iter().map(|had| u32::from(*had)).sum()
}

/// Whether something of this probability happens; what cannot happen takes no draw.
fn falls(probability: f64, draws: &mut SmallRng) -> bool {
    probability > 0.0 && draws.random::<f64>() < probability
}
