//! Claims about differences between practices: whether they are more than chance, whether they follow deprivation,
//! whether capacity is felt.

use std::collections::BTreeMap;

use stats::distributions::chi_squared;
use stats::inequality::{Group, Line, Measure, slope_index};
use vocab::{Confidence, Level};

use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, of, share, words};
use super::compare::{self, Side};
use super::figures::side_word;
use super::{Asking, Found, is_partial, lacking, no_figure_of};
use crate::definition::{Definition, Polarity, Statistic};
use crate::evaluate::{EvaluateError, Evaluation, Row};
use crate::interval::{Intervals, limits as limits_of};

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
    let counts = evaluation.funnel.is_some();
    let variance = |size: f64| match definition.statistic {
        Statistic::Proportion => size * level * (1.0 - level),
        _ => size * level,
    };
    let square: f64 = rows
        .iter()
        .map(|(_, events, size)| (events - size * level) * (events - size * level) / variance(*size))
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
pub(super) fn variation(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition() else { return Ok(Found::default()) };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Practice)?;
    let Some((spread, counts)) = spread(definition, &evaluation) else {
        return Ok(lacking(
            Said::plain("Fewer than five practices have a figure: differences between so few cannot be told from chance."),
            [format!("figures of “{}” for more practices", definition.name)],
        ));
    };
    let mut found = Found {
        releases: evaluation.provenance.releases.clone(),
        lowered: usize::from(is_partial(&evaluation.coverage)),
        ..Found::default()
    };
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
        found.lacks.push("an indicator of counts, such as a share of patients or appointments".to_owned());
        return Ok(found);
    }
    let chance_claimed = asking.claim.slots.given.get("says").is_some_and(|says| says == "chance");
    found.verdict = Some(Verdict::of(spread.is_more_than_chance() != chance_claimed));
    found.answer.push(Said::new(
        "{} of the differences is more than chance (dispersion {}, where chance alone gives 1).",
        [share(spread.beyond_chance()), number(spread.phi, 1, "")],
    ));
    found.figures.push(Shown {
        label: "Share of the differences beyond chance".to_owned(),
        value: spread.beyond_chance(),
        limits: None,
        unit: Unit::Share(0),
        period: Some(period),
    });
    found.named = furthest(definition, &evaluation);
    found.exhibit = Some(Exhibit::Funnel(Box::new(evaluation)));
    Ok(found)
}

fn percentiles(definition: &Definition, spread: &Spread, period: vocab::Period) -> Vec<Shown> {
    [("One in ten practices has less than", spread.low), ("Middle practice", spread.middle), ("One in ten practices has more than", spread.high)]
        .map(|(label, value)| Shown {
            label: label.to_owned(),
            value,
            limits: None,
            unit: Unit::Indicator(definition.id.clone()),
            period: Some(period),
        })
        .to_vec()
}

/// The three practices furthest outside the widened funnel.
fn furthest(definition: &Definition, evaluation: &Evaluation) -> Vec<Named> {
    let average = evaluation.england.estimate.map_or(f64::NAN, |one| one.value);
    let mut outside: Vec<(&Row, f64)> = evaluation
        .rows
        .iter()
        .filter(|row| row.funnel.is_some_and(|position| position.adjusted.unwrap_or(position.raw) != stats::funnel::Standing::Inside))
        .filter_map(|row| Some((row, (row.estimate?.value - average).abs())))
        .collect();
    outside.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.organisation.cmp(&b.0.organisation)));
    outside
        .into_iter()
        .take(3)
        .map(|(row, _)| Named {
            organisation: row.organisation.clone(),
            name: row.name.clone(),
            why: Said::new(
                "{}; England {}",
                [of(&definition.id, row.estimate.map_or(f64::NAN, |one| one.value)), of(&definition.id, average)],
            ),
        })
        .collect()
}

