//! Capacity: minutes that staff have for contacts and the work that follows from them.
//!
//! What staff have to give is measured by what they gave: the minutes of each role are scaled so that in the base year they
//! are just what its contacts took, hours beyond contract and work that no appointment shows among them. So the base year is
//! in balance, role by role, and a gap to come is what need grows by and staff does not. What GPs spend on supervising others is
//! theirs to give and taken from their minutes.

use std::collections::BTreeMap;

use evidence::{Evidence, Place};
use vocab::{Month, StaffGroup};

use crate::change::{Change, Effect, Who, months_between};
use crate::parameters::{Key, Values};
use crate::place::{Base, BaseError, Basis, Clinician, GpsOfAge, Network, ROLES, StaffLine};
use crate::workforce::{
    Contract, Employer, Flow, GpStock, GpsByAge, Group, Ledger, Line, LocalLeaving, Role,
    RoleStock, Staff, Stock, Worth,
};

use super::need::place_of;
use super::step::Step;

/// Millionths of a full-time equivalent.
const MILLION: f64 = 1e6;

/// The staff of a place as the model of the workforce takes it, with what somebody told of leaving here.
pub(super) fn staff(base: &Base, changes: &[Change], values: &Values) -> Staff {
    let mut carry = Carry::default();
    let mut employers: Vec<Employer> = base
        .practices
        .iter()
        .map(|practice| {
            let mut found = employer(&practice.code, &practice.staff, 1.0, &mut carry);
            found.gps = by_age(&found.gps, &practice.gps_by_age);
            found
        })
        .collect();
    let networks = |network: &Network| (network.code.clone(), network.staff.clone(), network.share);
    for (code, staff, share) in base.networks.iter().map(networks) {
        employers.push(employer(&code, &staff, share, &mut carry));
    }
    for change in changes {
        if let Effect::Opens { practice, .. } = &change.effect
            && !employers.iter().any(|one| one.code == practice.as_str())
        {
            employers.push(Employer { code: practice.as_str().to_owned(), ..Employer::default() });
        }
    }
    let seen = LocalLeaving {
        leavers: values.get(Key::LocalGpLeavers),
        gp_years: values.get(Key::LocalGpYears),
    };
    Staff { employers, local_leaving: (seen.gp_years > 0.0).then_some(seen) }
}

/// The qualified GPs of a place by age, as a run takes them: whom a scheme for GPs of some ages can reach.
///
/// # Errors
/// When a table cannot be read, or nobody is registered in the place.
pub fn gps_by_age(
    evidence: &Evidence,
    place: &Place,
    values: &Values,
) -> Result<GpsByAge, BaseError> {
    let base = Base::with_staff(evidence, place, values)?;
    Ok(GpsByAge::of(&staff(&base, &[], values), values))
}

/// The hours that the contracts of an employer's staff make up in a week, by employer and role, of those who publish them.
///
/// # Errors
/// When a table cannot be read, or nobody is registered in the place.
pub fn hours_of_contracts(
    evidence: &Evidence,
    place: &Place,
    values: &Values,
) -> Result<BTreeMap<(String, Who), f64>, BaseError> {
    let base = Base::with_staff(evidence, place, values)?;
    let practices = base.practices.iter().map(|one| (&one.code, &one.staff));
    let networks = base.networks.iter().map(|one| (&one.code, &one.staff));
    let mut found = BTreeMap::new();
    for (code, staff) in practices.chain(networks) {
        for line in staff.iter().filter(|line| line.basis <= Basis::Split) {
            let role = Role::parse(line.kind).map(Who::Role);
            let is_gp = line.group == StaffGroup::Gp;
            let Some(who) = is_gp.then_some(Who::Gp).or(role) else { continue };
            *found.entry((code.clone(), who)).or_default() += line.fte * HOURS_OF_FULL_TIME;
        }
    }
    Ok(found)
}

