//! Ages and times as people say them: `21-25`, `over 75s`, `75+`, `since 2019`, `October 2025`, `the next three years`.

mod paired;

use vocab::Period;
use vocab::period::{FinancialYear, Month, month_name};

use super::mention::{Mention, Quantity, What, When};
use super::quantities;
use super::tokens::Token;
use indicators::definition::Ages;

/// The same a year before, of a month or a year.
pub(crate) fn a_year_before(period: Period) -> Option<Period> {
    Some(match period {
        Period::Month(month) => Period::Month(Month { year: month.year - 1, ..month }),
        Period::Year(year) => Period::Year(year - 1),
        Period::FinancialYear(year) => {
            Period::FinancialYear(FinancialYear { begins: year.begins - 1 })
        }
        Period::Day(_) => return None,
    })
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.word.as_str())
}

/// Every range of ages of a sentence.
pub(crate) fn ages(tokens: &[Token]) -> Vec<Mention> {
    let mut found: Vec<Mention> = (0..tokens.len()).filter_map(|at| age_at(tokens, at)).collect();
    let all = found.clone();
    found.retain(|mention| !all.iter().any(|other| other.contains(mention)));
    found
}

/// The longest range of ages that begins at a word.
fn age_at(tokens: &[Token], at: usize) -> Option<Mention> {
    let (mut start, mut sure) = (at, false);
    while matches!(
        word(tokens, start),
        "aged"
            | "age"
            | "ages"
            | "people"
            | "patients"
            | "those"
            | "residents"
            | "adults"
            | "children"
            | "between"
    ) && start - at < 3
    {
        sure |= matches!(word(tokens, start), "aged" | "age" | "ages");
        start += 1;
    }
    let older = matches!(word(tokens, start), "over" | "above");
    let younger = matches!(word(tokens, start), "under" | "below");
    let first = start + usize::from(older || younger);
    let (age, plural, behind) = year_of_age(tokens, first)?;
    let of_people = start > at && (older || younger) && !is_counted(word(tokens, behind));
    if start > at && !sure && !of_people {
        return None;
    }
    let ages = |from: u8, to: Option<u8>, end: usize| {
        Some(Mention::new(at, end, What::Ages(Ages { from, to })))
    };
    if older || younger {
        // `over 75s`, `aged over 75`, `over 75 years old`; `over 500` is a figure.
        let end = skip_years(tokens, behind);
        let said = sure || plural || of_people || end > behind;
        let range = if older { (age, None) } else { (0, Some(age)) };
        return if said { ages(range.0, range.1, end) } else { None };
    }
    match (word(tokens, behind), word(tokens, behind + 1)) {
        ("+" | "plus", _) if age <= 100 => return ages(age, None, skip_years(tokens, behind + 1)),
        ("and" | "or", "over" | "older" | "above") => {
            return ages(age, None, skip_years(tokens, behind + 2));
        }
        ("and" | "or", "under" | "younger") => {
            return ages(0, age.checked_add(1), skip_years(tokens, behind + 2));
        }
        _ => {}
    }
    let joint = matches!(word(tokens, behind), "-" | "to" | "and");
    if joint && let Some((last, plural_last, past)) = year_of_age(tokens, behind + 1) {
        let end = skip_years(tokens, past);
        let said = sure || plural_last || end > past || word(tokens, behind) == "-";
        return if said && last > age { ages(age, last.checked_add(1), end) } else { None };
    }
    None
}

/// Whether a word after a figure says that it counts something else than years.
fn is_counted(word: &str) -> bool {
    const COUNTED: [&str; 14] = [
        "%",
        "percent",
        "per",
        "minutes",
        "miles",
        "practices",
        "surgeries",
        "patients",
        "people",
        "thousand",
        "hundred",
        "days",
        "weeks",
        "hours",
    ];
    COUNTED.contains(&word)
}

