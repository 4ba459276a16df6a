//! Appointments in General Practice by sub-ICB location: the monthly regional files, and the daily files with their
//! variants by actual duration and by staff role.
//!
//! The daily header has had six forms since 2019; before July 2022 the places were clinical commissioning groups, and the
//! name of one of them holds a comma that was not quoted. Days without appointments are not printed, so bank
//! holidays are absent. Half of the appointments with an unknown staff role are entries of poor quality, which the
//! publisher tells apart: both are kept.

use evidence::{Word, tables};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use vocab::codes::SubIcbCode;
use vocab::{Month, Period};

use crate::appointment_words as words;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Appointments by sub-ICB location.
pub static SOURCE: Source = Source {
    id: "appointments_sub_icb",
    title: "Appointments in General Practice: sub-ICB locations, by month and by day",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    cadence: "monthly; thirty months a file",
    about: "Appointments of each sub-ICB location by month or day. Days without appointments are not printed; history changes with every release.",
    writes: &[&tables::APPOINTMENT_SUB_ICB, &tables::APPOINTMENT_DAY],
    recognise,
    read,
};

const CODE: [&str; 3] = ["SUB_ICB_LOCATION_CODE", "SUB_ICB_LOC_CODE", "CCG_CODE"];
const NAME: [&str; 4] =
    ["SUB_ICB_LOCATION_NAME", "SUB_ICB_LOCATION", "SUB_ICB_LOC_NAME", "CCG_NAME"];
const MONTH: [&str; 2] = ["APPOINTMENT_MONTH_START_DATE", "APPOINTMENT_MONTH"];
const DAY: &str = "APPOINTMENT_DATE";
const COUNT: &str = "COUNT_OF_APPOINTMENTS";
const SPLIT: [&str; 4] = ["HCP_TYPE", "APPT_MODE", "APPT_STATUS", "TIME_BETWEEN_BOOK_AND_APPT"];

fn recognise(sample: &Sample) -> Option<Match> {
    for code in CODE {
        let daily = |split: &[&'static str]| [&[code, DAY, COUNT], split].concat();
        let found = sample
            .matches(&daily(&["SDS_ROLE_GROUP"]), "by day and role")
            .or_else(|| sample.matches(&daily(&["ACTUAL_DURATION"]), "by day and duration"))
            .or_else(|| sample.matches(&daily(&SPLIT), "by day"))
            .or_else(|| {
                MONTH.iter().find_map(|month| {
                    sample.matches(&[&[code, month, COUNT], SPLIT.as_slice()].concat(), "by month")
                })
            });
        let of_practices = |found: &Match| sample.header_with(&["GP_CODE"]) == found.header_row;
        if let Some(found) = found.filter(|found| !of_practices(found)) {
            return Some(found);
        }
    }
    None
}

/// The columns of the file; those by which it is not split are not there.
struct Columns {
    sub_icb: usize,
    date: usize,
    count: usize,
    split: [Option<usize>; 4],
    role: Option<usize>,
    duration: Option<usize>,
}

/// A date that was read, kept because rows repeat it.
#[derive(Default)]
struct Seen {
    places: FxHashSet<SubIcbCode>,
    appointments: f64,
    last_place: String,
    last: Option<(String, Date, String)>,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let monthly = input.era == "by month";
    let columns = Columns {
        sub_icb: input.column(&CODE, intake)?,
        date: if monthly { input.column(&MONTH, intake)? } else { input.column(&[DAY], intake)? },
        count: input.column(&[COUNT], intake)?,
        split: SPLIT.map(|name| input.optional(&[name])),
        role: input.optional(&["SDS_ROLE_GROUP"]),
        duration: input.optional(&["ACTUAL_DURATION"]),
    };
    let name = input.optional(&NAME);
    input.mend_comma_in(name);
    input.figures_in(&[columns.count]);
    let mut seen = Seen::default();
    input.each(intake, |row, intake| seen.take(row, &columns, monthly, intake))?;
    let detail =
        format!("{} sub-ICB locations, {} appointments", seen.places.len(), seen.appointments);
    intake.check("there are appointments", seen.appointments > 0.0, detail);
    Ok(())
}

impl Seen {
    fn take(
        &mut self,
        row: &Row<'_>,
        columns: &Columns,
        monthly: bool,
        intake: &mut Intake,
    ) -> Result<(), ReadError> {
        let (Some(sub_icb), true, Some(count)) = (
            self.place(row, columns.sub_icb, intake),
            self.date(row, columns.date, monthly, intake),
            intake.count(row, columns.count),
        ) else {
            return Ok(());
        };
        let [staff, mode, status, wait] = columns.split;
        let split = (
            split(row, staff, words::staff, words::STAFF_EXPECTED, intake),
            split(row, mode, words::mode, words::MODE_EXPECTED, intake),
            split(row, status, words::status, words::STATUS_EXPECTED, intake),
            split(row, wait, words::wait, words::WAIT_EXPECTED, intake),
        );
        let (Some(staff), Some(mode), Some(status), Some(wait)) = split else { return Ok(()) };
        let Some((_, day, day_text)) = &self.last else { return Ok(()) };
        self.appointments += count;
        let period = Period::Month(Month::of(*day));
        if monthly {
            let row = tables::appointment_sub_icb::Row {
                sub_icb: sub_icb.into(),
                staff,
                mode,
                status,
                wait,
                appointments: count.into(),
            };
            return intake.add(period, row);
        }
        let row = tables::appointment_day::Row {
            sub_icb: sub_icb.into(),
            day: day_text.into(),
            staff,
            role: published(row, columns.role).into(),
            mode,
            status,
            wait,
            duration: published(row, columns.duration).into(),
            appointments: count.into(),
        };
        intake.add(period, row)
    }

    fn place<'r>(&mut self, row: &Row<'r>, column: usize, intake: &mut Intake) -> Option<&'r str> {
        let text = row.get(column);
        if self.last_place != text {
            let code = intake.code::<SubIcbCode>(row, column)?;
            self.places.extend(code.parse::<SubIcbCode>().ok());
            code.clone_into(&mut self.last_place);
        }
        Some(text)
    }

    /// Reads the date of the row, unless the row before had the same.
    fn date(&mut self, row: &Row<'_>, column: usize, monthly: bool, intake: &mut Intake) -> bool {
        let text = row.get(column);
        if self.last.as_ref().is_some_and(|(last, ..)| last == text) {
            return true;
        }
        let day = if monthly {
            intake.month(row, column).map(Month::first_day)
        } else {
            intake.day(row, column)
        };
        let Some(day) = day else { return false };
        intake.edition(Period::Month(Month::of(day)));
        self.last = Some((text.to_owned(), day, day.to_string()));
        true
    }
}

