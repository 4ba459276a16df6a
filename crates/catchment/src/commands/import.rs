//! `catchment import`: published files into the evidence.

use std::path::PathBuf;

use clap::Args;
use evidence::{Release, Verdict};
use indicatif::{ProgressBar, ProgressStyle};
use sources::import::{ImportReport, Progress, Request};

use super::{Common, today};
use crate::outcome::Outcome;

/// Problems shown on the screen; all of them are in the list of problems.
const SHOWN: usize = 10;

#[derive(Debug, Args)]
pub struct Import {
    /// Files, folders and archives
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Wait for another import to end instead of refusing
    #[arg(long)]
    wait: bool,
}

impl Import {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let report = read(common, &self.paths, self.wait, false)?;
        let problems = common.store.join("problems");
        let list = problems.join(format!("{:06}.csv", report.manifest.generation));
        print(common, &report, &list.display().to_string())
    }
}

/// Reads files with a progress bar.
pub fn read(
    common: &Common,
    paths: &[PathBuf],
    wait: bool,
    dry_run: bool,
) -> anyhow::Result<ImportReport> {
    let urls = paths.iter().flat_map(|path| sources::fetch::addresses(path)).collect();
    let request = Request { paths: paths.to_vec(), today: today(), urls, wait, dry_run };
    let bar = progress_bar("reading");
    let report = sources::import(&common.store(), &request, &|progress: Progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        bar.set_message(progress.file.rsplit(['/', '!']).next().unwrap_or_default().to_owned());
    });
    bar.finish_and_clear();
    Ok(report?)
}

/// A bar with the time left; silent when the screen is not a terminal.
pub fn progress_bar(verb: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(&format!(
        "{verb} {{bar:30}} {{percent:>3}}% {{bytes}} of {{total_bytes}}, {{eta}} left  {{wide_msg}}"
    ));
    let bar = ProgressBar::new(0);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Prints what came of reading files.
pub fn print(common: &Common, report: &ImportReport, list: &str) -> anyhow::Result<Outcome> {
    let refused = report.count(Verdict::Refused);
    if common.json {
        let answer = serde_json::json!({
            "generation": report.manifest.generation,
            "releases": report.releases,
            "already_imported": report.known,
            "problems": report.problems.len(),
            "problems_file": list,
        });
        say!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        for release in &report.releases {
            print_release(release);
        }
        print_problems(report, list);
        print_summary(report);
    }
    Ok(if refused > 0 { Outcome::Problems } else { Outcome::Done })
}

fn print_release(release: &Release) {
    let rows = match release.verdict {
        Verdict::Accepted | Verdict::AcceptedWithRemarks => {
            format!("{} rows read, {} kept", release.rows_read, release.rows_kept)
        }
        Verdict::Refused => format!("{} problems", release.problems),
        Verdict::NotRecognised => "left alone".to_owned(),
    };
    let source = if release.source.is_empty() { "-" } else { &release.source };
    say!("{:<22} {source:<30} {}  ({rows})", release.verdict.in_words(), release.origin.file);
    for (reason, rows) in &release.left_out {
        say!("    left out: {reason} ({rows} rows)");
    }
    for remark in &release.remarks {
        say!("    remark: {remark}");
    }
}

fn print_problems(report: &ImportReport, list: &str) {
    if report.problems.is_empty() {
        return;
    }
    say!("\n{} problems:", report.problems.len());
    for problem in report.problems.iter().take(SHOWN) {
        say!("  {}", problem.in_words().replace('\n', "\n  "));
    }
    if report.problems.len() > SHOWN {
        say!("  … and {} more; all of them are in {list}", report.problems.len() - SHOWN);
    }
}

fn print_summary(report: &ImportReport) {
    say!(
        "\n{} accepted, {} accepted with remarks, {} refused, {} not recognised, {} imported before",
        report.count(Verdict::Accepted),
        report.count(Verdict::AcceptedWithRemarks),
        report.count(Verdict::Refused),
        report.count(Verdict::NotRecognised),
        report.known.len(),
    );
}
