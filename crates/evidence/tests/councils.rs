//! Councils as places: by the outline in which a practice's main site stands, and by the names people use.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is wrong")]

use evidence::place::{NamedPlace, NoPlace, faults};
use evidence::tables::{affiliation, boundary, location, lookup};
use evidence::{Affiliations, Evidence, Given, Place};
use vocab::Period;

const DAY: &str = "2025-11-01";

/// Three practices stand in `Upper Marsh`, one by its neighbour's postcode; one in `Brayford-on-Sea`; two of one name;
/// one has no point, and one stands in the sea.
fn evidence() -> Evidence {
    with_lookups(&[])
}

/// A lookup: its year, the smaller area and its kind, the larger area, its kind and its name.
type Link = (&'static str, [&'static str; 2], [&'static str; 3]);

/// The same with lookups.
fn with_lookups(links: &[Link]) -> Evidence {
    let mut given = given();
    for (year, [area, kind], [parent, parent_kind, name]) in links {
        let row = lookup::Row {
            area: (*area).into(),
            area_kind: (*kind).into(),
            area_name: (*area).into(),
            parent: (*parent).into(),
            parent_kind: (*parent_kind).into(),
            parent_name: (*name).into(),
            weight: 1.0.into(),
            ..Default::default()
        };
        given.add(year.parse().unwrap(), row);
    }
    given.evidence()
}

/// Where a practice stands.
fn at((code, longitude, latitude): (&'static str, f64, f64)) -> location::Row<'static> {
    location::Row {
        organisation: code.into(),
        kind: "practice".into(),
        latitude: latitude.into(),
        longitude: longitude.into(),
        ..Default::default()
    }
}

fn outline(
    (code, name, rings): (&'static str, &'static str, &'static str),
) -> boundary::Row<'static> {
    boundary::Row {
        area: code.into(),
        kind: "local_authority".into(),
        name: name.into(),
        rings: rings.into(),
    }
}

fn given() -> Given {
    let day: Period = DAY.parse().unwrap();
    let practices = [
        ("A1", "ELM SURGERY", "AA1 1AA"),
        ("A2", "OAK SURGERY", "AA1 1AB"),
        ("A3", "ASH SURGERY", "AA1 1AA"),
        ("A4", "OAK SURGERY", "BB1 1AA"),
        ("A5", "SEA SURGERY", "CC1 1AA"),
        ("A6", "LOST SURGERY", "DD1 1AA"),
        ("A7", "HILL SURGERY", "EE1 1AA"),
    ];
    let practices = practices.map(|(code, name, postcode)| affiliation::Row {
        practice: code.into(),
        name: name.into(),
        postcode: postcode.into(),
        network: "X1".into(),
        network_name: "Marsh".into(),
        sub_icb: "91Q".into(),
        sub_icb_name: "NHS X - 91Q".into(),
        icb: "QXA".into(),
        icb_name: "NHS Y ICB".into(),
        region: "Y99".into(),
        region_name: "EAST".into(),
        ..Default::default()
    });
    let places =
        [("A1", 0.5, 0.5), ("A2", 0.2, 0.8), ("A4", 1.5, 0.5), ("A5", 3.0, 3.0), ("A7", 0.5, 51.4)];
    let area = ("E01000009", "Brayford-on-Sea 001A", "[[[[5,5],[6,5],[6,6],[5,5]]]]");
    let councils = [
        (
            "E99000001",
            "Upper Marsh",
            "[[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[0.6,0.6],[0.9,0.6],[0.9,0.9],[0.6,0.9],[0.6,0.6]]]]",
        ),
        ("E99000002", "Brayford-on-Sea", "[[[[1,0],[2,0],[2,1],[1,1],[1,0]]]]"),
        ("E99000003", "Marsh", "[[[[7,7],[8,7],[8,8],[7,8],[7,7]]]]"),
    ];
    Given::default()
        .with(day, practices)
        .with(day, places.map(at))
        .with(day, [boundary::Row { kind: "lsoa21".into(), ..outline(area) }])
        .with(day, councils.map(outline))
}

fn practices(known: &Affiliations, key: &str) -> Vec<String> {
    let place = Place::find(key, &[], known).unwrap();
    place.practices(known).into_iter().map(str::to_owned).collect()
}

#[test]
fn practices_belong_to_the_outline_they_stand_in_and_nobody_is_guessed() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    assert_eq!(practices(&known, "Upper Marsh"), ["A1", "A2", "A3"], "A3 by the postcode of A1");
    assert_eq!(practices(&known, "E99000002"), ["A4"]);
    assert_eq!(practices(&known, "E99000002+A6"), ["A4", "A6"]);
    for lost in ["A5", "A6"] {
        assert!(known.of(lost).unwrap().stands_in.is_empty(), "{lost} is not placed");
    }
}

#[test]
fn a_hole_in_an_outline_holds_nobody() {
    let day: Period = DAY.parse().unwrap();
    let rings = "[[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[3,1],[3,3],[1,3],[1,1]]]]";
    let evidence = Given::default()
        .with(day, [affiliation::Row { practice: "A1".into(), ..Default::default() }])
        .with(day, [at(("A1", 2.0, 2.0))])
        .with(day, [outline(("E1", "Ring", rings))])
        .evidence();
    let known = evidence.affiliations(DAY.parse().unwrap()).unwrap();
    assert!(known.of("A1").unwrap().stands_in.is_empty());
}

#[test]
fn councils_are_found_by_the_names_people_use() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    for name in [
        "upper marsh",
        "the London Borough of Upper Marsh",
        "Upper Marsh City Council",
        "e99000001",
    ] {
        assert_eq!(Place::find(name, &[], &known).unwrap().key, "E99000001", "{name}");
    }
    assert_eq!(Place::find("Brayford", &[], &known).unwrap().key, "E99000002");
    assert!(matches!(Place::find("Nowhere", &[], &known), Err(NoPlace::Unknown { .. })));
}

#[test]
fn a_name_of_several_is_answered_with_each_of_them() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    let Err(NoPlace::Several { candidates, .. }) = Place::find("Oak Surgery", &[], &known) else {
        panic!("two practices are called so")
    };
    assert_eq!(candidates.len(), 2);
    assert!(candidates[0].starts_with("A2 (practice, AA1 1AB"), "{candidates:?}");
    assert!(candidates[1].starts_with("A4 (practice, BB1 1AA"), "{candidates:?}");
    let Err(NoPlace::Several { candidates, .. }) = Place::find("Marsh", &[], &known) else {
        panic!("a network and a council are called so")
    };
    assert!(candidates.iter().any(|one| one.starts_with("X1 (network")), "{candidates:?}");
    assert!(candidates.contains(&"E99000003 (local authority)".to_owned()), "{candidates:?}");
}

