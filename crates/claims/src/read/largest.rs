//! The largest or smallest list: of a practice among practices, of a network among networks.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliation, Place};
use indicators::evaluate::EvaluateError;
use vocab::{Level, Period, Whole};

use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, words};
use super::super::tokens::tokens;
use super::asking::{Asking, Found, lacking};
use super::lists::lists;
use super::networks::own_networks;

/// Bars drawn at most.
const MOST_BARS: usize = 12;

/// `{organisation} is the largest practice in {place}`, also with its number of patients.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let slots = &asking.claim.slots;
    let is_of_kind = |(level, _): &(Level, &str)| {
        matches!(level, Level::Practice | Level::Network) && slots.level == Some(*level)
    };
    let named = asking.place.single().filter(is_of_kind);
    let Some((level, code)) = named.filter(|_| !is_by_another(&asking.claim.sentence)) else {
        return Ok(lacking(
            Said::plain(
                "The sentence names no practice or network of the kind that it speaks of, or ranks by something else than patients on lists.",
            ),
            ["the name or code of a practice or network, ranked by its patients".to_owned()],
        ));
    };
    let Some(period) = asking.checker.evidence().periods("list_size").last().copied() else {
        return Ok(lacking(
            Said::plain("No lists of patients are imported."),
            ["Patients Registered at a GP Practice".to_owned()],
        ));
    };
    let whole = Place::everywhere(asking.checker.known().whole());
    let group: &Place = if slots.given.contains_key("within") {
        &whole
    } else {
        slots.reference.as_ref().unwrap_or(&asking.home)
    };
    let sizes = sizes(asking, level, period, (group, &whole))?;
    let Some(own) = sizes.get(code).map(|(_, size)| *size) else {
        return Ok(lacking(
            Said::new(
                "{} is not among those of {} that have patients.",
                [name(&asking.place.name), name(&group.name)],
            ),
            ["the place that it is the largest or smallest of".to_owned()],
        ));
    };
    let largest = is_of_largest(asking);
    let beyond = |size: f64| if largest { size > own } else { size < own };
    let ahead = sizes.values().filter(|(_, size)| beyond(*size)).count();
    let stated = asking.number("count");
    let holds = ahead == 0 && stated.is_none_or(|stated| stated.agrees(own));
    let mut found = judged(asking, (level, period, group), (own, sizes.len(), ahead), holds);
    if level == Level::Network
        && is_otherwise(asking, period, (group, code), (&sizes, ahead), &beyond)?
    {
        found.verdict = None;
        found.answer.push(Said::plain(
            "Of the networks that have most of their patients there it is otherwise.",
        ));
        found
            .lacks
            .push("a sentence that says whether networks that cross the border count".to_owned());
    }
    found.figures =
        vec![Shown::new("Registered patients", own, Unit::Count("patients")).in_period(period)];
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered patients, {}", period.in_words()),
        unit: Unit::Count("patients"),
        bars: bars(&sizes, code, largest),
    });
    Ok(found)
}

/// Whether the sentence speaks of the largest, and not of the smallest.
fn is_of_largest(asking: &Asking<'_>) -> bool {
    asking.claim.slots.given.get("end").is_none_or(|end| end == "largest")
}

/// The verdict with the size, and how many are beyond it.
fn judged(
    asking: &Asking<'_>,
    (level, period, group): (Level, Period, &Place),
    (own, all, ahead): (f64, usize, usize),
    holds: bool,
) -> Found {
    let kind =
        if level == Level::Practice { ("practice", "practices") } else { ("network", "networks") };
    // What is imported is England only where every region is.
    let is_all = !asking.claim.slots.given.contains_key("within")
        || asking.checker.known().whole() == Whole::England;
    let mut found = Found {
        verdict: is_all.then(|| Verdict::of(holds)),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} has {} ({}); of the {} of {}, {} {}.",
        [
            name(&asking.place.name),
            Argument::Figure(own, Unit::Count("patients")),
            Argument::Period(period),
            count(all as f64, kind.0, kind.1),
            name(&group.name),
            words(if ahead == 0 { "none".to_owned() } else { ahead.to_string() }),
            words(beyond_in_words(ahead == 1, is_of_largest(asking))),
        ],
    ));
    found
}

/// Whether it is otherwise among the networks that have most of their patients in the group.
fn is_otherwise(
    asking: &Asking<'_>,
    period: Period,
    (group, code): (&Place, &str),
    (sizes, ahead): (&Sizes, usize),
    beyond: &dyn Fn(f64) -> bool,
) -> Result<bool, EvaluateError> {
    let here = own_networks(asking, &lists(asking, period, group)?, period)?;
    let mostly = sizes.iter().filter(|(code, _)| here.contains(*code));
    let ahead_of_own = mostly.filter(|(_, (_, size))| beyond(*size)).count();
    Ok(!here.contains(code) || (ahead_of_own == 0) != (ahead == 0))
}

/// Whether a sentence ranks by something else than patients: `by area`.
fn is_by_another(sentence: &str) -> bool {
    let words = tokens(sentence);
    let behind = |at: usize| words.get(at + 1).map_or("", |token| token.stem.as_str());
    let led = words.iter().enumerate().filter(|(_, token)| token.word == "by");
    led.map(|(at, _)| behind(at)).any(|word| {
        !matches!(
            word,
            "list" | "patient" | "number" | "registered" | "population" | "size" | "far"
        )
    })
}

/// Names and patients, by code.
type Sizes = BTreeMap<String, (String, f64)>;

/// The sizes of the practices or networks of a group; a network that crosses its border counts with all its patients.
fn sizes(
    asking: &Asking<'_>,
    level: Level,
    period: Period,
    (group, whole): (&Place, &Place),
) -> Result<Sizes, EvaluateError> {
    let of_kind = |row: &Affiliation| row.code(level).map(str::to_owned);
    let inside: BTreeSet<String> =
        lists(asking, period, group)?.iter().filter_map(|(row, _)| of_kind(row)).collect();
    let mut sizes = Sizes::new();
    for (row, patients) in lists(asking, period, whole)? {
        let Some(of) = of_kind(&row).filter(|of| inside.contains(of)) else { continue };
        let title = asking.checker.known().name_of(level, &of).to_owned();
        sizes.entry(of).or_insert((title, 0.0)).1 += patients;
    }
    Ok(sizes)
}

/// The largest or smallest of them.
fn bars(sizes: &Sizes, code: &str, largest: bool) -> Vec<Bar> {
    let mut sorted: Vec<(&String, &(String, f64))> = sizes.iter().collect();
    sorted.sort_by(|a, b| b.1.1.total_cmp(&a.1.1).then_with(|| a.0.cmp(b.0)));
    if !largest {
        sorted.reverse();
    }
    let bar = |(of, (title, size)): (&String, &(String, f64))| {
        let bar = Bar::new(title.clone(), *size);
        if of == code { bar.subject() } else { bar }
    };
    sorted.into_iter().take(MOST_BARS).map(bar).collect()
}

const fn beyond_in_words(one: bool, largest: bool) -> &'static str {
    match (one, largest) {
        (true, true) => "is larger",
        (true, false) => "is smaller",
        (false, true) => "are larger",
        (false, false) => "are smaller",
    }
}
