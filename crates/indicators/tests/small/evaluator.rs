//! What the evaluator does with small tables that can be checked by hand.

use crate::common::{built_in, period, two_regions};
use evidence::Place;
use evidence::tables::appointment_day;
use indicators::{Doubt, Evaluation, Row, Verdict, evaluate};
use vocab::{Level, Mark};

fn prevalence(tables: &crate::common::Tables, level: Level) -> Evaluation {
    evaluate(&tables.evidence(), &built_in("prevalence_diabetes"), period("2024/25"), level, None)
        .unwrap()
}

fn not_attended(tables: &crate::common::Tables, level: Level) -> Evaluation {
    evaluate(&tables.evidence(), &built_in("did_not_attend"), period("2025-11"), level, None)
        .unwrap()
}

fn value(row: &Row) -> Option<f64> {
    row.estimate.map(|estimate| estimate.value)
}

#[test]
fn suppressed_missing_and_nought_stay_three_values() {
    let mut tables = two_regions();
    tables
        .register("A81001", None, 4_000.0, "suppressed")
        .register("A81002", None, 8_000.0, "missing")
        .register("B81003", Some(0.0), 6_000.0, "value");
    let rows = prevalence(&tables, Level::Practice).rows;
    let marks: Vec<Mark> = rows.iter().map(|row| row.mark).collect();
    assert_eq!(marks, [Mark::Suppressed, Mark::Missing, Mark::Value]);
    assert_eq!(rows.iter().map(value).collect::<Vec<_>>(), [None, None, Some(0.0)]);
}

#[test]
fn a_practice_without_a_figure_is_left_out_above_and_below_the_line() {
    let mut tables = two_regions();
    tables
        .register("A81001", Some(400.0), 4_000.0, "value")
        .register("A81002", None, 8_000.0, "suppressed")
        .register("B81003", Some(300.0), 6_000.0, "value");
    let evaluation = prevalence(&tables, Level::SubIcb);
    let row = evaluation.row("01A").unwrap();
    assert_eq!((row.numerator, row.denominator), (Some(400.0), Some(4_000.0)));
    assert_eq!((row.counted.counted, row.counted.of), (1, 2));
    assert_eq!(row.counted.patients_share, Some(5_000.0 / 15_000.0));
    assert_eq!((evaluation.coverage.counted, evaluation.coverage.suppressed), (2, 1));
}

#[test]
fn a_practice_that_the_table_does_not_name_is_missing_not_nought() {
    let mut tables = two_regions();
    tables.appointments("A81001", "attended", 950.0).appointments("A81001", "did_not_attend", 50.0);
    let evaluation = not_attended(&tables, Level::Practice);
    assert_eq!(evaluation.row("B81003").unwrap().mark, Mark::Missing);
    assert_eq!(evaluation.coverage.missing, 2);
}

#[test]
fn a_practice_whose_appointments_were_all_attended_missed_none() {
    let mut tables = two_regions();
    tables.appointments("A81001", "attended", 950.0);
    assert_eq!(value(not_attended(&tables, Level::Practice).row("A81001").unwrap()), Some(0.0));
}

#[test]
fn england_is_the_sum_of_its_regions() {
    let mut tables = two_regions();
    for (practice, missed) in [("A81001", 40.0), ("A81002", 70.0), ("B81003", 25.0)] {
        tables.appointments(practice, "attended", 900.0).appointments(
            practice,
            "did_not_attend",
            missed,
        );
    }
    let regions = not_attended(&tables, Level::Region);
    let sum: f64 = regions.rows.iter().filter_map(|row| row.numerator).sum();
    assert_eq!(regions.england.numerator, Some(sum));
    assert!(regions.coverage.unplaced.is_empty());
}

#[test]
fn a_practice_in_no_region_counts_in_england_and_is_named() {
    let mut tables = two_regions();
    tables
        .appointments("A81001", "attended", 900.0)
        .appointments("Y99999", "attended", 90.0)
        .appointments("Y99999", "did_not_attend", 10.0);
    let evaluation = not_attended(&tables, Level::Region);
    assert_eq!(evaluation.england.numerator, Some(10.0));
    assert_eq!(evaluation.coverage.unplaced, ["Y99999"]);
}

