//! Which employers there are in each month, what becomes of those that end, and where joiners go.

use vocab::Month;

use super::ledger::MILLION;
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
    /// Qualified GPs at the start: the weight with which GPs come who follow no vacancy.
    weight: f64,
    /// Posts of GPs that it brings with it when it opens, in millionths of a full-time equivalent.
    posts: i64,
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
            let qualified = employer.gps.iter().filter(|one| one.contract.is_qualified());
            let weight = qualified.map(|one| f64::from(one.heads)).sum();
            employers.add(&employer.code, 0, months, weight);
        }
        for change in changes {
            let month = months_between(base, change.from).max(0) as u32;
            match &change.effect {
                Effect::Opens { practice, patients } => {
                    employers.opens(practice.as_str(), month, months, f64::from(*patients));
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
        let successors = Vec::new();
        self.spells.push(Spell { from, to, successors, merges: false, weight, posts: 0 });
        self.codes.len() - 1
    }

    fn position_or_add(&mut self, code: &str, months: u32) -> usize {
        self.position(code).unwrap_or_else(|| self.add(code, 0, months, 0.0))
    }

    /// A practice opens; the list of employers may have it already, with nobody in it.
    fn opens(&mut self, code: &str, month: u32, months: u32, patients: f64) {
        let at = self.position_or_add(code, months);
        if let Some(spell) = self.spells.get_mut(at) {
            spell.from = month;
            spell.weight = patients / PATIENTS_FOR_A_GP;
            spell.posts = libm::round(patients / PATIENTS_FOR_A_POST * MILLION) as i64;
        }
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

    /// Posts of GPs that an employer brings with it, in millionths: those of a practice that opens.
    pub(super) fn posts_at_opening(&self, employer: usize) -> i64 {
        self.spells.get(employer).map_or(0, |spell| spell.posts)
    }

    /// The employers of a month and their qualified GPs at the start.
    pub(super) fn open(&self, month: u32) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        let open = move |spell: &Spell| spell.from <= month && month < spell.to;
        let all = self.spells.iter().enumerate();
        all.filter(move |(_, spell)| open(spell)).map(|(position, spell)| (position, spell.weight))
    }

    /// Where somebody with this luck (0 to 1) goes in a month by the size of practices, other than to `not`; nothing where
    /// nobody is left.
    pub(super) fn choose(&self, luck: f64, month: u32, not: Option<usize>) -> Option<usize> {
        pick(luck, self.open(month).filter(|(position, _)| Some(*position) != not))
    }

    /// Who takes over from an employer that ends in a month, with weights: its successors, else everybody by size.
    pub(super) fn heirs(&self, employer: usize, month: u32) -> Vec<(usize, f64)> {
        let successors = self.spells.get(employer).map_or(&[][..], |spell| &spell.successors);
        let open = |position: usize| self.open(month).any(|(other, _)| other == position);
        let named = successors.iter().filter(|(position, weight)| *weight > 0.0 && open(*position));
        let named: Vec<(usize, f64)> = named.copied().collect();
        if named.is_empty() {
            self.open(month).filter(|(position, _)| *position != employer).collect()
        } else {
            named
        }
    }

    /// Where somebody of an employer that ends goes.
    pub(super) fn successor(&self, employer: usize, luck: f64, month: u32) -> Option<usize> {
        pick(luck, self.heirs(employer, month).into_iter())
    }

    pub(super) fn count(&self) -> usize {
        self.codes.len()
    }
}

/// Patients for each qualified GP of a new practice: England's 37,400 for 63 million.
const PATIENTS_FOR_A_GP: f64 = 1_700.0;
/// Patients for each of their full-time equivalents: England's 28,000 for 63 million.
const PATIENTS_FOR_A_POST: f64 = 2_250.0;

/// The position that somebody with this luck (0 to 1) finds among weights.
pub(super) fn pick(
    luck: f64,
    weights: impl Iterator<Item = (usize, f64)> + Clone,
) -> Option<usize> {
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
