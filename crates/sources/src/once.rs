//! Rows that may stand in a file only once.
//!
//! One rule for every file. A row that repeats an earlier one word for word is counted once, and told. Two rows of one key
//! that say different things refuse the file, since nobody can tell which of them is right.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use crate::intake::Intake;
use crate::scan::Row;

/// The keys met so far, each with the row it stood on and what that row said.
#[derive(Debug, Default)]
pub struct Once {
    rows: FxHashMap<u64, Met>,
}

/// Where a key stood first, and the fingerprint of what was said there.
#[derive(Debug, Clone, Copy)]
struct Met {
    row: u32,
    said: u32,
}

impl Once {
    /// Whether the key in these columns is met for the first time; else its row is told and must not be counted.
    pub fn first(&mut self, row: &Row<'_>, columns: &[usize], intake: &mut Intake) -> bool {
        let key = fingerprint(row, columns.iter().copied());
        let said = fingerprint(row, 0..row.len());
        let column = columns.first().copied().unwrap_or(0);
        self.meet(row, key, said, column, intake)
    }

    /// The same where the key is every column but these, which hold the figures.
    pub(crate) fn but_for(
        &mut self,
        row: &Row<'_>,
        figures: &[usize],
        intake: &mut Intake,
    ) -> bool {
        let key = fingerprint(row, (0..row.len()).filter(|column| !figures.contains(column)));
        let said = fingerprint(row, figures.iter().copied());
        self.meet(row, key, said, figures.first().copied().unwrap_or(0), intake)
    }

    fn meet(
        &mut self,
        row: &Row<'_>,
        key: u64,
        said: u64,
        column: usize,
        intake: &mut Intake,
    ) -> bool {
        let met = Met { row: row.number as u32, said: said as u32 };
        match self.rows.get(&key) {
            None => {
                self.rows.insert(key, met);
                return true;
            }
            Some(earlier) if earlier.said == met.said => intake.repetition(),
            Some(earlier) => intake.contradiction(row, column, earlier.row),
        }
        false
    }

    /// How many different keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no key was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// A number for what stands in these columns.
pub(crate) fn fingerprint(row: &Row<'_>, columns: impl Iterator<Item = usize>) -> u64 {
    let mut hasher = FxHasher::default();
    for column in columns {
        hasher.write(row.get(column).as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// What makes two rows of a file the same row.
#[derive(Debug, Default)]
pub(crate) enum Repeats {
    /// That they are the same word for word.
    #[default]
    WordForWord,
    /// That they differ at most in these columns, which hold the figures.
    ButFor(Vec<usize>),
    /// Nothing: equal rows are different things.
    Lawful,
}

impl Repeats {
    /// Whether a row is to be counted, by the rows before it.
    pub(crate) fn count(&self, once: &mut Once, row: &Row<'_>, intake: &mut Intake) -> bool {
        match self {
            Self::Lawful => true,
            Self::WordForWord => row.is_empty() || once.but_for(row, &[], intake),
            Self::ButFor(figures) => once.but_for(row, figures, intake),
        }
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const LIST: &str = "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS\n01NOV2025,A81001,TS18 1HU,16C,ALL,ALL,100\n01NOV2025,A81002,TS18 1HU,16C,ALL,ALL,250\n";
    const MONTH: &str = "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,ICB_NAME,REGION_ONS_CODE,REGION_NAME,APPOINTMENT_MONTH,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS\n03W,E38000051,A,E54000015,B,E40000011,Midlands,2025-10-01,Attended,GP,Telephone,1 Day,20\n03W,E38000051,A,E54000015,B,E40000011,Midlands,2025-10-01,Attended,GP,Telephone,Same Day,30\n";
    const STAFF: &str = "PRAC_CODE,PRAC_NAME,TOTAL_PATIENTS,GP_SOURCE,NURSE_SOURCE,DPC_SOURCE,ADMIN_SOURCE,TOTAL_GP_HC,TOTAL_GP_FTE,CENSUS_YEAR,CENSUS_MONTH\nA81001,A,3849,Provided,Provided,Provided,Provided,6,4.5,2025,10\n";

    /// A file with everything under its header twice.
    fn twice(file: &str) -> String {
        let (_, rows) = file.split_once('\n').unwrap();
        format!("{file}{rows}")
    }

    #[test]
    fn a_file_that_holds_every_row_twice_counts_each_once() {
        for (file, table, period) in [
            (LIST, "list_size", "2025-11-01"),
            (MONTH, "appointment_sub_icb", "2025-10"),
            (STAFF, "staff", "2025-10"),
        ] {
            let (single, double) = (Trial::of("a.csv", file), Trial::of("a.csv", twice(file)));
            assert_eq!(single.rows(table, period), double.rows(table, period), "{table}");
            let rows = file.lines().count() - 1;
            let words = if rows == 1 { "1 row repeats" } else { "2 rows repeat" };
            let told = format!("{words} an earlier row word for word");
            assert_eq!(double.release().rows_read, 2 * rows as u64);
            assert!(double.remarks().contains(&told), "{table}: {}", double.remarks());
            assert!(!single.remarks().contains("repeat"), "{table}");
        }
    }

    #[test]
    fn a_repeat_that_says_otherwise_refuses_the_file_and_names_both_rows() {
        for (file, was, is, row) in [
            (LIST, "ALL,250", "ALL,251", "row 3"),
            (MONTH, "Same Day,30", "Same Day,31", "row 3"),
            (STAFF, ",4.5,", ",5.5,", "row 2"),
        ] {
            let (_, rows) = file.split_once('\n').unwrap();
            let trial = Trial::of("a.csv", format!("{file}{}", rows.replace(was, is)));
            assert_eq!(trial.verdict(), Verdict::Refused, "{}", trial.remarks());
            let told = format!("stands on {row} already and says otherwise there");
            assert!(trial.problems().contains(&told), "{}", trial.problems());
            assert!(trial.problems().contains("1 row contradicts"), "{}", trial.problems());
        }
    }
}