/// An age in figures, and whether it stands in the plural: `75s`.
fn year_of_age(tokens: &[Token], at: usize) -> Option<(u8, bool, usize)> {
    let text = word(tokens, at);
    let (digits, plural) = match text.strip_suffix('s') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    if text == "fives" {
        return Some((5, true, at + 1));
    }
    let written = digits.parse::<u8>().ok().filter(|age| *age <= 110);
    written.map(|age| (age, plural, at + 1)).or_else(|| {
        let (age, to) = quantities::below_a_hundred(tokens, at)?;
        Some((age as u8, false, to))
    })
}

/// Past `years old`, `year-olds`, `years of age`.
fn skip_years(tokens: &[Token], at: usize) -> usize {
    match (word(tokens, at), word(tokens, at + 1)) {
        ("year" | "years", "old" | "olds") => at + 2,
        ("years", "of") if word(tokens, at + 2) == "age" => at + 3,
        ("years", "and") if matches!(word(tokens, at + 2), "over" | "older") => at + 3,
        _ => at,
    }
}

/// Every time of a sentence. `figures` are its quantities, for `the next three years`.
pub(crate) fn times(tokens: &[Token], figures: &[Mention]) -> Vec<Mention> {
    let mut found = spans(tokens, figures);
    found.extend(since_events(tokens));
    let mut at = 0;
    while at < tokens.len() {
        let Some((period, to)) = period_at(tokens, at) else {
            at += 1;
            continue;
        };
        if let Some(mention) = between(tokens, at, period, to) {
            at = mention.to;
            found.push(mention);
            continue;
        }
        let (from, when) = with_relation(tokens, at, period);
        found.push(Mention::new(from, to, What::When(when)));
        at = to;
    }
    paired::pair_up(tokens, &mut found);
    found
}

/// `between 2022 and 2024`, `from 2019 to 2023`.
fn between(tokens: &[Token], at: usize, first: Period, to: usize) -> Option<Mention> {
    if let Some(found) = between_months(tokens, at, first, to) {
        return Some(found);
    }
    let joint = matches!(word(tokens, to), "and" | "to" | "until" | "-");
    let from = at.checked_sub(1).filter(|at| matches!(word(tokens, *at), "between" | "from"))?;
    let (last, end) = period_at(tokens, to + 1).filter(|_| joint)?;
    (last.first_day() > first.first_day())
        .then(|| Mention::new(from, end, What::When(When::Between(first, last))))
}

/// `between October and November 2025`: the year is said once.
fn between_months(tokens: &[Token], at: usize, last: Period, to: usize) -> Option<Mention> {
    let Period::Month(last) = last else { return None };
    let [led, name, joint] = [3, 2, 1].map(|back| at.checked_sub(back).map(|at| word(tokens, at)));
    let joined =
        matches!((led, joint), (Some("between"), Some("and")) | (Some("from"), Some("to")));
    let month = month(name?).filter(|month| joined && *month != last.month)?;
    let year = if month < last.month { last.year } else { last.year - 1 };
    let first = Period::Month(Month { year, month });
    Some(Mention::new(at - 3, to, What::When(When::Between(first, Period::Month(last)))))
}

/// `since the pandemic`, `since covid`: since the year in which it began.
fn since_events(tokens: &[Token]) -> Vec<Mention> {
    const EVENTS: [&str; 8] = [
        "pandemic",
        "covid",
        "covid19",
        "lockdown",
        "lockdowns",
        "coronavirus",
        "brexit",
        "millennium",
    ];
    let year = |event: &str| match event {
        "brexit" => 2016,
        "millennium" => 2000,
        _ => 2020,
    };
    (0..tokens.len())
        .filter(|at| matches!(word(tokens, *at), "since"))
        .filter_map(|at| {
            let event = at + 1 + usize::from(matches!(word(tokens, at + 1), "the" | "before"));
            let known = EVENTS.contains(&word(tokens, event)) && word(tokens, at + 1) != "before";
            let when = When::Since(Period::Year(year(word(tokens, event))));
            known.then(|| Mention::new(at, event + 1, What::When(when)))
        })
        .collect()
}

