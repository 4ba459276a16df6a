//! What practices and networks are paid, year by year, by rules that are dated files (`rules/<financial year>.toml`).
//!
//! Every rate stands with its base (registered, adjusted or weighted patients, beds, points), with who is paid, and with what
//! it pays for: a structure, a service or what enables one. Amounts are whole pence. A rate that was not read in a publication is
//! absent, and everything that would need it says so instead of being nought.
//!
//! Methods: [money](../../../docs/book/methods.md#money).

use std::fmt;
use std::iter::Sum;

use serde::Deserialize;

mod additional_roles;
mod ceilings;
mod contracts;
mod lists_of_year;
mod london;
mod membership;
mod moves;
mod network;
mod paid;
mod place;
mod practice;
mod quality;
mod real;
mod roles_of_place;
mod rules;
mod weighted_list;

pub use additional_roles::{Claim, DrawDown, MonthInPost, Terms, draw_down, staffed};
pub use ceilings::{Bounds, Ceiling, Where};
pub use lists_of_year::ListsOfYear;
pub use membership::{Member, Membership, networks};
pub use moves::{Moved, financial_year, members, move_practices, moved_by_year};
pub use network::{Network, enhanced_access_hours, network_payments};
pub use paid::{BesidePaid, PaidCore};
pub use place::{PlaceMoney, PracticeMoney};
pub use practice::{Achieved, global_sum, out_of_hours, quality_payment};
pub use quality::{Quality, QualityYear};
pub use real::{
    DEFLATOR, RateInYear, covers, rates_in_prices_of, real, real_change, years_covered,
};
pub use roles_of_place::{NetworkRoles, RoleInPost, RolesOfPlace};
pub use rules::{Base, Limit, Line, OutOfHours, QualityRates, Rules, Settled, Stage, Tag, To};
pub use weighted_list::{Formula, Indices, List, Weighed, weighed, weighted_list};

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Pence(pub i64);

impl Pence {
    /// The amount of so many pounds, rounded to the penny.
    #[must_use]
    pub fn of_pounds(pounds: f64) -> Self {
        Self(libm::round(pounds * 100.0) as i64)
    }

    /// The amount in pounds.
    #[must_use]
    pub fn pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl std::ops::Add for Pence {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Pence {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|one| one.0).sum())
    }
}

impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pounds, pence) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = pounds.to_string();
        let mut grouped = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(f, "{sign}£{grouped}.{pence:02}")
    }
}

/// How sure a rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Read in a publication.
    Solid,
    /// Believed right and not read again.
    Memory,
    /// Chosen for want of a figure.
    Assumption,
}

impl Mark {
    /// The words of tables.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Solid => "read",
            Self::Memory => "recalled",
            Self::Assumption => "assumed",
        }
    }
}

/// An amount, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// It is known.
    Known(Pence),
    /// It is not, and this is why.
    Unknown(String),
}

impl Amount {
    /// The amount, if it is known.
    #[must_use]
    pub const fn known(&self) -> Option<Pence> {
        match self {
            Self::Known(pence) => Some(*pence),
            Self::Unknown(_) => None,
        }
    }
}

/// One line of a statement of payments.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// The line of the rules.
    pub line: String,
    /// What it is called.
    pub name: String,
    /// How much in the year.
    pub amount: Amount,
    /// What it pays for.
    pub tag: Tag,
    /// How sure its rate is; nothing where there is none.
    pub mark: Option<Mark>,
    /// Where its rate comes from.
    pub source: String,
    /// How its rate stands to the pay award of the year; nothing where no award is known to have changed it.
    pub stage: Option<Stage>,
}

/// The payments of a year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statement {
    /// The lines, in the order of the rules.
    pub payments: Vec<Payment>,
}

impl Statement {
    /// The sum of what is known; nothing where no line is.
    #[must_use]
    pub fn known(&self) -> Option<Pence> {
        sum_of(&mut self.payments.iter())
    }

    /// The sum of what is known of one tag; nothing where no line of it is.
    #[must_use]
    pub fn of(&self, tag: Tag) -> Option<Pence> {
        sum_of(&mut self.payments.iter().filter(|payment| payment.tag == tag))
    }

    /// Lines of a tag whose amount is not known.
    #[must_use]
    pub fn unknown(&self, tag: Tag) -> usize {
        let tagged = self.payments.iter().filter(|payment| payment.tag == tag);
        tagged.filter(|payment| payment.amount.known().is_none()).count()
    }

    /// What the sum leaves out, one sentence a line.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let unknown = |payment: &Payment| match &payment.amount {
            Amount::Known(_) => None,
            Amount::Unknown(why) => Some(format!("{}: {why}", payment.name)),
        };
        self.payments.iter().filter_map(unknown).collect()
    }

    /// The amount of one line.
    #[must_use]
    pub fn line(&self, line: &str) -> Option<&Amount> {
        self.payments.iter().find(|payment| payment.line == line).map(|payment| &payment.amount)
    }
}

/// The sum of the known amounts; nothing where none is, because what is not known is not nought.
fn sum_of(payments: &mut dyn Iterator<Item = &Payment>) -> Option<Pence> {
    payments.filter_map(|payment| payment.amount.known()).reduce(|sum, one| sum + one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_written_with_groups_and_pence() {
        assert_eq!(Pence::of_pounds(1_318_234.5).to_string(), "£1,318,234.50");
        assert_eq!(Pence(-705).to_string(), "−£7.05");
        assert_eq!(Pence::of_pounds(999.0).to_string(), "£999.00");
    }
}
