//! Cars and vans of the households of small areas at the 2021 census (table TS045).
//!
//! Households with one, two, and three or more cars are printed beside those with none; all must add up.

use evidence::tables;

use crate::census::{self, Counted};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Cars and vans at the census.
pub static SOURCE: Source = Source {
    id: "census_cars",
    title: "Census 2021: car or van availability (TS045)",
    publisher: "Office for National Statistics",
    landing_page: "https://www.nomisweb.co.uk/sources/census_2021_bulk",
    cadence: "every ten years",
    about: "Households of small areas with and without a car or van on 21 March 2021. Cells are swapped and perturbed.",
    writes: &[&tables::CAR],
    recognise,
    read,
};

const HOUSEHOLDS: Counted = Counted {
    total: "Number of cars or vans: Total: All households",
    what: "households",
    sums: "households with and without a car add up to all",
};

/// Households without a car, and those with some.
const PARTS: [&str; 4] = [
    "Number of cars or vans: No cars or vans in household",
    "Number of cars or vans: 1 car or van in household",
    "Number of cars or vans: 2 cars or vans in household",
    "Number of cars or vans: 3 or more cars or vans in household",
];

fn recognise(sample: &Sample) -> Option<Match> {
    let header_row = sample.header_with(&["geography code", HOUSEHOLDS.total])?;
    Some(Match { header_row: Some(header_row), era: "" })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut parts = [0; 4];
    for (part, heading) in parts.iter_mut().zip(PARTS) {
        *part = input.column(&[heading], intake)?;
    }
    census::read(input, intake, &HOUSEHOLDS, &parts, |area, intake| {
        let without = area.parts.first().copied().unwrap_or_default();
        let row = tables::car::Row {
            area: area.code.into(),
            households: area.all.into(),
            without: without.into(),
        };
        intake.add(area.period, row)
    })
}
