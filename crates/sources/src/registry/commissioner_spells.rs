//! Memberships of practices in commissioners over time (epcmem): primary care trusts, clinical commissioning groups and
//! their successors, each with first and last day.

use evidence::{Cell, tables};
use jiff::civil::Date;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Format, Match, Sample};
use crate::source::{ReadError, Source};
use crate::value;

/// Spells of practices under commissioners.
pub static SOURCE: Source = Source {
    id: "commissioner_spells",
    title: "Organisation Data Service: memberships of practices (epcmem)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Under which commissioner a practice stood, from when to when.",
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
    let first = sample.rows.first()?;
    let is = sample.format == Format::Text
        && first.len() == column::ALL
        && PracticeCode::is_valid(first.first()?.trim())
        && first.get(column::KIND)?.trim() == "W"
        && value::day(first.get(column::JOINED)?).is_some();
    is.then_some(Match { header_row: None, era: "" })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut rows: Vec<[String; 4]> = Vec::new();
    let (mut once, mut edition) = (Once::default(), None::<Date>);
    input.each(intake, |row, intake| {
        if row.len() != column::ALL {
            intake.problem(row, 0, format!("the row has {} cells", row.len()), "6 cells");
            return Ok(());
        }
        let (Some(practice), Some(first)) = (
            intake.code::<PracticeCode>(row, column::PRACTICE),
            intake.day(row, column::JOINED),
        ) else {
            return Ok(());
        };
        let last = value::day(row.get(column::LEFT));
        if last.is_some_and(|last| last < first) {
            let rule = format!("the spell ends before it begins ({first})");
            intake.problem(row, column::LEFT, rule, "a last day on or after the first");
            return Ok(());
        }
        if !once.first(row, &[column::PRACTICE, column::COMMISSIONER, column::JOINED], intake) {
            return Ok(());
        }
        edition = edition.max(Some(first)).max(last);
        let end = last.and_then(|last| last.tomorrow().ok()).map(|day| day.to_string());
        let commissioner = row.get(column::COMMISSIONER).to_owned();
        rows.push([practice.to_owned(), commissioner, first.to_string(), end.unwrap_or_default()]);
        Ok(())
    })?;
    let Some(edition) = edition else { return Ok(()) };
    intake.edition(Period::Day(edition));
    for row in &rows {
        let cells = row.each_ref().map(Cell::from);
        intake.push(&tables::COMMISSIONER_SPELL, Period::Day(edition), &cells)?;
    }
    intake.check("there are spells", !rows.is_empty(), format!("{} spells", rows.len()));
    Ok(())
}
