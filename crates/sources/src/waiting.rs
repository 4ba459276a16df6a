//! Rows that wait for their period: a register holds no date of its own, and all of it must be read before its days tell one.

use evidence::{Cell, Table, Written};
use vocab::Period;

use crate::intake::Intake;
use crate::read_error::ReadError;

/// A row of a table, kept until its period is known.
pub(crate) struct Waiting {
    table: &'static Table,
    cells: Vec<Owned>,
}

/// A cell that outlives the row that it was read from.
enum Owned {
    Text(String),
    Number(f64),
    Empty,
}

impl Waiting {
    /// Keeps a row.
    pub fn of<'a, R: Written<'a>>(row: R) -> Self {
        let owned = |cell: &Cell<'_>| match *cell {
            Cell::Text(text) => Owned::Text(text.to_owned()),
            Cell::Number(number) => Owned::Number(number),
            Cell::Empty => Owned::Empty,
        };
        Self { table: R::TABLE, cells: row.give(|cells| cells.iter().map(owned).collect()) }
    }

    /// The text in a column; nothing where there is none.
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.cells.get(self.table.position(column)?)? {
            Owned::Text(text) => Some(text),
            Owned::Number(_) | Owned::Empty => None,
        }
    }

    /// Adds the row to its table.
    pub fn add(&self, period: Period, intake: &mut Intake) -> Result<(), ReadError> {
        let lent = |cell| match cell {
            &Owned::Number(number) => Cell::Number(number),
            Owned::Text(text) => Cell::Text(text),
            Owned::Empty => Cell::Empty,
        };
        let cells: Vec<Cell<'_>> = self.cells.iter().map(lent).collect();
        intake.push(self.table, period, &cells)
    }
}
