//! What a reading says, as a sentence with its figures apart: how a figure is printed is decided where all figures are.

use vocab::Period;

use super::mention::Quantity;

/// A sentence with `{}` where its arguments stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The sentence.
    pub text: &'static str,
    /// What stands in the gaps, in order.
    pub arguments: Vec<Argument>,
}

/// What stands in a gap of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A figure.
    Figure(f64, Unit),
    /// The two limits of an interval.
    Interval(f64, f64, Unit),
    /// The name of an organisation, as published.
    Name(String),
    /// Words as they are.
    Words(String),
    /// A count with its noun: one, many.
    Count(f64, &'static str, &'static str),
    /// A period.
    Period(Period),
    /// A figure as the sentence had it.
    Quantity(Quantity),
}

/// How a figure is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// As the indicator has it.
    Indicator(String),
    /// A whole number of something.
    Count(&'static str),
    /// A share as a percentage with decimals.
    Share(u8),
    /// Pounds, in whole millions where that is shorter.
    Pounds,
    /// A number with decimals and a unit.
    Number(u8, &'static str),
}

impl Said {
    /// A sentence.
    pub(crate) fn new(text: &'static str, arguments: impl IntoIterator<Item = Argument>) -> Self {
        let said = Self { text, arguments: arguments.into_iter().collect() };
        debug_assert_eq!(text.matches("{}").count(), said.arguments.len(), "{text}");
        said
    }

    /// A sentence without figures.
    pub(crate) fn plain(text: &'static str) -> Self {
        Self::new(text, [])
    }
}

/// A name.
pub(crate) fn name(name: &str) -> Argument {
    Argument::Name(name.to_owned())
}

/// A figure in the unit of an indicator.
pub(crate) fn of(id: &str, value: f64) -> Argument {
    Argument::Figure(value, Unit::Indicator(id.to_owned()))
}

/// A share as a percentage with one decimal.
pub(crate) fn share(value: f64) -> Argument {
    Argument::Figure(value, Unit::Share(1))
}

/// A number with decimals and a unit.
pub(crate) fn number(value: f64, decimals: u8, unit: &'static str) -> Argument {
    Argument::Figure(value, Unit::Number(decimals, unit))
}

/// A count with its noun.
pub(crate) fn count(value: f64, one: &'static str, many: &'static str) -> Argument {
    Argument::Count(value, one, many)
}

/// Words.
pub(crate) fn words(text: impl Into<String>) -> Argument {
    Argument::Words(text.into())
}
