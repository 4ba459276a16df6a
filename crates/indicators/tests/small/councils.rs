//! A council on numbers that can be checked by hand: two practices, two small areas, two councils.

use claims::{Answer, Checker, Reading, Verdict};
use evidence::Place;
use evidence::tables::{boundary, practice, resident};
use indicators::registration::{age_gaps, living, registrations};
use indicators::{Library, prepare};
use study::Study;
use vocab::{Level, Period};

use crate::common::{Tables, inside};

/// The first practice stands in Southmarsh, the second in Northmarsh; 600 and 300 of their patients live in the first,
/// 100 and 350 in the second. 1,000 and 500 people live there. A practice of the sub-ICB location closed in 2023.
fn two_councils() -> Tables {
    let mut tables = Tables::default();
    tables
        .practice(["A81001", "U00001", "01A", "QAA", "Y60"], 700.0)
        .practice(["A81002", "U00001", "01A", "QAA", "Y60"], 650.0);
    for (practice, west) in [("A81001", 0.0), ("A81002", 1.0)] {
        tables.stands(practice, 51.5, west + 0.5);
    }
    for (code, name, rings, area, people) in [
        ("E09900001", "Southmarsh", "[[[[0,51],[1,51],[1,52],[0,52]]]]", "E01000001", 1_000.0),
        ("E09900002", "Northmarsh", "[[[[1,51],[2,51],[2,52],[1,52]]]]", "E01000002", 500.0),
    ] {
        let row = boundary::Row {
            area: code.into(),
            kind: "local_authority".into(),
            name: name.into(),
            rings: rings.into(),
        };
        tables.row("2024", row);
        for (parent, kind) in [(code, "local_authority"), ("01A", "sub_icb")] {
            tables.row("2024", inside(area, kind, parent));
        }
        residents(&mut tables, area, people);
    }
    let row = practice::Row {
        practice: "A81009".into(),
        name: "Gone Surgery".into(),
        postcode: "ZZ1 1ZZ".into(),
        setting: "general_practice".into(),
        closed: "2023-05-01".into(),
        sub_icb: "01A".into(),
        icb: "QAA".into(),
        ..Default::default()
    };
    tables.row("2026-02-01", row);
    tables.appointments("A81001", "did_not_attend", 30.0).appointments("A81001", "attended", 270.0);
    tables.appointments("A81002", "did_not_attend", 10.0).appointments("A81002", "attended", 190.0);
    tables
}

/// People of thirty who live in an area.
fn residents(tables: &mut Tables, area: &'static str, people: f64) {
    let row = resident::Row {
        area: area.into(),
        census: "2021".into(),
        sex: "all".into(),
        age_from: 30.0.into(),
        age_to: 31.0.into(),
        residents: people.into(),
    };
    tables.row("2024", row);
}

fn by_small_area(tables: &mut Tables) {
    for (practice, area, patients) in [
        ("A81001", "E01000001", 600.0),
        ("A81001", "E01000002", 100.0),
        ("A81002", "E01000001", 300.0),
        ("A81002", "E01000002", 350.0),
    ] {
        tables.lives(practice, area, patients);
    }
}

fn southmarsh() -> Place {
    Place::council("E09900001", "Southmarsh")
}

fn day() -> Period {
    "2025-11-01".parse().unwrap()
}

/// Whether lists may be set against residents, and what they are.
fn registered(tables: &Tables, place: &Place) -> Result<(f64, f64), String> {
    let library = Library::built_in().unwrap();
    let definition = library.get("registered_per_resident").unwrap();
    let found = registrations(&tables.evidence(), definition, place);
    found.map(|found| (found.whole.registered, found.whole.resident)).map_err(|why| why.to_string())
}

#[test]
fn lists_that_stand_in_a_council_are_not_set_against_people_who_live_there() {
    let mut tables = two_councils();
    let why = registered(&tables, &southmarsh()).unwrap_err();
    assert!(why.contains("two different groups") && why.contains("gp-reg-pat-prac-lsoa"), "{why}");
    by_small_area(&mut tables);
    assert_eq!(registered(&tables, &southmarsh()), Ok((900.0, 1_000.0)), "700 stand there");
    assert_eq!(age_gaps(&tables.evidence(), &southmarsh()).unwrap(), None, "no ages by small area");
}

