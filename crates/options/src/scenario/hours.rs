//! Hours that move between weekdays: no more than the contracts of those who work them make up in a week.
//!
//! On which days staff work is not published, so what is refused is only what no week can hold, and the rest is said to be checked by
//! the week alone. Every month in which something of the scenario begins that concerns these staff is looked at by itself. Hours of
//! GPs that change by a share change what there is, and so do hours that are added. Whoever publishes no staff, and whose staff
//! something else may have changed by then, is said to be unchecked.

use std::collections::BTreeSet;

use models::change::{Change, Effect, Hours, Who};
use vocab::{Month, Period};

use super::{InFile, Premises, Problem, Resolved, capital};
use crate::interventions::words::{joined, number};

/// What a scenario moves at one employer, of one role.
struct Moved {
    /// Hours more (with a minus fewer) on Monday to Sunday, by all of them together.
    by_weekday: [f64; 7],
    /// The scenario and the number of the last that does.
    last: (String, usize),
    /// What all of them are called.
    names: Vec<String>,
}

impl Moved {
    /// Hours that leave their day.
    fn hours(&self) -> f64 {
        self.by_weekday.iter().map(|hours| (-hours).max(0.0)).sum()
    }
}

/// How many hours of a week there are to move.
enum Worked {
    /// So many.
    Known(f64),
    /// Nobody publishes them.
    Unpublished,
    /// Something else of the scenario may have changed who works there.
    Changed,
}

/// Whose hours move.
type Staff = (String, Who);

impl Resolved<'_> {
    /// More hours that move than are worked, in words: each employer's in the first month in which it is so.
    pub(super) fn too_many_hours(&self, premises: &Premises) -> Vec<Problem> {
        let of = |staff: &Staff| {
            self.months(staff).into_iter().find_map(|at| self.too_many_at(premises, staff, at))
        };
        self.staff_moved().iter().filter_map(of).collect()
    }

    fn too_many_at(&self, premises: &Premises, staff: &Staff, at: Month) -> Option<Problem> {
        let moved = self.moved(staff, at)?;
        let Worked::Known(there) = self.worked(premises, staff, at) else { return None };
        let (employer, who) = (&staff.0, staff.1.people());
        let hours = format!("{} hours a week", number(moved.hours()));
        let what = if there <= 0.0 {
            format!(
                "{hours} move to other days, and no {who} work at {employer} by then: name an employer that has some"
            )
        } else {
            format!(
                "{hours} move to other days{}, and the contracts of {who} at {employer} make up {} in a week{}: write fewer `hours`",
                together(&moved.names),
                number(there),
                changed_by(premises, staff, (there, at))
            )
        };
        let problem = Problem { scenario: moved.last.0.clone(), number: Some(moved.last.1), what };
        (moved.hours() > there + TINY).then_some(problem)
    }

    /// What of moved hours was not checked, in words: all of it, or only the days.
    pub(super) fn hours_unchecked(&self, premises: &Premises) -> Vec<String> {
        let said = |staff: &Staff| {
            let at = *self.months(staff).last()?;
            let moved = self.moved(staff, at)?;
            let (name, who) = (capital(&joined(&moved.names)), staff.1.people());
            let (employer, hours) = (&staff.0, number(moved.hours()));
            let why = match self.worked(premises, staff, at) {
                Worked::Known(_) => {
                    return Some(format!(
                        "{name}: {who} at {employer} work as many as {hours} hours in a week; on which days they do is not published, and opening hours were not looked at."
                    ));
                }
                Worked::Unpublished => "no imported file tells how much they work there",
                Worked::Changed => "another intervention changes who works there by then",
            };
            Some(format!(
                "{name}: whether {who} at {employer} work as many as {hours} hours a week was not checked: {why}."
            ))
        };
        self.staff_moved().iter().filter_map(said).collect()
    }

    /// Hours of a week that a role works at an employer in a month.
    fn worked(&self, premises: &Premises, staff: &Staff, at: Month) -> Worked {
        let Some(published) = premises.hours.get(staff) else { return Worked::Unpublished };
        let mut hours = *published;
        for change in self.changes().iter().filter(|change| change.from <= at) {
            match &change.effect {
                Effect::HoursInPost { factor } if staff.1 == Who::Gp => hours *= factor,
                Effect::Hours(added) if is_of(added, staff) => hours += added.a_week().max(0.0),
                effect if may_change(effect, staff) => return Worked::Changed,
                _ => {}
            }
        }
        Worked::Known(hours)
    }

    /// The months in which something begins that moves these hours or changes how many there are, from the first that moves some.
    fn months(&self, staff: &Staff) -> Vec<Month> {
        let concerns = |change: &&Change| match &change.effect {
            Effect::Hours(hours) => is_of(hours, staff),
            Effect::HoursInPost { .. } => staff.1 == Who::Gp,
            effect => may_change(effect, staff),
        };
        let changes = self.changes();
        let months: BTreeSet<Month> =
            changes.iter().filter(concerns).map(|change| change.from).collect();
        months.into_iter().filter(|month| self.moved(staff, *month).is_some()).collect()
    }

    /// Everybody whose hours move.
    fn staff_moved(&self) -> BTreeSet<Staff> {
        let hours = self.interventions.iter().filter_map(|(.., dated)| dated.what.touches().hours);
        hours.map(|hours| (hours.employer, hours.who)).collect()
    }

    /// What has moved of them by a month; nothing before the first does.
    fn moved(&self, staff: &Staff, at: Month) -> Option<Moved> {
        let mut all: Option<Moved> = None;
        for (scenario, number, dated) in self.in_file() {
            let hours = dated.what.touches().hours.filter(|hours| is_of(hours, staff));
            let Some(hours) = hours.filter(|_| dated.from <= at) else { continue };
            let last = (scenario.to_owned(), number);
            let one = all.get_or_insert_with(|| Moved {
                by_weekday: [0.0; 7],
                last: last.clone(),
                names: Vec::new(),
            });
            one.last = last;
            one.names.push(self.name_of(scenario, number));
            for (sum, hours) in one.by_weekday.iter_mut().zip(hours.by_weekday) {
                *sum += hours;
            }
        }
        all
    }

    /// Changes of the hours of all GPs in post, each of what those before it left, in words.
    pub(super) fn hours_changed_twice(&self) -> Option<String> {
        let factor = |(scenario, number, dated): &InFile<'_>| {
            let changes = dated.what.changes(dated.from);
            let factor = changes.iter().find_map(|change| match change.effect {
                Effect::HoursInPost { factor } => Some(factor),
                _ => None,
            })?;
            Some((self.name_of(scenario, *number), factor))
        };
        let (names, factors): (Vec<String>, Vec<f64>) =
            self.in_file().iter().filter_map(factor).unzip();
        (names.len() > 1).then(|| {
            format!(
                "{} each change the hours that those before them left: {:+.0}% of today’s in the end, not the sum of the shares.",
                capital(&joined(&names)),
                100.0 * (factors.iter().product::<f64>() - 1.0)
            )
        })
    }
}

