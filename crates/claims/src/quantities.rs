//! Figures as people say them: `40%`, `forty per cent`, `one in five`, `12 or 13`, `£88m`, `500`, `30-50k`.

mod bound;
mod figure;
mod share;

use vocab::period::month_name;

use super::mention::{Bound, Mention, Quantity, QuantityKind, What};
use super::tokens::Token;
pub(crate) use figure::below_a_hundred;
use figure::{Figure, figure, scale_before};

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

/// The figures of a text by themselves, as they are read in sentences.
#[must_use]
pub fn read(text: &str) -> Vec<Quantity> {
    let figure = |mention: Mention| match mention.what {
        What::Quantity(quantity) => Some(quantity),
        _ => None,
    };
    quantities(&super::tokens::tokens(text)).into_iter().filter_map(figure).collect()
}

/// The `one` of `one appointment in ten`, which its share has told already.
pub(crate) fn part_before(tokens: &[Token], figure: &Mention) -> Option<Mention> {
    let What::Quantity(Quantity { kind: QuantityKind::Share, .. }) = figure.what else {
        return None;
    };
    let at = figure.from.checked_sub(2)?;
    let told = share::around_noun(tokens, at).is_some_and(|(_, from, _)| from == figure.from);
    told.then(|| Mention::new(at, at + 1, What::Concept("remark".to_owned())))
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.word.as_str())
}

fn quantity(tokens: &[Token], at: usize) -> Option<Mention> {
    // Nothing that is counted is less than nought: `-5%` is no five per cent.
    let before = at.checked_sub(1).map_or("", |at| word(tokens, at));
    if matches!(before, "-" | "minus")
        && word(tokens, at.wrapping_sub(2)).bytes().all(|one| !one.is_ascii_digit())
    {
        return None;
    }
    let (begin, bound) = bound::before(tokens, at);
    if let Some((mut share, from, to)) = share::around_noun(tokens, begin) {
        share.bound = bound;
        return Some(Mention::new(from, to, What::Quantity(share)));
    }
    let pounds = word(tokens, begin) == "£";
    let start = begin + usize::from(pounds);
    let in_words = if pounds { None } else { share::share(tokens, start) };
    let mut found = in_words
        .or_else(|| part_of_an_hour(tokens, start))
        .or_else(|| counted(tokens, start, pounds))?;
    let (bound_after, to) = bound::behind(tokens, found.1);
    found.1 = to;
    found.0.bound = if bound_after == Bound::Exactly { bound } else { bound_after };
    Some(Mention::new(at, found.1, What::Quantity(found.0)))
}

/// `half an hour`, `an hour`, `three quarters of an hour`.
fn part_of_an_hour(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let one = usize::from(matches!(word(tokens, at), "a" | "an" | "one"));
    let (minutes, to) = match [0, 1, 2, 3].map(|offset| word(tokens, at + offset)) {
        ["half", "an", "hour", _] => (30.0, at + 3),
        ["three", "quarters", "of", "an"] if word(tokens, at + 4) == "hour" => (45.0, at + 5),
        _ if word(tokens, at + one) == "quarter" && word(tokens, at + one + 3) == "hour" => {
            (15.0, at + one + 4)
        }
        [_, "hour", ..] if one == 1 => (60.0, at + 2),
        _ => return None,
    };
    let kind = QuantityKind::Minutes;
    Some((
        Quantity {
            value: minutes,
            upper: None,
            kind,
            bound: Bound::Exactly,
            step: 1.0,
            out_of: 0.0,
        },
        to,
    ))
}

