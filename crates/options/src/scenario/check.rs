//! What cannot be in a place: dates outside the years looked at, practices that are unknown, closed or closed twice, codes that
//! are another practice's, more people, GPs or hours than there are.

use std::collections::{BTreeMap, BTreeSet};

use models::change::months_between;
use vocab::codes::{NetworkCode, PracticeCode};
use vocab::{Month, Period};

use super::{Premises, Problem, Resolved};
use crate::intervention::Dated;

/// What became of practices so far.
struct Course<'a> {
    premises: &'a Premises,
    open: BTreeSet<PracticeCode>,
    ended: BTreeMap<PracticeCode, Month>,
    /// Practices that the scenario opens, and which intervention does.
    opened: BTreeMap<PracticeCode, String>,
    /// People who have registered with them so far.
    registered: f64,
    /// Registrars fewer (with a minus more) in training so far.
    fewer_in_training: i32,
    /// People fewer (with a minus more) on the list of each practice so far.
    left: BTreeMap<PracticeCode, f64>,
    network_of: BTreeMap<PracticeCode, NetworkCode>,
    /// When practices joined a network last, and which.
    joined: BTreeMap<PracticeCode, (Month, NetworkCode)>,
}

impl Resolved<'_> {
    /// Everything that cannot be in this place, in words.
    #[must_use]
    pub fn problems(&self, premises: &Premises) -> Vec<Problem> {
        let mut course = Course::begin(premises);
        let mut in_time: Vec<_> = self.interventions.iter().collect();
        in_time.sort_by_key(|(_, _, dated)| {
            let touches = dated.what.touches();
            let takes_away =
                touches.in_training < 0 || touches.residents.is_some_and(|(_, more)| more < 0);
            (dated.from, touches.opens.is_none(), touches.ends.is_none(), takes_away)
        });
        let mut problems = Vec::new();
        for (scenario, number, dated) in in_time {
            let name = self.name_of(scenario, *number);
            problems.extend(course.follow(dated, &name).into_iter().map(|what| Problem {
                scenario: (*scenario).to_owned(),
                number: Some(*number),
                what,
            }));
        }
        problems.extend(self.too_many_hours(premises));
        problems
    }
}

impl<'a> Course<'a> {
    /// The place on the day before the first intervention.
    fn begin(premises: &'a Premises) -> Self {
        Self {
            premises,
            open: premises.practices.clone(),
            ended: BTreeMap::new(),
            opened: BTreeMap::new(),
            registered: 0.0,
            fewer_in_training: 0,
            left: BTreeMap::new(),
            network_of: premises.network_of.clone(),
            joined: BTreeMap::new(),
        }
    }

    /// What cannot be of the next intervention; `name` is what the others call it.
    fn follow(&mut self, dated: &Dated, name: &str) -> Vec<String> {
        let touches = dated.what.touches();
        let mut problems: Vec<String> = self.outside(dated.from).into_iter().collect();
        let needed = touches.needs.iter().filter_map(|practice| self.not_open(*practice));
        problems.extend(needed);
        let networks =
            touches.networks.iter().filter(|code| !self.premises.networks.contains(code));
        problems.extend(networks.map(|code| format!("the place has no network {code}")));
        problems.extend(touches.joins.and_then(|joins| self.is_in_it(joins, dated.from)));
        if let Some(people) =
            self.premises.people.filter(|people| f64::from(touches.people) > *people)
        {
            problems.push(format!(
                "it reaches {} people a year, and {people:.0} are on the lists of the place",
                touches.people
            ));
        }
        if let Some(people) =
            self.premises.people.filter(|people| f64::from(touches.arrive) > *people)
        {
            problems.push(format!(
                "{} people come, more than the {people:.0} who are on the lists of the place: check how many there are",
                touches.arrive
            ));
        }
        problems.extend(touches.gps.and_then(|reached| self.premises.too_many(&reached)));
        problems.extend(self.too_few_in_training(touches.in_training));
        problems
            .extend(touches.residents.and_then(|(of, people)| self.too_many_leave(&of, people)));
        if let Some((practice, patients)) = touches.opens {
            problems.extend(self.not_free(practice));
            problems.extend(self.too_many_register(patients));
            self.open.insert(practice);
            self.opened.entry(practice).or_insert_with(|| name.to_owned());
        }
        if let Some(practice) = touches.ends
            && self.open.remove(&practice)
        {
            self.ended.insert(practice, dated.from);
            if self.open.is_empty() {
                problems.push(
                    "no practice of the place is left that could take its patients".to_owned(),
                );
            }
        }
        problems
    }

