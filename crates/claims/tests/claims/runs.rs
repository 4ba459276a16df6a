//! Claims about the years to come, read from the outlook of three practices that are known by their lists and their GPs only.

use std::sync::Arc;

use claims::ahead::{Lever, effect, outlook};
use claims::{Answer, Checker, Reading};
use evidence::tables::{affiliation, list_size, staff};
use evidence::{Evidence, Given, Place};
use indicators::Library;
use jiff::civil::Date;
use models::outlook::Settings;
use study::{OutlookOf, Study};
use vocab::{Level, Period};

const DAY: Period = Period::Day(Date::constant(2025, 11, 1));
const PRACTICES: [(&str, f64); 3] =
    [("A81001", 8_000.0), ("A81002", 14_000.0), ("A81003", 5_000.0)];

fn affiliations() -> Given {
    let of = |(code, _): (&'static str, f64)| affiliation::Row {
        practice: code.into(),
        name: code.into(),
        sub_icb: "03W".into(),
        icb: "QK1".into(),
        ..Default::default()
    };
    Given::default().with(DAY, PRACTICES.map(of))
}

/// A partner for 2,000 patients.
fn evidence() -> Evidence {
    let lists = PRACTICES.map(|(code, patients)| list_size::Row {
        practice: code.into(),
        patients: patients.into(),
        ..Default::default()
    });
    let gps = PRACTICES.map(|(code, patients)| staff::Row {
        organisation: code.into(),
        level: "practice".into(),
        group: "gp".into(),
        role: "ptnr_prov".into(),
        measure: "fte".into(),
        value: (patients / 2_000.0).into(),
        ..Default::default()
    });
    affiliations().with(DAY, lists).with(DAY, gps).evidence()
}

fn place() -> Place {
    Place {
        key: "03W".to_owned(),
        name: "Testshire".to_owned(),
        members: vec![(Level::SubIcb, "03W".to_owned())],
    }
}

fn recruits(heads: u32) -> Lever {
    Lever::Recruits { heads, arrive: 1.0, fte: 0.9, age: 38, leaving: 1.0 }
}

fn study(evidence: Evidence) -> Study {
    let library = Library::built_in().expect("what the test is made of");
    Study::new(evidence, library, Vec::new())
}

fn read(evidence: Evidence, sentence: &str) -> Reading {
    let checker = Checker::new(&study(evidence)).expect("what the test is made of");
    match checker.answer(sentence, &place()).expect("what the test is made of") {
        Answer::Reading(reading) => *reading,
        other => panic!("{sentence}: {other:?}"),
    }
}

#[test]
fn an_outlook_is_worked_out_once_for_all_sentences_of_a_place() {
    let study = study(evidence());
    let asked = || OutlookOf::place(&place(), Settings { years: 3, ..Settings::default() });
    outlook(&study, &place(), 3).expect("what the test is made of");
    assert!(study.outlook(asked()).found().is_some(), "a page has it at once");
    assert!(Arc::ptr_eq(&study.outlook(asked()), &study.outlook(asked())));
}

#[test]
fn the_gap_of_a_claim_is_that_of_the_outlook() {
    use models::outlook::{Go, Measure, Residents, rows, run};
    use models::parameters::Parameters;
    use models::place::{Base, Clinician};
    let study = study(evidence());
    let told = outlook(&study, &place(), 3).expect("what the test is made of");
    let settings = Settings { years: 3, ..Settings::default() };
    let parameters = Parameters::embedded();
    let base = Base::of(study.evidence(), &place(), &parameters.values(settings.seed, 0))
        .expect("what the test is made of");
    let residents = Residents::of(&base, settings.seed);
    let outlook = run((&base, &residents), parameters, &[], settings, &(), &|_| Go::On)
        .expect("what the test is made of");
    let rows = rows(&outlook, &base);
    let of_place = rows.iter().filter(|row| row.unit.level == Level::Place);
    let gap = Measure::GapFte(Clinician::Gp);
    let gaps: Vec<f64> =
        of_place.filter(|row| row.measure == gap).map(|row| row.band.mean).collect();
    let told = told.years.iter().map(|year| year.gap.mean);
    assert_eq!(told.collect::<Vec<_>>(), gaps);
}

#[test]
fn recruits_narrow_the_gap_and_more_of_them_narrow_it_more() {
    let study = study(evidence());
    let narrows = |heads| {
        let effect = effect(&study, &place(), 3, recruits(heads));
        effect.expect("what the test is made of").narrows.p50
    };
    assert!(narrows(2) > 0.0 && narrows(6) > narrows(2));
}

#[test]
fn no_recruits_change_nothing() {
    let effect =
        effect(&study(evidence()), &place(), 3, recruits(0)).expect("what the test is made of");
    assert_eq!((effect.narrows.p10, effect.narrows.p90), (0.0, 0.0));
}

#[test]
fn calls_that_lead_to_no_further_contact_save_work() {
    let effect = effect(&study(evidence()), &place(), 3, Lever::Triage { contacts: 1.0 })
        .expect("what the test is made of");
    assert!(effect.narrows.p10 > 0.0, "{effect:?}");
}

#[test]
fn a_place_without_lists_is_told_which_are_missing() {
    let evidence = affiliations().evidence();
    let reading = read(evidence, "There is a projected demand and capacity gap.");
    assert!(reading.lacks.join(" ").contains("gp-reg-pat-prac-all"), "{:?}", reading.lacks);
}

#[test]
fn figures_that_stand_in_for_a_places_own_are_named_among_the_limits() {
    let reading = read(evidence(), "There is a projected demand and capacity gap.");
    assert!(reading.limits.iter().any(|limit| limit.starts_with("In the base year: ")));
}
