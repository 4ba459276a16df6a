//! Appointments in General Practice at practice level: one row for every practice, staff group, mode, category, wait
//! and status of a month.
//!
//! The series is experimental. It counts what practices enter in their appointment books, without common rules of
//! entry, and every release extracts the whole history anew, so past months change. Combinations without appointments
//! are not printed. Some months come in several files, each for some regions, which belong together. A practice may
//! host the appointments of its whole network, so rates per patient reach several times the usual.

use evidence::tables;
use rustc_hash::FxHashSet;
use vocab::codes::PracticeCode;
use vocab::{Month, Period};

use crate::appointment_words as words;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Appointments by practice.
pub static SOURCE: Source = Source {
    id: "appointments_practice",
    title: "Appointments in General Practice: practice level crosstab",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    cadence: "monthly; three months a file",
    about: "Appointments of each practice by staff group, mode, category, wait and status. Experimental: counts what is entered in appointment books, and history changes with every release.",
    writes: &[&tables::APPOINTMENT],
    recognise,
    read,
};

/// Fewer practices than this are the extract of one place, not a part of the publication.
const ONE_PLACE: usize = 200;

/// Fewer practices than this are part of England only: there are some 6,150.
const WHOLE_OF_ENGLAND: usize = 5_000;

const MONTH: [&str; 2] = ["APPOINTMENT_MONTH_START_DATE", "APPOINTMENT_MONTH"];
const SPLITS: [&str; 7] = [
    "GP_CODE",
    "HCP_TYPE",
    "APPT_MODE",
    "NATIONAL_CATEGORY",
    "TIME_BETWEEN_BOOK_AND_APPT",
    "COUNT_OF_APPOINTMENTS",
    "APPT_STATUS",
];

fn recognise(sample: &Sample) -> Option<Match> {
    let [now, before] = MONTH;
    let with = |month| [&[month], SPLITS.as_slice()].concat();
    sample
        .matches(&with(now), "first day of the month")
        .or_else(|| sample.matches(&with(before), "month"))
}

/// The columns of the file.
struct Columns {
    month: usize,
    practice: usize,
    staff: usize,
    mode: usize,
    category: usize,
    wait: usize,
    count: usize,
    status: usize,
}

impl Columns {
    fn of(input: &Input<'_>, intake: &mut Intake) -> Result<Self, ReadError> {
        let [practice, staff, mode, category, wait, count, status] = SPLITS;
        let mut at = |name| input.column(&[name], intake);
        Ok(Self {
            practice: at(practice)?,
            staff: at(staff)?,
            mode: at(mode)?,
            category: at(category)?,
            wait: at(wait)?,
            count: at(count)?,
            status: at(status)?,
            month: input.column(&MONTH, intake)?,
        })
    }
}

/// What the rows so far added up to, and the last month, kept because rows repeat it.
#[derive(Default)]
struct Seen {
    practices: FxHashSet<PracticeCode>,
    categories: Vec<String>,
    appointments: f64,
    last_practice: String,
    last_month: Option<(String, Month)>,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let columns = Columns::of(input, intake)?;
    input.figures_in(&[columns.count]);
    let mut seen = Seen::default();
    input.each(intake, |row, intake| {
        let (Some(month), Some(practice)) =
            (seen.month(row, columns.month, intake), seen.practice(row, columns.practice, intake))
        else {
            return Ok(());
        };
        let split = (
            intake.word(row, columns.staff, words::staff, words::STAFF_EXPECTED),
            intake.word(row, columns.mode, words::mode, words::MODE_EXPECTED),
            intake.word(row, columns.status, words::status, words::STATUS_EXPECTED),
            intake.word(row, columns.wait, words::wait, words::WAIT_EXPECTED),
            intake.count(row, columns.count),
        );
        let (Some(staff), Some(mode), Some(status), Some(wait), Some(count)) = split else {
            return Ok(());
        };
        seen.appointments += count;
        let category = row.get(columns.category);
        seen.note_category(category);
        let row = tables::appointment::Row {
            practice: practice.into(),
            staff: staff.into(),
            mode: mode.into(),
            status: status.into(),
            wait: wait.into(),
            category: category.into(),
            appointments: count.into(),
        };
        intake.add(Period::Month(month), row)
    })?;
    seen.conclude(intake);
    Ok(())
}

