//! Patients registered at a GP practice, one total a practice.
//!
//! The count of people on each list on the first of the month. Lists hold people who have moved away or died and
//! not yet been taken off, so they exceed the resident population by some 4 to 9 per cent nationally.

use evidence::{Cell, tables};
use vocab::codes::{PracticeCode, SubIcbCode};
use vocab::Period;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Patients registered, totals.
pub static SOURCE: Source = Source {
    id: "patients_registered",
    title: "Patients Registered at a GP Practice: totals",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "monthly",
    about: "People on each practice's list on the first of the month. Lists exceed the resident population because people who move or die are taken off late.",
    recognise,
    read,
};

const SUB_ICB: [&str; 2] = ["SUB_ICB_LOCATION_CODE", "CCG_CODE"];

/// More people than are on any practice's list: the largest has some 160,000.
const LARGEST_LIST: f64 = 500_000.0;

fn recognise(sample: &Sample) -> Option<Match> {
    let common = ["EXTRACT_DATE", "CODE", "POSTCODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"];
    sample.matches(&common, "").filter(|found| {
        let row = found.header_row.and_then(|row| sample.rows.get(row));
        row.is_some_and(|row| !row.iter().any(|name| name.eq_ignore_ascii_case("ORG_CODE")))
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let code = input.column(&["CODE"], intake)?;
    let sub_icb = input.column(&SUB_ICB, intake)?;
    let (sex, age) = (input.column(&["SEX"], intake)?, input.column(&["AGE"], intake)?);
    let patients = input.column(&["NUMBER_OF_PATIENTS"], intake)?;
    let (mut total, mut once) = (0.0, Once::default());
    input.each(intake, |row, intake| {
        if !row.get(sex).eq_ignore_ascii_case("ALL") || !row.get(age).eq_ignore_ascii_case("ALL") {
            let is_split = !row.get(sex).is_empty() && !row.get(age).is_empty();
            intake.leave_out(if is_split { "split by sex or age: the totals are read" } else { "rows without sex and age, such as totals" });
            return Ok(());
        }
        let cells = (
            intake.extract_day(row, date),
            intake.code::<PracticeCode>(row, code),
            intake.code::<SubIcbCode>(row, sub_icb),
            intake.count_up_to(row, patients, LARGEST_LIST),
        );
        let (Some(day), Some(practice), Some(sub_icb), Some(count)) = cells else { return Ok(()) };
        if !once.first(row, &[code, date], intake) {
            return Ok(());
        }
        total += count;
        intake.edition(Period::Day(day));
        let cells = [Cell::from(practice), Cell::from(sub_icb), Cell::from(count)];
        intake.push(&tables::LIST_SIZE, Period::Day(day), &cells)
    })?;
    intake.check("there are patients", total > 0.0, format!("{total} patients in all"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    fn list(first: &str, end: &str) -> Trial {
        let header = "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS";
        let of = |code: u32, patients: &str| format!("\n01NOV2025,A{code:05},TS18 1HU,16C,ALL,ALL,{patients}");
        let rows: String = (81_002..81_300).map(|code| of(code, "100")).collect();
        Trial::of("a.csv", format!("{header}{}{rows}{end}", of(81_001, first)))
    }

    #[test]
    fn a_list_larger_than_any_is_held_back_and_named() {
        let trial = list("3779000", "\n");
        assert_eq!(trial.verdict(), Verdict::AcceptedWithRemarks);
        assert_eq!(trial.rows("list_size", "2025-11-01").len(), 298);
        let told = "row 2, NUMBER_OF_PATIENTS: `3779000`: is more than 500000";
        assert!(trial.problems().contains(told), "{}", trial.problems());
    }

    #[test]
    fn a_file_that_ends_within_a_line_says_so() {
        assert_eq!(list("3779", "\n").remarks(), "");
        let remarks = list("3779", "").remarks();
        assert!(remarks.contains("no line end after its last row, 300"), "{remarks}");
    }
}
