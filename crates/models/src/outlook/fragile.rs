//! How often nobody is there at each practice in the draws of an outlook.
//!
//! Method: [`methods.md#imbalance-of-staff-and-access`](../../../../docs/book/methods.md#imbalance-of-staff-and-access).

use rayon::prelude::*;

use super::capacity;
use super::settings::Settings;
use crate::parameters::Parameters;
use crate::place::Base;
use crate::workforce::{Horizon, months_without_a_gp, simulate};

/// A practice and how often nobody is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Fragile {
    /// The code of the practice.
    pub code: String,
    /// Share of the months of all draws, doing nothing, in which no qualified GP is in post or all of them are away.
    pub months_without_a_gp: f64,
    /// How far chance of the draws may have moved it: its standard error.
    pub error: f64,
}

/// Every practice of a place, in the order of the base year.
#[must_use]
pub fn fragile(base: &Base, parameters: &Parameters, settings: Settings) -> Vec<Fragile> {
    let staff = capacity::staff(base, &[], &parameters.values(settings.seed, 0));
    let horizon = Horizon { base: base.first_month(), months: settings.years * 12 };
    let practices = || base.practices.iter().map(|practice| practice.code.as_str());
    let without = (0..settings.draws)
        .into_par_iter()
        .map(|draw| {
            let values = parameters.values(settings.seed, draw);
            let ledger = simulate(&staff, horizon, &[], &values, (settings.seed, draw));
            practices().map(|code| months_without_a_gp(&ledger, code).unwrap_or(0)).collect()
        })
        .collect::<Vec<Vec<u32>>>();
    let months = f64::from(horizon.months).max(1.0);
    let employers = staff.employers.iter().take(base.practices.len());
    employers
        .enumerate()
        .map(|(at, employer)| {
            let shares = without.iter().filter_map(|draw| draw.get(at));
            let shares = shares.map(|nobody| f64::from(*nobody) / months);
            let (months_without_a_gp, error) = mean_and_error(shares);
            Fragile { code: employer.code.clone(), months_without_a_gp, error }
        })
        .collect()
}

/// The mean of draws and its standard error; the error of one draw alone is not known and taken to be the whole.
fn mean_and_error(draws: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = draws.clone().count().max(1) as f64;
    let mean = draws.clone().sum::<f64>() / count;
    if count < 2.0 {
        return (mean, 1.0);
    }
    let spread = draws.map(|one| (one - mean) * (one - mean)).sum::<f64>() / (count - 1.0);
    (mean, libm::sqrt(spread / count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_is_its_spread_over_the_root_of_the_draws() {
        // 0, 0, 1, 1: a mean of a half, a variance of a third, over four draws a twelfth.
        let (mean, error) = mean_and_error([0.0, 0.0, 1.0, 1.0].into_iter());
        assert!((mean - 0.5).abs() < 1e-12 && (error - (1.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    }
}
