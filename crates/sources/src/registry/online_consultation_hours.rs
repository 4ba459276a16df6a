//! Submissions through online consultation systems, by practice, weekday and hours of the day.
//!
//! Laid out as in a real file of 2025: one row for each practice, supplier, weekday and band of hours. Bands without
//! submissions are not printed, and a practice whose supplier gives no times is absent: neither is nought.

use std::collections::BTreeSet;

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;
use vocab::weekday::{NAMES, WORDS};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Online consultations by weekday and hour.
pub static SOURCE: Source = Source {
    id: "online_consultation_hours",
    title: "Submissions via Online Consultation Systems in General Practice: weekday and time",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/submissions-via-online-consultation-systems-in-general-practice",
    cadence: "monthly",
    about: "When in the week patients send online requests to a practice. The bands differ in length (mostly two hours, six at night); bands without a request are not printed.",
    writes: &[&tables::ONLINE_CONSULTATION_HOUR],
    recognise,
    read,
};

const COLUMNS: [&str; 6] = ["MONTH", "GP_CODE", "SUPPLIER", "WEEKDAY", "SUBMISSION_TIME", "VALUE"];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&COLUMNS, "")
}

fn weekday(text: &str) -> Option<&'static str> {
    let day = NAMES.iter().position(|name| name.eq_ignore_ascii_case(text))?;
    WORDS.get(day).copied()
}

/// The first hour of a band and the first past it: `06:00 - 07:59` is `06:00` to `08:00`.
fn band(text: &str) -> Option<[String; 2]> {
    let (from, to) = text.split_once('-')?;
    let [from, last] = [from, to].map(|time| minutes(time.trim()));
    let (from, past) = (from?, last? + 1);
    (from < past && past.is_multiple_of(60))
        .then(|| [from, past].map(|time| format!("{:02}:{:02}", time / 60, time % 60)))
}

fn minutes(time: &str) -> Option<u32> {
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = input.column(&[name], intake)?;
    }
    let [month, practice, supplier, day, time, value] = at;
    let (mut once, mut practices, mut total) = (Once::default(), BTreeSet::new(), 0.0);
    input.each(intake, |row, intake| {
        let (Some(code), Some(month_of), Some(weekday), Some(figure)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.month(row, month),
            intake.word(row, day, weekday, "a weekday, Monday to Sunday"),
            intake.figure(row, value),
        ) else {
            return Ok(());
        };
        let Some([from, to]) = band(row.get(time)) else {
            intake.problem(row, time, "is not a band of hours", "two times such as 06:00 - 07:59");
            return Ok(());
        };
        if !once.first(row, &[practice, month, supplier, day, time], intake) {
            return Ok(());
        }
        let period = Period::Month(month_of);
        intake.edition(period);
        practices.extend(code.parse::<PracticeCode>().ok());
        total += figure.value().unwrap_or_default();
        let row = tables::online_consultation_hour::Row {
            practice: code.into(),
            supplier: row.get(supplier).into(),
            weekday: weekday.into(),
            hour_from: from.as_str().into(),
            hour_to: to.as_str().into(),
            submissions: figure.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, row)
    })?;
    let detail = format!("{} practices, {total} submissions", practices.len());
    intake.check("there are submissions", total > 0.0, detail);
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "MONTH,GP_CODE,GP_NAME,PCN_CODE,SUPPLIER,WEEKDAY,SUBMISSION_TIME,VALUE\n";

    #[test]
    fn bands_of_hours_end_where_the_next_begins() {
        let rows = "2025-06-01,Z99001,A,U99999,X LTD,Monday,06:00 - 07:59,7\n2025-06-01,Z99001,A,U99999,X LTD,Sunday,18:00 - 23:59,*\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let expected = [
            "Z99001|X LTD|monday|06:00|08:00|7|value",
            "Z99001|X LTD|sunday|18:00|24:00||suppressed",
        ];
        assert_eq!(
            trial.rows("online_consultation_hour", "2025-06"),
            expected,
            "{}",
            trial.problems()
        );
    }

    #[test]
    fn a_band_that_ends_before_it_begins_is_refused() {
        let trial = Trial::of(
            "a.csv",
            format!("{HEADER}2025-06-01,Z99001,A,U99999,X LTD,Monday,08:00 - 07:59,7\n"),
        );
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("06:00 - 07:59"), "{}", trial.problems());
    }
}
