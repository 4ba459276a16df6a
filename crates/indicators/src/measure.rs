//! The kernel: the sum of a column over the rows with certain words, for each organisation of a table.
//!
//! Words are compared once each, not once a row: a filter is a list of yes and no by the number of the word, and the sums
//! stand in an array by the number of the organisation. Why a figure is missing travels with it.

use std::collections::BTreeMap;

use evidence::{Frame, TextColumn, tables};
use jiff::civil::Date;
use vocab::{Level, Mark, weekday};

use crate::definition::{Absent, Ages, AreaFigure, Operand};

/// The amount of one organisation, and what was met on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Total {
    /// The sum of the rows with figures.
    pub sum: f64,
    /// Why there is no figure, or that part of it was estimated.
    pub mark: Mark,
}

impl Total {
    /// An organisation that the table does not hold.
    pub const MISSING: Self = Self { sum: 0.0, mark: Mark::Missing };
    const NOUGHT: Self = Self { sum: 0.0, mark: Mark::Value };

    /// The amount, if there is one.
    pub fn value(self) -> Option<f64> {
        matches!(self.mark, Mark::Value | Mark::Estimated).then_some(self.sum)
    }

    fn add(&mut self, amount: f64, mark: Mark) {
        let mark = if amount.is_nan() && mark <= Mark::Estimated { Mark::Missing } else { mark };
        if mark <= Mark::Estimated {
            self.sum += amount;
        }
        self.mark = more_telling(self.mark, mark);
    }
}

/// Of two marks the one that the whole must carry: withheld before missing before not applicable before estimated.
pub(crate) fn more_telling(first: Mark, second: Mark) -> Mark {
    let weight = |mark| match mark {
        Mark::Value => 0,
        Mark::Estimated => 1,
        Mark::NotApplicable => 2,
        Mark::Missing => 3,
        Mark::Suppressed => 4,
    };
    if weight(second) > weight(first) { second } else { first }
}

/// The totals of an operand by the code that its table uses.
pub(crate) type Totals = BTreeMap<String, Total>;

/// Where the rows of an operand belong: the column with the code, and the level of the code.
pub(crate) fn base_level(operand: &Operand) -> Option<Level> {
    let table = tables::find(&operand.table)?;
    let has = |column: &str| table.position(column).is_some();
    if has("practice") {
        return Some(Level::Practice);
    }
    if has("organisation") && has("level") {
        let [word] = operand.rows.get("level")?.as_slice() else { return None };
        return Level::parse(word);
    }
    if has("sub_icb") || has("area") && has("residents") {
        return Some(Level::SubIcb);
    }
    has("icb").then_some(Level::Icb)
}

/// The column that names the organisation or area of a row.
fn code_column(frame: &Frame) -> Option<&TextColumn> {
    ["practice", "organisation", "sub_icb", "area", "icb"]
        .into_iter()
        .find_map(|name| frame.text(name))
}

/// Whether an organisation that the table holds, but without such a row, has nought of it.
fn nought_when_absent(operand: &Operand) -> bool {
    let counts_everything = matches!(
        operand.table.as_str(),
        "appointment"
            | "appointment_sub_icb"
            | "appointment_day"
            | "registered"
            | "registered_single_age"
            | "registered_area"
            | "payment"
            | "resident"
    );
    operand.absent.map_or(counts_everything, |absent| absent == Absent::Nought)
}

/// A test of a row on a column of words: by the number of the word, and for an empty cell.
struct Filter<'a> {
    codes: &'a [u32],
    passes: Vec<bool>,
    empty_passes: bool,
}

impl Filter<'_> {
    fn admits(&self, row: usize) -> bool {
        let Some(code) = self.codes.get(row) else { return false };
        self.passes.get(*code as usize).copied().unwrap_or(self.empty_passes)
    }
}

fn filters<'a>(rows: &BTreeMap<String, Vec<String>>, frame: &'a Frame) -> Vec<Filter<'a>> {
    let mut filters = Vec::new();
    for (column, wanted) in rows {
        let by_weekday = column == "weekday" && frame.text("weekday").is_none();
        let Some(words) = frame.text(if by_weekday { "day" } else { column }) else {
            // A column that is not there holds none of the words: no row is admitted.
            filters.push(Filter { codes: &[], passes: Vec::new(), empty_passes: false });
            continue;
        };
        let admits = |word: &String| {
            if by_weekday {
                weekday_of(word).is_some_and(|day| wanted.iter().any(|want| want == day))
            } else {
                wanted.contains(word)
            }
        };
        filters.push(Filter {
            codes: &words.codes,
            passes: words.words.iter().map(admits).collect(),
            empty_passes: wanted.iter().any(String::is_empty),
        });
    }
    filters
}

/// The word of the weekday of a day.
pub(crate) fn weekday_of(day: &str) -> Option<&'static str> {
    let day: Date = day.parse().ok()?;
    Some(weekday::word(day.weekday()))
}

/// The figures of small areas by which the rows of another table are multiplied.
pub(crate) type AreaFigures = BTreeMap<String, f64>;

/// The figures of the areas of a table; 1 for each area where no column is named.
pub(crate) fn area_figures(wanted: &AreaFigure, frame: &Frame) -> AreaFigures {
    let Some(area) = frame.text("area") else { return AreaFigures::new() };
    let values = wanted.column.as_ref().and_then(|column| frame.number(column));
    let filters = filters(&wanted.rows, frame);
    (0..frame.rows())
        .filter(|row| filters.iter().all(|filter| filter.admits(*row)))
        .filter_map(|row| {
            let value = values.map_or(1.0, |values| values.get(row).copied().unwrap_or(f64::NAN));
            value.is_finite().then_some((area.get(row)?.to_owned(), value))
        })
        .collect()
}

