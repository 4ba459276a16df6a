//! Travel times from small areas to sites, worked out elsewhere (a routing engine, a transport authority).
//!
//! The form is our own: one row for each area, site and mode, with whole or decimal minutes one way. A table says all
//! that can be reached: for an area and mode that it names, sites that it leaves out are out of reach. So a row without
//! a time would turn into a site out of reach, and one such row refuses the table. A column `minutes_back` claims
//! that the way back takes as long, and is held to it.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::codes::Lsoa21;

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Travel times.
pub static SOURCE: Source = Source {
    id: "travel_times",
    title: "Travel times from small areas to sites",
    publisher: "the place itself, or whoever runs its routing",
    landing_page: "https://www.gov.uk/government/collections/journey-time-statistics",
    cadence: "when roads or timetables change",
    about: "Minutes one way from a small area to a site by a mode. Replaces the stated speeds for the areas and modes that it names.",
    writes: &[&tables::TRAVEL],
    recognise,
    read,
};

/// Longer than any journey to care that anybody makes in a day.
const MOST_MINUTES: f64 = 600.0;

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["area_code", "site_code", "mode", "minutes"], "")
}

/// Our word for a mode.
fn mode(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
        "walk" | "walking" | "foot" => "walk",
        "walk_or_bus" | "bus" | "transit" | "public_transport" => "walk_or_bus",
        "drive" | "driving" | "car" => "drive",
        _ => return None,
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let area = input.column(&["area_code"], intake)?;
    let site = input.column(&["site_code"], intake)?;
    let (by, minutes) = (input.column(&["mode"], intake)?, input.column(&["minutes"], intake)?);
    let back = input.optional(&["minutes_back"]);
    let period = edition::of_any_time(input, intake);
    let mut once = Once::default();
    let mut sites_of: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut untimed = 0_usize;
    input.each(intake, |row, intake| {
        let code = intake.code::<Lsoa21>(row, area).is_some();
        if row.get(site).is_empty() {
            intake.problem(row, site, "is empty", "the code of the site");
        }
        let word = intake.word(row, by, mode, "walk, walk_or_bus or drive");
        let time = intake.figure(row, minutes).and_then(vocab::Observed::value);
        let rule = match time {
            None => Some("is a gap in the travel times"),
            Some(time) if time < 0.0 => Some("is below nought"),
            Some(time) if time > MOST_MINUTES => Some("is longer than ten hours"),
            Some(_) => None,
        };
        if let Some(rule) = rule {
            untimed += 1;
            let remedy = "minutes one way, 0 to 600; leave out journeys that nobody can make";
            intake.problem(row, minutes, rule, remedy);
            return Ok(());
        }
        let returning = back.and_then(|back| intake.figure(row, back)?.value());
        if let (Some(there), Some(back_again), Some(column)) = (time, returning, back)
            && (there - back_again).abs() > 1e-9
        {
            untimed += 1;
            let rule = format!("is not the {there} minutes of the way there");
            intake.problem(row, column, rule, "leave the column out where ways differ");
            return Ok(());
        }
        let (true, Some(word), Some(time)) = (code, word, time) else { return Ok(()) };
        if row.get(site).is_empty() || !once.first(row, &[area, site, by], intake) {
            return Ok(());
        }
        *sites_of.entry(word).or_default() += 1;
        let row = tables::travel::Row {
            area: row.get(area).into(),
            site: row.get(site).into(),
            mode: word.into(),
            minutes: time.into(),
        };
        intake.add(period, row)
    })?;
    let detail = format!("{untimed} rows without a usable time");
    intake.check("every journey has its time", untimed == 0, detail);
    let found: Vec<String> =
        sites_of.iter().map(|(mode, count)| format!("{count} by {mode}")).collect();
    intake.check("there are travel times", !once.is_empty(), found.join(", "));
    Ok(())
}
