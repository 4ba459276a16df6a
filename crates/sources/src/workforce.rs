//! What the workforce publications share: their groups of staff, their months and their contracts.

use rustc_hash::FxHashSet;
use vocab::roles::StaffGroup;
use vocab::{Month, Period};

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::fingerprint;
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::scan::Row;
use crate::value;

/// What a reader may expect of a group.
pub const GROUPS_EXPECTED: &str =
    "GP, Nurses, Direct Patient Care, Admin/Non-Clinical or Directors";

/// The group of staff, also where networks call it `Other GPs` or `Other Direct Patient Care staff`.
pub fn group(text: &str) -> Option<&'static str> {
    let lower = text.trim().to_ascii_lowercase();
    let bare = lower.trim_start_matches("other ").trim_end_matches(" staff").trim();
    match bare {
        "directors" | "director" => Some("director"),
        _ => StaffGroup::parse(bare).map(StaffGroup::as_str),
    }
}

/// Where the month of a row is found: in its columns, or in the name of the file.
pub struct Dating {
    columns: Option<(usize, usize)>,
    named: Option<Month>,
}

impl Dating {
    /// Looks for columns of year and month, then at the name of the file.
    ///
    /// # Errors
    /// When neither dates the file; the problem is then with the intake.
    pub fn of(input: &Input<'_>, intake: &mut Intake) -> Result<Self, ReadError> {
        let year = input.optional(&["CENSUS_YEAR", "snapshot_year", "year"]);
        let month = input.optional(&["CENSUS_MONTH", "snapshot_month", "month"]);
        let columns = year.zip(month);
        let named = if columns.is_none() { Some(edition::month(input, intake)?) } else { None };
        Ok(Self { columns, named })
    }

    /// The columns that together stand once: this one, and those of the month where the file has them.
    pub fn key_with(&self, column: usize) -> Vec<usize> {
        let months = self.columns.map_or(Vec::new(), |(year, month)| vec![year, month]);
        [vec![column], months].concat()
    }

    /// The month of a row as its period, or a problem.
    pub fn period(&self, row: &Row<'_>, intake: &mut Intake) -> Option<Period> {
        let month = match self.columns {
            None => self.named,
            Some((year, month)) => {
                let found = number(row.get(year), 2004..=2100)
                    .zip(
                        number(row.get(month), 1..=12)
                            .or_else(|| i16::try_from(value::month_number(row.get(month))?).ok()),
                    )
                    .and_then(|(year, month)| {
                        Some(Month { year, month: i8::try_from(month).ok()? })
                    });
                if found.is_none() {
                    intake.problem(
                        row,
                        month,
                        "is not a month of a year",
                        "a year such as 2025 and a month from 1 to 12",
                    );
                }
                found
            }
        }?;
        intake.edition(Period::Month(month));
        Some(Period::Month(month))
    }
}

fn number(text: &str, range: std::ops::RangeInclusive<i16>) -> Option<i16> {
    text.parse().ok().filter(|number| range.contains(number))
}

/// Rows of people and contracts, of which equal ones are lawful: a person may hold two contracts of the same hours, and
/// services name nobody. Only that many people do so at once tells that a file holds its rows twice.
#[derive(Default)]
pub struct Contracts {
    met: FxHashSet<u64>,
    named: u64,
    again: u64,
}

impl Contracts {
    /// One row in this many may repeat another of the same person.
    const REPEATS_ALLOWED: u64 = 100;

    /// Takes note of a row and the person whom it names.
    pub fn see(&mut self, row: &Row<'_>, person: &str) {
        if !person.is_empty() {
            self.named += 1;
            self.again += u64::from(!self.met.insert(fingerprint(row, 0..row.len())));
        }
    }

    /// Says how many rows repeat another of the same person, and refuses a file where too many do.
    pub fn judge(&self, intake: &mut Intake) {
        let (again, named) = (self.again, self.named);
        if again * Self::REPEATS_ALLOWED > named {
            intake.problems.refuse(Problem::of_file(
                format!("{again} of {named} rows that name a person repeat an earlier row word for word; at most 1% may, for second contracts"),
                "the file holds rows twice: download it again",
            ));
        } else if again > 0 {
            intake.remark(format!(
                "{again} of {named} rows that name a person repeat an earlier row word for word: they count as further contracts of the same hours"
            ));
        }
    }
}

/// The measure behind a word or the end of a column's name.
pub fn measure(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "fte" => Some("fte"),
        "headcount" | "hc" => Some("headcount"),
        _ => None,
    }
}
