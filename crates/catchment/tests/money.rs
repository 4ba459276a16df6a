//! `catchment payments` on the worked network of the handbook of payments, and `catchment money` on the invented place.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::process::{Command, Output};

fn money(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    let output = command.arg("payments").args(arguments).output().unwrap();
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
    assert!(answer.contains("not known  known in all"), "{answer}");
    assert!(!answer.contains("£0.00"), "{answer}");
    let (_, answer) = money(&["2025/26", "--registered", "48000"]);
    assert!(answer.contains("not known  enabler") && !answer.contains("£0.00"), "{answer}");
    let (code, answer) = money(&["2025/26", "--registered", "0"]);
    assert!(code == Some(3) && answer.contains("above 0"), "{answer}");
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
    // 10,000 at £123.34 less 4.75% are £1,174,813.50; a year of 2.25% earlier £1,148,961.86.
    assert!(answer.contains("£1,174,813.50  known in all"), "{answer}");
    assert!(answer.contains("Global sum (service, after the pay award)"), "{answer}");
    assert!(answer.contains("£1,148,961.86  in the prices of 2024/25"), "{answer}");
    let (code, answer) =
        money(&["2025/26", "--practice", "--weighted", "10000", "--prices-of", "2019/20"]);
    assert!(code == Some(3) && answer.contains("from 2024/25 to 2026/27 only"), "{answer}");
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn the_money_of_a_place_is_what_its_contracts_and_ceilings_tell() {
    let folder = tempfile::tempdir().unwrap();
    in_folder(folder.path(), &["synth", "files"]);
    in_folder(folder.path(), &["import", "files"]);
    let output = in_folder(folder.path(), &["money", "QZ0", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let records = |id: &str| {
        let exhibits = answer["exhibits"].as_array().unwrap();
        exhibits.iter().find(|one| one["id"] == id).unwrap()["records"].as_array().unwrap().clone()
    };
    let all = &records("networks")[0];
    assert!(all["drawn_pounds"].as_f64().unwrap() > 0.0, "{all}");
    // Staff are in roles whose ceiling was not read: nothing of what they may draw is called lost.
    assert!(all["no_ceiling_fte"].as_f64().unwrap() > 0.0 && all["lost_pounds"] == "[x]", "{all}");
    let practices = records("practices");
    for practice in &practices {
        let gross = practice["global_sum_pounds"].as_f64();
        assert_eq!(gross.is_some(), practice["contract"] == "GMS", "{practice}");
        if let Some(gross) = gross {
            let net = practice["global_sum_net_pounds"].as_f64().unwrap();
            assert!((net - 0.9525 * gross).abs() < 0.01, "{practice}");
        }
    }
    assert!(practices.iter().any(|one| one["contract"] == "APMS" || one["contract"] == "PMS"));
    assert!(practices.iter().any(|one| one["quality_pounds"].as_f64().unwrap_or_default() > 0.0));
    let said = in_folder(folder.path(), &["money", "QZ0"]);
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("For additional roles the networks may claim"), "{said}");
    assert!(said.contains("beds in all that it covers"), "{said}");
    assert!(
        said.contains("Whether anything is lost cannot be told: no ceiling was read"),
        "{said}"
    );
    assert!(said.contains("4.75% is taken off because practices leave nights"), "{said}");
}
