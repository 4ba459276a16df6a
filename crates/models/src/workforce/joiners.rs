//! Everybody who is a GP of the place at some time of the run: those in post at its start, and those who join.
//!
//! Joiners come from the training places of the practices (a registrar finishes, and may be in post some months later), back
//! from other work, from overseas, and by the recruitment of a scenario. A joiner's number hangs on where the joiner comes
//! from, never on how many came before, so that scenarios share them.

use vocab::{Month, Sex};

use super::gps::Gp;
use super::ledger::{Ledger, MILLION};
use super::rates::AGE_BANDS;
use super::role::Contract;
use super::run::Run;
use super::staff::{GpStock, Staff};
use super::vacancies::Vacancies;
use crate::change::{Change, Effect, GpsJoin, months_between};
use crate::decisions::{GP_COMES, GP_START, JOINER, RECRUIT, unit_of_name};

/// Where a joiner comes from; part of the joiner's number.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    Training = 1,
    Returner = 2,
    Overseas = 3,
    Recruit = 4,
}

/// A GP who joins, before a practice is found.
pub(super) struct Joiner {
    /// The GP, whose employer is still to be filled in.
    pub gp: Gp,
    pub comes_to: Practice,
}

/// The practice that a joiner comes to.
pub(super) enum Practice {
    /// The one that a scenario names, or its successor.
    Named(usize),
    /// The one that a joiner of this luck (0 to 1) finds.
    Found(f64),
}

/// The number of a joiner: origin, month or training place, and position, in 3, 13 and 15 bits below the highest bit.
pub(super) const fn unit_of(origin: Origin, group: u32, position: u32) -> u32 {
    1 << 31 | (origin as u32) << 28 | (group & 0x1FFF) << 15 | (position & 0x7FFF)
}

/// The qualified GPs in post at the start.
pub(super) fn in_post(run: &Run<'_>, staff: &Staff) -> Vec<Gp> {
    let mut gps = Vec::new();
    let mut unit = 0_u32;
    for (employer, one) in staff.employers.iter().enumerate() {
        for stock in one.gps.iter().filter(|stock| stock.contract.is_qualified()) {
            for (micro_fte, leaving) in hours_of(run, stock) {
                gps.push(Gp { micro_fte, leaving, ..gp_of(run, stock, employer, unit) });
                unit += 1;
            }
        }
    }
    gps
}

/// Full-time equivalents in millionths and factor on leaving of each GP of a stock: of every two, one works longer than the
/// mean and one shorter; an odd one works the mean.
fn hours_of(run: &Run<'_>, stock: &GpStock) -> Vec<(i64, f64)> {
    let spread = run.rates.hours_spread;
    let (longer, shorter) = run.rates.factors_by_hours(0.5, 1.0 + spread, 1.0 - spread);
    let paired = stock.heads / 2 * 2;
    let mut hours = Vec::with_capacity(stock.heads as usize);
    for head in 0..stock.heads {
        let mean = share_of(stock.fte, stock.heads, head);
        let of_pair = share_of(stock.fte, stock.heads, head / 2 * 2);
        let more = libm::round(of_pair as f64 * spread) as i64;
        hours.push(match (head < paired, head % 2) {
            (true, 0) => (mean + more, longer),
            (true, _) => (mean - more, shorter),
            (false, _) => (mean, 1.0),
        });
    }
    hours
}

/// The millionths that head number `head` of `heads` has of a sum, so that all of them make the sum.
pub(super) fn share_of(fte: f64, heads: u32, head: u32) -> i64 {
    let total = libm::round(fte * MILLION) as i64;
    let (heads, head) = (i64::from(heads), i64::from(head));
    total * (head + 1) / heads - total * head / heads
}

/// A GP of a stock, with hours still to be filled in.
fn gp_of(run: &Run<'_>, stock: &GpStock, employer: usize, unit: u32) -> Gp {
    let mut stream = run.stream(GP_START, unit, 0);
    let (women, ages) = (run.rates.women, &run.rates.age_shares);
    let drawn_sex = if stream.happens(women) { Sex::Female } else { Sex::Male };
    let drawn_band = stream.choose(ages).and_then(|band| AGE_BANDS.get(band)).copied();
    let youngest = stock.age.or(drawn_band).unwrap_or_default();
    Gp {
        unit,
        employer,
        contract: stock.contract,
        sex: stock.sex.unwrap_or(drawn_sex),
        age: u32::from(youngest) * 12 + stream.below(60),
        from: 0,
        from_start: true,
        micro_fte: 0,
        leaving: 1.0,
    }
}

