//! The rates of a financial year, read from `rules/<financial year>.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use vocab::FinancialYear;

use super::Mark;
use super::ceilings::Ceiling;
use crate::workforce::Role;

macro_rules! files {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/", $name, ".toml")))),*]
    };
}

/// The files inside the program; a test compares them with the folder.
const FILES: [(&str, &str); 8] =
    files!["2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25", "2025-26", "2026-27"];

/// What a rate is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Base {
    /// Registered patients on 1 January before the year.
    Registered,
    /// The network's adjusted population.
    Adjusted,
    /// The contractor's weighted list.
    Weighted,
    /// Beds of care homes.
    Beds,
    /// Points achieved.
    Points,
}

/// Who is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum To {
    /// The practice.
    Practice,
    /// The network.
    Network,
}

/// What a line pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    /// An organisation and those who lead it.
    Structure,
    /// Care of patients.
    Service,
    /// What makes a service possible.
    Enabler,
}

impl Tag {
    /// Every tag.
    pub const ALL: [Self; 3] = [Self::Structure, Self::Service, Self::Enabler];

    /// The word of the rules.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Service => "service",
            Self::Enabler => "enabler",
        }
    }
}

/// Which of two rates of a year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// As announced before the year.
    Announced,
    /// After the pay award of the year, where it changed the rate.
    Uplifted,
}

/// Whether a rate holds what the pay award of its year brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It was announced before the award, which changed it.
    Before,
    /// It holds the award.
    After,
}

impl Stage {
    /// The words of tables.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Before => "before the pay award",
            Self::After => "after the pay award",
        }
    }
}

/// A rate with what it is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The word by which code and tables know it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is multiplied by.
    pub base: Base,
    /// Who is paid.
    pub to: To,
    /// What it pays for.
    pub tag: Tag,
    /// Pounds a year for one of the base, as announced; nothing where it was not read.
    pub announced: Option<f64>,
    /// The same after the pay award of the year; nothing where that changed nothing or was not read.
    pub uplifted: Option<f64>,
    /// How sure it is; nothing where there is no rate.
    pub mark: Option<Mark>,
    /// Where it comes from, or why it is absent.
    pub source: String,
    /// What is known of the pay award of the year, where one changed the rate.
    pub award: Option<String>,
}

impl Line {
    /// Pounds a year for one of the base.
    #[must_use]
    pub fn rate(&self, settled: Settled) -> Option<f64> {
        match settled {
            Settled::Announced => self.announced,
            Settled::Uplifted => self.uplifted.or(self.announced),
        }
    }

    /// How the rate that is taken stands to the pay award of the year; nothing where no award is known to have changed it.
    #[must_use]
    pub fn stage(&self, settled: Settled) -> Option<Stage> {
        self.announced?;
        match (settled, self.uplifted) {
            (Settled::Uplifted, Some(_)) => Some(Stage::After),
            (Settled::Announced, Some(_)) => Some(Stage::Before),
            (_, None) => self.award.as_ref().map(|_| Stage::Before),
        }
    }
}

/// The quality and outcomes framework of a year.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityRates {
    /// Pounds for a point of a practice with England's average list.
    pub value_of_a_point: f64,
    /// England's average list.
    pub average_list: f64,
    /// Points that can be achieved.
    pub points: f64,
    /// How sure the value is.
    pub mark: Mark,
    /// Where it comes from.
    pub source: String,
}

/// What is taken off the global sum of a practice that does not cover nights and weekends itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutOfHours {
    /// The share of the global sum.
    pub share: f64,
    /// How sure it is.
    pub mark: Mark,
    /// Where it comes from.
    pub source: String,
}

/// The most full-time equivalents of a role that a network may claim for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The role's word.
    pub role: String,
    /// How many.
    pub posts: u32,
    /// Registered patients from which it may be more.
    pub from_patients: f64,
    /// How many then.
    pub posts_then: u32,
    /// How sure it is.
    pub mark: Mark,
    /// Where it comes from.
    pub source: String,
}

/// The rules of one financial year.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The year, as `2025/26`.
    pub financial_year: String,
    /// What a reader should know of it.
    pub notes: Vec<String>,
    /// What is known of a pay award that raised the ceilings of additional roles within the year.
    pub ceilings_award: Option<String>,
    /// The quality and outcomes framework.
    pub quality: QualityRates,
    /// What is taken off the global sum for nights and weekends.
    pub out_of_hours: OutOfHours,
    /// The rates.
    #[serde(rename = "line")]
    pub lines: Vec<Line>,
    /// The ceilings of additional roles; empty where none was read.
    #[serde(rename = "ceiling", default)]
    pub ceilings: Vec<Ceiling>,
    /// Limits of additional roles in a network; empty where none was read.
    #[serde(rename = "limit", default)]
    pub limits: Vec<Limit>,
}

