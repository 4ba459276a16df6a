//! The invented place, tested through the files it writes.

#[path = "../support/at_hand.rs"]
mod at_hand;
mod codes;
mod country;
mod england;
mod formats;
mod place;
mod reasons;
mod table;
mod totals;
