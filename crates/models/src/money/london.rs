//! What London adds: a supplement to salaries, and to the global sum of practices whose patients live there.
//!
//! No file imported says how many patients of a practice live in London, nor which networks pay the supplement of inner London:
//! a practice of the region of London is taken to have all its patients there, and a network of which most practices are in the
//! region to pay the one or the other.
//!
//! Methods: [global sum](../../../../docs/book/methods.md#global-sum), [ceilings](../../../../docs/book/methods.md#ceilings).

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError};
use jiff::civil::Date;
use vocab::Level;

/// The code of the region.
const REGION: &str = "Y56";

/// Practices and networks of the region of London.
pub(super) struct London {
    /// Its practices.
    pub practices: BTreeSet<String>,
    /// Networks of which most practices are in it.
    pub networks: BTreeSet<String>,
}

impl London {
    /// London on a day.
    pub(super) fn on(evidence: &Evidence, day: Date) -> Result<Self, EvidenceError> {
        let known = evidence.affiliations(day)?;
        let mut practices = BTreeSet::new();
        let mut networks: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for row in known.iter() {
            let is_there = row.code(Level::Region) == Some(REGION);
            if is_there {
                practices.insert(row.practice.clone());
            }
            if let Some(network) = row.code(Level::Network) {
                let count = networks.entry(network).or_default();
                *count = (count.0 + usize::from(is_there), count.1 + 1);
            }
        }
        let most = networks.into_iter().filter(|(_, (there, all))| 2 * there > *all);
        let networks = most.map(|(network, _)| network.to_owned()).collect();
        Ok(Self { practices, networks })
    }
}
