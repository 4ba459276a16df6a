//! Figures of the published files, read where they lie: the environment names the folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::PathBuf;

use evidence::{Evidence, Store};
use indicators::monday::{UnknownStaff, open_days};
use indicators::{Library, evaluate};
use jiff::civil::date;
use sources::import::{Request, import};
use vocab::Level;

/// The folder of November 2025; nothing, and a line saying so, where it is absent.
fn november() -> Option<PathBuf> {
    let root = std::env::var("CATCHMENT_DATA").map_or_else(
        |_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = root.join("nov-2025");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is absent", folder.display());
    None
}

/// Evidence of some files of a folder.
fn imported(store: &Store, folder: &std::path::Path, names: &[&str]) -> Evidence {
    let request = Request {
        paths: names.iter().map(|name| folder.join(name)).collect(),
        today: "2026-11-21".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    import(store, &request, &|_| {}).unwrap();
    Evidence::open(store).unwrap()
}

#[test]
fn mondays_are_the_busiest_days_of_england() {
    let Some(folder) = november() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let names = ["Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip", "gp-reg-pat-prac-map.csv"];
    let evidence = imported(&Store::at(scratch.path()), &folder, &names);
    let millions = |unknown| -> Vec<String> {
        let days =
            open_days(&evidence, date(2023, 6, 1), date(2025, 12, 1), None, unknown).unwrap();
        days.iter().map(|day| format!("{:.3}", day.appointments / 1e6)).collect()
    };
    assert_eq!(millions(UnknownStaff::Counted), ["1.551", "1.485", "1.398", "1.380", "1.303"]);
    assert_eq!(millions(UnknownStaff::LeftOut), ["1.486", "1.424", "1.341", "1.325", "1.250"]);
}

#[test]
fn the_crosstab_of_october_is_whole_at_every_level() {
    let Some(folder) = november() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let names = [
        "Practice_Level_Crosstab_Oct_25.zip",
        "gp-reg-pat-prac-map.csv",
        "gp-reg-pat-prac-all.csv",
        "gp-reg-pat-prac-quin-age.csv",
        "OC_submissions_by_practice_Nov25.csv",
        "Primary Care Networks - November 2025 Individual Level.csv",
    ];
    let evidence = imported(&Store::at(scratch.path()), &folder, &names);
    let library = Library::built_in().unwrap();
    let definition = library.get("appointments_per_1000").unwrap();
    let at =
        |level| evaluate(&evidence, definition, "2025-10".parse().unwrap(), level, None).unwrap();
    let practices = at(Level::Practice);
    assert_eq!(practices.england.numerator, Some(15_065_690.0));
    assert_eq!(practices.coverage.counted, 2_101);
    for level in [Level::SubIcb, Level::Icb, Level::Region] {
        let sum: f64 = at(level)
            .rows
            .iter()
            .filter(|row| row.estimate.is_some())
            .filter_map(|row| row.numerator)
            .sum();
        assert_eq!(Some(sum), practices.england.numerator, "{level}");
    }
    let definitions: Vec<_> = library.all().into_iter().cloned().collect();
    for _ in 0..2 {
        let begun = std::time::Instant::now();
        let all = indicators::evaluate_all(&evidence, &definitions, None, Level::Network, None);
        println!(
            "{} of {} indicators for networks: {:?}",
            all.iter().flatten().count(),
            all.len(),
            begun.elapsed()
        );
        let begun = std::time::Instant::now();
        let all = indicators::evaluate_all(&evidence, &definitions, None, Level::Practice, None);
        println!(
            "{} of {} indicators for practices: {:?}",
            all.iter().flatten().count(),
            all.len(),
            begun.elapsed()
        );
    }
}
