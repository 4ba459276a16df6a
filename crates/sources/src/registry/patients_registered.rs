//! Patients registered at a GP practice, one total a practice.
//!
//! The count of people on each list on the first of the month. Lists hold people who have moved away or died and
//! not yet been taken off, so they exceed the resident population by some 4 to 9 per cent nationally.

use evidence::{Cell, tables};
use vocab::codes::{PracticeCode, SubIcbCode};
use vocab::Period;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Patients registered, totals.
pub static SOURCE: Source = Source {
    id: "patients_registered",
    title: "Patients Registered at a GP Practice: totals",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "monthly",
    about: "People on each practice's list on the first of the month. Lists exceed the resident population because people who move or die are taken off late.",
    recognise,
    read,
};

const SUB_ICB: [&str; 2] = ["SUB_ICB_LOCATION_CODE", "CCG_CODE"];

fn recognise(sample: &Sample) -> Option<Match> {
    let common = ["EXTRACT_DATE", "CODE", "POSTCODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"];
    sample.matches(&common, "").filter(|found| {
        let row = found.header_row.and_then(|row| sample.rows.get(row));
        row.is_some_and(|row| !row.iter().any(|name| name.eq_ignore_ascii_case("ORG_CODE")))
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let code = input.column(&["CODE"], intake)?;
    let sub_icb = input.column(&SUB_ICB, intake)?;
    let (sex, age) = (input.column(&["SEX"], intake)?, input.column(&["AGE"], intake)?);
    let patients = input.column(&["NUMBER_OF_PATIENTS"], intake)?;
    let (mut total, mut once) = (0.0, Once::default());
    input.each(intake, |row, intake| {
        if !row.get(sex).eq_ignore_ascii_case("ALL") || !row.get(age).eq_ignore_ascii_case("ALL") {
            intake.leave_out("split by sex or age: the totals are read");
            return Ok(());
        }
        let cells = (
            intake.extract_day(row, date),
            intake.code::<PracticeCode>(row, code),
            intake.code::<SubIcbCode>(row, sub_icb),
            intake.count(row, patients),
        );
        let (Some(day), Some(practice), Some(sub_icb), Some(count)) = cells else { return Ok(()) };
        if !once.first(row, &[code, date], intake) {
            return Ok(());
        }
        total += count;
        intake.edition(Period::Day(day));
        let cells = [Cell::from(practice), Cell::from(sub_icb), Cell::from(count)];
        intake.push(&tables::LIST_SIZE, Period::Day(day), &cells)
    })?;
    intake.check("there are patients", total > 0.0, format!("{total} patients in all"));
    Ok(())
}
