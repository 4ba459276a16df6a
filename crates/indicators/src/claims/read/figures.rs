//! Claims that set a stated figure beside a published one: the value of an indicator, the extreme of a group, the share
//! of practices on a side, a share of ages, people in deprived areas.

use vocab::{Level, Period};

use super::super::mention::{Direction, Quantity, QuantityKind};
use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, of, share, words};
use super::compare::{self, Side};
use super::{Asking, Found, is_partial, lacking, no_figure_of};
use crate::definition::{Definition, Polarity, Statistic};
use crate::evaluate::{EvaluateError, Row, prepare};

/// Bars drawn at most.
const MOST_BARS: usize = 12;

/// `{indicator} is {value}`.
pub(super) fn value(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(stated)) = (asking.definition(), asking.number("value")) else {
        return Ok(Found::default());
    };
    if let Some(wanted) = wrong_kind(definition, stated) {
        return Ok(lacking(
            Said::new("“{}” is measured {}, not as the sentence has it.", [words(definition.name.clone()), words(wanted)]),
            [format!("a sentence that gives “{}” {wanted}", definition.name)],
        ));
    }
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, estimate)) = row.and_then(|row| row.estimate.map(|one| (row, one))) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    let limits = estimate.lower.zip(estimate.upper);
    let within = limits.is_some_and(|(lower, upper)| (lower..=upper).contains(&stated.value));
    let mut found = Found {
        verdict: Some(Verdict::of(stated.agrees(estimate.value) || (within && stated.is_figure()))),
        releases: evaluation.provenance.releases.clone(),
        method: Some(evaluation.provenance.method.clone()),
        lowered: usize::from(is_partial(&evaluation.coverage)),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}, {}: {}; the sentence says {}.",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            Argument::Period(evaluation.period),
            of(&definition.id, estimate.value),
            Argument::Quantity(stated),
        ],
    ));
    found.figures = vec![compare::shown(definition, &row, evaluation.period)];
    found.exhibit = Some(compare::bars(definition, &row, None, &evaluation));
    Ok(found)
}

/// How an indicator is measured, where a stated figure is of another kind.
fn wrong_kind(definition: &Definition, stated: Quantity) -> Option<&'static str> {
    let proportion = matches!(definition.statistic, Statistic::Proportion | Statistic::Change);
    let pounds = definition.unit.starts_with('£');
    match stated.kind {
        QuantityKind::Share if proportion => None,
        QuantityKind::Pounds if pounds => None,
        QuantityKind::Count if !proportion && !pounds => None,
        _ if proportion => Some("as a percentage"),
        _ if pounds => Some("in pounds"),
        _ => Some("as a number"),
    }
}

