//! One draw of the outlook: its parameters, its luck, and what they make of the place.

use std::collections::BTreeMap;

use crate::demand::{Rates, Steps, ageing_of, needed};
use crate::parameters::Values;
use crate::people::Projected;
use crate::place::{Activity, Clinician, ROLES};
use crate::workforce::{Horizon, Ledger, Stock, simulate};

use super::capacity::{Capacity, ORDINARY, Value, add_hours, capacity};
use super::counted::counted;
use super::job::Job;
use super::mix::{Mix, RISKS};
use super::need::{Need, Year, product};
use super::step::Step;

/// What a practice has in a year: need and capacity by role in minutes, people and GPs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amounts {
    /// Need.
    pub need: [f32; ROLES],
    /// Capacity of its own staff and its share of its network's.
    pub capacity: [f32; ROLES],
    /// People on its list, as changes stand in the mean of the year.
    pub people: f32,
    /// The same as changes stand in its last month.
    pub people_at_end: f32,
    /// Full-time equivalents of its permanent fully qualified GPs on the last day of the year; today's in the base year.
    pub gps: f32,
}

/// What came of one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// By year, the base year first, and role: whole minutes a year by step; capacity steps count as capacity.
    pub steps: Vec<[[i64; Step::ALL.len()]; ROLES]>,
    /// By month and role: whole minutes of need and of capacity.
    pub months: Vec<[[i64; 2]; ROLES]>,
    /// By practice, those that open last, and by year within it, the base year first.
    pub practices: Vec<Amounts>,
    /// By year, the base year first: people on the lists, contacts needed, and qualified GPs in full-time equivalents.
    pub people: Vec<[f64; 3]>,
    /// By year, the base year first, and by risk group: people on the lists and minutes of their need, before interventions.
    pub risks: Vec<[[f64; 2]; RISKS]>,
    /// Share of contacts that cannot wait.
    pub urgent: f64,
    /// Minutes a year of a member of each role who works full time, in the base year; nought where nobody is there.
    pub full_time: [f64; ROLES],
}

impl Draw {
    /// Need of a role in a year, in minutes.
    #[must_use]
    pub fn need(&self, role: Clinician, year: usize) -> i64 {
        self.sum(role, year, true)
    }

    /// Capacity of a role in a year, in minutes.
    #[must_use]
    pub fn capacity(&self, role: Clinician, year: usize) -> i64 {
        self.sum(role, year, false)
    }

    /// What need of a role lacks in a year beside the base year, in minutes; below nought where there is more capacity than
    /// need.
    #[must_use]
    pub fn gap(&self, role: Clinician, year: usize) -> i64 {
        self.need(role, year) - self.capacity(role, year)
    }

    /// The same in full-time equivalents of the role.
    #[must_use]
    pub fn gap_fte(&self, role: Clinician, year: usize) -> f64 {
        self.gap(role, year) as f64 / self.full_time[role as usize]
    }

    /// Adds a draw of another place with the same parameters: all but practices and what one member of a role gives.
    pub(super) fn add(&mut self, other: &Self) {
        let steps = self.steps.iter_mut().flatten().flatten();
        for (sum, more) in steps.zip(other.steps.iter().flatten().flatten()) {
            *sum += more;
        }
        let months = self.months.iter_mut().flatten().flatten();
        for (sum, more) in months.zip(other.months.iter().flatten().flatten()) {
            *sum += more;
        }
        for (sum, more) in self.people.iter_mut().flatten().zip(other.people.iter().flatten()) {
            *sum += more;
        }
        let risks = self.risks.iter_mut().flatten().flatten();
        for (sum, more) in risks.zip(other.risks.iter().flatten().flatten()) {
            *sum += more;
        }
        self.urgent = other.urgent;
    }

    pub(super) fn need_and_capacity(&self, role: Clinician, year: usize) -> [f64; 2] {
        [self.need(role, year) as f64, self.capacity(role, year) as f64]
    }

    fn sum(&self, role: Clinician, year: usize, is_need: bool) -> i64 {
        let Some(steps) = self.steps.get(year) else { return 0 };
        let of = Step::ALL.iter().zip(&steps[role as usize]);
        of.filter(|(step, _)| step.is_need() == is_need).map(|(_, minutes)| minutes).sum()
    }
}

