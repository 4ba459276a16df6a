//! A sentence that makes two claims or more, as the sentences that make one each.
//!
//! `Practices are busiest on Mondays and quietest on Fridays` is two claims, and so is a figure with the one that it is held
//! against: `1.1%, against 0.7% for England`. A sentence is taken apart only where each part is a claim by itself and none
//! leans on another: a place or time that only one part names, a `they`, or a denial that may reach over both leave it unread.

mod against;
mod clauses;
mod figures;
mod inventory;
mod named;

use std::cell::RefCell;
use std::collections::BTreeMap;

use evidence::Place;

use super::mention::{Mention, What};
use super::names::Names;
use super::parse::{Claim, Parsed, Sentence, parse, reported};
use super::template::Template;
use super::tokens::written;

/// How often a part is taken apart again: `at 9.6%, above the average of 7.1%`.
const DEPTH: usize = 3;
/// Claims in one sentence at most.
const MOST_CLAIMS: usize = 6;

/// Parts read of one sentence at most: a very long one is not taken apart in every way.
const MOST_PARTS: usize = 400;

/// The claims of parts that were read, by part and by how often it could be taken apart again.
type Known = BTreeMap<(String, usize), Option<Vec<Claim>>>;

/// What a sentence is taken apart with: the templates, the names and the place that it is seen from.
struct Reader<'a> {
    templates: &'static [Template],
    names: &'a Names,
    home: &'a Place,
    /// Many ways share a part.
    known: RefCell<Known>,
}

impl Reader<'_> {
    fn sentence(&self, text: &str) -> Sentence {
        Sentence::of(text, self.names, self.home)
    }

    /// The claims of a part: one, or several where it can be taken apart again.
    fn claims(&self, part: &str, depth: usize) -> Option<Vec<Claim>> {
        let key = (part.to_owned(), depth);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        if self.known.borrow().len() >= MOST_PARTS {
            return None;
        }
        let found = self.claims_anew(part, depth);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn claims_anew(&self, part: &str, depth: usize) -> Option<Vec<Claim>> {
        if let Parsed::Claim(claim) = parse(part, self.templates, self.names, self.home) {
            return Some(vec![*claim]);
        }
        let depth = depth.checked_sub(1)?;
        self.ways(part).into_iter().find_map(|parts| {
            let claims: Option<Vec<Vec<Claim>>> =
                parts.iter().map(|part| self.claims(part, depth)).collect();
            let claims: Vec<Claim> = claims?.into_iter().flatten().collect();
            (!claims.is_empty() && claims.len() <= MOST_CLAIMS).then_some(claims)
        })
    }

    /// Every way of taking a text apart, those that keep more together first.
    fn ways(&self, text: &str) -> Vec<Vec<String>> {
        let text = reported(text).trim().trim_end_matches('.');
        let mut ways: Vec<Vec<String>> = both(self, text).into_iter().collect();
        ways.extend(inventory::counted_together(self, text));
        ways.extend(named::beside_a_name(self, text));
        ways.extend(figures::ways(self, text));
        ways.extend(against::of_average(self, text));
        ways.retain_mut(|parts| self.share_time(text, parts));
        ways.extend(against::held_against(self, text));
        ways.extend(clauses::ways(self, text));
        ways
    }

    /// Gives the one time that a sentence names to each of its parts, and whether each has a time where it names several.
    fn share_time(&self, text: &str, parts: &mut [String]) -> bool {
        let whole = self.sentence(text);
        let time = time_of(&whole);
        if !is_timed(&whole) {
            return true;
        }
        parts.iter_mut().all(|part| {
            let timed = is_timed(&self.sentence(part));
            if !timed {
                part.push_str(&time);
            }
            timed || !time.is_empty()
        })
    }
}

/// The claims that a sentence makes beside remarks, or none where it cannot be taken apart.
pub(super) fn claims(
    sentence: &str,
    templates: &'static [Template],
    names: &Names,
    home: &Place,
) -> Option<Vec<Claim>> {
    if sentence.trim().ends_with('?') {
        return None;
    }
    of_existence(sentence, templates, names, home).or_else(|| {
        let reader = Reader { templates, names, home, known: RefCell::default() };
        reader.claims(sentence.trim(), DEPTH)
    })
}

