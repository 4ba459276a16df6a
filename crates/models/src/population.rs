//! How many people live where, year by year: the cohort-component method by area, sex and single year of age.
//!
//! Everybody grows a year older, some die, women have children, some come and some leave. People are counted in millionths,
//! so that a year's books balance to the last figure: start, births and arrivals, less deaths and departures, are the end.
//! Where a projection of a local authority is published for a year, its figures stand, by age where they are by age and else in
//! all; what births and deaths leave over of the change is net moves. Who moved in and who moved out is not told apart:
//! a published total says what they come to together, and no more.
//!
//! Methods: [cohort component](../../../docs/book/methods.md#cohort-component).

mod counted;
mod fifths;
mod group;
mod living;
mod projected;
pub(crate) mod rates;

use std::ops::Range;

pub use self::counted::{Estimated, estimated};
pub use self::living::{Authority, Met, NoResidents, Residents, Small, residents};
pub use self::projected::{
    FIRST_YEAR, LAST_YEAR, OLD, OLD_BANDS, OLD_TO, growth_between, in_all, old_in_all,
    source as source_of_projection,
};

/// Ages in single years, the last open.
pub const AGES: usize = 101;
/// The first age of the class in which publishers count the oldest together.
pub const OPEN: usize = 90;
/// Ages at which people move for study and first work.
const MOVING: Range<usize> = 18..45;
/// The age from which fewer and fewer move.
const SETTLING: usize = 35;
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
    /// Died.
    pub deaths: i64,
    /// Moved in, less those who moved out.
    pub moves: i64,
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

    /// Nobody.
    #[must_use]
    pub fn nobody() -> Self {
        Self { people: [vec![0; AGES], vec![0; AGES]] }
    }

    /// Adds the people of another area.
    pub fn add(&mut self, other: &Self) {
        for (ours, theirs) in self.people.iter_mut().flatten().zip(other.people.iter().flatten()) {
            *ours += theirs;
        }
    }

    /// People of a sex (0 male, 1 female) and age as publishers count them, the last class from [`OPEN`] on.
    #[must_use]
    pub fn of_class(&self, sex: usize, class: usize) -> f64 {
        self.people[sex][ages_of(class)].iter().sum::<i64>() as f64 / PARTS
    }

    /// People of an age and over.
    #[must_use]
    pub fn from_age(&self, age: usize) -> f64 {
        let parts: i64 = self.people.iter().flat_map(|by_age| by_age.iter().skip(age)).sum();
        parts as f64 / PARTS
    }

    /// People of a sex (0 male, 1 female) and age.
    #[must_use]
    pub fn of(&self, sex: usize, age: usize) -> f64 {
        self.people[sex][age] as f64 / PARTS
    }

    fn parts(&self) -> i64 {
        self.people.iter().flatten().sum()
    }

    /// The area a year later, and its books.
    #[must_use]
    pub fn after_a_year(&self, rates: &Rates) -> (Self, Books) {
        let mut books = Books { start: self.parts(), ..Books::default() };
        let mut next = Self::nobody();
        for (sex, next) in next.people.iter_mut().enumerate() {
            for age in 0..AGES {
                let left = self.live(sex, age, rates, &mut books);
                next[(age + 1).min(AGES - 1)] += left;
            }
        }
        self.add_births(rates, &mut next, &mut books);
        books.end = next.parts();
        (next, books)
    }

    /// Keeps the shape of the area at the ages at which people move for study and first work: `before` is the area a year
    /// earlier, `england` England then and now. Of 18 to 34 as many are there as before, changed as England's people of
    /// that age change; up to 44 the weight of that falls and that of those who grew older here rises. The difference is
    /// booked as moves.
    pub(crate) fn keep_shape(&mut self, before: &Self, england: [&Self; 2], books: &mut Books) {
        for sex in 0..2 {
            for age in MOVING {
                let weight = (MOVING.end - age) as f64 / (MOVING.end - SETTLING) as f64;
                let growth = england[1].of(sex, age) / england[0].of(sex, age);
                let shaped = before.people[sex][age] as f64 * growth;
                let cell = &mut self.people[sex][age];
                let now = (*cell as f64 + (shaped - *cell as f64) * weight.min(1.0)).round() as i64;
                books.moves += now - *cell;
                *cell = now;
            }
        }
        books.end = self.parts();
    }

    /// The people of a sex and age who are there at the end of the year.
    fn live(&self, sex: usize, age: usize, rates: &Rates, books: &mut Books) -> i64 {
        let people = self.people[sex][age];
        let deaths = part(people, rates.deaths[sex][age]).min(people);
        books.deaths += deaths;
        let moves = part(people - deaths, rates.net_moves[sex][age]).max(deaths - people);
        books.moves += moves;
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
}

