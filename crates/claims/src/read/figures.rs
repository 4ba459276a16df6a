//! Claims that set a stated figure beside a published one: the value of an indicator, people in deprived
//! areas.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::Period;

use super::super::mention::{Bound, Quantity, QuantityKind};
use super::super::quantities;
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, of, share, words};
use super::super::tokens::tokens;
use super::asking::{Asking, Found, lacking, no_figure_of};
use super::{compare, numbers, staff};
use indicators::definition::{Definition, Statistic};
use indicators::evaluate::{EvaluateError, prepare};

/// `{indicator} is {value}`.
pub(super) fn value(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let stated = asking.number("value").or_else(|| most(asking));
    let (Some(definition), Some(stated)) = (asking.definition(), stated) else {
        return Ok(Found::default());
    };
    if numbers::is_number_of(asking, definition, stated) && definition.numerator.table == "staff" {
        return staff::of_role(asking, &definition.id, numbers::counted_name(definition), stated);
    }
    if numbers::is_number_of(asking, definition, stated) {
        return numbers::value(asking, &definition.id, stated);
    }
    if let Some(found) = of_something_else(asking, definition, stated) {
        return Ok(found);
    }
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, estimate)) = row.and_then(|row| row.estimate.map(|one| (row, one))) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    if let Some(part) = asking.part_only(definition, &row) {
        return Ok(part);
    }
    let limits = estimate.lower.zip(estimate.upper);
    let within = limits.is_some_and(|(lower, upper)| (lower..=upper).contains(&stated.value));
    let mut found = Found::of(&evaluation);
    let holds = stated.agrees(estimate.value) || (within && stated.is_figure());
    found.verdict = Some(Verdict::of(holds));
    let before = month_before(asking, definition, evaluation.period)?;
    if let Some((period, before)) = before.filter(|(_, one)| stated.agrees(*one) != holds) {
        found.verdict = None;
        found.answer.push(Said::new(
            "The sentence names no month, and the month before, {}, says otherwise: {}.",
            [Argument::Period(period), of(&definition.id, before)],
        ));
        found.lacks.push("a sentence that names its month".to_owned());
    }
    found.answer.push(Said::new(
        "{}, {}, {}: {}; the sentence says {}.",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            Argument::Period(evaluation.period),
            of(&definition.id, estimate.value),
            Argument::Quantity(stated),
        ],
    ));
    if let Some(of_all) = of_all(asking, definition, evaluation.period)? {
        found.answer.push(Said::new(
            "That is of those for which it is known; of all, known or not, it is {}.",
            [of(&definition.id, of_all)],
        ));
        if found.verdict.is_some() && stated.agrees(of_all) != holds {
            found.verdict = None;
            found.lacks.push("a sentence that says whether it is a share of all, or of those for which it is known".to_owned());
        }
    }
    if definition.numerator.table == "payment" {
        let figures = (stated, estimate.value, estimate.denominator);
        with_all_paid(asking, (definition, evaluation.period), figures, &mut found)?;
    }
    found.figures = vec![compare::shown(definition, &row, evaluation.period)];
    found.exhibit = Some(compare::bars(asking, definition, &row, None, &evaluation));
    Ok(found)
}

/// Tells the figure with organisations without a list as well, which were paid too, and leaves open what holds of one only.
fn with_all_paid(
    asking: &Asking<'_>,
    (definition, period): (&Definition, Period),
    (stated, value, patients): (Quantity, f64, f64),
    found: &mut Found,
) -> Result<(), EvaluateError> {
    let evidence = asking.checker.evidence();
    let known = evidence.affiliations(period.first_day())?;
    let frame = evidence.frame("payment", period)?;
    let payments = tables::payment::Columns::of(&frame);
    let Some(pounds) = frame.number(&definition.numerator.column) else { return Ok(()) };
    let is_meant = |row: usize| {
        let line = definition.numerator.rows.iter().all(|(column, wanted)| {
            let word = frame.text(column).and_then(|column| column.get(row));
            word.is_some_and(|one| wanted.iter().any(|want| want == one))
        });
        let inside = |code: &str| known.of(code).is_some_and(|one| asking.place.holds(one));
        line && (asking.is_england() || payments.practice.get(row).is_some_and(inside))
    };
    let known = pounds.iter().enumerate().filter(|(_, one)| one.is_finite());
    let paid: f64 = known.filter(|(row, _)| is_meant(*row)).map(|(_, one)| one).sum();
    let of_all = paid / patients;
    if of_all <= 0.0 || (of_all / value - 1.0).abs() < 1e-6 {
        return Ok(());
    }
    found.answer.push(Said::new(
        "With what organisations without a list were paid it is {}.",
        [of(&definition.id, of_all)],
    ));
    if found.verdict.is_some() && stated.agrees(of_all) != stated.agrees(value) {
        found.verdict = None;
        found.lacks.push("a sentence that says whether they count".to_owned());
    }
    Ok(())
}

