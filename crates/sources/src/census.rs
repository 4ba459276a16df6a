//! Tables of the census for small areas: a row an area, its total and the parts that must add up to it.
//!
//! Counts of areas are slightly perturbed by the publisher so that nobody can be picked out; a few areas that do not add
//! up are therefore no fault, many are.

use vocab::Period;
use vocab::codes::Lsoa21;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::scan::Row;

/// What a table counts.
pub struct Counted {
    /// The heading of the printed total.
    pub total: &'static str,
    /// What is counted, in the plural.
    pub what: &'static str,
    /// The check of the sums, in words.
    pub sums: &'static str,
}

/// What the row of an area says.
pub struct Area<'a> {
    /// The code of the area.
    pub code: &'a str,
    /// The year of the census.
    pub period: Period,
    /// The printed total.
    pub all: f64,
    /// Its parts, in the order of their columns.
    pub parts: &'a [f64],
}

/// Reads the areas of a table, whose `parts` are the columns that make up its total.
///
/// # Errors
/// A column that is missing, or a file that cannot be read on.
pub fn read(
    input: &mut Input<'_>,
    intake: &mut Intake,
    counted: &Counted,
    parts: &[usize],
    keep: impl Fn(&Area<'_>, &mut Intake) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let area = input.column(&["geography code"], intake)?;
    let year = input.column(&["date"], intake)?;
    let total = input.column(&[counted.total], intake)?;
    let (mut once, mut everybody, mut adrift) = (Once::default(), 0.0, 0_u64);
    input.each(intake, |row, intake| {
        if matches!(row.get(area).get(..3), Some("E92" | "W92" | "K04")) {
            intake.leave_out("totals of the countries");
            return Ok(());
        }
        let Ok(census) = row.get(year).parse::<i16>() else {
            intake.problem(row, year, "is not a year", "the year of the census, 2021");
            return Ok(());
        };
        let code = intake.code::<Lsoa21>(row, area);
        let counts = (intake.count(row, total), counts(row, parts, intake));
        let (Some(code), (Some(all), Some(parts))) = (code, counts) else { return Ok(()) };
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        let period = Period::Year(census);
        intake.edition(period);
        adrift += u64::from(parts.iter().sum::<f64>().total_cmp(&all).is_ne());
        everybody += all;
        keep(&Area { code, period, all, parts: &parts }, intake)
    })?;
    let areas = once.len();
    intake.check(
        counted.sums,
        adrift * 100 <= areas as u64 && everybody > 0.0,
        format!("{everybody} {} of {areas} areas; {adrift} areas do not add up", counted.what),
    );
    Ok(())
}

fn counts(row: &Row<'_>, columns: &[usize], intake: &mut Intake) -> Option<Vec<f64>> {
    columns.iter().map(|column| intake.count(row, *column)).collect()
}
