//! A figure against England, against the larger organisation, or against another: by the interval of the figure, with
//! the count of people between them.

use evidence::Place;
use stats::quantile::{Ties, quantiles};
use vocab::{Level, Period};

use super::super::mention::Direction;
use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, of, words};
use super::asking::{Asking, Found, no_figure_of};
use indicators::definition::{Definition, Polarity, Statistic};
use indicators::evaluate::{Comparison, EvaluateError, Evaluation, Row, Verdict as Word};

/// Organisations named at most.
const MOST_NAMED: usize = 3;
/// Figures without an interval are called alike when they differ by less than this share (an assumption, stated in
/// the reading).
const ALIKE: f64 = 0.02;
/// From which share of the reference on a difference is a large one (an assumption, stated in the methods chapter).
const LARGE_FROM: f64 = 0.1;

pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(direction)) = (asking.definition(), asking.claim.slots.direction)
    else {
        return Ok(Found::default());
    };
    let (evaluation, row) = asking.figure(definition)?;
    let Some(row) = row.filter(|row| row.estimate.is_some()) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    if let Some(part) = asking.part_only(definition, &row).or_else(|| within_itself(asking)) {
        return Ok(part);
    }
    let Some((reference_name, reference, comparison)) = reference(asking, &row)? else {
        let withheld = evaluation.withheld(&row);
        return Ok(
            withheld.map_or_else(|| nothing_to_compare(&asking.place), super::asking::withheld)
        );
    };
    let value = row.estimate.map_or(f64::NAN, |estimate| estimate.value);
    let side = side(&comparison, value, reference);
    let size = size(asking, direction, side, (value, reference));
    let holds = if size.is_some() { None } else { holds(definition.polarity, direction, side) };
    let mut found = Found::of(&evaluation);
    found.verdict = holds.map(Verdict::of);
    found.answer.push(sentence(asking, definition, &row, side, (&reference_name, reference)));
    found.figures = figures(definition, &evaluation, &row, (&reference_name, reference));
    people_between(definition, &evaluation, &row, &reference_name, reference, &mut found);
    if let Some(said) = size {
        found.answer.push(Said::plain(said));
        found.lacks.push("a sentence that says only on which side it lies".to_owned());
    } else if holds.is_none() {
        found.answer.push(Said::plain(
            "Neither direction of this figure is good or bad, so “better” and “worse” cannot be answered: ask whether it is higher or lower.",
        ));
    }
    if comparison.at_95 == Word::NotCompared {
        found.lowered += 1;
        found.limits.push(
            "No method gives this figure an interval; figures that differ by less than 2% are called alike (assumption)."
                .to_owned(),
        );
    }
    practices(asking, definition, &evaluation, side, &mut found);
    if found.exhibit.is_none() {
        found.exhibit =
            Some(bars(asking, definition, &row, Some((&reference_name, reference)), &evaluation));
    }
    Ok(found)
}

/// What is said where the size of a difference is not what the sentence makes of it: `far above`, `slightly above`, and
/// `in line with` of a difference that is certain and small.
fn size(
    asking: &Asking<'_>,
    direction: Direction,
    side: Side,
    (value, reference): (f64, f64),
) -> Option<&'static str> {
    const LARGE: [&str; 9] = [
        "far",
        "much",
        "well",
        "considerably",
        "markedly",
        "substantially",
        "vastly",
        "way",
        "dramatically",
    ];
    const SMALL: [&str; 5] = ["slightly", "marginally", "narrowly", "somewhat", "fractionally"];
    let difference = (value / reference - 1.0).abs();
    let sentence = asking.claim.sentence.to_lowercase();
    let says = |words: &[&str]| sentence.split_whitespace().any(|word| words.contains(&word));
    if direction == Direction::Similar {
        return (side != Side::Alike && difference < LARGE_FROM)
            .then_some("The difference is more than chance would give and less than a tenth: whether that is in line is for the reader.");
    }
    if side == Side::Alike {
        return None;
    }
    match (says(&LARGE), says(&SMALL)) {
        (true, false) if difference < LARGE_FROM => {
            Some("The difference is less than a tenth: the sentence makes it large.")
        }
        (false, true) if difference > LARGE_FROM => {
            Some("The difference is more than a tenth: the sentence makes it small.")
        }
        _ => None,
    }
}

