//! The additional roles of a place's networks: what each may claim in a year, what the staff it has in post today draw of it
//! if they stay the year, and what is lost when the year ends.
//!
//! A network that made no return of its staff has no claim, because a rate that stands in for its staff is nobody in post. A
//! role whose ceiling was not read is named with its full-time equivalents and left out, so what is drawn is then the least
//! that it can be and what is lost is not known.
//!
//! Methods: [additional roles](../../../../docs/book/methods.md#additional-roles).

use std::collections::{BTreeMap, BTreeSet};

use vocab::{FinancialYear, Month};

use super::additional_roles::{Claim, DrawDown, MonthInPost, Terms, draw_down};
use super::ceilings::{Bounds, Where};
use super::rules::{Rules, Settled};
use super::{Amount, Network, Pence};
use crate::place::{Base, Basis};
use crate::workforce::Role;

/// The line of the rules.
const LINE: &str = "additional_roles";

/// The line of a sum that GPs alone may draw, in years that have one.
const LINE_OF_GPS: &str = "additional_roles_gps";

/// What is known of the networks of a place in a year.
pub(super) struct Known<'a> {
    /// Weighted patients of the practices of the place by network.
    pub weighted: &'a BTreeMap<String, f64>,
    /// Networks that pay the London supplement.
    pub in_london: &'a BTreeSet<String>,
    /// The year asked for.
    pub year: FinancialYear,
    /// Which of two rates is meant.
    pub settled: Settled,
}

/// Staff of a role in post and a year's claim for them.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleInPost {
    /// The role.
    pub role: Role,
    /// Full-time equivalents in post.
    pub fte: f64,
    /// The ceiling of a full-time equivalent in a year, as it stands at the end of the year; nothing where it is not known.
    pub ceiling: Option<Bounds>,
    /// What can be claimed for them in a year before the network's sum is looked at, at the lowest ceiling that may apply.
    pub claim: Amount,
    /// The same at the highest that may apply; nothing where none is known.
    pub most: Option<Pence>,
    /// Whether the year pays for the role.
    pub is_paid: bool,
}

impl RoleInPost {
    /// Whether they bring in what nobody can tell: the year pays for the role and no ceiling of it was read.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_paid && self.claim.known().is_none()
    }

    /// Whether more than one ceiling may apply to them.
    #[must_use]
    pub fn has_range(&self) -> bool {
        self.claim.known().zip(self.most).is_some_and(|(least, most)| most > least)
    }
}

/// The additional roles of a network in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkRoles {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Share of its patients who are registered in the place; the rest here is of the whole network.
    pub share: f64,
    /// The most that it may claim.
    pub entitlement: Amount,
    /// Whether it pays the London supplement.
    pub at: Where,
    /// Whom it has in post, in order of role; nothing where it made no return.
    pub in_post: Option<Vec<RoleInPost>>,
    /// What is drawn and lost; nothing where entitlement or staff are not known, or no ceiling of theirs.
    pub year: Option<DrawDown>,
}

/// The additional roles of the networks of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct RolesOfPlace {
    /// The year of the rules: the year asked for, or the latest before it whose rate was read.
    pub year: FinancialYear,
    /// The networks, in order of code.
    pub networks: Vec<NetworkRoles>,
}

impl RolesOfPlace {
    /// The roles of a place. Nothing where no rate was read for the year or one before it.
    pub(super) fn of(base: &Base, known: &Known<'_>) -> Option<Self> {
        let has_rate =
            |rules: &Rules| rules.line(LINE).is_some_and(|one| one.rate(known.settled).is_some());
        let (year, rules) = Rules::back_from(known.year).find(|(_, rules)| has_rate(rules))?;
        let of = |network| of_network(base, network, known, (year, rules));
        Some(Self { year, networks: base.networks.iter().map(of).collect() })
    }

    /// The year of the place: its share of every network whose entitlement and staff are known; each network loses its own,
    /// and what one loses no other can claim. What is lost is not known where that of one of these networks is not.
    #[must_use]
    pub fn total(&self) -> DrawDown {
        let mut total = DrawDown::of_totals(Pence(0), Pence(0));
        for network in &self.networks {
            let Some(year) = &network.year else { continue };
            let here = |pence: Pence| Pence::of_pounds(pence.pounds() * network.share);
            let paid = here(year.paid);
            total.entitlement = total.entitlement + here(year.entitlement);
            total.paid = total.paid + paid;
            let lost = year.lost.map(|_| here(year.entitlement) - paid);
            total.lost = total.lost.zip(lost).map(|(sum, one)| sum + one);
            total.above_entitlement = total.above_entitlement + here(year.above_entitlement);
            total.left_out.extend(year.left_out.iter().cloned());
        }
        total.left_out.sort();
        total.left_out.dedup();
        total
    }

