//! Totals of appointments that third parties derived from the publication: by practice, by sub-ICB location, and the
//! lines of the national summary.
//!
//! They are no publication of NHS England. Who derived the practice totals dropped practices with gaps, so they add up
//! to some four fifths of the same places' published totals. Rows that are forecasts are left out.

use evidence::tables;
use vocab::Period;
use vocab::codes::{PracticeCode, SubIcbCode};

use crate::appointment_words::single_blanks;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Derived totals of appointments.
pub static SOURCE: Source = Source {
    id: "appointments_extracts",
    title: "Appointments in General Practice: totals derived by third parties",
    publisher: "third parties, from publications of NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    cadence: "once",
    about: "Monthly totals by practice, sub-ICB location or national line. Derived: practices with gaps were dropped by whoever made them.",
    writes: &[&tables::APPOINTMENT_TOTAL, &tables::APPOINTMENT_NATIONAL],
    recognise,
    read,
};

const BY_PRACTICE: &str = "by practice";
const NATIONAL: &str = "national";

fn recognise(sample: &Sample) -> Option<Match> {
    sample
        .matches(&["GP_CODE", "Month", "Total_Appointments"], BY_PRACTICE)
        .or_else(|| sample.matches(&["SUB_ICB_CODE", "Month", "Appointments"], "by sub-ICB"))
        .or_else(|| sample.matches(&["month", "section", "metric", "count"], NATIONAL))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    intake.remark("derived by a third party from the publication");
    if input.era == NATIONAL { national(input, intake) } else { totals(input, intake) }
}

fn totals(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let by_practice = input.era == BY_PRACTICE;
    let code = input.column(&["GP_CODE", "SUB_ICB_CODE"], intake)?;
    let month = input.column(&["Month"], intake)?;
    let count = input.column(&["Total_Appointments", "Appointments"], intake)?;
    let kind = input.optional(&["Type"]);
    input.figures_in(&[count]);
    input.each(intake, |row, intake| {
        if kind.is_some_and(|kind| !row.get(kind).eq_ignore_ascii_case("Historical")) {
            intake.leave_out("forecasts");
            return Ok(());
        }
        let (organisation, level) = if by_practice {
            (intake.code::<PracticeCode>(row, code), "practice")
        } else {
            (intake.code::<SubIcbCode>(row, code), "sub_icb")
        };
        let (Some(organisation), Some(month), Some(count)) =
            (organisation, intake.month(row, month), intake.count(row, count))
        else {
            return Ok(());
        };
        let period = Period::Month(month);
        intake.edition(period);
        let row = tables::appointment_total::Row {
            organisation: organisation.into(),
            level: level.into(),
            appointments: count.into(),
        };
        intake.add(period, row)
    })
}

fn national(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let month = input.column(&["month"], intake)?;
    let section = input.column(&["section"], intake)?;
    let metric = input.column(&["metric"], intake)?;
    let count = input.column(&["count"], intake)?;
    input.figures_in(&[count]);
    input.each(intake, |row, intake| {
        let (Some(month), Some(count)) = (intake.month(row, month), intake.count(row, count))
        else {
            return Ok(());
        };
        let period = Period::Month(month);
        intake.edition(period);
        let metric = single_blanks(row.get(metric));
        let row = tables::appointment_national::Row {
            section: row.get(section).into(),
            metric: metric.as_str().into(),
            appointments: count.into(),
        };
        intake.add(period, row)
    })
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[test]
    fn forecasts_are_left_out() {
        let file = "GP_CODE,Month,Total_Appointments,Type\nE83003,2022-10-01,2633.0,Historical\nE83003,2026-10-01,9,Forecast\n";
        let trial = Trial::of("a.csv", file);
        assert_eq!(trial.rows("appointment_total", "2022-10"), ["E83003|practice|2633"]);
        assert_eq!(trial.release().left_out, [("forecasts".to_owned(), 1)]);
    }

    #[test]
    fn a_sub_icb_is_told_from_a_practice() {
        let file = "SUB_ICB_CODE,SUB_ICB_NAME,ICB_CODE,REGION_CODE,REGION_NAME,Month,Appointments\n00L,A,E54000050,E40000012,N,2023-08,167527\n";
        assert_eq!(
            Trial::of("a.csv", file).rows("appointment_total", "2023-08"),
            ["00L|sub_icb|167527"]
        );
    }

    #[test]
    fn double_blanks_of_the_national_lines_are_collapsed() {
        let file = "month,section,metric,count\n2021-02,Wait,8  to 14 Days,2235364\n";
        let trial = Trial::of("a.csv", file);
        assert_eq!(trial.rows("appointment_national", "2021-02"), ["Wait|8 to 14 Days|2235364"]);
    }
}
