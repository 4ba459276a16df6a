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
use super::groups::Groups;
use super::table::{Record, Rejected, Wanted, read};
use crate::wrong::Wrong;

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

/// Everything added up so far.
#[derive(Default)]
struct Sums {
    practices: Names<PracticeCode>,
    months: Names<Month>,
    /// For each practice, for each month one after the other: how many rows, then each total.
    blocks: Vec<Vec<f64>>,
}

/// Spellings met, and what each means; nothing where it means nothing.
struct Names<T> {
    spellings: Groups,
    meanings: Vec<Option<T>>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { spellings: Groups::default(), meanings: Vec::new() }
    }
}

impl Sums {
    /// The row count and totals of a practice and month, both as spelt.
    fn cell(&mut self, practice: usize, month: usize, width: usize) -> &mut [f64] {
        if practice >= self.blocks.len() {
            self.blocks.resize_with(practice + 1, Vec::new);
        }
        let block = &mut self.blocks[practice];
        let from = month * width;
        if from + width > block.len() {
            block.resize(from + width, 0.0);
        }
        &mut block[from..from + width]
    }

    /// The cells with rows, in order of practice and month.
    fn cells(&self, width: usize) -> Vec<((PracticeCode, Month), &[f64])> {
        let mut cells = Vec::new();
        for (practice, block) in self.practices.meanings.iter().zip(&self.blocks) {
            for (month, sums) in self.months.meanings.iter().zip(block.chunks(width)) {
                if let (Some(practice), Some(month), true) = (practice, month, sums[0] > 0.0) {
                    cells.push(((*practice, *month), sums));
                }
            }
        }
        cells.sort_unstable_by_key(|cell| cell.0);
        cells
    }
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
        read(&self.files, &wanted, &mut |record| {
            let practice = self.practice_of((record.word)(0), &mut sums.practices)?;
            let month = self.month_of((record.word)(1), &mut sums.months)?;
            Self::check(record, &wanted)?;
            let cell = sums.cell(practice, month, places.len() + 1);
            cell[0] += 1.0;
            for (place, sum) in places.iter().zip(&mut cell[1..]) {
                if place.only.as_ref().is_none_or(|(word, value)| (record.word)(*word) == value) {
                    *sum += record.numbers[place.number];
                }
            }
            Ok(())
        })?;
        Ok(self.table(&sums))
    }

    fn practice_of(&self, text: &str, names: &mut Names<PracticeCode>) -> Result<usize, Rejected> {
        let number = names.spellings.number(text);
        if number == names.meanings.len() {
            names.meanings.push(text.parse().ok());
        }
        match names.meanings[number] {
            Some(_) => Ok(number),
            None => Err(Rejected {
                column: self.practice.clone(),
                value: text.to_owned(),
                rule: "expected a practice code",
                remedy: "a practice code is a letter and five digits, such as `A81034`",
            }),
        }
    }

    fn month_of(&self, text: &str, names: &mut Names<Month>) -> Result<usize, Rejected> {
        let number = names.spellings.number(text);
        if number == names.meanings.len() {
            names.meanings.push(value::month(text));
        }
        match names.meanings[number] {
            Some(_) => Ok(number),
            None => Err(Rejected {
                column: self.month.clone(),
                value: text.to_owned(),
                rule: "expected a month, or a day within one",
                remedy: "write it like 2025-08, 01AUG2025 or 01/08/2025",
            }),
        }
    }

    /// Counts are whole and not negative.
    fn check(record: &Record<'_>, wanted: &Wanted) -> Result<(), Rejected> {
        let bad = |number: &f64| !(*number >= 0.0 && number.fract().abs() < f64::EPSILON);
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
        let cells = sums.cells(self.total.len() + 1);
        let months: Vec<_> = cells.chunk_by(|a, b| a.0 == b.0).collect();
        let mut answer = Answer::default();
        answer.words(&self.practice, months.iter().map(|month| month[0].0.0.as_str().to_owned()));
        let days = months.iter().map(|month| days_since_1970(month[0].0.1));
        answer.add(&self.month, Arc::new(days.map(Some).collect::<Date32Array>()));
        let whole = |position: usize| {
            months
                .iter()
                .map(move |month| month.iter().map(|(_, sums)| sums[position]).sum::<f64>() as i64)
        };
        for (position, total) in self.total.iter().enumerate() {
            answer.wholes(&total.name, whole(position + 1));
        }
        answer.wholes("rows", whole(0));
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
