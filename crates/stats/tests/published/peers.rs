//! Reading the peers' test data, and counting what was compared.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, open_workbook_auto};

use crate::at_hand::at_hand;

/// The folder of the peers, where it is there.
pub fn peers() -> Option<PathBuf> {
    at_hand("CATCHMENT_PEERS", &[""])?.pop()
}

/// A table whose cells are words or numbers.
pub struct Table {
    names: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row of a table, with its cells as words.
pub struct Row(Vec<String>);

impl Table {
    pub fn csv(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let names = reader.headers().unwrap().iter().map(|name| name.trim().to_owned()).collect();
        let row = |record: csv::StringRecord| Row(record.iter().map(str::to_owned).collect());
        Self { names, rows: reader.records().map(|record| row(record.unwrap())).collect() }
    }

    pub fn sheet(path: &Path, sheet: &str) -> Self {
        let range = open_workbook_auto(path).unwrap().worksheet_range(sheet).unwrap();
        let mut rows = range.rows().map(|row| Row(row.iter().map(text).collect()));
        let names = rows.next().unwrap().0;
        Self { names, rows: rows.collect() }
    }

    pub fn column(&self, name: &str) -> usize {
        self.names.iter().position(|found| found == name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn number(&self, row: &Row, name: &str) -> Option<f64> {
        self.word(row, name).parse().ok()
    }

    pub fn word<'a>(&self, row: &'a Row, name: &str) -> &'a str {
        row.0.get(self.column(name)).map_or("", String::as_str)
    }

    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.rows.iter().filter_map(|row| self.number(row, name)).collect()
    }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) => format!("{number:?}"),
        other => other.to_string(),
    }
}

/// Counts comparisons and prints the count when it goes out of scope.
pub struct Tally {
    of: &'static str,
    compared: usize,
}

impl Tally {
    pub const fn of(of: &'static str) -> Self {
        Self { of, compared: 0 }
    }

    /// Compares within a relative error.
    pub fn close(&mut self, found: f64, expected: f64, relative: f64, what: &str) {
        let error = (found - expected).abs();
        let allowed = relative * expected.abs().max(1e-300);
        assert!(error <= allowed, "{} {what}: found {found:?}, expected {expected:?}", self.of);
        self.compared += 1;
    }

    /// Compares within an absolute error: half the last printed digit, or a known step.
    pub fn within(&mut self, found: f64, expected: f64, allowed: f64, what: &str) {
        let error = (found - expected).abs();
        assert!(error <= allowed, "{} {what}: found {found:?}, expected {expected:?}", self.of);
        self.compared += 1;
    }

    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, found: &T, expected: &T, what: &str) {
        assert_eq!(found, expected, "{} {what}", self.of);
        self.compared += 1;
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        println!("{}: {} values compared", self.of, self.compared);
    }
}