impl Job<'_> {
    /// Runs one draw with these values of the parameters and these lives.
    pub(super) fn run(&self, values: &Values, draw: u32, lives: &Projected) -> Draw {
        let rates = Rates::of(values);
        let months = (self.settings.years * 12).max(ORDINARY.end as u32);
        let horizon = Horizon { base: self.from, months };
        let ledger =
            simulate(self.staff, horizon, self.changes, values, (self.settings.seed, draw));
        let plain = if self.changes.is_empty() {
            None
        } else {
            Some(simulate(self.staff, horizon, &[], values, (self.settings.seed, draw)))
        };
        let size = (self.base.practices.len(), self.years() + 1);
        let mix = Mix::new(lives, self.steady, size, values);
        let needed = self.needed(&rates, &mix);
        let held = needed.iter().fold(Activity::default(), |sum, one| sum.with(one));
        let held = rates.minutes.by_role(&held);
        let value = Value::new(values, plain.as_ref().unwrap_or(&ledger), held);
        let is_network: Vec<bool> =
            ledger.employers.iter().map(|code| self.network(code).is_some()).collect();
        let mut capacity = capacity(&ledger, &value, &is_network, self.settings.years);
        add_hours(&mut capacity, self.changes, &ledger, self.from);
        let growth = self.base.growth_to_come(values, self.settings.years);
        let ages = ageing_of(self.base, self.settings.years, growth);
        let counted = counted(self.base, values);
        let full_time = value.full_time();
        let mut found = Draw {
            steps: Vec::with_capacity(self.years() + 1),
            months: Vec::new(),
            practices: vec![Amounts::default(); self.practices() * (self.years() + 1)],
            people: Vec::with_capacity(self.years() + 1),
            risks: Vec::with_capacity(self.years() + 1),
            urgent: rates.urgent,
            full_time: std::array::from_fn(|role| full_time[role] / counted[role]),
        };
        for (ahead, ages) in (0..).zip(&ages) {
            let (rates, mix, needed) = (&rates, &mix, &needed);
            let year = Year { job: self, rates, mix, needed, ages, ahead, at_end: false };
            let needs = year.needs();
            self.add_year(ahead as usize, &needs, &capacity, &mut found);
            for (practice, people) in year.people_at_end(&needs).into_iter().enumerate() {
                found.practices[practice * size.1 + ahead as usize].people_at_end = people as f32;
            }
            let sum = |of: fn(&Need) -> f64| needs.iter().map(of).sum::<f64>();
            let gps = permanent(&ledger, ahead as usize) * counted[Clinician::Gp as usize];
            found.people.push([sum(|one| one.people), sum(|one| one.contacts), gps]);
            let of_risk =
                |risk: usize, part: usize| needs.iter().map(|one| one.risks[risk][part]).sum();
            found.risks.push(std::array::from_fn(|risk| [of_risk(risk, 0), of_risk(risk, 1)]));
        }
        self.add_practices(&capacity, &ledger, &mut found);
        self.add_opened(&capacity, &ledger, &mut found);
        self.add_gps(&ledger, &mut found);
        found.months = self.months(&capacity, &found);
        found
    }

    /// Contacts of the base year that the people of each practice need.
    fn needed(&self, rates: &Rates, mix: &Mix) -> Vec<Activity> {
        let expected = |(at, practice): (usize, &crate::place::Practice)| {
            let asked = product(&product(&practice.ages, &rates.by_age), &mix.of(at, 0).weights());
            asked.total() * rates.more_of_fifth(practice.fifth)
        };
        let expected: Vec<f64> = self.base.practices.iter().enumerate().map(expected).collect();
        needed(self.base, &expected, rates.untold)
    }

    fn network(&self, code: &str) -> Option<usize> {
        self.base.networks.binary_search_by(|network| network.code.as_str().cmp(code)).ok()
    }

    fn add_year(&self, year: usize, needs: &[Need], capacity: &Capacity, found: &mut Draw) {
        let mut steps = [Steps::default(); ROLES];
        let mut interventions = [0.0; ROLES];
        for (practice, need) in needs.iter().enumerate() {
            let amounts = &mut found.practices[practice * (self.years() + 1) + year];
            for role in 0..ROLES {
                steps[role].add(&need.steps[role]);
                interventions[role] += need.interventions[role];
                amounts.need[role] = need.by_role[role] as f32;
            }
            amounts.people = need.people as f32;
        }
        let mut all = capacity.steps.get(year).copied().unwrap_or_default();
        for (role, of_role) in all.iter_mut().enumerate() {
            for (step, minutes) in [
                (Step::BaseNeed, steps[role].base),
                (Step::Demographic, steps[role].demographic),
                (Step::Illness, steps[role].illness),
                (Step::Morbidity, steps[role].morbidity),
                (Step::Expectation, steps[role].expectation),
                (Step::Longer, steps[role].longer),
                (Step::Waiting, steps[role].waiting),
                (Step::InterventionsOnNeed, interventions[role]),
            ] {
                of_role[step as usize] = minutes;
            }
        }
        found.steps.push(all.map(|steps| steps.map(|minutes| libm::round(minutes) as i64)));
    }

    /// Capacity of practices: of their own staff, and of the network's as their list is of it.
    fn add_practices(&self, capacity: &Capacity, ledger: &Ledger, found: &mut Draw) {
        let years = self.years() + 1;
        let mut lists = vec![0.0; self.base.networks.len()];
        let networks: Vec<Option<usize>> = self
            .base
            .practices
            .iter()
            .map(|practice| practice.network.as_deref().and_then(|code| self.network(code)))
            .collect();
        for (practice, network) in self.base.practices.iter().zip(&networks) {
            if let Some(network) = network {
                lists[*network] += practice.list();
            }
        }
        let position = |code: &str| ledger.employers.iter().position(|one| one == code);
        let of_networks: Vec<Option<usize>> =
            self.base.networks.iter().map(|network| position(&network.code)).collect();
        // Practices are the first employers, in the order of the base year.
        for (at, practice) in self.base.practices.iter().enumerate() {
            let shared = networks[at].and_then(|network| {
                Some((of_networks[network]?, practice.list() / lists[network]))
            });
            for year in 0..years {
                let of = |employer: usize| {
                    capacity.by_employer.get(employer).map_or([0.0; ROLES], |years| years[year])
                };
                let (own, network) =
                    (of(at), shared.map(|(employer, share)| (of(employer), share)));
                found.practices[at * years + year].capacity = std::array::from_fn(|role| {
                    (own[role] + network.map_or(0.0, |(of, share)| of[role] * share)) as f32
                });
            }
        }
    }

    /// Capacity of practices that open: that of their own staff.
    fn add_opened(&self, capacity: &Capacity, ledger: &Ledger, found: &mut Draw) {
        let years = self.years() + 1;
        for (number, (code, _)) in self.opened.iter().enumerate() {
            let employer = ledger.employers.iter().position(|one| one == code);
            let own = employer.and_then(|employer| capacity.by_employer.get(employer));
            let at = (self.base.practices.len() + number) * years;
            for (amounts, minutes) in
                found.practices[at..][..years].iter_mut().zip(own.into_iter().flatten())
            {
                amounts.capacity = minutes.map(|minutes| minutes as f32);
            }
        }
    }

    /// Permanent fully qualified GPs of practices, those that open among them.
    fn add_gps(&self, ledger: &Ledger, found: &mut Draw) {
        let years = self.years() + 1;
        let opened = self.opened.iter().map(|(code, _)| code.as_str());
        let codes = self.base.practices.iter().map(|one| one.code.as_str()).chain(opened);
        let places: BTreeMap<&str, usize> = codes.zip(0..).collect();
        for (line, of) in ledger.lines().filter(|(_, line)| line.group.is_permanent_gp()) {
            let employer = ledger.employers.get(of.employer);
            let Some(at) = employer.and_then(|code| places.get(code.as_str())) else { continue };
            let ends = ledger.stocks(line).skip(11).step_by(12);
            let amounts = &mut found.practices[at * years..][..years];
            for (amounts, stock) in
                amounts.iter_mut().zip(std::iter::once(ledger.start(line)).chain(ends))
            {
                amounts.gps += stock.fte() as f32;
            }
        }
    }

    /// Need and capacity by month: a year's need as appointments go through the year, capacity by open days.
    fn months(&self, capacity: &Capacity, found: &Draw) -> Vec<[[i64; 2]; ROLES]> {
        let mut month = self.from;
        let mut months = Vec::with_capacity(capacity.months.len());
        for (year, of_year) in capacity.months.chunks(12).enumerate() {
            let calendar: Vec<(f64, f64)> = (0..of_year.len())
                .map(|_| {
                    let days = self.base.weekdays.open_days(month);
                    let factor =
                        usize::try_from(month.month - 1).map_or(1.0, |at| self.base.months[at]);
                    month = month.next();
                    (days, days * factor)
                })
                .collect();
            let (days, busy) =
                calendar.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            let need = Clinician::ALL.map(|role| found.need(role, year + 1) as f64);
            for ((open, weight), capacity) in calendar.iter().zip(of_year) {
                months.push(std::array::from_fn(|role| {
                    let capacity = capacity[role] * open / days * of_year.len() as f64;
                    [need[role] * weight / busy, capacity]
                        .map(|minutes| libm::round(minutes) as i64)
                }));
            }
        }
        months
    }
}

/// Full-time equivalents of permanent fully qualified GPs, whom the indicators count, in the mean of a year; at the start for the base year.
fn permanent(ledger: &Ledger, year: usize) -> f64 {
    if year == 0 {
        return ledger.total_start(|_, group| group.is_permanent_gp()).fte();
    }
    let months = ledger.total(|_, group| group.is_permanent_gp());
    let of_year = months.get((year - 1) * 12..year * 12).unwrap_or_default();
    of_year.iter().map(|stock: &Stock| stock.fte()).sum::<f64>() / of_year.len().max(1) as f64
}
