//! A whole answer as JSON: what its page says and what its tables hold, with keys for names and no rounding; a
//! figure that is not there is its mark, `[c]` where it is withheld and `[x]` where it is missing.

use evidence::Place;
use kit::table::{Column, Kind};
use kit::{Answer, Cell, Exhibit, Part, Table};
use serde_json::{Map, Value, json};

/// The shape of an answer, as a JSON Schema.
pub const SCHEMA: &str = include_str!("answer.schema.json");

/// An answer about a place, in the shape of [`SCHEMA`].
#[must_use]
pub fn of(answer: &Answer, place: &Place) -> Value {
    let working = answer.working.map(|working| json!({ "done": working.done, "of": working.of }));
    json!({
        "question": answer.question,
        "place": { "key": place.key, "name": place.name },
        "lead": answer.lead,
        "warnings": answer.warnings,
        "sentences": answer.sentences,
        "refused": answer.refused,
        "working": working,
        "parts": answer.opening.iter().chain(&answer.closing).map(part).collect::<Vec<_>>(),
        "exhibits": answer.exhibits.iter().map(exhibit).collect::<Vec<_>>(),
        "limits": answer.limits,
        "method": answer.method,
    })
}

/// A part in words; what it leads to is another answer's.
fn part(one: &Part) -> Value {
    let points = one.points.iter().map(|point| point.link.text.as_str());
    let figures = one.figures.iter();
    let figures =
        figures.map(|one| json!({ "name": one.name, "value": one.value, "note": one.note }));
    let facts =
        one.facts.iter().map(|fact| json!({ "name": fact.label, "value": fact.value.text }));
    json!({
        "heading": one.heading,
        "paragraphs": one.paragraphs,
        "points": points.collect::<Vec<_>>(),
        "figures": figures.collect::<Vec<_>>(),
        "facts": facts.collect::<Vec<_>>(),
    })
}

fn exhibit(one: &Exhibit) -> Value {
    let table = one.to_table();
    json!({
        "id": one.id,
        "heading": one.heading,
        "reading": one.reading,
        "title": table.caption.title,
        "source": table.caption.source,
        "run": table.caption.run,
        "notes": table.notes,
        "units": units(&table),
        "records": records(&table),
    })
}

/// The unit of every column of numbers, by its key.
fn units(table: &Table) -> Value {
    let unit = |column: &Column| match &column.kind {
        Kind::Number(style) if !style.unit.is_empty() => {
            Some((column.key.clone(), json!(style.unit)))
        }
        _ => None,
    };
    Value::Object(table.columns.iter().filter_map(unit).collect())
}

/// The rows of a table by the keys of its columns; marks and links as words.
#[must_use]
pub fn records(table: &Table) -> Vec<Value> {
    let record = |row: &kit::Row| {
        let cells = table.columns.iter().zip(&row.cells);
        Value::Object(
            cells.map(|(column, cell)| (column.key.clone(), value(cell))).collect::<Map<_, _>>(),
        )
    };
    table.rows.iter().map(record).collect()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Number(value) | Cell::Figure(value, _) => match value.value() {
            Some(value) => json!(value),
            None => json!(value.mark().shorthand()),
        },
        Cell::Text(text) | Cell::Link { text, .. } => json!(text),
        Cell::Verdict(verdict) => json!(verdict.label()),
        Cell::Empty => Value::Null,
    }
}