#[test]
fn equal_practices_are_all_similar_and_share_a_rank() {
    let mut tables = two_regions();
    for practice in ["A81001", "A81002", "B81003"] {
        tables.appointments(practice, "attended", 95.0).appointments(
            practice,
            "did_not_attend",
            5.0,
        );
    }
    let evaluation = not_attended(&tables, Level::Practice);
    assert!(evaluation.rows.iter().all(|row| row.england.at_95 == Verdict::Similar));
    assert!(
        evaluation
            .rows
            .iter()
            .all(|row| row.rank.is_some_and(|rank| rank.rank == 1 && rank.of == 3 && rank.joint))
    );
}

#[test]
fn a_practice_that_is_all_there_is_is_not_compared_with_itself() {
    let mut tables = crate::common::Tables::default();
    tables.practice(["A81001", "U00001", "01A", "QAA", "Y60"], 5_000.0);
    tables.appointments("A81001", "attended", 95.0).appointments("A81001", "did_not_attend", 5.0);
    let evaluation = not_attended(&tables, Level::Practice);
    assert_eq!(value(&evaluation.rows[0]), value(&evaluation.england));
    assert_eq!(evaluation.rows[0].england.at_998, Verdict::NotCompared);
    assert_eq!(evaluation.rows[0].england.reference, None);
}

#[test]
fn the_only_board_is_not_compared_with_its_region_and_two_boards_are() {
    let mut tables = two_regions();
    for practice in ["A81001", "A81002", "B81003"] {
        tables.appointments(practice, "attended", 95.0).appointments(
            practice,
            "did_not_attend",
            5.0,
        );
    }
    let row = not_attended(&tables, Level::Icb).rows.remove(0);
    assert!(row.parent.is_none(), "{:?}", row.parent);
    assert_eq!(row.england.at_95, Verdict::Similar);
}

/// 24 practices with 43 of 5,930, and one with a wrong record; by hand, the others' 43 / 5,930 = 0.7251%.
fn registers(patients: f64, list: f64) -> crate::common::Tables {
    let mut tables = crate::common::Tables::default();
    for number in 1..=25 {
        let practice = format!("A810{number:02}");
        tables.practice([&practice, "U00001", "01A", "QAA", "Y60"], 7_280.0);
        let (patients, list) = if number == 25 { (patients, list) } else { (43.0, 5_930.0) };
        tables.register(&practice, Some(patients), list, "value");
    }
    tables
}

#[test]
fn a_register_larger_than_its_list_is_in_no_sum() {
    let found = prevalence(&registers(441.0, 1.0), Level::SubIcb);
    assert_eq!(found.rows[0].numerator, Some(24.0 * 43.0));
    assert_eq!(found.rows[0].denominator, Some(24.0 * 5_930.0));
    assert_eq!((found.rows[0].counted.counted, found.rows[0].counted.of), (24, 25));
    assert_eq!(found.coverage.held_back[0].doubt, Doubt::LargerThanWhole);
    assert_eq!(found.coverage.missing, 0);
}

#[test]
fn a_register_with_two_digits_too_many_is_in_no_sum_and_ranked_nowhere() {
    let found = prevalence(&registers(3_636.0, 5_930.0), Level::Practice);
    assert!((value(&found.england).unwrap() - 43.0 / 5_930.0).abs() < 1e-12);
    let row = found.row("A81025").unwrap();
    assert!(
        matches!(row.doubt, Some(Doubt::FarFromOthers(times)) if (216.5..217.5).contains(&times))
    );
    assert!(row.rank.is_none() && row.estimate.is_none());
}

/// The same 25 practices with a register of the year before for each.
fn registers_of_two_years(before: f64, now: f64) -> Evaluation {
    let mut tables = registers(now, 5_930.0);
    for number in 1..=25 {
        let patients = if number == 25 { before } else { 43.0 };
        let practice = format!("A810{number:02}");
        tables.register_of("2023/24", &practice, Some(patients), 5_930.0, "value");
    }
    prevalence(&tables, Level::Practice)
}

