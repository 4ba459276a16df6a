//! The slope of a figure from the most to the least deprived practices.
//!
//! Equation: [`methods.md#sii`](../../../../docs/book/methods.md#sii).

use stats::Limits;
use stats::inequality::{Group, Line, Measure, slope_index};
use vocab::{Confidence, Level};

use super::super::mention::Quantity;
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, number, words};
use super::asking::{Asking, Found, lacking};
use indicators::definition::{Definition, Interval, Polarity, Statistic};
use indicators::evaluate::{EvaluateError, Evaluation};
use indicators::interval::{Intervals, limits as limits_of};

/// `There is an inequality gap in {indicator}`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(deprivation)) =
        (asking.definition(), asking.definition_of("deprivation_score"))
    else {
        return Ok(Found::default());
    };
    let Some(measure) = measure(definition) else {
        return Ok(lacking(
            Said::plain(
                "This figure counts no events, so that its slope over deprivation has no interval.",
            ),
            ["an indicator of counts, such as a share of patients".to_owned()],
        ));
    };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Practice)?;
    let scores_period = asking.nearest(deprivation, period)?;
    let scores = asking.rows_within(deprivation, scores_period, Level::Practice)?;
    let sums = groups(&evaluation, &scores);
    if sums.len() < 5 {
        return Ok(lacking(
            Said::plain("Fewer than twenty practices have both a figure and a deprivation score."),
            ["deprivation of practices or of their patients’ areas".to_owned()],
        ));
    }
    let lines: Vec<Group> = sums
        .iter()
        .filter_map(|(above, below)| line(definition, measure, *above, *below))
        .collect();
    let Ok(index) = slope_index(measure, Line::Natural, &lines) else {
        return Ok(lacking(
            Said::plain("A group of practices counts nobody, so that the slope has no interval."),
            [format!("more events of “{}”", definition.name)],
        ));
    };
    let limits = index.limits(&stats::Level::new(Confidence::P95)).sii;
    let mut found = reading(asking, definition, &evaluation, (index.sii, limits));
    found.releases.extend(scores.provenance.releases);
    found.exhibit = Some(bars(definition, &evaluation, &lines));
    Ok(found)
}

fn measure(definition: &Definition) -> Option<Measure> {
    match (definition.statistic, definition.interval) {
        (Statistic::Proportion, Interval::Wilson) => Some(Measure::Proportion),
        (Statistic::Rate, Interval::Byar) => Some(Measure::Rate),
        _ => None,
    }
}

/// The slope in words; where the sentence says on which side the deprived are, they must be there.
fn reading(
    asking: &Asking<'_>,
    definition: &Definition,
    evaluation: &Evaluation,
    (slope, limits): (f64, Limits),
) -> Found {
    let is_gap = limits.lower > 0.0 || limits.upper < 0.0;
    let (scale, unit) = match definition.statistic {
        Statistic::Rate => (1.0, ""),
        _ => (100.0, "percentage points"),
    };
    let mut found = Found::of(evaluation);
    found.method = None;
    found.verdict = match asking.number("points") {
        Some(stated) => Some(Verdict::of(of_size(stated, slope * scale, limits, scale))),
        None => said_side(asking, definition, slope, is_gap).map(Verdict::of),
    };
    found.answer.push(Said::new(
        "{}, {}: from the most to the least deprived practices the line {} by {} (95% interval {}), {}.",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            words(if slope < 0.0 { "falls" } else { "rises" }),
            number((slope * scale).abs(), 1, unit),
            Argument::Interval(limits.lower * scale, limits.upper * scale, Unit::Number(1, "")),
            words(in_words(definition.polarity, slope, is_gap)),
        ],
    ));
    let label = "Slope index, least less most deprived";
    let shown = Shown::new(label, slope * scale, Unit::Number(1, unit));
    let limits = Some((limits.lower * scale, limits.upper * scale));
    found.figures.push(shown.in_period(evaluation.period).limits(limits));
    found
}

