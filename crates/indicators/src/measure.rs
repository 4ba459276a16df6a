//! The kernel: the sum of a column over the rows with certain words, for each organisation of a table.
//!
//! Words are compared once each, not once a row: a filter is a list of yes and no by the number of the word, and the sums
//! stand in an array by the number of the organisation. Why a figure is missing travels with it.

use std::collections::BTreeMap;

use evidence::{Absent, EvidenceError, Frame, Table, TextColumn, Whose, tables};
use jiff::civil::Date;
use vocab::{Level, Mark, weekday};

use crate::definition::{Ages, AreaFigure, Operand};

/// The amount of one organisation, and what was met on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Total {
    /// The sum of the rows with figures.
    pub sum: f64,
    /// Why there is no figure, or that part of it was estimated.
    pub mark: Mark,
}

impl Total {
    /// An organisation that the table does not hold.
    pub const MISSING: Self = Self { sum: 0.0, mark: Mark::Missing };
    const NOUGHT: Self = Self { sum: 0.0, mark: Mark::Value };

    /// The amount, if there is one.
    pub fn value(self) -> Option<f64> {
        matches!(self.mark, Mark::Value | Mark::Estimated).then_some(self.sum)
    }

    fn add(&mut self, amount: f64, mark: Mark) {
        let mark = if amount.is_nan() && mark <= Mark::Estimated { Mark::Missing } else { mark };
        if mark <= Mark::Estimated {
            self.sum += amount;
        }
        self.mark = more_telling(self.mark, mark);
    }
}

/// Of two marks the one that the whole must carry: withheld before missing before not applicable before estimated.
pub(crate) fn more_telling(first: Mark, second: Mark) -> Mark {
    let weight = |mark| match mark {
        Mark::Value => 0,
        Mark::Estimated => 1,
        Mark::NotApplicable => 2,
        Mark::Missing => 3,
        Mark::Suppressed => 4,
    };
    if weight(second) > weight(first) { second } else { first }
}

/// The totals of an operand by the code that its table uses.
pub(crate) type Totals = BTreeMap<String, Total>;

/// Where the rows of an operand belong: the level of the codes of its table. Small areas are added up to sub-ICBs.
pub(crate) fn base_level(operand: &Operand) -> Option<Level> {
    match tables::find(&operand.table)?.whose {
        Whose::Level(level, _) => Some(level),
        Whose::Areas(_) => Some(Level::SubIcb),
        Whose::Several(_) => {
            let [word] = operand.rows.get("level")?.as_slice() else { return None };
            Level::parse(word)
        }
        Whose::Other(_) => None,
    }
}

/// The table of an operand.
fn table_of(operand: &Operand) -> Result<&'static Table, EvidenceError> {
    tables::find(&operand.table).ok_or_else(|| EvidenceError::NoTable(operand.table.clone()))
}

/// What an organisation has that the table holds, but without such a row.
fn when_absent(operand: &Operand, table: &Table) -> Total {
    match operand.absent.unwrap_or(table.absent) {
        Absent::Nought => Total::NOUGHT,
        Absent::Missing => Total::MISSING,
    }
}

/// A test of a row on a column of words: by the number of the word, and for an empty cell.
struct Filter<'a> {
    codes: &'a [u32],
    passes: Vec<bool>,
    empty_passes: bool,
}

impl Filter<'_> {
    fn admits(&self, row: usize) -> bool {
        let Some(code) = self.codes.get(row) else { return false };
        self.passes.get(*code as usize).copied().unwrap_or(self.empty_passes)
    }
}

