//! People of an ethnic group among those who live in a place, by the census.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Frame, tables};
use indicators::evaluate::EvaluateError;
use indicators::small_areas::areas_of;

use super::super::mention::QuantityKind;
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, share, words};
use super::super::tokens::tokens;
use super::asking::{Asking, Found, lacking};

/// What every group is called that is not of White British people.
const MINORITIES: &str = "all but White British";
/// How the census calls White British people.
const WHITE_BRITISH: &str = "White: English, Welsh, Scottish, Northern Irish or British";

/// `{share} of residents are of {group}`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(group), Some(stated)) = (
        asking.claim.slots.given.get("group"),
        asking.number("share").or_else(|| asking.number("count")),
    ) else {
        return Ok(Found::default());
    };
    if is_of_others(&asking.claim.sentence) {
        return Ok(lacking(
            Said::plain(
                "The census counts residents by group: of patients, areas or a part of a group it is not told here.",
            ),
            ["a sentence of residents of one group".to_owned()],
        ));
    }
    let evidence = asking.checker.evidence();
    let none = || {
        lacking(
            Said::new(
                "The census by ethnic group of all small areas of {} is not imported.",
                [name(&asking.place.name)],
            ),
            ["the census of 2021 by ethnic group and LSOA".to_owned()],
        )
    };
    let Some(period) = evidence.periods("ethnicity").last().copied() else { return Ok(none()) };
    let inside = areas_of(evidence, &asking.place, asking.checker.known())?;
    let (groups, areas) = by_group(&*evidence.frame("ethnicity", period)?, &inside);
    let all: f64 = groups.values().sum();
    if inside.is_empty() || areas != inside.len() || all <= 0.0 {
        return Ok(none());
    }
    let some: f64 = groups.iter().filter(|(one, _)| is_of(one, group)).map(|(_, n)| n).sum();
    let holds = match stated.kind {
        QuantityKind::Share => stated.agrees(some / all),
        _ => stated.agrees(some),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("ethnicity", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} by the census of {}: {} of the {} who live in {}, {}; the sentence says {}.",
        [
            words(group.clone()),
            Argument::Period(period),
            Argument::Figure(some, Unit::Count("people")),
            Argument::Figure(all, Unit::Count("people")),
            name(&asking.place.name),
            share(some / all),
            Argument::Quantity(stated),
        ],
    ));
    found.figures = [(group.as_str(), some), ("All residents", all)]
        .map(|(label, value)| Shown::new(label, value, Unit::Count("people")).in_period(period))
        .to_vec();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Residents by ethnic group, {}", asking.place.name),
        unit: Unit::Count("people"),
        bars: broad(&groups).into_iter().map(|(name, people)| Bar::new(name, people)).collect(),
    });
    Ok(found)
}

/// Whether a sentence speaks of somebody else than the residents of a group: `patients`, `other`, `majority areas`.
fn is_of_others(sentence: &str) -> bool {
    const OTHERS: [&str; 25] = [
        "patient",
        "list",
        "register",
        "registered",
        "registration",
        "other",
        "majority",
        "area",
        "ward",
        "neighbourhood",
        "household",
        "born",
        "speak",
        "language",
        "men",
        "women",
        "male",
        "female",
        "child",
        "mainly",
        "predominantly",
        "non",
        "view",
        "hold",
        "vote",
    ];
    tokens(sentence).iter().any(|token| OTHERS.contains(&token.stem.as_str()))
}

/// People by ethnic group within some areas, and how many of the areas are known.
fn by_group(frame: &Frame, inside: &BTreeSet<String>) -> (BTreeMap<String, f64>, usize) {
    let (mut groups, mut met) = (BTreeMap::new(), BTreeSet::new());
    let census = tables::ethnicity::Columns::of(frame);
    for (row, people) in census.residents.iter().enumerate().filter(|(_, one)| one.is_finite()) {
        let code = census.area.get(row).filter(|code| inside.contains(*code));
        if let (Some(code), Some(group)) = (code, census.ethnic_group.get(row)) {
            met.insert(code);
            *groups.entry(group.to_owned()).or_insert(0.0) += people;
        }
    }
    (groups, met.len())
}

/// Whether a group of the census is the wanted one or one of it.
fn is_of(group: &str, wanted: &str) -> bool {
    if wanted == MINORITIES {
        return group != WHITE_BRITISH;
    }
    group == wanted || group.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(':'))
}

/// People by the five broad groups.
fn broad(groups: &BTreeMap<String, f64>) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for (group, people) in groups {
        let name = group.split(':').next().unwrap_or(group);
        *sums.entry(name.to_owned()).or_insert(0.0) += people;
    }
    sums
}
