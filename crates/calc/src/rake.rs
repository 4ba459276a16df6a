//! `calc rake`: a known table fitted to the margins of many zones, and rounded to whole people.

mod tables;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use arrow::array::Float64Array;
use arrow::buffer::NullBuffer;
use clap::Args;
use models::decisions::ROUNDING;
use stats::raking::{NoRaking, Raked, Raking};
use stats::random::{Key, Stream};

use self::tables::{Margin, Start, Totals};
use super::answer::Answer;
use crate::wrong::Wrong;

/// People of many zones from one known table and the margins of each zone.
#[derive(Debug, Args)]
pub struct Rake {
    /// Table to start from, one row for each cell: its levels and its weight
    #[arg(long)]
    start: PathBuf,
    /// Column of weights in that table
    #[arg(long, default_value = "weight")]
    weight: String,
    /// A margin: `FILE=axis,axis`, one row for each zone, one column for each cell of the margin, named by its levels
    /// joined with `_` (after one prefix that all columns may share); may be repeated
    #[arg(long = "margin", required = true, value_parser = margin)]
    margins: Vec<Margin>,
    /// Column that names the zone in the margins
    #[arg(long, default_value = "zone")]
    zone: String,
    /// Round to whole people, keeping the margins
    #[arg(long)]
    whole: bool,
    /// The seed of the rounding
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Table to write, `.parquet`, `.csv` or `.json`; printed as CSV when left out
    #[arg(long)]
    pub(super) output: Option<PathBuf>,
}

fn margin(text: &str) -> Result<Margin, String> {
    let parts = text.rsplit_once('=').filter(|(path, axes)| !path.is_empty() && !axes.is_empty());
    let (path, axes) = parts.ok_or_else(|| format!("`{text}`: expected FILE=axis,axis"))?;
    Ok(Margin { path: path.into(), axes: axes.split(',').map(str::to_owned).collect() })
}

impl Rake {
    /// One row for each zone and cell.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let axes = self.axes();
        let start = tables::read_start(&self.start, &axes, &self.weight)?;
        let kept: Vec<Vec<usize>> =
            self.margins.iter().map(|margin| places(&margin.axes, &axes)).collect();
        let kept_slices: Vec<&[usize]> = kept.iter().map(Vec::as_slice).collect();
        let raking = Raking::new(&start.sizes(), &kept_slices)
            .map_err(|error| Wrong(format!("--margin: {error}")))?;
        let totals = tables::read_totals(&self.margins, &kept, &start, &self.zone)?;
        let given: Vec<&[f64]> = totals.margins.iter().map(Vec::as_slice).collect();
        let begun = Instant::now();
        let raked = raking.rake(&start.weights, &given);
        let microseconds = begun.elapsed().as_secs_f64() * 1e6 / raked.zones.len().max(1) as f64;
        eprintln!("{} zones, {microseconds:.2} µs each", raked.zones.len());
        let reasons = self.reasons(&raked, &start, &kept);
        let refused = reasons.iter().filter(|reason| !reason.is_empty()).count();
        let people = if self.whole {
            let whole = raking.whole(&raked, &given, |zone| luck(self.seed, zone));
            let missed = whole.missed.iter().filter(|missed| **missed > 0).count();
            eprintln!("{missed} of {} zones miss a margin by rounding", whole.missed.len());
            whole.cells.into_iter().map(f64::from).collect()
        } else {
            raked.cells
        };
        let mut answer = self.named_cells(&axes, &start, &totals);
        answer.add("people", Arc::new(given_where_raked(&reasons, raking.cells(), people)));
        eprintln!("{refused} of {} zones could not be raked", reasons.len());
        if refused == 0 {
            answer.nothing_withheld(reasons.len() * raking.cells());
        } else {
            let of_rows = reasons.iter().flat_map(|why| std::iter::repeat_n(why, raking.cells()));
            answer.withheld(of_rows);
        }
        Ok(answer)
    }

    /// All axes that margins name, each once.
    fn axes(&self) -> Vec<String> {
        let mut axes: Vec<String> = Vec::new();
        for axis in self.margins.iter().flat_map(|margin| &margin.axes) {
            if !axes.contains(axis) {
                axes.push(axis.clone());
            }
        }
        axes
    }

    fn named_cells(&self, axes: &[String], start: &Start, totals: &Totals) -> Answer {
        let cells = start.weights.len();
        let zones = totals.zones.len();
        let mut answer = Answer::default();
        let zone_names = (0..zones).map(|zone| totals.zones.word(zone, 0));
        let zone_of_row =
            (0..zones).flat_map(|zone| std::iter::repeat_n(zone as u32, cells)).collect();
        answer.repeated_words(&self.zone, zone_names, zone_of_row);
        for (axis, name) in axes.iter().enumerate() {
            let levels = start.levels[axis].iter().map(String::as_str);
            let of_cell: Vec<u32> = (0..cells).map(|cell| start.level(cell, axis) as u32).collect();
            answer.repeated_words(name, levels, of_cell.repeat(zones));
        }
        answer
    }

    /// Why each zone was refused, with the file and the column at fault; empty where it was not.
    fn reasons(&self, raked: &Raked, start: &Start, kept: &[Vec<usize>]) -> Vec<String> {
        let reason = |outcome: &Result<_, NoRaking>| match outcome {
            Ok(_) => String::new(),
            Err(why) => {
                let (margin, cell) = why.place();
                let file = self.margins[margin].path.display();
                let column = cell.map(|cell| start.column(&kept[margin], cell));
                let column = column.map_or_else(String::new, |name| format!(", column `{name}`"));
                format!("{file}{column}: {why}")
            }
        };
        raked.zones.iter().map(reason).collect()
    }
}

/// The draws of a zone.
fn luck(seed: u64, zone: usize) -> Stream {
    Stream::new(Key { seed, decision: ROUNDING, unit: zone as u32, time: 0 })
}

/// The places of a margin's axes among all axes.
fn places(of: &[String], axes: &[String]) -> Vec<usize> {
    of.iter().filter_map(|axis| axes.iter().position(|known| known == axis)).collect()
}

/// Figures of zones that were raked; nothing for those with a reason against it.
fn given_where_raked(reasons: &[String], cells: usize, people: Vec<f64>) -> Float64Array {
    let is_refused = reasons.iter().any(|reason| !reason.is_empty());
    let given = is_refused.then(|| {
        let of_rows = reasons.iter().flat_map(|why| std::iter::repeat_n(why.is_empty(), cells));
        NullBuffer::from(of_rows.collect::<Vec<bool>>())
    });
    Float64Array::new(people.into(), given)
}
