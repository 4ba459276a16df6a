//! Appointments: how many a practice has in a month, and how they divide by category, staff, mode, wait and outcome.
//!
//! The number follows the ages and deprivation of the list, the month and its working days, and the practice's own
//! level. Each practice has its own way of recording and working, drawn once around the national shares, so that
//! practices differ as much as published ones do while deprivation and age explain little of same-day care.

use std::sync::OnceLock;

use rayon::prelude::*;
use stats::random::Stream;
use vocab::Month;

use super::calendar::{days, months_between, working_days};
use super::draw::{Decision, draw, multinomial};
use super::lists::{AGES, band};
use super::parameters::{Activity, parameters};
use super::providers::Provider;
use super::reasons::Reason;
use super::world::World;

pub const STAFF: [&str; 3] = ["GP", "Other Practice staff", "Unknown"];
pub const MODES: [&str; 5] =
    ["Face-to-Face", "Telephone", "Video Conference/Online", "Home Visit", "Unknown"];
pub const WAITS: [&str; 8] = [
    "Same Day",
    "1 Day",
    "2 to 7 Days",
    "8  to 14 Days",
    "15  to 21 Days",
    "22  to 28 Days",
    "More than 28 Days",
    "Unknown / Data Issue",
];
pub const STATUSES: [&str; 3] = ["Attended", "DNA", "Unknown"];

/// A count of appointments of one kind: category, staff, mode, wait, status by position, and how many.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub category: usize,
    pub staff: usize,
    pub mode: usize,
    pub wait: usize,
    pub status: usize,
    pub count: u64,
}

/// Expected appointments a year per person on each list, at the national level.
#[derive(Debug)]
pub struct Demand {
    per_person: Vec<f64>,
}

impl Demand {
    /// Need by age, sex and deprivation times the practice's own level; over a whole country it is brought to the
    /// published mean.
    pub fn new(world: &World) -> Self {
        let figures = &parameters().activity;
        let mut per_person: Vec<f64> = (0..world.practices.len())
            .into_par_iter()
            .map(|index| {
                let spread = figures.rate_log_spread.value;
                let own = match world.practices[index].reason {
                    Some(Reason::GhostPatients) => parameters().reasons.ghost_level.value,
                    _ => draw(world.seed, Decision::ActivityRate, index, 0).standard_normal(),
                };
                need(world, index) * libm::exp(spread * own - spread * spread / 2.0)
            })
            .collect();
        if world.layout.is_england() {
            let people: f64 = world.lists.iter().map(|list| f64::from(list.total)).sum();
            let visits: f64 = world
                .lists
                .iter()
                .zip(&per_person)
                .map(|(l, rate)| f64::from(l.total) * rate)
                .sum();
            let factor = figures.rate_per_person_year.value * people / visits;
            for rate in &mut per_person {
                *rate *= factor;
            }
        }
        Self { per_person }
    }

    /// The appointments of a provider in a month.
    pub fn total(&self, provider: &Provider, month: Month) -> u64 {
        let time = month_number(month);
        let mean = f64::from(provider.list)
            * self.per_person[provider.practice]
            * month_share(month)
            * trend(month)
            * lost(provider.record().reason, month);
        draw(provider.world.seed, Decision::Appointments, provider.unit, time).poisson(mean)
    }
}

fn month_number(month: Month) -> usize {
    month.year as usize * 12 + month.month as usize
}

/// The share of a year's appointments that falls into a month.
fn month_share(month: Month) -> f64 {
    let factor = parameters().activity.month_factor.value[month.month as usize - 1];
    f64::from(working_days(month)) * factor / year_weight(month.year)
}

fn year_weight(year: i16) -> f64 {
    static WEIGHTS: OnceLock<Vec<f64>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        let of_year = |year: i16| {
            (1..=12).map(move |month| Month { year, month }).map(|month| {
                f64::from(working_days(month))
                    * parameters().activity.month_factor.value[month.month as usize - 1]
            })
        };
        (2023..=2025).map(|year| of_year(year).sum()).collect()
    });
    weights[(year - 2023).clamp(0, 2) as usize]
}

fn trend(month: Month) -> f64 {
    let years = f64::from(months_between(Month { year: 2025, month: 6 }, month)) / 12.0;
    libm::pow(1.0 + parameters().activity.growth_per_year.value, years)
}

