//! `catchment check`: files without keeping anything, or the store against its own fingerprints and joins.

use std::path::PathBuf;

use clap::Args;
use evidence::{Join, JoinReport};

use super::Common;
use super::import::{print, read};
use crate::outcome::Outcome;

#[derive(Debug, Args)]
pub struct Check {
    /// Files, folders and archives; none checks the store
    paths: Vec<PathBuf>,
    /// Where to write the list of problems
    #[arg(long, default_value = "problems.csv")]
    problems: PathBuf,
}

impl Check {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        if self.paths.is_empty() {
            return check_store(common);
        }
        let report = read(common, &self.paths, true, true)?;
        if !report.problems.is_empty() {
            std::fs::write(&self.problems, report.problems_csv())?;
        }
        print(common, &report, &self.problems.display().to_string())
    }
}

fn check_store(common: &Common) -> anyhow::Result<Outcome> {
    let damaged = common.store().verify()?;
    let evidence = common.evidence()?;
    let joins = Join::reports(&evidence)?;
    if common.json {
        let answer = serde_json::json!({
            "damaged": damaged.iter().map(|(part, reason)| serde_json::json!({ "path": part.path, "reason": reason })).collect::<Vec<_>>(),
            "joins": joins.iter().map(join_json).collect::<Vec<_>>(),
        });
        say!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        for (part, reason) in &damaged {
            say!("damaged: {}: {reason}", part.path);
        }
        let parts: usize =
            evidence.manifest().releases.iter().map(|release| release.parts.len()).sum();
        say!("{} of {parts} table files are as they were written\n", parts - damaged.len());
        for join in &joins {
            print_join(join);
        }
    }
    Ok(if damaged.is_empty() { Outcome::Done } else { Outcome::Problems })
}

fn join_json(join: &JoinReport) -> serde_json::Value {
    serde_json::json!({
        "table": join.table,
        "period": join.period.to_string(),
        "list_period": join.list_period.to_string(),
        "matched": join.matched,
        "only_in_list": join.only_in_list,
        "only_in_table": join.only_in_table,
        "patients_covered": join.patients_covered,
        "patients": join.patients,
    })
}

fn print_join(join: &JoinReport) {
    let share = 100.0 * join.patients_covered / join.patients.max(1.0);
    say!(
        "{} {} with lists of {}: {} practices in both, covering {share:.1}% of patients; {} have a list only",
        join.table,
        join.period,
        join.list_period,
        join.matched,
        join.only_in_list.len()
    );
    for (reason, practices) in &join.only_in_table {
        let some: Vec<_> = practices.iter().take(5).map(String::as_str).collect();
        say!("    {} without a list: {reason} ({} …)", practices.len(), some.join(", "));
    }
}
