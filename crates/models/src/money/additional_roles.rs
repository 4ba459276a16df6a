//! The additional roles of a network: an entitlement that is paid only for staff in post, role by role and month by month.
//!
//! A claim is the cost of those in post, at most the role's ceiling for each full-time equivalent and, for some roles in some
//! years, at most a number of them for each network; all claims of a year
//! are at most the network's sum; what is not claimed by the end of the year is lost and not carried forward.
//!
//! Methods: [additional roles](../../../../docs/book/methods.md#additional-roles).

use vocab::{FinancialYear, Month};

use super::ceilings::Where;
use super::rules::{Rules, Settled};
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

/// On which terms a network claims.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The rules of the year.
    pub rules: &'a Rules,
    /// Which of two rates of the year is meant.
    pub settled: Settled,
    /// Whether the London supplement is paid.
    pub at: Where,
    /// Registered patients of the network.
    pub patients: f64,
}

/// What is claimed for a role in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The staff it is for.
    pub staff: MonthInPost,
    /// How much can be claimed before the network's sum is looked at, at the lowest ceiling that may apply.
    pub amount: Amount,
    /// The same at the highest ceiling that may apply; nothing where none is known.
    pub most: Option<Pence>,
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
    /// What was not claimed and is lost; nothing where staff are in post who might bring in more, because no ceiling of theirs
    /// was read or more than one may apply.
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

    /// This sum and another one that may not be spent on the same staff.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.entitlement = self.entitlement + other.entitlement;
        self.claims.extend(other.claims);
        self.paid = self.paid + other.paid;
        self.above_entitlement = self.above_entitlement + other.above_entitlement;
        self.lost = self.lost.zip(other.lost).map(|(one, more)| one + more);
        self.left_out.extend(other.left_out);
        self
    }

    /// The share of the entitlement that is lost; nothing where there is none or it is not known.
    #[must_use]
    pub fn share_lost(&self) -> Option<f64> {
        let lost = self.lost.filter(|_| self.entitlement.0 > 0)?;
        Some(lost.pounds() / self.entitlement.pounds())
    }
}

