//! Posts that are no GP's: somebody leaves, the post is advertised round after round, somebody comes.
//!
//! Published staff are posts that are filled. Beside them stand as many vacant posts as it takes for the number in post to
//! stay what it is, because vacancies are not published; a scenario's posts come on top and begin vacant.

use vocab::Month;

use super::joiners::share_of;
use super::ledger::{Ledger, MILLION, Stock};
use super::role::{Group, Role};
use super::run::Run;
use super::staff::Staff;
use crate::change::{Change, Effect, Posts, months_between};
use crate::decisions::{POST_FILLS, POST_LEAVES, unit_of_name};

/// One post.
#[derive(Clone, Copy)]
struct Post {
    /// Its number, the same in every scenario.
    unit: u32,
    employer: usize,
    role: Role,
    micro_fte: i64,
    fill: f64,
    round_months: f64,
    /// Filled at the start, or vacant from a time on.
    vacant_from: Option<f64>,
}

/// Bits of a post's number: the posts of a scenario, and the vacant ones beside those that are published.
const NEW: u32 = 1 << 31;
const SHADOW: u32 = 1 << 30;

/// Writes everybody who is no GP into the book.
pub(super) fn posts(
    run: &Run<'_>,
    staff: &Staff,
    base: Month,
    changes: &[Change],
    ledger: &mut Ledger,
) {
    let mut unit = 0;
    for (employer, one) in staff.employers.iter().enumerate() {
        for stock in &one.others {
            for head in 0..stock.heads {
                let post = Post {
                    unit,
                    employer,
                    role: stock.role,
                    micro_fte: share_of(stock.fte, stock.heads, head),
                    fill: run.rates.refill,
                    round_months: run.rates.round_months,
                    vacant_from: None,
                };
                post.live(run, ledger);
                if let Some(vacant) = post.vacant_beside(run) {
                    vacant.live(run, ledger);
                }
                unit += 1;
            }
        }
    }
    for post in advertised(run, base, changes) {
        post.live(run, ledger);
    }
}

/// The posts of a scenario.
fn advertised(run: &Run<'_>, base: Month, changes: &[Change]) -> Vec<Post> {
    let mut advertised: Vec<Post> = Vec::new();
    for change in changes {
        let Effect::Posts(posts) = &change.effect else { continue };
        let Some(employer) = run.employers.position(&posts.employer) else { continue };
        let mut unit = first_unit(posts);
        for _ in 0..posts.posts {
            while advertised.iter().any(|post| post.unit == unit) {
                unit += 1;
            }
            advertised.push(Post {
                unit,
                employer,
                role: posts.role,
                micro_fte: libm::round(posts.fte * MILLION) as i64,
                fill: posts.fill,
                round_months: posts.round_months,
                vacant_from: Some(f64::from(months_between(base, change.from).max(0))),
            });
        }
    }
    advertised
}

/// The number of the first of some posts: what they are, not how many nor what else happens.
fn first_unit(posts: &Posts) -> u32 {
    let name = format!("{} {} {}", posts.employer, posts.role.as_str(), posts.fte);
    NEW | (unit_of_name(&name) & 0x3F_FFFF) << 8
}

impl Post {
    /// A post like it that is vacant at the start, with the chance that keeps the number in post steady.
    fn vacant_beside(self, run: &Run<'_>) -> Option<Self> {
        let years = self.round_months / self.fill / 12.0;
        let chance = run.rates.leaving_a_post(self.role) * years;
        let unit = SHADOW | self.unit;
        let mut stream = run.stream(POST_FILLS, unit, u32::MAX);
        let vacant = stream.happens(chance);
        let begun = -self.round_months * stream.uniform();
        vacant.then_some(Self { unit, vacant_from: Some(begun), ..self })
    }

    /// Lives the months of a post and writes them into the book.
    fn live(mut self, run: &Run<'_>, ledger: &mut Ledger) {
        let months = f64::from(run.rates.months);
        let mut stay = run.stream(POST_LEAVES, self.unit, 0);
        let mut advertise = run.stream(POST_FILLS, self.unit, 0);
        let mut comes = match self.vacant_from {
            None => f64::NEG_INFINITY,
            Some(from) => from + self.vacancy(&mut advertise),
        };
        while comes < months {
            let at_start = comes == f64::NEG_INFINITY;
            let begins = comes.max(0.0);
            let hazard = run.rates.leaving_a_post(self.role);
            let leaves = begins + stay.exponential(12.0) / hazard.max(1e-9);
            if begins >= f64::from(run.employers.end_of(self.employer))
                && !self.follows(run, begins as u32)
            {
                return;
            }
            let spell = Spell { begins, leaves, at_start };
            if !self.fill_spell(run, spell, ledger) {
                return;
            }
            comes = leaves + self.vacancy(&mut advertise);
        }
    }

    /// Months until a vacant post is filled: whole rounds, the last one successful.
    fn vacancy(&self, advertise: &mut stats::random::Stream) -> f64 {
        let rounds = libm::log(advertise.uniform()) / libm::log1p(-self.fill.min(1.0 - 1e-12));
        (rounds.floor() + 1.0) * self.round_months
    }

    /// Moves a post to where the staff of an ending employer go; false where nobody takes it.
    fn follows(&mut self, run: &Run<'_>, month: u32) -> bool {
        let luck = run.luck(POST_LEAVES, self.unit, 1 + month);
        match run.employers.successor(self.employer, luck, month) {
            Some(next) => {
                self.employer = next;
                true
            }
            None => false,
        }
    }

    /// Writes one person's time in the post; false where the employer ends and nobody takes the post.
    fn fill_spell(&mut self, run: &Run<'_>, spell: Spell, ledger: &mut Ledger) -> bool {
        let stock = Stock::of(self.micro_fte);
        let mut line = self.line(ledger);
        let first = spell.begins as u32;
        if spell.at_start {
            ledger.starts[line].add(stock);
        } else {
            ledger.flow(line, first).joined.add(stock);
        }
        for month in first..run.rates.months {
            if month >= run.employers.end_of(self.employer) {
                if !self.follows(run, month) {
                    ledger.flow(line, month).left.add(stock);
                    return false;
                }
                ledger.flow(line, month).moved_out.add(stock);
                line = self.line(ledger);
                ledger.flow(line, month).moved_in.add(stock);
            }
            if spell.leaves < f64::from(month + 1) {
                ledger.flow(line, month).left.add(stock);
                return true;
            }
            if !spell.at_start && month < first + 12 {
                let lost = (1.0 - run.rates.first_year) * self.micro_fte as f64;
                ledger.flow(line, month).not_available += libm::round(lost) as i64;
            }
        }
        ledger.counted[line].add(stock);
        true
    }

    fn line(&self, ledger: &Ledger) -> usize {
        ledger.line(self.employer, Group::Other(self.role))
    }
}

/// One person's time in a post, in months from the start.
#[derive(Clone, Copy)]
struct Spell {
    begins: f64,
    leaves: f64,
    at_start: bool,
}
