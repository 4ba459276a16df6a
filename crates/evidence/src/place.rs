//! A place: what somebody calls home, as a list of sub-ICBs, ICBs, regions, networks or practices.

use std::collections::BTreeSet;

use serde::Deserialize;
use thiserror::Error;
use vocab::{Level, Period, Whole};

use crate::affiliation::{Affiliation, Affiliations};
use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::former::Ended;

mod names;
mod own;

pub use names::OTHER_NAMES;
use names::{by_name, plain};
pub use own::faults;

/// A place that is not known, or not known from others of its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoPlace {
    /// Nothing is called so.
    #[error(
        "there is no place `{found}`: expected the name or code of a practice, network, sub-ICB, ICB, region or council area whose outline is imported, several joined by `+` (such as `03W+04C+04V`), or one of {known}{beside}"
    )]
    Unknown {
        /// What was asked for.
        found: String,
        /// The named places.
        known: String,
        /// What to import where areas made of councils are not known; empty where they are.
        beside: String,
    },
    /// Several are called so.
    #[error("`{found}` is the name of {}; ask by code: {}", .candidates.len(), .candidates.join("; "))]
    Several {
        /// What was asked for.
        found: String,
        /// Each with its code, kind and where it is.
        candidates: Vec<String>,
    },
    /// Nothing is called just so, but areas have these words in their names.
    #[error("no place is called just `{found}`; ask by code for the one that is meant: {}{beside}", .candidates.join("; "))]
    Like {
        /// What was asked for.
        found: String,
        /// Each with its code, kind, name and where it is.
        candidates: Vec<String>,
        /// What to import where areas made of councils are not known; empty where they are.
        beside: String,
    },
    /// Made of councils of which some have no known outline.
    #[error("{0}")]
    Missing(String),
    /// The area has ended.
    #[error("{0}")]
    Ended(String),
    /// An outline that cannot be drawn.
    #[error("{0}")]
    Outline(String),
}

/// By which rule somebody belongs to a council area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belonging {
    /// Practices that stand there, with everybody on their lists.
    Stand,
    /// People who live there, whichever practice they are with.
    Live,
}

impl Belonging {
    /// The rule as pages and commands name it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Stand => "practices whose main site stands in the outline",
            Self::Live => "people who live there",
        }
    }
}

/// A place and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key in addresses: a code, codes joined by `+`, or the key of a named place.
    pub key: String,
    /// The name on the page.
    pub name: String,
    /// What it is made of; council areas stand at the level of a place.
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
    /// Codes of any level or kind of area, or postcodes.
    #[serde(default)]
    pub members: Vec<String>,
    /// An outline, as rings of longitude and latitude: the practices whose main site stands in it.
    #[serde(default)]
    pub outline: Vec<Vec<(f64, f64)>>,
}

/// One part of a place: what stands between two `+`.
struct Part {
    key: String,
    name: String,
    members: Vec<(Level, String)>,
}

impl Part {
    /// A part by its code; an area made of councils is its councils.
    fn of((level, code): (Level, String), known: &Affiliations) -> Result<Self, NoPlace> {
        let name = known.name_of(level, &code).to_owned();
        let larger = known.standing().made_of_councils(&code).filter(|_| level == Level::Place);
        let members = match larger {
            None => vec![(level, code.clone())],
            Some(area) if area.missing.is_empty() => {
                area.councils.iter().map(|council| (Level::Place, council.clone())).collect()
            }
            Some(area) => {
                let missing: Vec<&str> = area.missing.iter().map(String::as_str).collect();
                return Err(NoPlace::Missing(format!(
                    "{name} (`{code}`) is {}; no outline of {} is imported, so that its practices are not all known: import outlines of local authority districts of that year, or the lookup of the year of the outlines",
                    area.in_words(),
                    missing.join(", ")
                )));
            }
        };
        Ok(Self { key: code, name, members })
    }

    fn find(part: &str, named: &[NamedPlace], known: &Affiliations) -> Result<Self, NoPlace> {
        if let Some(corners) = part.trim().strip_prefix("drawn:") {
            return own::drawn(part.trim(), corners, known);
        }
        if let Some(why) = names::untold(part, known) {
            return Err(NoPlace::Missing(why));
        }
        let code = of_service(part.to_owned(), known);
        let member = level_of(&code, known).or_else(|| postcode(part, known));
        let member = member.map_or_else(|| by_name(part, named, known), Ok)?;
        Self::of(member, known)
    }
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

