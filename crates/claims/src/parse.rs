//! From a sentence to a typed claim, or to the claims that are nearest to it.
//!
//! A form of a template fits when everything that it needs is in the sentence and the sentence holds nothing that the
//! form does not take: no further figure, age, time, name, indicator, side or change, no denial, aim, cause or condition
//! that the form does not know. Words that no list knows lower the confidence; below the threshold the sentence is
//! answered with suggestions. A sentence is never guessed at: of two templates that fit as well, neither is taken.

mod amount;
mod fit;
mod left;
mod sentence;
mod slots;

use evidence::Place;

use super::names::Names;
use super::template::Template;
use super::tokens::tokens;
use fit::Fit;
pub(crate) use sentence::Sentence;
pub use slots::Slots;

/// Confidence from which a claim is read; set on the sentences of `tests/claims/sentences.toml`.
pub const THRESHOLD: f64 = 0.8;
/// Suggestions at most.
const MOST_SUGGESTIONS: usize = 3;

/// A sentence that was understood.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The sentence.
    pub sentence: String,
    /// What kind of claim it is.
    pub template: &'static Template,
    /// What was found in it.
    pub slots: Slots,
    /// How much of the sentence was understood, 0 to 1.
    pub confidence: f64,
}

/// What became of a sentence.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// It is a claim.
    Claim(Box<Claim>),
    /// It is near to claims, and lacks something or holds too much.
    Near(Vec<Suggestion>),
    /// It is no claim that figures could answer.
    NotAClaim,
}

/// A claim near to a sentence.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The claim.
    pub template: &'static Template,
    /// What the sentence lacks.
    pub missing: Vec<String>,
    /// What of the sentence the claim does not take.
    pub not_taken: Vec<String>,
}

/// Reads a sentence against the templates, seen from a place.
pub(crate) fn parse(
    sentence: &str,
    templates: &'static [Template],
    names: &Names,
    home: &Place,
) -> Parsed {
    let read = Sentence::of(reported(sentence), names, home);
    let mut fits: Vec<(&'static Template, Fit)> = Vec::new();
    for template in templates {
        let best = template
            .patterns
            .iter()
            .map(|pattern| read.fit(template, pattern))
            .max_by(|left, right| left.rank().total_cmp(&right.rank()));
        fits.extend(best.map(|fit| (template, fit)));
    }
    fits.sort_by(|left, right| {
        right.1.rank().total_cmp(&left.1.rank()).then_with(|| left.0.id.cmp(&right.0.id))
    });
    let whole: Vec<&(&Template, Fit)> = fits.iter().filter(|(_, fit)| fit.is_whole()).collect();
    let asks = sentence.trim_end().ends_with('?');
    if let Some((template, fit)) = whole.first().filter(|_| !asks)
        && whole.get(1).is_none_or(|(_, second)| second.rank() + 1e-9 < fit.rank())
    {
        return Parsed::Claim(Box::new(Claim {
            sentence: sentence.trim().to_owned(),
            template,
            slots: fit.slots.clone(),
            confidence: fit.confidence,
        }));
    }
    suggestions(fits, says_how_many_times(sentence))
}

/// Whether a sentence says by how many times something changed: then it is a claim, though no kind may take it.
fn says_how_many_times(sentence: &str) -> bool {
    const TIMES: [&str; 8] =
        ["doubled", "halved", "tripled", "trebled", "quadrupled", "doubling", "halving", "twice"];
    let words = sentence.split(|letter: char| !letter.is_alphabetic());
    words.map(str::to_lowercase).any(|word| TIMES.contains(&word.as_str()))
}

/// The nearest templates, if any is near; of a sentence that is a claim in any case those that share anything with it.
fn suggestions(fits: Vec<(&'static Template, Fit)>, is_a_claim: bool) -> Parsed {
    let is_near = |fit: &Fit| fit.found >= 2 && fit.found * 2 >= fit.needed;
    let near: Vec<Suggestion> = fits
        .into_iter()
        .filter(|(_, fit)| is_near(fit) || is_a_claim && fit.found >= 1)
        .take(MOST_SUGGESTIONS)
        .map(|(template, fit)| Suggestion {
            template,
            missing: fit.missing,
            not_taken: fit.not_taken,
        })
        .collect();
    if near.is_empty() { Parsed::NotAClaim } else { Parsed::Near(near) }
}

/// The part of a sentence that is reported: what follows `Dr. Khan noted that`.
pub(super) fn reported(sentence: &str) -> &str {
    const REPORTING: [&str; 26] = [
        "noted",
        "said",
        "stated",
        "reported",
        "advised",
        "explained",
        "commented",
        "heard",
        "suggested",
        "highlighted",
        "felt",
        "told",
        "observed",
        "added",
        "concern",
        "concerned",
        "emphasised",
        "remarked",
        "recognised",
        "acknowledged",
        "informed",
        "pointed",
        "shows",
        "says",
        "found",
        "reminded",
    ];
    let Some((head, tail)) = sentence.split_once(" that ") else { return sentence };
    let words: Vec<String> = tokens(head).into_iter().map(|token| token.word).collect();
    let reports = words.iter().any(|word| REPORTING.contains(&word.as_str()));
    let denies = words.iter().any(|word| matches!(word.as_str(), "not" | "no" | "if" | "whether"));
    let plain = !words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    if reports && !denies && plain && words.len() <= 14 { tail } else { sentence }
}
