//! Every question that the program answers: what is asked, what may be chosen, and the answer as sentences, tables, charts and
//! maps of `kit`.
//!
//! [`questions`] holds the questions about a place, one file each; the other modules say what a topic found, one file a topic.
//! Nothing here reads a file or knows of pages: what a page, a command and a file say is written here once.

pub mod address;
pub mod assumptions;
pub mod backtest;
pub mod capacity;
pub mod choices;
pub mod claims;
pub mod context;
pub mod edits;
pub mod findings;
pub mod glossary;
mod indicator;
pub mod json;
pub mod money;
pub mod origin;
pub mod outlook;
pub mod overview;
pub mod own_place;
pub mod place;
pub mod population;
mod practice;
pub mod question;
pub mod questions;
pub mod ranking;
pub mod reach;
pub mod refusal;
pub mod register;
pub mod registration;
pub mod release;
pub mod scenarios;
pub mod search;
pub mod sources;
pub mod themes;

pub use choices::Choices;
pub use context::Context;
pub use evidence::Place;
pub use question::{Asked, Question, Theme};
pub use refusal::Refusal;
