//! `catchment project`: the outlook of a place with draws, years and assumptions of one's own, and every table of it as files.
//!
//! `catchment outlook` asks the question and prints the answer of the page; this runs the model and writes what indicators and
//! monitoring read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use answers::outlook::OfRun;
use anyhow::Context as _;
use clap::Args;
use evidence::{Evidence, Place};
use indicatif::{ProgressBar, ProgressStyle};
use indicators::EvaluateError;
use kit::{Caption, Exhibit};
use models::change::Change;
use models::outlook::{
    Blocks, Found, Given, Go, NoParts, NotFound, Outlook, OutlookError, Residents, Settings,
    Visible, look, look_in_parts, run, visible, while_waiting,
};
use models::parameters::Parameters;
use models::place::{Base, BaseError, Clinician};
use options::Wanted;
use options::scenario::{Premises, Resolved};
use study::{NotAhead, Study, can_be_told};

use super::figures::definition;
use super::{Common, place_of};
use crate::outcome::{Outcome as Ended, Wrong};

mod files;
mod json;
mod residents;

#[derive(Debug, Args)]
pub struct Project {
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
    /// An indicator to be told in the years to come by its own definition
    #[arg(long)]
    indicator: Option<String>,
    /// A folder for the tables, as CSV and Parquet; a run that was stopped goes on from what it kept there
    #[arg(long)]
    output: Option<PathBuf>,
}

/// A scenario ready to run.
struct Asked {
    name: String,
    /// Whom it recruits by which intervention, with the posts and money there are for them.
    wanted: Vec<(String, Wanted)>,
    /// What limits recruits and what was not checked, in words.
    limits: Vec<String>,
    /// What each intervention is in words and what it changes, in the order in which they are done.
    changes: Vec<(String, Vec<Change>)>,
}

/// Everything that is told.
struct Told {
    baseline: Found,
    scenario: Option<Compared>,
    /// The indicator that was asked for, in the years to come.
    ahead: Option<Exhibit>,
}

/// A scenario beside doing nothing.
struct Compared {
    name: String,
    found: Found,
    wanted: Vec<(String, Wanted)>,
    limits: Vec<String>,
    /// Each intervention in words, and by how many full-time GPs it moves their gap of the last year.
    moves: Vec<(String, f64)>,
    visible: Vec<Visible>,
}

impl Told {
    /// The answer that pages print too.
    fn answer(&self) -> kit::Answer {
        let scenario = self.scenario.as_ref().map(|one| answers::outlook::Compared {
            name: &one.name,
            found: &one.found,
            moves: &one.moves,
            limits: &one.limits,
            visible: &one.visible,
        });
        let captions = |id: &str, what: &str| kit::Caption {
            id: id.to_owned(),
            title: what.to_owned(),
            ..kit::Caption::default()
        };
        let mut answer = answers::outlook::answer(&self.baseline, scenario.as_ref(), &captions);
        answer.exhibits.splice(0..0, self.ahead.clone());
        answer
    }
}

impl Project {
    pub fn run(&self, common: &Common) -> anyhow::Result<Ended> {
        let study = common.study()?;
        let evidence = study.evidence();
        let place = place_of(&study, &self.place)?;
        let parameters = &assumed(self.assumptions.as_deref())?;
        let values = parameters.values(self.seed, 0);
        let base = Arc::new(Base::of(evidence, &place, &values).map_err(refused)?);
        if let Some(id) = &self.indicator {
            can_be_told(definition(study.library(), id)?, &base).map_err(not_ahead)?;
        }
        self.write_residents(&study, &place)?;
        if while_waiting(&base, &place).is_err() {
            let baseline = self.in_parts(evidence, &place, &base, parameters)?;
            let ahead = self.ahead(&study, &place, &[(None, &baseline)])?;
            return self.tell(common, &Told { baseline, scenario: None, ahead });
        }
        let asked = match self.scenario.as_deref() {
            Some(file) => Some(read(file, |resolved| {
                Ok(study.premises(&place, self.years * 12, resolved, parameters)?)
            })?),
            None => None,
        };
        let residents = Residents::of(&base, self.seed);
        let of = (&base, &residents);
        let baseline = self.look(of, parameters, &[], "doing nothing")?;
        let scenario = match asked {
            Some(asked) => Some(self.compared(of, parameters, &baseline, asked)?),
            None => None,
        };
        let mut runs = vec![(scenario.as_ref().map(|_| "do nothing"), &baseline)];
        runs.extend(scenario.as_ref().map(|one| (Some(one.name.as_str()), &one.found)));
        let ahead = self.ahead(&study, &place, &runs)?;
        self.tell(common, &Told { baseline, scenario, ahead })
    }

