//! What is wrong with a file, in words that let a person mend it.

use std::fmt::Write as _;

/// Something wrong in a file: where, what stood there, which rule it breaks and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// The file, and the member within archives behind `!`.
    pub file: String,
    /// The line of the file, counted from 1; 0 for the file as a whole.
    pub row: u64,
    /// The column as written in the file; empty for the row as a whole.
    pub column: String,
    /// What stood there.
    pub value: String,
    /// What was expected.
    pub rule: String,
    /// How to fix it.
    pub remedy: String,
}

impl Problem {
    /// A problem of the file as a whole.
    #[must_use]
    pub fn of_file(rule: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { rule: rule.into(), remedy: remedy.into(), ..Self::default() }
    }

    /// One line for a terminal.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut words = self.file.clone();
        if self.row > 0 {
            let _ = write!(words, ", row {}", self.row);
        }
        if !self.column.is_empty() {
            let _ = write!(words, ", {}", self.column);
        }
        if self.value.is_empty() {
            let _ = write!(words, ": {}", self.rule);
        } else {
            let _ = write!(words, ": `{}`: {}", self.value, self.rule);
        }
        if !self.remedy.is_empty() {
            let _ = write!(words, "\n    hint: {}", self.remedy);
        }
        words
    }
}

/// The problems of one file: all are counted, and all are kept up to a bound that no honest file reaches.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    count: u64,
    structural: bool,
}

impl Problems {
    /// Problems of one file that are written out; past it they are only counted.
    const KEPT: usize = 100_000;

    /// Adds a problem of a row.
    pub fn add(&mut self, problem: Problem) {
        self.count += 1;
        if self.kept.len() < Self::KEPT {
            self.kept.push(problem);
        }
    }

    /// Adds a problem for which the file as a whole is refused.
    pub fn refuse(&mut self, problem: Problem) {
        self.structural = true;
        self.add(problem);
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Whether one of them is reason to refuse the file.
    #[must_use]
    pub const fn structural(&self) -> bool {
        self.structural
    }

    /// The problems themselves, naming the file.
    #[must_use]
    pub fn named(mut self, file: &str) -> Vec<Problem> {
        for problem in &mut self.kept {
            file.clone_into(&mut problem.file);
        }
        self.kept
    }
}

/// All problems as a CSV file: file, row, column, value, rule, remedy. Cells are guarded against formulas.
#[must_use]
pub fn as_csv(problems: &[Problem]) -> String {
    let mut csv = "file,row,column,value,rule,remedy\r\n".to_owned();
    for problem in problems {
        let cells = [&problem.column, &problem.value, &problem.rule, &problem.remedy];
        let _ = write!(csv, "{},{}", quoted(&problem.file), problem.row);
        for cell in cells {
            let _ = write!(csv, ",{}", quoted(cell));
        }
        csv.push_str("\r\n");
    }
    csv
}

fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\0']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}
