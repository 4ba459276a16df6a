//! Quality and Outcomes Framework: patients on each disease register and the list it is drawn from.
//!
//! The list counts only the ages that a register is for (17 and over for diabetes, 6 and over for asthma), so within one
//! practice the denominator changes from register to register. Nothing is suppressed; nought is a real register of
//! nobody. The file does not state its year.

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Disease registers.
pub static SOURCE: Source = Source {
    id: "quality_prevalence",
    title: "Quality and Outcomes Framework: prevalence",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly",
    about: "Patients on each disease register of a practice and its list of the ages that the register is for. The year is taken from the name of the file or folder.",
    writes: &[&tables::CONDITION],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let names =
        ["PRACTICE_CODE", "GROUP_CODE", "REGISTER", "PATIENT_LIST_TYPE", "PRACTICE_LIST_SIZE"];
    sample.matches(&names, "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let period = Period::FinancialYear(edition::financial_year(input, intake)?);
    intake.edition(period);
    let practice = input.column(&["PRACTICE_CODE"], intake)?;
    let group = input.column(&["GROUP_CODE"], intake)?;
    let register = input.column(&["REGISTER"], intake)?;
    let ages = input.column(&["PATIENT_LIST_TYPE"], intake)?;
    let list = input.column(&["PRACTICE_LIST_SIZE"], intake)?;
    let (mut rows, mut over) = (0_u64, 0_u64);
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if !once.first(row, &[practice, group], intake) {
            return Ok(());
        }
        let (Some(code), Some(patients), Some(size)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.figure(row, register),
            intake.figure(row, list),
        ) else {
            return Ok(());
        };
        rows += 1;
        over += u64::from(patients.value().zip(size.value()).is_some_and(|(some, all)| some > all));
        let row = tables::condition::Row {
            practice: code.into(),
            register: row.get(group).into(),
            list_type: row.get(ages).into(),
            patients: patients.value().into(),
            list_size: size.value().into(),
            mark: patients.mark().into(),
        };
        intake.add(period, row)
    })?;
    let detail = format!("{over} of {rows} registers are longer than their list");
    intake.check("registers are within their lists", over * 100 <= rows, detail);
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE\n";

    #[test]
    fn whole_numbers_and_re_saved_ones_are_read() {
        let trial = Trial::of(
            "PREVALENCE_2122.csv",
            format!("{HEADER}A81001,AF,96.0,TOTAL,4098\nA81001,AST,0,06OV,3852\n"),
        );
        let expected = ["A81001|AF|TOTAL|96|4098|value", "A81001|AST|06OV|0|3852|value"];
        assert_eq!(trial.rows("condition", "2021/22"), expected);
        assert!(trial.remarks().contains("2021/22 is taken from its name"), "{}", trial.remarks());
    }

    #[test]
    fn a_file_that_nothing_dates_is_refused_with_a_remedy() {
        let trial = Trial::of("PREVALENCE.csv", format!("{HEADER}A81001,AF,96,TOTAL,4098\n"));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("such as `2022-23`"), "{}", trial.problems());
    }

    #[test]
    fn registers_longer_than_lists_are_refused() {
        let trial = Trial::of("PREVALENCE_2122.csv", format!("{HEADER}A81001,AF,4098,TOTAL,96\n"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}
