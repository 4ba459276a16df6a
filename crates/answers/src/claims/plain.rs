//! Readings as plain text, for the command line and for files.

use std::fmt::Write as _;

use claims::{Answer, Reading, Span, Suggestion};
use indicators::Library;

use super::{answer, said, style, verdict};
use kit::text::{title_case, wrap};

/// Characters of a line.
const WIDTH: usize = 100;

/// What became of a sentence, as text.
#[must_use]
pub fn text(sentence: &str, found: &Answer, library: &Library) -> String {
    let mut out = format!("“{}”\n", sentence.trim());
    match found {
        Answer::Reading(reading) => of_reading(&mut out, reading, library),
        Answer::Several(readings) => {
            let _ = writeln!(out, "  {} claims in one sentence:", readings.len());
            for reading in readings {
                let _ = writeln!(out, "  “{}”", reading.claim.sentence);
                of_reading(&mut out, reading, library);
            }
        }
        Answer::Near(near) => {
            paragraph(&mut out, "  ", &refusal(near));
            out.push_str("  Nearest claims:\n");
            for one in near {
                let _ = writeln!(out, "  - {}: “{}”", one.template.title, one.template.ask);
                if let Some(why) = wanting(one) {
                    let _ = writeln!(out, "    {why}");
                }
            }
        }
        Answer::NotAClaim => out.push_str("  Not a claim that figures could answer.\n"),
    }
    out
}

/// Why a sentence is not read, in a sentence: the words that would make another claim of the nearest one, or what it lacks.
#[must_use]
pub fn refusal(near: &[Suggestion]) -> String {
    let Some(nearest) = near.first() else { return "Not read.".to_owned() };
    if nearest.missing.is_empty() && !nearest.not_taken.is_empty() {
        let quoted: Vec<String> =
            nearest.not_taken.iter().map(|words| format!("“{words}”")).collect();
        return format!(
            "Not read: {} would make another claim of it, and no kind of claim takes that.",
            quoted.join(", ")
        );
    }
    match wanting(nearest) {
        Some(why) => format!("Not read. For the nearest claim: {}", lower_first(&why)),
        None => "Not read: too many of its words are not known.".to_owned(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What a sentence lacks for a claim, or holds too much, in a sentence.
#[must_use]
pub fn wanting(one: &Suggestion) -> Option<String> {
    let quoted: Vec<String> = one.not_taken.iter().map(|words| format!("“{words}”")).collect();
    match (one.missing.is_empty(), quoted.is_empty()) {
        (true, true) => {
            Some("Too many of its words are not known: say it more plainly.".to_owned())
        }
        (false, true) => Some(format!("It would need {}.", one.missing.join("; "))),
        (true, false) => Some(format!("It does not take {}.", quoted.join(", "))),
        (false, false) => Some(format!(
            "It would need {}; it does not take {}.",
            one.missing.join("; "),
            quoted.join(", ")
        )),
    }
}

fn of_reading(out: &mut String, reading: &Reading, library: &Library) {
    let _ = writeln!(
        out,
        "  {} (evidence grade {}), for {}",
        verdict(reading.verdict).to_uppercase(),
        reading.grade.as_str(),
        title_case(&reading.subject.name)
    );
    paragraph(out, "  ", &answer(reading, library));
    for shown in &reading.figures {
        let style = style(&shown.unit, library);
        let limits = shown
            .limits
            .map(|(lower, upper)| match shown.span {
                Span::Confidence => format!(" ({})", style.interval(lower, upper)),
                Span::Draws => format!(" (8 of 10 draws: {})", style.interval(lower, upper)),
            })
            .unwrap_or_default();
        let period = shown.period.map(|one| format!(", {}", one.in_words())).unwrap_or_default();
        let label = title_case(&shown.label);
        let _ = writeln!(out, "  · {label}{period}: {}{limits}", style.phrase(shown.value));
    }
    if !reading.named.is_empty() {
        out.push_str("  Who makes or breaks it:\n");
        for named in &reading.named {
            let (name, why) = (title_case(&named.name), said(&named.why, library));
            let _ = writeln!(out, "  · {name} ({}): {why}", named.organisation.code);
        }
    }
    list(out, "What would tell", &reading.lacks);
    list(out, "Limits", &reading.limits);
    list(out, "What would change it", &reading.change);
    if let Some(place) = &reading.outlook {
        let _ = writeln!(out, "  More: catchment outlook {}", place.key);
    }
    let _ = writeln!(out, "  Method: {}. Releases: {}.", reading.method, releases(reading));
}

fn releases(reading: &Reading) -> String {
    if reading.releases.is_empty() { "none".to_owned() } else { reading.releases.join(", ") }
}

fn list(out: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {heading}:");
    for line in lines {
        paragraph(out, "  - ", line);
    }
}

fn paragraph(out: &mut String, indent: &str, text: &str) {
    let hanging = " ".repeat(indent.chars().count());
    for (index, line) in wrap(text, WIDTH - indent.len()).iter().enumerate() {
        let _ = writeln!(out, "{}{line}", if index == 0 { indent } else { &hanging });
    }
}