/// `{organisation} has the highest {indicator}`.
pub(super) fn extreme(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let slots = &asking.claim.slots;
    let (Some(definition), Some(direction)) = (asking.definition(), slots.direction) else {
        return Ok(Found::default());
    };
    let Some((level, code)) = asking.place.single().filter(|(level, _)| *level < Level::Region) else {
        return Ok(lacking(
            Said::plain("The sentence names nobody who could be the highest or lowest."),
            ["the name or code of a practice, network or board".to_owned()],
        ));
    };
    let Some(highest) = wants_highest(definition.polarity, direction) else {
        return Ok(lacking(
            Said::plain("Neither direction of this figure is good or bad: ask for the highest or the lowest."),
            ["“highest” or “lowest” in place of “best” or “worst”".to_owned()],
        ));
    };
    let period = asking.period(definition)?;
    let group = if asking.home_is_england() { None } else { Some(&asking.home) };
    let evaluation = asking.checker.prepared(definition, period)?.at(level, group)?;
    let mut rows: Vec<&Row> = evaluation.rows.iter().filter(|row| row.estimate.is_some()).collect();
    let figure = |row: &Row| row.estimate.map_or(f64::NAN, |one| one.value);
    rows.sort_by(|a, b| {
        let order = figure(a).total_cmp(&figure(b));
        (if highest { order.reverse() } else { order }).then_with(|| a.organisation.cmp(&b.organisation))
    });
    let Some(place) = rows.iter().position(|row| row.organisation.code == code) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    let (Some(first), Some(own)) = (rows.first(), rows.get(place)) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    let ahead = rows.iter().filter(|row| beyond(figure(row), figure(own), highest)).count();
    let mut found = Found {
        verdict: Some(Verdict::of(ahead == 0)),
        releases: evaluation.provenance.releases.clone(),
        method: Some(evaluation.provenance.method.clone()),
        lowered: usize::from(is_partial(&evaluation.coverage)),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {}, number {} of {} from the {}; {} comes first with {}.",
        [
            name(&own.name),
            of(&definition.id, figure(own)),
            words((ahead + 1).to_string()),
            words(rows.len().to_string()),
            words(if highest { "highest" } else { "lowest" }),
            name(&first.name),
            of(&definition.id, figure(first)),
        ],
    ));
    let alike = rows.iter().filter(|row| row.organisation.code != code && overlap(row, own)).count();
    if alike > 0 {
        found.answer.push(Said::new(
            "The intervals of {} overlap with its own: a ranking says less than it seems to.",
            [count(alike as f64, "other", "others")],
        ));
    }
    found.figures = vec![compare::shown(definition, own, period), compare::shown(definition, first, period)];
    found.named = rows
        .iter()
        .take(3)
        .map(|row| Named {
            organisation: row.organisation.clone(),
            name: row.name.clone(),
            why: Said::new("{}", [of(&definition.id, figure(row))]),
        })
        .collect();
    let drawn = rows.iter().enumerate().filter(|(index, _)| *index < MOST_BARS || *index == place);
    let bars = drawn.map(|(index, row)| {
        let bar = Bar::new(row.name.clone(), figure(row))
            .limits(row.estimate.and_then(|one| one.lower.zip(one.upper)));
        if index == place { bar.subject() } else { bar }
    });
    found.exhibit = Some(Exhibit::Bars {
        title: format!("{}, {}", definition.name, period.in_words()),
        unit: Unit::Indicator(definition.id.clone()),
        bars: bars.collect(),
    });
    Ok(found)
}

fn beyond(figure: f64, own: f64, highest: bool) -> bool {
    if highest { figure > own } else { figure < own }
}

fn overlap(left: &Row, right: &Row) -> bool {
    let limits = |row: &Row| row.estimate.and_then(|one| one.lower.zip(one.upper));
    limits(left).zip(limits(right)).is_some_and(|(left, right)| left.0 <= right.1 && right.0 <= left.1)
}

fn wants_highest(polarity: Polarity, direction: Direction) -> Option<bool> {
    match (direction, polarity) {
        (Direction::Highest | Direction::Above, _)
        | (Direction::Best, Polarity::HigherIsBetter)
        | (Direction::Worst, Polarity::LowerIsBetter) => Some(true),
        (Direction::Lowest | Direction::Below, _)
        | (Direction::Best, Polarity::LowerIsBetter)
        | (Direction::Worst, Polarity::HigherIsBetter) => Some(false),
        _ => None,
    }
}

