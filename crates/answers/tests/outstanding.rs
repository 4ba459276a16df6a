//! What stands out, and what the pages say of a funnel, among thirty practices whose records are made here.

use answers::findings::{is_overdispersed, outstanding, spread};
use evidence::Given;
use evidence::tables::{affiliation, appointment, list_size};
use indicators::{Evaluation, Library, evaluate};
use vocab::{Level, Period};

/// Missed appointments of every practice among 50,000.
fn evaluated(missed: impl Fn(usize) -> f64) -> Evaluation {
    let day: Period = "2025-11-01".parse().expect("a day");
    let month: Period = "2025-11".parse().expect("a month");
    let mut given = Given::default();
    for index in 0..30 {
        let code = format!("A81{:03}", index + 1);
        let affiliation = affiliation::Row {
            practice: (&code).into(),
            name: (&code).into(),
            network: "U00001".into(),
            network_name: "N".into(),
            sub_icb: "01X".into(),
            sub_icb_name: "S".into(),
            icb: "QXX".into(),
            icb_name: "B".into(),
            region: "Y99".into(),
            region_name: "R".into(),
            ..Default::default()
        };
        given.add(day, affiliation);
        let list = list_size::Row {
            practice: (&code).into(),
            sub_icb: "01X".into(),
            patients: 10_000.0.into(),
        };
        given.add(day, list);
        let counts = [("attended", 50_000.0 - missed(index)), ("did_not_attend", missed(index))];
        let held = counts.map(|(status, count)| appointment::Row {
            practice: (&code).into(),
            staff: "gp".into(),
            mode: "face_to_face".into(),
            status: status.into(),
            wait: "same_day".into(),
            category: "All".into(),
            appointments: count.into(),
        });
        given = given.with(month, held);
    }
    let evidence = given.evidence();
    let library = Library::built_in().expect("sound definitions");
    let definition = library.get("did_not_attend").expect("an indicator");
    evaluate(&evidence, definition, month, Level::Practice, None).expect("an answer")
}

/// The codes of those that stand out, the farthest first.
fn standing_out(evaluation: &Evaluation) -> Vec<&str> {
    let library = Library::built_in().expect("sound definitions");
    let definition = library.get("did_not_attend").expect("an indicator");
    let mut found: Vec<(&str, f64)> = evaluation
        .rows
        .iter()
        .filter_map(|row| {
            Some((row.organisation.code.as_str(), outstanding(definition, evaluation, row)?))
        })
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.into_iter().map(|(code, _)| code).collect()
}

fn said(evaluation: &Evaluation) -> String {
    let library = Library::built_in().expect("sound definitions");
    spread(library.get("did_not_attend").expect("an indicator"), evaluation).expect("a funnel")
}

#[test]
fn where_all_differ_by_more_than_chance_nobody_stands_out_for_it_and_both_limits_are_told() {
    // From 2% to 7.8%: nearly all lie outside of what chance gives, and none beyond what all share.
    let evaluation = evaluated(|index| 1_000.0 + 100.0 * index as f64);
    assert!(is_overdispersed(&evaluation));
    assert_eq!(standing_out(&evaluation), [""; 0]);
    let words = said(&evaluation);
    assert!(
        words.starts_with("None of the 30 practices lies outside the widened 99.8% limits"),
        "{words}"
    );
    assert!(
        words.contains("Outside the limits of chance alone lie 2") && words.contains("dispersion"),
        "{words}"
    );
}

#[test]
fn by_chance_alone_the_ends_of_the_ranks_stand_out_the_end_first() {
    let evaluation = evaluated(|index| match index {
        3 => 3_500.0,
        7 => 1_700.0,
        _ => 2_500.0 + index as f64,
    });
    assert!(!is_overdispersed(&evaluation));
    assert_eq!(standing_out(&evaluation), ["A81004", "A81008"]);
    let words = said(&evaluation);
    assert!(words.contains("one lies above and one below the 99.8% limits"), "{words}");
    assert!(!words.contains("chance alone"), "{words}");
}
