//! The tables of an outlook as CSV and Parquet, and the blocks of draws that a run keeps.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use evidence::{Frame, Given, Kind, Table, tables};
use models::outlook::{
    Blocks, Found, Influence, MonthRow, NotKept, Outcome, Ranking, RiskRow, Row, StepRow, months,
    risks, s_curve, steps, tables_ahead,
};
use models::people::risk::Tenth;
use models::place::Clinician;
use vocab::Period;

use super::Told;
use calc::Answer;

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

/// Writes every table of the baseline and the scenario, and the exhibits of the answer; finished blocks are no longer needed then.
pub fn write(folder: &Path, told: &Told) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut all = vec![("do-nothing", &told.baseline)];
    all.extend(told.scenario.as_ref().map(|one| (one.name.as_str(), &one.found)));
    years(folder, &all)?;
    steps_of(folder, &all)?;
    by_risk(folder, &all)?;
    by_month(folder, &all)?;
    curve(folder, &all)?;
    ahead(folder, &all)?;
    influences(folder, &told.baseline.influences)?;
    ranking(folder, &told.baseline.rankings)?;
    exhibits(folder, told)?;
    let blocks = folder.join("blocks");
    if blocks.is_dir() {
        fs::remove_dir_all(&blocks).with_context(|| blocks.display().to_string())?;
    }
    Ok(())
}

/// The exhibits of the answer as CSV, as its page gives them.
fn exhibits(folder: &Path, told: &Told) -> anyhow::Result<()> {
    let folder = folder.join("exhibits");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for exhibit in told.answer().exhibits {
        let path = folder.join(format!("{}.csv", exhibit.id));
        let bytes = kit::table::to_csv(&exhibit.to_table());
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// The runs by name.
type All<'a> = [(&'a str, &'a Found)];

/// Whether the figures of a role are told: those of GPs only where enough practices publish them.
fn is_told(found: &Found, role: Clinician) -> bool {
    found.base.counts(role)
}

fn both(folder: &Path, name: &str, answer: &Answer) -> anyhow::Result<()> {
    answer.write(Some(&folder.join(format!("{name}.csv"))), false)?;
    answer.write(Some(&folder.join(format!("{name}.parquet"))), false)
}

fn years(folder: &Path, all: &All<'_>) -> anyhow::Result<()> {
    let rows: Vec<(&str, &Row)> = all
        .iter()
        .flat_map(|(name, found)| found.rows.iter().map(move |row| (*name, row)))
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.words("level", rows.iter().map(|(_, row)| row.unit.level.as_str()));
    answer.words("code", rows.iter().map(|(_, row)| row.unit.code.as_str()));
    answer.words("name", rows.iter().map(|(_, row)| row.unit.name.as_str()));
    answer.wholes("years_ahead", rows.iter().map(|(_, row)| i64::from(row.year)));
    answer.words("measure", rows.iter().map(|(_, row)| row.measure.word()));
    answer.numbers("mean", rows.iter().map(|(_, row)| Some(row.band.mean)));
    answer.numbers("p10", rows.iter().map(|(_, row)| Some(row.band.p10)));
    answer.numbers("p50", rows.iter().map(|(_, row)| Some(row.band.p50)));
    answer.numbers("p90", rows.iter().map(|(_, row)| Some(row.band.p90)));
    both(folder, "years", &answer)
}

fn steps_of(folder: &Path, all: &All<'_>) -> anyhow::Result<()> {
    let rows: Vec<(&str, StepRow)> = all
        .iter()
        .flat_map(|(name, found)| {
            let rows = steps(&found.outlook).into_iter();
            rows.filter(|row| is_told(found, row.role)).map(move |row| (*name, row))
        })
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.wholes("years_ahead", rows.iter().map(|(_, row)| i64::from(row.year)));
    answer.words("role", rows.iter().map(|(_, row)| row.role.as_str()));
    answer.words("step", rows.iter().map(|(_, row)| row.step.as_str()));
    answer.wholes("sum_of_draws_minutes", rows.iter().map(|(_, row)| row.sum));
    answer.numbers("mean_fte", rows.iter().map(|(_, row)| Some(row.fte.mean)));
    answer.numbers("p10_fte", rows.iter().map(|(_, row)| Some(row.fte.p10)));
    answer.numbers("p90_fte", rows.iter().map(|(_, row)| Some(row.fte.p90)));
    both(folder, "steps", &answer)
}

fn by_risk(folder: &Path, all: &All<'_>) -> anyhow::Result<()> {
    let rows: Vec<(&str, RiskRow)> = all
        .iter()
        .flat_map(|(name, found)| risks(&found.outlook).into_iter().map(move |row| (*name, row)))
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.wholes("years_ahead", rows.iter().map(|(_, row)| i64::from(row.year)));
    answer.words("risk_group", rows.iter().map(|(_, row)| row.group.as_str()));
    answer.numbers("people", rows.iter().map(|(_, row)| Some(row.people.mean)));
    answer.numbers("people_p10", rows.iter().map(|(_, row)| Some(row.people.p10)));
    answer.numbers("people_p90", rows.iter().map(|(_, row)| Some(row.people.p90)));
    answer.numbers("share_of_need", rows.iter().map(|(_, row)| Some(row.share_of_need.mean)));
    answer.numbers("share_of_need_p10", rows.iter().map(|(_, row)| Some(row.share_of_need.p10)));
    answer.numbers("share_of_need_p90", rows.iter().map(|(_, row)| Some(row.share_of_need.p90)));
    both(folder, "risk_groups", &answer)
}

fn by_month(folder: &Path, all: &All<'_>) -> anyhow::Result<()> {
    let rows: Vec<(&str, MonthRow)> = all
        .iter()
        .flat_map(|(name, found)| {
            months(&found.outlook, &found.base).into_iter().map(move |row| (*name, row))
        })
        .collect();
    let mut answer = Answer::default();
    answer.words("scenario", rows.iter().map(|(name, _)| *name));
    answer.words("level", rows.iter().map(|(_, row)| row.unit.level.as_str()));
    answer.words("code", rows.iter().map(|(_, row)| row.unit.code.as_str()));
    answer.words("name", rows.iter().map(|(_, row)| row.unit.name.as_str()));
    answer.words("month", rows.iter().map(|(_, row)| Period::Month(row.month).to_string()));
    answer.words("measure", rows.iter().map(|(_, row)| row.measure.word()));
    answer.numbers("mean", rows.iter().map(|(_, row)| Some(row.band.mean)));
    answer.numbers("p10", rows.iter().map(|(_, row)| Some(row.band.p10)));
    answer.numbers("p50", rows.iter().map(|(_, row)| Some(row.band.p50)));
    answer.numbers("p90", rows.iter().map(|(_, row)| Some(row.band.p90)));
    both(folder, "months", &answer)
}

/// The canonical tables of the years to come, a row for every scenario and draw, as Parquet alone: there are many.
fn ahead(folder: &Path, all: &All<'_>) -> anyhow::Result<()> {
    let folder = folder.join("ahead");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let draws = all.iter().flat_map(|(name, found)| {
        let outlook = &found.outlook;
        (0_i64..)
            .zip(&outlook.draws)
            .map(move |(number, draw)| (*name, number, tables_ahead(outlook, &found.base, draw)))
    });
    let draws: Vec<OfDraw<'_>> = draws.collect();
    let names: BTreeSet<&str> =
        draws.iter().flat_map(|(.., given)| given.frames().map(|(table, ..)| table)).collect();
    for table in names.into_iter().filter_map(tables::find) {
        let path = folder.join(format!("{}.parquet", table.name));
        table_ahead(table, &draws).write(Some(&path), false)?;
    }
    Ok(())
}

/// A scenario, a draw of it and what it puts into the tables.
type OfDraw<'a> = (&'a str, i64, Given);

/// The rows of a table, each with its scenario, draw and period.
fn rows_ahead<'a>(
    name: &'a str,
    draws: &'a [OfDraw<'a>],
) -> impl Iterator<Item = (&'a str, i64, Period, &'a Frame, usize)> {
    draws.iter().flat_map(move |(scenario, draw, given)| {
        let frames = given.frames().filter(move |(table, ..)| *table == name);
        frames.flat_map(move |(_, period, frame)| {
            (0..frame.rows()).map(move |row| (*scenario, *draw, period, frame, row))
        })
    })
}

