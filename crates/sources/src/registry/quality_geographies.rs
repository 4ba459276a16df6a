//! Quality and Outcomes Framework: where each practice belonged at the end of the year.
//!
//! To 2021/22 the places are commissioning groups and partnerships, since then sub-ICB locations and boards; the columns
//! are named so. The file does not state its year: it is dated to 31 March of the year that its name states.

use evidence::tables;
use jiff::civil::Date;
use vocab::Period;

use crate::belonging::{Belonging, Headings};
use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Geographies of the framework.
pub static SOURCE: Source = Source {
    id: "quality_geographies",
    title: "Quality and Outcomes Framework: geographies",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly",
    about: "Network, sub-ICB, ICB and region of each practice in the framework, dated to the end of the financial year that the name states.",
    writes: &[&tables::AFFILIATION, &tables::LOOKUP],
    recognise,
    read,
};

/// The columns with their names over the years.
const HEADINGS: Headings = Headings {
    practice: &["PRACTICE_CODE"],
    name: &["PRACTICE_NAME"],
    postcode: &[],
    network: &["PCN_ODS_CODE"],
    network_name: &["PCN_NAME"],
    places: [
        &["SUB_ICB_ODS_CODE", "SUB_ICB_LOC_ODS_CODE", "CCG_ODS_CODE"],
        &["SUB_ICB_NAME", "SUB_ICB_LOC_NAME", "CCG_NAME"],
        &["ICB_ODS_CODE", "STP_ODS_CODE"],
        &["ICB_NAME", "STP_NAME"],
        &["REGION_ODS_CODE"],
        &["REGION_NAME"],
    ],
    ons: [
        &["SUB_ICB_ONS_CODE", "SUB_ICB_LOC_ONS_CODE", "CCG_ONS_CODE"],
        &["ICB_ONS_CODE", "STP_ONS_CODE"],
    ],
    supplier: &[],
};

fn recognise(sample: &Sample) -> Option<Match> {
    let common = ["PRACTICE_CODE", "PRACTICE_NAME", "PCN_ODS_CODE", "REGION_ODS_CODE"];
    let with = |name| [common.as_slice(), &[name]].concat();
    sample
        .matches(&with("SUB_ICB_ODS_CODE"), "boards")
        .or_else(|| sample.matches(&with("SUB_ICB_LOC_ODS_CODE"), "boards"))
        .or_else(|| sample.matches(&with("CCG_ODS_CODE"), "partnerships"))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let year = edition::financial_year(input, intake)?;
    let Ok(last_day) = Date::new(year.begins + 1, 3, 31) else { return Err(ReadError::Structure) };
    let period = Period::Day(last_day);
    intake.edition(period);
    let mut belonging = Belonging::of(input, intake, &HEADINGS)?;
    input.each(intake, |row, intake| belonging.take(row, intake, period))?;
    belonging.finish(intake)
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const PARTNERSHIPS: &str = "NAT_ONS_CODE,NAT_CODE,COUNTRY,REGION_ODS_CODE,REGION_ONS_CODE,REGION_NAME,STP_ODS_CODE,STP_ONS_CODE,STP_NAME,CCG_ODS_CODE,CCG_ONS_CODE,CCG_NAME,PCN_ODS_CODE,PCN_NAME,PRACTICE_CODE,PRACTICE_NAME\n";
    const ROW: &str = "E92000001,ENG,England,Y63,E40000009,North,QHM,E54000050,Cumbria,16C,E38000247,Tees,U89141,Stockton,A81001,Densham\n";

    #[test]
    fn both_wordings_are_read() {
        let boards = PARTNERSHIPS
            .replace("COUNTRY", "NAT_COUNTRY")
            .replace("STP", "ICB")
            .replace("CCG", "SUB_ICB");
        for (header, name, day) in [
            (PARTNERSHIPS, "M_2021.csv", "2021-03-31"),
            (&boards, "structures_2022_2023.csv", "2023-03-31"),
        ] {
            let trial = Trial::of(name, format!("{header}{ROW}"));
            let expected = "A81001|Densham||U89141|Stockton|16C|Tees|QHM|Cumbria|Y63|North|";
            assert_eq!(trial.rows("affiliation", day), [expected]);
            let bridged = [
                "16C|sub_icb|Tees|E38000247|sub_icb_ons|Tees|1|",
                "QHM|icb|Cumbria|E54000050|icb_ons|Cumbria|1|",
            ];
            assert_eq!(trial.rows("lookup", day), bridged);
        }
    }

    #[test]
    fn a_file_that_nothing_dates_is_refused() {
        assert_eq!(Trial::of("M.csv", format!("{PARTNERSHIPS}{ROW}")).verdict(), Verdict::Refused);
    }
}