/// The claims of a sentence of which one clause says that there is something (`… and there are 100 practices`), where each clause
/// is a claim by itself: what there is counts for itself, however well its number would fit the other clause.
pub(super) fn of_existence(
    sentence: &str,
    templates: &'static [Template],
    names: &Names,
    home: &Place,
) -> Option<Vec<Claim>> {
    let text = reported(sentence).trim().trim_end_matches('.');
    let says_there_is = |text: &str| {
        let low = text.to_ascii_lowercase();
        ["there is ", "there are ", "there were "].iter().any(|words| low.starts_with(words))
    };
    let reader = Reader { templates, names, home, known: RefCell::default() };
    let whole_clauses = |parts: &Vec<String>| {
        parts.len() > 1
            && parts.iter().any(|part| says_there_is(part))
            && parts.iter().all(|part| before_verb(part).is_some())
    };
    clauses::ways(&reader, text).iter().filter(|parts| whole_clauses(parts)).find_map(|parts| {
        let claims: Option<Vec<Vec<Claim>>> =
            parts.iter().map(|part| reader.claims(part, 1)).collect();
        Some(claims?.into_iter().flatten().collect())
    })
}

/// Two stretches of a text around what stands between them.
fn around(text: &str, at: usize, length: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?.trim(), text.get(at + length..)?.trim()))
}

/// The stretch before the first verb, the verb, and the rest: `the average list`, `is`, `below that of England`.
fn before_verb(text: &str) -> Option<(&str, &str, &str)> {
    const VERBS: [&str; 10] =
        ["is", "was", "are", "were", "stood", "stands", "remains", "remained", "lay", "lies"];
    let low = text.to_ascii_lowercase();
    let found = VERBS.iter().filter_map(|verb| {
        let at = low.find(&format!(" {verb} "))?;
        Some((at, verb.len()))
    });
    let (at, length) = found.min()?;
    let end = at + 1 + length;
    Some((text.get(..at)?.trim(), text.get(at + 1..end)?, text.get(end..)?.trim()))
}

/// Where figures begin in a sentence.
fn figures_of(sentence: &Sentence) -> Vec<usize> {
    let is = |mention: &&Mention| matches!(mention.what, What::Quantity(_));
    sentence.mentions.iter().filter(is).map(|figure| figure.from).collect()
}

/// Whether a sentence names a time.
fn is_timed(sentence: &Sentence) -> bool {
    sentence.mentions.iter().any(|one| matches!(one.what, What::When(_)))
}

/// The time that a sentence names, as it was written, with a space before it; nothing where it names none or several.
fn time_of(sentence: &Sentence) -> String {
    let mut times = sentence.mentions.iter().filter(|one| matches!(one.what, What::When(_)));
    match (times.next(), times.next()) {
        (Some(one), None) => format!(" {}", sentence.written(one)),
        _ => String::new(),
    }
}

/// `Both asthma and cancer are …` as the same of each.
fn both(reader: &Reader<'_>, text: &str) -> Option<Vec<String>> {
    let read = reader.sentence(text);
    let word = |at: usize| read.tokens.get(at).map_or("", |token| token.word.as_str());
    let figures = read.mentions.iter().any(|one| matches!(one.what, What::Quantity(_)));
    let mut measured: Vec<(usize, usize)> = read
        .mentions
        .iter()
        .filter(|one| matches!(one.what, What::Indicator(_)))
        .map(|one| (one.from, one.to))
        .collect();
    measured.sort_unstable_by_key(|(from, to)| (*from, usize::MAX - *to));
    let first = measured.iter().copied().find(|(from, _)| *from == 1)?;
    let second = measured.iter().copied().find(|(from, _)| *from == first.1 + 1)?;
    if word(0) != "both" || word(first.1) != "and" || figures {
        return None;
    }
    let of_one = |(from, to): (usize, usize)| {
        let kept = (from..to).chain(second.1..read.tokens.len());
        written(kept.filter_map(|at| read.tokens.get(at)))
    };
    Some(vec![of_one(first), of_one(second)])
}
