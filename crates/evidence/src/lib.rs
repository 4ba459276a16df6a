//! The evidence about a place: canonical tables, where each row came from, and who belonged to whom on which day.
//!
//! Published files are read once by `sources` into the tables defined here. Every table is tidy: one row a fact, its
//! period on the row, codes as keys, and the reason kept where a figure is missing. On disk the tables are
//! Parquet files that never change after they are written; a manifest says which of them are in force and which
//! release each came from. An import lands whole or not at all. This crate knows nothing of publishers' column
//! names, of indicators or of pages.

pub mod affiliation;
mod derived;
pub mod differences;
pub mod error;
pub mod evidence;
pub mod former;
pub mod frame;
mod given;
pub mod joins;
mod kept;
mod known_codes;
mod larger;
mod lists;
pub mod manifest;
mod outline;
mod parts;
pub mod place;
pub mod standing;
mod stated;
pub mod storage;
pub mod store;
pub mod table;
pub mod tables;
pub mod writer;

pub use affiliation::{Affiliation, Affiliations};
pub use differences::{Difference, Statements};
pub use error::EvidenceError;
pub use evidence::Evidence;
pub use frame::{Frame, TextColumn};
pub use given::Given;
pub use joins::{Join, JoinReport};
pub use known_codes::KnownCodes;
pub use larger::Larger;
pub use lists::Lists;
pub use manifest::{Check, Manifest, Origin, Part, Release, Verdict};
pub use place::{Belonging, Place};
pub use standing::{CouncilArea, Standing};
pub use storage::{Folder, Memory, Storage};
pub use store::{Closed, Staging, Store, StoreError};
pub use table::{Absent, Cell, Column, Figure, Kind, PeriodKind, Table, Whose, Word, Written};
pub use writer::ReleaseWriter;
