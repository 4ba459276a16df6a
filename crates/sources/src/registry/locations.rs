//! Where practices and emergency departments stand: latitude and longitude, geocoded by others from postcodes.
//!
//! A postcode stands for some fifteen addresses, so a point may be a street away from the door.

use evidence::tables;
use vocab::codes::PracticeCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Locations of organisations.
pub static SOURCE: Source = Source {
    id: "locations",
    title: "Locations of practices and emergency departments (derived)",
    publisher: "third parties, from the registers and the National Statistics Postcode Lookup",
    landing_page: "https://geoportal.statistics.gov.uk/search?q=national%20statistics%20postcode%20lookup",
    cadence: "once",
    about: "Latitude and longitude, geocoded from postcodes. The file says nothing of its date.",
    writes: &[&tables::LOCATION],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["practice_code", "lat", "lon"], "practice").or_else(|| {
        sample
            .matches(&["code", "name", "postcode", "latitude", "longitude"], "emergency_department")
    })
}

/// Latitude and longitude of the current row, within the British Isles or the open sea north of them (where invented
/// places lie), or a problem.
pub fn degrees(row: &Row<'_>, columns: [usize; 2], intake: &mut Intake) -> Option<[f64; 2]> {
    let mut read = |column: usize, range: std::ops::Range<f64>| {
        let degrees = intake.figure(row, column)?.value();
        if degrees.is_none_or(|degrees| !range.contains(&degrees)) {
            let remedy = "latitude 49 to 66 and longitude -9 to 5, in degrees";
            intake.problem(row, column, "is not in the British Isles", remedy);
            return None;
        }
        degrees
    };
    Some([read(columns[0], 49.0..66.0)?, read(columns[1], -9.0..5.0)?])
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let kind = input.era;
    let organisation = input.column(&["practice_code", "code"], intake)?;
    let columns =
        [input.column(&["lat", "latitude"], intake)?, input.column(&["lon", "longitude"], intake)?];
    let (name, postcode) = (input.optional(&["name"]), input.optional(&["postcode"]));
    let period = intake.timeless();
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if kind == "practice" && intake.code::<PracticeCode>(row, organisation).is_none() {
            return Ok(());
        }
        if row.get(organisation).is_empty() {
            intake.problem(row, organisation, "is empty", "the code of the organisation");
            return Ok(());
        }
        let Some([latitude, longitude]) = degrees(row, columns, intake) else { return Ok(()) };
        if !once.first(row, &[organisation], intake) {
            return Ok(());
        }
        let text = |column: Option<usize>| column.map(|column| row.get(column));
        let row = tables::location::Row {
            organisation: row.get(organisation).into(),
            kind: kind.into(),
            name: text(name).into(),
            postcode: text(postcode).into(),
            latitude: latitude.into(),
            longitude: longitude.into(),
        };
        intake.add(period, row)
    })?;
    intake.check("there are locations", !once.is_empty(), format!("{} locations", once.len()));
    Ok(())
}