    /// The entitlement of the place, with networks whose staff are not known.
    #[must_use]
    pub fn entitlement(&self) -> Pence {
        let known =
            self.networks.iter().filter_map(|one| Some((one.entitlement.known()?, one.share)));
        known.map(|(pence, share)| Pence::of_pounds(pence.pounds() * share)).sum()
    }

    /// Whom the place's networks have in post, role by role, each network with its share.
    #[must_use]
    pub fn by_role(&self) -> Vec<RoleInPost> {
        self.roles_where(|_| true)
    }

    /// The same in the networks of which something is known to be drawn.
    #[must_use]
    pub fn drawing(&self) -> Vec<RoleInPost> {
        self.roles_where(|network| network.year.is_some())
    }

    fn roles_where(&self, keep: impl Fn(&NetworkRoles) -> bool) -> Vec<RoleInPost> {
        let mut roles: BTreeMap<Role, RoleInPost> = BTreeMap::new();
        for network in self.networks.iter().filter(|network| keep(network)) {
            for one in network.in_post.iter().flatten() {
                let here = RoleInPost {
                    fte: one.fte * network.share,
                    claim: scaled(&one.claim, network.share),
                    most: one.most.map(|most| part_of(most, network.share)),
                    ..one.clone()
                };
                roles
                    .entry(one.role)
                    .and_modify(|sum| {
                        sum.fte += here.fte;
                        sum.claim = both(&sum.claim, &here.claim);
                        sum.most = sum.most.zip(here.most).map(|(sum, one)| sum + one);
                        sum.ceiling = sum.ceiling.or(here.ceiling);
                    })
                    .or_insert(here);
            }
        }
        roles.into_values().collect()
    }

    /// Roles in post of which nobody can tell what they bring in, because no ceiling was read for all of the year.
    #[must_use]
    pub fn open_roles(&self) -> Vec<RoleInPost> {
        self.drawing().into_iter().filter(RoleInPost::is_open).collect()
    }

    /// Full-time equivalents in roles that the year pays for and whose ceiling was not read, and pounds that each of them
    /// would have to bring in on average before all was drawn; nothing where there are none.
    #[must_use]
    pub fn without_ceiling(&self) -> Option<(f64, f64)> {
        let fte: f64 = self.open_roles().iter().map(|one| one.fte).sum();
        let total = self.total();
        (fte > 0.0).then(|| (fte, (total.entitlement - total.paid).pounds() / fte))
    }

    /// Names of the networks whose staff are not known.
    #[must_use]
    pub fn without_return(&self) -> Vec<&str> {
        let without = self.networks.iter().filter(|network| network.in_post.is_none());
        without.map(|network| network.name.as_str()).collect()
    }
}

fn of_network(
    base: &Base,
    network: &crate::place::Network,
    known: &Known<'_>,
    (year, rules): (FinancialYear, &Rules),
) -> NetworkRoles {
    let code = network.code.as_str();
    let whole = |here: f64| here / network.share;
    let members = base.practices.iter().filter(|one| one.network.as_deref() == Some(code));
    let patients = whole(members.map(crate::place::Practice::list).sum());
    let weighted = known.weighted.get(code).map(|here| whole(*here));
    let at = if known.in_london.contains(code) { Where::London } else { Where::OutsideLondon };
    let terms = Terms { rules, settled: known.settled, at, patients };
    let entitlement = entitlement(&terms, weighted);
    let draw = in_post(network).map(|staff| drawn(&terms, weighted, &a_year_of(&staff, year)));
    let in_post = draw.as_ref().map(|draw| roles(&terms, &draw.claims));
    let is_known = |draw: &DrawDown| {
        draw.claims.is_empty() || draw.claims.iter().any(|one| one.amount.known().is_some())
    };
    let draw = draw.filter(is_known).filter(|_| entitlement.known().is_some());
    NetworkRoles {
        code: network.code.clone(),
        name: network.name.clone(),
        share: network.share,
        entitlement,
        at,
        in_post,
        year: draw,
    }
}

