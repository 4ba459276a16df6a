//! The people of a place, one by one: made once from what is published, then followed through the years.

use vocab::Observed;

use crate::people::{
    AGE_BANDS, Calibrated, Knowledge, Margins, Person, PracticeMargins, synthesise,
};
use crate::place::{AGES, Ages, Base, Practice, Remark};

/// The middle fifth of deprivation, where none is published.
const MIDDLE: u8 = 2;
/// The last age of the open band.
const OLDEST: f64 = 105.0;

/// Everybody of a place, the rates that hold them as they are, and what had to stand in.
#[derive(Debug, Clone)]
pub struct Residents {
    pub(super) people: Vec<Person>,
    pub(super) calibrated: Calibrated,
    pub(super) seed: u64,
    /// What is missing of the registers.
    pub lacking: Lacking,
}

/// Registers that practices which publish some do not publish, and those that hold more people than there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lacking {
    missing: usize,
    suppressed: usize,
    /// Registers with more people than there are of their ages, and how many more.
    over: usize,
    over_by: u32,
}

impl Residents {
    /// Makes the people of a place; the same place and seed give the same people.
    ///
    /// Method: [`methods.md#synthesis`](../../../../docs/book/methods.md#synthesis).
    #[must_use]
    pub fn of(base: &Base, seed: u64) -> Self {
        let knowledge = Knowledge::embedded();
        let mut lacking = Lacking::default();
        let practices =
            base.practices.iter().map(|practice| margins(practice, knowledge, &mut lacking));
        let made = synthesise(&Margins { practices: practices.collect() }, knowledge, seed);
        lacking.over = made.missed.len();
        lacking.over_by =
            made.missed.iter().map(|missed| missed.wanted.abs_diff(missed.found)).sum();
        let calibrated = Calibrated::new(&made.people, knowledge);
        Self { people: made.people, calibrated, seed, lacking }
    }

    /// The memory that they take, near enough.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.people.len() * size_of::<Person>()
    }
}

fn margins(practice: &Practice, knowledge: &Knowledge, lacking: &mut Lacking) -> PracticeMargins {
    let [female, male] = practice.ages.0;
    let mut margins = PracticeMargins {
        code: practice.code.clone(),
        people: [male, female].map(|bands| bands.map(|people| people.round() as u32)),
        fifth: practice.fifth.map_or(MIDDLE, |fifth| fifth.clamp(1, 5) - 1),
        ..PracticeMargins::default()
    };
    for state in knowledge.states.iter().filter(|state| !state.register.is_empty()) {
        let published = practice.registers.get(&state.register);
        match published.map(|register| (register.people, register.list)) {
            Some((Observed::Suppressed, _)) => lacking.suppressed += 1,
            Some((people, list)) if people.value().is_some() && list > 0.0 => {
                let share = people.value().unwrap_or(0.0) / list;
                let people = share.min(1.0) * people_from(&practice.ages, state.from_age);
                margins.registers.insert(state.register.clone(), people.round() as u32);
            }
            _ => lacking.missing += usize::from(!practice.registers.is_empty()),
        }
    }
    margins
}

/// People of an age and over; those of a band are spread evenly over its years.
fn people_from(ages: &Ages, from: usize) -> f64 {
    let of_band = |band: usize| {
        let youngest = band as f64 * 5.0;
        let oldest = if band + 1 == AGES { OLDEST } else { youngest + 5.0 };
        let share = (oldest - (from as f64).max(youngest)).max(0.0) / (oldest - youngest);
        (ages.0[0][band] + ages.0[1][band]) * share
    };
    (0..AGES).map(of_band).sum()
}

impl Lacking {
    /// Those of two places together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            missing: self.missing + other.missing,
            suppressed: self.suppressed + other.suppressed,
            over: self.over + other.over,
            over_by: self.over_by + other.over_by,
        }
    }

    /// What stands in for them.
    #[must_use]
    pub fn remarks(self) -> Vec<Remark> {
        let england =
            "their people have it as often as England’s people of their age, sex and deprivation";
        let said = |count: usize, what: String, instead: &str| {
            (count > 0).then(|| Remark { what, instead: instead.to_owned() })
        };
        [
            said(
                self.missing,
                format!("{} disease registers of practices are not published", self.missing),
                england,
            ),
            said(
                self.suppressed,
                format!("{} disease registers of practices are suppressed", self.suppressed),
                england,
            ),
            said(
                self.over,
                format!(
                    "{} disease registers hold more people than there are of their ages, {} in all",
                    self.over, self.over_by
                ),
                "as many as there are have the condition",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

const _: () = assert!(AGES == AGE_BANDS, "lists and people have the same bands");

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred of each sex in every five years: of 45 and over 20 in each, of 48 and over two fifths of the first five years.
    #[test]
    fn people_of_an_age_and_over_are_counted_year_by_year() {
        let ages = Ages([[100.0; AGES]; 2]);
        assert!((people_from(&ages, 0) - 200.0 * AGES as f64).abs() < 1e-9);
        assert!((people_from(&ages, 45) - 200.0 * (AGES - 9) as f64).abs() < 1e-9);
        assert!((people_from(&ages, 48) - 200.0 * ((AGES - 10) as f64 + 0.4)).abs() < 1e-9);
        // Of the open band, ten years long, from 95: half are 100 and over.
        assert!((people_from(&ages, 100) - 100.0).abs() < 1e-9);
    }
}
