//! `catchment claim`: a sentence of the minutes, read.

use std::fs;
use std::path::{Path, PathBuf};

use answers::claims::Readings;
use answers::claims::spoken::{self, Spoken};
use answers::{Context, Refusal};
use clap::Args;

use crate::ask::NotTold;

/// A sentence or a sheet of sentences to read.
#[derive(Debug, Args)]
pub struct Claim {
    /// The sentence; without it the claims that can be read are listed
    sentence: Option<String>,
    /// The place that the sentence speaks of when it names none; everything imported when not given
    #[arg(long)]
    place: Option<String>,
    /// A sheet of claims or plain minutes: a file, or the name of an example sheet
    #[arg(long, conflicts_with = "sentence")]
    sheet: Option<String>,
    /// Write the sentences that could be read as a sheet of claims
    #[arg(long, requires = "sheet")]
    save: Option<PathBuf>,
}

impl Claim {
    /// Prints what became of it; whether it was read. The evidence is opened only where something is to be read.
    ///
    /// # Errors
    /// Why nothing was printed.
    pub fn run<E: From<NotTold>>(
        &self,
        context: impl FnOnce() -> Result<Context, E>,
        json: bool,
    ) -> Result<bool, E> {
        let place = self.place.as_deref();
        let found = match (&self.sentence, &self.sheet) {
            (None, None) => spoken::kinds(),
            (Some(sentence), _) => spoken::sentence(&Readings::new(context()?), sentence, place)
                .map_err(NotTold::Refused)?,
            (None, Some(name)) => {
                let text = sheet(name)?;
                spoken::minutes(&Readings::new(context()?), &text, place)
                    .map_err(NotTold::Refused)?
            }
        };
        self.tell(&found, json)?;
        Ok(found.is_read)
    }

    fn tell(&self, found: &Spoken, json: bool) -> Result<(), NotTold> {
        if json {
            say!("{:#}", found.json);
        } else {
            say!("{}", found.words.trim_end());
        }
        let Some((path, sheet)) = self.save.as_ref().zip(found.sheet.as_ref()) else {
            return Ok(());
        };
        fs::write(path, sheet).map_err(|error| NotTold::File { path: path.clone(), error })
    }
}

/// The name of an example sheet as it is, or the text of a file.
fn sheet(name: &str) -> Result<String, NotTold> {
    if spoken::is_example(name) {
        return Ok(name.to_owned());
    }
    fs::read_to_string(name).map_err(|error| {
        if Path::new(name).exists() {
            return NotTold::File { path: name.into(), error };
        }
        let expected = format!(
            "a file of sentences, or one of the example sheets {}",
            spoken::examples().join(", ")
        );
        NotTold::Refused(Refusal::bad_choice("sheet", name, &expected))
    })
}
