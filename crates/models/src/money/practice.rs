//! What a practice is paid in a year: the global sum and the quality and outcomes framework.

use super::rules::{QualityRates, Rules, Settled};
use super::{Amount, Network, Payment, Pence};

/// The global sum of a weighted list in a year, before what is taken off for not covering nights and weekends.
#[must_use]
pub fn global_sum(rules: &Rules, weighted: Option<f64>, settled: Settled) -> Option<Payment> {
    let base = Network { weighted, ..Network::default() };
    Some(base.payment(rules.line("global_sum")?, settled))
}

/// What a practice achieved on an indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Achieved {
    /// Points that the indicator has.
    pub points: f64,
    /// Share from which points are given.
    pub lower: f64,
    /// Share from which all points are given.
    pub upper: f64,
    /// Share achieved.
    pub achieved: f64,
    /// Prevalence in the practice and in England, where points are weighted by it.
    pub prevalence: Option<(f64, f64)>,
}

/// What an indicator pays a practice of a list, to the penny.
#[must_use]
pub fn quality_payment(quality: &QualityRates, list: f64, indicator: Achieved) -> Amount {
    if indicator.upper <= indicator.lower {
        return Amount::Unknown("the upper threshold must lie above the lower one".to_owned());
    }
    let reach = (indicator.achieved - indicator.lower) / (indicator.upper - indicator.lower);
    let points = indicator.points * reach.clamp(0.0, 1.0);
    let weight = match indicator.prevalence {
        Some((_, england)) if england <= 0.0 => {
            return Amount::Unknown("England's prevalence is nought".to_owned());
        }
        Some((practice, england)) => practice / england,
        None => 1.0,
    };
    Amount::Known(of_points(quality, list, points * weight))
}

/// What points pay a practice of a list, to the penny: a point is worth more on a larger list.
pub(super) fn of_points(quality: &QualityRates, list: f64, points: f64) -> Pence {
    Pence::of_pounds(points * quality.value_of_a_point * list / quality.average_list)
}

#[cfg(test)]
mod tests {
    use vocab::FinancialYear;

    use super::*;

    const HYPERTENSION: Achieved = Achieved {
        points: 38.0,
        lower: 0.40,
        upper: 0.85,
        achieved: 0.72,
        prevalence: Some((0.161, 0.153)),
    };

    fn rules() -> &'static Rules {
        Rules::of(FinancialYear { begins: 2025 }).unwrap()
    }

    fn pounds(indicator: Achieved) -> f64 {
        quality_payment(&rules().quality, 12_000.0, indicator).known().unwrap().pounds()
    }

    #[test]
    fn the_worked_indicator_pays_seven_thousand_five_hundred_and_fifty_five_pounds() {
        assert!((pounds(HYPERTENSION) - 7_555.0).abs() < 0.5, "{}", pounds(HYPERTENSION));
    }

    #[test]
    fn above_the_upper_threshold_nothing_more_is_paid() {
        let at = |achieved| pounds(Achieved { achieved, ..HYPERTENSION });
        assert!(
            (at(0.85) - at(0.99)).abs() < 0.005 && at(0.4).abs() < 0.005 && at(0.1).abs() < 0.005
        );
    }

    #[test]
    fn ten_thousand_weighted_patients_are_paid_more_than_a_million_pounds() {
        let paid = global_sum(rules(), Some(10_000.0), Settled::Uplifted).unwrap();
        assert_eq!(paid.amount, Amount::Known(Pence(123_340_000)));
    }
}
