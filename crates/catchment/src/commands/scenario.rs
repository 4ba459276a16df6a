//! `catchment scenario`: what could be done, written as files, checked against a place, put in words and in money.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use kit::number::counted;
use models::money::{Moved, Pence, financial_year};
use models::parameters::Parameters;
use options::money::{Year, cost_by_year, envelope, remarks_of_both};
use options::scenario::{Premises, Problem, Resolved, Scenarios};
use vocab::{FinancialYear, Month, Period};

use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

mod kinds;
mod recruits;

pub use recruits::{pots, recruits};

#[derive(Debug, Subcommand)]
pub enum Scenario {
    /// Every kind of intervention and its parameters
    Kinds,
    /// The scenarios of a folder
    List(Folder),
    /// A scenario in words, its hash and its cost by year
    Show(Show),
    /// Whether a scenario can be in a place
    Check(Check),
    /// The cost of two scenarios year by year, and whether the first stays within the second
    CompareMoney(CompareMoney),
    /// Check a file and put it into the folder
    Add(Add),
}

#[derive(Debug, Args)]
pub struct Folder {
    /// The folder of scenarios, one file each
    #[arg(long = "scenarios", env = "CATCHMENT_SCENARIOS", default_value = "scenarios")]
    folder: PathBuf,
}

/// The months that are looked at.
#[derive(Debug, Args)]
pub struct Years {
    /// The first month, such as 2026-04; without it the April before the first intervention
    #[arg(long, value_parser = month)]
    base: Option<Month>,
    /// How many months
    #[arg(long, default_value_t = 60)]
    months: u32,
}

#[derive(Debug, Args)]
pub struct Show {
    /// The scenario: the name of its file without the ending
    key: String,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    years: Years,
}

#[derive(Debug, Args)]
pub struct Check {
    /// The scenario: the name of its file without the ending
    key: String,
    /// The place: a code, codes joined by `+`, or a named place
    #[arg(long)]
    place: String,
    #[command(flatten)]
    folder: Folder,
    /// How many months the outlook has
    #[arg(long, default_value_t = 60)]
    months: u32,
}

#[derive(Debug, Args)]
pub struct CompareMoney {
    /// The scenario
    key: String,
    /// The scenario that it is compared with
    #[arg(default_value = options::scenario::DO_NOTHING)]
    with: String,
    /// A place, so that contract money that moves with practices between its networks is told: a code, codes joined by
    /// `+`, or a named place
    #[arg(long)]
    place: Option<String>,
    /// Pounds a year that may come on top
    #[arg(long, default_value_t = 0.0)]
    room: f64,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    years: Years,
}

#[derive(Debug, Args)]
pub struct Add {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    folder: Folder,
}

fn month(text: &str) -> Result<Month, String> {
    match text.parse() {
        Ok(Period::Month(month)) => Ok(month),
        _ => Err(format!("`{text}`: expected a month such as 2026-04")),
    }
}

impl Scenario {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        match self {
            Self::Kinds => {
                kinds::show(common.json);
                Ok(Outcome::Done)
            }
            Self::List(folder) => list(common, folder),
            Self::Show(command) => command.run(common),
            Self::Check(command) => command.run(common),
            Self::CompareMoney(command) => command.run(common),
            Self::Add(command) => command.run(),
        }
    }
}

impl Folder {
    /// The files of the folder; none where there is no folder.
    pub fn files(&self) -> anyhow::Result<Vec<(String, String)>> {
        let mut files = Vec::new();
        if !self.folder.is_dir() {
            return Ok(files);
        }
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                files.push((key_of(&path), read(&path)?));
            }
        }
        files.sort();
        Ok(files)
    }

    /// The scenarios that can be read; what is wrong with the others is said beside the answer.
    fn scenarios(&self) -> anyhow::Result<Scenarios> {
        let (scenarios, problems) = Scenarios::read_each(&self.files()?);
        for problem in problems {
            eprintln!("not read: {problem}");
        }
        Ok(scenarios)
    }

    /// The scenarios of the folder, of which this one can be read.
    fn holding(&self, key: &str) -> anyhow::Result<Scenarios> {
        let (scenarios, problems) = Scenarios::read_each(&self.files()?);
        let own: Vec<Problem> =
            problems.into_iter().filter(|problem| problem.scenario == key).collect();
        if own.is_empty() { Ok(scenarios) } else { Err(refused(&own)) }
    }
}

/// The scenarios of a folder, of which one can be read.
///
/// # Errors
/// A file that cannot be read, or everything that is wrong with the one.
pub fn of_folder(folder: &Path, key: &str) -> anyhow::Result<Scenarios> {
    Folder { folder: folder.to_owned() }.holding(key)
}

