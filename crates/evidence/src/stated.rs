//! What publications say of where practices belong, one statement a publication and period.
//!
//! An extract says the network, sub-ICB, ICB and region of every practice. A list of patients and a publication of
//! figures print the commissioner, some the region too: they name practices that closed before the first extract, and
//! commissioners that were.

use std::collections::BTreeMap;

use jiff::civil::Date;
use vocab::{Level, Period};

use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::frame::Frame;

/// The levels that are stated, and the columns that hold code and name.
pub(crate) const LEVELS: [(Level, &str, &str); 4] = [
    (Level::SubIcb, "sub_icb", "sub_icb_name"),
    (Level::Icb, "icb", "icb_name"),
    (Level::Region, "region", "region_name"),
    (Level::Network, "network", "network_name"),
];

/// The tables that state where practices belonged; the first of equals is believed.
const TABLES: [&str; 3] = ["affiliation", "commissioner", "list_size"];

/// Code and name at a level; both empty where a practice belongs to none.
pub(crate) type Area = (String, String);

/// A practice's areas in the order of the levels; nothing at levels that the publication does not state.
pub(crate) type Home = [Option<Area>; 4];

/// What one publication says for a period.
pub(crate) struct Statement {
    /// The day for which it speaks.
    pub day: Date,
    /// Its period.
    pub period: Period,
    /// The table that holds it.
    pub table: &'static str,
}

impl Statement {
    /// Whether it names everything that a practice belongs to.
    pub fn is_extract(&self) -> bool {
        self.table == "affiliation"
    }

    /// The practices and their homes.
    pub fn homes(&self, evidence: &Evidence) -> Result<BTreeMap<String, Home>, EvidenceError> {
        let frame = evidence.frame(self.table, self.period)?;
        Ok((0..frame.rows()).filter_map(|row| home(&frame, row)).collect())
    }
}

/// Every statement, earliest first. Lists of a day with an extract say nothing that the extract does not.
pub(crate) fn statements(evidence: &Evidence) -> Vec<Statement> {
    let extracts = evidence.periods("affiliation");
    let mut found = Vec::new();
    for table in TABLES {
        for period in evidence.periods(table) {
            if table == "affiliation" || !extracts.contains(&period) {
                found.push(Statement { day: period.as_at(), period, table });
            }
        }
    }
    found.sort_by_key(|statement| statement.day);
    found
}

/// The practice of a row and where it belongs; nothing where a file of figures prints no commissioner.
fn home(frame: &Frame, row: usize) -> Option<(String, Home)> {
    let text = |name: &str| frame.text(name).and_then(|column| column.get(row)).unwrap_or_default();
    let home = LEVELS.map(|(_, code, name)| {
        let stated =
            frame.text(code).is_some() && (frame.text(NETWORK).is_some() || !text(code).is_empty());
        stated.then(|| (text(code).to_owned(), text(name).to_owned()))
    });
    home.iter().any(Option::is_some).then(|| (text("practice").to_owned(), home))
}

/// A column that extracts have and files of figures do not.
const NETWORK: &str = "network";
