//! The additional roles of a network: an entitlement that is paid only for staff in post, role by role and month by month.
//!
//! A claim is the cost of those in post, at most the role's ceiling for each full-time equivalent and, for some roles in some
//! years, at most a number of them for each network; all claims of a year
//! are at most the network's sum; what is not claimed by the end of the year is lost and not carried forward.
//!
//! Methods: [additional roles](../../../../docs/book/methods.md#additional-roles).

use vocab::{FinancialYear, Month};

use super::rules::Rules;
use super::{Amount, Pence};
use crate::change::months_between;
use crate::workforce::{Group, Ledger, Role};

/// Staff of a role in post in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthInPost {
    /// The month.
    pub month: Month,
    /// The role.
    pub role: Role,
    /// Full-time equivalents in post.
    pub fte: f64,
    /// Salary, national insurance and pension of a full-time equivalent in a year; nothing takes the ceiling.
    pub yearly_cost: Option<f64>,
}

/// What is claimed for a role in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The staff it is for.
    pub staff: MonthInPost,
    /// How much can be claimed before the network's sum is looked at.
    pub amount: Amount,
    /// How much of the cost lies above the ceiling or the network's limit and is its own.
    pub above_ceiling: Pence,
}

/// A network's year: what it may claim, what it claims, what it loses.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawDown {
    /// The most that can be claimed in the year.
    pub entitlement: Pence,
    /// Role by role and month by month, in the order given.
    pub claims: Vec<Claim>,
    /// What is paid: the claims, at most the entitlement.
    pub paid: Pence,
    /// Claims above the entitlement, which nobody pays.
    pub above_entitlement: Pence,
    /// What was not claimed and is lost; nothing where staff are in post whose claim is not known and might bring in more.
    pub lost: Option<Pence>,
    /// Staff of whom the claim is not known, one sentence a role.
    pub left_out: Vec<String>,
}

impl DrawDown {
    /// The year of sums that are known as totals only.
    #[must_use]
    pub fn of_totals(entitlement: Pence, claimed: Pence) -> Self {
        let paid = claimed.min(entitlement);
        Self {
            entitlement,
            claims: Vec::new(),
            paid,
            above_entitlement: claimed - paid,
            lost: Some(entitlement - paid),
            left_out: Vec::new(),
        }
    }

    /// The share of the entitlement that is lost; nothing where there is none or it is not known.
    #[must_use]
    pub fn share_lost(&self) -> Option<f64> {
        let lost = self.lost.filter(|_| self.entitlement.0 > 0)?;
        Some(lost.pounds() / self.entitlement.pounds())
    }
}

/// What a network of so many registered patients claims in a year for the staff that it has in post, each role once a month.
#[must_use]
pub fn draw_down(
    rules: &Rules,
    entitlement: Pence,
    patients: f64,
    in_post: &[MonthInPost],
) -> DrawDown {
    let claims: Vec<Claim> = in_post.iter().map(|staff| claim(rules, patients, *staff)).collect();
    let claimed = claims.iter().filter_map(|claim| claim.amount.known()).sum();
    let mut left_out: Vec<String> = claims.iter().filter_map(unknown).collect();
    left_out.sort();
    left_out.dedup();
    let is_open = |claim: &Claim| {
        claim.amount.known().is_none() && claim.staff.fte > 0.0 && rules.pays_for(claim.staff.role)
    };
    let mut year = DrawDown::of_totals(entitlement, claimed);
    if year.paid < entitlement && claims.iter().any(is_open) {
        year.lost = None;
    }
    DrawDown { claims, left_out, ..year }
}

fn unknown(claim: &Claim) -> Option<String> {
    match &claim.amount {
        Amount::Known(_) => None,
        Amount::Unknown(why) => Some(format!("{}: {why}", claim.staff.role.people())),
    }
}

/// What a network of so many registered patients may claim for a role in a month.
fn claim(rules: &Rules, patients: f64, staff: MonthInPost) -> Claim {
    let month = |yearly: f64, fte: f64| Pence::of_pounds(yearly * fte / 12.0);
    let limit = rules.limit(staff.role, patients).map_or(f64::INFINITY, f64::from);
    let Some(ceiling) = rules.ceiling(staff.role) else {
        let amount = Amount::Unknown(rules.without_ceiling(staff.role));
        return Claim { staff, amount, above_ceiling: Pence(0) };
    };
    let cost = staff.yearly_cost.unwrap_or(ceiling);
    let paid = month(cost.min(ceiling), staff.fte.min(limit));
    Claim { staff, amount: Amount::Known(paid), above_ceiling: month(cost, staff.fte) - paid }
}

