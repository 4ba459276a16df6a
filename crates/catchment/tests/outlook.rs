//! `catchment project` and questions on a place of three practices of which only the lists are known.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MAP: &str = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ONS_SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ONS_ICB_CODE,ICB_CODE,ICB_NAME,ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME,SUPPLIER_NAME";
const ALL: &str = "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS";

fn catchment(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.args(["--store", "store"]).args(arguments).current_dir(folder).output().unwrap()
}

/// A store with the lists of three practices.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    fs::create_dir(&files).unwrap();
    let (mut map, mut all) = (vec![MAP.to_owned()], vec![ALL.to_owned()]);
    for (code, patients) in [("A81001", 8_000), ("A81002", 14_000), ("A81003", 5_000)] {
        map.push(format!("GP_PRAC_PAT_LIST,01Nov2025,{code},SURGERY {code},LE1 1AA,U00001,NETWORK,E38000051,03W,EAST,E54000015,QK1,BOARD,E40000011,Y60,MIDLANDS,EMIS"));
        all.push(format!(
            "GP_PRAC_PAT_LIST,2025-11-01,GP,03W,E38000051,{code},LE1 1AA,ALL,ALL,{patients}"
        ));
    }
    let (map, all) = (map.join("\n"), all.join("\n"));
    fs::write(files.join("gp-reg-pat-prac-map.csv"), map).unwrap();
    fs::write(files.join("gp-reg-pat-prac-all.csv"), all).unwrap();
    let imported = catchment(folder.path(), &["import", "files"]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stdout));
    folder
}

