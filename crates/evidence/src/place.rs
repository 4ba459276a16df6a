//! A place: what somebody calls home, as a list of sub-ICBs, ICBs, regions, networks or practices.

use std::collections::BTreeSet;

use serde::Deserialize;
use thiserror::Error;
use vocab::{Level, Whole};

use crate::affiliation::{Affiliation, Affiliations};
use crate::former::Ended;

/// A place that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoPlace {
    /// Nothing goes by this code or key.
    #[error(
        "there is no place `{found}`: expected a code of a practice, network, sub-ICB, ICB or region, several joined by `+` (such as `03W+04C+04V`), or one of {known}"
    )]
    Unknown {
        /// What was asked for.
        found: String,
        /// The named places.
        known: String,
    },
    /// The area has ended.
    #[error("{0}")]
    Ended(String),
}

/// A place and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key in addresses: a code, codes joined by `+`, or the key of a named place.
    pub key: String,
    /// The name on the page.
    pub name: String,
    /// What it is made of.
    pub members: Vec<(Level, String)>,
}

/// A named place as people write it in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPlace {
    /// The key in addresses and on the command line.
    pub key: String,
    /// The name on the page.
    pub name: String,
    /// Codes, of any level.
    pub members: Vec<String>,
}

impl Place {
    /// Every practice of the evidence: England, unless it holds less.
    #[must_use]
    pub fn everywhere(whole: Whole) -> Self {
        Self {
            key: "ENGLAND".to_owned(),
            name: whole.heading().to_owned(),
            members: vec![(Level::England, vocab::Organisation::ENGLAND.to_owned())],
        }
    }

    /// Finds a place by the key of a named one, by a code, or by codes joined with `+`.
    ///
    /// # Errors
    /// When some part of it is neither.
    pub fn find(key: &str, named: &[NamedPlace], known: &Affiliations) -> Result<Self, NoPlace> {
        if key.eq_ignore_ascii_case("england") {
            return Ok(Self::everywhere(known.whole()));
        }
        let named_place = named.iter().find(|place| place.key.eq_ignore_ascii_case(key));
        let (codes, name) = match named_place {
            Some(place) => (place.members.clone(), Some(place.name.clone())),
            None => (key.split(['+', ',', ' ']).map(str::to_owned).collect(), None),
        };
        let former = known.former();
        let ended = |found: (&str, &Ended)| NoPlace::Ended(found.1.in_words(found.0));
        if let Some(found) = codes.iter().find_map(|code| former.of_code(code, known.day())) {
            return Err(ended(found));
        }
        let members = codes
            .iter()
            .map(|code| level_of(code, known))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| {
                let unknown = || NoPlace::Unknown {
                    found: key.to_owned(),
                    known: named.iter().map(|one| one.key.as_str()).collect::<Vec<_>>().join(", "),
                };
                former.of_name(key, known.day()).map_or_else(unknown, ended)
            })?;
        let name = name.unwrap_or_else(|| {
            let names: Vec<_> =
                members.iter().map(|(level, code)| known.name_of(*level, code)).collect();
            names.join(" and ")
        });
        let key = named_place.map_or_else(|| codes.join("+"), |place| place.key.clone());
        Ok(Self { key, name, members })
    }

    /// Whether a practice of this affiliation lies in the place.
    #[must_use]
    pub fn holds(&self, affiliation: &Affiliation) -> bool {
        self.members.iter().any(|(level, code)| affiliation.code(*level) == Some(code))
    }

    /// The practices of the place.
    #[must_use]
    pub fn practices<'a>(&self, known: &'a Affiliations) -> BTreeSet<&'a str> {
        known.iter().filter(|row| self.holds(row)).map(|row| row.practice.as_str()).collect()
    }

    /// Whether the place is everything that the evidence holds.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.single().is_some_and(|(level, _)| level == Level::England)
    }

    /// The one organisation that the place is, if it is one.
    #[must_use]
    pub fn single(&self) -> Option<(Level, &str)> {
        match self.members.as_slice() {
            [(level, code)] => Some((*level, code)),
            _ => None,
        }
    }
}

fn level_of(code: &str, known: &Affiliations) -> Option<(Level, String)> {
    let code = code.trim().to_ascii_uppercase();
    [Level::SubIcb, Level::Icb, Level::Region, Level::Network, Level::Practice]
        .into_iter()
        .find(|level| known.codes(*level).contains(code.as_str()))
        .map(|level| (level, code))
}
