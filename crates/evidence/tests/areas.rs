//! Areas of the health service over time: what a file prints beside its own figures, what registers and lookups add, and
//! what "in no network" means.

#![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]

use evidence::tables::{affiliation, commissioner, lookup, membership, practice, urgent};
use evidence::{Affiliations, Evidence, Given, Place};
use jiff::civil::{Date, date};
use vocab::{Level, Period};

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// The rows of an extract: practice, network, sub-ICB.
fn extract(day: &str, practices: &[[&'static str; 3]]) -> Given {
    let row = |[practice, network, sub_icb]: &[&'static str; 3]| affiliation::Row {
        practice: (*practice).into(),
        network: (*network).into(),
        sub_icb: (*sub_icb).into(),
        icb: "QXA".into(),
        icb_name: "NHS Vale ICB".into(),
        region: "Y99".into(),
        region_name: "EAST".into(),
        ..Default::default()
    };
    Given::default().with(period(day), practices.iter().map(row))
}

/// A81003 and A81004 closed before the only extract. All four are of 2017/18 with the commissioner and local office that their file
/// prints; 91B became part of 91A.
fn old_and_new() -> Evidence {
    let printed = [
        ("A81001", "91A", "NHS Vale CCG"),
        ("A81002", "91B", "NHS Marsh CCG"),
        ("A81003", "91B", "NHS Marsh CCG"),
        ("A81004", "91A", "NHS Vale CCG"),
    ];
    let printed = printed.map(|(practice, sub_icb, name)| commissioner::Row {
        practice: practice.into(),
        sub_icb: sub_icb.into(),
        sub_icb_name: name.into(),
        region: "Q91".into(),
        region_name: "Vale and Marsh".into(),
    });
    extract("2022-01-01", &[["A81001", "U91", "91A"], ["A81002", "U91", "91A"]])
        .with(period("2017/18"), printed)
        .evidence()
}

fn on(evidence: &Evidence, day: Date) -> std::sync::Arc<Affiliations> {
    evidence.affiliations(day).unwrap()
}

fn sub_icb(known: &Affiliations, practice: &str) -> String {
    known.of(practice).unwrap().code(Level::SubIcb).unwrap_or("none").to_owned()
}

#[test]
fn practices_of_an_old_year_stand_under_the_commissioner_of_their_own_file() {
    let known = on(&old_and_new(), date(2017, 10, 1));
    let found = ["A81001", "A81002", "A81003", "A81004"].map(|practice| sub_icb(&known, practice));
    assert_eq!(found, ["91A", "91B", "91B", "91A"]);
    assert_eq!(known.of("A81003").unwrap().region, "Y99");
}

#[test]
fn practices_that_closed_before_the_extract_go_with_their_area_and_are_not_listed_as_of_the_day() {
    let known = on(&old_and_new(), date(2022, 1, 1));
    assert_eq!(sub_icb(&known, "A81003"), "91A");
    assert_eq!(known.of("A81003").unwrap().icb, "QXA");
    assert_eq!(known.iter().count(), 2);
}

#[test]
fn an_area_of_today_holds_the_practices_of_its_forerunners() {
    let evidence = old_and_new();
    let place = Place::find("91A", &[], &on(&evidence, date(2022, 1, 1))).unwrap();
    let then = on(&evidence, date(2017, 10, 1));
    let held =
        ["A81001", "A81002", "A81003", "A81004"].map(|code| place.holds(then.of(code).unwrap()));
    assert_eq!(held, [true; 4]);
}

#[test]
fn commissioners_and_local_offices_that_only_figures_print_say_what_they_became() {
    let known = on(&old_and_new(), date(2022, 1, 1));
    let ended = Place::find("91B", &[], &known).unwrap_err().to_string();
    assert!(ended.contains("`91B` (NHS Marsh CCG) ended"), "{ended}");
    assert!(ended.contains("`91A` (NHS Vale CCG; 1 of its practices)"), "{ended}");
    let office = Place::find("Q91", &[], &known).unwrap_err().to_string();
    assert!(office.contains("`Y99` (EAST; 2 of its practices)"), "{office}");
    let then = on(&old_and_new(), date(2017, 10, 1));
    assert_eq!(
        Place::find("91B", &[], &then).unwrap().members,
        [(Level::SubIcb, "91B".to_owned())]
    );
}

#[test]
fn an_area_that_ended_is_a_place_of_the_periods_in_which_it_stood_and_its_name_says_what_it_became()
{
    let evidence = old_and_new();
    let now = on(&evidence, date(2022, 1, 1));
    let then = |period: &str| {
        let period = period.parse::<Period>().unwrap();
        Place::find_in("91B", &[], &evidence, &now, Some(period)).unwrap()
    };
    let found = then("2017/18").unwrap();
    assert_eq!(found.members, [(Level::SubIcb, "91B".to_owned())]);
    assert!(found.name.starts_with("NHS Marsh CCG (91B last named by"), "{}", found.name);
    assert!(found.name.ends_with("now 91A)"), "{}", found.name);
    let refused = [then("2022-01-01"), Place::find_in("91B", &[], &evidence, &now, None).unwrap()];
    for found in refused {
        assert!(found.unwrap_err().to_string().contains("`91B` (NHS Marsh CCG) ended"));
    }
    let stands = Place::find_in("91A", &[], &evidence, &now, Some("2017/18".parse().unwrap()));
    assert_eq!(stands.unwrap().unwrap().key, "91A", "one that stands is as it is now");
}

#[test]
fn a_practice_that_nothing_else_names_is_placed_by_the_register() {
    let register = [("A81009", "general_practice"), ("Y00001", "other")];
    let register = register.map(|(practice, setting)| practice::Row {
        practice: practice.into(),
        name: "OLD SURGERY".into(),
        postcode: "AA1 1AA".into(),
        status: "inactive".into(),
        setting: setting.into(),
        opened: "1974-04-01".into(),
        closed: "2015-01-01".into(),
        sub_icb: "91A".into(),
        icb: "QXA".into(),
        ..Default::default()
    });
    let evidence = extract("2022-01-01", &[["A81001", "U91", "91A"]])
        .with(period("2022-11-14"), register)
        .evidence();
    let known = on(&evidence, date(2022, 1, 1));
    let row = known.of("A81009").unwrap();
    assert_eq!(
        (row.sub_icb.as_str(), row.icb.as_str(), row.region.as_str()),
        ("91A", "QXA", "Y99")
    );
    assert!(known.of("Y00001").is_none());
}

/// A register of networks of October 2024: A81001 and A81002 in U91 since 2019.
fn with_register(extract: Given) -> Evidence {
    let rows = ["A81001", "A81002"].map(|practice| membership::Row {
        practice: practice.into(),
        network: "U91".into(),
        network_name: "VALE PCN".into(),
        practice_sub_icb: "91A".into(),
        network_sub_icb: "91A".into(),
        start: "2019-07-01".into(),
        ..Default::default()
    });
    extract.with(period("2024-10-02"), rows).evidence()
}

fn network(evidence: &Evidence, day: Date, practice: &str) -> Option<String> {
    on(evidence, day).of(practice).unwrap().code(Level::Network).map(str::to_owned)
}

#[test]
fn in_no_network_of_a_newer_extract_beats_an_older_register() {
    let evidence =
        with_register(extract("2025-11-01", &[["A81001", "U91", "91A"], ["A81002", "", "91A"]]));
    assert_eq!(network(&evidence, date(2025, 11, 1), "A81001").as_deref(), Some("U91"));
    assert_eq!(network(&evidence, date(2025, 11, 1), "A81002"), None);
    assert_eq!(network(&evidence, date(2026, 11, 1), "A81002"), None);
}

#[test]
fn a_register_fills_in_where_the_extract_is_far_and_older_or_knows_no_networks() {
    let older =
        with_register(extract("2022-01-01", &[["A81001", "U90", "91A"], ["A81002", "", "91A"]]));
    assert_eq!(network(&older, date(2024, 6, 1), "A81002").as_deref(), Some("U91"));
    assert_eq!(network(&older, date(2022, 1, 1), "A81002"), None);
    let without = with_register(extract("2025-11-01", &[["A81001", "", "91A"]]));
    assert_eq!(network(&without, date(2025, 11, 1), "A81001").as_deref(), Some("U91"));
}

/// A lookup of 2022 with a board that has since become part of another, and codes of the ONS.
fn with_lookup(extract: Given) -> Given {
    let rows = [
        ("91A", "sub_icb", "NHS Vale ICB - 91A", "icb", "QXB", "NHS Marsh ICB"),
        ("91A", "sub_icb", "NHS Vale ICB - 91A", "nhs_region", "Y99", "East"),
        ("91A", "sub_icb", "NHS Vale ICB - 91A", "sub_icb_ons", "E38000991", ""),
        ("QXB", "icb", "NHS Marsh ICB", "icb_ons", "E54000991", "NHS Marsh ICB"),
    ];
    let rows = rows.map(|(area, kind, name, parent_kind, parent, parent_name)| lookup::Row {
        area: area.into(),
        area_kind: kind.into(),
        area_name: name.into(),
        parent: parent.into(),
        parent_kind: parent_kind.into(),
        parent_name: parent_name.into(),
        weight: 1.0.into(),
        ..Default::default()
    });
    extract.with(period("2022"), rows)
}

#[test]
fn a_board_that_only_a_lookup_knows_has_name_region_and_code_of_the_ons() {
    let evidence = with_lookup(extract("2026-05-01", &[["A81001", "U91", "91A"]])).evidence();
    let known = on(&evidence, date(2025, 5, 1));
    assert_eq!(known.name_of(Level::Icb, "QXB"), "NHS Marsh ICB");
    assert_eq!(known.parent(Level::Icb, "QXB", Level::Region), Some("Y99"));
    let found = |asked| Place::find(asked, &[], &known).unwrap().members;
    assert_eq!(found("E54000991"), [(Level::Icb, "QXB".to_owned())]);
    assert_eq!(found("e38000991"), [(Level::SubIcb, "91A".to_owned())]);
    assert_eq!(found("QXB"), [(Level::Icb, "QXB".to_owned())]);
}

#[test]
fn a_later_extract_does_not_move_practices_out_of_a_board_that_the_figures_of_the_month_name() {
    let of_month = urgent::Row {
        organisation: "E54000991".into(),
        level: "icb".into(),
        measure: "attendances".into(),
        value: 10.0.into(),
        mark: "value".into(),
    };
    let evidence = with_lookup(extract("2026-05-01", &[["A81001", "U91", "91A"]]))
        .with(period("2025-05"), [of_month])
        .evidence();
    assert_eq!(on(&evidence, date(2025, 5, 1)).of("A81001").unwrap().icb, "QXB");
    assert_eq!(on(&evidence, date(2026, 5, 1)).of("A81001").unwrap().icb, "QXA");
}
