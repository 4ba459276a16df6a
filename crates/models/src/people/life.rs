//! Lives: people taken through the years, each on their own.

use rayon::prelude::*;

use super::hazards::Hazards;
use super::luck::{Luck, More, uniform};
use super::person::{Person, Sex};

/// People who are taken through the years together on one thread.
const TOGETHER: usize = 1 << 14;

/// What happened to a person in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Events {
    /// Conditions that began, one bit each.
    pub onset: u32,
    /// Whether they became frailer.
    pub is_frailer: bool,
    /// Whether they had a child.
    pub has_child: bool,
    /// Whether they died.
    pub is_dead: bool,
}

/// Somebody who watches the lives and counts what is asked for. Each thread has its own; they are joined in order.
pub trait Watch: Send + Sized {
    /// A watch of the same kind that has seen nothing.
    #[must_use]
    fn fresh(&self) -> Self;

    /// A person begins the years watched: at the start, or born at the end of a year (the year after it is given).
    fn begins(&mut self, _year: u32, _person: &Person) {}

    /// A person begins a year of life.
    fn lives(&mut self, _year: u32, _person: &Person) {}

    /// Something happened to a person in a year: who they were before, and after (of the dead, at death).
    fn happens(&mut self, _year: u32, _before: &Person, _after: &Person, _events: &Events) {}

    /// Adds what another has seen.
    fn join(&mut self, other: Self);
}

/// The years to live through: the tables of each year, and the luck.
#[derive(Debug, Clone, Copy)]
pub struct Lives<'a> {
    /// The tables of each year, the first year first.
    pub years: &'a [&'a Hazards],
    /// The luck.
    pub luck: Luck,
}

impl Lives<'_> {
    /// Takes everybody through the years: the dead leave, the newborn are added at the end, and ages move on.
    ///
    /// The answer is the same on any number of threads.
    pub fn run<W: Watch + Sync>(&self, people: &mut Vec<Person>, watch: W) -> W {
        let together: Vec<(usize, Vec<Person>, W)> = people
            .par_chunks_mut(TOGETHER)
            .map(|chunk| {
                let mut watch = watch.fresh();
                let (alive, born) = self.run_together(chunk, &mut watch);
                (alive, born, watch)
            })
            .collect();
        close_ranks(people, together.iter().map(|(alive, ..)| *alive));
        let mut watch = watch;
        for (_, born, seen) in together {
            people.extend(born);
            watch.join(seen);
        }
        watch
    }

    /// Takes some people through the years on this thread; those alive come first, and the living newborn are given back.
    fn run_together<W: Watch>(&self, people: &mut [Person], watch: &mut W) -> (usize, Vec<Person>) {
        let (mut alive, mut living) = (0, Vec::new());
        let mut waiting = Vec::new();
        for place in 0..people.len() {
            if let Some(person) = self.live(people[place], 0, watch, &mut waiting) {
                people[alive] = person;
                alive += 1;
            }
            while let Some((child, year)) = waiting.pop() {
                living.extend(self.live(child, year, watch, &mut waiting));
            }
        }
        (alive, living)
    }

    /// One life from a year on; nothing when it ends.
    fn live<W: Watch>(
        &self,
        mut person: Person,
        from: u32,
        watch: &mut W,
        waiting: &mut Vec<(Person, u32)>,
    ) -> Option<Person> {
        watch.begins(from, &person);
        let mut draws = self.luck.years(person.luck, from / 4);
        for (year, hazards) in (from..).zip(&self.years[from as usize..]) {
            if year % 4 == 0 && year > from {
                draws = self.luck.years(person.luck, year / 4);
            }
            watch.lives(year, &person);
            let draw = draws[year as usize % 4];
            if !hazards.is_quiet(&person, draw) {
                let mut chance = Chance::new(draw, self.luck.more(person.luck, year));
                let (after, events) = happenings(hazards, person, &mut chance);
                watch.happens(year, &person, &after, &events);
                if events.has_child {
                    waiting.push((self.child(hazards, &person, year), year + 1));
                }
                if events.is_dead {
                    return None;
                }
                person = after;
            }
            person = person.older();
        }
        Some(person)
    }

    fn child(&self, hazards: &Hazards, mother: &Person, year: u32) -> Person {
        let (luck, sex) = self.luck.child(mother.luck, year);
        let sex = if uniform(sex) < hazards.multipliers.girls { Sex::Female } else { Sex::Male };
        Person::new(luck, 0, sex, mother.fifth(), mother.area())
            .with_ethnic_group(mother.ethnic_group())
            .with_registered(mother.is_registered())
            .with_new(true)
    }
}

/// Moves the living of all chunks together, keeping their order.
fn close_ranks(people: &mut Vec<Person>, alive: impl Iterator<Item = usize>) {
    let mut end = 0;
    for (chunk, alive) in alive.enumerate() {
        let from = chunk * TOGETHER;
        people.copy_within(from..from + alive, end);
        end += alive;
    }
    people.truncate(end);
}

/// All that happens to a person in a year, in order: onset of conditions, frailty, birth, death.
fn happenings(hazards: &Hazards, person: Person, chance: &mut Chance) -> (Person, Events) {
    let mut events = Events { onset: 0, is_frailer: false, has_child: false, is_dead: false };
    let had = person.conditions();
    let other = hazards.multipliers.onset_by_others[person.count() as usize];
    for (condition, rate) in hazards.onsets(&person).iter().enumerate() {
        let bit = 1 << condition;
        if had & bit == 0 && chance.falls((rate * other).min(1.0)) {
            events.onset |= bit;
        }
    }
    let mut after = person;
    if events.onset != 0 {
        after = after.with_conditions(had | events.onset);
    }
    if let Some((rate, frailty)) = hazards.frailer(&person)
        && chance.falls(rate)
    {
        events.is_frailer = true;
        after = after.with_frailty(frailty);
    }
    events.has_child = chance.falls(hazards.birth(&person));
    events.is_dead = chance.falls(hazards.death(&after));
    (after, events)
}

/// One draw shared out over the events of a year: while nothing has happened it decides on all of them, and each event
/// that does happen makes way for a fresh draw.
struct Chance {
    draw: f64,
    /// The probability passed by, and what is left of it.
    passed: f64,
    left: f64,
    more: More,
}

impl Chance {
    fn new(draw: u32, more: More) -> Self {
        Self { draw: uniform(draw), passed: 0.0, left: 1.0, more }
    }

    /// Whether the next event, of this probability, happens.
    fn falls(&mut self, probability: f64) -> bool {
        let upto = self.passed + self.left * probability;
        if self.draw < upto {
            (self.draw, self.passed, self.left) = (self.more.uniform(), 0.0, 1.0);
            return true;
        }
        self.passed = upto;
        self.left *= 1.0 - probability;
        false
    }
}
