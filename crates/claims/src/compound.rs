//! A sentence that makes two claims or more, as the sentences that make one each.
//!
//! `Practices are busiest on Mondays and quietest on Fridays` is two claims, and so is a figure with the one that it is held
//! against: `1.1%, against 0.7% for England`. A sentence is taken apart only where each part is a claim by itself and none
//! leans on another: a place or time that only one part names, a `they`, or a denial that may reach over both leave it unread.

use evidence::Place;

use super::mention::{Mention, What};
use super::names::Names;
use super::parse::{Claim, Parsed, Sentence, parse, reported};
use super::template::Template;
use super::tokens::tokens;

/// What stands between two claims of one sentence.
const BETWEEN: [&str; 11] = [
    "; ",
    ", and ",
    ", while ",
    ", whilst ",
    ", whereas ",
    ", but ",
    " but ",
    " whereas ",
    " while ",
    " whilst ",
    " and ",
];
/// What stands before the first of two claims that a comma parts.
const AHEAD: [&str; 4] = ["while ", "whilst ", "although ", "though "];
/// What a figure is held against with.
const AGAINST: [&str; 6] = [
    " compared with ",
    " compared to ",
    " against ",
    " versus ",
    " as against ",
    " in comparison with ",
];
/// Words that lean on what was said before them.
const LEANING: [&str; 16] = [
    "it", "they", "them", "their", "its", "these", "those", "this", "which", "who", "whose",
    "whom", "he", "she", "so", "ones",
];
/// Words that bind two parts into one claim.
const BINDING: [&str; 4] = ["only", "either", "neither", "or"];

/// The claims that a sentence makes beside remarks, or none where it cannot be taken apart.
pub(super) fn claims(
    sentence: &str,
    templates: &'static [Template],
    names: &Names,
    home: &Place,
) -> Option<Vec<Claim>> {
    let text = sentence.trim();
    if text.ends_with('?') {
        return None;
    }
    let text = reported(text).trim().trim_end_matches('.');
    let read = |part: &str| match parse(part, templates, names, home) {
        Parsed::Claim(claim) => Some(*claim),
        _ => None,
    };
    let ways = held_against(text, names, home).into_iter().chain(both(text, names, home));
    let without_remarks = |mut parts: Vec<String>| {
        parts.retain(|part| !is_remark(part, names, home));
        parts
    };
    let clauses = clauses(text).into_iter().map(without_remarks);
    let clauses = clauses.filter(|parts| stands_alone(parts, names, home));
    ways.chain(clauses).find_map(|parts| {
        let claims: Vec<Claim> = parts.iter().map_while(|part| read(part)).collect();
        (!parts.is_empty() && claims.len() == parts.len()).then_some(claims)
    })
}

/// Whether a part says nothing that can be checked: `there was more to be done`.
fn is_remark(part: &str, names: &Names, home: &Place) -> bool {
    let read = Sentence::of(part, names, home);
    let remark = read.mentions.iter().find(|one| one.list() == Some("remark"));
    remark.is_some_and(|one| one.length() + 1 >= read.tokens.len())
}

/// Every way of parting a text at a word between two clauses.
fn clauses(text: &str) -> Vec<Vec<String>> {
    let low = text.to_ascii_lowercase();
    let mut ways = Vec::new();
    for (word, from) in AHEAD.iter().filter_map(|word| Some((word, low.strip_prefix(word)?))) {
        for (at, _) in from.match_indices(", ") {
            ways.push(at_both(text, word.len(), word.len() + at, ", ".len()));
        }
    }
    for word in BETWEEN {
        for (at, _) in low.match_indices(word) {
            ways.push(at_both(text, 0, at, word.len()));
        }
    }
    ways.into_iter().flatten().collect()
}

fn at_both(text: &str, from: usize, at: usize, length: usize) -> Option<Vec<String>> {
    Some(vec![text.get(from..at)?.to_owned(), text.get(at + length..)?.to_owned()])
}

