//! Scenarios as readers choose them: those that are offered, and one of their own as text.

mod costs;
mod envelope;
pub mod form;
mod moved;
pub mod page;

use evidence::Place;
use models::parameters::Parameters;
use options::scenario::{DO_NOTHING, Premises, Resolved, Scenarios};

use crate::context::Context;
use crate::refusal::Refusal;

pub use moved::{RULES as MOVED_BY, moved};

/// The key of the reader's own scenario.
pub const OWN: &str = "yours";
/// The choice that carries it.
pub const NAME: &str = "scenario";
/// The assumption that holds a standard of the reader's own.
pub const OWN_STANDARD: &str = models::standards::OWN;
/// Months that are looked at.
pub const MONTHS: u32 = 60;

/// The scenarios that are offered, and the reader's own with them where there is one.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(context: &Context, text: &str) -> Result<Scenarios, Refusal> {
    let mut files = context.scenarios().to_vec();
    if !text.is_empty() {
        files.push((OWN.to_owned(), text.to_owned()));
    }
    Scenarios::read(&files).map_err(|problems| {
        let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Refusal::unusable(NAME, &words.join("; "))
    })
}

/// The reader's own scenario with what its parents do.
///
/// # Errors
/// When a parent is not known.
pub fn own(known: &Scenarios) -> Result<Resolved<'_>, Refusal> {
    known.resolve(OWN).map_err(|problem| Refusal::unusable(NAME, &problem.to_string()))
}

/// What a scenario is checked against in a place.
///
/// # Errors
/// When the evidence cannot be read.
pub fn premises(
    context: &Context,
    place: &Place,
    parameters: &Parameters,
    resolved: &Resolved<'_>,
) -> Result<Premises, Refusal> {
    let found = context.study().premises(place, MONTHS, resolved, parameters);
    found.map_err(|error| Refusal::no_outlook(&error.to_string()))
}

/// What of a scenario cannot be in a place.
#[must_use]
pub fn problems(resolved: &Resolved<'_>, premises: &Premises) -> Vec<String> {
    resolved.problems(premises).iter().map(ToString::to_string).collect()
}

/// Name and text of every scenario that does something.
pub fn offered(known: &Scenarios) -> impl Iterator<Item = (String, String)> {
    let others = known.iter().filter(|one| one.key != DO_NOTHING && one.key != OWN);
    others.map(|one| (one.name.clone(), one.write()))
}
