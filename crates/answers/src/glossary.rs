//! The glossary: every abbreviation and term of the pages in a plain sentence.

use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../content/glossary.toml");

/// A term and what it means.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term, written out.
    pub name: String,
    /// What stands for it, where something does.
    pub short: Option<String>,
    /// What it means, in a sentence.
    pub meaning: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

/// The terms in alphabetical order.
#[must_use]
pub fn terms() -> Vec<Term> {
    let glossary: Glossary = toml::from_str(TEXT).expect("the embedded glossary is well formed");
    let mut terms = glossary.term;
    terms.sort_by_key(|term| term.name.to_lowercase());
    terms
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
