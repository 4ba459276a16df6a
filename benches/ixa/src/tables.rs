//! People, rates and answers, as tables.

use std::error::Error;

use serde::Deserialize;

/// How many conditions there are.
pub const CONDITIONS: usize = 5;
/// The last age of the rates; it stands for everybody of that age and over.
pub const MOST_AGE: u8 = 100;
/// Share of girls among the newborn.
pub const GIRLS: f64 = 0.49;

/// One person of the table: age, sex (0 male, 1 female), deprivation (0 to 4), and whether they have each condition.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Person {
    /// Age in whole years.
    pub age: u8,
    /// 0 for males, 1 for females.
    pub sex: u8,
    /// Deprivation, 0 to 4.
    pub imd: u8,
    /// 1 for each condition that they have.
    pub had: [u8; CONDITIONS],
}

/// What happens in a year, by age.
#[derive(Debug, Clone, Default)]
pub struct Rates {
    deaths: [Vec<f64>; 2],
    births: Vec<f64>,
    onsets: [Vec<f64>; CONDITIONS],
}

/// The figures of one year.
#[derive(Debug, Clone, Default)]
pub struct Year {
    /// People at its beginning.
    pub people: u64,
    /// Deaths within it.
    pub deaths: u64,
    /// Births within it.
    pub births: u64,
    /// Living people with each condition at its end.
    pub conditions: [u64; CONDITIONS],
}

impl Rates {
    /// Reads age, deaths of males and of females, births, and the onset of each condition, one row for each age.
    pub fn read(path: &str) -> Result<Self, Box<dyn Error>> {
        let mut rates = Self::default();
        for row in csv::Reader::from_path(path)?.deserialize() {
            let (_, deaths, births, onsets): (u8, [f64; 2], f64, [f64; CONDITIONS]) = row?;
            for (sex, rate) in deaths.into_iter().enumerate() {
                rates.deaths[sex].push(rate);
            }
            rates.births.push(births);
            for (condition, rate) in onsets.into_iter().enumerate() {
                rates.onsets[condition].push(rate);
            }
        }
        Ok(rates)
    }

    /// The probability that a condition begins in somebody who has it not.
    pub fn onset(&self, condition: usize, age: u8, imd: u8, others: u32) -> f64 {
        let rate = self.onsets[condition][usize::from(age)];
        (rate * (1.0 + 0.15 * f64::from(imd)) * (1.0 + 0.3 * f64::from(others))).min(1.0)
    }

    /// The probability of dying.
    pub fn death(&self, sex: u8, age: u8, imd: u8, conditions: u32) -> f64 {
        let rate = self.deaths[usize::from(sex)][usize::from(age)];
        (rate * (1.0 + 0.08 * f64::from(imd)) * (1.0 + 0.4 * f64::from(conditions))).min(1.0)
    }

    /// The probability of having a child.
    pub fn birth(&self, sex: u8, age: u8) -> f64 {
        if sex == 1 { self.births[usize::from(age)] } else { 0.0 }
    }
}

/// Reads everybody.
pub fn read_people(path: &str) -> Result<Vec<Person>, csv::Error> {
    csv::Reader::from_path(path)?.into_records().map(|row| row?.deserialize(None)).collect()
}

/// Writes one row a year.
pub fn write(path: &str, series: &[Year]) -> Result<(), csv::Error> {
    let mut table = csv::Writer::from_path(path)?;
    table.write_record(["n", "deaths", "births", "htn", "dm", "chd", "copd", "dep"])?;
    for year in series {
        table.serialize((year.people, year.deaths, year.births, year.conditions))?;
    }
    table.flush()?;
    Ok(())
}
