//! Care homes and their registered beds, from the Care Quality Commission's list of active locations.
//!
//! The list holds every regulated service; only care homes are kept. Beds are those registered, not those occupied.

use evidence::{Cell, tables};

use super::locations::degrees;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Care homes.
pub static SOURCE: Source = Source {
    id: "care_homes",
    title: "Active locations of regulated care: care homes",
    publisher: "Care Quality Commission",
    landing_page: "https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
    cadence: "monthly",
    about: "Care homes with the beds they are registered for, occupied or not.",
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["Location ID", "Location Name", "Care home?", "Care homes beds"], "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let location = input.column(&["Location ID"], intake)?;
    let name = input.column(&["Location Name"], intake)?;
    let is_home = input.column(&["Care home?"], intake)?;
    let beds = input.column(&["Care homes beds"], intake)?;
    let postcode = input.column(&["Location Postal Code", "Postcode"], intake)?;
    let dormant = input.optional(&["Dormant (Y/N)"]);
    let place = input.optional(&["Location Latitude"]).zip(input.optional(&["Location Longitude"]));
    let period = intake.undated()?;
    let (mut once, mut all) = (Once::default(), 0.0);
    input.each(intake, |row, intake| {
        let yes = |text: &str| text.eq_ignore_ascii_case("Y") || text.eq_ignore_ascii_case("yes");
        if !yes(row.get(is_home)) {
            intake.leave_out("services that are no care home");
            return Ok(());
        }
        if dormant.is_some_and(|column| yes(row.get(column))) {
            intake.leave_out("care homes that are dormant");
            return Ok(());
        }
        if row.get(location).is_empty() {
            intake.problem(row, location, "is empty", "the location's identifier, such as 1-101728185");
            return Ok(());
        }
        let Some(count) = intake.count(row, beds) else { return Ok(()) };
        if !once.first(row, &[location], intake) {
            return Ok(());
        }
        let found = match place {
            Some((north, east)) if !row.get(north).is_empty() => {
                let Some(found) = degrees(row, [north, east], intake) else { return Ok(()) };
                Some(found)
            }
            _ => None,
        };
        all += count;
        let cells = [
            Cell::from(row.get(location)),
            Cell::from(row.get(name)),
            Cell::from(row.get(postcode)),
            Cell::from(count),
            Cell::from(found.map(|[latitude, _]| latitude)),
            Cell::from(found.map(|[_, longitude]| longitude)),
        ];
        intake.push(&tables::CARE_HOME, period, &cells)
    })?;
    intake.check("there are care homes", all > 0.0, format!("{} care homes with {all} beds", once.len()));
    Ok(())
}
