//! Whether a sentence speaks of how many there are or of a share or rate: `the number of GPs` is no number of GPs for
//! each patient.

use super::super::mention::{Amount, Mention, What};
use super::sentence::Sentence;

/// Words before what is measured that ask how many.
const NUMBER: [&str; 7] = ["number", "count", "total", "volume", "quantity", "headcount", "many"];
/// Words of a share or a rate, anywhere in the sentence.
const RATE: [&str; 12] = [
    "per",
    "share",
    "proportion",
    "percentage",
    "percent",
    "rate",
    "ratio",
    "head",
    "capita",
    "prevalence",
    "fraction",
    "average",
];
/// The same within the name of what is measured: `GPs for our population`.
const RATE_WITHIN: [&str; 7] = ["for", "to", "each", "every", "level", "relative", "weighting"];
/// What can be counted.
const THINGS: [&str; 22] = [
    "appointment",
    "attendance",
    "admission",
    "consultation",
    "visit",
    "request",
    "booking",
    "slot",
    "contact",
    "gp",
    "doctor",
    "nurse",
    "staff",
    "receptionist",
    "administrator",
    "patient",
    "people",
    "person",
    "child",
    "student",
    "adult",
    "resident",
];

impl Sentence {
    /// What is asked of the indicator that a form took; nothing where it took none.
    pub(super) fn amount(&self, taken: &[&Mention]) -> Option<Amount> {
        let measured = taken.iter().find(|one| matches!(one.what, What::Indicator(_)))?;
        let stem = |at: usize| self.tokens.get(at).map_or("", |token| token.stem.as_str());
        let within = || (measured.from..measured.to).map(stem);
        let of_figure = |at: usize| {
            taken
                .iter()
                .any(|one| matches!(one.what, What::Quantity(_)) && one.from <= at && at < one.to)
        };
        let is_rate = (0..self.tokens.len()).any(|at| RATE.contains(&stem(at)) && !of_figure(at))
            || (measured.from..measured.to)
                .any(|at| RATE_WITHIN.contains(&stem(at)) && stem(at + 1) != "face");
        if is_rate {
            return Some(Amount::Rate);
        }
        let after = stem(measured.to) == "number";
        if after || within().chain(self.led_by(measured)).any(|stem| NUMBER.contains(&stem)) {
            return Some(Amount::Number);
        }
        let is_thing = within().any(|stem| THINGS.contains(&stem));
        let more = self.led_by(measured).any(|stem| matches!(stem, "few" | "fewer" | "more"));
        Some(match (is_thing, more) {
            (true, true) => Amount::MoreOrFewer,
            (true, false) => Amount::Things,
            _ => Amount::Rate,
        })
    }

    /// The words right before a mention, articles and such passed over: the nearest first.
    fn led_by(&self, mention: &Mention) -> impl Iterator<Item = &str> {
        const PASSED: [&str; 10] =
            ["of", "the", "our", "all", "these", "those", "their", "its", "overall", "fully"];
        let before = self.tokens.get(..mention.from).unwrap_or_default().iter().rev();
        before.map(|token| token.stem.as_str()).filter(|stem| !PASSED.contains(stem)).take(1)
    }
}