/// The tests of the rows of a table. A column that is not there is an error: a slip of the pen would else admit no row, or
/// every one.
fn filters<'a>(
    rows: &BTreeMap<String, Vec<String>>,
    frame: &'a Frame,
) -> Result<Vec<Filter<'a>>, EvidenceError> {
    let mut filters = Vec::new();
    for (column, wanted) in rows {
        let by_weekday = column == "weekday" && frame.text("weekday").is_none();
        let words = match frame.words(if by_weekday { "day" } else { column }) {
            Err(_) if by_weekday => frame.words(column)?,
            words => words?,
        };
        let admits = |word: &String| {
            if by_weekday {
                weekday_of(word).is_some_and(|day| wanted.iter().any(|want| want == day))
            } else {
                wanted.contains(word)
            }
        };
        filters.push(Filter {
            codes: &words.codes,
            passes: words.words.iter().map(admits).collect(),
            empty_passes: wanted.iter().any(String::is_empty),
        });
    }
    Ok(filters)
}

/// The word of the weekday of a day.
pub(crate) fn weekday_of(day: &str) -> Option<&'static str> {
    let day: Date = day.parse().ok()?;
    Some(weekday::word(day.weekday()))
}

/// The figures of small areas by which the rows of another table are multiplied.
pub(crate) type AreaFigures = BTreeMap<String, f64>;

/// The figures of the areas of a table; 1 for each area where no column is named.
pub(crate) fn area_figures(
    wanted: &AreaFigure,
    frame: &Frame,
) -> Result<AreaFigures, EvidenceError> {
    let area = frame.words("area")?;
    let values = wanted.column.as_ref().map(|column| frame.figures(column)).transpose()?;
    let filters = filters(&wanted.rows, frame)?;
    let figures = (0..frame.rows())
        .filter(|row| filters.iter().all(|filter| filter.admits(*row)))
        .filter_map(|row| {
            let value = values.map_or(1.0, |values| values.get(row).copied().unwrap_or(f64::NAN));
            value.is_finite().then_some((area.get(row)?.to_owned(), value))
        });
    Ok(figures.collect())
}

/// For each row the figure of its area; NaN where the area is not known.
struct AreaFactors<'a> {
    codes: &'a [u32],
    factors: Vec<f64>,
}

impl<'a> AreaFactors<'a> {
    fn of(figures: &AreaFigures, frame: &'a Frame) -> Result<Self, EvidenceError> {
        let area = frame.words("area")?;
        let factor = |word: &String| figures.get(word).copied().unwrap_or(f64::NAN);
        Ok(Self { codes: &area.codes, factors: area.words.iter().map(factor).collect() })
    }

    fn at(&self, row: usize) -> f64 {
        let code = self.codes.get(row).copied().unwrap_or(TextColumn::NONE);
        self.factors.get(code as usize).copied().unwrap_or(f64::NAN)
    }
}

/// A test of a row on its age band: the whole band must lie in the range.
struct AgeFilter<'a> {
    from: &'a [f64],
    to: &'a [f64],
    ages: Ages,
}

impl<'a> AgeFilter<'a> {
    fn of(ages: Ages, frame: &'a Frame) -> Result<Self, EvidenceError> {
        Ok(Self { from: frame.figures("age_from")?, to: frame.figures("age_to")?, ages })
    }

    fn admits(&self, row: usize) -> bool {
        let (Some(from), Some(to)) = (self.from.get(row), self.to.get(row)) else { return false };
        // An open band has no upper end and only lies in a range that is open too.
        *from >= f64::from(self.ages.from) && self.ages.to.is_none_or(|end| *to <= f64::from(end))
    }
}

/// What an operand asks of the rows of a table, each column found once.
struct Reading<'a> {
    amounts: &'a [f64],
    times: Option<&'a [f64]>,
    marks: Option<Marks<'a>>,
    filters: Vec<Filter<'a>>,
    ages: Option<AgeFilter<'a>>,
    areas: Option<AreaFactors<'a>>,
}

