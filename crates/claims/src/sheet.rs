//! Sheets of claims: minutes of a board as a list of sentences, kept as a file and read again at any time.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A sheet of claims.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The name in addresses.
    #[serde(default)]
    pub id: String,
    /// What it is.
    pub title: String,
    /// Whose sentences they are, and that they are not verbatim.
    #[serde(default)]
    pub about: String,
    /// The place that it speaks of, by key; nothing for the place at hand.
    #[serde(default)]
    pub place: String,
    /// The sentences.
    pub claims: Vec<String>,
}

impl Sheet {
    /// Reads a sheet: a file with `title` and `claims`, or plain minutes.
    #[must_use]
    pub fn read(text: &str) -> Self {
        toml::from_str(text).unwrap_or_else(|_| Self {
            id: String::new(),
            title: "Sheet of claims".to_owned(),
            about: String::new(),
            place: String::new(),
            claims: super::sentences(text),
        })
    }

    /// The sheet as a file.
    #[must_use]
    pub fn write(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

macro_rules! built_in {
    ($($id:literal)*) => {
        const BUILT_IN: &[&str] = &[ $(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../claims/sheets/", $id, ".toml")),
        )* ];
    };
}

built_in! { "southwark" "hammersmith-and-fulham" "southampton" "mid-and-south-essex" "leicester-leicestershire-and-rutland" }

/// The example sheets, one for each board whose minutes the trace of requirements reads.
pub static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    BUILT_IN
        .iter()
        .map(|text| {
            toml::from_str(text)
                .expect("the sheets inside the program can be read because a test reads them")
        })
        .collect()
});
