//! The rural–urban classification of small areas of the 2011 census.
//!
//! Eight classes from major conurbation to villages in a sparse setting; the first three letters are urban, the rest
//! rural. Laid out as in a real file of England and Wales; both are kept, because patients cross the border.

use evidence::tables;
use vocab::Period;
use vocab::codes::Lsoa11;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// The rural–urban classification.
pub static SOURCE: Source = Source {
    id: "rural_urban",
    title: "Rural–urban classification (2011) of lower layer super output areas",
    publisher: "Office for National Statistics",
    landing_page: "https://geoportal.statistics.gov.uk/search?q=Rural%20Urban%20Classification%202011%20LSOA",
    cadence: "once a census",
    about: "Whether a small area is urban or rural, and of which kind, by where its people lived in 2011. Towns that grew since are classed as they were.",
    writes: &[&tables::RURAL_URBAN],
    recognise,
    read,
};

const AREA: [&str; 2] = ["LSOA11CD", "LSOA.code"];

fn recognise(sample: &Sample) -> Option<Match> {
    AREA.iter().find_map(|area| sample.matches(&[area, "RUC11CD", "RUC11"], ""))
}

/// Urban or rural, by the letter of the class.
fn setting(class: &str) -> Option<&'static str> {
    match class.as_bytes() {
        [b'A'..=b'C', b'1'..=b'2'] => Some("urban"),
        [b'D'..=b'F', b'1'..=b'2'] => Some("rural"),
        _ => None,
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let area = input.column(&AREA, intake)?;
    let class = input.column(&["RUC11CD"], intake)?;
    let name = input.column(&["RUC11"], intake)?;
    let period = Period::Year(2011);
    intake.edition(period);
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        let (Some(code), Some(setting)) = (
            intake.code::<Lsoa11>(row, area),
            intake.word(row, class, setting, "a letter A to F and 1 or 2, such as A1 or E2"),
        ) else {
            return Ok(());
        };
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        let row = tables::rural_urban::Row {
            area: code.into(),
            census: "2011".into(),
            class: row.get(class).into(),
            class_name: row.get(name).into(),
            setting: setting.into(),
        };
        intake.add(period, row)
    })?;
    intake.check("there are areas", !once.is_empty(), format!("{} areas", once.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    #[test]
    fn both_headers_of_the_classification_are_read() {
        for header in ["LSOA11CD", "LSOA.code"] {
            let file = format!(
                "{header},LSOA11NM,RUC11CD,RUC11,FID\nE01999001,Oldtown 001A,A1,Urban major conurbation,1\nW01999002,Hill 002B,E2,Rural village and dispersed in a sparse setting,2\n"
            );
            let trial = Trial::of("a.csv", file);
            let expected = [
                "E01999001|2011|A1|Urban major conurbation|urban",
                "W01999002|2011|E2|Rural village and dispersed in a sparse setting|rural",
            ];
            assert_eq!(
                trial.rows("rural_urban", "2011"),
                expected,
                "{header}: {}",
                trial.problems()
            );
        }
    }

    #[test]
    fn a_class_that_is_none_is_refused() {
        let trial =
            Trial::of("a.csv", "LSOA11CD,LSOA11NM,RUC11CD,RUC11\nE01999001,Oldtown,Z9,Nowhere\n");
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("RUC11CD"), "{}", trial.problems());
    }
}
