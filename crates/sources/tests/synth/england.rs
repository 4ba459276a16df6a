//! Harbourton inside an invented England: the town stays the same to the last row, and the country is whole.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use synth::Settings;

use crate::place::{Place, harbourton};

fn england() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| Place::of(&Settings::harbourton_in_england()))
}

fn lines(bytes: &[u8]) -> BTreeSet<&[u8]> {
    bytes.split(|byte| *byte == b'\n').collect()
}

/// Rows that add up everyone, with nobody of the country to add in a town alone.
fn adds_up_the_whole(path: &str, line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let region = path.contains("quin-age") && text.contains(",Comm Region,");
    let total = path.contains("/ae-") || text.contains("TOTAL,TOTAL");
    region || total || (path.contains("fingertips") && text.contains(",England,England,"))
}

#[test]
fn every_row_of_harbourton_stands_in_the_country_too() {
    let (mut missing, mut absent) = (Vec::new(), Vec::new());
    for (path, bytes) in &harbourton().0 {
        if [".xlsx", ".geojson"].iter().any(|ending| path.ends_with(ending)) {
            continue;
        }
        let Some(whole) = england().0.get(path) else {
            absent.push(path);
            continue;
        };
        let whole = lines(whole);
        let lost = lines(bytes)
            .into_iter()
            .filter(|line| !whole.contains(line) && !adds_up_the_whole(path, line))
            .map(|line| format!("{path}: {}", String::from_utf8_lossy(line)));
        missing.extend(lost.take(2));
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert_eq!(absent.len(), 24 - 13, "{absent:?}");
    assert!(absent.iter().all(|path| path.contains("Practice_Level_Crosstab")), "{absent:?}");
    assert_eq!(harbourton().0["key.toml"], england().0["key.toml"]);
    let outlines = "geography/boundaries/lsoa21.geojson";
    assert_eq!(harbourton().0[outlines], england().0[outlines]);
}

#[test]
fn the_country_has_seven_regions_fourteen_boards_and_82_practices() {
    let map = england().table("2025-11/gp-reg-pat-prac-map");
    let different = |name: &str| {
        let column = map.column(name);
        map.rows.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>().len()
    };
    let counts = ["COMM_REGION_CODE", "ICB_CODE", "SUB_ICB_LOCATION_CODE", "PCN_CODE"];
    assert_eq!(counts.map(different), [7, 14, 15, 32]);
    assert_eq!(different("PRACTICE_CODE"), 30 + 13 * 4);
    let in_order = map.only(&[("ICB_CODE", "QZ0")]);
    assert_eq!(in_order.rows.len(), 30);
}

#[test]
fn appointments_of_other_boards_sum_to_the_regional_file_by_each_of_their_kinds() {
    let regional = england().table("Regional_CSV");
    let months = regional.sum("APPOINTMENT_MONTH", "COUNT_OF_APPOINTMENTS");
    assert_eq!(months.len(), 24);
    let crosstab = england().table("Crosstab_Oct_25");
    assert!((months["2025-10-01"] - crosstab.total("COUNT_OF_APPOINTMENTS")).abs() < 0.5);
    let october = regional.only(&[("APPOINTMENT_MONTH", "2025-10-01")]);
    for kind in ["APPT_STATUS", "HCP_TYPE"] {
        let of = |table: &crate::table::Table| table.sum(kind, "COUNT_OF_APPOINTMENTS");
        assert_eq!(of(&october), of(&crosstab), "{kind}");
    }
    let daily = england().table("SDS_ROLE").total("COUNT_OF_APPOINTMENTS");
    assert!((months.values().sum::<f64>() - daily).abs() < 0.5);
}

/// A demonstration is made and imported in seconds: few rows for the boards that are only compared with.
#[test]
fn the_country_adds_few_rows_to_those_of_the_town() {
    let rows = |place: &Place, part: &str| -> usize {
        let counts = place.0.iter().filter(|(path, _)| path.contains(part));
        counts.map(|(_, bytes)| bytes.split(|byte| *byte == b'\n').count()).sum()
    };
    let crosstabs = "Practice_Level_Crosstab";
    let around: usize = england()
        .0
        .keys()
        .filter(|path| path.contains(crosstabs))
        .map(|path| rows(england(), path) - rows(harbourton(), path))
        .sum();
    println!("{around} rows of appointments by practice of the other boards");
    assert!(around <= 13 * 52 * 45, "{around} rows, 13 months of 52 practices");
    assert!(rows(england(), "Regional_CSV") < 45_000);
    assert!(rows(england(), "SDS_ROLE") < 20_000);
}

/// The table of boards names each once a month, and its months sum to the publisher's own totals.
#[test]
fn emergency_attendances_of_the_country_are_every_board_once() {
    let boards = england().table("england_icb_accidents").only(&[("date", "September 2025")]);
    assert_eq!(boards.rows.len(), 14);
    let trusts = england().table("Monthly-AE-September-2025");
    let total = trusts.only(&[("Org Code", "TOTAL")]);
    let printed =
        total.total("A&E attendances Type 1") + total.total("A&E attendances Other A&E Department");
    assert!((boards.total("total_attendances") - printed).abs() < 0.5, "{printed}");
}
