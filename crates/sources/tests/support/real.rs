//! Importing published files that lie beside the repository, and looking at what came of them.

#[path = "imports.rs"]
mod reading;

use std::path::{Path, PathBuf};

use evidence::Release;

pub use reading::{Imported, imported};

impl Imported {
    /// The release of the file whose name ends so.
    pub fn release(&self, name: &str) -> &Release {
        let ends = |release: &&Release| release.origin.file.ends_with(name);
        self.report.releases.iter().find(ends).unwrap_or_else(|| panic!("there is no {name}"))
    }

    /// Rows of a table over all its periods.
    pub fn rows(&self, table: &str) -> usize {
        let frame = |period| self.evidence.frame(table, period).unwrap().rows();
        self.evidence.periods(table).into_iter().map(frame).sum()
    }
}

/// The folder that an environment variable names, or this one beside the repository.
pub fn folder(variable: &str, default: &str) -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../").join(default);
    std::env::var_os(variable).map_or_else(beside, PathBuf::from)
}