/// A figure with its range, scale and kind.
fn counted(tokens: &[Token], at: usize, pounds: bool) -> Option<(Quantity, usize)> {
    let mut first = figure(tokens, at)?;
    let mut upper = None;
    let mut to = first.to;
    if let Some(second) = range(tokens, at, to) {
        // `30-50k`: the scale of the second holds for the first.
        let scale = scale_before(tokens, second.to);
        if first.value * scale < second.value && scale_before(tokens, to) <= 1.0 {
            first.value *= scale;
            first.step *= scale;
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
        out_of: 0.0,
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
        ("percentage", "point" | "points") => {
            quantity.kind = QuantityKind::Points;
            to += 2;
        }
        ("point" | "points" | "pts" | "pp", _) => {
            quantity.kind = QuantityKind::Points;
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

/// The second figure of a range: `12 or 13`, `30 to 50`, `21-25`, `between 30 and 50`; `13% to 15%` is two figures.
fn range(tokens: &[Token], from: usize, at: usize) -> Option<Figure> {
    let before = word(tokens, from.wrapping_sub(1));
    let between = before == "between";
    // `In January 2022 to 31,409`: a year ends no range.
    if before.len() > 2 && (1..=12).any(|month| month_name(month).eq_ignore_ascii_case(before)) {
        return None;
    }
    match word(tokens, at) {
        // `Fallen by ten to 193`, `risen from 39 to 40`: two figures of a change.
        "to" if is_of_change(tokens, from) => return None,
        "-" | "to" | "or" => {}
        "and" if between => {}
        _ => return None,
    }
    let pound = usize::from(word(tokens, at + 1) == "£");
    figure(tokens, at + 1 + pound)
}

/// Whether a word ends a share: `half`, `thirds`, `five`.
pub(crate) fn is_part(token: &Token) -> bool {
    share::is_fraction(&token.stem) || figure(std::slice::from_ref(token), 0).is_some()
}

/// Whether a figure stands behind `by`, or behind a change and `from`.
fn is_of_change(tokens: &[Token], figure: usize) -> bool {
    const CHANGED: [&str; 40] = [
        "risen",
        "rise",
        "rises",
        "rose",
        "rising",
        "fallen",
        "fall",
        "falls",
        "fell",
        "falling",
        "increased",
        "increase",
        "increases",
        "decreased",
        "decrease",
        "grew",
        "grown",
        "growth",
        "grow",
        "dropped",
        "drop",
        "declined",
        "decline",
        "reduced",
        "reduction",
        "gone",
        "went",
        "up",
        "down",
        "changed",
        "change",
        "moved",
        "shrunk",
        "shrank",
        "climbed",
        "jumped",
        "halved",
        "doubled",
        "slipped",
        "cut",
    ];
    let hedges =
        ["about", "around", "roughly", "some", "nearly", "almost", "over", "approximately"];
    let word_back = |back: usize| figure.checked_sub(back).map_or("", |at| word(tokens, at));
    let skip = 1 + usize::from(hedges.contains(&word_back(1)));
    match word_back(skip) {
        "by" => true,
        "from" => CHANGED.contains(&word_back(skip + 1)),
        _ => false,
    }
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
            ("7 in every 100 appointments", 0.07),
            ("28 of the 41 surgeries", 28.0 / 41.0),
            ("one patient in eight", 0.125),
            ("a twentieth of everyone", 0.05),
        ] {
            let found = read(sentence);
            assert_eq!(found.len(), 1, "{sentence}");
            assert!((found[0].0 - share).abs() < 1e-12, "{sentence}: {found:?}");
            assert_eq!(found[0].2, QuantityKind::Share, "{sentence}");
        }
    }

    #[test]
    fn figures_in_words_are_those_in_digits() {
        for (sentence, figure) in [
            ("forty-three practices", 43.0),
            ("a dozen practices", 12.0),
            ("two dozen practices", 24.0),
            ("half a dozen practices", 6.0),
            ("half a million people", 500_000.0),
            ("0.38 million", 380_000.0),
            ("half an hour", 30.0),
            ("two practices in five years", 2.0),
            ("one and a half points", 1.5),
            ("a hundred and twenty practices", 120.0),
            ("three hundred and five practices", 305.0),
            ("eight point five points", 8.5),
        ] {
            assert!(
                (read(sentence)[0].0 - figure).abs() < 1e-9,
                "{sentence}: {:?}",
                read(sentence)
            );
        }
        assert_eq!(read("just over 400,000 people")[0].3, Bound::JustOver);
        assert_eq!(read("only about half")[0].3, Bound::About);
        assert_eq!(read("twelve or so staff")[0].3, Bound::About);
        assert_eq!(read("six percentage points")[0].2, QuantityKind::Points);
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
        assert_eq!(
            read("between thirty and fifty thousand patients"),
            [(30_000.0, Some(50_000.0), QuantityKind::Count, Bound::Exactly)]
        );
        assert_eq!(
            read("between 1.2 and 1.3 million"),
            [(1_200_000.0, Some(1_300_000.0), QuantityKind::Count, Bound::Exactly)]
        );
        assert_eq!(read("£88m of £1,412m").len(), 2);
        assert!((read("£88m")[0].0 - 88e6).abs() < 1.0);
        assert_eq!(
            read("more than two thousand patients")[0],
            (2000.0, None, QuantityKind::Count, Bound::MoreThan)
        );
        assert!((read("within twenty five minutes")[0].0 - 25.0).abs() < 1e-9);
    }

    /// What a sentence says of a figure.
    fn holds(sentence: &str, figure: f64) -> bool {
        let found = quantities(&tokens(sentence));
        match found.first().map(|mention| &mention.what) {
            Some(What::Quantity(quantity)) => quantity.agrees(figure),
            other => panic!("{sentence}: {other:?}"),
        }
    }

    #[test]
    fn bounds_are_strict() {
        for (sentence, held, not_held) in [
            ("over 9,000 patients", 9_001.0, 9_000.0),
            ("at least 9,000 patients", 9_000.0, 8_999.0),
            ("more than 8% of them", 0.0801, 0.0799),
            ("fewer than 130 practices", 129.0, 130.0),
            ("up to 130 practices", 130.0, 131.0),
            ("under 18% of them", 0.1799, 0.1805),
            ("13% or more", 0.13, 0.1299),
            ("just under eight per cent", 0.079, 0.081),
            ("nearly 10% of patients", 0.0955, 0.101),
            ("just over 5%", 0.051, 0.049),
            ("about 12%", 0.1255, 0.135),
            ("almost 32 million appointments", 31.4e6, 31.1e6),
            ("about 385,000 patients", 385_600.0, 387_000.0),
            ("nearly 100 practices", 96.0, 89.0),
        ] {
            assert!(holds(sentence, held), "{sentence} of {held}");
            assert!(!holds(sentence, not_held), "{sentence} of {not_held}");
        }
    }

    #[test]
    fn round_figures_and_parts_are_as_rough_as_they_sound() {
        for (sentence, held, not_held) in [
            ("100 practices", 100.0, 104.0),
            ("20,000 patients", 20_400.0, 15_000.0),
            ("100,000 patients", 101_000.0, 58_000.0),
            ("58,000 patients", 57_966.0, 57_400.0),
            ("1.3 million patients", 1_298_000.0, 1_236_000.0),
            ("a million patients", 1_010_000.0, 1_300_000.0),
            ("one in five patients", 0.185, 0.1805),
            ("one in five patients", 0.222, 0.223),
            ("one in ten patients", 0.096, 0.079),
            ("a tenth of patients", 0.105, 0.106),
            ("one in three appointments", 0.34, 0.407),
            ("half of them", 0.52, 0.53),
            ("8% of them", 0.0751, 0.0749),
        ] {
            assert!(holds(sentence, held), "{sentence} of {held}");
            assert!(!holds(sentence, not_held), "{sentence} of {not_held}");
        }
    }

    #[test]
    fn a_figure_agrees_within_its_own_digits() {
        let thirteen = Quantity {
            value: 0.13,
            upper: None,
            kind: QuantityKind::Share,
            bound: Bound::Exactly,
            step: 0.01,
            out_of: 0.0,
        };
        assert!(thirteen.agrees(0.1349) && !thirteen.agrees(0.14));
    }
}