    /// The indicator that was asked for, as it would be and as it was published last.
    fn ahead(
        &self,
        study: &Study,
        place: &Place,
        runs: &[(Option<&str>, &Found)],
    ) -> anyhow::Result<Option<Exhibit>> {
        let Some(id) = &self.indicator else { return Ok(None) };
        let definition = definition(study.library(), id)?;
        let of_run = |(name, found): &(_, &Found)| {
            Ok(OfRun { name: *name, years: study.ahead(definition, place, found)? })
        };
        let runs: Vec<OfRun<'_>> =
            runs.iter().map(of_run).collect::<Result<_, _>>().map_err(not_ahead)?;
        let published = match study.latest(definition) {
            Ok(period) => Some(study.figure(definition, period, place)?),
            Err(_) => None,
        };
        let published = published
            .as_ref()
            .and_then(|(evaluation, row)| Some((evaluation, row.as_ref()?.value()?)));
        let title = format!("{}, {}", definition.name, place.name);
        let caption = Caption { id: "ahead".to_owned(), title, ..Caption::default() };
        Ok(Some(answers::outlook::ahead(definition, published, &runs, caption)))
    }

    /// Writes who lives in the place, now and at the end; where that cannot be told it says why.
    fn write_residents(&self, study: &Study, place: &Place) -> anyhow::Result<()> {
        let Some(folder) = &self.output else { return Ok(()) };
        let years = i16::try_from(self.years)?;
        match models::population::residents(
            study.evidence(),
            place,
            &*study.affiliations()?,
            years,
        )? {
            Ok(found) => {
                std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
                let path = folder.join("residents.csv");
                residents::write(&path, &found).with_context(|| path.display().to_string())
            }
            Err(why) => {
                eprintln!("no residents.csv: {}", why.in_words());
                Ok(())
            }
        }
    }

    fn tell(&self, common: &Common, told: &Told) -> anyhow::Result<Ended> {
        if let Some(folder) = &self.output {
            files::write(folder, told)?;
        }
        if common.json {
            say!("{:#}", json::of(told));
        } else {
            terminal::say_answer(&told.answer(), "What stands in where nothing is published");
        }
        Ok(Ended::Done)
    }

    fn compared(
        &self,
        (base, residents): Of<'_>,
        parameters: &Parameters,
        baseline: &Found,
        asked: Asked,
    ) -> anyhow::Result<Compared> {
        let mut moves = Vec::new();
        let mut changes: Vec<Change> = Vec::new();
        let mut before: Option<Outlook> = None;
        for (words, more) in asked.changes {
            changes.extend(more);
            let name = format!("{}, intervention {}", asked.name, moves.len() + 1);
            let after = self.watched(&name, |settings, kept, progress| {
                let place = (&**base, residents);
                Ok(run(place, parameters, &changes, settings, kept, progress)?)
            })?;
            moves.push((words, moved(before.as_ref().unwrap_or(&baseline.outlook), &after)));
            before = Some(after);
        }
        let found = self.look((base, residents), parameters, &changes, &asked.name)?;
        let values = parameters.values(self.seed, 0);
        let visible = visible(&baseline.outlook, &found.outlook, &values);
        Ok(Compared {
            name: asked.name,
            found,
            wanted: asked.wanted,
            limits: asked.limits,
            moves,
            visible,
        })
    }

