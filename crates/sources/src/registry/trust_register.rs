//! The register of NHS trusts (etr), with their ICB.
//!
//! No header, the twenty-seven columns of every register of the Organisation Data Service; trusts that were dissolved
//! stay on it with their last day.

use evidence::tables;
use vocab::codes::ProviderCode;

use super::organisation_register::column;
use crate::headerless::{self, Form};
use crate::input::Input;
use crate::intake::Intake;
use crate::sample::{Format, Match, Sample};
use crate::source::{ReadError, Source};
use crate::value;

/// The register of trusts.
pub static SOURCE: Source = Source {
    id: "trust_register",
    title: "Organisation Data Service: NHS trusts (etr)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "NHS trusts and foundation trusts, open or closed, with their ICB.",
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let first = sample.rows.first()?;
    let code = first.first()?.trim();
    let opened = value::day(first.get(column::OPENED)?);
    let is = sample.format == Format::Text
        && first.len() == column::ALL
        && code.len() == 3
        && code.starts_with(['R', 'T'])
        && ProviderCode::is_valid(code)
        && opened.is_some();
    is.then_some(Match { header_row: None, era: "" })
}

const FORM: Form = Form {
    table: &tables::PROVIDER,
    width: column::ALL,
    key: &[column::CODE],
    days: &[column::OPENED, column::CLOSED],
    things: "trusts",
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    FORM.read(input, intake, |row, intake| {
        Some(vec![
            intake.code::<ProviderCode>(row, column::CODE)?.to_owned(),
            row.get(column::NAME).to_owned(),
            row.get(column::POSTCODE).to_owned(),
            row.get(column::ICB).to_owned(),
            headerless::day(row, column::OPENED),
            headerless::day(row, column::CLOSED),
        ])
    })?;
    Ok(())
}
