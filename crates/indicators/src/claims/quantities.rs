//! Figures as people say them: `40%`, `forty per cent`, `one in five`, `12 or 13`, `£88m`, `500`, `30-50k`.

use super::mention::{Bound, Mention, Quantity, QuantityKind, What};
use super::tokens::Token;

const UNITS: [(&str, f64); 29] = [
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
    ("dozen", 12.0),
];
const FRACTIONS: [(&str, f64); 10] = [
    ("half", 0.5),
    ("halve", 0.5),
    ("third", 1.0 / 3.0),
    ("quarter", 0.25),
    ("fifth", 0.2),
    ("sixth", 1.0 / 6.0),
    ("eighth", 0.125),
    ("tenth", 0.1),
    ("twentieth", 0.05),
    ("hundredth", 0.01),
];
const SCALES: [(&str, f64); 9] = [
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
struct Figure {
    value: f64,
    step: f64,
    to: usize,
    spoken: bool,
}

/// Every figure of a sentence, from left to right.
pub(crate) fn quantities(tokens: &[Token]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(mention) = quantity(tokens, at) {
            at = mention.to;
            found.push(mention);
        } else {
            at += 1;
        }
    }
    found
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.word.as_str())
}

fn quantity(tokens: &[Token], at: usize) -> Option<Mention> {
    let (begin, bound) = bound(tokens, at);
    let pounds = word(tokens, begin) == "£";
    let start = begin + usize::from(pounds);
    let mut found = share_in_words(tokens, start).or_else(|| counted(tokens, start, pounds))?;
    let (bound_after, to) = bound_behind(tokens, found.1);
    found.1 = to;
    found.0.bound = if bound_after == Bound::Exactly { bound } else { bound_after };
    Some(Mention::new(at, found.1, What::Quantity(found.0)))
}

/// Words before a figure that make it a bound, and where the figure begins.
fn bound(tokens: &[Token], at: usize) -> (usize, Bound) {
    const BEFORE: [(&[&str], Bound); 25] = [
        (&["more", "than"], Bound::AtLeast),
        (&["no", "more", "than"], Bound::AtMost),
        (&["not", "more", "than"], Bound::AtMost),
        (&["fewer", "than"], Bound::AtMost),
        (&["less", "than"], Bound::AtMost),
        (&["no", "fewer", "than"], Bound::AtLeast),
        (&["no", "less", "than"], Bound::AtLeast),
        (&["at", "least"], Bound::AtLeast),
        (&["at", "most"], Bound::AtMost),
        (&["up", "to"], Bound::AtMost),
        (&["only"], Bound::Exactly),
        (&["just"], Bound::Exactly),
        (&["about"], Bound::About),
        (&["around"], Bound::About),
        (&["roughly"], Bound::About),
        (&["nearly"], Bound::About),
        (&["almost"], Bound::About),
        (&["some"], Bound::About),
        (&["approximately"], Bound::About),
        (&["over"], Bound::AtLeast),
        (&["above"], Bound::AtLeast),
        (&["under"], Bound::AtMost),
        (&["below"], Bound::AtMost),
        (&["exactly"], Bound::Exactly),
        (&["circa"], Bound::About),
    ];
    let matches = |words: &[&str]| {
        words.iter().enumerate().all(|(offset, wanted)| word(tokens, at + offset) == *wanted)
    };
    let best =
        BEFORE.iter().filter(|(words, _)| matches(words)).max_by_key(|(words, _)| words.len());
    best.map_or((at, Bound::Exactly), |(words, bound)| (at + words.len(), *bound))
}

/// `or more`, `or fewer` after a figure.
fn bound_behind(tokens: &[Token], to: usize) -> (Bound, usize) {
    match (word(tokens, to), word(tokens, to + 1)) {
        ("or", "more" | "over") => (Bound::AtLeast, to + 2),
        ("or", "fewer" | "less" | "under") => (Bound::AtMost, to + 2),
        _ => (Bound::Exactly, to),
    }
}

