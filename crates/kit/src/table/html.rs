//! Tables as HTML with the markup of the NHS design system: a caption, header cells with scope, numbers to the right.

use std::fmt::Write as _;

use super::{Cell, Column, Kind, Table, shown};
use crate::number::Style;
use crate::text::escape;

/// The whole table in a region that scrolls by keyboard when the screen is narrow.
#[must_use]
pub fn to_html(table: &Table) -> String {
    let id = escape(&table.caption.id);
    let mut out = format!(
        "<div class=\"app-table\" role=\"region\" aria-labelledby=\"{id}-caption\" tabindex=\"0\">\
         <table class=\"nhsuk-table\" id=\"{id}\" data-sortable>\
         <caption class=\"nhsuk-table__caption\" id=\"{id}-caption\">{}</caption>\
         <thead class=\"nhsuk-table__head\"><tr>",
        escape(&table.caption.title)
    );
    for column in table.columns.iter().filter(|column| !column.download_only) {
        let numeric = if is_numeric(column) { " nhsuk-table__header--numeric" } else { "" };
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"nhsuk-table__header{numeric}\">{}</th>",
            escape(&column.heading)
        );
    }
    let _ = writeln!(
        out,
        "</tr></thead><tbody class=\"nhsuk-table__body\">{}</tbody></table></div>",
        to_html_rows(table)
    );
    out
}

/// The body rows alone; the first cell of each row is its header.
#[must_use]
pub fn to_html_rows(table: &Table) -> String {
    let mut out = String::new();
    for row in &table.rows {
        let pinned = if row.pinned { " app-row--pinned\" data-pinned=\"true" } else { "" };
        let _ = write!(out, "<tr class=\"nhsuk-table__row{pinned}\">");
        let shown =
            |index: usize| table.columns.get(index).is_none_or(|column| !column.download_only);
        for (index, cell) in row.cells.iter().enumerate().filter(|&(index, _)| shown(index)) {
            write_cell(&mut out, table, index, cell);
        }
        out.push_str("</tr>\n");
    }
    out
}

/// Whether the column's figures stand to the right.
const fn is_numeric(column: &Column) -> bool {
    matches!(column.kind, Kind::Number(_))
}

/// One cell; a number carries its unrounded value for sorting.
fn write_cell(out: &mut String, table: &Table, index: usize, cell: &Cell) {
    let (tag, scope) = if index == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
    let base = if index == 0 { "nhsuk-table__header" } else { "nhsuk-table__cell" };
    let numeric = table.columns.get(index).is_some_and(is_numeric);
    let class = if numeric { format!("{base} {base}--numeric") } else { base.to_owned() };
    let sort = match cell {
        Cell::Number(value) | Cell::Figure(value, _) => {
            value.value().map(|value| format!(" data-sort=\"{value}\""))
        }
        _ => None,
    };
    let sort = sort.unwrap_or_default();
    let content = content(table.style(index), cell);
    let _ = write!(out, "<{tag}{scope} class=\"{class}\"{sort}>{content}</{tag}>");
}

/// What stands in the cell.
fn content(style: Option<&Style>, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => escape(text),
        Cell::Link { text, href } => {
            format!("<a href=\"{}\">{}</a>", escape(href), escape(text))
        }
        Cell::Number(value) => escape(&shown(style, *value)),
        Cell::Figure(value, style) => escape(&style.cell(*value)),
        Cell::Verdict(verdict) => format!(
            "<span class=\"app-verdict app-verdict--{}\"><span aria-hidden=\"true\">{}</span> {}</span>",
            verdict.class(),
            verdict.symbol(),
            escape(&verdict.label())
        ),
        Cell::Empty => String::new(),
    }
}