/// Hours a week of a full-time equivalent, as the publications count them.
const HOURS_OF_FULL_TIME: f64 = 37.5;

/// What rounding to whole people left over, by kind: people and full-time equivalents.
#[derive(Default)]
struct Carry(std::collections::BTreeMap<&'static str, (f64, f64)>);

impl Carry {
    /// Whole people of a line and their full-time equivalents; the rest goes to the next employer.
    fn whole(&mut self, line: &StaffLine, share: f64) -> (u32, f64) {
        let left = self.0.entry(line.kind).or_default();
        let (heads, fte) = (line.heads * share + left.0, line.fte * share + left.1);
        let whole = heads.round().max(0.0);
        let given = if whole > 0.0 { fte.max(0.0) } else { 0.0 };
        *left = (heads - whole, fte - given);
        (whole as u32, given)
    }
}

fn employer(code: &str, lines: &[StaffLine], share: f64, carry: &mut Carry) -> Employer {
    let mut found = Employer { code: code.to_owned(), ..Employer::default() };
    for line in lines {
        let (heads, fte) = carry.whole(line, share);
        if heads == 0 {
            continue;
        }
        if let Some(contract) = line.contract() {
            found.gps.push(GpStock { contract, sex: None, age: None, heads, fte });
        } else if let Some(role) = Role::parse(line.kind) {
            found.others.push(RoleStock { role, heads, fte });
        }
    }
    found
}

/// Partners and salaried GPs (a stock each) by their published ages, as many of each contract as before. Which of them hold
/// which contract is not published: both have the same ages.
fn by_age(gps: &[GpStock], ages: &[GpsOfAge]) -> Vec<GpStock> {
    let is_permanent = |stock: &&GpStock| stock.contract.is_permanent();
    let published: f64 = ages.iter().map(|one| one.heads).sum();
    if published <= 0.0 {
        return gps.to_vec();
    }
    let permanent: Vec<&GpStock> = gps.iter().filter(is_permanent).collect();
    let heads_of_all: u32 = permanent.iter().map(|stock| stock.heads).sum();
    let mut found: Vec<GpStock> =
        gps.iter().filter(|stock| !is_permanent(stock)).copied().collect();
    let (mut counted, mut placed) = (0.0, 0);
    for one in ages {
        counted += one.heads;
        let upto = (counted / published * f64::from(heads_of_all)).round() as u32;
        let mut before = 0;
        for stock in &permanent {
            let upto_here = before + stock.heads;
            let share = |people: u32| {
                let of =
                    |heads: u32| u64::from(people) * u64::from(heads) / u64::from(heads_of_all);
                of(upto_here) - of(before)
            };
            let of_age = (share(upto) - share(placed)) as u32;
            before = upto_here;
            if of_age > 0 {
                let fte = stock.fte * f64::from(of_age) / f64::from(stock.heads);
                let (sex, age) = (Some(one.sex), Some(one.from_age));
                found.push(GpStock { sex, age, heads: of_age, fte, ..**stock });
            }
        }
        placed = upto;
    }
    found
}

/// GPs among the roles.
const GP: usize = Clinician::Gp as usize;
/// The position of the role of need that a group of staff serves; nothing for those without patients.
fn role_of(group: Group) -> Option<usize> {
    Clinician::of(group.staff_group()).map(|role| role as usize)
}

/// What a full-time equivalent of each group is worth in a draw, a year.
pub(super) struct Value {
    worth: Worth,
    /// Minutes a year of a fully qualified member of each role who works full time and is there.
    minutes: [f64; ROLES],
    /// Share of the full-time equivalents of each group that are away, or not yet fully there, in an ordinary year.
    away: BTreeMap<Group, f64>,
    /// What the first year lacks of that, by month and as a share of the start: a run begins with nobody away.
    lacking: BTreeMap<Group, Vec<f64>>,
}

impl Value {
    /// The value of a draw: `plain` is the workforce if nothing changes, `held` are minutes of the contacts of the base
    /// year by role.
    pub(super) fn new(values: &Values, plain: &Ledger, held: [f64; ROLES]) -> Self {
        let worth = Worth::new(values);
        let away = away(plain);
        let lacking = lacking(plain, &away);
        let mut value = Self { worth, minutes: [0.0; ROLES], away, lacking };
        let mut there = [0.0; ROLES];
        for (position, line) in plain.lines() {
            let Some(role) = role_of(line.group) else { continue };
            let fte = plain.start(position).fte() * (1.0 - value.away_of(line.group));
            there[role] += worth.of(line.group) * fte;
            there[GP] -= worth.supervision(line.group) * fte;
        }
        for role in 0..ROLES {
            value.minutes[role] = if there[role] > 0.0 { held[role] / there[role] } else { 0.0 };
        }
        value
    }

    /// Minutes a year of a full-time equivalent that is there.
    fn of_fte(&self, group: Group) -> f64 {
        role_of(group).map_or(0.0, |role| self.minutes[role] * self.worth.of(group))
    }

    /// Minutes a year that GPs spend on supervising a full-time equivalent.
    fn supervising(&self, group: Group) -> f64 {
        self.worth.supervision(group) * self.minutes[GP]
    }

    /// Minutes a year of a member of each role who works full time, those away in an ordinary year taken off.
    pub(super) fn full_time(&self) -> [f64; ROLES] {
        let groups = [
            Group::Gp(Contract::Salaried),
            Group::Other(Role::Nurse),
            Group::Other(Role::OtherDirect),
        ];
        groups.map(|group| self.of_fte(group) * (1.0 - self.away_of(group)))
    }

    fn away_of(&self, group: Group) -> f64 {
        self.away.get(&group).copied().unwrap_or(0.0)
    }
}

/// Months of the run in which as many are away as in an ordinary year: the second year, when first years in a post are
/// told as fully as they end. No run is shorter, however few years of it are told.
pub(super) const ORDINARY: std::ops::Range<usize> = 12..24;

/// Share of every group that is away, or not yet fully there, in an ordinary year.
fn away(plain: &Ledger) -> BTreeMap<Group, f64> {
    let mut sums: BTreeMap<Group, (f64, f64)> = BTreeMap::new();
    for (position, line) in plain.lines() {
        let sum = sums.entry(line.group).or_default();
        for (flow, stock) in plain
            .flows(position)
            .iter()
            .zip(plain.stocks(position))
            .take(ORDINARY.end)
            .skip(ORDINARY.start)
        {
            sum.0 += flow.not_available as f64;
            sum.1 += stock.micro_fte as f64;
        }
    }
    sums.into_iter()
        .map(|(group, (away, all))| (group, if all > 0.0 { away / all } else { 0.0 }))
        .collect()
}

/// What the months before an ordinary year lack of its share of staff who are away.
fn lacking(plain: &Ledger, away: &BTreeMap<Group, f64>) -> BTreeMap<Group, Vec<f64>> {
    let mut sums: BTreeMap<Group, (f64, Vec<f64>)> = BTreeMap::new();
    for (position, line) in plain.lines() {
        let share = away.get(&line.group).copied().unwrap_or(0.0);
        let sum = sums.entry(line.group).or_insert_with(|| (0.0, vec![0.0; ORDINARY.start]));
        sum.0 += plain.start(position).micro_fte as f64;
        let months = plain.flows(position).iter().zip(plain.stocks(position));
        for (lacks, (flow, stock)) in sum.1.iter_mut().zip(months) {
            *lacks += stock.micro_fte as f64 * share - flow.not_available as f64;
        }
    }
    let of_start = |(start, lacks): (f64, Vec<f64>)| {
        lacks
            .into_iter()
            .map(|lacks| if start > 0.0 { (lacks / start).max(0.0) } else { 0.0 })
            .collect()
    };
    sums.into_iter().map(|(group, sum)| (group, of_start(sum))).collect()
}

/// Capacity of every employer: of the base year, and by steps of each later year; always by role.
pub(super) struct Capacity {
    /// By employer, base year first, minutes a year.
    pub by_employer: Vec<Vec<[f64; ROLES]>>,
    /// By year, base year first, of all employers, minutes a year by step.
    pub steps: Vec<[[f64; Step::ALL.len()]; ROLES]>,
    /// By month of the run, of all employers, minutes in the month were it a twelfth of the year.
    pub months: Vec<[f64; ROLES]>,
}

/// Works out the capacity of a run of the workforce.
pub(super) fn capacity(
    ledger: &Ledger,
    value: &Value,
    is_network: &[bool],
    years: u32,
) -> Capacity {
    let years = years as usize;
    let mut found = Capacity {
        by_employer: vec![vec![[0.0; ROLES]; years + 1]; ledger.employers.len()],
        steps: vec![[[0.0; Step::ALL.len()]; ROLES]; years + 1],
        months: vec![[0.0; ROLES]; years * 12],
    };
    for (position, line) in ledger.lines() {
        let Some(role) = role_of(line.group) else { continue };
        let of = OfLine {
            line: *line,
            role,
            worth: value.of_fte(line.group),
            supervision: value.supervising(line.group),
            away: value.away_of(line.group),
            lacking: value.lacking.get(&line.group).map_or(&[], Vec::as_slice),
            is_network: is_network.get(line.employer).copied().unwrap_or(false),
        };
        of.add(&mut found, ledger.start(position).fte(), ledger.flows(position));
    }
    found
}

/// Minutes of an hour of appointments: the work that follows is done within them.
const HOUR: f64 = 60.0;
/// Weeks of a year.
const WEEKS: f64 = 52.0;

/// Adds the hours of appointments that changes add for an employer, from their month on.
pub(super) fn add_hours(found: &mut Capacity, changes: &[Change], ledger: &Ledger, from: Month) {
    for change in changes {
        let Effect::Hours(hours) = &change.effect else { continue };
        let employer = ledger.employers.iter().position(|code| *code == hours.employer);
        let (Some(employer), Some(role)) = (employer, place_of(hours.who)) else { continue };
        let a_month = hours.a_week() * WEEKS / 12.0 * HOUR;
        let step = if role == GP { Step::Participation } else { Step::PracticeStaff };
        let begins = months_between(from, change.from).max(0) as usize;
        for month in begins..found.months.len() {
            let year = month / 12 + 1;
            found.months[month][role] += a_month;
            found.by_employer[employer][year][role] += a_month;
            found.steps[year][role][step as usize] += a_month;
        }
    }
}

/// A line of the book, and what its full-time equivalents are worth.
struct OfLine<'a> {
    line: Line,
    role: usize,
    worth: f64,
    /// Minutes a year that GPs spend on a full-time equivalent of it.
    supervision: f64,
    away: f64,
    lacking: &'a [f64],
    is_network: bool,
}

