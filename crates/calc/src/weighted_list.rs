//! `calc weighted-list`.

use clap::Args;
use models::money::{Formula, Indices, List, weighted_list};
use vocab::Sex;

use super::Files;
use super::ages;
use super::answer::Answer;
use super::table::{Rejected, Wanted, read};

/// Parts of the formula that a column may give; the first two are counts of people and are added up, the others stand for the
/// whole list.
const PARTS: usize = 6;
const COUNTS: usize = 2;

/// Weighted lists by the Carr-Hill formula. A part of the formula without a column is taken as England's mean and named.
#[derive(Debug, Args)]
pub struct WeightedList {
    #[command(flatten)]
    pub(super) files: Files,
    /// Column of age bands that begin with their first age (`0-4`, `85+`); none may cross 5, 15, 45, 65, 75 or 85
    #[arg(long)]
    age: String,
    /// Column of sexes: male or female
    #[arg(long)]
    sex: String,
    /// Column of patients, one row for each age band and sex
    #[arg(long)]
    people: String,
    /// Column of those of them who live in nursing and residential homes
    #[arg(long)]
    in_homes: Option<String>,
    /// Column of those of them who registered within the last twelve months
    #[arg(long)]
    new: Option<String>,
    /// Column of the standardised mortality ratio under 65 of the list, England 100, the same in all its rows
    #[arg(long, requires = "illness")]
    mortality: Option<String>,
    /// Column of standardised limiting long-term illness of the list, England 100, the same in all its rows
    #[arg(long, requires = "mortality")]
    illness: Option<String>,
    /// Column of the list's market forces factor of staff, England 1, the same in all its rows
    #[arg(long)]
    market_forces: Option<String>,
    /// Column of the list's rurality index, England 1, the same in all its rows
    #[arg(long)]
    rurality: Option<String>,
}

/// A list in the making.
#[derive(Clone, Default)]
struct Rows {
    people: Vec<(u8, Sex, f64)>,
    parts: [Option<f64>; PARTS],
}

impl Rows {
    fn list(&self) -> List {
        let [in_homes, new, mortality, illness, market_forces, rurality] = self.parts;
        let needs = mortality.zip(illness);
        List { people: self.people.clone(), in_homes, new, needs, market_forces, rurality }
    }
}

impl WeightedList {
    /// The indices and the weighted list of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let columns = self.columns();
        let given: Vec<(usize, &str)> =
            columns.iter().enumerate().filter_map(|(part, name)| Some((part, (*name)?))).collect();
        let mut wanted = Wanted { words: vec![&self.age, &self.sex], numbers: vec![&self.people] };
        wanted.numbers.extend(given.iter().map(|(_, name)| *name));
        let mut groups: Vec<Rows> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let age = self.age_of((record.word)(0))?;
            let sex = self.sex_of((record.word)(1))?;
            groups.resize(groups.len().max(record.group + 1), Rows::default());
            let rows = &mut groups[record.group];
            rows.people.push((age, sex, record.numbers[0]));
            for ((part, name), number) in given.iter().zip(&record.numbers[1..]) {
                put(&mut rows.parts, *part, name, *number)?;
            }
            Ok(())
        })?;
        let formula = Formula::carr_hill();
        let found: Vec<Option<Indices>> =
            groups.iter().map(|rows| weighted_list(formula, &rows.list())).collect();
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        let why = |group: usize| match (&found[group], reading.gap(group)) {
            (_, Some(gap)) => gap,
            (None, None) => "nobody is on the list",
            (Some(_), None) => "",
        };
        let mut column = |name: &str, of: fn(&Indices) -> f64| {
            let known = |one: &Option<Indices>| one.as_ref().map(of).filter(|one| one.is_finite());
            answer.numbers(name, found.iter().map(known));
        };
        column("list", |one| one.list);
        column("age_sex", |one| one.age_sex);
        column("homes", |one| one.homes);
        column("new", |one| one.new);
        column("needs", |one| one.needs);
        column("market_forces", |one| one.market_forces);
        column("rurality", |one| one.rurality);
        column("weighted", Indices::weighted);
        let taken = |one: &Option<Indices>| {
            one.as_ref().map_or_else(String::new, |one| one.taken_as_england.join("; "))
        };
        answer.words("taken_as_england", found.iter().map(taken));
        answer.withheld((0..found.len()).map(why));
        Ok(answer)
    }

    /// The column of each part, counts first.
    fn columns(&self) -> [Option<&str>; PARTS] {
        [
            self.in_homes.as_deref(),
            self.new.as_deref(),
            self.mortality.as_deref(),
            self.illness.as_deref(),
            self.market_forces.as_deref(),
            self.rurality.as_deref(),
        ]
    }

    /// The first age of a band within which everybody weighs the same; an open band reaches to the oldest.
    fn age_of(&self, band: &str) -> Result<u8, Rejected> {
        let named = ages::named(&self.age, band)?;
        let last = named.band().upper().map_or(u8::MAX, |past| past - 1);
        let first = named.band().lower();
        let alike = Formula::carr_hill().weighs_alike(first, last);
        alike.then_some(first).ok_or_else(|| Rejected {
            column: self.age.clone(),
            value: band.to_owned(),
            rule: "expected an age band within which everybody weighs the same",
            remedy: "name bands such as 0-4, 5-14, 40-44, 85+; none may cross 5, 15, 45, 65, 75 or 85",
        })
    }

    fn sex_of(&self, word: &str) -> Result<Sex, Rejected> {
        match word.to_ascii_lowercase().as_str() {
            "male" | "m" => Ok(Sex::Male),
            "female" | "f" => Ok(Sex::Female),
            _ => Err(Rejected {
                column: self.sex.clone(),
                value: word.to_owned(),
                rule: "expected male or female",
                remedy: "the formula weighs men and women by different tables and has no third",
            }),
        }
    }
}

/// Adds a count to its part, or sets what stands for the whole list.
fn put(
    parts: &mut [Option<f64>; PARTS],
    part: usize,
    column: &str,
    number: f64,
) -> Result<(), Rejected> {
    let rejected = |rule: &'static str, remedy: &'static str| Rejected {
        column: column.to_owned(),
        value: number.to_string(),
        rule,
        remedy,
    };
    if number < 0.0 {
        return Err(rejected("expected a number from 0 up", "people and ratios are not below 0"));
    }
    parts[part] = match parts[part] {
        Some(before) if part < COUNTS => Some(before + number),
        Some(before) if number.is_finite() && (before - number).abs() > f64::EPSILON => {
            let remedy = "give the ratio of the whole list in each of its rows";
            return Err(rejected("expected what stands in the other rows of the list", remedy));
        }
        _ => Some(number),
    };
    Ok(())
}