/// Whether a gap of so many points agrees with the slope, or lies within its interval.
fn of_size(stated: Quantity, slope: f64, limits: Limits, scale: f64) -> bool {
    let (lower, upper) = (limits.lower * scale, limits.upper * scale);
    let within = |value: f64| (lower..=upper).contains(&value);
    stated.agrees(slope.abs())
        || (stated.is_figure() && (within(stated.value) || within(-stated.value)))
}

/// Whether there is a gap, on the side that the sentence names.
fn said_side(
    asking: &Asking<'_>,
    definition: &Definition,
    slope: f64,
    is_gap: bool,
) -> Option<bool> {
    use super::super::mention::Direction;
    use super::compare::{Side, holds};
    let Some(direction) = asking.claim.slots.direction else { return Some(is_gap) };
    let side = match (is_gap, slope < 0.0) {
        (false, _) => Side::Alike,
        (true, true) => Side::Above,
        (true, false) => Side::Below,
    };
    match direction {
        Direction::Similar => Some(!is_gap),
        _ => holds(definition.polarity, direction, side),
    }
}

fn in_words(polarity: Polarity, slope: f64, is_gap: bool) -> &'static str {
    match (is_gap, polarity, slope > 0.0) {
        (false, ..) => "which chance could explain",
        (true, Polarity::HigherIsBetter, true) | (true, Polarity::LowerIsBetter, false) => {
            "to the disadvantage of the most deprived"
        }
        (true, Polarity::Neither, _) => "more than chance would give",
        (true, ..) => "to the advantage of the most deprived",
    }
}

/// Sums above and below the line of five or ten groups of practices with equal amounts below it, the most deprived first.
fn groups(evaluation: &Evaluation, scores: &Evaluation) -> Vec<(f64, f64)> {
    let mut both: Vec<(f64, f64, f64)> = evaluation
        .rows
        .iter()
        .filter_map(|row| {
            let score = scores.row(&row.organisation.code)?.estimate?.value;
            let one = row.estimate?;
            Some((score, one.numerator, one.denominator))
        })
        .collect();
    both.sort_by(|a, b| b.0.total_cmp(&a.0));
    let wanted = match both.len() {
        0..20 => return Vec::new(),
        20..60 => 5,
        _ => 10,
    };
    let total: f64 = both.iter().map(|one| one.2).sum();
    let mut sums = vec![(0.0, 0.0); wanted];
    let mut before = 0.0;
    for (_, above, below) in both {
        let group = ((before + below / 2.0) / total * wanted as f64) as usize;
        if let Some(sum) = sums.get_mut(group.min(wanted - 1)) {
            sum.0 += above;
            sum.1 += below;
        }
        before += below;
    }
    sums.retain(|sum| sum.1 > 0.0);
    sums
}

/// A group with the standard error that its interval implies.
fn line(definition: &Definition, measure: Measure, above: f64, below: f64) -> Option<Group> {
    let limits = limits_of(definition, above, below, &Intervals::default().inner)?;
    Some(Group {
        population: below,
        value: indicators::interval::value(definition, above, below),
        standard_error: measure.standard_error(limits).ok()?,
    })
}

fn bars(definition: &Definition, evaluation: &Evaluation, lines: &[Group]) -> Exhibit {
    let bars = lines.iter().enumerate().map(|(at, group)| {
        let label = match at {
            0 => "Most deprived practices".to_owned(),
            _ if at + 1 == lines.len() => "Least deprived practices".to_owned(),
            _ => format!("Group {}", at + 1),
        };
        Bar::new(label, group.value)
    });
    Exhibit::Bars {
        title: format!(
            "{} by deprivation of practices, {}",
            definition.name,
            evaluation.period.in_words()
        ),
        unit: Unit::Indicator(definition.id.clone()),
        bars: bars.collect(),
    }
}
