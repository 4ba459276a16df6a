//! `catchment demo`: the invented port city of Harbourton, inside an invented England, through the same door as a real place.

use std::fs;
use std::path::{Path, PathBuf};

use ::synth::Settings;
use clap::Args;

use super::import::read;
use super::serve::{Listen, serve};
use super::{Common, synth};
use crate::outcome::Outcome;

/// The ICB that Harbourton lies in, the place of the home page.
const HOME: &str = "QZ0";

macro_rules! scenarios {
    ($($key:literal)*) => {
        [$(($key, include_str!(concat!("../../../../examples/harbourton/scenarios/", $key, ".toml"))),)*]
    };
}

/// Scenarios for Harbourton to begin with.
const SCENARIOS: [(&str, &str); 5] = scenarios! {
    "close-one-practice"
    "grow-our-own"
    "posts-and-triage"
    "recruits-and-posts"
    "thirty-recruits"
};

#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the generated files and the evidence
    #[arg(long, default_value = "catchment-demo")]
    folder: PathBuf,
    #[command(flatten)]
    listen: Listen,
}

impl Demo {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let common = Common { store: self.folder.join("store"), json: common.json, places: None };
        let stamp = self.folder.join("made-by");
        let program = fingerprint()?;
        if fs::read_to_string(&stamp).is_ok_and(|made_by| made_by == program) {
            say!("Harbourton is here already, in {}", self.folder.display());
        } else {
            self.make(&common)?;
            fs::write(stamp, program)?;
        }
        let scenarios = SCENARIOS.map(|(key, text)| (key.to_owned(), text.to_owned()));
        serve(&common, HOME, scenarios.into(), &self.listen)
    }

    fn make(&self, common: &Common) -> anyhow::Result<()> {
        let files = self.folder.join("files");
        clear(&files)?;
        clear(&common.store)?;
        let (count, bytes) = synth::write(&Settings::harbourton_in_england(), &files)?;
        say!(
            "invented Harbourton, and an England around it: {count} files in the publishers' formats, {:.1} MB",
            bytes as f64 / 1e6
        );
        let report = read(common, &[files], true, false)?;
        let rows: u64 = report.releases.iter().map(|release| release.rows_kept).sum();
        say!("imported {} files, {rows} rows kept", report.releases.len());
        Ok(())
    }
}

fn clear(folder: &Path) -> std::io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// Tells this build of the program from others, so that its example is made anew after a change.
fn fingerprint() -> anyhow::Result<String> {
    let about = fs::metadata(std::env::current_exe()?)?;
    Ok(format!("{} {:?}", about.len(), about.modified()?))
}
