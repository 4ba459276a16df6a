//! What the simulated qualified GPs of a place are in the mean, by stock and flow instead of one by one.
//!
//! The same rates move stocks by contract, sex and month of age. Nothing is left to chance, so it is quick, and it is a
//! second way to the same answer: the mean of many simulated draws must meet it. It knows the whole place only, and leaves
//! out practices that close and training places that end.

use vocab::{Month, Sex};

use super::Horizon;
use super::rates::{AGE_BANDS, Rates};
use super::role::Contract;
use super::staff::{GpStock, Staff};
use crate::change::{Change, Effect, GpsJoin, months_between};
use crate::parameters::Values;

/// Expected qualified GPs at the end of each month, and what came and went in it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// People in post.
    pub heads: f64,
    /// Their full-time equivalents.
    pub fte: f64,
    /// People who joined.
    pub joined: f64,
    /// People who left.
    pub left: f64,
}

/// Months of age that are told apart: from 25 to 78 years.
const YOUNGEST: usize = 25 * 12;
const AGES: usize = 53 * 12;
const SEXES: [Sex; 2] = [Sex::Female, Sex::Male];

/// The expected qualified GPs of a place, month by month.
#[must_use]
pub fn expect(
    staff: &Staff,
    horizon: Horizon,
    changes: &[Change],
    values: &Values,
) -> Vec<Expected> {
    let Horizon { base, months } = horizon;
    let changes = &super::with_planned(staff, horizon, changes, values);
    let rates = Rates::new(values, staff, base, months, changes);
    let mut pools = Vec::new();
    for stock in staff.employers.iter().flat_map(|employer| &employer.gps) {
        if stock.contract.is_qualified() {
            put_stock(&mut pools, stock, &rates);
        }
    }
    let (posts, registrars) = heads(staff);
    let new = newly_qualified(&rates, base, changes, registrars);
    let mut expected = Vec::with_capacity(months as usize);
    for month in 0..months {
        let mut now = Expected::default();
        for (people, ages) in [
            (new[month as usize], rates.new_ages),
            (rates.returners * posts / 12.0, rates.returner_ages),
            (rates.overseas * posts / 12.0, rates.overseas_ages),
        ] {
            put_joiners(&mut pools, people, month, ages, &rates);
            now.joined += people;
        }
        now.joined += recruits(&mut pools, &rates, base, changes, month);
        for pool in &mut pools {
            now.left += pool.live(month, &rates);
            now.heads += pool.heads.iter().sum::<f64>();
            now.fte += pool.fte.iter().sum::<f64>();
        }
        expected.push(now);
    }
    expected
}

/// Qualified GPs and registrars at the start.
fn heads(staff: &Staff) -> (f64, f64) {
    let stocks = || staff.employers.iter().flat_map(|employer| &employer.gps);
    let sum = |registrar: bool| {
        stocks()
            .filter(|stock| (stock.contract == Contract::Registrar) == registrar)
            .map(|stock| f64::from(stock.heads))
            .sum()
    };
    (sum(false), sum(true))
}

/// People who come from training in each month.
fn newly_qualified(rates: &Rates, base: Month, changes: &[Change], registrars: f64) -> Vec<f64> {
    let steady = registrars / rates.registrar_months * rates.share_in_post(f64::INFINITY);
    let mut people = vec![steady; rates.months as usize];
    for change in changes {
        let Effect::TrainingPlaces { places } = change.effect else { continue };
        let begins = f64::from(months_between(base, change.from).max(0));
        let mut finishes = begins + rates.registrar_months;
        while finishes < f64::from(rates.months) {
            for (month, people) in people.iter_mut().enumerate() {
                let since = month as f64 - finishes;
                let joins = rates.share_in_post(since + 1.0) - rates.share_in_post(since);
                *people += f64::from(places.max(0)) * joins;
            }
            finishes += rates.registrar_months;
        }
    }
    people
}

/// Puts the recruits of a month into the pool of their leaving factor; how many they are.
fn recruits(
    pools: &mut Vec<Pool>,
    rates: &Rates,
    base: Month,
    changes: &[Change],
    month: u32,
) -> f64 {
    let mut sum = 0.0;
    for change in changes {
        let Effect::GpsJoin(join) = &change.effect else { continue };
        let begins = months_between(base, change.from).max(0) as u32;
        let people = f64::from(arriving(join, begins, month)) * join.arrive;
        if people > 0.0 {
            sum += people;
            let pool = pool_of(pools, join.leaving);
            let age = f64::from(join.age);
            pool.put_contract(Contract::Salaried, people, join.fte, (age, age + 1.0), rates.women);
        }
    }
    sum
}

fn arriving(join: &GpsJoin, begins: u32, month: u32) -> u32 {
    let over = u64::from(join.over_months.max(1));
    let heads = u64::from(join.heads.max(1));
    let at = |position: u32| begins + (u64::from(position) * over / heads) as u32;
    (0..join.heads).filter(|position| at(*position) == month).count() as u32
}

fn pool_of(pools: &mut Vec<Pool>, leaving: f64) -> &mut Pool {
    let found = pools.iter().position(|pool| pool.leaving.to_bits() == leaving.to_bits());
    let position = found.unwrap_or_else(|| {
        pools.push(Pool::new(leaving));
        pools.len() - 1
    });
    &mut pools[position]
}

/// Puts a published stock into the pools: of every two GPs one of longer and one of shorter hours.
fn put_stock(pools: &mut Vec<Pool>, stock: &GpStock, rates: &Rates) {
    let spread = rates.hours_spread;
    let (longer, shorter) = rates.factors_by_hours(0.5, 1.0 + spread, 1.0 - spread);
    let mean = stock.fte / f64::from(stock.heads.max(1));
    let pairs = f64::from(stock.heads / 2);
    for (factor, heads, fte) in [
        (longer, pairs, mean * (1.0 + spread)),
        (shorter, pairs, mean * (1.0 - spread)),
        (1.0, f64::from(stock.heads % 2), mean),
    ] {
        pool_of(pools, factor).put_part(stock, heads, heads * fte, rates);
    }
}

