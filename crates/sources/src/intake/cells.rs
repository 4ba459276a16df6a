//! The cells of a row, each read as what it must be, or a problem with its row and column.

use std::str::FromStr;

use jiff::civil::Date;
use vocab::{CodeError, Month, Observed};

use super::Intake;
use crate::scan::Row;
use crate::value;

impl Intake {
    /// A code of the current row, or a problem.
    pub fn code<'r, C>(&mut self, row: &Row<'r>, column: usize) -> Option<&'r str>
    where
        C: FromStr<Err = CodeError>,
    {
        let text = row.get(column);
        match text.parse::<C>() {
            Ok(_) => self.in_capitals(row, column).then_some(text),
            Err(error) => {
                self.problem(row, column, format!("is not {}", error.kind), error.expected);
                None
            }
        }
    }

    /// Whether a code of the current row, of whatever kind, is written in capitals, or a problem: one in small letters is refused by
    /// name, since it would match no other file.
    pub(crate) fn in_capitals(&mut self, row: &Row<'_>, column: usize) -> bool {
        let small = row.get(column).bytes().any(|byte| byte.is_ascii_lowercase());
        if small {
            self.problem(row, column, "is a code in small letters", "write it in capitals");
        }
        !small
    }

    /// A figure of the current row with the reason where there is none, or a problem.
    pub fn figure(&mut self, row: &Row<'_>, column: usize) -> Option<Observed<f64>> {
        let figure = value::figure(row.get(column));
        if figure.is_none() {
            self.problem(
                row,
                column,
                "is not a number",
                "a number such as 1234 or 0.5, or a missing mark such as * or NA",
            );
        }
        figure
    }

    /// A count of people or things that must be there, not negative, or a problem.
    pub fn count(&mut self, row: &Row<'_>, column: usize) -> Option<f64> {
        match value::figure(row.get(column)).and_then(Observed::value) {
            Some(count) if count >= 0.0 && count.fract() == 0.0 => Some(count),
            Some(_) => {
                self.problem(row, column, "is not a count", "a whole number, nought or more");
                None
            }
            None => {
                self.problem(row, column, "is not a number", "a whole number, nought or more");
                None
            }
        }
    }

    /// A count that is no larger than any honest one, or a problem.
    pub fn count_up_to(&mut self, row: &Row<'_>, column: usize, largest: f64) -> Option<f64> {
        let count = self.count(row, column)?;
        if count > largest {
            let rule = format!("is more than {largest}, which no honest row has");
            self.problem(row, column, rule, "look for a digit too many");
            return None;
        }
        Some(count)
    }

    /// A figure from nought to the largest honest one, or a problem.
    pub fn figure_up_to(
        &mut self,
        row: &Row<'_>,
        column: usize,
        largest: f64,
    ) -> Option<Observed<f64>> {
        let figure = self.figure(row, column)?;
        if figure.value().is_some_and(|value| !(0.0..=largest).contains(&value)) {
            let rule = format!("is not between 0 and {largest}");
            self.problem(row, column, rule, "look for a sign, a digit or a unit that is wrong");
            return None;
        }
        Some(figure)
    }

    /// A day of the current row, or a problem.
    pub fn day(&mut self, row: &Row<'_>, column: usize) -> Option<Date> {
        let day = value::day(row.get(column));
        if day.is_none() {
            self.problem(
                row,
                column,
                "is not a date",
                "a date such as 2025-11-01, 01NOV2025 or 01/11/2025",
            );
        }
        day
    }

    /// The day of an extract that is always of the first of a month, or a problem: a day that would be the first only if
    /// the month came first, as in America, is asked about, and a bare month is its first day.
    pub fn extract_day(&mut self, row: &Row<'_>, column: usize) -> Option<Date> {
        if self.is_american(row, column) {
            return None;
        }
        let text = row.get(column);
        match value::day(text).or_else(|| value::month(text).map(Month::first_day)) {
            None => self.day(row, column),
            day => day,
        }
    }

    fn is_american(&mut self, row: &Row<'_>, column: usize) -> bool {
        let Some((british, american)) = value::american_first(row.get(column)) else {
            return false;
        };
        self.problem(
            row,
            column,
            format!("is {british} here, but {american} where the month is written first"),
            "this is always the first of a month: write it as 2025-11-01",
        );
        true
    }

    /// A month of the current row, or a problem.
    pub fn month(&mut self, row: &Row<'_>, column: usize) -> Option<Month> {
        if self.is_american(row, column) {
            return None;
        }
        let month = value::month(row.get(column));
        if month.is_none() {
            self.problem(
                row,
                column,
                "is not a month",
                "a month such as 2025-11, NOV2025 or 01NOV2025",
            );
        }
        month
    }

    /// One of a list of words, as the tables keep it, or a problem.
    pub fn word(
        &mut self,
        row: &Row<'_>,
        column: usize,
        word: impl Fn(&str) -> Option<&'static str>,
        expected: &str,
    ) -> Option<&'static str> {
        let found = word(row.get(column));
        if found.is_none() {
            self.problem(
                row,
                column,
                "is a word that this publication has not used before",
                expected,
            );
        }
        found
    }
}
