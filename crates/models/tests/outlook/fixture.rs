//! Three practices of one network. Of the first everything is published; of the second the appointments of one month and its GPs in
//! one sum; of the third its list only. Their sub-ICB location publishes twelve months.

use evidence::{Cell, Evidence, Place, Table, tables};
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

pub fn row<'a>(table: &'static Table, cells: &[(&str, Cell<'a>)]) -> Vec<Cell<'a>> {
    let mut row = vec![Cell::Empty; table.columns.len()];
    for (name, cell) in cells {
        row[table.position(name).unwrap()] = *cell;
    }
    row
}

type Rows = Vec<Vec<Cell<'static>>>;

fn affiliation() -> Rows {
    let of = |(code, _): (&'static str, f64)| {
        let cells = [
            ("practice", Cell::Text(code)),
            ("name", Cell::Text(code)),
            ("network", Cell::Text("U00001")),
            ("sub_icb", Cell::Text("03W")),
            ("icb", Cell::Text("QK1")),
        ];
        row(&tables::AFFILIATION, &cells)
    };
    PRACTICES.map(of).to_vec()
}

fn lists() -> Rows {
    let of = |(code, patients): (&'static str, f64)| {
        let cells = [("practice", Cell::Text(code)), ("patients", Cell::Number(patients))];
        row(&tables::LIST_SIZE, &cells)
    };
    PRACTICES.map(of).to_vec()
}

/// Appointments by staff and mode.
fn held(
    code: &'static str,
    staff: &'static str,
    mode: &'static str,
    count: f64,
) -> Vec<Cell<'static>> {
    let cells = [
        ("practice", Cell::Text(code)),
        ("staff", Cell::Text(staff)),
        ("mode", Cell::Text(mode)),
        ("appointments", Cell::Number(count)),
    ];
    row(&tables::APPOINTMENT, &cells)
}

fn of_practices(is_last: bool) -> Rows {
    let [face_to_face, telephone, others] = FIRST;
    let mut rows = vec![
        held("A81001", "gp", "face_to_face", face_to_face),
        held("A81001", "gp", "telephone", telephone),
        held("A81001", "other_practice_staff", "face_to_face", others),
    ];
    if is_last {
        rows.push(held("A81002", "gp", "face_to_face", SECOND / 2.0));
        rows.push(held("A81002", "other_practice_staff", "face_to_face", SECOND / 2.0));
    }
    rows
}

fn of_location() -> Rows {
    let groups = [
        ("gp", "GP"),
        ("other_practice_staff", "Nurses"),
        ("other_practice_staff", "Other Direct Patient Care"),
    ];
    let of = |((staff, role), count): ((&'static str, &'static str), f64)| {
        let cells = [
            ("sub_icb", Cell::Text("03W")),
            ("staff", Cell::Text(staff)),
            ("role", Cell::Text(role)),
            ("appointments", Cell::Number(count)),
        ];
        row(&tables::APPOINTMENT_DAY, &cells)
    };
    groups.into_iter().zip(LOCATION).map(of).collect()
}

fn shape_of_location() -> Rows {
    let of = |(staff, count): (&'static str, f64)| {
        let cells = [
            ("sub_icb", Cell::Text("03W")),
            ("staff", Cell::Text(staff)),
            ("mode", Cell::Text("face_to_face")),
            ("appointments", Cell::Number(count)),
        ];
        row(&tables::APPOINTMENT_SUB_ICB, &cells)
    };
    let [gps, nurses, others] = LOCATION;
    [("gp", gps), ("other_practice_staff", nurses + others)].map(of).to_vec()
}

fn staff() -> Rows {
    let line = |code, level, group, role, fte, heads| {
        [("fte", fte), ("headcount", heads)].map(|(measure, value)| {
            let cells = [
                ("organisation", Cell::Text(code)),
                ("level", Cell::Text(level)),
                ("group", Cell::Text(group)),
                ("role", Cell::Text(role)),
                ("measure", Cell::Text(measure)),
                ("value", Cell::Number(value)),
            ];
            row(&tables::STAFF, &cells)
        })
    };
    [
        line("A81001", "practice", "gp", "ptnr_prov", 2.0, 3.0),
        line("A81001", "practice", "gp", "sal_by_prac", 1.0, 2.0),
        line("A81001", "practice", "gp", "trn_gr_st3", 1.0, 1.0),
        line("A81001", "practice", "nurse", "prac_nurse", 1.5, 2.0),
        line("A81001", "practice", "direct_patient_care", "hca", 0.8, 1.0),
        line("A81002", "practice", "gp", "total", 6.0, 8.0),
        line("A81002", "practice", "nurse", "prac_nurse", 3.0, 4.0),
        line("U00001", "network", "direct_patient_care", "pharma", 4.0, 4.0),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The three practices.
pub fn evidence() -> Evidence {
    let months =
        std::iter::successors(Some(Month { year: 2024, month: 12 }), |month| Some(month.next()));
    let months: Vec<Month> = months.take(12).collect();
    let mut held = vec![
        (&tables::AFFILIATION, DAY, affiliation()),
        (&tables::LIST_SIZE, DAY, lists()),
        (&tables::STAFF, Period::Month(Month { year: 2025, month: 10 }), staff()),
    ];
    for (at, month) in months.into_iter().enumerate() {
        let period = Period::Month(month);
        held.push((&tables::APPOINTMENT, period, of_practices(at == 11)));
        held.push((&tables::APPOINTMENT_DAY, period, of_location()));
        held.push((&tables::APPOINTMENT_SUB_ICB, period, shape_of_location()));
    }
    Evidence::in_memory(&held)
}

pub fn base() -> Base {
    base_of(&evidence())
}

/// The same practices, known by their lists only.
pub fn lists_only() -> Base {
    base_of(&lists_alone())
}

pub fn lists_alone() -> Evidence {
    Evidence::in_memory(&[
        (&tables::AFFILIATION, DAY, affiliation()),
        (&tables::LIST_SIZE, DAY, lists()),
    ])
}

pub fn base_of(evidence: &Evidence) -> Base {
    base_with(evidence, &Parameters::embedded().values(11, 0))
}

pub fn base_with(evidence: &Evidence, values: &Values) -> Base {
    let known = evidence.affiliations(Date::constant(2025, 11, 1)).unwrap();
    let place = Place::find("03W", &[], &known).unwrap();
    Base::of(evidence, &place, values).unwrap()
}
