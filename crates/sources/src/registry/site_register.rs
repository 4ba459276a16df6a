//! The register of branch surgeries (ebranchs): buildings that a practice works from besides its main one.
//!
//! The file has no header and the twenty-seven columns of every register of the Organisation Data Service. Branches that
//! closed stay on it with their last day.

use evidence::{Cell, tables};
use jiff::civil::Date;
use vocab::Period;
use vocab::codes::{PracticeCode, SiteCode};

use super::organisation_register::column;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Format, Match, Sample};
use crate::source::{ReadError, Source};
use crate::value;

/// The register of branch surgeries.
pub static SOURCE: Source = Source {
    id: "site_register",
    title: "Organisation Data Service: branch surgeries (ebranchs)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Branch surgeries, open or closed, with their practice. A practice's main building is not on it.",
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let first = sample.rows.first()?;
    let is = sample.format == Format::Text
        && first.len() == column::ALL
        && SiteCode::is_valid(first.first()?.trim())
        && PracticeCode::is_valid(first.get(column::COMMISSIONER)?.trim());
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
        if row.get(column::CODE).starts_with('W') {
            intake.leave_out("branches in Wales");
            return Ok(());
        }
        let (Some(site), Some(practice)) = (
            intake.code::<SiteCode>(row, column::CODE),
            intake.code::<PracticeCode>(row, column::COMMISSIONER),
        ) else {
            return Ok(());
        };
        if !once.first(row, &[column::CODE], intake) {
            return Ok(());
        }
        let day = |position: usize| value::day(row.get(position));
        edition = edition.max(day(column::OPENED)).max(day(column::CLOSED)).max(day(column::JOINED));
        let date = |position: usize| day(position).map(|day| day.to_string()).unwrap_or_default();
        rows.push([
            site.to_owned(),
            practice.to_owned(),
            row.get(column::NAME).to_owned(),
            row.get(column::POSTCODE).to_owned(),
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
        intake.push(&tables::SITE, period, &row.each_ref().map(Cell::from))?;
    }
    intake.check("there are branches", !rows.is_empty(), format!("{} branches", rows.len()));
    Ok(())
}
