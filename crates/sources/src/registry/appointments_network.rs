//! Appointments in Primary Care Networks by sub-ICB location and month.
//!
//! Laid out like the monthly file of appointments in general practice, as in a real file of 2025, from which it is told by
//! the statuses that it alone uses, such as `Booked`. It counts the same appointments in part: the two may not be added.

use evidence::tables;
use rustc_hash::FxHashSet;
use vocab::Period;
use vocab::codes::SubIcbCode;

use crate::appointment_words as words;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Appointments in networks.
pub static SOURCE: Source = Source {
    id: "appointments_network",
    title: "Appointments in Primary Care Networks: sub-ICB locations, by month",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-primary-care-networks",
    cadence: "monthly; thirty months a file",
    about: "Appointments that networks held, with those booked and not yet marked. Another publication than appointments in general practice, which it overlaps: the two may not be added.",
    writes: &[&tables::APPOINTMENT_NETWORK_SUB_ICB],
    recognise,
    read,
};

const MONTH: [&str; 2] = ["APPOINTMENT_MONTH_START_DATE", "APPOINTMENT_MONTH"];
const STATUS: &str = "APPT_STATUS";
const COLUMNS: [&str; 6] = [
    "SUB_ICB_LOCATION_CODE",
    STATUS,
    "HCP_TYPE",
    "APPT_MODE",
    "TIME_BETWEEN_BOOK_AND_APPT",
    "COUNT_OF_APPOINTMENTS",
];
const STATUS_EXPECTED: &str = "Attended, Booked, DNA, Arrived, Cancelled or Unknown";

fn recognise(sample: &Sample) -> Option<Match> {
    let with = |month: &&'static str| sample.matches(&[COLUMNS.as_slice(), &[*month]].concat(), "");
    MONTH.iter().find_map(with).filter(|found| has_own_status(sample, found))
}

/// Whether a row has a status that appointments in general practice do not use.
fn has_own_status(sample: &Sample, found: &Match) -> bool {
    let below = found.header_row.map_or(0, |header| header + 1);
    let names = below.checked_sub(1).and_then(|header| sample.rows.get(header));
    let column = names.and_then(|names| names.iter().position(|name| name.trim() == STATUS));
    let mut cells = sample.rows.iter().skip(below).filter_map(|row| row.get(column?));
    cells.any(|cell| own_status(cell).is_some())
}

fn own_status(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_lowercase().as_str() {
        "booked" => Some("booked"),
        "arrived" => Some("arrived"),
        "cancelled" => Some("cancelled"),
        _ => None,
    }
}

fn status(text: &str) -> Option<&'static str> {
    own_status(text).or_else(|| words::status(text))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let [sub_icb, status_at, staff, mode, wait, count] = {
        let mut at = [0; COLUMNS.len()];
        for (at, name) in at.iter_mut().zip(COLUMNS) {
            *at = input.column(&[name], intake)?;
        }
        at
    };
    let month = input.column(&MONTH, intake)?;
    input.figures_in(&[count]);
    let (mut places, mut appointments) = (FxHashSet::default(), 0.0);
    input.each(intake, |row, intake| {
        let (Some(place), Some(month), Some(number)) = (
            intake.code::<SubIcbCode>(row, sub_icb),
            intake.month(row, month),
            intake.count(row, count),
        ) else {
            return Ok(());
        };
        let split = (
            intake.word(row, staff, words::staff, words::STAFF_EXPECTED),
            intake.word(row, mode, words::mode, words::MODE_EXPECTED),
            intake.word(row, status_at, status, STATUS_EXPECTED),
            intake.word(row, wait, words::wait, words::WAIT_EXPECTED),
        );
        let (Some(staff), Some(mode), Some(status), Some(wait)) = split else { return Ok(()) };
        let period = Period::Month(month);
        intake.edition(period);
        places.extend(place.parse::<SubIcbCode>().ok());
        appointments += number;
        let row = tables::appointment_network_sub_icb::Row {
            sub_icb: place.into(),
            staff: staff.into(),
            mode: mode.into(),
            status: status.into(),
            wait: wait.into(),
            appointments: number.into(),
        };
        intake.add(period, row)
    })?;
    let detail = format!("{} sub-ICB locations, {appointments} appointments", places.len());
    intake.check("there are appointments", appointments > 0.0, detail);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    const HEADER: &str = "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,APPOINTMENT_MONTH,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS\n";

    #[test]
    fn appointments_of_networks_stand_in_a_table_of_their_own() {
        let rows = "00L,SUB,01FEB2024,DNA,GP,Face-to-Face,1 Day,1\n00L,SUB,01FEB2024,Booked,,,2 to 7 Days,2\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let expected = [
            "00L|gp|face_to_face|did_not_attend|1_day|1",
            "00L|unknown|unknown|booked|2_to_7_days|2",
        ];
        assert_eq!(
            trial.rows("appointment_network_sub_icb", "2024-02"),
            expected,
            "{}",
            trial.problems()
        );
        assert!(trial.rows("appointment_sub_icb", "2024-02").is_empty());
    }

    #[test]
    fn without_its_own_statuses_it_is_of_general_practice() {
        let trial =
            Trial::of("a.csv", format!("{HEADER}00L,SUB,01FEB2024,DNA,GP,Face-to-Face,1 Day,1\n"));
        assert_eq!(trial.release().source, "appointments_sub_icb");
    }
}
