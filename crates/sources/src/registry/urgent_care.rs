//! Attendances at emergency departments and emergency admissions, month by month, for ICBs and for trusts.
//!
//! Read in the publisher's own layout (one month a file, a row of totals at the end), from the monthly workbook with its
//! sheets by system and by provider, or one of these as a file, and in the tidied layouts of others. The sheets repeat
//! their headings for attendances, those within and those over four hours; the sheets of booked appointments and of
//! trusts' footprints hold the same attendances again and are not read. All are real layouts, the sheets of June 2025.
//! Fourteen trusts tested other standards until 2023 and have no figure for waits over four hours: missing, not nought.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::codes::{IcbCode, NhsGeographyCode, ProviderCode};
use vocab::{Observed, Period};

use crate::edition;
use crate::header::Header;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Attendances at emergency departments.
pub static SOURCE: Source = Source {
    id: "urgent_care",
    title: "A&E attendances and emergency admissions",
    publisher: "NHS England",
    landing_page: "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/",
    cadence: "monthly",
    about: "Attendances, waits over four hours and emergency admissions by trust or ICB. Not published by practice. Booked appointments are counted apart.",
    writes: &[&tables::URGENT],
    recognise,
    read,
};

/// A measure, and the beginnings of the names of the columns that add up to it.
type Measure = (&'static str, &'static [&'static str]);

const RAW: [Measure; 9] = [
    (
        "attendances",
        &["a&e attendances type", "a&e attendances other", "number of a&e attendances"],
    ),
    ("attendances_type_1", &["a&e attendances type 1", "number of a&e attendances type 1"]),
    ("attendances_type_2", &["a&e attendances type 2", "number of a&e attendances type 2"]),
    ("attendances_other", &["a&e attendances other", "number of a&e attendances other"]),
    ("booked_attendances", &["a&e attendances booked"]),
    (
        "attendances_over_4_hours",
        &[
            "attendances over 4hrs type",
            "attendances over 4hrs other",
            "number of attendances over 4hrs",
        ],
    ),
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

/// Headings of the sheets: where a block of attendances by type ends, and the measures that stand in one column.
const ALL: &str = "Total attendances";
const OVER_4_HOURS: &str = "Total Attendances > 4 hours";
const TYPES: [(&str, usize); 3] =
    [("attendances_type_1", 3), ("attendances_type_2", 2), ("attendances_other", 1)];
const SINGLE: [(&str, &str); 5] = [
    ("attendances", ALL),
    ("attendances_over_4_hours", OVER_4_HOURS),
    ("emergency_admissions", "Total Emergency Admissions"),
    (
        "waits_over_4_hours_for_admission",
        "Number of patients spending >4 hours from decision to admit to admission",
    ),
    (
        "waits_over_12_hours_for_admission",
        "Number of patients spending >12 hours from decision to admit to admission",
    ),
];
const BY_PROVIDER: &str = "sheet by provider";
const BY_BOARD: &str = "sheet by system";

/// A sheet of the monthly workbook; the one without booked appointments is laid out like the one with them.
fn sheet(sample: &Sample) -> Option<Match> {
    let measures = SINGLE.map(|(_, heading)| heading);
    let with = |first: &[&'static str], era| sample.matches(&[first, &measures].concat(), era);
    let found = with(&["Code", "Region", "Name"], BY_PROVIDER)
        .or_else(|| with(&["Code", "System"], BY_BOARD))?;
    let above = sample.rows.iter().take(found.header_row.unwrap_or(0)).flatten();
    let part = |text: &String| text.trim().to_ascii_lowercase().starts_with("non-booked");
    let is_part = above.chain([&sample.sheet]).any(part);
    (!is_part).then_some(found)
}

/// The columns of the measures of a sheet; those by type only where the headings before the total are theirs.
fn columns_of_sheet(header: &Header) -> Vec<(&'static str, Vec<usize>)> {
    let single = SINGLE
        .iter()
        .filter_map(|(measure, heading)| Some((*measure, vec![header.position(&[heading])?])));
    let by_type = TYPES.iter().filter_map(|(measure, before)| {
        let column = header.position(&[ALL])?.checked_sub(*before)?;
        let number = format!("Type {}", 4 - before);
        header.written(column).starts_with(&number).then(|| (*measure, vec![column]))
    });
    single.chain(by_type).collect()
}

fn recognise(sample: &Sample) -> Option<Match> {
    if let Some(found) = sheet(sample) {
        return Some(found);
    }
    let tidy = |code: &str, era| sample.matches(&[code, "total_attendances", "date"], era);
    TIDY_ICB
        .iter()
        .find_map(|code| tidy(code, "icb"))
        .or_else(|| TIDY_TRUST.iter().find_map(|code| tidy(code, "provider")))
        .or_else(|| {
            sample.matches(&["Period", "Org Code", "Org name", "A&E attendances Type 1"], "raw")
        })
        .or_else(|| {
            sample.matches(
                &["Period", "Org Code", "Org name", "Number of A&E attendances Type 1"],
                "raw",
            )
        })
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
    let codes: Vec<&str> =
        TIDY_ICB.into_iter().chain(TIDY_TRUST).chain(["Org Code", "Code"]).collect();
    let organisation = input.column(&codes, intake)?;
    let of_sheet = [BY_PROVIDER, BY_BOARD].contains(&input.era);
    let dated = if of_sheet {
        Dated::Whole(Period::Month(edition::month_of_titles("Period:", input, intake)?))
    } else {
        Dated::Column(input.column(&["Period", "date"], intake)?)
    };
    let measures = match input.era {
        "raw" => columns_of(input.header().names(), &RAW),
        _ if of_sheet => columns_of_sheet(input.header()),
        _ => columns_of(input.header().names(), &TIDY),
    };
    let era = input.era;
    let level = if ["icb", BY_BOARD].contains(&era) { "icb" } else { "provider" };
    let (mut once, mut totals) = (Once::default(), Totals::default());
    input.each(intake, |row, intake| {
        if is_total(row.get(organisation)) {
            for (measure, columns) in &measures {
                let printed = sum(row, columns, intake).and_then(Observed::value);
                totals.printed.extend(printed.map(|printed| (*measure, printed)));
            }
            intake.leave_out("the row of totals");
            return Ok(());
        }
        let code = match era {
            "icb" => intake.code::<NhsGeographyCode>(row, organisation),
            BY_BOARD => intake.code::<IcbCode>(row, organisation),
            _ => intake.code::<ProviderCode>(row, organisation),
        };
        let (Some(code), Some(period)) = (code, dated.of(row, intake)) else { return Ok(()) };
        let key = [organisation, dated.column().unwrap_or(organisation)];
        if !once.first(row, &key, intake) {
            return Ok(());
        }
        intake.edition(period);
        for (measure, columns) in &measures {
            let Some(figure) = sum(row, columns, intake) else { return Ok(()) };
            *totals.added.entry(measure).or_default() += figure.value().unwrap_or(0.0);
            let row = tables::urgent::Row {
                organisation: code.into(),
                level: level.into(),
                measure: (*measure).into(),
                value: figure.value().into(),
                mark: figure.mark().into(),
            };
            intake.add(period, row)?;
        }
        Ok(())
    })?;
    totals.check(intake);
    Ok(())
}

fn is_total(code: &str) -> bool {
    ["", "-", "total", "england", "E92000001"].iter().any(|all| code.eq_ignore_ascii_case(all))
}

/// Where the month of a row stands.
enum Dated {
    /// In the titles or the name, for the whole file.
    Whole(Period),
    /// In a column.
    Column(usize),
}

impl Dated {
    fn of(&self, row: &Row<'_>, intake: &mut Intake) -> Option<Period> {
        match self {
            Self::Whole(period) => Some(*period),
            Self::Column(column) => month(row, *column, intake),
        }
    }

    const fn column(&self) -> Option<usize> {
        match self {
            Self::Whole(_) => None,
            Self::Column(column) => Some(*column),
        }
    }
}

/// The month of a row: `MSitAE-APRIL-2025`, `April 2022` or a day within it.
fn month(row: &Row<'_>, column: usize, intake: &mut Intake) -> Option<Period> {
    let named = row.get(column).strip_prefix("MSitAE-").and_then(crate::value::month);
    named.or_else(|| intake.month(row, column)).map(Period::Month)
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
        intake.check(
            "there are attendances",
            attendances > 0.0,
            format!("{attendances} attendances in all"),
        );
        let differs = |(measure, printed): (&&str, &f64)| {
            let added = self.added.get(*measure).copied().unwrap_or(0.0);
            printed
                .total_cmp(&added)
                .is_ne()
                .then(|| format!("{measure}: {added} against {printed}"))
        };
        let differing: Vec<String> = self.printed.iter().filter_map(differs).collect();
        if !self.printed.is_empty() {
            let detail =
                format!("{} totals compared; {}", self.printed.len(), differing.join(", "));
            intake.check("the rows add up to the printed totals", differing.is_empty(), detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    const BLOCKS: &str = "Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 3 Departments - Other A&E/Minor Injury Unit,Total attendances,Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 3 Departments - Other A&E/Minor Injury Unit,Total Attendances < 4 hours,Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 3 Departments - Other A&E/Minor Injury Unit,Total Attendances > 4 hours,Total Emergency Admissions,Number of patients spending >4 hours from decision to admit to admission,Number of patients spending >12 hours from decision to admit to admission";

    #[test]
    fn a_sheet_by_provider_repeats_its_headings_and_is_read_by_their_order() {
        let row = "RZ1,NORTH ,HOSPITAL,\"1,500\",20,300,\"1,820\",900,20,290,\"1,210\",600,0,10,610,450,81,7";
        let trial = Trial::of("June-2025-AE.csv", format!("Code,Region,Name,{BLOCKS}\n{row}\n"));
        let expected = [
            "RZ1|provider|attendances_other|300|value",
            "RZ1|provider|attendances_over_4_hours|610|value",
            "RZ1|provider|attendances_type_1|1500|value",
            "RZ1|provider|attendances_type_2|20|value",
            "RZ1|provider|attendances|1820|value",
            "RZ1|provider|emergency_admissions|450|value",
            "RZ1|provider|waits_over_12_hours_for_admission|7|value",
            "RZ1|provider|waits_over_4_hours_for_admission|81|value",
        ];
        assert_eq!(trial.rows("urgent", "2025-06"), expected, "{}", trial.problems());
    }

    #[test]
    fn a_sheet_by_system_has_the_month_of_its_titles_and_its_printed_total() {
        let rows = "-,-,1,2,3,6,1,1,1,3,0,1,2,3,9,8,7\nQZZ,THE BOARD,1,2,3,6,1,1,1,3,0,1,2,3,9,8,7";
        let empty = ",".repeat(16);
        let text = format!(
            "Title:,A&E{}\nPeriod:,June 2025{}\n{empty}\nCode,System,{BLOCKS}\n{rows}\n",
            &",".repeat(15),
            &",".repeat(15)
        );
        let trial = Trial::of("workbook.csv", text);
        assert!(
            trial.rows("urgent", "2025-06").contains(&"QZZ|icb|attendances|6|value".to_owned()),
            "{}",
            trial.problems()
        );
        assert_eq!(trial.release().left_out, [("the row of totals".to_owned(), 1)]);
    }

    #[test]
    fn a_row_of_england_is_a_total_and_no_board() {
        let header = "icb22_code,total_attendances,date";
        let of = |england: u32| {
            format!(
                "{header}\nE54000008,40,May 2025\nE54000010,60,May 2025\nE92000001,{england},May 2025\n"
            )
        };
        let trial = Trial::of("a.csv", of(100));
        let expected = ["E54000008|icb|attendances|40|value", "E54000010|icb|attendances|60|value"];
        assert_eq!(trial.rows("urgent", "2025-05"), expected, "{}", trial.problems());
        let wrong = Trial::of("a.csv", of(99));
        assert!(wrong.problems().contains("attendances: 100 against 99"), "{}", wrong.problems());
    }

    #[test]
    fn attendances_without_booked_ones_are_not_taken_for_all() {
        let text = format!(
            "Non-Booked Data{}\nCode,Region,Name,{BLOCKS}\nRZ1,N,H,1,2,3,6,1,1,1,3,0,1,2,3,9,8,7\n",
            ",".repeat(17)
        );
        let trial = Trial::of("June-2025-AE.csv", text);
        assert_eq!(trial.release().source, "");
    }
}
