//! What every chart and table says about itself: its finding, its description, its source and its run.

use serde::Serialize;

/// The words around a chart or table; the source line and the run are printed inside every exported image.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Caption {
    /// Short name in lower case, unique on its page and used in file names: `dna-share-funnel`.
    pub id: String,
    /// The finding in one sentence.
    pub title: String,
    /// What a reader who cannot see the picture needs: what is drawn and what it shows.
    pub description: String,
    /// Publisher, publication and period.
    pub source: String,
    /// The run that worked the figures out, or the fingerprint of the evidence.
    pub run: String,
}

impl Caption {
    /// The line printed under every exported image and table.
    #[must_use]
    pub fn source_line(&self) -> String {
        match (self.source.is_empty(), self.run.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("Source: {}", self.source),
            (true, false) => format!("Run {}", self.run),
            (false, false) => format!("Source: {}. Run {}", self.source, self.run),
        }
    }
}
