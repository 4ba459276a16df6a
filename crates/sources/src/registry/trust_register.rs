//! The register of NHS trusts (etr), with their ICB.
//!
//! No header, the twenty-seven columns of every register of the Organisation Data Service; trusts that were dissolved
//! stay on it with their last day. Trusts founded since 2024 have codes of five characters and stand first.

use evidence::tables;
use vocab::codes::ProviderCode;

use super::organisation_register::column;
use crate::headerless::{self, Form};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::value;
use crate::waiting::Waiting;

/// The register of trusts.
pub static SOURCE: Source = Source {
    id: "trust_register",
    title: "Organisation Data Service: NHS trusts (etr)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "NHS trusts and foundation trusts, open or closed, with their ICB.",
    writes: &[&tables::PROVIDER],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    headerless::recognise(sample, column::ALL, |row| {
        let code = row[column::CODE];
        code.len() == 3
            && code.starts_with(['R', 'T'])
            && ProviderCode::is_valid(code)
            && row[column::STATUS].is_empty()
            && value::day(row[column::OPENED]).is_some()
    })
}

const FORM: Form = Form {
    width: column::ALL,
    key: &[column::CODE],
    days: &[column::OPENED, column::CLOSED],
    things: "trusts",
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    FORM.read(input, intake, |row, intake| {
        Some(Waiting::of(tables::provider::Row {
            provider: intake.code::<ProviderCode>(row, column::CODE)?.into(),
            name: row.get(column::NAME).into(),
            postcode: row.get(column::POSTCODE).into(),
            icb: row.get(column::ICB).into(),
            opened: headerless::day(row, column::OPENED).as_str().into(),
            closed: headerless::day(row, column::CLOSED).as_str().into(),
        }))
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    /// A row of a trust of this code, opened on this day.
    fn trust(code: &str, opened: &str) -> String {
        let empty = ",".repeat(16);
        format!("{code},TRUST,Y56,QKK,ADDRESS,,,LONDON,,SE1 8UG,{opened}{empty}\n")
    }

    #[test]
    fn a_register_that_begins_with_a_trust_of_the_new_numbering_is_known() {
        let rows = [
            ("G6V2S", "20241101"),
            ("K0N6A", "20270601"),
            ("R0A", "20171001"),
            ("R0B", "20190401"),
            ("T1A", "20250701"),
        ];
        let trial = Trial::of("etr.csv", rows.map(|(code, opened)| trust(code, opened)).concat());
        assert_eq!(trial.release().source, "trust_register");
        let codes: Vec<String> = trial
            .rows("provider", "2025-07-01")
            .iter()
            .map(|row| row.chars().take(3).collect())
            .collect();
        assert_eq!(codes, ["G6V", "K0N", "R0A", "R0B", "T1A"]);
        assert!(trial.remarks().contains("1 days in it lie ahead"), "{}", trial.remarks());
    }

    #[test]
    fn a_register_of_other_organisations_is_not_one_of_trusts() {
        let rows = ["NV1", "NV2", "R0A"].map(|code| trust(code, "20171001")).concat();
        assert_eq!(Trial::of("ect.csv", rows).verdict(), Verdict::NotRecognised);
    }
}
