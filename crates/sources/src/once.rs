//! Keys that may stand in a file only once.

use rustc_hash::FxHashMap;

use crate::intake::Intake;
use crate::scan::Row;

/// The keys met so far, each with the row it stood on.
#[derive(Debug, Default)]
pub struct Once {
    rows: FxHashMap<Vec<u8>, u64>,
}

impl Once {
    /// Whether a key is met for the first time; else the row is a problem, for its figures would count twice.
    pub fn first(&mut self, row: &Row<'_>, columns: &[usize], intake: &mut Intake) -> bool {
        let mut key = Vec::new();
        for column in columns {
            key.extend_from_slice(row.get(*column).as_bytes());
            key.push(0);
        }
        if let Some(earlier) = self.rows.get(&key) {
            let rule = format!("stands on row {earlier} already");
            let column = columns.first().copied().unwrap_or(0);
            intake.problem(row, column, rule, "keep one of the rows: both would count twice");
            return false;
        }
        self.rows.insert(key, row.number);
        true
    }

    /// How many different keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no key was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
