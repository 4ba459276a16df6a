//! Series, neighbours, recording and open days on small tables.

use crate::common::{Tables, built_in, inside, period, two_regions};
use evidence::tables::{appointment, appointment_day, car};
use indicators::compare::{Feature, Likeness, Profiles, Special};
use indicators::monday::{UnknownStaff, is_bank_holiday, open_days};
use indicators::recording::{Doubt, RecordingVerdict, recording, rules};
use indicators::trend::{Reading, axis, control_chart, series};
use indicators::{Definition, Theme, evaluate};
use jiff::civil::{Weekday, date};
use vocab::{Level, Organisation};

fn here() -> Organisation {
    Organisation { level: Level::SubIcb, code: "01A".to_owned() }
}

fn months(from_year: i32, count: i32) -> Vec<String> {
    (0..count).map(|month| format!("{}-{:02}", from_year + month / 12, month % 12 + 1)).collect()
}

#[test]
fn twelve_months_are_read_as_a_control_chart() {
    let mut tables = two_regions();
    for (number, month) in months(2024, 13).iter().enumerate() {
        tables.sub_icb_month(month, "01A", 950.0, 50.0 + (number % 2) as f64);
    }
    let series =
        series(&tables.evidence(), &built_in("did_not_attend_sub_icb"), &here(), None).unwrap();
    assert_eq!(series.points.len(), 13);
    assert!(matches!(series.reading, Reading::Chart { .. }));
}

/// Sixteen months of which the fifth is not imported: thirteen moving ranges of one patient, none over the gap.
#[test]
fn a_month_that_is_not_imported_keeps_its_place() {
    let mut tables = two_regions();
    for (number, month) in months(2024, 16).iter().enumerate() {
        if number != 4 {
            let missed = if number < 4 { 50.0 } else { 100.0 } + (number % 2) as f64;
            tables.sub_icb_month(month, "01A", 950.0, missed);
        }
    }
    let definition = built_in("did_not_attend_sub_icb");
    let series = series(&tables.evidence(), &definition, &here(), None).unwrap();
    let periods: Vec<vocab::Period> = series.points.iter().map(|point| point.period).collect();
    assert_eq!(periods.len(), 15);
    assert_eq!(axis(&periods)[4], (period("2024-05"), None));
    let Reading::Chart { chart, .. } = series.reading else { panic!("{:?}", series.reading) };
    assert_eq!((chart.values().len(), chart.latest().moving_ranges), (16, 13));
    let limits = chart.latest().limits.unwrap();
    assert!(limits.upper - limits.lower < 0.01, "the jump of five points lies in the gap");
}

