//! What stands out: figures that differ from England's by more than chance, judged by the limits that the page itself uses.
//!
//! Where organisations differ from each other by more than chance throughout, the funnel is widened for it and only what lies
//! outside of the widened limits stands out; elsewhere the 99.8% interval decides. Of many organisations one in the middle
//! of them does not stand out, however large its numbers are.

use indicators::{Definition, Evaluation, Row};

use super::{funnel_verdict, verdict};
use kit::number::{counted, in_words};
use kit::words::{Strength, Verdict};

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
    if !lies_outside(definition, evaluation, row) {
        return None;
    }
    let distance = distance(row)?;
    let near = distance / (1.0 + distance);
    let Some(rank) = row.rank.filter(|rank| rank.of >= FEWEST) else { return Some(near) };
    // 0 at either end of the ranks, nearly a half in the middle.
    let from_end = (rank.rank - 1).min(rank.of - rank.rank) as f64 / rank.of as f64;
    (from_end < END).then_some(1.0 - from_end + near * 1e-3)
}

/// Whether a figure lies outside of the 99.8% limits, the widened ones where organisations differ throughout.
#[must_use]
pub fn lies_outside(definition: &Definition, evaluation: &Evaluation, row: &Row) -> bool {
    let judged = if is_overdispersed(evaluation) && row.funnel.is_some() {
        funnel_verdict(definition, row)
    } else {
        verdict(definition, &row.england)
    };
    matches!(judged, Verdict::Different(_, Strength::P998, _))
}

/// How far a figure lies from England's, as a share of England's; nothing where it is not compared.
#[must_use]
pub fn distance(row: &Row) -> Option<f64> {
    let (value, england) = (row.estimate?.value, row.england.reference?);
    let is_compared = row.england.at_95 != indicators::Verdict::NotCompared;
    is_compared.then(|| (value - england).abs() / england.abs().max(f64::MIN_POSITIVE))
}

/// That nothing stands out, in words: how many indicators were compared, and which differs most.
#[must_use]
pub fn nothing_outstanding(
    whole: &str,
    compared: usize,
    outside: usize,
    widest: Option<&str>,
) -> String {
    if compared == 0 {
        return format!("No figure of it can be compared with {whole} yet.");
    }
    let limits = "the 99.8% limits, which are widened where organisations differ by more than chance throughout";
    let one = compared == 1;
    let of = format!(
        "{} compared with {whole}",
        if one {
            "the one indicator".to_owned()
        } else {
            format!("the {}", counted(compared, "indicator", "indicators"))
        }
    );
    let said = if outside == 0 {
        format!("Nothing stands out: of {of} none lies outside of {limits}.")
    } else {
        let lie = if outside == 1 { "lies" } else { "lie" };
        format!(
            "Nothing stands out: of {of} {} {lie} outside of {limits}, and in the middle of the ranks.",
            in_words(outside)
        )
    };
    widest.map_or_else(|| said.clone(), |widest| format!("{said} The widest difference: {widest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_stands_out_a_sentence_says_what_was_compared() {
        let quiet = nothing_outstanding(
            "England",
            41,
            0,
            Some("Obesity (recorded): 12%, similar to England (11%)."),
        );
        assert!(
            quiet.starts_with(
                "Nothing stands out: of the 41 indicators compared with England none lies outside"
            ),
            "{quiet}"
        );
        assert!(
            quiet.ends_with(
                "The widest difference: Obesity (recorded): 12%, similar to England (11%)."
            ),
            "{quiet}"
        );
        let middle = nothing_outstanding("England", 41, 2, None);
        assert!(middle.contains("two lie outside of the 99.8% limits"), "{middle}");
        assert_eq!(
            nothing_outstanding("England", 0, 0, None),
            "No figure of it can be compared with England yet."
        );
    }
}
