//! Areas that change: codes that end, areas that take in others, codes of the ONS that are replaced.

use crate::common::{ALL_PAYMENTS, Tables, built_in, inside, period, two_regions};
use claims::Checker;
use evidence::Place;
use evidence::tables::{affiliation, commissioner, contract, lookup, urgent};
use indicators::trend::series;
use indicators::{Library, evaluate, prepare};
use jiff::civil::date;
use study::Study;
use vocab::{Level, Organisation};

/// A practice of a sub-ICB with a list on a day.
fn listed(tables: &mut Tables, day: &str, practice: &str, sub_icb: &str, patients: f64) {
    let name = format!("NHS Port ICB - {sub_icb}");
    let row = affiliation::Row {
        practice: practice.into(),
        sub_icb: sub_icb.into(),
        sub_icb_name: (&name).into(),
        icb: "QAA".into(),
        region: "Y60".into(),
        ..Default::default()
    };
    tables.row(day, row);
    tables.list(day, practice, patients);
}

/// Two sub-ICBs of 2024 that are one in 2025, under the code of the second; a practice of the first closed between.
fn merged() -> Tables {
    let mut tables = Tables::default();
    listed(&mut tables, "2024-11-01", "A81001", "01A", 4_000.0);
    listed(&mut tables, "2024-11-01", "A81002", "01A", 2_000.0);
    listed(&mut tables, "2024-11-01", "A81003", "01A", 1_000.0);
    listed(&mut tables, "2024-11-01", "B81004", "02B", 3_000.0);
    listed(&mut tables, "2025-11-01", "A81001", "02B", 4_500.0);
    listed(&mut tables, "2025-11-01", "A81002", "02B", 2_500.0);
    listed(&mut tables, "2025-11-01", "B81004", "02B", 3_000.0);
    tables
}

#[test]
fn an_old_code_says_what_it_became() {
    let known = merged().evidence().affiliations(date(2025, 11, 1)).unwrap();
    for asked in ["01A", "01a", "Port ICB - 01A"] {
        let refusal = Place::find(asked, &[], &known).unwrap_err().to_string();
        assert!(refusal.contains("`01A` (NHS Port ICB - 01A) ended"), "{refusal}");
        assert!(refusal.contains("`02B` (NHS Port ICB - 02B; 2 of its practices)"), "{refusal}");
    }
    assert!(Place::find("01Z", &[], &known).unwrap_err().to_string().starts_with("there is no"));
}

#[test]
fn an_old_code_is_a_place_of_the_time_in_which_it_existed() {
    let known = merged().evidence().affiliations(date(2024, 11, 1)).unwrap();
    assert_eq!(Place::find("01A", &[], &known).unwrap().practices(&known).len(), 3);
}

#[test]
fn a_closed_practice_goes_with_its_area() {
    let known = merged().evidence().affiliations(date(2025, 11, 1)).unwrap();
    assert_eq!(known.of("A81003").unwrap().sub_icb, "02B");
}

#[test]
fn an_extract_of_a_part_of_england_ends_nothing_that_it_does_not_name() {
    let mut tables = merged();
    listed(&mut tables, "2024-11-01", "C81005", "03C", 5_000.0);
    let known = tables.evidence().affiliations(date(2025, 11, 1)).unwrap();
    assert!(Place::find("03C", &[], &known).is_ok());
}

#[test]
fn the_growth_of_an_area_that_took_in_another_is_that_of_its_practices() {
    let evidence = merged().evidence();
    let known = evidence.affiliations(date(2025, 11, 1)).unwrap();
    let home = Place::find("02B", &[], &known).unwrap();
    let library = Library::built_in().unwrap();
    let checker = Checker::new(&Study::new(evidence, library, Vec::new())).unwrap();
    let answer = checker.answer("Our lists have grown since November 2024", &home).unwrap();
    let said = format!("{answer:?}");
    // 4,000 + 2,000 + 1,000 + 3,000 before and 4,500 + 2,500 + 3,000 after: no growth, not 233%.
    assert!(said.contains("NotSupported"), "{said}");
}

