//! Sums over the people of each practice in each year to come: the entry for whoever turns people into contacts.
//!
//! Give the tables of each year (from [`Calibrated::hazards`](super::Calibrated::hazards), one for each
//! [`Change`](super::Change) that a scenario makes), the luck of a draw, and a function from a person to the figures that are
//! wanted of them; get for each practice and year the sums over those who live at its beginning. The people themselves stay as
//! they are, so that the next draw begins from them again. A function that looks a person up by their [`cell`] in a table of
//! [`CELLS`] weights costs next to nothing.

use super::life::{Events, Lives, Watch};
use super::luck::Luck;
use super::person::{Frailty, Person, Setting};
use super::{Hazards, MOST_AGE};

/// Five-year bands of a cell, the last from 95.
const BANDS: usize = 20;
/// Cells of [`cell`]: sex, five-year band, none, one, two or more conditions, frailty, setting, joined within a year.
pub const CELLS: usize = 2 * BANDS * 4 * 4 * 4 * 2;

/// Sums of so many figures for each practice and year.
#[derive(Debug, Clone, PartialEq)]
pub struct Projected<const FIGURES: usize> {
    years: usize,
    /// The first area summed, and the sums of it and those after it, year by year.
    first: usize,
    sums: Vec<[f64; FIGURES]>,
}

/// What a person needs to be known by to say how much care they use: sex (male first), five-year band, conditions (none, one,
/// two, three or more), frailty, setting and whether they joined the list within a year, the last fastest.
#[must_use]
pub fn cell(person: &Person) -> usize {
    let band = usize::from(person.age() / 5).min(BANDS - 1);
    let conditions = (person.count() as usize).min(3);
    let kind = (person.sex() as usize * BANDS + band) * 4 + conditions;
    let place = kind * Frailty::ALL.len() + person.frailty() as usize;
    (place * Setting::ALL.len() + person.setting() as usize) * 2 + usize::from(person.is_new())
}

/// Sums of what `figures` says of each person, by practice and by year (numbered from 0), over those who live at the beginning
/// of the year. To have the end of the last year too, give one year more.
///
/// The answer is the same on any number of threads.
pub fn project<const FIGURES: usize>(
    people: &[Person],
    years: &[&Hazards],
    luck: Luck,
    figures: impl Fn(u32, &Person) -> [f64; FIGURES] + Sync,
) -> Projected<FIGURES> {
    let summing = Summing { sums: Projected::none(years.len()), figures: &figures };
    Lives { years, luck }.follow(people, summing).sums
}

impl<const FIGURES: usize> Projected<FIGURES> {
    const fn none(years: usize) -> Self {
        Self { years, first: 0, sums: Vec::new() }
    }

    /// The sums of an area in a year; noughts where nobody lives.
    #[must_use]
    pub fn of(&self, area: usize, year: usize) -> [f64; FIGURES] {
        let place = area.checked_sub(self.first).map(|place| place * self.years + year);
        place.and_then(|place| self.sums.get(place)).copied().unwrap_or([0.0; FIGURES])
    }

    /// The sums of a year over all areas.
    #[must_use]
    pub fn of_all(&self, year: usize) -> [f64; FIGURES] {
        let mut total = [0.0; FIGURES];
        for sums in self.sums.iter().skip(year).step_by(self.years.max(1)) {
            add(&mut total, sums);
        }
        total
    }

    /// The place of an area in a year, made if it is not there.
    fn at(&mut self, area: usize, year: usize) -> &mut [f64; FIGURES] {
        if self.sums.is_empty() {
            self.first = area;
        }
        if area < self.first {
            let more = (self.first - area) * self.years;
            self.sums.splice(0..0, std::iter::repeat_n([0.0; FIGURES], more));
            self.first = area;
        }
        let place = (area - self.first) * self.years + year;
        if place >= self.sums.len() {
            self.sums.resize((area - self.first + 1) * self.years, [0.0; FIGURES]);
        }
        &mut self.sums[place]
    }
}

fn add<const FIGURES: usize>(sums: &mut [f64; FIGURES], more: &[f64; FIGURES]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// The watch that sums.
struct Summing<'a, F, const FIGURES: usize> {
    sums: Projected<FIGURES>,
    figures: &'a F,
}

impl<F, const FIGURES: usize> Watch for Summing<'_, F, FIGURES>
where
    F: Fn(u32, &Person) -> [f64; FIGURES] + Sync,
{
    fn fresh(&self) -> Self {
        Self { sums: Projected::none(self.sums.years), figures: self.figures }
    }

    fn lives(&mut self, year: u32, person: &Person) {
        let figures = (self.figures)(year, person);
        add(self.sums.at(person.area(), year as usize), &figures);
    }

    fn happens(&mut self, _: u32, _: &Person, _: &Person, _: &Events) {}

    fn join(&mut self, other: Self) {
        for (place, sums) in other.sums.sums.chunks(other.sums.years.max(1)).enumerate() {
            for (year, sums) in sums.iter().enumerate() {
                add(self.sums.at(other.sums.first + place, year), sums);
            }
        }
    }
}

const _: () = assert!(MOST_AGE as usize / 5 >= BANDS, "the last band is open");

#[cfg(test)]
mod tests {
    use super::super::person::Sex;
    use super::*;

    #[test]
    fn every_kind_of_person_has_a_cell_of_their_own() {
        let least = Person::new(1, 0, Sex::Male, 0, 0);
        let most = Person::new(1, 100, Sex::Female, 0, 0)
            .with_conditions(0b1_1111)
            .with_frailty(Frailty::Severe)
            .with_new(true);
        assert_eq!(cell(&least), 0);
        assert_eq!(cell(&most), CELLS - 1 - 2 * 3);
        assert_eq!(cell(&most.with_setting(Setting::CareHome)), CELLS - 1 - 2 * 2);
    }

    #[test]
    fn areas_may_come_in_any_order() {
        let mut sums = Projected::<1>::none(2);
        for (area, year, value) in [(5, 1, 1.0), (3, 0, 2.0), (7, 1, 4.0), (5, 1, 8.0)] {
            sums.at(area, year)[0] += value;
        }
        let of = |area, year| sums.of(area, year)[0] as u32;
        assert_eq!([of(5, 1), of(3, 0), of(7, 1), of(4, 0), of(9, 9)], [9, 2, 4, 0, 0]);
        assert_eq!(sums.of_all(1)[0] as u32, 13);
    }
}
