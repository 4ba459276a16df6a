//! The mapping file of patients registered: which network, sub-ICB, ICB and region each practice belonged to.

use evidence::tables;
use vocab::Period;

use crate::belonging::{Belonging, Headings};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Patients registered, mapping.
pub static SOURCE: Source = Source {
    id: "patients_registered_map",
    title: "Patients Registered at a GP Practice: mapping",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "monthly",
    about: "Where each practice belonged on the first of the month. Some 70 practices are in no network and are marked so.",
    writes: &[&tables::AFFILIATION, &tables::LOOKUP],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let names =
        ["EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_POSTCODE", "PCN_CODE", "COMM_REGION_CODE"];
    sample.matches(&names, "")
}

/// The columns with their names over the years.
const HEADINGS: Headings = Headings {
    practice: &["PRACTICE_CODE"],
    name: &["PRACTICE_NAME"],
    postcode: &["PRACTICE_POSTCODE"],
    network: &["PCN_CODE"],
    network_name: &["PCN_NAME"],
    places: [
        &["SUB_ICB_LOCATION_CODE", "CCG_CODE"],
        &["SUB_ICB_LOCATION_NAME", "CCG_NAME"],
        &["ICB_CODE", "STP_CODE"],
        &["ICB_NAME", "STP_NAME"],
        &["COMM_REGION_CODE"],
        &["COMM_REGION_NAME"],
    ],
    ons: [&["ONS_SUB_ICB_LOCATION_CODE", "ONS_CCG_CODE"], &["ONS_ICB_CODE", "ONS_STP_CODE"]],
    supplier: &["SUPPLIER_NAME"],
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let mut belonging = Belonging::of(input, intake, &HEADINGS)?;
    input.each(intake, |row, intake| {
        let Some(day) = intake.extract_day(row, date) else { return Ok(()) };
        intake.edition(Period::Day(day));
        belonging.take(row, intake, Period::Day(day))
    })?;
    belonging.finish(intake)
}
