//! Opening hours of services at sites, weekday by weekday.
//!
//! No national file of them is published: this is the form in which a place writes its own. A weekday may have several
//! spans; a service that is closed on a weekday has no row for it.

use evidence::tables;
use vocab::weekday::WORDS;

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Opening hours.
pub static SOURCE: Source = Source {
    id: "opening_hours",
    title: "Opening hours of sites",
    publisher: "the place itself",
    landing_page: "https://www.nhs.uk/service-search/find-a-gp",
    cadence: "when they change",
    about: "Hours at which a service is open at a site on a weekday, as the place states them.",
    writes: &[&tables::OPENING],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["site_code", "service", "weekday", "opens", "closes"], "")
}

fn weekday(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    WORDS.into_iter().find(|day| lower.len() >= 3 && day.starts_with(&lower))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let site = input.column(&["site_code"], intake)?;
    let service = input.column(&["service"], intake)?;
    let day = input.column(&["weekday"], intake)?;
    let (opens, closes) = (input.column(&["opens"], intake)?, input.column(&["closes"], intake)?);
    let period = edition::of_any_time(input, intake);
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if row.get(site).is_empty() {
            intake.problem(row, site, "is empty", "the code of the site");
            return Ok(());
        }
        let word = intake.word(row, day, weekday, "a weekday, monday to sunday");
        let (Some(word), Some(from), Some(to)) =
            (word, time(row, opens, intake), time(row, closes, intake))
        else {
            return Ok(());
        };
        if from >= to {
            let rule = format!("closes before it opens ({from})");
            intake.problem(row, closes, rule, "a time after the opening; write 24:00 for midnight");
            return Ok(());
        }
        if !once.first(row, &[site, service, day, opens], intake) {
            return Ok(());
        }
        let row = tables::opening::Row {
            site: row.get(site).into(),
            service: row.get(service).into(),
            weekday: word.into(),
            opens: from.as_str().into(),
            closes: to.as_str().into(),
        };
        intake.add(period, row)
    })?;
    intake.check("there are opening hours", !once.is_empty(), format!("{} spans", once.len()));
    Ok(())
}

/// A time of day as `HH:MM`, or a problem.
fn time(row: &Row<'_>, column: usize, intake: &mut Intake) -> Option<String> {
    let parts = || {
        let (hour, minute) = row.get(column).split_once(':')?;
        let minute = minute.strip_suffix(":00").unwrap_or(minute);
        let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
        let valid = (hour < 24 && minute < 60) || (hour == 24 && minute == 0);
        valid.then(|| format!("{hour:02}:{minute:02}"))
    };
    let time = parts();
    if time.is_none() {
        intake.problem(row, column, "is not a time of day", "a time such as 08:30");
    }
    time
}
