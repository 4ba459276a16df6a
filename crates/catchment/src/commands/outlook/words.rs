//! An outlook in plain words: the answer of its page, exhibit by exhibit.

use kit::number::{counted, plain};
use vocab::Period;

use super::Told;
use crate::commands::answer;

pub fn say(told: &Told) {
    let base = &told.baseline.base;
    say!(
        "{}: {}, {} people on the lists of {}",
        base.name,
        counted(base.practices.len(), "practice", "practices"),
        plain(base.list(), 0),
        Period::Day(base.day).in_words()
    );
    if let Some((first, last)) = base.year {
        let (first, last) = (Period::Month(first).in_words(), Period::Month(last).in_words());
        say!("base year of appointments: {first} to {last}");
    }
    let settings = told.baseline.outlook.settings;
    say!("{} draws, seed {}; ranges hold eight of ten draws", settings.draws, settings.seed);
    answer::say(&told.answer(), "What stands in where nothing is published");
}