/// What is said where the figure of the sentence is of another kind than the indicator, or of others.
fn of_something_else(
    asking: &Asking<'_>,
    definition: &Definition,
    stated: Quantity,
) -> Option<Found> {
    if let Some(wanted) = wrong_kind(definition, stated) {
        return Some(lacking(
            Said::new(
                "“{}” is measured {}, not as the sentence has it.",
                [words(definition.name.clone()), words(wanted)],
            ),
            [format!("a sentence that gives “{}” {wanted}", definition.name)],
        ));
    }
    of_patients(asking, definition).then(|| {
        lacking(
            Said::new(
                "“{}” is a share of appointments; the sentence speaks of a share of people, of whom some have none and some many.",
                [words(definition.name.clone())],
            ),
            ["a sentence of a share of appointments".to_owned()],
        )
    })
}

/// Whether a sentence gives a share of people where the indicator is a share of appointments: `8% of patients missed one`.
fn of_patients(asking: &Asking<'_>, definition: &Definition) -> bool {
    let words = tokens(&asking.claim.sentence);
    let stem = |at: usize| words.get(at).map_or("", |token| token.stem.as_str());
    let is_people = |at: usize| {
        matches!(stem(at), "patient" | "resident" | "people" | "person")
            && stem(at + 1) != "appointment"
    };
    let led = |at: &usize| stem(*at) == "of" && (1..4).any(|on| is_people(at + on));
    let is_of_people = (0..words.len()).filter(led).any(|at| {
        // `Half of patients`, `42% of our patients`, `one in five of those patients`; `in view of patients` is none.
        let before = at.checked_sub(1).map_or("", |at| stem(at));
        before == "%"
            || before == "cent"
            || words.get(at.wrapping_sub(1)).is_some_and(quantities::is_part)
    });
    definition.denominator.table.starts_with("appointment") && is_of_people
}

/// The share of all appointments, where the indicator leaves out those of which something is not known: a sentence that says
/// `8% of appointments` may mean either.
pub(super) fn of_all(
    asking: &Asking<'_>,
    definition: &Definition,
    period: Period,
) -> Result<Option<f64>, EvaluateError> {
    let below = &definition.denominator;
    let leaves_out = below.table.starts_with("appointment") && !below.rows.is_empty();
    if !leaves_out || definition.statistic != Statistic::Proportion {
        return Ok(None);
    }
    let mut whole = definition.clone();
    whole.denominator.rows.clear();
    // The published sums of England name the unknown in a row of their own.
    if let Some(national) = whole.national.as_mut() {
        national.denominator.rows.remove("metric");
    }
    let prepared = prepare(asking.checker.evidence(), &whole, period)?;
    let (_, row) = study::figure_of(&prepared, &asking.place)?;
    Ok(row.and_then(|row| row.estimate).map(|one| one.value))
}

/// The figure of the month before, where the sentence names no time.
fn month_before(
    asking: &Asking<'_>,
    definition: &Definition,
    latest: Period,
) -> Result<Option<(Period, f64)>, EvaluateError> {
    if asking.claim.slots.when.is_some() || !matches!(latest, Period::Month(_)) {
        return Ok(None);
    }
    let Some(definition) = asking.definition_of(&definition.id) else { return Ok(None) };
    let held = definition.periods(asking.checker.evidence());
    let earlier = held.iter().rev().find(|period| period.first_day() < latest.first_day());
    let Some(period) = earlier.copied().filter(|one| one.distance_in_days(latest) <= 31) else {
        return Ok(None);
    };
    let (_, row) = asking.checker.row_of(definition, period, &asking.place)?;
    let row = row.filter(|row| asking.part_only(definition, row).is_none());
    Ok(row.and_then(|row| Some((period, row.estimate?.value))))
}

