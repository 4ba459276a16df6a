//! The beginning of a file, from which it is recognised: by what it holds, never by its name.

use std::cell::RefCell;

use crate::header::Header;

/// What kind of thing a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text.
    Text,
    /// A sheet of a workbook.
    Sheet,
    /// A GeoJSON document.
    GeoJson,
}

/// The first rows of a file or sheet.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What kind of thing it is.
    pub format: Format,
    /// The name of the sheet; empty for other files.
    pub sheet: String,
    /// Its first rows; for GeoJSON the property names of the first feature, in one row.
    pub rows: Vec<Vec<String>>,
    near: RefCell<Option<Near>>,
}

/// A header that was looked for and all but found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Near {
    /// How many of its columns are there.
    pub found: usize,
    /// Its columns that are not.
    pub missing: Vec<String>,
}

/// Rows that are looked at.
pub const SAMPLE_ROWS: usize = 30;

/// How a file was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The row that holds the header, counted from 0; nothing when the file has none.
    pub header_row: Option<usize>,
    /// The edition's layout, where a dataset has had several.
    pub era: &'static str,
}

impl Sample {
    /// The first rows of a file or of a sheet.
    #[must_use]
    pub fn new(format: Format, sheet: &str, rows: Vec<Vec<String>>) -> Self {
        Self { format, sheet: sheet.to_owned(), rows, near: RefCell::new(None) }
    }

    /// The first row that holds all of these columns under these names.
    #[must_use]
    pub fn header_with(&self, names: &[&str]) -> Option<usize> {
        let found =
            self.rows.iter().position(|row| Header::new(row.iter().map(String::as_str)).has(names));
        if found.is_none() {
            self.remember(names);
        }
        found
    }

    /// The header that was looked for since the last call and came nearest.
    pub(crate) fn nearest(&self) -> Option<Near> {
        self.near.borrow_mut().take()
    }

    /// Keeps the header if more than half of it is there and no other came nearer.
    fn remember(&self, names: &[&str]) {
        for row in &self.rows {
            let header = Header::new(row.iter().map(String::as_str));
            let there = |name: &&&str| header.has(&[name]);
            let missing: Vec<String> =
                names.iter().filter(|name| !there(name)).map(|name| (*name).to_owned()).collect();
            let found = names.len() - missing.len();
            let mut near = self.near.borrow_mut();
            let nearer = near
                .as_ref()
                .is_none_or(|near| (missing.len(), near.found) < (near.missing.len(), found));
            if found > missing.len() && nearer {
                *near = Some(Near { found, missing });
            }
        }
    }

    /// Recognises a file by a header that holds all of these columns.
    #[must_use]
    pub fn matches(&self, names: &[&str], era: &'static str) -> Option<Match> {
        self.header_with(names).map(|row| Match { header_row: Some(row), era })
    }
}
