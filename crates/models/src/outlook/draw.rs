//! One draw of the outlook: its parameters, its luck, and what they make of the place.

use vocab::Month;

use crate::change::Change;
use crate::demand::{Rates, Steps, ageing};
use crate::parameters::{NoParameter, Values};
use crate::people::Projected;
use crate::place::Base;
use crate::workforce::{Horizon, Ledger, Staff, Stock, simulate};

use super::Settings;
use super::capacity::{Capacity, Value, add_hours, capacity};
use super::mix::{Mix, RISKS, Steady};
use super::need::{Need, Year};
use super::residents::Residents;
use super::step::Step;

/// Need and capacity of a practice in a year, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amounts {
    /// Need.
    pub need: f32,
    /// Capacity of its own staff and its share of its network's.
    pub capacity: f32,
}

/// What came of one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// By year, the base year first: whole minutes a year by step; capacity steps count as capacity.
    pub steps: Vec<[i64; Step::ALL.len()]>,
    /// By year, the base year first: minutes of need and of capacity of GPs, nurses and others in direct patient care.
    pub roles: Vec<[[f64; 2]; 3]>,
    /// By month: whole minutes of need and of capacity.
    pub months: Vec<[i64; 2]>,
    /// By practice, those that open last, and by year within it, the base year first.
    pub practices: Vec<Amounts>,
    /// By year, the base year first: people on the lists, contacts needed, and qualified GPs in full-time equivalents.
    pub people: Vec<[f64; 3]>,
    /// By year, the base year first, and by risk group: people on the lists and minutes of their need, before interventions.
    pub risks: Vec<[[f64; 2]; RISKS]>,
    /// Share of contacts that cannot wait.
    pub urgent: f64,
    /// Minutes a year of a full-time GP.
    pub gp_minutes: f64,
}

impl Draw {
    /// Need of a year, in minutes.
    #[must_use]
    pub fn need(&self, year: usize) -> i64 {
        self.sum(year, true)
    }

    /// Capacity of a year, in minutes.
    #[must_use]
    pub fn capacity(&self, year: usize) -> i64 {
        self.sum(year, false)
    }

    /// What need lacks in a year, in minutes; below nought where there is more capacity than need.
    #[must_use]
    pub fn gap(&self, year: usize) -> i64 {
        self.need(year) - self.capacity(year)
    }

    fn sum(&self, year: usize, is_need: bool) -> i64 {
        let Some(steps) = self.steps.get(year) else { return 0 };
        let of = Step::ALL.iter().zip(steps).filter(|(step, _)| step.is_need() == is_need);
        of.map(|(_, minutes)| minutes).sum()
    }
}

/// Everything that the draws of a run share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    pub base: &'a Base,
    pub residents: &'a Residents,
    pub steady: &'a Steady,
    pub staff: &'a Staff,
    pub changes: &'a [Change],
    /// Practices that open, with the people who register there.
    pub opened: &'a [(String, u32)],
    pub settings: Settings,
    pub from: Month,
}

