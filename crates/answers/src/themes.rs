//! All indicators by theme, with the figures of a place.

use evidence::Place;
use indicators::{Definition, Theme};
use kit::{Caption, Cell, Column, Exhibit, Row, Style, Table, Verdict};
use rayon::prelude::*;
use serde::Serialize;
use vocab::Observed;

use crate::address::written;
use crate::choices::Choices;
use crate::context::Context;
use crate::findings::{observed, style, verdict};
use crate::refusal::Refusal;

/// Every indicator with its figure for a place.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The name of the place.
    pub place: String,
    /// Its key.
    pub place_key: String,
    /// How many indicators there are.
    pub count: String,
    /// A table for each theme that has figures.
    #[serde(skip)]
    pub exhibits: Vec<Exhibit>,
    /// The names of indicators for which nothing has been imported.
    pub empty: Vec<String>,
}

/// The indicators of the place that is chosen.
///
/// # Errors
/// When there is no such place.
pub fn of(context: &Context, choices: &Choices) -> Result<Told, Refusal> {
    let place = context.chosen_place(choices)?;
    Ok(Told {
        count: kit::number::counted(context.library().len(), "indicator", "indicators"),
        exhibits: tables(context, &place),
        empty: without_figures(context),
        place: place.name,
        place_key: place.key,
    })
}

/// The tables alone, by theme.
///
/// # Errors
/// When there is no such place.
pub fn exhibits(context: &Context, choices: &Choices) -> Result<Vec<Exhibit>, Refusal> {
    Ok(tables(context, &context.chosen_place(choices)?))
}

/// Indicators for which the evidence has nothing.
fn without_figures(context: &Context) -> Vec<String> {
    let all = context.library().all();
    let empty = all.iter().filter(|definition| context.latest(definition).is_err());
    empty.map(|definition| definition.name.clone()).collect()
}

fn tables(context: &Context, place: &Place) -> Vec<Exhibit> {
    Theme::ALL.iter().filter_map(|theme| of_theme(context, place, *theme)).collect()
}

/// The table of a theme; nothing where no indicator of it has figures.
fn of_theme(context: &Context, place: &Place, theme: Theme) -> Option<Exhibit> {
    let definitions: Vec<&Definition> = context.library().of_theme(theme);
    let rows: Vec<Row> = definitions
        .par_iter()
        .filter_map(|definition| Some(Row::new(cells(context, place, definition)?)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let whole = context.whole();
    let columns = vec![
        Column::text("Indicator", "indicator"),
        Column::text("Period", "period"),
        Column::number("Figure", "figure", Style::number(1, "")),
        Column::text("Unit", "unit"),
        Column::number(whole.heading(), "england", Style::number(1, "")),
        Column::verdict(&format!("Compared with {}", whole.name()), "compared_with_england"),
    ];
    let caption = caption(context, place, theme);
    let table = Table { caption, columns, rows, notes: Vec::new() };
    Some(Exhibit::table(theme.as_str(), theme.title(), "", table))
}

fn caption(context: &Context, place: &Place, theme: Theme) -> Caption {
    let title = theme.title();
    Caption {
        id: theme.as_str().to_owned(),
        title: format!("{title}: {}", place.name),
        description: format!("Indicators of the theme {title} with their latest figures."),
        source: "the releases named on each indicator’s page".to_owned(),
        run: context.run().to_owned(),
    }
}

/// An indicator's figure for the place.
fn cells(context: &Context, place: &Place, definition: &Definition) -> Option<Vec<Cell>> {
    let period = context.latest(definition).ok()?;
    let href = format!("/indicator/{}{}", definition.id, written(&[("within", &place.key)]));
    let found = context.figure_of(definition, place);
    let style = style(definition);
    let figure = found.as_ref().map_or(Observed::Missing, |(_, row)| observed(row));
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
