//! Triage by telephone: what a trial saw, and what that would make of the work of the place's GPs.

use super::super::super::ahead::Lever;
use super::super::super::mention::Change;
use super::super::super::reading::Shown;
use super::super::super::said::{Argument, Said, Unit, name, number, words};
use super::super::{Asking, Found};
use super::{add_moved_by, both, effect, last, of_draws, outlook, reading};

/// A change of the work of less than one GP is told in tenths.
const WORK: Unit = Unit::Number(1, "full-time GPs");

/// `Telephone triage reduces GP workload`.
pub(in super::super) fn found(asking: &Asking<'_, '_>) -> Found {
    let template = asking.claim.template;
    let Some(contacts) = template.figure("gp") else { return Found::default() };
    let (effect, outlook) = match effect(asking, Lever::Triage { contacts })
        .and_then(|effect| Ok((effect, outlook(asking, &asking.place)?)))
    {
        Ok(both) => both,
        Err(mut found) => {
            found.answer.extend(template.says.clone().map(|says| Said::new("{}", [words(says)])));
            found.figures = observed(asking);
            return found;
        }
    };
    let years = last(&effect.with).map_or(0, |(years, _)| years);
    let mut found = reading(asking, &outlook, &asking.place);
    found.answer.extend(template.says.clone().map(|says| Said::new("{}", [words(says)])));
    let narrows = effect.narrows;
    let (what, middle, low, high) = if narrows.middle >= 0.0 {
        ("less", narrows.middle, narrows.low, narrows.high)
    } else {
        ("more", -narrows.middle, -narrows.high, -narrows.low)
    };
    found.answer.push(Said::new(
        "If GPs of {} telephoned everybody whom they would see on the same day, and each call led to as many more contacts as in that trial, the work in {} years would be {} by {} (8 of 10 draws: {}; below nought it is the other way).",
        [
            name(&asking.place.name),
            number(f64::from(years), 0, ""),
            words(what),
            Argument::Figure(middle, WORK),
            Argument::Interval(low, high, WORK),
        ],
    ));
    let falls = share_of_draws_below(narrows.low, narrows.high);
    found.verdict = match (asking.number("share"), asking.claim.slots.change) {
        (None, Some(Change::Falling | Change::Improving)) => falls.and_then(of_draws),
        (None, Some(Change::Rising | Change::Worsening)) => {
            falls.map(|share| 1.0 - share).and_then(of_draws)
        }
        _ => None,
    };
    found.figures = vec![Shown::drawn(format!("Work less in {years} years"), narrows, WORK)];
    found.figures.extend(observed(asking));
    add_moved_by(&outlook, &mut found);
    found.exhibit =
        Some(both("The gap with triage by telephone and without".to_owned(), "Triage", &effect));
    found
}

/// Whether eight of ten draws lie on one side: all of the verdict that a range gives.
fn share_of_draws_below(low: f64, high: f64) -> Option<f64> {
    if low > 0.0 {
        return Some(1.0);
    }
    (high < 0.0).then_some(0.0)
}

/// What trials saw, as figures.
fn observed(asking: &Asking<'_, '_>) -> Vec<Shown> {
    let parameters = asking.claim.template.parameter.values();
    parameters.map(|one| one.shown(Unit::Number(2, "times as many"))).collect()
}
