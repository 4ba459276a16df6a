//! Names and codes of practices, networks, boards, regions and places, as sentences spell them.
//!
//! A practice or network is named by the words that tell it from others together with a word such as `surgery` or
//! `network`, or by its code. A name that fits several stays several, unless only one of them lies in the place that is
//! spoken of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evidence::place::NamedPlace;
use evidence::{Affiliations, Place};
use vocab::Level;

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
/// Words that stand for the place that is spoken of.
const HERE: [&str; 3] = ["here", "locally", "local"];

#[derive(Debug)]
struct Name {
    stems: Vec<String>,
    level: Level,
    place: Place,
}

/// Every name that a sentence may use.
#[derive(Debug)]
pub(crate) struct Names {
    known: Arc<Affiliations>,
    by_first: BTreeMap<String, Vec<Name>>,
    by_code: BTreeMap<String, Place>,
    vocabulary: Vocabulary,
}

impl Names {
    /// The names of all organisations on a day, of named places, and other names of places.
    pub(crate) fn of(known: &Arc<Affiliations>, named: &[NamedPlace]) -> Self {
        let mut names = Self {
            known: Arc::clone(known),
            by_first: BTreeMap::new(),
            by_code: BTreeMap::new(),
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
        for place in named {
            if let Ok(found) = Place::find(&place.key, named, known) {
                names.take(&place.name, Level::Place, &found);
                names.by_code.insert(place.key.to_lowercase(), found);
            }
        }
        names.take_other_names(named);
        names
    }

    /// Names in everyday use, from `claims/lexicon/places.toml`, of the places that the evidence knows.
    fn take_other_names(&mut self, named: &[NamedPlace]) {
        let others: BTreeMap<String, Vec<String>> = toml::from_str(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../claims/lexicon/places.toml"
        )))
        .expect("the file inside the program can be read because a test reads it");
        for (key, others) in others {
            let known = Arc::clone(&self.known);
            if let Ok(place) = Place::find(&key, named, &known) {
                for other in &others {
                    let own = Place { name: other.clone(), ..place.clone() };
                    self.take(other, Level::Place, &own);
                }
            }
        }
    }

    fn take(&mut self, name: &str, level: Level, place: &Place) {
        let words = tokens(name);
        let stems: Vec<String> = words
            .into_iter()
            .map(|token| token.stem)
            .filter(|stem| !GENERIC.contains(&stem.as_str()) && stem != "invented")
            .collect();
        // `Practice One` would be met in every sentence on one practice.
        let common = |stem: &String| COMMON.contains(&stem.as_str()) || LEXICON.is_plain_stem(stem);
        if matches!(level, Level::Practice | Level::Network) && stems.iter().all(common) {
            return;
        }
        for stem in &stems {
            self.vocabulary.add(stem);
        }
        if let Some(first) = stems.first().cloned() {
            let name = Name { stems, level, place: place.clone() };
            self.by_first.entry(first).or_default().push(name);
        }
    }

    /// The organisations and places that a sentence names, seen from a place.
    pub(crate) fn mentions(&self, sentence: &[Token], home: &Place) -> Vec<Mention> {
        let senses: Vec<Vec<&str>> =
            sentence.iter().map(|token| self.vocabulary.stands_for(&token.word).0).collect();
        let mut found: Vec<(Mention, Level)> = Vec::new();
        for (at, token) in sentence.iter().enumerate() {
            if token.has_digit()
                || self
                    .by_code
                    .get(&token.word)
                    .is_some_and(|_| token.written.chars().all(char::is_uppercase))
            {
                if let Some(place) = self.by_code.get(&token.word) {
                    found.push((
                        Mention::new(at, at + 1, What::Subject(vec![place.clone()])),
                        Level::Place,
                    ));
                }
                continue;
            }
            if HERE.contains(&token.word.as_str()) {
                continue;
            }
            for stem in senses.get(at).into_iter().flatten() {
                for name in self.by_first.get(*stem).into_iter().flatten() {
                    if let Some(to) = fits(name, sentence, &senses, at) {
                        let what = What::Subject(vec![name.place.clone()]);
                        found.push((Mention::new(at, to, what), name.level));
                    }
                }
            }
        }
        let longest: Vec<Mention> = found.iter().map(|(mention, _)| mention.clone()).collect();
        found.retain(|(mention, _)| !longest.iter().any(|other| other.contains(mention)));
        self.merged(found, home)
    }

    /// Names of the same words as one mention; those within the place only, where there are such.
    fn merged(&self, found: Vec<(Mention, Level)>, home: &Place) -> Vec<Mention> {
        let mut by_span: BTreeMap<(usize, usize), Vec<Place>> = BTreeMap::new();
        for (mention, _) in found {
            if let What::Subject(places) = mention.what {
                by_span.entry((mention.from, mention.to)).or_default().extend(places);
            }
        }
        by_span
            .into_iter()
            .map(|((from, to), mut places)| {
                places.sort_by(|a, b| a.key.cmp(&b.key));
                places.dedup();
                let here: Vec<Place> =
                    places.iter().filter(|place| self.lies_within(place, home)).cloned().collect();
                Mention::new(from, to, What::Subject(if here.is_empty() { places } else { here }))
            })
            .collect()
    }

    fn lies_within(&self, place: &Place, home: &Place) -> bool {
        if home.single().is_some_and(|(level, _)| level == Level::England) {
            return true;
        }
        let inner: BTreeSet<&str> = place.practices(&self.known);
        inner.iter().any(|code| self.known.of(code).is_some_and(|row| home.holds(row)))
    }
}

/// Where a name that begins at a word ends; a practice or network needs a word that says that it is one.
fn fits(name: &Name, sentence: &[Token], senses: &[Vec<&str>], from: usize) -> Option<usize> {
    let mut at = from;
    for (position, wanted) in name.stems.iter().enumerate() {
        while position > 0
            && sentence.get(at).is_some_and(|token| GENERIC.contains(&token.stem.as_str()))
            && !senses.get(at)?.contains(&wanted.as_str())
        {
            at += 1;
        }
        if !senses.get(at)?.contains(&wanted.as_str()) {
            return None;
        }
        at += 1;
    }
    let end = at;
    while sentence.get(at).is_some_and(|token| {
        TELLING.contains(&token.stem.as_str())
            || (at > end && token.stem == "care")
            || (token.stem == "primary"
                && sentence.get(at + 1).is_some_and(|next| next.stem == "care"))
    }) {
        at += 1;
    }
    let told = sentence.get(end..at).unwrap_or_default();
    let is_network = told.iter().any(|token| matches!(token.stem.as_str(), "pcn" | "network"));
    match name.level {
        Level::Practice if told.is_empty() || is_network => None,
        Level::Network if !is_network => None,
        Level::Practice | Level::Network => Some(at),
        _ => Some(if is_network { end } else { at }),
    }
}
