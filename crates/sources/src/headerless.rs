//! The registers of the Organisation Data Service: files without header or date.
//!
//! Columns are known by position, so every row must have all of them, and a register is known by most of its rows: any
//! one of them, the first too, may be odd. Its edition is dated by [`edition::of_register`].

use std::collections::BTreeSet;

use vocab::Period;

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Format, Match, Sample};
use crate::scan::Row;
use crate::value;
use crate::waiting::Waiting;

/// Recognises a register by its columns, which every row looked at has, and by most of its rows.
pub(crate) fn recognise(
    sample: &Sample,
    width: usize,
    is_row: impl Fn(&[&str]) -> bool,
) -> Option<Match> {
    let cells = |row: &Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = sample.rows.iter().map(cells).collect();
    let like = |row: &Vec<String>| {
        row.len() == width && is_row(&row.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let alike = rows.iter().filter(|row| like(row)).count();
    let is = sample.format == Format::Text && alike * 2 > rows.len();
    is.then_some(Match { header_row: None, era: "" })
}

/// What a register looks like.
pub(crate) struct Form {
    /// Cells that every row has.
    pub width: usize,
    /// Columns that together stand only once.
    pub key: &'static [usize],
    /// Columns whose days may date the edition.
    pub days: &'static [usize],
    /// What its rows are, for the check that there are some.
    pub things: &'static str,
}

impl Form {
    /// Reads the register: `take` gives a row of its table, or nothing when the one read is left out or a problem.
    pub fn read(
        &self,
        input: &mut Input<'_>,
        intake: &mut Intake,
        mut take: impl FnMut(&Row<'_>, &mut Intake) -> Option<Waiting>,
    ) -> Result<Vec<Waiting>, ReadError> {
        let mut rows = Vec::new();
        let (mut once, mut days) = (Once::default(), BTreeSet::new());
        input.each(intake, |row, intake| {
            if row.len() != self.width {
                let rule = format!("the row has {} cells", row.len());
                intake.problem(row, 0, rule, &format!("{} cells", self.width));
                return Ok(());
            }
            if let Some(taken) = take(row, intake).filter(|_| once.first(row, self.key, intake)) {
                days.extend(self.days.iter().filter_map(|column| value::day(row.get(*column))));
                rows.push(taken);
            }
            Ok(())
        })?;
        let period = match edition::of_register(&days, intake) {
            Some(day) => Period::Day(day),
            None => intake.undated()?,
        };
        intake.edition(period);
        for row in &rows {
            row.add(period, intake)?;
        }
        let things = self.things;
        intake.check(
            &format!("there are {things}"),
            !rows.is_empty(),
            format!("{} {things}", rows.len()),
        );
        Ok(rows)
    }
}

/// A day as the tables keep it; nothing where there is none.
pub(crate) fn day(row: &Row<'_>, column: usize) -> String {
    value::day(row.get(column)).map(|day| day.to_string()).unwrap_or_default()
}
