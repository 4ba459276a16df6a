//! Which employers there are in each month, what becomes of those that end, and where joiners go.

use vocab::Month;

use super::role::Contract;
use super::staff::Staff;
use crate::change::{Change, Effect, months_between};

/// An employer over the months of a run.
#[derive(Debug, Clone, PartialEq)]
struct Spell {
    from: u32,
    to: u32,
    /// What becomes of its staff when it ends: employers and weights.
    successors: Vec<(usize, f64)>,
    /// All of it goes on elsewhere, so that nobody leaves because of it.
    merges: bool,
    /// Qualified GPs at the start: the weight with which joiners come.
    weight: f64,
}

/// The employers of a place, by position.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Employers {
    pub(super) codes: Vec<String>,
    spells: Vec<Spell>,
}

impl Employers {
    pub(super) fn new(staff: &Staff, base: Month, months: u32, changes: &[Change]) -> Self {
        let mut employers = Self { codes: Vec::new(), spells: Vec::new() };
        for employer in &staff.employers {
            let qualified = employer.gps.iter().filter(|one| one.contract != Contract::Registrar);
            let weight = qualified.map(|one| f64::from(one.heads)).sum();
            employers.add(&employer.code, 0, months, weight);
        }
        for change in changes {
            let month = months_between(base, change.from).max(0) as u32;
            match &change.effect {
                Effect::Opens { practice, patients } => {
                    let weight = f64::from(*patients) / PATIENTS_FOR_A_GP;
                    employers.add(practice.as_str(), month, months, weight);
                }
                Effect::Posts(posts) => {
                    employers.position_or_add(&posts.employer, months);
                }
                Effect::Closes { practice, to } => {
                    let to = to.iter().filter_map(|(code, share)| {
                        Some((employers.position(code.as_str())?, *share))
                    });
                    let to = to.collect();
                    employers.end(practice.as_str(), month, to, false);
                }
                Effect::Merges { practice, into } => {
                    let into = employers.position(into.as_str());
                    let to = into.into_iter().map(|position| (position, 1.0)).collect();
                    employers.end(practice.as_str(), month, to, true);
                }
                _ => {}
            }
        }
        employers
    }

    fn add(&mut self, code: &str, from: u32, to: u32, weight: f64) -> usize {
        self.codes.push(code.to_owned());
        self.spells.push(Spell { from, to, successors: Vec::new(), merges: false, weight });
        self.codes.len() - 1
    }

    fn position_or_add(&mut self, code: &str, months: u32) -> usize {
        self.position(code).unwrap_or_else(|| self.add(code, 0, months, 0.0))
    }

    fn end(&mut self, code: &str, month: u32, successors: Vec<(usize, f64)>, merges: bool) {
        if let Some(spell) = self.position(code).and_then(|position| self.spells.get_mut(position))
        {
            spell.to = month;
            spell.successors = successors;
            spell.merges = merges;
        }
    }

    pub(super) fn position(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|one| one == code)
    }

    /// The month in which an employer ends; the length of the run for who goes on.
    pub(super) fn end_of(&self, employer: usize) -> u32 {
        self.spells.get(employer).map_or(0, |spell| spell.to)
    }

    /// Whether an employer ends by becoming part of another one.
    pub(super) fn merges(&self, employer: usize) -> bool {
        self.spells.get(employer).is_some_and(|spell| spell.merges)
    }

    /// Where somebody with this luck (0 to 1) goes in a month, other than to `not`; nothing where nobody is left.
    pub(super) fn choose(&self, luck: f64, month: u32, not: Option<usize>) -> Option<usize> {
        let weight = |position: usize, spell: &Spell| {
            let open = spell.from <= month && month < spell.to && Some(position) != not;
            if open { spell.weight } else { 0.0 }
        };
        pick(luck, self.spells.iter().enumerate().map(|(at, spell)| (at, weight(at, spell))))
    }

    /// Where the staff of an employer that ends go: to its successors, else anywhere.
    pub(super) fn successor(&self, employer: usize, luck: f64, month: u32) -> Option<usize> {
        let spell = self.spells.get(employer)?;
        let open = |position: usize| {
            self.spells.get(position).is_some_and(|one| one.from <= month && month < one.to)
        };
        let named = spell.successors.iter().filter(|(position, _)| open(*position)).copied();
        pick(luck, named).or_else(|| self.choose(luck, month, Some(employer)))
    }

    pub(super) fn count(&self) -> usize {
        self.codes.len()
    }
}

/// Patients for each qualified GP that a new practice attracts joiners like: England's 37,400 for 63 million.
const PATIENTS_FOR_A_GP: f64 = 1_700.0;

fn pick(luck: f64, weights: impl Iterator<Item = (usize, f64)> + Clone) -> Option<usize> {
    let total: f64 = weights.clone().map(|(_, weight)| weight).sum();
    let mut left = luck * total;
    let mut last = None;
    for (position, weight) in weights.filter(|(_, weight)| *weight > 0.0) {
        left -= weight;
        last = Some(position);
        if left < 0.0 {
            break;
        }
    }
    last
}
