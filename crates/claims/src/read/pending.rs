//! Claims that published data cannot answer yet: what can be said, which figures stand beside them, and what would tell.

use super::super::reading::{Bar, Exhibit, Shown};
use super::super::said::{Said, Unit, name, of, words};
use super::asking::{Asking, Found};
use super::compare;

pub(super) fn found(asking: &Asking<'_>) -> Found {
    let template = asking.claim.template;
    let mut found = Found::default();
    let says = template
        .says
        .clone()
        .unwrap_or_else(|| "Published data cannot answer this yet.".to_owned());
    found.answer.push(Said::new("{}", [words(says)]));
    for parameter in template.parameter.values() {
        let unit = if parameter.unit == "share" { Unit::Share(1) } else { Unit::Number(2, "") };
        found.figures.push(parameter.shown(unit));
    }
    for id in &template.beside {
        beside(asking, id, &mut found);
    }
    if let Some(first) = found.figures.first().map(|one| one.unit.clone()) {
        let bars: Vec<Bar> = found
            .figures
            .iter()
            .filter(|one| one.unit == first)
            .map(|one| Bar::new(one.label.clone(), one.value).limits(one.limits))
            .collect();
        if bars.len() > 1 && found.exhibit.is_none() {
            found.exhibit =
                Some(Exhibit::Bars { title: template.title.clone(), unit: first, bars });
        }
    }
    found
}

/// A published figure of the place beside England's.
fn beside(asking: &Asking<'_>, id: &str, found: &mut Found) {
    let Some(definition) = asking.definition_of(id) else { return };
    let Ok((evaluation, Some(row))) = asking.figure(definition) else { return };
    let (Some(estimate), Some(england)) =
        (row.estimate, row.england.reference.or(evaluation.england_value()))
    else {
        return;
    };
    found.releases.extend(evaluation.provenance.releases.clone());
    found.answer.push(Said::new(
        "{}: {} in {}, {} in {}.",
        [
            words(definition.name.clone()),
            of(id, estimate.value),
            name(&asking.place.name),
            of(id, england),
            words(asking.whole()),
        ],
    ));
    let unit = Unit::Indicator(definition.id.clone());
    found.figures.push(compare::shown(definition, &row, evaluation.period));
    found.figures.push(Shown::new(asking.whole(), england, unit).in_period(evaluation.period));
    if found.exhibit.is_none() {
        found.exhibit = Some(compare::bars(asking, definition, &row, None, &evaluation));
    }
}
