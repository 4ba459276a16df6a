//! A place of one's own: a form that joins practices, areas, postcodes and an outline to a place with an address.

use answers::address::encoded;
use answers::{Choices, Refusal};
use axum::response::Response;
use evidence::Place;
use kit::text::title_case;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    parts: String,
    outline: String,
    wrong: Vec<String>,
    name: Option<String>,
    practices: String,
    href: String,
}

/// The form, with the place where one was given, or everything that is wrong with it.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let words = |name: &str| choices.get(name).unwrap_or_default().trim().to_owned();
    let (parts, outline) = (words("parts"), words("outline"));
    let keys = keys_of(&parts, &outline);
    let known = state.context().known()?;
    let named = state.context().named_places();
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for key in &keys {
        match Place::find(key, named, &known) {
            Ok(place) => right.push(place.key),
            Err(error) => wrong.push(error.to_string()),
        }
    }
    let place = match right.as_slice() {
        [] => None,
        right => Some(Place::find(&right.join("+"), named, &known).map_err(Refusal::no_place)?),
    };
    let count = place.as_ref().map_or(0, |place| place.practices(&known).len());
    let page = Page {
        layout: Layout::new(state, "A place of one’s own", Section::Place, Vec::new()),
        parts,
        outline,
        wrong,
        practices: kit::number::counted(count, "practice", "practices"),
        href: place
            .as_ref()
            .map_or_else(String::new, |place| format!("/place/{}", encoded(&place.key))),
        name: place.map(|place| title_case(&place.name)),
    };
    html(state, "own_place.html", &page)
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
