//! Claims about reach: who lives within minutes, how far the frail would travel, and who is offered what.

use vocab::Confidence;

use super::super::mention::Bound;
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, share, words};
use super::asking::{Asking, Found, lacking};
use indicators::evaluate::EvaluateError;
use indicators::reach::{Group, GroupReach, Mode, Offer, Question, Reach, Service, offers, reach};

/// `{share} of people live within {minutes} of a practice`.
pub(super) fn within(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let given = &asking.claim.slots.given;
    let mode = given.get("mode").and_then(|word| Mode::of(word)).unwrap_or(Mode::WalkOrBus);
    let group = given.get("group").and_then(|word| Group::of(word)).unwrap_or(Group::Everybody);
    let Some(minutes) = asking.number("minutes") else { return Ok(Found::default()) };
    let question = Question {
        service: Service::Practice,
        mode,
        group,
        when: None,
        standard: Some(minutes.value),
    };
    let answer = match asked(asking, &question)? {
        Ok(answer) => answer,
        Err(why) => return Ok(why),
    };
    let Some(part) = of(&answer, group, mode).and_then(|row| row.within) else {
        return Ok(lacking(
            Said::plain("How many of these people live in each small area is not known."),
            ["residents or patients by small area and age, and the Indices of Deprivation"
                .to_owned()],
        ));
    };
    let stated = asking.number("share");
    // `One in ten cannot reach one within half an hour` is nine in ten who can.
    let is_outside = given.contains_key("outside") != minutes.bound.is_lowest();
    let holds = match stated {
        Some(stated) if is_outside => stated.agrees(1.0 - part),
        Some(stated) if stated.bound == Bound::Exactly => part >= stated.value - stated.step / 2.0,
        Some(stated) => stated.agrees(part),
        None => !is_outside && part >= 0.9995,
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: releases(asking, &answer),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} of {} in {} live within {} minutes of a practice, {}; the sentence says {}{}.",
        [
            share(part),
            words(group.in_words().to_lowercase()),
            name(&asking.place.name),
            number(minutes.value, 0, ""),
            words(in_words(mode)),
            stated.map_or_else(|| words("everybody"), Argument::Quantity),
            words(if is_outside { " do not" } else { "" }),
        ],
    ));
    found.figures = answer
        .groups
        .iter()
        .filter(|row| row.mode == mode)
        .filter_map(|row| Some(Shown::new(row.group.in_words(), row.within?, Unit::Share(1))))
        .collect();
    found.exhibit = Some(groups(&answer, group, mode));
    Ok(found)
}

/// `People with complex needs cannot traverse the borough`: the nearest practice and the nearest emergency department
/// as the two ends of how far a service may be.
pub(super) fn traverse(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let mut found = Found::default();
    let mut bars = Vec::new();
    for (service, title) in
        [(Service::Practice, "practice"), (Service::Emergency, "emergency department")]
    {
        let question = Question {
            service,
            mode: Mode::WalkOrBus,
            group: Group::Complex,
            when: None,
            standard: None,
        };
        let answer = match asked(asking, &question)? {
            Ok(answer) => answer,
            Err(why) => {
                found.lacks.extend(why.lacks);
                continue;
            }
        };
        let Some(row) = of(&answer, Group::Complex, Mode::WalkOrBus) else { continue };
        let (Some(half), Some(ninety)) = (row.median, row.ninety) else { continue };
        found.releases.extend(releases(asking, &answer));
        found.answer.push(Said::new(
            "On foot or by bus half of the people of {} who are likely to be frail reach the nearest {} in {} minutes and nine in ten in {}.",
            [name(&asking.place.name), words(title), number(half, 0, ""), number(ninety, 0, "")],
        ));
        let minutes = Unit::Number(0, "minutes");
        found.figures.push(Shown::new(format!("Half, nearest {title}"), half, minutes.clone()));
        found.figures.push(Shown::new(format!("Nine in ten, nearest {title}"), ninety, minutes));
        bars.push(Bar::new(format!("Nearest {title}, half"), half));
        bars.push(Bar::new(format!("Nearest {title}, nine in ten"), ninety).subject());
    }
    found.releases.sort();
    found.releases.dedup();
    if found.answer.is_empty() {
        found.answer.push(Said::plain("How far people would travel is not known."));
        return Ok(found);
    }
    found.exhibit = Some(Exhibit::Bars {
        title: "Minutes one way for people likely to be frail".to_owned(),
        unit: Unit::Number(0, "minutes"),
        bars,
    });
    Ok(found)
}

