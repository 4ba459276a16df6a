//! TO BE WRITTEN: what the publication is, what is kept of it and what is left out.

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::read_error::ReadError;
use crate::source::Source;

/// TO BE WRITTEN: the publication in a phrase.
pub static SOURCE: Source = Source {
    id: "NAME",
    title: "TO BE WRITTEN: its title as published",
    publisher: "TO BE WRITTEN",
    landing_page: "https://TO BE WRITTEN",
    cadence: "TO BE WRITTEN: how often it comes out",
    about: "TO BE WRITTEN: what a planner should know of it, caveats first.",
    writes: &[&tables::APPOINTMENT_TOTAL],
    recognise,
    read,
};

/// The columns by which a file of it is known, as published.
const PRACTICE: &str = "TO BE WRITTEN: column of the practice's code";
const MONTH: &str = "TO BE WRITTEN: column of the month";
const COUNT: &str = "TO BE WRITTEN: column of the count";

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&[PRACTICE, MONTH, COUNT], "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let practice = input.column(&[PRACTICE], intake)?;
    let month = input.column(&[MONTH], intake)?;
    let count = input.column(&[COUNT], intake)?;
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        let (Some(code), Some(when), Some(appointments)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.month(row, month),
            intake.count(row, count),
        ) else {
            return Ok(());
        };
        if !once.first(row, &[practice, month], intake) {
            return Ok(());
        }
        let period = Period::Month(when);
        intake.edition(period);
        let row = tables::appointment_total::Row {
            organisation: code.into(),
            level: "practice".into(),
            appointments: appointments.into(),
        };
        intake.add(period, row)
    })
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    /// The header and the first rows of the published file, letter for letter.
    const FILE: &str = "TO BE WRITTEN";

    #[test]
    fn the_first_rows_of_the_published_file_are_read() {
        let trial = Trial::of("NAME.csv", FILE);
        let known = trial.release().source.as_str();
        assert_eq!(known, "NAME", "TO BE WRITTEN: the columns above and the rows of FILE");
        let rows = trial.rows("appointment_total", "2025-11");
        assert_eq!(rows, ["TO BE WRITTEN: code|practice|appointments"]);
    }
}
