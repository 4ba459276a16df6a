//! `catchment synth`: an invented place as files in the publishers' own formats.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use synth::{Settings, Sink, generate};

use super::Common;
use crate::outcome::Outcome;

#[derive(Debug, Args)]
pub struct Synth {
    /// The folder to write into
    folder: PathBuf,
    /// Registered people of a country in England's proportions; without it the port city of Harbourton
    #[arg(long)]
    people: Option<u64>,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 2025)]
    seed: u64,
}

impl Synth {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let settings = match self.people {
            Some(people) => Settings::country(self.seed, people),
            None => Settings { seed: self.seed, ..Settings::harbourton() },
        };
        let (files, bytes) = write(&settings, &self.folder)?;
        let folder = self.folder.display().to_string();
        if common.json {
            say!("{}", serde_json::json!({ "folder": folder, "files": files, "bytes": bytes }));
        } else {
            say!("{files} files, {:.1} MB, in {folder}", bytes as f64 / 1e6);
            say!("an invented place: no name, code or figure in it belongs to a real one");
        }
        Ok(Outcome::Done)
    }
}

/// Writes a place into a folder with a progress bar; gives the number of files and their bytes.
pub fn write(settings: &Settings, folder: &Path) -> anyhow::Result<(usize, u64)> {
    let bar = ProgressBar::new(0);
    let template = "inventing {bar:30} {pos} of {len} files, {eta} left  {wide_msg}";
    bar.set_style(ProgressStyle::with_template(template)?);
    let mut sink = Folder { root: folder.to_owned(), files: 0, bytes: 0 };
    generate(settings, &mut sink, &|file, done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
        bar.set_message(file.to_owned());
    })?;
    bar.finish_and_clear();
    Ok((sink.files, sink.bytes))
}

/// Files under a folder, each appearing under its name only when it is whole.
struct Folder {
    root: PathBuf,
    files: usize,
    bytes: u64,
}

impl Sink for Folder {
    fn file(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let partial = path.with_extension("part");
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&partial)?);
        write(&mut out)?;
        out.flush()?;
        self.bytes += fs::metadata(&partial)?.len();
        self.files += 1;
        fs::rename(partial, path)
    }
}