/// Whether no part leans on another.
fn stands_alone(parts: &[String], names: &Names, home: &Place) -> bool {
    let read: Vec<Sentence> = parts.iter().map(|part| Sentence::of(part, names, home)).collect();
    let holds = |one: &Sentence, is: &dyn Fn(&What) -> bool| {
        one.mentions.iter().any(|mention| is(&mention.what))
    };
    let all_or_none = |is: &dyn Fn(&What) -> bool| {
        read.iter().all(|one| holds(one, is)) || !read.iter().any(|one| holds(one, is))
    };
    let named = |what: &What| matches!(what, What::Subject(_));
    let timed = |what: &What| matches!(what, What::When(_));
    let denied = |what: &What| matches!(what, What::Guard(guard) if guard == "denial");
    let leans =
        |part: &String| tokens(part).iter().any(|token| LEANING.contains(&token.word.as_str()));
    let binds = parts.iter().flat_map(|part| tokens(part));
    let mut binds = binds.filter(|token| BINDING.contains(&token.word.as_str()));
    all_or_none(&named)
        && all_or_none(&timed)
        && !read.first().is_some_and(|first| holds(first, &denied))
        && !parts.iter().skip(1).any(leans)
        && binds.next().is_none()
}

/// A figure and the one that it is held against, each with what is measured: `1.1%, against 0.7% for England`. The second part
/// says the same of its own figure, place and time.
fn held_against(text: &str, names: &Names, home: &Place) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    for word in AGAINST {
        for (at, _) in text.match_indices(word) {
            let (Some(head), Some(tail)) = (text.get(..at), text.get(at + word.len()..)) else {
                continue;
            };
            let head = head.trim_end_matches(',');
            let (first, second) =
                (Sentence::of(head, names, home), Sentence::of(tail, names, home));
            let figures = |one: &Sentence| {
                let is = |mention: &&Mention| matches!(mention.what, What::Quantity(_));
                one.mentions.iter().filter(is).map(|figure| figure.from).collect::<Vec<_>>()
            };
            if figures(&first).len() == 1 && figures(&second) == [0] {
                ways.push(vec![head.to_owned(), format!("{} {tail}", measured(&first, &second))]);
            }
        }
    }
    ways
}

/// The words of the first part without its figure, and without its place and time where the second names its own.
fn measured(first: &Sentence, second: &Sentence) -> String {
    let is_place = |what: &What| {
        matches!(what, What::Home(_) | What::Subject(_))
            || matches!(what, What::Concept(list) if list == "in_england")
    };
    let is_time = |what: &What| matches!(what, What::When(_));
    let second_has = |is: &dyn Fn(&What) -> bool| second.mentions.iter().any(|one| is(&one.what));
    let (places, times) = (second_has(&is_place), second_has(&is_time));
    let goes = |mention: &&Mention| {
        matches!(mention.what, What::Quantity(_))
            || (places && is_place(&mention.what))
            || (times && is_time(&mention.what))
    };
    let gone: Vec<&Mention> = first.mentions.iter().filter(goes).collect();
    let kept = first
        .tokens
        .iter()
        .enumerate()
        .filter(|(at, _)| !gone.iter().any(|mention| mention.from <= *at && *at < mention.to));
    kept.map(|(_, token)| token.written.as_str()).collect::<Vec<_>>().join(" ")
}

/// `Both asthma and cancer are …` as the same of each.
fn both(text: &str, names: &Names, home: &Place) -> Option<Vec<String>> {
    let read = Sentence::of(text, names, home);
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
    let written = |(from, to): (usize, usize)| {
        let kept = (from..to).chain(second.1..read.tokens.len());
        let words: Vec<&str> =
            kept.filter_map(|at| read.tokens.get(at)).map(|token| token.written.as_str()).collect();
        words.join(" ")
    };
    Some(vec![written(first), written(second)])
}
