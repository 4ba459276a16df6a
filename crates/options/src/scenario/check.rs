//! What cannot be in a place: dates outside the years looked at, practices that are unknown, closed or closed twice, codes that
//! are another practice's, more people or GPs than there are.

use std::collections::{BTreeMap, BTreeSet};

use models::change::months_between;
use models::workforce::GpsByAge;
use vocab::codes::PracticeCode;
use vocab::{Month, Period};

use super::{Premises, Problem, Resolved};
use crate::intervention::{Dated, GpsReached};
use crate::interventions::words::ages;

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

    /// What of it could not be checked in this place, in words.
    #[must_use]
    pub fn not_checked(&self, premises: &Premises) -> Vec<String> {
        let reached = self.interventions.iter().filter_map(|(.., dated)| dated.what.touches().gps);
        reached.filter_map(|reached| premises.not_counted(&reached)).collect()
    }
}

impl Premises {
    /// More GPs who take part than work in the place, in words: of those ages where ages are known, else of any.
    fn too_many(&self, reached: &GpsReached) -> Option<String> {
        let gps = self.gps?;
        let known = gps.are_known();
        let ages = if known { reached.ages.clone() } else { 0..u8::MAX };
        let there = gps.between(&ages).round();
        let of = if known { "of those ages" } else { "of any age" };
        let mend = match there as u32 {
            0 if known => {
                "none of those ages work in the place: choose ages at which some do".to_owned()
            }
            0 => return None,
            there => {
                format!("about {there} {of} work in the place: write `reached = {there}` or fewer")
            }
        };
        let by_bands = if known { by_bands(reached) } else { "" };
        (f64::from(reached.heads) > there)
            .then(|| format!("it reaches {}, and {mend}{by_bands}", in_words(reached)))
    }

    /// GPs who take part of whom it is not known how many there are, in words, with what England's ages make of them.
    fn not_counted(&self, reached: &GpsReached) -> Option<String> {
        if reached.heads == 0 || self.gps.is_some_and(|gps| gps.are_known()) {
            return None;
        }
        let estimate = self.gps.map_or_else(String::new, |gps| by_england(&gps, reached));
        Some(format!(
            "Whether as many as {} work in the place was not checked: ages of more than half of its GPs are not published.{estimate}",
            in_words(reached)
        ))
    }
}

/// How many GPs of some ages there would be by England's shares, and what follows where more take part.
fn by_england(gps: &GpsByAge, reached: &GpsReached) -> String {
    let there = gps.between(&reached.ages).round();
    let beyond = if f64::from(reached.heads) > there {
        format!(
            "; the outlook counts it for no more than these, and its cost for all {}",
            reached.heads
        )
    } else {
        String::new()
    };
    format!(" By England’s ages about {there:.0} do{beyond}.")
}

/// `20 GPs of 55 and over`.
fn in_words(reached: &GpsReached) -> String {
    let who = if reached.heads == 1 { "GP" } else { "GPs" };
    let of = ages(u32::from(reached.ages.start), u32::from(reached.ages.end));
    format!("{} {who} {of}", reached.heads)
}

/// That ages are known by five years, where those asked for begin or end within a band.
fn by_bands(reached: &GpsReached) -> &'static str {
    let begins = |age: u8| age.is_multiple_of(5);
    if begins(reached.ages.start) && begins(reached.ages.end) {
        ""
    } else {
        " (ages of GPs are known by bands of five years, and those count whose youngest age lies within)"
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
        problems.extend(touches.gps.and_then(|reached| self.premises.too_many(&reached)));
        if let Some(practice) = touches.opens {
            problems.extend(self.not_free(practice));
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

    /// Whose a code already is, in words.
    fn not_free(&self, code: PracticeCode) -> Option<String> {
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
        let Self { premises, open, ended } = self;
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
