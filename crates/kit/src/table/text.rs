//! Tables as lines of text, for a command.

use super::{Cell, Kind, Table, shown};

/// Spaces between columns.
const BETWEEN: &str = "  ";

/// The table as lines: headings, then rows; numbers stand to the right. A unit that all numbers share stands once, above.
#[must_use]
pub fn to_text(table: &Table) -> String {
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|at| !table.columns[*at].download_only).collect();
    let unit = shared_unit(table, &columns);
    let bare = |heading: &str| heading.strip_suffix(unit.as_str()).unwrap_or(heading).to_owned();
    let headings = columns.iter().map(|at| bare(&table.columns[*at].heading)).collect();
    let rows = table.rows.iter().map(|row| {
        columns
            .iter()
            .map(|at| row.cells.get(*at).map_or(String::new(), |cell| word(table, *at, cell)))
            .collect()
    });
    let lines: Vec<Vec<String>> = std::iter::once(headings).chain(rows).collect();
    let width = |column: usize| {
        lines.iter().map(|line: &Vec<String>| line[column].chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let mut text = unit.trim_start().trim_matches(['(', ')']).to_owned();
    if !text.is_empty() {
        text = format!("in {text}\n");
    }
    for line in &lines {
        let cells = line.iter().enumerate().map(|(column, word)| {
            let is_number = matches!(table.columns[columns[column]].kind, Kind::Number(_));
            let width = widths[column];
            if is_number { format!("{word:>width$}") } else { format!("{word:<width$}") }
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(cells.join(BETWEEN).trim_end());
        text.push('\n');
    }
    text
}

/// The unit at the end of the headings of all numbers, in brackets; nothing where they differ.
fn shared_unit(table: &Table, columns: &[usize]) -> String {
    let is_number = |column: &&super::Column| matches!(column.kind, Kind::Number(_));
    let mut units = columns.iter().map(|at| &table.columns[*at]).filter(is_number).map(|column| {
        let heading = column.heading.as_str();
        let unit = heading.rfind(" (").filter(|_| heading.ends_with(')'));
        unit.and_then(|at| heading.get(at..)).unwrap_or("")
    });
    let first = units.next().unwrap_or("");
    if units.all(|unit| unit == first) { first.to_owned() } else { String::new() }
}

fn word(table: &Table, column: usize, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Link { text, .. } => text.clone(),
        Cell::Number(value) => shown(table.style(column), *value),
        Cell::Figure(value, style) => style.cell(*value),
        Cell::Verdict(verdict) => verdict.label(),
        Cell::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Style;
    use crate::table::{Column, Row};

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let columns =
            vec![Column::text("Year", "year"), Column::number("GPs", "gps", Style::number(1, ""))];
        let row = |year: &str, gps| Row::new(vec![Cell::text(year), Cell::value(gps)]);
        let rows = vec![row("Today", 9.5), row("In 1 year", 10.0)];
        let table = Table { columns, rows, ..Table::default() };
        assert_eq!(to_text(&table), "Year        GPs\nToday       9.5\nIn 1 year  10.0\n");
    }

    #[test]
    fn a_unit_of_all_numbers_stands_once() {
        let style = Style::number(1, "GPs");
        let number = |word: &str| Column::number(&style.heading(word), word, style.clone());
        let columns = vec![Column::text("Year", "year"), number("Need"), number("Gap")];
        let rows = vec![Row::new(vec![Cell::text("Today"), Cell::value(9.5), Cell::value(1.0)])];
        let table = Table { columns, rows, ..Table::default() };
        assert_eq!(to_text(&table), "in GPs\nYear   Need  Gap\nToday   9.5  1.0\n");
    }
}
