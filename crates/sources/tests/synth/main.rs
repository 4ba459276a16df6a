//! The invented place, tested through the files it writes.

mod codes;
mod country;
mod england;
mod formats;
mod place;
mod reasons;
mod table;
mod totals;