impl<'a> Reading<'a> {
    fn of(
        operand: &Operand,
        frame: &'a Frame,
        areas: Option<&AreaFigures>,
    ) -> Result<Self, EvidenceError> {
        let times = operand.times.as_ref().map(|column| frame.figures(column));
        Ok(Self {
            amounts: frame.figures(&operand.column)?,
            times: times.transpose()?,
            marks: mark_column(frame),
            filters: filters(&operand.rows, frame)?,
            ages: operand.ages.map(|ages| AgeFilter::of(ages, frame)).transpose()?,
            areas: areas.map(|areas| AreaFactors::of(areas, frame)).transpose()?,
        })
    }

    /// The amount of a row that is asked for; nothing for others, and for those of areas that are not known.
    fn amount(&self, row: usize) -> Option<f64> {
        let wanted = self.filters.iter().all(|filter| filter.admits(row))
            && self.ages.as_ref().is_none_or(|ages| ages.admits(row));
        let area = self.areas.as_ref().map_or(1.0, |areas| areas.at(row));
        if !wanted || area.is_nan() {
            return None;
        }
        let of_row = |figures: &[f64]| figures.get(row).copied().unwrap_or(f64::NAN);
        Some(area * of_row(self.amounts) * self.times.map_or(1.0, of_row))
    }

    fn mark(&self, row: usize) -> Mark {
        self.marks.as_ref().map_or(Mark::Value, |marks| marks.of(row))
    }
}

/// Adds up an operand over a table. Rows keep the order of the table, so that sums are the same every time.
///
/// # Errors
/// When the table has no such column, or its rows are those of no organisations.
pub(crate) fn totals(
    operand: &Operand,
    frame: &Frame,
    areas: Option<&AreaFigures>,
) -> Result<Totals, EvidenceError> {
    let table = table_of(operand)?;
    let code = table.whose.column();
    let code = code.ok_or_else(|| EvidenceError::NoOneLevel(table.name.to_owned()))?;
    let units = frame.words(code)?;
    let reading = Reading::of(operand, frame, areas)?;
    let mut sums = vec![None::<Total>; units.words.len()];
    for (row, unit) in units.codes.iter().enumerate() {
        let Some(total) = sums.get_mut(*unit as usize) else { continue };
        if let Some(amount) = reading.amount(row) {
            total.get_or_insert(Total::NOUGHT).add(amount, reading.mark(row));
        }
    }
    let absent = when_absent(operand, table);
    let untold = untold(operand, table, frame, units)?;
    let of_level = of_level(operand, frame, units)?;
    let found = units.words.iter().zip(sums).zip(untold).zip(of_level);
    Ok(found
        .filter_map(|(unit, of_level)| of_level.then_some(unit))
        .map(|((unit, total), untold)| {
            let absent = if untold { Total::MISSING } else { absent };
            (unit.clone(), total.unwrap_or(absent))
        })
        .collect())
}

/// Organisations of which no row is split by a column that a filter asks about: that none of their rows has the word says
/// nothing of how many there are.
fn untold(
    operand: &Operand,
    table: &Table,
    frame: &Frame,
    units: &TextColumn,
) -> Result<Vec<bool>, EvidenceError> {
    let mut untold = vec![false; units.words.len()];
    for (name, wanted) in &operand.rows {
        let Some(column) = table.columns.iter().find(|column| column.name == name) else {
            continue;
        };
        let may_be_whole = column.is_whole("") || column.is_whole("all");
        if !may_be_whole || wanted.iter().any(|word| column.is_whole(word)) {
            continue;
        }
        let words = frame.words(name)?;
        let mut is_split = vec![false; units.words.len()];
        for (row, unit) in units.codes.iter().enumerate() {
            if let Some(split) = is_split.get_mut(*unit as usize) {
                *split |= !column.is_whole(words.get(row).unwrap_or_default());
            }
        }
        for (untold, is_split) in untold.iter_mut().zip(is_split) {
            *untold |= !is_split;
        }
    }
    Ok(untold)
}

