//! Full-time equivalents of general practitioners and the list of each practice, as a third party derived them from the
//! practice workforce of one month.
//!
//! The extract is cut off: only the first thousand practices in the order of their codes are in it.

use evidence::{Word, tables};
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// The derived extract of the practice workforce.
pub static SOURCE: Source = Source {
    id: "practice_workforce_extract",
    title: "General Practice Workforce: GPs and lists derived by a third party",
    publisher: "a third party, from publications of NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services",
    cadence: "once",
    about: "Full-time equivalents of GPs and the list of each practice. Derived and cut off at a thousand practices.",
    writes: &[&tables::STAFF, &tables::WORKFORCE_LIST],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["practice_code", "registered_patients", "gp_fte"], "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let period = Period::Month(edition::month(input, intake)?);
    intake.edition(period);
    intake.remark("derived by a third party from the publication");
    let practice = input.column(&["practice_code"], intake)?;
    let patients = input.column(&["registered_patients"], intake)?;
    let gps = input.column(&["gp_fte"], intake)?;
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        let (Some(code), Some(list), Some(figure)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.figure(row, patients),
            intake.figure(row, gps),
        ) else {
            return Ok(());
        };
        if !once.first(row, &[practice], intake) {
            return Ok(());
        }
        let staff = tables::staff::Row {
            organisation: code.into(),
            level: "practice".into(),
            group: "gp".into(),
            role: "total".into(),
            sex: Word::default(),
            age_band: Word::default(),
            measure: "fte".into(),
            value: figure.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, staff)?;
        let row = tables::workforce_list::Row {
            practice: code.into(),
            patients: list.value().into(),
            gp_source: Word::default(),
            nurse_source: Word::default(),
            direct_patient_care_source: Word::default(),
            admin_source: Word::default(),
        };
        intake.add(period, row)
    })
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const FILE: &str =
        "practice_code,region,registered_patients,gp_fte\nA81001,\"North\",3899,3.92\n";

    #[test]
    fn it_is_dated_by_its_name() {
        let trial = Trial::of("april_2024_attendances.csv", FILE);
        assert_eq!(trial.rows("staff", "2024-04"), ["A81001|practice|gp|total|||fte|3.92|value"]);
        assert_eq!(trial.rows("workforce_list", "2024-04"), ["A81001|3899||||"]);
    }

    #[test]
    fn without_a_date_it_is_refused() {
        assert_eq!(Trial::of("a.csv", FILE).verdict(), Verdict::Refused);
    }
}