/// From 40 to 480 of 5,930: odds of 480.5 / 5,450.5 over 40.5 / 5,890.5 are 12.8 times those of the year before; others
/// have 43 of 5,930, of which the new odds are 12.1 times.
#[test]
fn a_register_that_leaves_its_own_past_and_all_others_in_one_year_is_held_back() {
    let found = registers_of_two_years(40.0, 480.0);
    let row = found.row("A81025").unwrap();
    assert!(
        matches!(row.doubt, Some(Doubt::Jumped { times, before }) if (12.8..12.9).contains(&times) && (before - 40.0).abs() < 1e-9),
        "{:?}",
        row.doubt
    );
    assert!((value(&found.england).unwrap() - 43.0 / 5_930.0).abs() < 1e-12);
    assert_eq!(found.coverage.held_back.len(), 1);
}

#[test]
fn a_register_that_was_always_high_or_comes_up_to_the_others_is_not_held_back() {
    for (before, now) in [(450.0, 480.0), (0.0, 60.0), (480.0, 43.0)] {
        let found = registers_of_two_years(before, now);
        assert!(found.coverage.held_back.is_empty(), "{before} {now}");
    }
}

/// £1,500 over 10 weighted patients is £150; £1,509 of a practice with a list of nought is told, not lost.
#[test]
fn what_was_paid_to_a_practice_without_a_list_is_told_and_not_divided() {
    let mut tables = two_regions();
    tables.paid("A81001", 1_500.0, 10.0).paid("A81002", 1_509.0, 0.0);
    let asked = (built_in("payments_per_weighted"), period("2018/19"));
    let found = evaluate(&tables.evidence(), &asked.0, asked.1, Level::SubIcb, None).unwrap();
    let row = found.row("01A").unwrap();
    assert_eq!(value(row), Some(150.0));
    assert_eq!((row.counted.counted, row.counted.of), (1, 2));
    assert_eq!(found.coverage.without_below, (1, 1_509.0));
}

/// £109 was taken back from a practice without a list: what was paid to such practices is £1,400, net.
#[test]
fn what_was_taken_back_from_a_practice_without_a_list_counts_too() {
    let mut tables = two_regions();
    tables.paid("A81001", 1_500.0, 10.0).paid("A81002", 1_509.0, 0.0).paid("B81003", -109.0, 0.0);
    let asked = (built_in("payments_per_weighted"), period("2018/19"));
    let found = evaluate(&tables.evidence(), &asked.0, asked.1, Level::SubIcb, None).unwrap();
    assert_eq!(found.coverage.without_below, (2, 1_400.0));
}

/// A81002 has 1,000 of the 2,000 appointments of its board and is compared with it; with 1,001 it would be most of it.
#[test]
fn a_part_is_not_compared_with_a_whole_that_is_mostly_itself() {
    let parent = |attended: f64| {
        let mut tables = two_regions();
        tables
            .appointments("A81001", "attended", 900.0)
            .appointments("A81001", "did_not_attend", 100.0)
            .appointments("A81002", "attended", attended)
            .appointments("A81002", "did_not_attend", 200.0)
            .appointments("B81003", "attended", 1_000.0);
        let found = not_attended(&tables, Level::Practice);
        found.row("A81002").unwrap().parent.as_ref().unwrap().1.at_998
    };
    assert_eq!((parent(800.0), parent(900.0)), (Verdict::Worse, Verdict::NotCompared));
}

