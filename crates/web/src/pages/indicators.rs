//! All indicators by theme, with the figures of a place.

use answers::address::written;
use answers::findings::{observed, style, verdict};
use answers::{Choices, Refusal};
use axum::response::Response;
use evidence::Place;
use indicators::{Definition, Theme};
use kit::Exhibit;
use kit::{Caption, Cell, Column, Row, Table, Verdict};
use rayon::prelude::*;
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    place: String,
    place_key: String,
    count: String,
    themes: Vec<Shown>,
    empty: Vec<String>,
}

/// The list of indicators.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let place = state.context().chosen_place(choices)?;
    let tables = tables(state, &place);
    let count = state.context().library().len();
    let page = Page {
        layout: Layout::new(state, "Indicators", Section::Indicators, Vec::new()),
        place: place.name.clone(),
        place_key: place.key.clone(),
        count: kit::number::counted(count, "indicator", "indicators"),
        themes: tables
            .iter()
            .map(|exhibit| {
                Shown::of(exhibit, &format!("/indicators/{}", exhibit.id), &choices.written())
            })
            .collect(),
        empty: without_figures(state),
    };
    html(state, "indicators.html", &page)
}

/// The tables by theme.
pub(crate) fn exhibits(
    state: &AppState,
    _theme: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    Ok(tables(state, &state.context().chosen_place(choices)?))
}

/// Indicators for which the evidence has nothing.
fn without_figures(state: &AppState) -> Vec<String> {
    let all = state.context().library().all();
    let empty = all.iter().filter(|definition| state.context().latest(definition).is_err());
    empty.map(|definition| definition.name.clone()).collect()
}

fn tables(state: &AppState, place: &Place) -> Vec<Exhibit> {
    Theme::ALL.iter().filter_map(|theme| of_theme(state, place, *theme)).collect()
}

/// The table of a theme; nothing where no indicator of it has figures.
fn of_theme(state: &AppState, place: &Place, theme: Theme) -> Option<Exhibit> {
    let definitions: Vec<&Definition> = state.context().library().of_theme(theme);
    let rows: Vec<Row> = definitions
        .par_iter()
        .filter_map(|definition| Some(Row::new(cells(state, place, definition)?)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let whole = state.context().whole();
    let table = Table {
        caption: Caption {
            id: theme.as_str().to_owned(),
            title: format!("{}: {}", theme.title(), place.name),
            description: format!(
                "Indicators of the theme {} with their latest figures.",
                theme.title()
            ),
            source: "the releases named on each indicator’s page".to_owned(),
            run: state.context().run().to_owned(),
        },
        columns: vec![
            Column::text("Indicator", "indicator"),
            Column::text("Period", "period"),
            Column::number("Figure", "figure", kit::Style::number(1, "")),
            Column::text("Unit", "unit"),
            Column::number(whole.heading(), "england", kit::Style::number(1, "")),
            Column::verdict(&format!("Compared with {}", whole.name()), "compared_with_england"),
        ],
        rows,
        notes: Vec::new(),
    };
    Some(Exhibit::table(theme.as_str(), theme.title(), "", table))
}

/// An indicator's figure for the place.
fn cells(state: &AppState, place: &Place, definition: &Definition) -> Option<Vec<Cell>> {
    let period = state.context().latest(definition).ok()?;
    let href = format!("/indicator/{}{}", definition.id, written(&[("within", &place.key)]));
    let found = state.context().figure_of(definition, place);
    let style = style(definition);
    let figure = found.as_ref().map_or(vocab::Observed::Missing, |(_, row)| observed(row));
    let england =
        found.as_ref().and_then(|(evaluation, _)| evaluation.comparable_england()).map(observed);
    let comparison =
        found.as_ref().map_or(Verdict::NotCompared, |(_, row)| verdict(definition, &row.england));
    Some(vec![
        Cell::link(&definition.name, href),
        Cell::text(period.in_words()),
        Cell::Figure(figure, style.clone()),
        Cell::text(if definition.unit == "%" { "" } else { style.unit.as_str() }),
        england.map_or(Cell::Empty, |england| Cell::Figure(england, style.clone())),
        Cell::Verdict(comparison),
    ])
}
