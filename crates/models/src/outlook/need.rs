//! Need of every practice in each year, and what the changes of a scenario do to it.

use vocab::{Month, StaffGroup};

use super::job::Job;
use super::mix::{Mix, RISKS};
use super::moves;
use crate::change::{
    Change, Contacts, Effect, Mode, People, Reader, Scope, Shift, Who, months_between,
};
use crate::demand::{Asking, Changed, Rates, Steps};
use crate::place::{AGES, Activity, Ages, Clinician, MODES, Practice, ROLES};

/// Need of a practice in a year: steps in minutes, what changes do on top, and people.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Need {
    pub steps: [Steps; ROLES],
    pub interventions: [f64; ROLES],
    /// All of it by who is to see the patient.
    pub by_role: [f64; ROLES],
    pub people: f64,
    pub contacts: f64,
    /// People and their need by risk group, before changes.
    pub risks: [[f64; 2]; RISKS],
}

/// A year of a draw.
#[derive(Clone, Copy)]
pub(super) struct Year<'a> {
    pub job: &'a Job<'a>,
    pub rates: &'a Rates,
    pub mix: &'a Mix,
    /// Contacts of the base year that the people of each practice need.
    pub needed: &'a [Activity],
    /// What every cell of sex and age grew by since the base year.
    pub ages: &'a Ages,
    /// Years after the base year.
    pub ahead: u32,
    /// Whether changes are asked for as they stand in its last month, not in its mean.
    pub at_end: bool,
}

impl Year<'_> {
    /// The need of every practice, then of those that open.
    pub(super) fn needs(&self) -> Vec<Need> {
        let practices = self.job.base.practices.iter().enumerate();
        let mut needs: Vec<Need> =
            practices.map(|(number, practice)| self.need(number, practice)).collect();
        needs.resize(self.codes().len(), Need::default());
        if self.ahead > 0 {
            moves::apply(self, &mut needs);
        }
        for need in &mut needs {
            let changed = self.ahead > 0 && !self.changes().is_empty();
            for role in 0..ROLES {
                let before = need.steps[role].total();
                need.interventions[role] = if changed { need.by_role[role] - before } else { 0.0 };
            }
        }
        needs
    }

    /// People on the list of every practice, then of those that open, as changes stand in the last month; `needs` are those of the mean.
    pub(super) fn people_at_end(&self, needs: &[Need]) -> Vec<f64> {
        let moves = |change: &Change| change.effect.read_by().contains(&Reader::People);
        let people = |needs: &[Need]| needs.iter().map(|need| need.people).collect();
        if self.ahead > 0 && self.changes().iter().any(moves) {
            return people(&Year { at_end: true, ..*self }.needs());
        }
        people(needs)
    }

    /// The codes of all practices, those that open last.
    pub(super) fn codes(&self) -> Vec<&str> {
        let base = self.job.base.practices.iter().map(|practice| practice.code.as_str());
        base.chain(self.job.opened.iter().map(|(code, _)| code.as_str())).collect()
    }

    pub(super) fn changes(&self) -> &[Change] {
        self.job.changes
    }

    /// The need of a practice, with what changes do to those on its list.
    fn need(&self, number: usize, practice: &Practice) -> Need {
        let rates = self.rates;
        let list = self.mix.of(number, self.ahead as usize);
        let (before, now) = (self.mix.of(number, 0).weights(), list.weights());
        let people = product(&practice.ages, self.ages);
        let asked =
            |people: &Ages, weights: &Ages| product(&product(people, &rates.by_age), weights);
        let contacts = asked(&people, &now);
        let as_before = asked(&people, &before).total();
        let of_base = asked(&practice.ages, &before).total();
        let share = |now: f64, base: f64| if base > 0.0 { now / base } else { 1.0 };
        let changed = Changed {
            demographic: share(as_before, of_base),
            illness: share(contacts.total(), as_before),
            morbidity: libm::pow(1.0 + rates.growth.morbidity, f64::from(self.ahead)),
            people: share(people.total(), practice.list()),
        };
        let needed = &self.needed[number];
        let asking = Asking { contacts: needed, list: practice.list() };
        let steps = rates.steps(asking, &changed, f64::from(self.ahead));
        let by_role = steps.each_ref().map(Steps::total);
        let total: f64 = by_role.iter().sum();
        let part = |of: f64, all: f64| if all > 0.0 { total * of / all } else { 0.0 };
        let mut found = Need {
            steps,
            interventions: [0.0; ROLES],
            by_role,
            people: people.total(),
            contacts: self.contacts(needed, &by_role),
            risks: std::array::from_fn(|risk| {
                let [of_people, of_contacts] = list.shares(risk);
                let at_risk = product(&contacts, &of_contacts).total();
                [product(&people, &of_people).total(), part(at_risk, contacts.total())]
            }),
        };
        if self.ahead > 0 && !self.changes().is_empty() {
            Now { practice, needed, of: self, people: &people, contacts: &contacts, total }
                .apply(&mut found);
        }
        found
    }

    /// Contacts that minutes of each role are, as long as they are in this year: they do not grow because they take longer.
    fn contacts(&self, needed: &Activity, by_role: &[f64; ROLES]) -> f64 {
        let base = self.rates.minutes.by_role(needed);
        let of_role = |role: usize| {
            let count: f64 = needed.0[role].iter().sum();
            if base[role] > 0.0 { count * by_role[role] / base[role] } else { 0.0 }
        };
        (0..ROLES).map(of_role).sum::<f64>() / self.longer()
    }

    /// Minutes of a contact beside those of the base year.
    fn longer(&self) -> f64 {
        libm::pow(1.0 + self.rates.growth.minutes, f64::from(self.ahead))
    }

    /// How far a change has come on the mean of the months of the year, from 0 to 1.
    pub(super) fn there(&self, from: Month, ramp: u32) -> f64 {
        self.mean_over_months(from, |since| level(since, ramp))
    }

    /// How much of it came within the twelve months before, on the mean of the months of the year.
    pub(super) fn first_year(&self, from: Month, ramp: u32) -> f64 {
        self.mean_over_months(from, |since| level(since, ramp) - level(since - 12, ramp))
    }

    /// By how much contacts change on the mean of the months of the year, as a share: by the factor, as far as it has come, and by
    /// what they have grown since its first month.
    fn more(&self, contacts: &Contacts, from: Month) -> f64 {
        if contacts.growth == 0.0 {
            return self.there(from, contacts.ramp_months) * (contacts.factor - 1.0);
        }
        self.mean_over_months(from, |since| {
            let years = (f64::from(since) + 0.5) / 12.0;
            let factor = contacts.factor * libm::pow(1.0 + contacts.growth, years);
            level(since, contacts.ramp_months) * (factor - 1.0)
        })
    }

    /// The mean over the months of the year, or over its last alone, of what so many months since another say.
    fn mean_over_months(&self, from: Month, of: impl Fn(i32) -> f64) -> f64 {
        let begins = months_between(self.job.from, from);
        let months = if self.at_end { 1 } else { 12 };
        let end = self.ahead.cast_signed() * 12;
        (end - months..end).map(|month| of(month - begins)).sum::<f64>() / f64::from(months)
    }
}

