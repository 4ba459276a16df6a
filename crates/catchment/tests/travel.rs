//! Travel times over roads, from an extract to the page of reach.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../sources/src/roads/extract.rs"]
mod extract;

use std::path::Path;
use std::process::{Command, Output};

use evidence::{Evidence, Store};

fn run(store: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.arg("--store").arg(store).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Streets every two hundredths of a degree over the places of the evidence.
fn streets(store: &Path) -> Vec<u8> {
    let evidence = Evidence::open(&Store::at(store)).unwrap();
    let period = *evidence.periods("location").last().unwrap();
    let places = evidence.frame("location", period).unwrap();
    let ends = |name: &str| {
        let all = places.number(name).unwrap().iter().copied().filter(|at| at.is_finite());
        all.fold((f64::MAX, f64::MIN), |ends, at| (ends.0.min(at), ends.1.max(at)))
    };
    let (west, east) = ends("longitude");
    let (south, north) = ends("latitude");
    let across = ((east - west) / 0.02) as i64 + 2;
    let up = ((north - south) / 0.02) as i64 + 2;
    let mut nodes = Vec::new();
    for row in 0..up {
        for column in 0..across {
            let at = (west + column as f64 * 0.02, south + row as f64 * 0.02);
            nodes.push((row * across + column, at.0, at.1));
        }
    }
    let rows = (0..up).map(|row| (0..across).map(|column| row * across + column).collect());
    let columns = (0..across).map(|column| (0..up).map(|row| row * across + column).collect());
    let lines: Vec<Vec<i64>> = rows.chain(columns).collect();
    let street: &[(&str, &str)] = &[("highway", "residential")];
    let ways: Vec<extract::Way<'_>> =
        lines.iter().map(|nodes| (nodes.as_slice(), street)).collect();
    extract::extract(&nodes, &ways)
}

#[test]
fn times_over_roads_take_the_place_of_stated_speeds() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = at("store");
    let path = |name: &str| at(name).display().to_string();
    said(&run(&store, &["synth", &path("files")]));
    said(&run(&store, &["import", &path("files")]));
    std::fs::write(at("streets.osm.pbf"), streets(&store)).unwrap();
    let asked =
        ["travel", "QZ0", "--roads", &path("streets.osm.pbf"), "--output", &path("travel.csv")];
    let words = said(&run(&store, &asked));
    assert!(words.contains("drive: ") && words.contains("walk: "), "{words}");
    let reach = ["reach", "QZ0", "--mode", "drive"];
    let before = said(&run(&store, &reach));
    let verdict = said(&run(&store, &["import", &path("travel.csv")]));
    assert!(verdict.contains("travel"), "{verdict}");
    let after = said(&run(&store, &reach));
    assert!(before != after, "the times are not read: {after}");
    let table = path("travel.csv");
    let refusal = run(&store, &["travel", "QZ0", "--roads", &table, "--output", &path("c.csv")]);
    assert_eq!(refusal.status.code(), Some(3), "{refusal:?}");
    assert!(String::from_utf8_lossy(&refusal.stderr).contains("extract"), "{refusal:?}");
    let again = ["travel", "QZ0", "--roads", &path("streets.osm.pbf"), "--output", &path("b.csv")];
    said(&run(&store, &again));
    let bytes = |name: &str| std::fs::read(at(name)).unwrap();
    assert!(bytes("travel.csv") == bytes("b.csv"), "the same roads gave other times");
}