#[test]
fn networks_practices_and_boards_known_in_part_have_no_ratio_to_residents() {
    let mut tables = two_councils();
    for (level, code) in [(Level::Network, "U00001"), (Level::Practice, "A81001")] {
        let members = vec![(level, code.to_owned())];
        let place = Place { key: code.to_owned(), name: code.to_owned(), members };
        let why = registered(&tables, &place).unwrap_err();
        assert!(why.contains("have no area of their own"), "{code}: {why}");
    }
    tables.practice(["B81003", "U00002", "02B", "QAA", "Y60"], 8_000.0);
    let board = Place {
        key: "QAA".to_owned(),
        name: "A board".to_owned(),
        members: vec![(Level::Icb, "QAA".to_owned())],
    };
    let why = registered(&tables, &board).unwrap_err();
    assert!(why.contains("residents are known of 1 of its 2 sub-ICB locations"), "{why}");
    assert_eq!(age_gaps(&tables.evidence(), &board).unwrap(), None);
}

/// A third location of 9,000 residents, where one practice belongs to the board and two to another.
#[test]
fn a_board_with_a_practice_in_the_location_of_another_counts_its_own_people() {
    let mut tables = two_councils();
    for (practice, board) in [("B81003", "QAA"), ("B81004", "QBB"), ("B81005", "QBB")] {
        tables.practice([practice, "U00002", "02B", board, "Y60"], 3_000.0);
    }
    tables.row("2024", inside("E01000003", "sub_icb", "02B"));
    residents(&mut tables, "E01000003", 9_000.0);
    for practice in ["A81001", "A81002", "B81003", "B81004", "B81005"] {
        tables.registered(practice, 30.0, Some(35.0), 500.0);
    }
    let members = vec![(Level::Icb, "QAA".to_owned())];
    let board = Place { key: "QAA".to_owned(), name: "A board".to_owned(), members };
    let gaps = age_gaps(&tables.evidence(), &board).unwrap().unwrap().groups;
    let sum = |of: fn(&indicators::registration::AgeGap) -> f64| gaps.iter().map(of).sum::<f64>();
    assert_eq!(
        (sum(|gap| gap.resident), sum(|gap| gap.registered)),
        (1_500.0, 1_000.0),
        "{gaps:?}"
    );
}

#[test]
fn people_who_live_there_are_counted_whichever_practice_they_are_with() {
    let mut tables = two_councils();
    let why = living(&tables.evidence(), &southmarsh()).unwrap().unwrap_err();
    assert!(why.contains("gp-reg-pat-prac-lsoa"), "{why}");
    by_small_area(&mut tables);
    let found = living(&tables.evidence(), &southmarsh()).unwrap().unwrap();
    assert_eq!(
        (found.patients, found.of_own, found.practices, found.areas),
        (900.0, 600.0, 2, 1),
        "300 of the neighbour's patients live there; 100 of its own do not"
    );
}

#[test]
fn an_indicator_has_a_row_for_each_council() {
    let library = Library::built_in().unwrap();
    let definition = library.get("did_not_attend").unwrap();
    let evidence = two_councils().evidence();
    let found = prepare(&evidence, definition, "2025-11".parse().unwrap())
        .and_then(|prepared| prepared.councils(None))
        .unwrap();
    let rows: Vec<(&str, &str, Option<f64>)> = found
        .rows
        .iter()
        .map(|row| (row.organisation.code.as_str(), row.name.as_str(), row.numerator))
        .collect();
    assert_eq!(
        rows,
        [("E09900001", "Southmarsh", Some(30.0)), ("E09900002", "Northmarsh", Some(10.0))]
    );
}

fn read(sentence: &str) -> Reading {
    let (evidence, library) = (two_councils().evidence(), Library::built_in().unwrap());
    let home = Place::everywhere(evidence.affiliations(day().first_day()).unwrap().whole());
    match Checker::new(&Study::new(evidence, library, Vec::new()))
        .unwrap()
        .answer(sentence, &home)
        .unwrap()
    {
        Answer::Reading(reading) => *reading,
        other => unreachable!("{sentence}: {other:?}"),
    }
}

#[test]
fn claims_know_a_council_as_people_call_it() {
    for name in ["Southmarsh", "Southmarsh Council", "The London Borough of Southmarsh"] {
        let reading = read(&format!("{name} has 700 patients"));
        assert_eq!(reading.verdict, Verdict::Supported, "{name}: {:?}", reading.subject);
    }
    assert_eq!(read("Northmarsh has 700 patients").verdict, Verdict::NotSupported);
}

#[test]
fn a_practice_that_closed_where_nobody_knows_leaves_small_counts_open() {
    let open = read("1 practice in Southmarsh has closed since 2022");
    assert_eq!(open.verdict, Verdict::CannotTell);
    assert!(open.lacks.iter().any(|lack| lack.contains("A81009 at ZZ1 1ZZ")), "{:?}", open.lacks);
    let many = read("Five practices in Southmarsh have closed since 2022");
    assert_eq!(many.verdict, Verdict::NotSupported, "one at most did");
}
