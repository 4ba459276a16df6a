//! Contract money that goes from one network to another when practices move, merge or close.

use std::collections::{BTreeMap, BTreeSet};

use indicators::Evaluation;
use vocab::codes::NetworkCode;
use vocab::{FinancialYear, Month};

use super::{Line, Member, Membership, Pence, Rules, Settled, To, networks, weighed};
use crate::change::{Change, Effect};
use crate::place::Base;

/// What a network is paid more in a financial year, or with a minus less, than if nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The year.
    pub year: FinancialYear,
    /// The network.
    pub network: NetworkCode,
    /// How much.
    pub more: Pence,
    /// What puts its approval into question at the end of the months looked at.
    pub warnings: Vec<String>,
}

/// The practices of a place as the money of networks sees them; `weighted` has weighted patients for each registered one,
/// and a practice that it does not have is [`super::weighed`] by its ages. Adjusted populations and beds are in no file
/// imported.
#[must_use]
pub fn members(base: &Base, weighted: Option<&Evaluation>) -> Vec<Member> {
    let of = |practice: &crate::place::Practice| {
        Some(Member {
            practice: practice.code.parse().ok()?,
            network: practice.network.as_deref().and_then(|code| code.parse().ok()),
            registered: practice.list(),
            adjusted: None,
            weighted: weighed(practice, weighted).map(|one| one.patients),
            beds: None,
        })
    };
    base.practices.iter().filter_map(of).collect()
}

/// What every network is paid more or less in each financial year that the months touch, line by line by the latest rules up
/// to the year in which its rate was read, as far as bases are known. Networks whose pay stays are left out.
///
/// Method: [`methods.md#network-payments`](../../../../docs/book/methods.md#network-payments).
#[must_use]
pub fn moved_by_year(
    members: &[Member],
    changes: &[Change],
    (base, months): (Month, u32),
) -> Vec<Moved> {
    if !move_practices(changes) {
        return Vec::new();
    }
    let before = networks(members, &[], base);
    let mut sums: BTreeMap<(FinancialYear, NetworkCode), f64> = BTreeMap::new();
    let mut after = BTreeMap::new();
    let mut month = base;
    for _ in 0..months {
        after = networks(members, changes, month);
        let year = financial_year(month);
        let lines = Rules::standing(year);
        let codes: BTreeSet<&NetworkCode> = before.keys().chain(after.keys()).collect();
        for code in codes {
            let more = a_month(&lines, after.get(code)) - a_month(&lines, before.get(code));
            *sums.entry((year, *code)).or_default() += more;
        }
        month = month.next();
    }
    let moved = sums.into_iter().map(|((year, network), more)| Moved {
        year,
        network,
        more: Pence::of_pounds(more),
        warnings: after.get(&network).map(Membership::warnings).unwrap_or_default(),
    });
    moved.filter(|moved| moved.more != Pence(0)).collect()
}

/// The financial year of a month.
#[must_use]
pub const fn financial_year(month: Month) -> FinancialYear {
    FinancialYear { begins: if month.month >= 4 { month.year } else { month.year - 1 } }
}

/// Whether any of these changes which practices a network has; without one no contract money moves.
#[must_use]
pub fn move_practices(changes: &[Change]) -> bool {
    changes.iter().any(|change| moves_practices(&change.effect))
}

/// Whether something changes which practices a network has.
const fn moves_practices(effect: &Effect) -> bool {
    matches!(effect, Effect::MovesNetwork { .. } | Effect::Merges { .. } | Effect::Closes { .. })
}

/// Pounds that a network is paid in a month; nothing once it has no practice.
fn a_month(lines: &[&Line], network: Option<&Membership>) -> f64 {
    let Some(one) = network else { return 0.0 };
    let of_networks = lines.iter().filter(|line| line.to == To::Network);
    let paid = of_networks.filter_map(|line| {
        one.network.payment(line, Settled::Announced).amount.known().map(Pence::pounds)
    });
    paid.sum::<f64>() / 12.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::codes::PracticeCode;

    const APRIL: Month = Month { year: 2025, month: 4 };

    fn member(practice: &str, network: &str) -> Member {
        Member {
            practice: practice.parse().unwrap(),
            network: network.parse().ok(),
            registered: 20_000.0,
            adjusted: None,
            weighted: Some(19_000.0),
            beds: None,
        }
    }

    fn place() -> [Member; 3] {
        [member("A81001", "U00001"), member("A81002", "U00001"), member("A81003", "U00002")]
    }

    fn moves(from: Month) -> Change {
        let practice: PracticeCode = "A81002".parse().unwrap();
        Change { from, effect: Effect::MovesNetwork { practice, to: "U00002".parse().unwrap() } }
    }

    #[test]
    fn what_one_network_gains_the_other_loses() {
        let moved = moved_by_year(&place(), &[moves(APRIL)], (APRIL, 12));
        let more: Vec<Pence> = moved.iter().map(|one| one.more).collect();
        assert_eq!(more.len(), 2, "{moved:?}");
        assert!(more[0] < Pence(0));
        assert_eq!(more[0] + more[1], Pence(0));
    }

    #[test]
    fn a_move_at_half_of_the_year_moves_half_of_the_money() {
        let half = moved_by_year(&place(), &[moves(Month { year: 2025, month: 10 })], (APRIL, 12));
        let whole = moved_by_year(&place(), &[moves(APRIL)], (APRIL, 12));
        let ratio = half[1].more.pounds() / whole[1].more.pounds();
        assert!((ratio - 0.5).abs() < 1e-6, "{ratio}");
    }

    #[test]
    fn a_year_without_rates_is_paid_by_the_last_that_has_them() {
        let april = Month { year: 2040, month: 4 };
        let moved = moved_by_year(&place(), &[moves(april)], (april, 12));
        assert_eq!(moved.len(), 2, "{moved:?}");
    }

    #[test]
    fn a_rate_that_was_not_read_for_a_year_is_that_of_the_year_before_it() {
        let april = Month { year: 2026, month: 4 };
        let moved = moved_by_year(&place(), &[moves(april)], (april, 12));
        // Core funding of 2025/26 for 20,000 registered patients, £2.266 each, and the £27.30 of 2026/27 for 19,000 weighted
        // ones: £45,320 and £518,700.
        assert!((moved[1].more.pounds() - 564_020.0).abs() < 0.5, "{moved:?}");
    }

    #[test]
    fn a_network_that_is_left_small_is_named() {
        let moved = moved_by_year(&place(), &[moves(APRIL)], (APRIL, 12));
        assert_eq!(moved[0].warnings.len(), 2, "{:?}", moved[0].warnings);
    }

    #[test]
    fn changes_that_move_no_practice_move_no_money() {
        let change = Change { from: APRIL, effect: Effect::TrainingPlaces { places: 3 } };
        assert_eq!(moved_by_year(&place(), &[change], (APRIL, 12)), []);
    }
}
