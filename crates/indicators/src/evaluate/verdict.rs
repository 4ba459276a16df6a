//! How a figure compares with a reference: the interval of the figure against the figure of the reference.

use std::fmt;

use stats::Limits;

use crate::definition::{Definition, Polarity};
use crate::interval::{Intervals, limits, value};

/// The word of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Beyond the reference in the good direction.
    Better,
    /// The interval holds the reference.
    Similar,
    /// Beyond the reference in the bad direction.
    Worse,
    /// Above the reference, where neither direction is good.
    Higher,
    /// Below the reference, where neither direction is good.
    Lower,
    /// No figure, no interval or no reference.
    NotCompared,
}

impl Verdict {
    /// The word in downloads and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Similar => "similar",
            Self::Worse => "worse",
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::NotCompared => "not_compared",
        }
    }

    /// The word on a page.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Better => "Better",
            Self::Similar => "Similar",
            Self::Worse => "Worse",
            Self::Higher => "Higher",
            Self::Lower => "Lower",
            Self::NotCompared => "Not compared",
        }
    }

    fn of(polarity: Polarity, interval: Option<Limits>, reference: Option<f64>) -> Self {
        let (Some(interval), Some(reference)) = (interval, reference) else {
            return Self::NotCompared;
        };
        let above = interval.lower > reference;
        if !above && interval.upper >= reference {
            return Self::Similar;
        }
        match (polarity, above) {
            (Polarity::Neither, true) => Self::Higher,
            (Polarity::Neither, false) => Self::Lower,
            (Polarity::HigherIsBetter, true) | (Polarity::LowerIsBetter, false) => Self::Better,
            (Polarity::HigherIsBetter, false) | (Polarity::LowerIsBetter, true) => Self::Worse,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A comparison with a reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The figure of the reference.
    pub reference: Option<f64>,
    /// By the 95% interval.
    pub at_95: Verdict,
    /// By the 99.8% interval.
    pub at_998: Verdict,
}

impl Comparison {
    pub(super) const NONE: Self =
        Self { reference: None, at_95: Verdict::NotCompared, at_998: Verdict::NotCompared };

    /// Compares two amounts with two others.
    #[must_use]
    pub fn between(definition: &Definition, amounts: (f64, f64), others: (f64, f64)) -> Self {
        let reference = value(definition, others.0, others.1);
        Self::of(
            definition,
            &Intervals::default(),
            Some(amounts),
            reference.is_finite().then_some(reference),
        )
    }

    /// Compares two amounts with a reference.
    pub(super) fn of(
        definition: &Definition,
        intervals: &Intervals,
        amounts: Option<(f64, f64)>,
        reference: Option<f64>,
    ) -> Self {
        let against = |level: &stats::Level| {
            let interval =
                amounts.and_then(|(above, below)| limits(definition, above, below, level));
            Verdict::of(definition.polarity, interval, reference)
        };
        Self { reference, at_95: against(&intervals.inner), at_998: against(&intervals.outer) }
    }
}
