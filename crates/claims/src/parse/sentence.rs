//! A sentence with everything that its words can be: the readings of its figures, ages, times, names and lists.

use evidence::Place;

use super::super::lexicon::{LEXICON, Matter};
use super::super::mention::{Bound, Mention, What};
use super::super::names::Names;
use super::super::tokens::{Token, tokens, written};
use super::super::{quantities, times};

/// A sentence with everything that was found in it.
pub(crate) struct Sentence {
    pub(crate) tokens: Vec<Token>,
    pub(crate) mentions: Vec<Mention>,
    /// Of each word, what the lists know of it.
    pub(in crate::parse) standings: Vec<Standing>,
    /// The place that it is seen from.
    pub(in crate::parse) home: Place,
}

/// What the lists know of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It says nothing by itself.
    Plain,
    /// A word of a list.
    Known,
    /// Of no list.
    Unknown,
}

impl Standing {
    fn of(token: &Token) -> Self {
        // A word written large may be a name: it is never taken for another with a typing error.
        if token.written.starts_with(char::is_uppercase) && !LEXICON.has(token) {
            Self::Unknown
        } else if LEXICON.is_plain(token) || !token.word.chars().any(char::is_alphanumeric) {
            Self::Plain
        } else if LEXICON.knows(token) {
            Self::Known
        } else {
            Self::Unknown
        }
    }
}

/// After `most` and `least`: a part of them, not the end of a ranking.
const MANY: [&str; 14] = [
    "of", "practice", "surgery", "patient", "people", "network", "resident", "gp", "deprived",
    "likely", "part", "recent", "recently", "doctor",
];
/// Before `all`: the whole of something, not each of its parts.
const OF_A_WHOLE: [&str; 5] = ["of", "across", "among", "amongst", "over"];

/// After `than it was`: where, not when.
const PLACES: [&str; 7] = ["nationally", "in", "for", "at", "across", "elsewhere", "regionally"];

/// After `GP`: something of general practice, not a person.
const OF_GPS: [&str; 22] = [
    "appointment",
    "practice",
    "list",
    "surgery",
    "service",
    "access",
    "consultation",
    "workload",
    "hub",
    "capacity",
    "contract",
    "funding",
    "provision",
    "care",
    "slot",
    "supply",
    "patient",
    "survey",
    "lead",
    "premises",
    "visit",
    "time",
];

/// Without what other words make of it: `appointments` is what is measured only where nothing else is, `most of` no
/// end of a ranking, `the least deprived` not deprived, `registered with a GP` no appointment with one,
/// a `GP list` no GP.
fn without_weak(mentions: Vec<Mention>, tokens: &[Token]) -> Vec<Mention> {
    let matters: Vec<Matter> = mentions
        .iter()
        .filter_map(|one| match &one.what {
            What::Indicator(id) => Some(LEXICON.matter(id)),
            _ => None,
        })
        .collect();
    let measured = matters.iter().any(|matter| *matter != Matter::Appointments);
    let of_list = |list: &str| -> Vec<Mention> {
        let is = |one: &&Mention| matches!(&one.what, What::Concept(name) if name == list);
        mentions.iter().filter(is).cloned().collect()
    };
    let affluent = of_list("affluent");
    let registered = [of_list("registered"), of_list("unregistered")].concat();
    let stem = |at: usize| tokens.get(at).map_or("", |token| token.stem.as_str());
    // `GP appointments are on the same day` speaks of appointments of general practice.
    let by_days = matters.contains(&Matter::Days);
    let is_of_waits = |one: &Mention| {
        by_days
            && one.length() == 2
            && stem(one.from) == "gp"
            && stem(one.from + 1) == "appointment"
    };
    let is_weak = |one: &Mention| match &one.what {
        What::Indicator(id) => match LEXICON.matter(id) {
            Matter::Appointments => one.length() == 1 && measured,
            Matter::WithGp => !registered.is_empty() || is_of_waits(one),
            _ => false,
        },
        What::Direction(side) if side.is_extreme() => {
            matches!(stem(one.from), "most" | "least") && MANY.contains(&stem(one.to))
        }
        What::Concept(name) if name == "gps" => {
            one.length() == 1
                && tokens.get(one.from).is_some_and(|token| token.word == "gp")
                && OF_GPS.contains(&stem(one.to))
        }
        // `Of all appointments`, `across all practices`: the whole of them.
        What::Concept(name) if name == "all_of" => {
            let led = one.from.checked_sub(1).and_then(|at| tokens.get(at));
            stem(one.from) == "all"
                && led.is_some_and(|token| OF_A_WHOLE.contains(&token.word.as_str()))
        }
        // `Poorer than it was nationally` holds two places against each other, not two times.
        What::Change(_) => {
            let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
            word(one.to.wrapping_sub(2)) == "it"
                && matches!(word(one.to.wrapping_sub(1)), "was" | "is")
                && PLACES.contains(&word(one.to))
        }
        What::Concept(name) if name == "gp_appointments" => !by_days,
        What::Concept(name) if name == "deprived" => {
            affluent.iter().any(|other| other.contains(one))
        }
        _ => false,
    };
    let mut mentions = mentions;
    mentions.retain(|one| !is_weak(one));
    mentions
}

