//! People living in small areas at mid-year, by single year of age (and sex where the file splits it).
//!
//! Estimates of the resident population, not of people on lists: the two differ, because people stay on lists after they
//! move. Age 90 stands for 90 and over. The year is in the title of the sheet or in the name of the file.

use evidence::{Word, tables};
use vocab::codes::Lsoa21;
use vocab::{AgeBand, Period, Sex};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Mid-year population.
pub static SOURCE: Source = Source {
    id: "residents",
    title: "Mid-year population estimates by single year of age",
    publisher: "Office for National Statistics",
    landing_page: "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/datasets/lowersuperoutputareamidyearpopulationestimates",
    cadence: "yearly",
    about: "People who live in each small area on 30 June. Estimates for one age in one small area are uncertain by several people.",
    writes: &[&tables::RESIDENT],
    recognise,
    read,
};

const AREA: [&str; 7] = [
    "lsoa21_code",
    "lsoa11_code",
    "LSOA21CD",
    "LSOA11CD",
    "LSOA 2021 Code",
    "LSOA 2011 Code",
    "LSOA Code",
];
const TOTAL: [&str; 4] = ["total_population", "All Ages", "Total", "total"];
const ENGLAND: &str = "E92000001";

fn recognise(sample: &Sample) -> Option<Match> {
    if let Some(found) = sample.matches(&["age", "sex", "persons"], "england") {
        return Some(found);
    }
    sample.rows.iter().enumerate().find_map(|(number, row)| {
        let ages = row.iter().filter(|name| age_column(name).is_some()).count();
        let is_area = |name: &String| {
            AREA.iter()
                .any(|area| name.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(area))
        };
        let area = row.iter().find(|name| is_area(name))?;
        let census = if area.contains("21") { "2021" } else { "2011" };
        (ages > 80).then_some(Match { header_row: Some(number), era: census })
    })
}

/// The sex and the ages that a column counts, by its name: `37`, `90+`, `F37`, `M90`.
fn age_column(name: &str) -> Option<(&'static str, AgeBand)> {
    let name = name.trim();
    let (sex, age) = match name.chars().next()? {
        'F' | 'f' => ("female", name.get(1..)?),
        'M' | 'm' => ("male", name.get(1..)?),
        _ => ("all", name),
    };
    let band = AgeBand::parse(age).filter(|_| age.starts_with(|c: char| c.is_ascii_digit()))?;
    Some((sex, if band.lower() == 90 { AgeBand::from(90) } else { band }))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let Some(year) = year_in(&input.titles).or_else(|| year_in(file_name(&input.file))) else {
        intake.problems.refuse(Problem::of_file(
            "neither the sheet nor the name of the file says of which year the estimates are",
            "name the file after the year, such as `mid-2022-lsoa.csv`",
        ));
        return Ok(());
    };
    let period = Period::Year(year);
    intake.edition(period);
    if input.era == "england" {
        read_england(input, period, intake)
    } else {
        read_areas(input, period, intake)
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '!', '\\']).next().unwrap_or(path)
}

/// The first year from 2001 in a text: four digits, or two behind the word `population`.
fn year_in(text: &str) -> Option<i16> {
    let numbers = || text.split(|c: char| !c.is_ascii_digit());
    let long = numbers().filter(|part| part.len() == 4).find_map(|part| part.parse::<i16>().ok());
    let short = || {
        let (_, rest) = text.split_once("population")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (digits.len() == 2).then(|| digits.parse::<i16>().ok()).flatten().map(|year| 2000 + year)
    };
    long.filter(|year| (2001..2100).contains(year)).or_else(short)
}

