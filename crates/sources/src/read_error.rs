//! Why the reading of a file ends before its end.

use evidence::StoreError;
use thiserror::Error;

/// A failure that ends the reading of a file.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The bytes could not be read.
    #[error("the file could not be read: {0}")]
    Bytes(#[from] std::io::Error),
    /// The store could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file lacks a column that its layout needs; the problem is with the intake already.
    #[error("the file is not as its layout says")]
    Structure,
}
