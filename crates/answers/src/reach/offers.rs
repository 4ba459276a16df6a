//! Extended services as tables: the services, the neighbourhoods, the practices.

use indicators::reach::{Offer, Offers};
use stats::NoFigure;

use kit::number::{Style, capitalise, some};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

/// Each service: who has it, and how that follows deprivation.
#[must_use]
pub fn services(offers: &Offers) -> Table {
    let share = || Style::percentage(1, "of patients");
    let index = || Style::number(3, "");
    let columns = vec![
        Column::text("Service", "service"),
        Column::text("Counted as offered when", "basis"),
        Column::text("When", "period"),
        Column::number("Practices known", "practices_known", Style::count("practices")),
        Column::number("Practices offering", "practices_offering", Style::count("practices")),
        Column::number("Patients whose practice offers it", "patients_share", share()),
        Column::number("At practices in the most deprived fifth", "most_deprived_share", share()),
        Column::number("Along deprivation (Erreygers)", "erreygers_index", index()),
        Column::number("Lower 95%", "lower_95", index()),
        Column::number("Upper 95%", "upper_95", index()),
        Column::text("Not given because", "withheld"),
    ];
    let row = |offer: &Offer| {
        let known = offer.index.as_ref().ok();
        let offering = offer.practices.values().filter(|offers| **offers).count();
        Row::new(vec![
            Cell::text(offer.name),
            Cell::text(offer.basis),
            Cell::text(offer.period.in_words()),
            Cell::value(offer.practices.len() as f64),
            Cell::value(offering as f64),
            Cell::maybe(offer.patients),
            Cell::maybe(offer.most_deprived),
            Cell::limit(known.map(|figure| figure.value)),
            Cell::limit(known.map(|figure| figure.limits.lower)),
            Cell::limit(known.map(|figure| figure.limits.upper)),
            Cell::text(offer.index.as_ref().err().map(NoFigure::to_string).unwrap_or_default()),
        ])
    };
    let mut notes = vec![
        "Above 0, patients of less deprived practices are better served; below 0, those of more deprived ones.".to_owned(),
        "A practice without a payment line or opening hours is not known: it counts neither way.".to_owned(),
    ];
    if offers.without_score > 0 {
        notes.push(format!(
            "{} no score of deprivation.",
            capitalise(&some(offers.without_score, "practice has", "practices have"))
        ));
    }
    Table { columns, rows: offers.services.iter().map(row).collect(), notes, ..Table::default() }
}

/// Share of patients served, by neighbourhood and service.
#[must_use]
pub fn neighbourhoods(offers: &Offers) -> Table {
    let mut columns =
        vec![Column::text("Neighbourhood (network)", "name"), Column::text("Code", "code")];
    columns.extend(
        offers
            .services
            .iter()
            .map(|offer| Column::number(offer.name, offer.id, Style::percentage(0, "of patients"))),
    );
    let rows = offers.neighbourhoods.iter().map(|(code, name)| {
        let mut cells = vec![Cell::text(title_case(name)), Cell::text(code)];
        cells.extend(
            offers
                .services
                .iter()
                .map(|offer| Cell::maybe(offer.neighbourhoods.get(code).copied().flatten())),
        );
        Row::new(cells)
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

/// Yes or no, by practice and service; empty where it is not known.
#[must_use]
pub fn practices(offers: &Offers) -> Table {
    let mut columns = vec![
        Column::text("Practice", "name"),
        Column::text("Code", "code"),
        Column::number("Patients", "patients", Style::count("patients")),
    ];
    columns.extend(offers.services.iter().map(|offer| Column::text(offer.name, offer.id)));
    let rows = offers.practices.iter().map(|(code, (name, patients))| {
        let mut cells =
            vec![Cell::text(title_case(name)), Cell::text(code), Cell::value(*patients)];
        cells.extend(offers.services.iter().map(|offer| match offer.practices.get(code) {
            Some(true) => Cell::text("yes"),
            Some(false) => Cell::text("no"),
            None => Cell::text("not known"),
        }));
        Row::new(cells)
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}
