//! `calc totals`: a long table of counts, every row checked, added up by practice and month.

use std::str::FromStr;
use std::sync::Arc;

use arrow::array::Date32Array;
use clap::Args;
use sources::value;
use vocab::Month;
use vocab::codes::PracticeCode;

use super::Files;
use super::answer::Answer;
use super::groups::{Groups, SEPARATOR};
use super::table::{Record, Rejected, Wanted, read};
use crate::outcome::Wrong;

/// Totals of counts by practice and month.
#[derive(Debug, Args)]
pub struct Totals {
    #[command(flatten)]
    pub(super) files: Files,
    /// Column of practice codes
    #[arg(long)]
    practice: String,
    /// Column of months, or of days within them, in any form the NHS writes
    #[arg(long)]
    month: String,
    /// A total: `name=COLUMN`, or `name=COLUMN[OTHER=value]` for rows where another column has a value; may be repeated
    #[arg(long, required = true, value_parser = Total::from_str)]
    total: Vec<Total>,
}

/// What is added up, and over which rows.
#[derive(Debug, Clone)]
struct Total {
    name: String,
    column: String,
    only: Option<(String, String)>,
}

impl FromStr for Total {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}`: expected name=COLUMN or name=COLUMN[OTHER=value]");
        let (name, rest) = text.split_once('=').ok_or_else(expected)?;
        let (column, only) = match rest.split_once('[') {
            None => (rest, None),
            Some((column, condition)) => {
                let inside = condition.strip_suffix(']').ok_or_else(expected)?;
                let (other, value) = inside.split_once('=').ok_or_else(expected)?;
                (column, Some((other.to_owned(), value.to_owned())))
            }
        };
        Ok(Self { name: name.to_owned(), column: column.to_owned(), only })
    }
}

/// One practice and month as spelt in the table: what it means (nothing where it means nothing), and its rows.
struct Cell {
    key: Option<(PracticeCode, Month)>,
    rows: i64,
}

/// The cells with their sums, those of one cell after those of another.
#[derive(Default)]
struct Sums {
    cells: Vec<Cell>,
    sums: Vec<f64>,
}

/// Where a total finds its number and its condition in a row.
struct Place {
    number: usize,
    only: Option<(usize, String)>,
}

impl Totals {
    /// The totals in order of practice and month.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        if !self.files.by.is_empty() {
            let words = "`calc totals` groups by `--practice` and `--month`; leave `--by` out";
            return Err(Wrong(words.to_owned()).into());
        }
        let mut wanted = Wanted { words: vec![&self.practice, &self.month], numbers: vec![] };
        let places: Vec<Place> = self.total.iter().map(|total| place(total, &mut wanted)).collect();
        let mut sums = Sums::default();
        let mut keys = Groups::default();
        let mut key = String::new();
        read(&self.files, &wanted, &mut |record| {
            key.clear();
            key.push_str((record.word)(0));
            key.push(char::from(SEPARATOR));
            key.push_str((record.word)(1));
            let group = keys.number(&key);
            if group == sums.cells.len() {
                sums.cells.push(Cell { key: self.key(record).ok(), rows: 0 });
                sums.sums.resize(sums.sums.len() + places.len(), 0.0);
            }
            if sums.cells[group].key.is_none() {
                self.key(record)?;
            }
            self.check(record, &wanted)?;
            sums.cells[group].rows += 1;
            let own = sums.sums.iter_mut().skip(group * places.len());
            for (place, sum) in places.iter().zip(own) {
                if place.only.as_ref().is_none_or(|(word, value)| (record.word)(*word) == value) {
                    *sum += record.numbers[place.number];
                }
            }
            Ok(())
        })?;
        Ok(self.table(&sums))
    }

    /// The practice and month of a row.
    fn key(&self, record: &Record<'_>) -> Result<(PracticeCode, Month), Rejected> {
        let (practice, month) = ((record.word)(0), (record.word)(1));
        let code = PracticeCode::from_str(practice).map_err(|error| Rejected {
            column: self.practice.clone(),
            value: practice.to_owned(),
            rule: "expected a practice code",
            remedy: error.expected,
        })?;
        let month = value::month(month).ok_or_else(|| Rejected {
            column: self.month.clone(),
            value: month.to_owned(),
            rule: "expected a month, or a day within one",
            remedy: "write it like 2025-08, 01AUG2025 or 01/08/2025",
        })?;
        Ok((code, month))
    }

    /// Counts are whole and not negative.
    fn check(&self, record: &Record<'_>, wanted: &Wanted) -> Result<(), Rejected> {
        let bad = |number: &f64| !(*number >= 0.0 && number.trunc() == *number);
        match record.numbers.iter().position(bad) {
            None => Ok(()),
            Some(position) => Err(Rejected {
                column: wanted.numbers[position].to_owned(),
                value: record.numbers[position].to_string(),
                rule: "expected a whole number of at least 0",
                remedy: "write the count; a row whose count is missing or suppressed cannot be added up",
            }),
        }
    }

    /// One row for each practice and month, whatever the spelling of the month.
    fn table(&self, sums: &Sums) -> Answer {
        let keyed = sums.cells.iter().enumerate();
        let mut order: Vec<((PracticeCode, Month), usize)> =
            keyed.filter_map(|(cell, found)| Some((found.key?, cell))).collect();
        order.sort_unstable();
        let months: Vec<&[((PracticeCode, Month), usize)]> =
            order.chunk_by(|a, b| a.0 == b.0).collect();
        let mut answer = Answer::default();
        answer.words(&self.practice, months.iter().map(|month| month[0].0.0.as_str().to_owned()));
        let days = months.iter().map(|month| days_since_1970(month[0].0.1));
        answer.add(&self.month, Arc::new(days.map(Some).collect::<Date32Array>()));
        let width = self.total.len();
        for (position, total) in self.total.iter().enumerate() {
            let sum = |month: &&[((PracticeCode, Month), usize)]| {
                month.iter().map(|(_, cell)| sums.sums[cell * width + position]).sum::<f64>() as i64
            };
            answer.wholes(&total.name, months.iter().map(sum));
        }
        let rows =
            |month: &&[(_, usize)]| month.iter().map(|(_, cell)| sums.cells[*cell].rows).sum();
        answer.wholes("rows", months.iter().map(rows));
        answer
    }
}

fn place<'a>(total: &'a Total, wanted: &mut Wanted<'a>) -> Place {
    let number = position(&mut wanted.numbers, &total.column);
    let only = total.only.as_ref();
    let only = only.map(|(column, value)| (position(&mut wanted.words, column), value.clone()));
    Place { number, only }
}

/// The position of a column among those wanted, which it joins if it is new.
fn position<'a>(wanted: &mut Vec<&'a str>, column: &'a str) -> usize {
    wanted.iter().position(|known| *known == column).unwrap_or_else(|| {
        wanted.push(column);
        wanted.len() - 1
    })
}

fn days_since_1970(month: Month) -> i32 {
    month
        .first_day()
        .since(jiff::civil::Date::constant(1970, 1, 1))
        .map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_may_have_a_condition() {
        let total: Total = "gp=COUNT[HCP_TYPE=GP]".parse().unwrap();
        assert_eq!((total.name.as_str(), total.column.as_str()), ("gp", "COUNT"));
        assert_eq!(total.only, Some(("HCP_TYPE".to_owned(), "GP".to_owned())));
        assert!("COUNT".parse::<Total>().is_err());
        assert!("gp=COUNT[HCP_TYPE".parse::<Total>().is_err());
    }

    #[test]
    fn months_are_kept_as_days() {
        assert_eq!(days_since_1970(Month { year: 1970, month: 2 }), 31);
    }
}
