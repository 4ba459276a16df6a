//! Lives: people taken through the years, each on their own.

use rayon::prelude::*;

use super::hazards::Hazards;
use super::luck::{Luck, More, uniform};
use super::person::Person;
use vocab::Sex;

/// People who are taken through the years together on one thread.
const TOGETHER: usize = 1 << 14;

/// What happened to a person in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Events {
    /// Conditions that began, one bit each.
    pub onset: u32,
    /// Conditions that ended, one bit each.
    pub recovery: u32,
    /// Whether they became frailer.
    pub is_frailer: bool,
    /// Whether they had a child.
    pub has_child: bool,
    /// How they ceased to be of the area, if they did.
    pub end: Option<End>,
    /// Whether somebody like them came to the area.
    pub has_newcomer: bool,
}

/// How people cease to be of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// They died.
    Death,
    /// They left.
    Departure,
}

impl Events {
    /// Whether the person died.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.end == Some(End::Death)
    }
}

/// Somebody who watches the lives and counts what is asked for. Each thread has its own; they are joined in order.
pub trait Watch: Send + Sized {
    /// A watch of the same kind that has seen nothing.
    #[must_use]
    fn fresh(&self) -> Self;

    /// A person begins the years watched: at the start, or born or come in a year (the year after it is given).
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

    /// Watches everybody's lives without keeping them: the people stay as they are.
    ///
    /// The answer is the same on any number of threads.
    pub fn follow<W: Watch + Sync>(&self, people: &[Person], mut watch: W) -> W {
        let together: Vec<W> = people
            .par_chunks(TOGETHER)
            .map(|chunk| {
                let mut watch = watch.fresh();
                let mut waiting = Vec::new();
                for person in chunk {
                    self.live_on(*person, &mut watch, &mut waiting, &mut |_| ());
                }
                watch
            })
            .collect();
        for seen in together {
            watch.join(seen);
        }
        watch
    }

    /// Takes some people through the years on this thread; those alive come first, and the living newborn are given back.
    fn run_together<W: Watch>(&self, people: &mut [Person], watch: &mut W) -> (usize, Vec<Person>) {
        let (mut alive, mut living) = (0, Vec::new());
        let mut waiting = Vec::new();
        for place in 0..people.len() {
            let others = &mut |person| living.push(person);
            if let Some(person) = self.live_on(people[place], watch, &mut waiting, others) {
                people[alive] = person;
                alive += 1;
            }
        }
        (alive, living)
    }

    /// The life of a person and of everybody who comes to be because of them; those others who are alive at the end are
    /// handed on.
    fn live_on<W: Watch>(
        &self,
        person: Person,
        watch: &mut W,
        waiting: &mut Vec<(Person, u32)>,
        others: &mut impl FnMut(Person),
    ) -> Option<Person> {
        let person = self.live(person, 0, watch, waiting);
        while let Some((other, year)) = waiting.pop() {
            if let Some(other) = self.live(other, year, watch, waiting) {
                others(other);
            }
        }
        person
    }

    /// One life from a year on; nothing when it ends.
    #[inline]
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
            let draw = draws[year as usize % 4];
            person = person.with_new(hazards.has_joined(&person, draw));
            watch.lives(year, &person);
            if !hazards.is_quiet(&person, draw) {
                let mut chance = Chance::new(draw, self.luck.more(person.luck, year));
                let (after, events) = happenings(hazards, person, &mut chance);
                watch.happens(year, &person, &after, &events);
                if events.has_child {
                    waiting.push((self.child(hazards, &person, year), year + 1));
                }
                if events.has_newcomer {
                    waiting.push((self.luck.newcomer(&after, year).older(), year + 1));
                }
                if events.end.is_some() {
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

/// All that happens to a person in a year, in order: conditions begin and end, frailty, birth, death, coming and going.
fn happenings(hazards: &Hazards, person: Person, chance: &mut Chance) -> (Person, Events) {
    let (onset, recovery) = conditions(hazards, &person, chance);
    let mut after = person;
    if onset | recovery != 0 {
        after = after.with_conditions((person.conditions() | onset) & !recovery);
    }
    let frailer = hazards.frailer(&person).filter(|(rate, _)| chance.falls(*rate));
    if let Some((_, frailty)) = frailer {
        after = after.with_frailty(frailty);
    }
    let has_child = chance.falls(hazards.birth(&person));
    let at_risk = if hazards.multipliers.deaths_follow_onset { &after } else { &person };
    let is_dead = chance.falls(hazards.death(at_risk));
    let flow = if is_dead { 0.0 } else { hazards.flow(&person) };
    let flows = flow.abs() > 0.0 && chance.falls(flow.abs());
    let end = match (is_dead, flows && flow < 0.0) {
        (true, _) => Some(End::Death),
        (false, true) => Some(End::Departure),
        (false, false) => None,
    };
    let (is_frailer, has_newcomer) = (frailer.is_some(), flows && flow > 0.0);
    (after, Events { onset, recovery, is_frailer, has_child, end, has_newcomer })
}

/// The conditions that begin and those that end in a year.
fn conditions(hazards: &Hazards, person: &Person, chance: &mut Chance) -> (u32, u32) {
    let (mut onset, mut recovery) = (0, 0);
    let had = person.conditions();
    let other = hazards.multipliers.onset_by_others[person.count() as usize];
    let rates = hazards.onsets(person).iter().zip(hazards.recoveries(person));
    for (condition, (begins, ends)) in rates.enumerate() {
        let bit = 1 << condition;
        if had & bit != 0 {
            if *ends > 0.0 && chance.falls(*ends) {
                recovery |= bit;
            }
        } else if chance.falls((begins * other).min(1.0)) {
            onset |= bit;
        }
    }
    (onset, recovery)
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