/// Brings areas to the figures published for all of them together: of each sex and age the people calculated are
/// raised or lowered alike, so that their sum is the published one exactly; the difference is booked as moves.
/// Where nobody of an age was calculated, the published people are shared out by all the people of each area.
pub fn meet(areas: &mut [(Area, Books)], published: &Area) {
    let whole: Vec<i64> = areas.iter().map(|(area, _)| area.parts()).collect();
    for sex in 0..2 {
        for class in 0..=OPEN {
            let target: i64 = published.people[sex][ages_of(class)].iter().sum();
            meet_class(areas, (sex, ages_of(class)), target, &whole);
        }
    }
    for (area, books) in areas {
        books.end = area.parts();
    }
}

/// Brings areas to the number of people of some ages published for all of them together: those of each sex and age are raised or
/// lowered alike, and the difference is booked as moves.
pub fn meet_ages(areas: &mut [(Area, Books)], ages: Range<usize>, published: f64) {
    let of_ages = |area: &Area| -> i64 {
        area.people.iter().map(|by_age| by_age[ages.clone()].iter().sum::<i64>()).sum()
    };
    let ours: i64 = areas.iter().map(|(area, _)| of_ages(area)).sum();
    let target = (published * PARTS).round() as i64;
    let (mut before, mut given) = (0, 0);
    for (area, books) in areas {
        for cell in area.people.iter_mut().flat_map(|by_age| &mut by_age[ages.clone()]) {
            before += *cell;
            let upto = scaled(before, target, ours.max(1));
            books.moves += upto - given - *cell;
            *cell = upto - given;
            given = upto;
        }
        books.end = area.parts();
    }
}

/// Brings areas to the number of people published for all of them together, all ages in one. What is missing comes at the
/// ages at which people move (`ages` says how many of a thousand net movers are of each age), in each area as many as it has
/// of that age; what is too many goes likewise.
pub fn meet_in_all(areas: &mut [(Area, Books)], published: f64, ages: &[f64]) {
    let whole: Vec<i64> = areas.iter().map(|(area, _)| area.parts()).collect();
    let target = (published * PARTS).round() as i64;
    let missing = (target - whole.iter().sum::<i64>()) as f64;
    let shares = 2.0 * ages.iter().sum::<f64>();
    let cells = (0..2).flat_map(|sex| (0..AGES).map(move |age| (sex, age)));
    let wanted: Vec<((usize, usize), i64)> = cells
        .map(|(sex, age)| {
            let there: i64 = areas.iter().map(|(area, _)| area.people[sex][age]).sum();
            let more = missing * ages.get(age).copied().unwrap_or_default() / shares;
            ((sex, age), (there + more.round() as i64).max(0))
        })
        .collect();
    // Rounding, and ages of which more would have to leave than there are, are made up by all.
    let sum = wanted.iter().map(|(_, people)| people).sum::<i64>().max(1);
    let (mut before, mut given) = (0, 0);
    for ((sex, age), people) in wanted {
        before += people;
        let upto = scaled(before, target, sum);
        meet_class(areas, (sex, age..age + 1), upto - given, &whole);
        given = upto;
    }
    for (area, books) in areas {
        books.end = area.parts();
    }
}

/// The ages of a class as publishers count them.
const fn ages_of(class: usize) -> Range<usize> {
    if class == OPEN { OPEN..AGES } else { class..class + 1 }
}

