//! Who lives in small areas at mid-year, as estimated: by sex and single year of age, on areas of 2021.
//!
//! Areas of 2011 are shared out over those of 2021 by the lookup. Where an estimate does not tell the sexes apart,
//! people of an age are divided as England's of that age are.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Frame, Place, tables};
use indicators::small_areas::{areas_of, each_lookup};
use vocab::Period;

use super::rates::England;
use super::{AGES, Area};

/// The people of small areas in a year.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Counted {
    /// The year, if any year has people of these areas.
    pub period: Option<Period>,
    /// Areas with people, by code.
    pub areas: BTreeMap<String, Area>,
    /// Whether the sexes were told apart by England's shares.
    pub by_shares: bool,
    /// Whether it was made for the areas of 2011, which were shared out over those of 2021.
    pub of_2011: bool,
}

/// The people of a place at mid-year, as estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimated {
    /// The year.
    pub period: Period,
    /// People by single year of age, the last open.
    pub by_age: Vec<f64>,
    /// Small areas of the place, and those of them that the estimate knows.
    pub areas: (usize, usize),
}

/// The people of a place by the estimate that knows most of its small areas; none where it is made of no small areas, or no
/// estimate of them is imported.
///
/// # Errors
/// When a table cannot be read.
pub fn estimated(
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
) -> Result<Option<Estimated>, EvidenceError> {
    let inside = areas_of(evidence, place, known)?;
    let counted = Counted::of(evidence, &inside)?;
    let Some(period) = counted.period else { return Ok(None) };
    let mut by_age = vec![0.0; AGES];
    for area in counted.areas.values() {
        for (sum, age) in by_age.iter_mut().zip(0..AGES) {
            *sum += area.of(0, age) + area.of(1, age);
        }
    }
    Ok(Some(Estimated { period, by_age, areas: (inside.len(), counted.areas.len()) }))
}

/// People of one area by what the file calls them: men and boys, women and girls, both together.
type Sexes = [Vec<f64>; 3];

impl Counted {
    /// The people of these areas of 2021, of the year that knows most of them, the latest of equals.
    pub fn of(evidence: &Evidence, wanted: &BTreeSet<String>) -> Result<Self, EvidenceError> {
        let mut best = Self::default();
        for period in evidence.periods("resident") {
            let frame = evidence.frame("resident", period)?;
            let old = tables::resident::Columns::of(&frame).census.get(0) == Some("2011");
            let shares = if old { shares_of_2011(evidence, wanted)? } else { themselves(wanted) };
            let found = counted(&frame, &shares, wanted);
            if !found.is_empty() && found.len() >= best.areas.len() {
                let by_shares = found.values().any(|[men, women, _]| nobody(men) && nobody(women));
                let areas = found.into_iter().map(|(code, sexes)| (code, area(&sexes))).collect();
                best = Self { period: Some(period), areas, by_shares, of_2011: old };
            }
        }
        Ok(best)
    }
}

/// The areas of 2021, by number, that an area's people go to, and their shares.
type Shares<'a> = BTreeMap<String, Vec<(&'a str, f64)>>;

fn themselves(wanted: &BTreeSet<String>) -> Shares<'_> {
    wanted.iter().map(|code| (code.clone(), vec![(code.as_str(), 1.0)])).collect()
}

/// The shares of the areas of 2011 that lie in these of 2021.
fn shares_of_2011<'a>(
    evidence: &Evidence,
    wanted: &'a BTreeSet<String>,
) -> Result<Shares<'a>, EvidenceError> {
    let (mut shares, mut done) = (Shares::new(), BTreeSet::new());
    for period in evidence.periods("lookup") {
        each_lookup(&*evidence.frame("lookup", period)?, "lsoa11", |area, kind, parent, weight| {
            let Some(parent) = wanted.get(parent).filter(|_| kind == "lsoa21") else { return };
            if done.insert((area.to_owned(), parent)) {
                shares.entry(area.to_owned()).or_default().push((parent, weight));
            }
        });
    }
    Ok(shares)
}

/// The people of the areas by sex and age, as the frame has them; areas with nobody are left out.
fn counted(
    frame: &Frame,
    shares: &Shares<'_>,
    wanted: &BTreeSet<String>,
) -> BTreeMap<String, Sexes> {
    let residents = tables::resident::Columns::of(frame);
    let codes: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let number = |code: &str| codes.binary_search(&code).ok();
    let goes = |word: &String| -> Vec<(usize, f64)> {
        let into = shares.get(word).into_iter().flatten();
        into.filter_map(|(code, share)| Some((number(code)?, *share))).collect()
    };
    let goes: Vec<Vec<(usize, f64)>> = residents.area.words.iter().map(goes).collect();
    let sexes: Vec<usize> = residents.sex.words.iter().map(|word| which(word)).collect();
    let mut sums: Vec<Option<Sexes>> = vec![None; codes.len()];
    for row in 0..frame.rows() {
        let of_row = (residents.area.codes.get(row), residents.sex.codes.get(row));
        let (Some(area), Some(sex)) = of_row else { continue };
        let (Some(into), Some(sex)) = (goes.get(*area as usize), sexes.get(*sex as usize)) else {
            continue;
        };
        let people = residents.residents.get(row).copied().filter(|people| *people > 0.0);
        let age = residents.age_from.get(row).copied().filter(|age| age.is_finite());
        if let (Some(people), Some(age)) = (people, age) {
            for (number, share) in into {
                let sums = sums[*number].get_or_insert_with(|| [(); 3].map(|()| vec![0.0; AGES]));
                sums[*sex][(age as usize).min(AGES - 1)] += people * share;
            }
        }
    }
    let found = wanted.iter().cloned().zip(sums);
    found.filter_map(|(code, sexes)| Some((code, sexes?))).collect()
}

/// The place of a sex among [`Sexes`].
fn which(word: &str) -> usize {
    match word {
        "male" => 0,
        "female" => 1,
        _ => 2,
    }
}

fn nobody(by_age: &[f64]) -> bool {
    by_age.iter().sum::<f64>() <= 0.0
}

/// The sexes apart where they are given, else both together divided as England's are.
fn area([men, women, both]: &Sexes) -> Area {
    if !nobody(men) || !nobody(women) {
        return Area::new([men, women]);
    }
    let england = England::of_2023();
    let male: Vec<f64> =
        both.iter().enumerate().map(|(age, people)| people * england.male_share(age)).collect();
    let female: Vec<f64> = both.iter().zip(&male).map(|(both, male)| both - male).collect();
    Area::new([&male, &female])
}
