//! Sentences about figures: deterministic, the word first and the number second.

use indicators::{Coverage, Definition, Evaluation, Row};

use super::{funnel_verdict, style, verdict};
use crate::number::{counted, in_words, plain};
use crate::text::title_case;
use crate::words::{Side, Strength, Verdict};

/// `Appointments not attended: 6.1%, worse than England (4.3%).`
#[must_use]
pub fn against_england(
    definition: &Definition,
    row: &Row,
    evaluation: &Evaluation,
) -> Option<String> {
    let estimate = row.estimate?;
    let style = style(definition);
    let figure = style.phrase(estimate.value);
    let Some(england) = row.england.reference else {
        return Some(format!("{}: {figure}.", definition.name));
    };
    let england = format!("{} ({})", evaluation.reference.name(), style.figure(england));
    let comparison = match verdict(definition, &row.england) {
        Verdict::Different(side, ..) if verdict(definition, &row.england).word() == "Better" => {
            format!("better ({}) than {england}", side_word(side))
        }
        Verdict::Different(side, ..) if verdict(definition, &row.england).word() == "Worse" => {
            format!("worse ({}) than {england}", side_word(side))
        }
        Verdict::Different(side, ..) => format!("{} than {england}", side_word(side)),
        Verdict::Similar => format!("similar to {england}"),
        Verdict::NotCompared => england,
    };
    Some(format!("{}: {figure}, {comparison}.", definition.name))
}

/// Higher or lower.
const fn side_word(side: Side) -> &'static str {
    match side {
        Side::Above => "higher",
        Side::Below => "lower",
        Side::Within => "no different",
    }
}

/// The first sentence of an indicator's page: the figure of the place, or of England, and how it compares.
#[must_use]
pub fn lead(definition: &Definition, evaluation: &Evaluation) -> String {
    let row = evaluation.place.as_ref().unwrap_or(&evaluation.england);
    let Some(estimate) = row.estimate else {
        return format!(
            "There is no figure for {} in {}: {}.",
            title_case(&row.name),
            evaluation.period.in_words(),
            reason(row)
        );
    };
    let style = style(definition);
    let interval = estimate
        .lower
        .zip(estimate.upper)
        .map(|(lower, upper)| format!(" (95% interval {})", style.interval(lower, upper)))
        .unwrap_or_default();
    let figure = style.phrase(estimate.value);
    let first =
        format!("{}, {}: {figure}{interval}.", title_case(&row.name), evaluation.period.in_words());
    let whole = &evaluation.reference;
    let against = |england| format!("{} ({})", whole.name(), style.figure(england));
    let second = match (verdict(definition, &row.england), row.england.reference) {
        (_, None) => evaluation.withheld(row).map_or_else(String::new, |why| format!(" {why}")),
        (Verdict::Different(side, strength, _), Some(england)) => {
            let word = verdict(definition, &row.england).word().to_lowercase();
            let than = if word == side_word(side) {
                word
            } else {
                format!("{word} ({})", side_word(side))
            };
            format!(" That is {than} than {}; {}.", against(england), odds(strength))
        }
        (Verdict::Similar, Some(england)) => {
            format!(" That is similar to {}.", against(england))
        }
        (Verdict::NotCompared, Some(england)) => {
            format!(" {} is {}.", whole.figure(), style.figure(england))
        }
    };
    format!("{first}{second} It rests on {}.", evaluation.basis(row))
}

/// How often chance alone would do it.
const fn odds(strength: Strength) -> &'static str {
    match strength {
        Strength::P95 => "chance alone would give so large a difference about once in 20",
        Strength::P998 => "chance alone would give so large a difference less than once in 500",
    }
}

/// Why a row has no figure, in words.
fn reason(row: &Row) -> &'static str {
    if row.doubt.is_some() {
        return "its record cannot be right and is held back";
    }
    match row.mark {
        vocab::Mark::Suppressed => "it was withheld by the publisher to protect people",
        vocab::Mark::NotApplicable => "the question does not arise",
        _ => "no return was published",
    }
}

/// How the organisations spread: how many lie outside the funnel on either side.
#[must_use]
pub fn spread(definition: &Definition, evaluation: &Evaluation) -> Option<String> {
    let funnel = evaluation.funnel.as_ref()?;
    let verdicts: Vec<Verdict> = evaluation
        .rows
        .iter()
        .filter(|row| row.estimate.is_some())
        .map(|row| funnel_verdict(definition, row))
        .collect();
    if verdicts.is_empty() {
        return None;
    }
    let outside = |wanted: Side| {
        let hits = verdicts.iter().filter(|verdict| {
            matches!(verdict, Verdict::Different(side, Strength::P998, _) if *side == wanted)
        });
        hits.count()
    };
    let (high, low) = (outside(Side::Above), outside(Side::Below));
    let (above, below) = (in_words(high), in_words(low));
    let total = plain(verdicts.len() as f64, 0);
    let level = evaluation.level.plural();
    let allowing = if funnel.tau_squared.is_some_and(|spread| spread > 0.0) {
        ", after allowing for the spread that all of them share"
    } else {
        ""
    };
    Some(if high + low == 0 {
        format!(
            "None of the {total} {level} lies outside the 99.8% limits of the funnel{allowing}."
        )
    } else {
        format!(
            "Of {total} {level}, {above} lie above and {below} below the 99.8% limits of the funnel{allowing}."
        )
    })
}

/// What is counted and what is not, in one or two sentences.
#[must_use]
pub fn coverage(level: vocab::Level, coverage: &Coverage) -> String {
    let share = if coverage.patients > 0.0 {
        let percent = 100.0 * (coverage.patients_covered / coverage.patients).min(1.0);
        format!(", with {}% of registered patients", plain(percent, 1))
    } else {
        String::new()
    };
    let mut text =
        format!("Figures rest on {} {}{share}.", plain(coverage.counted as f64, 0), level.plural());
    let reasons = [
        (coverage.suppressed, "withheld by the publisher"),
        (coverage.missing, "without a return"),
        (coverage.not_applicable, "to which the question does not apply"),
    ];
    let parts: Vec<String> = reasons
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", plain(count as f64, 0)))
        .collect();
    if !parts.is_empty() {
        text.push_str(" Left out: ");
        text.push_str(&parts.join(", "));
        text.push('.');
    }
    if !coverage.held_back.is_empty() {
        let held: Vec<String> = coverage.held_back.iter().map(ToString::to_string).collect();
        text.extend([" Records that cannot be right: ", &held.join("; "), "."]);
    }
    if coverage.estimated > 0 {
        let estimated = plain(coverage.estimated as f64, 0);
        text = format!("{text} Of the figures used, {estimated} were estimated by the publisher.");
    }
    text
}

/// A place in one sentence: how many practices look after how many patients.
#[must_use]
pub fn summary(name: &str, practices: usize, networks: usize, patients: f64, day: &str) -> String {
    let networks = if networks > 0 {
        format!(" in {}", counted(networks, "primary care network", "primary care networks"))
    } else {
        String::new()
    };
    format!(
        "{name} has {}{networks}, with {} registered patients on {day}.",
        counted(practices, "general practice", "general practices"),
        plain(patients, 0)
    )
}
