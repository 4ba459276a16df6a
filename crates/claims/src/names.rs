//! Names and codes of practices, networks, boards, regions and places, as sentences spell them.
//!
//! A practice or network is named by the words that tell it from others together with a word such as `surgery` or
//! `network`, or by its code. A name that fits several stays several, unless only one of them lies in the place that is
//! spoken of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evidence::place::{NamedPlace, OTHER_NAMES};
use evidence::{Affiliations, Place};
use vocab::Level;

mod council;
mod home;
mod practice;

use super::lexicon::LEXICON;
use super::mention::{Mention, What};
use super::spelling::Vocabulary;
use super::tokens::{Token, tokens};

/// Words that many names share.
const GENERIC: [&str; 26] = [
    "surgery",
    "practice",
    "medical",
    "centre",
    "center",
    "health",
    "group",
    "family",
    "gp",
    "dr",
    "partner",
    "partnership",
    "clinic",
    "primary",
    "care",
    "pcn",
    "network",
    "nhs",
    "integrated",
    "board",
    "icb",
    "the",
    "and",
    "of",
    "commissioning",
    "region",
];
/// Generic words that say that an organisation is meant.
const TELLING: [&str; 12] = [
    "surgery",
    "practice",
    "medical",
    "centre",
    "center",
    "clinic",
    "pcn",
    "network",
    "partnership",
    "icb",
    "board",
    "health",
];
/// Words of names that are words of every sentence.
const COMMON: [&str; 16] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first",
    "second", "new", "our", "best", "high",
];
#[derive(Debug)]
struct Name {
    stems: Vec<String>,
    level: Level,
    place: Place,
    /// Whether it is the name of a practice, said of its network.
    borrowed: bool,
    /// Whether it is the name of a council, which must be written as one.
    council: bool,
}

/// Every name that a sentence may use.
#[derive(Debug)]
pub(crate) struct Names {
    known: Arc<Affiliations>,
    by_first: BTreeMap<String, Vec<Name>>,
    by_code: BTreeMap<String, Place>,
    /// Places that somebody named, which a name means before it means an area of the health service.
    named: Vec<Place>,
    vocabulary: Vocabulary,
}

impl Names {
    /// The names of all organisations on a day, of named places, and other names of places.
    pub(crate) fn of(known: &Arc<Affiliations>, named: &[NamedPlace]) -> Self {
        let mut names = Self {
            known: Arc::clone(known),
            by_first: BTreeMap::new(),
            by_code: BTreeMap::new(),
            named: Vec::new(),
            vocabulary: Vocabulary::default(),
        };
        for level in [Level::Practice, Level::Network, Level::SubIcb, Level::Icb, Level::Region] {
            for code in known.codes(level) {
                let name = known.name_of(level, code).to_owned();
                let place = Place {
                    key: code.to_owned(),
                    name: name.clone(),
                    members: vec![(level, code.to_owned())],
                };
                if level != Level::SubIcb {
                    names.take(&name, level, &place);
                }
                names.by_code.insert(code.to_lowercase(), place);
            }
        }
        for (code, area) in known.standing().areas() {
            let place = Place::council(code, &area.name);
            if area.kind == "local_authority" {
                for spoken in area.spoken() {
                    names.take(&spoken, Level::Place, &place);
                }
            }
            names.by_code.insert(code.to_lowercase(), place);
        }
        for (code, area) in known.standing().larger() {
            let Ok(place) = Place::find(code, &[], known) else { continue };
            // A region of the health service is meant by its name; counties and combined authorities are councils.
            if area.kind != "region" {
                names.take(&area.name, Level::Place, &place);
            }
            names.by_code.insert(code.to_lowercase(), place);
        }
        for place in named {
            if let Ok(found) = Place::find(&place.key, named, known) {
                names.take(&place.name, Level::Place, &found);
                names.named.push(found.clone());
                names.by_code.insert(place.key.to_lowercase(), found);
            }
        }
        names.take_other_names(named);
        names.take_networks_of_practices();
        names
    }

