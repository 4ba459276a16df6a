//! Tables as CSV (RFC 4180): full-precision numbers, marks as `[c]`, and no cell that a spreadsheet would run.

use super::{Cell, Table};

/// The table with its download headings.
#[must_use]
pub fn to_csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let headings = table.columns.iter().map(|column| guarded(&column.key));
    write_record(&mut writer, headings);
    for row in &table.rows {
        write_record(&mut writer, row.cells.iter().map(field));
    }
    writer.into_inner().unwrap_or_default()
}

/// Writes one record; a vector takes every byte, so there is no failure to report.
fn write_record(writer: &mut csv::Writer<Vec<u8>>, fields: impl Iterator<Item = String>) {
    let written = writer.write_record(fields);
    debug_assert!(written.is_ok(), "a vector takes every record");
}

/// One field.
fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Link { text, .. } => guarded(text),
        Cell::Number(value) | Cell::Figure(value, _) => value
            .value()
            .map_or_else(|| value.mark().shorthand().to_owned(), |value| value.to_string()),
        Cell::Verdict(verdict) => verdict.label(),
        Cell::Empty => String::new(),
    }
}

/// Text that a spreadsheet would read as a formula is given a leading apostrophe.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