/// Cumulated flows of a line since the start, in full-time equivalents.
#[derive(Default, Clone, Copy)]
struct Since {
    joined: f64,
    left: f64,
    other: f64,
}

impl OfLine<'_> {
    fn add(&self, found: &mut Capacity, start: f64, flows: &[Flow]) {
        let base = start * (1.0 - self.away);
        let Some(employer) = found.by_employer.get_mut(self.line.employer) else { return };
        for year in employer.iter_mut() {
            self.give(year, base);
        }
        for steps in &mut found.steps {
            self.step(steps, Step::BaseCapacity, base);
        }
        let fte = |stock: Stock| stock.micro_fte as f64 / MILLION;
        let mut since = Since::default();
        for (month, flow) in flows.iter().enumerate() {
            since.joined += fte(flow.joined);
            since.left += fte(flow.left);
            since.other += fte(flow.moved_in) - fte(flow.moved_out) + flow.hours as f64 / MILLION;
            let lacking = self.lacking.get(month).copied().unwrap_or(0.0);
            let not_there = flow.not_available as f64 / MILLION + start * (lacking - self.away);
            let now = since.joined - since.left + since.other - not_there;
            let year = month / 12 + 1;
            if let Some(steps) = found.steps.get_mut(year) {
                self.add_steps(steps, since);
                self.step(steps, Step::Absence, -not_there / 12.0);
            }
            if let Some(of_year) = employer.get_mut(year) {
                self.give(of_year, now / 12.0);
            }
            if let Some(of_month) = found.months.get_mut(month) {
                self.give(of_month, (base + now) / 12.0);
            }
        }
    }

    /// Adds the minutes of full-time equivalents to their role; their supervision is the GPs' to give.
    fn give(&self, by_role: &mut [f64; ROLES], fte: f64) {
        by_role[self.role] += fte * self.worth;
        by_role[GP] -= fte * self.supervision;
    }

    fn step(&self, steps: &mut [[f64; Step::ALL.len()]; ROLES], step: Step, fte: f64) {
        steps[self.role][step as usize] += fte * self.worth;
        steps[GP][step as usize] -= fte * self.supervision;
    }

    fn add_steps(&self, steps: &mut [[f64; Step::ALL.len()]; ROLES], since: Since) {
        let mut add = |step: Step, fte: f64| self.step(steps, step, fte / 12.0);
        let change = since.joined - since.left + since.other;
        if self.line.group.is_qualified_gp() {
            add(Step::Joiners, since.joined);
            add(Step::Leavers, -since.left);
            add(Step::Participation, since.other);
        } else if self.line.group == Group::Gp(Contract::Registrar) {
            add(Step::Registrars, change);
        } else if self.is_network {
            add(Step::AdditionalRoles, change);
        } else {
            add(Step::PracticeStaff, change);
        }
    }
}

