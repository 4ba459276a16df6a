//! Doors agree: what a page, its download, a command in words and as JSON, and a claim say of the same question is the same
//! number. Each test is a question of one place, asked behind every door that answers it; where the figure can be worked out from
//! the files by hand, the files are one more door.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../../sources/tests/support/at_hand.rs"]
mod at_hand;

mod ahead;
mod asked;
mod doors;
mod figures;
mod money;
mod people;
mod places;
mod real;
mod told;
