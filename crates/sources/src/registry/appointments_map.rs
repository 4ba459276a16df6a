//! The mapping file of the appointment publication: which network, sub-ICB, ICB and region each practice belongs to.
//!
//! It prints no date. It is dated to the first day of the month that its archive or folder names, or else to the day of
//! the import; either way a remark says so.

use evidence::tables;
use vocab::Period;

use crate::belonging::{Belonging, Headings};
use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// The mapping of the appointment publication.
pub static SOURCE: Source = Source {
    id: "appointments_map",
    title: "Appointments in General Practice: mapping",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    cadence: "monthly",
    about: "Where each practice with appointment data belongs. Prints no date: the month is taken from the name of its archive or folder, else the day of the import stands.",
    writes: &[&tables::AFFILIATION],
    recognise,
    read,
};

/// The columns with their names over the years.
const HEADINGS: Headings = Headings {
    practice: &["GP_CODE"],
    name: &["GP_NAME"],
    postcode: &[],
    network: &["PCN_CODE"],
    network_name: &["PCN_NAME"],
    places: [
        &["SUB_ICB_LOCATION_CODE", "CCG_CODE"],
        &["SUB_ICB_LOCATION_NAME", "CCG_NAME"],
        &["ICB_CODE", "STP_CODE"],
        &["ICB_NAME", "STP_NAME"],
        &["REGION_CODE"],
        &["REGION_NAME"],
    ],
    ons: [&[], &[]],
    supplier: &["SUPPLIER"],
};

fn recognise(sample: &Sample) -> Option<Match> {
    let common = ["GP_CODE", "GP_NAME", "PCN_CODE", "ICB_CODE", "REGION_CODE"];
    sample.matches(&common, "").filter(|found| {
        let row = found.header_row.and_then(|row| sample.rows.get(row));
        row.is_some_and(|row| row.len() <= 12 && !row.iter().any(|name| name.contains("COUNT")))
    })
}

fn period(input: &Input<'_>, intake: &mut Intake) -> Result<Period, ReadError> {
    let Some(month) = edition::month_of_name(&input.file) else { return intake.undated() };
    let period = Period::Day(month.first_day());
    intake.remark(format!("the file states no date; {} is taken from its name", period.in_words()));
    Ok(period)
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let period = period(input, intake)?;
    intake.edition(period);
    let mut belonging = Belonging::of(input, intake, &HEADINGS)?;
    input.each(intake, |row, intake| belonging.take(row, intake, period))?;
    belonging.finish(intake)
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const FILE: &str = "GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ICB_CODE,ICB_NAME,REGION_CODE,REGION_NAME\nA81001,ONE,TPP,U89141,NET,16C,SUB,QHM,ICB,Y63,NORTH\n";

    #[test]
    fn the_month_of_the_folder_dates_it() {
        let trial = Trial::of("nov-2025/Mapping.csv", FILE);
        let expected = "A81001|ONE||U89141|NET|16C|SUB|QHM|ICB|Y63|NORTH|TPP";
        assert_eq!(trial.rows("affiliation", "2025-11-01"), [expected]);
    }

    #[test]
    fn without_a_name_that_dates_it_nothing_is_guessed() {
        let trial = Trial::of("Mapping.csv", FILE);
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(
            trial.problems().contains("of which day it speaks is not known"),
            "{}",
            trial.problems()
        );
    }

    #[test]
    fn a_damaged_code_is_refused() {
        let trial = Trial::of("Mapping.csv", FILE.replace("A81001", "A8100"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }

    #[test]
    fn a_practice_with_two_suppliers_is_one_row_and_with_two_networks_is_none() {
        let again = FILE.lines().nth(1).unwrap().replace("TPP", "TPP/OTHER");
        let trial = Trial::of("nov-2025/Mapping.csv", format!("{FILE}{again}\n"));
        let expected = "A81001|ONE||U89141|NET|16C|SUB|QHM|ICB|Y63|NORTH|TPP";
        assert_eq!(trial.rows("affiliation", "2025-11-01"), [expected]);
        assert!(
            trial.remarks().contains("1 row repeats a practice for another supplier"),
            "{}",
            trial.remarks()
        );
        let elsewhere = again.replace("U89141", "U89142");
        let trial = Trial::of("nov-2025/Mapping.csv", format!("{FILE}{elsewhere}\n"));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("says otherwise there"), "{}", trial.problems());
    }
}
