//! People taken through the years: nobody is lost, luck is each person's own, and the averages are those of the rates.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use models::people::{BadHazards, Events, Hazards, Lives, Luck, Multipliers, Person, Rates, Watch};
use vocab::Sex;

/// Counts people, births, deaths and conditions over all years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Count {
    years_of_life: u64,
    births: u64,
    deaths: u64,
    onsets: u64,
}

impl Watch for Count {
    fn fresh(&self) -> Self {
        Self::default()
    }

    fn lives(&mut self, _: u32, _: &Person) {
        self.years_of_life += 1;
    }

    fn happens(&mut self, _: u32, _: &Person, _: &Person, events: &Events) {
        self.births += u64::from(events.has_child);
        self.deaths += u64::from(events.is_dead());
        self.onsets += u64::from(events.onset.count_ones());
    }

    fn join(&mut self, other: Self) {
        self.years_of_life += other.years_of_life;
        self.births += other.births;
        self.deaths += other.deaths;
        self.onsets += other.onsets;
    }
}

/// How much the rates of the example are raised.
#[derive(Clone, Copy)]
struct Raised {
    illness: f64,
    death: f64,
}

const AS_THEY_ARE: Raised = Raised { illness: 1.0, death: 1.0 };

fn hazards(raised: Raised) -> Hazards {
    let mut multipliers = Multipliers::none(3);
    multipliers.death_by_condition = vec![1.5, 2.0, 1.0];
    multipliers.onset_by_others = [1.0, 1.3, 1.6, 1.9, 1.9, 1.9, 1.9, 1.9];
    Hazards::new(multipliers, |age, sex, fifth| {
        let age = age as f64;
        let illness = (0.002 + 0.0004 * age) * raised.illness;
        let fertile = sex == Sex::Female && (18.0..45.0).contains(&age);
        Rates {
            onset: vec![illness, 0.5 * illness, 0.01],
            recovery: vec![0.02; 3],
            death: [1.0, 1.5, 1.7, 1.9].map(|frailty| {
                let death = 0.0005 + (age / 130.0).powi(6) * (1.0 + 0.1 * fifth as f64);
                death * raised.death * frailty
            }),
            birth: if fertile { 0.06 } else { 0.0 },
            frailer: if age > 50.0 { [0.05, 0.08, 0.1] } else { [0.0; 3] },
            joins: 0.1,
        }
    })
    .unwrap()
}

fn town(people: u64) -> Vec<Person> {
    let sex = |number: u64| if number.is_multiple_of(2) { Sex::Male } else { Sex::Female };
    let person = |number: u64| {
        let (age, fifth) = ((number * 7 % 95) as u8, (number % 5) as u8);
        Person::new(number, age, sex(number), fifth, (number % 40) as usize)
            .with_conditions((number % 8) as u32)
    };
    (0..people).map(person).collect()
}

fn live(people: &mut Vec<Person>, hazards: &Hazards, years: usize) -> Count {
    let years = vec![hazards; years];
    Lives { years: &years, luck: Luck::new(11, 0) }.run(people, Count::default())
}

#[test]
fn nobody_is_lost() {
    let mut people = town(50_000);
    let count = live(&mut people, &hazards(AS_THEY_ARE), 15);
    assert_eq!(people.len() as u64, 50_000 + count.births - count.deaths);
    assert!(count.births > 1_000 && count.deaths > 1_000, "{count:?}");
}

#[test]
fn any_number_of_threads_gives_the_same_people() {
    let lived = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut people = town(60_000);
            let count = live(&mut people, &hazards(AS_THEY_ARE), 8);
            (people, count)
        })
    };
    let alone = lived(1);
    assert!(alone == lived(2) && alone == lived(4));
}

#[test]
fn one_more_person_changes_nobody_else() {
    let hazards = hazards(AS_THEY_ARE);
    let mut people = town(20_000);
    let mut with_another = people.clone();
    with_another.insert(700, Person::new(1 << 40, 3, Sex::Male, 0, 0));
    live(&mut people, &hazards, 6);
    live(&mut with_another, &hazards, 6);
    let known: std::collections::BTreeSet<u64> = people.iter().map(|person| person.luck).collect();
    with_another.retain(|person| known.contains(&person.luck));
    people.sort_by_key(|person| person.luck);
    with_another.sort_by_key(|person| person.luck);
    assert!(people == with_another);
}

