//! Lives: people taken through the years, each on their own.

use rayon::prelude::*;

use super::hazards::Hazards;
use super::luck::{ABREAST, Luck, More, uniform};
use super::person::{Person, Sex};

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
                let (mut ahead, mut waiting) = (Ahead::default(), Vec::new());
                for people in chunk.chunks(ABREAST) {
                    ahead.draw(self, people);
                    for (lane, person) in people.iter().enumerate() {
                        let draws = |block| ahead.block(lane, block);
                        self.live_on(*person, draws, &mut watch, &mut waiting, &mut |_| ());
                    }
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
        let (mut ahead, mut waiting) = (Ahead::default(), Vec::new());
        for first in (0..people.len()).step_by(ABREAST) {
            let next = people.len().min(first + ABREAST);
            ahead.draw(self, &people[first..next]);
            for place in first..next {
                let draws = |block| ahead.block(place - first, block);
                let others = &mut |person| living.push(person);
                if let Some(person) =
                    self.live_on(people[place], draws, watch, &mut waiting, others)
                {
                    people[alive] = person;
                    alive += 1;
                }
            }
        }
        (alive, living)
    }

    /// The life of a person and of everybody who comes to be because of them; those others who are alive at the end are
    /// handed on. The draws of the person are given, block by block.
    fn live_on<W: Watch>(
        &self,
        person: Person,
        draws: impl Fn(u32) -> [u32; 4],
        watch: &mut W,
        waiting: &mut Vec<(Person, u32)>,
        others: &mut impl FnMut(Person),
    ) -> Option<Person> {
        let person = self.live(person, 0, draws, watch, waiting);
        while let Some((other, year)) = waiting.pop() {
            let draws = |block| self.luck.years(other.luck, block);
            if let Some(other) = self.live(other, year, draws, watch, waiting) {
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
        block: impl Fn(u32) -> [u32; 4],
        watch: &mut W,
        waiting: &mut Vec<(Person, u32)>,
    ) -> Option<Person> {
        watch.begins(from, &person);
        for number in from / 4..(self.years.len() as u32).div_ceil(4) {
            let first = number * 4;
            let years = (first..).zip(&self.years[first as usize..]);
            for ((year, hazards), draw) in years.zip(block(number)) {
                if year < from {
                    continue;
                }
                person = person.with_new(hazards.has_joined(&person, draw));
                watch.lives(year, &person);
                if !hazards.is_quiet(&person, draw) {
                    person = self.change((year, hazards), person, draw, watch, waiting)?;
                }
                person = person.older();
            }
        }
        Some(person)
    }

    /// What a year brings to a person to whom something may happen; nothing when their life ends.
    fn change<W: Watch>(
        &self,
        (year, hazards): (u32, &Hazards),
        person: Person,
        draw: u32,
        watch: &mut W,
        waiting: &mut Vec<(Person, u32)>,
    ) -> Option<Person> {
        let mut chance = Chance::new(draw, self.luck.more(person.luck, year));
        let (after, events) = happenings(hazards, person, &mut chance);
        watch.happens(year, &person, &after, &events);
        if events.has_child {
            waiting.push((self.child(hazards, &person, year), year + 1));
        }
        if events.has_newcomer {
            waiting.push((self.luck.newcomer(&after, year).older(), year + 1));
        }
        events.end.is_none().then_some(after)
    }

    fn child(&self, hazards: &Hazards, mother: &Person, year: u32) -> Person {
        let (luck, sex) = self.luck.child(mother.luck, year);
        let sex = if uniform(sex) < hazards.multipliers.girls { Sex::Female } else { Sex::Male };
        Person::new(luck, 0, sex, mother.fifth(), mother.area())
            .with_ethnic_group(mother.ethnic_group())
            .with_registered(mother.is_registered())
    }
}

/// The draws of a few people made ahead, side by side: of each block the draws of its four years.
#[derive(Default)]
struct Ahead {
    blocks: Vec<[[u32; ABREAST]; 4]>,
}

impl Ahead {
    /// Makes the draws of some people, [`ABREAST`] at most, for all years.
    fn draw(&mut self, lives: &Lives<'_>, people: &[Person]) {
        let mut lucks = [0; ABREAST];
        for (luck, person) in lucks.iter_mut().zip(people) {
            *luck = person.luck;
        }
        let blocks = lives.years.len().div_ceil(4) as u32;
        self.blocks.clear();
        self.blocks.extend((0..blocks).map(|block| lives.luck.years_abreast(lucks, block)));
    }

    /// The draws of one of them in the four years of a block.
    #[inline]
    fn block(&self, lane: usize, block: u32) -> [u32; 4] {
        self.blocks[block as usize].map(|of_year| of_year[lane])
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
