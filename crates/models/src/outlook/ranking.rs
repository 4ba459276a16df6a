//! How a published score of conditions ranks the synthetic adults on the lists of a place: by who of them dies within a year, and by
//! whose care becomes complex.
//!
//! It says what the model holds about these people, not how the score would do on patients.
//!
//! Methods: [risk](../../../../docs/book/methods.md#risk).

use std::mem::take;

use crate::people::risk::{Assessment, assess, score};
use crate::people::{BadHazards, Change, Events, Knowledge, Lives, Luck, Person, Watch};

use super::residents::Residents;

/// The score was made for adults of this age and over.
const YOUNGEST: u8 = 20;

/// What may happen to somebody within a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They die.
    Dies,
    /// Their care becomes complex; those whose care is complex already are left out.
    BecomesComplex,
}

/// How the score ranks people by an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The outcome.
    pub outcome: Outcome,
    /// The score beside it.
    pub assessment: Assessment,
}

impl Outcome {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Dies, Self::BecomesComplex];

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dies => "dies",
            Self::BecomesComplex => "becomes_complex",
        }
    }

    /// Who may meet it.
    fn may_meet(self, person: &Person) -> bool {
        let is_adult = person.age() >= YOUNGEST && person.is_registered();
        is_adult && (self == Self::Dies || !person.is_complex())
    }

    fn is_met(self, after: &Person, events: &Events) -> bool {
        match self {
            Self::Dies => events.is_dead(),
            Self::BecomesComplex => after.is_complex(),
        }
    }
}

impl Residents {
    /// How the score ranks the adults of the place by what happens to them in a year in which nothing changes.
    ///
    /// # Errors
    /// Rates that cannot be.
    pub fn rankings(&self) -> Result<Vec<Ranking>, BadHazards> {
        let hazards = self.calibrated.hazards(&Change::NONE)?;
        let lives = Lives { years: &[&hazards], luck: Luck::new(self.seed, 0) };
        let mut seen = lives.follow(&self.people, Scored::default());
        let outcomes = Outcome::ALL.into_iter().zip(seen.0.iter_mut());
        let ranking = outcomes.map(|(outcome, people)| {
            let (scores, happened): (Vec<f64>, Vec<bool>) = take(people).into_iter().unzip();
            Ranking { outcome, assessment: assess(&scores, &happened) }
        });
        Ok(ranking.collect())
    }
}

/// The scores of those who may meet each outcome, and whether they did.
#[derive(Debug, Default)]
struct Scored([Vec<(f64, bool)>; 2]);

impl Watch for Scored {
    fn fresh(&self) -> Self {
        Self::default()
    }

    fn lives(&mut self, _year: u32, person: &Person) {
        for (outcome, people) in Outcome::ALL.into_iter().zip(&mut self.0) {
            if outcome.may_meet(person) {
                people.push((score(person, Knowledge::embedded()), false));
            }
        }
    }

    fn happens(&mut self, _year: u32, before: &Person, after: &Person, events: &Events) {
        for (outcome, people) in Outcome::ALL.into_iter().zip(&mut self.0) {
            if outcome.may_meet(before)
                && let Some((_, happened)) = people.last_mut()
            {
                *happened = outcome.is_met(after, events);
            }
        }
    }

    fn join(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| mine.extend(theirs));
    }
}
