//! A file being read: its rows under its header, whatever it was kept in.

use std::io::Read;

use serde_json::Value;

use crate::header::Header;
use crate::intake::Intake;
use crate::once::{Once, Repeats};
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::sample::Match;
use crate::scan::{Oddities, Row, Scanner};

/// Where the rows come from.
pub enum Rows<'a> {
    /// Delimited text, as a stream.
    Text(Scanner<Box<dyn Read + 'a>>),
    /// The cells of a sheet, which a workbook keeps in memory anyway.
    Sheet(std::vec::IntoIter<Vec<String>>, SheetRow),
    /// A GeoJSON document.
    GeoJson(Value),
}

/// The row of a sheet that is being looked at.
#[derive(Debug, Default)]
pub struct SheetRow {
    text: String,
    fields: Vec<(u32, u32)>,
    number: u64,
}

/// A file being read.
pub struct Input<'a> {
    rows: Rows<'a>,
    header: Header,
    /// The layout that was recognised.
    pub era: &'static str,
    /// The name of the file, for telling apart what its content cannot (never for recognising it).
    pub file: String,
    /// The name of the sheet and the titles above the header, where publishers print the period.
    pub titles: String,
    mended: Option<usize>,
    repeats: Repeats,
}

impl<'a> Input<'a> {
    /// Opens a file at the first row after its header.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub fn open(
        mut rows: Rows<'a>,
        found: Match,
        file: &str,
        sheet: &str,
    ) -> Result<Self, ReadError> {
        let mut header = Header::default();
        let mut titles = sheet.to_owned();
        if let Some(row) = found.header_row {
            for _ in 0..row {
                if let Some(row) = rows.next()? {
                    (0..row.len()).for_each(|field| titles.extend([" ", row.get(field)]));
                }
            }
            if let Some(row) = rows.next()? {
                header = Header::new((0..row.len()).map(|field| row.raw(field)));
            }
        }
        Ok(Self {
            rows,
            header,
            era: found.era,
            file: file.to_owned(),
            titles,
            mended: None,
            repeats: Repeats::default(),
        })
    }

    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The position of a column that must be there, by any of its names over the years.
    ///
    /// # Errors
    /// When it is not there; the problem is then with the intake.
    pub fn column(&self, names: &[&str], intake: &mut Intake) -> Result<usize, ReadError> {
        self.header.position(names).ok_or_else(|| {
            intake.problems.refuse(Problem::of_file(
                format!("there is no column `{}`", names.first().unwrap_or(&"")),
                format!("its header is: {}", self.header.names().join(", ")),
            ));
            ReadError::Structure
        })
    }

    /// The position of a column that may be there.
    #[must_use]
    pub fn optional(&self, names: &[&str]) -> Option<usize> {
        self.header.position(names)
    }

    /// Gives every row to `take`, except empty ones; rows of the wrong length are problems, not rows, and a row that
    /// stood before counts once.
    ///
    /// # Errors
    /// When the bytes cannot be read or `take` fails.
    pub fn each(
        &mut self,
        intake: &mut Intake,
        mut take: impl FnMut(&Row<'_>, &mut Intake) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let width = self.header.len();
        let (mut joined, mut mends, mut once) = (Vec::new(), 0_u64, Once::default());
        while let Some(row) = self.rows.next()? {
            if row.is_empty() {
                continue;
            }
            intake.begin_row(row.number);
            if let Some(column) = self.mended.filter(|_| width > 0 && row.len() == width + 1) {
                mends += 1;
                let row = row.joined(column, &mut joined);
                if self.repeats.count(&mut once, &row, intake) {
                    take(&row, intake)?;
                }
                continue;
            }
            if width > 0 && row.len() != width {
                intake.wrong_length(&row, width);
                continue;
            }
            if width > 0 && self.header.is_repeated_by(&row) {
                intake.leave_out("the header, printed again");
                continue;
            }
            if self.repeats.count(&mut once, &row, intake) {
                take(&row, intake)?;
            }
        }
        intake.end_of_text(self.rows.oddities());
        if let Some(column) = self.mended.filter(|_| mends > 0) {
            let name = self.header.written(column);
            intake
                .remark(format!("{mends} rows had an unquoted comma in `{name}` and were mended"));
        }
        Ok(())
    }

    /// States the columns of figures: two rows that are the same but for these contradict each other.
    pub fn figures_in(&mut self, columns: &[usize]) {
        self.repeats = Repeats::ButFor(columns.to_vec());
    }

    /// States that equal rows are different things, such as contracts, and all count.
    pub fn rows_may_repeat(&mut self) {
        self.repeats = Repeats::Lawful;
    }

    /// Lets rows that are one cell too long be read as if this column, a name, held an unquoted comma.
    pub const fn mend_comma_in(&mut self, column: Option<usize>) {
        self.mended = column;
    }

    /// The features of a GeoJSON document; empty for other files.
    #[must_use]
    pub fn features(&self) -> &[Value] {
        match &self.rows {
            Rows::GeoJson(document) => {
                document.get("features").and_then(Value::as_array).map_or(&[], Vec::as_slice)
            }
            _ => &[],
        }
    }
}

impl Rows<'_> {
    pub(crate) fn oddities(&self) -> Oddities {
        match self {
            Self::Text(scanner) => scanner.oddities(),
            _ => Oddities::default(),
        }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, ReadError> {
        match self {
            Self::Text(scanner) => Ok(scanner.next_row()?),
            Self::Sheet(rows, current) => Ok(rows.next().map(|cells| current.show(&cells))),
            Self::GeoJson(_) => Ok(None),
        }
    }
}

impl SheetRow {
    fn show(&mut self, cells: &[String]) -> Row<'_> {
        self.text.clear();
        self.fields.clear();
        self.number += 1;
        for cell in cells {
            let from = self.text.len() as u32;
            self.text.push_str(cell);
            self.fields.push((from, self.text.len() as u32));
        }
        Row::new(&self.text, &self.fields, self.number)
    }
}
