//! A figure in digits or words, before it is known what it counts: `1,412m`, `forty-three`, `half a dozen`.

use super::super::tokens::Token;
use super::word;

const UNITS: [(&str, f64); 28] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];
const SCALES: [(&str, f64); 10] = [
    ("dozen", 12.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("k", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("bn", 1e9),
    ("b", 1e9),
];

/// A figure before its kind is known, and the words that it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub value: f64,
    pub step: f64,
    pub to: usize,
    pub spoken: bool,
}

/// A figure in digits or words, with its scale.
pub(super) fn figure(tokens: &[Token], at: usize) -> Option<Figure> {
    let mut found = digits(tokens.get(at)?, at).or_else(|| spoken(tokens, at))?;
    while let Some((_, scale)) = SCALES
        .iter()
        .find(|(name, _)| *name == tokens.get(found.to).map_or("", |token| token.stem.as_str()))
    {
        // `30 m` alone may be metres or minutes: only whole words scale a figure in digits.
        let letter = word(tokens, found.to).len() <= 2;
        if letter {
            break;
        }
        found.value *= scale;
        // `a dozen` is twelve, `half a million` is said to the nearest tenth of one.
        found.step = if *scale < 100.0 {
            1.0
        } else {
            found.step * scale / if found.spoken && found.value < *scale { 10.0 } else { 1.0 }
        };
        found.to += 1;
        found = with_rest(tokens, found, *scale);
    }
    Some(found)
}

/// `a hundred and twenty`, `two thousand three hundred`: what follows a spoken scale and is less than it.
fn with_rest(tokens: &[Token], found: Figure, scale: f64) -> Figure {
    let and = usize::from(word(tokens, found.to) == "and");
    let rest = below_a_hundred(tokens, found.to + and);
    let Some((rest, to)) = rest.filter(|_| found.spoken && (scale - 100.0).abs() < 1e-9) else {
        return found;
    };
    Figure { value: found.value + rest, step: 1.0, to, spoken: true }
}

/// `forty`, `twenty five`.
pub(crate) fn below_a_hundred(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let unit = |at: usize| {
        UNITS.iter().find(|(name, _)| *name == word(tokens, at)).map(|(_, value)| *value)
    };
    let value = unit(at)?;
    let is_ten = value >= 20.0 && value % 10.0 == 0.0;
    let more = unit(at + 1).filter(|more| is_ten && (1.0..10.0).contains(more));
    Some((value + more.unwrap_or(0.0), at + 1 + usize::from(more.is_some())))
}

/// By how much the words or letters that end a figure scale it: 1,000 of `fifty thousand` and of `50k`.
pub(super) fn scale_before(tokens: &[Token], to: usize) -> f64 {
    let last = tokens.get(to.wrapping_sub(1)).map_or("", |token| token.stem.as_str());
    let letters = last.trim_start_matches(|one: char| !one.is_alphabetic());
    SCALES.iter().find(|(name, _)| *name == letters).map_or(1.0, |(_, scale)| *scale)
}

/// `1,412m`, `6.2`, `30k`.
fn digits(token: &Token, at: usize) -> Option<Figure> {
    let text = token.word.replace(',', "");
    let end = text.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(text.len());
    let (head, tail) = text.split_at_checked(end)?;
    if head.is_empty() || text.contains('/') {
        return None;
    }
    let scale = match tail {
        "" => 1.0,
        _ => SCALES.iter().find(|(name, _)| *name == tail)?.1,
    };
    let value: f64 = head.parse().ok()?;
    Some(Figure { value: value * scale, step: step(head) * scale, to: at + 1, spoken: false })
}

/// The unit of the last digit that says something: 0.1 of `6.2`, 100 of `2,300`.
fn step(digits: &str) -> f64 {
    if let Some((_, decimals)) = digits.split_once('.') {
        return libm::pow(10.0, -(decimals.len() as f64));
    }
    let noughts = digits.len() - digits.trim_end_matches('0').len();
    if digits.len() > 2 { libm::pow(10.0, noughts as f64) } else { 1.0 }
}

/// `forty`, `twenty five`, `a hundred`, `half a dozen`, `half a million`.
fn spoken(tokens: &[Token], at: usize) -> Option<Figure> {
    let unit = |at: usize| {
        UNITS.iter().find(|(name, _)| *name == word(tokens, at)).map(|(_, value)| *value)
    };
    let scaled =
        |at: usize| SCALES.iter().any(|(name, _)| name.len() > 2 && *name == word(tokens, at));
    let exactly = |value: f64, to: usize| Some(Figure { value, step: 1.0, to, spoken: true });
    match (word(tokens, at), word(tokens, at + 1)) {
        ("half", "a") if scaled(at + 2) => return exactly(0.5, at + 2),
        ("a" | "an", "couple") => {
            return exactly(2.0, at + 2 + usize::from(word(tokens, at + 2) == "of"));
        }
        ("a" | "an", _) if scaled(at + 1) => return exactly(1.0, at + 1),
        ("dozen", _) => return exactly(1.0, at),
        _ => {}
    }
    let (mut value, mut to) = below_a_hundred(tokens, at)?;
    // `eight point five`
    let mut decimals = 0;
    if word(tokens, to) == "point" {
        let digit = |at: usize| unit(at).filter(|digit| *digit < 10.0);
        while let Some(digit) = digit(to + 1 + decimals) {
            decimals += 1;
            value += digit * libm::pow(10.0, -(decimals as f64));
        }
        to += if decimals > 0 { decimals + 1 } else { 0 };
    }
    if decimals > 0 {
        let step = libm::pow(10.0, -(decimals as f64));
        return Some(Figure { value, step, to, spoken: true });
    }
    // `one and a half`
    if matches!([0, 1, 2].map(|offset| word(tokens, to + offset)), ["and", "a", "half"]) {
        return Some(Figure { value: value + 0.5, step: 0.1, to: to + 3, spoken: true });
    }
    exactly(value, to)
}
