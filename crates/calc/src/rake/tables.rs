//! Reading the table to start from and the margins, and telling all that is wrong with them at once.

use std::path::{Path, PathBuf};

use super::super::groups::Groups;
use super::super::table::{Rejected, Wanted, columns, gather};
use crate::wrong::Wrong;

/// A file of totals and the axes that it keeps.
#[derive(Debug, Clone)]
pub struct Margin {
    pub path: PathBuf,
    pub axes: Vec<String>,
}

/// The table to start from: the levels of each axis as met, and the weights, last axis fastest.
pub struct Start {
    pub levels: Vec<Vec<String>>,
    pub weights: Vec<f64>,
}

/// The totals of all zones, margin by margin.
pub struct Totals {
    pub zones: Groups,
    pub margins: Vec<Vec<f64>>,
}

impl Start {
    /// How many levels each axis has.
    pub fn sizes(&self) -> Vec<usize> {
        self.levels.iter().map(Vec::len).collect()
    }

    /// The level of a cell on an axis.
    pub fn level(&self, cell: usize, axis: usize) -> usize {
        let below: usize = self.levels[axis + 1..].iter().map(Vec::len).product();
        cell / below % self.levels[axis].len()
    }

    /// The name of a cell of a margin: its levels, joined.
    pub fn column(&self, axes: &[usize], mut cell: usize) -> String {
        let mut words = Vec::new();
        for axis in axes.iter().rev() {
            let levels = &self.levels[*axis];
            words.push(levels[cell % levels.len()].as_str());
            cell /= levels.len();
        }
        words.reverse();
        words.join("_")
    }
}

/// Reads the table to start from; every cell must be there once.
pub fn read_start(path: &Path, axes: &[String], weight: &str) -> anyhow::Result<Start> {
    let words = axes.iter().map(String::as_str).collect();
    let wanted = Wanted { words, numbers: vec![weight] };
    let mut levels: Vec<Vec<String>> = vec![Vec::new(); axes.len()];
    let mut rows: Vec<(Vec<usize>, f64)> = Vec::new();
    let mut reading = gather(path, axes, &wanted, &mut |record| {
        if record.group < rows.len() {
            return Err(rejected(&axes[0], (record.word)(0), "this cell was given before"));
        }
        let place = levels.iter_mut().enumerate();
        let place = place.map(|(axis, levels)| number(levels, (record.word)(axis))).collect();
        rows.push((place, record.numbers[0]));
        if record.numbers[0] >= 0.0 && record.numbers[0].is_finite() {
            return Ok(());
        }
        let value = record.numbers[0].to_string();
        Err(rejected(weight, &value, "expected a weight of nought or more"))
    })?;
    if let Some(words) = reading.problems_in_words(path) {
        return Err(Wrong(format!("{words}\nnothing was written")).into());
    }
    let cells: usize = levels.iter().map(Vec::len).product();
    let mut start = Start { levels, weights: vec![f64::NAN; cells] };
    for (place, weight) in rows {
        let sizes = start.sizes();
        let cell = place.iter().zip(&sizes).fold(0, |cell, (level, size)| cell * size + level);
        start.weights[cell] = weight;
    }
    let all: Vec<usize> = (0..axes.len()).collect();
    match start.weights.iter().position(|weight| weight.is_nan()) {
        None => Ok(start),
        Some(cell) => {
            let name = start.column(&all, cell);
            let file = path.display();
            let words =
                format!("{file}: there is no row for `{name}`; write weight 0 where nobody can be");
            Err(Wrong(words).into())
        }
    }
}

/// The number of a word in a list, which it joins if it is new.
fn number(words: &mut Vec<String>, word: &str) -> usize {
    words.iter().position(|known| known == word).unwrap_or_else(|| {
        words.push(word.to_owned());
        words.len() - 1
    })
}