/// `one in five`, `a third`, `two thirds`, `half`, `most`, `all`.
fn share_in_words(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let share = |value: f64, step: f64| Quantity {
        value,
        upper: None,
        kind: QuantityKind::Share,
        bound: Bound::Exactly,
        step,
    };
    let upper = figure(tokens, at);
    if let Some(upper) = upper {
        let joint = word(tokens, upper.to);
        let (skip, joined) = match joint {
            "in" | "of" => (1, true),
            "out" if word(tokens, upper.to + 1) == "of" => (2, true),
            _ => (0, false),
        };
        if joined && (joint == "in" || joint == "out") {
            let skip = skip + usize::from(word(tokens, upper.to + skip) == "every");
            if let Some(lower) = figure(tokens, upper.to + skip)
                && lower.value > upper.value
                && lower.value <= 1000.0
                && upper.value > 0.0
                && [5.0, 10.0, 100.0, 1000.0, 3.0, 4.0, 8.0, 20.0, 50.0, 200.0, 2.0, 6.0, 7.0, 9.0]
                    .contains(&lower.value)
            {
                return Some((share(upper.value / lower.value, 0.5 / lower.value), lower.to));
            }
        }
    }
    let (many, next) = match upper {
        Some(figure) if figure.spoken => (figure.value, figure.to),
        _ => (1.0, at + usize::from(matches!(word(tokens, at), "a" | "one"))),
    };
    let stem = tokens.get(next).map_or("", |token| token.stem.as_str());
    let (_, part) = FRACTIONS.iter().find(|(name, _)| *name == stem)?;
    // `the most deprived fifth` and `the first quarter` are no shares of anything said here.
    let ordinal = at > 0 && next == at && !matches!(stem, "half");
    if ordinal {
        return None;
    }
    Some((share(many * part, 0.05), next + 1))
}

/// A figure with its range, scale and kind.
fn counted(tokens: &[Token], at: usize, pounds: bool) -> Option<(Quantity, usize)> {
    let mut first = figure(tokens, at)?;
    let mut upper = None;
    let mut to = first.to;
    if let Some(second) = range(tokens, to) {
        // `30-50k`: the scale of the second holds for the first.
        let scale = second.value / bare(tokens, second.to).max(1.0);
        if first.value < second.value && scale >= 1000.0 && first.value < 1000.0 {
            first.value *= 1000.0;
            first.step *= 1000.0;
        }
        if second.value > first.value {
            upper = Some(second.value);
            to = second.to;
        }
    }
    let mut quantity = Quantity {
        value: first.value,
        upper,
        kind: if pounds { QuantityKind::Pounds } else { QuantityKind::Count },
        bound: Bound::Exactly,
        step: first.step,
    };
    match (word(tokens, to), word(tokens, to + 1)) {
        ("%" | "percent" | "pc", _) => {
            as_share(&mut quantity);
            to += 1;
        }
        ("per", "cent") => {
            as_share(&mut quantity);
            to += 2;
        }
        ("pound" | "pounds", _) => {
            quantity.kind = QuantityKind::Pounds;
            to += 1;
        }
        ("minute" | "minutes" | "min" | "mins" | "minutes'", _) => {
            quantity.kind = QuantityKind::Minutes;
            to += 1;
        }
        _ => {}
    }
    // A figure that is one of many words, such as `one practice`, is no claim to a number.
    if tokens.get(at).is_some_and(|token| token.word == "one") && to == at + 1 {
        return None;
    }
    Some((quantity, to))
}

fn as_share(quantity: &mut Quantity) {
    quantity.kind = QuantityKind::Share;
    quantity.value /= 100.0;
    quantity.step /= 100.0;
    quantity.upper = quantity.upper.map(|upper| upper / 100.0);
}

/// The second figure of a range: `12 or 13`, `30 to 50`, `21-25`.
fn range(tokens: &[Token], at: usize) -> Option<Figure> {
    let skip = match word(tokens, at) {
        "-" | "to" | "or" | "and" => 1,
        // `13% to 15%` is two figures, `30%-50%` a range.
        _ => return None,
    };
    if word(tokens, at) == "and" {
        return None;
    }
    let pound = usize::from(word(tokens, at + skip) == "£");
    figure(tokens, at + skip + pound)
}

