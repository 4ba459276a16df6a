//! `calc ageing`: people taken through years of illness, births and deaths.

mod series;
mod tables;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use models::people::{
    Calibrated, Change, Hazards, Knowledge, Lives, Luck, Margins, Person, synthesise,
};

use self::series::{Series, Year};
use super::answer::Answer;

/// People aged year by year: who falls ill, has children and dies.
#[derive(Debug, Args)]
pub struct Ageing {
    /// Table of people, one row each: age, sex (0 male, 1 female), deprivation (0 to 4) and a column of 0 or 1 for each
    /// condition
    #[arg(long, required_unless_present = "invented", requires = "rates")]
    people: Option<PathBuf>,
    /// Table of yearly probabilities by age: deaths of both sexes, births, and `inc_` and its name for each condition
    #[arg(long)]
    rates: Option<PathBuf>,
    /// Instead of a table so many invented people: lists like England's, with its conditions and frailty
    #[arg(long, conflicts_with_all = ["people", "rates"])]
    invented: Option<u32>,
    /// Years to live through
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=200))]
    years: u32,
    /// The seed of all draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    slopes: Slopes,
    /// Table to write, `.parquet`, `.csv` or `.json`; printed as CSV when left out
    #[arg(long)]
    pub(super) output: Option<PathBuf>,
}

/// What the columns are called.
#[derive(Debug, Args)]
struct Columns {
    /// Columns of age, sex and deprivation of the people
    #[arg(long, value_delimiter = ',', num_args = 3, default_value = "age,sex,imd")]
    person: Vec<String>,
    /// Columns of age, deaths of males, deaths of females and births of the rates
    #[arg(long, value_delimiter = ',', num_args = 4, default_value = "age,mort0,mort1,fert")]
    rate: Vec<String>,
}

/// What deprivation and other conditions add to the rates.
#[derive(Debug, Args)]
struct Slopes {
    /// Added to the onset of a condition for each step of deprivation
    #[arg(long, default_value_t = 0.15)]
    onset_by_deprivation: f64,
    /// Added to the onset of a condition for each other condition
    #[arg(long, default_value_t = 0.3)]
    onset_by_others: f64,
    /// Added to mortality for each step of deprivation
    #[arg(long, default_value_t = 0.08)]
    death_by_deprivation: f64,
    /// Added to mortality for each condition
    #[arg(long, default_value_t = 0.4)]
    death_by_conditions: f64,
    /// Share of girls among the newborn
    #[arg(long, default_value_t = 0.49)]
    girls: f64,
}

impl Ageing {
    /// One row for each year.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let start = match (&self.people, &self.rates, self.invented) {
            (Some(people), Some(rates), _) => self.read(people, rates)?,
            (.., people) => self.invent(people.unwrap_or_default())?,
        };
        let Start { mut people, hazards, names } = start;
        let begun = Instant::now();
        let years: Vec<&Hazards> = vec![&hazards; self.years as usize];
        let lives = Lives { years: &years, luck: Luck::new(self.seed, 0) };
        let seen = lives.run(&mut people, Series::new(self.years as usize, names.len()));
        let series = seen.years();
        let lived: i64 = series.iter().map(|year| year.people).sum();
        let took = begun.elapsed().as_secs_f64();
        let each = took * 1e9 / lived.max(1) as f64;
        let left = people.len();
        eprintln!(
            "{lived} years of life in {took:.2} s, {each:.1} ns each; {left} people at the end"
        );
        Ok(table(&series, &names))
    }

    fn read(&self, people: &Path, rates: &Path) -> anyhow::Result<Start> {
        let (names, rates) = tables::read_rates(rates, &self.columns.rate)?;
        let hazards = tables::hazards(&rates, &self.slopes)?;
        let people = tables::read_people(people, &self.columns.person, &names)?;
        Ok(Start { people, hazards, names })
    }

    fn invent(&self, people: u32) -> anyhow::Result<Start> {
        let begun = Instant::now();
        let known = Knowledge::embedded();
        let people = synthesise(&Margins::invented(people, known), known, self.seed).people;
        let calibrated = Calibrated::new(&people, known);
        let hazards = calibrated.hazards(&Change::NONE)?;
        let took = begun.elapsed().as_secs_f64();
        eprintln!("{} people made in {took:.2} s", people.len());
        let names = known.states.iter().map(|state| state.name.replace(' ', "_")).collect();
        Ok(Start { people, hazards, names })
    }
}

/// Who ages, and by which tables.
struct Start {
    people: Vec<Person>,
    hazards: Hazards,
    names: Vec<String>,
}

fn table(series: &[Year], names: &[String]) -> Answer {
    let mut answer = Answer::default();
    answer.wholes("year", (1..).take(series.len()));
    answer.wholes("n", series.iter().map(|year| year.people));
    answer.wholes("deaths", series.iter().map(|year| year.deaths));
    answer.wholes("births", series.iter().map(|year| year.births));
    for (condition, name) in names.iter().enumerate() {
        answer.wholes(name, series.iter().map(|year| year.conditions[condition]));
    }
    answer
}
