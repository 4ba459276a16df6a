//! Published files of further kinds, read whole. Figures were counted once by other means. Skipped where the folder of
//! published files is not there and `CATCHMENT_DATA` does not name one.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

#[path = "support/real.rs"]
mod imports;

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Frame, Verdict};
use imports::{Imported, at_hand, imported};

/// The import of one file; nothing where it is not at hand.
fn file(name: &str) -> Option<Imported> {
    let imported = imported(&at_hand("CATCHMENT_DATA", &[&format!("more-kinds/{name}")])?);
    for release in &imported.report.releases {
        println!("{:?} {} {:?}", release.verdict, release.source, release.remarks);
    }
    Some(imported)
}

/// All periods of a table.
fn frames(imported: &Imported, table: &str) -> Vec<std::sync::Arc<Frame>> {
    let periods = imported.evidence.periods(table);
    periods.into_iter().map(|period| imported.evidence.frame(table, period).unwrap()).collect()
}

fn word<'f>(frame: &'f Frame, row: usize, column: &str) -> &'f str {
    frame.text(column).unwrap().get(row).unwrap_or_default()
}

/// Rows of a table by the word in a column.
fn by(imported: &Imported, table: &str, column: &str) -> BTreeMap<String, u64> {
    let mut rows = BTreeMap::new();
    for frame in frames(imported, table) {
        for row in 0..frame.rows() {
            *rows.entry(word(&frame, row, column).to_owned()).or_default() += 1;
        }
    }
    rows
}

/// The sum of a column over the rows kept.
fn sum(
    imported: &Imported,
    table: &str,
    column: &str,
    keep: impl Fn(&Frame, usize) -> bool,
) -> i64 {
    let of = |frame: &std::sync::Arc<Frame>| -> f64 {
        let values = frame.number(column).unwrap();
        (0..frame.rows())
            .filter(|row| keep(frame, *row))
            .map(|row| values[row])
            .filter(|value| !value.is_nan())
            .sum()
    };
    frames(imported, table).iter().map(of).sum::<f64>().round() as i64
}

fn all(_: &Frame, _: usize) -> bool {
    true
}

fn distinct(imported: &Imported, table: &str, column: &str) -> usize {
    by(imported, table, column).keys().collect::<BTreeSet<_>>().len()
}

#[test]
fn the_classes_of_small_areas_are_those_counted() {
    let Some(imported) = file(
        "Rural_Urban_Classification_(2011)_of_Lower_Layer_Super_Output_Areas_in_England_and_Wales.csv",
    ) else {
        return;
    };
    let frames = frames(&imported, "rural_urban");
    assert_eq!(frames.iter().map(|frame| frame.rows()).sum::<usize>(), 34_753);
    let mut england: BTreeMap<&str, u64> = BTreeMap::new();
    for frame in &frames {
        for row in (0..frame.rows()).filter(|row| word(frame, *row, "area").starts_with('E')) {
            *england.entry(word(frame, row, "class")).or_default() += 1;
        }
    }
    let counted = [
        ("A1", 11_523),
        ("B1", 1_208),
        ("C1", 14_456),
        ("C2", 59),
        ("D1", 2_937),
        ("D2", 119),
        ("E1", 2_361),
        ("E2", 181),
    ];
    assert_eq!(england, BTreeMap::from(counted));
}

