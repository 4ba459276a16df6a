//! Calls to practices by cloud based telephony, by band of wait and hours.
//!
//! Laid out as in a real file of June 2026, of which only the part that belongs to no practice could be had: practices
//! have the same columns. What the publisher assigns to no practice stands as `unassigned` and is counted in a remark.

use std::collections::BTreeSet;

use evidence::{Cell, tables};
use vocab::codes::PracticeCode;
use vocab::{Month, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::{ReadError, Source};

/// Cloud based telephony.
pub static SOURCE: Source = Source {
    id: "telephony",
    title: "Cloud Based Telephony Data in General Practice",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/cloud-based-telephony-data-in-general-practice",
    cadence: "monthly",
    about: "Calls by how long they waited, within and outside core hours. A practice without cloud based telephony, or whose supplier gave nothing, is absent, not nought.",
    recognise,
    read,
};

const COLUMNS: [&str; 6] = ["Date", "PRACTICE_CODE", "Indicator", "Wait_Time", "Core_Category", "Value"];

/// Words that stand in place of a practice.
const NO_PRACTICE: [&str; 3] = ["unassigned", "unmapped", "unknown"];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&COLUMNS, "")
}

/// The practice of a row, or `unassigned` where the publisher assigns the calls to none.
fn practice<'r>(row: &Row<'r>, column: usize, intake: &mut Intake) -> Option<&'r str> {
    if NO_PRACTICE.iter().any(|word| row.get(column).eq_ignore_ascii_case(word)) {
        return Some("unassigned");
    }
    intake.code::<PracticeCode>(row, column)
}

/// Within core hours or not: `Core_10_1830`, `Non-Core`.
fn hours(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        _ if lower.starts_with("non") => Some("outside_core"),
        _ if lower.starts_with("core") => Some("core"),
        _ => None,
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = input.column(&[name], intake)?;
    }
    let [date, practice_at, indicator, wait, category, value] = at;
    let key: Vec<usize> = (0..input.header().len()).filter(|column| *column != value).collect();
    let (mut once, mut practices, mut calls, mut unassigned) = (Once::default(), BTreeSet::new(), 0.0, 0.0);
    input.each(intake, |row, intake| {
        let (Some(code), Some(day), Some(hours), Some(figure)) = (
            practice(row, practice_at, intake),
            intake.day(row, date),
            intake.word(row, category, hours, "Core_10_1830 or Non-Core"),
            intake.figure(row, value),
        ) else {
            return Ok(());
        };
        if !once.first(row, &key, intake) {
            return Ok(());
        }
        let period = Period::Month(Month::of(day));
        intake.edition(period);
        let number = figure.value().unwrap_or_default();
        calls += number;
        if code == "unassigned" {
            unassigned += number;
        } else {
            practices.extend(code.parse::<PracticeCode>().ok());
        }
        let day = day.to_string();
        let cells = [
            Cell::from(code),
            Cell::from(&day),
            Cell::from(row.get(indicator)),
            Cell::from(row.get(wait)),
            Cell::Text(hours),
            Cell::from(figure.value()),
            Cell::from(figure.mark()),
        ];
        intake.push(&tables::CALL, period, &cells)
    })?;
    if unassigned > 0.0 {
        intake.remark(format!("{unassigned} of {calls} calls are assigned to no practice and stand as `unassigned`"));
    }
    intake.check("there are calls", calls > 0.0, format!("{} practices, {calls} calls", practices.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "Date,REGION_CODE,ICB_CODE,SUB_ICB_LOCATION_CODE,PCN_CODE,PRACTICE_CODE,Indicator,Wait_Time,Core_Category,Value\n";

    #[test]
    fn calls_of_no_practice_are_unassigned_and_counted() {
        let rows = "2026-06-01,Y99,QZZ,00L,U99999,Z99001,CBT003,0,Core_10_1830,50.0\n2026-06-01,Unmapped,Unmapped,Unmapped,Unmapped,Unassigned,CBT003,121_180,Non-Core,9.0\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let expected = [
            "Z99001|2026-06-01|CBT003|0|core|50|value",
            "unassigned|2026-06-01|CBT003|121_180|outside_core|9|value",
        ];
        assert_eq!(trial.rows("call", "2026-06"), expected, "{}", trial.problems());
        assert!(trial.remarks().contains("9 of 59 calls"), "{}", trial.remarks());
    }

    #[test]
    fn a_row_printed_twice_is_refused() {
        let row = "2026-06-01,Y99,QZZ,00L,U99999,Z99001,CBT003,0,Core_10_1830,50.0\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{row}{row}"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}
