//! Who is at risk: a published multimorbidity score, groups for planning, and how well a score does on synthetic outcomes.
//!
//! The score adds published weights of conditions (Cambridge Multimorbidity Score, general outcomes). Of its twenty
//! conditions registers count fifteen; pain, hearing loss, irritable bowel, constipation and alcohol problems, and anxiety
//! apart from depression, are not on any register, so that the score is low for people who have them. How a score ranks people and
//! how its figures compare with what happens is shown on the place's own synthetic lives: that says what the model holds, not
//! how the score would do on real patients.
//!
//! Methods: [risk](../../../../docs/book/methods.md#risk).

use super::knowledge::Knowledge;
use super::person::{Frailty, Person, Setting};
use super::projection::Kind;

/// Groups of people for planning, by conditions, frailty and complexity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskGroup {
    /// No condition, and fit.
    Well,
    /// One or two conditions, or mildly frail.
    SomeConditions,
    /// Three conditions, or moderately frail.
    SeveralConditions,
    /// Four conditions or more, severely frail, or living in a care home.
    Complex,
}

/// How a score does: its ranking, and its figures beside what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The chance that of two people, one to whom it happened and one to whom it did not, the first has the higher score;
    /// nothing where it happened to nobody or to all.
    pub auc: Option<f64>,
    /// Ten groups of people by score, the lowest first (people of one score stay together).
    pub tenths: Vec<Tenth>,
}

/// A tenth of the people by score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// People in it.
    pub people: u32,
    /// Their mean score.
    pub score: f64,
    /// The share to whom it happened.
    pub observed: f64,
}

/// The multimorbidity score of a person.
///
/// # Source
/// `payne_2020`
#[must_use]
pub fn score(person: &Person, knowledge: &Knowledge) -> f64 {
    let states = knowledge.states.iter().enumerate();
    states
        .filter(|(state, _)| person.conditions() >> state & 1 == 1)
        .map(|(_, state)| state.score)
        .sum()
}

impl RiskGroup {
    /// All groups, the best off first.
    pub const ALL: [Self; 4] =
        [Self::Well, Self::SomeConditions, Self::SeveralConditions, Self::Complex];

    /// The group of a person.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        Kind::of(person).risk()
    }

    /// What it is in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Well => "no long-term condition, and fit",
            Self::SomeConditions => "one or two conditions, or mildly frail",
            Self::SeveralConditions => "three conditions, or moderately frail",
            Self::Complex => "complex: four conditions or more, severely frail, or in a care home",
        }
    }

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::SomeConditions => "some_conditions",
            Self::SeveralConditions => "several_conditions",
            Self::Complex => "complex",
        }
    }
}

impl Person {
    /// Whether their care is complex: four conditions or more, severe frailty, or a care home.
    #[must_use]
    pub fn is_complex(&self) -> bool {
        RiskGroup::of(self) == RiskGroup::Complex
    }
}

impl Kind {
    /// The group of people of this kind.
    #[must_use]
    pub fn risk(self) -> RiskGroup {
        let Self { conditions, frailty, setting, .. } = self;
        match (conditions, frailty) {
            (4.., _) | (_, Frailty::Severe) => RiskGroup::Complex,
            _ if setting == Setting::CareHome => RiskGroup::Complex,
            (3, _) | (_, Frailty::Moderate) => RiskGroup::SeveralConditions,
            (0, Frailty::Fit) => RiskGroup::Well,
            _ => RiskGroup::SomeConditions,
        }
    }
}

/// How scores of people do beside what happened to them.
///
/// # Panics
/// When there are not as many outcomes as scores: the caller has a bug.
///
/// # Source
/// `hanley_mcneil_1982`
#[must_use]
pub fn assess(scores: &[f64], happened: &[bool]) -> Assessment {
    assert_eq!(scores.len(), happened.len(), "everybody has a score and an outcome");
    let mut people: Vec<(f64, bool)> =
        scores.iter().copied().zip(happened.iter().copied()).collect();
    people.sort_by(|a, b| a.0.total_cmp(&b.0));
    Assessment { auc: auc(&people), tenths: tenths(&people) }
}

/// From people in order of score: pairs in the right order, those of equal score counting half.
fn auc(people: &[(f64, bool)]) -> Option<f64> {
    let (mut right, mut below) = (0.0, 0.0);
    for equal in people.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let yes = equal.iter().filter(|(_, happened)| *happened).count() as f64;
        let no = equal.len() as f64 - yes;
        right += yes * (below + no / 2.0);
        below += no;
    }
    let yes = people.len() as f64 - below;
    (yes > 0.0 && below > 0.0).then(|| right / (yes * below))
}

fn tenths(people: &[(f64, bool)]) -> Vec<Tenth> {
    let mut tenths: Vec<Vec<(f64, bool)>> = vec![Vec::new(); 10];
    let mut before = 0;
    for equal in people.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let middle = before + equal.len() / 2;
        tenths[(middle * 10 / people.len()).min(9)].extend_from_slice(equal);
        before += equal.len();
    }
    tenths.iter().filter(|tenth| !tenth.is_empty()).map(|tenth| of_tenth(tenth)).collect()
}

fn of_tenth(people: &[(f64, bool)]) -> Tenth {
    let count = people.len() as f64;
    let happened = people.iter().filter(|(_, happened)| *happened).count() as f64;
    Tenth {
        people: people.len() as u32,
        score: people.iter().map(|(score, _)| score).sum::<f64>() / count,
        observed: happened / count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::Sex;

    /// Atrial fibrillation, heart failure, kidney disease, hypertension: 1.34 + 1.18 + .53 + .08 = 3.13.
    #[test]
    fn the_worked_example_has_its_score() {
        let knowledge = Knowledge::embedded();
        let had = ["AF", "HF", "CKD", "HYP"];
        let states = knowledge.states.iter().enumerate();
        let conditions = states
            .filter(|(_, state)| had.contains(&state.register.as_str()))
            .fold(0, |conditions, (state, _)| conditions | 1 << state);
        let person = Person::new(1, 80, Sex::Male, 2, 0).with_conditions(conditions);
        assert!((score(&person, knowledge) - 3.13).abs() < 1e-12);
        assert_eq!(RiskGroup::of(&person), RiskGroup::Complex);
    }

    /// Scores 1, 2, 2, 3 of which the second and the last happen: 3.5 of 4 pairs.
    #[test]
    fn equal_scores_count_half() {
        let found = assess(&[1.0, 2.0, 2.0, 3.0], &[false, true, false, true]);
        assert_eq!(found.auc, Some(3.5 / 4.0));
    }

    #[test]
    fn without_outcomes_there_is_no_ranking() {
        assert_eq!(assess(&[1.0, 2.0], &[false, false]).auc, None);
    }

    #[test]
    fn every_person_is_in_a_tenth() {
        let scores: Vec<f64> = (0..1000).map(|number| f64::from(number % 37)).collect();
        let happened: Vec<bool> = (0..1000).map(|number| number % 5 == 0).collect();
        let people: u32 = assess(&scores, &happened).tenths.iter().map(|tenth| tenth.people).sum();
        assert_eq!(people, 1000);
    }
}
