//! From evaluated indicators to what is shown: styles, verdicts, tables, charts and sentences.
//!
//! One place decides how an indicator looks, so that the page, the paper and the download agree. Nothing is
//! estimated here: figures, intervals and comparisons come from the evaluator as they are.

mod compare;
mod funnel;
mod outstanding;
mod sentences;
pub mod similar;
mod trend;
pub mod variation;

use indicators::{Comparison, Definition, Evaluation, Polarity, Row, Statistic};
use stats::funnel::Standing;
use vocab::Mark;

use kit::caption::Caption;
use kit::number::{Style, counted, in_words};
use kit::table::Cell;
use kit::text::title_case;
use kit::words::{Side, Strength, Value, Verdict};

use crate::address;

pub use self::compare::{bars, compare_table};
pub use self::funnel::{funnel, funnel_verdict};
pub use self::outstanding::{
    distance, is_overdispersed, lies_outside, nothing_outstanding, outstanding,
};
pub use self::sentences::{
    against_england, by_location, coverage, lead, ranked, spread, summary, without_below,
};
pub use self::trend::trend;

/// The name of an organisation, leading to its page.
pub(crate) fn linked(name: &str, organisation: &vocab::Organisation) -> Cell {
    Cell::link(title_case(name), address::to(organisation))
}

/// How the figures of an indicator are shown.
#[must_use]
pub fn style(definition: &Definition) -> Style {
    let unit = definition.unit.trim();
    if matches!(definition.statistic, Statistic::Proportion | Statistic::Change) {
        return Style::percentage(definition.decimals, unit.trim_start_matches('%').trim());
    }
    match unit.strip_prefix('£') {
        Some(rest) => Style::pounds(definition.decimals, rest.trim()),
        None => Style::number(definition.decimals, unit),
    }
}

/// The figure of a row as a cell, or the mark that says why there is none.
#[must_use]
pub fn cell(row: &Row) -> Cell {
    Cell::Number(observed(row))
}

/// The figure of a row, or the reason why there is none.
#[must_use]
pub fn observed(row: &Row) -> vocab::Observed<f64> {
    match (row.estimate, row.mark) {
        (Some(estimate), Mark::Estimated) => vocab::Observed::Estimated(estimate.value),
        (Some(estimate), _) => vocab::Observed::Value(estimate.value),
        (None, Mark::Suppressed) => vocab::Observed::Suppressed,
        (None, Mark::NotApplicable) => vocab::Observed::NotApplicable,
        (None, _) => vocab::Observed::Missing,
    }
}

/// The outcome of a comparison: at 99.8% where that differs, else at 95%.
#[must_use]
pub fn verdict(definition: &Definition, comparison: &Comparison) -> Verdict {
    let of = |verdict, strength| different(definition.polarity, verdict, strength);
    of(comparison.at_998, Strength::P998).or_else(|| of(comparison.at_95, Strength::P95)).unwrap_or(
        if comparison.at_95 == indicators::Verdict::NotCompared {
            Verdict::NotCompared
        } else {
            Verdict::Similar
        },
    )
}

/// A difference with its side; nothing for similar and not compared.
fn different(
    polarity: Polarity,
    verdict: indicators::Verdict,
    strength: Strength,
) -> Option<Verdict> {
    use indicators::Verdict as Word;
    let (side, value) = match (verdict, polarity) {
        (Word::Higher, _) => (Side::Above, Value::Neutral),
        (Word::Lower, _) => (Side::Below, Value::Neutral),
        (Word::Better, Polarity::LowerIsBetter) => (Side::Below, Value::Good),
        (Word::Better, _) => (Side::Above, Value::Good),
        (Word::Worse, Polarity::LowerIsBetter) => (Side::Above, Value::Bad),
        (Word::Worse, _) => (Side::Below, Value::Bad),
        (Word::Similar | Word::NotCompared, _) => return None,
    };
    Some(Verdict::Different(side, strength, value))
}

/// A position on the funnel as a verdict.
fn stands(polarity: Polarity, standing: Standing) -> Verdict {
    let (side, strength) = match standing {
        Standing::LowOuter => (Side::Below, Strength::P998),
        Standing::LowInner => (Side::Below, Strength::P95),
        Standing::Inside => return Verdict::Similar,
        Standing::HighInner => (Side::Above, Strength::P95),
        Standing::HighOuter => (Side::Above, Strength::P998),
    };
    Verdict::Different(side, strength, value_of(polarity, side))
}

/// Whether a side is good news.
const fn value_of(polarity: Polarity, side: Side) -> Value {
    match (polarity, side) {
        (Polarity::HigherIsBetter, Side::Above) | (Polarity::LowerIsBetter, Side::Below) => {
            Value::Good
        }
        (Polarity::HigherIsBetter, Side::Below) | (Polarity::LowerIsBetter, Side::Above) => {
            Value::Bad
        }
        _ => Value::Neutral,
    }
}

/// Words around an exhibit of an indicator.
#[must_use]
pub fn caption(
    definition: &Definition,
    evaluation: &Evaluation,
    exhibit: &str,
    source: &str,
    run: &str,
) -> Caption {
    Caption {
        id: format!("{}-{exhibit}", definition.id.replace('_', "-")),
        title: format!("{}, {}", definition.name, evaluation.period.in_words()),
        description: definition.meaning.clone(),
        source: source.to_owned(),
        run: run.to_owned(),
    }
}

/// What stands below the line, in words: `patients`, `appointments`.
#[must_use]
pub fn denominator_words(definition: &Definition) -> String {
    definition.denominator.column.replace('_', " ")
}

/// What stands above the line, in words.
#[must_use]
pub fn numerator_words(definition: &Definition) -> String {
    definition.numerator.column.replace('_', " ")
}

/// Where one organisation stands among all of an evaluation.
#[must_use]
pub fn strip(
    definition: &Definition,
    evaluation: &Evaluation,
    marked: &Row,
    caption: Caption,
) -> kit::chart::strip::Strip {
    let value = |row: &Row| row.estimate.map(|estimate| estimate.value);
    kit::chart::strip::Strip {
        caption,
        style: style(definition),
        marked: value(marked).map(|value| (kit::text::title_case(&marked.name), value)),
        reference: evaluation
            .comparable_england()
            .and_then(|row| Some((row.name.clone(), value(row)?))),
        values: evaluation
            .rows
            .iter()
            .filter(|row| row.doubt.is_none())
            .filter_map(value)
            .collect(),
    }
}
/// Which of the networks of a council lie in it whole and which across its border.
#[must_use]
pub fn borders(networks: usize, across: &[impl AsRef<str>], outside: usize) -> String {
    let named: Vec<&str> = across.iter().map(AsRef::as_ref).collect();
    let whole = networks.saturating_sub(named.len());
    let across = if named.is_empty() {
        "none lies across its border".to_owned()
    } else {
        let verb = if named.len() == 1 { "lies" } else { "lie" };
        format!("{} {verb} across its border: {}", in_words(named.len()), named.join(", "))
    };
    format!(
        "It has a practice of {}, of which {} {} in it whole and {across}; {} have none in it.",
        counted(networks, "network", "networks"),
        in_words(whole),
        if whole == 1 { "lies" } else { "lie" },
        counted(outside, "network", "networks"),
    )
}
