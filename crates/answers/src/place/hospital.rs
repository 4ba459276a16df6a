//! Hospitals of a place in tables: emergency care by provider, waits by area of treatment.

use indicators::hospital::{EmergencyProviders, TreatmentWait};

use kit::caption::Caption;
use kit::number::{Style, counted, plain};
use kit::table::{Cell, Column, Row, Table};

/// Providers of emergency care that are counted to a board.
#[must_use]
pub fn emergency(found: &EmergencyProviders, caption: Caption) -> Table {
    let rows = found.providers.iter().map(|provider| {
        let over = provider.over_4_hours;
        Row::new(vec![
            Cell::text(&provider.code),
            Cell::text(&provider.name),
            Cell::value(provider.attendances),
            over.map_or(Cell::Empty, Cell::value),
            over.map_or(Cell::Empty, |over| Cell::value(over / provider.attendances)),
        ])
    });
    let mut notes = vec![
        "A provider is no area: people come to it from other boards too, so these figures are in no board’s rate.".to_owned(),
        format!("Providers are counted to boards by the mapping of {}.", found.mapped.in_words()),
    ];
    let (unplaced, attendances) = found.unplaced;
    if unplaced > 0 {
        notes.push(format!(
            "{} with {} attendances are in no board’s list, for the mapping does not name them.",
            counted(unplaced, "provider", "providers"),
            plain(attendances, 0)
        ));
    }
    let columns = vec![
        Column::text("Code", "provider"),
        Column::text("Provider", "name"),
        Column::number("Attendances", "attendances", Style::count("attendances")),
        Column::number("Over four hours", "over_4_hours", Style::count("attendances")),
        Column::number("Share over four hours", "over_4_hours_share", Style::percentage(1, "")),
    ];
    Table { caption, columns, rows: rows.collect(), notes }
}

/// Waits for treatment by area of treatment, and together.
#[must_use]
pub fn waits(waits: &[TreatmentWait], caption: Caption) -> Table {
    let mut all =
        TreatmentWait { name: "All areas of treatment".to_owned(), ..TreatmentWait::default() };
    for wait in waits {
        all.waiting += wait.waiting;
        all.within_18_weeks += wait.within_18_weeks;
        all.over_52_weeks += wait.over_52_weeks;
    }
    let row = |wait: &TreatmentWait| {
        let share = |part: f64| {
            if wait.waiting > 0.0 { Cell::value(part / wait.waiting) } else { Cell::Empty }
        };
        Row::new(vec![
            Cell::text(&wait.name),
            Cell::value(wait.waiting),
            share(wait.within_18_weeks),
            Cell::value(wait.over_52_weeks),
            share(wait.over_52_weeks),
        ])
    };
    Table {
        caption,
        columns: vec![
            Column::text("Area of treatment", "treatment"),
            Column::number("Pathways waiting", "pathways", Style::count("pathways")),
            Column::number("Share within 18 weeks", "within_18_weeks_share", Style::percentage(1, "")),
            Column::number("Over 52 weeks", "over_52_weeks", Style::count("pathways")),
            Column::number("Share over 52 weeks", "over_52_weeks_share", Style::percentage(1, "")),
        ],
        rows: std::iter::once(&all).chain(waits).map(row).collect(),
        notes: vec![
            "A pathway is no person: some people wait for several treatments.".to_owned(),
            "By who pays for the patient, wherever the hospital; what NHS England pays for itself is not in it.".to_owned(),
        ],
    }
}
