//! `catchment ask`: any question about a place, with the answer of its page.

use std::path::{Path, PathBuf};
use std::time::Duration;

use answers::questions::{ALL, question};
use answers::refusal::Why;
use answers::{Asked, Choices, Context, Question, Refusal};
use anyhow::Context as _;
use clap::Args;
use evidence::Place;
use kit::table::to_csv;
use kit::{Answer, Exhibit};

use super::{Common, PROGRAM, answer};
use crate::outcome::{Outcome, Wrong};

/// How often a run is asked how far it is.
const PAUSE: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
#[command(after_help = after_help())]
pub struct Ask {
    /// The question, by its word
    question: String,
    /// A code, codes joined by `+`, or a named place
    place: String,
    /// What is chosen, as `name=value`; again for more. A value of `@FILE` is what the file holds
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    choose: Vec<(String, String)>,
    /// Write every table as CSV and every picture as SVG into this folder
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// The questions with what may be chosen, for the help.
fn after_help() -> String {
    let choice = |(name, what): &(&str, &str)| format!("\n      {name}=…  {what}");
    let line = |one: &&Question| {
        let choices: String = one.choices.iter().map(choice).collect();
        format!("  {:<12}{}{choices}", one.word, one.asks)
    };
    format!("Questions:\n{}", ALL.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    let value = match value.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?,
        None => value.to_owned(),
    };
    Ok((name.to_owned(), value))
}

impl Ask {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let asked_for = self.known()?;
        let context = Context::new(common.study()?, "", Vec::new(), PROGRAM).map_err(wrong)?;
        let choices = Choices::of(self.choose.clone());
        let place = asked_for.place(&context, Some(&self.place), &choices).map_err(wrong)?;
        let found =
            finished(asked_for, &Asked { context: &context, place: &place, choices: &choices })?;
        if let Some(folder) = &self.output {
            write(folder, &found.exhibits)?;
        }
        if common.json {
            say!("{:#}", answers::json::of(&found, &place));
        } else {
            say(&found, &place);
        }
        Ok(if found.refused.is_some() { Outcome::Problems } else { Outcome::Done })
    }

    /// The question that is meant; its choices are those that it knows.
    fn known(&self) -> anyhow::Result<&'static Question> {
        let words = || ALL.iter().map(|one| one.word).collect::<Vec<_>>().join(", ");
        let found = question(&self.question).ok_or_else(|| {
            Wrong(format!("`{}` is no question; there are {}", self.question, words()))
        })?;
        let unknown = self.choose.iter().map(|(name, _)| name).find(|name| !found.knows(name));
        if let Some(name) = unknown {
            let known: Vec<&str> = found.choices.iter().map(|(name, _)| *name).collect();
            let there = if known.is_empty() {
                "nothing may be chosen".to_owned()
            } else {
                format!("there are {}", known.join(", "))
            };
            return Err(Wrong(format!("`{name}` is no choice of `{}`; {there}", found.word)).into());
        }
        let again = |at: usize, name: &str| self.choose[..at].iter().any(|(one, _)| one == name);
        let twice = self.choose.iter().enumerate().find(|(at, (name, _))| again(*at, name));
        if let Some((_, (name, _))) = twice {
            return Err(Wrong(format!("`{name}` is chosen twice; leave one out")).into());
        }
        Ok(found)
    }
}

/// The answer once nothing of it is still being worked out; how far it is stands on the standard error.
fn finished(question: &Question, asked: &Asked<'_>) -> anyhow::Result<Answer> {
    let mut told = None;
    loop {
        let found = question.of(asked).map_err(wrong)?;
        let Some(working) = found.working else { return Ok(found) };
        if told != Some(working.done) {
            eprintln!(
                "{} being worked out: {} of {} draws",
                working.what, working.done, working.of
            );
            told = Some(working.done);
        }
        std::thread::park_timeout(PAUSE);
    }
}

fn say(found: &Answer, place: &Place) {
    say!("{}: {}", place.name, found.question);
    if let Some(why) = &found.refused {
        say!("{why}");
    }
    answer::say(found, "What is not in these figures");
}

/// Writes the files of exhibits; the folder is made where it is not there.
fn write(folder: &Path, exhibits: &[Exhibit]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for exhibit in exhibits {
        let csv = to_csv(&exhibit.to_table());
        let svg = exhibit.to_svg().map(String::into_bytes);
        for (ending, bytes) in [("csv", Some(csv)), ("svg", svg)] {
            let Some(bytes) = bytes else { continue };
            let path = folder.join(format!("{}.{ending}", exhibit.id));
            std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// A refusal as this program ends with it.
#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn wrong(refusal: Refusal) -> anyhow::Error {
    let mut said = vec![refusal.to_string()];
    said.extend(refusal.links.iter().map(|(_, words)| format!("  {words}")));
    match refusal.kind {
        Why::Fault | Why::Busy => anyhow::anyhow!(said.join("\n")),
        Why::Missing | Why::Several | Why::Choice => Wrong(said.join("\n")).into(),
    }
}
