//! `calc life-expectancy`.

use clap::Args;
use stats::NoFigure;
use stats::life_expectancy::{AgeBand, LifeExpectancy as AtAge, START_AGES, life_expectancy};

use super::answer::Answer;
use super::table::{Wanted, read};
use super::{Files, Levels};

/// Life expectancy of groups, at every age.
#[derive(Debug, Args)]
pub struct LifeExpectancy {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of deaths, one row for each age band: 0, 1-4, 5-9, ... 90+
    #[arg(long)]
    deaths: String,
    /// Column of people
    #[arg(long)]
    population: String,
    /// Column of the first age of the band, or of its name beginning with it
    #[arg(long)]
    age: String,
    /// Only these ages, separated by commas
    #[arg(long, value_delimiter = ',')]
    at: Vec<u32>,
}

impl LifeExpectancy {
    /// One row for every group and age.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let wanted =
            Wanted { words: vec![&self.age], numbers: vec![&self.deaths, &self.population] };
        let mut groups: Vec<Vec<AgeBand>> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let age = (record.word)(0);
            let mut digits = age.split(|letter: char| !letter.is_ascii_digit());
            let start = digits.find_map(|part| part.parse().ok());
            let start = start.ok_or_else(|| super::table::Rejected {
                column: self.age.clone(),
                value: age.to_owned(),
                rule: "expected an age band that begins with its first age",
                remedy: "name bands 0, 1-4, 5-9, ... 90+",
            })?;
            if record.group >= groups.len() {
                groups.resize_with(record.group + 1, || Vec::with_capacity(START_AGES.len()));
            }
            let [deaths, people] = [record.numbers[0], record.numbers[1]];
            groups[record.group].push(AgeBand { start, deaths, people });
            Ok(())
        })?;
        let mut rows = Rows::default();
        for (group, bands) in groups.iter_mut().enumerate() {
            bands.sort_by_key(|band| band.start);
            match life_expectancy(bands) {
                Ok(ages) => {
                    for age in ages {
                        rows.add(group, self, age.age, Ok(age));
                    }
                }
                Err(reason) => {
                    let reason =
                        reading.gap(group).map_or_else(|| reason.to_string(), str::to_owned);
                    for age in START_AGES {
                        rows.add(group, self, age, Err(reason.clone()));
                    }
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