fn read_areas(input: &mut Input<'_>, period: Period, intake: &mut Intake) -> Result<(), ReadError> {
    let area = input.column(&AREA, intake)?;
    let total = input.optional(&TOTAL);
    let census = input.era;
    let sheet_sex = sex_in(&input.titles);
    let ages: Vec<(usize, &'static str, AgeBand)> = input
        .header()
        .names()
        .iter()
        .enumerate()
        .filter_map(|(column, name)| age_column(name).map(|(sex, band)| (column, sex, band)))
        .map(|(column, sex, band)| (column, if sex == "all" { sheet_sex } else { sex }, band))
        .collect();
    let (mut once, mut people) = (Once::default(), 0.0);
    input.each(intake, |row, intake| {
        let Some(code) = intake.code::<Lsoa21>(row, area) else { return Ok(()) };
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        let mut counts = Vec::with_capacity(ages.len());
        for (column, _, _) in &ages {
            let Some(count) = intake.count(row, *column) else { return Ok(()) };
            counts.push(count);
        }
        let sum: f64 = counts.iter().sum();
        if let Some(column) = total {
            let Some(printed) = intake.count(row, column) else { return Ok(()) };
            if printed.total_cmp(&sum).is_ne() {
                let rule = format!("is not the sum of the ages, {sum}");
                intake.problem(row, column, rule, "download the file again");
                return Ok(());
            }
        }
        people += sum;
        for ((_, sex, band), count) in ages.iter().zip(counts) {
            let row = tables::resident::Row {
                area: code.into(),
                census: census.into(),
                sex: (*sex).into(),
                age_from: f64::from(band.lower()).into(),
                age_to: band.upper().map(f64::from).into(),
                residents: count.into(),
            };
            intake.add(period, row)?;
        }
        Ok(())
    })?;
    intake.check(
        "there are residents",
        people > 0.0,
        format!("{people} residents of {} areas", once.len()),
    );
    Ok(())
}

/// The sex that a sheet counts, by its title (`Mid-2020 Females`).
fn sex_in(titles: &str) -> &'static str {
    let lower = titles.to_lowercase();
    if lower.contains("female") {
        "female"
    } else if lower.contains("male") {
        "male"
    } else {
        "all"
    }
}

fn read_england(
    input: &mut Input<'_>,
    period: Period,
    intake: &mut Intake,
) -> Result<(), ReadError> {
    let age = input.column(&["age"], intake)?;
    let sex = input.column(&["sex"], intake)?;
    let persons = input.column(&["persons"], intake)?;
    let (mut once, mut people) = (Once::default(), 0.0);
    input.each(intake, |row, intake| {
        let word = intake.word(row, sex, |word| Sex::parse(word).map(Sex::as_str), "F or M");
        let band = AgeBand::parse(row.get(age));
        if band.is_none() {
            intake.problem(row, age, "is not an age", "an age such as 7 or 90+");
        }
        let (Some(word), Some(band), Some(count)) = (word, band, intake.count(row, persons)) else {
            return Ok(());
        };
        if !once.first(row, &[age, sex], intake) {
            return Ok(());
        }
        people += count;
        let row = tables::resident::Row {
            area: ENGLAND.into(),
            census: Word::default(),
            sex: word.into(),
            age_from: f64::from(band.lower()).into(),
            age_to: band.upper().map(f64::from).into(),
            residents: count.into(),
        };
        intake.add(period, row)
    })?;
    intake.remark("the residents of England as a whole, kept under its own code");
    intake.check("there are residents", people > 0.0, format!("{people} residents of England"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_read_from_titles_and_names() {
        assert_eq!(year_in("Mid-2022 LSOA 2021 Population"), Some(2022));
        assert_eq!(year_in("population20_lsoa11.csv"), Some(2020));
        assert_eq!(year_in("population_england_mid2023_single_year.csv"), Some(2023));
        assert_eq!(year_in("lsoa.csv"), None);
    }

    #[test]
    fn columns_of_ages_are_told_from_others() {
        assert_eq!(age_column("90+"), Some(("all", AgeBand::from(90))));
        assert_eq!(age_column("F90"), Some(("female", AgeBand::from(90))));
        assert_eq!(age_column("M0"), Some(("male", AgeBand::new(0, 1))));
        assert_eq!(age_column("Males"), None);
        assert_eq!(age_column("LSOA 2021 Code"), None);
    }
}
