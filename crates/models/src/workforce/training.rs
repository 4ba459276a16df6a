//! Training places: one registrar after another, each of whom may become a GP of the place.

use vocab::Month;

use super::joiners::{Joiner, Origin, share_of, unit_of};
use super::ledger::{Ledger, MILLION, Stock};
use super::role::{Contract, Group};
use super::run::Run;
use super::staff::Staff;
use crate::change::{Change, Effect, months_between};
use crate::decisions::REGISTRAR;
use crate::parameters::{Key, Values};

/// A training place in a practice.
#[derive(Clone, Copy)]
struct Training {
    /// Its number, the same in every scenario.
    place: u32,
    employer: usize,
    micro_fte: i64,
    /// The month in which the first registrar begins; nothing where one is there at the start.
    from: Option<u32>,
    /// The month from which no other registrar begins.
    to: u32,
}

/// Training places that are planned for England, by the September in which they begin.
const PLANNED: [(i16, Key); 4] = [
    (2024, Key::TrainingPlacesOf2024),
    (2025, Key::TrainingPlacesOf2025),
    (2027, Key::TrainingPlacesOf2027),
    (2031, Key::TrainingPlacesOf2031),
];

/// The places that the plan of England opens for a place with so many registrars: each September those that it adds, on a line
/// between the years that it names, as far as plans are kept.
pub(super) fn planned(values: &Values, staff: &Staff, base: Month, months: u32) -> Vec<Change> {
    let stocks = staff.employers.iter().flat_map(|one| &one.gps);
    let registrars = stocks.filter(|stock| stock.contract == Contract::Registrar);
    let heads: f64 = registrars.map(|stock| f64::from(stock.heads)).sum();
    let points: Vec<(f64, f64)> =
        PLANNED.iter().map(|(year, key)| (f64::from(*year), values.get(*key))).collect();
    let kept = values.get(Key::TrainingPlacesKept);
    let intake = |year: i16| on_a_line(&points, f64::from(year));
    let last_september = if base.month > 9 { base.year } else { base.year - 1 };
    let places = |year: i16| heads * kept * (intake(year) / intake(last_september) - 1.0);
    let years = (1..).map(|ahead| last_september + ahead);
    let septembers = years.map(|year| Month { year, month: 9 });
    let within = septembers.take_while(|from| months_between(base, *from) < months.cast_signed());
    within
        .filter_map(|from| {
            let [before, now] =
                [from.year - 1, from.year].map(|year| libm::round(places(year)) as i32);
            let places = now - before;
            (places > 0).then_some(Change { from, effect: Effect::TrainingPlaces { places } })
        })
        .collect()
}

/// Between two points a straight line, beyond the first and the last their own.
fn on_a_line(points: &[(f64, f64)], at: f64) -> f64 {
    for pair in points.windows(2) {
        let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
        if at <= x0 {
            return y0;
        }
        if at < x1 {
            return y0 + (y1 - y0) * (at - x0) / (x1 - x0);
        }
    }
    points.last().map_or(0.0, |(_, last)| *last)
}

/// Months after which those who finished come no more.
const LONGEST_WAIT: f64 = 24.0;

/// The number of the first training place that is not there at the start.
const FIRST_NEW_PLACE: u32 = 1 << 20;

/// Writes registrars into the book and returns the GPs that they become.
pub(super) fn trained(
    run: &Run<'_>,
    staff: &Staff,
    base: Month,
    changes: &[Change],
    ledger: &mut Ledger,
) -> Vec<Joiner> {
    let mut places = places_at_start(staff);
    for change in changes {
        if let Effect::TrainingPlaces { places: more } = change.effect {
            let month = months_between(base, change.from).max(0) as u32;
            open(run, staff, &mut places, month, more.max(0) as u32);
            close(&mut places, month, more.min(0).unsigned_abs() as usize);
        }
    }
    let mut gps = Vec::new();
    for place in places {
        place.live(run, ledger, &mut gps);
    }
    gps
}

fn places_at_start(staff: &Staff) -> Vec<Training> {
    let mut places = Vec::new();
    for (employer, one) in staff.employers.iter().enumerate() {
        for stock in one.gps.iter().filter(|stock| stock.contract == Contract::Registrar) {
            for head in 0..stock.heads {
                let place = places.len() as u32;
                let micro_fte = share_of(stock.fte, stock.heads, head);
                places.push(Training { place, employer, micro_fte, from: None, to: u32::MAX });
            }
        }
    }
    places
}

