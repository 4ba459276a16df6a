//! Quality and Outcomes Framework: numerators, denominators and personalised care adjustments of every indicator and
//! practice. One file for England to 2020/21, one for each region since.
//!
//! Adjustments (`PCAS`) and exclusions are kept apart: adjusted patients may be added back to a denominator, excluded ones
//! may not. The file does not state its year; the codes of its indicators must fit the year that its name states.

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::registry::quality_indicators::Markers;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Achievement by indicator.
pub static SOURCE: Source = Source {
    id: "quality_achievement",
    title: "Quality and Outcomes Framework: achievement",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly; a file for each region",
    about: "Numerator, denominator, adjustments, exclusions and points of each indicator and practice. The year is taken from the name and checked against the indicators.",
    writes: &[&tables::ACHIEVEMENT],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["PRACTICE_CODE", "INDICATOR_CODE", "MEASURE", "VALUE"], "")
}

fn measure(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_uppercase().as_str() {
        "NUMERATOR" => Some("numerator"),
        "DENOMINATOR" => Some("denominator"),
        "REGISTER" => Some("register"),
        "ACHIEVED_POINTS" | "POINTS" => Some("points"),
        "PCAS" | "PCA" | "EXCEPTIONS" => Some("exceptions"),
        "EXCLUSIONS" => Some("exclusions"),
        _ => None,
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let year = edition::financial_year(input, intake)?;
    let period = Period::FinancialYear(year);
    intake.edition(period);
    let practice = input.column(&["PRACTICE_CODE"], intake)?;
    let indicator = input.column(&["INDICATOR_CODE"], intake)?;
    let kind = input.column(&["MEASURE"], intake)?;
    let value = input.column(&["VALUE"], intake)?;
    input.figures_in(&[value]);
    let mut markers = Markers::default();
    input.each(intake, |row, intake| {
        let (Some(code), Some(kind), Some(figure)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.word(
                row,
                kind,
                measure,
                "NUMERATOR, DENOMINATOR, REGISTER, ACHIEVED_POINTS, PCAS or EXCLUSIONS",
            ),
            intake.figure(row, value),
        ) else {
            return Ok(());
        };
        markers.see(row.get(indicator));
        let row = tables::achievement::Row {
            practice: code.into(),
            indicator: row.get(indicator).into(),
            measure: kind.into(),
            value: figure.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, row)
    })?;
    markers.check(year, intake);
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "REGION_ODS_CODE,PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE\n";

    #[test]
    fn measures_are_read() {
        let rows = "Y56,A81001,HYP008,NUMERATOR,10\nY56,A81001,HYP008,PCAS,1\n";
        let trial = Trial::of("ACHIEVEMENT_LONDON_2324.csv", format!("{HEADER}{rows}"));
        let expected = ["A81001|HYP008|exceptions|1|value", "A81001|HYP008|numerator|10|value"];
        assert_eq!(trial.rows("achievement", "2023/24"), expected);
    }

    #[test]
    fn indicators_of_another_year_than_the_name_are_refused() {
        let rows = "Y56,A81001,AF008,NUMERATOR,10\n";
        let trial = Trial::of("ACHIEVEMENT_LONDON_2223.csv", format!("{HEADER}{rows}"));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("2022/23"), "{}", trial.problems());
    }

    #[test]
    fn a_measure_not_known_is_refused() {
        let rows = "Y56,A81001,HYP008,LUCK,10\n";
        let trial = Trial::of("ACHIEVEMENT_LONDON_2324.csv", format!("{HEADER}{rows}"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}
