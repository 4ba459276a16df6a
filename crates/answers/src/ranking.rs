//! How a score of conditions ranks the synthetic people of a place, in words and as a table.

use models::outlook::{Outcome, Ranking};
use models::people::risk::Tenth;

use kit::caption::Caption;
use kit::number::{Style, plain};
use kit::table::{Cell, Column, Row, Table};

/// How a score ranks people by what happens to them within a year, in a sentence; nothing where it happens to nobody.
#[must_use]
pub fn sentence(ranking: &Ranking) -> Option<String> {
    let tenths = &ranking.assessment.tenths;
    let (lowest, highest) = (tenths.first()?, tenths.last()?);
    let share = |tenth: &Tenth| plain(100.0 * tenth.observed, 1);
    Some(format!(
        "Of two synthetic adults, one {} within a year and one not, the first has the higher score of conditions in {} of 100 pairs; it happens to {}% of those who score least and to {}% of those who score most.",
        match ranking.outcome {
            Outcome::Dies => "who dies",
            Outcome::BecomesComplex => "whose care becomes complex",
        },
        plain(100.0 * ranking.assessment.auc?, 0),
        share(lowest),
        share(highest),
    ))
}

/// People in the order of a score, in tenths, and to which share of them each outcome happens.
#[must_use]
pub fn table(rankings: &[Ranking], caption: Caption) -> Table {
    let line = |outcome: Outcome, number: usize, tenth: &Tenth| {
        Row::new(vec![
            Cell::text(match outcome {
                Outcome::Dies => "Dies",
                Outcome::BecomesComplex => "Care becomes complex",
            }),
            Cell::value(number as f64),
            Cell::value(f64::from(tenth.people)),
            Cell::value(tenth.score),
            Cell::value(tenth.observed),
        ])
    };
    let rows = rankings.iter().flat_map(|ranking| {
        let tenths = ranking.assessment.tenths.iter().zip(1..);
        tenths.map(move |(tenth, number)| line(ranking.outcome, number, tenth))
    });
    Table {
        caption,
        columns: vec![
            Column::text("Within a year", "outcome"),
            Column::number("Group by score", "group", Style::count("")),
            Column::number("People", "people", Style::count("people")),
            Column::number("Mean score", "mean_score", Style::number(2, "")),
            Column::number("Share", "observed_share", Style::percentage(2, "of people")),
        ],
        rows: rows.collect(),
        notes: vec!["People of one score stay together, so that groups are not of one size; most people have no condition that scores, and are the first group.".to_owned()],
    }
}