/// What a line pays a network of so many weighted patients.
fn sum_of(terms: &Terms<'_>, line: &str, weighted: Option<f64>) -> Option<Amount> {
    let bases = Network { weighted, ..Network::default() };
    Some(bases.payment(terms.rules.line(line)?, terms.settled).amount)
}

/// The most that a network may claim, with the sum for GPs alone in a year that has one.
fn entitlement(terms: &Terms<'_>, weighted: Option<f64>) -> Amount {
    let sums = [LINE, LINE_OF_GPS].into_iter().filter_map(|line| sum_of(terms, line, weighted));
    sums.reduce(|sum, one| both(&sum, &one))
        .unwrap_or_else(|| Amount::Unknown("the year has no such line".to_owned()))
}

/// What is drawn; GPs draw from a sum of their own in a year that has one.
fn drawn(terms: &Terms<'_>, weighted: Option<f64>, staff: &[MonthInPost]) -> DrawDown {
    let most = |line| sum_of(terms, line, weighted).and_then(|sum| sum.known());
    let of_all = most(LINE).unwrap_or_default();
    let Some(of_gps) = most(LINE_OF_GPS) else { return draw_down(terms, of_all, staff) };
    let (gps, others): (Vec<MonthInPost>, Vec<MonthInPost>) =
        staff.iter().partition(|one| one.role == Role::NetworkGp);
    draw_down(terms, of_all, &others).and(draw_down(terms, of_gps, &gps))
}

/// The staff that a network returned, by role; nothing where a rate stands in for them.
fn in_post(network: &crate::place::Network) -> Option<BTreeMap<Role, f64>> {
    let own = network.staff.iter().all(|line| line.basis == Basis::Own);
    let mut staff = BTreeMap::new();
    for line in network.staff.iter().filter(|line| line.fte > 0.0) {
        *staff.entry(Role::parse(line.kind)?).or_default() += line.fte;
    }
    own.then_some(staff)
}

/// Twelve months in which the same staff are in post.
fn a_year_of(staff: &BTreeMap<Role, f64>, year: FinancialYear) -> Vec<MonthInPost> {
    let mut month = Month { year: year.begins, month: 4 };
    let mut in_post = Vec::new();
    for _ in 0..12 {
        let one = |(role, fte): (&Role, &f64)| MonthInPost {
            month,
            role: *role,
            fte: *fte,
            yearly_cost: None,
        };
        in_post.extend(staff.iter().map(one));
        month = month.next();
    }
    in_post
}

/// The year of each role.
fn roles(terms: &Terms<'_>, claims: &[Claim]) -> Vec<RoleInPost> {
    let mut roles: BTreeMap<Role, RoleInPost> = BTreeMap::new();
    for one in claims {
        let (role, month) = (one.staff.role, one.staff.month);
        let ceiling = terms.rules.ceiling(role, month, terms.at, terms.settled);
        let of_month = RoleInPost {
            role,
            fte: one.staff.fte,
            ceiling,
            claim: one.amount.clone(),
            most: one.most,
            is_paid: terms.rules.pays_for(role),
        };
        let add = |sum: &mut RoleInPost| {
            sum.claim = both(&sum.claim, &one.amount);
            sum.most = sum.most.zip(one.most).map(|(sum, one)| sum + one);
            sum.ceiling = ceiling;
        };
        roles.entry(role).and_modify(add).or_insert(of_month);
    }
    roles.into_values().collect()
}

/// Two amounts together; not known where one of them is not.
fn both(one: &Amount, other: &Amount) -> Amount {
    match (one, other) {
        (Amount::Known(one), Amount::Known(other)) => Amount::Known(*one + *other),
        (Amount::Unknown(why), _) | (_, Amount::Unknown(why)) => Amount::Unknown(why.clone()),
    }
}

fn scaled(amount: &Amount, share: f64) -> Amount {
    match amount {
        Amount::Known(pence) => Amount::Known(part_of(*pence, share)),
        Amount::Unknown(why) => Amount::Unknown(why.clone()),
    }
}

fn part_of(pence: Pence, share: f64) -> Pence {
    Pence::of_pounds(pence.pounds() * share)
}