#[test]
fn pharmacies_of_england_and_those_left_out_make_the_whole_register() {
    let Some(imported) = file("edispensary.csv") else { return };
    let release = imported.release("edispensary.csv");
    assert_eq!(release.rows_read, 20_932);
    assert_eq!(release.left_out, [("pharmacies in Wales".to_owned(), 752)]);
    // In all 11,276 open, 9,558 closed and 98 proposed; of these 705, 46 and 1 in Wales.
    let counted = [("active", 10_571), ("inactive", 9_512), ("proposed", 97)];
    let counted = counted.map(|(status, rows)| (status.to_owned(), rows));
    assert_eq!(by(&imported, "pharmacy", "status"), BTreeMap::from(counted));
    assert_eq!(release.edition, "2025-05-01");
    // Boards, and none: area teams before the boards stand at closed pharmacies and are no boards.
    assert_eq!(distinct(&imported, "pharmacy", "icb"), 42 + 1);
    let placed = |frame: &Frame, row: usize| {
        word(frame, row, "status") == "active" && !word(frame, row, "icb").is_empty()
    };
    assert_eq!(sum(&imported, "pharmacy", "pharmacies", placed), 10_546);
}

#[test]
fn appointments_in_networks_add_up_in_their_own_table() {
    let Some(imported) = file("pcn_granular_2025-11_first_3000_rows.csv") else { return };
    let table = "appointment_network_sub_icb";
    assert_eq!(sum(&imported, table, "appointments", all), 144_365);
    assert_eq!(imported.evidence.periods(table).len(), 32);
    assert_eq!(distinct(&imported, table, "sub_icb"), 2);
    assert_eq!(by(&imported, table, "status").get("booked"), Some(&936));
    assert!(imported.evidence.periods("appointment_sub_icb").is_empty());
}

#[test]
fn national_categories_add_up() {
    let Some(imported) = file("Appointments_GP_Categories_South_2024_Jan_first_4000_rows.csv")
    else {
        return;
    };
    let table = "appointment_category_day";
    assert_eq!(imported.rows(table), 3_999);
    assert_eq!(sum(&imported, table, "appointments", all), 1_425_692);
    assert_eq!(distinct(&imported, table, "category"), 19);
    assert_eq!(distinct(&imported, table, "day"), 31);
}

#[test]
fn online_requests_by_hour_add_up() {
    let Some(imported) = file("OC_day_time_2025-06_first_2000_rows.csv") else { return };
    let table = "online_consultation_hour";
    assert_eq!(imported.rows(table), 1_999);
    assert_eq!(sum(&imported, table, "submissions", all), 43_671);
    assert_eq!(distinct(&imported, table, "practice"), 75);
    assert_eq!(by(&imported, table, "hour_from").get("18:00"), Some(&166));
}

#[test]
fn calls_of_no_practice_are_kept_apart() {
    let Some(imported) =
        file("Cloud Based Telephony Calls Answered Metric - June 2026_Unmapped.csv")
    else {
        return;
    };
    let of_none = |frame: &Frame, row: usize| word(frame, row, "practice").is_empty();
    assert_eq!(sum(&imported, "call", "calls", of_none), 30);
    assert_eq!(imported.rows("call"), 2);
    assert_eq!(imported.report.count(Verdict::AcceptedWithRemarks), 1);
}

/// What a measure of a level of emergency care adds up to.
fn urgent(imported: &Imported, level: &str, measure: &str) -> i64 {
    sum(imported, "urgent", "value", |frame, row| {
        word(frame, row, "level") == level && word(frame, row, "measure") == measure
    })
}

#[test]
fn emergency_care_by_provider_adds_up_and_stands_in_no_table_of_areas() {
    let Some(imported) = file("June-2025-AE.csv") else { return };
    assert_eq!(distinct(&imported, "urgent", "organisation"), 201);
    let counted = [
        ("attendances", 2_351_581),
        ("attendances_type_1", 1_428_563),
        ("attendances_type_2", 51_618),
        ("attendances_other", 871_400),
        ("attendances_over_4_hours", 574_809),
        ("emergency_admissions", 535_941),
        ("waits_over_4_hours_for_admission", 118_171),
        ("waits_over_12_hours_for_admission", 38_683),
    ];
    for (measure, total) in counted {
        assert_eq!(urgent(&imported, "provider", measure), total, "{measure}");
        assert_eq!(urgent(&imported, "icb", measure), 0, "{measure}");
    }
    // Within four hours: the rest of all attendances.
    assert_eq!(2_351_581 - 574_809, 1_776_772);
}

