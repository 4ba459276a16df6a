//! Triage by telephone: what a trial saw, and what that would make of the work of the place's GPs.

use super::super::super::ahead::Lever;
use super::super::super::mention::Change;
use super::super::super::reading::{Shown, Verdict};
use super::super::super::said::{Argument, Said, Unit, name, number, words};
use super::super::asking::{Asking, Found};
use super::basis::{add_moved_by, both, effect, last, outlook, reading, without};
use models::outlook::Band;

/// A change of the work of less than one GP is told in tenths.
const WORK: Unit = Unit::Number(1, "full-time GPs");

/// `Telephone triage reduces GP workload`.
pub(in super::super) fn found(asking: &Asking<'_>) -> Found {
    let template = asking.claim.template;
    let Some(contacts) = template.figure("gp") else { return Found::default() };
    let (effect, outlook) = match effect(asking, Lever::Triage { contacts })
        .and_then(|effect| Ok((effect, outlook(asking, &asking.place)?)))
    {
        Ok(both) => both,
        Err(why) => {
            let mut found = without(asking, why);
            found.answer.extend(template.says.clone().map(|says| Said::new("{}", [words(says)])));
            found.figures = observed(asking);
            return found;
        }
    };
    let years = last(&effect.with).map_or(0, |(years, _)| years);
    let mut found = reading(asking, &outlook, &asking.place);
    found.answer.extend(template.says.clone().map(|says| Said::new("{}", [words(says)])));
    // What the gap narrows by is work less.
    let change = effect.narrows.turned();
    found.answer.push(Said::new(
        "If GPs of {} telephoned everybody whom they see on the same day, and each call led to as many more contacts as in that trial, their work in {} years would change by that of {} (8 of 10 draws: {}; below nought is less).",
        [
            name(&asking.place.name),
            number(f64::from(years), 0, ""),
            Argument::Figure(change.mean, WORK),
            Argument::Interval(change.p10, change.p90, WORK),
        ],
    ));
    found.verdict = match (asking.number("share"), asking.claim.slots.change) {
        (None, Some(Change::Falling | Change::Improving)) => of_sign(change).map(Verdict::denied),
        (None, Some(Change::Rising | Change::Worsening)) => of_sign(change),
        _ => None,
    };
    found.figures = vec![Shown::drawn(format!("Change of work in {years} years"), change, WORK)];
    found.figures.extend(observed(asking));
    add_moved_by(&outlook, &mut found);
    found.exhibit =
        Some(both("The gap with triage by telephone and without".to_owned(), "Triage", &effect));
    found
}

/// Supported where the work rises in the whole range, not supported where it falls in the whole range.
fn of_sign(change: Band) -> Option<Verdict> {
    (change.p10 > 0.0 || change.p90 < 0.0).then(|| Verdict::of(change.p10 > 0.0))
}

/// What trials saw, as figures.
fn observed(asking: &Asking<'_>) -> Vec<Shown> {
    let parameters = asking.claim.template.parameter.values();
    parameters.map(|one| one.shown(Unit::Number(2, "times as many"))).collect()
}
