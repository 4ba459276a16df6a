//! Which parameter moves the answer most.

use rayon::prelude::*;

use crate::change::Change;
use crate::parameters::{Key, Parameter, Parameters, Values};
use crate::people::Projected;
use crate::place::{Base, Clinician};

use super::job::Job;
use super::residents::Residents;
use super::result::Outlook;
use super::run::OutlookError;
use super::{capacity, lives, mix};

/// Parameters that are told: those that move most on one row of luck. Those of lives always are.
const MOVED: usize = 25;
/// Rows of luck over which a move is averaged.
const LUCKS: u32 = 4;

/// What a parameter does to the gap of GPs in the last year.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// Which it is.
    pub key: Key,
    /// One plain sentence of what it is.
    pub about: String,
    /// Share of the variance of the gap over the draws that goes with it in a straight line, what chance alone would show taken off;
    /// nothing where that is no more than chance shows one time in a hundred.
    pub share: Option<f64>,
    /// Gap at its low end less the gap at its middle, all others at their middle, in full-time GPs.
    pub low: f64,
    /// The same at its high end.
    pub high: f64,
}

/// The parameters that move the gap of the last year most, by what they do when moved alone from one end of their range
/// to the other.
///
/// # Errors
/// Lives that cannot be lived by a value.
pub fn sensitivity(
    outlook: &Outlook,
    (base, residents): (&Base, &Residents),
    parameters: &Parameters,
    changes: &[Change],
) -> Result<Vec<Influence>, OutlookError> {
    let found = shares(outlook, parameters);
    turned(found, outlook, (base, residents), parameters, (changes, MOVED, LUCKS))
}

/// The same of a part of a place: what every uncertain parameter does to its gap, on one row of luck, so that parts can be added up.
pub(super) fn of_part(
    outlook: &Outlook,
    place: (&Base, &Residents),
    parameters: &Parameters,
) -> Result<Vec<Influence>, OutlookError> {
    let found = shares(outlook, parameters);
    turned(found, outlook, place, parameters, (&[], usize::MAX, 1))
}

/// The influences of a whole from those of its parts.
pub(super) fn of_whole(
    outlook: &Outlook,
    parts: &[Influence],
    parameters: &Parameters,
) -> Vec<Influence> {
    let mut found = shares(outlook, parameters);
    for influence in &mut found {
        for part in parts.iter().filter(|part| part.key == influence.key) {
            influence.low += part.low;
            influence.high += part.high;
        }
    }
    sort(&mut found);
    found.truncate(MOVED);
    found
}

/// Turns every parameter from end to end on one row of luck, and those that move most on some more.
fn turned(
    found: Vec<Influence>,
    outlook: &Outlook,
    (base, residents): (&Base, &Residents),
    parameters: &Parameters,
    (changes, most, lucks): (&[Change], usize, u32),
) -> Result<Vec<Influence>, OutlookError> {
    let (mut of_lives, mut others): (Vec<Influence>, Vec<Influence>) =
        found.into_iter().partition(|influence| lives::is_of_lives(influence.key));
    let settings = outlook.settings;
    let central = parameters.values(settings.seed, 0);
    let staff = capacity::staff(base, changes, &central);
    let (opened, from) = (outlook.opened.as_slice(), base.first_month());
    let (staff, steady) = (&staff, &mix::Steady::of(residents, settings)?);
    let job = Job { base, residents, steady, staff, changes, opened, settings, from };
    let moves = Moves { job: &job, lives: Lives::of(&job, &central)?, central };
    let (once, middle) = (moves.middle(1), moves.middle(lucks));
    for influence in &mut of_lives {
        let ends = moves.ends(influence.key, parameters);
        let lives = [Lives::of(&job, &ends[0])?, Lives::of(&job, &ends[1])?];
        moves.turn(influence, &ends, [&lives[0], &lives[1]], middle);
    }
    let turn = |influence: &mut Influence, middle: Middle| {
        let ends = moves.ends(influence.key, parameters);
        moves.turn(influence, &ends, [&moves.lives; 2], middle);
    };
    others.par_iter_mut().for_each(|influence| turn(influence, once));
    sort(&mut others);
    others.truncate(most);
    if lucks > 1 {
        others.par_iter_mut().for_each(|influence| turn(influence, middle));
    }
    let mut found = of_lives;
    found.append(&mut others);
    sort(&mut found);
    Ok(found)
}

/// The widest move first.
fn sort(found: &mut [Influence]) {
    found.sort_by(|a, b| {
        let swing = |one: &Influence| (one.high - one.low).abs();
        swing(b).total_cmp(&swing(a)).then_with(|| a.key.cmp(&b.key))
    });
}

/// What parameters do to the gap when they are moved one by one.
struct Moves<'a> {
    job: &'a Job<'a>,
    central: Values,
    lives: Lives,
}

/// The gap of GPs with everything at its middle, and over how many rows of luck it is the mean.
#[derive(Clone, Copy)]
struct Middle {
    lucks: u32,
    gap: f64,
}