/// Who is in post at an employer at the end of each month of a year, from a run that begins with `base`.
#[must_use]
pub fn staffed(
    ledger: &Ledger,
    base: Month,
    employer: &str,
    year: FinancialYear,
) -> Vec<MonthInPost> {
    let mut in_post = Vec::new();
    let april = Month { year: year.begins, month: 4 };
    for (position, line) in ledger.lines() {
        let Group::Other(role) = line.group else { continue };
        if ledger.employers.get(line.employer).map(String::as_str) != Some(employer) {
            continue;
        }
        let mut month = base;
        for stock in ledger.stocks(position) {
            if (0..12).contains(&months_between(april, month)) && stock.heads > 0 {
                in_post.push(MonthInPost { month, role, fte: stock.fte(), yearly_cost: None });
            }
            month = month.next();
        }
    }
    in_post
}

#[cfg(test)]
mod tests {
    use super::*;

    const APRIL: Month = Month { year: 2025, month: 4 };

    const SIZE: f64 = 45_000.0;

    fn rules() -> &'static Rules {
        Rules::of(FinancialYear { begins: 2025 }).unwrap()
    }

    fn nurse(fte: f64, yearly_cost: Option<f64>) -> MonthInPost {
        MonthInPost { month: APRIL, role: Role::Nurse, fte, yearly_cost }
    }

    #[test]
    fn the_national_year_2023_24_lost_eighty_eight_million_pounds() {
        let million = |pounds: f64| Pence::of_pounds(pounds * 1e6);
        let year = DrawDown::of_totals(million(1_412.0), million(1_324.0));
        assert_eq!(year.lost, Some(million(88.0)));
        assert!((year.share_lost().unwrap() - 0.062).abs() < 0.0005);
    }

    #[test]
    fn nothing_is_paid_for_a_post_that_is_not_filled() {
        let year = draw_down(rules(), Pence(10_000_000), SIZE, &[nurse(0.0, None)]);
        assert_eq!((year.paid, year.lost), (Pence(0), Some(Pence(10_000_000))));
    }

    #[test]
    fn the_ceiling_of_the_role_caps_a_month() {
        let year = draw_down(rules(), Pence(10_000_000), SIZE, &[nurse(1.0, Some(48_000.0))]);
        assert_eq!(year.paid, Pence::of_pounds(43_352.0 / 12.0));
        assert_eq!(year.claims[0].above_ceiling, Pence::of_pounds(4_000.0) - year.paid);
    }

    #[test]
    fn the_sum_of_the_network_caps_the_year() {
        let year = draw_down(rules(), Pence(100_000), SIZE, &[nurse(1.0, None)]);
        assert_eq!((year.paid, year.lost), (Pence(100_000), Some(Pence(0))));
        assert_eq!(year.above_entitlement, Pence::of_pounds(43_352.0 / 12.0) - Pence(100_000));
    }

    #[test]
    fn beyond_the_limit_of_a_network_nothing_is_paid() {
        let mut limited = rules().clone();
        let of_2024 = Rules::of(FinancialYear { begins: 2024 }).unwrap();
        limited.limits.clone_from(&of_2024.limits);
        let staff = MonthInPost { role: Role::EnhancedNurse, ..nurse(2.5, None) };
        let paid = |size| draw_down(&limited, Pence(10_000_000), size, &[staff]).paid;
        let one = Pence::of_pounds(53_319.0 / 12.0);
        assert_eq!((paid(SIZE), paid(120_000.0)), (one, one + one));
    }

    #[test]
    fn a_role_without_a_ceiling_is_left_out_and_named() {
        let staff = MonthInPost { role: Role::Paramedic, ..nurse(2.0, None) };
        let year = draw_down(rules(), Pence(100_000), SIZE, &[staff, staff]);
        assert_eq!(year.left_out, ["paramedics: the ceiling of 2025/26 was not read"]);
        assert_eq!((year.paid, year.lost, year.share_lost()), (Pence(0), None, None));
    }

    #[test]
    fn the_balance_of_a_year_adds_up() {
        let staff = [nurse(1.0, Some(60_000.0)), nurse(3.0, None), nurse(0.5, Some(30_000.0))];
        let year = draw_down(rules(), Pence(700_000), SIZE, &staff);
        let claimed: Pence = year.claims.iter().filter_map(|claim| claim.amount.known()).sum();
        assert_eq!(year.paid + year.above_entitlement, claimed);
        assert_eq!(Some(year.entitlement - year.paid), year.lost);
    }
}
