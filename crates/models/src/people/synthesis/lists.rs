//! Everybody on every list: sex, age, deprivation and ethnic group.

use rayon::prelude::*;
use stats::raking::Raking;
use stats::random::{Key, Stream};

use super::super::knowledge::{AGES, ENGLAND, Knowledge};
use super::super::luck::{Luck, uniform};
use super::super::margins::{AGE_BANDS, ETHNIC_GROUPS, PracticeMargins, UNKNOWN_GROUP};
use super::super::person::{Person, Setting};
use crate::decisions::{self, unit_of_name};
use vocab::Sex;

/// Combinations of sex and age band.
const GROUPS: usize = 2 * AGE_BANDS;
/// Where the number of a person's group of sex and age begins in their key.
const GROUP_BITS: u32 = 26;
/// The block of a person's first draws: way of life, being on a list.
const WHO: u32 = 0;

/// The people of some practices, by sex and age; `first` is the area number of the first of them.
pub(super) fn lists(
    practices: &[PracticeMargins],
    first: usize,
    knowledge: &Knowledge,
    seed: u64,
) -> Vec<Vec<Person>> {
    let luck = Luck::new(seed, 0);
    let fifths =
        shared_out(practices, seed, decisions::FIFTHS, &deprivation_by_age(), shares_of_fifths);
    let groups =
        shared_out(practices, seed, decisions::ETHNIC_GROUPS, &[1.0; GROUPS * 8], shares_of_groups);
    practices
        .par_iter()
        .zip(fifths.par_chunks(GROUPS * 5))
        .zip(groups.par_chunks(GROUPS * 8))
        .enumerate()
        .map(|(place, ((practice, fifths), groups))| {
            let area = first + place;
            List { practice, area, fifths, groups, luck, seed, knowledge }.people()
        })
        .collect()
}

/// Shares of age groups (0-15, 16-44, 45-64, 65 and over) in each deprivation fifth: straight between the most and the
/// least deprived tenth of the handbook.
fn deprivation_by_age() -> Vec<f64> {
    const MOST: [f64; 4] = [0.22, 0.41, 0.24, 0.13];
    const LEAST: [f64; 4] = [0.17, 0.31, 0.28, 0.24];
    let weight = |group: usize, fifth: usize| {
        let age_group = match group % AGE_BANDS * 5 {
            0..15 => 0,
            15..45 => 1,
            45..65 => 2,
            _ => 3,
        };
        let way = (0.5 + 2.0 * fifth as f64) / 9.0;
        MOST[age_group] + way * (LEAST[age_group] - MOST[age_group])
    };
    (0..GROUPS).flat_map(|group| (0..5).map(move |fifth| weight(group, fifth))).collect()
}

fn shares_of_fifths(practice: &PracticeMargins) -> Vec<f64> {
    let only =
        std::array::from_fn(|fifth| if fifth == usize::from(practice.fifth) { 1.0 } else { 0.0 });
    practice.fifths.unwrap_or(only).to_vec()
}

fn shares_of_groups(practice: &PracticeMargins) -> Vec<f64> {
    let mut shares = vec![0.0; ETHNIC_GROUPS + 1];
    match &practice.ethnic_groups {
        Some(known) => shares[..ETHNIC_GROUPS].copy_from_slice(known),
        None => shares[usize::from(UNKNOWN_GROUP)] = 1.0,
    }
    shares
}

/// For every practice people by sex and age band and a second part, both margins met in whole people.
fn shared_out(
    practices: &[PracticeMargins],
    seed: u64,
    decision: u32,
    start: &[f64],
    shares: impl Fn(&PracticeMargins) -> Vec<f64>,
) -> Vec<u32> {
    let parts = start.len() / GROUPS;
    let raking =
        Raking::new(&[GROUPS, parts], &[&[0], &[1]]).expect("the frame is fixed and sound");
    let (mut people, mut second) = (Vec::new(), Vec::new());
    for practice in practices {
        people.extend(practice.people.iter().flatten().map(|count| f64::from(*count)));
        second.extend(whole_parts(practice.list(), &shares(practice)));
    }
    let totals: [&[f64]; 2] = [&people, &second];
    let raked = raking.rake(start, &totals);
    let luck = |zone: usize| {
        let unit = unit_of_name(&practices[zone].code);
        Stream::new(Key { seed, decision, unit, time: 0 })
    };
    raking.whole(&raked, &totals, luck).cells
}