    /// `The Market Street network` is the one that Market Street Surgery is in, unless a network is called so.
    fn take_networks_of_practices(&mut self) {
        let known = Arc::clone(&self.known);
        let mut more = Vec::new();
        for (first, names) in &self.by_first {
            for name in names.iter().filter(|name| name.level == Level::Practice) {
                let taken =
                    |other: &Name| other.level == Level::Network && other.stems == name.stems;
                let network = known.of(&name.place.key).and_then(|row| row.code(Level::Network));
                if let Some(place) = network.and_then(|code| self.by_code.get(&code.to_lowercase()))
                    && !names.iter().any(taken)
                {
                    let stems = name.stems.clone();
                    more.push((
                        first.clone(),
                        Name {
                            stems,
                            level: Level::Network,
                            place: place.clone(),
                            borrowed: true,
                            council: false,
                        },
                    ));
                }
            }
        }
        for (first, name) in more {
            self.by_first.entry(first).or_default().push(name);
        }
    }

    /// Names in everyday use, from `parameters/names.toml`, of the places that the evidence knows.
    fn take_other_names(&mut self, named: &[NamedPlace]) {
        for (key, others) in OTHER_NAMES.iter() {
            let known = Arc::clone(&self.known);
            if let Ok(place) = Place::find(key, named, &known) {
                let council = |other: &&String| {
                    Place::find(other, &[], &known).is_ok_and(|found| found.is_of_councils())
                };
                for other in others.iter().filter(|other| !council(other)) {
                    let own = Place { name: other.clone(), ..place.clone() };
                    self.take(other, Level::Place, &own);
                }
            }
        }
    }

    fn take(&mut self, name: &str, level: Level, place: &Place) {
        let stems = own_stems(name);
        // `Practice One` would be met in every sentence on one practice.
        let common = |stem: &String| COMMON.contains(&stem.as_str()) || LEXICON.is_plain_stem(stem);
        let numbers = stems.len() < 2 || stems.iter().all(|stem| COMMON.contains(&stem.as_str()));
        let everyday = numbers && stems.iter().all(common);
        if matches!(level, Level::Practice | Level::Network) && everyday {
            return;
        }
        for stem in &stems {
            self.vocabulary.add(stem);
        }
        if let Some(first) = stems.first().cloned() {
            let council = place.is_of_councils();
            let name = Name { stems, level, place: place.clone(), borrowed: false, council };
            self.by_first.entry(first).or_default().push(name);
        }
    }

    /// The organisations and places that a sentence names, seen from a place.
    pub(crate) fn mentions(&self, sentence: &[Token], home: &Place) -> Vec<Mention> {
        let senses: Vec<(Vec<&str>, bool)> =
            sentence.iter().map(|token| self.vocabulary.stands_for(&token.word)).collect();
        let mut found: Vec<Mention> = Vec::new();
        for (at, token) in sentence.iter().enumerate() {
            let in_capitals = token.written.chars().all(char::is_uppercase);
            if token.has_digit() || (in_capitals && self.by_code.contains_key(&token.word)) {
                let place = self.by_code.get(&token.word).cloned();
                found.extend(
                    place.map(|place| Mention::new(at, at + 1, What::Subject(vec![place]))),
                );
                continue;
            }
            for stem in senses.get(at).into_iter().flat_map(|(stems, _)| stems) {
                for name in self.by_first.get(*stem).into_iter().flatten() {
                    if let Some(to) = fits(name, sentence, &senses, at) {
                        let from = beginning(name, sentence, at);
                        found.push(Mention::new(from, to, What::Subject(vec![name.place.clone()])));
                    }
                }
            }
        }
        found.extend(self.home_by_name(sentence, home));
        let longest = found.clone();
        found.retain(|mention| !longest.iter().any(|other| other.contains(mention)));
        let mut merged = self.merged(found, sentence, home);
        merged.extend(home::in_general(sentence, home));
        merged
    }

