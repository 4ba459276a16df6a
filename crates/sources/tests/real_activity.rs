//! The published files of activity, staff, quality, money and experience, read whole. Figures were counted once by other
//! means. Skipped where the folder of published files (`CATCHMENT_DATA`) is not there.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Instant;

use evidence::{Evidence, Frame, Store, Verdict};
use sources::import::{Request, import};
use sources::{ImportReport, Problem};
use tempfile::TempDir;

const PATHS: [&str; 7] = [
    "nov-2025",
    "appointments",
    "qof",
    "payments",
    "gp-workforce",
    "schemas",
    "domain/gpad_england_monthly_2021_02_2025_12.csv",
];

struct Imported {
    report: ImportReport,
    evidence: Evidence,
    _folder: TempDir,
}

fn data() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = PathBuf::from(std::env::var("CATCHMENT_DATA").unwrap_or(default.to_owned()));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}

fn import_of(paths: Vec<PathBuf>) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let today = "2025-12-01".to_owned();
    let request = Request { paths, today, urls: Vec::new(), wait: false, dry_run: false };
    let report = import(&store, &request, &|_| {}).unwrap();
    let evidence = Evidence::open(&store).unwrap();
    Imported { report, evidence, _folder: folder }
}

fn imported() -> Option<&'static Imported> {
    static IMPORTED: OnceLock<Option<Imported>> = OnceLock::new();
    IMPORTED
        .get_or_init(|| {
            let data = data()?;
            Some(import_of(PATHS.iter().map(|path| data.join(path)).collect()))
        })
        .as_ref()
}

impl Imported {
    /// A sum, rounded to a whole number.
    fn sum(
        &self,
        table: &str,
        period: &str,
        column: &str,
        keep: impl Fn(&Frame, usize) -> bool,
    ) -> i64 {
        let frame = self.evidence.frame(table, period.parse().unwrap()).unwrap();
        let values = frame.number(column).unwrap();
        (0..frame.rows())
            .filter(|row| keep(&frame, *row))
            .map(|row| values[row])
            .sum::<f64>()
            .round() as i64
    }

    fn rows(&self, table: &str, period: &str) -> usize {
        self.evidence.frame(table, period.parse().unwrap()).unwrap().rows()
    }

    fn distinct(
        &self,
        table: &str,
        period: &str,
        column: &str,
        keep: impl Fn(&Frame, usize) -> bool,
    ) -> usize {
        let frame = self.evidence.frame(table, period.parse().unwrap()).unwrap();
        let words = frame.text(column).unwrap();
        let met: BTreeSet<&str> = (0..frame.rows())
            .filter(|row| keep(&frame, *row))
            .filter_map(|row| words.get(row))
            .collect();
        met.len()
    }
}

fn is(frame: &Frame, row: usize, column: &str, word: &str) -> bool {
    frame.text(column).unwrap().get(row) == Some(word)
}

fn all(_: &Frame, _: usize) -> bool {
    true
}

#[test]
fn nothing_is_refused_but_layouts_without_rows() {
    let Some(imported) = imported() else { return };
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
    let Some(imported) = imported() else { return };
    let appointments = imported.sum("appointment", "2025-10", "appointments", all);
    let practices = imported.distinct("appointment", "2025-10", "practice", all);
    assert_eq!((practices, appointments), (2_101, 15_065_690));
}

#[test]
fn leicester_leicestershire_and_rutland_is_whole() {
    let Some(imported) = imported() else { return };
    let of = |period| {
        imported.sum("appointment_sub_icb", period, "appointments", |frame, row| {
            ["03W", "04C", "04V"].iter().any(|place| is(frame, row, "sub_icb", place))
        })
    };
    assert_eq!((of("2025-10"), of("2025-11")), (825_333, 657_793));
}

#[test]
fn every_sub_icb_has_days_and_coverage() {
    let Some(imported) = imported() else { return };
    assert_eq!(imported.distinct("appointment_day", "2025-11", "sub_icb", all), 106);
    assert_eq!(imported.rows("coverage", "2020-08"), 106);
    assert_eq!(imported.rows("coverage", "2025-06"), 106);
    assert_eq!(imported.sum("coverage", "2025-06", "practices_included", all), 6_165);
}

#[test]
fn the_network_workforce_is_whole() {
    let Some(imported) = imported() else { return };
    let of = |group: &str| {
        imported.sum("staff", "2025-11", "value", |frame, row| {
            is(frame, row, "group", group)
                && is(frame, row, "role", "total")
                && is(frame, row, "measure", "fte")
                && is(frame, row, "level", "network")
        })
    };
    let rounded = ["direct_patient_care", "gp", "nurse"].map(of);
    assert_eq!(rounded, [25_313, 994, 1_229]);
    let networks = imported.distinct("staff", "2025-11", "organisation", |frame, row| {
        is(frame, row, "level", "network")
    });
    assert_eq!(networks, 1_273);
}

#[test]
fn online_consultations_name_every_practice() {
    let Some(imported) = imported() else { return };
    assert_eq!(imported.distinct("online_consultation", "2025-11", "practice", all), 6_170);
}

#[test]
fn the_framework_is_whole() {
    let Some(imported) = imported() else { return };
    assert_eq!(imported.rows("condition", "2020/21"), 137_991);
    assert_eq!(imported.rows("qof_indicator", "2020/21"), 68);
    assert_eq!(imported.rows("qof_indicator", "2022/23"), 76);
    assert_eq!(imported.rows("affiliation", "2021-03-31"), 6_571);
    assert_eq!(imported.rows("achievement_total", "2022/23"), 6_378);
}

#[test]
fn payments_name_every_practice_paid() {
    let Some(imported) = imported() else { return };
    assert_eq!(imported.rows("contract", "2017/18"), 7_543);
    assert_eq!(imported.rows("contract", "2022/23"), 6_669);
}

#[test]
fn the_crosstab_is_read_fast_enough() {
    let Some(data) = data() else { return };
    let begun = Instant::now();
    let imported = import_of(vec![data.join("nov-2025/Practice_Level_Crosstab_Oct_25.zip")]);
    let seconds = begun.elapsed().as_secs_f64();
    let bytes: u64 = imported.report.releases.iter().map(|release| release.origin.bytes).sum();
    println!(
        "crosstab: {:.1} MB in {seconds:.2} s, {:.0} MB/s",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds
    );
    assert_eq!(imported.evidence.periods("appointment").len(), 1);
}
