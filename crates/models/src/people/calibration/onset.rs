//! Onset and recovery from prevalence, and the steps of frailty from its shares by age.

use super::super::knowledge::{AGES, BANDS, Knowledge, MIDDLES, STATES, interpolate};
use super::super::person::{Person, ROWS, of_row};
use super::means::{Group, Means};
use vocab::Sex;

/// People expected with a state below which the ratio of a band is that of everybody.
const FEW: f64 = 10.0;

/// The share with each state at every age: England's, times what these people have more or less of in each band.
pub(super) struct Prevalence {
    /// For each state and sex, by band.
    ratios: Vec<[[f64; 8]; 2]>,
}

impl Prevalence {
    pub(super) fn new(people: &[Person], knowledge: &Knowledge) -> Self {
        let mut found = vec![[[0.0; 8]; 2]; STATES];
        let mut expected = vec![[[0.0; 8]; 2]; STATES];
        for (row, with) in rows(people).iter().enumerate() {
            let Some((age, sex, fifth)) = of_row(row) else { continue };
            let band = BANDS.partition_point(|from| usize::from(*from) <= age) - 1;
            for state in 0..STATES {
                let share = knowledge.share(state, age, sex, fifth);
                expected[state][sex as usize][band] += share * with.people;
                found[state][sex as usize][band] += with.states[state];
            }
        }
        let ratios = found.iter().zip(&expected).map(|(found, expected)| ratios(found, expected));
        Self { ratios: ratios.collect() }
    }

    fn share(
        &self,
        state: usize,
        age: usize,
        sex: Sex,
        fifth: usize,
        knowledge: &Knowledge,
    ) -> f64 {
        let ratio = interpolate(&MIDDLES, &self.ratios[state][sex as usize], age as f64);
        (knowledge.share(state, age, sex, fifth) * ratio).min(0.98)
    }

    /// Onset and recovery of each state that keep the shares at every age.
    pub(super) fn flows(
        &self,
        age: usize,
        sex: Sex,
        fifth: usize,
        means: &Means,
        knowledge: &Knowledge,
    ) -> (Vec<f64>, Vec<f64>) {
        let group = Group::of(age, sex);
        let table = knowledge.death(age, sex);
        let flow = |state: usize| {
            let now = self.share(state, age, sex, fifth, knowledge);
            let next = self.share(state, (age + 1).min(AGES - 1), sex, fifth, knowledge);
            let deaths =
                means.deaths(group, state, knowledge).map(|ratio| (ratio * table).min(0.99));
            let (onset, recovery) = steady_flow(now, next, deaths);
            ((onset / means.others(group, state)).min(1.0), recovery)
        };
        (0..STATES).map(flow).unzip()
    }
}

/// People of one age, sex and deprivation, and those with each state.
#[derive(Clone, Copy, Default)]
struct Row {
    people: f64,
    states: [f64; STATES],
}

fn rows(people: &[Person]) -> Vec<Row> {
    let mut rows = vec![Row::default(); ROWS];
    for person in people {
        let row = &mut rows[person.row()];
        row.people += 1.0;
        for (state, with) in row.states.iter_mut().enumerate() {
            *with += f64::from(person.conditions() >> state & 1);
        }
    }
    rows
}

fn ratios(found: &[[f64; 8]; 2], expected: &[[f64; 8]; 2]) -> [[f64; 8]; 2] {
    let sum = |of: &[[f64; 8]; 2]| of.iter().flatten().sum::<f64>();
    let of_all = if sum(expected) > 0.0 { sum(found) / sum(expected) } else { 1.0 };
    std::array::from_fn(|sex| {
        std::array::from_fn(|band| {
            let expected = expected[sex][band];
            if expected < FEW { of_all } else { found[sex][band] / expected }
        })
    })
}

/// The onset among those without, and the recovery among those with, that bring a share to that of the next age, where
/// those with and without die at these probabilities in the same year.
fn steady_flow(now: f64, next: f64, [with, without]: [f64; 2]) -> (f64, f64) {
    let (ill, well) = (now * (1.0 - with), (1.0 - now) * (1.0 - without));
    let more = next * (ill + well) - ill;
    if more >= 0.0 { (more / well, 0.0) } else { (0.0, -more / ill) }
}

/// The probabilities of a step from each frailty category to the next that keep the shares at every age.
pub(super) fn frailer(age: usize, sex: Sex, means: &Means, knowledge: &Knowledge) -> [f64; 3] {
    let group = Group::of(age, sex);
    let now = knowledge.frailty(age);
    let next = knowledge.frailty((age + 1).min(AGES - 1));
    let table = knowledge.death(age, sex);
    let alive: [f64; 4] = std::array::from_fn(|category| {
        now[category] * (1.0 - (means.frail(group, category, knowledge) * table).min(0.99))
    });
    let everybody: f64 = alive.iter().sum();
    let mut come = 0.0;
    std::array::from_fn(|category| {
        let leave = alive[category] + come - next[category] * everybody;
        come = leave.clamp(0.0, alive[category]);
        if alive[category] <= 0.0 {
            return 0.0;
        }
        (come / alive[category] / means.frailer(group, category)).min(1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10% ill, nobody dies: 1 of the 90 falls ill for 11%.
    #[test]
    fn without_deaths_onset_is_the_rise_among_the_well() {
        let (onset, recovery) = steady_flow(0.10, 0.11, [0.0, 0.0]);
        assert!((onset - 0.01 / 0.90).abs() < 1e-12 && recovery == 0.0);
    }

    /// A steady 10% where 5% of the ill and 1% of the well die: of 100, 9.5 ill and 89.1 well are left; 0.36 of the
    /// well make them 9.86 of 98.6.
    #[test]
    fn onset_makes_up_for_deaths_of_the_ill() {
        let (onset, _) = steady_flow(0.10, 0.10, [0.05, 0.01]);
        assert!((onset - 0.36 / 89.1).abs() < 1e-12);
    }

    #[test]
    fn a_share_that_falls_with_age_needs_recovery() {
        let (onset, recovery) = steady_flow(0.12, 0.11, [0.0, 0.0]);
        assert!(onset == 0.0 && (recovery - 1.0 / 12.0).abs() < 1e-12);
    }
}
