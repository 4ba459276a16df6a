//! Two times of one sentence, held beside each other.

use vocab::Period;

use super::super::mention::{Mention, What, When};
use super::super::tokens::Token;
use super::{a_year_before, word};

/// Two times of one sentence as the stretch between them: `13% more in October 2025 than in October 2024`, `from 61% in 2022 to
/// 68% in 2024`, `higher in July 2025 than a year earlier`.
pub(super) fn pair_up(tokens: &[Token], found: &mut Vec<Mention>) {
    let when = |one: &Mention| match one.what {
        What::When(when) => Some(when),
        _ => None,
    };
    let later = |earlier: Period, later: Period| later.first_day() > earlier.first_day();
    let stretch = match found.as_slice() {
        [one] => match when(one) {
            Some(When::In(period)) => year_before(tokens, one.to, period)
                .map(|(past, from, to)| (0, (from, to), When::Between(past, period))),
            _ => None,
        },
        [one, two] => match (when(one), when(two)) {
            (Some(When::In(last)), Some(When::Since(first))) if later(first, last) => {
                Some((0, (two.from, two.to), When::Between(first, last)))
            }
            (Some(When::In(first)), Some(When::In(last)))
                if later(first, last) && is_from_to(tokens, one, two) =>
            {
                Some((0, (two.from, two.to), When::Between(first, last)))
            }
            _ => None,
        },
        _ => None,
    };
    let Some((at, (from, to), between)) = stretch else { return };
    found.truncate(at + 1);
    if let Some(one) = found.get_mut(at) {
        one.what = What::When(between);
    }
    found.push(Mention::new(from, to, What::Concept("remark".to_owned())));
}

/// `than a year earlier`, `on the year before`, behind a time: the same a year before, and the words that say so.
fn year_before(tokens: &[Token], from: usize, period: Period) -> Option<(Period, usize, usize)> {
    let at = (from..tokens.len()).find(|at| {
        matches!(word(tokens, *at), "year")
            && matches!(word(tokens, at.wrapping_sub(1)), "a" | "the")
            && matches!(word(tokens, at + 1), "earlier" | "before" | "previously")
    })?;
    let led = at.wrapping_sub(2);
    let begins = if matches!(word(tokens, led), "than" | "on" | "from") { led } else { at - 1 };
    let past = a_year_before(period)?;
    Some((past, begins, at + 2))
}

/// `from … in January 2022 to … in November 2025`.
fn is_from_to(tokens: &[Token], one: &Mention, two: &Mention) -> bool {
    let holds = |mut range: std::ops::Range<usize>, wanted: &str| {
        range.any(|at| word(tokens, at) == wanted)
    };
    holds(0..one.from, "from") && holds(one.to..two.from, "to")
}