fn growth(tables: &Tables, level: Level, code: &str) -> Option<f64> {
    let definition = built_in("list_growth");
    let day = period("2025-11-01");
    let prepared = prepare(&tables.evidence(), &definition, day).unwrap();
    let row = prepared.organisation(&Organisation { level, code: code.to_owned() }).unwrap();
    row.and_then(|row| row.estimate).map(|one| one.value)
}

#[test]
fn the_growth_of_an_area_is_that_of_its_whole_lists() {
    let evidence = merged().evidence();
    let definition = built_in("list_growth");
    let here = Organisation { level: Level::SubIcb, code: "02B".to_owned() };
    let found = series(&evidence, &definition, &here, None).unwrap();
    let last = found.points.last().unwrap().row.as_ref().unwrap().estimate.unwrap();
    // 10,000 patients then and now: those of the practice that closed went to two others, which alone would show 11%.
    assert!(last.value.abs() < 1e-12, "{}", last.value);
}

#[test]
fn a_practice_that_took_over_another_has_no_growth_of_its_own_and_no_area_shows_it() {
    let mut tables = Tables::default();
    listed(&mut tables, "2024-11-01", "A81001", "01A", 10_000.0);
    listed(&mut tables, "2024-11-01", "A81002", "01A", 6_000.0);
    listed(&mut tables, "2024-11-01", "A81003", "01A", 8_000.0);
    listed(&mut tables, "2025-11-01", "A81001", "01A", 16_240.0);
    listed(&mut tables, "2025-11-01", "A81003", "01A", 8_000.0);
    // 24,240 over 24,000 are 1%; the survivors alone would show 35%.
    let area = growth(&tables, Level::SubIcb, "01A").unwrap();
    assert!((area - 0.01).abs() < 1e-12, "{area}");
    assert_eq!(growth(&tables, Level::Practice, "A81001"), None);
    assert_eq!(growth(&tables, Level::Practice, "A81003"), Some(0.0));
    let england = growth(&tables, Level::England, Organisation::ENGLAND).unwrap();
    assert!((england - 0.01).abs() < 1e-12, "{england}");
}

#[test]
fn lists_that_do_not_cover_the_same_practices_are_no_change() {
    let mut tables = merged();
    listed(&mut tables, "2024-11-01", "C81005", "03C", 5_000.0);
    listed(&mut tables, "2024-11-01", "C81006", "03C", 5_000.0);
    listed(&mut tables, "2025-11-01", "C81006", "03C", 5_000.0);
    // Half of 03C is not on the later list and nowhere else either: it is left out of the whole, which stays at 10,000.
    assert_eq!(growth(&tables, Level::SubIcb, "03C"), None);
    assert_eq!(growth(&tables, Level::England, Organisation::ENGLAND), Some(0.0));
}

#[test]
fn a_change_names_its_two_days() {
    let mut tables = Tables::default();
    listed(&mut tables, "2024-12-01", "A81001", "01A", 10_000.0);
    listed(&mut tables, "2025-11-01", "A81001", "01A", 10_100.0);
    let definition = built_in("list_growth");
    let found =
        evaluate(&tables.evidence(), &definition, period("2025-11-01"), Level::SubIcb, None);
    assert_eq!(found.unwrap().when(&definition), "1 December 2024 to 1 November 2025");
}

#[test]
fn a_figure_over_patients_of_another_time_names_both_times() {
    let when = |lists: &str| {
        let mut tables = Tables::default();
        listed(&mut tables, lists, "A81001", "01A", 10_000.0);
        tables.appointments("A81001", "attended", 4_000.0);
        let definition = built_in("appointments_per_1000");
        let month = period("2025-11");
        let found = evaluate(&tables.evidence(), &definition, month, Level::Practice, None);
        found.unwrap().when(&definition)
    };
    assert_eq!(when("2025-09-01"), "November 2025, over patients of 1 September 2025");
    assert_eq!(when("2025-11-01"), "November 2025");
    assert_eq!(when("2025-12-01"), "November 2025");
}

