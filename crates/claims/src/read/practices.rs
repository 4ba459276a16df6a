//! How many practices lie on one side of England.

use vocab::Level;

use super::super::mention::{Direction, QuantityKind};
use super::super::reading::{Exhibit, Named, Shown, Verdict};
use super::super::said::{Said, Unit, count, name, of, share, words};
use super::asking::{Asking, Found, lacking, no_figure_of};
use super::compare;
use indicators::definition::Definition;
use indicators::evaluate::{EvaluateError, Evaluation, Row};

/// `{share} of practices are {direction} England on {indicator}`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(direction)) = (asking.definition(), asking.claim.slots.direction)
    else {
        return Ok(Found::default());
    };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Practice)?;
    if let Some(why) = evaluation.reference.withheld() {
        return Ok(super::asking::withheld(why));
    }
    let Some((mut on_side, with_figure)) = sides(definition, &evaluation, direction) else {
        return Ok(lacking(
            Said::plain("Neither direction of this figure is good or bad: ask for above or below."),
            ["“above” or “below” in place of “better” or “worse”".to_owned()],
        ));
    };
    if with_figure == 0 {
        return Ok(no_figure_of(&asking.place, definition));
    }
    let part = on_side.len() as f64 / with_figure as f64;
    let mut found = Found::of(&evaluation);
    found.verdict = Some(Verdict::of(holds(asking, on_side.len(), with_figure)));
    found.answer.push(Said::new(
        "{} of {} with a figure in {} ({}) lie {} {} on “{}”, by their 95% intervals.",
        [
            words(on_side.len().to_string()),
            count(with_figure as f64, "practice", "practices"),
            name(&asking.place.name),
            share(part),
            words(side_in_words(direction)),
            words(asking.whole()),
            words(definition.name.clone()),
        ],
    ));
    found.limits.push(
        "By chance alone about one practice in forty would lie outside on each side.".to_owned(),
    );
    let label = "Share of practices on that side";
    found.figures.push(Shown::new(label, part, Unit::Share(1)).in_period(period));
    on_side.sort_by(|a, b| {
        far(b).total_cmp(&far(a)).then_with(|| a.organisation.cmp(&b.organisation))
    });
    let why = |row: &Row| {
        Said::new("{}", [of(&definition.id, row.estimate.map_or(f64::NAN, |one| one.value))])
    };
    found.named = on_side.iter().take(3).map(|row| Named::of(row, why(row))).collect();
    if evaluation.funnel.is_some() {
        found.exhibit = Some(Exhibit::Funnel(Box::new(evaluation)));
    }
    Ok(found)
}

/// The practices on a side, and how many have a figure; nothing where good and bad have no meaning.
fn sides<'e>(
    definition: &Definition,
    evaluation: &'e Evaluation,
    direction: Direction,
) -> Option<(Vec<&'e Row>, usize)> {
    let mut on_side = Vec::new();
    let mut with_figure = 0;
    for row in &evaluation.rows {
        let (Some(estimate), Some(england)) = (row.estimate, row.england.reference) else {
            continue;
        };
        with_figure += 1;
        let side = compare::side(&row.england, estimate.value, england);
        if compare::holds(definition.polarity, direction, side)? {
            on_side.push(row);
        }
    }
    Some((on_side, with_figure))
}

fn holds(asking: &Asking<'_>, on_side: usize, with_figure: usize) -> bool {
    let part = on_side as f64 / with_figure as f64;
    let many = asking.claim.slots.given.get("many").map(String::as_str);
    match (asking.number("share"), many) {
        (Some(stated), _) if stated.kind == QuantityKind::Share => stated.agrees(part),
        (Some(stated), _) => stated.agrees(on_side as f64),
        (None, Some("all")) => on_side == with_figure,
        _ => part > 0.5,
    }
}

fn far(row: &Row) -> f64 {
    row.estimate
        .zip(row.england.reference)
        .map_or(0.0, |(one, england)| (one.value - england).abs())
}

fn side_in_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Above | Direction::Highest => "above",
        Direction::Below | Direction::Lowest => "below",
        Direction::Similar => "about level with",
        Direction::Better | Direction::Best => "on the better side of",
        Direction::Worse | Direction::Worst => "on the worse side of",
    }
}
