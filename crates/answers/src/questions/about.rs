//! A place or a practice: what it is, and what stands out.

use evidence::{Belonging, Place};
use kit::{Answer, Link, Part, Point};
use vocab::Level;

use super::ALL;
use crate::address::{self, encoded};
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;
use crate::{overview, practice};

/// What a place is.
pub const QUESTION: Question = Question {
    word: "about",
    asks: "What is it, and what stands out?",
    title: "About",
    theme: Theme::Place,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[
        ("map", "the indicator on the map of a place"),
        ("strip", "the indicator by which a practice is placed among all"),
    ],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    match asked.place.single() {
        Some((Level::Practice, code)) => practice::answer(asked, code),
        _ => overview::answer(asked, next(asked.place)),
    }
}

/// What a board asks next.
fn next(place: &Place) -> Part {
    let path = format!("/place/{}", encoded(&place.key));
    let asked = ALL.iter().filter(|question| question.is_of_a_place() && question.on_site);
    let mut links: Vec<Link> = asked
        .map(|question| Link::new(question.asks, format!("{path}/{}", question.word)))
        .collect();
    let alike = place.single().and_then(|(level, code)| address::similar(level, code));
    links.extend(alike.map(|href| Link::new("Who is like it?", href)));
    let points = links.into_iter().map(Point::linked).collect();
    Part::headed("Questions a board asks").points(points)
}