/// The same for the people of a sex and some ages.
fn meet_class(
    areas: &mut [(Area, Books)],
    (sex, ages): (usize, Range<usize>),
    target: i64,
    whole: &[i64],
) {
    let ours: i64 = areas.iter().flat_map(|(area, _)| &area.people[sex][ages.clone()]).sum();
    let total = if ours > 0 { ours } else { whole.iter().sum::<i64>().max(1) };
    let (mut before, mut given) = (0, 0);
    for ((area, books), whole) in areas.iter_mut().zip(whole) {
        for age in ages.clone() {
            let cell = &mut area.people[sex][age];
            before += match (ours > 0, age == ages.start) {
                (true, _) => *cell,
                (false, first) => whole * i64::from(first),
            };
            let upto = scaled(before, target, total);
            books.moves += upto - given - *cell;
            *cell = upto - given;
            given = upto;
        }
    }
}

/// `part × target / total`, to the nearest whole.
fn scaled(part: i64, target: i64, total: i64) -> i64 {
    let (part, target, total) = (i128::from(part), i128::from(target), i128::from(total));
    ((part * target + total / 2) / total) as i64
}

impl Books {
    /// Whether the year adds up.
    #[must_use]
    pub const fn balance(&self) -> bool {
        self.start + self.births - self.deaths + self.moves == self.end
    }

    /// Adds what happened in the same year in another area.
    pub fn add(&mut self, other: &Self) {
        self.start += other.start;
        self.births += other.births;
        self.deaths += other.deaths;
        self.moves += other.moves;
        self.end += other.end;
    }

