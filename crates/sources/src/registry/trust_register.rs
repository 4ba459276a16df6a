//! The register of NHS trusts (etr), with their ICB.
//!
//! No header, the twenty-seven columns of every register of the Organisation Data Service; trusts that were dissolved
//! stay on it with their last day.

use evidence::{Cell, tables};
use jiff::civil::Date;
use vocab::Period;
use vocab::codes::ProviderCode;

use super::organisation_register::column;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
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

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut rows: Vec<[String; 6]> = Vec::new();
    let (mut once, mut edition) = (Once::default(), None::<Date>);
    input.each(intake, |row, intake| {
        if row.len() != column::ALL {
            intake.problem(row, 0, format!("the row has {} cells", row.len()), "27 cells");
            return Ok(());
        }
        let Some(code) = intake.code::<ProviderCode>(row, column::CODE) else { return Ok(()) };
        if !once.first(row, &[column::CODE], intake) {
            return Ok(());
        }
        let day = |position: usize| value::day(row.get(position));
        edition = edition.max(day(column::OPENED)).max(day(column::CLOSED));
        let date = |position: usize| day(position).map(|day| day.to_string()).unwrap_or_default();
        rows.push([
            code.to_owned(),
            row.get(column::NAME).to_owned(),
            row.get(column::POSTCODE).to_owned(),
            row.get(column::ICB).to_owned(),
            date(column::OPENED),
            date(column::CLOSED),
        ]);
        Ok(())
    })?;
    let period = match edition {
        Some(day) => Period::Day(day),
        None => intake.undated(),
    };
    intake.edition(period);
    for row in &rows {
        intake.push(&tables::PROVIDER, period, &row.each_ref().map(Cell::from))?;
    }
    intake.check("there are trusts", !rows.is_empty(), format!("{} trusts", rows.len()));
    Ok(())
}