/// `Most appointments` as a share that is more than half.
fn most(asking: &Asking<'_>) -> Option<Quantity> {
    asking.claim.slots.given.get("value").filter(|value| *value == "most")?;
    let (kind, bound) = (QuantityKind::Share, Bound::MoreThan);
    Some(Quantity { value: 0.5, upper: None, kind, bound, step: 0.0, out_of: 0.0 })
}

/// How an indicator is measured, where a stated figure is of another kind.
fn wrong_kind(definition: &Definition, stated: Quantity) -> Option<&'static str> {
    let proportion = matches!(definition.statistic, Statistic::Proportion | Statistic::Change);
    let pounds = definition.unit.starts_with('£');
    match stated.kind {
        QuantityKind::Share if proportion => None,
        QuantityKind::Pounds if pounds => None,
        QuantityKind::Count | QuantityKind::Points if !proportion && !pounds => None,
        _ if proportion => Some("as a percentage"),
        _ if pounds => Some("in pounds"),
        _ => Some("as a number"),
    }
}

/// `{share} of patients live in the most deprived fifth of areas`.
pub(super) fn deprived_areas(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    const MOST_DEPRIVED_DECILE: f64 = 2.0;
    let Some(stated) = asking.number("share") else { return Ok(Found::default()) };
    let evidence = asking.checker.evidence();
    let Some(period) = evidence.periods("registered_area").last().copied() else {
        return Ok(lacking(
            Said::plain("Where patients live is not imported."),
            ["Patients Registered at a GP Practice, by LSOA".to_owned()],
        ));
    };
    let deciles = deciles(asking)?;
    let frame = evidence.frame("registered_area", period)?;
    let known = evidence.affiliations(period.first_day())?;
    let held = asking.place.practices(&known);
    let (mut deprived, mut placed, mut all) = (0.0, 0.0, 0.0);
    let lives = tables::registered_area::Columns::of(&frame);
    let counted = lives.patients.iter().enumerate().filter(|(_, patients)| patients.is_finite());
    for (row, patients) in counted {
        let is_held = || lives.practice.get(row).is_some_and(|code| held.contains(code));
        if !asking.is_england() && !is_held() {
            continue;
        }
        all += patients;
        let Some(decile) = lives.area.get(row).and_then(|code| deciles.get(code)) else { continue };
        placed += patients;
        if *decile <= MOST_DEPRIVED_DECILE {
            deprived += patients;
        }
    }
    if placed <= 0.0 {
        return Ok(lacking(
            Said::plain("The deprivation of the areas where patients live is not imported."),
            ["Indices of Deprivation by LSOA of the same census".to_owned()],
        ));
    }
    let part = deprived / placed;
    let mut found = Found {
        verdict: Some(Verdict::of(stated.agrees(part))),
        releases: asking.releases("registered_area", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} of the patients of {} live in the most deprived fifth of England’s small areas; the sentence says {}. The areas of {} are known.",
        [share(part), name(&asking.place.name), Argument::Quantity(stated), share(placed / all)],
    ));
    let shown =
        |label: &str, value: f64| Shown::new(label, value, Unit::Share(1)).in_period(period);
    found.figures =
        vec![shown(&asking.place.name, part), shown("England by construction (of residents)", 0.2)];
    found.exhibit = Some(Exhibit::Bars {
        title: "Patients who live in the most deprived fifth of areas".to_owned(),
        unit: Unit::Share(1),
        bars: vec![
            Bar::new(asking.place.name.clone(), part).subject(),
            Bar::new("England by construction", 0.2).reference(),
        ],
    });
    Ok(found)
}

/// The decile of overall deprivation of every small area, from the latest period.
fn deciles(asking: &Asking<'_>) -> Result<BTreeMap<String, f64>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let mut found = BTreeMap::new();
    for period in evidence.periods("deprivation") {
        let frame = evidence.frame("deprivation", period)?;
        let areas = tables::deprivation::Columns::of(&frame);
        for (row, decile) in areas.decile.iter().enumerate().filter(|(_, one)| one.is_finite()) {
            if areas.domain.get(row) == Some("overall")
                && let Some(area) = areas.area.get(row)
            {
                found.insert(area.to_owned(), *decile);
            }
        }
    }
    Ok(found)
}
