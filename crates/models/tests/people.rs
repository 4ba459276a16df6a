//! Synthetic people meet the margins they are made from, stay as they are when nothing changes, and die as published.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::sync::LazyLock;

use models::people::risk::{assess, score};
use models::people::{
    AGE_BANDS, Calibrated, Change, Events, Flows, Frailty, GROUPS, Hazards, Knowledge, Lives, Luck,
    Margins, Onset, Person, PracticeMargins, STATES, Synthesis, Watch, project, synthesise,
};
use models::population::{AGES, Area, Rates};
use vocab::Sex;

/// England's people by five-year band (mid-2023, thousands): males, females.
const ENGLAND: [[u32; AGE_BANDS]; 2] = [
    [
        1569, 1713, 1807, 1753, 1764, 1872, 1948, 1907, 1841, 1690, 1872, 1895, 1702, 1401, 1232,
        1112, 653, 378, 137, 36,
    ],
    [
        1496, 1636, 1722, 1652, 1693, 1905, 2065, 2044, 1943, 1745, 1937, 1968, 1768, 1482, 1358,
        1275, 823, 547, 275, 73,
    ],
];

fn margins(practices: u32) -> Margins {
    let practice = |number: u32| PracticeMargins {
        code: format!("A{number:05}"),
        people: ENGLAND.map(|sex| sex.map(|people| people / 6 + (people + number) % 7)),
        fifths: number.is_multiple_of(2).then_some([0.3, 0.25, 0.2, 0.15, 0.1]),
        fifth: (number % 5) as u8,
        ethnic_groups: number.is_multiple_of(3).then_some([0.6, 0.1, 0.1, 0.1, 0.05, 0.05, 0.0]),
        registers: [("DM", 620), ("HYP", 1_400), ("AF", 200), ("DEM", 80)]
            .into_iter()
            .map(|(register, people)| (register.to_owned(), people + number))
            .collect(),
    };
    Margins { practices: (0..practices).map(practice).collect() }
}

static TOWN: LazyLock<(Margins, Synthesis)> = LazyLock::new(|| {
    let margins = margins(40);
    let made = synthesise(&margins, Knowledge::embedded(), 7);
    (margins, made)
});

#[test]
fn every_list_and_register_is_met() {
    let (margins, made) = &*TOWN;
    assert_eq!(made.missed, []);
    for (area, practice) in margins.practices.iter().enumerate() {
        let there: Vec<&Person> = made
            .people
            .iter()
            .filter(|person| person.area() == area && person.is_registered())
            .collect();
        for sex in [Sex::Male, Sex::Female] {
            for band in 0..AGE_BANDS {
                let found = there.iter().filter(|person| {
                    person.sex() == sex && usize::from(person.age() / 5).min(AGE_BANDS - 1) == band
                });
                assert_eq!(found.count() as u32, practice.people[sex as usize][band]);
            }
        }
        for (register, wanted) in &practice.registers {
            let states = &Knowledge::embedded().states;
            let state = states.iter().position(|state| state.register == *register).unwrap();
            let found = there.iter().filter(|person| person.conditions() >> state & 1 == 1).count();
            assert_eq!(found as u32, *wanted, "{} {register}", practice.code);
        }
    }
}

#[test]
fn deprivation_and_ethnic_groups_are_met_within_rounding() {
    let (margins, made) = &*TOWN;
    let practice = &margins.practices[0];
    let there = || made.people.iter().filter(|person| person.area() == 0 && person.is_registered());
    for (fifth, share) in practice.fifths.unwrap().iter().enumerate() {
        let found = there().filter(|person| usize::from(person.fifth()) == fifth).count() as f64;
        assert!((found - share * f64::from(practice.list())).abs() <= 1.0);
    }
    for (group, share) in practice.ethnic_groups.unwrap().iter().enumerate() {
        let found =
            there().filter(|person| usize::from(person.ethnic_group()) == group).count() as f64;
        assert!((found - share * f64::from(practice.list())).abs() <= 1.0);
    }
}