#[test]
fn years_and_quarters_keep_their_distance() {
    let years = ["2019/20", "2021/22", "2022/23"].map(period);
    let names = |axis: Vec<(vocab::Period, Option<usize>)>| {
        axis.iter().map(|(period, _)| period.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(axis(&years)), ["2019/20", "2020/21", "2021/22", "2022/23"]);
    let quarters = ["2024-12-31", "2025-03-31", "2025-09-30"].map(period);
    let expected = ["2024-12-31", "2025-03-31", "2025-06-01", "2025-09-30"];
    assert_eq!(names(axis(&quarters)), expected);
    let weeks = ["2025-03-03", "2025-03-10", "2025-06-02"].map(period);
    assert_eq!(axis(&weeks).len(), 3);
}

#[test]
fn a_cut_within_a_gap_starts_afresh_at_the_next_figure() {
    let mut values = vec![Some(1.0), Some(2.0), None, None];
    values.extend((0..13).map(|at| Some(f64::from(at % 2))));
    let cuts = [(2, "redesigned".to_owned()), (4, "new contract".to_owned())];
    let chart = control_chart(&values, &cuts).unwrap();
    assert_eq!(
        chart.segments.iter().map(|one| one.points.clone()).collect::<Vec<_>>(),
        [0..4, 4..17]
    );
    assert_eq!(chart.latest().reason.as_deref(), Some("new contract"));
}

#[test]
fn no_chart_crosses_a_change_of_meaning() {
    let mut tables = two_regions();
    for month in &months(2025, 20) {
        tables.sub_icb_month(month, "01A", 950.0, 50.0);
    }
    let series =
        series(&tables.evidence(), &built_in("did_not_attend_sub_icb"), &here(), None).unwrap();
    assert_eq!(series.cuts.len(), 1);
    assert_eq!(series.points[series.cuts[0].0].period, period("2026-04"));
    assert!(
        !matches!(series.reading, Reading::Chart { .. }),
        "five months after the cut are too few for a chart"
    );
}

#[test]
fn three_points_say_nothing() {
    let mut tables = two_regions();
    for month in &months(2024, 3) {
        tables.sub_icb_month(month, "01A", 950.0, 50.0);
    }
    let series =
        series(&tables.evidence(), &built_in("did_not_attend_sub_icb"), &here(), None).unwrap();
    assert!(matches!(series.reading, Reading::TooFewPoints));
}

fn ages(tables: &mut Tables, practice: &str, young: f64, old: f64) {
    for (from, count) in [(0.0, young), (20.0, 400.0), (40.0, 1_000.0), (70.0, old)] {
        tables.registered(practice, from, Some(from + 5.0), count);
    }
}

#[test]
fn the_practice_with_the_same_patients_is_the_nearest() {
    let mut tables = two_regions();
    ages(&mut tables, "A81001", 900.0, 700.0);
    ages(&mut tables, "A81002", 400.0, 1_500.0);
    ages(&mut tables, "B81003", 880.0, 720.0);
    let profiles = Profiles::of(&tables.evidence(), period("2025-11-01"), Level::Practice).unwrap();
    let similar = profiles.similar("A81001", &Likeness::default());
    assert_eq!(similar[0].profile.code, "B81003");
    assert!(similar[0].distance < similar[1].distance);
    let only_size = Likeness {
        weights: Feature::ALL
            .into_iter()
            .map(|feature| (feature, f64::from(feature == Feature::ListSize)))
            .collect(),
        neighbours: 1,
    };
    assert_eq!(profiles.similar("A81001", &only_size).len(), 1);
}

/// Lists sum; shares weigh by list.
#[test]
fn a_network_has_the_features_of_all_its_patients() {
    let mut tables = two_regions();
    ages(&mut tables, "A81001", 900.0, 700.0);
    ages(&mut tables, "A81002", 400.0, 1_500.0);
    let evidence = tables.evidence();
    let of = |level| Profiles::of(&evidence, period("2025-11-01"), level).unwrap();
    let (practices, networks) = (of(Level::Practice), of(Level::Network));
    let both = ["A81001", "A81002"].map(|code| &practices.members[code].values);
    let network = evidence.affiliations(jiff::civil::date(2025, 11, 1)).unwrap();
    let network = network.of("A81001").unwrap().network.clone();
    let found = &networks.members[&network].values;
    let sum = |feature| both.iter().map(|one| one[&feature]).sum::<f64>();
    assert!((found[&Feature::ListSize] - sum(Feature::ListSize)).abs() < 1e-9);
    let weighed: f64 =
        both.iter().map(|one| one[&Feature::ListSize] * one[&Feature::Aged65AndOver]).sum();
    assert!((found[&Feature::Aged65AndOver] - weighed / sum(Feature::ListSize)).abs() < 1e-12);
}

#[test]
fn a_tiny_list_is_flagged_and_nobodys_neighbour() {
    let mut tables = two_regions();
    tables.practice(["Y00004", "U00002", "02B", "QBB", "Y61"], 300.0);
    let profiles = Profiles::of(&tables.evidence(), period("2025-11-01"), Level::Practice).unwrap();
    assert_eq!(profiles.members["Y00004"].special, Some(Special::Tiny));
    let similar = profiles.similar("A81001", &Likeness::default());
    assert!(similar.iter().all(|other| other.profile.code != "Y00004"));
    assert!(profiles.similar("Y00004", &Likeness::default()).is_empty());
}

#[test]
fn many_unmapped_appointments_are_not_comparable() {
    let mut tables = two_regions();
    for (category, count) in [("Unmapped", 900.0), ("Clinical Triage", 1_100.0)] {
        let row = appointment::Row {
            practice: "A81001".into(),
            status: "attended".into(),
            mode: "telephone".into(),
            category: category.into(),
            appointments: count.into(),
            ..Default::default()
        };
        tables.row("2025-11", row);
    }
    let found = recording(&tables.evidence(), period("2025-11"), Level::Practice).unwrap();
    assert_eq!(found[0].figures.get(&Doubt::Unmapped), Some(&0.45));
    assert_eq!(found[0].verdict, RecordingVerdict::NotComparable);
    assert_eq!(found[0].doubts.len(), 1);
}

#[test]
fn every_rule_of_recording_says_where_it_comes_from() {
    let (about, rules) = rules();
    assert!(!about.is_empty() && rules.len() == 7);
    assert!(rules.iter().all(|rule| !rule.reference.is_empty() && !rule.unit.is_empty()));
}

#[test]
fn bank_holidays_are_no_open_days() {
    assert!(is_bank_holiday(date(2023, 5, 8)) && is_bank_holiday(date(2025, 12, 26)));
    assert!(!is_bank_holiday(date(2025, 11, 3)));
    let mut tables = two_regions();
    for (day, staff, count) in [
        ("2025-08-18", "gp", 100.0),
        ("2025-08-18", "unknown", 10.0),
        ("2025-08-25", "gp", 4.0), // the bank holiday
        ("2025-08-26", "gp", 90.0),
    ] {
        let row = appointment_day::Row {
            sub_icb: "01A".into(),
            day: day.into(),
            staff: staff.into(),
            appointments: count.into(),
            ..Default::default()
        };
        tables.row("2025-08", row);
    }
    let evidence = tables.evidence();
    let of =
        |unknown| open_days(&evidence, date(2025, 8, 1), date(2025, 9, 1), None, unknown).unwrap();
    let all = of(UnknownStaff::Counted);
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].weekday, all[0].days, all[0].appointments), (Weekday::Monday, 1, 110.0));
    assert_eq!(of(UnknownStaff::LeftOut).first().map(|day| day.appointments), Some(100.0));
}