/// `since`, `from`, `by`, `than they were in` before a period.
fn with_relation(tokens: &[Token], at: usize, period: Period) -> (usize, When) {
    const BETWEEN: [&str; 18] = [
        "start",
        "beginning",
        "in",
        "was",
        "were",
        "it",
        "they",
        "is",
        "what",
        "had",
        "been",
        "the",
        "those",
        "that",
        "of",
        "back",
        "this",
        "for",
    ];
    let before = |back: usize| at.checked_sub(back).map_or("", |at| word(tokens, at));
    if let Some(found) = year_to(tokens, at, period) {
        return found;
    }
    // `On the 2025 index` names an edition.
    let edition =
        matches!(word(tokens, at + 1), "index" | "indices" | "imd" | "census" | "edition");
    if edition && matches!((before(2), before(1)), ("on" | "by" | "in" | "from" | "at", "the")) {
        return (at - 2, When::In(period));
    }
    // `At mid-2020` is the year of an estimate.
    if before(1) == "mid" && matches!(period, Period::Year(_)) {
        return match before(2) {
            "since" | "than" => (at - 2, When::Since(period)),
            "in" | "at" => (at - 2, When::In(period)),
            _ => (at - 1, When::In(period)),
        };
    }
    let mut back = 1;
    while back < 6 && BETWEEN.contains(&before(back)) {
        back += 1;
    }
    match before(back) {
        "since" | "than" | "then" | "from" | "on" => return (at - back, When::Since(period)),
        "with" | "to" if before(back + 1) == "compared" => {
            return (at - back - 1, When::Since(period));
        }
        _ => {}
    }
    match before(1) {
        "by" | "before" | "until" => (at - 1, When::By(period)),
        "in" | "during" | "for" | "of" | "at" => (at - 1, When::In(period)),
        _ => (at, When::In(period)),
    }
}

/// `in the year to December 2024`, `the twelve months to`: the year that ends with a month.
fn year_to(tokens: &[Token], at: usize, period: Period) -> Option<(usize, When)> {
    let Period::Month(last) = period else { return None };
    let before = |back: usize| at.checked_sub(back).map_or("", |at| word(tokens, at));
    if !matches!(before(1), "to" | "ending") {
        return None;
    }
    let back = match (before(3), before(2)) {
        ("twelve" | "12", "months") => 3,
        (_, "year") => 2,
        _ => return None,
    };
    let the = usize::from(before(back + 1) == "the");
    let led = usize::from(matches!(before(back + the + 1), "in" | "over" | "during" | "for"));
    let first = match last.month {
        12 => Month { year: last.year, month: 1 },
        month => Month { year: last.year - 1, month: month + 1 },
    };
    let when = When::Between(Period::Month(first), period);
    Some((at - back - the - led, when))
}

/// A month, a financial year or a year.
fn period_at(tokens: &[Token], at: usize) -> Option<(Period, usize)> {
    let text = word(tokens, at);
    if let Some(month) = month(text)
        && let Some(year) = calendar_year(word(tokens, at + 1))
    {
        return Some((Period::Month(Month { year, month }), at + 2));
    }
    if let Some((begins, ends)) = text.split_once('/')
        && let Some(begins) = calendar_year(begins)
    {
        let last: i16 = ends.parse().ok()?;
        return (last % 100 == (begins + 1) % 100)
            .then_some((Period::FinancialYear(FinancialYear { begins }), at + 1));
    }
    let year = calendar_year(text)?;
    // `2022-23`
    if word(tokens, at + 1) == "-" && word(tokens, at + 2).parse::<i16>() == Ok((year + 1) % 100) {
        return Some((Period::FinancialYear(FinancialYear { begins: year }), at + 3));
    }
    Some((Period::Year(year), at + 1))
}

fn calendar_year(text: &str) -> Option<i16> {
    if text.len() != 4 {
        return None;
    }
    text.parse().ok().filter(|year| (1990..2050).contains(year))
}

