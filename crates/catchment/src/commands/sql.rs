//! `catchment sql`: the tables in SQL.

use clap::Args;

use super::Common;
use crate::outcome::Outcome;

#[derive(Debug, Args)]
pub struct Sql {
    /// The question, such as `select period, sum(patients) from list_size group by period`
    question: String,
}

impl Sql {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        common.evidence()?;
        let answer = query::ask(&common.store(), &self.question)?;
        let words = if common.json { answer.as_json()? } else { answer.as_text()? };
        say!("{}", words.trim_end());
        Ok(Outcome::Done)
    }
}
