//! Children vaccinated, by practice, age and vaccine (COVER), in a tidied layout of others.
//!
//! The publisher's own tables by practice are workbooks (.ods) whose layout changes with every quarter: no real one
//! could be had, and they are not read. What is read is one row for each year, practice, age and vaccine with those
//! vaccinated and those due, as in a real file made of them for West Sussex. Influenza by practice: no real file could be
//! had either. Practices whose numbers are small are withheld by the publisher: missing, not nought.

use std::collections::BTreeSet;

use evidence::tables;
use vocab::codes::PracticeCode;
use vocab::{FinancialYear, Observed, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Children vaccinated.
pub static SOURCE: Source = Source {
    id: "vaccinations",
    title: "Cover of vaccination evaluated rapidly (COVER): practices, tidied",
    publisher: "UK Health Security Agency",
    landing_page: "https://www.gov.uk/government/collections/vaccine-uptake",
    cadence: "yearly",
    about: "Children who had a vaccine by an age, of those due, by practice. Experimental; few children a practice: look at the interval. Read as tidied by others, one row a vaccine.",
    writes: &[&tables::VACCINATION],
    recognise,
    read,
};

const COLUMNS: [&str; 6] = ["Year", "ODS_Code", "Age", "Item", "Numerator", "Denominator"];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&COLUMNS, "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = input.column(&[name], intake)?;
    }
    let [year, practice, age, item, vaccinated, due] = at;
    let (mut once, mut practices) = (Once::default(), BTreeSet::new());
    input.each(intake, |row, intake| {
        let Some(begins) = FinancialYear::parse(row.get(year)) else {
            intake.problem(row, year, "is not a financial year", "a year such as 2021/22");
            return Ok(());
        };
        let (Some(code), Some(part), Some(whole)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.figure(row, vaccinated),
            intake.figure(row, due),
        ) else {
            return Ok(());
        };
        if matches!((part, whole), (Observed::Value(part), Observed::Value(whole)) if part < 0.0 || part > whole) {
            intake.problem(row, vaccinated, "is not a part of those due", "a count from nought to the denominator");
            return Ok(());
        }
        if !once.first(row, &[year, practice, age, item], intake) {
            return Ok(());
        }
        let period = Period::FinancialYear(begins);
        intake.edition(period);
        practices.insert(code.to_owned());
        let mark = if part.value().is_some() { whole.mark() } else { part.mark() };
        let row = tables::vaccination::Row {
            practice: code.into(),
            age: row.get(age).into(),
            vaccine: row.get(item).into(),
            vaccinated: part.value().into(),
            due: whole.value().into(),
            mark: mark.into(),
        };
        intake.add(period, row)
    })?;
    intake.check(
        "there are practices",
        !practices.is_empty(),
        format!("{} practices", practices.len()),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "Year,ODS_Code,Age,Item,Term,Numerator,Denominator,Proportion\n";

    #[test]
    fn those_vaccinated_and_those_due_are_kept_and_what_is_withheld_is_not_nought() {
        let rows = "2021/22,Z99001,24 months,MMR1,Measles,34,38,0.89\n2021/22,Z99002,24 months,MMR1,Measles,*,*,NA\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let expected = ["Z99001|24 months|MMR1|34|38|value", "Z99002|24 months|MMR1|||suppressed"];
        assert_eq!(trial.rows("vaccination", "2021/22"), expected, "{}", trial.problems());
    }

    #[test]
    fn more_vaccinated_than_due_is_refused() {
        let trial =
            Trial::of("a.csv", format!("{HEADER}2021/22,Z99001,5 years,MMR2,Measles,39,38,1\n"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}