impl Job<'_> {
    pub(super) fn years(&self) -> usize {
        self.settings.years as usize
    }

    /// Practices, those that open among them.
    pub(super) fn practices(&self) -> usize {
        self.base.practices.len() + self.opened.len()
    }

    /// Runs one draw with these values of the parameters and these lives.
    pub(super) fn run(
        &self,
        values: &Values,
        draw: u32,
        lives: &Projected,
    ) -> Result<Draw, NoParameter> {
        let rates = Rates::of(values)?;
        let horizon = Horizon { base: self.from, months: self.settings.years * 12 };
        let ledger =
            simulate(self.staff, horizon, self.changes, values, (self.settings.seed, draw))?;
        let plain = if self.changes.is_empty() {
            None
        } else {
            Some(simulate(self.staff, horizon, &[], values, (self.settings.seed, draw))?)
        };
        let value = Value::new(values, plain.as_ref().unwrap_or(&ledger), self.held(&rates))?;
        let is_network: Vec<bool> =
            ledger.employers.iter().map(|code| self.network(code).is_some()).collect();
        let mut capacity = capacity(&ledger, &value, &is_network, self.settings.years);
        add_hours(&mut capacity, self.changes, &ledger, &value, self.from);
        let size = (self.base.practices.len(), self.years() + 1);
        let mix = Mix::new(lives, self.steady, size, values)?;
        let ages = ageing(self.base.day.year(), self.settings.years, values.get("list_growth")?);
        let mut found = Draw {
            steps: Vec::with_capacity(self.years() + 1),
            roles: Vec::with_capacity(self.years() + 1),
            months: Vec::new(),
            practices: vec![
                Amounts { need: 0.0, capacity: 0.0 };
                self.practices() * (self.years() + 1)
            ],
            people: Vec::with_capacity(self.years() + 1),
            risks: Vec::with_capacity(self.years() + 1),
            urgent: rates.urgent,
            gp_minutes: value.of_gp(),
        };
        for (ahead, ages) in (0..).zip(&ages) {
            let needs = Year { job: self, rates: &rates, mix: &mix, ages, ahead }.needs();
            self.add_year(ahead as usize, &needs, &capacity, &mut found);
            let sum = |of: fn(&Need) -> f64| needs.iter().map(of).sum::<f64>();
            let gps = permanent(&ledger, ahead as usize);
            found.people.push([sum(|one| one.people), sum(|one| one.contacts), gps]);
            let of_risk =
                |risk: usize, part: usize| needs.iter().map(|one| one.risks[risk][part]).sum();
            found.risks.push(std::array::from_fn(|risk| [of_risk(risk, 0), of_risk(risk, 1)]));
        }
        self.add_practices(&capacity, &ledger, &mut found);
        self.add_opened(&capacity, &ledger, &mut found);
        found.months = self.months(&capacity, &found);
        Ok(found)
    }

    fn network(&self, code: &str) -> Option<usize> {
        self.base.networks.binary_search_by(|network| network.code.as_str().cmp(code)).ok()
    }

    /// Minutes of the contacts held in the base year, by role.
    fn held(&self, rates: &Rates) -> [f64; 3] {
        let mut held = [0.0; 3];
        for practice in &self.base.practices {
            let minutes = rates.minutes.by_role(&practice.activity);
            held.iter_mut().zip(minutes).for_each(|(sum, minutes)| *sum += minutes);
        }
        held
    }

    fn add_year(&self, year: usize, needs: &[Need], capacity: &Capacity, found: &mut Draw) {
        let mut steps = Steps::default();
        let mut interventions = 0.0;
        for (practice, need) in needs.iter().enumerate() {
            steps.add(&need.steps);
            interventions += need.interventions;
            let at = practice * (self.years() + 1) + year;
            found.practices[at].need = (need.steps.total() + need.interventions) as f32;
        }
        let given = capacity.by_role.get(year).copied().unwrap_or_default();
        let asked = |role: usize| needs.iter().map(|need| need.by_role[role]).sum::<f64>();
        found.roles.push([0, 1, 2].map(|role| [asked(role), given[role]]));
        let mut all = capacity.steps.get(year).copied().unwrap_or_default();
        for (step, minutes) in [
            (Step::BaseNeed, steps.base),
            (Step::Demographic, steps.demographic),
            (Step::Illness, steps.illness),
            (Step::Morbidity, steps.morbidity),
            (Step::Expectation, steps.expectation),
            (Step::Longer, steps.longer),
            (Step::Waiting, steps.waiting),
            (Step::InterventionsOnNeed, interventions),
        ] {
            all[step as usize] = minutes;
        }
        found.steps.push(all.map(|minutes| libm::round(minutes) as i64));
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
                let own = capacity.by_employer.get(at).map_or(0.0, |years| years[year]);
                let of_network = shared.map_or(0.0, |(employer, share)| {
                    capacity.by_employer.get(employer).map_or(0.0, |years| years[year]) * share
                });
                found.practices[at * years + year].capacity = (own + of_network) as f32;
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
                amounts.capacity = *minutes as f32;
            }
        }
    }

    /// Need and capacity by month: a year's need as appointments go through the year, capacity by open days.
    fn months(&self, capacity: &Capacity, found: &Draw) -> Vec<[i64; 2]> {
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
            let need = found.need(year + 1) as f64;
            for ((open, weight), capacity) in calendar.iter().zip(of_year) {
                let minutes = [need * weight / busy, capacity * open / days * of_year.len() as f64];
                months.push(minutes.map(|minutes| libm::round(minutes) as i64));
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
