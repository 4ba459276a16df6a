//! The registers of the Organisation Data Service: files without header or date.
//!
//! Columns are known by position, so every row must have all of them. The latest day that stands in a register is
//! taken for the day of its edition.

use evidence::{Cell, Table};
use jiff::civil::Date;
use vocab::Period;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::scan::Row;
use crate::source::ReadError;
use crate::value;

/// What a register looks like.
pub(crate) struct Form {
    pub table: &'static Table,
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
    /// Reads the register: `take` gives the cells of a row, or nothing when it is left out or a problem.
    pub fn read(
        &self,
        input: &mut Input<'_>,
        intake: &mut Intake,
        mut take: impl FnMut(&Row<'_>, &mut Intake) -> Option<Vec<String>>,
    ) -> Result<Vec<Vec<String>>, ReadError> {
        let mut rows = Vec::new();
        let (mut once, mut edition) = (Once::default(), None::<Date>);
        input.each(intake, |row, intake| {
            if row.len() != self.width {
                let rule = format!("the row has {} cells", row.len());
                intake.problem(row, 0, rule, &format!("{} cells", self.width));
                return Ok(());
            }
            if let Some(cells) = take(row, intake).filter(|_| once.first(row, self.key, intake)) {
                let days = self.days.iter().filter_map(|column| value::day(row.get(*column)));
                edition = edition.max(days.max());
                rows.push(cells);
            }
            Ok(())
        })?;
        let period = edition.map_or_else(|| intake.undated(), Period::Day);
        intake.edition(period);
        for row in &rows {
            let cells: Vec<Cell<'_>> = row.iter().map(Cell::from).collect();
            intake.push(self.table, period, &cells)?;
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
