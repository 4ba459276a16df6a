//! Readings as JSON: the same sentences and bare figures.

use claims::{Answer, Reading, Sheet, Suggestion};
use indicators::Library;
use serde_json::{Value, json as object};

use super::{answer, said, style};

/// What became of a sentence, as JSON.
#[must_use]
pub fn json(sentence: &str, found: &Answer, library: &Library) -> Value {
    match found {
        Answer::Reading(reading) => of_reading(sentence, reading, library),
        Answer::Several(readings) => object!({
            "sentence": sentence,
            "is": "several",
            "verdict": found.verdict().map(claims::Verdict::as_str),
            "parts": readings.iter().map(|one| of_reading(&one.claim.sentence, one, library)).collect::<Vec<_>>(),
        }),
        Answer::Near(near) => object!({
            "sentence": sentence, "is": "near", "nearest": suggestions(near),
        }),
        Answer::NotAClaim => object!({ "sentence": sentence, "is": "not_a_claim" }),
    }
}

/// A sheet with its readings, as JSON: whose it is, of which place and day, and each sentence with its line in the minutes.
#[must_use]
pub fn sheet_json(sheet: &Sheet, place: &str, readings: Vec<Value>) -> Value {
    let with_line = |(at, reading): (usize, Value)| match (reading, sheet.lines.get(at)) {
        (Value::Object(mut fields), Some(line)) => {
            fields.insert("line".to_owned(), (*line).into());
            Value::Object(fields)
        }
        (reading, _) => reading,
    };
    let claims: Vec<Value> = readings.into_iter().enumerate().map(with_line).collect();
    let date = sheet.day().map(|day| day.to_string());
    object!({
        "title": sheet.title, "about": sheet.about, "place": place, "date": date, "claims": claims,
    })
}

/// Nearest claims, as JSON.
#[must_use]
pub fn suggestions(near: &[Suggestion]) -> Value {
    near.iter()
        .map(|one| {
            object!({
                "claim": one.template.id, "title": one.template.title, "example": one.template.ask,
                "missing": one.missing, "not_taken": one.not_taken,
            })
        })
        .collect()
}

fn of_reading(sentence: &str, reading: &Reading, library: &Library) -> Value {
    let figures: Vec<Value> = reading
        .figures
        .iter()
        .map(|shown| {
            object!({
                "label": shown.label, "value": shown.value,
                "lower": shown.limits.map(|limits| limits.0),
                "upper": shown.limits.map(|limits| limits.1),
                "limits": shown.limits.map(|_| shown.span.as_str()),
                "unit": style(&shown.unit, library), "period": shown.period.map(|one| one.to_string()),
            })
        })
        .collect();
    let named: Vec<Value> = reading
        .named
        .iter()
        .map(|named| {
            object!({
                "level": named.organisation.level.as_str(), "code": named.organisation.code,
                "name": named.name, "why": said(&named.why, library),
            })
        })
        .collect();
    object!({
        "sentence": sentence, "is": "reading",
        "claim": reading.claim.template.id, "title": reading.claim.template.title,
        "slots": reading.claim.slots.in_words(), "confidence": reading.claim.confidence,
        "place": { "key": reading.subject.key, "name": reading.subject.name },
        "verdict": reading.verdict.as_str(), "answer": answer(reading, library),
        "figures": figures, "named": named,
        "grade": reading.grade.as_str(), "grade_meaning": reading.grade.meaning(),
        "releases": reading.releases, "method": reading.method,
        "outlook": reading.outlook.as_ref().map(|place| &place.key),
        "limits": reading.limits, "what_would_change_it": reading.change, "lacks": reading.lacks,
    })
}
