//! The contacts that the people of each practice need, told from who they are and not from what the practice recorded.
//!
//! The appointments of an area are shared out over its practices as contacts expected of their people by age, sex,
//! deprivation and what they live with. What a practice recorded itself counts only as far as records differ between
//! practices because needs do: most of that difference is habit of recording, and room to see people.
//!
//! Method: [`methods.md#need-of-practices`](../../../../docs/book/methods.md#need-of-practices).

use std::collections::BTreeMap;

use indicators::recording::RecordingVerdict;

use crate::place::{Activity, Base, Basis, Practice};

/// Practices of an area from which the spread of their records is told.
const FEWEST: usize = 5;

/// Contacts of a year by practice, as many in each area as were held there: `expected` are contacts expected of the people
/// of each practice, `spread` how far needs differ that they do not tell, as the spread of a logarithm.
#[must_use]
pub fn needed(base: &Base, expected: &[f64], spread: f64) -> Vec<Activity> {
    let mut areas: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
    for (at, practice) in base.practices.iter().enumerate() {
        let is_published = practice.activity_basis != Basis::England;
        areas.entry((practice.sub_icb.as_str(), is_published)).or_default().push(at);
    }
    let mut found: Vec<Activity> = base.practices.iter().map(|one| one.activity).collect();
    for practices in areas.values() {
        share_out(base, practices, expected, spread, &mut found);
    }
    found
}

/// Shares the contacts of an area out over its practices.
fn share_out(
    base: &Base,
    practices: &[usize],
    expected: &[f64],
    spread: f64,
    found: &mut [Activity],
) {
    let of = |at: &usize| &base.practices[*at];
    let all =
        practices.iter().map(of).fold(Activity::default(), |sum, one| sum.with(&one.activity));
    let beside: Vec<Option<f64>> =
        practices.iter().map(|at| recorded_beside(of(at), expected[*at])).collect();
    let (mean, weight) = weight(&beside, spread);
    let needs: Vec<f64> = practices
        .iter()
        .zip(&beside)
        .map(|(at, own)| expected[*at] * own.map_or(1.0, |own| libm::exp(weight * (own - mean))))
        .collect();
    let sum: f64 = needs.iter().sum();
    if sum > 0.0 {
        for (at, need) in practices.iter().zip(needs) {
            found[*at] = all.times(need / sum);
        }
    }
}

/// What a practice recorded beside what is expected of its people, as a logarithm; nothing where it published nothing that can
/// be compared.
fn recorded_beside(practice: &Practice, expected: f64) -> Option<f64> {
    let held = practice.activity.total();
    let is_told = practice.activity_basis == Basis::Own
        && practice.recording != Some(RecordingVerdict::NotComparable)
        && held > 0.0
        && expected > 0.0;
    is_told.then(|| libm::log(held / expected))
}

/// The mean of what was recorded beside what was expected, and how much of a practice's distance from it is need: the
/// square of the spread of needs beside that of records.
fn weight(beside: &[Option<f64>], spread: f64) -> (f64, f64) {
    let known: Vec<f64> = beside.iter().copied().flatten().collect();
    if known.len() < FEWEST {
        return (0.0, 0.0);
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let squares: f64 = known.iter().map(|one| (one - mean) * (one - mean)).sum();
    let variance = squares / (known.len() - 1) as f64;
    let of_needs = spread * spread;
    (mean, if variance > of_needs { of_needs / variance } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five records whose logarithms stand 0.2 apart have a variance of 0.1; a spread of needs of 0.1 explains a tenth of it.
    #[test]
    fn a_tenth_of_the_distance_is_need_where_needs_explain_a_tenth_of_the_variance() {
        let beside = [-0.4, -0.2, 0.0, 0.2, 0.4].map(Some);
        let (mean, weight) = weight(&beside, 0.1);
        assert!(mean.abs() < 1e-12 && (weight - 0.1).abs() < 1e-12, "{mean} {weight}");
    }

    #[test]
    fn few_records_tell_nothing_and_records_alike_are_all_need() {
        assert_eq!(weight(&[Some(0.1), Some(0.4), None], 0.1), (0.0, 0.0));
        assert!((weight(&[0.0, 0.01, 0.02, 0.03, 0.04].map(Some), 0.1).1 - 1.0).abs() < 1e-12);
    }
}