fn month(text: &str) -> Option<i8> {
    (1..=12).find(|month| {
        let name = month_name(*month).to_lowercase();
        text == name || (text.len() == 3 && name.starts_with(text)) || text == "sept" && *month == 9
    })
}

/// `over the next three years`, `in the last two years`, `two years ago`, `over the decade`.
fn spans(tokens: &[Token], figures: &[Mention]) -> Vec<Mention> {
    let mut found: Vec<Mention> = figures
        .iter()
        .filter_map(|figure| {
            let What::Quantity(Quantity { value, upper: None, .. }) = figure.what else {
                return None;
            };
            let (years, to) = years(tokens, figure.to, value)?;
            span(tokens, figure.from, to, years)
        })
        .collect();
    for at in 0..tokens.len() {
        let one = match (word(tokens, at), word(tokens, at + 1)) {
            ("last" | "past" | "previous" | "next" | "coming", "year" | "twelve" | "12") => 1.0,
            ("last" | "past" | "previous" | "next" | "coming" | "the" | "a", "decade") => 10.0,
            ("a", "year") if word(tokens, at + 2) == "ago" => 1.0,
            _ => continue,
        };
        let from = at + usize::from(!matches!(word(tokens, at), "a" | "the"));
        let from = if word(tokens, at) == "a" { at } else { from };
        let to = at + 2 + usize::from(matches!(word(tokens, at + 2), "month" | "months"));
        found.extend(span(tokens, from, to, one));
    }
    found
}

/// So many years, if a figure is followed by a unit of time, and the word past it; `two years old` is an age.
fn years(tokens: &[Token], at: usize, value: f64) -> Option<(f64, usize)> {
    let scale = match word(tokens, at) {
        "year" | "years" | "yr" | "yrs" => 1.0,
        "month" | "months" => 1.0 / 12.0,
        "decade" | "decades" => 10.0,
        _ => return None,
    };
    let old = matches!(word(tokens, at + 1), "old" | "olds" | "of");
    (!old && value <= 60.0).then_some((value * scale, at + 1))
}

/// A span of years: ahead or behind, and where it begins and ends. `Two years ago` is one only where something is held
/// against it: `it was higher two years ago` says that it fell.
fn span(tokens: &[Token], at: usize, to: usize, years: f64) -> Option<Mention> {
    const BEHIND: [&str; 4] = ["last", "past", "previous", "recent"];
    const AHEAD: [&str; 4] = ["next", "coming", "following", "another"];
    let before = at.checked_sub(1).map_or("", |at| word(tokens, at));
    let ago = matches!(word(tokens, to), "ago" | "earlier" | "previously" | "back");
    let time = matches!(word(tokens, to), "time");
    let led = BEHIND.contains(&before) || AHEAD.contains(&before);
    let is_past =
        BEHIND.contains(&before) || ago || (!AHEAD.contains(&before) && tells_past(tokens));
    let first = if led { at - 1 } else { at };
    let first = if word(tokens, at) == "over" { at } else { opening(tokens, first) };
    let when = if is_past { When::Back(years) } else { When::Ahead(years) };
    let against = |at: usize| {
        matches!(word(tokens, at), "than" | "then" | "since" | "compared" | "with" | "from" | "on")
    };
    (!ago || (first..at).any(against))
        .then(|| Mention::new(first, to + usize::from(ago || time), What::When(when)))
}

/// Whether a sentence tells of what has been.
fn tells_past(tokens: &[Token]) -> bool {
    const TO_COME: [&str; 13] = [
        "will",
        "would",
        "shall",
        "future",
        "expected",
        "plan",
        "plans",
        "planned",
        "recruit",
        "recruiting",
        "project",
        "projected",
        "forecast",
    ];
    const PAST: [&str; 22] = [
        "has",
        "have",
        "had",
        "was",
        "were",
        "did",
        "rose",
        "fell",
        "grew",
        "dropped",
        "closed",
        "lost",
        "shut",
        "went",
        "increased",
        "decreased",
        "risen",
        "fallen",
        "declined",
        "improved",
        "worsened",
        "shrank",
    ];
    let holds = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    holds(&PAST) && !holds(&TO_COME)
}

