//! Ethnic group of the residents of small areas at the 2021 census (table TS021).
//!
//! The file prints five broad groups and nineteen detailed ones beside each other: the detailed ones are kept, and must
//! add up to all residents. Counts of areas are slightly perturbed by the publisher so that nobody can be picked out.

use evidence::{Cell, tables};
use vocab::Period;
use vocab::codes::Lsoa21;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Ethnic group at the census.
pub static SOURCE: Source = Source {
    id: "census_ethnicity",
    title: "Census 2021: ethnic group (TS021)",
    publisher: "Office for National Statistics",
    landing_page: "https://www.nomisweb.co.uk/sources/census_2021_bulk",
    cadence: "every ten years",
    about: "Residents of small areas by ethnic group on 21 March 2021, as they described themselves. Cells are swapped and perturbed.",
    recognise,
    read,
};

const PREFIX: &str = "Ethnic group: ";

fn recognise(sample: &Sample) -> Option<Match> {
    let header_row = sample.header_with(&["geography code", "Ethnic group: Total: All usual residents"])?;
    Some(Match { header_row: Some(header_row), era: "" })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let area = input.column(&["geography code"], intake)?;
    let year = input.column(&["date"], intake)?;
    let total = input.column(&["Ethnic group: Total: All usual residents"], intake)?;
    let groups: Vec<(usize, String)> = input
        .header()
        .names()
        .iter()
        .enumerate()
        .filter(|(column, _)| *column != total)
        .filter_map(|(column, name)| Some((column, name.strip_prefix(PREFIX)?.to_owned())))
        .filter(|(_, name)| name.contains(": "))
        .collect();
    let (mut once, mut people, mut adrift) = (Once::default(), 0.0, 0_u64);
    input.each(intake, |row, intake| {
        if matches!(row.get(area).get(..3), Some("E92" | "W92" | "K04")) {
            intake.leave_out("totals of the countries");
            return Ok(());
        }
        let Ok(census) = row.get(year).parse::<i16>() else {
            intake.problem(row, year, "is not a year", "the year of the census, 2021");
            return Ok(());
        };
        let (Some(code), Some(all)) = (intake.code::<Lsoa21>(row, area), intake.count(row, total)) else {
            return Ok(());
        };
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        let period = Period::Year(census);
        intake.edition(period);
        let mut sum = 0.0;
        for (column, group) in &groups {
            let Some(count) = intake.count(row, *column) else { return Ok(()) };
            sum += count;
            let cells = [Cell::from(code), Cell::from(group), Cell::from(count)];
            intake.push(&tables::ETHNICITY, period, &cells)?;
        }
        adrift += u64::from(sum.total_cmp(&all).is_ne());
        people += all;
        Ok(())
    })?;
    intake.check(
        "the groups add up to all residents",
        adrift * 100 <= once.len() as u64 && people > 0.0,
        format!("{people} residents of {} areas; {adrift} areas do not add up", once.len()),
    );
    Ok(())
}
