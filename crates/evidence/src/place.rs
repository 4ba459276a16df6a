//! A place: what somebody calls home, as a list of sub-ICBs, ICBs, regions, networks or practices.

use std::collections::BTreeSet;

use serde::Deserialize;
use thiserror::Error;
use vocab::{Level, Whole};

use crate::affiliation::{Affiliation, Affiliations};
use crate::former::Ended;

/// A place that is not known, or not known from others of its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoPlace {
    /// Nothing is called so.
    #[error(
        "there is no place `{found}`: expected the name or code of a practice, network, sub-ICB, ICB, region or council area whose outline is imported, several joined by `+` (such as `03W+04C+04V`), or one of {known}"
    )]
    Unknown {
        /// What was asked for.
        found: String,
        /// The named places.
        known: String,
    },
    /// Several are called so.
    #[error("`{found}` is the name of {}; ask by code: {}", .candidates.len(), .candidates.join("; "))]
    Several {
        /// What was asked for.
        found: String,
        /// Each with its code, kind and where it is.
        candidates: Vec<String>,
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
    /// Codes, of any level or kind of area.
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

    /// Finds a place by the key of a named one, by a name, by a code, or by names and codes joined with `+`.
    ///
    /// # Errors
    /// When some part of it is neither, or the name of several.
    pub fn find(key: &str, named: &[NamedPlace], known: &Affiliations) -> Result<Self, NoPlace> {
        if key.eq_ignore_ascii_case("england") {
            return Ok(Self::everywhere(known.whole()));
        }
        let named_place = named
            .iter()
            .find(|place| place.key.eq_ignore_ascii_case(key) || plain(&place.name) == plain(key));
        let (codes, name) = match named_place {
            Some(place) => (place.members.clone(), Some(place.name.clone())),
            None => (key.split(['+', ',', ' ']).map(str::to_owned).collect(), None),
        };
        let codes: Vec<String> = codes.into_iter().map(|code| of_service(code, known)).collect();
        let former = known.former();
        let ended = |found: (&str, &Ended)| NoPlace::Ended(found.1.in_words(found.0));
        if let Some(found) = codes.iter().find_map(|code| former.of_code(code, known.day())) {
            return Err(ended(found));
        }
        let all = |codes: &[String]| {
            codes.iter().map(|code| level_of(code, known)).collect::<Option<Vec<_>>>()
        };
        let members = match all(&codes) {
            Some(members) => members,
            None if named_place.is_some() => return Err(unknown(key, named)),
            None => key
                .split('+')
                .map(|part| match level_of(part, known) {
                    Some(member) => Ok(member),
                    None => by_name(part, named, known).map_err(|error| {
                        match (&error, former.of_name(part, known.day())) {
                            (NoPlace::Unknown { .. }, Some(found)) => ended(found),
                            _ => error,
                        }
                    }),
                })
                .collect::<Result<Vec<_>, NoPlace>>()?,
        };
        let name = name.unwrap_or_else(|| {
            let names: Vec<_> =
                members.iter().map(|(level, code)| known.name_of(*level, code)).collect();
            names.join(" and ")
        });
        let codes: Vec<&str> = members.iter().map(|(_, code)| code.as_str()).collect();
        let key = named_place.map_or_else(|| codes.join("+"), |place| place.key.clone());
        Ok(Self { key, name, members })
    }

    /// Whether a practice of this affiliation lies in the place.
    #[must_use]
    pub fn holds(&self, affiliation: &Affiliation) -> bool {
        self.members.iter().any(|(level, code)| match level {
            Level::Place => affiliation.stands_in.contains(code),
            level => affiliation.is_of(*level, code),
        })
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

    /// Whether council areas are part of it, so that practices belong to it by where their main site stands.
    #[must_use]
    pub fn is_of_councils(&self) -> bool {
        self.members.iter().any(|(level, _)| *level == Level::Place)
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

/// Levels at which codes and names are looked for.
const LEVELS: [Level; 5] =
    [Level::SubIcb, Level::Icb, Level::Region, Level::Network, Level::Practice];

fn level_of(code: &str, known: &Affiliations) -> Option<(Level, String)> {
    let code = code.trim().to_ascii_uppercase();
    LEVELS
        .into_iter()
        .find(|level| known.codes(*level).contains(code.as_str()))
        .or_else(|| known.standing().area(&code).map(|_| Level::Place))
        .or_else(|| known.former().level_of(&code))
        .or_else(|| known.lookups().level_of(&code))
        .map(|level| (level, code))
}

/// The code of the health service for a code of the ONS; any other as it is.
fn of_service(code: String, known: &Affiliations) -> String {
    let service = known.lookups().of_ons(&code.trim().to_ascii_uppercase());
    service.map_or(code, |(_, service)| service.to_owned())
}

fn unknown(found: &str, named: &[NamedPlace]) -> NoPlace {
    let keys: Vec<&str> = named.iter().map(|place| place.key.as_str()).collect();
    NoPlace::Unknown { found: found.to_owned(), known: keys.join(", ") }
}

/// What bears a name as it is written, or else as people say it of a council.
fn by_name(
    found: &str,
    named: &[NamedPlace],
    known: &Affiliations,
) -> Result<(Level, String), NoPlace> {
    let asked = plain(found);
    let council = without_council(&asked);
    let mut hits = called(known, |name| name == asked);
    if hits.is_empty() {
        hits = councils(known, |name| name == council);
    }
    if hits.is_empty() {
        hits = councils(known, |name| {
            let rest = name.strip_prefix(council).unwrap_or_default();
            !council.is_empty() && rest.starts_with(" on ")
        });
    }
    match hits.as_slice() {
        [] => Err(unknown(found, named)),
        [only] => Ok(only.clone()),
        _ => Err(NoPlace::Several {
            found: found.trim().to_owned(),
            candidates: hits.iter().map(|(level, code)| told(*level, code, known)).collect(),
        }),
    }
}

/// The local authorities of a name, and not what is smaller and named after them.
fn councils(known: &Affiliations, is: impl Fn(&str) -> bool) -> Vec<(Level, String)> {
    let areas = known.standing().areas().filter(|(_, area)| area.kind == "local_authority");
    let fitting = areas.filter(|(_, area)| is(&plain(&area.name)));
    fitting.map(|(code, _)| (Level::Place, code.to_owned())).collect()
}

/// The organisations and areas of a name; practices that only a far extract still has are not offered where others
/// stand.
fn called(known: &Affiliations, is: impl Fn(&str) -> bool) -> Vec<(Level, String)> {
    let mut hits = Vec::new();
    for level in LEVELS {
        let codes = known.codes(level).into_iter();
        let fitting = codes.filter(|code| is(&plain(known.name_of(level, code))));
        hits.extend(fitting.map(|code| (level, code.to_owned())));
    }
    let areas = known.standing().areas();
    let fitting = areas.filter(|(_, area)| is(&plain(&area.name)));
    hits.extend(fitting.map(|(code, _)| (Level::Place, code.to_owned())));
    let far = |(level, code): &(Level, String)| {
        *level == Level::Practice
            && known.of(code).is_some_and(|row| row.stated_by.ends_with("(far)"))
    };
    if hits.iter().any(|hit| !far(hit)) {
        hits.retain(|hit| !far(hit));
    }
    hits
}

/// One of several of a name: code, kind, and where it is.
fn told(level: Level, code: &str, known: &Affiliations) -> String {
    if let (Level::Place, Some(area)) = (level, known.standing().area(code)) {
        return format!("{code} ({})", area.kind_in_words());
    }
    let parent = known.parent(level, code, Level::Icb).filter(|_| level < Level::Icb);
    let board =
        parent.map_or_else(String::new, |icb| format!(", {}", known.name_of(Level::Icb, icb)));
    let postcode = known.of(code).filter(|_| level == Level::Practice);
    let postcode = postcode.map_or_else(String::new, |row| format!(", {}", row.postcode));
    format!("{code} ({level}{postcode}{board})")
}

/// A name in small letters and plain words, with points of the compass written out.
fn plain(name: &str) -> String {
    let spaced: String = name
        .to_lowercase()
        .replace(['\'', '’'], "")
        .replace('&', " and ")
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let words: Vec<&str> = spaced
        .split_whitespace()
        .map(|word| match word {
            "se" => "south east",
            "sw" => "south west",
            "ne" => "north east",
            "nw" => "north west",
            word => word,
        })
        .collect();
    let joined = words.join(" ");
    let joined = joined.strip_prefix("nhs ").unwrap_or(&joined);
    let ends = [" city of", " county of", " integrated care board"];
    ends.iter().find_map(|end| joined.strip_suffix(end)).unwrap_or(joined).to_owned()
}

/// A plain name without the words that say that a council is meant.
fn without_council(asked: &str) -> &str {
    const BEFORE: [&str; 8] = [
        "the ",
        "london borough of ",
        "royal borough of ",
        "metropolitan borough of ",
        "borough of ",
        "district of ",
        "city of ",
        "county of ",
    ];
    const AFTER: [&str; 5] = [" council", " borough", " district", " city", " county"];
    let mut rest = asked;
    for word in BEFORE {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    for word in AFTER {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    rest
}
