//! What can be wrong with a model, and what its reader must be told.

use std::fmt;

/// Why a model gives no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum NoModel {
    /// Columns of different lengths were given.
    LengthsDiffer,
    /// Fewer rows than figures to estimate.
    TooFewRows {
        /// Rows that could be used.
        rows: usize,
        /// Figures to estimate.
        needed: usize,
    },
    /// A random intercept needs at least three groups.
    TooFewGroups {
        /// Groups that could be used.
        groups: usize,
    },
    /// Nothing was counted anywhere.
    AllNought,
    /// Everything that could be counted was counted.
    AllCounted,
    /// A count is negative, or larger than what it is part of.
    ImpossibleCount {
        /// The row, from 0.
        row: usize,
    },
    /// A group belongs to two upper groups.
    NotNested {
        /// The group.
        group: u32,
    },
    /// A covariate tells apart rows with and without events, so that its coefficient has no end.
    Separation {
        /// The covariate.
        column: String,
    },
    /// The search for the best fit stopped before it arrived.
    NotConverged {
        /// How often the likelihood was worked out.
        evaluations: usize,
        /// The expected gain in log-likelihood that was left.
        left: f64,
    },
    /// Quadrature was asked for with two levels; it is offered for one.
    QuadratureOfTwoLevels,
}

impl fmt::Display for NoModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthsDiffer => f.write_str("columns of different lengths"),
            Self::TooFewRows { rows, needed } => {
                write!(f, "{rows} rows for {needed} figures to estimate")
            }
            Self::TooFewGroups { groups } => {
                write!(f, "{groups} groups: variation between groups needs at least three")
            }
            Self::AllNought => f.write_str("every count is nought"),
            Self::AllCounted => f.write_str("every count is all that was possible"),
            Self::ImpossibleCount { row } => {
                write!(f, "row {}: a count is negative or above what it is part of", row + 1)
            }
            Self::NotNested { group } => write!(f, "group {group} belongs to two upper groups"),
            Self::Separation { column } => {
                write!(f, "`{column}` separates rows with events from rows without: no coefficient")
            }
            Self::NotConverged { evaluations, left } => write!(
                f,
                "the search did not arrive in {evaluations} steps ({left:.1e} of log-likelihood left)"
            ),
            Self::QuadratureOfTwoLevels => {
                f.write_str("quadrature is offered for one level; use Laplace for two")
            }
        }
    }
}

impl std::error::Error for NoModel {}

/// What the reader of a fitted model must know.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// Rows were left out because a covariate, count or offset is missing there.
    MissingRows {
        /// The column with the gaps.
        column: String,
        /// How many rows it lost.
        rows: usize,
    },
    /// A covariate is told by those before it and was left out.
    Collinear {
        /// The covariate left out.
        column: String,
        /// Those that tell it; none where it is the same in every row.
        with: Vec<String>,
    },
    /// Groups do not differ by more than chance: the variation is estimated as nought.
    NoVariationBetweenGroups,
    /// Upper groups do not differ by more than chance.
    NoVariationBetweenUpperGroups,
    /// Every group has one row, so that its own variation and extra variation of rows compete.
    OneRowAGroup,
    /// Counts show no more variation of rows than the simpler family allows.
    NoExtraVariation,
    /// Some counts are not whole numbers.
    PartCounts {
        /// How many.
        rows: usize,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingRows { column, rows } => {
                write!(f, "{rows} rows left out: `{column}` is missing")
            }
            Self::Collinear { column, with } if with.is_empty() => {
                write!(f, "`{column}` left out: it is the same in every row")
            }
            Self::Collinear { column, with } => {
                write!(f, "`{column}` left out: {} tell it", with.join(", "))
            }
            Self::NoVariationBetweenGroups => f.write_str("groups differ by no more than chance"),
            Self::NoVariationBetweenUpperGroups => {
                f.write_str("upper groups differ by no more than chance")
            }
            Self::OneRowAGroup => f.write_str(
                "one row a group: extra variation of rows and variation between groups are hard to tell apart",
            ),
            Self::NoExtraVariation => {
                f.write_str("rows vary by no more than the simpler family allows")
            }
            Self::PartCounts { rows } => write!(f, "{rows} counts are not whole numbers"),
        }
    }
}