    /// A council area, or another area that is no organisation of the health service.
    #[must_use]
    pub fn council(code: &str, name: &str) -> Self {
        let members = vec![(Level::Place, code.to_owned())];
        Self { key: code.to_owned(), name: name.to_owned(), members }
    }

    /// Finds a place by the key of a named one, by a name, code or postcode, by an outline as `drawn:lon,lat;lon,lat;…`, or
    /// by several of these joined with `+`.
    ///
    /// # Errors
    /// When some part of it is neither, or the name of several.
    pub fn find(key: &str, named: &[NamedPlace], known: &Affiliations) -> Result<Self, NoPlace> {
        if ["england", "eng", "e92000001"].contains(&key.trim().to_ascii_lowercase().as_str()) {
            return Ok(Self::everywhere(known.whole()));
        }
        let is_official = names::is_of_the_service(key);
        let is_meant = |place: &&NamedPlace| {
            place.key.eq_ignore_ascii_case(key)
                || (!is_official && plain(&place.name) == plain(key))
        };
        if let Some(place) = named.iter().find(is_meant) {
            return place.found(named, known);
        }
        let former = known.former();
        let ended = |found: (&str, &Ended)| NoPlace::Ended(found.1.in_words(found.0));
        let codes: Vec<String> =
            key.split(['+', ',', ' ']).map(|code| of_service(code.to_owned(), known)).collect();
        if let Some(found) = codes.iter().find_map(|code| former.of_code(code, known.day())) {
            return Err(ended(found));
        }
        let all: Option<Vec<_>> = codes.iter().map(|code| level_of(code, known)).collect();
        let parts = match all {
            Some(members) => members
                .into_iter()
                .map(|member| Part::of(member, known))
                .collect::<Result<Vec<_>, NoPlace>>()?,
            None => key
                .split('+')
                .map(|part| {
                    let is_meant =
                        |place: &&NamedPlace| place.key.eq_ignore_ascii_case(part.trim());
                    if let Some(place) = named.iter().find(is_meant) {
                        let Self { key, name, members } = place.found(named, known)?;
                        return Ok(Part { key, name, members });
                    }
                    Part::find(part, named, known).map_err(|error| {
                        match (&error, former.of_name(part, known.day())) {
                            (NoPlace::Unknown { .. } | NoPlace::Like { .. }, Some(found)) => {
                                ended(found)
                            }
                            _ => error,
                        }
                    })
                })
                .collect::<Result<Vec<_>, NoPlace>>()?,
        };
        let parts = each_once(parts);
        let join =
            |pick: fn(&Part) -> &str, by: &str| parts.iter().map(pick).collect::<Vec<_>>().join(by);
        let (key, name) = (join(|part| &part.key, "+"), join(|part| &part.name, " and "));
        let mut members: Vec<(Level, String)> = Vec::new();
        for member in parts.into_iter().flat_map(|part| part.members) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        Ok(Self { key, name, members })
    }

    /// The place of a key: as it is now, or an area that has ended as it was in a period in which it stood. Its name then
    /// says what became of it.
    ///
    /// # Errors
    /// When the affiliations of the period cannot be read.
    pub fn find_in(
        key: &str,
        named: &[NamedPlace],
        evidence: &Evidence,
        now: &Affiliations,
        period: Option<Period>,
    ) -> Result<Result<Self, NoPlace>, EvidenceError> {
        let found = Self::find(key, named, now);
        let (Err(NoPlace::Ended(_)), Some(period)) = (&found, period) else { return Ok(found) };
        let then = evidence.affiliations(period.as_at())?;
        Ok(Self::find(key, named, &then).map(|place| place.with_what_it_became(now)))
    }

    /// The same place under a name that says which of its areas have ended since.
    fn with_what_it_became(self, now: &Affiliations) -> Self {
        let ended = |(level, code): &(Level, String)| {
            let ended = now.former().ended(*level, code, now.day())?;
            Some(format!("{code} {}", ended.in_brief()))
        };
        let ended: Vec<String> = self.members.iter().filter_map(ended).collect();
        let name = format!("{} ({})", self.name, ended.join("; "));
        if ended.is_empty() { self } else { Self { name, ..self } }
    }

    /// Whether a practice of this affiliation lies in the place.
    #[must_use]
    pub fn holds(&self, affiliation: &Affiliation) -> bool {
        self.members.iter().any(|(level, code)| match level {
            Level::Place => affiliation.stands_in.contains(code) || affiliation.postcode == *code,
            level => affiliation.is_of(*level, code),
        })
    }

