//! Clauses side by side: each a claim by itself.

use super::super::mention::What;
use super::super::parse::Sentence;
use super::super::tokens::tokens;
use super::Reader;

/// What stands between two claims of one sentence.
const BETWEEN: [&str; 13] = [
    "; ",
    ", and ",
    ", while ",
    ", whilst ",
    ", whereas ",
    ", even though ",
    ", although ",
    ", but ",
    " but ",
    " whereas ",
    " while ",
    " whilst ",
    " and ",
];
/// What stands before the first of two claims that a comma parts.
const AHEAD: [&str; 4] = ["while ", "whilst ", "although ", "though "];
/// Words that lean on what was said before them.
const LEANING: [&str; 16] = [
    "it", "they", "them", "their", "its", "these", "those", "this", "which", "who", "whose",
    "whom", "he", "she", "so", "ones",
];
/// Words that bind two parts into one claim.
const BINDING: [&str; 4] = ["only", "either", "neither", "or"];

/// Ways of parting a text into clauses of which none leans on another; what says nothing that can be checked is left out.
pub(super) fn ways(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    let mut ways = parted(text);
    for parts in &mut ways {
        parts.retain(|part| !is_remark(reader, part));
    }
    ways.retain(|parts| !parts.is_empty() && stands_alone(reader, parts));
    ways
}

/// Whether a part says nothing that can be checked: `there was more to be done`.
fn is_remark(reader: &Reader<'_>, part: &str) -> bool {
    let read = reader.sentence(part);
    let remark = read.mentions.iter().find(|one| one.list() == Some("remark"));
    remark.is_some_and(|one| one.length() + 1 >= read.tokens.len())
}

/// Every way of parting a text at a word between two clauses.
fn parted(text: &str) -> Vec<Vec<String>> {
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
fn stands_alone(reader: &Reader<'_>, parts: &[String]) -> bool {
    let read: Vec<Sentence> = parts.iter().map(|part| reader.sentence(part)).collect();
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
