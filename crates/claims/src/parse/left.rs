//! What a form leaves of a sentence: words that make another claim of it, names that several share, and the confidence.

use vocab::Level;

use super::super::lexicon::{LEXICON, Matter};
use super::super::mention::{Mention, What};
use super::super::template::{Element, Pattern};
use super::sentence::{Sentence, Standing};

/// What each corrected word takes off the confidence.
const CORRECTION: f64 = 0.97;

impl Sentence {
    /// What of the sentence a form did not take, and the confidence that is left.
    pub(super) fn left_over(&self, pattern: &Pattern, taken: &[&Mention]) -> (Vec<String>, f64) {
        let also = self.mentions.iter().filter(|one| match one.what {
            What::Home(_) => !self.is_compared(one),
            _ => one.list() == Some("remark") || says_again(one, taken),
        });
        let covering: Vec<&Mention> = taken.iter().copied().chain(also).collect();
        let is_within = |one: &Mention| {
            covering.iter().any(|other| other.from <= one.from && one.to <= other.to)
        };
        // `A&E attendance` where the form took `A&E` and allows for an indicator.
        let is_more_of = |one: &Mention| {
            matches!(one.what, What::Indicator(_))
                && pattern.may.contains(&Element::Indicator)
                && !taken.iter().any(|other| matches!(other.what, What::Indicator(_)))
                && taken.iter().any(|other| one.contains(other))
        };
        let mut not_taken: Vec<String> = self
            .mentions
            .iter()
            .filter(|one| self.is_hard(one) && !is_within(one) && !is_more_of(one))
            .map(|one| self.written(one))
            .collect();
        not_taken.extend(covering.iter().filter_map(|one| self.many_called_so(one)));
        let covered = |at: usize| covering.iter().any(|one| one.from <= at && at < one.to);
        let (mut known, mut unknown) = (0.0_f64, 0.0_f64);
        for (at, token) in self.tokens.iter().enumerate() {
            if covered(at) {
                known += 1.0;
            } else if self.standing(at) != Standing::Plain && !self.is_of_the_field(at) {
                unknown += 1.0;
                not_taken.push(token.written.clone());
            }
        }
        not_taken.extend(self.narrowing(taken).map(|one| self.written(one)));
        let corrected: usize = taken.iter().map(|mention| mention.corrected).sum();
        let share = if known + unknown > 0.0 { known / (known + unknown) } else { 0.0 };
        not_taken.dedup();
        (not_taken, share * libm::pow(CORRECTION, corrected as f64))
    }

    /// Whether a word only names general practice: `primary care`, `health services`.
    fn is_of_the_field(&self, at: usize) -> bool {
        let stem = |at: usize| self.tokens.get(at).map_or("", |token| token.stem.as_str());
        matches!(stem(at), "care" | "service")
            && at.checked_sub(1).is_some_and(|before| matches!(stem(before), "primary" | "health"))
    }

    /// Words that a form allows and that stand right beside what is measured, so that they make another thing of it:
    /// `PCN diabetes`, `diabetes appointments`, `visits for diabetes`.
    fn narrowing<'a>(&self, taken: &'a [&'a Mention]) -> impl Iterator<Item = &'a Mention> {
        let measured = taken.iter().find_map(|one| match &one.what {
            What::Indicator(id) => Some((one.from, one.to, LEXICON.matter(id))),
            _ => None,
        });
        let led = |at: usize| {
            let word = self.tokens.get(at).map_or("", |token| token.word.as_str());
            matches!(word, "for" | "of" | "with" | "about" | "on" | "by")
        };
        taken.iter().copied().filter(move |one| {
            let Some((from, to, matter)) = measured else { return false };
            let narrows = match &one.what {
                What::Level(level) => *level != Level::Practice,
                What::Concept(name) => match name.as_str() {
                    "population" | "network_word" | "attendance" => true,
                    "appointment_word" => matter == Matter::Condition,
                    _ => false,
                },
                _ => false,
            };
            narrows && (one.to == from || one.from == to || (one.to + 1 == from && led(one.to)))
        })
    }

    /// Whether a mention changes what a sentence says, so that a form must take it.
    fn is_hard(&self, mention: &Mention) -> bool {
        match &mention.what {
            What::Home(_) => self.is_compared(mention),
            What::Concept(name) => LEXICON.is_telling(name),
            What::Level(_) => false,
            _ => true,
        }
    }

    /// A name that several organisations share.
    fn many_called_so(&self, mention: &Mention) -> Option<String> {
        let What::Subject(places) = &mention.what else { return None };
        (places.len() > 1).then(|| {
            let codes: Vec<&str> = places.iter().map(|place| place.key.as_str()).take(12).collect();
            let (written, codes) = (self.written(mention), codes.join(", "));
            format!("{written} ({} are called so: {codes})", places.len())
        })
    }

    fn standing(&self, at: usize) -> Standing {
        self.standings.get(at).copied().unwrap_or(Standing::Unknown)
    }
}

/// Whether a mention says again what one that was taken says.
fn says_again(mention: &Mention, taken: &[&Mention]) -> bool {
    let is_claim = matches!(
        mention.what,
        What::Concept(_) | What::Indicator(_) | What::Direction(_) | What::Change(_)
    );
    let side = matches!(mention.what, What::Direction(_) | What::Change(_));
    // `Asian residents are Asian` is of a part of them.
    let group = mention.list().is_some_and(|list| list.starts_with("group_"));
    is_claim
        && !group
        && taken
            .iter()
            .any(|other| other.what == mention.what && (!side || other.overlaps(mention)))
}
