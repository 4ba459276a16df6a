//! The largest or smallest list: of a practice among practices, of a network among networks.

use std::collections::BTreeMap;

use evidence::Place;
use indicators::evaluate::EvaluateError;
use vocab::Level;

use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, words};
use super::lists::lists;
use super::{Asking, Found, lacking};

/// Bars drawn at most.
const MOST_BARS: usize = 12;

/// `{organisation} is the largest practice in {place}`, also with its number of patients.
pub(super) fn found(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let slots = &asking.claim.slots;
    let of_kind = |(level, _): &(Level, &str)| {
        matches!(level, Level::Practice | Level::Network) && slots.level == Some(*level)
    };
    let Some((level, code)) = asking.place.single().filter(of_kind) else {
        return Ok(lacking(
            Said::plain("The sentence names no practice or network of the kind that it speaks of."),
            ["the name or code of a practice or network".to_owned()],
        ));
    };
    let Some(period) = asking.checker.evidence().periods("list_size").last().copied() else {
        return Ok(lacking(
            Said::plain("No lists of patients are imported."),
            ["Patients Registered at a GP Practice".to_owned()],
        ));
    };
    let group: &Place = slots.reference.as_ref().unwrap_or(&asking.home);
    let mut sizes: BTreeMap<String, (String, f64)> = BTreeMap::new();
    for (row, patients) in lists(asking, period, group)? {
        let Some(of) = row.code(level).filter(|of| *of != "U") else { continue };
        let title = asking.checker.known().name_of(level, of).to_owned();
        sizes.entry(of.to_owned()).or_insert((title, 0.0)).1 += patients;
    }
    let Some(own) = sizes.get(code).map(|(_, size)| *size) else {
        return Ok(lacking(
            Said::new(
                "{} is not among those of {} that have patients.",
                [name(&asking.place.name), name(&group.name)],
            ),
            ["the place that it is the largest or smallest of".to_owned()],
        ));
    };
    let largest = slots.given.get("end").is_none_or(|end| end == "largest");
    let beyond = |size: f64| if largest { size > own } else { size < own };
    let ahead = sizes.values().filter(|(_, size)| beyond(*size)).count();
    let stated = asking.number("count");
    let holds = ahead == 0 && stated.is_none_or(|stated| stated.agrees(own));
    let kind =
        if level == Level::Practice { ("practice", "practices") } else { ("network", "networks") };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} has {} ({}); of the {} of {}, {} {}.",
        [
            name(&asking.place.name),
            Argument::Figure(own, Unit::Count("patients")),
            Argument::Period(period),
            count(sizes.len() as f64, kind.0, kind.1),
            name(&group.name),
            words(if ahead == 0 { "none".to_owned() } else { ahead.to_string() }),
            words(match (ahead == 1, largest) {
                (true, true) => "is larger",
                (true, false) => "is smaller",
                (false, true) => "are larger",
                (false, false) => "are smaller",
            }),
        ],
    ));
    found.figures =
        vec![Shown::new("Registered patients", own, Unit::Count("patients")).in_period(period)];
    let mut sorted: Vec<(&String, &(String, f64))> = sizes.iter().collect();
    sorted.sort_by(|a, b| b.1.1.total_cmp(&a.1.1).then_with(|| a.0.cmp(b.0)));
    if !largest {
        sorted.reverse();
    }
    let bar = |(of, (title, size)): (&String, &(String, f64))| {
        let bar = Bar::new(title.clone(), *size);
        if of == code { bar.subject() } else { bar }
    };
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered patients, {}", period.in_words()),
        unit: Unit::Count("patients"),
        bars: sorted.into_iter().take(MOST_BARS).map(bar).collect(),
    });
    Ok(found)
}
