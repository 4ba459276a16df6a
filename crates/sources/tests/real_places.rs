//! The published files of places, populations and registers, read whole: what is known of them in advance must come out.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

#[path = "support/real.rs"]
mod imports;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use evidence::Verdict;
use imports::beside::below;
use imports::{Imported, at_hand, imported};

const FOLDERS: [&str; 8] =
    ["imd", "geography", "population", "ods", "ae", "fingertips", "pcn-des", "domain"];

/// The import, made once for all tests; nothing where the files are not at hand.
fn places() -> Option<&'static Imported> {
    static IMPORTED: OnceLock<Option<Imported>> = OnceLock::new();
    let paths = at_hand("CATCHMENT_DATA", &FOLDERS)?;
    IMPORTED.get_or_init(|| Some(imported(&paths))).as_ref()
}

fn distinct(
    places: &Imported,
    table: &str,
    column: &str,
    keep: impl Fn(&evidence::Frame, usize) -> bool,
) -> usize {
    let mut words = BTreeSet::new();
    for period in places.evidence.periods(table) {
        let frame = places.evidence.frame(table, period).unwrap();
        let values = frame.text(column).unwrap();
        words.extend(
            (0..frame.rows())
                .filter(|row| keep(&frame, *row))
                .filter_map(|row| values.get(row).map(str::to_owned)),
        );
    }
    words.len()
}

fn is(frame: &evidence::Frame, row: usize, column: &str, word: &str) -> bool {
    frame.text(column).and_then(|column| column.get(row)) == Some(word)
}

#[test]
#[should_panic(expected = "CATCHMENT_DATA is set and /nowhere/imd is not there")]
fn a_folder_that_the_environment_names_must_hold_the_files() {
    below(("CATCHMENT_DATA", Some("/nowhere".into())), Path::new("/"), &["imd"]);
}

#[test]
fn without_a_name_in_the_environment_absent_files_are_skipped_and_present_ones_read() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(below(("CATCHMENT_DATA", None), beside, &["src", "nowhere"]), None);
    let found = below(("CATCHMENT_DATA", None), beside, &["src"]);
    assert_eq!(found, Some(vec![beside.join("src")]));
}

#[test]
fn no_publication_is_refused() {
    let Some(places) = places() else { return };
    for release in &places.report.releases {
        println!(
            "{:<24} {:?} read {} kept {} problems {} {} {:?}",
            release.source,
            release.verdict,
            release.rows_read,
            release.rows_kept,
            release.problems,
            release.origin.file.rsplit("/data/").next().unwrap_or_default(),
            release.remarks,
        );
        let refused = release.verdict == Verdict::Refused;
        assert!(!refused, "{}: {:?}", release.origin.file, places.report.problems.first());
    }
}

#[test]
fn only_companions_of_the_handbook_and_what_describes_or_is_synthetic_are_left_alone() {
    let Some(places) = places() else { return };
    for release in &places.report.releases {
        let companion = release.origin.file.contains("/domain/")
            || release.origin.file.ends_with("underdoctored_areas.csv")
            || release.origin.file.contains("/pcn-des/");
        let sheet = release.origin.file.contains(".xlsx");
        let known = release.verdict != Verdict::NotRecognised;
        assert!(known || companion || sheet, "{} is not recognised", release.origin.file);
    }
}

#[test]
fn every_area_has_its_deprivation() {
    let Some(places) = places() else { return };
    let areas = |census: &'static str| {
        distinct(places, "deprivation", "area", move |frame, row| is(frame, row, "census", census))
    };
    assert_eq!((areas("2011"), areas("2021")), (32_844, 33_755));
}

#[test]
fn every_area_of_england_and_wales_has_its_centroid() {
    let Some(places) = places() else { return };
    assert_eq!(places.rows("area"), 35_672);
}

#[test]
fn areas_of_2011_are_linked_to_those_of_2021_with_shares_that_add_up() {
    let Some(places) = places() else { return };
    let (mut people, mut areas) = (0.0, BTreeSet::new());
    for period in places.evidence.periods("lookup") {
        let frame = places.evidence.frame("lookup", period).unwrap();
        let weights = frame.number("weight").unwrap();
        for row in (0..frame.rows()).filter(|row| is(&frame, *row, "parent_kind", "lsoa21")) {
            people += weights[row];
            areas.insert(frame.text("area").unwrap().get(row).unwrap().to_owned());
        }
    }
    assert_eq!(areas.len(), 34_753);
    assert!((people - 34_753.0).abs() < 1e-6, "{people}");
}

