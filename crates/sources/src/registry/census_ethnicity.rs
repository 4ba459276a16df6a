//! Ethnic group of the residents of small areas at the 2021 census (table TS021).
//!
//! The file prints five broad groups and nineteen detailed ones beside each other: the detailed ones are kept, and must
//! add up to all residents.

use evidence::tables;

use crate::census::{self, Counted};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Ethnic group at the census.
pub static SOURCE: Source = Source {
    id: "census_ethnicity",
    title: "Census 2021: ethnic group (TS021)",
    publisher: "Office for National Statistics",
    landing_page: "https://www.nomisweb.co.uk/sources/census_2021_bulk",
    cadence: "every ten years",
    about: "Residents of small areas by ethnic group on 21 March 2021, as they described themselves. Cells are swapped and perturbed.",
    writes: &[&tables::ETHNICITY],
    recognise,
    read,
};

const RESIDENTS: Counted = Counted {
    total: "Ethnic group: Total: All usual residents",
    what: "residents",
    sums: "the groups add up to all residents",
};

const PREFIX: &str = "Ethnic group: ";

fn recognise(sample: &Sample) -> Option<Match> {
    let header_row = sample.header_with(&["geography code", RESIDENTS.total])?;
    Some(Match { header_row: Some(header_row), era: "" })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let detailed = |name: &String| Some(name.strip_prefix(PREFIX)?.to_owned());
    let names = input.header().names().iter().enumerate();
    let (columns, groups): (Vec<usize>, Vec<String>) = names
        .filter_map(|(column, name)| Some((column, detailed(name)?)))
        .filter(|(_, group)| group.contains(": ") && !group.starts_with("Total: "))
        .unzip();
    census::read(input, intake, &RESIDENTS, &columns, |area, intake| {
        groups.iter().zip(area.parts).try_for_each(|(group, people)| {
            let row = tables::ethnicity::Row {
                area: area.code.into(),
                ethnic_group: group.into(),
                residents: (*people).into(),
            };
            intake.add(area.period, row)
        })
    })
}