/// Leaves of mentions that lie inside one another those that say what is meant.
fn settle(mentions: &mut Vec<Mention>) {
    let bounds: Vec<Mention> =
        mentions.iter().filter(|one| matches!(one.what, What::Quantity(_))).cloned().collect();
    let names: Vec<Mention> =
        mentions.iter().filter(|one| matches!(one.what, What::Subject(_))).cloned().collect();
    let phrases: Vec<Mention> =
        mentions.iter().filter(|one| matches!(one.what, What::Concept(_))).cloned().collect();
    // `Thirty-one networks` are not one network.
    mentions.retain(|mention| {
        let cut = |figure: &Mention| figure.from < mention.from && mention.from < figure.to;
        !(matches!(mention.what, What::Concept(_))
            && mention.to > mention.from
            && bounds.iter().any(|figure| cut(figure) && figure.to < mention.to))
    });
    mentions.retain(|mention| match &mention.what {
        // `GP practices` are no GPs.
        What::Concept(list) if list == "gps" => {
            let practices = |one: &&Mention| matches!(&one.what, What::Concept(list) if list == "practice_word");
            !phrases.iter().filter(practices).chain(&names).any(|one| one.contains(mention))
        }
        What::Concept(_) | What::Level(_) => !names.iter().any(|name| name.contains(mention)),
        _ => true,
    });
    let lists: Vec<Mention> = mentions
        .iter()
        .filter(|one| matches!(one.what, What::Indicator(_) | What::Concept(_) | What::Subject(_)))
        .cloned()
        .collect();
    mentions.retain(|mention| match mention.what {
        What::Direction(_) | What::Guard(_) | What::Change(_) => {
            !bounds.iter().any(|figure| figure.from <= mention.from && mention.to <= figure.to)
        }
        What::Quantity(_) => !lists.iter().any(|list| list.contains(mention)),
        _ => true,
    });
}

/// Words that put a figure further away than its bound says: `well over a quarter`.
fn degrees(mentions: &[Mention], tokens: &[Token]) -> Vec<Mention> {
    const FURTHER: [&str; 8] = [
        "well",
        "far",
        "much",
        "significantly",
        "considerably",
        "substantially",
        "vastly",
        "comfortably",
    ];
    let bounded = mentions
        .iter()
        .filter(|one| matches!(one.what, What::Quantity(figure) if figure.bound != Bound::Exactly));
    let before = bounded.filter_map(|figure| figure.from.checked_sub(1));
    before
        .filter(|at| tokens.get(*at).is_some_and(|token| FURTHER.contains(&&*token.word)))
        .map(|at| Mention::new(at, at + 1, What::Guard("degree".to_owned())))
        .collect()
}

