//! `catchment money` on the worked network of the handbook of payments, and on the invented place.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::process::{Command, Output};

fn money(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    let output = command.arg("money").args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn the_worked_network_is_paid_more_than_two_million_pounds() {
    let bases = [
        "2025/26",
        "--registered",
        "48000",
        "--adjusted",
        "47000",
        "--weighted",
        "49500",
        "--beds",
        "310",
    ];
    let (code, answer) = money(&bases);
    assert_eq!(code, Some(0));
    assert!(answer.contains("£2,113,301.93  known in all"), "{answer}");
    assert!(answer.contains("47.0 hours of enhanced access"), "{answer}");
}

#[test]
fn what_is_not_known_is_said() {
    let (_, answer) = money(&["2026/27", "--registered", "48000"]);
    assert!(answer.contains("left out: Core network funding"), "{answer}");
    assert!(answer.contains("£0.00  known in all"), "{answer}");
}

#[test]
fn a_year_without_rules_is_refused_with_the_years_that_have_them() {
    let (code, answer) = money(&["1948/49"]);
    assert_eq!(code, Some(3));
    assert!(answer.contains("`1948/49`: there are rules for 2019/20, 2020/21"), "{answer}");
}

#[test]
fn a_sum_is_worth_less_in_the_prices_of_an_earlier_year() {
    let (_, answer) = money(&[
        "2025/26",
        "--practice",
        "--weighted",
        "10000",
        "--uplifted",
        "--prices-of",
        "2024/25",
    ]);
    // £1,233,400 less a year of 2.25%.
    assert!(answer.contains("£1,206,259.17  in the prices of 2024/25"), "{answer}");
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn what_the_networks_of_a_place_draw_and_lose_is_what_they_may_claim() {
    let folder = tempfile::tempdir().unwrap();
    in_folder(folder.path(), &["synth", "files"]);
    in_folder(folder.path(), &["import", "files"]);
    let output = in_folder(folder.path(), &["money", "--place", "QZ0", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let roles = &answer["additional_roles"];
    let pounds = |name: &str| roles[name].as_f64().unwrap();
    let (drawn, lost) = (pounds("drawn_pounds"), pounds("lost_pounds"));
    assert!(drawn > 0.0, "{roles}");
    assert!((drawn + lost - pounds("entitlement_pounds")).abs() < 0.1, "{roles}");
    assert!(answer["quality"]["pounds"].as_f64().unwrap() > 0.0);
    let said = in_folder(folder.path(), &["money", "--place", "QZ0"]);
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("For additional roles the networks may claim"), "{said}");
}
