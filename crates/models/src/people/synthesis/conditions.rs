//! Who lives with which condition: every register met, conditions clustered in the same people.

use super::super::knowledge::{Knowledge, STATES};
use super::super::luck::{Luck, uniform};
use super::super::margins::{Missed, PracticeMargins};
use super::super::person::{Person, ROWS, of_row};

/// Classes of what the conditions of a person share, equally many people in each.
const CLASSES: usize = 8;
/// The first block of draws for conditions; before it stand those of who a person is.
const FIRST_BLOCK: u32 = 2;
/// The block of the draw of a person's class.
const CLASS: u32 = 1;

/// How likely each state is, by age, sex, deprivation and class, in England.
pub(super) struct Likelihood {
    registers: Vec<String>,
    /// State by state, row by row, class by class.
    shares: Vec<f32>,
}

impl Likelihood {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let multipliers = class_multipliers(knowledge.shared());
        let mut shares = vec![0.0; STATES * ROWS * CLASSES];
        for state in 0..STATES {
            for row in 0..ROWS {
                if let Some((age, sex, fifth)) = of_row(row) {
                    let share = knowledge.share(state, age, sex, fifth);
                    let by_class = spread(share, &multipliers);
                    shares[(state * ROWS + row) * CLASSES..][..CLASSES].copy_from_slice(&by_class);
                }
            }
        }
        let registers = knowledge.states.iter().map(|state| state.register.clone()).collect();
        Self { registers, shares }
    }

    fn of(&self, state: usize) -> &[f32] {
        &self.shares[state * ROWS * CLASSES..][..ROWS * CLASSES]
    }
}

/// What people of each class have more or less of than the mean: a log-normal variate cut into equal parts.
fn class_multipliers(variance: f64) -> [f64; CLASSES] {
    let spread = libm::log(1.0 + variance).sqrt();
    let middle = |class: usize| (class as f64 + 0.5) / CLASSES as f64;
    let raw: [f64; CLASSES] = std::array::from_fn(|class| {
        libm::exp(spread * stats::distributions::normal::quantile(middle(class)))
    });
    let mean = raw.iter().sum::<f64>() / CLASSES as f64;
    raw.map(|multiplier| multiplier / mean)
}

/// A share spread over the classes: the rate behind it is multiplied, and the mean over the classes stays.
fn spread(share: f64, multipliers: &[f64; CLASSES]) -> [f32; CLASSES] {
    let mut rate = -libm::log1p(-share);
    let with = |rate: f64| multipliers.map(|multiplier| -libm::expm1(-rate * multiplier));
    for _ in 0..80 {
        let mean = with(rate).iter().sum::<f64>() / CLASSES as f64;
        if (mean - share).abs() <= 1e-6 * share {
            break;
        }
        rate *= share / mean;
    }
    with(rate).map(|share| share as f32)
}

/// Gives the people of a practice their conditions; the registers that could not be met are given back.
pub(super) fn fall_ill(
    people: &mut [Person],
    practice: &PracticeMargins,
    likelihood: &Likelihood,
    luck: Luck,
) -> Vec<Missed> {
    let places: Vec<u32> = people
        .iter()
        .map(|person| {
            let class = luck.beginning(person.luck, CLASS)[0] as usize % CLASSES;
            (person.row() * CLASSES + class) as u32
        })
        .collect();
    let mut had = vec![0_u32; people.len()];
    let mut missed = Vec::new();
    let mut draws = vec![[0; 4]; people.len()];
    for state in 0..STATES {
        if state % 4 == 0 {
            for (draws, person) in draws.iter_mut().zip(&*people) {
                *draws = luck.beginning(person.luck, FIRST_BLOCK + state as u32 / 4);
            }
        }
        let register = &likelihood.registers[state];
        let draw = |person: usize| uniform(draws[person][state % 4]) as f32;
        let chosen = Choice { people, places: &places, shares: likelihood.of(state) };
        let holders = match practice.registers.get(register) {
            Some(wanted) => chosen.exactly(*wanted, draw),
            None => chosen.by_chance(draw),
        };
        let wanted = practice.registers.get(register).copied();
        let found = holders.iter().filter(|person| people[**person].is_registered()).count() as u32;
        if let Some(wanted) = wanted.filter(|wanted| *wanted != found) {
            let (practice, margin) = (practice.code.clone(), register.clone());
            missed.push(Missed { practice, margin, wanted, found });
        }
        for person in holders {
            had[person] |= 1 << state;
        }
    }
    for (person, had) in people.iter_mut().zip(had) {
        *person = person.with_conditions(had);
    }
    missed
}

/// Who may be chosen for a register, and how likely each is.
struct Choice<'a> {
    people: &'a [Person],
    places: &'a [u32],
    shares: &'a [f32],
}

impl Choice<'_> {
    /// Everybody by their own chance.
    fn by_chance(&self, draw: impl Fn(usize) -> f32) -> Vec<usize> {
        let share = |person: usize| self.shares[self.places[person] as usize];
        (0..self.people.len()).filter(|person| draw(*person) < share(*person)).collect()
    }

    /// So many of those on the list, each with a chance in proportion to their share (sequential Poisson sampling: the
    /// lowest ratios of draw to share), and of those on no list as many as by the same measure.
    fn exactly(&self, wanted: u32, draw: impl Fn(usize) -> f32) -> Vec<usize> {
        let expected: f64 = self
            .people
            .iter()
            .zip(self.places)
            .filter(|(person, _)| person.is_registered())
            .map(|(_, place)| f64::from(self.shares[*place as usize]))
            .sum();
        let scale = f64::from(wanted) / expected;
        let mut reach = scale * (1.2 + 8.0 / f64::from(wanted.max(1)).sqrt());
        let everybody = 1e12_f64.max(2.0 * reach);
        loop {
            let mut candidates = self.below(reach as f32, &draw);
            let on_list = candidates
                .iter()
                .filter(|(_, person)| self.people[*person].is_registered())
                .count();
            if on_list >= wanted as usize || reach >= everybody {
                return self.lowest(&mut candidates, wanted as usize);
            }
            reach = if reach > 100.0 * scale { everybody } else { reach * 4.0 };
        }
    }

    /// People whose ratio of draw to share is below a limit.
    fn below(&self, limit: f32, draw: &impl Fn(usize) -> f32) -> Vec<(f32, usize)> {
        let mut candidates = Vec::new();
        for (person, place) in self.places.iter().enumerate() {
            let (draw, share) = (draw(person), self.shares[*place as usize]);
            if draw < share * limit {
                candidates.push((draw / share, person));
            }
        }
        candidates
    }

    /// The lowest on the list, as many as wanted, and those on no list who are as low.
    fn lowest(&self, candidates: &mut [(f32, usize)], wanted: usize) -> Vec<usize> {
        candidates.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut left = wanted;
        let mut holders = Vec::with_capacity(wanted);
        for (_, person) in candidates.iter() {
            if left == 0 {
                break;
            }
            left -= usize::from(self.people[*person].is_registered());
            holders.push(*person);
        }
        holders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreading_a_share_keeps_its_mean() {
        let multipliers = class_multipliers(0.5);
        for share in [0.0, 0.001, 0.2, 0.58, 0.9] {
            let spread = spread(share, &multipliers);
            let mean = spread.iter().map(|share| f64::from(*share)).sum::<f64>() / CLASSES as f64;
            assert!((mean - share).abs() < 1e-4, "{share} {mean}");
        }
    }
}