/// GPs who return from other work or come from overseas, as many as in other years.
pub(super) fn coming(run: &Run<'_>, staff: &Staff) -> Vec<Joiner> {
    let stocks = staff.employers.iter().flat_map(|one| &one.gps);
    let qualified = stocks.filter(|stock| stock.contract.is_qualified());
    let heads: f64 = qualified.map(|stock| f64::from(stock.heads)).sum();
    let rates = run.rates;
    let mut gps = Vec::new();
    for (origin, a_year, ages) in [
        (Origin::Returner, rates.returners, rates.returner_ages),
        (Origin::Overseas, rates.overseas, rates.overseas_ages),
    ] {
        for month in 0..rates.months {
            let mut stream = run.stream(GP_COMES, origin as u32, month);
            let count = stream.poisson(a_year * heads / 12.0) as u32;
            let unit = |position| unit_of(origin, month, position);
            gps.extend((0..count).map(|position| run.joiner(unit(position), month, ages)));
        }
    }
    gps
}

/// GPs whom a scenario recruits.
pub(super) fn recruited(run: &Run<'_>, base: Month, changes: &[Change]) -> Vec<Joiner> {
    let mut gps = Vec::new();
    let joins = changes.iter().filter_map(|change| match &change.effect {
        Effect::GpsJoin(join) => Some((change.from, join)),
        _ => None,
    });
    let mut groups: Vec<u32> = Vec::new();
    for (from, join) in joins {
        let begins = months_between(base, from).max(0) as u32;
        let mut group = group_of(from, join);
        while groups.contains(&group) {
            group = (group + 1) & 0x1FFF;
        }
        groups.push(group);
        let recruit = |position| run.recruit(join, begins, group, position);
        gps.extend((0..join.heads).filter_map(recruit));
    }
    gps
}

/// The number of a recruitment: what it is, not how many it brings nor what else happens.
fn group_of(from: Month, join: &GpsJoin) -> u32 {
    let employer = join.employer.map(|code| code.to_string()).unwrap_or_default();
    unit_of_name(&format!(
        "{} {employer} {} {} {}",
        from.first_day(),
        join.age,
        join.fte,
        join.leaving
    )) & 0x1FFF
}

impl Run<'_> {
    /// Lets everybody join, in the order of their months and then of their numbers, and lives their months: who leaves opens
    /// a vacancy for who comes later.
    pub(super) fn join(&self, mut joiners: Vec<Joiner>, ledger: &mut Ledger) {
        joiners.sort_by_key(|joiner| (joiner.gp.from, joiner.gp.unit));
        let mut vacancies = Vacancies::new(self.employers, ledger);
        for Joiner { gp, comes_to } in joiners {
            vacancies.pass_months(gp.from, ledger);
            let found = match comes_to {
                Practice::Named(employer) => Some(employer),
                Practice::Found(luck) => vacancies.choose(luck, self.rates.joiners_to_vacancies),
            };
            if let Some(employer) = found {
                vacancies.fill(employer, gp.micro_fte);
                self.live(Gp { employer, ..gp }, ledger);
            }
        }
    }

    /// A joiner of a month: age, sex, hours, contract, and the luck that finds a practice.
    pub(super) fn joiner(&self, unit: u32, month: u32, (youngest, oldest): (f64, f64)) -> Joiner {
        let mut stream = self.stream(JOINER, unit, 0);
        let rates = self.rates;
        let hours = rates.joiner_hours.get(month as usize).copied().unwrap_or((1.0, 1.0));
        let full_time = stream.happens(hours.0);
        let (longer, shorter) = rates.factors_by_hours(hours.0, 1.0, hours.1);
        let (fte, leaving) = if full_time { (1.0, longer) } else { (hours.1, shorter) };
        let locum = stream.happens(rates.locum_joiners);
        let sex = if stream.happens(rates.women) { Sex::Female } else { Sex::Male };
        let age = (youngest + (oldest - youngest) * stream.uniform()) * 12.0;
        let comes_to = Practice::Found(stream.uniform());
        let gp = Gp {
            unit,
            employer: 0,
            contract: if locum { Contract::Locum } else { Contract::Salaried },
            sex,
            age: age as u32,
            from: month,
            from_start: false,
            micro_fte: libm::round(fte * MILLION) as i64,
            leaving,
        };
        Joiner { gp, comes_to }
    }

    fn recruit(&self, join: &GpsJoin, begins: u32, group: u32, position: u32) -> Option<Joiner> {
        let unit = unit_of(Origin::Recruit, group, position);
        if !self.stream(RECRUIT, unit, 0).happens(join.arrive) {
            return None;
        }
        let over = u64::from(join.over_months.max(1));
        let wait = u64::from(position) * over / u64::from(join.heads.max(1));
        let month = begins + wait as u32;
        if month >= self.rates.months {
            return None;
        }
        let age = f64::from(join.age);
        let Joiner { gp, mut comes_to } = self.joiner(unit, month, (age, age + 1.0));
        if let Some(practice) = join.employer {
            let named = self.employers.position(practice.as_str())?;
            comes_to = Practice::Named(if month < self.employers.end_of(named) {
                named
            } else {
                self.employers.successor(named, self.luck(RECRUIT, unit, 1), month)?
            });
        }
        let micro_fte = libm::round(join.fte * MILLION) as i64;
        let gp = Gp { contract: Contract::Salaried, micro_fte, leaving: join.leaving, ..gp };
        Some(Joiner { gp, comes_to })
    }
}