#[test]
fn the_workbook_of_emergency_care_gives_boards_and_providers_once_each() {
    let Some(imported) = file("June-2025-AE-by-provider-3euC4-1.xlsx") else { return };
    // The workbook came before the file by provider, which has 1,103 more at one of them, and adds up within itself.
    for level in ["icb", "provider"] {
        assert_eq!(urgent(&imported, level, "attendances"), 2_350_478, "{level}");
        assert_eq!(urgent(&imported, level, "attendances_over_4_hours"), 574_809, "{level}");
        assert_eq!(urgent(&imported, level, "emergency_admissions"), 536_896, "{level}");
    }
    assert_eq!(distinct(&imported, "urgent", "organisation"), 42 + 201);
    assert_eq!(distinct(&imported, "provider_board", "icb"), 42);
    assert_eq!(imported.evidence.periods("urgent").len(), 1);
    assert_eq!(imported.report.count(Verdict::Refused), 0);
    let told = imported.report.releases.iter().flat_map(|release| &release.remarks);
    let told: Vec<&str> = told.map(String::as_str).filter(|one| one.contains("not read")).collect();
    let unread = "sheets not read: `Non-Booked Data`, `Booked Appointments Data`, `Acute Trust Footprint Data`, `Acute Trust Mapping`";
    assert_eq!(told, [unread]);
}

#[test]
fn providers_are_mapped_to_forty_two_boards() {
    let Some(imported) = file("System-Mapping.csv") else { return };
    assert_eq!(imported.rows("provider_board"), 207);
    assert_eq!(distinct(&imported, "provider_board", "icb"), 42);
}

#[test]
fn waits_for_treatment_add_up_to_the_printed_totals() {
    let Some(imported) = file("20260430-RTT-April-2026-full-extract.csv.zip") else { return };
    let of = |column: &str, part: &'static str, level: &'static [&'static str]| {
        sum(&imported, "referral_wait", column, |frame, row| {
            word(frame, row, "part") == part && level.contains(&word(frame, row, "level"))
        })
    };
    let provider: &[&str] = &["provider"];
    let commissioners: &[&str] = &["sub_icb", "other_commissioner"];
    for levels in [provider, commissioners] {
        assert_eq!(of("pathways", "waiting", levels), 7_123_980);
        assert_eq!(of("within_18_weeks", "waiting", levels), 4_623_405);
        assert_eq!(of("pathways", "waiting_decided", levels), 1_188_227);
        assert_eq!(of("timed", "treated_admitted", levels), 288_353);
        assert_eq!(of("pathways", "treated_not_admitted", levels), 1_164_415);
        assert_eq!(of("pathways", "started", levels), 1_769_634);
        assert_eq!(of("timed", "started", levels), 0);
    }
    let of_leicester = |column: &str| {
        sum(&imported, "referral_wait", column, |frame, row| {
            word(frame, row, "part") == "waiting"
                && word(frame, row, "board") == "QK1"
                && word(frame, row, "level") == "sub_icb"
        })
    };
    // 03W, 04C and 04V: 47,742, 38,226 and 45,130, of which 27,790, 22,272 and 26,932.
    assert_eq!((of_leicester("pathways"), of_leicester("within_18_weeks")), (131_098, 76_994));
}

#[test]
fn care_homes_of_the_interface_keep_their_beds() {
    let Some(imported) = file("cqc_care_homes.csv") else { return };
    let release = imported.release("cqc_care_homes.csv");
    println!("{:?} {:?}", release.left_out, release.checks);
    assert_eq!(release.rows_read, 728);
    assert_eq!(imported.rows("care_home"), 724);
    let left_out: Vec<&str> = release.left_out.iter().map(|(reason, _)| reason.as_str()).collect();
    assert_eq!(left_out, ["care homes that are dormant"]);
}