/// Cars of the households of two areas, in one board each.
fn cars() -> Tables {
    let mut tables = two_regions();
    for (area, parent, without) in [("E01000001", "01A", 30.0), ("E01000002", "02B", 10.0)] {
        let row = car::Row { area: area.into(), households: 100.0.into(), without: without.into() };
        tables.row("2021", row);
        tables.row("2024", inside(area, "sub_icb", parent));
    }
    tables
}

#[test]
fn any_table_by_small_area_is_added_up_to_sub_icbs() {
    let text = share_of_households("without");
    let definition = Definition::parse(Theme::Population, "no_car", &text).unwrap();
    let found = evaluate(&cars().evidence(), &definition, period("2021"), Level::SubIcb, None);
    let found = found.unwrap();
    let shares: Vec<_> = ["01A", "02B"].map(|code| found.row(code).unwrap().value()).to_vec();
    assert_eq!(shares, [Some(0.3), Some(0.1)]);
}

/// A definition of a share of households by sub-ICB.
fn share_of_households(column: &str) -> String {
    format!(
        "name = \"Without a car\"\nstatistic = \"proportion\"\npolarity = \"neither\"\nunit = \"%\"\ndecimals = 1\nnumerator = {{ table = \"car\", column = \"{column}\" }}\n\
         denominator = {{ table = \"car\", column = \"households\" }}\ninterval = \"wilson\"\nlevels = [\"sub_icb\", \"england\"]\n\
         period = \"year\"\nmeaning = \"Households without a car.\"\nwhy_it_matters = \"Care must be reached.\"\ncaveats = []\n\
         review = {{ by = \"A test\", on = 2026-01-01, due = 2027-01-01 }}\n\
         [[example]]\nnumerator = 30\ndenominator = 100\nvalue = 0.3\n"
    )
}
