//! Succession (succ): which organisation took over from one that closed, and on which day in law.
//!
//! Only direct successors are listed: a chain of mergers is followed link by link. A practice whose list was dispersed
//! has no successor at all.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::codes::ProviderCode;

use crate::headerless::{self, Form};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::value;
use crate::waiting::Waiting;

/// Succession of organisations.
pub static SOURCE: Source = Source {
    id: "succession",
    title: "Organisation Data Service: succession (succ)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Who took over from organisations that closed. Not every closed practice has a successor: some lists are dispersed.",
    writes: &[&tables::SUCCESSOR],
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
    headerless::recognise(sample, column::ALL, |row| {
        ProviderCode::is_valid(row[column::CLOSED])
            && ProviderCode::is_valid(row[column::SUCCESSOR])
            && value::day(row[column::DAY]).is_some()
    })
}

const FORM: Form = Form {
    width: column::ALL,
    key: &[column::CLOSED, column::SUCCESSOR],
    days: &[column::DAY],
    things: "successions",
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let rows = FORM.read(input, intake, |row, intake| {
        let closed = intake.code::<ProviderCode>(row, column::CLOSED)?;
        let successor = intake.code::<ProviderCode>(row, column::SUCCESSOR)?;
        let day = intake.day(row, column::DAY)?;
        if closed == successor {
            intake.problem(
                row,
                column::SUCCESSOR,
                "succeeds itself",
                "the code of another organisation",
            );
            return None;
        }
        Some(Waiting::of(tables::successor::Row {
            practice: closed.into(),
            successor: successor.into(),
            day: day.to_string().as_str().into(),
            reason: row.get(column::REASON).into(),
        }))
    })?;
    let mut successors: BTreeMap<&str, u32> = BTreeMap::new();
    for row in &rows {
        *successors.entry(row.text("practice").unwrap_or_default()).or_default() += 1;
    }
    let several = successors.values().filter(|count| **count > 1).count();
    if several > 0 {
        intake.remark(format!("{several} organisations were divided among several successors"));
    }
    Ok(())
}
