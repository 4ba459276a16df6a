//! Whether a number or a rate is meant, which GPs are meant, and how long a wait is: the figures are added by hand.

use claims::{Answer, Reading, Verdict};
use evidence::{Cell, Evidence, Place, Table, tables};

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

fn row(table: &'static Table, cells: &[(&str, Cell<'static>)]) -> Vec<Cell<'static>> {
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| *cell);
    table.columns.iter().map(|column| cell(column.name).unwrap_or(Cell::Empty)).collect()
}

fn staff() -> Vec<Vec<Cell<'static>>> {
    const ROLES: [&str; 3] = ["total", "excluding_trainees", "excluding_trainees_and_locums"];
    let of_practice = |(code, _, counts): (&'static str, f64, [f64; 3])| {
        ROLES.into_iter().zip(counts).map(move |(role, count)| {
            row(
                &tables::STAFF,
                &[
                    ("organisation", Cell::Text(code)),
                    ("level", Cell::Text("practice")),
                    ("group", Cell::Text("gp")),
                    ("role", Cell::Text(role)),
                    ("sex", Cell::Text("")),
                    ("age_band", Cell::Text("")),
                    ("measure", Cell::Text("fte")),
                    ("value", Cell::Number(count)),
                    ("mark", Cell::Text("value")),
                ],
            )
        })
    };
    PRACTICES.into_iter().flat_map(of_practice).collect()
}

fn appointments(growth: f64) -> Vec<Vec<Cell<'static>>> {
    let of_practice = |(code, ..): (&'static str, f64, [f64; 3])| {
        APPOINTMENTS.into_iter().map(move |(mode, status, wait, count)| {
            row(
                &tables::APPOINTMENT,
                &[
                    ("practice", Cell::Text(code)),
                    ("mode", Cell::Text(mode)),
                    ("status", Cell::Text(status)),
                    ("wait", Cell::Text(wait)),
                    ("appointments", Cell::Number(count * growth)),
                ],
            )
        })
    };
    PRACTICES.into_iter().flat_map(of_practice).collect()
}

/// The same GPs in both months, lists and appointments a tenth more in the second.
fn evidence() -> Evidence {
    let affiliation = PRACTICES.map(|(code, ..)| {
        row(
            &tables::AFFILIATION,
            &[
                ("practice", Cell::Text(code)),
                ("name", Cell::Text("WILLOW TREE SURGERY")),
                ("sub_icb", Cell::Text("04C")),
                ("icb", Cell::Text("QK1")),
                ("region", Cell::Text("Y60")),
            ],
        )
    });
    let mut parts = vec![(&tables::AFFILIATION, period("2025-09-01"), affiliation.to_vec())];
    for (month, growth) in MONTHS {
        let lists = PRACTICES.map(|(code, patients, _)| {
            row(
                &tables::LIST_SIZE,
                &[("practice", Cell::Text(code)), ("patients", Cell::Number(patients * growth))],
            )
        });
        parts.push((&tables::LIST_SIZE, period(&format!("{month}-01")), lists.to_vec()));
        parts.push((&tables::STAFF, period(month), staff()));
        parts.push((&tables::APPOINTMENT, period(month), appointments(growth)));
    }
    Evidence::in_memory(&parts)
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
