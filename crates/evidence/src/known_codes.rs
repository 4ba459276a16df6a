//! Codes and names of boards and their areas as lookups print them: what bears a code of the ONS in the health
//! service, what an area is called, and what it belongs to.
//!
//! Lookups also know areas that no practice belongs to any more.

use std::collections::BTreeMap;
use std::sync::Arc;

use vocab::Level;

use crate::error::EvidenceError;
use crate::evidence::Evidence;

/// What lookups print of the areas of the health service; of several the latest stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownCodes {
    service: BTreeMap<String, (Level, String)>,
    names: BTreeMap<(Level, String), String>,
    parents: BTreeMap<(Level, String, Level), String>,
}

/// The level of an area by the word of a lookup for a code of the health service.
fn level(kind: &str) -> Option<Level> {
    match kind {
        "sub_icb" | "ccg" => Some(Level::SubIcb),
        "icb" | "stp" => Some(Level::Icb),
        "nhs_region" => Some(Level::Region),
        _ => None,
    }
}

impl Evidence {
    /// The codes and names that lookups print, read once.
    pub(crate) fn known_codes(&self) -> Result<Arc<KnownCodes>, EvidenceError> {
        self.kept().once("", || KnownCodes::of(self))
    }
}

impl KnownCodes {
    /// Reads every lookup, earliest first.
    pub(crate) fn of(evidence: &Evidence) -> Result<Self, EvidenceError> {
        let mut found = Self::default();
        for period in evidence.periods("lookup") {
            let frame = evidence.frame("lookup", period)?;
            let text = |name: &str, row: usize| {
                frame.text(name).and_then(|column| column.get(row)).unwrap_or_default()
            };
            for row in 0..frame.rows() {
                let Some(of) = level(text("area_kind", row)) else { continue };
                let (area, parent) = (text("area", row), text("parent", row));
                found.name(of, area, text("area_name", row));
                if text("parent_kind", row).ends_with("_ons") {
                    found.service.insert(parent.to_owned(), (of, area.to_owned()));
                } else if let Some(above) = level(text("parent_kind", row)) {
                    found.name(above, parent, text("parent_name", row));
                    found.parents.insert((of, area.to_owned(), above), parent.to_owned());
                }
            }
        }
        found.boards_of_regions();
        Ok(found)
    }

    fn name(&mut self, level: Level, code: &str, name: &str) {
        if !code.is_empty() && !name.is_empty() {
            self.names.insert((level, code.to_owned()), name.to_owned());
        }
    }

    /// A board lies in the region of its sub-ICBs.
    fn boards_of_regions(&mut self) {
        let of_region = |(sub_icb, above): ((&Level, &String, &Level), &String)| {
            let is_board = *sub_icb.0 == Level::SubIcb && *sub_icb.2 == Level::Icb;
            let key = (Level::SubIcb, sub_icb.1.clone(), Level::Region);
            let region = self.parents.get(&key).filter(|_| is_board)?;
            Some(((Level::Icb, above.clone(), Level::Region), region.clone()))
        };
        let found: Vec<_> = self
            .parents
            .iter()
            .filter_map(|((of, code, above), parent)| of_region(((of, code, above), parent)))
            .collect();
        for (key, region) in found {
            self.parents.entry(key).or_insert(region);
        }
    }

    /// What bears a code of the ONS: its level, and its code in the health service.
    #[must_use]
    pub fn of_ons(&self, code: &str) -> Option<(Level, &str)> {
        self.service.get(code).map(|(level, code)| (*level, code.as_str()))
    }

    /// The level at which a code of the health service is printed, the smallest of several.
    #[must_use]
    pub fn level_of(&self, code: &str) -> Option<Level> {
        [Level::SubIcb, Level::Icb, Level::Region]
            .into_iter()
            .find(|level| self.names.contains_key(&(*level, code.to_owned())))
    }

    /// The name of an area.
    #[must_use]
    pub fn name_of(&self, level: Level, code: &str) -> Option<&str> {
        self.names.get(&(level, code.to_owned())).map(String::as_str)
    }

    /// What an area belongs to at a level.
    #[must_use]
    pub fn parent(&self, level: Level, code: &str, of_level: Level) -> Option<&str> {
        self.parents.get(&(level, code.to_owned(), of_level)).map(String::as_str)
    }
}
