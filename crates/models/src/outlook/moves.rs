//! People who go from one list to another: practices that close, merge, open or take no more patients.
//!
//! They take their need with them, and nobody is lost. In their first year on a list that they chose people need more.

use vocab::Month;

use crate::change::{Effect, months_between};

use super::need::{Need, Year};

/// The lists of a year between which people move.
struct Lists<'a> {
    year: &'a Year<'a>,
    codes: Vec<&'a str>,
    /// People on each before anybody moves.
    before: Vec<f64>,
    needs: &'a mut [Need],
}

/// Lets people move as the changes say, each in turn; caps come last, because they hold for whoever comes.
pub(super) fn apply(year: &Year<'_>, needs: &mut [Need]) {
    let before = needs.iter().map(|need| need.people).collect();
    let mut lists = Lists { year, codes: year.codes(), before, needs };
    for change in year.changes() {
        match &change.effect {
            Effect::Closes { practice, to } => {
                let to: Vec<(&str, f64)> =
                    to.iter().map(|(code, share)| (code.as_str(), *share)).collect();
                lists.close(practice.as_str(), &to, change.from, true);
            }
            Effect::Merges { practice, into } => {
                lists.close(practice.as_str(), &[(into.as_str(), 1.0)], change.from, false);
            }
            Effect::Opens { practice, patients } => {
                lists.open(practice.as_str(), f64::from(*patients), change.from);
            }
            _ => {}
        }
    }
    lists.cap();
}

impl Lists<'_> {
    fn position(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|one| *one == code)
    }

    /// Everybody of a practice goes to those named, in these shares; where none of them is here, to all others.
    fn close(&mut self, code: &str, to: &[(&str, f64)], from: Month, are_new: bool) {
        let Some(closed) = self.position(code) else { return };
        let there = self.year.there(from, 0);
        let named: Vec<(usize, f64)> =
            to.iter().filter_map(|(code, share)| Some((self.position(code)?, *share))).collect();
        let to = if named.is_empty() { self.by_list(&[closed]) } else { named };
        let more = if are_new { self.more_of_new(from) } else { 1.0 };
        self.go(closed, there, &to, more);
    }

    /// So many people of all lists, in proportion, register with a practice that opens.
    fn open(&mut self, code: &str, patients: f64, from: Month) {
        let Some(opened) = self.position(code) else { return };
        let all: f64 = self.by_list(&[opened]).iter().map(|(_, people)| people).sum();
        if all <= 0.0 {
            return;
        }
        let share = (patients / all).min(1.0) * self.year.there(from, 0);
        let more = self.more_of_new(from);
        for list in (0..self.needs.len()).filter(|list| *list != opened) {
            self.go(list, share, &[(opened, 1.0)], more);
        }
    }

    /// Whoever would come to a list above its cap goes to the lists that have none; where all have one they stay. Nobody leaves who
    /// was on the list when the cap began.
    fn cap(&mut self) {
        let caps: Vec<(usize, f64, Month)> = self
            .year
            .changes()
            .iter()
            .filter_map(|change| match &change.effect {
                Effect::ListCap { practice, patients } => {
                    Some((self.position(practice.as_str())?, f64::from(*patients), change.from))
                }
                _ => None,
            })
            .collect();
        let capped: Vec<usize> = caps.iter().map(|(list, ..)| *list).collect();
        let to = self.by_list(&capped);
        for (list, most, from) in caps {
            let people = self.needs[list].people;
            let most = most.max(self.when_it_began(list, from));
            if people > most {
                let share = (1.0 - most / people) * self.year.there(from, 0);
                let more = self.more_of_new(from);
                self.go(list, share, &to, more);
            }
        }
    }

    /// People on a list in a month, between the base year and this one; of a practice that opened, those who registered.
    fn when_it_began(&self, list: usize, month: Month) -> f64 {
        let job = self.year.job;
        let Some(practice) = job.base.practices.get(list) else {
            let opened = job.opened.get(list - job.base.practices.len());
            return opened.map_or(0.0, |(_, patients)| f64::from(*patients));
        };
        let years = f64::from(months_between(job.from, month)).max(0.0) / 12.0;
        let part = (years / f64::from(self.year.ahead)).min(1.0);
        practice.list() + (self.before[list] - practice.list()) * part
    }

    /// All lists but some, by how many people are on them.
    fn by_list(&self, without: &[usize]) -> Vec<(usize, f64)> {
        let others = self.needs.iter().enumerate().filter(|(list, _)| !without.contains(list));
        others.map(|(list, need)| (list, need.people)).filter(|(_, people)| *people > 0.0).collect()
    }

    /// What people who moved need beside what they needed before, in the mean of this year.
    fn more_of_new(&self, from: Month) -> f64 {
        let there = self.year.there(from, 0);
        let new = if there > 0.0 { self.year.first_year(from, 0) / there } else { 0.0 };
        1.0 + (self.year.rates.newly - 1.0) * new
    }

    /// A share of the people of a list goes to others, and needs more by a factor.
    fn go(&mut self, from: usize, share: f64, to: &[(usize, f64)], more: f64) {
        let all: f64 = to.iter().map(|(_, part)| part).sum();
        if all <= 0.0 {
            return;
        }
        let gone = self.needs[from];
        let left = &mut self.needs[from];
        left.people *= 1.0 - share;
        left.contacts *= 1.0 - share;
        left.by_role = left.by_role.map(|minutes| minutes * (1.0 - share));
        for (list, part) in to {
            let (part, come) = (share * part / all, &mut self.needs[*list]);
            come.people += gone.people * part;
            come.contacts += gone.contacts * part * more;
            for (minutes, moved) in come.by_role.iter_mut().zip(gone.by_role) {
                *minutes += moved * part * more;
            }
        }
    }
}
