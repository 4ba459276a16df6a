//! How often nobody is there at each practice in the draws of an outlook.
//!
//! Method: [`methods.md#imbalance-of-staff-and-access`](../../../../docs/book/methods.md#imbalance-of-staff-and-access).

use rayon::prelude::*;

use super::{Settings, capacity, first_month};
use crate::parameters::{NoParameter, Parameters};
use crate::place::Base;
use crate::workforce::{Horizon, months_without_a_gp, simulate};

/// A practice and how often nobody is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Fragile {
    /// The code of the practice.
    pub code: String,
    /// Share of the months of all draws, doing nothing, in which no qualified GP is in post or all of them are away.
    pub months_without_a_gp: f64,
}

/// Every practice of a place, in the order of the base year.
///
/// # Errors
/// A parameter that no file knows.
pub fn fragile(
    base: &Base,
    parameters: &Parameters,
    settings: Settings,
) -> Result<Vec<Fragile>, NoParameter> {
    let staff = capacity::staff(base, &[], &parameters.values(settings.seed, 0))?;
    let horizon = Horizon { base: first_month(base), months: settings.years * 12 };
    let practices = || base.practices.iter().map(|practice| practice.code.as_str());
    let without = (0..settings.draws)
        .into_par_iter()
        .map(|draw| {
            let values = parameters.values(settings.seed, draw);
            let ledger = simulate(&staff, horizon, &[], &values, (settings.seed, draw))?;
            Ok(practices().map(|code| months_without_a_gp(&ledger, code).unwrap_or(0)).collect())
        })
        .collect::<Result<Vec<Vec<u32>>, NoParameter>>()?;
    let months = f64::from(settings.draws * horizon.months).max(1.0);
    let employers = staff.employers.iter().take(base.practices.len());
    Ok(employers
        .enumerate()
        .map(|(at, employer)| {
            let nobody: u32 = without.iter().filter_map(|draw| draw.get(at)).sum();
            Fragile { code: employer.code.clone(), months_without_a_gp: f64::from(nobody) / months }
        })
        .collect())
}
