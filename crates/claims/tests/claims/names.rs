//! Whom a name means that is nearly the name of somebody else.

use claims::{Answer, Checker, Reading};
use evidence::place::NamedPlace;
use evidence::tables::{affiliation, list_size};
use evidence::{Evidence, Given, Place};
use study::Study;
use vocab::Level;

use crate::support::{library, period};

/// Three practices of a board: two of them in a network that is called as one of them begins, the third of a sub-ICB location
/// that is mostly another board's.
fn evidence() -> Evidence {
    let practices = [
        ("N82117", "BROWNLOW GROUP PRACTICE", "04C", 5_000.0),
        ("N82118", "MARYBONE SURGERY", "04C", 3_000.0),
        ("N82119", "BORDER SURGERY", "52R", 2_000.0),
    ];
    let day = period("2025-11-01");
    let affiliations = practices.map(|(code, name, sub_icb, _)| affiliation::Row {
        practice: code.into(),
        name: name.into(),
        network: "U00001".into(),
        network_name: "BROWNLOW HEALTH PCN".into(),
        sub_icb: sub_icb.into(),
        sub_icb_name: sub_icb.into(),
        icb: "QK1".into(),
        icb_name: "NHS TESTSHIRE INTEGRATED CARE BOARD".into(),
        region: "Y60".into(),
        region_name: "R".into(),
        ..Default::default()
    });
    let lists = practices.map(|(code, _, sub_icb, patients)| list_size::Row {
        practice: code.into(),
        sub_icb: sub_icb.into(),
        patients: patients.into(),
    });
    Given::default().with(day, affiliations).with(day, lists).evidence()
}

fn board() -> Place {
    Place {
        key: "QK1".to_owned(),
        name: "NHS Testshire Integrated Care Board".to_owned(),
        members: vec![(Level::Icb, "QK1".to_owned())],
    }
}

/// What a sentence is read as, said in the board, where a place of its sub-ICB location bears its name.
fn read(sentence: &str) -> Reading {
    let named = NamedPlace {
        key: "TEST".to_owned(),
        name: "Testshire".to_owned(),
        members: vec!["04C".to_owned()],
        outline: Vec::new(),
    };
    let study = Study::new(evidence(), library(), vec![named]);
    let checker = Checker::new(&study).expect("a checker");
    match checker.answer(sentence, &board()).expect("an answer") {
        Answer::Reading(reading) => *reading,
        other => panic!("{sentence}: {other:?}"),
    }
}

fn subject(sentence: &str) -> String {
    read(sentence).subject.key
}

#[test]
fn the_whole_name_of_a_practice_is_not_its_networks() {
    assert_eq!(subject("Brownlow Group Practice has 5,000 patients"), "N82117");
    assert_eq!(subject("The list of Brownlow Group Practice has 5,000 patients"), "N82117");
    assert_eq!(subject("Brownlow PCN has 10,000 patients"), "U00001");
    assert_eq!(subject("Brownlow Health PCN has 10,000 patients"), "U00001");
}

#[test]
fn a_name_that_a_place_bears_whole_is_that_places_and_says_which_other_area_is_called_so() {
    let reading = read("Testshire has 8,000 patients");
    assert_eq!(reading.subject.key, "TEST");
    let apart = "“Testshire” is here the place TEST (04C), not NHS TESTSHIRE INTEGRATED CARE BOARD (QK1), which does not hold the same practices: ask for QK1 where that is meant.";
    assert!(reading.limits.iter().any(|limit| limit == apart), "{:?}", reading.limits);
    let board = read("NHS Testshire Integrated Care Board has 10,000 patients");
    assert_eq!(board.subject.key, "QK1");
    assert!(!board.limits.iter().any(|limit| limit.contains("ask for")), "{:?}", board.limits);
}