/// Refuses a scenario that cannot be in a place, with everything that is wrong.
///
/// # Errors
/// What is wrong.
pub fn must_fit(resolved: &Resolved<'_>, premises: &Premises) -> anyhow::Result<()> {
    let problems = resolved.problems(premises);
    if problems.is_empty() { Ok(()) } else { Err(refused(&problems)) }
}

fn key_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The text of a file; what is no text stands as [`char::REPLACEMENT_CHARACTER`], which no scenario may hold.
fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path);
    bytes
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .with_context(|| format!("while reading {}", path.display()))
}

fn refused(problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        many => format!("{many} problems"),
    };
    Wrong(format!("{count}\n{}", lines.join("\n"))).into()
}

fn resolve<'a>(scenarios: &'a Scenarios, key: &str) -> anyhow::Result<Resolved<'a>> {
    scenarios.resolve(key).map_err(|problem| refused(&[problem]))
}

fn list(common: &Common, folder: &Folder) -> anyhow::Result<Outcome> {
    let scenarios = folder.scenarios()?;
    let mut rows = Vec::new();
    for scenario in scenarios.iter() {
        let resolved = resolve(&scenarios, &scenario.key)?;
        rows.push((scenario, resolved.interventions.len(), resolved.hash()));
    }
    if common.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(scenario, count, hash)| {
                serde_json::json!({
                    "key": scenario.key, "name": scenario.name, "about": scenario.about,
                    "parent": scenario.parent, "interventions": count, "hash": hash,
                })
            })
            .collect();
        say!("{:#}", serde_json::json!(rows));
        return Ok(Outcome::Done);
    }
    for (scenario, count, hash) in rows {
        let short: String = hash.chars().take(12).collect();
        say!("{:<24} {short}  {} ({count} interventions)", scenario.key, scenario.name);
    }
    Ok(Outcome::Done)
}

impl Years {
    /// The first month: as given, or the April before the first of these interventions.
    fn base(&self, scenarios: &[&Resolved<'_>]) -> Month {
        let all = scenarios.iter().flat_map(|scenario| &scenario.interventions);
        let first = all.map(|(_, _, dated)| dated.from).min();
        let april = |month: Month| Month { year: financial_year(month).begins, month: 4 };
        self.base.or_else(|| first.map(april)).unwrap_or(Month { year: 2026, month: 4 })
    }
}

impl Show {
    fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let scenarios = self.folder.holding(&self.key)?;
        let resolved = resolve(&scenarios, &self.key)?;
        let base = self.years.base(&[&resolved]);
        let years = cost_by_year(&resolved, base, self.years.months);
        if common.json {
            let wanted = resolved.wanted();
            let answer = serde_json::json!({
                "key": self.key, "name": resolved.scenario.name, "hash": resolved.hash(),
                "interventions": resolved.in_words(),
                "recruits": recruits(&wanted),
                "pots": pots(&wanted),
                "limits": resolved.limits_in_words(None),
                "cost": years.iter().map(year_json).collect::<Vec<_>>(),
                "cost_remarks": resolved.cost_remarks(),
            });
            say!("{answer:#}");
            return Ok(Outcome::Done);
        }
        say!("{} ({})", resolved.scenario.name, resolved.hash());
        if !resolved.scenario.about.is_empty() {
            say!("{}", resolved.scenario.about);
        }
        for sentence in resolved.in_words() {
            say!("- {sentence}");
        }
        for sentence in resolved.limits_in_words(None) {
            say!("{sentence}");
        }
        for year in &years {
            say!("{}: {}", year_name(year.year), year.total());
            for line in &year.lines {
                say!("    {:>16}  {} ({})", line.amount.to_string(), line.what, line.tag.as_str());
            }
        }
        for remark in resolved.cost_remarks() {
            say!("{remark}");
        }
        Ok(Outcome::Done)
    }
}

/// An amount without its sign, and which way it goes.
fn more_or_less(amount: Pence) -> (Pence, &'static str) {
    if amount < Pence(0) { (Pence(0) - amount, "less") } else { (amount, "more") }
}

fn year_name(year: FinancialYear) -> String {
    Period::FinancialYear(year).to_string()
}

fn year_json(year: &Year) -> serde_json::Value {
    let lines: Vec<_> = year
        .lines
        .iter()
        .map(|line| {
            serde_json::json!({
                "what": line.what, "tag": line.tag.as_str(), "pounds": line.amount.pounds(),
            })
        })
        .collect();
    serde_json::json!({
        "year": year_name(year.year), "pounds": year.total().pounds(), "lines": lines,
    })
}

