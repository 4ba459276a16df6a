//! How many practices, and how many registered patients, the appointment data of a month cover: the denominator of
//! every appointment rate of a sub-ICB location.
//!
//! A column named for a region's code holds its ONS code; it is not used. Thirty months a file, with overlaps.

use evidence::tables;
use vocab::Period;
use vocab::codes::SubIcbCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Coverage of the appointment data.
pub static SOURCE: Source = Source {
    id: "appointments_coverage",
    title: "Appointments in General Practice: coverage",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    cadence: "monthly; thirty months a file",
    about: "Practices and patients that the appointment data of each sub-ICB location and month include, of those open.",
    writes: &[&tables::COVERAGE],
    recognise,
    read,
};

const CODE: [&str; 3] = ["SUB_ICB_LOCATION_CODE", "SUB_ICB_LOC_CODE", "CCG_CODE"];
const COUNTS: [&str; 4] = [
    "Included Practices",
    "Open Practices",
    "Patients registered at included practices",
    "Patients registered at open practices",
];

fn recognise(sample: &Sample) -> Option<Match> {
    CODE.iter().find_map(|code| {
        sample.matches(&[&[*code, "Appointment_Month"], COUNTS.as_slice()].concat(), "")
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let sub_icb = input.column(&CODE, intake)?;
    let month = input.column(&["Appointment_Month"], intake)?;
    let mut counts = [0; COUNTS.len()];
    for (count, name) in counts.iter_mut().zip(COUNTS) {
        *count = input.column(&[name], intake)?;
    }
    let mut more_than_open = 0;
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if !once.first(row, &[sub_icb, month], intake) {
            return Ok(());
        }
        let (Some(code), Some(month)) =
            (intake.code::<SubIcbCode>(row, sub_icb), intake.month(row, month))
        else {
            return Ok(());
        };
        let [Some(practices), Some(open), Some(patients), Some(all)] =
            counts.map(|column| intake.count(row, column))
        else {
            return Ok(());
        };
        more_than_open += u64::from(practices > open || patients > all);
        let period = Period::Month(month);
        intake.edition(period);
        let row = tables::coverage::Row {
            sub_icb: code.into(),
            practices_included: practices.into(),
            practices_open: open.into(),
            patients_included: patients.into(),
            patients_open: all.into(),
        };
        intake.add(period, row)
    })?;
    let detail = format!("{more_than_open} rows include more than are open");
    intake.check("no more is included than is open", more_than_open == 0, detail);
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const COUNTS: &str = "Included Practices,Open Practices,Patients registered at included practices,Patients registered at open practices";

    #[test]
    fn both_wordings_are_read() {
        for places in
            ["SUB_ICB_LOCATION_CODE,ICB_ONS_CODE,REGION_CODE", "CCG_CODE,STP_ONS_CODE,REGION_CODE"]
        {
            let file = format!(
                "{places},Appointment_Month,{COUNTS}\n00L,E54000050,E40000012,01FEB2023,35,36,335000,335363\n"
            );
            assert_eq!(
                Trial::of("a.csv", file).rows("coverage", "2023-02"),
                ["00L|35|36|335000|335363"]
            );
        }
    }

    #[test]
    fn more_included_than_open_is_refused() {
        let file = format!(
            "SUB_ICB_LOCATION_CODE,ICB_ONS_CODE,REGION_CODE,Appointment_Month,{COUNTS}\n00L,E54000050,E40000012,01FEB2023,37,36,335363,335363\n"
        );
        assert_eq!(Trial::of("a.csv", file).verdict(), Verdict::Refused);
    }
}