/// The lives of the rows of luck: of the first, and of those that share the others.
struct Lives([Projected; 2]);

impl Lives {
    fn of(job: &Job<'_>, values: &Values) -> Result<Self, OutlookError> {
        Ok(Self([job.lives(values, lives::leader(0))?, job.lives(values, lives::leader(1))?]))
    }
}

impl Moves<'_> {
    /// Middle values, but for one parameter at its low and at its high end.
    fn ends(&self, key: Key, parameters: &Parameters) -> [Values; 2] {
        let middle = self.central.get(key);
        let (low, high) = parameters.of(key).map_or((middle, middle), |one| (one.low, one.high));
        [low, high].map(|value| self.central.clone().with(key, value))
    }

    /// The gap with everything at its middle, the mean of so many rows of luck.
    fn middle(&self, lucks: u32) -> Middle {
        Middle { lucks, gap: self.gap(&self.central, &self.lives, lucks) }
    }

    /// What a parameter does at its two ends, each with its lives.
    fn turn(
        &self,
        influence: &mut Influence,
        ends: &[Values; 2],
        lives: [&Lives; 2],
        Middle { lucks, gap }: Middle,
    ) {
        influence.low = self.gap(&ends[0], lives[0], lucks) - gap;
        influence.high = self.gap(&ends[1], lives[1], lucks) - gap;
    }

    /// The gap of GPs of the last year, the mean of so many rows of luck.
    fn gap(&self, values: &Values, lives: &Lives, lucks: u32) -> f64 {
        let mut sum = 0.0;
        for luck in 0..lucks {
            let lives = &lives.0[usize::from(luck > 0)];
            sum += self.job.run(values, luck, lives).gap_fte(Clinician::Gp, self.job.years());
        }
        sum / f64::from(lucks)
    }
}

/// The squared correlation of every uncertain parameter with the gap of the last year, over the draws.
fn shares(outlook: &Outlook, parameters: &Parameters) -> Vec<Influence> {
    let last = outlook.settings.years as usize;
    let gaps: Vec<f64> =
        outlook.draws.iter().map(|draw| draw.gap_fte(Clinician::Gp, last)).collect();
    let values: Vec<_> = (0..outlook.draws.len() as u32)
        .map(|draw| lives::values_of(parameters, outlook.settings.seed, draw))
        .collect();
    let mut found = Vec::new();
    let is_uncertain = |one: &&Parameter| one.low < one.high;
    for (key, parameter) in parameters.iter().filter(|(_, one)| is_uncertain(one)) {
        let of: Vec<f64> = values.iter().map(|one| one.get(key)).collect();
        let share = beyond_chance(squared_correlation(&of, &gaps), of.len());
        let about = parameter.about.clone();
        found.push(Influence { key, about, share, low: 0.0, high: 0.0 });
    }
    found
}

/// The hundredth of squared correlations times draws that lies highest where two figures have nothing to do with each other:
/// of chi squared with one degree of freedom.
const ONE_IN_A_HUNDRED: f64 = 6.634_897;

/// A squared correlation of so many draws less what chance alone would show, where it is more than chance shows one time in a
/// hundred.
fn beyond_chance(square: f64, draws: usize) -> Option<f64> {
    let draws = draws as f64;
    (draws > 2.0 && square * draws > ONE_IN_A_HUNDRED)
        .then(|| square - (1.0 - square) / (draws - 2.0))
}

fn squared_correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        xy += (x - mean_x) * (y - mean_y);
        xx += (x - mean_x) * (x - mean_x);
        yy += (y - mean_y) * (y - mean_y);
    }
    if xx > 0.0 && yy > 0.0 { xy * xy / (xx * yy) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anscombe's first set (American Statistician 27, 1973), of which he prints a multiple correlation squared of 0.667.
    const X: [f64; 11] = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
    const Y: [f64; 11] = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

    #[test]
    fn a_share_is_the_published_square_and_none_of_what_does_not_move() {
        assert!((squared_correlation(&X, &Y) - 0.667).abs() < 0.0005);
        let larger = Y.map(|y| 1000.0 - 40.0 * y);
        assert!((squared_correlation(&X, &larger) - 0.667).abs() < 0.0005);
        assert!(squared_correlation(&X, &[7.0; 11]).abs() < 1e-12);
    }

    /// Of 11 draws 6.634897 / 11 = 0.603 is what chance shows one time in a hundred; of 0.667 chance alone would show
    /// (1 − 0.667) / 9 = 0.037, which leaves 0.63.
    #[test]
    fn what_chance_shows_is_taken_off_and_no_more_than_it_is_nothing() {
        assert!((beyond_chance(0.667, 11).unwrap_or_default() - 0.63).abs() < 1e-9);
        assert_eq!(beyond_chance(0.603, 11), None);
        assert!(beyond_chance(0.604, 11).is_some());
        assert_eq!(beyond_chance(1.0, 2), None);
    }
}