/// What a network claims in a year for the staff that it has in post, each role once a month.
///
/// Method: [additional roles](../../../../docs/book/methods.md#additional-roles).
#[must_use]
pub fn draw_down(terms: &Terms<'_>, entitlement: Pence, in_post: &[MonthInPost]) -> DrawDown {
    let claims: Vec<Claim> = in_post.iter().map(|staff| claim(terms, *staff)).collect();
    let claimed = claims.iter().filter_map(|claim| claim.amount.known()).sum();
    let mut left_out: Vec<String> = claims.iter().filter_map(unknown).collect();
    left_out.sort();
    left_out.dedup();
    let may_bring_more = |claim: &Claim| match claim.amount {
        Amount::Known(least) => claim.most.is_some_and(|most| most > least),
        Amount::Unknown(_) => claim.staff.fte > 0.0 && terms.rules.pays_for(claim.staff.role),
    };
    let mut year = DrawDown::of_totals(entitlement, claimed);
    if year.paid < entitlement && claims.iter().any(may_bring_more) {
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

/// What a network may claim for a role in a month.
fn claim(terms: &Terms<'_>, staff: MonthInPost) -> Claim {
    let (rules, role) = (terms.rules, staff.role);
    let month = |yearly: f64, fte: f64| Pence::of_pounds(yearly * fte / 12.0);
    if rules.begins_later(role, staff.month) {
        return Claim::of(staff, Amount::Known(Pence(0)));
    }
    let Some(ceiling) = rules.ceiling(role, staff.month, terms.at, terms.settled) else {
        return Claim::of(staff, Amount::Unknown(rules.without_ceiling(role, terms.at)));
    };
    let limit = rules.limit(role, terms.patients).map_or(f64::INFINITY, f64::from);
    let paid = |ceiling: f64| {
        month(staff.yearly_cost.unwrap_or(ceiling).min(ceiling), staff.fte.min(limit))
    };
    let (least, most) = (paid(ceiling.least), paid(ceiling.most));
    let cost = month(staff.yearly_cost.unwrap_or(ceiling.least), staff.fte);
    Claim { staff, amount: Amount::Known(least), most: Some(most), above_ceiling: cost - least }
}

impl Claim {
    fn of(staff: MonthInPost, amount: Amount) -> Self {
        Self { staff, most: amount.known(), amount, above_ceiling: Pence(0) }
    }
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

    fn terms(rules: &Rules) -> Terms<'_> {
        Terms { rules, settled: Settled::Announced, at: Where::OutsideLondon, patients: SIZE }
    }

    /// A link worker, of band 5 with one ceiling: £43,352.
    fn worker(fte: f64, yearly_cost: Option<f64>) -> MonthInPost {
        MonthInPost { month: APRIL, role: Role::LinkWorker, fte, yearly_cost }
    }

    fn drawn(entitlement: Pence, staff: &[MonthInPost]) -> DrawDown {
        draw_down(&terms(rules()), entitlement, staff)
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
        let year = drawn(Pence(10_000_000), &[worker(0.0, None)]);
        assert_eq!((year.paid, year.lost), (Pence(0), Some(Pence(10_000_000))));
    }

    #[test]
    fn the_ceiling_of_the_role_caps_a_month() {
        let year = drawn(Pence(10_000_000), &[worker(1.0, Some(48_000.0))]);
        assert_eq!(year.paid, Pence::of_pounds(43_352.0 / 12.0));
        assert_eq!(year.claims[0].above_ceiling, Pence::of_pounds(4_000.0) - year.paid);
    }

    #[test]
    fn the_sum_of_the_network_caps_the_year() {
        let year = drawn(Pence(100_000), &[worker(1.0, None)]);
        assert_eq!((year.paid, year.lost), (Pence(100_000), Some(Pence(0))));
        assert_eq!(year.above_entitlement, Pence::of_pounds(43_352.0 / 12.0) - Pence(100_000));
    }

    #[test]
    fn beyond_the_limit_of_a_network_nothing_is_paid() {
        let mut limited = rules().clone();
        let of_2024 = Rules::of(FinancialYear { begins: 2024 }).unwrap();
        limited.limits.clone_from(&of_2024.limits);
        let staff = MonthInPost { role: Role::EnhancedNurse, ..worker(2.5, None) };
        let paid = |patients| {
            let terms = Terms { patients, ..terms(&limited) };
            draw_down(&terms, Pence(10_000_000), &[staff]).paid
        };
        // A twelfth of the £64,907 of band 7, not of the £53,319 of an experienced practice nurse.
        let one = Pence(540_892);
        assert_eq!((paid(SIZE), paid(120_000.0)), (one, Pence(2 * 540_892 - 1)));
    }

    #[test]
    fn a_role_of_which_two_ceilings_may_apply_draws_the_lower_and_says_nothing_of_a_loss() {
        let nurse = MonthInPost { role: Role::Nurse, ..worker(1.0, None) };
        let year = drawn(Pence(1_000_000), &[nurse]);
        // Twelfths of £43,352 (new) and £53,319 (experienced).
        assert_eq!((year.paid, year.claims[0].most), (Pence(361_267), Some(Pence(444_325))));
        assert_eq!((year.lost, year.share_lost()), (None, None));
        // Both at £40,000: what is drawn does not hang on which it is.
        let cheap = MonthInPost { yearly_cost: Some(40_000.0), ..nurse };
        assert_eq!(drawn(Pence(1_000_000), &[cheap]).lost, Some(Pence(1_000_000 - 333_333)));
    }

    #[test]
    fn the_same_staff_draw_more_in_london_where_its_ceiling_was_read() {
        let london = Terms { at: Where::London, ..terms(rules()) };
        let pharmacist = MonthInPost { role: Role::Pharmacist, ..worker(1.0, None) };
        let year = draw_down(&london, Pence(1_000_000), &[pharmacist]);
        // Twelfths of £74,392 (outer London) and £77,545 (inner).
        assert_eq!((year.paid, year.claims[0].most), (Pence(619_933), Some(Pence(646_208))));
        assert_eq!(drawn(Pence(1_000_000), &[pharmacist]).paid, Pence(558_100));
    }

    #[test]
    fn nobody_draws_for_a_role_before_the_month_from_which_it_is_paid() {
        let of_2024 = Rules::of(FinancialYear { begins: 2024 }).unwrap();
        let gp = |month| MonthInPost {
            month: Month { year: 2024, month },
            role: Role::NetworkGp,
            ..worker(1.0, None)
        };
        let year = draw_down(&terms(of_2024), Pence(1_000_000), &[gp(9), gp(10)]);
        // A twelfth of £92,462.
        assert_eq!((year.paid, year.lost), (Pence(770_517), Some(Pence(229_483))));
    }

    #[test]
    fn a_role_without_a_ceiling_is_left_out_and_named() {
        let staff = MonthInPost { role: Role::CareCoordinator, ..worker(2.0, None) };
        let year = drawn(Pence(100_000), &[staff, staff]);
        assert_eq!(year.left_out, ["care coordinators: the ceiling of 2025/26 was not read"]);
        assert_eq!((year.paid, year.lost, year.share_lost()), (Pence(0), None, None));
    }

    #[test]
    fn the_balance_of_a_year_adds_up() {
        let staff = [worker(1.0, Some(60_000.0)), worker(3.0, None), worker(0.5, Some(30_000.0))];
        let year = drawn(Pence(700_000), &staff);
        let claimed: Pence = year.claims.iter().filter_map(|claim| claim.amount.known()).sum();
        assert_eq!(year.paid + year.above_entitlement, claimed);
        assert_eq!(Some(year.entitlement - year.paid), year.lost);
    }
}