    /// That a practice is in the network already that it is to join, in words.
    fn is_in_it(
        &mut self,
        (practice, network): (PracticeCode, NetworkCode),
        from: Month,
    ) -> Option<String> {
        if let Some((month, other)) = self.joined.insert(practice, (from, network))
            && month == from
        {
            return Some(format!(
                "{practice} joins {other} in the same month: a practice is in one network at a time"
            ));
        }
        let before = self.network_of.insert(practice, network);
        (before == Some(network)).then(|| {
            format!(
                "{practice} is in the network {network} already: name the network that it joins"
            )
        })
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

    /// More registrars who are taken away than are in training, those of the interventions before it included, in words.
    fn too_few_in_training(&mut self, more: i32) -> Option<String> {
        let before = self.fewer_in_training;
        self.fewer_in_training -= more;
        let there = self.premises.gps.filter(|_| more < 0)?.in_training().round() as i32;
        let with = if before > 0 {
            format!(", {} with those of the interventions before it", self.fewer_in_training)
        } else {
            String::new()
        };
        (self.fewer_in_training > there).then(|| {
            format!(
                "it takes {} registrars away{with}, and about {there} are in training in the place: write `places = {}` or more",
                -more,
                before.min(there) - there
            )
        })
    }

    /// More people who leave lists than are on them, those of the interventions before it included, in words.
    fn too_many_leave(&mut self, of: &[PracticeCode], people: i32) -> Option<String> {
        let lists = &self.premises.lists;
        let named = |code: &PracticeCode| of.is_empty() || of.contains(code);
        let there: f64 = lists.iter().filter(|(code, _)| named(code)).map(|(_, list)| list).sum();
        let mut most: f64 = 0.0;
        for (code, list) in lists.iter().filter(|(code, _)| named(code)) {
            let left = self.left.entry(*code).or_default();
            most = most.max(*left / list);
            *left -= f64::from(people) * list / there;
        }
        let can_leave = ((1.0 - most) * there).max(0.0).floor();
        let with = if most > 0.0 { " that those before it left" } else { "" };
        (there > 0.0 && f64::from(-people) > can_leave).then(|| {
            format!(
                "{} people leave, and {can_leave:.0}{with} are on the lists concerned: write `people = -{can_leave:.0}` or more",
                -people
            )
        })
    }

    /// More people who register with new practices than are on the lists, in words.
    fn too_many_register(&mut self, patients: u32) -> Option<String> {
        let before = self.registered;
        self.registered += f64::from(patients);
        let people = self.premises.people.filter(|people| self.registered > *people)?;
        let with = if before > 0.0 {
            format!(
                ", {:.0} with those of the practices that the scenario opens before it",
                self.registered
            )
        } else {
            String::new()
        };
        Some(format!(
            "{patients} people register with it{with}, and {people:.0} are on the lists of the place: write `patients = {:.0}` or fewer",
            (people - before).max(0.0).floor()
        ))
    }

    /// Whose a code already is, in words.
    fn not_free(&self, code: PracticeCode) -> Option<String> {
        if let Some(name) = self.opened.get(&code) {
            return Some(format!(
                "{name} opens a practice with the code {code} already: give each new practice a code of its own"
            ));
        }
        let whose = match self.premises.names.get(&code) {
            Some(name) if name.is_empty() => "a practice without a name in the files",
            Some(name) => name,
            None if self.is_of_place(code) => "another practice of the place",
            None => return None,
        };
        Some(format!(
            "{code} is or was the code of {whose}: invent a code that no practice has, a letter and five digits"
        ))
    }

    fn is_of_place(&self, code: PracticeCode) -> bool {
        let Self { premises, open, ended, .. } = self;
        open.contains(&code) || ended.contains_key(&code) || premises.closed.contains(&code)
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