/// Opens places in practices chosen by their number of GPs.
fn open(run: &Run<'_>, staff: &Staff, places: &mut Vec<Training>, month: u32, more: u32) {
    let micro_fte = mean_registrar(staff);
    let opened = places.iter().filter(|one| one.place >= FIRST_NEW_PLACE).count() as u32;
    for place in FIRST_NEW_PLACE + opened..FIRST_NEW_PLACE + opened + more {
        let luck = run.luck(REGISTRAR, place, 1);
        if let Some(employer) = run.employers.choose(luck, month, None) {
            places.push(Training { place, employer, micro_fte, from: Some(month), to: u32::MAX });
        }
    }
}

/// Lets the latest of the places that are there end when their registrars finish; those that open later are other places.
fn close(places: &mut [Training], month: u32, fewer: usize) {
    let is_there =
        |one: &&mut Training| one.to == u32::MAX && one.from.is_none_or(|from| from <= month);
    let open = places.iter_mut().rev().filter(is_there);
    open.take(fewer).for_each(|training| training.to = month);
}

fn mean_registrar(staff: &Staff) -> i64 {
    let stocks = staff.employers.iter().flat_map(|one| &one.gps);
    let (heads, fte) = stocks
        .filter(|stock| stock.contract == Contract::Registrar)
        .fold((0, 0.0), |(heads, fte), stock| (heads + stock.heads, fte + stock.fte));
    if heads == 0 { MILLION as i64 } else { libm::round(fte / f64::from(heads) * MILLION) as i64 }
}

impl Training {
    fn live(mut self, run: &Run<'_>, ledger: &mut Ledger, gps: &mut Vec<Joiner>) {
        let rates = run.rates;
        let mut stream = run.stream(REGISTRAR, self.place, 0);
        let first = stream.uniform() * rates.registrar_months;
        let stock = Stock::of(self.micro_fte);
        let mut line = self.line(ledger);
        let mut finishes = match self.from {
            None => {
                ledger.starts[line].add(stock);
                gps.extend(self.finished_before(run, first));
                first
            }
            Some(month) if month < rates.months => {
                ledger.flow(line, month).joined.add(stock);
                f64::from(month) + rates.registrar_months
            }
            Some(_) => return,
        };
        let mut cohort = 0;
        for month in self.from.unwrap_or(0)..rates.months {
            if month >= run.employers.end_of(self.employer) {
                let Some(next) = run.employers.successor(self.employer, stream.uniform(), month)
                else {
                    ledger.flow(line, month).left.add(stock);
                    return;
                };
                ledger.flow(line, month).moved_out.add(stock);
                self.employer = next;
                line = self.line(ledger);
                ledger.flow(line, month).moved_in.add(stock);
            }
            if finishes < f64::from(month + 1) {
                gps.extend(self.becomes(run, 2 + cohort, finishes));
                ledger.flow(line, month).left.add(stock);
                if month >= self.to {
                    return;
                }
                ledger.flow(line, month).joined.add(stock);
                finishes += rates.registrar_months;
                cohort += 1;
            }
        }
        ledger.counted[line].add(stock);
    }

    fn line(&self, ledger: &Ledger) -> usize {
        ledger.line(self.employer, Group::Gp(Contract::Registrar))
    }

    /// Those who finished here before the start and come into post only now.
    fn finished_before(&self, run: &Run<'_>, first: f64) -> Vec<Joiner> {
        let length = run.rates.registrar_months;
        let earlier = (1_u32..).map(|cohorts| (cohorts, first - f64::from(cohorts) * length));
        let recent = earlier.take_while(|(_, finished)| *finished > -LONGEST_WAIT);
        recent
            .filter_map(|(cohorts, finished)| self.becomes(run, 0x1FFF - cohorts, finished))
            .collect()
    }

    /// The GP that a registrar of a cohort becomes, if in post within the run and not before.
    fn becomes(&self, run: &Run<'_>, cohort: u32, finishes: f64) -> Option<Joiner> {
        let luck = run.luck(REGISTRAR, self.place, cohort);
        let arrives = finishes + run.rates.months_until_in_post(luck)?;
        if arrives < 0.0 || arrives >= f64::from(run.rates.months) {
            return None;
        }
        let new = u32::from(self.place >= FIRST_NEW_PLACE) << 14;
        let unit = unit_of(Origin::Training, cohort, new | (self.place & 0x3FFF));
        Some(run.joiner(unit, arrives as u32, run.rates.new_ages))
    }
}
