//! Attendances at emergency departments and emergency admissions, month by month, for ICBs and for trusts.
//!
//! Read in the publisher's own layout (one month a file, a row of totals at the end) and in the tidied layouts of others.
//! Fourteen trusts tested other standards until 2023 and have no figure for waits over four hours: missing, not nought.

use std::collections::BTreeMap;

use evidence::{Cell, tables};
use vocab::{Observed, Period};
use vocab::codes::{NhsGeographyCode, ProviderCode};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::{ReadError, Source};

/// Attendances at emergency departments.
pub static SOURCE: Source = Source {
    id: "urgent_care",
    title: "A&E attendances and emergency admissions",
    publisher: "NHS England",
    landing_page: "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/",
    cadence: "monthly",
    about: "Attendances, waits over four hours and emergency admissions by trust or ICB. Not published by practice. Booked appointments are counted apart.",
    recognise,
    read,
};

/// A measure, and the beginnings of the names of the columns that add up to it.
type Measure = (&'static str, &'static [&'static str]);

const RAW: [Measure; 9] = [
    ("attendances", &["a&e attendances type", "a&e attendances other", "number of a&e attendances"]),
    ("attendances_type_1", &["a&e attendances type 1", "number of a&e attendances type 1"]),
    ("attendances_type_2", &["a&e attendances type 2", "number of a&e attendances type 2"]),
    ("attendances_other", &["a&e attendances other", "number of a&e attendances other"]),
    ("booked_attendances", &["a&e attendances booked"]),
    ("attendances_over_4_hours", &["attendances over 4hrs type", "attendances over 4hrs other", "number of attendances over 4hrs"]),
    ("waits_4_to_12_hours_for_admission", &["patients who have waited 4-12"]),
    ("waits_over_12_hours_for_admission", &["patients who have waited 12+"]),
    ("emergency_admissions", &["emergency admissions via", "other emergency admissions"]),
];
const TIDY: [Measure; 4] = [
    ("attendances", &["total_attendances"]),
    ("attendances_over_4_hours", &["attendances_over_4hours"]),
    ("emergency_admissions", &["total_emergency_admissions"]),
    ("emergency_admissions_over_4_hours", &["emergency_admissions_over_4hours"]),
];
const TIDY_ICB: [&str; 2] = ["icb22_code", "icb23_code"];
const TIDY_TRUST: [&str; 3] = ["nhs_trust22_code", "nhs_trust_code", "trust_code"];

fn recognise(sample: &Sample) -> Option<Match> {
    let tidy = |code: &str, era| sample.matches(&[code, "total_attendances", "date"], era);
    TIDY_ICB
        .iter()
        .find_map(|code| tidy(code, "icb"))
        .or_else(|| TIDY_TRUST.iter().find_map(|code| tidy(code, "provider")))
        .or_else(|| sample.matches(&["Period", "Org Code", "Org name", "A&E attendances Type 1"], "raw"))
        .or_else(|| sample.matches(&["Period", "Org Code", "Org name", "Number of A&E attendances Type 1"], "raw"))
}

/// The columns of every measure that the file has.
fn columns_of(names: &[String], measures: &'static [Measure]) -> Vec<(&'static str, Vec<usize>)> {
    let tidy = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let names: Vec<String> = names.iter().map(tidy).collect();
    let matching = |beginnings: &[&str]| -> Vec<usize> {
        let begins = |name: &String| beginnings.iter().any(|beginning| name.starts_with(beginning));
        (0..names.len()).filter(|at| names.get(*at).is_some_and(begins)).collect()
    };
    measures
        .iter()
        .map(|(measure, beginnings)| (*measure, matching(beginnings)))
        .filter(|(_, columns)| !columns.is_empty())
        .collect()
}

/// The sum of some columns; missing when one of them is.
fn sum(row: &Row<'_>, columns: &[usize], intake: &mut Intake) -> Option<Observed<f64>> {
    let mut total = 0.0;
    for column in columns {
        match intake.figure(row, *column)? {
            Observed::Value(count) if count >= 0.0 && count.fract() == 0.0 => total += count,
            Observed::Value(_) => {
                intake.problem(row, *column, "is not a count", "a whole number, nought or more");
                return None;
            }
            other => return Some(other),
        }
    }
    Some(Observed::Value(total))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let raw = input.era == "raw";
    let codes: Vec<&str> = TIDY_ICB.into_iter().chain(TIDY_TRUST).chain(["Org Code"]).collect();
    let organisation = input.column(&codes, intake)?;
    let date = input.column(&["Period", "date"], intake)?;
    let measures = columns_of(input.header().names(), if raw { &RAW } else { &TIDY });
    let level = if input.era == "icb" { "icb" } else { "provider" };
    let (mut once, mut totals) = (Once::default(), Totals::default());
    input.each(intake, |row, intake| {
        let is_total = row.get(organisation).is_empty() || row.get(organisation).eq_ignore_ascii_case("total");
        if is_total {
            for (measure, columns) in &measures {
                let printed = sum(row, columns, intake).and_then(Observed::value);
                totals.printed.extend(printed.map(|printed| (*measure, printed)));
            }
            intake.leave_out("the row of totals");
            return Ok(());
        }
        let code = if level == "icb" {
            intake.code::<NhsGeographyCode>(row, organisation)
        } else {
            intake.code::<ProviderCode>(row, organisation)
        };
        let (Some(code), Some(period)) = (code, month(row, date, intake)) else { return Ok(()) };
        if !once.first(row, &[organisation, date], intake) {
            return Ok(());
        }
        intake.edition(period);
        for (measure, columns) in &measures {
            let Some(figure) = sum(row, columns, intake) else { return Ok(()) };
            *totals.added.entry(measure).or_default() += figure.value().unwrap_or(0.0);
            let cells = [
                Cell::from(code),
                Cell::from(level),
                Cell::from(*measure),
                Cell::from(figure.value()),
                Cell::from(figure.mark()),
            ];
            intake.push(&tables::URGENT, period, &cells)?;
        }
        Ok(())
    })?;
    totals.check(intake);
    Ok(())
}

/// The month of a row: `MSitAE-APRIL-2025`, `April 2022` or a day within it.
fn month(row: &Row<'_>, column: usize, intake: &mut Intake) -> Option<Period> {
    let text = row.get(column);
    let month = crate::value::month(text.trim_start_matches("MSitAE-"));
    if month.is_none() {
        intake.problem(row, column, "is not a month", "a month such as MSitAE-APRIL-2025 or April 2025");
    }
    month.map(Period::Month)
}

/// What the rows add up to, and the totals printed in the file.
#[derive(Default)]
struct Totals {
    added: BTreeMap<&'static str, f64>,
    printed: BTreeMap<&'static str, f64>,
}

impl Totals {
    fn check(&self, intake: &mut Intake) {
        let attendances = self.added.get("attendances").copied().unwrap_or(0.0);
        intake.check("there are attendances", attendances > 0.0, format!("{attendances} attendances in all"));
        let differs = |(measure, printed): (&&str, &f64)| {
            let added = self.added.get(*measure).copied().unwrap_or(0.0);
            printed.total_cmp(&added).is_ne().then(|| format!("{measure}: {added} against {printed}"))
        };
        let differing: Vec<String> = self.printed.iter().filter_map(differs).collect();
        if !self.printed.is_empty() {
            let detail = format!("{} totals compared; {}", self.printed.len(), differing.join(", "));
            intake.check("the rows add up to the printed totals", differing.is_empty(), detail);
        }
    }
}
