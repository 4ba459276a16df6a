//! Patients or residents of some ages: how many there are, and what share of all.

use vocab::Level;

use super::super::mention::{Quantity, QuantityKind};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, share, words};
use super::super::tokens::tokens;
use super::asking::{Asking, Found, lacking, no_figure_of};
use super::residents;
use indicators::definition::Ages;
use indicators::evaluate::{EvaluateError, prepare};

/// `{ages} make up {share} of patients`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let stated = asking.number("share").or_else(|| asking.number("count"));
    let (Some(ages), Some(stated)) = (asking.claim.slots.ages, stated) else {
        return Ok(Found::default());
    };
    match who(&asking.claim.sentence) {
        Who::Patients => on_lists(asking, ages, stated),
        Who::Residents => residents::found(asking),
        Who::Both => Ok(lacking(
            Said::plain(
                "Lists hold patients, and residents are others: the sentence speaks of both.",
            ),
            ["a sentence of the patients on lists, or of residents".to_owned()],
        )),
        Who::People => Ok(either(on_lists(asking, ages, stated)?, residents::by_estimate(asking)?)),
    }
}

/// Of whom a sentence speaks.
enum Who {
    Patients,
    Residents,
    Both,
    People,
}

fn who(sentence: &str) -> Who {
    let words = tokens(sentence);
    let any = |of: &[&str]| words.iter().any(|token| of.contains(&token.stem.as_str()));
    let lists = any(&["patient", "list", "registered", "register", "registration"]);
    let residents = any(&["resident", "live", "lived", "living", "inhabitant", "reside"]);
    match (lists, residents) {
        (true, true) => Who::Both,
        (true, false) => Who::Patients,
        (false, true) => Who::Residents,
        (false, false) => Who::People,
    }
}

/// Two readings of one sentence, where it leaves open which is meant: told both, and judged where they agree.
fn either(lists: Found, residents: Found) -> Found {
    if residents.figures.is_empty() {
        return lists;
    }
    let agree = lists.verdict == residents.verdict;
    let mut found = lists;
    found.answer.extend(residents.answer);
    found.figures.extend(residents.figures);
    found.releases.extend(residents.releases);
    if !agree {
        found.verdict = None;
        found.lacks.push(
            "a sentence that says whether patients on lists or residents are meant".to_owned(),
        );
    }
    found
}

/// Patients of these ages on lists.
fn on_lists(asking: &Asking<'_>, ages: Ages, stated: Quantity) -> Result<Found, EvaluateError> {
    let Some(model) = asking.checker.library().get("aged_75_and_over") else {
        return Ok(Found::default());
    };
    let mut definition = model.clone();
    definition.numerator.ages = Some(ages);
    let aligned = ages.from.is_multiple_of(5) && ages.to.is_none_or(|to| to.is_multiple_of(5));
    if !aligned {
        for operand in [&mut definition.numerator, &mut definition.denominator] {
            "registered_single_age".clone_into(&mut operand.table);
        }
    }
    let evidence = asking.checker.evidence();
    let Some(period) = definition.periods(evidence).last().copied() else {
        return Ok(lacking(
            Said::plain(
                "Ages that do not fit five-year bands need the lists by single year of age, which are not imported.",
            ),
            ["Patients Registered at a GP Practice, single year of age".to_owned()],
        ));
    };
    let prepared = prepare(evidence, &definition, period)?;
    let row = prepared.place(&asking.place);
    let (england, reference) = prepared.england();
    let england = england.estimate.filter(|_| !reference.is_withheld()).map(|one| one.value);
    let Some(estimate) = row.estimate else { return Ok(no_figure_of(&asking.place, model)) };
    let label = match ages.to {
        Some(to) => format!("Patients aged {} to {}", ages.from, to.saturating_sub(1)),
        None => format!("Patients aged {} and over", ages.from),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(match stated.kind {
            QuantityKind::Share => stated.agrees(estimate.value),
            _ => stated.agrees(estimate.numerator),
        })),
        releases: prepared
            .at(Level::England, None)
            .map(|one| one.provenance.releases)
            .unwrap_or_default(),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {}, {} of those registered in {} on {}; the sentence says {}.",
        [
            words(label.clone()),
            Argument::Figure(estimate.numerator, Unit::Count("patients")),
            share(estimate.value),
            name(&asking.place.name),
            Argument::Period(period),
            Argument::Quantity(stated),
        ],
    ));
    let shown =
        |label: &str, value: f64| Shown::new(label, value, Unit::Share(1)).in_period(period);
    let number = Shown::new(label.clone(), estimate.numerator, Unit::Count("patients"));
    found.figures.push(number.in_period(period));
    found.figures.push(shown(&asking.place.name, estimate.value));
    found.figures.extend(england.map(|value| shown(asking.whole(), value)));
    let mut bars = vec![Bar::new(asking.place.name.clone(), estimate.value).subject()];
    bars.extend(england.map(|value| Bar::new(asking.whole(), value).reference()));
    found.exhibit = Some(Exhibit::Bars { title: label, unit: Unit::Share(1), bars });
    Ok(found)
}
