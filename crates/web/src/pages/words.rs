//! What the reader of claims knows: figures, kinds of claims with sentences of each, names of indicators, word lists.

use ::claims::{TEMPLATES, known_words, read_figures};
use answers::address::written;
use answers::claims::quantity_in_words;
use answers::{Choices, Refusal};
use axum::response::Response;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

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

#[derive(Serialize)]
struct Page {
    layout: Layout,
    figures: Vec<(&'static str, String)>,
    kinds: Vec<Kind>,
    indicators: Vec<(String, String)>,
    all_lists: Vec<(String, String)>,
    guards: Vec<(String, String)>,
    plain: String,
}

/// A kind of claim with sentences of it and sentences that are none.
#[derive(Serialize)]
struct Kind {
    title: &'static str,
    examples: Vec<(&'static str, String)>,
    others: Vec<&'static str>,
    limits: &'static [String],
}

/// The page.
pub(crate) fn page(state: &AppState, _: &Choices) -> Result<Response, Refusal> {
    let known = known_words();
    let in_words = |phrases: &[String]| phrases.join("; ").replace('_', " ");
    let listed = |lists: &std::collections::BTreeMap<String, Vec<String>>| {
        lists
            .iter()
            .map(|(name, phrases)| (name.replace('_', " "), in_words(phrases)))
            .collect::<Vec<_>>()
    };
    let named = known.indicators.iter().map(|(id, phrases)| {
        let name =
            state.context().library().get(id).map_or_else(|| id.clone(), |one| one.name.clone());
        (name, in_words(phrases))
    });
    let page = Page {
        layout: Layout::new(
            state,
            "Words that are understood",
            Section::Claims,
            vec![Step::new("Claims", "/claims")],
        ),
        figures: FIGURES.map(|text| (text, figures(text))).to_vec(),
        kinds: TEMPLATES.iter().map(kind).collect(),
        indicators: named.collect(),
        all_lists: listed(&known.lists),
        guards: listed(&known.guards),
        plain: known.plain.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    };
    html(state, "claims_words.html", &page)
}

fn figures(text: &str) -> String {
    let read = read_figures(text);
    read.iter().map(quantity_in_words).collect::<Vec<_>>().join(" and ")
}

fn kind(template: &'static ::claims::Template) -> Kind {
    let link = |sentence: &str| format!("/claims{}", written(&[("claim", sentence)]));
    let sentences = template.examples.iter().map(|one| one.sentence.as_str());
    Kind {
        title: &template.title,
        examples: sentences.map(|sentence| (sentence, link(sentence))).collect(),
        others: template.others.iter().map(String::as_str).collect(),
        limits: &template.limits,
    }
}
