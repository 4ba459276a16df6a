//! Whether a number or a rate is meant, which GPs are meant, and how long a wait is: the figures are added by hand.

use claims::{Answer, Reading, Verdict};
use evidence::tables::{affiliation, appointment, list_size, staff};
use evidence::{Evidence, Given, Place};

use crate::support::{checker_of, period};

/// Practices with their list in March, and GPs in full-time equivalents: all, fully qualified, permanent ones among them.
const PRACTICES: [(&str, f64, [f64; 3]); 2] =
    [("C82001", 10_000.0, [6.0, 4.75, 4.5]), ("C82002", 20_000.0, [9.5, 8.25, 8.0])];
/// Months with the growth of lists and of appointments since March.
const MONTHS: [(&str, f64); 2] = [("2025-03", 1.0), ("2025-09", 1.1)];
/// Appointments of each practice in March by mode, status and wait.
const APPOINTMENTS: [(&str, &str, &str, f64); 5] = [
    ("face_to_face", "attended", "same_day", 1_100.0),
    ("face_to_face", "did_not_attend", "15_to_21_days", 100.0),
    ("telephone", "attended", "8_to_14_days", 600.0),
    ("telephone", "attended", "22_to_28_days", 120.0),
    ("telephone", "attended", "over_28_days", 80.0),
];

