//! SQL over the canonical tables, for people who want it.
//!
//! Every table of the evidence can be asked by its name. Where several releases speak of one period, the rows that
//! are in force are those of the latest edition for each key: the same rule as everywhere in the program.

mod sql;

pub use sql::{Answer, QueryError, ask};
