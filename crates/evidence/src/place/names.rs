//! The names by which people ask for places.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use vocab::Level;

use super::{LEVELS, NamedPlace, NoPlace, level_of, unknown};
use crate::affiliation::Affiliations;
use crate::standing::CouncilArea;

/// Names in everyday use, by the code or key of the place, from `parameters/names.toml`. A name counts only where the
/// evidence knows the code.
pub static OTHER_NAMES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/names.toml"));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

/// Words after which people leave the rest of a name unsaid: `Southend`, `Newcastle`.
const BESIDE: [&str; 2] = [" on ", " upon "];

impl CouncilArea {
    /// The names that people say, in small letters: as published without `City of`, without the water it lies on, and as
    /// the borough of that name.
    #[must_use]
    pub fn spoken(&self) -> Vec<String> {
        let whole = plain(&self.name);
        let short = BESIDE.iter().find_map(|word| Some(whole.split_once(word)?.0.to_owned()));
        let boroughs =
            ["london", "royal", "metropolitan"].map(|kind| format!("{kind} borough of {whole}"));
        std::iter::once(whole.clone()).chain(short).chain(boroughs).collect()
    }
}

/// What bears a name as it is written, or else as people say it of a council.
pub(super) fn by_name(
    found: &str,
    named: &[NamedPlace],
    known: &Affiliations,
) -> Result<(Level, String), NoPlace> {
    let asked = plain(found);
    let council = without_council(&asked);
    let mut hits = called(known, |name| name == asked);
    if hits.is_empty() {
        hits = made_of_councils(known, &asked);
    }
    if hits.is_empty() {
        hits = councils(known, |name| name == council);
    }
    if hits.is_empty() {
        hits = councils(known, |name| {
            let rest = name.strip_prefix(council).unwrap_or_default();
            !council.is_empty() && BESIDE.iter().any(|word| rest.starts_with(word))
        });
    }
    if hits.is_empty() {
        let called = |names: &Vec<String>| names.iter().any(|name| plain(name) == asked);
        let fitting = OTHER_NAMES.iter().filter(|(_, names)| called(names));
        hits = fitting.filter_map(|(code, _)| level_of(code, known)).collect();
    }
    match hits.as_slice() {
        [] => Err(like(found, council, known).unwrap_or_else(|| unknown(found, named, known))),
        [only] => Ok(only.clone()),
        _ => Err(NoPlace::Several {
            found: found.trim().to_owned(),
            candidates: hits.iter().map(|(level, code)| told(*level, code, known)).collect(),
        }),
    }
}

/// Boards, sub-ICB locations and councils that have the words of a name in theirs: asked back, never taken for it.
fn like(found: &str, asked: &str, known: &Affiliations) -> Option<NoPlace> {
    if asked.len() < 3 {
        return None;
    }
    let has = |name: &str| format!(" {} ", plain(name)).contains(&format!(" {asked} "));
    let mut hits = councils(known, |name| has(name));
    for level in [Level::SubIcb, Level::Icb] {
        let fitting = known.codes(level).into_iter().filter(|code| has(known.name_of(level, code)));
        hits.extend(fitting.map(|code| (level, code.to_owned())));
    }
    let named = |(level, code): &(Level, String)| {
        format!("{}: {}", told(*level, code, known), known.name_of(*level, code))
    };
    let mut candidates: Vec<String> = hits.iter().map(named).collect();
    let apart = known.standing().without_outline().filter(|(_, area)| plain(&area.name) == asked);
    candidates.extend(apart.map(|(code, area)| {
        let councils = known.standing().councils_of(code);
        let councils: Vec<&str> =
            councils.map(|council| known.name_of(Level::Place, council)).collect();
        format!(
            "{code} ({} of {}, without outlines): {}",
            area.kind_in_words(),
            councils.join(", "),
            area.name
        )
    }));
    (!candidates.is_empty()).then(|| NoPlace::Like {
        found: found.trim().to_owned(),
        candidates,
        beside: without_lookups(known),
    })
}

/// What to import where no lookup says which councils lie in counties or combined authorities; nothing where both are
/// known.
pub(super) fn without_lookups(known: &Affiliations) -> String {
    let has = |kind: &str| known.standing().larger().any(|(_, area)| area.kind == kind);
    let lacking: Vec<&str> = [
        ("county", "to counties (or to upper tier local authorities)"),
        ("combined_authority", "to combined authorities"),
    ]
    .into_iter()
    .filter(|(kind, _)| !has(kind))
    .map(|(_, words)| words)
    .collect();
    if lacking.is_empty() {
        return String::new();
    }
    format!(
        ". If a county or combined authority is meant: no imported file says which councils lie in it; import the lookup of the ONS from local authority districts {}",
        lacking.join(" and the one ")
    )
}

