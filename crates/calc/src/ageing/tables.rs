//! Reading people and rates.

use std::path::Path;

use models::people::{COUNTED, Hazards, MOST_AGE, Multipliers, Person, Rates};
use vocab::Sex;

use super::super::table::{Record, Rejected, Wanted, columns, gather};
use super::Slopes;
use crate::wrong::Wrong;

/// What a column of onset begins with.
const ONSET: &str = "inc_";

/// Reads the rates: the names of the conditions, and for each age its row (deaths of males, of females, births, onsets).
pub fn read_rates(path: &Path, named: &[String]) -> anyhow::Result<(Vec<String>, Vec<Vec<f64>>)> {
    let onsets: Vec<String> =
        columns(path, &[])?.into_iter().filter(|name| name.starts_with(ONSET)).collect();
    if onsets.len() > COUNTED {
        let words = format!(
            "{}: {} columns begin with `{ONSET}`: a person has room for {COUNTED} conditions",
            path.display(),
            onsets.len()
        );
        return Err(Wrong(words).into());
    }
    let numbers: Vec<&str> = named.iter().chain(&onsets).map(String::as_str).collect();
    let wanted = Wanted { words: vec![], numbers: numbers.clone() };
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); usize::from(MOST_AGE) + 1];
    let mut reading = gather(path, &[], &wanted, &mut |record| {
        let age = whole(record, 0, f64::from(MOST_AGE), &numbers)?;
        let bad = record.numbers.iter().skip(1).position(|rate| !(0.0..=1.0).contains(rate));
        if let Some(at) = bad {
            return Err(rejected(
                numbers[at + 1],
                record.numbers[at + 1],
                "expected a probability",
            ));
        }
        rows[age as usize] = record.numbers.iter().skip(1).copied().collect();
        Ok(())
    })?;
    if let Some(words) = reading.problems_in_words(path) {
        return Err(Wrong(format!("{words}\nnothing was written")).into());
    }
    if let Some(age) = rows.iter().position(Vec::is_empty) {
        let words =
            format!("{}: there is no row for age {age}: expected 0 to {MOST_AGE}", path.display());
        return Err(Wrong(words).into());
    }
    let names = onsets.iter().map(|name| name.trim_start_matches(ONSET).to_owned()).collect();
    Ok((names, rows))
}

/// The tables that people live by.
pub fn hazards(rates: &[Vec<f64>], slopes: &Slopes) -> anyhow::Result<Hazards> {
    let mut multipliers = Multipliers::none(rates[0].len() - 3);
    for count in 0..multipliers.onset_by_others.len() {
        multipliers.onset_by_others[count] = 1.0 + slopes.onset_by_others * count as f64;
        multipliers.death_by_count[count] = 1.0 + slopes.death_by_conditions * count as f64;
    }
    multipliers.girls = slopes.girls;
    let hazards = Hazards::new(multipliers, |age, sex, fifth| {
        let (row, steps) = (&rates[age], fifth as f64);
        let onset = 1.0 + slopes.onset_by_deprivation * steps;
        let death = 1.0 + slopes.death_by_deprivation * steps;
        Rates {
            onset: row[3..].iter().map(|rate| (rate * onset).min(1.0)).collect(),
            recovery: vec![0.0; row.len() - 3],
            death: [(row[usize::from(sex == Sex::Female)] * death).min(1.0); 4],
            birth: if sex == Sex::Female { row[2] } else { 0.0 },
            frailer: [0.0; 3],
            joins: 0.0,
        }
    });
    Ok(hazards.map_err(|error| Wrong(error.to_string()))?)
}

/// Reads the people, each keyed by their row.
pub fn read_people(
    path: &Path,
    named: &[String],
    conditions: &[String],
) -> anyhow::Result<Vec<Person>> {
    let numbers: Vec<&str> = named.iter().chain(conditions).map(String::as_str).collect();
    let wanted = Wanted { words: vec![], numbers: numbers.clone() };
    let mut people = Vec::new();
    let mut reading = gather(path, &[], &wanted, &mut |record| {
        let age = whole(record, 0, 150.0, &numbers)?;
        let sex = if whole(record, 1, 1.0, &numbers)? == 0 { Sex::Male } else { Sex::Female };
        let fifth = whole(record, 2, 4.0, &numbers)?;
        let mut had = 0;
        for condition in 0..conditions.len() {
            had |= u32::from(is_there(record, 3 + condition, &numbers)?) << condition;
        }
        let luck = people.len() as u64;
        people.push(Person::new(luck, age, sex, fifth, 0).with_conditions(had));
        Ok(())
    })?;
    match reading.problems_in_words(path) {
        None => Ok(people),
        Some(words) => Err(Wrong(format!("{words}\nnothing was written")).into()),
    }
}

/// Whether a cell is 1 rather than 0, the commonest cells first.
fn is_there(record: &Record<'_>, at: usize, names: &[&str]) -> Result<bool, Rejected> {
    const ONE: u64 = 1.0_f64.to_bits();
    match record.numbers[at].to_bits() {
        0 => Ok(false),
        ONE => Ok(true),
        _ => Ok(whole(record, at, 1.0, names)? == 1),
    }
}

/// A whole number from 0 to a largest one.
fn whole(record: &Record<'_>, at: usize, most: f64, names: &[&str]) -> Result<u8, Rejected> {
    let number = record.numbers[at];
    let whole = number as u8;
    if (f64::from(whole) - number).abs() < f64::EPSILON && number <= most {
        return Ok(whole);
    }
    let rule =
        if most > 1.0 { "expected a whole number within its range" } else { "expected 0 or 1" };
    Err(rejected(names[at], number, rule))
}

fn rejected(column: &str, value: f64, rule: &'static str) -> Rejected {
    let value = if value.is_nan() { String::new() } else { value.to_string() };
    let remedy =
        "correct the row or take it out; `catchment calc ageing --help` says what is expected";
    Rejected { column: column.to_owned(), value, rule, remedy }
}
