//! What a network is paid in a year.

use super::rules::{Base, Line, Rules, Settled, To};
use super::{Amount, Payment, Pence, Statement};

/// The bases of a network; nothing where one is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Network {
    /// Registered patients of its practices on 1 January before the year.
    pub registered: Option<f64>,
    /// Its adjusted population.
    pub adjusted: Option<f64>,
    /// The weighted lists of its practices.
    pub weighted: Option<f64>,
    /// Beds of the care homes aligned to it.
    pub beds: Option<f64>,
    /// Points it achieved.
    pub points: Option<f64>,
}

impl Network {
    const fn base(&self, base: Base) -> (Option<f64>, &'static str) {
        match base {
            Base::Registered => (self.registered, "registered patients"),
            Base::Adjusted => (self.adjusted, "adjusted population"),
            Base::Weighted => (self.weighted, "weighted list"),
            Base::Beds => (self.beds, "number of care home beds"),
            Base::Points => (self.points, "number of points"),
        }
    }

    /// One line of the rules for these bases, to the penny.
    pub(super) fn payment(&self, line: &Line, settled: Settled) -> Payment {
        let (base, what) = self.base(line.base);
        let amount = match (line.rate(settled), base) {
            (Some(rate), Some(base)) => Amount::Known(Pence::of_pounds(rate * base)),
            (None, _) => Amount::Unknown(line.source.clone()),
            (_, None) => Amount::Unknown(format!("the {what} is not known")),
        };
        Payment {
            line: line.id.clone(),
            name: line.name.clone(),
            amount,
            tag: line.tag,
            mark: line.mark,
            source: line.source.clone(),
            stage: line.stage(settled),
        }
    }
}

/// What the network contract pays a network in a year; the additional roles and what is paid on achievement are the most
/// there is, not what is claimed.
#[must_use]
pub fn network_payments(rules: &Rules, network: &Network, settled: Settled) -> Statement {
    let lines = rules.lines.iter().filter(|line| line.to == To::Network);
    Statement { payments: lines.map(|line| network.payment(line, settled)).collect() }
}

/// Hours of enhanced access that a network owes in a week: 60 minutes for every 1,000 of the adjusted population.
#[must_use]
pub const fn enhanced_access_hours(adjusted: f64) -> f64 {
    adjusted / 1000.0
}

#[cfg(test)]
mod tests {
    use vocab::FinancialYear;

    use super::*;
    use crate::money::{Stage, Tag};

    fn rules(begins: i16) -> &'static Rules {
        Rules::of(FinancialYear { begins }).unwrap()
    }

    fn pounds(statement: &Statement, line: &str) -> f64 {
        statement.line(line).and_then(Amount::known).unwrap().pounds()
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.005, "{found}, expected {expected}");
    }

    #[test]
    fn the_worked_network_of_2024_25_is_met_to_the_penny() {
        let network = Network {
            registered: Some(40_000.0),
            adjusted: Some(41_000.0),
            beds: Some(300.0),
            ..Network::default()
        };
        let paid = network_payments(rules(2024), &network, Settled::Announced);
        close(pounds(&paid, "core_registered") + pounds(&paid, "core_adjusted"), 117_338.0);
        close(pounds(&paid, "enhanced_access"), 314_634.0);
        close(pounds(&paid, "care_home_beds"), 36_000.0);
        assert!(paid.left_out().iter().any(|line| line.contains("weighted list")));
    }

    const OF_2025: Network = Network {
        registered: Some(48_000.0),
        adjusted: Some(47_000.0),
        weighted: Some(49_500.0),
        beds: Some(310.0),
        points: None,
    };

    #[test]
    fn the_worked_network_of_2025_26_is_met_part_by_part() {
        let paid = network_payments(rules(2025), &OF_2025, Settled::Announced);
        for (line, expected) in [
            ("core_registered", 108_768.0),
            ("core_adjusted", 34_451.0),
            ("enhanced_access", 396_069.0),
            ("care_home_beds", 40_378.43),
            ("additional_roles", 1_318_234.5),
            ("capacity_support", 150_776.0),
            ("capacity_improvement", 64_625.0),
        ] {
            close(pounds(&paid, line), expected);
        }
        assert_eq!(paid.known(), Some(Pence(211_330_193)));
        assert_eq!(paid.left_out(), [""; 0]);
    }

    #[test]
    fn the_tags_divide_the_sum() {
        let paid = network_payments(rules(2025), &OF_2025, Settled::Announced);
        let tags: Pence = Tag::ALL.into_iter().filter_map(|tag| paid.of(tag)).sum();
        assert_eq!(Some(tags), paid.known());
        close(paid.of(Tag::Structure).unwrap().pounds(), 143_219.0);
    }

    #[test]
    fn rates_that_were_not_read_are_said_and_not_nought() {
        let paid = network_payments(rules(2026), &OF_2025, Settled::Uplifted);
        // £27.30 for each of 49,500 weighted patients, derived from two pools; nothing else was read.
        assert_eq!(paid.known(), Some(Pence(135_135_000)));
        assert_eq!((paid.of(Tag::Structure), paid.of(Tag::Enabler)), (None, None));
        assert_eq!(paid.left_out().len(), paid.payments.len() - 1);
    }

    #[test]
    fn rates_of_before_and_after_a_pay_award_are_told_apart() {
        let stage = |begins, line, settled| rules(begins).line(line).unwrap().stage(settled);
        let (announced, uplifted) = (Settled::Announced, Settled::Uplifted);
        assert_eq!(stage(2025, "global_sum", announced), Some(Stage::Before));
        assert_eq!(stage(2025, "global_sum", uplifted), Some(Stage::After));
        // £130.07 rests on an award of 2.5%; what came after it was not read.
        assert_eq!(stage(2026, "global_sum", uplifted), Some(Stage::Before));
        assert_eq!(stage(2022, "global_sum", uplifted), None);
        assert_eq!(stage(2026, "core_registered", uplifted), None);
    }

    #[test]
    fn money_whose_base_is_not_known_is_not_nought() {
        let registered = Network { registered: Some(48_000.0), ..Network::default() };
        let paid = network_payments(rules(2025), &registered, Settled::Announced);
        assert_eq!((paid.of(Tag::Enabler), paid.unknown(Tag::Enabler)), (None, 2));
        close(paid.of(Tag::Structure).unwrap().pounds(), 108_768.0);
    }

    #[test]
    fn forty_seven_thousand_people_are_owed_forty_seven_hours() {
        close(enhanced_access_hours(47_000.0), 47.0);
    }
}
