//! A place or a practice: what it is, and what stands out.

use evidence::Belonging;
use kit::Answer;
use vocab::Level;

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
    choices: &[
        ("map", "the indicator on the map of a place"),
        ("strip", "the indicator by which a practice is placed among all"),
    ],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    match asked.place.single() {
        Some((Level::Practice, code)) => practice::answer(asked, code),
        _ => overview::answer(asked),
    }
}