/// The sum of an operand over the rows of a table that names no organisations; nothing where no row is asked for.
///
/// # Errors
/// When the table has no such column.
pub(crate) fn national_total(
    operand: &Operand,
    frame: &Frame,
) -> Result<Option<f64>, EvidenceError> {
    let reading = Reading::of(operand, frame, None)?;
    let mut found = (0..frame.rows()).filter_map(|row| reading.amount(row)).peekable();
    if found.peek().is_none() {
        return Ok(None);
    }
    Ok(Some(found.sum::<f64>()).filter(|sum| sum.is_finite()))
}

/// Which organisations of a table have a row of the level that an operand asks for: a trust is no board without a figure.
fn of_level(
    operand: &Operand,
    frame: &Frame,
    units: &TextColumn,
) -> Result<Vec<bool>, EvidenceError> {
    let Some(wanted) = operand.rows.get("level") else { return Ok(vec![true; units.words.len()]) };
    let filters = filters(&BTreeMap::from([("level".to_owned(), wanted.clone())]), frame)?;
    let mut found = vec![false; units.words.len()];
    for (row, unit) in units.codes.iter().enumerate() {
        if let Some(found) = found.get_mut(*unit as usize) {
            *found |= filters.iter().all(|filter| filter.admits(row));
        }
    }
    Ok(found)
}

/// The marks of the rows, each word read once.
struct Marks<'a> {
    codes: &'a [u32],
    marks: Vec<Mark>,
}

impl Marks<'_> {
    fn of(&self, row: usize) -> Mark {
        let code = self.codes.get(row).copied().unwrap_or(TextColumn::NONE);
        self.marks.get(code as usize).copied().unwrap_or(Mark::Value)
    }
}

fn mark_column(frame: &Frame) -> Option<Marks<'_>> {
    let column = frame.text("mark")?;
    let marks = column.words.iter().map(|word| Mark::parse(word).unwrap_or(Mark::Value)).collect();
    Some(Marks { codes: &column.codes, marks })
}

#[cfg(test)]
mod tests {
    use evidence::Cell;

    use super::*;
    use crate::compare::operand;

