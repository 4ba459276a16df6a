//! The lives in ixa: people are entities, what is known of them are properties, and a plan comes round once a year.
//!
//! ixa keeps every entity ever made, so that the dead stay with a property that says so, as in its own example of births and
//! deaths. Each kind of event draws from a stream of its own.

use ixa::prelude::*;
use ixa::rand::Rng;
use ixa::{ExecutionPhase, RngId};

use crate::tables::{self, CONDITIONS, GIRLS, MOST_AGE, Rates, Year};

define_entity!(Person);
define_property!(struct Age(u8), Person);
define_property!(struct Sex(u8), Person);
define_property!(struct Deprivation(u8), Person);
define_property!(struct Alive(bool), Person, default_const = Alive(true));

macro_rules! define_conditions {
    ($($name:ident),+) => {
        $(define_property!(struct $name(bool), Person, default_const = $name(false));)+

        /// Which conditions a person has.
        fn conditions(context: &Context, person: PersonId) -> [bool; CONDITIONS] {
            [$(context.get_property::<Person, $name>(person).0),+]
        }

        /// What makes each condition begin.
        const BEGIN: [fn(&mut Context, PersonId); CONDITIONS] =
            [$(|context, person| context.set_property(person, $name(true))),+];
    };
}
define_conditions!(Hypertension, Diabetes, HeartDisease, LungDisease, Depression);

define_rng!(OnsetRng);
define_rng!(BirthRng);
define_rng!(DeathRng);
define_data_plugin!(SeriesPlugin, Vec<Year>, Vec::new());

/// Takes everybody through the years.
pub fn run(
    people: Vec<tables::Person>,
    rates: Rates,
    years: usize,
    seed: u64,
) -> Result<Vec<Year>, IxaError> {
    let mut context = Context::new();
    context.init_random(seed);
    for person in people {
        add(&mut context, person)?;
    }
    let year = move |context: &mut Context| live(context, &rates);
    context.add_periodic_plan_with_phase(1.0, year, ExecutionPhase::Normal);
    context.add_plan(years as f64 - 0.5, Context::shutdown);
    context.execute();
    Ok(std::mem::take(context.get_data_mut(SeriesPlugin)))
}

fn add(context: &mut Context, person: tables::Person) -> Result<PersonId, IxaError> {
    let [hypertension, diabetes, heart, lung, depression] = person.had.map(|had| had == 1);
    context.add_entity(with!(
        Person,
        Age(person.age),
        Sex(person.sex),
        Deprivation(person.imd),
        Hypertension(hypertension),
        Diabetes(diabetes),
        HeartDisease(heart),
        LungDisease(lung),
        Depression(depression),
    ))
}

/// A year of everybody alive at its beginning.
fn live(context: &mut Context, rates: &Rates) {
    let mut year = Year::default();
    for person in context.get_entity_iterator::<Person>() {
        let Alive(is_alive) = context.get_property(person);
        if is_alive {
            year.people += 1;
            live_on(context, person, rates, &mut year);
        }
    }
    context.get_data_mut(SeriesPlugin).push(year);
}

/// A year of one person.
fn live_on(context: &mut Context, person: PersonId, rates: &Rates, year: &mut Year) {
    let Age(age) = context.get_property(person);
    let Sex(sex) = context.get_property(person);
    let Deprivation(imd) = context.get_property(person);
    let mut had = conditions(context, person);
    let others = count(had);
    for condition in 0..CONDITIONS {
        let onset = rates.onset(condition, age, imd, others);
        if !had[condition] && falls(context, OnsetRng, onset) {
            had[condition] = true;
            BEGIN[condition](context, person);
        }
    }
    if falls(context, BirthRng, rates.birth(sex, age)) {
        let sex = Sex(u8::from(falls(context, BirthRng, GIRLS)));
        let newborn = context.add_entity(with!(Person, Age(0), sex, Deprivation(imd)));
        year.births += u64::from(newborn.is_ok());
    }
    if falls(context, DeathRng, rates.death(sex, age, imd, count(had))) {
        context.set_property(person, Alive(false));
        year.deaths += 1;
        return;
    }
    for (sum, had) in year.conditions.iter_mut().zip(had) {
        *sum += u64::from(had);
    }
    if age < MOST_AGE {
        context.set_property(person, Age(age + 1));
    }
}

fn count(had: [bool; CONDITIONS]) -> u32 {
    had.iter().map(|had| u32::from(*had)).sum()
}

/// Whether something of this probability happens; what cannot happen takes no draw.
fn falls<R: RngId<RngType: Rng> + 'static>(context: &Context, stream: R, probability: f64) -> bool {
    probability > 0.0 && context.sample_bool(stream, probability)
}
