//! Figures and dates as publishers write them.

use jiff::civil::Date;
use vocab::{Month, Observed};

/// Reads a figure, or the reason why there is none; nothing when it is neither.
///
/// Missing: empty, `NA`, `N/A`, `NULL`, `-`, `.`, `/`, `:`, `[x]`. Suppressed: `*`, `~`, `.z`, `[c]`, `[low]`, `c`, `suppressed`,
/// `<5`, `1-7`, `fewer than 5`. Not applicable: `[z]`. Thousands commas, a pound sign and a percent sign are taken off; a percentage is not divided.
#[must_use]
pub fn figure(text: &str) -> Option<Observed<f64>> {
    let text = text.trim();
    if let Some(count) = short_count(text) {
        return Some(Observed::Value(count));
    }
    match text.to_ascii_lowercase().as_str() {
        "" | "na" | "n/a" | "null" | "none" | "nan" | "-" | "–" | "." | ".." | "/" | ":"
        | "[x]" | "[u]" | "not available" | "no data" => return Some(Observed::Missing),
        "*" | "~" | ".z" | "[c]" | "c" | "[low]" | "suppressed" | "supp" | "#" => {
            return Some(Observed::Suppressed);
        }
        "[z]" | "z" | "not applicable" => return Some(Observed::NotApplicable),
        bound if is_small(bound) => return Some(Observed::Suppressed),
        _ => {}
    }
    number(text).map(Observed::Value)
}

/// Whether a publisher says no more than that a count is small: `<5`, `≤7`, `less than 10`, or a range from one such as `1-7`.
fn is_small(text: &str) -> bool {
    let digits = |text: &str| {
        let text = text.trim();
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let below = ["<=", "<", "≤", "less than ", "fewer than ", "under "];
    let range = text.split_once(['-', '–']).or_else(|| text.split_once(" to "));
    below.iter().any(|sign| text.strip_prefix(sign).is_some_and(digits))
        || range.is_some_and(|(from, to)| from.trim() == "1" && digits(to))
}

/// A number with its ornaments: thousands commas, pound and percent signs, brackets for negatives.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let bare = text.trim().trim_start_matches('£').trim_end_matches('%').trim();
    if let Ok(number) = bare.parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    if let Some(inside) = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return number(inside).map(|number| -number);
    }
    let negative = bare.starts_with('-');
    let digits = bare.trim_start_matches('-').trim_start_matches('£');
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let blanks = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let mut groups = if whole.contains(',') {
        whole.split(',').collect::<Vec<_>>()
    } else {
        whole.split(blanks).collect()
    }
    .into_iter();
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        joined.push_str(group);
    }
    let all_digits = joined.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    let value: f64 = all_digits.then(|| format!("{joined}.{fraction}0"))?.parse().ok()?;
    Some(if negative { -value } else { value })
}

/// The fast road: one to nine digits.
fn short_count(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    let mut count = 0_u32;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        count = count * 10 + u32::from(digit);
    }
    Some(f64::from(count))
}

/// Reads a day in any of the forms met in the publications:
/// `2026-08-01`, `20190701`, `01JAN2021`, `01-Sep-20`, `01/04/1974`, `2025-11-01 00:00:00`, or an Excel serial number.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches("T00:00:00").trim_end_matches(" 00:00:00").trim();
    let bytes = text.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit);
    match bytes.len() {
        5 if digits => excel_serial(text.parse().ok()?),
        8 if digits => {
            let number: i32 = text.parse().ok()?;
            date(number / 10_000, number / 100 % 100, number % 100)
        }
        _ if digits => None,
        _ => worded(text),
    }
}

/// The two days that a date such as `11/01/2025` may mean, where the one with the month first is the first of a month and
/// the other is not.
pub(crate) fn american_first(text: &str) -> Option<(Date, Date)> {
    let text = text.trim();
    let numbers: Vec<i32> = text.split('/').map_while(|part| part.parse().ok()).collect();
    let [month, 1, year] = numbers.as_slice() else { return None };
    if !(2..=12).contains(month) || *year < 1000 {
        return None;
    }
    Some((date(*year, 1, *month)?, date(*year, *month, 1)?))
}

