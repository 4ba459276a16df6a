//! Why the evidence cannot answer.

use thiserror::Error;

use crate::store::StoreError;

/// A question that the evidence cannot answer, or a failure to read it.
#[derive(Debug, Error)]
pub enum EvidenceError {
    /// There is no such table.
    #[error("there is no table `{0}`; `catchment sql \"show tables\"` lists them")]
    NoTable(String),
    /// There is no such column, or it holds something else.
    #[error("the table `{table}` has no column of {what} `{column}`: expected one of {}", .known.join(", "))]
    NoColumn {
        /// The table.
        table: &'static str,
        /// `words` or `figures`.
        what: &'static str,
        /// What was asked for.
        column: String,
        /// The columns that it has of these.
        known: Vec<&'static str>,
    },
    /// The rows of a table are not those of organisations of one level.
    #[error(
        "the rows of the table `{0}` are of no one level; name one of the column `level`, where it has one"
    )]
    NoOneLevel(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
