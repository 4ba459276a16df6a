//! A question as a command: `catchment reach QZ0 --service weekend`.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use answers::questions::{ALL, question};
use answers::refusal::Why;
use answers::{Asked, Choices, Context, Place, Question, Refusal};
use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgMatches, Command, FromArgMatches, Subcommand, value_parser};
use kit::table::to_csv;
use kit::{Answer, Exhibit};

/// How often a run is asked how far it is.
const PAUSE: Duration = Duration::from_millis(200);

/// The options that every question has beside its own.
const PLACE: &str = "PLACE";
const OUTPUT: &str = "output";

/// A question that somebody asks at the terminal.
#[derive(Debug)]
pub struct Ask {
    question: &'static Question,
    place: Option<String>,
    choices: Vec<(String, String)>,
    output: Option<PathBuf>,
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum NotTold {
    /// The question has no answer as it was asked.
    #[error("{}", in_words(.0))]
    Refused(Refusal),
    /// A file or folder that was named.
    #[error("{}: {error}", path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says of it.
        #[source]
        error: io::Error,
    },
}

impl NotTold {
    /// Whether whoever asked can mend it: by another choice, place or question.
    #[must_use]
    pub const fn is_of_who_asks(&self) -> bool {
        match self {
            Self::Refused(refusal) => !matches!(refusal.kind, Why::Fault | Why::Busy),
            Self::File { .. } => true,
        }
    }
}

/// A refusal with the places of which one may have been meant.
fn in_words(refusal: &Refusal) -> String {
    let links = refusal.links.iter().map(|(_, words)| format!("\n  {words}"));
    std::iter::once(refusal.to_string()).chain(links).collect()
}

impl Ask {
    /// Prints the answer; whether there was one.
    ///
    /// # Errors
    /// Why nothing was printed.
    pub fn run(&self, context: &Context, json: bool) -> Result<bool, NotTold> {
        let choices = Choices::of(self.choices()?);
        let key = self.place.as_deref();
        let place = self.question.place(context, key, &choices).map_err(NotTold::Refused)?;
        let asked = Asked { context, place: &place, choices: &choices };
        let found = finished(self.question, &asked).map_err(NotTold::Refused)?;
        if let Some(folder) = &self.output {
            write(folder, &found.exhibits)?;
        }
        if json {
            say!("{:#}", answers::json::of(&found, &place));
        } else {
            say(&found, &place);
        }
        Ok(found.refused.is_none())
    }

    /// What was chosen; a value of `@FILE` is what the file holds.
    fn choices(&self) -> Result<Vec<(String, String)>, NotTold> {
        let value = |(name, value): &(String, String)| {
            let text = match value.strip_prefix('@').map(PathBuf::from) {
                None => value.clone(),
                Some(path) => {
                    std::fs::read_to_string(&path).map_err(|error| NotTold::File { path, error })?
                }
            };
            Ok((name.clone(), text))
        };
        self.choices.iter().map(value).collect()
    }
}

/// The command of a question.
fn command(question: &'static Question) -> Command {
    let place = Arg::new(PLACE).help(
        "A code, a name, codes joined by `+`, or a named place; everything imported when not given",
    );
    let output = Arg::new(OUTPUT)
        .long(OUTPUT)
        .value_name("FOLDER")
        .value_parser(value_parser!(PathBuf))
        .help("Write every table as CSV and every picture as SVG into this folder");
    let choice = |(name, what): &(&'static str, &'static str)| {
        let heard = NonEmptyStringValueParser::new();
        let arg = Arg::new(*name).long(*name).value_name("VALUE").value_parser(heard);
        arg.help(format!("{what}; `@FILE` takes what a file holds"))
    };
    Command::new(question.word)
        .about(question.asks)
        .arg(place)
        .args(question.choices.iter().map(choice))
        .arg(output)
}

impl Subcommand for Ask {
    fn augment_subcommands(parent: Command) -> Command {
        ALL.iter().fold(parent, |parent, question| parent.subcommand(command(question)))
    }

    fn augment_subcommands_for_update(parent: Command) -> Command {
        Self::augment_subcommands(parent)
    }

    fn has_subcommand(name: &str) -> bool {
        question(name).is_some()
    }
}

impl FromArgMatches for Ask {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let unknown = || clap::Error::new(clap::error::ErrorKind::InvalidSubcommand);
        let (word, given) = matches.subcommand().ok_or_else(unknown)?;
        let question = question(word).ok_or_else(unknown)?;
        let text = |name: &str| given.get_one::<String>(name).cloned();
        let chosen = |(name, _): &(&str, &str)| Some(((*name).to_owned(), text(name)?));
        Ok(Self {
            question,
            place: text(PLACE),
            choices: question.choices.iter().filter_map(chosen).collect(),
            output: given.get_one::<PathBuf>(OUTPUT).cloned(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The answer once nothing of it is still being worked out; how far it is stands on the standard error.
fn finished(question: &Question, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let mut told = None;
    loop {
        let found = question.of(asked)?;
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
    if found.question == place.name {
        say!("{}", place.name);
    } else {
        say!("{}: {}", place.name, found.question);
    }
    if let Some(why) = &found.refused {
        say!("{why}");
    }
    crate::answer::say(found, "What is not in these figures");
}

/// Writes the files of exhibits; the folder is made where it is not there.
fn write(folder: &Path, exhibits: &[Exhibit]) -> Result<(), NotTold> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| NotTold::File { path, error }
    };
    std::fs::create_dir_all(folder).map_err(at(folder))?;
    for exhibit in exhibits {
        let csv = to_csv(&exhibit.to_table());
        let svg = exhibit.to_svg().map(String::into_bytes);
        for (ending, bytes) in [("csv", Some(csv)), ("svg", svg)] {
            let Some(bytes) = bytes else { continue };
            let path = folder.join(format!("{}.{ending}", exhibit.id));
            std::fs::write(&path, bytes).map_err(at(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Ask, clap::Error> {
        let parent = Ask::augment_subcommands(Command::new("catchment").subcommand_required(true));
        let words = ["catchment"].iter().chain(words);
        Ask::from_arg_matches(&parent.try_get_matches_from(words)?)
    }

    #[test]
    fn every_question_is_a_command_of_its_word_that_takes_its_choices() {
        for question in ALL {
            let options =
                question.choices.iter().flat_map(|(name, _)| [format!("--{name}"), "x".to_owned()]);
            let words: Vec<String> =
                [question.word.to_owned(), "QZ0".to_owned()].into_iter().chain(options).collect();
            let asked = read(&words.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
            assert_eq!(asked.question.word, question.word);
            assert_eq!(asked.place.as_deref(), Some("QZ0"), "{}", question.word);
            assert_eq!(asked.choices.len(), question.choices.len(), "{}", question.word);
        }
    }

    #[test]
    fn what_is_no_choice_or_is_chosen_twice_is_refused_by_name() {
        let refused = |words: &[&str]| read(words).unwrap_err().to_string();
        assert!(refused(&["money", "QZ0", "--colour", "red"]).contains("--colour"));
        assert!(refused(&["reach", "QZ0", "--mode", "walk", "--mode", "drive"]).contains("--mode"));
        assert!(refused(&["rech", "QZ0"]).contains("reach"));
    }
}
