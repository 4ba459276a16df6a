//! The days of the week, Monday first, as people write them and as files and addresses do.

use jiff::civil::Weekday;

/// As people write them.
pub const NAMES: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// As they stand in files, definitions and addresses.
pub const WORDS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The name of a day: `Monday`.
#[must_use]
pub fn name(day: Weekday) -> &'static str {
    NAMES[position(day)]
}

/// The word of a day: `monday`.
#[must_use]
pub fn word(day: Weekday) -> &'static str {
    WORDS[position(day)]
}

/// The day of a word.
#[must_use]
pub fn parse(word: &str) -> Option<Weekday> {
    let position = WORDS.iter().position(|known| *known == word)?;
    Weekday::from_monday_zero_offset(i8::try_from(position).ok()?).ok()
}

fn position(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_again_by_its_word() {
        let days = || Weekday::Monday.cycle_forward().take(7);
        assert!(days().all(|day| parse(word(day)) == Some(day)));
    }

    #[test]
    fn a_name_in_capitals_is_no_word_of_a_file() {
        assert_eq!(parse("Monday"), None);
    }
}
