//! How frail people are: by age as published, and the more conditions the likelier.

use rayon::prelude::*;

use super::super::knowledge::{AGES, Knowledge};
use super::super::luck::{Luck, uniform};
use super::super::person::{CARE_HOME, Frailty, Person};

/// Places on the scale by which frailty is drawn: seven conditions and more, and three more in a care home.
const LEVELS: usize = 11;
/// What a care home is worth in conditions.
const HOME: usize = 3;
/// The block of the draw of frailty: that of the class, its second draw.
const BLOCK: u32 = 1;

/// Gives everybody a frailty category: at each age the shares of the categories are the published ones.
pub(super) fn make_frail(people: &mut [Person], knowledge: &Knowledge, luck: Luck) {
    let chances = chances(people, knowledge);
    people.par_iter_mut().with_min_len(1 << 14).for_each(|person| {
        let draw = uniform(luck.beginning(person.luck, BLOCK)[1]);
        let reached = chances[usize::from(person.age())][level(person)];
        let category = reached.iter().filter(|chance| draw < **chance).count();
        *person = person.with_frailty(Frailty::ALL[category]);
    });
}

fn level(person: &Person) -> usize {
    person.count() as usize + if person.conditions() >> CARE_HOME & 1 == 1 { HOME } else { 0 }
}

/// For each age and level the probabilities of being at least mildly, moderately and severely frail.
fn chances(people: &[Person], knowledge: &Knowledge) -> Vec<[[f64; 3]; LEVELS]> {
    let mut counts = vec![[0_u32; LEVELS]; AGES];
    for person in people {
        counts[usize::from(person.age())][level(person)] += 1;
    }
    let slope = knowledge.frailty_by_condition();
    (0..AGES)
        .map(|age| {
            let shares = knowledge.frailty(age);
            let at_least: [f64; 3] =
                std::array::from_fn(|category| shares[category + 1..].iter().sum());
            let starts = at_least.map(|share| start(share, &counts[age], slope));
            std::array::from_fn(|level| starts.map(|start| chance(start, slope, level)))
        })
        .collect()
}

fn chance(start: f64, slope: f64, level: usize) -> f64 {
    1.0 / (1.0 + libm::exp(-(start + slope * level as f64)))
}

/// The log odds at level nought with which so large a share of these people is reached.
fn start(share: f64, counts: &[u32; LEVELS], slope: f64) -> f64 {
    let people: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    if share <= 0.0 || people <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let reached: f64 = counts
            .iter()
            .enumerate()
            .map(|(level, count)| f64::from(*count) * chance(middle, slope, level))
            .sum();
        if reached < share * people {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
