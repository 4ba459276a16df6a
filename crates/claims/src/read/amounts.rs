//! The amounts of a change: from what to what, and by how much.

use indicators::definition::{Definition, Statistic};
use indicators::evaluate::EvaluateError;
use vocab::{Estimate, Period};

use super::super::mention::{QuantityKind, When};
use super::asking::Asking;
use super::figures;

/// Whether the stated amounts are those of shares of what is known, and whether shares of all say otherwise: a sentence may mean
/// either.
pub(super) fn of_both(
    asking: &Asking<'_>,
    definition: &Definition,
    (from, before): (Period, &Estimate),
    (to, after): (Period, &Estimate),
) -> Result<(bool, bool), EvaluateError> {
    let of_all = |period: Period, one: &Estimate| {
        let value = figures::of_all(asking, definition, period)?;
        Ok::<Estimate, EvaluateError>(Estimate { value: value.unwrap_or(one.value), ..*one })
    };
    let known = agree(asking, definition, (before, after));
    let all = agree(asking, definition, (&of_all(from, before)?, &of_all(to, after)?));
    Ok((known, known != all))
}

/// Whether the amounts that the sentence gives are those of the two figures: `from 61% to 68%`, `by six points`, `by 8%`.
fn agree(
    asking: &Asking<'_>,
    definition: &Definition,
    (before, after): (&Estimate, &Estimate),
) -> bool {
    let ends = [("from", before.value), ("to", after.value)];
    let ends_agree = ends
        .iter()
        .all(|(name, value)| asking.number(name).is_none_or(|stated| stated.agrees(*value)));
    let proportion = matches!(definition.statistic, Statistic::Proportion);
    let moved = (after.value - before.value).abs();
    let by_agrees = asking.number("by").is_none_or(|stated| match stated.kind {
        QuantityKind::Points => stated.agrees(if proportion { moved * 100.0 } else { moved }),
        QuantityKind::Share => {
            stated.agrees(moved / before.value.abs()) || (proportion && stated.agrees(moved))
        }
        _ => stated.agrees(moved),
    });
    ends_agree && by_agrees
}

/// The indicator, or its variant for sub-ICB locations where only that has figures of both months that a sentence names.
pub(super) fn with_both_months<'a>(
    asking: &Asking<'a>,
    definition: &'a Definition,
) -> &'a Definition {
    let Some(When::Between(from @ Period::Month(_), to @ Period::Month(_))) =
        asking.claim.slots.when
    else {
        return definition;
    };
    let has_both = |one: &&Definition| {
        let held = one.periods(asking.checker.evidence());
        held.contains(&from) && held.contains(&to)
    };
    if asking.is_england() {
        return definition;
    }
    let variant = asking.checker.library().get(&format!("{}_sub_icb", definition.id));
    if has_both(&definition) { definition } else { variant.filter(has_both).unwrap_or(definition) }
}
