//! Vacant posts of GPs: what each practice had at the start, less what is in post now.
//!
//! The posts of a practice are the full-time equivalents of its qualified GPs on the day of the start; a practice that opens
//! brings those that as many patients have elsewhere, and one that ends hands its posts to whoever takes over. What is in
//! post is read from the book of the workforce, so that leavers, moves and shorter hours open vacancies, and who joins fills
//! them. The vacancies of a month are those that everybody left who went before it. A practice may have more in post than
//! posts, as where a scenario recruits: then nothing is vacant until as much has left again.
//!
//! Method: [vacancies](../../../../docs/book/methods.md#vacancies).

use super::ledger::{Flow, Ledger};
use super::place::{Employers, pick};
use super::role::{Contract, Group};

/// Posts and who is in them, by employer, in millionths of a full-time equivalent, as a month begins.
pub(super) struct Vacancies<'a> {
    employers: &'a Employers,
    month: u32,
    /// The lines of the book that hold the qualified GPs of an employer.
    lines: Vec<[usize; 3]>,
    posts: Vec<i64>,
    in_post: Vec<i64>,
}

impl<'a> Vacancies<'a> {
    /// The posts of the day of the start, all of them filled but those of practices that open.
    pub(super) fn new(employers: &'a Employers, ledger: &Ledger) -> Self {
        let of = |employer| {
            Contract::QUALIFIED.map(|contract| ledger.line(employer, Group::Gp(contract)))
        };
        let lines: Vec<[usize; 3]> = (0..employers.count()).map(of).collect();
        let start = |line: &usize| ledger.start(*line).micro_fte;
        let in_post: Vec<i64> = lines.iter().map(|lines| lines.iter().map(start).sum()).collect();
        let brought =
            |(employer, filled): (usize, &i64)| filled + employers.posts_at_opening(employer);
        let posts = in_post.iter().enumerate().map(brought).collect();
        Self { employers, month: 0, lines, posts, in_post }
    }

    /// Goes on to the first day of a month, with all that the book holds of the months before it.
    pub(super) fn pass_months(&mut self, to: u32, ledger: &Ledger) {
        while self.month < to {
            for employer in 0..self.employers.count() {
                for line in self.lines[employer] {
                    let flow = ledger.flows(line).get(self.month as usize);
                    self.in_post[employer] += flow.map_or(0, Flow::but_joiners);
                }
                if self.employers.end_of(employer) == self.month {
                    self.hand_on(employer);
                }
            }
            self.month += 1;
        }
    }

    /// Gives the posts of an employer that ends to those who take over, every millionth of them.
    fn hand_on(&mut self, employer: usize) {
        let heirs = self.employers.heirs(employer, self.month);
        let total: f64 = heirs.iter().map(|(_, weight)| weight).sum();
        if total == 0.0 {
            return;
        }
        let posts = std::mem::take(&mut self.posts[employer]);
        let (mut given, mut passed) = (0, 0.0);
        for (heir, weight) in heirs {
            passed += weight;
            let so_far = libm::round(posts as f64 * passed / total) as i64;
            self.posts[heir] += so_far - given;
            given = so_far;
        }
    }

    /// Where a joiner with this luck (0 to 1) goes this month: with chance `following` by what is vacant, else, and where
    /// nothing is, by size.
    pub(super) fn choose(&self, luck: f64, following: f64) -> Option<usize> {
        let open = self.employers.open(self.month);
        let vacant: i64 = open.clone().map(|(employer, _)| self.vacant(employer)).sum();
        if vacant == 0 || following == 0.0 {
            return self.employers.choose(luck, self.month, None);
        }
        let of_all: f64 = open.clone().map(|(_, size)| size).sum();
        let by_size = |size: f64| if of_all > 0.0 { size / of_all } else { 0.0 };
        let weight = |(employer, size): (usize, f64)| {
            let by_vacancy = self.vacant(employer) as f64 / vacant as f64;
            (employer, following * by_vacancy + (1.0 - following) * by_size(size))
        };
        pick(luck, open.map(weight))
    }