/// What is said where the place and whom it is held against are mostly the same practices.
fn within_itself(asking: &Asking<'_>) -> Option<Found> {
    let known = asking.checker.known();
    let other = asking.claim.slots.reference.as_ref()?;
    let (mine, theirs) = (asking.place.practices(known), other.practices(known));
    let shared = mine.intersection(&theirs).count();
    (2 * shared > theirs.len()).then(|| {
        super::asking::lacking(
            Said::new(
                "{} of the {} practices of {} are those of {}: it would be held against itself.",
                [
                    words(shared.to_string()),
                    words(theirs.len().to_string()),
                    name(&other.name),
                    name(&asking.place.name),
                ],
            ),
            ["a comparison with the practices that are not in it, or with England".to_owned()],
        )
    })
}

/// On which side of the reference a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Alike,
    Above,
}

/// Whom the figure is held against: another organisation that the sentence names, the parent, or England.
fn reference(
    asking: &Asking<'_>,
    row: &Row,
) -> Result<Option<(String, f64, Comparison)>, EvaluateError> {
    let given = asking.claim.slots.given.get("against").map(String::as_str);
    if let Some(other) = &asking.claim.slots.reference {
        return other_organisation(asking, other, row);
    }
    if given == Some("parent") {
        let parent = row.parent.as_ref().and_then(|(organisation, comparison)| {
            let known = asking.checker.known();
            let name = known.name_of(organisation.level, &organisation.code).to_owned();
            Some((name, comparison.reference?, *comparison))
        });
        return Ok(parent);
    }
    Ok(row.england.reference.map(|whole| (asking.whole().to_owned(), whole, row.england)))
}

/// What is said where a place is all that there is.
fn nothing_to_compare(place: &Place) -> Found {
    super::asking::lacking(
        Said::new(
            "{} has a figure and nothing to hold it against: it has no larger organisation, or is all that is imported.",
            [name(&place.name)],
        ),
        ["releases that cover the rest of England".to_owned()],
    )
}

/// Another organisation's figure.
fn other_organisation(
    asking: &Asking<'_>,
    other: &Place,
    row: &Row,
) -> Result<Option<(String, f64, Comparison)>, EvaluateError> {
    let Some(definition) = asking.definition() else { return Ok(None) };
    let period = asking.period(definition)?;
    let (_, theirs) = asking.checker.row_of(definition, period, other)?;
    let amounts =
        |row: &Row| row.estimate.map(|estimate| (estimate.numerator, estimate.denominator));
    let Some((mine, theirs)) = amounts(row).zip(theirs.as_ref().and_then(amounts)) else {
        return Ok(None);
    };
    let comparison = Comparison::between(definition, mine, theirs);
    Ok(comparison.reference.map(|reference| (other.name.clone(), reference, comparison)))
}

pub(super) fn side(comparison: &Comparison, value: f64, reference: f64) -> Side {
    match comparison.at_95 {
        Word::Similar => Side::Alike,
        Word::NotCompared if (value - reference).abs() < ALIKE * reference.abs() => Side::Alike,
        _ if value > reference => Side::Above,
        _ => Side::Below,
    }
}

/// Whether a claimed side is the side found; nothing where good and bad have no meaning.
pub(super) fn holds(polarity: Polarity, claimed: Direction, side: Side) -> Option<bool> {
    let better = match polarity {
        Polarity::HigherIsBetter => Some(Side::Above),
        Polarity::LowerIsBetter => Some(Side::Below),
        Polarity::Neither => None,
    };
    Some(match claimed {
        Direction::Above | Direction::Highest => side == Side::Above,
        Direction::Below | Direction::Lowest => side == Side::Below,
        Direction::Similar => side == Side::Alike,
        Direction::Better | Direction::Best => better? == side,
        Direction::Worse | Direction::Worst => side != Side::Alike && better? != side,
    })
}

