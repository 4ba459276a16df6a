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

/// The claim with a stretch that ends on the day, where it names one that ends now.
pub(super) fn from_day(claim: Claim, day: Date) -> Claim {
    let mut claim = claim;
    if let Some(When::Back(years)) = claim.slots.when {
        let months = Span::new().months(libm::round(years * 12.0) as i64);
        if let Ok(before) = day.checked_sub(months) {
            claim.slots.when = Some(When::Between(month_of(before), month_of(day)));
        }
    }
    claim
}

fn month_of(day: Date) -> Period {
    Period::Month(Month { year: day.year(), month: day.month() })
}

/// The reading without its verdict, where the sentence names no time and the figures are of another than its day.
pub(super) fn withheld(reading: Reading, day: Date) -> Reading {
    let mut reading = reading;
    let said = Period::Day(day);
    let away = |period: Period| {
        period.distance_in_days(said) > APART && !(period.first_day() <= day && day < period.end())
    };
    let of_another_time =
        reading.figures.iter().filter_map(|one| one.period).find(|one| away(*one));
    let is_of_now = reading.claim.slots.when.is_none() && reading.outlook.is_none();
    if let Some(period) = of_another_time.filter(|_| is_of_now) {
        reading.verdict = Verdict::CannotTell;
        reading.answer.push(Said::new(
            "It was said on {}, and these figures are of {}: they say nothing of that day.",
            [Argument::Period(said), Argument::Period(period)],
        ));
        reading.lacks.push(format!("figures of {}", month_of(day).in_words()));
    }
    reading
}
