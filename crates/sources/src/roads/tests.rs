//! A small extract, read as a large one is.

use std::path::PathBuf;

use space::routes::Door;

use super::extract::{extract, extract_with};
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

/// A street of two stretches with a bollard between them and a way round by car of three; then the same corners as a ring. Times are those of kilometres at 22 and 4.8 an hour, reckoned by hand from the stretches themselves.
#[test]
fn cars_go_round_a_bollard_and_a_ring_and_people_on_foot_do_not() {
    let nodes = [
        (1, -1.13, 52.63),
        (2, -1.12, 52.63),
        (3, -1.11, 52.63),
        (4, -1.13, 52.64),
        (5, -1.11, 52.64),
    ];
    let street = [("highway", "residential")];
    let ring = [("highway", "residential"), ("junction", "roundabout")];
    let held = extract_with(
        &nodes,
        &[(2, ("barrier", "bollard"))],
        &[(&[1, 2, 3], &street), (&[1, 4, 5, 3], &street)],
    );
    let (_folder, path) = written(&held);
    let roads = read(&path, &|_, _| {}).expect("roads");
    // The bollard is reached from two sides by car and is one point on foot.
    assert_eq!((roads.walk.nodes(), roads.drive.nodes()), (5, 6));
    let minutes = |network: &Network, from: Point, to: Point| {
        let doors = network.doors(&[from, to], 12.0, 4.0);
        let doors: Vec<Door> = doors.into_iter().flatten().collect();
        let times = network.times(&doors[..1], &doors[1..], 600_000, &|| {});
        f64::from(times[0][0].1) / MINUTE
    };
    let at = |longitude, latitude| {
        let (east, north) = to_national_grid(longitude, latitude);
        Point { x: east / 1000.0, y: north / 1000.0 }
    };
    let (first, third) = (at(-1.13, 52.63), at(-1.11, 52.63));
    // On foot 1.354 km; by car 1.112 up, 1.354 along and 1.112 down.
    assert!((minutes(&roads.walk, first, third) - 16.93).abs() < 0.04);
    assert!((minutes(&roads.drive, first, third) - 9.76).abs() < 0.03);
    let held = extract(&nodes, &[(&[1, 3, 5, 4, 1], &ring)]);
    let (_folder, path) = written(&held);
    let roads = read(&path, &|_, _| {}).expect("roads");
    // From the third point back to the first the ring leads by the others.
    assert!((minutes(&roads.drive, third, first) - 9.76).abs() < 0.03);
    assert!((minutes(&roads.walk, third, first) - 16.93).abs() < 0.04);
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
