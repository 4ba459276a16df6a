//! What a method answers: a figure with its limits, or the reason why there is none.

use std::fmt;

/// The two ends of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Limits {
    /// The interval in a unit `factor` times finer; a negative factor swaps the ends.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let (first, second) = (self.lower * factor, self.upper * factor);
        Self { lower: first.min(second), upper: first.max(second) }
    }

    /// Whether the interval holds this value, its ends included.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }
}

/// A figure with its limits, all in the same unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its interval.
    pub limits: Limits,
}

/// Why a method gives no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoFigure {
    /// A number that the method needs is missing, infinite or not a number.
    NotFinite,
    /// A count, population or standard error is below nought.
    Negative,
    /// The denominator, or the population of a group, is nought.
    EmptyDenominator,
    /// More events than people they could happen to, where each can happen once.
    NumeratorAboveDenominator,
    /// Fewer events than the method is reliable for.
    TooFewEvents,
    /// Fewer values, groups or points than the method needs.
    TooFewValues,
    /// Fewer people than the method is reliable for.
    PopulationTooSmall,
    /// Nothing was expected, so nothing can be compared with it.
    NothingExpected,
    /// The age bands are not those of the method, or not in order.
    WrongAgeBands,
    /// Nobody died in the open-ended last age band.
    NoDeathsInLastBand,
    /// Nobody of the life table reaches this age.
    NobodyReachesAge,
    /// The interval is too wide for the value to mean anything.
    IntervalTooWide,
    /// The interval has no end: nought below the line cannot be ruled out.
    IntervalUnbounded,
    /// The transformation has no answer for this value (the logarithm of nought).
    OutsideTransformation,
    /// All values are the same, so there is no variation to describe.
    NoVariation,
}

impl fmt::Display for NoFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "a number is missing",
            Self::Negative => "a count or population is negative",
            Self::EmptyDenominator => "the denominator is nought",
            Self::NumeratorAboveDenominator => "the numerator is larger than the denominator",
            Self::TooFewEvents => "fewer than 10 events",
            Self::TooFewValues => "too few values",
            Self::PopulationTooSmall => "a population of 5,000 or fewer",
            Self::NothingExpected => "no events are expected",
            Self::WrongAgeBands => "the age bands are incomplete or out of order",
            Self::NoDeathsInLastBand => "no deaths in the last age band",
            Self::NobodyReachesAge => "nobody reaches this age",
            Self::IntervalTooWide => "the 95% interval is wider than 20 years",
            Self::IntervalUnbounded => "the interval has no end",
            Self::OutsideTransformation => "the value has no logarithm or logit",
            Self::NoVariation => "all values are the same",
        })
    }
}

impl std::error::Error for NoFigure {}

/// Refuses numbers that are missing or below nought.
///
/// # Errors
/// [`NoFigure::NotFinite`] or [`NoFigure::Negative`], whichever is met first.
pub fn counted(numbers: &[f64]) -> Result<(), NoFigure> {
    if numbers.iter().any(|number| !number.is_finite()) {
        return Err(NoFigure::NotFinite);
    }
    if numbers.iter().any(|number| *number < 0.0) {
        return Err(NoFigure::Negative);
    }
    Ok(())
}