/// Where `over the`, `in the`, `than it was` before a span begin.
fn opening(tokens: &[Token], at: usize) -> usize {
    const OPENING: [&str; 22] = [
        "the", "over", "in", "within", "during", "for", "compared", "with", "since", "than", "on",
        "then", "was", "were", "it", "they", "these", "this", "to", "from", "course", "of",
    ];
    let mut first = at;
    for _ in 0..5 {
        let before = first.checked_sub(1).map_or("", |at| word(tokens, at));
        let until = first.checked_sub(2).map_or("", |at| word(tokens, at));
        let leads = match before {
            // `it was` only after `than`, `to` after `compared`, `of` after `course`.
            "was" | "were" | "it" | "they" => {
                matches!(until, "than" | "then" | "it" | "they" | "what" | "that")
            }
            "to" => until == "compared",
            "of" => until == "course",
            word => OPENING.contains(&word),
        };
        if !leads {
            break;
        }
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::quantities::quantities;
    use super::super::tokens::tokens;
    use super::*;

    fn whens(sentence: &str) -> Vec<When> {
        let tokens = tokens(sentence);
        times(&tokens, &quantities(&tokens))
            .into_iter()
            .map(|mention| match mention.what {
                What::When(when) => when,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn ranges(sentence: &str) -> Vec<(u8, Option<u8>)> {
        ages(&tokens(sentence))
            .into_iter()
            .map(|mention| match mention.what {
                What::Ages(ages) => (ages.from, ages.to),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn ages_are_read_in_their_many_forms() {
        for (sentence, range) in [
            ("aged 21-25", (21, Some(26))),
            ("21 to 25 year olds", (21, Some(26))),
            ("over 75s", (75, None)),
            ("people aged 75 and over", (75, None)),
            ("75+", (75, None)),
            ("patients aged over 65", (65, None)),
            ("under fives", (0, Some(5))),
            ("ages 20 to 24", (20, Some(25))),
        ] {
            assert_eq!(ranges(sentence), [range], "{sentence}");
        }
    }

    #[test]
    fn a_large_figure_is_no_age() {
        assert!(ranges("over 500 patients").is_empty());
        assert!(ranges("more than 30 practices").is_empty());
    }

    #[test]
    fn times_are_read_with_their_relation() {
        let month = |year, month| Period::Month(Month { year, month });
        assert_eq!(whens("since 2019"), [When::Since(Period::Year(2019))]);
        assert_eq!(whens("in October 2025"), [When::In(month(2025, 10))]);
        assert_eq!(whens("over the next three years"), [When::Ahead(3.0)]);
        assert_eq!(whens("in the last 2 years"), [When::Back(2.0)]);
        assert_eq!(whens("since last year"), [When::Back(1.0)]);
        assert_eq!(whens("easier now than it was two years ago"), [When::Back(2.0)]);
        assert_eq!(whens("has risen in five years"), [When::Back(5.0)]);
        assert_eq!(whens("have closed over the decade"), [When::Back(10.0)]);
        assert_eq!(whens("since the start of 2022"), [When::Since(Period::Year(2022))]);
        assert_eq!(
            whens("in the year to March 2024"),
            [When::Between(month(2023, 4), month(2024, 3))]
        );
        assert_eq!(whens("since the pandemic"), [When::Since(Period::Year(2020))]);
        assert_eq!(whens("bigger than they were in 2018"), [When::Since(Period::Year(2018))]);
        assert_eq!(
            whens("between 2022 and 2024"),
            [When::Between(Period::Year(2022), Period::Year(2024))]
        );
        assert_eq!(
            whens("in 2022-23"),
            [When::In(Period::FinancialYear(FinancialYear { begins: 2022 }))]
        );
    }
}
