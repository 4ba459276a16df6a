//! What cannot be in a place: dates outside the years looked at, practices that are unknown, closed or closed twice.

use std::collections::{BTreeMap, BTreeSet};

use models::change::months_between;
use vocab::codes::{NetworkCode, PracticeCode};
use vocab::{Month, Period};

use super::{Problem, Resolved};
use crate::intervention::Dated;

/// What a scenario is checked against.
#[derive(Debug, Clone, PartialEq)]
pub struct Premises {
    /// The practices of the place that have patients.
    pub practices: BTreeSet<PracticeCode>,
    /// Practices of the place without patients on the latest lists: they have closed.
    pub closed: BTreeSet<PracticeCode>,
    /// Its networks.
    pub networks: BTreeSet<NetworkCode>,
    /// People on the lists; nothing where they are not known.
    pub people: Option<f64>,
    /// The first month of the outlook.
    pub base: Month,
    /// Its months.
    pub months: u32,
}

/// What became of practices so far.
struct Course<'a> {
    premises: &'a Premises,
    open: BTreeSet<PracticeCode>,
    ended: BTreeMap<PracticeCode, Month>,
}

impl Resolved<'_> {
    /// Everything that cannot be in this place, in words.
    #[must_use]
    pub fn problems(&self, premises: &Premises) -> Vec<Problem> {
        let mut course =
            Course { premises, open: premises.practices.clone(), ended: BTreeMap::new() };
        let mut in_time: Vec<_> = self.interventions.iter().collect();
        in_time.sort_by_key(|(_, _, dated)| {
            let touches = dated.what.touches();
            (dated.from, touches.opens.is_none(), touches.ends.is_some())
        });
        let mut problems = Vec::new();
        for (scenario, number, dated) in in_time {
            for what in course.follow(dated) {
                problems.push(Problem {
                    scenario: (*scenario).to_owned(),
                    number: Some(*number),
                    what,
                });
            }
        }
        problems
    }
}

impl Course<'_> {
    fn follow(&mut self, dated: &Dated) -> Vec<String> {
        let touches = dated.what.touches();
        let mut problems: Vec<String> = self.outside(dated.from).into_iter().collect();
        let needed = touches.needs.iter().filter_map(|practice| self.not_open(*practice));
        problems.extend(needed);
        let networks =
            touches.networks.iter().filter(|code| !self.premises.networks.contains(code));
        problems.extend(networks.map(|code| format!("the place has no network {code}")));
        if let Some(people) =
            self.premises.people.filter(|people| f64::from(touches.people) > *people)
        {
            problems.push(format!(
                "it reaches {} people a year, and {people:.0} are on the lists of the place",
                touches.people
            ));
        }
        if let Some(practice) = touches.opens {
            if self.open.contains(&practice) || self.ended.contains_key(&practice) {
                problems.push(format!("{practice} is the code of another practice of the place"));
            }
            self.open.insert(practice);
        }
        if let Some(practice) = touches.ends
            && self.open.remove(&practice)
        {
            self.ended.insert(practice, dated.from);
        }
        problems
    }

    fn outside(&self, from: Month) -> Option<String> {
        let months = months_between(self.premises.base, from);
        let name = |month: Month| Period::Month(month).in_words();
        if months < 0 {
            let base = name(self.premises.base);
            return Some(format!("{} lies before the outlook begins in {base}", name(from)));
        }
        (months as u32 >= self.premises.months).then(|| {
            format!("{} lies after the outlook’s {} months", name(from), self.premises.months)
        })
    }

    fn not_open(&self, practice: PracticeCode) -> Option<String> {
        if self.open.contains(&practice) {
            return None;
        }
        Some(match self.ended.get(&practice) {
            Some(month) => {
                format!("{practice} has ended in {}", Period::Month(*month).in_words())
            }
            None if self.premises.closed.contains(&practice) => {
                format!("{practice} has closed already: nobody is on its list")
            }
            None => format!("the place has no practice {practice}"),
        })
    }
}
