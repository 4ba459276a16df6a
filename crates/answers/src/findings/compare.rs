//! The compare table: England and the parent pinned on top, then every organisation with its interval.

use indicators::{Definition, Evaluation, Row as Figure};
use vocab::Organisation;

use super::{cell, denominator_words, linked, numerator_words, style, verdict};
use crate::address;
use kit::caption::Caption;
use kit::chart::compare::{Bar, Compare};
use kit::number::{Style, capitalise};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;
use kit::words::Verdict;

/// The organisations of an evaluation beside England and the place asked for. The headings of its CSV are those of
/// Fingertips, so that spreadsheets built on its downloads go on working.
#[must_use]
pub fn compare_table(definition: &Definition, evaluation: &Evaluation, caption: Caption) -> Table {
    let parents =
        evaluation.rows.iter().any(|row| row.parent.is_some()) && evaluation.place.is_some();
    let line = |row: &Figure, pinned: bool| Row {
        cells: cells(definition, evaluation, row, parents),
        pinned,
    };
    let pinned = std::iter::once(&evaluation.england).chain(&evaluation.place);
    let mut rows: Vec<Row> = pinned.map(|row| line(row, true)).collect();
    rows.extend(others(evaluation).map(|row| line(row, false)));
    let place = evaluation
        .place
        .as_ref()
        .map_or_else(|| "the parent".to_owned(), |row| title_case(&row.name));
    let mut notes = definition.caveats.clone();
    notes.insert(0, definition.meaning.clone());
    if evaluation.rows.iter().any(|row| row.doubt.is_some() && row.estimate.is_some()) {
        notes.push("Bars with an asterisk are not ranked, mostly for fewer than 1,000 patients; they do not stretch the scale.".to_owned());
    }
    Table {
        caption,
        columns: columns(definition, evaluation, parents.then_some(place.as_str())),
        rows,
        notes,
    }
}

/// The organisations but the one that was asked for and those of everybody, which stand on top.
fn others(evaluation: &Evaluation) -> impl Iterator<Item = &Figure> {
    let on_top = std::iter::once(&evaluation.england).chain(&evaluation.place);
    let on_top: Vec<&str> = on_top.map(|row| row.organisation.code.as_str()).collect();
    evaluation.rows.iter().filter(move |row| !on_top.contains(&row.organisation.code.as_str()))
}

/// The headings; those of the downloads are the keys.
fn columns(definition: &Definition, evaluation: &Evaluation, parent: Option<&str>) -> Vec<Column> {
    let style = style(definition);
    let figures = |heading: &str, key: &str| Column::number(heading, key, style.clone());
    let counts =
        |words: String, key: &str| Column::number(&capitalise(&words), key, Style::count(&words));
    let mut columns = vec![
        Column::text("Name", "Area"),
        Column::text("Code", "Area code"),
        Column::text("Indicator ID", "Indicator ID").download_only(),
        Column::text("Indicator name", "Indicator name").download_only(),
        Column::text("Period", "Period").download_only(),
        figures(&heading(&style), "Value"),
        Column::text("Value unit", "Value unit").download_only(),
        figures("Lower 95% limit", "Lower confidence limit"),
        figures("Upper 95% limit", "Upper confidence limit"),
        Column::text("Benchmark", "Benchmark").download_only(),
        Column::verdict(
            &format!("Compared with {}", evaluation.reference.compared()),
            "Compared to benchmark",
        ),
    ];
    if let Some(parent) = parent {
        columns.push(Column::verdict(&format!("Compared with {parent}"), "Compared to parent"));
    }
    columns.push(counts(numerator_words(definition), "Count"));
    columns
        .push(counts(format!("{} (below the line)", denominator_words(definition)), "Denominator"));
    columns.push(Column::text("Rests on", "Rests on"));
    columns
}

/// The heading of the figures.
fn heading(style: &Style) -> String {
    let axis = style.axis();
    if axis.is_empty() { "Figure".to_owned() } else { axis }
}

/// One row.
fn cells(
    definition: &Definition,
    evaluation: &Evaluation,
    row: &Figure,
    parents: bool,
) -> Vec<Cell> {
    let name = linked(&row.name, &row.organisation);
    let limit = |pick: fn(&vocab::Estimate) -> Option<f64>| {
        Cell::limit(row.estimate.as_ref().and_then(pick))
    };
    let is_england = row.organisation == Organisation::england();
    let compared =
        if is_england { Cell::Empty } else { Cell::Verdict(verdict(definition, &row.england)) };
    let mut cells = vec![
        name,
        Cell::text(&row.organisation.code),
        Cell::text(&definition.id),
        Cell::text(&definition.name),
        Cell::text(evaluation.period.to_string()),
        cell(row),
        Cell::text(unit(definition)),
        limit(|estimate| estimate.lower),
        limit(|estimate| estimate.upper),
        Cell::text(evaluation.reference.heading()),
        compared,
    ];
    if parents {
        let parent = row.parent.as_ref().map(|(_, comparison)| verdict(definition, comparison));
        cells.push(parent.map_or(Cell::Empty, Cell::Verdict));
    }
    cells.push(row.numerator.map_or(Cell::Empty, Cell::value));
    cells.push(row.denominator.map_or(Cell::Empty, Cell::value));
    cells.push(Cell::text(evaluation.basis(row)));
    cells
}

/// The unit of the figures of a download: shares are written as parts of one.
fn unit(definition: &Definition) -> &str {
    if definition.unit == "%" { "share of 1" } else { &definition.unit }
}

/// The same organisations as bars, England and the place on top.
#[must_use]
pub fn bars(definition: &Definition, evaluation: &Evaluation, caption: Caption) -> Compare {
    let bar = |row: &Figure, reference: bool| Bar {
        code: row.organisation.code.clone(),
        name: title_case(&row.name),
        href: (!reference).then(|| address::to(&row.organisation)),
        value: row.estimate.map(|estimate| estimate.value),
        interval: row.estimate.and_then(|estimate| estimate.lower.zip(estimate.upper)),
        verdict: if reference { Verdict::NotCompared } else { verdict(definition, &row.england) },
        reference: row.organisation == Organisation::england(),
        highlighted: reference,
        unranked: row.doubt.is_some(),
    };
    let mut bars: Vec<Bar> = std::iter::once(&evaluation.england)
        .chain(&evaluation.place)
        .map(|row| bar(row, true))
        .collect();
    let mut rest: Vec<Bar> = others(evaluation).map(|row| bar(row, false)).collect();
    rest.sort_by(|a, b| {
        let key = |bar: &Bar| bar.value.unwrap_or(f64::NEG_INFINITY);
        key(b).total_cmp(&key(a)).then_with(|| a.code.cmp(&b.code))
    });
    bars.extend(rest);
    Compare { caption, style: style(definition), bars }
}
