//! Differences between practices: how large they are, and what of them is more than chance.
//!
//! Equation: [`methods.md#differences-beyond-chance`](../../../../docs/book/methods.md#differences-beyond-chance).

use stats::distributions::chi_squared;
use vocab::Level;

use super::super::reading::{Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, of, words};
use super::asking::{Asking, Found, lacking};
use indicators::definition::{Definition, Interval, Statistic};
use indicators::evaluate::{EvaluateError, Evaluation, Row};

/// Practices from which differences between them are spoken of.
const FEWEST: usize = 5;
/// Below this probability differences are called more than chance.
const NOT_CHANCE: f64 = 0.002;

/// What chance alone explains of the differences between the practices of a place.
pub(super) struct Spread {
    /// Practices with a figure.
    pub practices: usize,
    /// The tenth and the ninetieth of a hundred practices, and the middle one.
    pub low: f64,
    pub middle: f64,
    pub high: f64,
    /// Dispersion: 1 where chance explains all.
    pub phi: f64,
    /// The probability of so much difference by chance.
    pub p_value: f64,
}

impl Spread {
    /// Share of the differences that is more than chance.
    pub(super) fn beyond_chance(&self) -> f64 {
        (1.0 - 1.0 / self.phi).max(0.0)
    }

    pub(super) fn is_more_than_chance(&self) -> bool {
        self.p_value < NOT_CHANCE && self.phi > 1.0
    }
}

/// The spread of an indicator of counts; only the percentiles where nothing is counted.
pub(super) fn spread(definition: &Definition, evaluation: &Evaluation) -> Option<(Spread, bool)> {
    let rows: Vec<(f64, f64, f64)> = evaluation
        .rows
        .iter()
        .filter_map(|row| row.estimate)
        .map(|one| (one.value, one.numerator, one.denominator))
        .collect();
    if rows.len() < FEWEST {
        return None;
    }
    let mut values: Vec<f64> = rows.iter().map(|row| row.0).collect();
    values.sort_by(f64::total_cmp);
    let above: f64 = rows.iter().map(|row| row.1).sum();
    let below: f64 = rows.iter().map(|row| row.2).sum();
    let level = above / below;
    let counts = evaluation.funnel.is_some() && definition.interval != Interval::None;
    let variance = |size: f64| match definition.statistic {
        Statistic::Proportion => size * level * (1.0 - level),
        _ => size * level,
    };
    let square: f64 = rows
        .iter()
        .map(|(_, events, size)| {
            (events - size * level) * (events - size * level) / variance(*size)
        })
        .sum();
    let freedom = rows.len() as f64 - 1.0;
    let spread = Spread {
        practices: rows.len(),
        low: percentile(&values, 0.1),
        middle: percentile(&values, 0.5),
        high: percentile(&values, 0.9),
        phi: square / freedom,
        p_value: chi_squared::above(square, freedom),
    };
    Some((spread, counts))
}

/// A percentile of sorted values, between two where it falls between them.
pub(super) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let below = libm::floor(place);
    let at = |index: f64| sorted.get(index as usize).copied().unwrap_or(f64::NAN);
    let lower = at(below);
    let upper = sorted.get(below as usize + 1).copied().unwrap_or(lower);
    lower + (place - below) * (upper - lower)
}

/// `There is wide variation between practices in {indicator}`, or `it is no more than chance`.
pub(super) fn variation(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition() else { return Ok(Found::default()) };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Practice)?;
    let Some((spread, counts)) = spread(definition, &evaluation) else {
        return Ok(lacking(
            Said::plain(
                "Fewer than five practices have a figure: differences between so few cannot be told from chance.",
            ),
            [format!("figures of “{}” for more practices", definition.name)],
        ));
    };
    let mut found = Found::of(&evaluation);
    found.method = None;
    found.answer.push(Said::new(
        "{}, {} in {}: the middle one has {}; one in ten has less than {}, one in ten more than {}.",
        [
            words(definition.name.clone()),
            count(spread.practices as f64, "practice", "practices"),
            name(&asking.place.name),
            of(&definition.id, spread.middle),
            of(&definition.id, spread.low),
            of(&definition.id, spread.high),
        ],
    ));
    found.figures = percentiles(definition, &spread, period);
    if !counts {
        found.answer.push(Said::plain("This figure counts no events, so that no method says how much chance alone would give."));
        found
            .lacks
            .push("an indicator of counts, such as a share of patients or appointments".to_owned());
        return Ok(found);
    }
    let chance_claimed = asking.claim.slots.given.get("says").is_some_and(|says| says == "chance");
    found.verdict = Some(Verdict::of(spread.is_more_than_chance() != chance_claimed));
    found.answer.push(Said::new(
        "{} of the differences is more than chance (dispersion {}, where chance alone gives 1).",
        [whole_percent(spread.beyond_chance()), number(spread.phi, 1, "")],
    ));
    let label = "Share of the differences beyond chance";
    let beyond = Shown::new(label, spread.beyond_chance(), Unit::Share(0));
    found.figures.push(beyond.in_period(period));
    found.named = furthest(asking, definition, &evaluation);
    found.exhibit = Some(Exhibit::Funnel(Box::new(evaluation)));
    Ok(found)
}

fn percentiles(definition: &Definition, spread: &Spread, period: vocab::Period) -> Vec<Shown> {
    [
        ("One in ten practices has less than", spread.low),
        ("Middle practice", spread.middle),
        ("One in ten practices has more than", spread.high),
    ]
    .map(|(label, value)| {
        Shown::new(label, value, Unit::Indicator(definition.id.clone())).in_period(period)
    })
    .to_vec()
}

fn whole_percent(value: f64) -> Argument {
    Argument::Figure(value, Unit::Share(0))
}

/// The three practices furthest outside the widened funnel.
fn furthest(asking: &Asking<'_>, definition: &Definition, evaluation: &Evaluation) -> Vec<Named> {
    let Some(average) = evaluation.england_value() else { return Vec::new() };
    let mut outside: Vec<(&Row, f64)> = evaluation
        .rows
        .iter()
        .filter(|row| {
            row.funnel.is_some_and(|position| {
                position.adjusted.unwrap_or(position.raw) != stats::funnel::Standing::Inside
            })
        })
        .filter_map(|row| Some((row, (row.estimate?.value - average).abs())))
        .collect();
    outside
        .sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.organisation.cmp(&b.0.organisation)));
    outside
        .into_iter()
        .take(3)
        .map(|(row, _)| Named {
            organisation: row.organisation.clone(),
            name: row.name.clone(),
            why: Said::new(
                "{}; {} {}",
                [
                    of(&definition.id, row.estimate.map_or(f64::NAN, |one| one.value)),
                    words(asking.whole()),
                    of(&definition.id, average),
                ],
            ),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_fall_between_values() {
        assert!((percentile(&[1.0, 2.0, 3.0], 0.25) - 1.5).abs() < 1e-12);
    }
}
