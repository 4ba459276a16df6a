//! A figure that is changed changes the verdict where it should, and nowhere else: held against rules written down here.

use claims::{Checker, Verdict};

use crate::support::{PRACTICES, checker, home};

/// What the figures of the place at hand are: practices, patients, and the share of appointments missed.
fn truths() -> (f64, f64, f64) {
    let ours = || PRACTICES.iter().filter(|(_, _, _, sub_icb, ..)| *sub_icb == "04C");
    let practices = ours().count() as f64;
    let missed: f64 = ours().map(|(.., missed)| missed).sum();
    (practices, ours().map(|(.., patients, _)| patients).sum(), missed / (4_000.0 * practices))
}

/// Whether a truth lies as a stated bound says.
type Rule = fn(f64, f64) -> bool;

/// Bounds as they are said.
const BOUNDS: [(&str, Rule); 7] = [
    ("more than", |truth, said| truth > said),
    ("over", |truth, said| truth > said),
    ("at least", |truth, said| truth >= said),
    ("no fewer than", |truth, said| truth >= said),
    ("fewer than", |truth, said| truth < said),
    ("under", |truth, said| truth < said),
    ("up to", |truth, said| truth <= said),
];

const WORDS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// What was said wrongly, of how many sentences.
struct Asked<'a> {
    checker: &'a Checker,
    tried: usize,
    read: usize,
    wrong: Vec<String>,
}

impl Asked<'_> {
    fn expect(&mut self, sentence: &str, holds: bool) {
        self.tried += 1;
        let verdict = self.checker.answer(sentence, &home()).expect("an answer").verdict();
        self.read += usize::from(verdict.is_some());
        let wanted = if holds { Verdict::Supported } else { Verdict::NotSupported };
        if verdict.is_some_and(|found| found != wanted) {
            self.wrong.push(format!("{sentence}: {verdict:?}, not {wanted:?}"));
        }
    }
}

#[test]
fn a_figure_that_is_changed_flips_the_verdict_where_it_should() {
    let checker = checker();
    let mut asked = Asked { checker: &checker, tried: 0, read: 0, wrong: Vec::new() };
    let (practices, patients, missed) = truths();
    for count in 1..=400_u32 {
        let said = f64::from(count);
        asked.expect(&format!("There are {count} practices."), (said - practices).abs() < 0.5);
        for (bound, rule) in BOUNDS {
            asked.expect(&format!("There are {bound} {count} practices."), rule(practices, said));
        }
    }
    for (at, word) in WORDS.iter().enumerate() {
        asked.expect(
            &format!("We have {word} practices."),
            (at as f64 + 1.0 - practices).abs() < 0.5,
        );
    }
    for thousands in
        (1..=300_u32).filter(|thousands| (f64::from(*thousands) * 1_000.0 - patients).abs() > 1.0)
    {
        let said = f64::from(thousands) * 1_000.0;
        for (bound, rule) in BOUNDS {
            let sentence =
                format!("{bound} {thousands},000 patients are registered with practices here.");
            asked.expect(&sentence, rule(patients, said));
        }
    }
    // A share is right where the truth rounds to it at its last digit.
    for tenths in 0..=400_u32 {
        let said = f64::from(tenths) / 10.0;
        let truth = missed * 100.0;
        let near = (truth - said).abs();
        if (0.049..0.051).contains(&near) {
            continue;
        }
        // Within the 95% interval, of half a point and a little more, neither is told.
        if !(0.05..0.6).contains(&near) {
            asked.expect(&format!("{said:.1}% of appointments were missed."), near < 0.05);
        }
        for (bound, rule) in BOUNDS {
            asked.expect(
                &format!("{bound} {said:.1}% of appointments were missed."),
                rule(truth, said),
            );
        }
    }
    println!("{} sentences tried, {} read", asked.tried, asked.read);
    assert!(asked.tried >= 8_000, "{}", asked.tried);
    assert!(asked.read * 10 >= asked.tried * 9, "{} of {} were read", asked.read, asked.tried);
    assert!(asked.wrong.is_empty(), "{}:\n{}", asked.wrong.len(), asked.wrong.join("\n"));
}