/// `{share} of practices are {direction} England on {indicator}`.
pub(super) fn practices(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let slots = &asking.claim.slots;
    let (Some(definition), Some(direction)) = (asking.definition(), slots.direction) else {
        return Ok(Found::default());
    };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Practice)?;
    let mut on_side: Vec<&Row> = Vec::new();
    let mut with_figure = 0_usize;
    for row in &evaluation.rows {
        let (Some(estimate), Some(england)) = (row.estimate, row.england.reference) else { continue };
        with_figure += 1;
        let side = compare::side(&row.england, estimate.value, england);
        match compare::holds(definition.polarity, direction, side) {
            Some(true) => on_side.push(row),
            Some(false) => {}
            None => {
                return Ok(lacking(
                    Said::plain("Neither direction of this figure is good or bad: ask for above or below."),
                    ["“above” or “below” in place of “better” or “worse”".to_owned()],
                ));
            }
        }
    }
    if with_figure == 0 {
        return Ok(no_figure_of(&asking.place, definition));
    }
    let counted = on_side.len() as f64;
    let part = counted / with_figure as f64;
    let holds = match (asking.number("share"), slots.given.get("many").map(String::as_str)) {
        (Some(stated), _) if stated.kind == QuantityKind::Share => stated.agrees(part),
        (Some(stated), _) => stated.agrees(counted),
        (None, Some("all")) => on_side.len() == with_figure,
        _ => part > 0.5,
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: evaluation.provenance.releases.clone(),
        method: Some(evaluation.provenance.method.clone()),
        lowered: usize::from(is_partial(&evaluation.coverage)),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} of {} with a figure in {} ({}) lie {} England on “{}”, by their 95% intervals.",
        [
            words(on_side.len().to_string()),
            count(with_figure as f64, "practice", "practices"),
            name(&asking.place.name),
            share(part),
            words(side_in_words(direction)),
            words(definition.name.clone()),
        ],
    ));
    found.limits.push("By chance alone about one practice in forty would lie outside on each side.".to_owned());
    found.figures.push(Shown {
        label: "Share of practices on that side".to_owned(),
        value: part,
        limits: None,
        unit: Unit::Share(1),
        period: Some(period),
    });
    on_side.sort_by(|a, b| {
        let far = |row: &Row| {
            row.estimate.zip(row.england.reference).map_or(0.0, |(one, england)| (one.value - england).abs())
        };
        far(b).total_cmp(&far(a)).then_with(|| a.organisation.cmp(&b.organisation))
    });
    found.named = on_side
        .iter()
        .take(3)
        .map(|row| Named {
            organisation: row.organisation.clone(),
            name: row.name.clone(),
            why: Said::new("{}", [of(&definition.id, row.estimate.map_or(f64::NAN, |one| one.value))]),
        })
        .collect();
    if evaluation.funnel.is_some() {
        found.exhibit = Some(Exhibit::Funnel(Box::new(evaluation)));
    }
    Ok(found)
}

pub(super) fn side_in_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Above | Direction::Highest => "above",
        Direction::Below | Direction::Lowest => "below",
        Direction::Similar => "about level with",
        Direction::Better | Direction::Best => "on the better side of",
        Direction::Worse | Direction::Worst => "on the worse side of",
    }
}

/// `{ages} make up {share} of patients`.
pub(super) fn ages(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let (Some(ages), Some(stated)) = (asking.claim.slots.ages, asking.number("share")) else {
        return Ok(Found::default());
    };
    let Some(model) = asking.checker.library().get("aged_75_and_over") else { return Ok(Found::default()) };
    let mut definition = model.clone();
    definition.numerator.ages = Some(ages);
    let aligned = ages.from.is_multiple_of(5) && ages.to.is_none_or(|to| to.is_multiple_of(5));
    if !aligned {
        for operand in [&mut definition.numerator, &mut definition.denominator] {
            "registered_single_age".clone_into(&mut operand.table);
        }
    }
    let evidence = asking.checker.evidence();
    let Some(period) = definition.periods(evidence).last().copied() else {
        return Ok(lacking(
            Said::plain("Ages that do not fit five-year bands need the lists by single year of age, which are not imported."),
            ["Patients Registered at a GP Practice, single year of age".to_owned()],
        ));
    };
    let prepared = prepare(evidence, &definition, period)?;
    let row = prepared.place(&asking.place);
    let england = prepared.england().estimate.map(|one| one.value);
    let Some(estimate) = row.estimate else { return Ok(no_figure_of(&asking.place, model)) };
    let label = match ages.to {
        Some(to) => format!("Patients aged {} to {}", ages.from, to.saturating_sub(1)),
        None => format!("Patients aged {} and over", ages.from),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(stated.agrees(estimate.value))),
        releases: prepared.at(Level::England, None).map(|one| one.provenance.releases).unwrap_or_default(),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {} of those registered in {} on {}; the sentence says {}.",
        [
            words(label.clone()),
            share(estimate.value),
            name(&asking.place.name),
            Argument::Period(period),
            Argument::Quantity(stated),
        ],
    ));
    let shown = |label: &str, value: f64| Shown {
        label: label.to_owned(),
        value,
        limits: None,
        unit: Unit::Share(1),
        period: Some(period),
    };
    found.figures.push(shown(&asking.place.name, estimate.value));
    found.figures.extend(england.map(|value| shown("England", value)));
    let mut bars = vec![Bar::new(asking.place.name.clone(), estimate.value).subject()];
    bars.extend(england.map(|value| Bar::new("England", value).reference()));
    found.exhibit = Some(Exhibit::Bars { title: label, unit: Unit::Share(1), bars });
    Ok(found)
}

