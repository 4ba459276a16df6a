//! Claims about case mix: how much of the differences between practices it explains, and whether one practice is high
//! because of its care homes or students.
//!
//! Equation: [`methods.md#explained-variation`](../../../../docs/book/methods.md#explained-variation).

use stats::Figure;
use stats::funnel::Standing;
use vocab::Level;

use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Said, Unit, count, name, of, words};
use super::asking::{Asking, Found, lacking};
use indicators::definition::Definition;
use indicators::evaluate::EvaluateError;
use indicators::variation::{Asked, Member, NoVariation, Variation, variation};

/// `Variation in {indicator} is (not) explained by demographics`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition() else { return Ok(Found::default()) };
    let answer = match asked(asking, definition, &asking.place)? {
        Ok(answer) => answer,
        Err(why) => return Ok(why),
    };
    let bar = &answer.explanation.bar;
    let mut found = Found {
        verdict: verdict(asking, bar.explained, bar.left),
        ..base(asking, definition, &answer)
    };
    let chance = bar.chance.map_or_else(
        || words("no part can be told to be chance"),
        |chance| words(format!("{} is chance", part(chance))),
    );
    let stages: Vec<&str> = answer.stages.iter().map(|stage| stage.case_mix.in_words()).collect();
    found.answer.push(Said::new(
        "Of the variation between {} of {} in “{}” {}, {} is explained by {} and {} is left (95% intervals).",
        [
            count(answer.counted.modelled as f64, "practice", "practices"),
            name(&asking.place.name),
            words(definition.name.clone()),
            chance,
            words(part(bar.explained)),
            words(stages.join(", ")),
            words(part(bar.left)),
        ],
    ));
    found.limits.push(
        if says_most(asking) {
            "Most of it is called explained where all of the interval lies above the half."
        } else {
            "Called explained or left over where the one is larger than the other by more than their intervals."
        }
        .to_owned(),
    );
    if asking.claim.slots.given.contains_key("indicator") {
        found.limits.push(format!(
            "The sentence names no measure; “{}” was taken. Name one to ask of it.",
            definition.name
        ));
    }
    found.limits.extend(answer.gaps.iter().map(ToString::to_string));
    let figure = |label: &str, figure: Figure| {
        Shown::new(label, figure.value, Unit::Share(0))
            .limits(Some((figure.limits.lower, figure.limits.upper)))
            .in_period(answer.period)
    };
    found.figures = bar.chance.iter().map(|chance| figure("Chance", *chance)).collect();
    found.figures.push(figure("Explained by the case mix", bar.explained));
    found.figures.push(figure("Left over", bar.left));
    let bars =
        found.figures.iter().map(|one| Bar::new(one.label.clone(), one.value).limits(one.limits));
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Why practices differ: {}, {}", definition.name, answer.period.in_words()),
        unit: Unit::Share(0),
        bars: bars.collect(),
    });
    found.named = answer.moved().take(3).map(|member| moved(definition, member)).collect();
    Ok(found)
}

/// A share with its interval: `20% (15% to 25%)`.
fn part(figure: Figure) -> String {
    let percent = |value: f64| format!("{:.0}%", value * 100.0);
    format!(
        "{} ({} to {})",
        percent(figure.value),
        percent(figure.limits.lower),
        percent(figure.limits.upper)
    )
}

/// The larger part must be larger by more than the intervals; most of it is more than half, all of the interval.
fn verdict(asking: &Asking<'_>, explained: Figure, left: Figure) -> Option<Verdict> {
    if says_most(asking) {
        let is_most = explained.limits.lower > 0.5;
        // One part of the case mix may explain less than the whole of it.
        let is_part = asking.claim.slots.given.get("mix").is_some_and(|mix| mix == "part");
        let told = (is_most && !is_part) || explained.limits.upper < 0.5;
        return told.then(|| Verdict::of(is_most));
    }
    let says_left = asking.claim.slots.given.get("says").is_some_and(|says| says == "left");
    let mostly_left = left.limits.lower > explained.limits.upper;
    let mostly_explained = explained.limits.lower > left.limits.upper;
    // One part of the case mix explains no more than the whole of it: only what is left can be told.
    let is_part = asking.claim.slots.given.get("mix").is_some_and(|mix| mix == "part");
    let told = mostly_left || (mostly_explained && !is_part);
    told.then(|| Verdict::of(mostly_left == says_left))
}

/// Whether the sentence says that most of it is explained.
fn says_most(asking: &Asking<'_>) -> bool {
    asking.claim.slots.given.get("share").is_some_and(|share| share == "most")
}

