//! Deprivation of practices and networks: the mean of the areas in which their patients live, as others derived it.
//!
//! Third parties publish such means on scales that run either way. Here decile 1 is the most deprived tenth, and a file
//! whose deciles run the other way is refused rather than guessed at.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Derived deprivation of practices and networks.
pub static SOURCE: Source = Source {
    id: "practice_deprivation",
    title: "Deprivation of practices and networks (derived)",
    publisher: "third parties, from the Indices of Deprivation and patients registered",
    landing_page: "https://fingertips.phe.org.uk/profile/general-practice",
    cadence: "once",
    about: "The mean deprivation of the areas that a practice's patients live in. Derived by others: their method is not in the file.",
    writes: &[&tables::PRACTICE_DEPRIVATION],
    recognise,
    read,
};

/// The edition of the Indices that such files rest on when they do not say: an assumption.
const ASSUMED: Period = Period::Year(2019);

fn recognise(sample: &Sample) -> Option<Match> {
    sample
        .matches(&["practice_code", "imd_score", "imd_decile"], "practice")
        .or_else(|| sample.matches(&["pcn_code", "imd_score", "imd_decile"], "network"))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let organisation = input.column(&["practice_code", "pcn_code"], intake)?;
    let score = input.column(&["imd_score"], intake)?;
    let decile = input.column(&["imd_decile"], intake)?;
    let level = input.era;
    intake.edition(ASSUMED);
    intake.remark("derived by a third party; the edition of the Indices is not in the file: 2019 (assumption)");
    let mut once = Once::default();
    let mut tenths: BTreeMap<u8, Vec<f64>> = BTreeMap::new();
    input.each(intake, |row, intake| {
        if matches!(row.get(organisation), "U" | "") {
            intake.leave_out("practices in no network, taken together");
            return Ok(());
        }
        let (Some(code), Some(mean), Some(tenth)) = (
            intake.code::<PracticeCode>(row, organisation),
            intake.figure(row, score),
            intake.count(row, decile),
        ) else {
            return Ok(());
        };
        if !(1.0..=10.0).contains(&tenth) {
            intake.problem(row, decile, "is not a decile", "a whole number from 1 to 10");
            return Ok(());
        }
        if !once.first(row, &[organisation], intake) {
            return Ok(());
        }
        tenths.entry(tenth as u8).or_default().extend(mean.value());
        let row = tables::practice_deprivation::Row {
            organisation: code.into(),
            level: level.into(),
            score: mean.value().into(),
            decile: tenth.into(),
        };
        intake.add(ASSUMED, row)
    })?;
    check_direction(&tenths, intake);
    Ok(())
}

fn check_direction(tenths: &BTreeMap<u8, Vec<f64>>, intake: &mut Intake) {
    let mean = |scores: &Vec<f64>| scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    let means: Vec<f64> = tenths.values().map(mean).collect();
    let falls = means.windows(2).all(|pair| matches!(pair, [first, second] if first >= second));
    let (first, last) = (means.first().unwrap_or(&0.0), means.last().unwrap_or(&0.0));
    intake.check(
        "decile 1 holds the most deprived tenth",
        falls,
        format!("the mean score goes from {first:.1} in the first tenth to {last:.1} in the last"),
    );
}
