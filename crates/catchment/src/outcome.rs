//! How a command ended, and its exit code.

use std::process::ExitCode;

pub use calc::Wrong;
use evidence::{EvidenceError, StoreError};
use terminal::NotTold;

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
    /// An answer was printed, or that there is none.
    pub const fn answered(is_answered: bool) -> Self {
        if is_answered { Self::Done } else { Self::Problems }
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Problems => ExitCode::from(3),
            Self::Failed(error) if error.is::<Wrong>() => ExitCode::from(3),
            Self::Failed(error)
                if error.downcast_ref::<NotTold>().is_some_and(NotTold::is_of_who_asks) =>
            {
                ExitCode::from(3)
            }
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
