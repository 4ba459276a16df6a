//! A figure that stands beside what is said of it: `At 9.6%, diabetes prevalence is above …`, `a rate of 6.6%, below …`,
//! `657,793 appointments, seven in ten of them in person`.

use super::super::lexicon::{LEXICON, Matter};
use super::super::mention::{Mention, What};
use super::super::parse::Sentence;
use super::super::tokens::written;
use super::against::measured;
use super::{Reader, around, before_verb, figures_of, time_of};

/// Every way of setting a figure apart from what is said of it.
pub(super) fn ways(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    ways.extend(figure_first(reader, text));
    ways.extend(figure_between(reader, text));
    ways.extend(side_behind(reader, text));
    ways.extend(share_of_them(reader, text));
    ways
}

/// Whether a stretch is a figure with its noun and perhaps its time: `about 11,700 patients`.
fn is_figure(read: &Sentence) -> bool {
    figures_of(read) == [0] && read.tokens.len() <= 10
}

/// `At 9.6%, {what} is above …` as `{what} is 9.6%` and `{what} is above …`.
fn figure_first(reader: &Reader<'_>, text: &str) -> Option<Vec<String>> {
    let low = text.to_ascii_lowercase();
    let from = ["at ", "with "].into_iter().find(|word| low.starts_with(word))?.len();
    let at = text.find(", ")?;
    let (figure, rest) = (text.get(from..at)?, text.get(at + 2..)?);
    let figure_read = reader.sentence(figure);
    let (subject, verb, _) = before_verb(rest)?;
    is_figure(&figure_read).then(|| vec![format!("{subject} {verb} {figure}"), rest.to_owned()])
}

/// `{what}, at 9.6%, is above …` likewise.
fn figure_between(reader: &Reader<'_>, text: &str) -> Option<Vec<String>> {
    let (subject, behind) = text.split_once(", ")?;
    let (figure, rest) = behind.split_once(", ")?;
    let figure = figure.strip_prefix("at ").unwrap_or(figure);
    let read = reader.sentence(subject);
    let named = read
        .mentions
        .iter()
        .any(|one| matches!(one.what, What::Subject(_)) && one.length() >= read.tokens.len());
    let (none, verb, _) = before_verb(&format!(". {rest}"))
        .map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))?;
    let figure_read = reader.sentence(figure);
    (is_figure(&figure_read) && !named && none == ".")
        .then(|| vec![format!("{subject} {verb} {figure}"), format!("{subject} {rest}")])
}

/// `A rate of 6.6% was recorded, below the England figure` as the figure, and its side.
fn side_behind(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    const BEHIND: [&str; 7] = [
        ", which is ",
        ", which was ",
        ", which were ",
        ", and so ",
        ", a figure ",
        ", and ",
        ", ",
    ];
    let mut ways = Vec::new();
    for word in BEHIND {
        for (at, _) in text.match_indices(word) {
            let Some((head, tail)) = around(text, at, word.len()) else { continue };
            let first = reader.sentence(head);
            let second = reader.sentence(tail);
            let is_side = |one: &Mention| {
                matches!(one.what, What::Direction(_))
                    && one.from <= 1
                    && figures_of(&second).is_empty()
            };
            // A number of appointments is held against no average.
            let of_number = first.mentions.iter().any(|one| {
                matches!(&one.what, What::Indicator(id) if LEXICON.matter(id) == Matter::Appointments)
            });
            if !of_number && figures_of(&first).len() == 1 && second.mentions.iter().any(is_side) {
                let own = without_figure(reader, &first);
                ways.push(vec![head.to_owned(), format!("{own} was {tail}")]);
            }
        }
    }
    ways
}

/// The words of a sentence without its figure.
fn without_figure(reader: &Reader<'_>, sentence: &Sentence) -> String {
    measured(sentence, &reader.sentence(""))
}

/// `657,793 appointments …, seven in ten of them in person` as the number, and the share of the same.
fn share_of_them(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    const THEM: [&str; 4] = [" of them ", " of these ", " of which ", " of whom "];
    const AHEAD: [&str; 4] = ["of whom ", "of which ", "of these ", "of them "];
    let mut ways = Vec::new();
    for (at, _) in text.match_indices(", ") {
        let Some((head, tail)) = around(text, at, 2) else { continue };
        let tail = tail.strip_prefix("and ").unwrap_or(tail);
        let low = tail.to_ascii_lowercase();
        let inside = THEM.iter().find_map(|word| tail.split_once(word));
        let ahead = AHEAD.iter().filter(|word| low.starts_with(*word)).find_map(|word| {
            let rest = tail.get(word.len()..)?;
            let read = reader.sentence(rest);
            let figure = read
                .mentions
                .iter()
                .find(|one| one.from == 0 && matches!(one.what, What::Quantity(_)))?;
            Some((read.written(figure), written(read.tokens.iter().skip(figure.to))))
        });
        let parts = ahead.or_else(|| inside.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let Some((figure, said)) = parts else { continue };
        let first = reader.sentence(head);
        let own = reader.sentence(&figure);
        let whole_figure = own.mentions.iter().any(|one| {
            matches!(one.what, What::Quantity(_)) && one.from == 0 && one.to == own.tokens.len()
        });
        let [counted] = figures_of(&first)[..] else { continue };
        let Some(mut noun) = noun_behind(&first, counted) else { continue };
        if noun == "people" && first.mentions.iter().any(|one| one.list() == Some("lives")) {
            "residents".clone_into(&mut noun);
        }
        let says = reader.sentence(&said);
        // Of residents the census and the estimate know ages and groups; what is recorded is of patients.
        let of_residents = matches!(noun.as_str(), "people" | "resident" | "residents");
        let known = says.mentions.iter().any(|one| {
            matches!(one.what, What::Ages(_))
                || one.list().is_some_and(|list| list.starts_with("group_"))
        });
        if !whole_figure || (of_residents && !known) {
            continue;
        }
        let begins = said.split_whitespace().next().unwrap_or_default();
        let verb = if matches!(begins, "was" | "were" | "is" | "are" | "had" | "have" | "took") {
            ""
        } else {
            " were"
        };
        let of_it = place_and_time(&first);
        ways.push(vec![head.to_owned(), format!("{figure} of {noun}{of_it}{verb} {said}")]);
    }
    ways
}

/// What a figure counts: the word behind it, where it is one that is counted.
fn noun_behind(read: &Sentence, figure: usize) -> Option<String> {
    let mention = read
        .mentions
        .iter()
        .find(|one| one.from == figure && matches!(one.what, What::Quantity(_)))?;
    let noun = read.tokens.get(mention.to)?;
    matches!(
        noun.stem.as_str(),
        "appointment"
            | "patient"
            | "resident"
            | "people"
            | "practice"
            | "neighbourhood"
            | "attendance"
    )
    .then(|| noun.word.clone())
}

/// The place and the time of a sentence, as it was written.
fn place_and_time(read: &Sentence) -> String {
    let place = read.mentions.iter().find(|one| matches!(one.what, What::Subject(_)));
    let place = place.map_or(String::new(), |one| format!(" of {}", read.written(one)));
    format!("{place}{}", time_of(read))
}
