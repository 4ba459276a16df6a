//! Cars and vans of the households of small areas at the 2021 census (table TS045).
//!
//! Households with one, two, and three or more cars are printed beside those with none; all must add up. Counts of areas
//! are slightly perturbed by the publisher so that nobody can be picked out.

use evidence::{Cell, tables};
use vocab::Period;
use vocab::codes::Lsoa21;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Cars and vans at the census.
pub static SOURCE: Source = Source {
    id: "census_cars",
    title: "Census 2021: car or van availability (TS045)",
    publisher: "Office for National Statistics",
    landing_page: "https://www.nomisweb.co.uk/sources/census_2021_bulk",
    cadence: "every ten years",
    about: "Households of small areas with and without a car or van on 21 March 2021. Cells are swapped and perturbed.",
    recognise,
    read,
};

const TOTAL: &str = "Number of cars or vans: Total: All households";
const NONE: &str = "Number of cars or vans: No cars or vans in household";
const SOME: [&str; 3] = [
    "Number of cars or vans: 1 car or van in household",
    "Number of cars or vans: 2 cars or vans in household",
    "Number of cars or vans: 3 or more cars or vans in household",
];

fn recognise(sample: &Sample) -> Option<Match> {
    let header_row = sample.header_with(&["geography code", TOTAL])?;
    Some(Match { header_row: Some(header_row), era: "" })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let area = input.column(&["geography code"], intake)?;
    let year = input.column(&["date"], intake)?;
    let (total, none) = (input.column(&[TOTAL], intake)?, input.column(&[NONE], intake)?);
    let some =
        [input.column(&[SOME[0]], intake)?, input.column(&[SOME[1]], intake)?, input.column(&[SOME[2]], intake)?];
    let (mut once, mut households, mut adrift) = (Once::default(), 0.0, 0_u64);
    input.each(intake, |row, intake| {
        if matches!(row.get(area).get(..3), Some("E92" | "W92" | "K04")) {
            intake.leave_out("totals of the countries");
            return Ok(());
        }
        let Ok(census) = row.get(year).parse::<i16>() else {
            intake.problem(row, year, "is not a year", "the year of the census, 2021");
            return Ok(());
        };
        let code = intake.code::<Lsoa21>(row, area);
        let (Some(code), Some(all), Some(without)) =
            (code, intake.count(row, total), intake.count(row, none))
        else {
            return Ok(());
        };
        let mut sum = without;
        for column in some {
            let Some(count) = intake.count(row, column) else { return Ok(()) };
            sum += count;
        }
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        let period = Period::Year(census);
        intake.edition(period);
        adrift += u64::from(sum.total_cmp(&all).is_ne());
        households += all;
        intake.push(&tables::CAR, period, &[Cell::from(code), Cell::from(all), Cell::from(without)])
    })?;
    intake.check(
        "households with and without a car add up to all",
        adrift * 100 <= once.len() as u64 && households > 0.0,
        format!("{households} households of {} areas; {adrift} areas do not add up", once.len()),
    );
    Ok(())
}