/// For each row the figure of its area; NaN where the area is not known.
struct AreaFactors<'a> {
    codes: &'a [u32],
    factors: Vec<f64>,
}

impl<'a> AreaFactors<'a> {
    fn of(figures: &AreaFigures, frame: &'a Frame) -> Option<Self> {
        let area = frame.text("area")?;
        let factor = |word: &String| figures.get(word).copied().unwrap_or(f64::NAN);
        Some(Self { codes: &area.codes, factors: area.words.iter().map(factor).collect() })
    }

    fn at(&self, row: usize) -> f64 {
        let code = self.codes.get(row).copied().unwrap_or(TextColumn::NONE);
        self.factors.get(code as usize).copied().unwrap_or(f64::NAN)
    }
}

/// A test of a row on its age band: the whole band must lie in the range.
struct AgeFilter<'a> {
    from: &'a [f64],
    to: &'a [f64],
    ages: Ages,
}

impl AgeFilter<'_> {
    fn admits(&self, row: usize) -> bool {
        let (Some(from), Some(to)) = (self.from.get(row), self.to.get(row)) else { return false };
        // An open band has no upper end and only lies in a range that is open too.
        *from >= f64::from(self.ages.from) && self.ages.to.is_none_or(|end| *to <= f64::from(end))
    }
}

/// Adds up an operand over a table. Rows keep the order of the table, so that sums are the same every time.
pub(crate) fn totals(operand: &Operand, frame: &Frame, areas: Option<&AreaFigures>) -> Totals {
    let (Some(units), Some(amounts)) = (code_column(frame), frame.number(&operand.column)) else {
        return Totals::new();
    };
    let times = operand.times.as_ref().and_then(|column| frame.number(column));
    let marks = mark_column(frame);
    let filters = filters(&operand.rows, frame);
    let areas = areas.and_then(|areas| AreaFactors::of(areas, frame));
    let ages = operand.ages.and_then(|ages| {
        Some(AgeFilter { from: frame.number("age_from")?, to: frame.number("age_to")?, ages })
    });
    let mut sums = vec![None::<Total>; units.words.len()];
    for (row, unit) in units.codes.iter().enumerate() {
        let Some(total) = sums.get_mut(*unit as usize) else { continue };
        if !filters.iter().all(|filter| filter.admits(row))
            || ages.as_ref().is_some_and(|ages| !ages.admits(row))
        {
            continue;
        }
        let factor = times.map_or(1.0, |times| times.get(row).copied().unwrap_or(f64::NAN));
        let area = areas.as_ref().map_or(1.0, |areas| areas.at(row));
        if area.is_nan() {
            continue;
        }
        let amount = area * amounts.get(row).copied().unwrap_or(f64::NAN) * factor;
        let mark = marks.as_ref().map_or(Mark::Value, |marks| marks.of(row));
        total.get_or_insert(Total::NOUGHT).add(amount, mark);
    }
    let absent = if nought_when_absent(operand) { Total::NOUGHT } else { Total::MISSING };
    let of_level = of_level(operand, frame, units);
    units
        .words
        .iter()
        .zip(sums)
        .zip(of_level)
        .filter_map(|(unit, of_level)| of_level.then_some(unit))
        .map(|(unit, total)| (unit.clone(), total.unwrap_or(absent)))
        .collect()
}

/// The sum of an operand over the rows of a table that names no organisations; nothing where no row is asked for.
pub(crate) fn national_total(operand: &Operand, frame: &Frame) -> Option<f64> {
    let amounts = frame.number(&operand.column)?;
    let filters = filters(&operand.rows, frame);
    let wanted = |row: &usize| filters.iter().all(|filter| filter.admits(*row));
    let mut found = (0..frame.rows()).filter(wanted).filter_map(|row| amounts.get(row)).peekable();
    found.peek()?;
    Some(found.sum::<f64>()).filter(|sum| sum.is_finite())
}

/// Which organisations of a table have a row of the level that an operand asks for: a trust is no board without a figure.
fn of_level(operand: &Operand, frame: &Frame, units: &TextColumn) -> Vec<bool> {
    let Some(wanted) = operand.rows.get("level") else { return vec![true; units.words.len()] };
    let filters = filters(&BTreeMap::from([("level".to_owned(), wanted.clone())]), frame);
    let mut found = vec![false; units.words.len()];
    for (row, unit) in units.codes.iter().enumerate() {
        if let Some(found) = found.get_mut(*unit as usize) {
            *found |= filters.iter().all(|filter| filter.admits(row));
        }
    }
    found
}

/// The marks of the rows, each word read once.
struct Marks<'a> {
    codes: &'a [u32],
    marks: Vec<Mark>,
}

impl Marks<'_> {
    fn of(&self, row: usize) -> Mark {
        let code = self.codes.get(row).copied().unwrap_or(TextColumn::NONE);
        self.marks.get(code as usize).copied().unwrap_or(Mark::Value)
    }
}

fn mark_column(frame: &Frame) -> Option<Marks<'_>> {
    let column = frame.text("mark")?;
    let marks = column.words.iter().map(|word| Mark::parse(word).unwrap_or(Mark::Value)).collect();
    Some(Marks { codes: &column.codes, marks })
}
