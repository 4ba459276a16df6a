//! A small extract, read as a large one is.

use std::path::PathBuf;

use stats::routes::Door;

use super::extract::extract;
use super::*;

fn written(held: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.osm.pbf");
    std::fs::write(&path, held).expect("a file");
    (folder, path)
}

/// Four corners of a street, 677 metres apart, a one-way street back, and a private road.
fn town() -> Vec<u8> {
    let nodes = [(10, -1.13, 52.63), (11, -1.12, 52.63), (12, -1.11, 52.63), (13, -1.10, 52.63)];
    extract(
        &nodes,
        &[
            (&[10, 11, 12], &[("highway", "residential")]),
            (&[13, 12], &[("highway", "primary"), ("oneway", "yes")]),
            (&[10, 13], &[("highway", "service"), ("access", "private")]),
            (&[12, 99], &[("highway", "residential")]),
        ],
    )
}

#[test]
fn an_extract_becomes_two_networks() {
    let (_folder, path) = written(&town());
    let roads = read(&path, &|_, _| {}).expect("roads");
    assert_eq!((roads.ways, roads.missing_nodes), (3, 1));
    assert_eq!((roads.walk.nodes(), roads.drive.nodes()), (4, 4));
    let doors: Vec<Door> = (0..4).map(|node| Door { node, time: 0 }).collect();
    let times = |network: &Network| network.times(&doors, &doors, 600_000, &|| {});
    let (walk, drive) = (times(&roads.walk), times(&roads.drive));
    // 0.677 km of a degree's hundredth at 52.63 degrees north, at 4.8 and at 22 km/h.
    let minutes = |time: u32| f64::from(time) / MINUTE;
    assert!((minutes(walk[0][1].1) - 8.47).abs() < 0.02, "{walk:?}");
    assert!((minutes(drive[0][1].1) - 1.85).abs() < 0.01, "{drive:?}");
    // On foot everybody reaches everything; by car nobody gets into the one-way street.
    assert!(walk.iter().all(|row| row.len() == 4));
    assert_eq!(drive.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3, 4]);
}

#[test]
fn a_file_of_another_kind_is_refused_in_words() {
    let (_folder, path) = written(b"area_code,site_code,mode,minutes\n");
    let refusal = read(&path, &|_, _| {}).expect_err("a refusal").to_string();
    assert!(refusal.contains("cannot be read as an OpenStreetMap extract"), "{refusal}");
}

#[test]
fn an_extract_cut_short_is_refused() {
    let whole = town();
    let (_folder, path) = written(&whole[..whole.len() - 20]);
    assert!(matches!(read(&path, &|_, _| {}), Err(RoadsError::Unreadable { .. })));
}

#[test]
fn an_extract_without_roads_is_refused() {
    let river: (&[i64], &[(&str, &str)]) = (&[1, 2], &[("waterway", "river")]);
    let (_folder, path) = written(&extract(&[(1, -1.0, 52.0), (2, -1.1, 52.0)], &[river]));
    assert!(matches!(read(&path, &|_, _| {}), Err(RoadsError::NoRoads { .. })));
}

#[test]
fn every_speed_is_one_at_which_people_travel() {
    let rules = rules();
    assert!(rules.drive.values().all(|speed| (5.0..=120.0).contains(speed)));
    assert!(rules.doors.walk < rules.doors.drive);
}
