//! Shares in words: `one in five`, `two thirds`, `28 of the 41`, `one patient in eight`.

use super::super::mention::{Bound, Quantity, QuantityKind};
use super::super::tokens::Token;
use super::figure::{Figure, figure};
use super::word;

const FRACTIONS: [(&str, f64); 13] = [
    ("half", 0.5),
    ("halve", 0.5),
    ("third", 1.0 / 3.0),
    ("quarter", 0.25),
    ("fifth", 0.2),
    ("sixth", 1.0 / 6.0),
    ("seventh", 1.0 / 7.0),
    ("eighth", 0.125),
    ("ninth", 1.0 / 9.0),
    ("tenth", 0.1),
    ("twelfth", 1.0 / 12.0),
    ("twentieth", 0.05),
    ("hundredth", 0.01),
];
/// Larger wholes of which `in` names a part: `one in fifty`, not `one in 2019`. All up to twenty are.
const WHOLES: [f64; 14] =
    [25.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 200.0, 250.0, 300.0, 500.0, 1000.0];
/// Units of time, which are no wholes: `two in five years`.
const TIMES: [&str; 6] = ["year", "month", "week", "day", "hour", "minute"];

/// A share and the word past it.
pub(super) fn share(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let part = figure(tokens, at);
    if let Some(part) = part
        && let Some(found) = of_whole(tokens, part)
    {
        return Some(found);
    }
    fraction(tokens, at, part)
}

/// `seven in every hundred`, `four out of five`, `28 of the 41`.
fn of_whole(tokens: &[Token], part: Figure) -> Option<(Quantity, usize)> {
    let (first, second) = (word(tokens, part.to), word(tokens, part.to + 1));
    let (at, counted) = match (first, second) {
        ("in", "every" | "each") => (part.to + 2, false),
        ("in", _) => (part.to + 1, false),
        ("out", "of") if matches!(word(tokens, part.to + 2), "every" | "the" | "our" | "its") => {
            (part.to + 3, word(tokens, part.to + 2) != "every")
        }
        ("out", "of") | ("of", "the" | "our" | "its" | "all" | "these") => (part.to + 2, true),
        ("of", _) => (part.to + 1, true),
        _ => return None,
    };
    let whole = figure(tokens, at).filter(|whole| whole.value > part.value && part.value > 0.0)?;
    let named = is_whole(whole.value);
    let apart = if counted { whole.value > 1000.0 } else { !named || is_counted(tokens, whole.to) };
    (!apart).then(|| (part_of(part.value, whole.value, counted), whole.to))
}

/// Whether a word is a fraction: `half`, `third`.
pub(super) fn is_fraction(stem: &str) -> bool {
    FRACTIONS.iter().any(|(name, _)| *name == stem)
}

fn is_whole(value: f64) -> bool {
    let is = |one: f64| (one - value).abs() < 1e-9;
    (2..=20).any(|one| is(f64::from(one))) || WHOLES.into_iter().any(is)
}

fn is_counted(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| TIMES.contains(&token.stem.as_str()))
}

/// `one patient in eight`: where the share begins and ends.
pub(super) fn around_noun(tokens: &[Token], at: usize) -> Option<(Quantity, usize, usize)> {
    let part = figure(tokens, at).filter(|part| part.value >= 1.0 && part.value < 20.0)?;
    let noun = tokens.get(part.to).filter(|noun| noun.word.chars().all(char::is_alphabetic))?;
    let skip = match (word(tokens, part.to + 1), word(tokens, part.to + 2)) {
        ("in", "every") | ("out", "of") => 2,
        ("in", _) => 1,
        _ => return None,
    };
    let whole = figure(tokens, part.to + 1 + skip).filter(|whole| whole.value > part.value)?;
    let named = is_whole(whole.value);
    let people = matches!(
        noun.stem.as_str(),
        "patient"
            | "person"
            | "people"
            | "resident"
            | "gp"
            | "doctor"
            | "practice"
            | "surgery"
            | "adult"
            | "caller"
            | "respondent"
            | "appointment"
            | "nurse"
            | "child"
            | "children"
            | "network"
    );
    (people && named && !is_counted(tokens, whole.to))
        .then(|| (part_of(part.value, whole.value, false), part.to + 1, whole.to))
}

/// `a third`, `two thirds`, `half`; `the most deprived fifth` and `the first quarter` are no shares of anything said here.
fn fraction(tokens: &[Token], at: usize, part: Option<Figure>) -> Option<(Quantity, usize)> {
    let (many, next) = match part {
        Some(figure) if figure.spoken => (figure.value, figure.to),
        _ => (1.0, at + usize::from(matches!(word(tokens, at), "a" | "one"))),
    };
    let stem = tokens.get(next).map_or("", |token| token.stem.as_str());
    let (_, part) = FRACTIONS.iter().find(|(name, _)| *name == stem)?;
    let ordinal = at > 0 && next == at && stem != "half";
    let compared = stem == "half" && word(tokens, next + 1) == "as";
    let timed =
        matches!((word(tokens, next + 1), word(tokens, next + 2)), ("an" | "of", "hour" | "an"));
    (!ordinal && !compared && !timed && many * part <= 1.0)
        .then(|| (of_fraction(many, *part), next + 1))
}

/// `A tenth` is as rough as `one in ten`; halves and what is more than a half within a fortieth.
fn of_fraction(many: f64, part: f64) -> Quantity {
    let out_of = if many * part < 0.5 { 1.0 / part } else { 0.0 };
    Quantity { out_of, ..quantity(many * part, 0.05) }
}

/// `One in five`, of which the whole is as rough as the part; `28 of the 41` were counted.
fn part_of(part: f64, whole: f64, counted: bool) -> Quantity {
    let of_many = !counted && part < whole / 2.0;
    Quantity { out_of: if of_many { whole } else { 0.0 }, ..quantity(part / whole, 0.5 / whole) }
}

fn quantity(value: f64, step: f64) -> Quantity {
    let kind = QuantityKind::Share;
    Quantity { value, upper: None, kind, bound: Bound::Exactly, step, out_of: 0.0 }
}
