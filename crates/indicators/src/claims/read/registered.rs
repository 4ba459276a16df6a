//! Registered and resident: what a share of registered people would take to be true.
//!
//! Equation: [`methods.md#registered-and-resident`](../../../../../docs/book/methods.md#registered-and-resident).

use super::super::mention::Quantity;
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, number, share};
use super::{Asking, Found};
use crate::evaluate::EvaluateError;

/// `99% of the population are registered`, `lists hold 9% more than live here`.
pub(super) fn found(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of("registered_per_resident") else {
        return Ok(Found::default());
    };
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, estimate)) = row.and_then(|row| row.estimate.map(|one| (row, one))) else {
        return Ok(super::no_figure_of(&asking.place, definition));
    };
    let ratio = estimate.value;
    let mut found = Found {
        releases: evaluation.provenance.releases.clone(),
        method: Some("registered-and-resident".to_owned()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {} on lists ({}) for {} by the official estimate ({}): {} registered for each resident.",
        [
            name(&asking.place.name),
            Argument::Figure(estimate.numerator, Unit::Count("people")),
            Argument::Period(evaluation.numerator_period),
            Argument::Figure(estimate.denominator, Unit::Count("residents")),
            Argument::Period(evaluation.denominator_period),
            number(ratio, 3, ""),
        ],
    ));
    let stated = asking.number("share");
    let ghosts = asking.claim.slots.given.get("says").is_some_and(|says| says == "ghosts");
    if ghosts {
        let holds = stated.map_or(ratio > 1.0, |stated| stated.agrees(ratio - 1.0));
        found.verdict = Some(Verdict::of(holds));
    } else if let Some(stated) = stated {
        registered_share(&mut found, ratio, stated);
    }
    found.figures = vec![
        line(
            "Registered patients per resident",
            ratio,
            Unit::Number(3, ""),
            Some(evaluation.period),
        ),
        line(
            "Registered patients",
            estimate.numerator,
            Unit::Count("people"),
            Some(evaluation.numerator_period),
        ),
        line(
            "Residents",
            estimate.denominator,
            Unit::Count("people"),
            Some(evaluation.denominator_period),
        ),
    ];
    let mut bars = vec![
        Bar::new("Registered patients", estimate.numerator).subject(),
        Bar::new("Residents", estimate.denominator).reference(),
    ];
    bars.dedup();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered and resident, {}", row.name),
        unit: Unit::Count("people"),
        bars,
    });
    Ok(found)
}

/// What must be true for a share of residents to be registered.
fn registered_share(found: &mut Found, ratio: f64, stated: Quantity) {
    if ratio < stated.value - stated.step / 2.0 {
        found.verdict = Some(Verdict::NotSupported);
        found.answer.push(Said::new(
            "Even if every entry were a resident, no more than {} could be registered with practices of the place.",
            [share(ratio)],
        ));
        return;
    }
    let inflation = 1.0 - stated.value / ratio;
    found.answer.push(Said::new(
        "The figure cannot be told from this: it would be right if {} of the entries were people who do not live there. A list larger than its population hides both ghosts and people without a doctor.",
        [share(inflation)],
    ));
}

fn line(label: &str, value: f64, unit: Unit, period: Option<vocab::Period>) -> Shown {
    Shown { period, ..Shown::new(label, value, unit) }
}
