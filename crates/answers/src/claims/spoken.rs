//! What was said, read for whoever is not at a page: a sentence, the minutes of a meeting, or the kinds of claim that there are;
//! each in words and as JSON.

use std::fmt::Write as _;
use std::sync::Arc;

use claims::{Answer, SHEETS, Sheet, TEMPLATES, Verdict};
use serde_json::Value;

use super::readings::{Heard, Readings};
use super::{json, of_day, sheet_json, text};
use crate::context::Context;
use crate::refusal::Refusal;

/// What became of what was said.
#[derive(Debug)]
pub struct Spoken {
    /// In words.
    pub words: String,
    /// As JSON.
    pub json: Value,
    /// Whether it was read: a sentence got a verdict; of minutes it is always so.
    pub is_read: bool,
    /// The sentences that could be read, as a sheet of claims; of one sentence none.
    pub sheet: Option<String>,
}

/// Reads a sentence of a place; of the home place where none is named.
///
/// # Errors
/// When there is no such place or the evidence cannot be read.
pub fn sentence(
    readings: &Readings,
    sentence: &str,
    place: Option<&str>,
) -> Result<Spoken, Refusal> {
    let context = readings.context();
    let place = place.map_or_else(|| Ok(context.home().clone()), |key| context.place(key))?;
    let answer = readings.answer(sentence, &Heard { place, day: None })?;
    Ok(Spoken {
        words: text(sentence, &answer, context.library()),
        json: json(sentence, &answer, context.library()),
        is_read: answer.verdict().is_some(),
        sheet: None,
    })
}

/// Whether an example sheet has this name.
#[must_use]
pub fn is_example(name: &str) -> bool {
    SHEETS.iter().any(|sheet| sheet.id == name)
}

/// The names of the example sheets.
#[must_use]
pub fn examples() -> Vec<&'static str> {
    SHEETS.iter().map(|sheet| sheet.id.as_str()).collect()
}

/// Reads every sentence of a sheet or of plain minutes: an example by its name, or the text of a file. They are read of the place
/// that is named, of the sheet's own where the evidence knows it, or of the home place.
///
/// # Errors
/// As [`sentence`].
pub fn minutes(
    readings: &Readings,
    name_or_text: &str,
    place: Option<&str>,
) -> Result<Spoken, Refusal> {
    let context = readings.context();
    let sheet = SHEETS.iter().find(|sheet| sheet.id == name_or_text).cloned();
    let sheet = sheet.unwrap_or_else(|| Sheet::read(name_or_text));
    let (heard, of_whom) = heard(context, &sheet, place)?;
    let mut read = Vec::new();
    for sentence in &sheet.claims {
        read.push((sentence.as_str(), readings.answer(sentence, &heard)?));
    }
    let library = context.library();
    let records = read.iter().map(|(said, answer)| json(said, answer, library)).collect();
    let mut words =
        format!("{}\n{}\n{of_whom}\n{}\n\n", sheet.title, sheet.about, of_day(sheet.day()));
    for (at, (sentence, answer)) in read.iter().enumerate() {
        if let Some(line) = sheet.lines.get(at) {
            let _ = writeln!(words, "Line {line}:");
        }
        let _ = writeln!(words, "{}", text(sentence, answer, library));
    }
    words.push_str(&tally(&read));
    let kept = if place.is_some() { heard.place.key.clone() } else { sheet.place.clone() };
    let is_read = |at: usize| read.get(at).is_some_and(|(_, one)| one.verdict().is_some());
    Ok(Spoken {
        words,
        json: sheet_json(&sheet, &heard.place.name, records),
        is_read: true,
        sheet: Some(Sheet { place: kept, ..sheet.clone().only(is_read) }.write()),
    })
}

/// Of where a sheet speaks and on which day, and for which place it is read, in a sentence.
fn heard(
    context: &Context,
    sheet: &Sheet,
    asked: Option<&str>,
) -> Result<(Heard, String), Refusal> {
    let (place, lacks) = match asked {
        Some(key) => (context.place(key)?, None),
        None if sheet.place.is_empty() => (context.home().clone(), None),
        None => match context.place(&sheet.place) {
            Ok(place) => (place, None),
            Err(refusal) => (context.home().clone(), Some(refusal)),
        },
    };
    let because = lacks.map_or_else(String::new, |refusal| {
        let why = refusal.sentence.trim_end_matches('.');
        format!(", because the sheet’s own place is not in this evidence: {why}")
    });
    let words = format!("Read for {}{because}.", place.name);
    Ok((Heard { place, day: sheet.day() }, words))
}

/// How many sentences were supported, not supported, and neither.
fn tally(read: &[(&str, Arc<Answer>)]) -> String {
    let with = |verdict: Verdict| {
        let verdicts = read.iter().filter_map(|(_, answer)| answer.verdict());
        verdicts.filter(|found| *found == verdict).count()
    };
    let counts = [Verdict::Supported, Verdict::NotSupported, Verdict::CannotTell].map(with);
    format!(
        "{} sentences: {} supported, {} not supported, {} on which the data cannot tell, {} not read",
        read.len(),
        counts[0],
        counts[1],
        counts[2],
        read.len() - counts.iter().sum::<usize>()
    )
}

/// The kinds of claim that can be read, each with a sentence to begin from.
#[must_use]
pub fn kinds() -> Spoken {
    let record = |one: &claims::Template| {
        serde_json::json!({
            "id": one.id, "theme": one.theme, "title": one.title,
            "example": one.ask, "rows": one.rows, "grade": one.grade.as_str(),
        })
    };
    let line =
        |one: &claims::Template| format!("{:<34} {}\n{:<34} “{}”", one.id, one.title, "", one.ask);
    Spoken {
        words: TEMPLATES.iter().map(line).collect::<Vec<_>>().join("\n"),
        json: TEMPLATES.iter().map(record).collect(),
        is_read: true,
        sheet: None,
    }
}
