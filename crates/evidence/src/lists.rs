//! Who is registered where: the latest lists of patients of a place.

use std::collections::{BTreeMap, BTreeSet};

use vocab::{Level, Period};

use crate::{Affiliations, Evidence, EvidenceError, Place};

/// The practices of a place with a list, and their patients.
#[derive(Debug, Clone, PartialEq)]
pub struct Lists {
    /// The day of the extract.
    pub period: Period,
    /// Patients by practice code, of the practices of the place that have any.
    pub patients: BTreeMap<String, f64>,
    /// The networks that they belong to.
    pub networks: BTreeSet<String>,
}

impl Lists {
    /// The lists of a place in the latest extract; nothing where no list sizes were imported.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn of(
        evidence: &Evidence,
        place: &Place,
        known: &Affiliations,
    ) -> Result<Option<Self>, EvidenceError> {
        let Some(period) = evidence.periods("list_size").last().copied() else { return Ok(None) };
        let frame = evidence.frame("list_size", period)?;
        let (practice, sizes) = (frame.text("practice"), frame.number("patients"));
        let members = place.practices(known);
        let everywhere = place.is_everywhere();
        let mut patients = BTreeMap::new();
        for row in 0..frame.rows() {
            let code = practice.and_then(|column| column.get(row));
            let size = sizes.and_then(|sizes| sizes.get(row)).copied().filter(|size| *size > 0.0);
            if let (Some(code), Some(size)) = (code, size)
                && (everywhere || members.contains(code))
            {
                patients.insert(code.to_owned(), size);
            }
        }
        let networks = patients
            .keys()
            .filter_map(|code| known.of(code)?.code(Level::Network))
            .map(str::to_owned)
            .collect();
        Ok(Some(Self { period, patients, networks }))
    }

    /// All patients of the place.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.patients.values().sum()
    }
}
