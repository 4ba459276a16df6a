//! Capacity beside experience: appointments and the survey, of the place and of its practices.

use std::collections::BTreeMap;

use vocab::Level;

use super::super::reading::{Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, of, words};
use super::compare::{self, Side};
use super::{Asking, Found, no_figure_of};
use crate::definition::Definition;
use crate::evaluate::{EvaluateError, Evaluation, Row};

/// An indicator with what it is for the place.
struct Part<'a> {
    definition: &'a Definition,
    evaluation: Evaluation,
    row: Row,
    value: f64,
    whole: f64,
    side: Side,
}

/// `Overall capacity is sufficient`, `… but not reflected in the patient experience`.
pub(super) fn found(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let (Some(appointments), Some(survey)) =
        (asking.definition_of("appointments_per_1000"), asking.definition_of("survey_overall"))
    else {
        return Ok(Found::default());
    };
    let Some(capacity) = part(asking, appointments)? else {
        return Ok(no_figure_of(&asking.place, appointments));
    };
    let mut found = Found::of(&capacity.evaluation);
    found.method = None;
    found.answer.push(said("{} supplied {} in {}, {} {} ({}).", asking, &capacity));
    found.figures = lines(asking, &capacity);
    found.exhibit =
        Some(compare::bars(asking, appointments, &capacity.row, None, &capacity.evaluation));
    if asking.claim.slots.given.get("says").is_some_and(|says| says == "capacity") {
        found.answer.push(Said::plain(
            "No published figure says how many appointments are enough: appointments say what was supplied, not what was asked for.",
        ));
        found
            .lacks
            .push("demand by practice: calls, online requests and those turned away".to_owned());
        return Ok(found);
    }
    let Some(experience) = part(asking, survey)? else {
        found.lacks.push("GP Patient Survey for the place".to_owned());
        return Ok(found);
    };
    found.verdict =
        Some(Verdict::of(capacity.side != Side::Below && experience.side == Side::Below));
    found.releases.extend(experience.evaluation.provenance.releases.clone());
    found.answer.push(said(
        "In {} {} had a good overall experience in {}, {} {} ({}).",
        asking,
        &experience,
    ));
    found.figures.extend(lines(asking, &experience));
    practices(asking, &capacity, &experience, &mut found);
    Ok(found)
}

fn part<'a>(
    asking: &Asking<'_, 'a>,
    definition: &'a Definition,
) -> Result<Option<Part<'a>>, EvaluateError> {
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, value)) = row.and_then(|row| row.estimate.map(|one| (row, one.value))) else {
        return Ok(None);
    };
    let whole = row.england.reference.unwrap_or(value);
    let side = compare::side(&row.england, value, whole);
    Ok(Some(Part { definition, evaluation, row, value, whole, side }))
}

fn said(text: &'static str, asking: &Asking<'_, '_>, part: &Part<'_>) -> Said {
    Said::new(
        text,
        [
            name(&asking.place.name),
            of(&part.definition.id, part.value),
            Argument::Period(part.evaluation.period),
            words(match part.side {
                Side::Below => "below",
                Side::Alike => "level with",
                Side::Above => "above",
            }),
            words(asking.whole()),
            of(&part.definition.id, part.whole),
        ],
    )
}

fn lines(asking: &Asking<'_, '_>, part: &Part<'_>) -> Vec<Shown> {
    let unit = Unit::Indicator(part.definition.id.clone());
    let label = |who: &str| format!("{}, {who}", part.definition.name);
    let limits = part.row.estimate.and_then(|one| one.lower.zip(one.upper));
    [(asking.place.name.as_str(), part.value, limits), (asking.whole(), part.whole, None)]
        .map(|(who, value, limits)| {
            Shown::new(label(who), value, unit.clone())
                .in_period(part.evaluation.period)
                .limits(limits)
        })
        .to_vec()
}

