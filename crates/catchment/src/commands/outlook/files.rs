//! The tables of an outlook as CSV and Parquet, and the blocks of draws that a run keeps.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use models::outlook::{
    Blocks, MonthRow, NotKept, Outcome, Outlook, Ranking, RiskRow, Row, StepRow, months, risks,
    rows, s_curve, steps,
};
use models::people::risk::Tenth;
use vocab::Period;

use super::super::calc::answer::Answer;
use super::Told;

/// A folder of finished blocks; none keeps nothing.
pub struct Kept(pub Option<PathBuf>);

impl Blocks for Kept {
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.0.as_ref()?.join(name)).ok()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), NotKept> {
        let Some(folder) = &self.0 else { return Ok(()) };
        let path = folder.join(name);
        let partial = path.with_extension("part");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&partial, bytes))
            .and_then(|()| fs::rename(&partial, &path))
            .map_err(|error| NotKept(format!("{}: {error}", path.display())))
    }
}

/// Writes every table of the baseline and the scenario; finished blocks are no longer needed then.
pub fn write(folder: &Path, told: &Told) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut all = vec![("do-nothing", &told.baseline)];
    all.extend(told.scenario.as_ref().map(|one| (one.asked.name.as_str(), &one.outlook)));
    years(folder, told, &all)?;
    steps_of(folder, &all)?;
    by_risk(folder, &all)?;
    by_month(folder, told, &all)?;
    curve(folder, &all)?;
    influences(folder, told)?;
    ranking(folder, &told.rankings)?;
    let blocks = folder.join("blocks");
    if blocks.is_dir() {
        fs::remove_dir_all(&blocks).with_context(|| blocks.display().to_string())?;
    }
    Ok(())
}

fn both(folder: &Path, name: &str, answer: &Answer) -> anyhow::Result<()> {
    answer.write(Some(&folder.join(format!("{name}.csv"))), false)?;
    answer.write(Some(&folder.join(format!("{name}.parquet"))), false)
}

fn years(folder: &Path, told: &Told, all: &[(&str, &Outlook)]) -> anyhow::Result<()> {
    let rows: Vec<(&str, Row)> = all
        .iter()
        .flat_map(|(name, outlook)| {
            rows(outlook, &told.base).into_iter().map(move |row| (*name, row))
        })
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.words("level", rows.iter().map(|(_, row)| row.unit.level.as_str()));
    answer.words("code", rows.iter().map(|(_, row)| row.unit.code.as_str()));
    answer.words("name", rows.iter().map(|(_, row)| row.unit.name.as_str()));
    answer.wholes("years_ahead", rows.iter().map(|(_, row)| i64::from(row.year)));
    answer.words("measure", rows.iter().map(|(_, row)| row.measure.as_str()));
    answer.numbers("central", rows.iter().map(|(_, row)| Some(row.band.central)));
    answer.numbers("p10", rows.iter().map(|(_, row)| Some(row.band.p10)));
    answer.numbers("p50", rows.iter().map(|(_, row)| Some(row.band.p50)));
    answer.numbers("p90", rows.iter().map(|(_, row)| Some(row.band.p90)));
    both(folder, "years", &answer)
}

fn steps_of(folder: &Path, all: &[(&str, &Outlook)]) -> anyhow::Result<()> {
    let rows: Vec<(&str, StepRow)> = all
        .iter()
        .flat_map(|(name, outlook)| steps(outlook).into_iter().map(move |row| (*name, row)))
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.wholes("years_ahead", rows.iter().map(|(_, row)| i64::from(row.year)));
    answer.words("step", rows.iter().map(|(_, row)| row.step.as_str()));
    answer.wholes("sum_of_draws_minutes", rows.iter().map(|(_, row)| row.sum));
    answer.numbers("mean_minutes", rows.iter().map(|(_, row)| Some(row.mean)));
    answer.numbers("central", rows.iter().map(|(_, row)| Some(row.band.central)));
    answer.numbers("p10", rows.iter().map(|(_, row)| Some(row.band.p10)));
    answer.numbers("p90", rows.iter().map(|(_, row)| Some(row.band.p90)));
    both(folder, "steps", &answer)
}