#[test]
fn part_of_a_name_is_asked_back_and_never_taken_for_the_place() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    let Err(NoPlace::Like { candidates, .. }) = Place::find("Upper", &[], &known) else {
        panic!("a council has the word in its name")
    };
    assert_eq!(candidates, ["E99000001 (local authority): Upper Marsh"]);
}

/// Somebody named a place as a board is named beside its “NHS” and “Integrated Care Board”: the printed name is the board's.
#[test]
fn the_printed_name_of_a_board_is_never_taken_for_a_place_of_the_same_words() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    let own = NamedPlace {
        key: "MINE".to_owned(),
        name: "Upper Marsh".to_owned(),
        members: vec!["A1".to_owned()],
        outline: Vec::new(),
    };
    let found = |key: &str| Place::find(key, std::slice::from_ref(&own), &known);
    assert_eq!(found("upper marsh").unwrap().key, "MINE");
    let official = found("NHS Upper Marsh Integrated Care Board").unwrap();
    assert_eq!(official.key, "E99000001");
}

#[test]
fn an_area_written_twice_is_written_once() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    for (key, once) in
        [("91Q+91q", "91Q"), ("A1+A2+A1", "A1+A2"), ("91Q+Upper Marsh+91Q", "91Q+E99000001")]
    {
        let place = Place::find(key, &[], &known).unwrap();
        assert_eq!(place.key, once, "{key}");
        assert_eq!(place.members.len(), once.split('+').count(), "{key}");
    }
    let place = Place::find("91Q+91Q", &[], &known).unwrap();
    assert_eq!(place.single(), Some((vocab::Level::SubIcb, "91Q")));
}

#[test]
fn a_postcode_is_a_place_of_the_practices_that_have_it() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    assert_eq!(practices(&known, "aa11aa"), ["A1", "A3"]);
    assert_eq!(practices(&known, "AA1 1AA+A6"), ["A1", "A3", "A6"]);
    assert!(!Place::find("aa11aa", &[], &known).unwrap().is_of_areas(), "nobody lives in it");
}

