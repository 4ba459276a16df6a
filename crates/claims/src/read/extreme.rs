//! The highest or lowest of a group: ranks, and how many of the others' intervals overlap.

use vocab::Level;

use super::super::mention::Direction;
use super::super::reading::{Bar, Exhibit, Named, Verdict};
use super::super::said::{Said, Unit, count, name, of, words};
use super::asking::{Asking, Found, lacking, no_figure_of};
use super::{compare, numbers};
use indicators::definition::{Definition, Polarity};
use indicators::evaluate::{Doubt, EvaluateError, Evaluation, Row};

/// Bars drawn at most.
const MOST_BARS: usize = 12;

/// `{organisation} has the highest {indicator}`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let slots = &asking.claim.slots;
    let (Some(definition), Some(direction)) = (asking.definition(), slots.direction) else {
        return Ok(Found::default());
    };
    let sentence = asking.claim.sentence.to_lowercase();
    let says_most =
        ["the most ", "the fewest ", "more "].iter().any(|word| sentence.contains(word));
    if (numbers::is_asked(asking) || says_most) && numbers::can_be_counted(definition) {
        return Ok(lacking(
            Said::plain(
                "Places are ranked by their share or rate: who has the largest number is another thing.",
            ),
            ["a sentence of the share or rate".to_owned()],
        ));
    }
    let Some((level, code)) = asking.place.single().filter(|(level, _)| *level < Level::Region)
    else {
        return Ok(lacking(
            Said::plain("The sentence names nobody who could be the highest or lowest."),
            ["the name or code of a practice, network or board".to_owned()],
        ));
    };
    if slots.level.is_some_and(|named| named != level) {
        return Ok(lacking(
            Said::new(
                "{} is no practice or network of the group that the sentence speaks of.",
                [name(&asking.place.name)],
            ),
            ["the name of an organisation of that kind".to_owned()],
        ));
    }
    let Some(highest) = wants_highest(definition.polarity, direction) else {
        return Ok(lacking(
            Said::plain(
                "Neither direction of this figure is good or bad: ask for the highest or the lowest.",
            ),
            ["“highest” or “lowest” in place of “best” or “worst”".to_owned()],
        ));
    };
    let period = asking.period(definition)?;
    let group = if asking.home_is_england() { None } else { Some(&asking.home) };
    let evaluation = asking.checker.prepared(definition, period)?.at(level, group)?;
    let rows = ordered(&evaluation, highest);
    if let Some((row, doubt)) = evaluation.row(code).and_then(|row| Some((row, row.doubt?))) {
        return Ok(unranked(definition, row, doubt));
    }
    let Some(place) = rows.iter().position(|row| row.organisation.code == code) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    Ok(reading(definition, &evaluation, &rows, place, highest))
}

/// What is said of one whose figure cannot be ranked.
fn unranked(definition: &Definition, row: &Row, doubt: Doubt) -> Found {
    let limits = row.estimate.and_then(|one| one.lower.zip(one.upper));
    let reason = words(doubt.to_string());
    let said = match (row.value(), limits) {
        (Some(value), Some((lower, upper))) => Said::new(
            "{}: {} (95% interval {} to {}), {}.",
            [
                name(&row.name),
                of(&definition.id, value),
                of(&definition.id, lower),
                of(&definition.id, upper),
                reason,
            ],
        ),
        _ => Said::new("{}: {}.", [name(&row.name), reason]),
    };
    lacking(said, ["a record of the publisher's that can be compared".to_owned()])
}

/// The rows with figures that may be ranked, the end that is asked for first.
fn ordered(evaluation: &Evaluation, highest: bool) -> Vec<&Row> {
    let mut rows: Vec<&Row> = evaluation
        .rows
        .iter()
        .filter(|row| row.estimate.is_some() && row.doubt.is_none())
        .collect();
    rows.sort_by(|a, b| {
        let order = figure(a).total_cmp(&figure(b));
        let order = if highest { order.reverse() } else { order };
        order.then_with(|| a.organisation.cmp(&b.organisation))
    });
    rows
}