    /// A place of more practices than any board, board by board.
    fn in_parts(
        &self,
        evidence: &Evidence,
        place: &Place,
        base: &Arc<Base>,
        parameters: &Parameters,
    ) -> anyhow::Result<Found> {
        if self.scenario.is_some() {
            return Err(Wrong(NoParts::Scenario.to_string()).into());
        }
        self.watched(&place.name, |settings, kept, progress| {
            let given = Given { parameters, changes: &[], settings };
            look_in_parts((evidence, place), base.clone(), given, kept, progress)
        })
    }

    fn look(
        &self,
        (base, residents): Of<'_>,
        parameters: &Parameters,
        changes: &[Change],
        name: &str,
    ) -> anyhow::Result<Found> {
        self.watched(name, |settings, kept, progress| {
            let given = Given { parameters, changes, settings };
            look(base.clone(), residents, given, kept, progress)
        })
    }

    /// Does something over the draws, with a bar that says how far it is.
    fn watched<T>(
        &self,
        name: &str,
        work: impl FnOnce(Settings, &dyn Blocks, &dyn Fn(u32) -> Go) -> Result<T, NotFound>,
    ) -> anyhow::Result<T> {
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
        let found = work(settings, &kept, &progress);
        bar.finish_and_clear();
        found.map_err(|error| match error {
            NotFound::Outlook(OutlookError::Problems(problems)) => {
                Wrong(problems.join("\n")).into()
            }
            other => other.into(),
        })
    }
}

/// A place in its base year and its people.
type Of<'a> = (&'a Arc<Base>, &'a Residents);

/// Mean difference of the gap of GPs in the last year, in those of the first run.
fn moved(before: &Outlook, after: &Outlook) -> f64 {
    let (gp, last) = (Clinician::Gp, before.settings.years as usize);
    let pairs = before.draws.iter().zip(&after.draws);
    let moves = pairs.map(|(one, other)| {
        (other.gap(gp, last) - one.gap(gp, last)) as f64 / one.full_time[gp as usize]
    });
    moves.sum::<f64>() / before.draws.len().max(1) as f64
}

/// The built-in parameters, or with those of a file in their place.
fn assumed(file: Option<&Path>) -> anyhow::Result<Parameters> {
    let Some(path) = file else { return Ok(Parameters::embedded().clone()) };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Wrong(format!("{name}: {error}")))?;
    Parameters::embedded().edited(&name, &text).map_err(|problems| {
        let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Wrong(words.join("\n")).into()
    })
}

fn not_ahead(why: NotAhead) -> anyhow::Error {
    match why {
        NotAhead::Evaluate(EvaluateError::Evidence(error)) => error.into(),
        why => Wrong(why.to_string()).into(),
    }
}

fn refused(error: BaseError) -> anyhow::Error {
    match error {
        BaseError::Nobody { .. } => Wrong(error.to_string()).into(),
        other @ BaseError::Evidence(_) => other.into(),
    }
}

/// Reads a scenario and its parents beside it, and makes the checks of `scenario check`.
fn read(
    file: &Path,
    premises: impl FnOnce(&Resolved<'_>) -> anyhow::Result<Premises>,
) -> anyhow::Result<Asked> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let key = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let scenarios = super::scenario::of_folder(folder.unwrap_or_else(|| Path::new(".")), &key)?;
    let resolved = scenarios.resolve(&key).map_err(|problem| Wrong(problem.to_string()))?;
    let premises = premises(&resolved)?;
    super::scenario::must_fit(&resolved, &premises)?;
    Ok(Asked {
        limits: resolved.limits_in_words(Some(&premises)),
        name: resolved.scenario.name.clone(),
        wanted: resolved.wanted(),
        changes: resolved.each(),
    })
}
