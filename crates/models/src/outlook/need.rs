//! Need of a practice in each year, and what the changes of a scenario do to it.

use crate::change::{Change, Contacts, Effect, Mode, People, Scope, Shift, Who, months_between};
use crate::demand::{Changed, Minutes, Rates, Steps};
use crate::place::{AGES, Ages, Base, MODES, Practice, ROLES};
use vocab::{Month, StaffGroup};

/// Need of a practice in a year: steps in minutes, what changes do on top, and people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    pub steps: Steps,
    pub interventions: f64,
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
    let mut found = Need { steps, interventions: 0.0, people: aged.total(), contacts: 0.0 };
    let minutes = rates.minutes.of_activity(&practice.activity);
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
        let mut moved = self.total;
        for change in changes {
            let share_of_year = self.mean_over_year(change.from, 0);
            let after = match &change.effect {
                Effect::Contacts(contacts) => moved * self.contacts(contacts, change.from),
                Effect::Shift(shift) => moved * self.shift(shift, change.from),
                Effect::People(people) => {
                    let (more, need) = self.people(people, change.from);
                    found.people += more;
                    moved + need
                }
                Effect::Closes { practice, to } => {
                    self.taken_over(practice.as_str(), to, moved, share_of_year, found)
                }
                Effect::Merges { practice, into } => {
                    let to = [(*into, 1.0)];
                    self.taken_over(practice.as_str(), &to, moved, share_of_year, found)
                }
                _ => moved,
            };
            moved = after;
        }
        found.contacts *= if self.total > 0.0 { moved / self.total } else { 1.0 };
        found.interventions = moved - self.total;
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

    fn contacts(&self, contacts: &Contacts, from: Month) -> f64 {
        let share = self.share_in(&contacts.scope);
        let there = self.mean_over_year(from, contacts.ramp_months);
        let begins = f64::from(months_between(self.from, from).max(0)) / 12.0;
        let years = (f64::from(self.year) - 0.5 - begins).max(0.0);
        let factor = contacts.factor * libm::pow(1.0 + contacts.growth, years);
        1.0 + share * there * (factor - 1.0)
    }

    fn shift(&self, shift: &Shift, from: Month) -> f64 {
        let there = self.mean_over_year(from, shift.ramp_months);
        let share = self.share_in(&shift.scope) * shift.share * there;
        let (before, after) = minutes_of(&self.rates.minutes, self.practice, shift);
        let beside = if before > 0.0 { after / before } else { 1.0 };
        1.0 + share * (beside * shift.minutes - 1.0)
    }

    /// Share of the minutes of the practice that a scope holds.
    fn share_in(&self, scope: &Scope) -> f64 {
        let inside = |code: &vocab::codes::PracticeCode| code.as_str() == self.practice.code;
        if !scope.practices.is_empty() && !scope.practices.iter().any(inside) {
            return 0.0;
        }
        self.share_of_ages(scope) * self.share_of_kinds(scope)
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

    fn share_of_kinds(&self, scope: &Scope) -> f64 {
        let (mut inside, mut all) = (0.0, 0.0);
        for role in 0..ROLES {
            for mode in 0..MODES {
                let minutes =
                    self.practice.activity.0[role][mode] * self.rates.minutes.0[role][mode];
                let fits = scope.seen_by.is_none_or(|who| place_of(who) == Some(role))
                    && scope.mode.is_none_or(|one| place_of_mode(one) == mode);
                inside += if fits { minutes } else { 0.0 };
                all += minutes;
            }
        }
        if all > 0.0 { inside / all } else { 0.0 }
    }

    /// People who come, and the need that they bring.
    fn people(&self, people: &People, from: Month) -> (f64, f64) {
        let named = |code: &vocab::codes::PracticeCode| code.as_str() == self.practice.code;
        let lists = |practices: &mut dyn Iterator<Item = &Practice>| -> f64 {
            practices.map(Practice::list).sum()
        };
        let all = if people.practices.is_empty() {
            self.base.list()
        } else if people.practices.iter().any(named) {
            let inside =
                |one: &&Practice| people.practices.iter().any(|code| code.as_str() == one.code);
            lists(&mut self.base.practices.iter().filter(inside))
        } else {
            return (0.0, 0.0);
        };
        let there = self.mean_over_year(from, people.over_months);
        let more = f64::from(people.people) * self.practice.list() / all * there;
        let each = self.need_by_ages(people.ages);
        (more, more * each)
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
        moved: f64,
        there: f64,
        found: &mut Need,
    ) -> f64 {
        if self.practice.code == closed {
            found.people *= 1.0 - there;
            return moved * (1.0 - there);
        }
        let Some(gone) = self.base.practices.iter().find(|one| one.code == closed) else {
            return moved;
        };
        let others = self.base.list() - gone.list();
        let share = if to.is_empty() {
            self.practice.list() / others
        } else {
            to.iter()
                .filter(|(code, _)| code.as_str() == self.practice.code)
                .map(|(_, share)| share)
                .sum()
        };
        if share <= 0.0 || self.practice.list() <= 0.0 {
            return moved;
        }
        let people = gone.list() * share * there;
        found.people += people;
        let a_person = self.rates.minutes.of_activity(&gone.activity) / gone.list();
        let own = self.rates.minutes.of_activity(&self.practice.activity);
        let growth = if own > 0.0 { self.total / own } else { 1.0 };
        moved + people * a_person * growth
    }
}

/// Mean minutes of the contacts that a shift moves, before it and after.
fn minutes_of(minutes: &Minutes, practice: &Practice, shift: &Shift) -> (f64, f64) {
    let (mut before, mut after) = (0.0, 0.0);
    for role in 0..ROLES {
        for mode in 0..MODES {
            let fits = shift.scope.seen_by.is_none_or(|who| place_of(who) == Some(role))
                && shift.scope.mode.is_none_or(|one| place_of_mode(one) == mode);
            let count = if fits { practice.activity.0[role][mode] } else { 0.0 };
            let to_role = shift.to_who.and_then(place_of).unwrap_or(role);
            let to_mode = shift.to_mode.map_or(mode, place_of_mode);
            before += count * minutes.0[role][mode];
            after += count * minutes.0[to_role][to_mode];
        }
    }
    (before, after)
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