/// A count divided by shares into whole numbers: the largest remainders are rounded up.
fn whole_parts(count: u32, shares: &[f64]) -> Vec<f64> {
    let total: f64 = shares.iter().sum();
    let exact: Vec<f64> = shares.iter().map(|share| share / total * f64::from(count)).collect();
    let mut parts: Vec<f64> = exact.iter().map(|part| part.floor()).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| (exact[*b] - parts[*b]).total_cmp(&(exact[*a] - parts[*a])));
    let left = f64::from(count) - parts.iter().sum::<f64>();
    for place in order.into_iter().take(left.round() as usize) {
        parts[place] += 1.0;
    }
    parts
}

/// What is needed to make the people of a practice.
struct List<'a> {
    practice: &'a PracticeMargins,
    area: usize,
    fifths: &'a [u32],
    groups: &'a [u32],
    luck: Luck,
    seed: u64,
    knowledge: &'a Knowledge,
}

impl List<'_> {
    fn people(&self) -> Vec<Person> {
        let mut people = Vec::with_capacity(self.practice.list() as usize);
        for sex in [Sex::Male, Sex::Female] {
            for band in 0..AGE_BANDS {
                self.add_band(sex, band, &mut people);
            }
        }
        people
    }

    fn add_band(&self, sex: Sex, band: usize, people: &mut Vec<Person>) {
        let group = sex as usize * AGE_BANDS + band;
        let count = self.practice.of(sex, band);
        let ages = single_years(sex, band, count);
        let fifths = self.shuffled(&self.fifths[group * 5..][..5], decisions::FIFTHS, group);
        let groups = self.shuffled(&self.groups[group * 8..][..8], decisions::ETHNIC_GROUPS, group);
        let key = u64::from(unit_of_name(&self.practice.code)) << 32 | (group as u64) << GROUP_BITS;
        let unregistered = (f64::from(count) * self.knowledge.unregistered()).round() as u32;
        for place in 0..count + unregistered {
            let like = (place % count.max(1)) as usize;
            let luck = key | u64::from(place);
            let person = Person::new(luck, ages[like], sex, fifths[like], self.area)
                .with_ethnic_group(groups[like])
                .with_registered(place < count);
            people.push(self.with_way_of_life(person));
        }
    }

    /// As many of each part as there should be, in an order drawn for this group.
    fn shuffled(&self, counts: &[u32], decision: u32, group: usize) -> Vec<u8> {
        let parts = counts.iter().enumerate();
        let mut all: Vec<u8> = parts
            .flat_map(|(part, count)| std::iter::repeat_n(part as u8, *count as usize))
            .collect();
        let unit = unit_of_name(&self.practice.code);
        let time = group as u32 + 1;
        Stream::new(Key { seed: self.seed, decision, unit, time }).shuffle(&mut all);
        all
    }

    fn with_way_of_life(&self, person: Person) -> Person {
        let [students, no_fixed_abode] = self.knowledge.students_and_no_fixed_abode();
        let draw = uniform(self.luck.beginning(person.luck, WHO)[0]);
        if draw < students {
            person.with_setting(Setting::Student)
        } else if draw < students + no_fixed_abode {
            person.with_setting(Setting::NoFixedAbode)
        } else {
            person
        }
    }
}

/// Single years within a band, as many of each as in England.
fn single_years(sex: Sex, band: usize, count: u32) -> Vec<u8> {
    let from = band * 5;
    let to = if band + 1 == AGE_BANDS { AGES } else { from + 5 };
    let parts = whole_parts(count, &ENGLAND[sex as usize][from..to]);
    let ages = (from..to).zip(parts);
    ages.flat_map(|(age, people)| std::iter::repeat_n(age as u8, people as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_count() {
        assert_eq!(whole_parts(10, &[1.0, 1.0, 1.0]), [4.0, 3.0, 3.0]);
        assert_eq!(whole_parts(0, &[0.2, 0.8]), [0.0, 0.0]);
    }

    #[test]
    fn single_years_follow_england() {
        let ages = single_years(Sex::Female, 19, 1000);
        assert_eq!(ages.len(), 1000);
        assert!(ages.iter().all(|age| (95..=100).contains(age)));
    }
}