    /// Names of the same words as one mention; those within the place only, where there are such.
    fn merged(&self, found: Vec<Mention>, sentence: &[Token], home: &Place) -> Vec<Mention> {
        let mut by_span: BTreeMap<(usize, usize), Vec<Place>> = BTreeMap::new();
        let mut homes = Vec::new();
        for mention in found {
            match mention.what {
                What::Subject(places) => {
                    by_span.entry((mention.from, mention.to)).or_default().extend(places);
                }
                _ => homes.push(mention),
            }
        }
        // What the place at hand is called means it, whatever else is called so.
        by_span
            .retain(|(from, to), _| !homes.iter().any(|home| home.from == *from && home.to == *to));
        let others = by_span.into_iter().filter_map(|((from, to), mut places)| {
            let words = sentence.get(from..to).unwrap_or_default();
            if places.iter().any(|place| is_called(place, words)) {
                places.retain(|place| is_called(place, words));
            }
            places.sort_by(|a, b| a.key.cmp(&b.key));
            places.dedup();
            self.leave_out_doubles(&mut places);
            let here: Vec<Place> =
                places.iter().filter(|place| self.lies_within(place, home)).cloned().collect();
            // Elsewhere there are practices of many names: one of other words is not the one that is meant.
            if here.is_empty() {
                places.retain(|place| !is_called_otherwise(place, words));
            }
            let mut meant = if here.is_empty() { places } else { here };
            self.may_be_home(&mut meant, home);
            (!meant.is_empty()).then(|| Mention::new(from, to, What::Subject(meant)))
        });
        others.collect::<Vec<_>>().into_iter().chain(homes).collect()
    }

    /// Leaves one of places that hold the same practices: no council where a named place or an area of the health service
    /// is that too, and no sub-ICB location beside the board that it is called after.
    fn leave_out_doubles(&self, places: &mut Vec<Place>) {
        if places.len() < 2 {
            return;
        }
        let level = |place: &Place| place.single().map(|(level, _)| level);
        if places.iter().any(|place| level(place) == Some(Level::Icb)) {
            places.retain(|place| level(place) != Some(Level::SubIcb));
        }
        places.sort_by(|one, other| {
            let rank = |place: &Place| (place.is_of_councils(), place.key.clone());
            rank(one).cmp(&rank(other))
        });
        let mut met: Vec<BTreeSet<&str>> = Vec::new();
        places.retain(|place| {
            let held = place.practices(&self.known);
            let is_new = held.is_empty() || !met.contains(&held);
            met.push(held);
            is_new
        });
    }

    /// Adds the place at hand where a name that is a part of its own is of nearly all of it: `Cornwall` said in the board of
    /// Cornwall and the Isles of Scilly may be either.
    fn may_be_home(&self, meant: &mut Vec<Place>, home: &Place) {
        const NEARLY_ALL: f64 = 0.9;
        let [place] = meant.as_slice() else { return };
        let (named, whole) = (own_stems(&place.name), own_stems(&home.name));
        if named.is_empty() || named == whole || !named.iter().all(|stem| whole.contains(stem)) {
            return;
        }
        let (part, all) = (place.practices(&self.known), home.practices(&self.known));
        let shared = part.intersection(&all).count() as f64;
        if part != all && shared >= NEARLY_ALL * all.len() as f64 {
            meant.push(home.clone());
        }
    }

    fn lies_within(&self, place: &Place, home: &Place) -> bool {
        if home.single().is_some_and(|(level, _)| level == Level::England) {
            return true;
        }
        let inner: BTreeSet<&str> = place.practices(&self.known);
        inner.iter().any(|code| self.known.of(code).is_some_and(|row| home.holds(row)))
    }
}

/// Whether the words are the whole name of a place.
fn is_called(place: &Place, words: &[Token]) -> bool {
    let without_the = |all: &[Token]| -> Vec<String> {
        all.iter().map(|token| token.word.clone()).filter(|word| word != "the").collect()
    };
    without_the(&tokens(&place.name)) == without_the(words)
}

/// Whether the words call a practice a surgery or a centre that is none by its name.
fn is_called_otherwise(place: &Place, words: &[Token]) -> bool {
    let name = tokens(&place.name);
    let is_told = |token: &Token| {
        TELLING.contains(&token.word.as_str()) && !name.iter().any(|own| own.word == token.word)
    };
    place.single().is_some_and(|(level, _)| level == Level::Practice) && words.iter().any(is_told)
}