/// `{share} of patients live in the most deprived fifth of areas`.
pub(super) fn deprived_areas(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    const MOST_DEPRIVED_DECILE: f64 = 2.0;
    let Some(stated) = asking.number("share") else { return Ok(Found::default()) };
    let evidence = asking.checker.evidence();
    let Some(period) = evidence.periods("registered_area").last().copied() else {
        return Ok(lacking(
            Said::plain("Where patients live is not imported."),
            ["Patients Registered at a GP Practice, by LSOA".to_owned()],
        ));
    };
    let deciles = deciles(asking)?;
    let frame = evidence.frame("registered_area", period)?;
    let known = evidence.affiliations(period.first_day())?;
    let held = asking.place.practices(&known);
    let (mut deprived, mut placed, mut all) = (0.0, 0.0, 0.0);
    let (Some(practice), Some(area), Some(patients)) =
        (frame.text("practice"), frame.text("area"), frame.number("patients"))
    else {
        return Ok(Found::default());
    };
    for (row, patients) in patients.iter().enumerate().filter(|(_, patients)| patients.is_finite()) {
        if !asking.is_england() && !practice.get(row).is_some_and(|code| held.contains(code)) {
            continue;
        }
        all += patients;
        let Some(decile) = area.get(row).and_then(|code| deciles.get(code)) else { continue };
        placed += patients;
        if *decile <= MOST_DEPRIVED_DECILE {
            deprived += patients;
        }
    }
    if placed <= 0.0 {
        return Ok(lacking(
            Said::plain("The deprivation of the areas where patients live is not imported."),
            ["Indices of Deprivation by LSOA of the same census".to_owned()],
        ));
    }
    let part = deprived / placed;
    let mut found = Found {
        verdict: Some(Verdict::of(stated.agrees(part))),
        releases: asking.releases("registered_area", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} of the patients of {} live in the most deprived fifth of England’s small areas; the sentence says {}. The areas of {} are known.",
        [share(part), name(&asking.place.name), Argument::Quantity(stated), share(placed / all)],
    ));
    let shown = |label: &str, value: f64| Shown {
        label: label.to_owned(),
        value,
        limits: None,
        unit: Unit::Share(1),
        period: Some(period),
    };
    found.figures = vec![shown(&asking.place.name, part), shown("England by construction (of residents)", 0.2)];
    found.exhibit = Some(Exhibit::Bars {
        title: "Patients who live in the most deprived fifth of areas".to_owned(),
        unit: Unit::Share(1),
        bars: vec![
            Bar::new(asking.place.name.clone(), part).subject(),
            Bar::new("England by construction", 0.2).reference(),
        ],
    });
    Ok(found)
}

/// The decile of overall deprivation of every small area, from the latest period.
fn deciles(asking: &Asking<'_, '_>) -> Result<std::collections::BTreeMap<String, f64>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let mut found = std::collections::BTreeMap::new();
    for period in evidence.periods("deprivation") {
        let frame = evidence.frame("deprivation", period)?;
        let (Some(area), Some(domain), Some(decile)) =
            (frame.text("area"), frame.text("domain"), frame.number("decile"))
        else {
            continue;
        };
        for (row, decile) in decile.iter().enumerate().filter(|(_, decile)| decile.is_finite()) {
            if domain.get(row) == Some("overall")
                && let Some(area) = area.get(row)
            {
                found.insert(area.to_owned(), *decile);
            }
        }
    }
    Ok(found)
}

/// A side found, as one word of a comparison.
pub(super) fn side_word(side: Side) -> &'static str {
    match side {
        Side::Below => "below",
        Side::Alike => "level with",
        Side::Above => "above",
    }
}

/// A figure of a period, for a table.
pub(super) fn line(label: &str, value: f64, unit: Unit, period: Option<Period>) -> Shown {
    Shown { label: label.to_owned(), value, limits: None, unit, period }
}
