//! Harbourton inside an invented England: the town stays the same to the last row, and the country is whole.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use sources::synth::Settings;

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
    let mut missing = Vec::new();
    for (path, bytes) in &harbourton().0 {
        if [".xlsx", ".geojson"].iter().any(|ending| path.ends_with(ending)) {
            continue;
        }
        let whole = lines(&england().0[path]);
        let lost = lines(bytes)
            .into_iter()
            .filter(|line| !whole.contains(line) && !adds_up_the_whole(path, line))
            .map(|line| format!("{path}: {}", String::from_utf8_lossy(line)));
        missing.extend(lost.take(2));
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert_eq!(harbourton().0["key.toml"], england().0["key.toml"]);
    let outlines = "geography/boundaries/lsoa21.geojson";
    assert_eq!(harbourton().0[outlines], england().0[outlines]);
}

#[test]
fn the_country_has_seven_regions_fourteen_boards_and_108_practices() {
    let map = england().table("2025-11/gp-reg-pat-prac-map");
    let different = |name: &str| {
        let column = map.column(name);
        map.rows.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>().len()
    };
    let counts = ["COMM_REGION_CODE", "ICB_CODE", "SUB_ICB_LOCATION_CODE", "PCN_CODE"];
    assert_eq!(counts.map(different), [7, 14, 15, 32]);
    assert_eq!(different("PRACTICE_CODE"), 30 + 13 * 6);
    let in_order = map.only(&[("ICB_CODE", "QZ0")]);
    assert_eq!(in_order.rows.len(), 30);
}

#[test]
fn appointments_in_tens_still_sum_to_the_regional_file() {
    let regional =
        england().table("Regional_CSV").sum("APPOINTMENT_MONTH", "COUNT_OF_APPOINTMENTS");
    let crosstab = england().table("Crosstab_Oct_25");
    assert!((regional["2025-10-01"] - crosstab.total("COUNT_OF_APPOINTMENTS")).abs() < 0.5);
    let daily = england().table("SDS_ROLE").total("COUNT_OF_APPOINTMENTS");
    assert!((regional.values().sum::<f64>() - daily).abs() < 0.5);
}

#[test]
fn the_country_adds_fewer_than_four_hundred_thousand_rows_of_appointments_by_practice() {
    let rows = |place: &Place| -> usize {
        let counts = place.0.iter().filter(|(path, _)| path.contains("Practice_Level_Crosstab"));
        counts.map(|(_, bytes)| bytes.split(|byte| *byte == b'\n').count()).sum()
    };
    let (town, country) = (rows(harbourton()), rows(england()));
    println!("{town} rows of the town, {country} with the country");
    assert!(country > town && country - town < 400_000, "{town} and {country}");
}