#[test]
fn a_register_that_cannot_be_met_is_named() {
    let mut margins = margins(1);
    margins.practices[0].registers.insert("DM".to_owned(), 1_000_000);
    let made = synthesise(&margins, Knowledge::embedded(), 7);
    let missed = &made.missed[0];
    assert_eq!((missed.margin.as_str(), missed.wanted), ("DM", 1_000_000));
}

#[test]
fn another_practice_changes_nobody_elsewhere() {
    let all = synthesise(&margins(4), Knowledge::embedded(), 7);
    let mut fewer = margins(4);
    fewer.practices.remove(1);
    let fewer = synthesise(&fewer, Knowledge::embedded(), 7);
    let who = |person: &Person| (person.luck, person.age(), person.fifth(), person.conditions());
    let known: std::collections::BTreeSet<_> = all.people.iter().map(who).collect();
    assert!(fewer.people.iter().all(|person| known.contains(&who(person))));
}

#[test]
fn any_number_of_threads_makes_the_same_people() {
    let made = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| synthesise(&margins(5), Knowledge::embedded(), 3))
    };
    let alone = made(1);
    assert!(alone == made(2) && alone == made(4));
}

/// Conditions meet in the same people more often than by chance at the same age.
#[test]
fn conditions_cluster() {
    let (_, made) = &*TOWN;
    let of_age: Vec<&Person> = made.people.iter().filter(|person| person.age() / 5 == 13).collect();
    let counts = of_age.iter().map(|person| f64::from(person.count()));
    let mean = counts.clone().sum::<f64>() / of_age.len() as f64;
    let variance = counts.map(|count| (count - mean).powi(2)).sum::<f64>() / of_age.len() as f64;
    let states = &Knowledge::embedded().states[..18];
    let by_chance: f64 = (0..states.len())
        .map(|state| {
            let with = of_age.iter().filter(|person| person.conditions() >> state & 1 == 1).count();
            let share = with as f64 / of_age.len() as f64;
            share * (1.0 - share)
        })
        .sum();
    assert!(variance > 1.15 * by_chance, "{variance} {by_chance}");
}

struct Nobody;

impl Watch for Nobody {
    fn fresh(&self) -> Self {
        Self
    }
    fn join(&mut self, _: Self) {}
}

/// People of every age, and in the places before that those with each state.
fn by_age(people: &[Person]) -> Vec<[f64; STATES + 1]> {
    let mut by_age = vec![[0.0; STATES + 1]; 101];
    for person in people {
        let of_age = &mut by_age[usize::from(person.age())];
        of_age[STATES] += 1.0;
        for (state, with) in of_age[..STATES].iter_mut().enumerate() {
            *with += f64::from(person.conditions() >> state & 1);
        }
    }
    by_age
}

/// The share with a state among people of some ages, each age weighed by people of another time, and its standard error.
fn share(of: &[[f64; STATES + 1]], weights: &[[f64; STATES + 1]], state: usize) -> (f64, f64) {
    let total: f64 = weights.iter().map(|weights| weights[STATES]).sum();
    let mut share = (0.0, 0.0);
    for (of, weights) in of.iter().zip(weights) {
        let (here, weight) = (of[state] / of[STATES], weights[STATES] / total);
        share.0 += weight * here;
        share.1 += weight * weight * here * (1.0 - here) / of[STATES];
    }
    (share.0, share.1.sqrt())
}

fn lived(people: &[Person], years: usize, change: &Change) -> Vec<Person> {
    let hazards = Calibrated::new(people, Knowledge::embedded()).hazards(change).unwrap();
    let years: Vec<&Hazards> = vec![&hazards; years];
    let mut people = people.to_vec();
    Lives { years: &years, luck: Luck::new(5, 0) }.run(&mut people, Nobody);
    people
}

