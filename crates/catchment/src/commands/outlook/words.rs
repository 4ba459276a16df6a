//! An outlook in plain words: the answer of its page, exhibit by exhibit.

use kit::number::{counted, plain};
use kit::table::to_text;
use vocab::Period;

use super::Told;

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
    let answer = told.answer();
    say!("");
    say!("{}", answer.lead);
    for sentence in &answer.sentences {
        say!("");
        say!("{sentence}");
    }
    for exhibit in answer.exhibits.iter().filter(|one| !one.is_detail) {
        say!("");
        say!("{}", exhibit.heading);
        if !exhibit.reading.is_empty() {
            say!("{}", exhibit.reading);
        }
        let table = exhibit.to_table();
        to_text(&table).lines().for_each(|line| say!("  {line}"));
        table.notes.iter().for_each(|note| say!("  {note}"));
    }
    say!("");
    say!("What stands in where nothing is published");
    answer.limits.iter().for_each(|limit| say!("  {limit}"));
    let more: Vec<&str> = answer
        .exhibits
        .iter()
        .filter(|one| one.is_detail)
        .map(|one| one.heading.as_str())
        .collect();
    say!("");
    say!("With --output or --json: {}", more.join(", "));
}