/// The full-time equivalents of a practice, role by role.
fn staff(code: &'static str, counts: [f64; 3]) -> impl Iterator<Item = staff::Row<'static>> {
    const ROLES: [&str; 3] = ["total", "excluding_trainees", "excluding_trainees_and_locums"];
    ROLES.into_iter().zip(counts).map(move |(role, count)| staff::Row {
        organisation: code.into(),
        level: "practice".into(),
        group: "gp".into(),
        role: role.into(),
        measure: "fte".into(),
        value: count.into(),
        mark: "value".into(),
        ..Default::default()
    })
}

fn appointments(code: &'static str, growth: f64) -> [appointment::Row<'static>; 5] {
    APPOINTMENTS.map(|(mode, status, wait, count)| appointment::Row {
        practice: code.into(),
        mode: mode.into(),
        status: status.into(),
        wait: wait.into(),
        appointments: (count * growth).into(),
        ..Default::default()
    })
}

/// The same GPs in both months, lists and appointments a tenth more in the second.
fn evidence() -> Evidence {
    let mut given = Given::default();
    for (code, patients, counts) in PRACTICES {
        let affiliation = affiliation::Row {
            practice: code.into(),
            name: "WILLOW TREE SURGERY".into(),
            sub_icb: "04C".into(),
            icb: "QK1".into(),
            region: "Y60".into(),
            ..Default::default()
        };
        given.add(period("2025-09-01"), affiliation);
        for (month, growth) in MONTHS {
            let patients = (patients * growth).into();
            let list = list_size::Row { practice: code.into(), patients, ..Default::default() };
            given.add(period(&format!("{month}-01")), list);
            given = given
                .with(period(month), staff(code, counts))
                .with(period(month), appointments(code, growth));
        }
    }
    given.evidence()
}

fn read(sentence: &str) -> Reading {
    let checker = checker_of(evidence());
    let home = Place {
        key: "04C".to_owned(),
        name: "Testshire".to_owned(),
        members: vec![(vocab::Level::SubIcb, "04C".to_owned())],
    };
    match checker.answer(sentence, &home).expect("an answer") {
        Answer::Reading(reading) => *reading,
        other => panic!("{sentence}: {other:?}"),
    }
}

fn figures(reading: &Reading) -> Vec<f64> {
    reading.figures.iter().map(|one| libm::round(one.value * 1e4) / 1e4).collect()
}

#[test]
fn the_number_of_gps_is_judged_by_the_number_and_the_rate_is_told_beside_it() {
    // 6 + 9.5 in all, 4.75 + 8.25 fully qualified, in both months; lists grew from 30,000 to 33,000.
    for (sentence, verdict, shown) in [
        (
            "The number of GPs has fallen since March 2025",
            Verdict::NotSupported,
            vec![15.5, 15.5, 13.0, 13.0],
        ),
        (
            "The number of GPs has not changed since March 2025",
            Verdict::Supported,
            vec![15.5, 15.5, 13.0, 13.0],
        ),
        (
            "There are fewer GPs than in March 2025",
            Verdict::NotSupported,
            vec![15.5, 15.5, 13.0, 13.0],
        ),
        (
            "The number of fully qualified GPs has fallen since March 2025",
            Verdict::NotSupported,
            vec![13.0, 13.0],
        ),
        (
            "There are fewer fully qualified GPs than in March 2025",
            Verdict::NotSupported,
            vec![13.0, 13.0],
        ),
        (
            "The number of permanent GPs has fallen since March 2025",
            Verdict::NotSupported,
            vec![12.5, 12.5],
        ),
    ] {
        let reading = read(sentence);
        assert_eq!(reading.verdict, verdict, "{sentence}: {:?}", reading.answer);
        assert_eq!(figures(&reading), shown, "{sentence}");
    }
    let told = format!("{:?}", read("The number of GPs has fallen since March 2025").answer);
    // 15.5 of 30,000 and of 33,000 patients.
    assert!(told.contains("5.1666") && told.contains("4.6969"), "{told}");
}

#[test]
fn gps_per_head_are_judged_by_the_rate() {
    let reading = read("GPs per head have fallen since March 2025");
    assert_eq!(reading.verdict, Verdict::Supported, "{:?}", reading.answer);
    assert_eq!(figures(&reading), [5.1667, 4.697]);
}

#[test]
fn the_number_of_appointments_of_a_kind_is_no_share() {
    // 2 x 100 and 2 x 110 missed, 2 x 1,200 and 2 x 1,320 face to face: a tenth more, the same share of 2,000.
    for (sentence, shown) in [
        ("The number of missed appointments has risen since March 2025", [200.0, 220.0]),
        ("The number of face to face appointments has risen since March 2025", [2400.0, 2640.0]),
    ] {
        let reading = read(sentence);
        assert_eq!(reading.verdict, Verdict::Supported, "{sentence}: {:?}", reading.answer);
        assert_eq!(figures(&reading), shown, "{sentence}");
    }
    let share = read("The share of missed appointments has risen since March 2025");
    assert_eq!(share.verdict, Verdict::NotSupported, "{:?}", share.answer);
    let open = read("Missed appointments have risen since March 2025");
    assert_eq!(open.verdict, Verdict::CannotTell, "{:?}", open.answer);
}

#[test]
fn patients_who_waited_are_not_told_from_appointments() {
    for (sentence, reason) in [
        ("9,000 patients waited more than three weeks to see a GP.", "counts patients who wait"),
        ("7% of people wait over four weeks for a GP appointment.", "not with GPs alone"),
        ("One in eight patients were denied a GP appointment.", "was given none"),
    ] {
        let reading = read(sentence);
        assert_eq!(reading.verdict, Verdict::CannotTell, "{sentence}");
        let told = format!("{:?}", reading.answer);
        assert!(told.contains(reason), "{sentence}: {told}");
    }
}

#[test]
fn appointments_by_days_from_booking_are_told_with_open_bounds() {
    // Of 2,000: 80 over four weeks (4%), 80 + 120 over three (10%), 1,100 on the same day (55%).
    for (sentence, verdict, share) in [
        (
            "4% of appointments took place more than four weeks after booking.",
            Verdict::Supported,
            0.04,
        ),
        (
            "10% of appointments took place more than three weeks after booking.",
            Verdict::Supported,
            0.1,
        ),
        (
            "4% of appointments took place more than three weeks after booking.",
            Verdict::NotSupported,
            0.1,
        ),
        ("Most GP appointments are on the same day.", Verdict::Supported, 0.55),
        ("Most appointments are face to face.", Verdict::Supported, 0.6),
        ("Most appointments are by telephone.", Verdict::NotSupported, 0.4),
    ] {
        let reading = read(sentence);
        assert_eq!(reading.verdict, verdict, "{sentence}: {:?}", reading.answer);
        assert_eq!(figures(&reading), [share], "{sentence}");
    }
    let told = read("Most GP appointments are on the same day.").limits.join(" ");
    assert!(told.contains("all staff of general practices"), "{told}");
}

#[test]
fn four_weeks_or_more_is_not_more_than_four_weeks() {
    let checker = checker_of(evidence());
    let home = Place { key: "04C".to_owned(), name: "Testshire".to_owned(), members: Vec::new() };
    for sentence in [
        "4% of appointments took place four weeks or more after booking.",
        "4% of appointments took place at least 28 days after booking.",
        "4% of appointments took place more than a month after booking.",
    ] {
        let answer = checker.answer(sentence, &home).expect("an answer");
        assert!(!matches!(answer, Answer::Reading(_)), "{sentence}: {answer:?}");
    }
}