/// Hours that rounding makes up.
const TINY: f64 = 1e-9;

fn is_of(hours: &Hours, (employer, who): &Staff) -> bool {
    hours.employer == *employer && hours.who == *who
}

/// Whether an effect may change who of a role works at an employer, by numbers that only a run would tell.
fn may_change(effect: &Effect, (employer, who): &Staff) -> bool {
    let is_here = |code: &str| code == employer;
    match effect {
        Effect::GpsJoin(gps) => {
            *who == Who::Gp && gps.employer.is_none_or(|code| is_here(code.as_str()))
        }
        Effect::TrainingPlaces { .. } => *who == Who::Gp,
        Effect::Posts(posts) => *who == Who::Role(posts.role) && is_here(&posts.employer),
        Effect::Closes { practice, to } => {
            is_here(practice.as_str())
                || to.is_empty()
                || to.iter().any(|(code, _)| is_here(code.as_str()))
        }
        Effect::Merges { practice, into } => is_here(practice.as_str()) || is_here(into.as_str()),
        _ => false,
    }
}

/// ` as the scenario has them in April 2026`, where it changes how many hours there are.
fn changed_by(premises: &Premises, staff: &Staff, (there, at): (f64, Month)) -> String {
    let published = premises.hours.get(staff).is_some_and(|hours| (hours - there).abs() < TINY);
    if published {
        return String::new();
    }
    format!(" as the scenario has them in {}", Period::Month(at).in_words())
}

/// `, by interventions 1 and 2 together`, where there are several.
fn together(names: &[String]) -> String {
    if names.len() > 1 { format!(", by {} together", joined(names)) } else { String::new() }
}
