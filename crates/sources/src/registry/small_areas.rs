//! Population-weighted centroids of the small areas of the 2011 and of the 2021 census.
//!
//! The point of an area from which its residents are nearest on average, in metres on the British National Grid. The
//! file covers England and Wales; both are kept, because patients cross the border.

use evidence::tables;
use vocab::Period;
use vocab::codes::Lsoa21;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Centroids of small areas.
pub static SOURCE: Source = Source {
    id: "small_areas",
    title: "Lower layer super output areas: population-weighted centroids",
    publisher: "Office for National Statistics",
    landing_page: "https://geoportal.statistics.gov.uk/search?q=LSOA%20population%20weighted%20centroids",
    cadence: "once a census",
    about: "Where the people of a small area live on average. Distances from it are distances from its middle, not from each door.",
    writes: &[&tables::AREA],
    recognise,
    read,
};

/// The ground that the National Grid covers, and the open sea north of it where invented places lie, in metres.
const GRID: (std::ops::Range<f64>, std::ops::Range<f64>) = (0.0..700_000.0, 0.0..1_850_000.0);

fn recognise(sample: &Sample) -> Option<Match> {
    sample
        .matches(&["LSOA21CD", "x", "y"], "2021")
        .or_else(|| sample.matches(&["LSOA11CD", "x", "y"], "2011"))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let area = input.column(&["LSOA21CD", "LSOA11CD"], intake)?;
    let (x, y) = (input.column(&["x"], intake)?, input.column(&["y"], intake)?);
    let name = input.optional(&["LSOA21NM", "LSOA11NM"]);
    let census = input.era;
    let period = Period::Year(if census == "2021" { 2021 } else { 2011 });
    intake.edition(period);
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        let (Some(code), Some(east), Some(north)) =
            (intake.code::<Lsoa21>(row, area), intake.figure(row, x), intake.figure(row, y))
        else {
            return Ok(());
        };
        for (column, figure, range) in [(x, east, &GRID.0), (y, north, &GRID.1)] {
            if figure.value().is_none_or(|metres| !range.contains(&metres) || metres < 1_000.0) {
                let remedy = "metres of the British National Grid, not degrees";
                intake.problem(row, column, "is not on the British National Grid", remedy);
                return Ok(());
            }
        }
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        let row = tables::area::Row {
            area: code.into(),
            census: census.into(),
            name: name.map(|column| row.get(column)).into(),
            easting_metres: east.value().into(),
            northing_metres: north.value().into(),
        };
        intake.add(period, row)
    })?;
    intake.check("there are areas", !once.is_empty(), format!("{} areas", once.len()));
    Ok(())
}