/// How far through the year in which a practice lost its GPs a month lies, 0 to 1.
fn loss(month: Month) -> f64 {
    (f64::from(months_between(Month { year: 2024, month: 10 }, month)) / 12.0).clamp(0.0, 1.0)
}

fn lost(reason: Option<Reason>, month: Month) -> f64 {
    match reason {
        Some(Reason::LosingGps) => 1.0 - parameters().reasons.lost_appointments.value * loss(month),
        _ => 1.0,
    }
}

fn need(world: &World, practice: usize) -> f64 {
    let figures = &parameters().activity;
    let list = &world.lists[practice];
    let mut visits = 0.0;
    for (sex, rates) in [&figures.rate_male.value, &figures.rate_female.value].iter().enumerate() {
        for age in 0..AGES {
            visits += f64::from(list.ages[sex * AGES + age]) * rates[band(age)];
        }
    }
    let fifths = &figures.rate_by_deprivation_fifth.value;
    let fifth = super::geography::interpolate(fifths, (list.fifth() - 1.0) / 4.0);
    let planted = match world.practices[practice].reason {
        Some(Reason::GhostPatients) => 1.0 / (1.0 + parameters().reasons.ghost_share.value),
        Some(Reason::Inclusion) => 1.8,
        _ => 1.0,
    };
    visits / f64::from(list.total.max(1)) * fifth * planted
}

/// How one provider works and records.
#[derive(Debug)]
pub struct Habits {
    categories: Vec<f64>,
    staff: Vec<Vec<f64>>,
    modes: Vec<Vec<Vec<f64>>>,
    waits: Vec<Vec<f64>>,
    statuses: Vec<[f64; 3]>,
}

impl Habits {
    /// Drawn once for a provider, around the national shares.
    pub fn new(provider: &Provider) -> Self {
        let figures = &parameters().activity;
        let mut stream = draw(provider.world.seed, Decision::ActivityMix, provider.unit, 0);
        let categories = categories(figures, provider.record().reason, &mut stream);
        let staff: Vec<Vec<f64>> = figures
            .staff_by_category
            .value
            .iter()
            .map(|shares| around(shares, figures.staff_concentration.value, &mut stream))
            .collect();
        let modes = figures
            .mode_by_category_and_staff
            .value
            .iter()
            .map(|by_staff| {
                let concentration = figures.mode_concentration.value;
                by_staff.iter().map(|shares| around(shares, concentration, &mut stream)).collect()
            })
            .collect();
        let shift = libm::exp(stream.normal(0.0, figures.same_day_spread.value));
        let waits = figures
            .wait_by_category
            .value
            .iter()
            .map(|shares| {
                let shares = waits(figures, shares, shift);
                around(&shares, figures.wait_concentration.value, &mut stream)
            })
            .collect();
        let statuses = statuses(figures, provider, &mut stream);
        Self { categories, staff, modes, waits, statuses }
    }

    /// Divides a month's appointments into kinds; the counts sum to the total and none is zero.
    pub fn divide(&self, stream: &mut Stream, total: u64) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (category, count) in
            multinomial(stream, total, &self.categories).into_iter().enumerate()
        {
            for (staff, count) in
                multinomial(stream, count, &self.staff[category]).into_iter().enumerate()
            {
                let by_mode = multinomial(stream, count, &self.modes[category][staff]);
                for (mode, count) in by_mode.into_iter().enumerate() {
                    self.divide_by_wait(stream, (category, staff, mode), count, &mut cells);
                }
            }
        }
        cells
    }

    fn divide_by_wait(
        &self,
        stream: &mut Stream,
        (category, staff, mode): (usize, usize, usize),
        count: u64,
        cells: &mut Vec<Cell>,
    ) {
        if count == 0 {
            return;
        }
        for (wait, count) in
            multinomial(stream, count, &self.waits[category]).into_iter().enumerate()
        {
            for (status, count) in
                multinomial(stream, count, &self.statuses[wait]).into_iter().enumerate()
            {
                if count > 0 {
                    cells.push(Cell { category, staff, mode, wait, status, count });
                }
            }
        }
    }
}

/// The kinds of appointments of a provider in a month.
pub fn month_cells(provider: &Provider, habits: &Habits, month: Month, total: u64) -> Vec<Cell> {
    let time = month_number(month);
    let mut stream = draw(provider.world.seed, Decision::ActivityMix, provider.unit, time);
    let cells = habits.divide(&mut stream, total);
    if provider.is_around() { side_by_side(&cells) } else { cells }
}

