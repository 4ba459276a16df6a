//! Care homes and their registered beds, from the Care Quality Commission's list of active locations.
//!
//! The list holds every regulated service; only care homes are kept. Beds are those registered, not those occupied. Read
//! as the monthly list and as a table of the locations of the Commission's interface, as in a real file of Devon, whose
//! nested lists (ratings, services) are not read.

use evidence::tables;

use super::locations::degrees;
use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Care homes.
pub static SOURCE: Source = Source {
    id: "care_homes",
    title: "Active locations of regulated care: care homes",
    publisher: "Care Quality Commission",
    landing_page: "https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
    cadence: "monthly",
    about: "Care homes with the beds they are registered for, occupied or not.",
    writes: &[&tables::CARE_HOME],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["Location ID", "Location Name", "Care home?", "Care homes beds"], "").or_else(
        || {
            sample.matches(
                &["locationId", "name", "careHome", "numberOfBeds", "postalCode"],
                "interface",
            )
        },
    )
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let location = input.column(&["Location ID", "locationId"], intake)?;
    let name = input.column(&["Location Name", "name"], intake)?;
    let is_home = input.column(&["Care home?", "careHome"], intake)?;
    let beds = input.column(&["Care homes beds", "numberOfBeds"], intake)?;
    let postcode = input.column(&["Location Postal Code", "Postcode", "postalCode"], intake)?;
    let dormant = input.optional(&["Dormant (Y/N)", "dormancy"]);
    let place = input
        .optional(&["Location Latitude", "onspdLatitude"])
        .zip(input.optional(&["Location Longitude", "onspdLongitude"]));
    let status = input.optional(&["registrationStatus"]);
    let period = edition::of_any_time(input, intake);
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
        if status.is_some_and(|column| row.get(column).eq_ignore_ascii_case("Deregistered")) {
            intake.leave_out("care homes that are no longer registered");
            return Ok(());
        }
        if row.get(location).is_empty() {
            intake.problem(
                row,
                location,
                "is empty",
                "the location's identifier, such as 1-101728185",
            );
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
        let row = tables::care_home::Row {
            location: row.get(location).into(),
            name: row.get(name).into(),
            postcode: row.get(postcode).into(),
            beds: count.into(),
            latitude: found.map(|[latitude, _]| latitude).into(),
            longitude: found.map(|[_, longitude]| longitude).into(),
        };
        intake.add(period, row)
    })?;
    intake.check(
        "there are care homes",
        all > 0.0,
        format!("{} care homes with {all} beds", once.len()),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[test]
    fn locations_of_the_interface_are_read_and_those_dormant_or_gone_left_out() {
        let file = "locationId,name,registrationStatus,dormancy,numberOfBeds,postalCode,onspdLatitude,onspdLongitude,careHome,currentRatings\n\
            1-1,Oak House,Registered,N,28,ZZ1 1ZZ,50.5,-3.5,Y,\"{'overall': {'rating': 'Good'}}\"\n\
            1-2,Elm House,Registered,Y,10,ZZ1 1ZZ,50.5,-3.5,Y,\n\
            1-3,Ash House,Deregistered,N,10,ZZ1 1ZZ,50.5,-3.5,Y,\n\
            1-4,A Surgery,Registered,N,0,ZZ1 1ZZ,50.5,-3.5,N,\n";
        let trial = Trial::of("locations.csv", file);
        assert_eq!(
            trial.rows("care_home", "0001-01-01"),
            ["1-1|Oak House|ZZ1 1ZZ|28|50.5|-3.5"],
            "{}",
            trial.problems()
        );
        assert_eq!(trial.release().left_out.iter().map(|(_, rows)| rows).sum::<u64>(), 3);
    }
}