/// Why nobody can say who stands in an area of councils that is asked for by its code, and what to import.
pub(super) fn untold(asked: &str, known: &Affiliations) -> Option<String> {
    const KINDS: [(&str, &str, &str); 5] = [
        (
            "E02",
            "a middle-layer area",
            "the lookup of small areas (LSOA) to middle-layer areas (MSOA)",
        ),
        ("E05", "a ward", "the lookup of small areas (LSOA) to wards of the year of the code"),
        ("E10", "a county", "the lookup of local authority districts to counties"),
        ("E12", "a region of councils", "the lookup of local authority districts to regions"),
        (
            "E47",
            "a combined authority",
            "the lookup of local authority districts to combined authorities",
        ),
    ];
    let code = asked.trim().to_ascii_uppercase();
    if level_of(&code, known).is_some() {
        return None;
    }
    if let Some((code, area)) = known.standing().without_outline().find(|(other, _)| *other == code)
    {
        return Some(format!(
            "`{code}` is {}, a {}, and not all outlines of its small areas are imported, so that nobody can say which practices stand there: import the boundaries of small areas (LSOA 2021) of its council",
            area.name,
            area.kind_in_words()
        ));
    }
    let is_code = code.len() == 9 && code.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let (_, kind, lookup) = KINDS.iter().find(|(start, ..)| is_code && code.starts_with(start))?;
    Some(format!(
        "`{code}` has the form of the code of {kind}, and no imported lookup names it: import {lookup}"
    ))
}

/// What a name with its kind means: `Hampshire County Council`, `West Midlands Combined Authority`.
fn made_of_councils(known: &Affiliations, asked: &str) -> Vec<(Level, String)> {
    const ENDS: [(&str, &str); 5] = [
        (" mayoral combined authority", "combined_authority"),
        (" combined county authority", "combined_authority"),
        (" combined authority", "combined_authority"),
        (" county council", "county"),
        (" county", "county"),
    ];
    let asked = asked.strip_prefix("the ").unwrap_or(asked);
    let Some((rest, kind)) =
        ENDS.iter().find_map(|(end, kind)| Some((asked.strip_suffix(end)?, *kind)))
    else {
        return Vec::new();
    };
    let fitting = known.standing().larger().filter(|(_, area)| {
        let name = plain(&area.name);
        area.kind == kind && (name == rest || name == asked)
    });
    fitting.map(|(code, _)| (Level::Place, code.to_owned())).collect()
}

/// The local authorities of a name, and not what is smaller and named after them.
fn councils(known: &Affiliations, is: impl Fn(&str) -> bool) -> Vec<(Level, String)> {
    let areas = known.standing().areas().filter(|(_, area)| area.kind == "local_authority");
    let fitting = areas.filter(|(_, area)| is(&plain(&area.name)));
    let counties = known.standing().larger().filter(|(_, area)| area.kind == "county");
    let counties = counties.filter(|(_, area)| is(&plain(&area.name))).map(|(code, _)| code);
    fitting
        .map(|(code, _)| code)
        .chain(counties)
        .map(|code| (Level::Place, code.to_owned()))
        .collect()
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
    let larger = known.standing().larger().filter(|(_, area)| is(&plain(&area.name)));
    hits.extend(larger.map(|(code, _)| (Level::Place, code.to_owned())));
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
    if let (Level::Place, Some(area)) = (level, known.standing().made_of_councils(code)) {
        return format!("{code} ({})", area.in_words());
    }
    let parent = known.parent(level, code, Level::Icb).filter(|_| level < Level::Icb);
    let board =
        parent.map_or_else(String::new, |icb| format!(", {}", known.name_of(Level::Icb, icb)));
    let postcode = known.of(code).filter(|_| level == Level::Practice);
    let postcode = postcode.map_or_else(String::new, |row| format!(", {}", row.postcode));
    format!("{code} ({level}{postcode}{board})")
}

/// A name in small letters and plain words, with points of the compass written out.
pub(super) fn plain(name: &str) -> String {
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
    let ends = [" city of", " county of", " integrated care board", " icb"];
    ends.iter().find_map(|end| joined.strip_suffix(end)).unwrap_or(joined).to_owned()
}

/// Whether a name is written as the health service prints those of its boards, so that no place that somebody named is meant.
pub(super) fn is_of_the_service(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.starts_with("nhs ") || name.ends_with(" integrated care board") || name.ends_with(" icb")
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
