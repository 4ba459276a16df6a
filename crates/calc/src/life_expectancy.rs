//! `calc life-expectancy`.

use clap::Args;
use stats::NoFigure;
use stats::life_expectancy::{AgeBand, LifeExpectancy as AtAge, START_AGES, life_expectancy};

use super::ages::{self, Named};
use super::answer::Answer;
use super::table::{Wanted, read};
use super::{Files, Levels};
use crate::wrong::Wrong;

/// Life expectancy of groups, at every age.
#[derive(Debug, Args)]
pub struct LifeExpectancy {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of deaths, one row for each age band: 0, 1-4, 5-9, ... with the last open at 80, 85 or 90
    #[arg(long)]
    deaths: String,
    /// Column of people
    #[arg(long)]
    population: String,
    /// Column of age bands (`0`, `1-4`, `85+`), or of the first age of each
    #[arg(long)]
    age: String,
    /// Only these ages, separated by commas
    #[arg(long, value_delimiter = ',')]
    at: Vec<u32>,
}

/// The bands of one group as they stand in the table.
#[derive(Default)]
struct Bands {
    names: Vec<Named>,
    counts: Vec<[f64; 2]>,
}

impl Bands {
    /// The bands of a life table, or why they make none.
    fn table(&self) -> Result<Vec<AgeBand>, String> {
        let bands = ages::whole(&self.names)?;
        if let Some((last, _)) = bands.last().filter(|(last, _)| last.upper().is_some()) {
            return Err(format!("the last age band is {last} and not open like 85+"));
        }
        let band = |(band, row): &(vocab::AgeBand, usize)| {
            let [deaths, people] = self.counts[*row];
            AgeBand { start: u32::from(band.lower()), deaths, people }
        };
        Ok(bands.iter().map(band).collect())
    }
}

impl LifeExpectancy {
    /// One row for every group and age.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        if let Some(age) = self.at.iter().find(|age| !START_AGES.contains(age)) {
            let ages: Vec<String> = START_AGES.iter().map(u32::to_string).collect();
            let words = format!(
                "--at {age}: no age band begins there; expected one of {}",
                ages.join(", ")
            );
            return Err(Wrong(words).into());
        }
        let wanted =
            Wanted { words: vec![&self.age], numbers: vec![&self.deaths, &self.population] };
        let mut groups: Vec<Bands> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let band = ages::named(&self.age, (record.word)(0))?;
            groups.resize_with(groups.len().max(record.group + 1), Bands::default);
            groups[record.group].names.push(band);
            groups[record.group].counts.push([record.numbers[0], record.numbers[1]]);
            Ok(())
        })?;
        let mut rows = Rows::default();
        for (group, bands) in groups.iter().enumerate() {
            let gap = |reason: NoFigure| {
                reading.gap(group).map_or_else(|| reason.to_string(), str::to_owned)
            };
            let found = bands.table().and_then(|bands| life_expectancy(&bands).map_err(gap));
            for (position, age) in START_AGES.into_iter().enumerate() {
                match &found {
                    Ok(ages) => match ages.get(position) {
                        Some(at_age) => rows.add(group, self, age, Ok(*at_age)),
                        None if self.at.contains(&age) => {
                            let end = ages.last().map_or(0, |last| last.age);
                            let why = format!("the last age band is {end} and over");
                            rows.add(group, self, age, Err(why));
                        }
                        None => {}
                    },
                    Err(reason) => rows.add(group, self, age, Err(reason.clone())),
                }
            }
        }
        let mut answer = Answer::of_rows(&self.files.by, &reading.groups, &rows.groups);
        rows.fill(&mut answer, &self.levels);
        Ok(answer)
    }
}

/// The rows of the answer.
#[derive(Default)]
struct Rows {
    groups: Vec<u32>,
    ages: Vec<u32>,
    found: Vec<Result<AtAge, String>>,
}

impl Rows {
    fn add(
        &mut self,
        group: usize,
        asked: &LifeExpectancy,
        age: u32,
        found: Result<AtAge, String>,
    ) {
        if asked.at.is_empty() || asked.at.contains(&age) {
            self.groups.push(group as u32);
            self.ages.push(age);
            self.found.push(found);
        }
    }

    fn fill(&self, answer: &mut Answer, levels: &Levels) {
        let known = || self.found.iter().map(|found| found.as_ref().ok());
        answer.wholes("age", self.ages.iter().map(|age| i64::from(*age)));
        answer.numbers("value", known().map(|age| age?.years.ok()));
        for (level, names) in levels.levels().iter().zip(levels.names()) {
            answer.numbers(&names[0], known().map(|age| age?.limits(level).map(|l| l.lower)));
            answer.numbers(&names[1], known().map(|age| age?.limits(level).map(|l| l.upper)));
        }
        answer.numbers("population_used", known().map(|age| Some(age?.people_used)));
        answer.numbers("deaths_used", known().map(|age| Some(age?.deaths_used)));
        let why = self.found.iter().map(|found| match found {
            Ok(age) => {
                age.years.err().map_or_else(String::new, |reason: NoFigure| reason.to_string())
            }
            Err(reason) => reason.clone(),
        });
        answer.withheld(why);
    }
}