#[cfg(test)]
mod tests {
    use vocab::Sex;

    use super::*;

    fn stock(contract: Contract, heads: u32, fte: f64) -> GpStock {
        GpStock { contract, sex: None, age: None, heads, fte }
    }

    const AGES: [GpsOfAge; 3] = [
        GpsOfAge { sex: Sex::Female, from_age: 30, heads: 3.0 },
        GpsOfAge { sex: Sex::Male, from_age: 45, heads: 2.0 },
        GpsOfAge { sex: Sex::Male, from_age: 60, heads: 4.0 },
    ];

    /// Five partners and four salaried GPs of whom nine ages are published; locums and registrars stay as they are.
    #[test]
    fn gps_keep_their_contracts_and_hours_and_take_their_published_ages() {
        let before = [
            stock(Contract::Partner, 5, 4.5),
            stock(Contract::Salaried, 4, 2.0),
            stock(Contract::Locum, 1, 0.4),
        ];
        let after = by_age(&before, &AGES);
        let heads = |wanted: &dyn Fn(&GpStock) -> bool| -> u32 {
            after.iter().filter(|one| wanted(one)).map(|one| one.heads).sum()
        };
        for stock in before {
            let of_contract = || after.iter().filter(|one| one.contract == stock.contract);
            let fte: f64 = of_contract().map(|one| one.fte).sum();
            assert_eq!(of_contract().map(|one| one.heads).sum::<u32>(), stock.heads);
            assert!((fte - stock.fte).abs() < 1e-12, "{after:?}");
        }
        for one in AGES {
            assert_eq!(heads(&|stock| stock.age == Some(one.from_age)), one.heads as u32);
        }
        assert_eq!(heads(&|stock| stock.age.is_none()), 1);
    }

    #[test]
    fn where_no_age_is_published_nothing_changes() {
        let before = [stock(Contract::Partner, 5, 4.5), stock(Contract::Registrar, 2, 2.0)];
        assert_eq!(by_age(&before, &[]), before);
    }
}
