//! Adding pairs up to larger organisations.

use std::collections::BTreeMap;

use evidence::Affiliation;
use vocab::{Level, Mark, Organisation};

use super::pairs::{Pair, Part, Prepared};
use super::{Counted, Doubt};
use crate::measure::more_telling;

/// The pairs of an organisation, added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sums {
    pub above: f64,
    pub below: f64,
    pub counted: usize,
    pub of: usize,
    /// Pairs added, whether or not they count.
    pairs: usize,
    pub estimated: usize,
    pub patients: f64,
    pub patients_covered: f64,
    /// The most telling of the marks of pairs that do not count.
    left_out: Mark,
    /// The amounts of a single pair that does not count, to show what there is.
    pub alone: (Option<f64>, Option<f64>),
    /// The doubt about a single pair.
    pub doubt: Option<Doubt>,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            above: 0.0,
            below: 0.0,
            counted: 0,
            of: 0,
            pairs: 0,
            estimated: 0,
            patients: 0.0,
            patients_covered: 0.0,
            left_out: Mark::Value,
            alone: (None, None),
            doubt: None,
        }
    }
}

impl Sums {
    fn add(&mut self, pair: &Pair, amounts: Option<(f64, f64)>, open: usize, patients: f64) {
        self.patients += patients;
        let is_lost = pair.lacks_below() && pair.above.is_some_and(|above| above > 0.0);
        let is_lost = is_lost && pair.part == Part::Own;
        self.of += usize::from(open > 0 || is_lost || pair.complete().is_some());
        self.alone = if self.pairs == 0 { (pair.above, pair.below) } else { (None, None) };
        self.doubt = pair.doubt.filter(|_| self.pairs == 0);
        self.pairs += 1;
        let Some((above, below)) = amounts else {
            let mark = if pair.complete().is_some() { Mark::Missing } else { pair.mark };
            self.left_out = more_telling(self.left_out, mark);
            return;
        };
        self.above += above;
        self.below += below;
        // A practice that closed before the day adds its patients of the day before, and is none of those that there are.
        self.counted += usize::from(open > 0 || pair.complete().is_some());
        self.estimated += usize::from(pair.mark == Mark::Estimated);
        self.patients_covered += patients;
    }

    /// Whether the whole has a figure, and if not why.
    pub(super) fn mark(&self) -> Mark {
        match (self.counted, self.estimated) {
            (0, _) if self.left_out == Mark::Value => Mark::Missing,
            (0, _) => self.left_out,
            (_, 0) => Mark::Value,
            _ => Mark::Estimated,
        }
    }

    /// Whether it is the sum of the same organisations as another, of which it is a part.
    pub(super) fn is_all_of(&self, whole: &Self) -> bool {
        let sums = |of: &Self| (of.counted, of.above.to_bits(), of.below.to_bits());
        sums(self) == sums(whole)
    }

    /// Whether it makes up more than half of another, which then says little but of it.
    pub(super) fn is_most_of(&self, larger: &Self) -> bool {
        self.below > larger.below / 2.0
    }

    pub(super) fn counted(&self) -> Counted {
        Counted {
            counted: self.counted,
            of: self.of,
            estimated: self.estimated,
            patients: (self.patients > 0.0).then_some(self.patients_covered),
            patients_share: (self.patients > 0.0).then(|| self.patients_covered / self.patients),
        }
    }
}

impl Prepared {
    /// The memory that it takes, near enough.
    #[must_use]
    pub fn bytes(&self) -> usize {
        /// Bytes of the code of an organisation, and of those that it belongs to.
        const CODES: usize = 100;
        size_of::<Self>()
            + self.pairs.len() * (size_of::<Pair>() + size_of::<Affiliation>() + CODES)
    }

    /// The sums of every organisation of a level, by code.
    pub(super) fn sums(&self, level: Level) -> BTreeMap<String, Sums> {
        let mut groups: BTreeMap<&str, Sums> = BTreeMap::new();
        for index in 0..self.pairs.len() {
            if let Some(code) = self.code_at(index, level) {
                self.add(groups.entry(code).or_default(), index, level == self.units.level);
            }
        }
        groups.into_iter().map(|(code, sums)| (code.to_owned(), sums)).collect()
    }

    /// The sum over the organisations for which `holds` says so.
    pub(super) fn sum_where(&self, holds: impl Fn(usize) -> bool) -> Sums {
        let mut sums = Sums::default();
        let held: Vec<usize> = (0..self.pairs.len()).filter(|index| holds(*index)).collect();
        for index in &held {
            self.add(&mut sums, *index, held.len() == 1);
        }
        sums
    }

    /// Adds a pair to the sums of a larger organisation, or of itself alone.
    fn add(&self, sums: &mut Sums, index: usize, is_alone: bool) {
        if let Some(pair) = self.pairs.get(index) {
            let amounts = if is_alone { pair.complete() } else { pair.added() };
            let open = self.units.open.get(index).copied().unwrap_or_default();
            let patients = self.units.patients.get(index).copied().unwrap_or_default();
            sums.add(pair, amounts, open, patients);
        }
    }

    /// The code at a level of an organisation of the smallest level.
    pub(super) fn code_at(&self, index: usize, level: Level) -> Option<&str> {
        if level == Level::England {
            return Some(Organisation::ENGLAND);
        }
        if level == self.units.level {
            return self.units.codes.get(index).map(String::as_str);
        }
        self.units.affiliations.get(index)?.code(level)
    }
}
