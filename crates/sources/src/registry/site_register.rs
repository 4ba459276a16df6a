//! The register of branch surgeries (ebranchs): buildings that a practice works from besides its main one.
//!
//! The file has no header and the twenty-seven columns of every register of the Organisation Data Service. Branches that
//! closed stay on it with their last day.

use evidence::tables;
use vocab::codes::{PracticeCode, SiteCode};

use super::organisation_register::column;
use crate::headerless::{self, Form};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::waiting::Waiting;

/// The register of branch surgeries.
pub static SOURCE: Source = Source {
    id: "site_register",
    title: "Organisation Data Service: branch surgeries (ebranchs)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Branch surgeries, open or closed, with their practice. A practice's main building is not on it.",
    writes: &[&tables::SITE],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    headerless::recognise(sample, column::ALL, |row| {
        SiteCode::is_valid(row[column::CODE]) && PracticeCode::is_valid(row[column::COMMISSIONER])
    })
}

const FORM: Form = Form {
    width: column::ALL,
    key: &[column::CODE],
    days: &[column::OPENED, column::CLOSED, column::JOINED],
    things: "branches",
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    FORM.read(input, intake, |row, intake| {
        if row.get(column::CODE).starts_with('W') {
            intake.leave_out("branches in Wales");
            return None;
        }
        Some(Waiting::of(tables::site::Row {
            site: intake.code::<SiteCode>(row, column::CODE)?.into(),
            practice: intake.code::<PracticeCode>(row, column::COMMISSIONER)?.into(),
            name: row.get(column::NAME).into(),
            postcode: row.get(column::POSTCODE).into(),
            opened: headerless::day(row, column::OPENED).as_str().into(),
            closed: headerless::day(row, column::CLOSED).as_str().into(),
        }))
    })?;
    Ok(())
}
