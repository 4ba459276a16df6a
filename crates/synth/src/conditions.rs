//! Registers of long-term conditions: what the ages and deprivation of a list would give, and the practice's own.

use super::draw::{Decision, draw};
use super::lists::{AGES, List};
use super::parameters::{Condition, parameters};
use super::reasons::Reason;
use super::world::World;

/// The register of a practice in a year and the list it is a share of.
#[derive(Debug, Clone, Copy)]
pub struct Register {
    pub people: u64,
    pub list: u64,
}

/// The registers of a practice in the order of the parameters; `list` is the practice's list in that year.
pub fn registers(world: &World, practice: usize, list: u32, year: usize) -> Vec<Register> {
    let total = f64::from(world.lists[practice].total.max(1));
    let conditions = &parameters().conditions.condition;
    let people = conditions.iter().enumerate().map(|(number, condition)| {
        let all = &world.lists[practice];
        let base = f64::from(all.aged(2, condition.from_age, AGES));
        let people = (base * f64::from(list) / total).round() as u64;
        let share = (prevalence(world, practice, number)).min(0.95);
        let mut stream = draw(world.seed, Decision::Register, practice, year * 100 + number);
        Register { people: stream.binomial(people, share), list: people }
    });
    people.collect()
}

/// The share of the condition's list that has it, as the practice records it.
fn prevalence(world: &World, practice: usize, number: usize) -> f64 {
    let condition = &parameters().conditions.condition[number];
    let own = world.own(Decision::Condition, practice, number);
    let spread = condition.log_spread;
    let record = &world.practices[practice];
    let planted = planted(record.reason, &condition.group)
        * of_board(world.layout.is_example(record.town), &condition.group);
    expected(condition, &world.lists[practice])
        * condition.scale
        * planted
        * libm::exp(spread * own - spread * spread / 2.0)
}

/// What ages, sexes and deprivation alone would give, before the level is set.
pub fn expected(condition: &Condition, list: &List) -> f64 {
    let mut people = 0.0;
    let mut cases = 0.0;
    for sex in 0..2 {
        let shape = if sex == 0 { &condition.male } else { &condition.female };
        for age in condition.from_age..AGES {
            let count = f64::from(list.ages[sex * AGES + age]);
            people += count;
            cases += count * shape[shape_band(age)] / 100.0;
        }
    }
    let slope = libm::exp(condition.deprivation_slope * (5.5 - list.decile));
    cases / f64::max(people, 1.0) * slope
}

fn shape_band(age: usize) -> usize {
    parameters().conditions.bands.iter().take_while(|from| age >= **from).count()
}

fn planted(reason: Option<Reason>, group: &str) -> f64 {
    match (reason, group) {
        (Some(Reason::Inclusion), "MH") => 5.0,
        (Some(Reason::Inclusion), "DEP" | "EP" | "COPD") => 1.8,
        (Some(Reason::CareHomes), "DEM" | "PC") => 1.9,
        (Some(Reason::GhostPatients), _) => 1.0 / (1.0 + parameters().reasons.ghost_share.value),
        _ => 1.0,
    }
}

/// How much more of a condition every practice of the example board records.
fn of_board(is_example: bool, group: &str) -> f64 {
    if is_example && group == "AST" { parameters().reasons.board_asthma.value } else { 1.0 }
}
