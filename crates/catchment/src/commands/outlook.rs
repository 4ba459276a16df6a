//! `catchment outlook`: need, capacity and the gap of a place over the next years, with ranges, reasons and what moves them.

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use models::change::Change;
use models::outlook::{
    Go, Influence, Outlook, OutlookError, Ranking, Residents, Settings, Visible, run, sensitivity,
    visible,
};
use models::parameters::Parameters;
use models::place::{Base, BaseError};
use options::scenario::Premises;

use super::Common;
use crate::outcome::{Outcome as Ended, Wrong};

mod files;
mod json;
mod words;

#[derive(Debug, Args)]
pub struct ShowOutlook {
    /// A code, codes joined by `+`, or a named place
    place: String,
    /// The file of a scenario, to be set against doing nothing; its parents lie beside it
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Years ahead
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=20))]
    years: u32,
    /// Draws; the first takes the middle value of every parameter
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=4096))]
    draws: u32,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 2025)]
    seed: u64,
    /// A file of assumptions to take in place of the built-in ones: of each `[name]` its `value` and the `reason`
    #[arg(long)]
    assumptions: Option<PathBuf>,
    /// A folder for the tables, as CSV and Parquet; a run that was stopped goes on from what it kept there
    #[arg(long)]
    output: Option<PathBuf>,
}

/// A scenario ready to run.
struct Asked {
    name: String,
    in_words: Vec<String>,
    /// What each intervention changes, in order.
    changes: Vec<Vec<Change>>,
}

/// Everything that is told.
struct Told {
    base: Base,
    residents: Residents,
    baseline: Outlook,
    influences: Vec<Influence>,
    rankings: Vec<Ranking>,
    scenario: Option<Compared>,
}

/// A scenario beside doing nothing.
struct Compared {
    asked: Asked,
    outlook: Outlook,
    /// Mean minutes a year by which each intervention moves the gap, by year from the base year on.
    moves: Vec<Vec<f64>>,
    visible: Vec<Visible>,
}

impl ShowOutlook {
    pub fn run(&self, common: &Common) -> anyhow::Result<Ended> {
        let evidence = common.evidence()?;
        let place = common.place(&evidence, &self.place)?;
        let parameters = &assumed(self.assumptions.as_deref())?;
        let base =
            Base::of(&evidence, &place, &parameters.values(self.seed, 0)).map_err(refused)?;
        let premises = super::scenario::premises(&evidence, &place, self.years * 12)?;
        let asked = self.scenario.as_deref().map(|file| read(file, &premises)).transpose()?;
        let residents = Residents::of(&base, self.seed);
        let place = (&base, &residents);
        let baseline = self.outlook(place, parameters, &[], "doing nothing")?;
        let influences = sensitivity(&baseline, place, parameters, &[])?;
        let scenario = match asked {
            Some(asked) => Some(self.compared(place, parameters, &baseline, asked)?),
            None => None,
        };
        let rankings = residents.rankings()?;
        let told = Told { base, residents, baseline, influences, rankings, scenario };
        if let Some(folder) = &self.output {
            files::write(folder, &told)?;
        }
        if common.json {
            say!("{:#}", json::of(&told));
        } else {
            words::say(&told);
        }
        Ok(Ended::Done)
    }

    fn compared(
        &self,
        place: (&Base, &Residents),
        parameters: &Parameters,
        baseline: &Outlook,
        asked: Asked,
    ) -> anyhow::Result<Compared> {
        let mut moves = Vec::new();
        let mut changes: Vec<Change> = Vec::new();
        let mut before = baseline.clone();
        for (number, more) in asked.changes.iter().enumerate() {
            changes.extend(more.iter().cloned());
            let name = format!("{}, intervention {}", asked.name, number + 1);
            let after = self.outlook(place, parameters, &changes, &name)?;
            moves.push(moved(&before, &after));
            before = after;
        }
        let visible = visible(baseline, &before, &parameters.values(self.seed, 0))?;
        Ok(Compared { asked, outlook: before, moves, visible })
    }

    fn outlook(
        &self,
        place: (&Base, &Residents),
        parameters: &Parameters,
        changes: &[Change],
        name: &str,
    ) -> anyhow::Result<Outlook> {
        let settings = Settings { years: self.years, draws: self.draws, seed: self.seed };
        let bar = ProgressBar::new(u64::from(self.draws));
        let template = "{msg} {bar:30} {pos} of {len} draws, {eta} left";
        bar.set_style(ProgressStyle::with_template(template)?);
        bar.set_message(name.to_owned());
        let progress = |done: u32| {
            bar.set_position(u64::from(done));
            Go::On
        };
        let kept = files::Kept(self.output.as_ref().map(|folder| folder.join("blocks")));
        let found = run(place, parameters, changes, settings, &kept, &progress);
        bar.finish_and_clear();
        found.map_err(|error| match error {
            OutlookError::Problems(problems) => Wrong(problems.join("\n")).into(),
            other => other.into(),
        })
    }
}

/// Mean difference of the gap by year.
fn moved(before: &Outlook, after: &Outlook) -> Vec<f64> {
    let years = 0..=before.settings.years as usize;
    years
        .map(|year| {
            let pairs = before.draws.iter().zip(&after.draws);
            let sum: i64 = pairs.map(|(before, after)| after.gap(year) - before.gap(year)).sum();
            sum as f64 / before.draws.len().max(1) as f64
        })
        .collect()
}

/// The built-in parameters, or with those of a file in their place.
pub(super) fn assumed(file: Option<&Path>) -> anyhow::Result<Parameters> {
    let Some(path) = file else { return Ok(Parameters::embedded().clone()) };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Wrong(format!("{name}: {error}")))?;
    Parameters::embedded().edited(&name, &text).map_err(|problems| {
        let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Wrong(words.join("\n")).into()
    })
}

pub(super) fn refused(error: BaseError) -> anyhow::Error {
    match error {
        BaseError::Nobody { .. } => Wrong(error.to_string()).into(),
        other => other.into(),
    }
}

/// Reads a scenario and its parents beside it, and makes the checks of `scenario check`.
fn read(file: &Path, premises: &Premises) -> anyhow::Result<Asked> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let key = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let scenarios = super::scenario::of_folder(folder.unwrap_or_else(|| Path::new(".")), &key)?;
    let resolved = scenarios.resolve(&key).map_err(|problem| Wrong(problem.to_string()))?;
    super::scenario::must_fit(&resolved, premises)?;
    Ok(Asked {
        name: resolved.scenario.name.clone(),
        in_words: resolved.in_words(),
        changes: resolved
            .interventions
            .iter()
            .map(|(_, _, dated)| dated.what.changes(dated.from))
            .collect(),
    })
}