/// How far a change has come so many months after it began.
fn level(since: i32, ramp: u32) -> f64 {
    match since {
        since if since < 0 => 0.0,
        _ if ramp == 0 => 1.0,
        since => (f64::from(since + 1) / f64::from(ramp)).min(1.0),
    }
}

/// Every cell times that of another.
pub(super) fn product(ages: &Ages, factors: &Ages) -> Ages {
    let mut found = *ages;
    for (people, factor) in found.0.iter_mut().flatten().zip(factors.0.iter().flatten()) {
        *people *= factor;
    }
    found
}

/// A practice in a year, before changes.
struct Now<'a> {
    practice: &'a Practice,
    /// Its contacts of the base year by role and mode.
    needed: &'a Activity,
    of: &'a Year<'a>,
    people: &'a Ages,
    /// Contacts by sex and age, before calibration.
    contacts: &'a Ages,
    total: f64,
}

impl Now<'_> {
    /// Lets every change of what people on the list ask for work in turn on what the ones before it left.
    fn apply(&self, found: &mut Need) {
        for change in self.of.changes() {
            match &change.effect {
                Effect::Contacts(contacts) => self.contacts(contacts, change.from, found),
                Effect::Shift(shift) => self.shift(shift, change.from, found),
                Effect::People(people) => self.people(people, change.from, found),
                _ => {}
            }
        }
    }

    fn contacts(&self, contacts: &Contacts, from: Month, found: &mut Need) {
        let there = self.of.there(from, contacts.ramp_months);
        let more = self.of.more(contacts, from);
        let before: f64 = found.by_role.iter().sum();
        for (role, minutes) in found.by_role.iter_mut().enumerate() {
            *minutes *= 1.0 + self.share_in(&contacts.scope, role) * more;
        }
        let after: f64 = found.by_role.iter().sum();
        found.contacts *= if before > 0.0 { after / before } else { 1.0 };
        self.number(contacts, there, found);
    }

    /// Contacts more or fewer by their number, in the minutes of whoever has them.
    fn number(&self, contacts: &Contacts, there: f64, found: &mut Need) {
        let scope = &contacts.scope;
        let named = |practice: &Practice| {
            scope.practices.is_empty()
                || scope.practices.iter().any(|code| code.as_str() == practice.code)
        };
        if contacts.number == 0.0 || !named(self.practice) {
            return;
        }
        let lists = self.of.job.base.practices.iter().filter(|one| named(one)).map(Practice::list);
        let more = contacts.number * there * self.practice.list() / lists.sum::<f64>();
        let role = scope.seen_by.and_then(place_of).unwrap_or(0);
        found.by_role[role] += more * self.minutes_of(scope, role) * self.of.longer();
        found.contacts += more;
    }

    /// Minutes of a contact of a role in the mode of a scope, or as its contacts are on the mean.
    fn minutes_of(&self, scope: &Scope, role: usize) -> f64 {
        let minutes = &self.of.rates.minutes.0[role];
        let counts = &self.needed.0[role];
        let all: f64 = counts.iter().sum();
        match scope.mode {
            Some(mode) => minutes[place_of_mode(mode)],
            None if all > 0.0 => {
                counts.iter().zip(minutes).map(|(count, each)| count * each).sum::<f64>() / all
            }
            None => minutes[0],
        }
    }

    /// Contacts go to somebody else or take place otherwise: their minutes change once, by the stated factor, and those who
    /// are seen in the old way as well have another contact.
    fn shift(&self, shift: &Shift, from: Month, found: &mut Need) {
        let there = self.of.there(from, shift.ramp_months);
        let before = found.by_role;
        let mut again = 0.0;
        for (role, minutes) in before.into_iter().enumerate() {
            let moved = self.share_in(&shift.scope, role) * shift.share * there;
            let to = shift.to_who.and_then(place_of).unwrap_or(role);
            found.by_role[role] -= minutes * moved;
            let factor = shift.minutes.unwrap_or_else(|| self.beside(shift, role, to));
            found.by_role[to] += minutes * moved * factor;
            found.by_role[role] += minutes * moved * shift.again;
            again += self.contacts_in(&shift.scope, role) * shift.share * there * shift.again;
        }
        found.contacts *= 1.0 + again;
    }

    /// Minutes of the contacts of a role that a shift moves, where they go beside where they were.
    fn beside(&self, shift: &Shift, role: usize, to: usize) -> f64 {
        let (mut before, mut after) = (0.0, 0.0);
        let minutes = &self.of.rates.minutes.0;
        for (mode, count) in self.needed.0[role].into_iter().enumerate() {
            if shift.scope.mode.is_none_or(|one| place_of_mode(one) == mode) {
                before += count * minutes[role][mode];
                after += count * minutes[to][shift.to_mode.map_or(mode, place_of_mode)];
            }
        }
        if before > 0.0 { after / before } else { 1.0 }
    }

    /// Share of all contacts of the practice that a scope holds of a role.
    fn contacts_in(&self, scope: &Scope, role: usize) -> f64 {
        let all = self.needed.total();
        let fits = |mode: &usize| scope.mode.is_none_or(|one| place_of_mode(one) == *mode);
        let of_role: f64 = (0..MODES).filter(fits).map(|mode| self.needed.0[role][mode]).sum();
        let share = self.share_of_who(scope, role) * self.share_of_ages(scope);
        if all > 0.0 { share * of_role / all } else { 0.0 }
    }

    /// 1 for a role that a scope holds in this practice, else nought.
    fn share_of_who(&self, scope: &Scope, role: usize) -> f64 {
        let inside = |code: &vocab::codes::PracticeCode| code.as_str() == self.practice.code;
        let elsewhere = !scope.practices.is_empty() && !scope.practices.iter().any(inside);
        let other = scope.seen_by.is_some_and(|who| place_of(who) != Some(role));
        if elsewhere || other { 0.0 } else { 1.0 }
    }

    /// Share of the minutes of a role in the practice that a scope holds.
    fn share_in(&self, scope: &Scope, role: usize) -> f64 {
        let who = self.share_of_who(scope, role);
        if who == 0.0 {
            return 0.0;
        }
        self.share_of_ages(scope) * self.share_of_modes(scope, role)
    }

    fn share_of_ages(&self, scope: &Scope) -> f64 {
        if scope.from_age == 0 && scope.to_age.is_none() {
            return 1.0;
        }
        let to = f64::from(scope.to_age.unwrap_or(u8::MAX));
        let (mut inside, mut all) = (0.0, 0.0);
        for sex in 0..2 {
            for band in 0..AGES {
                let (youngest, need) = (band as f64 * 5.0, self.contacts.0[sex][band]);
                let held =
                    (to.min(youngest + 5.0) - f64::from(scope.from_age).max(youngest)).max(0.0);
                inside += need * (held / 5.0).min(1.0);
                all += need;
            }
        }
        if all > 0.0 { inside / all } else { 0.0 }
    }

    fn share_of_modes(&self, scope: &Scope, role: usize) -> f64 {
        let Some(only) = scope.mode.map(place_of_mode) else { return 1.0 };
        let minutes = |mode: usize| self.needed.0[role][mode] * self.of.rates.minutes.0[role][mode];
        let all: f64 = (0..MODES).map(minutes).sum();
        if all > 0.0 { minutes(only) / all } else { 0.0 }
    }

    /// People who come, and the need that they bring.
    fn people(&self, people: &People, from: Month, found: &mut Need) {
        let named = |practice: &Practice| {
            people.practices.is_empty()
                || people.practices.iter().any(|code| code.as_str() == practice.code)
        };
        if !named(self.practice) {
            return;
        }
        let lists = self.of.job.base.practices.iter().filter(|one| named(one)).map(Practice::list);
        let share = self.practice.list() / lists.sum::<f64>();
        let each = f64::from(people.people) * share;
        let more = (each * self.of.there(from, people.over_months)).max(-found.people);
        let new = each.max(0.0) * self.of.first_year(from, people.over_months);
        let asking = more + new * (self.of.rates.newly - 1.0);
        let before: f64 = found.by_role.iter().sum();
        let factor =
            if before > 0.0 { 1.0 + asking * self.need_by_ages(people.ages) / before } else { 1.0 };
        found.people += more;
        found.contacts *= factor;
        found.by_role = found.by_role.map(|minutes| minutes * factor);
    }

    /// Need of one more person, shared over children, adults and the old as given.
    fn need_by_ages(&self, shares: [f64; 3]) -> f64 {
        let group = |band: usize| match band * 5 {
            0..=14 => 0,
            15..=64 => 1,
            _ => 2,
        };
        let mut sums = [(0.0, 0.0); 3];
        for sex in 0..2 {
            for band in 0..AGES {
                let sum = &mut sums[group(band)];
                *sum = (sum.0 + self.contacts.0[sex][band], sum.1 + self.people.0[sex][band]);
            }
        }
        let mean: f64 = shares
            .iter()
            .zip(sums)
            .map(
                |(share, (contacts, people))| {
                    if people > 0.0 { share * contacts / people } else { 0.0 }
                },
            )
            .sum();
        let all = self.contacts.total();
        if all > 0.0 { self.total * mean / all } else { 0.0 }
    }
}

