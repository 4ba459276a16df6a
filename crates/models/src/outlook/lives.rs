//! Everybody on the lists taken through the years of a draw, and what a scenario does to falling ill.

use crate::change::{Change, Effect, months_between};
use crate::parameters::{Key, Parameters, Values};
use crate::people::{self, Hazards, Knowledge, Luck, Onset, Projected, project};

use super::job::Job;
use super::run::OutlookError;
use super::settings::BLOCK;

/// Draws that share lives: to follow everybody anew in each draw would take most of a run and tell little more.
const SHARING: u32 = 8;
/// The parameters that lives are lived by. Draws that share lives share them.
const OF_LIVES: [Key; 4] =
    [Key::PeopleOnset, Key::PeopleFrailer, Key::PeopleDeaths, Key::PeopleJoining];

/// Whether a parameter changes lives.
pub(super) fn is_of_lives(key: Key) -> bool {
    OF_LIVES.contains(&key)
}

/// The draw whose lives a draw shares. Draw 0 has its own, because it takes the middle values.
pub(super) const fn leader(draw: u32) -> u32 {
    match (draw, draw / SHARING * SHARING) {
        (0, _) => 0,
        (_, 0) => 1,
        (_, first) => first,
    }
}

/// The values of a draw, those of lives from the draw that leads it.
pub(super) fn values_of(parameters: &Parameters, seed: u64, draw: u32) -> Values {
    let mut values = parameters.values(seed, draw);
    if leader(draw) != draw {
        let leading = parameters.values(seed, leader(draw));
        for key in OF_LIVES {
            values = values.with(key, leading.get(key));
        }
    }
    values
}

/// What of a scenario changes lives, refused where a condition is not known.
pub(super) fn problems(changes: &[Change]) -> Vec<String> {
    let unknown = changes.iter().filter_map(|change| match &change.effect {
        Effect::Onset { condition, .. } => Some(condition)
            .filter(|condition| Knowledge::embedded().conditions(condition).is_none()),
        _ => None,
    });
    let known = || {
        let states = Knowledge::embedded().states.iter();
        let names = states.map(|state| state.register.as_str()).filter(|name| !name.is_empty());
        names.collect::<Vec<_>>().join(", ")
    };
    unknown
        .map(|condition| {
            format!(
                "there is no condition `{condition}`; expected nothing for all, or one of {}",
                known()
            )
        })
        .collect()
}

impl Job<'_> {
    /// The lives of the draws that one leads, with the values that it has.
    pub(super) fn lives(&self, values: &Values, leader: u32) -> Result<Projected, OutlookError> {
        let mut years: Vec<(people::Change, Hazards)> = Vec::new();
        let mut of_year = Vec::new();
        for year in 0..=self.settings.years {
            let change = self.change(values, year);
            if years.last().is_none_or(|(last, _)| *last != change) {
                let hazards = self.residents.calibrated.hazards(&change)?;
                years.push((change, hazards));
            }
            of_year.push(years.len() - 1);
        }
        let years: Vec<&Hazards> = of_year.into_iter().map(|at| &years[at].1).collect();
        Ok(project(&self.residents.people, &years, Luck::new(self.settings.seed, leader)))
    }

    /// What the draw and the scenario make of the rates of a year of lives.
    fn change(&self, values: &Values, year: u32) -> people::Change {
        let joins = if year == 0 { 1.0 } else { values.get(Key::PeopleJoining) };
        people::Change {
            onset: values.get(Key::PeopleOnset),
            onsets: self.changes.iter().filter_map(|change| self.onset(change, year)).collect(),
            frailer: values.get(Key::PeopleFrailer),
            death: values.get(Key::PeopleDeaths),
            birth: 1.0,
            joins,
        }
    }

    /// People on the lists from one age to another; those of a band are spread evenly over its years.
    fn people_of_ages(&self, from: u8, to: u8) -> f64 {
        let part = |band: usize| {
            let youngest = band as f64 * 5.0;
            ((f64::from(to).min(youngest + 5.0) - f64::from(from).max(youngest)) / 5.0).max(0.0)
        };
        let of_practice = |practice: &crate::place::Practice| -> f64 {
            let sexes = practice.ages.0.iter();
            sexes
                .flat_map(|bands| bands.iter().enumerate())
                .map(|(at, people)| people * part(at))
                .sum()
        };
        self.base.practices.iter().map(of_practice).sum()
    }

    /// A change of onset in the months of a year in which it holds; nothing where it changes nothing.
    fn onset(&self, change: &Change, year: u32) -> Option<Onset> {
        let Effect::Onset { condition, factor, from_age, to_age, reached } = &change.effect else {
            return None;
        };
        let begins = f64::from(months_between(self.from, change.from)) / 12.0;
        let there = (f64::from(year) + 1.0 - begins).clamp(0.0, 1.0);
        let all = self.people_of_ages(*from_age, *to_age);
        let share = |reached: u32| (f64::from(reached) / all.max(1.0)).min(1.0);
        let factor = 1.0 + (factor - 1.0) * there * reached.map_or(1.0, share);
        let conditions = Knowledge::embedded().conditions(condition)?;
        let (from_age, to_age) = (*from_age, *to_age);
        ((factor - 1.0).abs() > 0.0).then_some(Onset { conditions, factor, from_age, to_age })
    }
}

const _: () = assert!(BLOCK.is_multiple_of(SHARING), "draws that share lives are of one block");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_that_share_lives_share_their_parameters_and_no_others() {
        let of = |draw| values_of(Parameters::embedded(), 7, draw);
        let (first, second, next) = (of(8), of(9), of(16));
        for name in OF_LIVES {
            assert_eq!(first.get(name).to_bits(), second.get(name).to_bits());
            assert_ne!(first.get(name).to_bits(), next.get(name).to_bits());
        }
        assert_ne!(first.get(Key::UrgentShare).to_bits(), second.get(Key::UrgentShare).to_bits());
    }

    #[test]
    fn draw_nought_shares_its_middle_values_with_nobody() {
        assert_eq!([0, 1, 2, 7, 8, 15, 16].map(leader), [0, 1, 1, 1, 8, 8, 16]);
    }
}
