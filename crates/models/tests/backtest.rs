//! Forecasts tried on months that are known: on a made panel, and on the published files where they lie beside the
//! repository.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::PathBuf;

use evidence::{Cell, Evidence, Store, tables};
use models::backtest::{Method, Score, Tested, backtest};
use models::calendar::Weekdays;
use sources::import::{Request, import};
use vocab::{Level, Month, Period};

fn month_after(first: Month, count: usize) -> Month {
    (0..count).fold(first, |month, _| month.next())
}

/// Thirty practices over some months: levels that wander, a season that all share, three in a hundred of growth a year.
fn made(months: usize) -> Evidence {
    let first = Month { year: 2021, month: 1 };
    let mut rows = Vec::new();
    for count in 0..months {
        let month = month_after(first, count);
        let season = if month.month == 10 { 0.15 } else { 0.0 };
        let days = Weekdays::ALIKE.open_days(month);
        let cells = (0..30_u32).map(|practice| {
            let wave = libm::sin(f64::from(practice) + count as f64 / 5.0) * 0.05;
            let noise = f64::from((practice * 37 + count as u32 * 91) % 17) / 400.0;
            let rate = libm::exp(4.0 + season + 0.03 * count as f64 / 12.0 + wave + noise);
            (format!("A{practice:05}"), (rate * days).round())
        });
        rows.push((Period::Month(month), cells.collect::<Vec<_>>()));
    }
    let given: Vec<_> = rows
        .iter()
        .map(|(period, cells)| {
            let rows = cells.iter().map(|(code, count)| {
                let mut row = vec![Cell::Empty; tables::APPOINTMENT.columns.len()];
                row[0] = Cell::Text(code);
                row[tables::APPOINTMENT.position("appointments").unwrap()] = Cell::Number(*count);
                row
            });
            (&tables::APPOINTMENT, *period, rows.collect())
        })
        .collect();
    Evidence::in_memory(&given)
}

fn practices(evidence: &Evidence) -> Tested {
    let found = backtest(evidence, None).unwrap();
    found.monthly.into_iter().find(|one| one.level == Level::Practice).unwrap()
}

fn score(tested: &Tested, method: Method, horizon: usize) -> Score {
    let found = tested.scores.iter().find(|one| one.method == method && one.horizon == horizon);
    *found.unwrap_or_else(|| panic!("no score of {method:?} at {horizon}"))
}

#[test]
fn a_shared_season_and_growth_are_foretold_better_than_a_year_before() {
    let tested = practices(&made(42));
    for horizon in [3, 6, 12] {
        let (ours, naive) = (
            score(&tested, Method::PooledLevel, horizon),
            score(&tested, Method::SeasonalNaive, horizon),
        );
        assert!(ours.mape < naive.mape, "{horizon}: {} against {}", ours.mape, naive.mape);
    }
}

#[test]
fn forecasts_of_one_origin_are_counted_once_a_series() {
    let tested = practices(&made(42));
    let twelve = score(&tested, Method::PooledLevel, 12);
    assert_eq!(twelve.forecasts, twelve.origins * 30);
}

#[test]
fn too_few_months_are_said_in_words() {
    let found = backtest(&made(14), None).unwrap();
    assert!(found.monthly.is_empty());
    assert!(
        found.untested.iter().any(|reason| reason.contains("14 months")),
        "{:?}",
        found.untested
    );
}

#[test]
fn the_same_evidence_gives_the_same_scores() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| backtest(&made(30), None).unwrap())
    };
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(4));
}

#[test]
fn nothing_imported_is_nothing_tested() {
    let found = backtest(&Evidence::in_memory(&[]), None).unwrap();
    assert!(found.monthly.is_empty() && found.dated.is_empty());
    assert!(found.untested.len() >= 3, "{:?}", found.untested);
}

/// The published files that lie beside the repository, imported; nothing where they do not.
fn published(files: &[&str]) -> Option<(Evidence, tempfile::TempDir)> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let folder = std::env::var_os("CATCHMENT_DATA").map_or_else(beside, PathBuf::from);
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
    if let Some(absent) = paths.iter().find(|path| !path.exists()) {
        println!("skipped: {} is not there", absent.display());
        return None;
    }
    let kept = tempfile::tempdir().unwrap();
    let store = Store::at(kept.path().join("store"));
    let request = Request {
        paths,
        today: "2026-02-03".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    import(&store, &request, &|_| {}).unwrap();
    Some((Evidence::open(&store).unwrap(), kept))
}

/// Better than both yardsticks at three, six and twelve months, and eight of ten months inside eight-in-ten intervals,
/// give or take five in a hundred.
fn assert_record(tested: &Tested) {
    for horizon in [3, 6, 12] {
        let ours = score(tested, Method::PooledLevel, horizon);
        for other in [Method::SeasonalNaive, Method::Smoothing] {
            let theirs = score(tested, other, horizon);
            assert!(
                ours.mape < theirs.mape,
                "{horizon} months, {other:?}: {} ≥ {}",
                ours.mape,
                theirs.mape
            );
            assert!(
                ours.mase < theirs.mase,
                "{horizon} months, {other:?}: {} ≥ {}",
                ours.mase,
                theirs.mase
            );
        }
        let inside = ours.coverage.unwrap();
        assert!((0.75..=0.85).contains(&inside), "{horizon} months: {inside}");
    }
}

#[test]
fn published_months_of_sub_icbs_are_foretold_better_than_by_both_yardsticks() {
    let files = [
        "nov-2025/Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip",
        "domain/gpad_england_monthly_2021_02_2025_12.csv",
    ];
    let Some((evidence, _kept)) = published(&files) else { return };
    let found = backtest(&evidence, None).unwrap();
    assert_record(found.monthly.iter().find(|one| one.level == Level::SubIcb).unwrap());
}

#[test]
fn months_of_london_practices_are_foretold_better_than_by_both_yardsticks() {
    let files = [
        "nov-2025/Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip",
        "appointments/extracts/london_practice_month_totals.csv",
        "domain/gpad_england_monthly_2021_02_2025_12.csv",
    ];
    let Some((evidence, _kept)) = published(&files) else { return };
    assert_record(&practices(&evidence));
}
