//! Indicators of the Network Contract, by practice and by field of each indicator; and the lists that describe them.
//!
//! What can be had in public is a synthetic sample in the real layout: its figures are not of the practices named, and a
//! file that calls itself synthetic is left alone whatever it is of. The lists that describe the indicators hold no figures.

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Indicators of the Network Contract.
pub static SOURCE: Source = Source {
    id: "network_contract",
    title: "Network Contract Directed Enhanced Service: indicators",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/mi-network-contract-des",
    cadence: "monthly",
    about: "Counts behind the indicators of the Network Contract. Management information: as returned, unchecked by the publisher.",
    writes: &[&tables::NETWORK_INDICATOR],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample
        .matches(
            &["QUALITY_SERVICE", "ORG_CODE", "ACH_DATE", "IND_CODE", "FIELD_NAME", "VALUE"],
            "figures",
        )
        .or_else(|| {
            sample
                .matches(&["SERVICE_YEAR", "IND_CODE", "FIELD_NAME", "SHORT_NAME"], "descriptions")
        })
        .or_else(|| {
            sample.matches(
                &["SERVICE_YEAR", "INDICATOR_ID", "INDICATOR_DESCRIPTION", "MEASURE"],
                "descriptions",
            )
        })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    if input.era == "descriptions" {
        intake.remark("describes indicators and holds no figures: nothing is kept of it");
        intake.only_describes();
        return input.each(intake, |_, intake| {
            intake.leave_out("descriptions of indicators");
            Ok(())
        });
    }
    let practice = input.column(&["ORG_CODE"], intake)?;
    let date = input.column(&["ACH_DATE"], intake)?;
    let indicator = input.column(&["IND_CODE"], intake)?;
    let field = input.column(&["FIELD_NAME"], intake)?;
    let figure = input.column(&["VALUE"], intake)?;
    let latest = input.optional(&["LAST_SUBMISSION"]);
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if latest.is_some_and(|column| row.get(column) == "N") {
            intake.leave_out("submissions that a later one replaced");
            return Ok(());
        }
        let (Some(code), Some(day), Some(count)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.day(row, date),
            intake.count(row, figure),
        ) else {
            return Ok(());
        };
        if !once.first(row, &[practice, indicator, field, date], intake) {
            return Ok(());
        }
        intake.edition(Period::Day(day));
        let row = tables::network_indicator::Row {
            practice: code.into(),
            indicator: row.get(indicator).into(),
            field: row.get(field).into(),
            value: count.into(),
        };
        intake.add(Period::Day(day), row)
    })
}