/// One canonical table of every scenario and draw.
fn table_ahead(table: &Table, draws: &[OfDraw<'_>]) -> Answer {
    let rows: Vec<_> = rows_ahead(table.name, draws).collect();
    let rows = || rows.iter().copied();
    let mut answer = Answer::default();
    answer.words("scenario", rows().map(|row| row.0));
    answer.wholes("draw", rows().map(|row| row.1));
    answer.words("period", rows().map(|row| row.2.to_string()));
    for column in table.columns {
        let figure = |frame: &Frame, row: usize| frame.number(column.name)?.get(row).copied();
        let word = |frame: &'_ Frame, row: usize| {
            frame.text(column.name).and_then(|words| words.get(row)).unwrap_or_default().to_owned()
        };
        if column.kind == Kind::Text {
            answer.words(column.name, rows().map(|(.., frame, row)| word(frame, row)));
        } else {
            answer.numbers(column.name, rows().map(|(.., frame, row)| figure(frame, row)));
        }
    }
    answer
}

fn curve(folder: &Path, all: &All<'_>) -> anyhow::Result<()> {
    let mut answer = Answer::default();
    let rows: Vec<_> = all
        .iter()
        .filter(|(_, found)| is_told(found, Clinician::Gp))
        .flat_map(|(name, found)| {
            let outlook = &found.outlook;
            (0..=outlook.settings.years).flat_map(move |year| {
                s_curve(outlook, year)
                    .into_iter()
                    .map(move |(gap, share)| (*name, year, gap, share))
            })
        })
        .collect();
    answer.words("scenario", rows.iter().map(|row| row.0));
    answer.wholes("years_ahead", rows.iter().map(|row| i64::from(row.1)));
    answer.numbers("gap_fte_of_gps", rows.iter().map(|row| Some(row.2)));
    answer.numbers("share_of_draws_at_or_below", rows.iter().map(|row| Some(row.3)));
    both(folder, "s_curve", &answer)
}

fn influences(folder: &Path, rows: &[Influence]) -> anyhow::Result<()> {
    let mut answer = Answer::default();
    answer.words("parameter", rows.iter().map(|row| row.key.as_str()));
    answer.words("about", rows.iter().map(|row| row.about.as_str()));
    answer.numbers("low_fte", rows.iter().map(|row| Some(row.low)));
    answer.numbers("high_fte", rows.iter().map(|row| Some(row.high)));
    answer.numbers("share_of_variance", rows.iter().map(|row| row.share));
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
