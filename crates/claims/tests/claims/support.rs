//! A small England in memory: two sub-ICB locations, three networks, and figures for a few indicators.

use claims::Checker;
use evidence::{Cell, Evidence, Place, Table, tables};
use indicators::Library;
use study::Study;
use vocab::Period;

/// Practices: code, name, network, sub-ICB, patients, appointments missed of 4,000.
pub const PRACTICES: [(&str, &str, &str, &str, f64, f64); 6] = [
    ("C82001", "WILLOW TREE SURGERY", "U00001", "04C", 9_000.0, 150.0),
    ("C82002", "HARBOUR VIEW MEDICAL CENTRE", "U00001", "04C", 24_000.0, 160.0),
    ("C82003", "MARKET STREET SURGERY", "U00002", "04C", 12_000.0, 900.0),
    ("H90001", "CASTLE PRACTICE", "U00002", "03W", 14_000.0, 155.0),
    ("H90002", "ABBEY HEALTH CENTRE", "U00003", "03W", 2_500.0, 140.0),
    ("H90003", "STATION ROAD SURGERY", "U00003", "03W", 8_000.0, 145.0),
];

pub fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

fn row(table: &'static Table, cells: &[(&str, Cell<'static>)]) -> Vec<Cell<'static>> {
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| *cell);
    table.columns.iter().map(|column| cell(column.name).unwrap_or(Cell::Empty)).collect()
}

pub fn evidence() -> Evidence {
    let affiliation = PRACTICES.map(|(code, name, network, sub_icb, ..)| {
        row(
            &tables::AFFILIATION,
            &[
                ("practice", Cell::Text(code)),
                ("name", Cell::Text(name)),
                ("network", Cell::Text(network)),
                (
                    "network_name",
                    Cell::Text(if network == "U00001" { "DOCKLANDS PCN" } else { "OLD TOWN PCN" }),
                ),
                ("sub_icb", Cell::Text(sub_icb)),
                ("icb", Cell::Text("QK1")),
                ("icb_name", Cell::Text("NHS TESTSHIRE INTEGRATED CARE BOARD")),
                ("region", Cell::Text("Y60")),
                ("region_name", Cell::Text("MIDLANDS")),
            ],
        )
    });
    let list = |factor: f64| {
        PRACTICES.map(|(code, .., patients, _)| {
            row(
                &tables::LIST_SIZE,
                &[("practice", Cell::Text(code)), ("patients", Cell::Number(patients * factor))],
            )
        })
    };
    let appointments = PRACTICES.into_iter().flat_map(|(code, .., missed)| {
        [("attended", 4_000.0 - missed), ("did_not_attend", missed)].map(|(status, count)| {
            row(
                &tables::APPOINTMENT,
                &[
                    ("practice", Cell::Text(code)),
                    ("status", Cell::Text(status)),
                    ("appointments", Cell::Number(count)),
                ],
            )
        })
    });
    let register = [("C82009", "2023-05-01"), ("C82010", "2019-05-01")].map(|(code, closed)| {
        row(
            &tables::PRACTICE,
            &[
                ("practice", Cell::Text(code)),
                ("name", Cell::Text("GONE SURGERY")),
                ("setting", Cell::Text("general_practice")),
                ("closed", Cell::Text(closed)),
                ("sub_icb", Cell::Text("04C")),
                ("icb", Cell::Text("QK1")),
            ],
        )
    });
    Evidence::in_memory(&[
        (&tables::AFFILIATION, period("2025-11-01"), affiliation.to_vec()),
        (&tables::LIST_SIZE, period("2022-11-01"), list(0.95).to_vec()),
        (&tables::LIST_SIZE, period("2025-11-01"), list(1.0).to_vec()),
        (&tables::APPOINTMENT, period("2025-11"), appointments.collect()),
        (&tables::PRACTICE, period("2026-02-01"), register.to_vec()),
    ])
}

pub fn library() -> Library {
    Library::built_in().expect("sound definitions")
}

/// The place that sentences are seen from.
pub fn home() -> Place {
    Place {
        key: "04C".to_owned(),
        name: "Testshire".to_owned(),
        members: vec![(vocab::Level::SubIcb, "04C".to_owned())],
    }
}

/// A checker of this evidence.
pub fn checker_of(evidence: Evidence) -> Checker {
    Checker::new(&Study::new(evidence, library(), Vec::new())).expect("a checker")
}

/// A checker of the small England.
pub fn checker() -> Checker {
    checker_of(evidence())
}
