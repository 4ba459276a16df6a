//! Published projections of the people of local authorities by sex and single year of age (table Z1 of the ONS).
//!
//! One file for each sex and one for both, a column for each year from the base on; ages 0 to 89, `90 and over`, and
//! `All ages`, which repeats the others and is what they are checked against. Figures are not whole numbers. Both sexes
//! together, counties, regions and the country repeat what is kept and are left out. The layout is that of the editions
//! of 2014 to 2022 as others read them; no file of the publisher was at hand when this was written, so that a real one may
//! be refused for a spelling not met before: it then says which. A projection is no forecast: it carries recent
//! births, deaths and moves on and knows nothing of plans.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::codes::LocalAuthorityCode;
use vocab::{AgeBand, Period, Sex};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Where the publication is found.
pub const LANDING_PAGE: &str = "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationprojections/datasets/localauthoritiesinenglandz1";

/// Subnational population projections.
pub static SOURCE: Source = Source {
    id: "population_projections",
    title: "Subnational population projections for local authorities by single year of age and sex (table Z1)",
    publisher: "Office for National Statistics",
    landing_page: LANDING_PAGE,
    cadence: "about every two years",
    about: "People expected in each local authority on 30 June of the years to come if recent births, deaths and moves went on. Policies and plans for homes are not in it.",
    writes: &[&tables::PROJECTED_RESIDENT],
    recognise,
    read,
};

/// How far the ages may be from `All ages`, in people: figures are printed to a few decimals.
const ROUNDING: f64 = 0.5;
const ALL_AGES: &str = "all ages";

fn recognise(sample: &Sample) -> Option<Match> {
    let names = ["AREA_CODE", "COMPONENT", "SEX", "AGE_GROUP"];
    let header_row = sample.header_with(&names)?;
    let years = sample.rows.get(header_row)?.iter().filter(|name| year(name).is_some()).count();
    (years > 1).then_some(Match { header_row: Some(header_row), era: "" })
}

fn year(name: &str) -> Option<i16> {
    let name = name.trim();
    let year = name.parse().ok().filter(|_| name.len() == 4)?;
    (2001..2200).contains(&year).then_some(year)
}

/// Where the parts of a row stand.
struct Columns {
    area: usize,
    component: usize,
    sex: usize,
    age: usize,
    years: Vec<(usize, i16)>,
}

/// The ages of an authority in the order of its years, and `All ages` as printed.
#[derive(Default)]
struct Sums {
    ages: Vec<f64>,
    printed: Option<Vec<f64>>,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let names = input.header().names().iter().enumerate();
    let columns = Columns {
        years: names.filter_map(|(column, name)| Some((column, year(name)?))).collect(),
        area: input.column(&["AREA_CODE"], intake)?,
        component: input.column(&["COMPONENT"], intake)?,
        sex: input.column(&["SEX"], intake)?,
        age: input.column(&["AGE_GROUP"], intake)?,
    };
    if let Some((_, base)) = columns.years.first() {
        intake.edition(Period::Year(*base));
    }
    let mut once = Once::default();
    let mut sums: BTreeMap<(String, &'static str), Sums> = BTreeMap::new();
    input.each(intake, |row, intake| {
        if let Some(reason) = left_out(row, &columns) {
            intake.leave_out(reason);
            return Ok(());
        }
        let Some(code) = intake.code::<LocalAuthorityCode>(row, columns.area) else {
            return Ok(());
        };
        let sex = |word: &str| Sex::parse(word).map(Sex::as_str);
        let Some(sex) = intake.word(row, columns.sex, sex, "females, males or persons") else {
            return Ok(());
        };
        let keys = [columns.area, columns.sex, columns.age];
        let Some(people) = people(row, &columns, intake).filter(|_| once.first(row, &keys, intake))
        else {
            return Ok(());
        };
        let sums = sums.entry((code.to_owned(), sex)).or_default();
        if row.get(columns.age).trim().eq_ignore_ascii_case(ALL_AGES) {
            sums.printed = Some(people);
            return Ok(());
        }
        let Some(band) = AgeBand::parse(row.get(columns.age)) else {
            let expected = "an age from 0 to 89, `90 and over` or `All ages`";
            intake.problem(row, columns.age, "is not an age", expected);
            return Ok(());
        };
        sums.ages.resize(people.len(), 0.0);
        sums.ages.iter_mut().zip(&people).for_each(|(sum, people)| *sum += people);
        for ((_, year), people) in columns.years.iter().zip(people) {
            let row = tables::projected_resident::Row {
                area: code.into(),
                sex: sex.into(),
                age_from: f64::from(band.lower()).into(),
                age_to: band.upper().map(f64::from).into(),
                people: people.into(),
            };
            intake.add(Period::Year(*year), row)?;
        }
        Ok(())
    })?;
    check(&sums, intake);
    Ok(())
}

/// Why a row repeats what others hold, if it does.
fn left_out(row: &Row<'_>, columns: &Columns) -> Option<&'static str> {
    let word = |column: usize| row.get(column).trim().to_ascii_lowercase();
    let area = word(columns.area);
    if word(columns.component) != "population" {
        Some("births, deaths or moves, not people")
    } else if word(columns.sex) == "persons" {
        Some("both sexes together; the files of females and males hold them")
    } else if ["e10", "e11", "e12", "e13", "e92"].iter().any(|larger| area.starts_with(larger)) {
        Some("counties, regions and the country, whose local authorities are kept")
    } else {
        None
    }
}

/// The people of a row, year by year, or a problem.
fn people(row: &Row<'_>, columns: &Columns, intake: &mut Intake) -> Option<Vec<f64>> {
    let mut people = Vec::with_capacity(columns.years.len());
    for (column, _) in &columns.years {
        match intake.figure(row, *column)?.value() {
            Some(figure) if figure >= 0.0 => people.push(figure),
            _ => {
                intake.problem(row, *column, "is not a number of people", "nought or more");
                return None;
            }
        }
    }
    Some(people)
}

/// Whether there is anybody, and the ages of every authority add up.
fn check(sums: &BTreeMap<(String, &'static str), Sums>, intake: &mut Intake) {
    if sums.is_empty() {
        intake.remark("nothing is kept of this file: import the files of females and of males");
        return;
    }
    let off = sums.iter().find(|(_, sums)| {
        let printed = sums.printed.iter().flatten().zip(&sums.ages);
        printed.clone().any(|(printed, sum)| (printed - sum).abs() > ROUNDING)
    });
    let found = off.map_or_else(
        || format!("{} sums of authorities and sexes", sums.len()),
        |((code, sex), _)| {
            format!("the ages of {sex} residents of {code} are not their printed sum")
        },
    );
    intake.check("the ages of every authority add up to all ages", off.is_none(), found);
}