/// Puts the joiners of a month into the pools of full time and of shorter hours.
fn put_joiners(pools: &mut Vec<Pool>, people: f64, month: u32, ages: (f64, f64), rates: &Rates) {
    let (full_time, part) = rates.joiner_hours[month as usize];
    let (longer, shorter) = rates.factors_by_hours(full_time, 1.0, part);
    let locums = rates.locum_joiners;
    for (factor, share, fte) in [(longer, full_time, 1.0), (shorter, 1.0 - full_time, part)] {
        let pool = pool_of(pools, factor);
        for (contract, of_contract) in
            [(Contract::Locum, locums), (Contract::Salaried, 1.0 - locums)]
        {
            pool.put_contract(contract, people * share * of_contract, fte, ages, rates.women);
        }
    }
}

/// GPs with one factor on their hazard of leaving: heads and full-time equivalents by contract, sex and month of age.
struct Pool {
    leaving: f64,
    heads: Vec<f64>,
    fte: Vec<f64>,
}

const fn cell(contract: usize, sex: usize, age: usize) -> usize {
    (contract * 2 + sex) * AGES + age
}

impl Pool {
    fn new(leaving: f64) -> Self {
        Self { leaving, heads: vec![0.0; 6 * AGES], fte: vec![0.0; 6 * AGES] }
    }

    fn put(&mut self, contract: usize, sex: usize, ages: (usize, usize), people: (f64, f64)) {
        let count = (ages.1 - ages.0) as f64;
        for age in ages.0..ages.1 {
            let at = cell(contract, sex, (age - YOUNGEST).min(AGES - 1));
            self.heads[at] += people.0 / count;
            self.fte[at] += people.1 / count;
        }
    }

    fn put_part(&mut self, stock: &GpStock, heads: f64, fte: f64, rates: &Rates) {
        let total: f64 = rates.age_shares.iter().sum();
        for (band, age) in AGE_BANDS.into_iter().enumerate() {
            let of_age = match stock.age {
                Some(only) => f64::from(only == age),
                None => rates.age_shares[band] / total,
            };
            for (sex, of_sex) in shares_of_sexes(stock.sex, rates.women) {
                let share = of_age * of_sex;
                let from = usize::from(age) * 12;
                let contract = position(stock.contract);
                self.put(contract, sex, (from, from + 60), (heads * share, fte * share));
            }
        }
    }

    fn put_contract(
        &mut self,
        contract: Contract,
        people: f64,
        fte: f64,
        (youngest, oldest): (f64, f64),
        women: f64,
    ) {
        let ages = ((youngest * 12.0) as usize, (oldest * 12.0) as usize);
        for (sex, share) in shares_of_sexes(None, women) {
            let of_sex = people * share;
            self.put(position(contract), sex, ages, (of_sex, of_sex * fte));
        }
    }

    /// A month of leaving, changing contract, changing hours and growing older; how many left.
    fn live(&mut self, month: u32, rates: &Rates) -> f64 {
        let mut left = 0.0;
        let becomes_salaried = -libm::expm1(-rates.partner_to_salaried / 12.0);
        let becomes_partner = -libm::expm1(-rates.salaried_to_partner / 12.0);
        let asked = rates.hours_from[month as usize];
        for (sex, of_sex) in SEXES.into_iter().enumerate() {
            for age in 0..AGES {
                for (contract, name) in Contract::QUALIFIED.into_iter().enumerate() {
                    let at = cell(contract, sex, age);
                    let months = (YOUNGEST + age) as u32;
                    let hazard = rates.leaving(month, months, of_sex, name);
                    let stays = libm::exp(-hazard * self.leaving);
                    left += self.heads[at] * (1.0 - stays);
                    self.heads[at] *= stays;
                    self.fte[at] *= stays;
                }
                let (partner, salaried) = (cell(0, sex, age), cell(1, sex, age));
                exchange(&mut self.heads, (partner, salaried), becomes_salaried, becomes_partner);
                exchange(&mut self.fte, (partner, salaried), becomes_salaried, becomes_partner);
                self.fte[salaried] *= rates.monthly_hours;
                (0..3).for_each(|contract| self.fte[cell(contract, sex, age)] *= asked);
            }
        }
        grow_older(&mut self.fte);
        left + grow_older(&mut self.heads)
    }
}

fn exchange(cells: &mut [f64], (partner, salaried): (usize, usize), down: f64, up: f64) {
    let (partners, employed) = (cells[partner], cells[salaried]);
    cells[partner] += employed * up - partners * down;
    cells[salaried] += partners * down - employed * up;
}

/// Everybody is a month older; those past the last age leave. How many they are.
fn grow_older(cells: &mut [f64]) -> f64 {
    let mut past = 0.0;
    for ages in cells.chunks_mut(AGES) {
        ages.rotate_right(1);
        past += ages[0];
        ages[0] = 0.0;
    }
    past
}

fn position(contract: Contract) -> usize {
    Contract::QUALIFIED.iter().position(|one| *one == contract).unwrap_or(1)
}

fn shares_of_sexes(sex: Option<Sex>, women: f64) -> [(usize, f64); 2] {
    match sex {
        Some(Sex::Female) => [(0, 1.0), (1, 0.0)],
        Some(_) => [(0, 0.0), (1, 1.0)],
        None => [(0, women), (1, 1.0 - women)],
    }
}
