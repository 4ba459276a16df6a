//! What a place holds: its practices, or for a region and England its integrated care boards, with key figures.

use std::collections::BTreeMap;

use crate::address;
use crate::findings::{observed, style};
use crate::origin::{origin_of_table, sources_of_table};
use crate::refusal::Refusal;
use evidence::Lists;
use evidence::{Affiliations, Place};
use indicators::{Evaluation, Row as FigureRow};
use kit::Exhibit;
use kit::number::capitalise;
use kit::text::title_case;
use kit::{Caption, Cell, Column, Row, Style, Table};
use vocab::{Level, Organisation};

use super::findings::{Figure, Found};
use crate::context::Context;

/// Key figures beside each organisation.
const COLUMNS: usize = 5;

/// The table of what a place holds; nothing for a single practice.
pub(super) fn table(
    context: &Context,
    place: &Place,
    found: &Found<'_>,
) -> Result<Option<Exhibit>, Refusal> {
    let level = match place.single().map(|(level, _)| level) {
        Some(Level::Practice) => return Ok(None),
        Some(Level::England | Level::Region) => Level::Icb,
        _ => Level::Practice,
    };
    let known = context.known()?;
    let Some(lists) = context.study().lists(place)? else { return Ok(None) };
    let shown = shown(context, place, found, level);
    let everywhere = Place {
        key: String::new(),
        name: known.whole().name().to_owned(),
        members: vec![(Level::England, String::new())],
    };
    let all = context.study().lists(&everywhere)?.map(|lists| lists.total());
    let mut rows = vec![reference(
        &capitalise(known.whole().name()),
        &shown,
        all,
        level,
        Evaluation::comparable_england,
    )];
    if !place.is_everywhere() {
        let total = Some(lists.total());
        rows.push(reference(&place.name, &shown, total, level, |one| one.place.as_ref()));
    }
    rows.extend(rows_of(&sizes(&lists, &known, level), &known, level, &shown));
    let plural = if level == Level::Practice { "Practices" } else { "Integrated care boards" };
    let periods = shown.iter().map(|(figure, evaluation)| {
        format!("{}: {}.", figure.definition.name, evaluation.period.in_words())
    });
    let table = Table {
        caption: Caption {
            id: "contents".to_owned(),
            title: format!("{plural} of {}", place.name),
            description: format!("{plural} with registered patients and key figures."),
            source: sources_of_table(context, "list_size", lists.period),
            run: context.run().to_owned(),
        },
        columns: columns(level, &shown),
        rows,
        notes: periods.collect(),
    };
    let reading = "In order of code. Small practices vary most by chance: open an indicator to see intervals and the funnel before judging one.";
    let origin = Some(origin_of_table("list_size", lists.period));
    Ok(Some(Exhibit::table("contents", plural, reading, table).origin(origin)))
}

/// Patients of each organisation of the level.
fn sizes(lists: &Lists, known: &Affiliations, level: Level) -> BTreeMap<String, f64> {
    let mut sizes: BTreeMap<String, f64> = BTreeMap::new();
    for (code, patients) in &lists.patients {
        let held = if level == Level::Practice {
            Some(code.as_str())
        } else {
            known.of(code).and_then(|row| row.code(level))
        };
        *sizes.entry(held.unwrap_or_default().to_owned()).or_default() += patients;
    }
    sizes.remove("");
    sizes
}

/// The key figures that stand beside each organisation.
fn shown<'a>(
    context: &Context,
    place: &Place,
    found: &'a Found<'a>,
    level: Level,
) -> Vec<(&'a Figure<'a>, Evaluation)> {
    let figures = found.key().into_iter().filter_map(|figure| {
        let period = figure.evaluation.period;
        let evaluation = context.evaluate(figure.definition, period, level, Some(place)).ok()?;
        Some((figure, evaluation))
    });
    figures.take(COLUMNS).collect()
}

/// One row an organisation, in order of code.
fn rows_of(
    sizes: &BTreeMap<String, f64>,
    known: &Affiliations,
    level: Level,
    shown: &[(&Figure, Evaluation)],
) -> Vec<Row> {
    let lookups: Vec<BTreeMap<&str, &FigureRow>> = shown
        .iter()
        .map(|(_, evaluation)| {
            evaluation.rows.iter().map(|row| (row.organisation.code.as_str(), row)).collect()
        })
        .collect();
    let row = |(code, patients): (&String, &f64)| {
        let organisation = Organisation { level, code: code.clone() };
        let name = title_case(known.name_of(level, code));
        let name = Cell::link(&name, address::to(&organisation));
        let network = known.of(code).and_then(|row| row.code(Level::Network)).unwrap_or_default();
        let mut cells = vec![name, Cell::text(code)];
        if level == Level::Practice {
            cells.push(network_cell(known.name_of(Level::Network, network), network));
        }
        cells.push(Cell::value(*patients));
        cells.extend(lookups.iter().map(|lookup| {
            let row = lookup.get(code.as_str());
            row.map_or(Cell::maybe(None), |row| Cell::Number(observed(row)))
        }));
        Row::new(cells)
    };
    sizes.iter().map(row).collect()
}

/// A network by name, with its page.
fn network_cell(name: &str, code: &str) -> Cell {
    if code.is_empty() {
        Cell::text("In no network")
    } else {
        Cell::link(title_case(name), address::page(Level::Network, code))
    }
}

/// England or the place pinned on top: its patients and its own figures.
fn reference(
    name: &str,
    shown: &[(&Figure, Evaluation)],
    patients: Option<f64>,
    level: Level,
    row_of: fn(&Evaluation) -> Option<&FigureRow>,
) -> Row {
    let mut cells = vec![Cell::text(name), Cell::text("")];
    if level == Level::Practice {
        cells.push(Cell::Empty);
    }
    cells.push(Cell::maybe(patients));
    cells.extend(shown.iter().map(|(_, evaluation)| {
        row_of(evaluation).map_or(Cell::maybe(None), |row| Cell::Number(observed(row)))
    }));
    Row::pinned(cells)
}

/// The headings.
fn columns(level: Level, shown: &[(&Figure, Evaluation)]) -> Vec<Column> {
    let mut columns = vec![Column::text("Name", "name"), Column::text("Code", "code")];
    if level == Level::Practice {
        columns.push(Column::text("Primary care network", "network"));
    }
    columns.push(Column::number(
        "Registered patients",
        "registered_patients",
        Style::count("patients"),
    ));
    columns.extend(shown.iter().map(|(figure, _)| {
        Column::number(&figure.definition.name, &figure.definition.id, style(figure.definition))
    }));
    columns
}
