//! The manifest: every release in the store, where it came from, what its checks said and which files hold its rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every row was read and every check passed.
    Accepted,
    /// Read, with remarks that a reader should know.
    AcceptedWithRemarks,
    /// Not used; the problems say why.
    Refused,
    /// Not a publication that the program knows; left alone.
    NotRecognised,
}

impl Verdict {
    /// The verdict as it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithRemarks => "accepted with remarks",
            Self::Refused => "refused",
            Self::NotRecognised => "not recognised",
        }
    }
}

/// Where a file came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The file, and the member within archives behind `!`.
    pub file: String,
    /// The address it was fetched from, when the program fetched it.
    pub url: Option<String>,
    /// The day it was fetched or imported.
    pub retrieved: String,
    /// The day on which its workbook or archive says that it was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<String>,
    /// SHA-256 of the bytes that were read.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
}

/// A check that was made of a release as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was checked.
    pub name: String,
    /// Whether it held.
    pub passed: bool,
    /// The figures, in a sentence.
    pub detail: String,
}

/// One immutable file of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The table.
    pub table: String,
    /// The period.
    pub period: String,
    /// Where it lies, from the root of the store.
    pub path: String,
    /// Its rows.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// Its fingerprint.
    pub sha256: String,
}

/// One published file, read once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The first characters of the file's fingerprint.
    pub id: String,
    /// The dataset, a name of the registry in `sources`; empty when not recognised.
    pub source: String,
    /// The edition, a day or period written so that later editions sort later.
    pub edition: String,
    /// Where it came from.
    pub origin: Origin,
    /// What became of it.
    pub verdict: Verdict,
    /// Rows read from the file.
    pub rows_read: u64,
    /// Rows kept in tables.
    pub rows_kept: u64,
    /// Rows left out on purpose, by reason.
    pub left_out: Vec<(String, u64)>,
    /// Remarks in sentences.
    pub remarks: Vec<String>,
    /// Checks of the whole.
    pub checks: Vec<Check>,
    /// Number of problems found; all of them are in the import's list of problems.
    pub problems: u64,
    /// The files that hold its rows.
    pub parts: Vec<Part>,
}

impl Release {
    /// Its edition as people read it, where it holds rows.
    #[must_use]
    pub fn dated(&self) -> &str {
        if self.edition.is_empty() && !self.parts.is_empty() {
            "without a date"
        } else {
            &self.edition
        }
    }
}

/// Everything in the store, in the order in which it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout of the store; raised when old stores can no longer be read.
    pub layout: u32,
    /// Counts the imports; each makes a new manifest.
    pub generation: u64,
    /// The releases.
    pub releases: Vec<Release>,
}

impl Manifest {
    /// The layout that this program reads and writes.
    pub const LAYOUT: u32 = 1;

    /// Whether a file of this fingerprint has been read before.
    #[must_use]
    pub fn holds(&self, sha256: &str) -> Option<&Release> {
        self.releases.iter().find(|release| release.origin.sha256 == sha256)
    }

    /// The numbers of the releases with rows of a table; of two that hold the same key the later in this order stands.
    ///
    /// A later edition stands before an earlier one. Of one edition the dataset that says more stands (more rows of the
    /// table), whatever the order of their import; of two files of one dataset the one imported later.
    #[must_use]
    pub fn order_of(&self, table: &str) -> Vec<usize> {
        let rows_of = |release: &Release| {
            let parts = release.parts.iter().filter(|part| part.table == table);
            parts.map(|part| part.rows).sum::<u64>()
        };
        let mut said: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for release in &self.releases {
            *said.entry((&release.edition, &release.source)).or_default() += rows_of(release);
        }
        let known = self.releases.iter().enumerate();
        let mut order: Vec<_> = known
            .filter(|(_, release)| release.parts.iter().any(|part| part.table == table))
            .map(|(number, release)| {
                let dataset = (release.edition.as_str(), release.source.as_str());
                (release.edition.as_str(), said.get(&dataset), release.source.as_str(), number)
            })
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(.., number)| number).collect()
    }

    /// The release of an identifier.
    #[must_use]
    pub fn release(&self, id: &str) -> Option<&Release> {
        self.releases.iter().find(|release| release.id == id)
    }
}