impl Check {
    fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let scenarios = self.folder.holding(&self.key)?;
        let resolved = resolve(&scenarios, &self.key)?;
        let study = common.study()?;
        let place = place_of(&study, &self.place)?;
        let parameters = Parameters::embedded();
        let premises = study.premises(&place, self.months, &resolved, parameters)?;
        must_fit(&resolved, &premises)?;
        let limits = resolved.limits_in_words(Some(&premises));
        if common.json {
            let answer = serde_json::json!({
                "scenario": self.key, "place": self.place, "can_be": true, "limits": limits,
            });
            say!("{answer:#}");
            return Ok(Outcome::Done);
        }
        say!(
            "{}: can be in {} ({}, {}) from {} on",
            resolved.scenario.name,
            self.place,
            counted(premises.practices.len(), "practice", "practices"),
            counted(premises.networks.len(), "network", "networks"),
            Period::Month(premises.base).in_words()
        );
        for limit in limits {
            say!("{limit}");
        }
        Ok(Outcome::Done)
    }
}

impl CompareMoney {
    fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let scenarios = self.folder.scenarios()?;
        let one = resolve(&scenarios, &self.key)?;
        let other = resolve(&scenarios, &self.with)?;
        let base = self.years.base(&[&one, &other]);
        let of = |scenario| cost_by_year(scenario, base, self.years.months);
        let compared = envelope(&of(&one), &of(&other));
        let holds = compared.holds(models::money::Pence::of_pounds(self.room));
        let remarks = remarks_of_both(&one, &other);
        let moved = match &self.place {
            Some(place) => self.moved(common, place, [&one, &other], base)?,
            None => Vec::new(),
        };
        if common.json {
            let years: Vec<_> = compared
                .more
                .iter()
                .map(|(year, more)| {
                    serde_json::json!({"year": year_name(*year), "pounds_more": more.pounds()})
                })
                .collect();
            let answer = serde_json::json!({
                "key": self.key, "with": self.with, "room": self.room, "holds": holds,
                "years": years, "saves": compared.saves, "cost_remarks": remarks,
                "contract": moved.iter().map(moved_json).collect::<Vec<_>>(),
            });
            say!("{answer:#}");
            return Ok(Outcome::Done);
        }
        for (year, more) in &compared.more {
            let (amount, word) = more_or_less(*more);
            say!("{}: {amount} {word} than {}", year_name(*year), other.scenario.name);
        }
        let verdict = if holds { "stays within" } else { "does not stay within" };
        let room = models::money::Pence::of_pounds(self.room);
        let on_top =
            if self.room > 0.0 { format!(" with {room} a year on top") } else { String::new() };
        say!("“{}” {verdict} the money of “{}”{on_top}", one.scenario.name, other.scenario.name);
        for remark in remarks {
            say!("{remark}");
        }
        if compared.saves.is_empty() {
            say!("nothing is stopped or saved by it");
        } else {
            say!("stopped or saved: {}", compared.saves.join("; "));
        }
        for one in &moved {
            let (amount, word) = more_or_less(one.more);
            say!("{}: {amount} {word} for {} by contract", year_name(one.year), one.network);
            for warning in &one.warnings {
                say!("    then {warning}");
            }
        }
        if !moved.is_empty() {
            say!("{}", answers::scenarios::MOVED_BY);
        }
        Ok(Outcome::Done)
    }

    /// Contract money that the first scenario moves between the networks of a place and the other does not.
    fn moved(
        &self,
        common: &Common,
        place: &str,
        both: [&Resolved<'_>; 2],
        base: Month,
    ) -> anyhow::Result<Vec<Moved>> {
        let study = common.study()?;
        let place = place_of(&study, place)?;
        let months = (base, self.years.months);
        let moved = answers::scenarios::moved(&study, &place, both, months);
        moved.map_err(|refusal| Wrong(refusal.to_string()).into())
    }
}

fn moved_json(moved: &Moved) -> serde_json::Value {
    serde_json::json!({
        "year": year_name(moved.year), "network": moved.network.to_string(),
        "pounds_more": moved.more.pounds(), "warnings": moved.warnings,
    })
}

impl Add {
    fn run(&self) -> anyhow::Result<Outcome> {
        let (key, text) = (key_of(&self.file), read(&self.file)?);
        let mut files = self.folder.files()?;
        files.retain(|(other, _)| *other != key);
        files.push((key.clone(), text.clone()));
        let scenarios = Scenarios::read(&files).map_err(|problems| refused(&problems))?;
        let resolved = resolve(&scenarios, &key)?;
        let folder = &self.folder.folder;
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(folder.join(format!("{key}.toml")), text))
            .with_context(|| format!("while writing to {}", folder.display()))?;
        say!("{key} {}: {}", resolved.hash(), resolved.scenario.name);
        Ok(Outcome::Done)
    }
}