fn lived_by(people: &[Person], hazards: &Hazards) -> Vec<Person> {
    let mut people = people.to_vec();
    Lives { years: &[hazards], luck: Luck::new(5, 0) }.run(&mut people, Nobody);
    people
}

/// Prevalence at every age, ten years taken together, stays within four standard errors or 3% of itself over ten years.
#[test]
fn when_nothing_changes_prevalence_stays() {
    let (_, made) = &*TOWN;
    let after = by_age(&lived(&made.people, 10, &Change::NONE));
    let before = by_age(&made.people);
    let mut moved = Vec::new();
    for from in [30, 40, 50, 60, 70, 80] {
        let ages = from..from + 10;
        for state in 0..STATES {
            let (was, error) = share(&before[ages.clone()], &before[ages.clone()], state);
            let (is, other_error) = share(&after[ages.clone()], &before[ages.clone()], state);
            if (is - was).abs() > (4.0 * error.hypot(other_error)).max(0.03 * was) {
                moved.push((from, &Knowledge::embedded().states[state].name, was, is, error));
            }
        }
    }
    assert!(moved.is_empty(), "{moved:#?}");
}

#[test]
fn when_nothing_changes_frailty_stays() {
    let (_, made) = &*TOWN;
    let after = lived(&made.people, 10, &Change::NONE);
    let share = |people: &[Person], category: Frailty| {
        let old: Vec<_> = people.iter().filter(|person| (70..95).contains(&person.age())).collect();
        old.iter().filter(|person| person.frailty() == category).count() as f64 / old.len() as f64
    };
    let weights = |people: &[Person]| Frailty::ALL.map(|category| share(people, category));
    let (before, after) = (weights(&made.people), weights(&after));
    for (was, is) in before.iter().zip(after) {
        assert!((is - was).abs() < 0.02 + 0.05 * was, "{before:?} {after:?}");
    }
}

/// Deaths and people at risk in the first year, by single age, sex and frailty.
#[derive(Clone)]
struct Deaths {
    at_risk: Vec<[f64; 4]>,
    deaths: Vec<[f64; 4]>,
}

