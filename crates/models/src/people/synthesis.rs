//! People of a place made from its margins: everybody on every list, and the few on none.
//!
//! Lists by sex and age and the shares of deprivation fifths and ethnic groups are met by raking and rounding; single years
//! within a band follow England. Each register is met exactly: who is on it is drawn with the probability of their age, sex
//! and deprivation, times what all conditions of a person share, so that conditions meet in the same people as they do in
//! life. Frailty follows age and the number of conditions.
//!
//! Methods: [synthesis](../../../../docs/book/methods.md#synthesis).

mod conditions;
mod frailty;
mod lists;

use rayon::prelude::*;

use self::conditions::Likelihood;
use super::knowledge::Knowledge;
use super::luck::Luck;
use super::margins::{Margins, Missed};
use super::person::Person;

/// The people of a place, practice by practice.
#[derive(Debug, Clone, PartialEq)]
pub struct Synthesis {
    /// Everybody; those on no list come last among the people of the practice near which they live.
    pub people: Vec<Person>,
    /// Registers that could not be met, because fewer people than they hold are of their ages.
    pub missed: Vec<Missed>,
}

/// Practices made together.
const TOGETHER: usize = 128;

/// Makes the people of a place.
#[must_use]
pub fn synthesise(margins: &Margins, knowledge: &Knowledge, seed: u64) -> Synthesis {
    let luck = Luck::new(seed, 0);
    let likelihood = Likelihood::new(knowledge);
    let lists: f64 = margins.practices.iter().map(|practice| f64::from(practice.list())).sum();
    let everybody = lists * (1.0 + 1.1 * knowledge.unregistered());
    let mut people = Vec::with_capacity(everybody as usize);
    let mut missed = Vec::new();
    for (number, practices) in margins.practices.chunks(TOGETHER).enumerate() {
        let lists = lists::lists(practices, number * TOGETHER, knowledge, seed);
        let made: Vec<(Vec<Person>, Vec<Missed>)> = practices
            .par_iter()
            .zip(lists)
            .map(|(practice, mut people)| {
                let missed = conditions::fall_ill(&mut people, practice, &likelihood, luck);
                (people, missed)
            })
            .collect();
        for (of_practice, missed_there) in made {
            people.extend(of_practice);
            missed.extend(missed_there);
        }
    }
    frailty::make_frail(&mut people, knowledge, luck);
    Synthesis { people, missed }
}