fn sentence(
    asking: &Asking<'_>,
    definition: &Definition,
    row: &Row,
    side: Side,
    reference: (&str, f64),
) -> Said {
    let place = name(&asking.place.name);
    let value = row.estimate.map_or(f64::NAN, |estimate| estimate.value);
    let indicator = words(definition.name.clone());
    let (mine, theirs) = (of(&definition.id, value), of(&definition.id, reference.1));
    let with = name(reference.0);
    let limits = row.estimate.and_then(|estimate| estimate.lower.zip(estimate.upper));
    let relation = match (side, limits.is_some()) {
        (Side::Below, true) => "below, by more than chance would give",
        (Side::Above, true) => "above, by more than chance would give",
        (Side::Below, false) => "below",
        (Side::Above, false) => "above",
        (Side::Alike, true) => "no further away than chance would give",
        (Side::Alike, false) => "about the same",
    };
    match limits {
        Some((lower, upper)) => Said::new(
            "{}, {}: {} (95% interval {}); {}: {}. It lies {}.",
            [
                indicator,
                place,
                mine,
                Argument::Interval(lower, upper, Unit::Indicator(definition.id.clone())),
                with,
                theirs,
                words(relation),
            ],
        ),
        None => Said::new(
            "{}, {}: {}; {}: {}. It lies {}.",
            [indicator, place, mine, with, theirs, words(relation)],
        ),
    }
}

fn figures(
    definition: &Definition,
    evaluation: &Evaluation,
    row: &Row,
    reference: (&str, f64),
) -> Vec<Shown> {
    let unit = Unit::Indicator(definition.id.clone());
    let theirs = Shown::new(reference.0, reference.1, unit).in_period(evaluation.period);
    vec![shown(definition, row, evaluation.period), theirs]
}

/// How many people lie between the figure and the reference, and the best quarter: of proportions with a good direction.
fn people_between(
    definition: &Definition,
    evaluation: &Evaluation,
    row: &Row,
    reference_name: &str,
    reference: f64,
    found: &mut Found,
) {
    let Some(estimate) = row.estimate.filter(|_| definition.statistic == Statistic::Proportion)
    else {
        return;
    };
    // A weighted survey or points count no people.
    if definition.interval == indicators::definition::Interval::None
        || definition.numerator.times.is_some()
    {
        return;
    }
    let missing = |target: f64| match definition.polarity {
        Polarity::HigherIsBetter => (target - estimate.value) * estimate.denominator,
        Polarity::LowerIsBetter => (estimate.value - target) * estimate.denominator,
        Polarity::Neither => 0.0,
    };
    let noun = definition.denominator.column.as_str();
    let things: (&'static str, &'static str) = match noun {
        "appointments" => ("appointment", "appointments"),
        _ => ("person", "people"),
    };
    let short = missing(reference);
    if short >= 1.0 {
        found.answer.push(Said::new(
            "{} stand between this and the figure of {}.",
            [count(libm::ceil(short), things.0, things.1), name(reference_name)],
        ));
    }
    if let Some(best) = best_quarter(definition, evaluation) {
        let short = missing(best);
        if short >= 1.0 {
            found.answer.push(Said::new(
                "To the best quarter of {} ({}) it is {}.",
                [
                    words(evaluation.level.plural()),
                    of(&definition.id, best),
                    count(libm::ceil(short), things.0, things.1),
                ],
            ));
        }
    }
}

