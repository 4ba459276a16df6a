//! Three practices of one network. Of the first everything is published; of the second the appointments of one month and its GPs in
//! one sum; of the third its list only. Their sub-ICB location publishes twelve months.

use evidence::tables::{
    affiliation, appointment, appointment_day, appointment_sub_icb, list_size, staff,
    workforce_list,
};
use evidence::{Evidence, Given, Place};
use jiff::civil::Date;
use models::parameters::{Parameters, Values};
use models::place::Base;
use vocab::{Month, Period};

pub const DAY: Period = Period::Day(Date::constant(2025, 11, 1));
const PRACTICES: [(&str, f64); 3] =
    [("A81001", 8_000.0), ("A81002", 14_000.0), ("A81003", 5_000.0)];

/// Appointments of a month in the sub-ICB location: with GPs, nurses, others.
pub const LOCATION: [f64; 3] = [6_000.0, 3_600.0, 2_400.0];
/// Appointments of a month in the first practice: GPs face to face and by telephone, others of its staff face to face.
pub const FIRST: [f64; 3] = [1_200.0, 300.0, 1_500.0];
/// Appointments of the second practice in November 2025, the only month that it publishes.
pub const SECOND: f64 = 7_000.0;

/// Appointments by staff and mode.
fn held(
    code: &'static str,
    staff: &'static str,
    mode: &'static str,
    count: f64,
) -> appointment::Row<'static> {
    appointment::Row {
        practice: code.into(),
        staff: staff.into(),
        mode: mode.into(),
        appointments: count.into(),
        ..Default::default()
    }
}

fn of_first() -> [appointment::Row<'static>; 3] {
    let [face_to_face, telephone, others] = FIRST;
    [
        held("A81001", "gp", "face_to_face", face_to_face),
        held("A81001", "gp", "telephone", telephone),
        held("A81001", "other_practice_staff", "face_to_face", others),
    ]
}

fn of_second() -> [appointment::Row<'static>; 2] {
    ["gp", "other_practice_staff"].map(|staff| held("A81002", staff, "face_to_face", SECOND / 2.0))
}

fn of_location() -> [appointment_day::Row<'static>; 3] {
    let [gps, nurses, others] = LOCATION;
    let groups = [
        ("gp", "GP", gps),
        ("other_practice_staff", "Nurses", nurses),
        ("other_practice_staff", "Other Direct Patient Care", others),
    ];
    groups.map(|(staff, role, count)| appointment_day::Row {
        sub_icb: "03W".into(),
        staff: staff.into(),
        role: role.into(),
        appointments: count.into(),
        ..Default::default()
    })
}

fn shape_of_location() -> [appointment_sub_icb::Row<'static>; 2] {
    let [gps, nurses, others] = LOCATION;
    let groups = [("gp", gps), ("other_practice_staff", nurses + others)];
    groups.map(|(staff, count)| appointment_sub_icb::Row {
        sub_icb: "03W".into(),
        staff: staff.into(),
        mode: "face_to_face".into(),
        appointments: count.into(),
        ..Default::default()
    })
}

fn staff() -> impl Iterator<Item = staff::Row<'static>> {
    let lines = [
        ("A81001", "practice", "gp", "ptnr_prov", 2.0, 3.0),
        ("A81001", "practice", "gp", "sal_by_prac", 1.0, 2.0),
        ("A81001", "practice", "gp", "trn_gr_st3", 1.0, 1.0),
        ("A81001", "practice", "nurse", "prac_nurse", 1.5, 2.0),
        ("A81001", "practice", "direct_patient_care", "hca", 0.8, 1.0),
        ("A81002", "practice", "gp", "total", 6.0, 8.0),
        ("A81002", "practice", "nurse", "prac_nurse", 3.0, 4.0),
        ("U00001", "network", "direct_patient_care", "pharma", 4.0, 4.0),
    ];
    lines.into_iter().flat_map(|(code, level, group, role, fte, heads)| {
        [("fte", fte), ("headcount", heads)].map(|(measure, value)| staff::Row {
            organisation: code.into(),
            level: level.into(),
            group: group.into(),
            role: role.into(),
            measure: measure.into(),
            value: value.into(),
            ..Default::default()
        })
    })
}

/// The three practices.
pub fn evidence() -> Evidence {
    given().evidence()
}

/// Their files.
fn given() -> Given {
    let months =
        std::iter::successors(Some(Month { year: 2024, month: 12 }), |month| Some(month.next()));
    let mut given = lists().with(Period::Month(Month { year: 2025, month: 10 }), staff());
    for month in months.take(12).map(Period::Month) {
        given = given
            .with(month, of_first())
            .with(month, of_location())
            .with(month, shape_of_location());
    }
    given.with(Period::Month(Month { year: 2025, month: 11 }), of_second())
}

/// The three practices, with the lists of the first two printed beside their staff: so much of those of today.
pub fn base_with_lists_beside_staff(part: f64) -> Base {
    let lists = PRACTICES[..2].iter().map(|(code, patients)| workforce_list::Row {
        practice: (*code).into(),
        patients: (part * patients).into(),
        ..Default::default()
    });
    base_of(&given().with(Period::Month(Month { year: 2025, month: 10 }), lists).evidence())
}

pub fn base() -> Base {
    base_of(&evidence())
}

/// The same practices, known by their lists only.
pub fn lists_only() -> Base {
    base_of(&lists_alone())
}

pub fn lists_alone() -> Evidence {
    lists().evidence()
}

fn lists() -> Given {
    let affiliations = PRACTICES.map(|(code, _)| affiliation::Row {
        practice: code.into(),
        name: code.into(),
        network: "U00001".into(),
        sub_icb: "03W".into(),
        icb: "QK1".into(),
        ..Default::default()
    });
    let lists = PRACTICES.map(|(code, patients)| list_size::Row {
        practice: code.into(),
        patients: patients.into(),
        ..Default::default()
    });
    Given::default().with(DAY, affiliations).with(DAY, lists)
}

pub fn base_of(evidence: &Evidence) -> Base {
    base_with(evidence, &Parameters::embedded().values(11, 0))
}

pub fn base_with(evidence: &Evidence, values: &Values) -> Base {
    let known = evidence.affiliations(Date::constant(2025, 11, 1)).unwrap();
    let place = Place::find("03W", &[], &known).unwrap();
    Base::of(evidence, &place, values).unwrap()
}
