//! Patients registered at a GP practice by the small area they live in.
//!
//! Areas are those of the 2011 or of the 2021 census, depending on the release; the codes alone do not say which, so
//! the census is told from the lookup of areas when the table is used.

use evidence::tables;
use vocab::codes::{Lsoa21, PracticeCode};
use vocab::{Period, Sex};

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Patients registered, by small area.
pub static SOURCE: Source = Source {
    id: "patients_registered_areas",
    title: "Patients Registered at a GP Practice: small area of residence",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "quarterly",
    about: "How many of a practice's patients live in each small area. Addresses that match no area are kept apart and counted.",
    writes: &[&tables::REGISTERED_AREA],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["EXTRACT_DATE", "PRACTICE_CODE", "LSOA_CODE", "NUMBER_OF_PATIENTS"], "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let practice = input.column(&["PRACTICE_CODE"], intake)?;
    let area = input.column(&["LSOA_CODE"], intake)?;
    let sex = input.column(&["SEX"], intake)?;
    let patients = input.column(&["NUMBER_OF_PATIENTS"], intake)?;
    input.figures_in(&[patients]);
    let mut nowhere = 0.0;
    input.each(intake, |row, intake| {
        let (Some(day), Some(code), Some(count)) = (
            intake.extract_day(row, date),
            intake.code::<PracticeCode>(row, practice),
            intake.count(row, patients),
        ) else {
            return Ok(());
        };
        let sex_word = match row.get(sex) {
            all if all.eq_ignore_ascii_case("ALL") => "all",
            other => Sex::parse(other).map_or("other_or_unknown", Sex::as_str),
        };
        let (home, note) = match row.get(area) {
            "CLOSED" => (None, "closed"),
            "NO2011" | "NO2021" | "" => (None, "no_area"),
            code if code.starts_with('W') => (Some(code), "wales"),
            _ => match intake.code::<Lsoa21>(row, area) {
                Some(code) => (Some(code), ""),
                None => return Ok(()),
            },
        };
        nowhere += if home.is_none() { count } else { 0.0 };
        intake.edition(Period::Day(day));
        let row = tables::registered_area::Row {
            practice: code.into(),
            area: home.into(),
            area_note: note.into(),
            sex: sex_word.into(),
            patients: count.into(),
        };
        intake.add(Period::Day(day), row)
    })?;
    if nowhere > 0.0 {
        intake.remark(format!("{nowhere} patients could not be placed in a small area"));
    }
    Ok(())
}