impl Watch for Deaths {
    fn fresh(&self) -> Self {
        Self { at_risk: vec![[0.0; 4]; 256], deaths: vec![[0.0; 4]; 256] }
    }
    fn lives(&mut self, _: u32, person: &Person) {
        let row = usize::from(person.age()) * 2 + person.sex() as usize;
        self.at_risk[row][person.frailty() as usize] += 1.0;
    }
    fn happens(&mut self, _: u32, before: &Person, _: &Person, events: &Events) {
        if events.is_dead() {
            let row = usize::from(before.age()) * 2 + before.sex() as usize;
            self.deaths[row][before.frailty() as usize] += 1.0;
        }
    }
    fn join(&mut self, other: Self) {
        for (mine, theirs) in self.at_risk.iter_mut().zip(other.at_risk) {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
        for (mine, theirs) in self.deaths.iter_mut().zip(other.deaths) {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
    }
}

fn deaths_of_a_year() -> Deaths {
    let (_, made) = &*TOWN;
    let hazards =
        Calibrated::new(&made.people, Knowledge::embedded()).hazards(&Change::NONE).unwrap();
    let lives = Lives { years: &[&hazards], luck: Luck::new(5, 0) };
    // The same year of luck twenty times over: draws by year and draw are independent.
    let nothing = Deaths { at_risk: vec![[0.0; 4]; 256], deaths: vec![[0.0; 4]; 256] };
    (0..20).fold(nothing, |seen, draw| {
        Lives { luck: Luck::new(5, draw), ..lives }.follow(&made.people, seen)
    })
}

/// G22: hazard ratios of death by frailty among people of 65 and over, beside fit people of the same age and sex
/// (Mantel-Haenszel over single years), are the published 1.92, 3.10 and 4.52 within four standard errors and 5%.
#[test]
fn hazard_ratios_of_frailty_are_the_published_ones() {
    let seen = deaths_of_a_year();
    for (category, published) in [(1, 1.92), (2, 3.10), (3, 4.52)] {
        let (mut above, mut below, mut deaths, mut fit_deaths) = (0.0, 0.0, 0.0, 0.0);
        for row in 130..200 {
            let (risk, dead) = (&seen.at_risk[row], &seen.deaths[row]);
            let years = |category: usize| risk[category] - dead[category] / 2.0;
            let total = years(category) + years(0);
            if total > 0.0 {
                above += dead[category] * years(0) / total;
                below += dead[0] * years(category) / total;
                deaths += dead[category];
                fit_deaths += dead[0];
            }
        }
        let ratio = above / below;
        let error = ratio * (1.0 / deaths + 1.0 / fit_deaths).sqrt();
        assert!(
            (ratio - published).abs() < 4.0 * error + 0.05 * published,
            "{category}: {ratio} ± {error}"
        );
    }
}

/// The mean of all that raises and lowers deaths is the life table, within four standard errors and 1%.
#[test]
fn deaths_are_those_of_the_life_table() {
    let seen = deaths_of_a_year();
    let (mut expected, mut found) = (0.0, 0.0);
    for age in 0..=100 {
        for sex in [Sex::Male, Sex::Female] {
            let row = age * 2 + sex as usize;
            expected +=
                seen.at_risk[row].iter().sum::<f64>() * Knowledge::embedded().death(age, sex);
            found += seen.deaths[row].iter().sum::<f64>();
        }
    }
    assert!(
        (found - expected).abs() < 4.0 * expected.sqrt() + 0.01 * expected,
        "{found} {expected}"
    );
}

/// The count by cohorts and the lives of people agree: after five years within 0.3% of everybody.
#[test]
fn cohorts_and_people_agree() {
    let (_, made) = &*TOWN;
    let mut by_age = [vec![0.0; AGES], vec![0.0; AGES]];
    for person in &made.people {
        by_age[person.sex() as usize][usize::from(person.age())] += 1.0;
    }
    let known = Knowledge::embedded();
    let rates = Rates {
        deaths: [Sex::Male, Sex::Female]
            .map(|sex| (0..AGES).map(|age| known.death(age, sex)).collect()),
        births: (0..AGES).map(|age| known.birth(age)).collect(),
        girls: known.girls(),
        net_moves: [vec![0.0; AGES], vec![0.0; AGES]],
    };
    let mut area = Area::new([&by_age[0], &by_age[1]]);
    for _ in 0..5 {
        area = area.after_a_year(&rates).0;
    }
    let people = lived(&made.people, 5, &Change::NONE).len() as f64;
    assert!((people - area.total()).abs() < 0.003 * people, "{people} {}", area.total());
}

#[test]
fn counts_by_practice_are_the_people_on_its_list() {
    let (margins, made) = &*TOWN;
    let hazards =
        Calibrated::new(&made.people, Knowledge::embedded()).hazards(&Change::NONE).unwrap();
    let years = [&hazards, &hazards, &hazards];
    let lists = project(&made.people, &years, Luck::new(5, 3));
    let list = |area: usize, year: usize| -> usize {
        let groups = (0..GROUPS).flat_map(|group| lists.of(area, year, group));
        groups.map(|count| count.people as usize).sum()
    };
    for (area, practice) in margins.practices.iter().enumerate() {
        assert_eq!(list(area, 0), practice.list() as usize);
    }
    let mut people = made.people.clone();
    Lives { years: &years[..2], luck: Luck::new(5, 3) }.run(&mut people, Nobody);
    people.retain(Person::is_registered);
    let areas = 0..margins.practices.len();
    assert_eq!(areas.map(|area| list(area, 2)).sum::<usize>(), people.len());
}

/// Arrivals and departures of an area are those asked for, and nobody is lost.
#[test]
fn people_come_and_go_as_asked() {
    let (_, made) = &*TOWN;
    let some: Vec<Person> =
        made.people.iter().filter(|person| person.area() < 2).copied().collect();
    let flows = Flows { by_area: vec![vec![0.03; 101], vec![-0.02; 101]] };
    let calibrated = Calibrated::new(&made.people, Knowledge::embedded());
    let moving = calibrated.hazards(&Change::NONE).unwrap().with_flows(flows).unwrap();
    let mut people = some.clone();
    Lives { years: &[&moving], luck: Luck::new(5, 0) }.run(&mut people, Nobody);
    let usual = lived_by(&some, &calibrated.hazards(&Change::NONE).unwrap());
    for (area, share) in [(0, 0.03), (1, -0.02)] {
        let count =
            |people: &[Person]| people.iter().filter(|person| person.area() == area).count() as f64;
        let (was, found) = (count(&some), count(&people) - count(&usual));
        let error = (was * f64::abs(share) + was * 0.02).sqrt();
        assert!((found - share * was).abs() < 4.0 * error, "{area}: {found} of {was}");
    }
}

/// Synthetic deaths within a year: the score ranks people as one would expect of it, and says so on a tenth of them.
#[test]
fn a_risk_score_is_assessed_on_synthetic_outcomes() {
    let (_, made) = &*TOWN;
    let old: Vec<Person> =
        made.people.iter().filter(|person| person.age() >= 50).copied().collect();
    let hazards =
        Calibrated::new(&made.people, Knowledge::embedded()).hazards(&Change::NONE).unwrap();
    let alive: std::collections::BTreeSet<u64> =
        lived_by(&old, &hazards).iter().map(|person| person.luck).collect();
    let scores: Vec<f64> = old.iter().map(|person| score(person, Knowledge::embedded())).collect();
    let died: Vec<bool> = old.iter().map(|person| !alive.contains(&person.luck)).collect();
    let found = assess(&scores, &died);
    assert!((0.65..0.90).contains(&found.auc.unwrap()), "{:?}", found.auc);
    assert!(found.tenths.last().unwrap().observed > 3.0 * found.tenths[0].observed);
}

#[test]
fn a_change_of_nothing_changes_nothing() {
    let (_, made) = &*TOWN;
    let some = &made.people[..20_000];
    let change = Change { onset: 1.0, ..Change::NONE };
    assert!(lived(some, 5, &change) == lived(some, 5, &Change::NONE));
}

#[test]
fn a_change_of_one_condition_at_some_ages_changes_nobody_else() {
    let (_, made) = &*TOWN;
    let some = &made.people[..60_000];
    let diabetes = Knowledge::embedded().conditions("DM").unwrap();
    let more = Onset { conditions: diabetes, factor: 3.0, from_age: 40, to_age: 75 };
    let usual = lived(some, 5, &Change::NONE);
    let changed = lived(some, 5, &Change { onsets: vec![more], ..Change::NONE });
    let of = |people: &[Person], ages: std::ops::Range<u8>| -> Vec<Person> {
        people.iter().filter(|person| ages.contains(&person.age())).copied().collect()
    };
    let ill = |people: &[Person]| {
        people.iter().filter(|person| person.conditions() & diabetes != 0).count()
    };
    assert!(of(&usual, 5..41) == of(&changed, 5..41));
    assert!(ill(&of(&changed, 45..75)) > ill(&of(&usual, 45..75)) * 11 / 10);
}

#[test]
fn more_illness_means_more_ill_people_and_more_deaths_fewer_people() {
    let (_, made) = &*TOWN;
    let ill = |people: &[Person]| {
        people.iter().map(|person| f64::from(person.count())).sum::<f64>() / people.len() as f64
    };
    let usual = lived(&made.people, 5, &Change::NONE);
    let sicker = lived(&made.people, 5, &Change { onset: 1.2, ..Change::NONE });
    let dying = lived(&made.people, 5, &Change { death: 1.2, ..Change::NONE });
    assert!(ill(&sicker) > ill(&usual));
    assert!(dying.len() < usual.len());
}
