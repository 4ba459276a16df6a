//! Need of a practice in each year, and what the changes of a scenario do to it.

use crate::change::{Change, Contacts, Effect, Mode, People, Scope, Shift, Who, months_between};
use crate::demand::{Changed, Rates, Steps};
use crate::place::{AGES, Ages, Base, MODES, Practice, ROLES};
use vocab::{Month, StaffGroup};

/// Need of a practice in a year: steps in minutes, what changes do on top, and people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    pub steps: Steps,
    pub interventions: f64,
    /// All of it by who is to see the patient.
    pub by_role: [f64; ROLES],
    pub people: f64,
    pub contacts: f64,
}

/// The need of a practice some years after the base year; year 0 is the base year itself.
pub(super) fn need(
    practice: &Practice,
    rates: &Rates,
    (ageing, year): (&[Ages], u32),
    base: &Base,
    (changes, from): (&[Change], Month),
) -> Need {
    let aged =
        ageing.get(year as usize).map_or(practice.ages, |factors| product(&practice.ages, factors));
    let before = rates.expected(&practice.ages, practice.fifth);
    let share = |now: f64, base: f64| if base > 0.0 { now / base } else { 1.0 };
    let changed = Changed {
        demographic: share(rates.expected(&aged, practice.fifth), before),
        morbidity: libm::pow(1.0 + rates.growth.morbidity, f64::from(year)),
        people: share(aged.total(), practice.list()),
    };
    let steps = rates.steps(practice, &changed, f64::from(year));
    let held = rates.minutes.by_role(&practice.activity);
    let minutes: f64 = held.iter().sum();
    let by_role = held.map(|of| if minutes > 0.0 { steps.total() * of / minutes } else { 0.0 });
    let people = aged.total();
    let mut found = Need { steps, interventions: 0.0, by_role, people, contacts: 0.0 };
    found.contacts =
        if minutes > 0.0 { steps.total() / minutes * practice.activity.total() } else { 0.0 };
    if year > 0 && !changes.is_empty() {
        let now =
            Now { practice, rates, base, from, year, aged: &aged, before, total: steps.total() };
        now.apply(changes, &mut found);
    }
    found
}

fn product(ages: &Ages, factors: &Ages) -> Ages {
    let mut found = *ages;
    for (people, factor) in found.0.iter_mut().flatten().zip(factors.0.iter().flatten()) {
        *people *= factor;
    }
    found
}

/// A practice in a year, before changes.
struct Now<'a> {
    practice: &'a Practice,
    rates: &'a Rates,
    base: &'a Base,
    from: Month,
    year: u32,
    aged: &'a Ages,
    before: f64,
    total: f64,
}