    /// The practices of the place.
    #[must_use]
    pub fn practices<'a>(&self, known: &'a Affiliations) -> BTreeSet<&'a str> {
        known.iter().filter(|row| self.holds(row)).map(|row| row.practice.as_str()).collect()
    }

    /// Whether a practice may stand in one of the councils or areas of the place without being known to, for want of a
    /// point or of an outline around it.
    #[must_use]
    pub fn may_hold(&self, affiliation: Option<&Affiliation>, known: &Affiliations) -> bool {
        let stands_in = affiliation.map_or(&[][..], |row| row.stands_in.as_slice());
        let council = |(level, code): &(Level, String)| {
            *level == Level::Place && known.standing().may_stand(stands_in, code)
        };
        self.members.iter().any(council) && affiliation.is_none_or(|row| !self.holds(row))
    }

    /// Whether the place is everything that the evidence holds.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.single().is_some_and(|(level, _)| level == Level::England)
    }

    /// Whether council areas are part of it, so that practices belong to it by where their main site stands.
    #[must_use]
    pub fn is_of_councils(&self) -> bool {
        self.members.iter().any(|(level, code)| *level == Level::Place && !is_postcode(code))
    }

    /// Whether all of it is areas in which people live: networks, practices and postcodes have no residents of their own.
    #[must_use]
    pub fn is_of_areas(&self) -> bool {
        self.members.iter().all(|(level, code)| *level > Level::Network && !is_postcode(code))
    }

    /// The rule by which a figure counts, for downloads; nothing for places of the health service.
    #[must_use]
    pub fn belonging(&self, rule: Belonging) -> Option<&'static str> {
        self.is_of_councils().then(|| rule.in_words())
    }

    /// Whom a figure counts that goes by a rule, in a sentence; nothing for places of the health service, where
    /// practices are members.
    #[must_use]
    pub fn counts(&self, belonging: Belonging) -> Option<String> {
        self.is_of_councils().then(|| format!("Counted here: {}.", belonging.in_words()))
    }

    /// The one organisation that the place is, if it is one; a council area is none.
    #[must_use]
    pub fn single(&self) -> Option<(Level, &str)> {
        match self.members.as_slice() {
            [(Level::Place, _)] => None,
            [(level, code)] => Some((*level, code)),
            _ => None,
        }
    }
}

/// The parts of a place without those that were written before: the same area twice is one.
fn each_once(parts: Vec<Part>) -> Vec<Part> {
    let mut met = BTreeSet::new();
    parts.into_iter().filter(|part| met.insert(part.key.clone())).collect()
}

/// Levels at which codes and names are looked for.
const LEVELS: [Level; 5] =
    [Level::SubIcb, Level::Icb, Level::Region, Level::Network, Level::Practice];

fn level_of(code: &str, known: &Affiliations) -> Option<(Level, String)> {
    let code = code.trim().to_ascii_uppercase();
    LEVELS
        .into_iter()
        .find(|level| known.codes(*level).contains(code.as_str()))
        .or_else(|| known.standing().name_of(&code).map(|_| Level::Place))
        .or_else(|| known.former().level_of(&code))
        .or_else(|| known.lookups().level_of(&code))
        .map(|level| (level, code))
}

/// The code of the health service for a code of the ONS; any other as it is.
fn of_service(code: String, known: &Affiliations) -> String {
    let service = known.lookups().of_ons(&code.trim().to_ascii_uppercase());
    service.map_or(code, |(_, service)| service.to_owned())
}

/// The practices at a postcode, where there are any.
fn postcode(part: &str, known: &Affiliations) -> Option<(Level, String)> {
    let bare = |text: &str| text.replace(' ', "").to_ascii_uppercase();
    let asked = bare(part);
    let row = known.iter().find(|row| !row.postcode.is_empty() && bare(&row.postcode) == asked)?;
    Some((Level::Place, row.postcode.clone()))
}

/// Whether a part of a place is a postcode: codes of areas have no space in them.
fn is_postcode(code: &str) -> bool {
    code.contains(' ')
}

fn unknown(found: &str, named: &[NamedPlace], known: &Affiliations) -> NoPlace {
    let keys: Vec<&str> = named.iter().map(|place| place.key.as_str()).collect();
    NoPlace::Unknown {
        found: found.to_owned(),
        known: keys.join(", "),
        beside: names::without_lookups(known),
    }
}