    fn vacant(&self, employer: usize) -> i64 {
        (self.posts[employer] - self.in_post[employer]).max(0)
    }

    /// Somebody joins this month.
    pub(super) fn fill(&mut self, employer: usize, micro_fte: i64) {
        self.in_post[employer] += micro_fte;
    }
}

#[cfg(test)]
mod tests {
    use vocab::Month;

    use super::*;
    use crate::change::{Change, Effect};
    use crate::workforce::{Employer, GpStock, Staff};

    const BASE: Month = Month { year: 2025, month: 11 };
    const MONTHS: u32 = 12;

    fn staff() -> Staff {
        let practice = |number: u32| {
            let (heads, fte) = (number, f64::from(number));
            let stock = GpStock { contract: Contract::Partner, sex: None, age: None, heads, fte };
            Employer { code: format!("A8100{number}"), gps: vec![stock], others: vec![] }
        };
        Staff { employers: (1..=4).map(practice).collect(), local_leaving: None }
    }

    fn changes() -> Vec<Change> {
        let code = |code: &str| code.parse().expect("a code");
        let closes = Effect::Closes { practice: code("A81003"), to: vec![] };
        let merges = Effect::Merges { practice: code("A81002"), into: code("A81004") };
        let opens = Effect::Opens { practice: code("A81009"), patients: 4_500 };
        [closes, merges, opens]
            .map(|effect| Change { from: Month { year: 2026, month: 2 }, effect })
            .into()
    }

    fn with<T>(changes: &[Change], of: impl Fn(&mut Vacancies<'_>, &Ledger) -> T) -> T {
        let staff = staff();
        let employers = Employers::new(&staff, BASE, MONTHS, changes);
        let mut lines = Vec::new();
        for employer in 0..employers.count() {
            let of = |contract| crate::workforce::Line { employer, group: Group::Gp(contract) };
            lines.extend(Contract::ALL.map(of));
        }
        let mut ledger = Ledger::new(employers.codes.clone(), lines, MONTHS);
        for (employer, one) in staff.employers.iter().enumerate() {
            let line = ledger.line(employer, Group::Gp(Contract::Partner));
            ledger.starts[line] = crate::workforce::Stock::of((one.gps[0].fte * 1e6) as i64);
        }
        of(&mut Vacancies::new(&employers, &ledger), &ledger)
    }

    #[test]
    fn nothing_is_vacant_at_the_start_but_in_practices_that_open() {
        let vacant = |changes: &[Change]| {
            with(changes, |vacancies, _| {
                (0..vacancies.posts.len()).map(|at| vacancies.vacant(at)).collect::<Vec<_>>()
            })
        };
        assert_eq!(vacant(&[]), [0; 4]);
        assert_eq!(vacant(&changes()), [0, 0, 0, 0, 2_000_000]);
    }

    #[test]
    fn the_posts_of_practices_that_end_are_handed_on_to_the_millionth() {
        let posts = with(&changes(), |vacancies, ledger| {
            vacancies.pass_months(6, ledger);
            vacancies.posts.clone()
        });
        assert_eq!((posts[1], posts[2]), (0, 0));
        assert_eq!(posts.iter().sum::<i64>(), 12_000_000);
        assert!(posts[3] >= 6_000_000, "a merger hands on to the practice it goes into: {posts:?}");
    }

    #[test]
    fn who_is_over_the_posts_leaves_no_vacancy() {
        with(&[], |vacancies, _| {
            vacancies.fill(0, 800_000);
            assert_eq!(vacancies.vacant(0), 0);
            vacancies.fill(0, -800_000);
            assert_eq!(vacancies.vacant(0), 0);
            vacancies.fill(0, -300_000);
            assert_eq!(vacancies.vacant(0), 300_000);
        });
    }

    #[test]
    fn with_certainty_a_joiner_goes_to_the_only_vacancy() {
        with(&[], |vacancies, _| {
            vacancies.fill(2, -1);
            assert!([0.0, 0.3, 0.999].iter().all(|luck| vacancies.choose(*luck, 1.0) == Some(2)));
        });
    }
}
