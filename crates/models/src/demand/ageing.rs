//! How the people of a place grow older, the plain way: each age of every list moves as that age does in England.
//!
//! England's people of mid-2023 are aged year by year: a share dies, women have children, and as many move in, mostly
//! young adults, as the growth of lists asks for. A practice keeps its own shape: its students stay students. This is
//! the deterministic twin of the model that follows people one by one; it knows nothing of local births or building.

use crate::people::Knowledge;
use crate::place::{AGES, Ages, Base};
use crate::population::rates::{BANDS, Banded, England, KNOWN, band_of};

/// Single years, the last 90 and over.
const SINGLE: usize = 91;

/// What is left of every cell of sex and age after 0, 1, 2 … years, beside the base year; `growth` is that of all lists.
#[must_use]
pub fn ageing(base_year: i16, years: u32, growth: f64) -> Vec<Ages> {
    let mut people = England::of_2023().female_and_male();
    for _ in KNOWN..base_year {
        people = a_year_on(&people, growth);
    }
    let base = in_bands(&people);
    let mut found = vec![beside(&base, &base)];
    for _ in 0..years {
        people = a_year_on(&people, growth);
        found.push(beside(&in_bands(&people), &base));
    }
    found
}

/// The same of a place whose lists grow by as much: ages change beside one another as England's do, and all of them together by the
/// growth of the place, whatever ages it has.
#[must_use]
pub fn ageing_of(base: &Base, years: u32, growth: f64) -> Vec<Ages> {
    let mut found = ageing(base.day.year(), years, growth);
    for (year, ages) in found.iter_mut().enumerate() {
        let grown: f64 = base.practices.iter().map(|one| grown(&one.ages, ages)).sum();
        let all: f64 = base.practices.iter().map(|one| one.ages.total()).sum();
        let wanted = all * libm::pow(1.0 + growth, year as f64);
        for factor in ages.0.iter_mut().flatten().filter(|_| grown > 0.0) {
            *factor *= wanted / grown;
        }
    }
    found
}

/// People of a list after ages have changed.
fn grown(people: &Ages, factors: &Ages) -> f64 {
    let cells = people.0.iter().flatten().zip(factors.0.iter().flatten());
    cells.map(|(people, factor)| people * factor).sum()
}

fn a_year_on(people: &[Vec<f64>; 2], growth: f64) -> [Vec<f64>; 2] {
    let (rates, known) = (Banded::stated(), Knowledge::embedded());
    let deaths = [&rates.deaths_female, &rates.deaths_male];
    let total = |people: &[Vec<f64>; 2]| people.iter().flatten().sum::<f64>();
    let births: f64 =
        people[0].iter().enumerate().map(|(age, women)| women * known.birth(age)).sum();
    let mut next = [vec![0.0; SINGLE], vec![0.0; SINGLE]];
    for (sex, (from, to)) in people.iter().zip(&mut next).enumerate() {
        to[0] = births * if sex == 0 { known.girls() } else { 1.0 - known.girls() };
        for (age, alive) in from.iter().enumerate() {
            to[(age + 1).min(SINGLE - 1)] += alive * (1.0 - deaths[sex][band_of(age)]);
        }
    }
    let missing = total(people) * (1.0 + growth) - total(&next);
    let shares: f64 = rates.joiners.iter().sum();
    for to in &mut next {
        for (age, people) in to.iter_mut().enumerate() {
            let ages = if band_of(age) == BANDS - 1 { 1.0 } else { 5.0 };
            *people += missing * rates.joiners[band_of(age)] / shares / ages / 2.0;
        }
    }
    next
}

fn in_bands(people: &[Vec<f64>; 2]) -> [[f64; BANDS]; 2] {
    let mut bands = [[0.0; BANDS]; 2];
    for (bands, people) in bands.iter_mut().zip(people) {
        for (age, people) in people.iter().enumerate() {
            bands[band_of(age)] += people;
        }
    }
    bands
}

fn beside(now: &[[f64; BANDS]; 2], base: &[[f64; BANDS]; 2]) -> Ages {
    let mut ages = Ages::default();
    for sex in 0..2 {
        for band in 0..AGES {
            let of = band.min(BANDS - 1);
            ages.0[sex][band] = now[sex][of] / base[sex][of];
        }
    }
    ages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_year_is_the_measure() {
        let first = ageing(2025, 5, 0.01)[0];
        assert!(first.0.iter().flatten().all(|factor| (factor - 1.0).abs() < 1e-12));
    }

    #[test]
    fn england_has_more_people_over_eighty_in_five_years() {
        let last = ageing(2025, 5, 0.009)[5];
        assert!((16..18).all(|band| (1.02..1.35).contains(&last.0[0][band])), "{:?}", last.0[0]);
    }

    #[test]
    fn lists_grow_as_asked() {
        let people = England::of_2023().female_and_male();
        let next = a_year_on(&people, 0.01);
        let total = |people: &[Vec<f64>; 2]| people.iter().flatten().sum::<f64>();
        assert!((total(&next) / total(&people) - 1.01).abs() < 1e-12);
    }
}
