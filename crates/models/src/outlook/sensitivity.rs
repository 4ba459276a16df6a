//! Which parameter moves the answer most.

use rayon::prelude::*;

use crate::change::Change;
use crate::parameters::{NoParameter, Parameters};
use crate::place::Base;

use super::{Outlook, capacity, draw, first_month};

/// Parameters that are moved one by one: those that move the draws most.
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
    base: &Base,
    parameters: &Parameters,
    changes: &[Change],
) -> Result<Vec<Influence>, NoParameter> {
    let mut found = shares(outlook, parameters)?;
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    found.truncate(MOVED);
    let staff = capacity::staff(base, changes);
    let settings = outlook.settings;
    let job = draw::Job { base, staff: &staff, changes, settings, from: first_month(base) };
    let last = settings.years as usize;
    let central = parameters.values(settings.seed, 0);
    let gap = |name: &str, value: Option<f64>| -> Result<f64, NoParameter> {
        let values = match value {
            Some(value) => central.clone().with(name, value)?,
            None => central.clone(),
        };
        let mut sum = 0.0;
        for luck in 0..LUCKS {
            sum += job.run(&values, luck)?.gap(last) as f64;
        }
        Ok(sum / f64::from(LUCKS))
    };
    let middle = gap("", None)?;
    found.par_iter_mut().try_for_each(|influence| {
        let Some(parameter) = parameters.get(&influence.name) else { return Ok(()) };
        influence.low = gap(&influence.name, Some(parameter.low))? - middle;
        influence.high = gap(&influence.name, Some(parameter.high))? - middle;
        Ok(())
    })?;
    found.sort_by(|a, b| {
        let swing = |one: &Influence| (one.high - one.low).abs();
        swing(b).total_cmp(&swing(a)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(found)
}

/// The squared correlation of every uncertain parameter with the gap of the last year, over the draws.
fn shares(outlook: &Outlook, parameters: &Parameters) -> Result<Vec<Influence>, NoParameter> {
    let last = outlook.settings.years as usize;
    let gaps: Vec<f64> = outlook.draws.iter().map(|draw| draw.gap(last) as f64).collect();
    let values: Vec<_> = (0..outlook.draws.len() as u32)
        .map(|draw| parameters.values(outlook.settings.seed, draw))
        .collect();
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
