//! Tables that follow from others.

#![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]

use evidence::tables::{deprivation, practice_deprivation, published, registered_area};
use evidence::{Evidence, Given};
use vocab::Period;

const EXTRACT: &str = "2025-10-01";

/// Practice A00001 lives half in a deprived and half in a better-off area; A00002 mostly in areas unknown.
fn evidence(published: bool) -> Evidence {
    let patients = [
        ("A00001", "E01000001", 300.0),
        ("A00001", "E01000002", 100.0),
        ("A00002", "E01000001", 100.0),
        ("A00002", "", 100.0),
    ];
    let indices = [
        ("E01000001", "overall", 40.0),
        ("E01000002", "overall", 20.0),
        ("E01000001", "crime", 99.0),
    ];
    let row = practice_deprivation::Row {
        organisation: "A00001".into(),
        level: "practice".into(),
        score: 7.0.into(),
        decile: 1.0.into(),
    };
    Given::default()
        .with(EXTRACT.parse().unwrap(), patients.map(lives))
        .with(Period::Year(2025), indices.map(index))
        .with(Period::Year(2025), published.then_some(row))
        .evidence()
}

/// Patients of a practice who live in an area.
fn lives(
    (practice, area, people): (&'static str, &'static str, f64),
) -> registered_area::Row<'static> {
    registered_area::Row {
        practice: practice.into(),
        area: area.into(),
        sex: "all".into(),
        patients: people.into(),
        ..Default::default()
    }
}

/// The score of an area in a domain.
fn index((area, domain, score): (&'static str, &'static str, f64)) -> deprivation::Row<'static> {
    deprivation::Row {
        area: area.into(),
        census: "2021".into(),
        domain: domain.into(),
        score: score.into(),
        ..Default::default()
    }
}

#[test]
fn a_practice_has_the_mean_score_of_its_patients_areas() {
    let frame = evidence(false).frame("practice_deprivation", Period::Year(2025)).unwrap();
    assert_eq!(frame.number("score").unwrap(), [35.0]);
    assert_eq!(frame.text("organisation").unwrap().get(0), Some("A00001"));
}

#[test]
fn a_practice_whose_patients_live_in_unknown_areas_has_no_score() {
    let frame = evidence(false).frame("practice_deprivation", Period::Year(2025)).unwrap();
    assert_eq!(frame.text("organisation").unwrap().code_of("A00002"), None);
}

#[test]
fn the_edition_of_the_indices_is_the_period() {
    assert_eq!(evidence(false).periods("practice_deprivation"), [Period::Year(2025)]);
}

#[test]
fn a_published_score_stands_before_a_derived_one() {
    let frame = evidence(true).frame("practice_deprivation", Period::Year(2025)).unwrap();
    assert_eq!(frame.number("score").unwrap(), [7.0]);
}

/// Fingertips publishes the score of every practice; areas are known of one only.
#[test]
fn a_score_that_fingertips_publishes_stands_where_few_can_be_worked_out() {
    let rows = [
        ("93553", "E92000001", "England", 21.0),
        ("93553", "A00001", "GP", 35.2),
        ("93553", "A00002", "GP", 12.5),
        ("212", "A00002", "GP", 99.0),
    ];
    let rows = rows.map(|(id, area, kind, score)| published::Row {
        indicator_id: id.into(),
        indicator: "Deprivation score".into(),
        area: area.into(),
        area_type: kind.into(),
        sex: "Persons".into(),
        age: "All ages".into(),
        value: score.into(),
        mark: "value".into(),
        time_period: "2025".into(),
        ..Default::default()
    });
    let evidence = Given::default()
        .with(EXTRACT.parse().unwrap(), [lives(("A00001", "E01000001", 300.0))])
        .with(Period::Year(2025), [index(("E01000001", "overall", 35.0))])
        .with(Period::Year(2025), rows)
        .evidence();
    let frame = evidence.frame("practice_deprivation", Period::Year(2025)).unwrap();
    let codes: Vec<_> = (0..2).map(|row| frame.text("organisation").unwrap().get(row)).collect();
    assert_eq!(codes, [Some("A00001"), Some("A00002")], "the most deprived first");
    assert_eq!(frame.number("score").unwrap(), [35.2, 12.5]);
}
