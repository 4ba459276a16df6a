//! The published files of activity, staff, quality, money and experience, read whole. Figures were counted once by other
//! means. Skipped where the folder of published files is not there and `CATCHMENT_DATA` does not name one.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

#[path = "support/real.rs"]
mod imports;

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Instant;

use evidence::{Frame, Verdict};
use imports::{Imported, at_hand, imported};
use sources::Problem;

const PATHS: [&str; 7] = [
    "nov-2025",
    "appointments",
    "qof",
    "payments",
    "gp-workforce",
    "schemas",
    "domain/gpad_england_monthly_2021_02_2025_12.csv",
];

/// The import, made once for all tests; nothing where the files are not at hand.
fn activity() -> Option<&'static Imported> {
    static IMPORTED: OnceLock<Option<Imported>> = OnceLock::new();
    let paths = at_hand("CATCHMENT_DATA", &PATHS)?;
    IMPORTED.get_or_init(|| Some(imported(&paths))).as_ref()
}

/// A sum, rounded to a whole number.
fn sum(
    imported: &Imported,
    table: &str,
    period: &str,
    column: &str,
    keep: impl Fn(&Frame, usize) -> bool,
) -> i64 {
    let frame = imported.evidence.frame(table, period.parse().unwrap()).unwrap();
    let values = frame.number(column).unwrap();
    (0..frame.rows()).filter(|row| keep(&frame, *row)).map(|row| values[row]).sum::<f64>().round()
        as i64
}

fn rows(imported: &Imported, table: &str, period: &str) -> usize {
    imported.evidence.frame(table, period.parse().unwrap()).unwrap().rows()
}

fn distinct(
    imported: &Imported,
    table: &str,
    period: &str,
    column: &str,
    keep: impl Fn(&Frame, usize) -> bool,
) -> usize {
    let frame = imported.evidence.frame(table, period.parse().unwrap()).unwrap();
    let words = frame.text(column).unwrap();
    let met: BTreeSet<&str> = (0..frame.rows())
        .filter(|row| keep(&frame, *row))
        .filter_map(|row| words.get(row))
        .collect();
    met.len()
}

fn is(frame: &Frame, row: usize, column: &str, word: &str) -> bool {
    frame.text(column).unwrap().get(row) == Some(word)
}

fn all(_: &Frame, _: usize) -> bool {
    true
}

#[test]
fn nothing_is_refused_but_layouts_without_rows() {
    let Some(imported) = activity() else { return };
    for release in &imported.report.releases {
        println!(
            "{:?} {} {} {} rows, {} kept, left out {:?}; {}",
            release.verdict,
            release.source,
            release.origin.file,
            release.rows_read,
            release.rows_kept,
            release.left_out,
            release.remarks.join("; ")
        );
    }
    let refused: Vec<_> = imported
        .report
        .releases
        .iter()
        .filter(|release| release.verdict == Verdict::Refused && release.rows_read > 0)
        .map(|release| &release.origin.file)
        .collect();
    let words: Vec<_> = imported.report.problems.iter().take(20).map(Problem::in_words).collect();
    assert!(refused.is_empty(), "{refused:?} {words:?}");
}

#[test]
fn the_crosstab_of_october_2025_is_whole() {
    let Some(imported) = activity() else { return };
    let appointments = sum(imported, "appointment", "2025-10", "appointments", all);
    let practices = distinct(imported, "appointment", "2025-10", "practice", all);
    assert_eq!((practices, appointments), (2_101, 15_065_690));
}

#[test]
fn leicester_leicestershire_and_rutland_is_whole() {
    let Some(imported) = activity() else { return };
    let of = |period| {
        sum(imported, "appointment_sub_icb", period, "appointments", |frame, row| {
            ["03W", "04C", "04V"].iter().any(|place| is(frame, row, "sub_icb", place))
        })
    };
    assert_eq!((of("2025-10"), of("2025-11")), (825_333, 657_793));
}

#[test]
fn every_sub_icb_has_days_and_coverage() {
    let Some(imported) = activity() else { return };
    assert_eq!(distinct(imported, "appointment_day", "2025-11", "sub_icb", all), 106);
    assert_eq!(rows(imported, "coverage", "2020-08"), 106);
    assert_eq!(rows(imported, "coverage", "2025-06"), 106);
    assert_eq!(sum(imported, "coverage", "2025-06", "practices_included", all), 6_165);
}

#[test]
fn the_network_workforce_is_whole() {
    let Some(imported) = activity() else { return };
    let of = |group: &str| {
        sum(imported, "staff", "2025-11", "value", |frame, row| {
            is(frame, row, "group", group)
                && is(frame, row, "role", "total")
                && is(frame, row, "measure", "fte")
                && is(frame, row, "level", "network")
        })
    };
    let rounded = ["direct_patient_care", "gp", "nurse"].map(of);
    assert_eq!(rounded, [25_313, 994, 1_229]);
    let networks = distinct(imported, "staff", "2025-11", "organisation", |frame, row| {
        is(frame, row, "level", "network")
    });
    assert_eq!(networks, 1_273);
}

#[test]
fn online_consultations_name_every_practice() {
    let Some(imported) = activity() else { return };
    assert_eq!(distinct(imported, "online_consultation", "2025-11", "practice", all), 6_170);
}

#[test]
fn the_framework_is_whole() {
    let Some(imported) = activity() else { return };
    assert_eq!(rows(imported, "condition", "2020/21"), 137_991);
    assert_eq!(rows(imported, "qof_indicator", "2020/21"), 68);
    assert_eq!(rows(imported, "qof_indicator", "2022/23"), 76);
    assert_eq!(rows(imported, "affiliation", "2021-03-31"), 6_571);
    assert_eq!(rows(imported, "achievement_total", "2022/23"), 6_378);
}

#[test]
fn payments_name_every_practice_paid() {
    let Some(imported) = activity() else { return };
    assert_eq!(rows(imported, "contract", "2017/18"), 7_543);
    assert_eq!(rows(imported, "contract", "2022/23"), 6_669);
}

#[test]
fn derived_totals_are_whole() {
    let Some(imported) = activity() else { return };
    assert_eq!(imported.rows("appointment_total"), 35_564 + 1_560);
    assert_eq!(imported.rows("appointment_national"), 3_012);
}

#[test]
fn the_crosstab_is_read_fast_enough() {
    let file = "nov-2025/Practice_Level_Crosstab_Oct_25.zip";
    let Some(paths) = at_hand("CATCHMENT_DATA", &[file]) else { return };
    let begun = Instant::now();
    let imported = imported(&paths);
    let seconds = begun.elapsed().as_secs_f64();
    let bytes = imported.release(".csv").origin.bytes;
    println!(
        "crosstab: {:.1} MB in {seconds:.2} s, {:.0} MB/s",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds
    );
    assert_eq!(imported.evidence.periods("appointment").len(), 1);
}
