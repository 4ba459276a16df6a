//! Words around a figure that make it a bound or a round number: `at least`, `just over`, `or so`.

use super::super::mention::Bound;
use super::super::tokens::Token;
use super::word;

/// Phrases before a figure.
const BEFORE: [(Bound, &[&str]); 8] = [
    (
        Bound::MoreThan,
        &[
            "more than",
            "greater than",
            "higher than",
            "over",
            "above",
            "in excess of",
            "beyond",
            "exceeding",
            "upwards of",
        ],
    ),
    (
        Bound::AtLeast,
        &[
            "no fewer than",
            "no less than",
            "not less than",
            "not fewer than",
            "at least",
            "a minimum of",
        ],
    ),
    (
        Bound::LessThan,
        &[
            "fewer than",
            "less than",
            "lower than",
            "under",
            "below",
            "smaller than",
            "inside",
            "in under",
            "in less than",
        ],
    ),
    (
        Bound::AtMost,
        &["no more than", "not more than", "at most", "up to", "a maximum of", "as little as"],
    ),
    (
        Bound::JustOver,
        &[
            "just over",
            "a little over",
            "slightly over",
            "a bit over",
            "slightly more than",
            "a little more than",
            "just more than",
            "just above",
        ],
    ),
    (
        Bound::JustUnder,
        &[
            "nearly",
            "almost",
            "just under",
            "a little under",
            "slightly under",
            "a bit under",
            "slightly less than",
            "a little less than",
            "just less than",
            "just short of",
            "not quite",
            "approaching",
            "just below",
            "getting on for",
            "well nigh",
        ],
    ),
    (
        Bound::About,
        &[
            "about",
            "around",
            "roughly",
            "some",
            "approximately",
            "circa",
            "approx",
            "in the region of",
            "of the order of",
            "in the order of",
            "barely",
            "scarcely",
            "hardly",
            "practically",
            "virtually",
            "an estimated",
            "estimated",
            "not far off",
            "as many as",
            "round about",
            "broadly",
            "near enough",
            "close to",
            "near",
        ],
    ),
    (
        Bound::Exactly,
        &[
            "only",
            "just",
            "exactly",
            "precisely",
            "a mere",
            "merely",
            "fully",
            "a full",
            "simply",
            "as few as",
            "a total of",
            "currently",
            "now",
        ],
    ),
];

/// The bound that words before a figure make of it, and where the figure begins.
pub(super) fn before(tokens: &[Token], at: usize) -> (usize, Bound) {
    let (mut begin, mut bound) = (at, Bound::Exactly);
    while let Some((words, found)) = longest(tokens, begin) {
        begin += words;
        if found != Bound::Exactly {
            bound = found;
        }
    }
    (begin, bound)
}

/// The longest phrase that begins at a word.
fn longest(tokens: &[Token], at: usize) -> Option<(usize, Bound)> {
    let fits = |phrase: &str| {
        let words = phrase.split(' ');
        let same = words.clone().enumerate().all(|(offset, one)| word(tokens, at + offset) == one);
        same.then(|| words.count())
    };
    BEFORE
        .iter()
        .flat_map(|(bound, phrases)| {
            phrases.iter().filter_map(move |phrase| Some((fits(phrase)?, *bound)))
        })
        .max_by_key(|(words, _)| *words)
}

/// `or more`, `or fewer`, `or so` after a figure, and where they end.
pub(super) fn behind(tokens: &[Token], to: usize) -> (Bound, usize) {
    match (word(tokens, to), word(tokens, to + 1)) {
        ("or", "more" | "over" | "above") => (Bound::AtLeast, to + 2),
        ("or", "fewer" | "less" | "under" | "below") => (Bound::AtMost, to + 2),
        ("or", "so" | "thereabouts" | "thereabout") => (Bound::About, to + 2),
        ("odd" | "ish", _) => (Bound::About, to + 1),
        ("plus", _) => (Bound::AtLeast, to + 1),
        _ => (Bound::Exactly, to),
    }
}
