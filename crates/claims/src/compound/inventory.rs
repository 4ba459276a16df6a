//! Practices, networks and patients of a place counted in one sentence: `The 23 practices form five networks and look after
//! 190,000 patients`.

use super::super::mention::{Mention, What};
use super::super::parse::Sentence;
use super::Reader;

/// Words that bind such counts into a sentence and say nothing else.
const BINDING: [&str; 46] = [
    "the",
    "our",
    "there",
    "are",
    "is",
    "in",
    "into",
    "form",
    "make",
    "up",
    "organised",
    "grouped",
    "arranged",
    "work",
    "working",
    "together",
    "as",
    "of",
    "which",
    "and",
    "look",
    "after",
    "serve",
    "serving",
    "served",
    "by",
    "with",
    "has",
    "have",
    "between",
    "them",
    "a",
    "total",
    "across",
    "belong",
    "to",
    "make",
    "registered",
    "location",
    "sub",
    "icb",
    "at",
    "for",
    "place",
    "all",
    "have",
];

/// The counts of a sentence that holds nothing else, each as a sentence of the place.
pub(super) fn counted_together(reader: &Reader<'_>, text: &str) -> Option<Vec<String>> {
    let read = reader.sentence(text);
    let mut figures: Vec<&Mention> =
        read.mentions.iter().filter(|one| matches!(one.what, What::Quantity(_))).collect();
    figures.sort_by_key(|one| (one.from, usize::MAX - one.to));
    figures.dedup_by(|later, earlier| later.from < earlier.to);
    let places: Vec<&Mention> = read
        .mentions
        .iter()
        .filter(|one| matches!(one.what, What::Subject(_) | What::Home(_)))
        .collect();
    let nouns: Option<Vec<(usize, &str)>> =
        figures.iter().map(|figure| noun(&read, figure.to)).collect();
    let nouns = nouns?;
    let kinds: Vec<&str> = nouns.iter().map(|(_, noun)| *noun).collect();
    let is_several = kinds.len() >= 2
        && kinds.contains(&"practices")
        && kinds.iter().all(|kind| kinds.iter().filter(|other| *other == kind).count() == 1);
    let covered = |at: usize| {
        let counts = figures.iter().zip(&nouns);
        counts.into_iter().any(|(figure, (end, _))| figure.from <= at && at < *end)
            || places.iter().any(|place| place.from <= at && at < place.to)
    };
    let plain = read
        .tokens
        .iter()
        .enumerate()
        .all(|(at, token)| covered(at) || BINDING.contains(&token.word.as_str()));
    if !is_several || !plain || places.len() > 1 || !is_of_all(&read, &figures, &places) {
        return None;
    }
    let place = places.first().map(|one| read.written(one));
    let counted = figures.iter().zip(&kinds).map(|(figure, noun)| {
        let place = place.as_ref().map_or(String::new(), |place| format!(" {}", within(place)));
        format!("There are {} {noun}{}{place}", read.written(figure), registered(noun))
    });
    Some(counted.collect())
}

/// Patients are counted on lists.
fn registered(noun: &str) -> &'static str {
    if noun == "patients" { " registered" } else { "" }
}

fn within(place: &str) -> String {
    let led = place.split_whitespace().next().is_some_and(|word| {
        matches!(word, "in" | "across" | "within" | "throughout" | "around" | "here")
    });
    if led {
        place.to_owned()
    } else {
        format!("in {}", place.trim_end_matches("'s").trim_end_matches('\''))
    }
}

/// What is counted, and where its words end.
fn noun(read: &Sentence, from: usize) -> Option<(usize, &'static str)> {
    let stem = |at: usize| read.tokens.get(at).map_or("", |token| token.stem.as_str());
    let skipped = match (stem(from), stem(from + 1)) {
        ("general" | "gp" | "medical", _) | ("registered", "patient") => 1,
        ("primary", "care") => 2,
        _ => 0,
    };
    let noun = match (skipped, stem(from + skipped)) {
        (0 | 1, "practice") => "practices",
        (0 | 2, "network") | (0, "pcn") => "networks",
        (0 | 1, "patient") => "patients",
        _ => return None,
    };
    Some((from + skipped + 1, noun))
}

/// Whether the counts are of all of the place: it is named, or they are `the` practices, or `there are` so many.
fn is_of_all(read: &Sentence, figures: &[&Mention], places: &[&Mention]) -> bool {
    let word = |at: Option<usize>| {
        at.and_then(|at| read.tokens.get(at)).map_or("", |token| token.word.as_str())
    };
    let first = figures.first().and_then(|one| one.from.checked_sub(1));
    !places.is_empty() || matches!(word(first), "the" | "our" | "are" | "have" | "all")
}