impl Now<'_> {
    /// Lets every change of need work in turn on what the ones before it left.
    fn apply(&self, changes: &[Change], found: &mut Need) {
        for change in changes {
            let there = self.mean_over_year(change.from, 0);
            match &change.effect {
                Effect::Contacts(contacts) => self.contacts(contacts, change.from, found),
                Effect::Shift(shift) => self.shift(shift, change.from, found),
                Effect::People(people) => self.people(people, change.from, found),
                Effect::Closes { practice, to } => {
                    self.taken_over(practice.as_str(), to, there, found);
                }
                Effect::Merges { practice, into } => {
                    self.taken_over(practice.as_str(), &[(*into, 1.0)], there, found);
                }
                _ => {}
            }
        }
        found.interventions = found.by_role.iter().sum::<f64>() - self.total;
    }

    /// How far a change has come on the mean of the months of the year, from 0 to 1.
    fn mean_over_year(&self, from: Month, ramp: u32) -> f64 {
        let begins = months_between(self.from, from);
        let year = self.year.cast_signed();
        let months = (year - 1) * 12..year * 12;
        let there = |month: i32| match month - begins {
            since if since < 0 => 0.0,
            _ if ramp == 0 => 1.0,
            since => (f64::from(since + 1) / f64::from(ramp)).min(1.0),
        };
        months.map(there).sum::<f64>() / 12.0
    }

    fn contacts(&self, contacts: &Contacts, from: Month, found: &mut Need) {
        let there = self.mean_over_year(from, contacts.ramp_months);
        let begins = f64::from(months_between(self.from, from).max(0)) / 12.0;
        let years = (f64::from(self.year) - 0.5 - begins).max(0.0);
        let factor = contacts.factor * libm::pow(1.0 + contacts.growth, years);
        let before: f64 = found.by_role.iter().sum();
        for (role, minutes) in found.by_role.iter_mut().enumerate() {
            *minutes *= 1.0 + self.share_in(&contacts.scope, role) * there * (factor - 1.0);
        }
        let after: f64 = found.by_role.iter().sum();
        found.contacts *= if before > 0.0 { after / before } else { 1.0 };
    }

    /// Contacts go to somebody else or take place otherwise: their minutes change, their number does not.
    fn shift(&self, shift: &Shift, from: Month, found: &mut Need) {
        let there = self.mean_over_year(from, shift.ramp_months);
        let before = found.by_role;
        for (role, minutes) in before.into_iter().enumerate() {
            let out = minutes * self.share_in(&shift.scope, role) * shift.share * there;
            let to = shift.to_who.and_then(place_of).unwrap_or(role);
            found.by_role[role] -= out;
            found.by_role[to] += out * self.beside(shift, role, to) * shift.minutes;
        }
    }

    /// Minutes of the contacts of a role that a shift moves, where they go beside where they were.
    fn beside(&self, shift: &Shift, role: usize, to: usize) -> f64 {
        let (mut before, mut after) = (0.0, 0.0);
        for mode in 0..MODES {
            if shift.scope.mode.is_none_or(|one| place_of_mode(one) == mode) {
                let count = self.practice.activity.0[role][mode];
                before += count * self.rates.minutes.0[role][mode];
                after +=
                    count * self.rates.minutes.0[to][shift.to_mode.map_or(mode, place_of_mode)];
            }
        }
        if before > 0.0 { after / before } else { 1.0 }
    }

    /// Share of the minutes of a role in the practice that a scope holds.
    fn share_in(&self, scope: &Scope, role: usize) -> f64 {
        let inside = |code: &vocab::codes::PracticeCode| code.as_str() == self.practice.code;
        let elsewhere = !scope.practices.is_empty() && !scope.practices.iter().any(inside);
        if elsewhere || scope.seen_by.is_some_and(|who| place_of(who) != Some(role)) {
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
                let (youngest, need) =
                    (band as f64 * 5.0, self.aged.0[sex][band] * self.rates.by_age.0[sex][band]);
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
        let minutes =
            |mode: usize| self.practice.activity.0[role][mode] * self.rates.minutes.0[role][mode];
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
        let lists = self.base.practices.iter().filter(|one| named(one)).map(Practice::list);
        let share = self.practice.list() / lists.sum::<f64>();
        let there = self.mean_over_year(from, people.over_months);
        let more = f64::from(people.people) * share * there;
        let before: f64 = found.by_role.iter().sum();
        let factor =
            if before > 0.0 { 1.0 + more * self.need_by_ages(people.ages) / before } else { 1.0 };
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
                let people = self.aged.0[sex][band];
                let sum = &mut sums[group(band)];
                *sum = (sum.0 + people * self.rates.by_age.0[sex][band], sum.1 + people);
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
        let all = self.rates.expected(self.aged, None);
        if all > 0.0 && self.before > 0.0 { self.total * mean / all } else { 0.0 }
    }

    /// Need after a practice ended: its own is gone, those who take over have their share of it.
    fn taken_over(
        &self,
        closed: &str,
        to: &[(vocab::codes::PracticeCode, f64)],
        there: f64,
        found: &mut Need,
    ) {
        if self.practice.code == closed {
            found.people *= 1.0 - there;
            found.contacts *= 1.0 - there;
            found.by_role = found.by_role.map(|minutes| minutes * (1.0 - there));
            return;
        }
        let Some(gone) = self.base.practices.iter().find(|one| one.code == closed) else { return };
        let named = to.iter().filter(|(code, _)| code.as_str() == self.practice.code);
        let share = if to.is_empty() {
            self.practice.list() / (self.base.list() - gone.list())
        } else {
            named.map(|(_, share)| share).sum()
        };
        let own = self.rates.minutes.of_activity(&self.practice.activity);
        let growth = if own > 0.0 { self.total / own } else { 1.0 };
        let minutes = self.rates.minutes.by_role(&gone.activity);
        for (own, minutes) in found.by_role.iter_mut().zip(minutes) {
            *own += minutes * share * there * growth;
        }
        found.people += gone.list() * share * there;
        found.contacts += gone.activity.total() * share * there * growth;
    }
}

/// The role of need that somebody serves; nothing for those without patients.
fn place_of(who: Who) -> Option<usize> {
    let group = match who {
        Who::Gp => StaffGroup::Gp,
        Who::Role(role) => role.group(),
    };
    match group {
        StaffGroup::Gp => Some(0),
        StaffGroup::Nurse => Some(1),
        StaffGroup::DirectPatientCare => Some(2),
        StaffGroup::Admin => None,
    }
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
        .filter_map(|change| match change.effect {
            Effect::ListCap { .. } => Some("a cap on a list moves nobody here yet: total need stays"),
            Effect::Opens { .. } => Some("a practice that opens brings no need of its own: its patients come from the place’s lists"),
            Effect::MovesNetwork { .. } => Some("a practice that moves network changes neither need nor capacity of the place"),
            Effect::Onset { .. } => Some("illness that begins more or less often is read by the model of people, not here"),
            Effect::Hours(_) => Some("hours on other weekdays change when, not how much"),
            _ => None,
        })
        .map(str::to_owned)
        .collect();
    said.sort();
    said.dedup();
    said
}
