//! The invented place, tested through the files it writes.

#[path = "../support/at_hand.rs"]
mod at_hand;
mod codes;
mod country;
mod england;
mod filled;
mod formats;
#[expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]
#[path = "../support/imports.rs"]
mod imports;
mod place;
mod reasons;
mod table;
mod totals;
