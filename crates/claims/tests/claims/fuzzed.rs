//! Sentences taken apart and put together wrongly: the reader never fails, and never reads more words than there are.
//!
//! Keyed draws, so that every run tries the same; `CATCHMENT_FUZZ` asks for more than the usual number.

use claims::{Parsed, TEMPLATES, sentences};
use stats::random::{Key, Stream};

use crate::support::{checker, home};

/// Executions where nothing else is asked for.
const USUAL: u32 = 20_000;
/// Pieces that are strange to a sentence.
const STRANGE: [&str; 24] = [
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "é",
    "ß",
    "ﬁ",
    "１２",
    "²",
    "½",
    "٪",
    "А",
    "😀",
    "\\",
    "<b>",
    "</",
    "&amp;",
    "%%",
    "£",
    "--",
    "99999999999999999999999999",
    "1e308",
    "-0",
    "'s",
];

struct Draw(Stream);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.bits() as usize % end }
    }
}

/// A sentence made wrong: pieces of others, words doubled or lost, strange signs, cut in the middle of a word.
fn made_wrong(asks: &[&str], draw: &mut Draw) -> String {
    let mut letters: Vec<char> = asks[draw.below(asks.len())].chars().collect();
    for _ in 0..=draw.below(6) {
        let at = draw.below(letters.len() + 1);
        match draw.below(6) {
            0 => letters.splice(at..at, STRANGE[draw.below(STRANGE.len())].chars()).for_each(drop),
            1 => letters.truncate(at),
            2 => {
                let other = asks[draw.below(asks.len())];
                letters.splice(at..at, other.chars()).for_each(drop);
            }
            3 if at < letters.len() => {
                letters.remove(at);
            }
            4 => {
                let copy: Vec<char> = letters.iter().skip(at).copied().collect();
                letters.extend(copy);
            }
            _ => letters.splice(at..at, " ".chars()).for_each(drop),
        }
        letters.truncate(6_000);
    }
    letters.into_iter().collect()
}

#[test]
fn no_string_makes_the_reader_fail() {
    let checker = checker();
    let home = home();
    let asks: Vec<&str> = TEMPLATES
        .iter()
        .flat_map(|one| {
            one.examples.iter().map(|one| one.sentence.as_str()).chain([one.ask.as_str()])
        })
        .collect();
    let asked = std::env::var("CATCHMENT_FUZZ").ok().and_then(|text| text.parse().ok());
    let (mut read, most) = (0, asked.unwrap_or(USUAL));
    for time in 0..most {
        let mut draw = Draw(Stream::new(Key { seed: 12, decision: 0, unit: 0, time }));
        let sentence = made_wrong(&asks, &mut draw);
        let words = sentence.split_whitespace().count();
        let _ = sentences(&sentence);
        if let Parsed::Claim(claim) = checker.parse(&sentence, &home) {
            read += 1;
            assert!((0.0..=1.0).contains(&claim.confidence), "{sentence}");
            assert!(
                claim.slots.in_words().len() <= words + claim.slots.given.len() + 1,
                "{sentence}"
            );
        }
    }
    println!("{most} strings tried, {read} read as claims");
}
