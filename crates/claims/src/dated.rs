//! Sentences that were said on a day: `over the last year` is the year before it, and figures of another time say nothing of
//! what was said without one.

use jiff::Span;
use jiff::civil::Date;
use vocab::Period;
use vocab::period::Month;

use super::mention::When;
use super::parse::Claim;
use super::reading::{Reading, Verdict};
use super::said::{Argument, Said};

/// Days that figures may be away from the day on which something was said of the present (an assumption).
const APART: i32 = 400;

/// The claim with a stretch that ends with the last whole month before the day, where it names one that ends now.
pub(super) fn from_day(claim: Claim, day: Date) -> Claim {
    let mut claim = claim;
    if let Some(When::Back(years)) = claim.slots.when {
        let months = |months: i64| day.checked_sub(Span::new().months(months));
        let back = libm::round(years * 12.0) as i64;
        if let (Ok(first), Ok(last)) = (months(back + 1), months(1)) {
            claim.slots.when = Some(When::Between(month_of(first), month_of(last)));
        }
    }
    claim
}

fn month_of(day: Date) -> Period {
    Period::Month(Month { year: day.year(), month: day.month() })
}

/// The reading without its verdict, where its figures are later than the day, where they do not say of when they are, or
/// where the sentence names no time and they are of long before.
pub(super) fn withheld(reading: Reading, day: Date) -> Reading {
    let mut reading = reading;
    if reading.outlook.is_some() || reading.verdict == Verdict::CannotTell {
        return reading;
    }
    let said = Period::Day(day);
    let names_no_time = reading.claim.slots.when.is_none();
    let holds = |period: Period| period.first_day() <= day && day < period.end();
    let unlike = |period: Period| {
        let old = period.distance_in_days(said) > APART && !holds(period);
        period.first_day() > day || (names_no_time && old)
    };
    let mut periods = reading.figures.iter().filter_map(|one| one.period).peekable();
    let undated = periods.peek().is_none();
    let of_another_time = periods.find(|one| unlike(*one));
    let why = match of_another_time {
        Some(period) => Said::new(
            "It was said on {}, and these figures are of {}: they say nothing of that day.",
            [Argument::Period(said), Argument::Period(period)],
        ),
        None if undated => Said::new(
            "It was said on {}, and these figures do not say of when they are.",
            [Argument::Period(said)],
        ),
        None => return reading,
    };
    reading.verdict = Verdict::CannotTell;
    reading.answer.push(why);
    reading.lacks.push("a sentence that names its time".to_owned());
    reading
}