/// The words of a name that tell it from others; the code behind the name of a sub-ICB location is none that people say.
fn own_stems(name: &str) -> Vec<String> {
    let spoken = match name.rsplit_once(" - ") {
        Some((spoken, code)) if code.bytes().any(|one| one.is_ascii_digit()) => spoken,
        _ => name,
    };
    tokens(spoken)
        .into_iter()
        .filter(|token| !GENERIC.contains(&token.word.as_str()) && token.word != "invented")
        .map(|token| token.stem)
        .filter(|stem| !GENERIC.contains(&stem.as_str()))
        .collect()
}

/// Where a name begins whose own words begin at a word: `GP at Hand` has a word before them that many names share.
fn beginning(name: &Name, sentence: &[Token], at: usize) -> usize {
    let full = tokens(&name.place.name);
    let own = full.iter().position(|token| name.stems.first() == Some(&token.stem)).unwrap_or(0);
    let before = full.iter().take(own).rev().map(|token| token.word.as_str());
    let matching = before.zip((0..at).rev()).take_while(|(word, at)| {
        *word != "the" && sentence.get(*at).is_some_and(|token| token.word == *word)
    });
    at - matching.count()
}

/// Where a name that begins at a word ends; a practice or network needs a word that says that it is one, or to be
/// written as a name.
fn fits(
    name: &Name,
    sentence: &[Token],
    senses: &[(Vec<&str>, bool)],
    from: usize,
) -> Option<usize> {
    let is =
        |at: usize, stem: &String| senses.get(at).is_some_and(|one| one.0.contains(&stem.as_str()));
    let mut at = from;
    for (position, wanted) in name.stems.iter().enumerate() {
        while position > 0
            && sentence.get(at).is_some_and(|token| GENERIC.contains(&token.stem.as_str()))
            && !is(at, wanted)
        {
            at += 1;
        }
        if !is(at, wanted) {
            return None;
        }
        at += 1;
    }
    let end = at;
    while sentence.get(at).is_some_and(|token| {
        TELLING.contains(&token.stem.as_str())
            || (name.council && token.word == "council")
            || (at > end && token.stem == "care")
            || (matches!(token.stem.as_str(), "primary" | "integrated")
                && sentence.get(at + 1).is_some_and(|next| next.stem == "care"))
    }) {
        at += 1;
    }
    if name.level == Level::Practice
        && let Some(end) = practice::written_whole(name, sentence, from)
    {
        return Some(end);
    }
    let told = sentence.get(end..at).unwrap_or_default();
    let has = |words: &[&str]| told.iter().any(|token| words.contains(&token.stem.as_str()));
    let is_network = has(&["pcn", "network"]);
    let bare = || is_written_as_name(name, sentence.get(from..end)?, senses.get(from..end)?);
    match name.level {
        Level::Practice if is_network => None,
        Level::Network if !is_network && (name.borrowed || !told.is_empty()) => None,
        Level::Network if told.is_empty() && practice::is_named(sentence, end) => None,
        Level::Practice | Level::Network if told.is_empty() => bare().map(|()| end),
        Level::Practice | Level::Network => Some(at),
        _ if name.council => council::is_meant(sentence, senses, (from, end))
            .then_some(if has(&["council"]) { at } else { end }),
        _ => Some(if has(&["icb", "board"]) { at } else { end }),
    }
}

/// Whether a name that stands alone can be nothing else: written large and without an error, of a network or of more
/// than one word, and no word of other sentences.
fn is_written_as_name(name: &Name, words: &[Token], senses: &[(Vec<&str>, bool)]) -> Option<()> {
    let large = words
        .iter()
        .zip(senses)
        .all(|(word, sense)| !sense.1 && word.written.starts_with(char::is_uppercase));
    let enough = match name.level {
        Level::Practice => words.len() > 1,
        _ => {
            words.len() > 1 || words.iter().all(|word| word.word.len() > 5 && !LEXICON.knows(word))
        }
    };
    (large && enough).then_some(())
}