fn figure(row: &Row) -> f64 {
    row.estimate.map_or(f64::NAN, |one| one.value)
}

fn reading(
    definition: &Definition,
    evaluation: &Evaluation,
    rows: &[&Row],
    place: usize,
    highest: bool,
) -> Found {
    let (Some(first), Some(own)) = (rows.first(), rows.get(place)) else { return Found::default() };
    let ahead = rows.iter().filter(|row| beyond(figure(row), figure(own), highest)).count();
    let tied = |one: &Row| {
        rows.iter().filter(|row| figure(row).total_cmp(&figure(one)).is_eq()).count() > 1
    };
    let mut found = Found::of(evaluation);
    found.verdict = Some(Verdict::of(ahead == 0));
    found.answer.push(Said::new(
        "{}: {}, {} of {} from the {}; {} comes {} with {}.",
        [
            name(&own.name),
            of(&definition.id, figure(own)),
            words(format!("{}number {}", if tied(own) { "joint " } else { "" }, ahead + 1)),
            words(rows.len().to_string()),
            words(if highest { "highest" } else { "lowest" }),
            name(&first.name),
            words(if tied(first) { "joint first" } else { "first" }),
            of(&definition.id, figure(first)),
        ],
    ));
    let alike =
        rows.iter().filter(|row| row.organisation != own.organisation && overlap(row, own)).count();
    if alike > 0 {
        found.answer.push(Said::new(
            "The intervals of {} overlap with its own: a ranking says less than it seems to.",
            [count(alike as f64, "other", "others")],
        ));
    }
    found.figures = vec![
        compare::shown(definition, own, evaluation.period),
        compare::shown(definition, first, evaluation.period),
    ];
    found.figures.dedup();
    let why = |row: &Row| Said::new("{}", [of(&definition.id, figure(row))]);
    found.named = rows.iter().take(3).map(|row| Named::of(row, why(row))).collect();
    found.exhibit = Some(bars(definition, evaluation, rows, place));
    found
}

fn bars(definition: &Definition, evaluation: &Evaluation, rows: &[&Row], place: usize) -> Exhibit {
    let drawn = rows.iter().enumerate().filter(|(index, _)| *index < MOST_BARS || *index == place);
    let bars = drawn.map(|(index, row)| {
        let limits = row.estimate.and_then(|one| one.lower.zip(one.upper));
        let bar = Bar::new(row.name.clone(), figure(row)).limits(limits);
        if index == place { bar.subject() } else { bar }
    });
    Exhibit::Bars {
        title: format!("{}, {}", definition.name, evaluation.period.in_words()),
        unit: Unit::Indicator(definition.id.clone()),
        bars: bars.collect(),
    }
}

fn beyond(figure: f64, own: f64, highest: bool) -> bool {
    if highest { figure > own } else { figure < own }
}

fn overlap(left: &Row, right: &Row) -> bool {
    let limits = |row: &Row| row.estimate.and_then(|one| one.lower.zip(one.upper));
    limits(left)
        .zip(limits(right))
        .is_some_and(|(left, right)| left.0 <= right.1 && right.0 <= left.1)
}

fn wants_highest(polarity: Polarity, direction: Direction) -> Option<bool> {
    match (direction, polarity) {
        (Direction::Highest | Direction::Above, _)
        | (Direction::Best | Direction::Better, Polarity::HigherIsBetter)
        | (Direction::Worst | Direction::Worse, Polarity::LowerIsBetter) => Some(true),
        (Direction::Lowest | Direction::Below, _)
        | (Direction::Best | Direction::Better, Polarity::LowerIsBetter)
        | (Direction::Worst | Direction::Worse, Polarity::HigherIsBetter) => Some(false),
        _ => None,
    }
}