    /// The year in whole people, in the order start, births, deaths, net moves, end; what rounding leaves over is with the
    /// moves, so that the figures shown add up.
    #[must_use]
    pub fn in_people(&self) -> [f64; 5] {
        let people = |parts: i64| (parts as f64 / PARTS).round();
        let (start, births) = (people(self.start), people(self.births));
        let (deaths, end) = (people(self.deaths), people(self.end));
        [start, births, deaths, end - start - births + deaths, end]
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
            let (next, books) = area.after_a_year(&rates());
            assert!(books.balance(), "{books:?}");
            area = next;
        }
    }

    #[test]
    fn published_figures_are_met_by_the_areas_together_and_the_books_still_balance() {
        let people: Vec<f64> = (0..AGES).map(|age| 1999.1 + 3.7 * age as f64).collect();
        let published = Area::new([&people, &people]);
        let mut areas = [town().after_a_year(&rates()), town().after_a_year(&rates())];
        meet(&mut areas, &published);
        for sex in 0..2 {
            for age in 0..OPEN {
                let met: i64 = areas.iter().map(|(area, _)| area.people[sex][age]).sum();
                assert_eq!(met, published.people[sex][age], "sex {sex}, age {age}");
            }
        }
        let met: i64 = areas.iter().map(|(area, _)| area.parts()).sum();
        assert_eq!(met, published.parts());
        assert!(areas.iter().all(|(_, books)| books.balance()), "{areas:?}");
    }

    /// A thousand more are all of the ages that move, and a hamlet beside a town gets what its people of that age ask for.
    #[test]
    fn a_published_number_of_all_ages_is_met_by_those_who_move() {
        let hamlet: Vec<f64> = (0..AGES).map(|age| if age == 20 { 5.0 } else { 0.5 }).collect();
        let ages: Vec<f64> = (0..AGES).map(|age| if age == 20 { 1.0 } else { 0.0 }).collect();
        for more in [1_000.0, -1_000.0] {
            let mut areas = [
                (town(), Books { start: town().parts(), ..Books::default() }),
                (Area::new([&hamlet, &hamlet]), Books::default()),
            ];
            areas[1].1.start = areas[1].0.parts();
            let before: f64 = areas.iter().map(|(area, _)| area.total()).sum();
            let of_twenty = |area: &Area| area.of(0, 20) + area.of(1, 20);
            let twenty = [of_twenty(&areas[0].0), of_twenty(&areas[1].0)];
            meet_in_all(&mut areas, before + more, &ages);
            let after: f64 = areas.iter().map(|(area, _)| area.total()).sum();
            assert!((after - before - more).abs() < 1e-5, "{after}");
            assert!(areas.iter().all(|(_, books)| books.balance()), "{areas:?}");
            let of_hamlet = more * twenty[1] / (twenty[0] + twenty[1]);
            assert!((of_twenty(&areas[1].0) - twenty[1] - of_hamlet).abs() < 1e-5);
            assert!((areas[0].0.of(1, 50) - town().of(1, 50)).abs() < 1e-5);
        }
    }

    /// Ten thousand old people are met, and nobody younger comes or goes.
    #[test]
    fn a_published_number_of_old_people_is_met_by_the_old() {
        let mut areas = [town(), town()].map(|area| {
            let books = Books { start: area.parts(), ..Books::default() };
            (area, books)
        });
        meet_ages(&mut areas, 75..AGES, 10_000.0);
        let old: f64 = areas.iter().map(|(area, _)| area.from_age(75)).sum();
        assert!((old - 10_000.0).abs() < 1e-5, "{old}");
        assert!(areas.iter().all(|(_, books)| books.balance()), "{areas:?}");
        for age in 0..75 {
            assert_eq!(areas[0].0.people[0][age], town().people[0][age]);
        }
        let ratio = areas[1].0.of(1, 80) / town().of(1, 80);
        assert!((areas[0].0.of(0, 95) / town().of(0, 95) - ratio).abs() < 1e-6);
    }

    /// Where more must leave than there are of the ages that move, the rest is made up by all, and nobody is below nought.
    #[test]
    fn a_published_number_far_below_is_met_too() {
        let ages: Vec<f64> = (0..AGES).map(|age| if age == 20 { 1.0 } else { 0.0 }).collect();
        let mut areas = [(town(), Books { start: town().parts(), ..Books::default() })];
        meet_in_all(&mut areas, town().total() / 2.0, &ages);
        assert!((areas[0].0.total() - town().total() / 2.0).abs() < 1e-5 && areas[0].1.balance());
        assert!(areas[0].0.people.iter().flatten().all(|people| *people >= 0));
    }

    #[test]
    fn published_people_of_an_age_that_nobody_has_are_shared_by_everybody_there() {
        let mut areas = [(town(), Books::default()), (Area::nobody(), Books::default())];
        areas[0].0.people[1][7] = 0;
        meet(&mut areas, &town());
        assert_eq!((areas[0].0.people[1][7], areas[1].0.parts()), (town().people[1][7], 0));
    }

    #[test]
    fn a_year_in_whole_people_adds_up() {
        let (_, books) = town().after_a_year(&rates());
        let [start, births, deaths, moves, end] = books.in_people();
        assert!((start + births - deaths + moves - end).abs() < 1e-9);
        assert!((moves - books.moves as f64 / PARTS).abs() < 2.5);
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
        let (next, _) = town().after_a_year(&rates);
        assert_eq!((next.of(0, 0), next.of(1, 31)), (0.0, town().of(1, 30)));
        assert_eq!(next.parts(), town().parts());
    }

    #[test]
    fn higher_mortality_never_raises_the_population() {
        let mut higher = rates();
        higher.deaths =
            higher.deaths.map(|deaths| deaths.iter().map(|death| death * 1.1).collect());
        let total = |rates: &Rates| town().after_a_year(rates).0.total();
        assert!(total(&higher) < total(&rates()));
    }

    /// A neighbourhood of students alone, in an England that stays as it is.
    #[test]
    fn students_make_way_for_the_next() {
        let students: Vec<f64> =
            (0..AGES).map(|age| if (18..22).contains(&age) { 500.0 } else { 0.0 }).collect();
        let mut area = Area::new([&students, &students]);
        let england = town();
        for _ in 0..5 {
            let (mut next, mut books) = area.after_a_year(&rates());
            next.keep_shape(&area, [&england, &england], &mut books);
            assert!(books.balance(), "{books:?}");
            area = next;
        }
        let of = |ages: Range<usize>| -> f64 { ages.map(|age| area.of(0, age)).sum() };
        assert!((of(18..22) - 2_000.0).abs() < 1.0 && of(22..35) < 1.0, "{area:?}");
    }

    /// Children and people past the ages of moving are those who grew older here.
    #[test]
    fn at_the_ages_at_which_few_move_the_shape_is_not_kept() {
        let (mut next, mut books) = town().after_a_year(&rates());
        let grown = next.clone();
        next.keep_shape(&town(), [&town(), &town()], &mut books);
        let outside = (0..18).chain(45..AGES);
        assert!(outside.into_iter().all(|age| (next.of(0, age) - grown.of(0, age)).abs() < 1e-9));
    }
}