    fn row<'a>(practice: &'a str, sex: &'a str, patients: f64) -> [Cell<'a>; 5] {
        let (from, to) = (Cell::Number(0.0), Cell::Number(5.0));
        [Cell::Text(practice), Cell::Text(sex), from, to, Cell::Number(patients)]
    }

    fn lists() -> Frame {
        let mut frame = Frame::empty(&tables::REGISTERED);
        for (sex, patients) in [("female", 60.0), ("male", 40.0)] {
            frame.push(&row("A81001", sex, patients));
        }
        frame
    }

    /// What is said of an operand of the lists that somebody changed.
    fn refused(change: impl Fn(&mut Operand)) -> String {
        let mut operand = operand("registered", "patients");
        change(&mut operand);
        totals(&operand, &lists(), None).unwrap_err().to_string()
    }

    #[test]
    fn a_filter_admits_the_rows_with_its_words() {
        let mut women = operand("registered", "patients");
        women.rows.insert("sex".to_owned(), vec!["female".to_owned()]);
        let found = totals(&women, &lists(), None).unwrap();
        assert_eq!(found["A81001"].value(), Some(60.0));
    }

    #[test]
    fn a_filter_on_a_column_that_is_not_there_is_an_error() {
        let said = refused(|operand| {
            operand.rows.insert("sexes".to_owned(), vec!["female".to_owned()]);
        });
        assert_eq!(
            said,
            "the table `registered` has no column of words `sexes`: expected one of practice, sex"
        );
    }

    #[test]
    fn a_weekday_of_a_table_without_days_is_an_error() {
        let said = refused(|operand| {
            operand.rows.insert("weekday".to_owned(), vec!["monday".to_owned()]);
        });
        assert!(said.contains("no column of words `weekday`"), "{said}");
    }

    #[test]
    fn a_factor_that_is_not_there_is_an_error() {
        let said = refused(|operand| operand.times = Some("weight".to_owned()));
        assert!(said.contains("no column of figures `weight`"), "{said}");
    }

    #[test]
    fn ages_of_a_table_without_them_are_an_error() {
        let mut frame = Frame::empty(&tables::LIST_SIZE);
        frame.push(&[Cell::Text("A81001"), Cell::Empty, Cell::Number(100.0)]);
        let mut children = operand("list_size", "patients");
        children.ages = Some(Ages { from: 0, to: Some(15) });
        let said = totals(&children, &frame, None).unwrap_err().to_string();
        assert!(said.contains("no column of figures `age_from`"), "{said}");
    }

    #[test]
    fn a_table_of_no_organisations_has_no_totals() {
        let frame = Frame::empty(&tables::DEPRIVATION);
        let said = totals(&operand("deprivation", "score"), &frame, None).unwrap_err().to_string();
        assert!(said.contains("`deprivation` are of no one level"), "{said}");
    }

    #[test]
    fn an_operand_may_say_what_the_absence_of_a_row_means() {
        let mut frame = Frame::empty(&tables::APPOINTMENT);
        let words = ["A81001", "gp", "telephone", "attended", "same_day", "All"];
        frame.push(&[&words.map(Cell::Text)[..], &[Cell::Number(30.0)]].concat());
        let mut visits = operand("appointment", "appointments");
        visits.rows.insert("mode".to_owned(), vec!["home_visit".to_owned()]);
        let of = |visits: &Operand| totals(visits, &frame, None).unwrap()["A81001"].value();
        assert_eq!(of(&visits), Some(0.0));
        visits.absent = Some(Absent::Missing);
        assert_eq!(of(&visits), None);
    }

    /// Every line of payments and every age is printed for every practice, with its noughts: what is not printed is of another file.
    #[test]
    fn a_row_that_its_file_would_print_is_missing_where_it_is_not_there() {
        let mut women = operand("registered", "patients");
        women.rows.insert("sex".to_owned(), vec!["female".to_owned()]);
        let mut frame = lists();
        frame.push(&row("A81002", "male", 30.0));
        assert_eq!(totals(&women, &frame, None).unwrap()["A81002"].value(), None);
        let mut frame = Frame::empty(&tables::PAYMENT);
        let words = ["A81001", "global_sum"].map(Cell::Text);
        frame.push(&[words[0], words[1], Cell::Number(5.0), Cell::Text("value")]);
        let mut line = operand("payment", "pounds");
        line.rows.insert("line".to_owned(), vec!["a_line_of_another_year".to_owned()]);
        assert_eq!(totals(&line, &frame, None).unwrap()["A81001"].value(), None);
    }

    #[test]
    fn what_a_file_does_not_split_is_missing_and_not_nought() {
        let mut frame = Frame::empty(&tables::APPOINTMENT_DAY);
        let mut day = |sub_icb, staff: Cell<'static>, mode: Cell<'static>| {
            let [none, day] = [Cell::Empty, Cell::Text("2025-10-01")];
            let sub_icb = Cell::Text(sub_icb);
            frame.push(&[sub_icb, day, staff, none, mode, none, none, none, Cell::Number(40.0)]);
        };
        day("01A", Cell::Empty, Cell::Text("telephone"));
        day("02B", Cell::Text("unknown"), Cell::Empty);
        let mut with_gps = operand("appointment_day", "appointments");
        with_gps.rows.insert("staff".to_owned(), vec!["gp".to_owned()]);
        let found = totals(&with_gps, &frame, None).unwrap();
        assert_eq!((found["01A"].value(), found["02B"].value()), (None, Some(0.0)));
        let mut all = operand("appointment_day", "appointments");
        all.rows.insert("staff".to_owned(), vec![String::new(), "gp".to_owned()]);
        assert_eq!(totals(&all, &frame, None).unwrap()["01A"].value(), Some(40.0));
    }
}
