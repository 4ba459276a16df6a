//! Whether words that begin like the name of a network are the name of a practice of it.

use super::{Name, TELLING, beginning};
use crate::tokens::{Token, tokens};

/// Where the whole name of a practice ends that is written word by word, own words and shared ones: `Brownlow Group Practice`. It
/// is no network's, unless a word for one follows.
pub(super) fn written_whole(name: &Name, sentence: &[Token], from: usize) -> Option<usize> {
    let full = tokens(&name.place.name);
    let begin = beginning(name, sentence, from);
    let end = begin + full.len();
    let words = sentence.get(begin..end)?;
    let is_whole = words.iter().zip(&full).all(|(word, own)| word.word == own.word);
    let is_told = full.iter().any(|word| TELLING.contains(&word.stem.as_str()));
    let next = sentence.get(end).map_or("", |token| token.stem.as_str());
    (is_whole && is_told && !matches!(next, "pcn" | "network" | "primary")).then_some(end)
}

/// Whether the words after a name make the name of one practice of it: `Brownlow Family Practice` is not the network Brownlow.
pub(super) fn is_named(sentence: &[Token], at: usize) -> bool {
    let is_kind = |token: &&Token| {
        matches!(token.word.as_str(), "group" | "family" | "gp" | "dr" | "partner" | "partners")
    };
    let rest = sentence.get(at..).unwrap_or_default();
    let kinds = rest.iter().take_while(is_kind).count();
    let next = rest.get(kinds);
    kinds > 0
        && next.is_some_and(|next| {
            next.word == next.stem
                && matches!(
                    next.word.as_str(),
                    "practice" | "surgery" | "clinic" | "centre" | "center" | "partnership"
                )
        })
}
