//! What a practice is paid in a year: the global sum and the quality and outcomes framework.

use super::rules::{QualityRates, Rules, Settled};
use super::{Amount, Network, Payment, Pence};

/// The global sum of a weighted list in a year, before what is taken off for not covering nights and weekends.
///
/// Method: [global sum](../../../../docs/book/methods.md#global-sum).
#[must_use]
pub fn global_sum(rules: &Rules, weighted: Option<f64>, settled: Settled) -> Option<Payment> {
    let base = Network { weighted, ..Network::default() };
    Some(base.payment(rules.line("global_sum")?, settled))
}

/// What is taken off a global sum, as an amount below nought.
///
/// Method: [global sum](../../../../docs/book/methods.md#global-sum).
#[must_use]
pub fn out_of_hours(rules: &Rules, global_sum: &Payment) -> Payment {
    let off = |gross: Pence| Pence(0) - Pence::of_pounds(gross.pounds() * rules.out_of_hours.share);
    let amount = match &global_sum.amount {
        Amount::Known(gross) => Amount::Known(off(*gross)),
        Amount::Unknown(why) => Amount::Unknown(why.clone()),
    };
    Payment {
        line: "out_of_hours".to_owned(),
        name: "Less what is taken off for nights and weekends".to_owned(),
        amount,
        mark: Some(rules.out_of_hours.mark),
        source: rules.out_of_hours.source.clone(),
        ..global_sum.clone()
    }
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
    fn what_is_taken_off_bears_the_mark_of_its_own_share() {
        let gross = global_sum(rules(), Some(1_000.0), Settled::Announced).unwrap();
        let unmarked = Payment { mark: None, ..gross };
        assert_eq!(out_of_hours(rules(), &unmarked).mark, Some(rules().out_of_hours.mark));
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
        // 4.75% of £1,233,400.
        assert_eq!(out_of_hours(rules(), &paid).amount, Amount::Known(Pence(-5_858_650)));
    }

    #[test]
    fn five_pounds_and_seventy_eight_pence_are_taken_off_each_patient_of_april_2025() {
        // £5.785 to the tenth of a penny, which NHS England prints as £5.78: of 1,000 patients at £121.79.
        let paid = global_sum(rules(), Some(1_000.0), Settled::Announced).unwrap();
        assert_eq!(out_of_hours(rules(), &paid).amount, Amount::Known(Pence(-578_503)));
    }

    #[test]
    fn every_year_takes_off_what_accountants_print_for_a_patient() {
        // £4.59 of 2021/22 is printed cut, not rounded: 4.75% of £96.78 is £4.597.
        for (begins, printed) in [(2021, 4.597), (2022, 4.736), (2023, 4.858)] {
            let rules = Rules::of(FinancialYear { begins }).unwrap();
            let gross = rules.line("global_sum").unwrap().announced.unwrap();
            let off = gross * rules.out_of_hours.share;
            assert!((off - printed).abs() < 0.001, "{begins}: {off}");
        }
    }

    #[test]
    fn nobody_is_paid_nothing_and_nothing_is_taken_off() {
        let paid = global_sum(rules(), Some(0.0), Settled::Announced).unwrap();
        assert_eq!(out_of_hours(rules(), &paid).amount, Amount::Known(Pence(0)));
        let unknown = global_sum(rules(), None, Settled::Announced).unwrap();
        assert_eq!(out_of_hours(rules(), &unknown).amount.known(), None);
    }
}
