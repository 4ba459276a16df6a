//! An answer on the terminal: its sentences, its tables without detail, and what it leaves out.

use kit::table::to_text;
use kit::{Answer, Exhibit, Part};

/// Says all of it; `limits` is the heading of what it leaves out.
pub fn say(answer: &Answer, limits: &str) {
    let lead = std::iter::once(&answer.lead).filter(|lead| !lead.is_empty());
    for sentence in lead.chain(&answer.warnings).chain(&answer.sentences) {
        say!("");
        say!("{sentence}");
    }
    answer.opening.iter().for_each(part);
    answer.exhibits.iter().filter(|one| !one.is_detail).for_each(exhibit);
    answer.closing.iter().for_each(part);
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

/// A part in words; one that only leads on leads to pages.
fn part(one: &Part) {
    let points = one.points.iter().map(|point| point.link.text.clone());
    let figures = one
        .figures
        .iter()
        .map(|figure| format!("{}: {} ({})", figure.name, figure.value, figure.note));
    let facts = one.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value.text));
    let lines: Vec<String> = points.chain(figures).chain(facts).collect();
    if lines.is_empty() && one.paragraphs.is_empty() {
        return;
    }
    say!("");
    if !one.heading.is_empty() {
        say!("{}", one.heading);
    }
    for paragraph in &one.paragraphs {
        say!("{paragraph}");
    }
    for line in lines {
        say!("  {line}");
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
