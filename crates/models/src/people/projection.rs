//! Who is on each list in each year to come: the entry for whoever turns people into contacts.
//!
//! Give people, the tables of each year (from [`Calibrated::hazards`](super::Calibrated::hazards), one for each
//! [`Change`](super::Change) that a scenario or a draw makes) and the luck of a draw; get how many of each [`Kind`] are on the
//! list of each practice, by sex and five-year band, at the beginning of each year. The people themselves stay as they are, so
//! that the next draw begins from them again. What a kind of people needs may then be weighed as often as one likes without
//! following anybody again.

use rayon::prelude::*;

use super::Hazards;
use super::life::{Events, Lives, Watch};
use super::luck::Luck;
use super::margins::AGE_BANDS;
use super::person::{Frailty, MOST_COUNTED, Person, Setting};

/// Groups of sex (male first) and five-year band, the last from 95.
pub const GROUPS: usize = 2 * AGE_BANDS;
/// Conditions told apart: none, one, … seven and more.
const CONDITIONS: usize = MOST_COUNTED as usize + 1;
/// Kinds of people: conditions, frailty, setting, joined within a year.
pub const KINDS: usize = CONDITIONS * 4 * 4 * 2;

/// What weighs on a person's need beside sex, age and deprivation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Conditions that count; seven stands for seven and more.
    pub conditions: u32,
    /// The frailty category.
    pub frailty: Frailty,
    /// Where they live.
    pub setting: Setting,
    /// Whether they joined the list within a year.
    pub is_new: bool,
}

/// People of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number of the kind, below [`KINDS`].
    pub kind: u8,
    /// How many they are.
    pub people: u32,
}

/// How many people of each kind are on each list, by year and group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projected {
    areas: Vec<Area>,
}

/// The kinds that there are in one area, year by year and group by group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Area {
    /// Where the counts of each year and group end.
    ends: Vec<u32>,
    counts: Vec<Count>,
}

impl Kind {
    /// The kind of a person.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        Self {
            conditions: person.count(),
            frailty: person.frailty(),
            setting: person.setting(),
            is_new: person.is_new(),
        }
    }

    /// Every kind, in order of number.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..KINDS).map(|number| Self {
            conditions: (number / 32) as u32,
            frailty: Frailty::ALL[number / 8 % 4],
            setting: Setting::ALL[number / 2 % 4],
            is_new: number % 2 == 1,
        })
    }

    /// Its number, from 0.
    #[must_use]
    pub const fn number(self) -> usize {
        let of_frailty = self.conditions as usize * 4 + self.frailty as usize;
        (of_frailty * 4 + self.setting as usize) * 2 + self.is_new as usize
    }
}

/// Counts those on lists at the beginning of each year (numbered from 0). To have the end of the last year too, give one year
/// more. The people of a practice stand together, as synthesis makes them.
///
/// The answer is the same on any number of threads.
#[must_use]
pub fn project(people: &[Person], years: &[&Hazards], luck: Luck) -> Projected {
    let lists: Vec<&[Person]> = people.chunk_by(|a, b| a.area() == b.area()).collect();
    let counted: Vec<Area> = lists
        .par_iter()
        .map(|people| {
            let counting = Counting { counts: vec![0; years.len() * GROUPS * KINDS] };
            Area::of(&Lives { years, luck }.follow(people, counting).counts)
        })
        .collect();
    let mut projected = Projected { areas: Vec::new() };
    for (people, counted) in lists.iter().zip(counted) {
        let area = people[0].area();
        if projected.areas.len() <= area {
            projected.areas.resize(area + 1, Area::default());
        }
        projected.areas[area] = counted;
    }
    projected
}

impl Projected {
    /// How many practices there are, numbered from 0.
    #[must_use]
    pub const fn areas(&self) -> usize {
        self.areas.len()
    }

    /// The people of a group on the list of a practice in a year, by kind; nothing where nobody is.
    #[must_use]
    pub fn of(&self, area: usize, year: usize, group: usize) -> &[Count] {
        let Some(area) = self.areas.get(area) else { return &[] };
        let at = year * GROUPS + group;
        let end = |at: usize| area.ends.get(at).map(|end| *end as usize);
        let from = at.checked_sub(1).map_or(Some(0), end);
        from.zip(end(at)).and_then(|(from, to)| area.counts.get(from..to)).unwrap_or(&[])
    }
}

impl Area {
    /// The counts that are not nought.
    fn of(all: &[u32]) -> Self {
        let mut area = Self::default();
        for counts in all.chunks(KINDS) {
            let there = counts.iter().enumerate().filter(|(_, people)| **people > 0);
            area.counts
                .extend(there.map(|(kind, people)| Count { kind: kind as u8, people: *people }));
            area.ends.push(area.counts.len() as u32);
        }
        area
    }
}

/// The watch that counts: year by year, group by group, kind by kind.
struct Counting {
    counts: Vec<u32>,
}

impl Watch for Counting {
    fn fresh(&self) -> Self {
        Self { counts: vec![0; self.counts.len()] }
    }

    fn lives(&mut self, year: u32, person: &Person) {
        if person.is_registered() {
            let band = usize::from(person.age() / 5).min(AGE_BANDS - 1);
            let group = person.sex() as usize * AGE_BANDS + band;
            let at = (year as usize * GROUPS + group) * KINDS + Kind::of(person).number();
            self.counts[at] += 1;
        }
    }

    fn happens(&mut self, _: u32, _: &Person, _: &Person, _: &Events) {}

    fn join(&mut self, other: Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine += theirs;
        }
    }
}

const _: () = assert!(KINDS == 1 << u8::BITS, "a kind is numbered by a byte");

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Sex;

    #[test]
    fn every_kind_stands_at_its_number() {
        for (number, kind) in Kind::all().enumerate() {
            assert_eq!(kind.number(), number);
        }
    }

    #[test]
    fn the_kind_of_a_person_is_read_off() {
        let person = Person::new(1, 88, Sex::Female, 0, 0)
            .with_conditions(0b1_1111)
            .with_frailty(Frailty::Severe)
            .with_setting(Setting::CareHome);
        let expected = Kind {
            conditions: 5,
            frailty: Frailty::Severe,
            setting: Setting::CareHome,
            is_new: false,
        };
        assert_eq!(Kind::of(&person), expected);
    }
}
