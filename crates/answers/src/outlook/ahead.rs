//! An indicator in the years to come, by the one definition that tells what it was.

use indicators::{Definition, Evaluation};
use kit::answer::Exhibit;
use kit::caption::Caption;
use kit::table::{Cell, Column, Row, Table};
use study::{Ahead, counts_gps};
use vocab::Period;

use super::tables::cells;
use crate::findings::style;

/// The figures of an indicator in the years of one run of the outlook.
#[derive(Debug)]
pub struct OfRun<'a> {
    /// What is done, where there are several runs.
    pub name: Option<&'a str>,
    /// Its figures.
    pub years: Vec<Ahead>,
}

/// The figure as it was published last, and those of the years of each run.
#[must_use]
pub fn exhibit(
    definition: &Definition,
    published: Option<(&Evaluation, f64)>,
    runs: &[OfRun<'_>],
    caption: Caption,
) -> Exhibit {
    let was = published.map(|(evaluation, value)| {
        let mut row = vec![Cell::text(evaluation.when(definition)), Cell::text("published")];
        row.extend([Some(value), None, None].map(Cell::maybe));
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
            column("Published, or mean of the draws", "figure"),
            column("1 in 10 below", "p10"),
            column("1 in 10 above", "p90"),
        ],
        rows: was.into_iter().chain(runs.iter().flat_map(rows)).collect(),
        notes: notes(definition, runs),
    };
    Exhibit::table("ahead", &definition.name, &definition.meaning, table)
}

fn rows<'a>(run: &'a OfRun<'a>) -> impl Iterator<Item = Row> + 'a {
    let tense = run.name.map_or_else(|| "would be".to_owned(), |name| format!("would be: {name}"));
    run.years.iter().map(move |one| {
        let month = Period::Month(one.month).in_words();
        let mut row = vec![Cell::text(month), Cell::text(&tense)];
        row.extend(cells(one.band));
        Row::new(row)
    })
}

fn notes(definition: &Definition, runs: &[OfRun<'_>]) -> Vec<String> {
    let mut notes = vec![
        "Each draw fills the tables of the years to come with the lists of practices and the permanent GPs of those that publish theirs apart from others; the indicator is worked out of them by the definition that tells the published figure.".to_owned(),
        "Lists and GPs are told as they stand in the month, at the end of a year of the outlook; its tables by year tell the mean of the year.".to_owned(),
    ];
    if counts_gps(definition) {
        notes.push("Practices that publish no permanent GPs, and in a draw those that have none left, are in neither number, with their patients.".to_owned());
    }
    notes.extend(runs.iter().flat_map(|run| run.years.iter().filter_map(|one| without(run, one))));
    notes
}

/// Why a year has no figure.
fn without(run: &OfRun<'_>, one: &Ahead) -> Option<String> {
    let (lacking, draws) = one.without;
    let of = run.name.map_or_else(String::new, |name| format!("{name}: "));
    (lacking > 0).then(|| {
        format!(
            "{of}no figure for {}: in {lacking} of {draws} draws there is nothing to work it out of, and the others alone would not be the mean.",
            Period::Month(one.month).in_words()
        )
    })
}