#[test]
fn lists_alone_give_an_outlook_that_names_what_stands_in() {
    let place = place();
    let output = catchment(place.path(), &["project", "03W", "--draws", "8", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["practices"], 3);
    assert!(answer["limits"].as_array().unwrap().len() >= 6, "{}", answer["limits"]);
    let lead = answer["lead"].as_str().unwrap();
    assert!(lead.contains("there is no gap to tell"), "{lead}");
    let measures = answer["baseline"]["years"].as_array().unwrap().iter();
    let told: Vec<&str> = measures.map(|one| one["measure"].as_str().unwrap()).collect();
    assert!(told.contains(&"need_minutes_of_gps"), "{told:?}");
    assert!(!told.iter().any(|measure| measure.starts_with("gap")), "{told:?}");
}

/// Missed appointments take full minutes, so whoever reads hours of contacts must be told that they are among them.
#[test]
fn contacts_that_nobody_came_to_are_said_to_be_among_the_hours() {
    let place = place();
    let output = catchment(place.path(), &["project", "03W", "--draws", "4", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let exhibits = found["exhibits"].as_array().unwrap();
    let need = exhibits.iter().find(|one| one["id"] == "need").unwrap();
    let reading = need["reading"].as_str().unwrap();
    assert!(reading.contains("those recorded, missed ones among them"), "{reading}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let place = place();
    let run =
        |seed| catchment(place.path(), &["project", "03W", "--draws", "8", "--seed", seed]).stdout;
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

/// Ten GPs are wanted and four posts are there: the answer and its `recruits` say so, and four posts do as much as four GPs asked for.
#[test]
fn recruits_without_posts_are_told_and_do_nothing() {
    let place = place();
    let ask = |heads: u32, more: &str| -> serde_json::Value {
        let text = format!(
            "name = \"Some\"\n[[intervention]]\nkind = \"recruit_gps\"\nfrom = \"2026-04\"\nheads = {heads}\n{more}"
        );
        fs::write(place.path().join("some.toml"), text).unwrap();
        let asked = ["project", "03W", "--draws", "4", "--scenario", "some.toml", "--json"];
        let output = catchment(place.path(), &asked);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{told}"))
    };
    let (limited, four, none) = (ask(10, "posts = 4"), ask(4, ""), ask(0, ""));
    let recruits = &limited["recruits"][0];
    assert_eq!((&recruits["asked"], &recruits["taken_on"]), (&10.into(), &4.into()));
    assert_eq!(recruits["limited_by"], serde_json::json!(["posts"]));
    assert_eq!(recruits["not_checked"], serde_json::json!(["money"]));
    assert!(limited["sentences"].as_array().unwrap().contains(&recruits["in_words"]));
    assert_eq!(limited["scenario"], four["scenario"]);
    assert_eq!(none["scenario"], none["baseline"]);
    assert!(!none["sentences"].to_string().contains("not checked"), "{}", none["sentences"]);
}

/// Twelve GPs of 55 and over where no ages are published, and a code that another practice has.
#[test]
fn a_scenario_is_checked_as_the_command_that_checks_it_does() {
    let place = place();
    let ask = |intervention: &str| {
        let text = format!("name = \"Some\"\n[[intervention]]\nfrom = \"2026-04\"\n{intervention}");
        fs::write(place.path().join("some.toml"), text).unwrap();
        let outlook = ["project", "03W", "--draws", "2", "--scenario", "some.toml"];
        let check = ["scenario", "check", "some", "--place", "03W", "--scenarios", "."];
        [catchment(place.path(), &outlook), catchment(place.path(), &check)]
    };
    for told in ask("kind = \"retain_gps\"\nreached = 12") {
        let words = String::from_utf8_lossy(&told.stdout);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        assert!(
            words.contains("12 GPs of 55 and over work in the place was not checked"),
            "{words}"
        );
    }
    for told in ask("kind = \"open_practice\"\npractice = \"A81002\"\npatients = 1000") {
        let words = String::from_utf8_lossy(&told.stderr);
        assert_eq!(told.status.code(), Some(3));
        assert!(words.contains("A81002 is or was the code of SURGERY A81002: invent"), "{words}");
    }
}

#[test]
fn the_tables_are_written_and_nothing_else_is_left() {
    let place = place();
    let output = catchment(place.path(), &["project", "03W", "--draws", "20", "--output", "out"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut names: Vec<String> = fs::read_dir(place.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let tables =
        ["months", "risk_groups", "risk_score", "s_curve", "sensitivity", "steps", "years"];
    // Nobody told the residents of small areas: that stands on the standard error, and there is no file of them.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("no residents.csv"), "{said}");
    let mut wanted: Vec<String> =
        tables.iter().flat_map(|name| [format!("{name}.csv"), format!("{name}.parquet")]).collect();
    wanted.extend(["ahead", "exhibits"].map(str::to_owned));
    wanted.sort();
    assert_eq!(names, wanted);
}

#[test]
fn a_place_that_is_not_known_ends_with_three() {
    let place = place();
    for command in ["project", "outlook", "backtest"] {
        assert_eq!(catchment(place.path(), &[command, "ZZ9"]).status.code(), Some(3), "{command}");
    }
}

#[test]
fn a_backtest_without_months_says_why() {
    let place = place();
    let output = catchment(place.path(), &["backtest", "03W"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Not tested: no monthly appointments"), "{said}");
}

/// Nothing is published of the GPs of these practices: England's stand in, and no index is made of nothing.
#[test]
fn resilience_says_whose_figures_it_rests_on_and_makes_no_index_of_nothing() {
    let place = place();
    let output = catchment(place.path(), &["resilience", "03W", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = answer["exhibits"][0]["records"].as_array().unwrap();
    assert_eq!(rows.len(), 3, "{answer:#}");
    for row in rows {
        assert_eq!(row["gps_published_for"], "england", "{row}");
        assert!(!row["imbalance_index"].is_number() && !row["index_rests_on"].is_number(), "{row}");
    }
    assert!(answer["limits"].to_string().contains("no probability"), "{}", answer["limits"]);
}

#[test]
fn changed_assumptions_are_taken_and_wrong_ones_named() {
    let place = place();
    let outlook = |file: &str| {
        fs::write(place.path().join("told.toml"), file).unwrap();
        let asked = ["project", "03W", "--draws", "1", "--assumptions", "told.toml"];
        catchment(place.path(), &asked)
    };
    let told = outlook("[expectation_growth_gp]\nvalue = 0.03\nreason = \"counted here\"\n");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let plain = catchment(place.path(), &["project", "03W", "--draws", "1"]);
    assert!(told.stdout != plain.stdout, "a changed assumption changes the answer");
    let wrong = outlook("[no_such_thing]\nvalue = 1.0\nreason = \"-\"\n");
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("told.toml") && said.contains("no_such_thing"), "{said}");
}

#[test]
fn a_place_whose_residents_nobody_told_is_refused_by_name() {
    let place = place();
    let output = catchment(place.path(), &["population", "03W"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("small areas") || said.contains("residents"), "{said}");
}
