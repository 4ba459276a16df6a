//! How England lives, dies and moves: one set of rates for every model that counts people by age.
//!
//! Deaths by sex and five-year band and the ages of those who move in are those of `parameters/ageing_by_band.toml`, births those
//! of `parameters/people.toml`; both say what they rest on. England by single year is that of mid-2023.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{AGES, Area, OPEN, Rates};
use crate::people::Knowledge;

/// Bands of the file, the last 90 and over.
pub(crate) const BANDS: usize = 19;
/// The year of England's single ages.
pub(crate) const KNOWN: i16 = 2023;

/// Rates by five-year band.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Banded {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    unit: String,
    /// The probability that a woman or girl dies within a year.
    pub deaths_female: [f64; BANDS],
    /// The same of men and boys.
    pub deaths_male: [f64; BANDS],
    /// The ages of those who move in, net, as shares.
    pub joiners: [f64; BANDS],
    source: Source,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    kind: String,
    reference: String,
    #[expect(dead_code, reason = "for readers of the file")]
    date: String,
}

/// England by single year of age, the last 90 and over.
#[derive(Debug, Deserialize)]
pub(crate) struct England {
    male: Single,
    female: Single,
}

#[derive(Debug, Deserialize)]
struct Single {
    value: Vec<f64>,
}

static BANDED: LazyLock<Banded> = LazyLock::new(|| {
    let file =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/ageing_by_band.toml"));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

static ENGLAND: LazyLock<England> = LazyLock::new(|| {
    let file = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/england/population.toml"
    ));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

impl Banded {
    /// The rates inside the program.
    pub(crate) fn stated() -> &'static Self {
        &BANDED
    }

    /// What the rates rest on: the kind of their source and its words.
    pub(crate) fn source(&self) -> (&str, &str) {
        (&self.source.kind, &self.source.reference)
    }
}

impl England {
    /// England in the middle of 2023.
    pub(crate) fn of_2023() -> &'static Self {
        &ENGLAND
    }

    /// Women and girls, then men and boys, by single year.
    pub(crate) fn female_and_male(&self) -> [Vec<f64>; 2] {
        [self.female.value.clone(), self.male.value.clone()]
    }

    /// Of the people of an age the share who are men or boys.
    pub(crate) fn male_share(&self, age: usize) -> f64 {
        let of = |single: &Single| single.value.get(age.min(OPEN)).copied().unwrap_or_default();
        of(&self.male) / (of(&self.male) + of(&self.female))
    }

    /// England as an area, everybody of the last class at its first age.
    fn area(&self) -> Area {
        let padded = |single: &Single| {
            let mut ages = single.value.clone();
            ages.resize(AGES, 0.0);
            ages
        };
        Area::new([&padded(&self.male), &padded(&self.female)])
    }
}

/// The band of an age.
pub(crate) fn band_of(age: usize) -> usize {
    (age / 5).min(BANDS - 1)
}

/// How those who move are spread over single years of age.
pub(super) fn ages_of_movers() -> Vec<f64> {
    (0..OPEN).map(|age| Banded::stated().joiners[band_of(age)] / 5.0).collect()
}

/// England in the middle of a year and of the next, for each of some years by these rates; of years that are earlier than
/// its known ages their first change stands.
pub(super) fn england_between(rates: &Rates, years: Range<i16>) -> Vec<[Area; 2]> {
    let mut now = England::of_2023().area();
    let mut next = now.after_a_year(rates).0;
    let mut pairs = Vec::new();
    for year in years {
        if year > KNOWN {
            now = next;
            next = now.after_a_year(rates).0;
        }
        pairs.push([now.clone(), next.clone()]);
    }
    pairs
}

impl Rates {
    /// England's rates, with as many moving in, net, as England needs to grow by a share a year: of those who live to
    /// the end of the year the same share of an age everywhere.
    #[must_use]
    pub fn of_england(growth: f64) -> Self {
        let (banded, known) = (Banded::stated(), Knowledge::embedded());
        let by_age = |bands: &[f64; BANDS]| (0..AGES).map(|age| bands[band_of(age)]).collect();
        let mut rates = Self {
            deaths: [by_age(&banded.deaths_male), by_age(&banded.deaths_female)],
            births: (0..AGES).map(|age| known.birth(age)).collect(),
            girls: known.girls(),
            net_moves: [vec![0.0; AGES], vec![0.0; AGES]],
        };
        let england = England::of_2023().area();
        let missing = england.total() * (1.0 + growth) - england.after_a_year(&rates).0.total();
        let shares: f64 = (0..OPEN).map(|age| banded.joiners[band_of(age)]).sum();
        for sex in 0..2 {
            for age in 0..OPEN {
                let movers = missing * banded.joiners[band_of(age)] / shares / 2.0;
                let alive = england.of(sex, age) * (1.0 - rates.deaths[sex][age]);
                rates.net_moves[sex][age] = movers / alive;
            }
        }
        rates
    }

    /// The same with the deaths of a fifth of small areas by deprivation, the most deprived being 0, beside those of all.
    #[must_use]
    pub(super) fn of_fifth(&self, fifth: usize) -> Self {
        let known = Knowledge::embedded();
        let by_age = |deaths: &Vec<f64>| -> Vec<f64> {
            let ages = deaths.iter().enumerate();
            ages.map(|(age, death)| (death * known.death_by_fifth(age, fifth)).min(1.0)).collect()
        };
        Self { deaths: self.deaths.each_ref().map(by_age), ..self.clone() }
    }

    /// The same without moves, for areas whose moves follow from published figures.
    #[must_use]
    pub fn without_moves(&self) -> Self {
        Self { net_moves: [vec![0.0; AGES], vec![0.0; AGES]], ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Sex;

    #[test]
    fn england_grows_as_asked() {
        let england = England::of_2023().area();
        let (next, books) = england.after_a_year(&Rates::of_england(0.009));
        assert!((next.total() / england.total() - 1.009).abs() < 1e-9, "{books:?}");
    }

    #[test]
    fn there_are_somewhat_more_boys_than_girls_and_fewer_old_men_than_old_women() {
        let england = England::of_2023();
        assert!((0.505..0.520).contains(&england.male_share(0)));
        assert!((0.30..0.36).contains(&england.male_share(97)));
    }

    /// People one by one and people by area die at the same rates.
    #[test]
    fn deaths_by_band_are_those_of_the_people_one_by_one() {
        let knowledge = Knowledge::embedded();
        let stated = Banded::stated();
        for (sex, bands) in [(Sex::Male, &stated.deaths_male), (Sex::Female, &stated.deaths_female)]
        {
            for (band, death) in bands.iter().enumerate().take(BANDS - 1).skip(3) {
                let ratio = death / knowledge.death(band * 5 + 2, sex);
                assert!((0.9..1.1).contains(&ratio), "band {band}, {sex:?}: {ratio}");
            }
        }
    }
}