impl Sentence {
    pub(crate) fn of(sentence: &str, names: &Names, home: &Place) -> Self {
        let tokens = tokens(sentence);
        let figures = quantities::quantities(&tokens);
        let parts = figures.iter().filter_map(|figure| quantities::part_before(&tokens, figure));
        let parts: Vec<Mention> = parts.collect();
        let whens = times::times(&tokens, &figures);
        let ages = times::ages(&tokens);
        let named = names.mentions(&tokens, home);
        let is_home = |at: &usize| {
            named
                .iter()
                .any(|one| matches!(one.what, What::Home(_)) && one.from <= *at && *at < one.to)
        };
        let passed: Vec<bool> = (0..tokens.len()).map(|at| is_home(&at)).collect();
        let mut mentions = LEXICON.mentions(&tokens, &passed);
        mentions.extend(named);
        // A year is a time and no figure; `21-25` may be ages or a range of figures.
        let of_time = |figure: &Mention| {
            whens.iter().any(|when| when.from <= figure.from && figure.to <= when.to)
        };
        let of_age = |figure: &Mention| {
            ages.iter()
                .any(|age| age.from <= figure.from && figure.to <= age.to && age.length() > 1)
        };
        mentions
            .extend(figures.iter().filter(|figure| !of_time(figure) && !of_age(figure)).cloned());
        let inside_name = |mention: &Mention| {
            mentions.iter().any(|one| {
                matches!(one.what, What::Indicator(_) | What::Concept(_)) && one.contains(mention)
            })
        };
        let ages: Vec<Mention> = ages.iter().filter(|age| !inside_name(age)).cloned().collect();
        mentions.retain(|mention| {
            !matches!(
                mention.what,
                What::Direction(_)
                    | What::Change(_)
                    | What::Level(_)
                    | What::Quantity(_)
                    | What::Guard(_)
            ) || !ages
                .iter()
                .chain(&whens)
                .any(|other| other.from <= mention.from && mention.to <= other.to)
        });
        settle(&mut mentions);
        mentions.extend(degrees(&mentions, &tokens));
        mentions.extend(ages);
        mentions.extend(whens);
        mentions.extend(parts);
        let mentions = without_weak(mentions, &tokens);
        let standings = tokens.iter().map(Standing::of).collect();
        Self { tokens, mentions, standings, home: home.clone() }
    }

    /// Whether a place is what something else is held against: `than in …`, `compared with the … average`.
    pub(super) fn is_compared(&self, mention: &Mention) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).map(|one| &*one.word);
        let mut at = mention.from.checked_sub(1);
        while matches!(
            word(at),
            Some(
                "the"
                    | "in"
                    | "for"
                    | "at"
                    | "of"
                    | "is"
                    | "those"
                    | "that"
                    | "our"
                    | "rest"
                    | "case"
                    | "across"
            )
        ) {
            at = at.and_then(|at| at.checked_sub(1));
        }
        let before = at.and_then(|at| at.checked_sub(1));
        let led = match word(at) {
            Some("than" | "then" | "against" | "versus" | "vs" | "unlike") => true,
            Some("as") => before.is_some() && word(before) != Some("such"),
            Some("to") => matches!(word(before), Some("compared" | "relative" | "similar")),
            Some("with") => {
                matches!(word(before), Some("compared" | "par" | "line" | "comparison" | "level"))
            }
            _ => false,
        };
        let behind = word(Some(mention.to));
        led || matches!(behind, Some("average" | "averages" | "mean" | "norm"))
    }

    /// Words as they were written.
    pub(crate) fn written(&self, mention: &Mention) -> String {
        written(self.tokens.iter().skip(mention.from).take(mention.length()))
    }
}