/// `There is an inequality gap in {indicator}`: the slope from the most to the least deprived practices.
pub(super) fn gap(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(deprivation)) =
        (asking.definition(), asking.definition_of("deprivation_score"))
    else {
        return Ok(Found::default());
    };
    let measure = match (definition.statistic, definition.interval) {
        (Statistic::Proportion, crate::definition::Interval::Wilson) => Measure::Proportion,
        (Statistic::Rate, crate::definition::Interval::Byar) => Measure::Rate,
        _ => {
            return Ok(lacking(
                Said::plain("This figure counts no events, so that its slope over deprivation has no interval."),
                ["an indicator of counts, such as a share of patients".to_owned()],
            ));
        }
    };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Practice)?;
    let scores_period = asking.nearest(deprivation, period)?;
    let scores = asking.rows_within(deprivation, scores_period, Level::Practice)?;
    let groups = groups(definition, &evaluation, &scores);
    if groups.len() < 5 {
        return Ok(lacking(
            Said::plain("Fewer than twenty practices have both a figure and a deprivation score."),
            ["deprivation of practices or of their patients’ areas".to_owned()],
        ));
    }
    let lines: Vec<Group> = groups
        .iter()
        .filter_map(|(above, below)| line(definition, measure, *above, *below))
        .collect();
    let Ok(index) = slope_index(measure, Line::Natural, &lines) else {
        return Ok(lacking(
            Said::plain("A group of practices counts nobody, so that the slope has no interval."),
            [format!("more events of “{}”", definition.name)],
        ));
    };
    let bounds = index.limits(&stats::Level::new(Confidence::P95)).sii;
    let is_gap = bounds.lower > 0.0 || bounds.upper < 0.0;
    let mut found = Found {
        verdict: Some(Verdict::of(is_gap)),
        releases: [evaluation.provenance.releases.clone(), scores.provenance.releases.clone()].concat(),
        ..Found::default()
    };
    let scale = if measure == Measure::Rate { 1.0 } else { 100.0 };
    found.answer.push(Said::new(
        "{}, {}: from the most to the least deprived practices the line {} by {} (95% interval {}), {}.",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            words(if index.sii < 0.0 { "falls" } else { "rises" }),
            number((index.sii * scale).abs(), 1, if measure == Measure::Rate { "" } else { "percentage points" }),
            Argument::Interval(bounds.lower * scale, bounds.upper * scale, Unit::Number(1, "")),
            words(gap_in_words(definition.polarity, index.sii, is_gap)),
        ],
    ));
    found.figures.push(Shown {
        label: "Slope index, least less most deprived".to_owned(),
        value: index.sii * scale,
        limits: Some((bounds.lower * scale, bounds.upper * scale)),
        unit: Unit::Number(1, if measure == Measure::Rate { "" } else { "percentage points" }),
        period: Some(period),
    });
    let bars = lines.iter().enumerate().map(|(at, group)| {
        let label = match at {
            0 => "Most deprived practices".to_owned(),
            _ if at + 1 == lines.len() => "Least deprived practices".to_owned(),
            _ => format!("Group {}", at + 1),
        };
        Bar::new(label, group.value)
    });
    found.exhibit = Some(Exhibit::Bars {
        title: format!("{} by deprivation of practices, {}", definition.name, period.in_words()),
        unit: Unit::Indicator(definition.id.clone()),
        bars: bars.collect(),
    });
    Ok(found)
}

fn gap_in_words(polarity: Polarity, slope: f64, is_gap: bool) -> &'static str {
    match (is_gap, polarity, slope > 0.0) {
        (false, ..) => "which chance could explain",
        (true, Polarity::HigherIsBetter, true) | (true, Polarity::LowerIsBetter, false) => {
            "to the disadvantage of the most deprived"
        }
        (true, Polarity::Neither, _) => "more than chance would give",
        (true, ..) => "to the advantage of the most deprived",
    }
}

