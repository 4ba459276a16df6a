//! Which parameter moves the answer most.

use rayon::prelude::*;

use crate::change::Change;
use crate::parameters::{NoParameter, Parameters, Values};
use crate::people::Projected;
use crate::place::Base;

use super::{Outlook, OutlookError, Residents, capacity, draw, first_month, lives, mix};

/// Parameters that are moved one by one: those that move the draws most. Those of lives always are, because draws share lives
/// and say less about them.
const MOVED: usize = 25;
/// Rows of luck over which a move is averaged.
const LUCKS: u32 = 4;

/// What a parameter does to the gap of the last year.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// Its name.
    pub name: String,
    /// One plain sentence of what it is.
    pub about: String,
    /// Share of the variance of the gap over the draws that goes with it in a straight line.
    pub share: f64,
    /// Gap at its low end less the gap at its middle, all others at their middle, in minutes a year.
    pub low: f64,
    /// The same at its high end.
    pub high: f64,
}

/// The parameters that move the gap of the last year most, by what they do when moved alone from one end of their range
/// to the other.
///
/// # Errors
/// A parameter without a file.
pub fn sensitivity(
    outlook: &Outlook,
    (base, residents): (&Base, &Residents),
    parameters: &Parameters,
    changes: &[Change],
) -> Result<Vec<Influence>, OutlookError> {
    let mut found = shares(outlook, parameters)?;
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    let (mut of_lives, mut others): (Vec<Influence>, Vec<Influence>) =
        found.into_iter().partition(|influence| lives::is_of_lives(&influence.name));
    others.truncate(MOVED);
    let settings = outlook.settings;
    let central = parameters.values(settings.seed, 0);
    let staff = capacity::staff(base, changes, &central)?;
    let (opened, from) = (outlook.opened.as_slice(), first_month(base));
    let (staff, steady) = (&staff, &mix::Steady::of(residents, settings)?);
    let job = draw::Job { base, residents, steady, staff, changes, opened, settings, from };
    let moves = Moves { job: &job, lives: Lives::of(&job, &central)?, central };
    let middle = moves.gap(&moves.central, &moves.lives)?;
    for influence in &mut of_lives {
        let ends = moves.ends(&influence.name, parameters)?;
        let gap = |values: &Values| moves.gap(values, &Lives::of(&job, values)?);
        (influence.low, influence.high) = (gap(&ends[0])? - middle, gap(&ends[1])? - middle);
    }
    others.par_iter_mut().try_for_each(|influence| {
        let ends = moves.ends(&influence.name, parameters)?;
        let gap = |values: &Values| moves.gap(values, &moves.lives);
        (influence.low, influence.high) = (gap(&ends[0])? - middle, gap(&ends[1])? - middle);
        Ok::<(), OutlookError>(())
    })?;
    let mut found = of_lives;
    found.append(&mut others);
    found.sort_by(|a, b| {
        let swing = |one: &Influence| (one.high - one.low).abs();
        swing(b).total_cmp(&swing(a)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(found)
}

/// What parameters do to the gap when they are moved one by one.
struct Moves<'a> {
    job: &'a draw::Job<'a>,
    central: Values,
    lives: Lives,
}

/// The lives of the rows of luck: of the first, and of those that share the others.
struct Lives([Projected; 2]);

impl Lives {
    fn of(job: &draw::Job<'_>, values: &Values) -> Result<Self, OutlookError> {
        Ok(Self([job.lives(values, lives::leader(0))?, job.lives(values, lives::leader(1))?]))
    }
}

impl Moves<'_> {
    /// Middle values, but for one parameter at its low and at its high end.
    fn ends(&self, name: &str, parameters: &Parameters) -> Result<[Values; 2], NoParameter> {
        let Some(parameter) = parameters.get(name) else {
            return Err(NoParameter(name.to_owned()));
        };
        let at = |value: f64| self.central.clone().with(name, value);
        Ok([at(parameter.low)?, at(parameter.high)?])
    }

    /// The gap of the last year, the mean of the rows of luck.
    fn gap(&self, values: &Values, lives: &Lives) -> Result<f64, OutlookError> {
        let mut sum = 0.0;
        for luck in 0..LUCKS {
            let lives = &lives.0[usize::from(luck > 0)];
            sum += self.job.run(values, luck, lives)?.gap(self.job.years()) as f64;
        }
        Ok(sum / f64::from(LUCKS))
    }
}

/// The squared correlation of every uncertain parameter with the gap of the last year, over the draws.
fn shares(outlook: &Outlook, parameters: &Parameters) -> Result<Vec<Influence>, NoParameter> {
    let last = outlook.settings.years as usize;
    let gaps: Vec<f64> = outlook.draws.iter().map(|draw| draw.gap(last) as f64).collect();
    let values: Vec<_> = (0..outlook.draws.len() as u32)
        .map(|draw| lives::values_of(parameters, outlook.settings.seed, draw))
        .collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (name, parameter) in parameters.iter() {
        let of: Vec<f64> = values.iter().map(|one| one.get(name)).collect::<Result<_, _>>()?;
        let share = squared_correlation(&of, &gaps);
        if share > 0.0 {
            let (name, about) = (name.to_owned(), parameter.about.clone());
            found.push(Influence { name, about, share, low: 0.0, high: 0.0 });
        }
    }
    Ok(found)
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
