//! One indicator: how the practices, networks or boards of a place compare, and what it means.

use evidence::Belonging;

use crate::indicator::{ASKS, NAME, answer};
use crate::question::{Question, Theme};

/// How those of a place compare on an indicator.
pub const QUESTION: Question = Question {
    word: "indicator",
    asks: ASKS,
    title: "Comparison in",
    theme: Theme::Indicators,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[
        (NAME, "the indicator, as `catchment indicators` names it"),
        ("level", "who is compared: practice, network, sub_icb, icb or region"),
        ("period", "the period, such as 2025-10; the latest where none is chosen"),
        ("order", "highest, lowest, name or code"),
    ],
    answer,
};