#[test]
fn a_drawn_outline_holds_who_stands_in_it_and_one_that_crosses_itself_is_refused() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    assert_eq!(practices(&known, "drawn:0.4,51;0.6,51;0.6,52;0.4,52"), ["A7"]);
    assert_eq!(practices(&known, "drawn:0.4,51;0.6,51;0.6,52;0.4,52+A1"), ["A1", "A7"]);
    let why = |key: &str| Place::find(key, &[], &known).unwrap_err().to_string();
    assert!(why("drawn:0.4,51;0.6,52;0.6,51;0.4,52").contains("crosses itself"), "an hourglass");
    assert!(why("drawn:51,0.4;52,0.4;52,0.6").contains("longitude first"), "turned round");
    assert!(why("drawn:0.4,51;0.6,51").contains("encloses nothing"), "two corners");
    assert!(why("drawn:0.4,51;x;0.6,51;0.6,52").contains("`x` is no corner"));
}

#[test]
fn everything_wrong_with_places_of_ones_own_is_told_at_once() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    let own = |key: &str, name: &str, members: &[&str]| NamedPlace {
        key: key.to_owned(),
        name: name.to_owned(),
        members: members.iter().map(|&member| member.to_owned()).collect(),
        outline: Vec::new(),
    };
    let places = [
        own("EAST", "East End", &["A1", "Z9"]),
        own("WEST", "East End", &["A2"]),
        own("NONE", "Nothing", &[]),
    ];
    let found = faults(&places, &[], &known);
    assert_eq!(found.len(), 3, "{found:?}");
    for (fault, word) in found.iter().zip(["`Z9`", "`east end`", "neither"]) {
        assert!(fault.contains(word), "{fault}");
    }
}

/// Upper Marsh and Brayford lie in the county of Fenland and in the combined authority of West Fen.
const COUNTY: [Link; 5] = [
    ("2024", ["E99000001", "local_authority"], ["E10000099", "county", "Fenland"]),
    ("2024", ["E99000002", "local_authority"], ["E10000099", "county", "Fenland"]),
    ("2024", ["E99000001", "local_authority"], ["E47000099", "combined_authority", "West Fen"]),
    ("2022", ["E99000001", "local_authority"], ["E12000099", "region", "West Fen"]),
    ("2022", ["E99000002", "local_authority"], ["E12000099", "region", "West Fen"]),
];

#[test]
fn a_county_is_the_sum_of_its_councils_under_its_own_name() {
    let known = with_lookups(&COUNTY).affiliations(DAY.parse().unwrap()).unwrap();
    for name in ["Fenland", "fenland county council", "Fenland Council", "E10000099"] {
        assert_eq!(practices(&known, name), ["A1", "A2", "A3", "A4"], "{name}");
    }
    let place = Place::find("Fenland", &[], &known).unwrap();
    assert_eq!((place.key.as_str(), place.name.as_str()), ("E10000099", "Fenland"));
    assert!(place.is_of_councils());
    let told = known.standing().made_of_councils("E10000099").unwrap().in_words();
    assert_eq!(told, "a county of 2 councils, by the lookup of 2024");
}

#[test]
fn a_region_and_a_combined_authority_of_one_name_are_both_offered() {
    let known = with_lookups(&COUNTY).affiliations(DAY.parse().unwrap()).unwrap();
    let Err(NoPlace::Several { candidates, .. }) = Place::find("West Fen", &[], &known) else {
        panic!("two areas are called so")
    };
    assert_eq!(
        candidates,
        [
            "E12000099 (a region of 2 councils, by the lookup of 2022)",
            "E47000099 (a combined authority of 1 council, by the lookup of 2024)"
        ]
    );
    assert_eq!(practices(&known, "West Fen Combined Authority"), ["A1", "A2", "A3"]);
}

