//! The words that claims are made of, from `claims/lexicon/`: concepts, sides, changes, kinds of organisations, names
//! of indicators, words that turn a sentence into something else, and plain words that say nothing.

mod matter;
mod phrase;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use vocab::Level;

use super::mention::{Change, Direction, Mention, What};
use super::spelling::Vocabulary;
use super::tokens::Token;
pub(crate) use matter::Matter;
use phrase::Phrase;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    telling: Vec<String>,
    concept: BTreeMap<String, Vec<String>>,
    direction: BTreeMap<String, Vec<String>>,
    change: BTreeMap<String, Vec<String>>,
    level: BTreeMap<String, Vec<String>>,
    guard: BTreeMap<String, Vec<String>>,
    plain: BTreeMap<String, String>,
}

/// All lists, ready for matching.
#[derive(Debug)]
pub(crate) struct Lexicon {
    phrases: Vec<Phrase>,
    by_first: BTreeMap<String, Vec<usize>>,
    vocabulary: Vocabulary,
    plain: BTreeSet<String>,
    concepts: BTreeMap<String, String>,
    telling: BTreeSet<String>,
    matters: BTreeMap<String, Matter>,
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../claims/lexicon/", $name))
    };
}

/// The lists inside the program.
pub(crate) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of(&Words::read(), &indicators()));

impl Words {
    fn read() -> Self {
        toml::from_str(file!("words.toml"))
            .expect("the file inside the program can be read because a test reads it")
    }
}

fn indicators() -> BTreeMap<String, Vec<String>> {
    toml::from_str(file!("indicators.toml"))
        .expect("the file inside the program can be read because a test reads it")
}

/// The words that the reader of claims knows, as readers of a page meet them.
#[derive(Debug)]
pub struct KnownWords {
    /// Names of indicators, by identifier.
    pub indicators: BTreeMap<String, Vec<String>>,
    /// Sides, changes and what else can be said, by the name of the list; `a|b` is either word, `a?` may be left out and
    /// `a~` takes any ending.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Words that turn a sentence into something else, by what they are: denials, aims, causes, conditions.
    pub guards: BTreeMap<String, Vec<String>>,
    /// Words that say nothing by themselves.
    pub plain: BTreeSet<String>,
}

/// Every word that the reader knows.
#[must_use]
pub fn known_words() -> KnownWords {
    let Words { concept, direction, change, level, guard, plain, .. } = Words::read();
    let lists = [concept, direction, change, level].into_iter().flatten().collect();
    let plain = plain.values().flat_map(|text| text.split_whitespace());
    KnownWords {
        indicators: indicators(),
        lists,
        guards: guard,
        plain: plain.map(str::to_owned).collect(),
    }
}

impl Lexicon {
    fn of(words: &Words, indicators: &BTreeMap<String, Vec<String>>) -> Self {
        let mut lexicon = Self {
            phrases: Vec::new(),
            by_first: BTreeMap::new(),
            vocabulary: Vocabulary::default(),
            plain: BTreeSet::new(),
            concepts: BTreeMap::new(),
            telling: words.telling.iter().cloned().collect(),
            matters: Matter::of_all(),
        };
        for (name, phrases) in &words.concept {
            lexicon.concepts.insert(name.clone(), phrases.first().cloned().unwrap_or_default());
            lexicon.take(phrases, &What::Concept(name.clone()));
        }
        for (name, phrases) in &words.guard {
            lexicon.take(phrases, &What::Guard(name.clone()));
        }
        for (name, phrases) in &words.direction {
            let side = Direction::parse(name).expect("a side of the list");
            lexicon.take(phrases, &What::Direction(side));
        }
        for (name, phrases) in &words.change {
            let change = Change::parse(name).expect("a change of the list");
            lexicon.take(phrases, &What::Change(change));
        }
        for (name, phrases) in &words.level {
            let level = Level::parse(name).expect("a level of the list");
            lexicon.take(phrases, &What::Level(level));
        }
        for (id, phrases) in indicators {
            lexicon.take(phrases, &What::Indicator(id.clone()));
        }
        for word in words.plain.values().flat_map(|text| text.split_whitespace()) {
            lexicon.vocabulary.add(word);
            lexicon.plain.insert(super::tokens::stem(word));
        }
        lexicon
    }

    fn take(&mut self, phrases: &[String], what: &What) {
        for text in phrases.iter().flat_map(|text| phrase::spread(text)) {
            let vocabulary = &mut self.vocabulary;
            let Some(phrase) = Phrase::read(&text, what, |word| vocabulary.add(word)) else {
                continue;
            };
            for first in phrase.first() {
                self.by_first.entry(first.clone()).or_default().push(self.phrases.len());
            }
            self.phrases.push(phrase);
        }
    }

    /// Whether a concept has a list.
    pub(crate) fn has_concept(&self, name: &str) -> bool {
        self.concepts.contains_key(name)
    }

    /// How a concept is called when it is missed: the first phrase of its list.
    pub(crate) fn concept_in_words(&self, name: &str) -> &str {
        self.concepts.get(name).map_or("", String::as_str)
    }

    /// Whether a list says so much that a form must take its words.
    pub(crate) fn is_telling(&self, concept: &str) -> bool {
        self.telling.contains(concept)
    }

    /// What an indicator is of.
    pub(crate) fn matter(&self, indicator: &str) -> Matter {
        self.matters.get(indicator).copied().unwrap_or(Matter::Other)
    }

    /// Whether a word says nothing by itself: a word of the closed lists.
    pub(crate) fn is_plain(&self, token: &Token) -> bool {
        self.plain.contains(&token.stem)
            || self.senses(token).0.iter().any(|stem| self.plain.contains(*stem))
    }

    /// Whether a stem says nothing by itself.
    pub(crate) fn is_plain_stem(&self, stem: &str) -> bool {
        self.plain.contains(stem)
    }

    /// Whether a word stands in any list, typing errors allowed.
    pub(crate) fn knows(&self, token: &Token) -> bool {
        self.vocabulary.knows(&token.word) || !self.senses(token).0.is_empty()
    }

    /// Whether a word stands in any list as it is written.
    pub(crate) fn has(&self, token: &Token) -> bool {
        self.vocabulary.knows(&token.word) || self.plain.contains(&token.stem)
    }

    fn senses(&self, token: &Token) -> (Vec<&str>, bool) {
        self.vocabulary.stands_for(&token.word)
    }

    /// Every phrase of the lists in a sentence; of one kind the longest only.
    /// `passed` are words that a phrase may have within it.
    pub(crate) fn mentions(&self, sentence: &[Token], passed: &[bool]) -> Vec<Mention> {
        let senses: Vec<(Vec<&str>, bool)> =
            sentence.iter().map(|token| self.senses(token)).collect();
        let mut found = Vec::new();
        for (at, (stems, _)) in senses.iter().enumerate() {
            for stem in stems {
                let begins = self.by_first.get(*stem).into_iter().flatten();
                let phrases = begins.filter_map(|index| self.phrases.get(*index));
                found.extend(phrases.filter_map(|phrase| phrase.at(sentence, &senses, passed, at)));
            }
        }
        let all = found.clone();
        found.retain(|mention| {
            !all.iter()
                .any(|other| same_kind(&other.what, &mention.what) && other.contains(mention))
        });
        found.dedup();
        found
    }
}

/// Whether two mentions compete: two indicators, two concepts of one list, two sides.
fn same_kind(left: &What, right: &What) -> bool {
    match (left, right) {
        (What::Concept(left), What::Concept(right)) => left == right,
        _ => std::mem::discriminant(left) == std::mem::discriminant(right),
    }
}
