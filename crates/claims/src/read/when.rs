//! Times of sentences beside periods of figures.

use vocab::Period;

use super::super::mention::When;

/// Whether two periods have a day in common.
pub(super) fn overlaps(one: Period, other: Period) -> bool {
    one.first_day() < other.end() && other.first_day() < one.end()
}

/// A time as an answer names it.
pub(super) fn in_words(when: When) -> String {
    let years = |years: f64| format!("{} years", libm::round(years * 10.0) / 10.0);
    match when {
        When::In(period) => period.in_words(),
        When::Since(period) => format!("the time since {}", period.in_words()),
        When::By(period) => format!("the time until {}", period.in_words()),
        When::Between(from, to) => format!("{} to {}", from.in_words(), to.in_words()),
        When::Ahead(ahead) => format!("the next {}", years(ahead)),
        When::Back(back) => format!("the last {}", years(back)),
    }
}
