//! Why a table cannot be raked.

use std::fmt;

/// What is wrong with a frame. Axes are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadFrame {
    /// The table has no axis, or an axis has no levels.
    NoCells,
    /// There is nothing to rake to.
    NoMargin,
    /// A margin keeps an axis that the table has not.
    UnknownAxis(usize),
    /// A margin keeps an axis twice.
    RepeatedAxis(usize),
}

/// Why a zone could not be raked. Margins and their totals are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoRaking {
    /// A total is below nought or not a number.
    BadTotal {
        /// The margin.
        margin: usize,
        /// The total within it.
        cell: usize,
    },
    /// A margin adds up to another number of people than the first.
    Disagree {
        /// The margin.
        margin: usize,
        /// What it adds up to.
        sum: f64,
        /// What the first margin adds up to.
        first: f64,
    },
    /// A total above nought where the starting table, so far as the other margins leave it, has nobody.
    NobodyToScale {
        /// The margin.
        margin: usize,
        /// The total within it.
        cell: usize,
        /// How many people it asks for.
        total: f64,
    },
    /// The margins went on pulling against each other: no table with these empty cells meets them all.
    Unsettled {
        /// The margin missed by most.
        margin: usize,
        /// The total within it.
        cell: usize,
        /// By how many people it was missed.
        gap: f64,
    },
}

impl NoRaking {
    /// The margin at fault, and the total within it where it is one.
    #[must_use]
    pub const fn place(&self) -> (usize, Option<usize>) {
        match self {
            Self::BadTotal { margin, cell }
            | Self::NobodyToScale { margin, cell, .. }
            | Self::Unsettled { margin, cell, .. } => (*margin, Some(*cell)),
            Self::Disagree { margin, .. } => (*margin, None),
        }
    }
}

impl fmt::Display for BadFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCells => f.write_str("a table needs an axis, and every axis a level"),
            Self::NoMargin => f.write_str("there is no margin to rake to"),
            Self::UnknownAxis(axis) => write!(f, "a margin names axis {axis}, which is not there"),
            Self::RepeatedAxis(axis) => write!(f, "a margin names axis {axis} twice"),
        }
    }
}

impl std::error::Error for BadFrame {}

impl fmt::Display for NoRaking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadTotal { .. } => f.write_str("a total is missing or below nought"),
            Self::Disagree { sum, first, .. } => {
                write!(f, "the margin adds up to {sum}, the first one to {first}")
            }
            Self::NobodyToScale { total, .. } => {
                write!(f, "{total} are wanted where the starting table has nobody")
            }
            Self::Unsettled { gap, .. } => {
                write!(f, "no table with these empty cells meets all margins; missed by {gap}")
            }
        }
    }
}

impl std::error::Error for NoRaking {}
