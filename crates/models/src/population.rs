//! How many people live where, year by year: the cohort-component method by area, sex and single year of age.
//!
//! Everybody grows a year older, some die, women have children, some come and some leave. People are counted in millionths,
//! so that a year's books balance to the last figure: start, births and arrivals, less deaths and departures, are the end.
//! Where somebody has published a projection for an area and year, its figures stand; what they differ by is booked as
//! arrivals and departures.
//!
//! Methods: [cohort component](../../../docs/book/methods.md#cohort-component).

/// Ages in single years, the last open.
pub const AGES: usize = 101;
/// Counted parts of a person.
const PARTS: f64 = 1_000_000.0;

/// People of one area by sex (male, female) and single year of age, in millionths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    people: [Vec<i64>; 2],
}

/// The rates of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// The probability of dying by sex and age.
    pub deaths: [Vec<f64>; 2],
    /// Births a woman, by age.
    pub births: Vec<f64>,
    /// Share of girls among births.
    pub girls: f64,
    /// Arrivals less departures of the year, as a share of the people of each sex and age.
    pub net_moves: [Vec<f64>; 2],
}

/// What happened in an area in a year, in millionths of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Books {
    /// At the beginning.
    pub start: i64,
    /// Born.
    pub births: i64,
    /// Come.
    pub arrivals: i64,
    /// Died.
    pub deaths: i64,
    /// Left.
    pub departures: i64,
    /// At the end.
    pub end: i64,
}

impl Area {
    /// People by sex (male, female) and single year of age.
    ///
    /// # Panics
    /// When a sex has not [`AGES`] figures: the caller has a bug.
    #[must_use]
    pub fn new(people: [&[f64]; 2]) -> Self {
        let people = people.map(|by_age| {
            assert_eq!(by_age.len(), AGES, "people are given for every single year of age");
            by_age.iter().map(|people| (people * PARTS).round() as i64).collect()
        });
        Self { people }
    }

    /// Everybody.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.parts() as f64 / PARTS
    }

    /// People of a sex (0 male, 1 female) and age.
    #[must_use]
    pub fn of(&self, sex: usize, age: usize) -> f64 {
        self.people[sex][age] as f64 / PARTS
    }

    fn parts(&self) -> i64 {
        self.people.iter().flatten().sum()
    }

    /// The area a year later, and its books; `published` figures, where there are any, stand in place of the calculated.
    #[must_use]
    pub fn after_a_year(&self, rates: &Rates, published: Option<&Self>) -> (Self, Books) {
        let mut books = Books { start: self.parts(), ..Books::default() };
        let mut next = Self { people: [vec![0; AGES], vec![0; AGES]] };
        for (sex, next) in next.people.iter_mut().enumerate() {
            for age in 0..AGES {
                let left = self.live(sex, age, rates, &mut books);
                next[(age + 1).min(AGES - 1)] += left;
            }
        }
        self.add_births(rates, &mut next, &mut books);
        if let Some(published) = published {
            next.give_way(published, &mut books);
        }
        books.end = next.parts();
        (next, books)
    }

    /// The people of a sex and age who are there at the end of the year.
    fn live(&self, sex: usize, age: usize, rates: &Rates, books: &mut Books) -> i64 {
        let people = self.people[sex][age];
        let deaths = part(people, rates.deaths[sex][age]).min(people);
        books.deaths += deaths;
        let moves = part(people - deaths, rates.net_moves[sex][age]).max(deaths - people);
        books.book_moves(moves);
        people - deaths + moves
    }

    /// Births of the women who were there at the beginning; the children's first deaths are those of the next year.
    fn add_births(&self, rates: &Rates, next: &mut Self, books: &mut Books) {
        let women = self.people[1].iter().zip(&rates.births);
        let births: i64 = women.map(|(women, rate)| part(*women, *rate)).sum();
        let girls = part(births, rates.girls);
        books.births += births;
        for (sex, born) in [births - girls, girls].into_iter().enumerate() {
            next.people[sex][0] += born;
        }
    }

    /// Takes published figures in place of those calculated and books the difference as moves.
    fn give_way(&mut self, published: &Self, books: &mut Books) {
        let ours = self.people.iter_mut().flatten();
        for (ours, theirs) in ours.zip(published.people.iter().flatten()) {
            books.book_moves(theirs - *ours);
            *ours = *theirs;
        }
    }
}

impl Books {
    /// Whether the year adds up.
    #[must_use]
    pub const fn balance(&self) -> bool {
        self.start + self.births + self.arrivals - self.deaths - self.departures == self.end
    }

    fn book_moves(&mut self, moves: i64) {
        self.arrivals += moves.max(0);
        self.departures += (-moves).max(0);
    }
}

/// A share of people, to the nearest millionth.
fn part(people: i64, share: f64) -> i64 {
    (people as f64 * share).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town() -> Area {
        let people: Vec<f64> = (0..AGES).map(|age| 1000.3 - 9.9 * age as f64).collect();
        Area::new([&people, &people])
    }

    fn rates() -> Rates {
        let deaths: Vec<f64> = (0..AGES).map(|age| (age as f64 / 130.0).powi(5)).collect();
        let births =
            (0..AGES).map(|age| if (18..45).contains(&age) { 0.06 } else { 0.0 }).collect();
        let moves: Vec<f64> = (0..AGES).map(|age| if age == 18 { 0.31 } else { -0.007 }).collect();
        Rates {
            deaths: [deaths.clone(), deaths],
            births,
            girls: 0.4878,
            net_moves: [moves.clone(), moves],
        }
    }

    #[test]
    fn every_year_adds_up_exactly() {
        let mut area = town();
        for _ in 0..30 {
            let (next, books) = area.after_a_year(&rates(), None);
            assert!(books.balance(), "{books:?}");
            area = next;
        }
    }

    #[test]
    fn published_figures_stand_and_the_books_still_balance() {
        let published = town();
        let (next, books) = town().after_a_year(&rates(), Some(&published));
        assert!(books.balance() && next == published);
    }

    #[test]
    fn without_births_deaths_and_moves_everybody_is_a_year_older() {
        let none = vec![0.0; AGES];
        let rates = Rates {
            deaths: [none.clone(), none.clone()],
            births: none.clone(),
            girls: 0.5,
            net_moves: [none.clone(), none],
        };
        let (next, _) = town().after_a_year(&rates, None);
        assert_eq!((next.of(0, 0), next.of(1, 31)), (0.0, town().of(1, 30)));
        assert_eq!(next.parts(), town().parts());
    }

    #[test]
    fn higher_mortality_never_raises_the_population() {
        let mut higher = rates();
        higher.deaths =
            higher.deaths.map(|deaths| deaths.iter().map(|death| death * 1.1).collect());
        let total = |rates: &Rates| town().after_a_year(rates, None).0.total();
        assert!(total(&higher) < total(&rates()));
    }
}
