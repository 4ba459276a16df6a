//! `catchment calc ageing` and `catchment calc rake` beside their peers' inputs and answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../sources/tests/support/at_hand.rs"]
mod at_hand;

use std::path::PathBuf;
use std::process::{Command, Output};

use at_hand::at_hand;

fn peers() -> Option<PathBuf> {
    at_hand("CATCHMENT_PEERS", &[""])?.pop()
}

fn calc(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_catchment")).arg("calc").args(arguments).output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn rows(text: &str) -> Vec<Vec<f64>> {
    let numbers = |line: &str| line.split(',').map(|cell| cell.parse().unwrap()).collect();
    text.lines().skip(1).map(numbers).collect()
}

#[test]
fn a_million_people_age_as_expected() {
    let Some(peers) = peers() else { return };
    let file = |name: &str| peers.join(name).to_str().unwrap().to_owned();
    let output = calc(&[
        "ageing",
        "--people",
        &file("data/p3_pop_1000000.parquet"),
        "--rates",
        &file("data/p3_rates.csv"),
        "--years",
        "20",
        "--seed",
        "5",
    ]);
    assert!(output.status.success(), "{}", errors(&output));
    let found = rows(&String::from_utf8_lossy(&output.stdout));
    let expected = std::fs::read_to_string(file("answers/p3_expected_1000000_20.csv")).unwrap();
    for (found, expected) in found.iter().zip(rows(&expected)) {
        for (found, expected) in found[1..].iter().zip(expected) {
            assert!((found - expected).abs() < 4.0 * expected.sqrt(), "{found} {expected}");
        }
    }
    assert_eq!(found.len(), 20);
}

#[test]
fn raked_people_keep_both_margins_of_every_zone() {
    let Some(peers) = peers() else { return };
    let data = |name: &str| peers.join("data").join(name).to_str().unwrap().to_owned();
    let (age_sex, ethnic) = (data("p4_3000_age_sex.csv"), data("p4_3000_ethnic.csv"));
    let seed = data("p4_seed.csv");
    let margins = [format!("{age_sex}=age,sex"), format!("{ethnic}=ethnic")];
    let [first, second] = &margins;
    let output =
        calc(&["rake", "--start", &seed, "--margin", first, "--margin", second, "--whole"]);
    assert!(output.status.success(), "{}", errors(&output));
    let mut people = vec![vec![0_i64; 44]; 3_000];
    let answer = String::from_utf8_lossy(&output.stdout);
    for (row, line) in answer.lines().skip(1).enumerate() {
        let count: i64 = line.split(',').nth(4).unwrap().parse().unwrap();
        let (zone, cell) = (row / 228, row % 228);
        people[zone][cell / 6] += count;
        people[zone][38 + cell % 6] += count;
    }
    let [age_sex, ethnic] =
        [age_sex, ethnic].map(|path| rows(&std::fs::read_to_string(path).unwrap()));
    for (zone, found) in people.iter().enumerate() {
        let expected = age_sex[zone][1..].iter().chain(&ethnic[zone][1..]);
        assert!(found.iter().zip(expected).all(|(found, expected)| *found == *expected as i64));
    }
}

const START: &str = "age,sex,weight\nyoung,m,1\nyoung,f,1\nold,m,0\nold,f,0\n";

fn rake(ages: &str, sexes: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let start = write("start.csv", START);
    let ages = format!("{}=age", write("ages.csv", ages));
    let sexes = format!("{}=sex", write("sexes.csv", sexes));
    calc(&["rake", "--start", &start, "--margin", &ages, "--margin", &sexes])
}

#[test]
fn a_zone_that_cannot_be_raked_says_which_file_and_column() {
    let output = rake("zone,young,old\nA,5,0\nB,4,1\n", "zone,sex_m,sex_f\nA,2,3\nB,2,3\n");
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(answer.contains("A,young,m,2,\n"), "{answer}");
    let refused = "ages.csv, column `old`: 1 are wanted where the starting table has nobody";
    assert!(
        answer.lines().any(|line| line.starts_with("B,old,m,,") && line.contains(refused)),
        "{answer}"
    );
}

#[test]
fn a_zone_missing_from_a_margin_is_named() {
    let output = rake("zone,young,old\nA,5,0\nB,4,1\n", "zone,m,f\nA,2,3\n");
    assert_eq!(output.status.code(), Some(3));
    assert!(errors(&output).contains("there is no row for zone `B`"), "{}", errors(&output));
}

#[test]
fn a_count_below_nought_is_named_by_row_and_column() {
    let output = rake("zone,young,old\nA,5,-1\n", "zone,m,f\nA,2,2\n");
    assert_eq!(output.status.code(), Some(3));
    assert!(errors(&output).contains("row 2, old: `-1`"), "{}", errors(&output));
}