/// The figure at which the best quarter of a level begins.
fn best_quarter(definition: &Definition, evaluation: &Evaluation) -> Option<f64> {
    let mut values: Vec<f64> =
        evaluation.rows.iter().filter_map(|row| Some(row.estimate?.value)).collect();
    if values.len() < 8 {
        return None;
    }
    let quarters = quantiles(&values, 4, false, Ties::Lowest).ok()?;
    let wanted = match definition.polarity {
        Polarity::HigherIsBetter => 4,
        Polarity::LowerIsBetter => 1,
        Polarity::Neither => return None,
    };
    let mut of_quarter: Vec<f64> = values
        .drain(..)
        .zip(quarters)
        .filter(|(_, quarter)| *quarter == wanted)
        .map(|(value, _)| value)
        .collect();
    of_quarter.sort_by(f64::total_cmp);
    if wanted == 4 { of_quarter.first().copied() } else { of_quarter.last().copied() }
}

/// The practices within the place that lie furthest out on the side found, and their funnel.
fn practices(
    asking: &Asking<'_>,
    definition: &Definition,
    evaluation: &Evaluation,
    side: Side,
    found: &mut Found,
) {
    let single = asking.place.single().map(|(level, _)| level);
    if asking.is_england()
        || single == Some(Level::Practice)
        || !definition.levels.contains(&Level::Practice)
    {
        return;
    }
    let Some(definition) = asking.checker.library().get(&definition.id) else { return };
    let Ok(within) = asking.rows_within(definition, evaluation.period, Level::Practice) else {
        return;
    };
    let mut outside: Vec<(&Row, f64)> = within
        .rows
        .iter()
        .filter_map(|row| {
            let estimate = row.estimate?;
            let england = row.england.reference?;
            let people = (estimate.value - england) * estimate.denominator;
            let own = super::compare::side(&row.england, estimate.value, england);
            let wanted = if side == Side::Alike { Side::Below } else { side };
            (own == wanted && row.england.at_998 != Word::Similar).then_some((row, people.abs()))
        })
        .collect();
    outside
        .sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.organisation.cmp(&b.0.organisation)));
    found.named = outside
        .iter()
        .take(MOST_NAMED)
        .map(|(row, _)| Named {
            organisation: row.organisation.clone(),
            name: row.name.clone(),
            why: Said::new(
                "{} against {} in {}",
                [
                    of(&definition.id, row.estimate.map_or(f64::NAN, |one| one.value)),
                    of(&definition.id, row.england.reference.unwrap_or(f64::NAN)),
                    words(asking.whole()),
                ],
            ),
        })
        .collect();
    if within.funnel.is_some() {
        found.exhibit = Some(Exhibit::Funnel(Box::new(within)));
    }
}

/// A figure of an organisation, for a table.
pub(super) fn shown(definition: &Definition, row: &Row, period: Period) -> Shown {
    let value = row.estimate.map_or(f64::NAN, |one| one.value);
    Shown::new(row.name.clone(), value, Unit::Indicator(definition.id.clone()))
        .in_period(period)
        .limits(row.estimate.and_then(|one| one.lower.zip(one.upper)))
}

/// An organisation beside England and beside whom it is held against.
pub(super) fn bars(
    asking: &Asking<'_>,
    definition: &Definition,
    row: &Row,
    reference: Option<(&str, f64)>,
    evaluation: &Evaluation,
) -> Exhibit {
    let mut bars = Vec::new();
    if row.organisation.level != Level::England {
        bars.extend(
            evaluation
                .comparable_england()
                .and_then(|row| row.estimate)
                .map(|one| Bar::new(asking.whole(), one.value).reference()),
        );
    }
    bars.extend(
        reference
            .filter(|(name, _)| *name != asking.whole())
            .map(|(name, value)| Bar::new(name, value).reference()),
    );
    let one = shown(definition, row, evaluation.period);
    bars.push(Bar::new(one.label, one.value).subject().limits(one.limits));
    Exhibit::Bars {
        title: format!("{}, {}", definition.name, evaluation.period.in_words()),
        unit: Unit::Indicator(definition.id.clone()),
        bars,
    }
}
