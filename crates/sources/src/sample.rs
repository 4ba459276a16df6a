//! The beginning of a file, from which it is recognised: by what it holds, never by its name.

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
    /// The first row that holds all of these columns under these names.
    #[must_use]
    pub fn header_with(&self, names: &[&str]) -> Option<usize> {
        self.rows.iter().position(|row| Header::new(row.iter().map(String::as_str)).has(names))
    }

    /// Recognises a file by a header that holds all of these columns.
    #[must_use]
    pub fn matches(&self, names: &[&str], era: &'static str) -> Option<Match> {
        self.header_with(names).map(|row| Match { header_row: Some(row), era })
    }
}
