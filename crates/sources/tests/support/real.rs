//! Importing published files that lie beside the repository, and looking at what came of them.

#[path = "at_hand.rs"]
pub mod beside;
#[path = "imports.rs"]
mod reading;

use evidence::Release;

pub use beside::at_hand;
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