/// The figure that ends before a word, without its scale.
fn bare(tokens: &[Token], to: usize) -> f64 {
    let digits =
        word(tokens, to.wrapping_sub(1)).trim_end_matches(char::is_alphabetic).replace(',', "");
    digits.parse().unwrap_or(1.0)
}

/// A figure in digits or words, with its scale.
fn figure(tokens: &[Token], at: usize) -> Option<Figure> {
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
        found.step *= scale;
        found.to += 1;
    }
    Some(found)
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

/// `forty`, `twenty five`, `a hundred`.
fn spoken(tokens: &[Token], at: usize) -> Option<Figure> {
    let unit = |at: usize| {
        UNITS.iter().find(|(name, _)| *name == word(tokens, at)).map(|(_, value)| *value)
    };
    let article = matches!(word(tokens, at), "a" | "an");
    let scale_next = SCALES.iter().any(|(name, _)| name.len() > 2 && *name == word(tokens, at + 1))
        || word(tokens, at + 1) == "dozen";
    if article && scale_next {
        return if word(tokens, at + 1) == "dozen" {
            Some(Figure { value: 12.0, step: 1.0, to: at + 2, spoken: true })
        } else {
            Some(Figure { value: 1.0, step: 1.0, to: at + 1, spoken: true })
        };
    }
    let mut value = unit(at)?;
    let mut to = at + 1;
    if value >= 20.0
        && value % 10.0 == 0.0
        && let Some(more) = unit(to).filter(|more| (1.0..10.0).contains(more))
    {
        value += more;
        to += 1;
    }
    Some(Figure { value, step: 1.0, to, spoken: true })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn read(sentence: &str) -> Vec<(f64, Option<f64>, QuantityKind, Bound)> {
        quantities(&tokens(sentence))
            .into_iter()
            .map(|mention| match mention.what {
                What::Quantity(one) => (one.value, one.upper, one.kind, one.bound),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn shares_are_read_in_figures_and_in_words() {
        for (sentence, share) in [
            ("40%", 0.4),
            ("forty per cent", 0.4),
            ("40 percent of them", 0.4),
            ("one in five", 0.2),
            ("four out of five", 0.8),
            ("a third of practices", 1.0 / 3.0),
            ("two thirds", 2.0 / 3.0),
            ("three quarters of patients", 0.75),
            ("half of them", 0.5),
        ] {
            let found = read(sentence);
            assert_eq!(found.len(), 1, "{sentence}");
            assert!((found[0].0 - share).abs() < 1e-12, "{sentence}: {found:?}");
            assert_eq!(found[0].2, QuantityKind::Share, "{sentence}");
        }
    }

    #[test]
    fn counts_ranges_and_money_keep_their_kind() {
        assert_eq!(
            read("12 or 13 staff"),
            [(12.0, Some(13.0), QuantityKind::Count, Bound::Exactly)]
        );
        assert_eq!(
            read("30-50k"),
            [(30_000.0, Some(50_000.0), QuantityKind::Count, Bound::Exactly)]
        );
        assert_eq!(
            read("30,000 to 50,000"),
            [(30_000.0, Some(50_000.0), QuantityKind::Count, Bound::Exactly)]
        );
        assert_eq!(read("£88m of £1,412m").len(), 2);
        assert!((read("£88m")[0].0 - 88e6).abs() < 1.0);
        assert_eq!(
            read("more than two thousand patients")[0],
            (2000.0, None, QuantityKind::Count, Bound::AtLeast)
        );
        assert!((read("within twenty five minutes")[0].0 - 25.0).abs() < 1e-9);
    }

    #[test]
    fn a_figure_agrees_within_its_own_digits() {
        let thirteen = Quantity {
            value: 0.13,
            upper: None,
            kind: QuantityKind::Share,
            bound: Bound::Exactly,
            step: 0.01,
        };
        assert!(thirteen.agrees(0.1349) && !thirteen.agrees(0.14));
    }
}
