//! A figure as it was published: a value, or the reason why there is none.
//!
//! Missing, suppressed and nought are three different things from the file to the page.

use std::fmt;

/// Why a cell holds what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A published value.
    Value,
    /// A value that the publisher estimated because the return was missing.
    Estimated,
    /// Withheld by the publisher to protect people or because of low quality.
    Suppressed,
    /// Not returned or not collected.
    Missing,
    /// The question does not arise (a practice without patients of that age).
    NotApplicable,
}

impl Mark {
    /// All marks, in the order of the table.
    pub const ALL: [Self; 5] =
        [Self::Value, Self::Estimated, Self::Suppressed, Self::Missing, Self::NotApplicable];

    /// The word kept in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Estimated => "estimated",
            Self::Suppressed => "suppressed",
            Self::Missing => "missing",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The mark behind a word of the tables.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == word)
    }

    /// The shorthand of the Analysis Function's spreadsheets: `[c]` confidential, `[x]` missing, `[z]` not applicable.
    #[must_use]
    pub const fn shorthand(self) -> &'static str {
        match self {
            Self::Value => "",
            Self::Estimated => "[e]",
            Self::Suppressed => "[c]",
            Self::Missing => "[x]",
            Self::NotApplicable => "[z]",
        }
    }
}

/// A figure, or the reason why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observed<T> {
    /// A published value.
    Value(T),
    /// A value that the publisher estimated.
    Estimated(T),
    /// Withheld.
    Suppressed,
    /// Not returned or not collected.
    Missing,
    /// The question does not arise.
    NotApplicable,
}

impl<T> Observed<T> {
    /// The figure, whether returned or estimated by the publisher.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) | Self::Estimated(value) => Some(value),
            _ => None,
        }
    }

    /// Why the cell holds what it holds.
    pub const fn mark(&self) -> Mark {
        match self {
            Self::Value(_) => Mark::Value,
            Self::Estimated(_) => Mark::Estimated,
            Self::Suppressed => Mark::Suppressed,
            Self::Missing => Mark::Missing,
            Self::NotApplicable => Mark::NotApplicable,
        }
    }

    /// The same cell with its figure converted.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Observed<U> {
        match self {
            Self::Value(value) => Observed::Value(convert(value)),
            Self::Estimated(value) => Observed::Estimated(convert(value)),
            Self::Suppressed => Observed::Suppressed,
            Self::Missing => Observed::Missing,
            Self::NotApplicable => Observed::NotApplicable,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Observed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Estimated(value) => write!(f, "{value} {}", Mark::Estimated.shorthand()),
            other => f.pad(other.mark().shorthand()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suppressed_missing_and_nought_are_three_values() {
        assert_ne!(Observed::Value(0.0), Observed::Suppressed);
        assert_ne!(Observed::<f64>::Suppressed, Observed::Missing);
        assert_eq!(Observed::<f64>::Suppressed.value(), None);
        assert_eq!(Observed::Value(0.0).value(), Some(0.0));
    }

    #[test]
    fn every_mark_is_read_back_from_its_word() {
        for mark in Mark::ALL {
            assert_eq!(Mark::parse(mark.as_str()), Some(mark));
        }
    }
}
