//! The commands, one file each.

mod check;
mod demo;
mod earlier;
mod export;
mod fetch;
mod figures;
mod import;
mod payments;
mod places;
mod project;
mod scenario;
mod serve;
#[cfg(feature = "sql")]
mod sql;
mod synth;
mod travel;

use std::path::PathBuf;

use answers::Context;
use clap::{Args, Parser, Subcommand};
use evidence::place::NamedPlace;
use evidence::{Evidence, Place, Store};
use indicators::Library;
use study::Study;
use terminal::NotTold;
use vocab::Period;

use crate::outcome::{Outcome, Wrong};

/// Version and commit, as `--version` prints them.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("CATCHMENT_COMMIT"), ")");

/// From the files that the NHS and the ONS publish to a strategy that a board can question.
#[derive(Debug, Parser)]
#[command(name = "catchment", version = VERSION, about, infer_subcommands = true)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The folder that holds the evidence
    #[arg(long, global = true, env = "CATCHMENT_STORE", default_value = "catchment-store")]
    store: PathBuf,
    /// Answer as JSON
    #[arg(long, global = true)]
    json: bool,
    /// A file of places of your own: `[[place]]` with `key`, `name` and `members` (codes, names, postcodes) or `outline`
    #[arg(long, global = true, value_name = "FILE")]
    places: Option<PathBuf>,
}

/// A file of named places.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    place: Vec<NamedPlace>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate, import and serve the invented port city of Harbourton
    Demo(demo::Demo),
    /// Read published files into the evidence, all at once or not at all
    Import(import::Import),
    /// Download the current release of a publication
    Fetch(fetch::Fetch),
    /// Check files without keeping anything, or the store itself when no file is named
    Check(check::Check),
    /// Serve the site
    Serve(serve::Serve),
    /// Read a claim: a sentence of the minutes against the published figures
    Claim(terminal::Claim),
    #[command(flatten)]
    Ask(terminal::Ask),
    /// The places that have names of their own, or one of your own out of a file
    Places(places::Places),
    /// The indicators by theme
    Indicators,
    /// The figures of an indicator, row by row
    Figures(figures::Figures),
    /// Write the figures of indicators as files
    Export(export::Export),
    /// Scenarios: what could be done, checked against a place, in words and in money
    #[command(subcommand)]
    Scenario(scenario::Scenario),
    /// Run the outlook of a place with draws, years and assumptions of your own, and write every table of it
    Project(project::Project),
    /// What the rules of a year pay a network or a practice of these numbers, line by line
    Payments(payments::Payments),
    /// Work out rates, charts and indices from a table of your own
    Calc(calc::Calc),
    /// Travel times over the roads of an OpenStreetMap extract, as a table to import
    Travel(travel::Travel),
    /// Invent a place: files in the publishers' own formats
    Synth(synth::Synth),
    /// Ask the tables in SQL
    #[cfg(feature = "sql")]
    Sql(sql::Sql),
}

impl Arguments {
    /// The command line, in today's words where it is written in those of before; ends the program where it is not understood.
    pub fn read() -> Self {
        Self::parse_from(earlier::in_todays_words(std::env::args_os().collect()))
    }

    /// Runs the command.
    pub fn run(&self) -> Outcome {
        let common = &self.common;
        let answered = |found: anyhow::Result<bool>| found.map(Outcome::answered);
        match &self.command {
            Command::Ask(question) => answered(common.asks(question)),
            Command::Claim(claim) => answered(claim.run(|| common.context(), common.json)),
            Command::Demo(command) => command.run(common),
            Command::Import(command) => command.run(common),
            Command::Fetch(command) => command.run(common),
            Command::Check(command) => command.run(common),
            Command::Serve(command) => command.run(common),
            Command::Places(command) => command.run(common),
            Command::Indicators => figures::list(common.json),
            Command::Figures(command) => command.run(common),
            Command::Export(command) => command.run(common),
            Command::Scenario(command) => command.run(common),
            Command::Project(command) => command.run(common),
            Command::Payments(command) => command.run(common.json),
            Command::Calc(command) => command.run(common.json).map(|()| Outcome::Done),
            Command::Travel(command) => command.run(common),
            Command::Synth(command) => command.run(common),
            #[cfg(feature = "sql")]
            Command::Sql(command) => command.run(common),
        }
        .into()
    }
}

impl Common {
    fn store(&self) -> Store {
        Store::at(&self.store)
    }

    /// The evidence; a store without any is a problem that the message helps with.
    fn evidence(&self) -> anyhow::Result<Evidence> {
        let evidence = Evidence::open(&self.store())?;
        if evidence.manifest().releases.iter().all(|release| release.parts.is_empty()) {
            let store = self.store.display();
            return Err(Wrong(format!(
                "there is no evidence in {store}: run `catchment import <folder>` first, or name another with --store"
            ))
            .into());
        }
        Ok(evidence)
    }

    /// The evidence with the definitions inside the program, the named places that come with it and those of the file;
    /// everything that is wrong with the file at once.
    fn study(&self) -> anyhow::Result<Study> {
        let evidence = self.evidence()?;
        let places = self.named_places(&evidence)?;
        Ok(Study::new(evidence, library()?, places))
    }

    /// What answers rest on; where no place is named they are of everything imported.
    fn context(&self) -> anyhow::Result<Context> {
        Ok(Context::new(self.study()?, "", Vec::new(), PROGRAM).map_err(NotTold::Refused)?)
    }

    fn asks(&self, question: &terminal::Ask) -> anyhow::Result<bool> {
        Ok(question.run(&self.context()?, self.json)?)
    }

    fn named_places(&self, evidence: &Evidence) -> anyhow::Result<Vec<NamedPlace>> {
        let built_in: PlacesFile = toml::from_str(include_str!("../../../parameters/places.toml"))?;
        let Some(path) = &self.places else { return Ok(built_in.place) };
        let text = std::fs::read_to_string(path)
            .map_err(|error| Wrong(format!("{}: {error}", path.display())))?;
        let own: PlacesFile =
            toml::from_str(&text).map_err(|error| Wrong(format!("{}: {error}", path.display())))?;
        let known = evidence.affiliations(evidence.now())?;
        let faults = evidence::place::faults(&own.place, &built_in.place, &known);
        if !faults.is_empty() {
            return Err(Wrong(format!("{}:\n  {}", path.display(), faults.join("\n  "))).into());
        }
        Ok(built_in.place.into_iter().chain(own.place).collect())
    }
}

/// The place of a key as it is now.
fn place_of(study: &Study, key: &str) -> anyhow::Result<Place> {
    study.place(key)?.map_err(|error| Wrong(error.to_string()).into())
}

/// The place of a key: as it is now, or an area that has ended as it was in a period in which it stood.
fn place_in(study: &Study, key: &str, period: Option<Period>) -> anyhow::Result<Place> {
    study.place_in(key, period)?.map_err(|error| Wrong(error.to_string()).into())
}

/// The definitions inside the program.
fn library() -> anyhow::Result<Library> {
    Library::built_in().map_err(|problems| {
        let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the built-in definitions are broken: {}", problems.join("; "))
    })
}

/// The program that worked a figure out, beside the releases that it rests on.
const PROGRAM: &str =
    concat!("Catchment ", env!("CARGO_PKG_VERSION"), " (", env!("CATCHMENT_COMMIT"), ")");

/// Today, for the manifest.
fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}