fn rejected(column: &str, value: &str, rule: &'static str) -> Rejected {
    let remedy = "correct the row or take it out";
    Rejected { column: column.to_owned(), value: value.to_owned(), rule, remedy }
}

/// Reads the margins; the first says which zones there are, and every other must have the same.
pub fn read_totals(
    margins: &[Margin],
    kept: &[Vec<usize>],
    start: &Start,
    zone: &str,
) -> anyhow::Result<Totals> {
    let mut totals = Totals { zones: Groups::default(), margins: Vec::new() };
    let mut problems = Vec::new();
    for (position, (margin, axes)) in margins.iter().zip(kept).enumerate() {
        let path = &margin.path;
        let names = find_columns(path, start, axes, zone)?;
        let numbers = names.iter().map(String::as_str).collect();
        let wanted = Wanted { words: vec![zone], numbers };
        let size = names.len();
        let mut rows: Vec<f64> = Vec::new();
        let mut reading = gather(path, &[zone.to_owned()], &wanted, &mut |record| {
            if record.group * size < rows.len() {
                return Err(rejected(zone, (record.word)(0), "this zone was given before"));
            }
            rows.extend_from_slice(record.numbers);
            let bad = record.numbers.iter().position(|total| !(0.0..f64::INFINITY).contains(total));
            bad.map_or(Ok(()), |at| {
                let value = record.numbers[at].to_string();
                Err(rejected(&names[at], &value, "expected a count of nought or more"))
            })
        })?;
        problems.extend(reading.problems_in_words(path));
        if position == 0 {
            totals.zones = reading.groups;
            totals.margins.push(rows);
        } else {
            let ordered = in_order(&mut totals.zones, &reading.groups, &rows, size);
            totals
                .margins
                .push(ordered.map_err(|words| Wrong(format!("{}: {words}", path.display())))?);
        }
    }
    if problems.is_empty() {
        return Ok(totals);
    }
    Err(Wrong(format!("{}\nnothing was written", problems.join("\n"))).into())
}

/// Rows in the order of the zones of the first margin.
fn in_order(
    zones: &mut Groups,
    found: &Groups,
    rows: &[f64],
    size: usize,
) -> Result<Vec<f64>, String> {
    let count = zones.len();
    let mut ordered = vec![f64::NAN; count * size];
    for (position, row) in rows.chunks(size).enumerate() {
        let name = found.word(position, 0);
        let zone = zones.number(name);
        if zone >= count {
            return Err(format!("zone `{name}` is not in the first margin"));
        }
        ordered[zone * size..][..size].copy_from_slice(row);
    }
    match ordered.chunks(size).position(|row| row[0].is_nan()) {
        Some(zone) => Err(format!("there is no row for zone `{}`", zones.word(zone, 0))),
        None => Ok(ordered),
    }
}

/// The columns of a margin in the order of its cells: named by their levels, or by one prefix and their levels.
fn find_columns(
    path: &Path,
    start: &Start,
    axes: &[usize],
    zone: &str,
) -> anyhow::Result<Vec<String>> {
    let size = axes.iter().map(|axis| start.levels[*axis].len()).product();
    let expected: Vec<String> = (0..size).map(|cell| start.column(axes, cell)).collect();
    let there: Vec<String> =
        columns(path, &[zone])?.into_iter().filter(|name| name != zone).collect();
    let prefix = |name: &String| name.strip_suffix(expected[0].as_str()).map(str::to_owned);
    let prefixes = std::iter::once(String::new()).chain(there.iter().filter_map(prefix));
    for prefix in prefixes {
        let names: Vec<String> = expected.iter().map(|name| format!("{prefix}{name}")).collect();
        if names.iter().all(|name| there.contains(name)) {
            return Ok(names);
        }
    }
    let missing = expected.iter().find(|name| !there.contains(name)).cloned().unwrap_or_default();
    let (file, there) = (path.display(), there.join(", "));
    Err(Wrong(format!("{file}: there is no column `{missing}`: the table has {there}")).into())
}
