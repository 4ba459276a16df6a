//! Calls to practices by cloud based telephony, by day and either time of the day, length or wait.
//!
//! The publication splits the same calls in three ways, in three files of one layout but for the columns of the split;
//! each file is a split of its own here, so that no call counts twice. Laid out as in a real file of waits of June 2026, of
//! which only the part that belongs to no practice could be had; the other two layouts (`Time_Category`, `Duration`) are
//! those that public readers of the publication name, for no real file of them could be had. Calls of an account that
//! several practices share are printed under no practice: they are kept without one and counted in a remark.

use std::collections::BTreeSet;

use evidence::tables;
use vocab::codes::{PracticeCode, RegionCode};
use vocab::{Month, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Cloud based telephony.
pub static SOURCE: Source = Source {
    id: "telephony",
    title: "Cloud Based Telephony Data in General Practice",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/cloud-based-telephony-data-in-general-practice",
    cadence: "monthly",
    about: "Calls by day with the time, the length or the wait. A practice without cloud based telephony, or whose supplier gave nothing, is absent, not nought; calls of an account that practices share stand under none. The wait was measured otherwise by one supplier until May 2026.",
    writes: &[&tables::CALL],
    recognise,
    read,
};

const COLUMNS: [&str; 5] = ["Date", "REGION_CODE", "PRACTICE_CODE", "Indicator", "Value"];
/// The column of the split, and its word in the table.
const SPLITS: [(&str, &str); 3] =
    [("Time_Category", "time"), ("Duration", "duration"), ("Wait_Time", "wait")];
const HOURS: &str = "Core_Category";

/// Words that stand in place of a practice or a region.
const NONE: [&str; 3] = ["unassigned", "unmapped", "unknown"];

fn recognise(sample: &Sample) -> Option<Match> {
    let with = |(column, split): &(&'static str, &'static str)| {
        sample.matches(&[COLUMNS.as_slice(), &[*column]].concat(), split)
    };
    SPLITS.iter().find_map(with)
}

/// The code of a cell; empty where a word says that there is none.
fn code_or_none<'r, C>(row: &Row<'r>, column: usize, intake: &mut Intake) -> Option<&'r str>
where
    C: std::str::FromStr<Err = vocab::CodeError>,
{
    if NONE.iter().any(|word| row.get(column).eq_ignore_ascii_case(word)) {
        return Some("");
    }
    intake.code::<C>(row, column)
}

/// Within core hours or not: `Core_10_1830`, `Core_8_10`, `Non-Core`.
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
    let [date, region_at, practice_at, indicator, value] = at;
    let split = input.era;
    let named = SPLITS.iter().filter(|(_, word)| *word == split).map(|(column, _)| *column);
    let band = input.column(&named.collect::<Vec<_>>(), intake)?;
    let hours_at = input.optional(&[HOURS]);
    let key: Vec<usize> = (0..input.header().len()).filter(|column| *column != value).collect();
    let (mut once, mut counted) = (Once::default(), Counted::default());
    input.each(intake, |row, intake| {
        let (Some(practice), Some(region), Some(day), Some(figure)) = (
            code_or_none::<PracticeCode>(row, practice_at, intake),
            code_or_none::<RegionCode>(row, region_at, intake),
            intake.day(row, date),
            intake.figure(row, value),
        ) else {
            return Ok(());
        };
        let within = match hours_at {
            Some(column) => intake.word(row, column, hours, "Core_8_10, Core_10_1830 or Non-Core"),
            None => Some(""),
        };
        let Some(within) = within.filter(|_| once.first(row, &key, intake)) else { return Ok(()) };
        let period = Period::Month(Month::of(day));
        intake.edition(period);
        counted.add(practice, figure.value().unwrap_or_default());
        let day = day.to_string();
        let row = tables::call::Row {
            practice: practice.into(),
            region: region.into(),
            day: day.as_str().into(),
            indicator: row.get(indicator).into(),
            split: split.into(),
            band: row.get(band).into(),
            hours: within.into(),
            calls: figure.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, row)
    })?;
    counted.tell(intake);
    Ok(())
}

/// The rows of calls that were met. An indicator counts part of the calls of another, so that their sum is no number of
/// calls: it tells only whether there were any.
#[derive(Default)]
struct Counted {
    practices: BTreeSet<PracticeCode>,
    sum: f64,
    of_no_practice: f64,
}

impl Counted {
    fn add(&mut self, practice: &str, number: f64) {
        self.sum += number;
        match practice.parse() {
            Ok(practice) => {
                self.practices.insert(practice);
            }
            Err(_) => self.of_no_practice += number,
        }
    }

    fn tell(&self, intake: &mut Intake) {
        let (sum, practices) = (self.sum, self.practices.len());
        if self.of_no_practice > 0.0 {
            intake.remark(format!(
                "{:.1}% of what it counts is of accounts that belong to no one practice, and is in no practice's figure",
                100.0 * self.of_no_practice / sum
            ));
        }
        intake.check(
            "there are calls",
            sum > 0.0,
            format!("{practices} practices; all rows add up to {sum}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const BEFORE: &str =
        "Date,REGION_CODE,ICB_CODE,SUB_ICB_LOCATION_CODE,PCN_CODE,PRACTICE_CODE,Indicator";
    const PRACTICE: &str = "2026-06-01,Y99,QZZ,00L,U99999,Z99001";
    const SHARED: &str = "2026-06-01,Unmapped,Unmapped,Unmapped,Unmapped,Unassigned";

    #[test]
    fn calls_of_no_practice_are_kept_without_one_and_told() {
        let rows = format!(
            "{PRACTICE},CBT003,0,Core_10_1830,51.0\n{SHARED},CBT003,121_180,Non-Core,9.0\n"
        );
        let trial = Trial::of("a.csv", format!("{BEFORE},Wait_Time,Core_Category,Value\n{rows}"));
        let expected = [
            "Z99001|Y99|2026-06-01|CBT003|wait|0|core|51|value",
            "||2026-06-01|CBT003|wait|121_180|outside_core|9|value",
        ];
        assert_eq!(trial.rows("call", "2026-06"), expected, "{}", trial.problems());
        assert!(trial.remarks().contains("15.0% of what it counts"), "{}", trial.remarks());
    }

    #[test]
    fn times_and_lengths_are_splits_of_their_own() {
        for (column, band, split) in
            [("Time_Category", "08:00-09:59", "time"), ("Duration", "61_120", "duration")]
        {
            let trial = Trial::of(
                "a.csv",
                format!("{BEFORE},{column},Value\n{PRACTICE},CBT001,{band},7\n"),
            );
            let expected = [format!("Z99001|Y99|2026-06-01|CBT001|{split}|{band}||7|value")];
            assert_eq!(trial.rows("call", "2026-06"), expected, "{}", trial.problems());
        }
    }

    #[test]
    fn a_row_printed_twice_with_other_calls_is_refused() {
        let row = format!("{PRACTICE},CBT001,08:00-09:59,50.0\n");
        let trial = Trial::of(
            "a.csv",
            format!("{BEFORE},Time_Category,Value\n{row}{}", row.replace("50.0", "51.0")),
        );
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}