/// `There is inequity in the distribution of extended services`.
pub(super) fn offered(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let known = offers(
        asking.checker.evidence(),
        &*asking.checker.ground()?,
        &asking.place,
        asking.checker.known(),
    )?;
    let judged: Vec<&Offer> = known
        .services
        .iter()
        .filter(|offer| offer.index.is_ok() && is_offered_by_some(offer))
        .collect();
    if judged.is_empty() {
        return Ok(lacking(
            Said::new(
                "Nothing is imported for {} that says which practice offers what.",
                [name(&asking.place.name)],
            ),
            [],
        ));
    }
    let unequal: Vec<&&Offer> = judged.iter().filter(|offer| is_unequal(offer)).collect();
    // A sentence that says who is worse off holds where more services go to the less deprived than to the more.
    let to_affluent = unequal
        .iter()
        .filter(|offer| offer.index.as_ref().is_ok_and(|index| index.value > 0.0))
        .count();
    let holds = match asking.claim.slots.given.get("to") {
        Some(_) => to_affluent * 2 > unequal.len(),
        None => !unequal.is_empty(),
    };
    let mut found = Found { verdict: Some(Verdict::of(holds)), ..Found::default() };
    let named: Vec<String> = unequal
        .iter()
        .map(|offer| {
            let less = offer.index.as_ref().is_ok_and(|index| index.value > 0.0);
            format!("{} (to the {} deprived)", offer.name, if less { "less" } else { "more" })
        })
        .collect();
    found.answer.push(Said::new(
        "Of {} that some practices of {} offer and others do not, {} unequally spread over deprivation by more than chance{}.",
        [
            count(judged.len() as f64, "service", "services"),
            name(&asking.place.name),
            count(unequal.len() as f64, "is", "are"),
            words(if named.is_empty() { String::new() } else { format!(": {}", named.join(", ")) }),
        ],
    ));
    found.figures = judged.iter().filter_map(|offer| index_of(offer)).collect();
    let bars = judged.iter().filter_map(|offer| {
        let index = offer.index.as_ref().ok()?;
        let limits = Some((index.limits.lower, index.limits.upper));
        Some(Bar::new(offer.name, index.value).limits(limits))
    });
    found.exhibit = Some(Exhibit::Bars {
        title: "Index of each service over deprivation".to_owned(),
        unit: Unit::Number(2, ""),
        bars: bars.collect(),
    });
    found.limits.push(format!(
        "Intervals at {}; a service is named where its interval leaves out nought.",
        Confidence::P95
    ));
    Ok(found)
}

/// The index of a service, as a figure.
fn index_of(offer: &Offer) -> Option<Shown> {
    let index = offer.index.as_ref().ok()?;
    let label = format!("{}: index (above 0, the less deprived are better served)", offer.name);
    let limits = Some((index.limits.lower, index.limits.upper));
    Some(Shown::new(label, index.value, Unit::Number(2, "")).limits(limits).in_period(offer.period))
}

/// Whether some practices offer it and others do not: what all or none offer cannot be unequal.
fn is_offered_by_some(offer: &Offer) -> bool {
    offer.practices.values().any(|offers| *offers)
        && !offer.practices.values().all(|offers| *offers)
}

fn is_unequal(offer: &Offer) -> bool {
    const NOUGHT: f64 = 1e-9;
    offer
        .index
        .as_ref()
        .is_ok_and(|index| index.limits.lower > NOUGHT || index.limits.upper < -NOUGHT)
}

/// The reach of the place, or a reading that says why there is none.
fn asked(asking: &Asking<'_>, question: &Question) -> Result<Result<Reach, Found>, EvaluateError> {
    let checker = asking.checker;
    let answer =
        reach(checker.evidence(), &*checker.ground()?, &asking.place, checker.known(), question)?;
    Ok(answer.map_err(|why| {
        lacking(Said::new("{}", [words(why.in_words())]), [why.in_words().to_owned()])
    }))
}

fn of(answer: &Reach, group: Group, mode: Mode) -> Option<&GroupReach> {
    answer.groups.iter().find(|row| row.group == group && row.mode == mode)
}

fn groups(answer: &Reach, group: Group, mode: Mode) -> Exhibit {
    let bars = answer.groups.iter().filter(|row| row.mode == mode).filter_map(|row| {
        let bar = Bar::new(row.group.in_words(), row.within?);
        Some(if row.group == group { bar.subject() } else { bar })
    });
    Exhibit::Bars {
        title: format!("Share within reach of a practice, {}", in_words(mode)),
        unit: Unit::Share(1),
        bars: bars.collect(),
    }
}

fn in_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Walk => "on foot",
        Mode::WalkOrBus => "on foot or by bus",
        Mode::Drive => "by car",
    }
}

fn releases(asking: &Asking<'_>, answer: &Reach) -> Vec<String> {
    let people = if answer.registered { "registered_area" } else { "resident" };
    let mut releases: Vec<String> = answer
        .people_period
        .into_iter()
        .flat_map(|period| asking.releases(people, period))
        .collect();
    releases.extend(
        answer.lists_period.into_iter().flat_map(|period| asking.releases("list_size", period)),
    );
    releases
}
