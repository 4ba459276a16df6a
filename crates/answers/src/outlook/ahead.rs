//! An indicator in the years to come, by the one definition that tells what it was.

use indicators::Definition;
use kit::answer::Exhibit;
use kit::caption::Caption;
use kit::table::{Cell, Column, Row, Table};
use study::Ahead;
use vocab::Period;

use super::tables::cells;
use crate::findings::style;

/// The figure as it was published last, and those of the years of an outlook.
#[must_use]
pub fn exhibit(
    definition: &Definition,
    published: Option<(Period, f64)>,
    ahead: &[Ahead],
    caption: Caption,
) -> Exhibit {
    let was = published.map(|(period, value)| {
        let mut row = vec![Cell::text(period.in_words()), Cell::text("published")];
        row.extend([Some(value), None, None].map(Cell::maybe));
        Row::new(row)
    });
    let would_be = ahead.iter().map(|one| {
        let month = Cell::text(Period::Month(one.month).in_words());
        let mut row = vec![month, Cell::text("would be")];
        row.extend(cells(one.band));
        Row::new(row)
    });
    let style = style(definition);
    let column =
        |heading: &str, key: &str| Column::number(&style.heading(heading), key, style.clone());
    let table = Table {
        caption,
        columns: vec![
            Column::text("Month", "month"),
            Column::text("Published or would be", "tense"),
            column("Figure", "figure"),
            column("1 in 10 below", "p10"),
            column("1 in 10 above", "p90"),
        ],
        rows: was.into_iter().chain(would_be).collect(),
        notes: vec!["Each draw fills the tables of the years to come with the lists of practices and the GPs of those that publish theirs; the indicator is worked out of them by the definition that tells the published figure.".to_owned()],
    };
    Exhibit::table("ahead", &definition.name, &definition.meaning, table)
}
