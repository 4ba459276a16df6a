//! `catchment fetch`: the current release of a publication from its publisher.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use sources::fetch::{FetchError, Options, fetch};

use super::{Common, today};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Fetch {
    /// The dataset; none lists those that can be fetched
    source: Option<String>,
    /// The folder to download into
    #[arg(long, default_value = "downloads")]
    folder: PathBuf,
    /// Part of the edition's name, such as november-2025; the newest when not given
    #[arg(long)]
    edition: Option<String>,
    /// Refuse files larger than this
    #[arg(long, default_value_t = 4 << 30)]
    most_bytes: u64,
}

impl Fetch {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let Some(source) = &self.source else {
            for publication in sources::fetch::ALL {
                let title =
                    sources::registry::find(publication.source).map_or("", |known| known.title);
                say!("{:<28} {title}", publication.source);
            }
            return Ok(Outcome::Done);
        };
        let bar = ProgressBar::new(0);
        let template = "fetching {bar:30} {bytes} of {total_bytes}, {eta} left  {wide_msg}";
        bar.set_style(ProgressStyle::with_template(template)?);
        let progress = |file: &str, done: u64, total: Option<u64>| {
            bar.set_length(total.unwrap_or(done));
            bar.set_position(done);
            bar.set_message(file.to_owned());
        };
        let options = Options {
            folder: self.folder.clone(),
            edition: self.edition.clone(),
            base: None,
            today: today(),
            most_bytes: self.most_bytes,
            attempts: 5,
            wait: &wait,
            progress: &progress,
        };
        let found = fetch(source, &options);
        bar.finish_and_clear();
        let fetched = found.map_err(|error| match error {
            FetchError::Unknown(_) => anyhow::Error::new(Wrong(error.to_string())),
            other => anyhow::Error::new(std::io::Error::other(other.to_string())),
        })?;
        for file in fetched {
            if common.json {
                say!("{}", serde_json::to_string(&file.provenance)?);
            } else {
                say!(
                    "{}  {} bytes from {}",
                    file.path.display(),
                    file.provenance.bytes,
                    file.provenance.url
                );
            }
        }
        Ok(Outcome::Done)
    }
}

/// Waits as long as a publisher asked for.
#[expect(clippy::disallowed_methods, reason = "a publisher who asks to wait is waited for")]
fn wait(time: Duration) {
    std::thread::sleep(time);
}