#[test]
fn every_area_lies_in_an_authority_and_every_english_one_in_an_icb() {
    let Some(places) = places() else { return };
    let linked = |parent: &'static str| {
        distinct(places, "lookup", "area", move |frame, row| {
            is(frame, row, "parent_kind", parent) && is(frame, row, "area_kind", "lsoa21")
        })
    };
    assert_eq!(
        (linked("local_authority"), linked("ward"), linked("sub_icb"), linked("icb")),
        (35_672, 35_672, 33_755, 33_755)
    );
}

#[test]
fn residents_of_2020_add_up_to_england_and_wales() {
    let Some(places) = places() else { return };
    let period = "2020".parse().unwrap();
    let frame = places.evidence.frame("resident", period).unwrap();
    let people: f64 = frame.number("residents").unwrap().iter().sum();
    assert_eq!((frame.rows(), people), (34_753 * 91, 59_719_724.0));
}

#[test]
fn the_ethnic_groups_of_the_census_are_the_detailed_ones() {
    let Some(places) = places() else { return };
    let groups = distinct(places, "ethnicity", "ethnic_group", |_, _| true);
    assert_eq!((groups, places.rows("ethnicity")), (19, 19 * 35_672));
}

#[test]
fn eighty_one_of_the_networks_of_october_2024_are_closed() {
    let Some(places) = places() else { return };
    let release = places.release("epcn_2024-10/ePCN.xlsx!PCNDetails");
    let detail = release.checks.first().map_or("", |check| check.detail.as_str());
    assert_eq!(detail, "1366 networks, 81 of them closed");
}

#[test]
fn the_spells_of_october_2024_are_whole() {
    let Some(places) = places() else { return };
    let release = places.release("epcn_2024-10/ePCN.xlsx!PCN Core Partner Details");
    let period = release.parts.first().map(|part| part.period.parse().unwrap()).unwrap();
    let frame = places.evidence.frame("membership", period).unwrap();
    let ends = frame.text("end").unwrap();
    let current = (0..frame.rows()).filter(|row| ends.get(*row).is_none()).count();
    assert_eq!((frame.rows(), current), (7_705, 6_224));
}

#[test]
fn the_register_of_february_2026_holds_its_open_practices() {
    let Some(places) = places() else { return };
    let release = places.release("epraccur_2026-02/epraccur.csv");
    let period = release.parts.first().map(|part| part.period.parse().unwrap()).unwrap();
    let frame = places.evidence.frame("practice", period).unwrap();
    let open = (0..frame.rows())
        .filter(|row| {
            is(&frame, *row, "status", "active") && is(&frame, *row, "setting", "general_practice")
        })
        .count();
    assert!((6_202..=6_207).contains(&open), "{open}");
}

#[test]
fn fingertips_holds_its_practices_and_england_once() {
    let Some(places) = places() else { return };
    let of = |kind: &'static str| {
        distinct(places, "published", "area", move |frame, row| is(frame, row, "area_type", kind))
    };
    assert_eq!((of("GP"), of("England"), places.rows("published")), (6_545, 1, 6_546));
}

#[test]
fn attendances_cover_forty_two_boards_in_forty_months() {
    let Some(places) = places() else { return };
    let boards = distinct(places, "urgent", "organisation", |_, _| true);
    assert_eq!((boards, places.evidence.periods("urgent").len()), (42, 40));
}

#[test]
fn outlines_of_places_authorities_and_boards_are_kept() {
    let Some(places) = places() else { return };
    let of = |kind: &'static str| {
        distinct(places, "boundary", "area", move |frame, row| is(frame, row, "kind", kind))
    };
    println!("outlines: {} {} {}", of("lsoa21"), of("local_authority"), of("icb"));
    assert_eq!(of("icb"), 42);
}

#[test]
fn practices_and_departments_have_their_place() {
    let Some(places) = places() else { return };
    let of = |kind: &'static str| {
        distinct(places, "location", "organisation", move |frame, row| is(frame, row, "kind", kind))
    };
    assert_eq!((of("practice"), of("emergency_department")), (6_264, 164));
}

#[test]
fn the_synthetic_sample_says_that_it_is_one() {
    let Some(places) = places() else { return };
    let release = places.release("ncdes_synthetic_data.csv");
    assert!(
        release.remarks.iter().any(|remark| remark.contains("synthetic")),
        "{:?}",
        release.remarks
    );
}
