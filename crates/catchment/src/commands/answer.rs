//! An answer on the terminal: its sentences, its tables without detail, and what it leaves out.

use kit::table::to_text;
use kit::{Answer, Exhibit};

/// Says all of it; `limits` is the heading of what it leaves out.
pub fn say(answer: &Answer, limits: &str) {
    for sentence in Some(&answer.lead).into_iter().chain(&answer.sentences) {
        if !sentence.is_empty() {
            say!("");
            say!("{sentence}");
        }
    }
    answer.exhibits.iter().filter(|one| !one.is_detail).for_each(exhibit);
    if !answer.limits.is_empty() {
        say!("");
        say!("{limits}");
        answer.limits.iter().for_each(|limit| say!("  {limit}"));
    }
    let detail = answer.exhibits.iter().filter(|one| one.is_detail);
    let detail: Vec<&str> = detail.map(|one| one.heading.as_str()).collect();
    if !detail.is_empty() {
        say!("");
        say!("With --output or --json: {}", detail.join(", "));
    }
}

fn exhibit(one: &Exhibit) {
    say!("");
    say!("{}", one.heading);
    if !one.reading.is_empty() {
        say!("{}", one.reading);
    }
    let table = one.to_table();
    to_text(&table).lines().for_each(|line| say!("  {line}"));
    table.notes.iter().for_each(|note| say!("  {note}"));
}