/// Nine of a list of sixteen, where every list has its register and England’s figure stands.
#[test]
fn a_list_of_sixteen_is_not_judged() {
    let mut tables = two_regions();
    tables
        .practice(["B81004", "U00002", "02B", "QBB", "Y61"], 16.0)
        .register("A81001", Some(300.0), 4_000.0, "value")
        .register("A81002", Some(600.0), 8_000.0, "value")
        .register("B81003", Some(450.0), 6_000.0, "value")
        .register("B81004", Some(9.0), 16.0, "value");
    let found = prevalence(&tables, Level::Practice);
    let row = found.row("B81004").unwrap();
    assert_eq!(
        (row.england.at_95, row.england.at_998),
        (Verdict::NotCompared, Verdict::NotCompared)
    );
    assert!(row.parent.as_ref().is_none_or(|(_, with)| with.at_95 == Verdict::NotCompared));
    assert!(found.withheld(row).unwrap().contains("fewer than 1,000 patients"));
    assert_eq!(found.row("A81001").unwrap().england.at_95, Verdict::Similar);
}

/// A hospice or a home for older people: 567 of 1,011 is how it is.
#[test]
fn a_high_register_of_a_small_list_is_not_held_back() {
    let found = prevalence(&registers(567.0, 1_011.0), Level::Practice);
    assert!(found.coverage.held_back.is_empty());
}

#[test]
fn a_list_of_sixteen_has_its_interval_counts_in_sums_and_is_not_ranked() {
    let mut tables = two_regions();
    tables
        .practice(["B81004", "U00002", "02B", "QBB", "Y61"], 16.0)
        .register("A81001", Some(400.0), 4_000.0, "value")
        .register("B81004", Some(9.0), 16.0, "value");
    let found = prevalence(&tables, Level::Practice);
    let row = found.row("B81004").unwrap();
    let estimate = row.estimate.unwrap();
    let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
    assert_eq!(
        (estimate.value, estimate.lower.map(rounded), estimate.upper.map(rounded)),
        (0.5625, Some(0.332), Some(0.769))
    );
    assert_eq!((row.doubt, row.rank), (Some(Doubt::TooFewPatients), None));
    assert_eq!(
        (row.england.at_95, row.england.at_998),
        (Verdict::NotCompared, Verdict::NotCompared)
    );
    assert!(found.withheld(row).unwrap().contains("fewer than 1,000 patients"));
    let rank = found.row("A81001").unwrap().rank.unwrap();
    assert_eq!((rank.of, rank.joint), (1, false));
    assert_eq!(found.england.numerator, Some(409.0));
}

#[test]
fn few_missed_appointments_are_better_and_many_worse() {
    let mut tables = two_regions();
    tables
        .appointments("A81001", "attended", 990.0)
        .appointments("A81001", "did_not_attend", 10.0)
        .appointments("A81002", "attended", 800.0)
        .appointments("A81002", "did_not_attend", 200.0)
        .appointments("B81003", "attended", 895.0)
        .appointments("B81003", "did_not_attend", 105.0);
    let evaluation = not_attended(&tables, Level::Practice);
    assert_eq!(evaluation.row("A81001").unwrap().england.at_998, Verdict::Better);
    assert_eq!(evaluation.row("A81002").unwrap().england.at_998, Verdict::Worse);
    assert_eq!(evaluation.row("B81003").unwrap().england.at_95, Verdict::Similar);
}

/// Two of three practices, with 15,000 of 23,000 patients: 65%, below the 80% that a comparison needs.
fn two_of_three() -> crate::common::Tables {
    let mut tables = two_regions();
    tables
        .appointments("A81001", "attended", 990.0)
        .appointments("A81001", "did_not_attend", 10.0)
        .appointments("A81002", "attended", 800.0)
        .appointments("A81002", "did_not_attend", 200.0);
    tables
}

#[test]
fn a_comparison_with_two_thirds_of_the_patients_is_withheld_and_says_of_whom_they_are() {
    let evaluation = not_attended(&two_of_three(), Level::Practice);
    let row = evaluation.row("A81002").unwrap();
    assert_eq!((row.england.reference, row.england.at_95), (None, Verdict::NotCompared));
    let said = evaluation.withheld(row).unwrap();
    assert!(said.contains("2 of England’s 3 practices, 15,000 of 23,000 patients"), "{said}");
    assert!(said.contains("at least 80% of patients") && said.contains("assumption"), "{said}");
    assert_eq!(evaluation.basis(row), "1 practice, 10,000 patients");
}