/// Sums above and below the line of five or ten groups of practices with equal numbers of people, the most deprived first.
fn groups(definition: &Definition, evaluation: &Evaluation, scores: &Evaluation) -> Vec<(f64, f64)> {
    let _ = definition;
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
        value: crate::interval::value(definition, above, below),
        standard_error: measure.standard_error(limits).ok()?,
    })
}

/// `Overall capacity is sufficient but not reflected in the patient experience`.
pub(super) fn felt(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let only_capacity = asking.claim.slots.given.get("says").is_some_and(|says| says == "capacity");
    let (Some(capacity), Some(experience)) =
        (asking.definition_of("appointments_per_1000"), asking.definition_of("survey_overall"))
    else {
        return Ok(Found::default());
    };
    let (supply, supply_row) = asking.figure(capacity)?;
    let Some(supply_row) = supply_row.filter(|row| row.estimate.is_some()) else {
        return Ok(no_figure_of(&asking.place, capacity));
    };
    let supplied = supply_row.estimate.map_or(f64::NAN, |one| one.value);
    let capacity_england = supply_row.england.reference.unwrap_or(supplied);
    let capacity_side = compare::side(&supply_row.england, supplied, capacity_england);
    let mut found = Found {
        releases: supply.provenance.releases.clone(),
        lowered: usize::from(is_partial(&supply.coverage)),
        ..Found::default()
    };
    found.figures = vec![
        compare::shown(capacity, &supply_row, supply.period),
        super::figures::line("England, appointments", capacity_england, Unit::Indicator(capacity.id.clone()), Some(supply.period)),
    ];
    found.answer.push(Said::new(
        "{} supplied {} in {}, {} England’s {}.",
        [
            name(&asking.place.name),
            of(&capacity.id, supplied),
            Argument::Period(supply.period),
            words(side_word(capacity_side)),
            of(&capacity.id, capacity_england),
        ],
    ));
    found.exhibit = Some(compare::bars(capacity, &supply_row, None, &supply));
    if only_capacity {
        found.answer.push(Said::plain(
            "No published figure says how many appointments are enough: appointments say what was supplied, not what was asked for.",
        ));
        found.lacks.push("demand by practice: calls, online requests and those turned away".to_owned());
        return Ok(found);
    }
    let (survey, survey_row) = asking.figure(experience)?;
    let Some(survey_row) = survey_row.filter(|row| row.estimate.is_some()) else {
        found.lacks.push("GP Patient Survey for the place".to_owned());
        return Ok(found);
    };
    let good = survey_row.estimate.map_or(f64::NAN, |one| one.value);
    let england = survey_row.england.reference.unwrap_or(good);
    let side = compare::side(&survey_row.england, good, england);
    found.verdict = Some(Verdict::of(capacity_side != Side::Below && side == Side::Below));
    found.releases.extend(survey.provenance.releases.clone());
    found.answer.push(Said::new(
        "{} of respondents had a good overall experience in {}, {} England’s {}.",
        [of(&experience.id, good), Argument::Period(survey.period), words(side_word(side)), of(&experience.id, england)],
    ));
    found.figures.push(compare::shown(experience, &survey_row, survey.period));
    found.figures.push(super::figures::line("England, good overall experience", england, Unit::Indicator(experience.id.clone()), Some(survey.period)));
    capacity_unfelt(asking, (capacity, &supply), (experience, &survey), &mut found)?;
    Ok(found)
}

