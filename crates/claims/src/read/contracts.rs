//! Contracts of practices and who dispenses, by the payments of a financial year.

use std::collections::BTreeMap;

use evidence::tables;
use indicators::evaluate::EvaluateError;
use vocab::{Level, Period};

use super::super::mention::{QuantityKind, When};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, number, share, words};
use super::asking::{Asking, Found, lacking};
use super::when;

/// A practice of the year: its contract, whether it dispenses, where that is known, and whether it was open to the end.
struct Practice {
    contract: String,
    dispenses: Option<bool>,
    open: bool,
}

/// `Most practices held GMS contracts in 2022/23`, `61 practices dispensed medicines`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let held = asking.checker.evidence().periods("contract");
    let Some(When::In(wanted)) = asking.claim.slots.when else {
        return Ok(lacking(
            Said::plain("Contracts are published by financial year, and the sentence names none."),
            ["a sentence that names the year".to_owned()],
        ));
    };
    let Some(period) = held.iter().rev().find(|one| when::overlaps(**one, wanted)).copied() else {
        return Ok(lacking(
            Said::plain("The payments of that year are not imported."),
            ["NHS Payments to General Practice of that year".to_owned()],
        ));
    };
    let practices = practices(asking, period)?;
    if practices.is_empty() {
        return Ok(lacking(
            Said::new(
                "{} has no practice in the payments of that year.",
                [name(&asking.place.name)],
            ),
            ["payments that name its practices".to_owned()],
        ));
    }
    Ok(counted(asking, &practices, period))
}

/// The practices of the place in a year, as they belonged then.
fn practices(asking: &Asking<'_>, period: Period) -> Result<Vec<Practice>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let known = evidence.affiliations(period.first_day())?;
    let frame = evidence.frame("contract", period)?;
    let contracts = tables::contract::Columns::of(&frame);
    let everywhere = matches!(asking.place.single(), Some((Level::England, _)));
    let of = |row: usize| {
        let code = contracts.practice.get(row)?;
        let inside = everywhere || known.of(code).is_some_and(|one| asking.place.holds(one));
        let dispenses = contracts.dispensing.get(row).filter(|one| !one.is_empty());
        inside.then(|| Practice {
            contract: contracts.contract.get(row).unwrap_or("other").to_owned(),
            dispenses: dispenses.map(|one| one == "yes"),
            open: contracts.closed.get(row).is_none_or(str::is_empty),
        })
    };
    Ok((0..frame.rows()).filter_map(of).collect())
}

/// The reading: of those open at the end of the year and of all, judged where both say the same.
fn counted(asking: &Asking<'_>, practices: &[Practice], period: Period) -> Found {
    let given = |name: &str| asking.claim.slots.given.get(name).map(String::as_str);
    let is_meant = |one: &Practice| match given("contract") {
        Some(contract) => one.contract == contract,
        None => one.dispenses == Some(true),
    };
    let count = |closed_too: bool| {
        let of = practices.iter().filter(|one| closed_too || one.open);
        let (met, all): (Vec<_>, Vec<_>) = of.partition(|one| is_meant(one));
        (met.len() as f64, (met.len() + all.len()) as f64)
    };
    let holds = |(met, all): (f64, f64)| match (asking.number("share"), given("many")) {
        (Some(stated), _) if stated.kind == QuantityKind::Share => stated.agrees(met / all),
        (Some(stated), _) => stated.agrees(met),
        (None, Some("most")) => met / all > 0.5,
        (None, Some("none")) => met == 0.0,
        _ => met >= all,
    };
    let (open, all) = (count(false), count(true));
    let mut found = Found {
        verdict: (holds(open) == holds(all)).then(|| Verdict::of(holds(open))),
        releases: asking.releases("contract", period),
        ..Found::default()
    };
    let what = match given("contract") {
        Some(contract) => format!("held {contract} contracts"),
        None => "dispensed medicines".to_owned(),
    };
    let practices_in_words = |value: f64| Argument::Figure(value, Unit::Count("practices"));
    found.answer.push(Said::new(
        "{}, {}: {} of {} {} ({}); with those that closed in the year {} of {}.",
        [
            name(&asking.place.name),
            Argument::Period(period),
            number(open.0, 0, ""),
            practices_in_words(open.1),
            words(what.clone()),
            share(open.0 / open.1),
            number(all.0, 0, ""),
            practices_in_words(all.1),
        ],
    ));
    if found.verdict.is_none() {
        found.lacks.push("a sentence that says whether practices that closed count".to_owned());
    }
    let shown = |label: String, value: f64| {
        Shown::new(label, value, Unit::Count("practices")).in_period(period)
    };
    found.figures = vec![
        shown(format!("Practices that {what}"), open.0),
        shown("Practices".to_owned(), open.1),
    ];
    found.exhibit = Some(by_contract(asking, practices));
    found
}

fn by_contract(asking: &Asking<'_>, practices: &[Practice]) -> Exhibit {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for one in practices.iter().filter(|one| one.open) {
        *counts.entry(one.contract.as_str()).or_default() += 1.0;
    }
    Exhibit::Bars {
        title: format!("Practices by contract, {}", asking.place.name),
        unit: Unit::Count("practices"),
        bars: counts.into_iter().map(|(name, count)| Bar::new(name.to_owned(), count)).collect(),
    }
}
