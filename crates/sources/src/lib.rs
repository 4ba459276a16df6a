//! Published datasets: how each is recognised, read, checked and fetched.
//!
//! Each dataset is one module under `registry`. A file is recognised by what it holds, never by its name; it is read
//! once, row by row, into the canonical tables; and it gets a verdict with every problem named by file, row,
//! column, value, rule and remedy. This is the only crate that spells a publisher's column name.

mod appointment_words;
pub mod archive;
mod belonging;
mod census;
mod edition;
pub mod fetch;
pub mod header;
mod headerless;
pub mod import;
pub mod input;
pub mod intake;
mod look;
mod nesting;
pub mod once;
pub mod own_table;
pub mod problem;
pub mod read_error;
pub mod registry;
pub mod roads;
pub mod sample;
pub mod scan;
pub mod source;
#[cfg(test)]
mod trial;
pub mod value;
mod waiting;
mod workforce;

pub use import::{ImportReport, Progress, import};
pub use problem::Problem;
pub use source::Source;
