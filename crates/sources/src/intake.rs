//! What comes of reading a file: rows for the tables, problems, rows left out and why, remarks and checks.

mod cells;

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Cell, Check, ReleaseWriter, Table, Verdict, Written};
use jiff::civil::Date;
use vocab::Period;
use vocab::counts::of_noun;

use crate::problem::{Problem, Problems};
use crate::read_error::ReadError;
use crate::scan::{Oddities, Row};
use crate::source::Source;
use crate::value;

/// One row in this many may have a problem before the file as a whole is refused.
const BAD_ROWS_ALLOWED: u64 = 200;

/// What comes of reading a file.
pub struct Intake {
    writer: ReleaseWriter,
    source: &'static Source,
    /// The table of the last row, which the source is known to state.
    stated: Option<&'static Table>,
    names: Vec<String>,
    row: u64,
    row_is_bad: bool,
    bad_rows: u64,
    repetitions: u64,
    contradictions: u64,
    rows_read: u64,
    left_out: BTreeMap<&'static str, u64>,
    remarks: BTreeSet<String>,
    checks: Vec<Check>,
    edition: String,
    retrieved: Option<Date>,
    saved: Option<Date>,
    describes: bool,
    /// The problems found so far.
    pub problems: Problems,
}

/// The end of an intake: the writer with its rows, and what to say of them.
pub struct Taken {
    /// The rows.
    pub writer: ReleaseWriter,
    /// What became of the file.
    pub verdict: Verdict,
    /// Rows met.
    pub rows_read: u64,
    /// Rows left out, by reason.
    pub left_out: Vec<(String, u64)>,
    /// Remarks in sentences.
    pub remarks: Vec<String>,
    /// Checks of the whole.
    pub checks: Vec<Check>,
    /// The edition.
    pub edition: String,
    /// The problems.
    pub problems: Problems,
}

impl Intake {
    /// An intake that writes what a source says to a release.
    #[must_use]
    pub fn new(writer: ReleaseWriter, source: &'static Source, names: &[String]) -> Self {
        Self {
            writer,
            source,
            stated: None,
            names: names.to_vec(),
            row: 0,
            row_is_bad: false,
            bad_rows: 0,
            repetitions: 0,
            contradictions: 0,
            rows_read: 0,
            left_out: BTreeMap::new(),
            remarks: BTreeSet::new(),
            checks: Vec::new(),
            edition: String::new(),
            retrieved: None,
            saved: None,
            describes: false,
            problems: Problems::default(),
        }
    }

    /// States the day on which the file was fetched or imported.
    #[must_use]
    pub fn retrieved(mut self, day: Option<Date>) -> Self {
        self.retrieved = day;
        self
    }

    /// States the day on which the workbook or the archive says that the file was saved.
    #[must_use]
    pub const fn saved(mut self, day: Option<Date>) -> Self {
        self.saved = day;
        self
    }

    pub(crate) const fn day_of_import(&self) -> Option<Date> {
        self.retrieved
    }

    /// The day on which the file was saved, unless it lies after the import.
    pub(crate) fn day_saved(&self) -> Option<Date> {
        self.saved.filter(|saved| self.retrieved.is_none_or(|today| *saved <= today))
    }

    /// The period and the edition of a file that holds no date and speaks of one: the day on which it was saved, where its workbook or
    /// archive says so; never that of the import.
    ///
    /// # Errors
    /// When that day is not known; the problem is then with the intake.
    pub fn undated(&mut self) -> Result<Period, ReadError> {
        let Some(day) = self.day_saved() else {
            self.problems.refuse(Problem::of_file(
                "the file holds no date, and neither does its name: of which day it speaks is not known",
                "put the month into the name of the file or its folder, such as `nov-2025`",
            ));
            return Err(ReadError::Structure);
        };
        self.edition(Period::Day(day));
        self.remark("the file holds no date: the day on which it was saved stands for it");
        Ok(Period::Day(day))
    }

    /// The period of a file that holds no date and says what holds at any time, such as where buildings stand: the day on
    /// which it was saved, where its workbook or archive says so; never that of the import.
    pub fn timeless(&mut self) -> Period {
        if let Some(day) = self.day_saved() {
            self.edition(Period::Day(day));
            self.remark("the file holds no date: the day on which it was saved stands for it");
            return Period::Day(day);
        }
        self.remark("the file holds no date and takes none from the clock: it is used for every period, and a dated one goes before it");
        Period::TIMELESS
    }

    /// States that the file only describes others: that nothing is kept of it is then as it should be.
    pub(crate) const fn only_describes(&mut self) {
        self.describes = true;
    }

    pub(crate) fn begin_row(&mut self, number: u64) {
        self.row = number;
        self.row_is_bad = false;
        self.rows_read += 1;
    }