/// A word by which the file is split; an empty cell where it is not, nothing after a problem.
fn split(
    row: &Row<'_>,
    column: Option<usize>,
    word: fn(&str) -> Option<&'static str>,
    expected: &str,
    intake: &mut Intake,
) -> Option<Word<'static>> {
    match column {
        None => Some(Word::default()),
        Some(column) => intake.word(row, column, word, expected).map(Word::from),
    }
}

/// A word as published; a blank one means unknown, no column an empty cell.
fn published<'r>(row: &Row<'r>, column: Option<usize>) -> Option<&'r str> {
    let word = row.get(column?);
    Some(if word.is_empty() { "Unknown" } else { word })
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const SPLIT: &str =
        "APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS";

    #[test]
    fn a_month_is_read_and_a_blank_is_unknown() {
        let file = format!(
            "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,ICB_NAME,REGION_ONS_CODE,REGION_NAME,APPOINTMENT_MONTH,{SPLIT}\n03W,E38000051,A,E54000015,\"B, C\",E40000011,Midlands,2025-10-01,,GP,,15  to 21 Days,20\n"
        );
        let trial = Trial::of("a.csv", file);
        let expected = "03W|gp|unknown|unknown|15_to_21_days|20";
        assert_eq!(trial.rows("appointment_sub_icb", "2025-10"), [expected]);
    }

    #[test]
    fn every_header_of_the_daily_file_is_read() {
        for places in [
            "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,REGION_ONS_CODE,Appointment_Date",
            "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_CODE,SUBREGION_ONS_CODE,REGION_ONS_CODE,APPOINTMENT_DATE",
            "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_CODE,REGIONAL_LOCAL_OFFICE_ONS_CODE,REGION_ONS_CODE,Appointment_Date",
            "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_ONS_CODE,REGION_ONS_CODE,Appointment_Date",
            "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION,ICB_ONS_CODE,REGION_ONS_CODE,Appointment_Date",
            "SUB_ICB_LOC_CODE,SUB_ICB_LOC_ONS_CODE,SUB_ICB_LOC_NAME,ICB_ONS_CODE,REGION_ONS_CODE,Appointment_Date",
        ] {
            let between = ",x".repeat(places.matches(',').count() - 1);
            let file = format!(
                "{places},{SPLIT}\n00L{between},01JUL2022,Attended,HCP Type Not Provided,Telephone,1 Day,7\n"
            );
            let trial = Trial::of("a.csv", file);
            let expected = "00L|2022-07-01|unknown||telephone|attended|1_day||7";
            assert_eq!(trial.rows("appointment_day", "2022-07"), [expected], "{places}");
        }
    }

    #[test]
    fn the_unquoted_comma_of_a_name_is_mended_and_remarked() {
        let file = format!(
            "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_ONS_CODE,REGION_ONS_CODE,Appointment_Date,{SPLIT}\n01D,E38000080,NHS Heywood, Middleton and Rochdale CCG,E54000007,E40000010,01JUL2020,DNA,GP,Telephone,1 Day,7\n"
        );
        let trial = Trial::of("a.csv", file);
        assert_eq!(trial.rows("appointment_day", "2020-07").len(), 1, "{}", trial.problems());
        assert!(trial.remarks().contains("1 rows had an unquoted comma in `CCG_NAME`"));
    }

    #[test]
    fn the_variants_by_role_and_by_duration_are_read() {
        for (column, word, expected) in [
            ("SDS_ROLE_GROUP", "Nurses", "00L|2025-01-08||Nurses|||||722"),
            ("SDS_ROLE_GROUP", "", "00L|2025-01-08||Unknown|||||722"),
            ("ACTUAL_DURATION", "1-5 Minutes", "00L|2025-01-08||||||1-5 Minutes|722"),
        ] {
            let file = format!(
                "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,REGION_ONS_CODE,APPOINTMENT_DATE,{column},COUNT_OF_APPOINTMENTS\n00L,E38000130,A,E54000050,E40000012,08JAN2025,{word},722\n"
            );
            assert_eq!(Trial::of("a.csv", file).rows("appointment_day", "2025-01"), [expected]);
        }
    }

    #[test]
    fn a_day_that_is_none_is_refused() {
        let file = format!(
            "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_ONS_CODE,REGION_ONS_CODE,Appointment_Date,{SPLIT}\n01D,E38000080,A,E54000007,E40000010,31FEB2020,DNA,GP,Telephone,1 Day,7\n"
        );
        assert_eq!(Trial::of("a.csv", file).verdict(), Verdict::Refused);
    }
}
