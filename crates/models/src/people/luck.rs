//! The draws of people, keyed by person and year.

use stats::random::{Key, Stream, philox4x32};

use super::person::Person;
use crate::decisions::{LIVES, seed_of_draw};

/// Purposes of a block of bits; further draws of one year count up from [`MORE`].
const YEARS: u32 = 0;
const MORE: u32 = 1;
const CHILD: u32 = u32::MAX;
const NEWCOMER: u32 = u32::MAX - 1;
const BEGINNING: u32 = u32::MAX - 2;

/// All luck of one draw of a run. Four years of a person come from one block of random bits; the few people to whom something
/// happens draw more from blocks of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Luck {
    key: [u32; 2],
}

impl Luck {
    /// The luck of a draw of a run.
    #[must_use]
    pub fn new(seed: u64, draw: u32) -> Self {
        let seed = seed_of_draw(seed, draw);
        let mut stream = Stream::new(Key { seed, decision: LIVES, unit: 0, time: 0 });
        Self { key: [stream.bits(), stream.bits()] }
    }

    /// A draw of a person for each of the four years of a block; year 4 is the first of block 1.
    pub(super) fn years(self, person: u64, block: u32) -> [u32; 4] {
        self.block(person, block, YEARS)
    }

    /// Further draws of a person in a year.
    pub(super) fn more(self, person: u64, year: u32) -> More {
        More { luck: self, person, year, used: 0, block: [0; 4] }
    }

    /// The luck of the child that a person has in a year, and 32 bits for its sex.
    pub(super) fn child(self, person: u64, year: u32) -> (u64, u32) {
        let [high, low, sex, _] = self.block(person, year, CHILD);
        (u64::from(high) << 32 | u64::from(low), sex)
    }

    /// Somebody like this person, with luck of their own.
    pub(super) fn newcomer(self, person: &Person, year: u32) -> Person {
        let [high, low, ..] = self.block(person.luck, year, NEWCOMER);
        person.with_luck(u64::from(high) << 32 | u64::from(low))
    }

    /// Draws for who a person is at the beginning, four to a block.
    pub(super) fn beginning(self, person: u64, block: u32) -> [u32; 4] {
        self.block(person, block, BEGINNING)
    }

    fn block(self, person: u64, time: u32, purpose: u32) -> [u32; 4] {
        philox4x32([time, purpose, person as u32, (person >> 32) as u32], self.key)
    }
}

/// Draws of one person in one year, made as they are needed.
#[derive(Debug)]
pub(super) struct More {
    luck: Luck,
    person: u64,
    year: u32,
    used: u32,
    block: [u32; 4],
}

impl More {
    /// A number strictly between 0 and 1.
    pub(super) fn uniform(&mut self) -> f64 {
        let place = self.used % 4;
        if place == 0 {
            self.block = self.luck.block(self.person, self.year, MORE + self.used / 4);
        }
        self.used += 1;
        uniform(self.block[place as usize])
    }
}

/// 32 bits as a number strictly between 0 and 1.
pub(super) fn uniform(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / 4_294_967_296.0)
}