/// The role of need that somebody serves; nothing for those without patients.
pub(super) fn place_of(who: Who) -> Option<usize> {
    let group = match who {
        Who::Gp => StaffGroup::Gp,
        Who::Role(role) => role.group(),
    };
    Clinician::of(group).map(|role| role as usize)
}

const fn place_of_mode(mode: Mode) -> usize {
    match mode {
        Mode::FaceToFace => 0,
        Mode::Telephone => 1,
        Mode::Online => 2,
        Mode::HomeVisit => 3,
    }
}

/// What of a scenario the outlook does not read, in words.
#[must_use]
pub fn unread(changes: &[Change]) -> Vec<String> {
    let mut said: Vec<String> = changes
        .iter()
        .filter_map(|change| match &change.effect {
            Effect::Hours(hours) if hours.a_week() == 0.0 => {
                Some("hours on other weekdays change when, not how much")
            }
            Effect::Hours(_) => Some(
                "more hours are more capacity; that people with minor needs go to A&E less often where practices open longer is not in it",
            ),
            effect if !effect.moves_the_outlook() => {
                Some("a practice that moves network moves money, and neither need nor capacity of the place")
            }
            _ => None,
        })
        .map(str::to_owned)
        .collect();
    said.sort();
    said.dedup();
    said
}
