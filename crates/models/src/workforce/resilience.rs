//! How often a practice is without a GP in a run, and which practices lack both staff and access.
//!
//! The imbalance risk follows the published model of practices that are among the worst third on access and the best-loaded
//! third on weighted patients for each GP: its leading predictors are present access and present workload. The coefficients
//! were not published; the index here uses weights that are an assumption, is no probability, and is shown to the place that
//! asks and to nobody else.

use super::ledger::Ledger;
use super::role::Group;
use crate::parameters::{Key, Values};

/// Months of a run in which an employer has no qualified GP at their end or all of them are away: of many draws, the
/// share of months at risk. Nothing for an employer that the run does not know.
#[must_use]
pub fn months_without_a_gp(ledger: &Ledger, code: &str) -> Option<u32> {
    if !ledger.employers.iter().any(|one| one == code) {
        return None;
    }
    let of = |employer: &str, group: Group| employer == code && group.is_qualified_gp();
    let stocks = ledger.total(of);
    let flows = ledger.total_flows(of);
    let nobody = stocks
        .iter()
        .zip(&flows)
        .filter(|(stock, flow)| stock.heads == 0 || flow.not_available >= stock.micro_fte);
    Some(nobody.count() as u32)
}

/// The area under the curve of the published model in practices that it was not fitted to.
///
/// # Source
/// `abel_2020`
pub const PUBLISHED_DISCRIMINATION: f64 = 0.755;

/// What the index of imbalance is made of; shares from 0 to 1, higher is worse. Nothing where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Imbalance {
    /// Rank of poor access among the practices of England.
    pub access: Option<f64>,
    /// Rank of weighted patients for each full-time equivalent GP.
    pub workload: Option<f64>,
    /// Share of GPs' hours held by those near retirement.
    pub share_near_retirement: Option<f64>,
    /// GPs who left in three years, beside those in post; at most 1.
    pub leavers: Option<f64>,
    /// One GP or two.
    pub one_or_two_gps: Option<bool>,
    /// Share of posts that are vacant.
    pub vacancies: Option<f64>,
    /// Premises or lease at risk.
    pub premises: Option<bool>,
    /// Rated below good by the regulator.
    pub below_good: Option<bool>,
}

/// The index from 0 to 1 over what is known, with the share of the weights that it rests on; nothing where neither access
/// nor workload is known.
#[must_use]
pub fn imbalance(known: &Imbalance, values: &Values) -> Option<(f64, f64)> {
    let truth = |one: Option<bool>| one.map(f64::from);
    let parts = [
        (Key::ImbalanceWeightAccess, known.access),
        (Key::ImbalanceWeightWorkload, known.workload),
        (Key::ImbalanceWeight55AndOver, known.share_near_retirement),
        (Key::ImbalanceWeightLeavers, known.leavers),
        (Key::ImbalanceWeightOneOrTwoGps, truth(known.one_or_two_gps)),
        (Key::ImbalanceWeightVacancies, known.vacancies),
        (Key::ImbalanceWeightPremises, truth(known.premises)),
        (Key::ImbalanceWeightBelowGood, truth(known.below_good)),
    ];
    let (mut sum, mut weight, mut all) = (0.0, 0.0, 0.0);
    for (key, part) in parts {
        let one = values.get(key);
        all += one;
        if let Some(part) = part {
            sum += one * part;
            weight += one;
        }
    }
    let leads = known.access.is_some() || known.workload.is_some();
    leads.then(|| (sum / weight, weight / all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn the_index_rests_on_what_is_known_and_says_how_much_that_is() {
        let values = Parameters::embedded().values(1, 0);
        let known = Imbalance { access: Some(1.0), workload: Some(0.5), ..Imbalance::default() };
        let (index, rests_on) = imbalance(&known, &values).unwrap();
        assert!((index - 0.75).abs() < 1e-12 && (rests_on - 0.6).abs() < 1e-12);
        assert_eq!(imbalance(&Imbalance::default(), &values), None);
    }
}
