//! From the ONS codes of boards and sub-ICB locations to those of the NHS, by which practices name them.
//!
//! Publications that go by ONS codes alone (emergency attendances, some lookups) are joined through the lookups and the
//! mapping files that print both. A code that was replaced while its board went on stands in `parameters/successor_codes.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use evidence::{Evidence, EvidenceError, tables};
use serde::Deserialize;

/// NHS codes by ONS code.
#[derive(Debug, Default)]
pub(crate) struct ServiceCodes(BTreeMap<String, String>);

impl ServiceCodes {
    /// Reads every lookup; codes that were replaced lead to the board of the other.
    pub fn of(evidence: &Evidence) -> Result<Self, EvidenceError> {
        let mut found = BTreeMap::new();
        for period in evidence.periods("lookup") {
            let frame = evidence.frame("lookup", period)?;
            let links = tables::lookup::Columns::of(&frame);
            for row in 0..frame.rows() {
                let kinds = (links.area_kind.get(row), links.parent_kind.get(row));
                let bridges = [("icb", "icb_ons"), ("sub_icb", "sub_icb_ons")];
                if !bridges.iter().any(|(kind, ons)| kinds == (Some(*kind), Some(*ons))) {
                    continue;
                }
                if let (Some(code), Some(ons)) = (links.area.get(row), links.parent.get(row)) {
                    found.insert(ons.to_owned(), code.to_owned());
                }
            }
        }
        for Replaced { was, is, .. } in &REPLACED.code {
            if let Some(code) = found.get(is).or_else(|| found.get(was)).cloned() {
                found.entry(was.clone()).or_insert_with(|| code.clone());
                found.entry(is.clone()).or_insert(code);
            }
        }
        Ok(Self(found))
    }

    /// The code of the NHS; a code that no file bridges is its own.
    pub fn at<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.get(code).map_or(code, String::as_str)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: Vec<Replaced>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replaced {
    was: String,
    is: String,
    #[expect(dead_code, reason = "for readers of the file")]
    name: String,
    #[expect(dead_code, reason = "for readers of the file")]
    seen: String,
}

static REPLACED: LazyLock<File> = LazyLock::new(|| {
    let text =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/successor_codes.toml"));
    toml::from_str(text).expect("the file inside the program can be read because a test reads it")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replaced_code_can_be_read_and_is_a_board_of_the_ons() {
        let codes = REPLACED.code.iter().flat_map(|one| [&one.was, &one.is]);
        assert!(!REPLACED.code.is_empty());
        assert!(codes.into_iter().all(|code| code.len() == 9 && code.starts_with("E54")));
    }
}
