//! The place at hand: by its own name, or as `the city`, `our area`, `here`.

use evidence::Place;
use vocab::Level;

use super::{Name, Names, fits, is_called, own_stems};
use crate::mention::{Mention, What};
use crate::spelling::Vocabulary;
use crate::tokens::Token;

/// Words that stand for the place that is spoken of, after `the`, `our` or `this`.
const HERE: [&str; 12] = [
    "city",
    "borough",
    "county",
    "town",
    "district",
    "place",
    "area",
    "patch",
    "locality",
    "municipality",
    "island",
    "parish",
];

/// Those of them of which a board holds several.
const ONE_OF_MANY: [&str; 6] = ["city", "borough", "town", "district", "municipality", "parish"];

impl Names {
    /// The place at hand by its own name, typing errors allowed.
    pub(super) fn home_by_name(&self, sentence: &[Token], home: &Place) -> Vec<Mention> {
        let stems = own_stems(&home.name);
        let mut vocabulary = Vocabulary::default();
        for stem in &stems {
            vocabulary.add(stem);
        }
        let name = Name {
            stems,
            level: Level::Place,
            place: home.clone(),
            borrowed: false,
            council: false,
        };
        if name.stems.is_empty() {
            return Vec::new();
        }
        let senses: Vec<(Vec<&str>, bool)> =
            sentence.iter().map(|token| vocabulary.stands_for(&token.word)).collect();
        (0..sentence.len())
            .filter_map(|at| {
                let to = fits(&name, sentence, &senses, at)?;
                if self.is_of_another(sentence.get(at..to)?, home) {
                    return None;
                }
                let led = at.checked_sub(1).and_then(|at| sentence.get(at)).is_some_and(|token| {
                    matches!(
                        token.word.as_str(),
                        "in" | "across" | "within" | "throughout" | "around"
                    )
                });
                Some(Mention::new(at - usize::from(led), to, What::Home(home.clone())))
            })
            .collect()
    }

    /// Whether the words are the whole name of a place that somebody named, and only a part of the name of the place at hand,
    /// which holds other practices: every door takes them for the place that is called so.
    fn is_of_another(&self, words: &[Token], home: &Place) -> bool {
        !is_called(home, words)
            && self.named.iter().any(|place| {
                place.key != home.key
                    && is_called(place, words)
                    && place.practices(&self.known) != home.practices(&self.known)
            })
    }
}

/// The place at hand as `the city`, `our area`, `here`. A board holds several cities: there `the city` is one that the sentence
/// does not name.
pub(super) fn in_general(sentence: &[Token], home: &Place) -> Vec<Mention> {
    let is_of_many = match home.single() {
        Some((level, _)) => matches!(level, Level::Icb | Level::Region | Level::England),
        None => !home.is_of_councils() && home.members.len() > 1,
    };
    let meant = |at: usize| {
        let one_of_many = is_of_many
            && sentence.get(at).is_some_and(|token| ONE_OF_MANY.contains(&token.word.as_str()));
        if one_of_many { What::Guard("place".to_owned()) } else { What::Home(home.clone()) }
    };
    let word = |at: usize| sentence.get(at).map_or("", |token| token.word.as_str());
    (0..sentence.len())
        .filter_map(|at| {
            let noun = HERE.contains(&word(at + 1))
                && matches!(word(at), "the" | "our" | "this" | "in" | "across" | "whole");
            let to = if noun { at + 2 } else { at + 1 };
            (noun || word(at) == "here").then(|| Mention::new(at, to, meant(at + 1)))
        })
        .collect()
}