#[test]
fn years_in_two_parts_are_the_years_in_one() {
    let hazards = hazards(AS_THEY_ARE);
    let quiet = Hazards::new(Multipliers::none(3), |_, _, _| Rates {
        onset: vec![0.0; 3],
        recovery: vec![0.0; 3],
        death: [0.0; 4],
        birth: 0.0,
        frailer: [0.0; 3],
        joins: 0.0,
    })
    .unwrap();
    let mut people = town(1_000);
    let before = people.clone();
    live(&mut people, &quiet, 3);
    assert_eq!(people.len(), before.len());
    for (person, before) in people.iter().zip(&before) {
        assert_eq!((person.age(), person.conditions()), (before.age() + 3, before.conditions()));
    }
    let mut changed = before.clone();
    let half = [&hazards, &quiet];
    Lives { years: &half, luck: Luck::new(11, 0) }.run(&mut changed, Count::default());
    let mut first = before;
    live(&mut first, &hazards, 1);
    assert_eq!(changed.len(), first.len());
}

#[test]
fn higher_mortality_never_raises_the_population() {
    let left = |death: f64| {
        let mut people = town(50_000);
        live(&mut people, &hazards(Raised { death, ..AS_THEY_ARE }), 10);
        people.len()
    };
    assert!(left(1.0) > left(1.3) && left(1.3) > left(1.8));
}

#[test]
fn higher_incidence_never_lowers_prevalence() {
    let ill = |illness: f64| {
        let mut people = town(50_000);
        live(&mut people, &hazards(Raised { illness, ..AS_THEY_ARE }), 10);
        people.iter().map(|person| f64::from(person.conditions().count_ones())).sum::<f64>()
            / people.len() as f64
    };
    assert!(ill(1.0) < ill(1.2) && ill(1.2) < ill(2.0));
}

/// One person of each kind many times over: the shares to whom things happen are the probabilities.
#[test]
fn events_happen_as_often_as_the_tables_say() {
    const PEOPLE: u64 = 400_000;
    let hazards = hazards(AS_THEY_ARE);
    for (age, conditions) in [(30, 0b000), (70, 0b010), (88, 0b011)] {
        let person =
            |number| Person::new(number, age, Sex::Female, 2, 0).with_conditions(conditions);
        let mut people: Vec<Person> = (0..PEOPLE).map(person).collect();
        let count = live(&mut people, &hazards, 1);
        let illness = 0.002 + 0.0004 * f64::from(age);
        let others = 1.0 + 0.3 * f64::from(conditions.count_ones());
        let rates = [illness, 0.5 * illness, 0.01].map(|rate| rate * others);
        let open = (0..3).filter(|condition| conditions & 1 << condition == 0);
        let onsets: f64 = open.clone().map(|condition| rates[condition]).sum();
        let spread: f64 = open.map(|condition| rates[condition] * (1.0 - rates[condition])).sum();
        let found = count.onsets as f64 / PEOPLE as f64;
        let error = (spread / PEOPLE as f64).sqrt();
        assert!((found - onsets).abs() < 4.0 * error, "age {age}: {found} {onsets} ± {error}");
        let death = expected_death(&hazards, &person(0), &rates);
        let found = count.deaths as f64 / PEOPLE as f64;
        let error = (death * (1.0 - death) / PEOPLE as f64).sqrt();
        assert!((found - death).abs() < 4.0 * error, "age {age}: {found} {death} ± {error}");
    }
}

/// The probability of death, over all that may happen to a person before it in the year.
fn expected_death(hazards: &Hazards, person: &Person, rates: &[f64; 3]) -> f64 {
    use models::people::Frailty;
    let frailer = if person.age() > 50 { 0.05 } else { 0.0 };
    let mut death = 0.0;
    for after in 0..8_u32 {
        let mut chance = 1.0;
        for (condition, rate) in rates.iter().enumerate() {
            let (had, has) = (person.conditions() >> condition & 1, after >> condition & 1);
            chance *= match (had, has) {
                (1, 1) => 1.0 - 0.02,
                (1, _) => 0.02,
                (_, 1) => *rate,
                _ => 1.0 - rate,
            };
        }
        let person = person.with_conditions(after);
        death += chance * (1.0 - frailer) * hazards.death(&person);
        death += chance * frailer * hazards.death(&person.with_frailty(Frailty::Mild));
    }
    death
}

#[test]
fn a_probability_beyond_one_is_refused_and_named() {
    let refused = Hazards::new(Multipliers::none(0), |age, _, _| Rates {
        onset: vec![],
        recovery: vec![],
        death: [if age == 60 { 1.5 } else { 0.0 }; 4],
        birth: 0.0,
        frailer: [0.0; 3],
        joins: 0.0,
    });
    let expected = BadHazards::NoProbability { what: "dying", age: 60, found: 1.5 };
    assert_eq!(refused.err(), Some(expected));
}