static EMBEDDED: LazyLock<BTreeMap<FinancialYear, Rules>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        let rules = Rules::read(text)
            .unwrap_or_else(|problem| panic!("rules/{name}.toml is read by a test: {problem}"));
        let year = FinancialYear::parse(&rules.financial_year)
            .expect("a test reads the years of the rules");
        (year, rules)
    };
    FILES.iter().map(read).collect()
});

impl Rules {
    /// Reads the text of a file of rules.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let rules: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let negative = |line: &&Line| line.announced.is_some_and(|rate| rate < 0.0);
        if let Some(line) = rules.lines.iter().find(negative) {
            return Err(format!("`{}` has a rate below 0", line.id));
        }
        let unmarked = |line: &&Line| line.announced.is_some() != line.mark.is_some();
        if let Some(line) = rules.lines.iter().find(unmarked) {
            return Err(format!(
                "`{}` has a rate without a mark or a mark without a rate",
                line.id
            ));
        }
        rules.check_ceilings()?;
        if !(0.0..1.0).contains(&rules.out_of_hours.share) {
            return Err("the share for nights and weekends is no share".to_owned());
        }
        if FinancialYear::parse(&rules.financial_year).is_none() {
            return Err(format!("`{}` is no financial year", rules.financial_year));
        }
        Ok(rules)
    }

    /// The rules of a year; nothing for years without a file.
    #[must_use]
    pub fn of(year: FinancialYear) -> Option<&'static Self> {
        EMBEDDED.get(&year)
    }

    /// The years that have rules, in order.
    pub fn years() -> impl Iterator<Item = FinancialYear> {
        EMBEDDED.keys().copied()
    }

    /// The rules up to a year, the latest first.
    pub fn back_from(year: FinancialYear) -> impl Iterator<Item = (FinancialYear, &'static Self)> {
        EMBEDDED.range(..=year).rev().map(|(of, rules)| (*of, rules))
    }

    /// A line by its word; nothing where the year has no such line.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// The lines that stand in a year: those of its rules, each by the latest rules up to it in which its rate was read.
    #[must_use]
    pub fn standing(year: FinancialYear) -> Vec<&'static Line> {
        let Some((_, latest)) = Self::back_from(year).next() else { return Vec::new() };
        let read = |id: &str| {
            Self::back_from(year)
                .map_while(move |(_, rules)| rules.line(id))
                .find(|line| line.announced.is_some())
        };
        latest.lines.iter().map(|line| read(&line.id).unwrap_or(line)).collect()
    }

    /// The most full-time equivalents of a role that a network of this size may claim for; nothing where there is no limit.
    #[must_use]
    pub fn limit(&self, role: Role, patients: f64) -> Option<u32> {
        let limit = self.limits.iter().find(|one| one.role == role.as_str())?;
        Some(if patients >= limit.from_patients { limit.posts_then } else { limit.posts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_of_the_folder_is_inside_the_program() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|name| name.starts_with("20"))
            .collect();
        names.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded, "add the file to FILES in money/rules.rs, in order of year");
    }

    #[test]
    fn every_file_is_sound_and_named_by_its_year() {
        for (name, text) in FILES {
            let rules = Rules::read(text).unwrap_or_else(|problem| panic!("{name}: {problem}"));
            assert_eq!(rules.financial_year.replace('/', "-"), name);
        }
    }

    #[test]
    fn every_line_says_where_it_comes_from_and_stands_once() {
        for year in Rules::years() {
            let rules = Rules::of(year).unwrap();
            let mut ids: Vec<&str> = rules.lines.iter().map(|line| line.id.as_str()).collect();
            assert!(rules.lines.iter().all(|line| !line.source.is_empty()));
            ids.sort_unstable();
            assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{}", rules.financial_year);
        }
    }

    #[test]
    fn the_value_of_a_point_follows_the_frozen_worth_of_a_patient() {
        for year in Rules::years() {
            let quality = &Rules::of(year).unwrap().quality;
            let pence = quality.value_of_a_point / quality.average_list * 100.0;
            assert!((2.20..=2.22).contains(&pence), "{pence} of {year:?}");
        }
    }

    #[test]
    fn a_large_network_may_have_twice_as_many_of_a_limited_role() {
        let rules = Rules::of(FinancialYear { begins: 2024 }).unwrap();
        let limits = [99_999.0, 100_000.0].map(|size| rules.limit(Role::EnhancedNurse, size));
        assert_eq!(limits, [Some(1), Some(2)]);
        assert_eq!(rules.limit(Role::Pharmacist, 50_000.0), None);
    }

    #[test]
    fn a_rate_without_a_mark_is_refused() {
        let (_, text) = FILES[6];
        let bad = text.replacen(
            "announced = 121.79\nuplifted = 123.34\nmark = \"solid\"",
            "announced = 121.79",
            1,
        );
        assert!(Rules::read(&bad).unwrap_err().contains("`global_sum`"));
    }
}
