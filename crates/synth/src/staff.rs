//! The staff of a practice, person by person, from which every published column is counted.

use stats::random::Stream;

use super::draw::{Decision, draw};
use super::parameters::{RoleShare, parameters};
use super::reasons::Reason;
use super::world::World;

/// The four staff groups of the workforce publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Gp,
    Nurse,
    Direct,
    Admin,
}

/// Roles of GPs as the wide file's columns name them.
pub const GP_COLUMNS: [&str; 14] = [
    "SEN_PTNR",
    "PTNR_PROV",
    "SAL_BY_PRAC",
    "SAL_BY_OTH",
    "TRN_GR_ST1",
    "TRN_GR_ST2",
    "TRN_GR_ST3",
    "TRN_GR_ST4",
    "TRN_GR_OTH",
    "TRN_GR_F1_2",
    "RET",
    "LOCUM_VAC",
    "LOCUM_ABS",
    "LOCUM_OTH",
];
/// The same as the long file names them.
pub const GP_NAMES: [&str; 14] = [
    "Senior Partner",
    "Partner/Provider",
    "Salaried By Practice",
    "Salaried By Other",
    "Training Grade ST1",
    "Training Grade ST2",
    "Training Grade ST3",
    "Training Grade ST4",
    "Training Grade Other",
    "Training Grade F1/F2",
    "Retainer",
    "Locum - Vacancy",
    "Locum - Absence",
    "Locum - Other",
];

/// One person in one role.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub group: Group,
    /// Position among the group's roles.
    pub role: usize,
    pub female: bool,
    /// Position among the group's age bands.
    pub age: usize,
    pub hours: u32,
}

impl Person {
    pub fn is_trainee(&self) -> bool {
        self.group == Group::Gp && (4..=9).contains(&self.role)
    }

    pub fn is_locum(&self) -> bool {
        self.group == Group::Gp && self.role >= 11
    }
}

/// The staff of a practice; `left` is the share of its GPs gone by then.
pub fn staff(world: &World, practice: usize, left: f64) -> Vec<Person> {
    let mut people = gps(world, practice, left);
    let figures = &parameters().workforce;
    let groups: [(Group, f64, f64, &[RoleShare], f64); 3] = [
        (
            Group::Nurse,
            figures.nurse_per_10000.value,
            figures.nurse_log_spread.value,
            &figures.nurse_roles,
            figures.nurse_female_share.value,
        ),
        (
            Group::Direct,
            figures.direct_per_10000.value,
            figures.direct_log_spread.value,
            &figures.direct_roles,
            0.85,
        ),
        (
            Group::Admin,
            figures.admin_per_10000.value,
            figures.admin_log_spread.value,
            &figures.admin_roles,
            figures.admin_female_share.value,
        ),
    ];
    for (number, (group, per_10000, spread, roles, female)) in groups.into_iter().enumerate() {
        let aim = level(world, practice, number + 1, per_10000, spread, 0.0);
        let mean = figures.staff_fte.value[number];
        let weights: Vec<f64> = roles.iter().map(|role| role.share).collect();
        let mut stream = draw(world.seed, Decision::Staff, practice, number + 1);
        let mut hours = aim * 37.5;
        while hours > 3.0 {
            let person = Person {
                group,
                role: stream.choose(&weights).unwrap_or(0),
                female: stream.happens(female),
                age: stream.choose(&figures.staff_age_share.value).unwrap_or(0),
                hours: some_hours(&mut stream, mean).min(hours.round().max(1.0) as u32),
            };
            hours -= f64::from(person.hours);
            people.push(person);
        }
    }
    people
}

/// FTE that a practice aims at.
fn level(
    world: &World,
    practice: usize,
    number: usize,
    per_10000: f64,
    spread: f64,
    slope: f64,
) -> f64 {
    let list = &world.lists[practice];
    let own = draw(world.seed, Decision::StaffLevel, practice, number).standard_normal();
    let fifth = slope * (3.0 - list.fifth());
    f64::from(list.total) / 10_000.0
        * per_10000
        * libm::exp(fifth + spread * own - spread * spread / 2.0)
}

fn some_hours(stream: &mut Stream, mean: f64) -> u32 {
    (37.5 * stream.normal(mean, 0.2)).clamp(6.0, 37.5).round() as u32
}

fn gps(world: &World, practice: usize, left: f64) -> Vec<Person> {
    let figures = &parameters().workforce;
    let spread = figures.gp_log_spread.value;
    let mut aim = level(
        world,
        practice,
        0,
        figures.gp_per_10000.value,
        spread,
        figures.gp_by_deprivation.value,
    );
    match world.practices[practice].reason {
        Some(Reason::LowContinuity) => {
            aim = f64::from(world.lists[practice].total) / 10_000.0
                * figures.gp_per_10000.value
                * parameters().reasons.capacity_factor.value;
        }
        Some(Reason::LosingGps) => {
            aim = f64::from(world.lists[practice].total) / 10_000.0 * figures.gp_per_10000.value;
        }
        _ => {}
    }
    let mut stream = draw(world.seed, Decision::Staff, practice, 0);
    let mut people = Vec::new();
    let mut hours = aim * 37.5;
    while hours > 12.0 || people.is_empty() {
        let person = qualified(&mut stream, people.len());
        hours -= f64::from(person.hours);
        people.push(person);
    }
    let stay = people.len() - (people.len() as f64 * left).round() as usize;
    let trainees = trainees(&mut stream, people.len());
    people.truncate(stay.max(1));
    people.extend(trainees);
    if stream.happens(figures.locum_share.value * aim) {
        let person = qualified(&mut stream, 1);
        people.push(Person { role: 11 + stream.below(3) as usize, ..person });
    }
    people
}

fn qualified(stream: &mut Stream, before: usize) -> Person {
    let figures = &parameters().workforce;
    let female = stream.happens(figures.gp_female_share.value);
    let age = stream.choose(&figures.gp_age_share.value).unwrap_or(3);
    let kind = stream.uniform();
    let role = match kind {
        _ if before == 0 && kind < 0.3 => 0,
        kind if kind < figures.partner_share.value => 1,
        kind if kind < 1.0 - figures.retainer_share.value - 0.02 => 2,
        kind if kind < 1.0 - figures.retainer_share.value => 3,
        _ => 10,
    };
    let share =
        if female { figures.gp_fte_female.value[age] } else { figures.gp_fte_male.value[age] };
    let mean = if role <= 1 { share * 1.08 } else { share * 0.92 };
    Person { group: Group::Gp, role, female, age, hours: some_hours(stream, mean) }
}

fn trainees(stream: &mut Stream, gps: usize) -> Vec<Person> {
    let figures = &parameters().workforce;
    let trains = stream.happens(0.56);
    let mean = figures.trainee_share.value * gps as f64 / 0.56 * 0.75;
    let count = if trains { stream.poisson(mean) } else { 0 };
    (0..count)
        .map(|_| Person {
            group: Group::Gp,
            role: 4 + stream.below(3) as usize,
            female: stream.happens(figures.gp_female_share.value),
            age: stream.below(3) as usize,
            hours: if stream.happens(0.7) { 40 } else { 24 },
        })
        .collect()
}

/// The share of its GPs that a practice has lost by a quarter, of `quarters`.
pub fn share_left(world: &World, practice: usize, quarter: usize, quarters: usize) -> f64 {
    match world.practices[practice].reason {
        Some(Reason::LosingGps) if quarters > 1 => {
            parameters().reasons.lost_share_of_gps.value * quarter as f64 / (quarters - 1) as f64
        }
        _ => 0.0,
    }
}
