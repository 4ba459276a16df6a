//! What a scenario costs, year by year.

use kit::{Caption, Cell, Column, Exhibit, Row, Style, Table};
use models::money::Tag;
use options::money::{Year, cost_by_year};
use options::scenario::Resolved;
use vocab::{Month, Period};

use super::MONTHS;
use crate::context::Context;
use crate::origin::caption;

/// The April before the first intervention, from which costs are counted.
pub(super) fn first_april(resolved: &Resolved<'_>) -> Option<Month> {
    let first = resolved.interventions.iter().map(|(.., dated)| dated.from).min()?;
    let year = models::money::financial_year(first).begins;
    Some(Month { year, month: 4 })
}

fn costs(resolved: &Resolved<'_>) -> Vec<Year> {
    first_april(resolved).map_or_else(Vec::new, |base| cost_by_year(resolved, base, MONTHS))
}

/// What it costs in all, in a sentence.
pub(super) fn in_all(resolved: &Resolved<'_>) -> String {
    let years = costs(resolved);
    let pounds = Style::pounds(0, "");
    let of = |tag| years.iter().map(|year| year.of(tag).pounds()).sum::<f64>();
    let all: f64 = years.iter().map(|year| year.total().pounds()).sum();
    let Some(last) = years.last() else {
        return "It costs nothing and changes nothing.".to_owned();
    };
    format!(
        "Beside what the contracts pay by rule it costs {} until the end of {}: {} for services, {} for what makes them possible and {} for structures.",
        pounds.figure(all),
        Period::FinancialYear(last.year).in_words(),
        pounds.figure(of(Tag::Service)),
        pounds.figure(of(Tag::Enabler)),
        pounds.figure(of(Tag::Structure)),
    )
}

/// Year by year and line by line; nothing where it costs nothing.
pub(super) fn exhibit(context: &Context, resolved: &Resolved<'_>) -> Option<Exhibit> {
    let years = costs(resolved);
    if years.iter().all(|year| year.lines.is_empty()) {
        return None;
    }
    let words = caption(context, "costs", &format!("What “{}” costs", resolved.scenario.name), &[]);
    let caption = Caption { source: "the scenario itself".to_owned(), ..words };
    let rows = years.iter().flat_map(|year| {
        year.lines.iter().map(|line| {
            Row::new(vec![
                Cell::text(Period::FinancialYear(year.year).in_words()),
                Cell::text(&line.what),
                Cell::text(line.tag.as_str()),
                Cell::value(line.amount.pounds()),
            ])
        })
    });
    let columns = vec![
        Column::text("Financial year", "year"),
        Column::text("What for", "what"),
        Column::text("Kind of money", "tag"),
        Column::number("Pounds", "pounds", Style::pounds(0, "")),
    ];
    let mut notes: Vec<String> = resolved.cost_remarks().into_iter().map(str::to_owned).collect();
    notes.push(
        "Costs that a file does not give are assumptions of the kind of intervention.".to_owned(),
    );
    let table = Table { caption, columns, rows: rows.collect(), notes };
    let reading = "Year by year and line by line.";
    Some(Exhibit::table("costs", "What it costs", reading, table))
}
