//! A figure and the one that it is held against: another place's, England's, or its own of an earlier time.

use super::super::mention::{Mention, Quantity, What, When};
use super::super::parse::Sentence;
use super::super::times::a_year_before;
use super::super::tokens::written;
use super::{Reader, around, before_verb, figures_of, is_timed, time_of};

/// What a figure is held against with.
const AGAINST: [&str; 8] = [
    " compared with ",
    " compared to ",
    " which compares with ",
    " against ",
    " versus ",
    " as against ",
    " in comparison with ",
    " having been ",
];
/// What it was before, and whether it is more now.
const FROM: [(&str, bool); 6] = [
    (" up from ", true),
    (" a rise from ", true),
    (" an increase from ", true),
    (" down from ", false),
    (" a fall from ", false),
    (" a reduction from ", false),
];
/// What stands before a clause that gives the figure of England.
const BESIDE: [&str; 9] = [
    "; ",
    ", whereas ",
    " whereas ",
    ", while ",
    " while ",
    ", but ",
    ", with ",
    ", and ",
    " and ",
];
/// Words of such a clause that say no more than that the figure is of England.
const OF_ENGLAND: [&str; 27] = [
    "in",
    "for",
    "across",
    "england",
    "national",
    "nationally",
    "as",
    "a",
    "whole",
    "it",
    "this",
    "that",
    "is",
    "was",
    "the",
    "average",
    "figure",
    "rate",
    "share",
    "mean",
    "stands",
    "stood",
    "at",
    "of",
    "being",
    "level",
    "proportion",
];

/// A figure and the one that it is held against, each with what is measured: `1.1%, against 0.7% for England`. The second part
/// says the same of its own figure, place and time.
pub(super) fn held_against(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    for word in AGAINST {
        for (at, _) in text.match_indices(word) {
            ways.extend(around(text, at, word.len()).and_then(|(head, tail)| {
                let head = head.trim_end_matches(',');
                apart(reader, head, tail).map(|(parts, _)| parts)
            }));
        }
    }
    for (word, rises) in FROM {
        for (at, _) in text.match_indices(word) {
            ways.extend(around(text, at, word.len()).and_then(|(head, tail)| {
                let head = head.trim_end_matches([',', ' ']);
                let (parts, (now, before)) = apart(reader, head, tail)?;
                let moved = if rises { now.value > before.value } else { now.value < before.value };
                moved.then_some(parts)
            }));
        }
    }
    for word in BESIDE {
        for (at, _) in text.match_indices(word) {
            ways.extend(around(text, at, word.len()).and_then(|(head, tail)| {
                let figure = of_england(reader, tail)?;
                apart(reader, head, &figure).map(|(parts, _)| parts)
            }));
        }
    }
    ways
}

/// The part before and the part behind, which says the same as the first of its own figure, and the two figures.
fn apart(
    reader: &Reader<'_>,
    head: &str,
    tail: &str,
) -> Option<(Vec<String>, (Quantity, Quantity))> {
    let first = reader.sentence(head);
    let tail = dated(tail, &first)?;
    let second = reader.sentence(&tail);
    let both = (only_figure(&first)?, only_figure(&second)?);
    let led = figures_of(&second) == [0] && both.0.kind == both.1.kind;
    let (timed, placed) = (is_timed(&second), names_a_place(&second));
    // `5.1%, against 4.2% in England in October 2025`: the time is of both.
    let time = if timed && placed && !is_timed(&first) { time_of(&second) } else { String::new() };
    (led && (timed || placed)).then(|| {
        (vec![format!("{head}{time}"), format!("{} {tail}", measured(&first, &second))], both)
    })
}

fn only_figure(sentence: &Sentence) -> Option<Quantity> {
    let mut found = sentence.mentions.iter().filter_map(|one| match one.what {
        What::Quantity(quantity) => Some(quantity),
        _ => None,
    });
    let figure = found.next()?;
    found.next().is_none().then_some(figure)
}

/// `69.4% a year earlier` with the year before the one that the first part names.
fn dated(tail: &str, first: &Sentence) -> Option<String> {
    const EARLIER: [&str; 7] = [
        " a year earlier",
        " a year before",
        " a year previously",
        " the year before",
        " twelve months earlier",
        " twelve months before",
        " in the previous year",
    ];
    let Some(said) = EARLIER.iter().find_map(|words| tail.strip_suffix(words)) else {
        return Some(tail.to_owned());
    };
    let mut times = first.mentions.iter().filter_map(|one| match one.what {
        What::When(When::In(period)) => Some(period),
        _ => None,
    });
    let (time, other) = (times.next()?, times.next());
    let before = a_year_before(time)?;
    other.is_none().then(|| format!("{said} in {}", before.in_words()))
}

/// The figure of a clause that says nothing else than that it is of England, as `fewer than one in five in England`.
fn of_england(reader: &Reader<'_>, clause: &str) -> Option<String> {
    let read = reader.sentence(clause);
    let mut figures = read.mentions.iter().filter(|one| matches!(one.what, What::Quantity(_)));
    let figure = figures.next()?;
    let plain = read.tokens.iter().enumerate().all(|(at, token)| {
        (figure.from <= at && at < figure.to) || OF_ENGLAND.contains(&token.word.as_str())
    });
    let named = read
        .tokens
        .iter()
        .any(|token| matches!(token.word.as_str(), "england" | "national" | "nationally"));
    (figures.next().is_none() && plain && named)
        .then(|| format!("{} in England", read.written(figure)))
}

/// `Above the England average of 7.1%` as what is said without that figure, and the figure as England's.
pub(super) fn of_average(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    for (at, _) in text.match_indices(" of ") {
        let Some((head, tail)) = around(text, at, " of ".len()) else { continue };
        let figure = reader.sentence(tail);
        let led = figures_of(&figure) == [0];
        let time = time_of(&figure);
        let says = |at: usize| {
            let mut of_figure = figure
                .mentions
                .iter()
                .filter(|one| matches!(one.what, What::Quantity(_) | What::When(_)));
            of_figure.any(|one| one.from <= at && at < one.to)
        };
        let whole = (0..figure.tokens.len()).all(says);
        let words: Vec<String> =
            head.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let average = words.last().is_some_and(|word| {
            matches!(word.as_str(), "average" | "rate" | "figure" | "mean" | "level" | "median")
        });
        let near: Vec<&str> = words.iter().rev().take(3).map(String::as_str).collect();
        let named = near.iter().any(|word| matches!(*word, "england" | "england's" | "national"));
        if !(led && whole && average && named) {
            continue;
        }
        let Some((subject, _, _)) = before_verb(head) else { continue };
        let Some(said) = figure.mentions.iter().find(|one| one.from == 0) else { continue };
        let stated = format!("{} in England", figure.written(said));
        let second = reader.sentence(&stated);
        let own = measured(&reader.sentence(subject), &second);
        ways.push(vec![format!("{head}{time}"), format!("{own} was {stated}{time}")]);
    }
    ways
}

fn is_place(what: &What) -> bool {
    matches!(what, What::Home(_) | What::Subject(_))
        || matches!(what, What::Concept(list) if list == "in_england")
}

fn names_a_place(sentence: &Sentence) -> bool {
    sentence.mentions.iter().any(|one| is_place(&one.what) || one.list() == Some("england"))
}

/// The words of the first part without its figure, and without its place and time where the second names its own.
pub(super) fn measured(first: &Sentence, second: &Sentence) -> String {
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
    written(kept.map(|(_, token)| token))
}
