//! Succession (succ): which organisation took over from one that closed, and on which day in law.
//!
//! Only direct successors are listed: a chain of mergers is followed link by link. A practice whose list was dispersed
//! has no successor at all.

use std::collections::BTreeMap;

use evidence::{Cell, tables};
use jiff::civil::Date;
use vocab::Period;
use vocab::codes::ProviderCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Format, Match, Sample};
use crate::source::{ReadError, Source};
use crate::value;

/// Succession of organisations.
pub static SOURCE: Source = Source {
    id: "succession",
    title: "Organisation Data Service: succession (succ)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Who took over from organisations that closed. Not every closed practice has a successor: some lists are dispersed.",
    recognise,
    read,
};

/// Columns of the file, by position: it has no header.
mod column {
    pub const CLOSED: usize = 0;
    pub const SUCCESSOR: usize = 1;
    pub const REASON: usize = 2;
    pub const DAY: usize = 3;
    pub const ALL: usize = 5;
}

fn recognise(sample: &Sample) -> Option<Match> {
    let first = sample.rows.first()?;
    let is = sample.format == Format::Text
        && first.len() == column::ALL
        && ProviderCode::is_valid(first.first()?.trim())
        && ProviderCode::is_valid(first.get(column::SUCCESSOR)?.trim())
        && value::day(first.get(column::DAY)?).is_some();
    is.then_some(Match { header_row: None, era: "" })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut rows: Vec<[String; 4]> = Vec::new();
    let (mut once, mut edition) = (Once::default(), None::<Date>);
    input.each(intake, |row, intake| {
        if row.len() != column::ALL {
            intake.problem(row, 0, format!("the row has {} cells", row.len()), "5 cells");
            return Ok(());
        }
        let (Some(closed), Some(successor), Some(day)) = (
            intake.code::<ProviderCode>(row, column::CLOSED),
            intake.code::<ProviderCode>(row, column::SUCCESSOR),
            intake.day(row, column::DAY),
        ) else {
            return Ok(());
        };
        if closed == successor {
            intake.problem(row, column::SUCCESSOR, "succeeds itself", "the code of another organisation");
            return Ok(());
        }
        if !once.first(row, &[column::CLOSED, column::SUCCESSOR], intake) {
            return Ok(());
        }
        edition = edition.max(Some(day));
        let reason = row.get(column::REASON).to_owned();
        rows.push([closed.to_owned(), successor.to_owned(), day.to_string(), reason]);
        Ok(())
    })?;
    let Some(edition) = edition else { return Ok(()) };
    intake.edition(Period::Day(edition));
    let mut successors: BTreeMap<&str, u32> = BTreeMap::new();
    for row in &rows {
        *successors.entry(row.first().map_or("", String::as_str)).or_default() += 1;
        intake.push(&tables::SUCCESSOR, Period::Day(edition), &row.each_ref().map(Cell::from))?;
    }
    let several = successors.values().filter(|count| **count > 1).count();
    if several > 0 {
        intake.remark(format!("{several} organisations were divided among several successors"));
    }
    Ok(())
}
