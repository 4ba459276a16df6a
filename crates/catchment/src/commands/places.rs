//! `catchment places`: the places that have names of their own, and the key of one out of a file.

use std::path::PathBuf;

use clap::Args;

use super::Common;
use crate::outcome::Outcome;

mod own;

#[derive(Debug, Args)]
pub struct Places {
    /// A file of a place of your own: codes, names or postcodes, one a line, or the corners of an outline under the
    /// heading `longitude,latitude`; its key is what every question takes
    #[arg(long, value_name = "FILE")]
    own: Option<PathBuf>,
}

impl Places {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        if let Some(path) = &self.own {
            let key = own::key(&study, path)?;
            if common.json {
                say!("{:#}", serde_json::json!({ "key": key }));
            } else {
                say!("{key}");
            }
            return Ok(Outcome::Done);
        }
        let named = study.named_places();
        if common.json {
            let one = |place: &evidence::place::NamedPlace| serde_json::json!({ "key": place.key, "name": place.name, "members": place.members });
            say!("{:#}", named.iter().map(one).collect::<serde_json::Value>());
            return Ok(Outcome::Done);
        }
        for place in named {
            say!("{:<6} {} ({})", place.key, place.name, place.members.join(", "));
        }
        Ok(Outcome::Done)
    }
}
