//! How a command ended, and its exit code.

use std::process::ExitCode;

pub use calc::Wrong;
use evidence::{EvidenceError, StoreError};

/// How a command ended.
pub enum Outcome {
    /// It did what was asked.
    Done,
    /// It did, and there are problems in what was given; they have been printed.
    Problems,
    /// It could not.
    Failed(anyhow::Error),
}

impl Outcome {
    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Problems => ExitCode::from(3),
            Self::Failed(error) if error.is::<Wrong>() => ExitCode::from(3),
            Self::Failed(error) if is_of_the_world(error) => ExitCode::from(4),
            Self::Failed(_) => ExitCode::from(1),
        }
    }
}

fn is_of_the_world(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.is::<std::io::Error>() || cause.is::<StoreError>() || cause.is::<EvidenceError>()
    })
}

impl From<anyhow::Result<Self>> for Outcome {
    fn from(result: anyhow::Result<Self>) -> Self {
        result.unwrap_or_else(Self::Failed)
    }
}
