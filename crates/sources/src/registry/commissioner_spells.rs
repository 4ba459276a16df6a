//! Memberships of practices in commissioners over time (epcmem): primary care trusts, clinical commissioning groups and
//! their successors, each with first and last day.

use evidence::tables;
use vocab::codes::PracticeCode;

use crate::headerless::{self, Form};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::value;
use crate::waiting::Waiting;

/// Spells of practices under commissioners.
pub static SOURCE: Source = Source {
    id: "commissioner_spells",
    title: "Organisation Data Service: memberships of practices (epcmem)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Under which commissioner a practice stood, from when to when.",
    writes: &[&tables::COMMISSIONER_SPELL],
    recognise,
    read,
};

/// Columns of the file, by position: it has no header.
mod column {
    pub const PRACTICE: usize = 0;
    pub const COMMISSIONER: usize = 1;
    pub const KIND: usize = 2;
    pub const JOINED: usize = 3;
    pub const LEFT: usize = 4;
    pub const ALL: usize = 6;
}

fn recognise(sample: &Sample) -> Option<Match> {
    headerless::recognise(sample, column::ALL, |row| {
        PracticeCode::is_valid(row[column::PRACTICE])
            && row[column::KIND] == "W"
            && value::day(row[column::JOINED]).is_some()
    })
}

const FORM: Form = Form {
    width: column::ALL,
    key: &[column::PRACTICE, column::COMMISSIONER, column::JOINED],
    days: &[column::JOINED, column::LEFT],
    things: "spells",
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    FORM.read(input, intake, |row, intake| {
        let practice = intake.code::<PracticeCode>(row, column::PRACTICE)?;
        let first = intake.day(row, column::JOINED)?;
        let last = value::day(row.get(column::LEFT));
        if last.is_some_and(|last| last < first) {
            let rule = format!("the spell ends before it begins ({first})");
            intake.problem(row, column::LEFT, rule, "a last day on or after the first");
            return None;
        }
        let end = last.and_then(|last| last.tomorrow().ok()).map(|day| day.to_string());
        Some(Waiting::of(tables::commissioner_spell::Row {
            practice: practice.into(),
            commissioner: row.get(column::COMMISSIONER).into(),
            start: first.to_string().as_str().into(),
            end: end.as_deref().into(),
        }))
    })?;
    Ok(())
}
