//! What is counted of everybody's lives: changes only, so that a quiet year costs nothing.

use models::people::{Events, Person, Watch};

/// People, deaths, births and conditions by year.
pub struct Series {
    /// For each year the changes at its beginning, and in the last place those at the very end.
    changes: Vec<Year>,
}

/// The figures of one year.
#[derive(Clone, Default)]
pub struct Year {
    /// People at its beginning.
    pub people: i64,
    /// Deaths within it.
    pub deaths: i64,
    /// Births within it.
    pub births: i64,
    /// People with each condition at its end.
    pub conditions: Vec<i64>,
}

impl Series {
    /// A count of so many years and conditions.
    pub fn new(years: usize, conditions: usize) -> Self {
        let year = Year { conditions: vec![0; conditions], ..Year::default() };
        Self { changes: vec![year; years + 1] }
    }

    /// The figures of every year.
    pub fn years(&self) -> Vec<Year> {
        let mut people = 0;
        let mut with = vec![0; self.changes[0].conditions.len()];
        let mut years = Vec::with_capacity(self.changes.len() - 1);
        for pair in self.changes.windows(2) {
            let [this, next] = pair else { continue };
            people += this.people;
            add(&mut with, &this.conditions);
            let mut at_end = with.clone();
            add(&mut at_end, &next.conditions);
            let Year { deaths, births, .. } = *this;
            years.push(Year { people, deaths, births, conditions: at_end });
        }
        years
    }

    fn change(&mut self, year: u32, conditions: u32, by: i64) {
        let mut left = conditions;
        while left != 0 {
            self.changes[year as usize].conditions[left.trailing_zeros() as usize] += by;
            left &= left - 1;
        }
    }
}

fn add(sums: &mut [i64], changes: &[i64]) {
    for (sum, change) in sums.iter_mut().zip(changes) {
        *sum += change;
    }
}

impl Watch for Series {
    fn fresh(&self) -> Self {
        Self::new(self.changes.len() - 1, self.changes[0].conditions.len())
    }

    fn begins(&mut self, year: u32, person: &Person) {
        self.changes[year as usize].people += 1;
        self.change(year, person.conditions(), 1);
    }

    fn happens(&mut self, year: u32, before: &Person, _after: &Person, events: &Events) {
        let this = &mut self.changes[year as usize];
        this.births += i64::from(events.has_child);
        if events.is_dead() {
            this.deaths += 1;
            self.changes[year as usize + 1].people -= 1;
            self.change(year + 1, before.conditions(), -1);
        } else {
            self.change(year + 1, events.onset, 1);
            self.change(year + 1, events.recovery, -1);
        }
    }

    fn join(&mut self, other: Self) {
        for (year, other) in self.changes.iter_mut().zip(other.changes) {
            year.people += other.people;
            year.deaths += other.deaths;
            year.births += other.births;
            add(&mut year.conditions, &other.conditions);
        }
    }
}
