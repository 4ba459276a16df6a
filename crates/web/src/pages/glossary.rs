//! The glossary: every abbreviation and term of the pages in a plain sentence.

use answers::{Choices, Refusal};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::html;
use crate::layout::{Layout, Section};
use crate::state::AppState;

const TEXT: &str = include_str!("../../content/glossary.toml");

/// A term and what it means.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Term {
    name: String,
    short: Option<String>,
    meaning: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    terms: Vec<Term>,
}

/// The terms in alphabetical order.
fn terms() -> Vec<Term> {
    let glossary: Glossary = toml::from_str(TEXT).expect("the embedded glossary is well formed");
    let mut terms = glossary.term;
    terms.sort_by_key(|term| term.name.to_lowercase());
    terms
}

/// The page of the glossary.
pub(crate) fn page(state: &AppState, _choices: &Choices) -> Result<Response, Refusal> {
    let layout = Layout::new(state, "Glossary", Section::Glossary, Vec::new());
    html(state, "glossary.html", &Page { layout, terms: terms() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_explained_once() {
        let terms = terms();
        assert!(terms.iter().all(|term| term.meaning.ends_with('.')));
        assert!(terms.windows(2).all(|pair| pair[0].name != pair[1].name));
    }
}