    /// Adds a row to its table.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add<'a, R: Written<'a>>(&mut self, period: Period, row: R) -> Result<(), ReadError> {
        self.hold_to_source(R::TABLE);
        Ok(self.writer.add(period, row)?)
    }

    /// Adds a row to a table that is known only while running; others are added by the names of their columns.
    pub(crate) fn push(
        &mut self,
        table: &'static Table,
        period: Period,
        cells: &[Cell<'_>],
    ) -> Result<(), ReadError> {
        self.hold_to_source(table);
        Ok(self.writer.push(table, period, cells)?)
    }

    /// The data dictionary says of each table who fills it, so a source that fills another is wrong. The statement is searched
    /// when the table changes only, since most files fill one.
    fn hold_to_source(&mut self, table: &'static Table) {
        if self.stated.is_some_and(|stated| std::ptr::eq(stated, table)) {
            return;
        }
        let Source { id, writes, .. } = self.source;
        let is_stated = writes.iter().any(|stated| std::ptr::eq(*stated, table));
        assert!(is_stated, "`{id}` fills the table `{}`: state it in `writes`", table.name);
        self.stated = Some(table);
    }

    /// Counts the row as left out on purpose.
    pub fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    /// Says something about the file that a reader of its figures should know.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.insert(remark.into());
    }

    /// Records a check of the whole; one that fails refuses the file.
    pub fn check(&mut self, name: &str, passed: bool, detail: impl Into<String>) {
        let detail = detail.into();
        if !passed {
            self.problems.refuse(Problem::of_file(
                format!("the check “{name}” failed: {detail}"),
                "the file is not whole or has been altered: download it again from the publisher",
            ));
        }
        self.checks.push(Check { name: name.to_owned(), passed, detail });
    }

    /// States the edition; of two statements the later stands.
    pub fn edition(&mut self, edition: Period) {
        let edition = edition.first_day().to_string();
        if edition > self.edition {
            self.edition = edition;
        }
    }

    /// Counts the row as the same as an earlier one, word for word.
    pub(crate) fn repetition(&mut self) {
        self.repetitions += 1;
        self.leave_out("rows that repeat an earlier row word for word");
    }

    /// A row that says other things than an earlier row of the same key: the file is refused at its end.
    pub(crate) fn contradiction(&mut self, row: &Row<'_>, column: usize, earlier: u32) {
        let rule = format!("stands on row {earlier} already and says otherwise there");
        self.contradicts(row, column, rule);
    }

    /// A row that cannot be true beside an earlier one: the file is refused at its end.
    pub(crate) fn contradicts(&mut self, row: &Row<'_>, column: usize, rule: String) {
        self.contradictions += 1;
        self.problem(row, column, rule, "keep the row that is right: both would count");
    }

    /// Refuses an edition that cannot be: one of a day to come, or of a time before the publication began.
    pub(crate) fn judge_edition(&mut self, began: i16) {
        let Some(edition) = value::day(&self.edition) else { return };
        let why = match self.retrieved {
            Some(today) if edition > today => format!("after the day of the import, {today}"),
            _ if edition.year() < began => format!("before this publication began in {began}"),
            _ => return,
        };
        self.problems.refuse(Problem::of_file(
            format!("it is dated {edition}, {why}"),
            "mend the date in the file or in its name, or download it again",
        ));
    }

    /// A problem in a cell of the current row.
    pub fn problem(&mut self, row: &Row<'_>, column: usize, rule: impl Into<String>, remedy: &str) {
        self.mark_row_bad();
        self.problems.add(Problem {
            file: String::new(),
            row: self.row,
            column: self
                .names
                .get(column)
                .cloned()
                .unwrap_or_else(|| format!("column {}", column + 1)),
            value: row.get(column).chars().take(80).collect(),
            rule: rule.into(),
            remedy: remedy.to_owned(),
        });
    }

    /// A problem of the current feature of a map; its number stands for the row.
    pub fn feature_problem(&mut self, problem: Problem) {
        self.mark_row_bad();
        self.problems.add(Problem { row: self.row, ..problem });
    }

    fn mark_row_bad(&mut self) {
        self.bad_rows += u64::from(!self.row_is_bad);
        self.row_is_bad = true;
    }

    pub(crate) fn wrong_length(&mut self, row: &Row<'_>, width: usize) {
        self.mark_row_bad();
        self.problems.add(Problem {
            row: self.row,
            value: row.raw(0).chars().take(40).collect(),
            rule: format!("the row has {} cells, the header {width}", row.len()),
            remedy: "look for a missing or an unquoted comma, or a row cut short".to_owned(),
            ..Problem::default()
        });
    }

    pub(crate) fn end_of_text(&mut self, oddities: Oddities) {
        if oddities.windows_1252_lines > 0 {
            self.remark(format!(
                "{} lines were not UTF-8 and were read as Windows-1252",
                oddities.windows_1252_lines
            ));
        }
        if oddities.no_final_line_break {
            self.remark(format!(
                "there is no line end after its last row, {}: it may be cut short, and its last figure too",
                self.row
            ));
        }
        if let Some(line) = oddities.open_quote {
            self.problems.refuse(Problem {
                row: line,
                rule: "a quoted field begins on this row and never ends".to_owned(),
                remedy: "the file is cut short or a quotation mark is missing: download it again"
                    .to_owned(),
                ..Problem::default()
            });
        }
        if oddities.zero_byte {
            self.problems.refuse(Problem::of_file(
                "the file holds zero bytes: it is no text",
                "save it as CSV UTF-8, or download it again",
            ));
        }
    }

    /// Rows met so far.
    #[must_use]
    pub const fn rows_read(&self) -> u64 {
        self.rows_read
    }

    /// Says what stood twice, and refuses a file that contradicts itself.
    fn judge_repeats(&mut self) {
        match self.repetitions {
            0 => {}
            1 => self.remark("1 row repeats an earlier row word for word; it is counted once"),
            rows => self.remark(format!(
                "{rows} rows repeat an earlier row word for word; each is counted once"
            )),
        }
        let contradict = match self.contradictions {
            0 => return,
            1 => "1 row contradicts".to_owned(),
            rows => format!("{rows} rows contradict"),
        };
        self.problems.refuse(Problem::of_file(
            format!("{contradict} an earlier row of the same key: which is right cannot be told"),
            "keep the right one of the rows listed, or download the file again",
        ));
    }

    /// Closes the intake and comes to a verdict.
    #[must_use]
    pub fn finish(mut self) -> Taken {
        let no_rows = self.rows_read == 0 && self.writer.rows() == 0;
        if no_rows && (!self.problems.structural() || self.checks.iter().any(|one| !one.passed)) {
            self.problems.refuse(Problem::of_file(
                "there are no rows under the header",
                "the file is cut short, or describes columns only: download the one with rows",
            ));
        }
        if self.writer.rows() == 0
            && !self.problems.structural()
            && !self.describes
            && self.bad_rows == 0
        {
            let reasons = self
                .left_out
                .iter()
                .map(|(reason, rows)| format!("{}: {reason}", of_noun(*rows, "row")));
            let reasons = reasons.collect::<Vec<_>>().join("; ");
            self.problems.refuse(Problem::of_file(
                format!("nothing can be kept of its {} ({reasons})", of_noun(self.rows_read, "row")),
                "import the file of the same publication that holds what the tables keep, such as its practices",
            ));
        }
        if self.bad_rows > 0 {
            let (bad, all) = (self.bad_rows, self.rows_read);
            let share = 100.0 * bad as f64 / all.max(1) as f64;
            if bad * BAD_ROWS_ALLOWED > all {
                self.problems.refuse(Problem::of_file(
                    format!("{bad} of {all} rows ({share:.1}%) have problems; at most 0.5% may"),
                    "mend the rows listed, or download the file again",
                ));
            } else {
                self.remark(format!("{bad} of {all} rows had problems and were left out"));
            }
        }
        self.judge_repeats();
        let verdict = if self.problems.structural() {
            Verdict::Refused
        } else if self.describes && self.writer.rows() == 0 {
            Verdict::NotRecognised
        } else if self.remarks.is_empty() {
            Verdict::Accepted
        } else {
            Verdict::AcceptedWithRemarks
        };
        Taken {
            writer: self.writer,
            verdict,
            rows_read: self.rows_read,
            left_out: self
                .left_out
                .into_iter()
                .map(|(reason, rows)| (reason.to_owned(), rows))
                .collect(),
            remarks: self.remarks.into_iter().collect(),
            checks: self.checks,
            edition: self.edition,
            problems: self.problems,
        }
    }
}

#[cfg(test)]
mod tests {
    use evidence::{Store, tables};

    use super::*;

    static SOURCE: Source = Source {
        id: "night_visits",
        title: "",
        publisher: "",
        landing_page: "",
        cadence: "",
        about: "",
        writes: &[&tables::SITE],
        recognise: |_| None,
        read: |_, _| Ok(()),
    };

    #[test]
    #[should_panic(expected = "`night_visits` fills the table `car`: state it in `writes`")]
    fn a_row_of_a_table_that_the_source_does_not_state_is_a_defect() {
        let folder = tempfile::tempdir().unwrap();
        let staging = Store::at(folder.path()).begin(false).unwrap();
        let mut intake = Intake::new(staging.release(0), &SOURCE, &[]);
        intake.add(Period::Year(2021), tables::site::Row::default()).unwrap();
        intake.add(Period::Year(2021), tables::car::Row::default()).unwrap();
    }
}
