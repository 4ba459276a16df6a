//! Areas made of whole councils: counties, combined authorities and regions, by the lookups that say which councils lie
//! in each.
//!
//! The latest lookup of a kind speaks. Where it is of another year than the outlines, a council that came after it lies
//! where all its forerunners lay: those are the councils in which its small areas were, by the lookups of small areas.

use std::collections::{BTreeMap, BTreeSet};

use vocab::Period;

use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::frame::Frame;
use crate::standing::CouncilArea;

/// Kinds of area made of councils, and what they are called.
const KINDS: [(&str, &str); 3] =
    [("county", "county"), ("combined_authority", "combined authority"), ("region", "region")];

/// An area made of whole councils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Larger {
    /// Its kind: `county`, `combined_authority` or `region`.
    pub kind: &'static str,
    /// Its name as published.
    pub name: String,
    /// The councils in it whose outline is known.
    pub councils: BTreeSet<String>,
    /// The names of councils in it whose outline is not known.
    pub missing: BTreeSet<String>,
    /// The year of the lookup that says so.
    pub lookup: Period,
}

impl Larger {
    /// Its kind in words.
    #[must_use]
    pub fn kind_in_words(&self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self.kind).map_or("area", |(_, words)| *words)
    }

    /// What it is made of and who says so, such as `a county of 11 councils, by the lookup of 2024`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!(
            "a {} of {}, by the lookup of {}",
            self.kind_in_words(),
            councils_in_words(self.councils.len() + self.missing.len()),
            self.lookup.in_words()
        )
    }
}

/// A council of a lookup: its name, and the code and name of what it lies in.
struct Link {
    name: String,
    parent: String,
    parent_name: String,
}

/// A period, and the links of its lookup by code.
type Links = (Period, BTreeMap<String, Link>);

/// The areas made of councils, by code.
pub(crate) fn larger(
    evidence: &Evidence,
    outlined: &BTreeMap<String, CouncilArea>,
) -> Result<BTreeMap<String, Larger>, EvidenceError> {
    let mut found: BTreeMap<String, Larger> = BTreeMap::new();
    let forerunners = forerunners(evidence)?;
    for (kind, _) in KINDS {
        let Some((lookup, links)) = latest(evidence, kind)? else { continue };
        for link in links.values() {
            let name = link.parent_name.clone();
            let (councils, missing) = (BTreeSet::new(), BTreeSet::new());
            let area = Larger { kind, name, councils, missing, lookup };
            found.entry(link.parent.clone()).or_insert(area);
        }
        let mut placed = BTreeSet::new();
        for council in outlined.iter().filter(|(_, area)| area.kind == "local_authority") {
            let before = forerunners.get(council.0).filter(|_| !links.contains_key(council.0));
            let of = before.cloned().unwrap_or_else(|| BTreeSet::from([council.0.clone()]));
            let parents: BTreeSet<Option<&str>> =
                of.iter().map(|code| links.get(code).map(|link| link.parent.as_str())).collect();
            let mut parents = parents.into_iter();
            if let (Some(Some(only)), None) = (parents.next(), parents.next())
                && let Some(area) = found.get_mut(only)
            {
                area.councils.insert(council.0.clone());
                placed.extend(of);
            }
        }
        for (code, link) in links.iter().filter(|(code, _)| !placed.contains(*code)) {
            if let Some(area) = found.get_mut(&link.parent) {
                area.missing.insert(if link.name.is_empty() { code } else { &link.name }.clone());
            }
        }
    }
    found.retain(|code, _| !outlined.contains_key(code));
    Ok(found)
}

/// The councils of the latest lookup that knows a kind of larger area, and its year.
fn latest(evidence: &Evidence, kind: &str) -> Result<Option<Links>, EvidenceError> {
    for period in evidence.periods("lookup").into_iter().rev() {
        let frame = evidence.frame("lookup", period)?;
        let links: BTreeMap<String, Link> = (0..frame.rows())
            .filter(|row| {
                text(&frame, "area_kind", *row) == "local_authority"
                    && text(&frame, "parent_kind", *row) == kind
            })
            .map(|row| {
                let [area, name, parent, parent_name] =
                    ["area", "area_name", "parent", "parent_name"]
                        .map(|column| text(&frame, column, row).to_owned());
                (area, Link { name, parent, parent_name })
            })
            .collect();
        if !links.is_empty() {
            return Ok(Some((period, links)));
        }
    }
    Ok(None)
}

/// For each council the others in which its small areas were, by lookups of other years.
fn forerunners(evidence: &Evidence) -> Result<BTreeMap<String, BTreeSet<String>>, EvidenceError> {
    let mut of_area: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for period in evidence.periods("lookup") {
        let frame = evidence.frame("lookup", period)?;
        for row in 0..frame.rows() {
            if text(&frame, "area_kind", row) == "lsoa21"
                && text(&frame, "parent_kind", row) == "local_authority"
            {
                let councils = of_area.entry(text(&frame, "area", row).to_owned()).or_default();
                councils.insert(text(&frame, "parent", row).to_owned());
            }
        }
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for councils in of_area.values().filter(|councils| councils.len() > 1) {
        for council in councils {
            let others = councils.iter().filter(|other| *other != council).cloned();
            found.entry(council.clone()).or_default().extend(others);
        }
    }
    Ok(found)
}

fn text<'a>(frame: &'a Frame, name: &str, row: usize) -> &'a str {
    frame.text(name).and_then(|column| column.get(row)).unwrap_or_default()
}

fn councils_in_words(count: usize) -> String {
    if count == 1 { "1 council".to_owned() } else { format!("{count} councils") }
}