fn by_risk(folder: &Path, all: &[(&str, &Outlook)]) -> anyhow::Result<()> {
    let rows: Vec<(&str, RiskRow)> = all
        .iter()
        .flat_map(|(name, outlook)| risks(outlook).into_iter().map(move |row| (*name, row)))
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.wholes("years_ahead", rows.iter().map(|(_, row)| i64::from(row.year)));
    answer.words("risk_group", rows.iter().map(|(_, row)| row.group.as_str()));
    answer.numbers("people", rows.iter().map(|(_, row)| Some(row.people.p50)));
    answer.numbers("people_p10", rows.iter().map(|(_, row)| Some(row.people.p10)));
    answer.numbers("people_p90", rows.iter().map(|(_, row)| Some(row.people.p90)));
    answer.numbers("share_of_need", rows.iter().map(|(_, row)| Some(row.share_of_need.p50)));
    answer.numbers("share_of_need_p10", rows.iter().map(|(_, row)| Some(row.share_of_need.p10)));
    answer.numbers("share_of_need_p90", rows.iter().map(|(_, row)| Some(row.share_of_need.p90)));
    both(folder, "risk_groups", &answer)
}

fn by_month(folder: &Path, told: &Told, all: &[(&str, &Outlook)]) -> anyhow::Result<()> {
    let rows: Vec<(&str, MonthRow)> = all
        .iter()
        .flat_map(|(name, outlook)| {
            months(outlook, &told.base).into_iter().map(move |row| (*name, row))
        })
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.words("level", rows.iter().map(|(_, row)| row.unit.level.as_str()));
    answer.words("code", rows.iter().map(|(_, row)| row.unit.code.as_str()));
    answer.words("name", rows.iter().map(|(_, row)| row.unit.name.as_str()));
    answer.words("month", rows.iter().map(|(_, row)| Period::Month(row.month).to_string()));
    answer.words("measure", rows.iter().map(|(_, row)| row.measure.as_str()));
    answer.numbers("central", rows.iter().map(|(_, row)| Some(row.band.central)));
    answer.numbers("p10", rows.iter().map(|(_, row)| Some(row.band.p10)));
    answer.numbers("p50", rows.iter().map(|(_, row)| Some(row.band.p50)));
    answer.numbers("p90", rows.iter().map(|(_, row)| Some(row.band.p90)));
    both(folder, "months", &answer)
}

fn curve(folder: &Path, all: &[(&str, &Outlook)]) -> anyhow::Result<()> {
    let mut answer = Answer::default();
    let rows: Vec<_> = all
        .iter()
        .flat_map(|(name, outlook)| {
            (0..=outlook.settings.years).flat_map(move |year| {
                s_curve(outlook, year)
                    .into_iter()
                    .map(move |(gap, share)| (*name, year, gap, share))
            })
        })
        .collect();
    answer.words("scenario", rows.iter().map(|row| row.0));
    answer.wholes("years_ahead", rows.iter().map(|row| i64::from(row.1)));
    answer.numbers("gap_minutes", rows.iter().map(|row| Some(row.2)));
    answer.numbers("share_of_draws_at_or_below", rows.iter().map(|row| Some(row.3)));
    both(folder, "s_curve", &answer)
}

fn influences(folder: &Path, told: &Told) -> anyhow::Result<()> {
    let mut answer = Answer::default();
    let rows = &told.influences;
    answer.words("parameter", rows.iter().map(|row| row.name.as_str()));
    answer.words("about", rows.iter().map(|row| row.about.as_str()));
    answer.numbers("low_minutes", rows.iter().map(|row| Some(row.low)));
    answer.numbers("high_minutes", rows.iter().map(|row| Some(row.high)));
    answer.numbers("share_of_variance", rows.iter().map(|row| Some(row.share)));
    both(folder, "sensitivity", &answer)
}

fn ranking(folder: &Path, rankings: &[Ranking]) -> anyhow::Result<()> {
    let mut answer = Answer::default();
    let rows: Vec<(Outcome, i64, &Tenth)> = rankings
        .iter()
        .flat_map(|one| {
            let tenths = one.assessment.tenths.iter().zip(1..);
            tenths.map(|(tenth, number)| (one.outcome, number, tenth))
        })
        .collect();
    answer.words("outcome_within_a_year", rows.iter().map(|row| row.0.as_str()));
    answer.wholes("group_by_score", rows.iter().map(|row| row.1));
    answer.wholes("people", rows.iter().map(|row| i64::from(row.2.people)));
    answer.numbers("mean_score", rows.iter().map(|row| Some(row.2.score)));
    answer.numbers("observed_share", rows.iter().map(|row| Some(row.2.observed)));
    both(folder, "risk_score", &answer)
}
