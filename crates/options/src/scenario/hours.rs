//! Hours that move between weekdays: no more than the contracts of those who work them make up in a week.
//!
//! On which days staff work is not published, so what is refused is only what no week can hold. Whoever publishes no staff, and
//! employers whose staff another intervention changes, are said to be unchecked.

use std::collections::BTreeMap;

use models::change::Who;

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

impl Resolved<'_> {
    /// More hours that move than are worked, in words.
    pub(super) fn too_many_hours(&self, premises: &Premises) -> Vec<Problem> {
        let all = self.moved();
        let problem = |((employer, who), moved): (&(String, Who), &Moved)| {
            let there = self.worked(premises, employer, *who)?;
            (moved.hours() > there).then(|| Problem {
                scenario: moved.last.0.clone(),
                number: Some(moved.last.1),
                what: format!(
                    "{} hours a week move to other days{}, and the contracts of {} at {employer} make up {} in a week: write fewer `hours`",
                    number(moved.hours()),
                    together(&moved.names),
                    who.people(),
                    number(there)
                ),
            })
        };
        all.iter().filter_map(problem).collect()
    }

    /// Hours of whom it is not known how much they work, in words.
    pub(super) fn hours_unchecked(&self, premises: &Premises) -> Vec<String> {
        let all = self.moved();
        let unknown = all
            .iter()
            .filter(|((employer, who), _)| self.worked(premises, employer, *who).is_none());
        let said = unknown.map(|((employer, who), moved)| {
            let why = if premises.hours.contains_key(&(employer.clone(), *who)) {
                "another intervention changes who works there"
            } else {
                "no imported file tells how much they work there"
            };
            format!(
                "{}: whether {} at {employer} work as many as {} hours a week was not checked: {why}.",
                capital(&joined(&moved.names)),
                who.people(),
                number(moved.hours())
            )
        });
        said.collect()
    }

    /// Hours of a week that the contracts of a role make up at an employer; nothing where nobody publishes them, or where something
    /// else of the scenario changes its staff.
    fn worked(&self, premises: &Premises, employer: &str, who: Who) -> Option<f64> {
        let changes_staff = |(.., dated): &InFile<'_>| {
            let touches = dated.what.touches();
            let is_of = |code: &str| code == employer;
            let practices = touches.needs.iter().any(|code| is_of(code.as_str()));
            let networks = touches.networks.iter().any(|code| is_of(code.as_str()));
            touches.hours.is_none() && (practices || networks)
        };
        let is_changed = self.interventions.iter().any(changes_staff);
        premises.hours.get(&(employer.to_owned(), who)).copied().filter(|_| !is_changed)
    }

    /// What moves, by employer and role.
    fn moved(&self) -> BTreeMap<(String, Who), Moved> {
        let mut all: BTreeMap<(String, Who), Moved> = BTreeMap::new();
        for (scenario, number, dated) in self.in_file() {
            let Some(hours) = dated.what.touches().hours else { continue };
            let last = (scenario.to_owned(), number);
            let one = all.entry((hours.employer, hours.who)).or_insert_with(|| Moved {
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
}

/// `, by interventions 1 and 2 together`, where there are several.
fn together(names: &[String]) -> String {
    if names.len() > 1 { format!(", by {} together", joined(names)) } else { String::new() }
}
