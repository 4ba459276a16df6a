//! What stands out: figures that differ from England's by more than chance, judged by the limits that the page itself uses.
//!
//! Where organisations differ from each other by more than chance throughout, the funnel is widened for it and only what lies
//! outside of the widened limits stands out; elsewhere the 99.8% interval decides. Of many organisations one in the middle
//! of them does not stand out, however large its numbers are.

use indicators::{Definition, Evaluation, Row};

use super::{funnel_verdict, verdict};
use crate::words::{Strength, Verdict};

/// Fewest organisations among which a rank says where the middle is.
const FEWEST: usize = 20;

/// The share of organisations at each end that can stand out.
const END: f64 = 0.2;

/// Whether the organisations of an evaluation differ from each other by more than chance, so that its funnel is widened.
#[must_use]
pub fn is_overdispersed(evaluation: &Evaluation) -> bool {
    let funnel = evaluation.funnel.as_ref();
    funnel.and_then(|funnel| funnel.tau_squared).is_some_and(|spread| spread > 0.0)
}

/// How far a figure stands out, from 0 upwards: how near it is to an end of the ranks, and after that how far from England's.
/// Nothing for figures that do not stand out.
#[must_use]
pub fn outstanding(definition: &Definition, evaluation: &Evaluation, row: &Row) -> Option<f64> {
    let outside = |verdict| matches!(verdict, Verdict::Different(_, Strength::P998, _));
    let is_outside = if is_overdispersed(evaluation) && row.funnel.is_some() {
        outside(funnel_verdict(definition, row))
    } else {
        outside(verdict(definition, &row.england))
    };
    if !is_outside {
        return None;
    }
    let (value, england) = (row.estimate?.value, row.england.reference?);
    let distance = (value - england).abs() / england.abs().max(f64::MIN_POSITIVE);
    let near = distance / (1.0 + distance);
    let Some(rank) = row.rank.filter(|rank| rank.of >= FEWEST) else { return Some(near) };
    // 0 at either end of the ranks, nearly a half in the middle.
    let from_end = (rank.rank - 1).min(rank.of - rank.rank) as f64 / rank.of as f64;
    (from_end < END).then_some(1.0 - from_end + near * 1e-3)
}
