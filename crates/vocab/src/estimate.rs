//! A figure with its interval and what it was worked out from.

use std::fmt;

/// The probability that an interval is meant to hold, as a fraction: 0.95 or 0.998 by convention.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// 95%: z = 1.959964.
    pub const P95: Self = Self(0.95);
    /// 99.8%: z = 3.090232, the "three sigma" of control limits.
    pub const P998: Self = Self(0.998);

    /// A confidence level written as a fraction or as a percentage (`0.95` or `95`).
    ///
    /// # Errors
    /// The value is returned when it is not between 0.5 and 1, or between 50 and 100.
    pub fn new(level: f64) -> Result<Self, f64> {
        let fraction = if level >= 50.0 { level / 100.0 } else { level };
        if (0.5..1.0).contains(&fraction) { Ok(Self(fraction)) } else { Err(level) }
    }

    /// The level as a fraction of one.
    #[must_use]
    pub const fn level(self) -> f64 {
        self.0
    }

    /// The probability left out on each side.
    #[must_use]
    pub const fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = (self.0 * 100_000.0).round() / 1000.0;
        write!(f, "{percent}%")
    }
}

/// A figure with its interval; limits are absent where no method gives them.
///
/// No arithmetic on estimates: uncertainty is carried on by simulation or by the method, never by adding limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure, in the indicator's unit.
    pub value: f64,
    /// Lower limit, in the same unit.
    pub lower: Option<f64>,
    /// Upper limit, in the same unit.
    pub upper: Option<f64>,
    /// What the interval is meant to hold.
    pub confidence: Confidence,
    /// The count or amount above the line.
    pub numerator: f64,
    /// The count or amount below the line.
    pub denominator: f64,
    /// The name of the method, a key of the methods chapter.
    pub method: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_is_read_as_fraction_or_percentage() {
        assert_eq!(Confidence::new(95.0), Ok(Confidence::P95));
        assert_eq!(Confidence::new(0.998), Ok(Confidence::P998));
        assert!(Confidence::new(1.0).is_err());
        assert!(Confidence::new(0.05).is_err());
        assert_eq!(Confidence::P998.to_string(), "99.8%");
    }
}