/// Practices with more appointments than England and a worse experience, and how the two go together.
fn practices(
    asking: &Asking<'_, '_>,
    capacity: &Part<'_>,
    experience: &Part<'_>,
    found: &mut Found,
) {
    let library = asking.checker.library();
    let within = |part: &Part<'_>| {
        let definition = library.get(&part.definition.id)?;
        asking.rows_within(definition, part.evaluation.period, Level::Practice).ok()
    };
    let (Some(supply), Some(survey)) = (within(capacity), within(experience)) else { return };
    let by_code: BTreeMap<&str, &Row> =
        survey.rows.iter().map(|row| (row.organisation.code.as_str(), row)).collect();
    let pairs: Vec<(&Row, &Row)> = supply
        .rows
        .iter()
        .filter_map(|row| Some((row, *by_code.get(row.organisation.code.as_str())?)))
        .filter(|(supply, survey)| supply.estimate.is_some() && survey.estimate.is_some())
        .collect();
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
    unfelt(pairs, (capacity, experience), found);
}

fn figure(row: &Row) -> f64 {
    row.estimate.map_or(f64::NAN, |one| one.value)
}

fn unfelt(pairs: Vec<(&Row, &Row)>, parts: (&Part<'_>, &Part<'_>), found: &mut Found) {
    let side = |row: &Row| {
        compare::side(&row.england, figure(row), row.england.reference.unwrap_or(f64::NAN))
    };
    let mut unfelt: Vec<(&Row, &Row)> = pairs
        .into_iter()
        .filter(|(supply, survey)| side(supply) == Side::Above && side(survey) == Side::Below)
        .collect();
    unfelt.sort_by(|a, b| {
        figure(a.1).total_cmp(&figure(b.1)).then_with(|| a.1.organisation.cmp(&b.1.organisation))
    });
    found.answer.push(Said::new(
        "{} above the whole in appointments and below it in experience.",
        [count(unfelt.len() as f64, "practice lies", "practices lie")],
    ));
    let why = |supply: &Row, survey: &Row| {
        Said::new(
            "{}; {} good experience",
            [
                of(&parts.0.definition.id, figure(supply)),
                of(&parts.1.definition.id, figure(survey)),
            ],
        )
    };
    found.named = unfelt
        .into_iter()
        .take(3)
        .map(|(supply, survey)| Named::of(supply, why(supply, survey)))
        .collect();
}

/// Spearman's rank correlation with Fisher's interval; nothing for fewer than ten pairs.
///
/// Equation: [`methods.md#rank-correlation`](../../../../../docs/book/methods.md#rank-correlation).
fn rank_correlation(left: &[f64], right: &[f64]) -> Option<(f64, f64, f64)> {
    if left.len() < 10 || left.len() != right.len() {
        return None;
    }
    let middle = f64::midpoint(left.len() as f64, 1.0);
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (left, right) in ranks(left).into_iter().zip(ranks(right)) {
        both += (left - middle) * (right - middle);
        first += (left - middle) * (left - middle);
        second += (right - middle) * (right - middle);
    }
    let correlation = both / (first * second).sqrt();
    let reach = 1.959_963_984_540_054 * 1.06_f64.sqrt() / (left.len() as f64 - 3.0).sqrt();
    let centre = libm::atanh(correlation);
    let (lower, upper) = (libm::tanh(centre - reach), libm::tanh(centre + reach));
    correlation.is_finite().then_some((correlation, lower, upper))
}

/// Ranks from 1, equal values sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let equal = values.iter().filter(|other| other.total_cmp(value).is_eq()).count() as f64;
        below + f64::midpoint(equal, 1.0)
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_that_run_against_each_other_correlate_by_minus_one() {
        let rising: Vec<f64> = (0..12).map(f64::from).collect();
        let falling: Vec<f64> = rising.iter().rev().copied().collect();
        let (correlation, ..) = rank_correlation(&rising, &falling).unwrap();
        assert!((correlation + 1.0).abs() < 1e-12);
    }

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [2.5, 1.0, 2.5]);
    }
}