/// As published 50 of 1,000 were missed: 5%, where the two practices have 210 of 2,000, 10.5%.
#[test]
fn where_a_part_is_imported_the_published_figure_of_the_country_is_compared_with_and_named() {
    let mut tables = two_of_three();
    for (metric, count) in [("Attended", 950.0), ("Did Not Attend", 50.0)] {
        tables.national_appointments("Appointment Status", metric, count);
    }
    let evaluation = not_attended(&tables, Level::Practice);
    assert_eq!(value(&evaluation.england), Some(0.05));
    assert_eq!(evaluation.reference.name(), "England as published");
    let row = evaluation.row("A81002").unwrap();
    assert_eq!((row.england.reference, row.england.at_998), (Some(0.05), Verdict::Worse));
    assert_eq!(evaluation.basis(&evaluation.england), "as published for England");
}

/// The sum of all three is England’s own figure, whatever is published of it.
#[test]
fn where_all_is_imported_the_sum_is_compared_with() {
    let mut tables = two_of_three();
    tables.appointments("B81003", "attended", 1_000.0);
    tables.national_appointments("Appointment Status", "Attended", 950.0);
    tables.national_appointments("Appointment Status", "Did Not Attend", 50.0);
    let evaluation = not_attended(&tables, Level::Practice);
    assert_eq!(value(&evaluation.england), Some(210.0 / 3_000.0));
    assert_eq!(evaluation.reference.name(), "England");
}

#[test]
fn without_rows_there_is_an_error_that_says_what_to_do() {
    let tables = two_regions();
    let refusal = evaluate(
        &tables.evidence(),
        &built_in("did_not_attend"),
        period("2025-11"),
        Level::Practice,
        None,
    );
    let said = refusal.unwrap_err().to_string();
    assert!(
        said.contains("the table `appointment` holds nothing; import a release of it first"),
        "{said}"
    );
}

#[test]
fn a_level_that_the_tables_do_not_reach_is_refused() {
    let mut tables = two_regions();
    let row = appointment_day::Row {
        sub_icb: "01A".into(),
        day: "2025-11-03".into(),
        ..Default::default()
    };
    tables.row("2025-11", row);
    let definition = built_in("monday_share");
    let refusal =
        evaluate(&tables.evidence(), &definition, period("2025-11"), Level::Practice, None);
    let said = refusal.unwrap_err().to_string();
    assert!(
        said.starts_with("`monday_share` is not worked out for practices: expected one of sub_icb"),
        "{said}"
    );
}

#[test]
fn a_place_keeps_its_practices_and_is_their_reference() {
    let mut tables = two_regions();
    for (practice, missed) in [("A81001", 40.0), ("A81002", 70.0), ("B81003", 25.0)] {
        tables.appointments(practice, "attended", 900.0).appointments(
            practice,
            "did_not_attend",
            missed,
        );
    }
    let place = Place {
        key: "01A".to_owned(),
        name: "Here".to_owned(),
        members: vec![(Level::SubIcb, "01A".to_owned())],
    };
    let definition = built_in("did_not_attend");
    let evaluation =
        evaluate(&tables.evidence(), &definition, period("2025-11"), Level::Practice, Some(&place))
            .unwrap();
    let codes: Vec<&str> =
        evaluation.rows.iter().map(|row| row.organisation.code.as_str()).collect();
    assert_eq!(codes, ["A81001", "A81002"]);
    assert_eq!(evaluation.place.unwrap().numerator, Some(110.0));
    let (parent, comparison) = evaluation.rows[0].parent.clone().unwrap();
    assert_eq!(parent.code, "01A");
    assert_eq!(comparison.reference, Some(110.0 / 1_910.0));
}

#[test]
fn a_denominator_too_far_away_is_refused_not_stretched() {
    let mut tables = two_regions();
    tables.online("2024-01", "A81001", 10.0);
    let definition = built_in("online_consultations_per_1000");
    let refusal =
        evaluate(&tables.evidence(), &definition, period("2024-01"), Level::Practice, None);
    assert!(refusal.unwrap_err().to_string().contains("no period within 92 days"));
}