/// Practices with more appointments than England and a worse experience, and how the two go together.
fn capacity_unfelt<'a>(
    asking: &Asking<'_, 'a>,
    capacity: (&'a Definition, &Evaluation),
    experience: (&'a Definition, &Evaluation),
    found: &mut Found,
) -> Result<(), EvaluateError> {
    let (Ok(supply), Ok(survey)) = (
        asking.rows_within(capacity.0, capacity.1.period, Level::Practice),
        asking.rows_within(experience.0, experience.1.period, Level::Practice),
    ) else {
        return Ok(());
    };
    let by_code: BTreeMap<&str, &Row> =
        survey.rows.iter().map(|row| (row.organisation.code.as_str(), row)).collect();
    let pairs: Vec<(&Row, &Row)> = supply
        .rows
        .iter()
        .filter_map(|row| Some((row, *by_code.get(row.organisation.code.as_str())?)))
        .filter(|(supply, survey)| supply.estimate.is_some() && survey.estimate.is_some())
        .collect();
    let figure = |row: &Row| row.estimate.map_or(f64::NAN, |one| one.value);
    let (left, right): (Vec<f64>, Vec<f64>) =
        pairs.iter().map(|(supply, survey)| (figure(supply), figure(survey))).unzip();
    if let Some((correlation, lower, upper)) = rank_correlation(&left, &right) {
        found.answer.push(Said::new(
            "Over its {} practices with both figures the rank correlation of appointments and experience is {} (95% interval {}).",
            [
                words(left.len().to_string()),
                number(correlation, 2, ""),
                Argument::Interval(lower, upper, Unit::Number(2, "")),
            ],
        ));
    }
    let side_of = |row: &Row| compare::side(&row.england, figure(row), row.england.reference.unwrap_or(f64::NAN));
    let mut unfelt: Vec<&(&Row, &Row)> = pairs
        .iter()
        .filter(|(supply, survey)| side_of(supply) == Side::Above && side_of(survey) == Side::Below)
        .collect();
    unfelt.sort_by(|a, b| figure(a.1).total_cmp(&figure(b.1)).then_with(|| a.1.organisation.cmp(&b.1.organisation)));
    found.answer.push(Said::new(
        "{} above England in appointments and below it in experience.",
        [count(unfelt.len() as f64, "practice lies", "practices lie")],
    ));
    found.named = unfelt
        .into_iter()
        .take(3)
        .map(|(supply, survey)| Named {
            organisation: supply.organisation.clone(),
            name: supply.name.clone(),
            why: Said::new("{}; {} good experience", [of(&capacity.0.id, figure(supply)), of(&experience.0.id, figure(survey))]),
        })
        .collect();
    Ok(())
}

/// Spearman's rank correlation with Fisher's interval; nothing for fewer than ten pairs.
///
/// Equation: [`methods.md#rank-correlation`](../../../../../docs/book/methods.md#rank-correlation).
pub(super) fn rank_correlation(left: &[f64], right: &[f64]) -> Option<(f64, f64, f64)> {
    if left.len() < 10 || left.len() != right.len() {
        return None;
    }
    let (left_ranks, right_ranks) = (ranks(left), ranks(right));
    let middle = (left.len() as f64 + 1.0) / 2.0;
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (left, right) in left_ranks.iter().zip(&right_ranks) {
        both += (left - middle) * (right - middle);
        first += (left - middle) * (left - middle);
        second += (right - middle) * (right - middle);
    }
    let correlation = both / (first * second).sqrt();
    let reach = 1.959_963_984_540_054 * 1.06_f64.sqrt() / (left.len() as f64 - 3.0).sqrt();
    let centre = libm::atanh(correlation);
    let lower = libm::tanh(centre - reach);
    let upper = libm::tanh(centre + reach);
    correlation.is_finite().then_some((correlation, lower, upper))
}

/// Ranks from 1, equal values sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let equal = values.iter().filter(|other| *other == value).count() as f64;
        below + (equal + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_that_agree_correlate_wholly_and_ties_share() {
        let rising: Vec<f64> = (0..12).map(f64::from).collect();
        let mut falling = rising.clone();
        falling.reverse();
        let (mut close, ..) = rank_correlation(&rising, &falling).unwrap();
        assert!((close + 1.0).abs() < 1e-12);
        falling.swap(0, 11);
        (close, _, _) = rank_correlation(&rising, &falling).unwrap();
        assert!(close > -1.0);
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [2.5, 1.0, 2.5]);
    }

    #[test]
    fn percentiles_fall_between_values() {
        assert!((percentile(&[1.0, 2.0, 3.0], 0.25) - 1.5).abs() < 1e-12);
    }
}
