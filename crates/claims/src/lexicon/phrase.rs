//! A phrase of the word lists and where it stands in a sentence.
//!
//! Phrases are written in a small notation: `phone|telephone` is either word, `drop~` any form of a regular verb
//! (`drops`, `dropped`, `dropping`), `own?` may be left out, `up|on_top` is one word or two. Articles and words that only colour a sentence (`their`,
//! `really`) are passed over within a phrase.

use super::super::mention::{Mention, What};
use super::super::tokens::{Token, stem, tokens};

/// A phrase and what it stands for.
#[derive(Debug)]
pub(super) struct Phrase {
    places: Vec<Place>,
    pub(super) what: What,
}

/// A place of a phrase: the words that fit it.
#[derive(Debug)]
struct Place {
    stems: Vec<String>,
    optional: bool,
}

/// Words passed over within a phrase.
const PASSED_OVER: [&str; 30] = [
    "the",
    "a",
    "an",
    "their",
    "there",
    "our",
    "its",
    "his",
    "her",
    "your",
    "my",
    "this",
    "these",
    "those",
    "own",
    "really",
    "simply",
    "actually",
    "just",
    "still",
    "already",
    "currently",
    "now",
    "quite",
    "very",
    "also",
    "even",
    "either",
    "so",
    "well",
];

/// The phrases that a text with choices of several words stands for: `at|close_to home` for two.
pub(super) fn spread(text: &str) -> Vec<String> {
    let Some(piece) = text.split_whitespace().find(|piece| piece.contains('_')) else {
        return vec![text.to_owned()];
    };
    let optional = piece.ends_with('?');
    let (long, short): (Vec<&str>, Vec<&str>) =
        piece.trim_end_matches('?').split('|').partition(|choice| choice.contains('_'));
    let mut choices: Vec<String> = long.iter().map(|choice| choice.replace('_', " ")).collect();
    if !short.is_empty() {
        choices.push(short.join("|"));
    }
    if optional {
        choices.push(String::new());
    }
    choices.iter().flat_map(|choice| spread(&text.replacen(piece, choice, 1))).collect()
}

impl Phrase {
    /// Reads the notation; nothing where no word is left. `learn` is told every word.
    pub(super) fn read(text: &str, what: &What, mut learn: impl FnMut(&str)) -> Option<Self> {
        let mut places = Vec::new();
        for piece in text.split_whitespace() {
            let (piece, optional) =
                piece.strip_suffix('?').map_or((piece, false), |piece| (piece, true));
            if !piece.contains(['|', '~']) {
                let words = tokens(piece);
                for token in &words {
                    learn(&token.word);
                }
                places.extend(
                    words
                        .into_iter()
                        .filter(|token| !matches!(token.word.as_str(), "the" | "a" | "an"))
                        .map(|token| Place { stems: vec![token.stem], optional }),
                );
                continue;
            }
            let words: Vec<String> = piece.split('|').flat_map(forms).collect();
            for word in &words {
                learn(word);
            }
            let mut stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
            stems.sort();
            stems.dedup();
            places.push(Place { stems, optional });
        }
        (!places.is_empty()).then(|| Self { places, what: what.clone() })
    }

    /// The stems that it may begin with.
    pub(super) fn first(&self) -> impl Iterator<Item = &String> {
        let last = self.places.iter().position(|place| !place.optional).unwrap_or(0);
        self.places.iter().take(last + 1).flat_map(|place| &place.stems)
    }

    /// The phrase as it begins at a word of a sentence.
    pub(super) fn at(
        &self,
        sentence: &[Token],
        senses: &[(Vec<&str>, bool)],
        passed: &[bool],
        from: usize,
    ) -> Option<Mention> {
        let words = Words { sentence, senses, passed, from };
        let (to, corrected) = words.fits(&self.places, from)?;
        Some(Mention { from, to, what: self.what.clone(), corrected })
    }
}

/// A sentence from a word on.
struct Words<'s> {
    sentence: &'s [Token],
    /// Of each word, the stems that it may stand for and whether it was corrected.
    senses: &'s [(Vec<&'s str>, bool)],
    /// Words that belong to the name of the place at hand.
    passed: &'s [bool],
    from: usize,
}

impl Words<'_> {
    /// Where the places of a phrase end, and how many words were corrected.
    fn fits(&self, places: &[Place], at: usize) -> Option<(usize, usize)> {
        let Some((place, rest)) = places.split_first() else { return Some((at, 0)) };
        let mut next = at;
        while let Some((stems, corrected)) = self.senses.get(next) {
            if place.stems.iter().any(|stem| stems.contains(&stem.as_str())) {
                if let Some((to, more)) = self.fits(rest, next + 1) {
                    return Some((to, more + usize::from(*corrected)));
                }
                break;
            }
            if next == self.from || !self.is_passed_over(next) {
                break;
            }
            next += 1;
        }
        if place.optional { self.fits(rest, at) } else { None }
    }

    fn is_passed_over(&self, at: usize) -> bool {
        let word = self.sentence.get(at).map_or("", |token| token.word.as_str());
        PASSED_OVER.contains(&word) || self.passed.get(at).copied().unwrap_or(false)
    }
}

/// The forms of a verb that is written with `~`: as it is, with `s`, `ed` and `ing`.
fn forms(word: &str) -> Vec<String> {
    let Some(verb) = word.strip_suffix('~') else { return vec![word.to_lowercase()] };
    let verb = verb.to_lowercase();
    let last = verb.chars().last().unwrap_or(' ');
    let mut forms = vec![verb.clone(), format!("{verb}s")];
    if let Some(head) = verb.strip_suffix('e') {
        forms.extend([format!("{verb}d"), format!("{head}ing")]);
    } else if let Some(head) = verb.strip_suffix('y') {
        forms.extend([format!("{head}ied"), format!("{verb}ed"), format!("{verb}ing")]);
    } else {
        forms.extend([format!("{verb}ed"), format!("{verb}ing")]);
        if !matches!(last, 'w' | 'x' | 'h' | 'k' | 'd' | 's') {
            forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
        }
    }
    if verb.ends_with(['s', 'x', 'h']) {
        forms.push(format!("{verb}es"));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_in(phrase: &str, sentence: &str) -> bool {
        let phrase = Phrase::read(phrase, &What::Concept("x".to_owned()), |_| ()).unwrap();
        let sentence = tokens(sentence);
        let senses: Vec<(Vec<&str>, bool)> =
            sentence.iter().map(|token| (vec![token.stem.as_str()], false)).collect();
        (0..sentence.len()).any(|at| phrase.at(&sentence, &senses, &[], at).is_some())
    }

    #[test]
    fn either_word_any_form_and_words_left_out_are_understood() {
        let phrase = "get~ through on|by phone?";
        assert!(stands_in(phrase, "getting through by phone"));
        assert!(stands_in(phrase, "to get through on"));
        assert!(!stands_in(phrase, "getting by on"));
        assert!(stands_in("drop~ by", "has dropped by six"));
        assert_eq!(spread("reach|get_to home"), ["get to home", "reach home"]);
    }

    #[test]
    fn words_that_colour_are_passed_over_and_denials_are_not() {
        assert!(stands_in("handed back contracts", "handed back their contracts"));
        assert!(!stands_in("is explained by", "is not explained by"));
    }
}
