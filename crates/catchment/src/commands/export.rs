//! `catchment export`: the figures of every indicator as files, with where they come from.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use evidence::{Evidence, Place};
use indicators::{Definition, EvaluateError, Evaluation, evaluate_all, latest_period, prepare};
use kit::table::Workbook;
use kit::table::to_csv;
use vocab::{Level, Period};

use super::figures::{COUNCILS, definition, no_level};
use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Export {
    /// The folder to write into
    folder: PathBuf,
    /// Only these indicators; all that have figures when not given
    #[arg(long)]
    indicator: Vec<String>,
    /// `practice`, `network`, `sub_icb`, `icb`, `region`, `england` or `local_authority`, by where practices stand
    #[arg(long, default_value = "practice")]
    level: String,
    /// The latest period of each indicator that begins by the end of this one
    #[arg(long)]
    by: Option<Period>,
    /// Only organisations of this place, compared with it
    #[arg(long)]
    place: Option<String>,
    /// csv or xlsx
    #[arg(long, default_value = "csv")]
    format: String,
}

impl Export {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let evidence = study.evidence();
        let library = study.library();
        if !matches!(self.format.as_str(), "csv" | "xlsx") {
            return Err(
                Wrong(format!("`{}` is no format: expected csv or xlsx", self.format)).into()
            );
        }
        let place = self.place.as_deref().map(|key| place_of(&study, key)).transpose()?;
        let definitions: Vec<&Definition> = if self.indicator.is_empty() {
            library.all()
        } else {
            self.indicator
                .iter()
                .map(|id| definition(library, id))
                .collect::<anyhow::Result<_>>()?
        };
        let found = self.evaluations(evidence, &definitions, place.as_ref())?;
        fs::create_dir_all(&self.folder).with_context(|| self.folder.display().to_string())?;
        let (mut written, mut without) = (Vec::new(), Vec::new());
        for (definition, found) in definitions.iter().zip(&found) {
            match found {
                Ok(found) => written.push(self.write(definition, found)?),
                Err(error) => without.push(error.to_string()),
            }
        }
        let provenance = serde_json::to_vec_pretty(&written)?;
        fs::write(self.folder.join("provenance.json"), provenance)?;
        say!("{} indicators in {}", written.len(), self.folder.display());
        for reason in without {
            say!("  no figures: {reason}");
        }
        Ok(Outcome::Done)
    }

    /// The indicators at the level that was asked for.
    fn evaluations(
        &self,
        evidence: &Evidence,
        definitions: &[&Definition],
        place: Option<&Place>,
    ) -> anyhow::Result<Vec<Result<Evaluation, EvaluateError>>> {
        if self.level == COUNCILS {
            let of = |definition: &&Definition| {
                let period = latest_period(evidence, definition, self.by)?;
                prepare(evidence, definition, period)?.councils(place)
            };
            return Ok(definitions.iter().map(of).collect());
        }
        let level = Level::parse(&self.level).ok_or_else(|| no_level(&self.level))?;
        Ok(evaluate_all(evidence, definitions, self.by, level, place))
    }

    /// Writes one indicator; gives what is needed to find its origin again.
    fn write(
        &self,
        definition: &Definition,
        found: &Evaluation,
    ) -> anyhow::Result<serde_json::Value> {
        let source = found.provenance.releases.join(", ");
        let caption = answers::findings::caption(definition, found, "compare", &source, "");
        let table = answers::findings::compare_table(definition, found, caption);
        let file = format!("{}.{}", definition.id, self.format);
        let bytes = if self.format == "csv" {
            to_csv(&table)
        } else {
            let about = vec![definition.meaning.clone(), format!("Releases: {source}")];
            Workbook { title: definition.name.clone(), about, tables: vec![table] }.to_bytes()?
        };
        fs::write(self.folder.join(&file), bytes)?;
        Ok(serde_json::json!({
            "file": file, "indicator": definition.id, "period": found.period.to_string(),
            "denominator_period": found.denominator_period.to_string(), "level": found.level.as_str(),
            "releases": found.provenance.releases, "method": found.provenance.method, "program": super::PROGRAM,
        }))
    }
}