fn worded(text: &str) -> Option<Date> {
    let mut parts: Vec<String> = Vec::new();
    for character in text.chars() {
        let same_kind = parts.last().and_then(|part| part.chars().last()).is_some_and(|last| {
            last.is_ascii_digit() == character.is_ascii_digit() && last.is_alphanumeric()
        });
        match (character.is_alphanumeric(), same_kind) {
            (true, true) => parts.last_mut()?.push(character),
            (true, false) => parts.push(character.to_string()),
            (false, _) => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.is_empty());
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<i32>().ok();
    if first.len() == 4 {
        return date(number(first)?, month_or_number(second)?, number(third)?);
    }
    let year = match third.len() {
        2 => 2000 + number(third)?,
        4 => number(third)?,
        _ => return None,
    };
    date(year, month_or_number(second)?, number(first)?)
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let date =
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (1850..2200).contains(&date.year()).then_some(date)
}

/// Days since 30 December 1899, as Excel counts them after February 1900.
fn excel_serial(days: i32) -> Option<Date> {
    let epoch = Date::constant(1899, 12, 30);
    epoch.checked_add(jiff::Span::new().days(days)).ok()
}

/// Reads a month: any form of a day within it, `OCT2022`, `April 2022`, `Apr-22`, `2023-08`. A financial year (`2011/12`) is none, and
/// neither is `23-Jan`, which is as likely a day.
#[must_use]
pub fn month(text: &str) -> Option<Month> {
    if let Some(day) = day(text) {
        return Some(Month::of(day));
    }
    let text = text.trim();
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let digits: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let month = match (letters.is_empty(), digits.as_slice()) {
        (false, [day]) if day.len() < 4 && text.starts_with(day) => return None,
        (false, [year]) => (year_of(year)?, month_number(&letters)?),
        (true, [year, next]) if is_financial_year(text, year, next) => return None,
        (true, [year, month]) if year.len() == 4 => (year_of(year)?, month.parse().ok()?),
        (true, [month, year]) if year.len() == 4 => (year_of(year)?, month.parse().ok()?),
        _ => return None,
    };
    (1..=12).contains(&month.1).then_some(Month { year: month.0, month: month.1 as i8 })
}

/// Whether two numbers with a stroke between them are a year and the next.
fn is_financial_year(text: &str, year: &str, next: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().unwrap_or_default();
    year.len() == 4 && text.contains('/') && (number(year) + 1) % 100 == number(next) % 100
}

fn year_of(text: &str) -> Option<i16> {
    match text.len() {
        2 => text.parse::<i16>().ok().map(|year| 2000 + year),
        4 => text.parse().ok(),
        _ => None,
    }
}

fn month_or_number(text: &str) -> Option<i32> {
    text.parse().ok().or_else(|| month_number(text))
}

/// The number of a month by its name or the first letters of it, three or more.
pub(crate) fn month_number(text: &str) -> Option<i32> {
    let lower = text.to_ascii_lowercase();
    if lower.len() < 3 {
        return None;
    }
    (1..=12_i8)
        .find(|month| {
            vocab::period::month_name(*month).to_ascii_lowercase().starts_with(&lower)
                || lower == "sept" && *month == 9
        })
        .map(i32::from)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as civil;

    use super::*;

    #[test]
    fn every_form_of_a_day_is_read() {
        for text in [
            "01JAN2021",
            "01Jan2021",
            "2021-01-01",
            "01-Jan-21",
            "01/01/2021",
            "20210101",
            "44197",
            "1 January 2021",
            "2021-01-01 00:00:00",
        ] {
            assert_eq!(day(text), Some(civil(2021, 1, 1)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "31/02/2021", "12-Mar", "2021-13-01", "99JAN2021", "hello", "1/2/3/4"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn every_form_of_a_month_is_read() {
        for text in [
            "OCT2022",
            "October 2022",
            "Oct-22",
            "2022-10",
            "01OCT2022",
            "2022-10-01",
            "01/10/2022",
            "MSitAE-OCTOBER-2022",
        ] {
            let text = text.trim_start_matches("MSitAE-");
            assert_eq!(month(text), Some(Month { year: 2022, month: 10 }), "{text}");
        }
        assert_eq!(month("2022/10"), Some(Month { year: 2022, month: 10 }));
        assert_eq!(month("2011-12"), Some(Month { year: 2011, month: 12 }));
        assert_eq!(month("2022 Oct"), Some(Month { year: 2022, month: 10 }));
        for text in ["22-Oct", "01-Jan", "2022-13", "2011/12", "2009/10", "2011/2012", "1999/00"] {
            assert_eq!(month(text), None, "{text}");
        }
        assert_eq!(month("soon"), None);
    }

    #[test]
    fn the_reason_for_a_missing_figure_is_kept() {
        assert_eq!(figure("0"), Some(Observed::Value(0.0)));
        assert_eq!(figure("1,234"), Some(Observed::Value(1234.0)));
        assert_eq!(figure("-5.5"), Some(Observed::Value(-5.5)));
        assert_eq!(figure("(1,200.50)"), Some(Observed::Value(-1200.5)));
        assert_eq!(figure("£1,000"), Some(Observed::Value(1000.0)));
        assert_eq!(figure("3 779"), Some(Observed::Value(3779.0)));
        assert_eq!(figure("1\u{202f}234\u{a0}567"), Some(Observed::Value(1_234_567.0)));
        assert_eq!(figure("37 79"), None);
        assert_eq!(figure("96.0"), Some(Observed::Value(96.0)));
        assert_eq!(figure(""), Some(Observed::Missing));
        assert_eq!(figure("N/A"), Some(Observed::Missing));
        assert_eq!(figure("*"), Some(Observed::Suppressed));
        assert_eq!(figure(".z"), Some(Observed::Suppressed));
        assert_eq!(figure("[z]"), Some(Observed::NotApplicable));
        for text in
            ["~", "[c]", "[low]", "<5", "< 10", "≤7", "1-7", "1 – 4", "1 to 7", "Fewer than 5"]
        {
            assert_eq!(figure(text), Some(Observed::Suppressed), "{text}");
        }
    }

    #[test]
    fn damaged_figures_are_refused_not_guessed() {
        for text in [
            "12,34", "1.2.3", "twelve", "1e999", "12-Mar", "1,2345", "5-9", "0-4", "10-14", "<",
            "<x",
        ] {
            assert_eq!(figure(text), None, "{text}");
        }
    }
}
