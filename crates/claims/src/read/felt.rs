//! Capacity beside experience: appointments and the survey, of the place and of its practices.

use super::super::reading::{Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, of, words};
use super::asking::{Asking, Found, no_figure_of};
use super::compare::{self, Side};
use indicators::definition::Definition;
use indicators::evaluate::{EvaluateError, Evaluation, Row};
use indicators::felt::{Gap, Pair, felt};

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
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
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
    asking: &Asking<'a>,
    definition: &'a Definition,
) -> Result<Option<Part<'a>>, EvaluateError> {
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, value)) = row.and_then(|row| row.estimate.map(|one| (row, one.value))) else {
        return Ok(None);
    };
    if evaluation.withheld(&row).is_some() {
        return Ok(None);
    }
    let whole = row.england.reference.unwrap_or(value);
    let side = compare::side(&row.england, value, whole);
    Ok(Some(Part { definition, evaluation, row, value, whole, side }))
}

fn said(text: &'static str, asking: &Asking<'_>, part: &Part<'_>) -> Said {
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

fn lines(asking: &Asking<'_>, part: &Part<'_>) -> Vec<Shown> {
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

/// How the two go together over practices, and those with capacity that is not felt.
fn practices(asking: &Asking<'_>, capacity: &Part<'_>, experience: &Part<'_>, found: &mut Found) {
    let evidence = asking.checker.evidence();
    let both = felt(evidence, capacity.definition, experience.definition, &asking.place);
    let Ok(both) = both else { return };
    let inside: Vec<&Pair> = both.pairs.iter().filter(|pair| pair.inside).collect();
    if let Ok(relation) = &both.inside {
        found.answer.push(Said::new(
            "Over its {} practices with both figures the rank correlation of appointments and experience is {} (95% interval {}).",
            [
                words(inside.len().to_string()),
                number(relation.value, 2, ""),
                Argument::Interval(
                    relation.limits.lower,
                    relation.limits.upper,
                    Unit::Number(2, ""),
                ),
            ],
        ));
    }
    let mut unfelt: Vec<&Pair> =
        inside.into_iter().filter(|pair| pair.gap == Some(Gap::NotFelt)).collect();
    unfelt.sort_by(|a, b| {
        a.experience.total_cmp(&b.experience).then_with(|| a.practice.cmp(&b.practice))
    });
    found.answer.push(Said::new(
        "{} in the top third by appointments and the bottom third by experience.",
        [count(unfelt.len() as f64, "practice is", "practices are")],
    ));
    let why = |pair: &Pair| {
        Said::new(
            "{}; {} good experience",
            [
                of(&capacity.definition.id, pair.capacity),
                of(&experience.definition.id, pair.experience),
            ],
        )
    };
    let named = unfelt.into_iter().take(3).map(|pair| Named {
        organisation: pair.practice.clone(),
        name: pair.name.clone(),
        why: why(pair),
    });
    found.named = named.collect();
}
