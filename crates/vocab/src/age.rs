//! Age bands and sexes as the publications use them.

use std::fmt;

/// A half-open band of ages in completed years, `[lower, upper)`; the last band of a table has no upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeBand {
    lower: u8,
    upper: Option<u8>,
}

impl AgeBand {
    /// The band of ages from `lower` up to but not including `upper`.
    #[must_use]
    pub const fn new(lower: u8, upper: u8) -> Self {
        Self { lower, upper: Some(upper) }
    }

    /// The open band of ages `lower` and over.
    #[must_use]
    pub const fn from(lower: u8) -> Self {
        Self { lower, upper: None }
    }

    /// The first age of the band.
    #[must_use]
    pub const fn lower(self) -> u8 {
        self.lower
    }

    /// The first age past the band, or nothing for an open band.
    #[must_use]
    pub const fn upper(self) -> Option<u8> {
        self.upper
    }

    /// Reads the publishers' forms: `5_9`, `5-9`, `5 to 9`, `5TO9`, `95+`, `85plus`, `90 and over`, `7`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let lower = numbers.next()?.parse::<u8>().ok()?;
        let second = numbers.next();
        if numbers.next().is_some() {
            return None;
        }
        let rest =
            text.trim_start_matches(|c: char| c.is_ascii_digit()).trim().to_ascii_lowercase();
        match second {
            Some(last) => {
                let last = last.parse::<u8>().ok().filter(|last| *last >= lower)?;
                Some(Self::new(lower, last.checked_add(1)?))
            }
            None if matches!(rest.as_str(), "+" | "plus" | " plus" | "and over" | "or over") => {
                Some(Self::from(lower))
            }
            None if rest.is_empty() => Some(Self::new(lower, lower.checked_add(1)?)),
            None => None,
        }
    }
}

impl fmt::Display for AgeBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.upper {
            Some(upper) if upper == self.lower + 1 => write!(f, "{}", self.lower),
            Some(upper) => write!(f, "{} to {}", self.lower, upper - 1),
            None => write!(f, "{} and over", self.lower),
        }
    }
}

/// Sex as recorded on the register. As a number men are 0 and women 1 wherever people are counted by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Neither recorded as female nor as male.
    OtherOrUnknown,
}

impl Sex {
    /// The word kept in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::OtherOrUnknown => "other_or_unknown",
        }
    }

    /// Reads `MALE`, `M`, `Females`, `Persons`-free forms of the publications; `ALL` is a total, not a sex.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "female" | "females" | "f" | "women" => Some(Self::Female),
            "male" | "males" | "m" | "men" => Some(Self::Male),
            "other/unknown" | "unknown" | "indeterminate" | "other" | "not specified" => {
                Some(Self::OtherOrUnknown)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_publishers_forms_are_read() {
        let cases = [
            ("5_9", AgeBand::new(5, 10)),
            ("0-4", AgeBand::new(0, 5)),
            ("5TO14", AgeBand::new(5, 15)),
            ("95+", AgeBand::from(95)),
            ("85PLUS", AgeBand::from(85)),
            ("90 and over", AgeBand::from(90)),
            ("7", AgeBand::new(7, 8)),
        ];
        for (text, band) in cases {
            assert_eq!(AgeBand::parse(text), Some(band), "{text}");
        }
    }

    #[test]
    fn totals_and_nonsense_are_no_bands() {
        for text in ["ALL", "", "9_5", "1-2-3", "300", "7x"] {
            assert_eq!(AgeBand::parse(text), None, "{text}");
        }
    }
}
