//! Which known words a word may stand for, typing errors allowed.
//!
//! A word that is known stands for itself only. An unknown one of five letters or more stands for the known words
//! that begin with the same letter and are one error away (two from nine letters on): a letter too many, too few,
//! another (from eight letters on), or two that changed places.

use std::collections::BTreeMap;

use super::tokens::stem;

/// Known words, each with its stem.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: BTreeMap<char, BTreeMap<String, String>>,
}

impl Vocabulary {
    /// Adds a word, its stem and its plural.
    pub(crate) fn add(&mut self, word: &str) {
        let word = word.to_lowercase();
        let stem = stem(&word);
        let Some(first) = word.chars().next() else { return };
        let words = self.words.entry(first).or_default();
        words.entry(format!("{stem}s")).or_insert_with(|| stem.clone());
        words.entry(stem.clone()).or_insert_with(|| stem.clone());
        words.insert(word, stem);
    }

    /// Whether a word is known as it is written.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.of_letter(word).is_some_and(|words| words.contains_key(word))
    }

    /// The stems that a word may stand for, and whether it had to be corrected.
    pub(crate) fn stands_for(&self, word: &str) -> (Vec<&str>, bool) {
        let Some(words) = self.of_letter(word) else { return (Vec::new(), false) };
        if let Some(stem) = words.get(word) {
            return (vec![stem.as_str()], false);
        }
        let allowed = errors_allowed(word);
        if allowed == 0 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return (Vec::new(), false);
        }
        let near = |known: &String| {
            let near = distance(word, known, allowed).is_some();
            // Another letter makes another word too easily: `strike` is no `stroke`.
            near && known.chars().count() > 3
                && (word.len() >= 8 || word.len() != known.len() || swaps(word, known))
        };
        let mut stems: Vec<&str> =
            words.iter().filter(|(known, _)| near(known)).map(|(_, stem)| stem.as_str()).collect();
        stems.sort_unstable();
        stems.dedup();
        (stems, true)
    }

    fn of_letter(&self, word: &str) -> Option<&BTreeMap<String, String>> {
        self.words.get(&word.chars().next()?)
    }
}

/// Whether two words of one length hold the same letters: two that changed places make one of the other.
fn swaps(left: &str, right: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(left) == sorted(right)
}

/// Typing errors allowed in a word of this length.
pub(crate) fn errors_allowed(word: &str) -> usize {
    match word.chars().count() {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Errors between two words (optimal string alignment), if they are no more than `most`.
pub(crate) fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let width = right.len() + 1;
    let mut rows = vec![vec![0_usize; width]; left.len() + 1];
    for row in 0..=left.len() {
        for column in 0..width {
            let value = if row == 0 || column == 0 {
                row + column
            } else {
                cheapest(&rows, &left, &right, (row, column))
            };
            set(&mut rows, row, column, value);
        }
    }
    Some(at(&rows, left.len(), right.len())).filter(|found| *found <= most)
}

fn cheapest(rows: &[Vec<usize>], left: &[char], right: &[char], cell: (usize, usize)) -> usize {
    let (row, column) = cell;
    let letter = |word: &[char], place: usize| word.get(place.wrapping_sub(1)).copied();
    let same = letter(left, row) == letter(right, column);
    let mut best = (at(rows, row - 1, column) + 1)
        .min(at(rows, row, column - 1) + 1)
        .min(at(rows, row - 1, column - 1) + usize::from(!same));
    let swapped = row > 1
        && column > 1
        && letter(left, row) == letter(right, column - 1)
        && letter(left, row - 1) == letter(right, column);
    if swapped {
        best = best.min(at(rows, row - 2, column - 2) + 1);
    }
    best
}

fn at(rows: &[Vec<usize>], row: usize, column: usize) -> usize {
    rows.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or(usize::MAX / 2)
}

fn set(rows: &mut [Vec<usize>], row: usize, column: usize, value: usize) {
    if let Some(cell) = rows.get_mut(row).and_then(|cells| cells.get_mut(column)) {
        *cell = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_that_changed_places_are_one_error() {
        assert_eq!(distance("practcies", "practices", 2), Some(1));
        assert_eq!(distance("appointmnets", "appointments", 2), Some(1));
        assert_eq!(distance("england", "ireland", 1), None);
    }

    #[test]
    fn a_known_word_stands_for_itself_only() {
        let mut known = Vocabulary::default();
        for word in ["lower", "slower", "practice"] {
            known.add(word);
        }
        assert_eq!(known.stands_for("slower"), (vec!["slower"], false));
        assert_eq!(known.stands_for("practcies"), (vec!["practice"], true));
        assert_eq!(known.stands_for("fall"), (vec![], false));
        known.add("stroke");
        assert_eq!(known.stands_for("strike"), (vec![], true));
    }
}
