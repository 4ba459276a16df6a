//! What the reader of claims knows: figures, kinds of claims with sentences of each, names of indicators, word lists.

use std::collections::BTreeMap;

use claims::{TEMPLATES, Template, known_words, read_figures};
use serde::Serialize;

use super::quantity_in_words;
use crate::address::written;
use crate::context::Context;

/// Figures as people say them; what is made of each is worked out by the reader itself.
const FIGURES: [&str; 18] = [
    "100 practices",
    "about 100 practices",
    "more than 2,000 patients",
    "at least 2,000 patients",
    "fewer than 3,000 patients",
    "up to 130 practices",
    "1.2 million patients",
    "30,000 to 50,000 patients",
    "between thirty and fifty thousand patients",
    "a dozen practices",
    "13%",
    "nearly 10%",
    "just over 5%",
    "one in ten",
    "two thirds",
    "six percentage points",
    "£88m",
    "half an hour",
];

/// The words, figures and kinds of sentences that are understood.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Figures as they are said and as they are read.
    pub figures: Vec<(&'static str, String)>,
    /// The kinds of claims.
    pub kinds: Vec<Kind>,
    /// Indicators with the words that name each.
    pub indicators: Vec<(String, String)>,
    /// Lists of words that mean the same, with the name of each.
    pub all_lists: Vec<(String, String)>,
    /// Words that make another sentence of it.
    pub guards: Vec<(String, String)>,
    /// Words that say nothing by themselves.
    pub plain: String,
}

/// A kind of claim with sentences of it and sentences that are none.
#[derive(Debug, Serialize)]
pub struct Kind {
    /// What it is called.
    pub title: &'static str,
    /// Sentences of it, each with the address that reads it.
    pub examples: Vec<(&'static str, String)>,
    /// Sentences that are none.
    pub others: Vec<&'static str>,
    /// What it leaves out.
    pub limits: &'static [String],
}

/// All that is understood.
#[must_use]
pub fn of(context: &Context) -> Told {
    let known = known_words();
    let name = |id: &String| context.library().get(id).map_or(id, |one| &one.name).clone();
    let named = known.indicators.iter().map(|(id, phrases)| (name(id), in_words(phrases)));
    Told {
        figures: FIGURES.map(|text| (text, figures(text))).to_vec(),
        kinds: TEMPLATES.iter().map(kind).collect(),
        indicators: named.collect(),
        all_lists: listed(&known.lists),
        guards: listed(&known.guards),
        plain: known.plain.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

fn listed(lists: &BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    lists.iter().map(|(name, phrases)| (name.replace('_', " "), in_words(phrases))).collect()
}

fn in_words(phrases: &[String]) -> String {
    phrases.join("; ").replace('_', " ")
}

fn figures(text: &str) -> String {
    let read = read_figures(text);
    read.iter().map(quantity_in_words).collect::<Vec<_>>().join(" and ")
}

fn kind(template: &'static Template) -> Kind {
    let link = |sentence: &str| format!("/claims{}", written(&[("claim", sentence)]));
    let sentences = template.examples.iter().map(|one| one.sentence.as_str());
    Kind {
        title: &template.title,
        examples: sentences.map(|sentence| (sentence, link(sentence))).collect(),
        others: template.others.iter().map(String::as_str).collect(),
        limits: &template.limits,
    }
}