impl Seen {
    fn month(&mut self, row: &Row<'_>, column: usize, intake: &mut Intake) -> Option<Month> {
        let text = row.get(column);
        if let Some((last, month)) = &self.last_month
            && last == text
        {
            return Some(*month);
        }
        let month = intake.month(row, column)?;
        intake.edition(Period::Month(month));
        self.last_month = Some((text.to_owned(), month));
        Some(month)
    }

    fn practice<'r>(
        &mut self,
        row: &Row<'r>,
        column: usize,
        intake: &mut Intake,
    ) -> Option<&'r str> {
        let text = row.get(column);
        if self.last_practice != text {
            let code = intake.code::<PracticeCode>(row, column)?;
            self.practices.extend(code.parse::<PracticeCode>().ok());
            code.clone_into(&mut self.last_practice);
        }
        Some(text)
    }

    /// Remembers a category not met before for a remark.
    fn note_category(&mut self, text: &str) {
        let met = text.is_empty()
            || words::CATEGORIES.contains(&text)
            || self.categories.iter().any(|known| known == text);
        if !met {
            self.categories.push(text.to_owned());
        }
    }

    fn conclude(self, intake: &mut Intake) {
        let practices = self.practices.len();
        let detail = format!("{practices} practices, {} appointments", self.appointments);
        intake.check("there are appointments", self.appointments > 0.0, detail);
        if (ONE_PLACE..WHOLE_OF_ENGLAND).contains(&practices) {
            intake.remark(format!("{practices} practices: the month is published in several files, one or more regions each; import the others too for the rest of England"));
        }
        for category in self.categories {
            intake.remark(format!("the national category `{category}` has not been met before"));
        }
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use super::ONE_PLACE;
    use crate::trial::Trial;

    const NOW: &str = "APPOINTMENT_MONTH_START_DATE,GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,HCP_TYPE,APPT_MODE,NATIONAL_CATEGORY,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS,APPT_STATUS\n";

    fn row(month: &str, mode: &str) -> String {
        format!(
            "{month},D81001,A,TPP,U88254,B,06H,C,Other Practice staff,{mode},Walk-in,22  to 28 Days,2,DNA\n"
        )
    }

    #[test]
    fn a_row_of_today_is_read() {
        let trial =
            Trial::of("a.csv", format!("{NOW}{}", row("01OCT2025", "Video Conference/Online")));
        let expected =
            "D81001|other_practice_staff|video_or_online|did_not_attend|22_to_28_days|Walk-in|2";
        assert_eq!(trial.rows("appointment", "2025-10"), [expected]);
    }

    #[test]
    fn the_month_column_of_2022_is_read() {
        let header = NOW.replace("APPOINTMENT_MONTH_START_DATE", "APPOINTMENT_MONTH");
        let trial = Trial::of("a.csv", format!("{header}{}", row("OCT2022", "Telephone")));
        assert_eq!(trial.rows("appointment", "2022-10").len(), 1);
    }

    #[test]
    fn a_word_not_known_is_a_problem_that_names_what_was_expected() {
        let trial = Trial::of("a.csv", format!("{NOW}{}", row("01OCT2025", "Carrier pigeon")));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("Face-to-Face, Telephone"), "{}", trial.problems());
    }

    fn rows_of(practices: usize) -> String {
        let one = row("01OCT2025", "Telephone");
        (0..practices).fold(NOW.to_owned(), |rows, practice| {
            rows + &one.replace("D81001", &format!("D{practice:05}"))
        })
    }

    #[test]
    fn part_of_england_is_said_to_be_part() {
        let trial = Trial::of("a.csv", rows_of(ONE_PLACE));
        assert!(trial.remarks().contains("200 practices"), "{}", trial.remarks());
    }

    #[test]
    fn an_extract_of_one_place_needs_no_remark() {
        let trial = Trial::of("a.csv", rows_of(30));
        assert!(!trial.remarks().contains("practices"), "{}", trial.remarks());
    }
}