/// A practice paid in 2017/18 for its patients, under the commissioner that the file prints.
fn paid(tables: &mut Tables, practice: &str, sub_icb: &str, pounds: f64, patients: f64) {
    let printed = commissioner::Row {
        practice: practice.into(),
        sub_icb: sub_icb.into(),
        ..Default::default()
    };
    tables.row("2017/18", printed);
    tables.payment("2017/18", practice, ALL_PAYMENTS, pounds);
    let lists = contract::Row {
        practice: practice.into(),
        registered_average: patients.into(),
        ..Default::default()
    };
    tables.row("2017/18", lists);
}

#[test]
fn an_old_year_is_grouped_by_the_areas_of_its_own_file_and_an_area_of_today_by_its_forerunners() {
    let mut tables = Tables::default();
    paid(&mut tables, "A81001", "01A", 300_000.0, 2_000.0);
    paid(&mut tables, "A81002", "01A", 100_000.0, 500.0);
    paid(&mut tables, "B81003", "03C", 100_000.0, 1_000.0);
    // 01A has become 02B, in which A81009 is new; A81002 closed before the first mapping.
    listed(&mut tables, "2025-11-01", "A81001", "02B", 2_500.0);
    listed(&mut tables, "2025-11-01", "A81009", "02B", 4_000.0);
    listed(&mut tables, "2025-11-01", "B81003", "03C", 1_000.0);
    let definition = built_in("payments_per_registered");
    let evidence = tables.evidence();
    let prepared = prepare(&evidence, &definition, period("2017/18")).unwrap();
    let value = |code: &str| {
        let area = Organisation { level: Level::SubIcb, code: code.to_owned() };
        let row = prepared.organisation(&area).unwrap();
        row.and_then(|row| row.estimate).map(|one| one.value)
    };
    // £400,000 for 2,500 patients, whatever the area is called.
    assert_eq!(value("01A"), Some(160.0));
    assert_eq!(value("02B"), Some(160.0));
    assert_eq!(value("03C"), Some(100.0));
}

#[test]
fn figures_published_by_area_are_cut_where_the_area_changed() {
    let mut tables = merged();
    for month in ["2025-09", "2025-10", "2025-11", "2025-12"] {
        tables.sub_icb_month(month, "02B", 900.0, 50.0);
    }
    let here = Organisation { level: Level::SubIcb, code: "02B".to_owned() };
    let found =
        series(&tables.evidence(), &built_in("did_not_attend_sub_icb"), &here, None).unwrap();
    let cut = (2, "the area changed: it took in 01A (NHS Port ICB - 01A)".to_owned());
    assert!(found.cuts.contains(&cut), "{:?}", found.cuts);
}

fn attendances(tables: &mut Tables, code: &str, level: &str, value: f64) {
    let row = urgent::Row {
        organisation: code.into(),
        level: level.into(),
        measure: "attendances".into(),
        value: value.into(),
        mark: "value".into(),
    };
    tables.row("2025-05", row);
}

#[test]
fn a_board_with_a_replaced_code_has_its_figure_and_a_trust_is_no_board() {
    let mut tables = two_regions();
    let board = "E54000064";
    let row = lookup::Row { area_kind: "icb".into(), ..inside("QAA", "icb_ons", board) };
    tables.row("2024", row);
    // A small area with the code of its board is no board.
    tables.row("2025", inside("E01000001", "icb_ons", board));
    attendances(&mut tables, "E54000053", "icb", 600.0);
    attendances(&mut tables, "RXX", "provider", 500.0);
    let definition = built_in("emergency_attendances_per_1000");
    let found =
        evaluate(&tables.evidence(), &definition, period("2025-05"), Level::Icb, None).unwrap();
    let rows: Vec<(&str, Option<f64>)> = found
        .rows
        .iter()
        .map(|row| (row.organisation.code.as_str(), row.estimate.map(|one| one.value)))
        .collect();
    // 600 attendances of the 15,000 patients of QAA are 40 per 1,000; QBB has none published.
    assert_eq!(rows, [("QAA", Some(40.0)), ("QBB", None)]);
}
