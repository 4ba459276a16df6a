//! A small England in memory: two sub-ICB locations, three networks, and figures for a few indicators.

use claims::Checker;
use evidence::tables::{affiliation, appointment, list_size, practice};
use evidence::{Evidence, Given, Place};
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

pub fn evidence() -> Evidence {
    let affiliations = PRACTICES.map(|(code, name, network, sub_icb, ..)| affiliation::Row {
        practice: code.into(),
        name: name.into(),
        network: network.into(),
        network_name: if network == "U00001" { "DOCKLANDS PCN" } else { "OLD TOWN PCN" }.into(),
        sub_icb: sub_icb.into(),
        icb: "QK1".into(),
        icb_name: "NHS TESTSHIRE INTEGRATED CARE BOARD".into(),
        region: "Y60".into(),
        region_name: "MIDLANDS".into(),
        ..Default::default()
    });
    let lists = |factor: f64| {
        PRACTICES.map(|(code, .., patients, _)| list_size::Row {
            practice: code.into(),
            patients: (patients * factor).into(),
            ..Default::default()
        })
    };
    let appointments = PRACTICES.into_iter().flat_map(|(code, .., missed)| {
        let counts = [("attended", 4_000.0 - missed), ("did_not_attend", missed)];
        counts.map(|(status, count)| appointment::Row {
            practice: code.into(),
            status: status.into(),
            appointments: count.into(),
            ..Default::default()
        })
    });
    let closed = [("C82009", "2023-05-01"), ("C82010", "2019-05-01")];
    let register = closed.map(|(code, closed)| practice::Row {
        practice: code.into(),
        name: "GONE SURGERY".into(),
        setting: "general_practice".into(),
        closed: closed.into(),
        sub_icb: "04C".into(),
        icb: "QK1".into(),
        ..Default::default()
    });
    Given::default()
        .with(period("2025-11-01"), affiliations)
        .with(period("2022-11-01"), lists(0.95))
        .with(period("2025-11-01"), lists(1.0))
        .with(period("2025-11"), appointments)
        .with(period("2026-02-01"), register)
        .evidence()
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
