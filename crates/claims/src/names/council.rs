//! Whether words that are the name of a council mean it: `Reading` is also what people do.

use super::TELLING;
use crate::tokens::Token;

/// Words of names that are written small.
const JOINING: [&str; 9] = ["upon", "on", "and", "of", "with", "the", "in", "under", "borough"];
/// Names that are words of every sentence: a verb of having or a word of place must stand beside them.
const ORDINARY: [&str; 14] = [
    "reading", "bath", "sale", "bury", "rugby", "slough", "derby", "harrow", "hart", "craven",
    "eden", "deal", "barking", "stroud",
];
/// Words before a place.
const BEFORE: [&str; 18] = [
    "in",
    "of",
    "across",
    "within",
    "around",
    "throughout",
    "for",
    "from",
    "than",
    "and",
    "or",
    "with",
    "between",
    "unlike",
    "like",
    "at",
    "to",
    "by",
];
/// Words after a place that has something.
const HAVING: [&str; 5] = ["has", "have", "had", "council", "borough"];
/// Words after names of something smaller that is called after a place.
const SMALLER: [&str; 14] = [
    "road",
    "street",
    "lane",
    "house",
    "hospital",
    "university",
    "station",
    "park",
    "hill",
    "town",
    "green",
    "common",
    "row",
    "gate",
];

/// Whether the words from one to another are written as the name of a council and stand where one may stand.
pub(super) fn is_meant(
    sentence: &[Token],
    senses: &[(Vec<&str>, bool)],
    (from, to): (usize, usize),
) -> bool {
    let words = sentence.get(from..to).unwrap_or_default();
    let written = words.iter().zip(senses.iter().skip(from)).all(|(token, sense)| {
        !sense.1
            && (token.written.starts_with(char::is_uppercase)
                || JOINING.contains(&token.word.as_str()))
    });
    let next = sentence.get(to);
    written
        && !next.is_some_and(names_something_smaller)
        && stands_as_place(sentence, words, (from, next))
}

/// Whether the next word makes another name of it: `Bath Row`, `Reading Surgery`, but not `Reading practices`.
fn names_something_smaller(next: &Token) -> bool {
    let alone = next.word == next.stem;
    let initials = next.written.chars().all(char::is_uppercase);
    (alone && (TELLING.contains(&next.stem.as_str()) || SMALLER.contains(&next.word.as_str())))
        || (next.capital && !initials && !HAVING.contains(&next.word.as_str()))
}

/// Whether an everyday word stands where only a place may stand.
fn stands_as_place(
    sentence: &[Token],
    words: &[Token],
    (from, next): (usize, Option<&Token>),
) -> bool {
    let [only] = words else { return true };
    if !ORDINARY.contains(&only.word.as_str()) {
        return true;
    }
    let previous = from.checked_sub(1).and_then(|at| sentence.get(at));
    let led = previous.is_some_and(|token| BEFORE.contains(&token.word.as_str()));
    let owns = only.written.to_lowercase() != only.word;
    let has = next.is_some_and(|token| HAVING.contains(&token.word.as_str()));
    // What begins a sentence is written large whatever it is.
    has || owns || (led && only.capital)
}
