//! What the evaluator and its readers do with small tables that can be checked by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod changes;
mod common;
mod councils;
mod evaluator;
mod oracle;
mod reach;
mod readings;
mod variation;
