//! Where two files of one table and period say different things of the same key.

use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHasher};

use crate::frame::Frame;
use crate::store::StoreError;
use crate::table::Table;

/// What a file of rows says of each key, as numbers that the order of its rows does not change.
#[derive(Debug, Default)]
pub struct Statements {
    by_key: FxHashMap<u64, u64>,
}

/// Keys that two files both hold, and of which they do not say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Keys that both hold.
    pub shared: u64,
    /// Of these, the keys of which they differ.
    pub differing: u64,
    /// The first of them in the later file, with the column and what stands in both: `practice A81001: patients is 100 there, 120 here`.
    pub example: String,
}

impl Statements {
    /// What a file of rows of a table says.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(table: &'static Table, path: &Path) -> Result<Self, StoreError> {
        Ok(Self::of_frame(table, &Frame::of_part(table, path)?))
    }

    fn of_frame(table: &Table, frame: &Frame) -> Self {
        let mut by_key: FxHashMap<u64, u64> = FxHashMap::default();
        for row in 0..frame.rows() {
            let said = by_key.entry(key_of(table, frame, row)).or_default();
            *said = said.wrapping_add(row_of(frame, row));
        }
        Self { by_key }
    }

    /// How many keys there are.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.by_key.len()
    }

    fn differs(&self, other: &Self, key: u64) -> bool {
        self.by_key
            .get(&key)
            .is_some_and(|said| other.by_key.get(&key).is_some_and(|it| it != said))
    }

    /// Whether two files of a table say different things of some key; nothing where they do not.
    ///
    /// # Errors
    /// When one of the files cannot be read.
    pub fn difference(
        table: &'static Table,
        earlier: (&Self, &Path),
        later: (&Self, &Path),
    ) -> Result<Option<Difference>, StoreError> {
        let (ours, theirs) = (&later.0.by_key, &earlier.0.by_key);
        let shared = ours.keys().filter(|key| theirs.contains_key(key)).count() as u64;
        let differing = ours.keys().filter(|key| earlier.0.differs(later.0, **key)).count() as u64;
        if differing == 0 {
            return Ok(None);
        }
        let (there, here) = (Frame::of_part(table, earlier.1)?, Frame::of_part(table, later.1)?);
        let differs = |row: &usize| earlier.0.differs(later.0, key_of(table, &here, *row));
        let first = (0..here.rows()).find(differs).unwrap_or_default();
        let example = example(table, &there, &here, key_of(table, &here, first));
        Ok(Some(Difference { shared, differing, example }))
    }
}

fn key_of(table: &Table, frame: &Frame, row: usize) -> u64 {
    let mut hasher = FxHasher::default();
    for column in table.key.iter().filter_map(|name| frame.text(name)) {
        column.get(row).hash(&mut hasher);
    }
    hasher.finish()
}

fn row_of(frame: &Frame, row: usize) -> u64 {
    let mut hasher = FxHasher::default();
    for column in 0..frame.width() {
        frame.hash_cell(column, row, &mut hasher);
    }
    hasher.finish()
}

/// The first row of a key that only the later file has, beside the row of the earlier one that it resembles most.
fn example(table: &Table, there: &Frame, here: &Frame, key: u64) -> String {
    let rows_of = |frame: &Frame| -> Vec<Vec<String>> {
        (0..frame.rows())
            .filter(|row| key_of(table, frame, *row) == key)
            .map(|row| frame.cells(row))
            .collect()
    };
    let (there, here) = (rows_of(there), rows_of(here));
    let only = |rows: &[Vec<String>], others: &[Vec<String>]| -> Vec<Vec<String>> {
        rows.iter().filter(|row| !others.contains(row)).cloned().collect()
    };
    let (lost, new) = (only(&there, &here), only(&here, &there));
    let of = here.first().map_or_else(String::new, |row| in_words(table, row));
    let Some(row) = new.first() else {
        return format!("{of}: {} rows there, {} here", there.len(), here.len());
    };
    let alike = |other: &&Vec<String>| row.iter().zip(other.iter()).filter(|(a, b)| a == b).count();
    let Some(nearest) = lost.iter().rev().max_by_key(alike) else {
        return format!("{of}: {} rows there, {} here", there.len(), here.len());
    };
    let differs = row.iter().zip(nearest).position(|(a, b)| a != b).unwrap_or_default();
    let name = table.columns.get(differs).map_or("", |column| column.name);
    let [was, is] = [nearest, row].map(|row| row.get(differs).map_or("", String::as_str));
    let said = |text: &str| if text.is_empty() { "empty".to_owned() } else { text.to_owned() };
    format!("{of}: `{name}` is {} there, {} here", said(was), said(is))
}

/// The key of a row with the names of its columns: `practice A81001, sex male`.
fn in_words(table: &Table, row: &[String]) -> String {
    let part = |name: &&str| Some(format!("{name} {}", row.get(table.position(name)?)?));
    table.key.iter().filter_map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;
    use crate::tables;

    fn ages(rows: &[(&str, &str, f64, f64)]) -> Frame {
        let mut frame = Frame::empty(&tables::REGISTERED_SINGLE_AGE);
        for (practice, sex, age, patients) in rows {
            let cells = [
                Cell::from(*practice),
                Cell::from(*sex),
                Cell::from(*age),
                Cell::from(*age),
                Cell::from(*patients),
            ];
            frame.push(&cells);
        }
        frame
    }

    #[test]
    fn the_order_of_rows_says_nothing_and_a_figure_does() {
        let of = |frame: &Frame| Statements::of_frame(&tables::REGISTERED_SINGLE_AGE, frame);
        let rows = [("A1", "male", 0.0, 5.0), ("A1", "male", 1.0, 6.0), ("A2", "male", 0.0, 7.0)];
        let (one, turned) = (ages(&rows), ages(&[rows[2], rows[1], rows[0]]));
        assert_eq!(of(&one).by_key, of(&turned).by_key);
        let other = ages(&[rows[0], ("A1", "male", 1.0, 9.0), ("A1", "female", 0.0, 1.0)]);
        let key = key_of(&tables::REGISTERED_SINGLE_AGE, &one, 0);
        assert!(of(&one).differs(&of(&other), key));
        let told = example(&tables::REGISTERED_SINGLE_AGE, &one, &other, key);
        assert_eq!(told, "practice A1, sex male: `patients` is 6 there, 9 here");
    }
}
