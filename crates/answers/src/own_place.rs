//! A place of one's own: practices, areas, postcodes and an outline joined to one place with an address.

use evidence::Place;
use kit::text::title_case;
use serde::Serialize;

use crate::address::encoded;
use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::Refusal;

/// What became of the parts of a place.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The parts as they were written.
    pub parts: String,
    /// The corners of the outline as they were written.
    pub outline: String,
    /// What is wrong with those parts that are left out.
    pub wrong: Vec<String>,
    /// The name of the place, where there is one.
    pub name: Option<String>,
    /// How many practices it has.
    pub practices: String,
    /// The address of its page.
    pub href: String,
}

/// The place that was asked for, or everything that is wrong with it.
///
/// # Errors
/// When the evidence cannot be read, or parts that are right each for itself make no place together.
pub fn of(context: &Context, choices: &Choices) -> Result<Told, Refusal> {
    let words = |name: &str| choices.get(name).unwrap_or_default().trim().to_owned();
    let (parts, outline) = (words("parts"), words("outline"));
    let known = context.known()?;
    let named = context.named_places();
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for key in keys_of(&parts, &outline) {
        match Place::find(&key, named, &known) {
            Ok(place) => right.push(place.key),
            Err(error) => wrong.push(error.to_string()),
        }
    }
    let place = match right.as_slice() {
        [] => None,
        right => Some(Place::find(&right.join("+"), named, &known).map_err(Refusal::no_place)?),
    };
    let count = place.as_ref().map_or(0, |place| place.practices(&known).len());
    let href = place.as_ref().map(|place| format!("/place/{}", encoded(&place.key)));
    Ok(Told {
        parts,
        outline,
        wrong,
        practices: kit::number::counted(count, "practice", "practices"),
        href: href.unwrap_or_default(),
        name: place.map(|place| title_case(&place.name)),
    })
}

/// What was written, a part a line or between commas or `+`, and the corners of an outline, one a line.
fn keys_of(parts: &str, outline: &str) -> Vec<String> {
    let parts = parts.split(['+', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let corners: Vec<String> = outline
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(","))
        .map(|line| line.replace(",,", ","))
        .filter(|line| !line.is_empty())
        .collect();
    let drawn = (!corners.is_empty()).then(|| format!("drawn:{}", corners.join(";")));
    parts.map(str::to_owned).chain(drawn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_commas_and_plus_signs_part_what_was_written() {
        let keys = keys_of("A1, SE1 1AA\nE01+ B2\n", "-0.1, 51.5\n-0.1 51.6\n\n0,51.5");
        assert_eq!(keys, ["A1", "SE1 1AA", "E01", "B2", "drawn:-0.1,51.5;-0.1,51.6;0,51.5"]);
    }
}