#[test]
fn a_council_newer_than_the_lookup_lies_where_its_forerunners_lay() {
    let links = [
        ("2022", ["E98000001", "local_authority"], ["E12000099", "region", "West"]),
        ("2022", ["E98000002", "local_authority"], ["E12000099", "region", "West"]),
        ("2022", ["E01000001", "lsoa21"], ["E98000001", "local_authority", "Old A"]),
        ("2022", ["E01000002", "lsoa21"], ["E98000002", "local_authority", "Old B"]),
        ("2024", ["E01000001", "lsoa21"], ["E99000001", "local_authority", "Upper Marsh"]),
        ("2024", ["E01000002", "lsoa21"], ["E99000001", "local_authority", "Upper Marsh"]),
    ];
    let known = with_lookups(&links).affiliations(DAY.parse().unwrap()).unwrap();
    assert_eq!(practices(&known, "West"), ["A1", "A2", "A3"]);
    // One of the two forerunners lay elsewhere: nobody can say where the council lies.
    let mut apart = links;
    apart[1].2 = ["E12000098", "region", "East"];
    let known = with_lookups(&apart).affiliations(DAY.parse().unwrap()).unwrap();
    let Err(NoPlace::Missing(why)) = Place::find("West", &[], &known) else {
        panic!("its council is not known to lie there")
    };
    assert!(why.contains("no outline of E98000001 is imported"), "{why}");
}

#[test]
fn a_county_with_a_council_without_outline_is_withheld_and_the_council_named() {
    let mut links = COUNTY;
    links[1].1 = ["E99000008", "local_authority"];
    let known = with_lookups(&links).affiliations(DAY.parse().unwrap()).unwrap();
    let why = Place::find("Fenland", &[], &known).unwrap_err().to_string();
    assert!(why.contains("no outline of E99000008 is imported"), "{why}");
}

#[test]
fn without_a_lookup_a_county_is_asked_for_by_what_to_import() {
    let known = evidence().affiliations(DAY.parse().unwrap()).unwrap();
    for asked in ["Fenland", "Upper"] {
        let why = Place::find(asked, &[], &known).unwrap_err().to_string();
        assert!(why.contains("no imported file says which councils lie in it"), "{why}");
        assert!(why.contains("to counties") && why.contains("to combined authorities"), "{why}");
    }
    let known = with_lookups(&COUNTY).affiliations(DAY.parse().unwrap()).unwrap();
    let why = Place::find("Nowhere", &[], &known).unwrap_err().to_string();
    assert!(!why.contains("no imported file"), "{why}");
}

/// Of the two small areas of the first ward one has no outline; the second ward has its one.
#[test]
fn a_ward_answers_only_where_all_its_small_areas_have_outlines() {
    let links = [
        ("2024", ["E01000009", "lsoa21"], ["E05000001", "ward", "Elm End"]),
        ("2024", ["E01000008", "lsoa21"], ["E05000001", "ward", "Elm End"]),
        ("2024", ["E01000008", "lsoa21"], ["E99000002", "local_authority", "Brayford-on-Sea"]),
        ("2024", ["E01000009", "lsoa21"], ["E02000001", "msoa21", "Brayford 001"]),
    ];
    let known = with_lookups(&links).affiliations(DAY.parse().unwrap()).unwrap();
    let why = |key: &str| Place::find(key, &[], &known).unwrap_err().to_string();
    assert!(
        why("E05000001").contains("not all outlines of its small areas"),
        "{}",
        why("E05000001")
    );
    let asked_back = why("Elm End");
    assert!(
        asked_back.contains("E05000001 (ward of Brayford-on-Sea, without outlines)"),
        "{asked_back}"
    );
    assert_eq!(Place::find("E02000001", &[], &known).unwrap().name, "Brayford 001");
    assert!(why("E02000009").contains("(LSOA) to middle-layer areas (MSOA)"));
    assert!(why("E47000009").contains("to combined authorities"));
}

/// A practice that stands in a council between the outlines of its small areas may stand in any of its wards, and not in
/// those of another council.
#[test]
fn who_stands_in_the_council_but_in_no_small_area_is_not_placed_for_its_wards() {
    let links = [
        ("2024", ["E01000009", "lsoa21"], ["E05000001", "ward", "Elm End"]),
        ("2024", ["E01000009", "lsoa21"], ["E99000002", "local_authority", "Brayford-on-Sea"]),
    ];
    let known = with_lookups(&links).affiliations(DAY.parse().unwrap()).unwrap();
    let ward = Place::find("E05000001", &[], &known).unwrap();
    let may: Vec<&str> = known
        .iter()
        .filter(|row| ward.may_hold(Some(row), &known))
        .map(|row| row.practice.as_str())
        .collect();
    assert_eq!(may, ["A4", "A5", "A6", "A7"], "A1 to A3 stand in another council");
    let council = Place::find("E99000002", &[], &known).unwrap();
    assert!(!council.may_hold(known.of("A1"), &known) && council.may_hold(known.of("A6"), &known));
}