/// Fewer rows of the same counts by category, by staff, by mode, by wait and by outcome: each laid out along the total,
/// side by side, a row for every stretch in which none of the five changes. How the five go together is lost.
fn side_by_side(cells: &[Cell]) -> Vec<Cell> {
    let total: u64 = cells.iter().map(|cell| cell.count).sum();
    let kinds: [fn(&Cell) -> usize; 5] = [
        |cell| cell.category,
        |cell| cell.staff,
        |cell| cell.mode,
        |cell| cell.wait,
        |cell| cell.status,
    ];
    let ends = kinds.map(|kind| {
        let mut counts = std::collections::BTreeMap::new();
        for cell in cells {
            *counts.entry(kind(cell)).or_insert(0) += cell.count;
        }
        let mut end = 0;
        counts
            .into_iter()
            .map(|(kind, count)| {
                end += count;
                (end, kind)
            })
            .collect::<Vec<(u64, usize)>>()
    });
    let mut rows = Vec::new();
    let mut from = 0;
    while from < total {
        let here = ends
            .each_ref()
            .map(|ends| ends.iter().find(|(end, _)| *end > from).copied().unwrap_or((total, 0)));
        let to = here.iter().map(|(end, _)| *end).min().unwrap_or(total);
        let [category, staff, mode, wait, status] = here.map(|(_, kind)| kind);
        rows.push(Cell { category, staff, mode, wait, status, count: to - from });
        from = to;
    }
    rows
}

fn around(shares: &[f64], concentration: f64, stream: &mut Stream) -> Vec<f64> {
    let total: f64 = shares.iter().sum();
    let weights: Vec<f64> =
        shares.iter().map(|share| share / total.max(1e-9) * concentration).collect();
    let drawn = stream.dirichlet(&weights);
    if drawn.iter().sum::<f64>() > 0.0 { drawn } else { shares.to_vec() }
}

fn categories(figures: &Activity, reason: Option<Reason>, stream: &mut Stream) -> Vec<f64> {
    let position = |name: &str| figures.categories.iter().position(|category| category == name);
    let mut shares =
        around(&figures.category_share.value, figures.category_concentration.value, stream);
    match reason {
        Some(Reason::Misrecording) => {
            let unmapped = parameters().reasons.unmapped_share.value;
            for share in &mut shares {
                *share *= 1.0 - unmapped;
            }
            if let Some(index) = position("Unmapped") {
                shares[index] += unmapped;
            }
        }
        Some(Reason::CareHomes) => {
            for name in ["Patient contact during Care Home Round", "Care Home Visit"] {
                if let Some(index) = position(name) {
                    shares[index] += 0.05;
                }
            }
        }
        _ => {}
    }
    shares
}

fn waits(figures: &Activity, shares: &[f64], shift: f64) -> Vec<f64> {
    let mut waits: Vec<f64> = shares
        .iter()
        .zip(&figures.wait_adjustment.value)
        .map(|(share, factor)| share * factor)
        .collect();
    waits[0] *= shift;
    waits
}

/// Shares attended, not attended and unknown, for each wait.
fn statuses(figures: &Activity, provider: &Provider, stream: &mut Stream) -> Vec<[f64; 3]> {
    let centred = |stream: &mut Stream, spread: f64| {
        libm::exp(stream.normal(0.0, spread) - spread * spread / 2.0)
    };
    let unknown =
        figures.status_unknown.value * centred(stream, figures.status_unknown_log_spread.value);
    let unknown = unknown.min(0.6);
    let fifth = provider.world.lists[provider.practice].fifth();
    let slope = libm::exp(figures.not_attended_by_deprivation.value * (3.0 - fifth)) / 1.03;
    let planted = if provider.record().reason == Some(Reason::Inclusion) { 1.9 } else { 1.0 };
    let own = centred(stream, figures.not_attended_log_spread.value) * slope * planted;
    figures
        .not_attended_by_wait
        .value
        .iter()
        .map(|share| {
            let missed = (share * own).min(0.6) * (1.0 - unknown);
            [1.0 - unknown - missed, missed, unknown]
        })
        .collect()
}

/// The weight of each day of a month.
pub fn day_weights(month: Month) -> Vec<(jiff::civil::Date, f64)> {
    days(month).into_iter().map(|day| (day, super::calendar::day_weight(day))).collect()
}
