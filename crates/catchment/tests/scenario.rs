//! `catchment scenario` on the example scenarios of the invented place.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::process::{Command, Output};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/harbourton/scenarios");
const KEYS: [&str; 6] = [
    "close-one-practice",
    "do-nothing",
    "grow-our-own",
    "posts-and-triage",
    "recruits-and-posts",
    "thirty-recruits",
];

fn catchment(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn scenario(arguments: &[&str]) -> Output {
    let all = [&["scenario"], arguments, &["--scenarios", EXAMPLES]].concat();
    catchment(&all, Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_example_is_listed_beside_doing_nothing() {
    let output = scenario(&["list"]);
    let keys: Vec<String> = said(&output.stdout)
        .lines()
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    assert_eq!(keys, KEYS, "{}", said(&output.stderr));
}

#[test]
fn a_scenario_is_shown_in_words_and_money() {
    let answer = said(&scenario(&["show", "thirty-recruits"]).stdout);
    assert!(answer.contains(
        "- From April 2026 30 GPs from overseas join practices of the place over 60 months, each working 0.9 full-time equivalents, 22.5 of whom are expected to come."
    ), "{answer}");
    // 30 × 0.75 arrive × 0.9 × £105,882 = £2,144,110.50 once all have come; in the second of five years 18.5 of 60 months
    // of it in the mean. The relocation of all is paid by others.
    assert!(answer.contains("2027/28: £661,100.74"), "{answer}");
}

#[test]
fn the_money_of_two_scenarios_is_compared_year_by_year() {
    let answer = said(&scenario(&["compare-money", "thirty-recruits", "grow-our-own"]).stdout);
    assert!(
        answer.contains("does not stay within the money of “Train and keep our own”"),
        "{answer}"
    );
}

#[test]
fn what_is_not_in_the_money_stands_beside_it() {
    let beside = "What longer or shorter hours of new GPs cost or save in salaries is not in the money: how many join is for the outlook to say.";
    for arguments in [
        &["show", "grow-our-own"][..],
        &["show", "grow-our-own", "--json"],
        &["compare-money", "grow-our-own"],
        &["compare-money", "do-nothing", "grow-our-own"],
        &["compare-money", "grow-our-own", "--json"],
    ] {
        let answer = said(&scenario(arguments).stdout);
        assert!(answer.contains(beside), "{arguments:?}: {answer}");
    }
}

#[test]
fn money_of_two_interventions_is_told_to_be_two_pots() {
    let folder = tempfile::tempdir().unwrap();
    let one = |kind: &str, money: u32| {
        format!(
            "[[intervention]]\nkind = \"{kind}\"\nfrom = \"2026-04\"\nheads = 5\nmoney = {money}\n"
        )
    };
    let text = format!(
        "name = \"Two\"\n{}{}",
        one("recruit_gps", 500_000),
        one("recruit_overseas", 300_000)
    );
    std::fs::write(folder.path().join("two.toml"), text).unwrap();
    let run = |more: &[&str]| {
        let show = [&["scenario", "show", "two", "--scenarios", "."], more].concat();
        said(&catchment(&show, folder.path()).stdout)
    };
    let words = "(£500,000 and £300,000 a year): each is held to its own, and they add up to £800,000 a year.";
    assert!(run(&[]).contains(words), "{}", run(&[]));
    let answer: serde_json::Value = serde_json::from_str(&run(&["--json"])).unwrap();
    assert_eq!(
        (&answer["pots"][0]["of"], &answer["pots"][0]["in_all"]),
        (&"money".into(), &800_000.0.into())
    );
    assert!(answer["limits"].to_string().contains(words), "{}", answer["limits"]);
}

#[test]
fn contract_money_that_moves_with_patients_is_told_by_network() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| catchment(arguments, folder.path());
    assert!(run(&["synth", "files"]).status.success());
    assert!(run(&["import", "files"]).status.success());
    let compare = ["scenario", "compare-money", "close-one-practice", "--place", "QZ0"];
    let output = run(&[&compare[..], &["--scenarios", EXAMPLES]].concat());
    let answer = said(&output.stdout);
    let loses = |line: &&str| line.contains(" less for ") && !line.contains('−');
    let gains = |line: &&str| line.contains(" more for ");
    let lines: Vec<&str> = answer.lines().filter(|line| line.starts_with("2026/27")).collect();
    assert!(lines.iter().any(loses) && lines.iter().any(gains), "{answer}{}", said(&output.stderr));
}

#[test]
fn the_kinds_are_told_to_forms() {
    let output = catchment(&["scenario", "kinds", "--json"], Path::new(EXAMPLES));
    let answer = said(&output.stdout);
    assert!(answer.contains("\"kind\": \"recruit_overseas\"") && answer.contains("\"range\""));
}

#[test]
fn the_examples_can_be_in_the_invented_place_and_an_impossible_one_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| catchment(arguments, folder.path());
    assert!(run(&["synth", "files"]).status.success());
    assert!(run(&["import", "files"]).status.success());
    for key in KEYS {
        let checked = run(&["scenario", "check", key, "--place", "QZ0", "--scenarios", EXAMPLES]);
        assert!(checked.status.success(), "{key}: {}", said(&checked.stderr));
    }
    let text = "name = \"Impossible\"\n[[intervention]]\nkind = \"close_practice\"\nfrom = \"2019-04\"\npractice = \"A99999\"\n";
    std::fs::write(folder.path().join("impossible.toml"), text).unwrap();
    assert!(run(&["scenario", "add", "impossible.toml"]).status.success());
    let checked = run(&["scenario", "check", "impossible", "--place", "QZ0"]);
    let words = said(&checked.stderr);
    assert_eq!(checked.status.code(), Some(3));
    assert!(words.contains("2 problems") && words.contains("no practice A99999"), "{words}");
    let text = "name = \"Many\"\n[[intervention]]\nkind = \"retain_gps\"\nfrom = \"2026-04\"\nreached = 80\n";
    std::fs::write(folder.path().join("many.toml"), text).unwrap();
    let checked = run(&["scenario", "check", "many", "--place", "QZ0", "--scenarios", "."]);
    let words = said(&checked.stderr);
    assert_eq!(checked.status.code(), Some(3));
    assert!(
        words.contains("it reaches 80 GPs of 55 and over, and about 26 of those ages"),
        "{words}"
    );
}

#[test]
fn a_file_that_is_no_text_stops_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.toml"), "name = \"Good\"\n").unwrap();
    std::fs::write(folder.path().join("bad.toml"), b"name = \"B\xFFd\"\n").unwrap();
    let list = ["scenario", "list", "--scenarios", "."];
    let output = catchment(&list, folder.path());
    assert!(output.status.success(), "{}", said(&output.stderr));
    assert!(said(&output.stdout).contains("good"), "{}", said(&output.stdout));
    let problems = said(&output.stderr);
    assert!(problems.contains("bad") && problems.contains("UTF-8"), "{problems}");
}
