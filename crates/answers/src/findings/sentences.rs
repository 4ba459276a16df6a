//! Sentences about figures: deterministic, the word first and the number second.

use evidence::Place;
use indicators::{Coverage, Definition, Evaluation, Rank, Row};
use study::Study;

use super::{denominator_words, funnel_verdict, numerator_words, style, verdict};
use kit::number::{Style, counted, in_words, plain};
use kit::text::title_case;
use kit::words::{Side, Strength, Verdict};

/// `Appointments not attended: 6.1%, worse than England (4.3%).`
#[must_use]
pub fn against_england(
    definition: &Definition,
    row: &Row,
    evaluation: &Evaluation,
) -> Option<String> {
    let estimate = row.estimate?;
    let Some(england) = row.england.reference else {
        let figure = style(definition).phrase(estimate.value);
        return Some(format!("{}: {figure}.", definition.name));
    };
    let style = match verdict(definition, &row.england) {
        Verdict::Different(..) => style(definition).apart(&[estimate.value, england]),
        Verdict::Similar | Verdict::NotCompared => style(definition),
    };
    let figure = style.phrase(estimate.value);
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

/// `3 of 6,120`, or `joint 3 of 6,120` where others have the same figure.
#[must_use]
pub fn ranked(rank: Rank) -> String {
    let joint = if rank.joint { "joint " } else { "" };
    format!("{joint}{} of {}", plain(rank.rank as f64, 0), plain(rank.of as f64, 0))
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
            evaluation.when(definition),
            reason(row, evaluation)
        );
    };
    let style = telling(definition, row);
    let interval = estimate
        .lower
        .zip(estimate.upper)
        .map(|(lower, upper)| format!(" (95% interval {})", style.interval(lower, upper)))
        .unwrap_or_default();
    let figure = style.phrase(estimate.value);
    let first =
        format!("{}, {}: {figure}{interval}.", title_case(&row.name), evaluation.when(definition));
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
            let widened = if super::is_overdispersed(evaluation) {
                format!(
                    ", but {} differ by more than that throughout: the funnel is widened for it",
                    evaluation.level.plural()
                )
            } else {
                String::new()
            };
            format!(" That is {than} than {}; {}{widened}.", against(england), odds(strength))
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

/// The same measured by sub-ICB location, where that publication has a figure for a place that this one has none for.
#[must_use]
pub fn by_location(study: &Study, definition: &Definition, place: &Place) -> Option<String> {
    let other = study.library().get(&format!("{}_sub_icb", definition.id))?;
    let (evaluation, row) = study.figure(other, study.latest(other).ok()?, place).ok()?;
    let estimate = row?.estimate?;
    Some(format!(
        "The publication by sub-ICB location has a figure: {} in {} (`{}`).",
        style(other).phrase(estimate.value),
        evaluation.when(other),
        other.id
    ))
}

/// How figures are printed where a verdict rests on the nearer limit of an interval and the figure of England: with the
/// digits that tell the two apart.
fn telling(definition: &Definition, row: &Row) -> Style {
    let style = style(definition);
    let nearer = match verdict(definition, &row.england) {
        Verdict::Different(Side::Above, ..) => row.estimate.and_then(|one| one.lower),
        Verdict::Different(..) => row.estimate.and_then(|one| one.upper),
        Verdict::Similar | Verdict::NotCompared => None,
    };
    match nearer.zip(row.england.reference) {
        Some((limit, england)) => style.apart(&[limit, england]),
        None => style,
    }
}

/// How often chance alone would do it.
const fn odds(strength: Strength) -> &'static str {
    match strength {
        Strength::P95 => "chance alone would give so large a difference about once in 20",
        Strength::P998 => "chance alone would give so large a difference less than once in 500",
    }
}

/// Why a row has no figure, in words.
fn reason(row: &Row, evaluation: &Evaluation) -> &'static str {
    if row.doubt.is_some() {
        return "its record cannot be right and is held back";
    }
    match row.mark {
        vocab::Mark::Suppressed => "it was withheld by the publisher to protect people",
        vocab::Mark::NotApplicable => "the question does not arise",
        _ if evaluation.reference.note().is_some() => {
            "none is in the files imported, which hold a part of England"
        }
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
    if verdicts.len() < 2 {
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
    let widened = super::is_overdispersed(evaluation);
    let limits = if widened { "widened 99.8% limits" } else { "99.8% limits" };
    let first = if high + low == 0 {
        format!("None of the {total} {level} lies outside the {limits} of the funnel.")
    } else {
        let lie = if high == 1 { "lies" } else { "lie" };
        format!(
            "Of {total} {level}, {above} {lie} above and {below} below the {limits} of the funnel."
        )
    };
    Some(if widened { first + &by_chance_alone(definition, evaluation, funnel.phi) } else { first })
}

/// How many lie outside the limits of chance alone, and why these are not those that tell who stands out.
fn by_chance_alone(definition: &Definition, evaluation: &Evaluation, phi: Option<f64>) -> String {
    let outside = |row: &&Row| {
        row.funnel.is_some_and(|position| {
            let raw = super::stands(definition.polarity, position.raw);
            matches!(raw, Verdict::Different(_, Strength::P998, _))
        })
    };
    let rows = || evaluation.rows.iter().filter(|row| row.estimate.is_some());
    let dispersion = phi.map_or_else(String::new, |phi| {
        let decimals = u8::from(phi < 10.0);
        format!(" (dispersion {}; chance alone gives 1)", plain(phi, decimals))
    });
    format!(
        " Outside the limits of chance alone lie {} of {}: all differ from each other by more than chance{dispersion}, so these limits do not tell who stands out and the funnel is widened for what all share. The words and marks of the table compare each figure with {} by chance alone.",
        plain(rows().filter(outside).count() as f64, 0),
        plain(rows().count() as f64, 0),
        evaluation.reference.name()
    )
}

/// A count of organisations of a level with its noun.
fn counted_of(level: vocab::Level, count: usize) -> String {
    counted(count, level.plural().trim_end_matches('s'), level.plural())
}

/// What is counted and what is not, in one or two sentences.
#[must_use]
pub fn coverage(definition: &Definition, level: vocab::Level, coverage: &Coverage) -> String {
    let share = if coverage.patients > 0.0 {
        let percent = 100.0 * (coverage.patients_covered / coverage.patients).min(1.0);
        format!(", with {}% of registered patients", plain(percent, 1))
    } else {
        String::new()
    };
    let mut text = format!("Figures rest on {}{share}.", counted_of(level, coverage.counted));
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
    if let Some(lost) = without_below(definition, coverage) {
        text.extend([" ", &lost]);
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

/// What stands above the line without anything below it, in a sentence: `Left out above the line: 1,509 pounds of 1
/// organisation without weighted average.`
#[must_use]
pub fn without_below(definition: &Definition, coverage: &Coverage) -> Option<String> {
    let (organisations, amount) = coverage.without_below;
    (organisations > 0 && amount.abs() > 0.0).then(|| {
        format!(
            "Left out above the line: {} {} of {} without {}.",
            plain(amount, 0),
            numerator_words(definition),
            vocab::counts::of_noun(organisations as u64, "organisation"),
            denominator_words(definition)
        )
    })
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