fn base(asking: &Asking<'_>, definition: &Definition, answer: &Variation) -> Found {
    Found {
        releases: asking.releases(definition.pacing_table(), answer.period),
        method: Some("explained-variation".to_owned()),
        ..Found::default()
    }
}

/// A practice whose verdict changes once its patients are allowed for.
fn moved(definition: &Definition, member: &Member) -> Named {
    let reasons: Vec<&str> = member.reasons.iter().map(|reason| reason.label.as_str()).collect();
    Named {
        organisation: vocab::Organisation { level: Level::Practice, code: member.code.clone() },
        name: member.name.clone(),
        why: Said::new(
            "{}: its verdict changes once its patients are allowed for ({})",
            [of(&definition.id, member.value), words(reasons.join(", "))],
        ),
    }
}

/// Why the practices of a place differ, or a reading that says why there is no answer.
fn asked<'a>(
    asking: &Asking<'a>,
    definition: &'a Definition,
    place: &evidence::Place,
) -> Result<Result<Variation, Found>, EvaluateError> {
    let period = match definition.periods(asking.checker.evidence()).last().copied() {
        Some(_) => asking.period(definition)?,
        None => return Ok(Err(super::asking::no_figure_of(place, definition))),
    };
    match variation(asking.checker.evidence(), definition, period, place, Asked::default()) {
        Ok(answer) => Ok(Ok(answer)),
        Err(NoVariation::Evaluate(error)) => Err(error),
        Err(NoVariation::Evidence(error)) => Err(error.into()),
        Err(why) => Ok(Err(lacking(
            Said::new("Case mix cannot be held against it: {}.", [words(why.to_string())]),
            ["more practices, or an indicator that can be asked".to_owned()],
        ))),
    }
}

/// `{practice} is high on {indicator} because of its care homes`: high before its patients are allowed for, not after,
/// and care homes or students among what makes the difference.
pub(super) fn made_by(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let practice = asking.place.single().filter(|(level, _)| *level == Level::Practice);
    let (Some(definition), Some((_, code))) = (asking.definition(), practice) else {
        return Ok(super::pending::found(asking));
    };
    let answer = match asked(asking, definition, &asking.home)? {
        Ok(answer) => answer,
        Err(why) => return Ok(why),
    };
    let Some(member) = answer.members.iter().find(|member| member.code == code) else {
        return Ok(super::asking::no_figure_of(&asking.place, definition));
    };
    let about = asking.claim.slots.given.get("about").map_or("care home", String::as_str);
    let held = answer
        .stages
        .iter()
        .any(|stage| stage.covariates.iter().any(|label| mentions(label, about)));
    let high = |standing: Standing| matches!(standing, Standing::HighInner | Standing::HighOuter);
    let reason = member.reasons.iter().find(|reason| mentions(&reason.label, about));
    let mut found = base(asking, definition, &answer);
    found.limits.extend(answer.gaps.iter().map(ToString::to_string));
    found.answer.push(Said::new(
        "{} has {}; the practices of {} together have {}. It is {} before its patients are allowed for and {} after.",
        [
            name(&member.name),
            of(&definition.id, member.value),
            name(&asking.home.name),
            of(&definition.id, answer.average),
            words(if high(member.before) { "high" } else { "not high" }),
            words(if high(member.after) { "high" } else { "not high" }),
        ],
    ));
    if held {
        let explains = high(member.before) && !high(member.after) && reason.is_some();
        found.verdict = Some(Verdict::of(explains));
    } else {
        found.lacks.push(format!("{about}s of each list: the evidence does not hold them"));
    }
    found.figures = vec![
        Shown::new(member.name.clone(), member.value, Unit::Indicator(definition.id.clone()))
            .in_period(answer.period),
    ];
    let expected = Shown::new(
        "Observed over what is expected of its patients",
        member.observed / member.expected,
        Unit::Number(2, ""),
    );
    found.figures.push(expected.in_period(answer.period));
    found.exhibit = Some(Exhibit::Bars {
        title: format!("{}: observed and expected", definition.name),
        unit: Unit::Number(1, ""),
        bars: vec![
            Bar::new("Observed", member.observed).subject(),
            Bar::new("Expected of the average practice", member.expected_before).reference(),
            Bar::new("Expected of its patients", member.expected).reference(),
        ],
    });
    Ok(found)
}

fn mentions(label: &str, about: &str) -> bool {
    let label = label.to_lowercase();
    label.contains(about)
        || (about == "student" && (label.contains("20 to 24") || label.contains("18 to 24")))
}
