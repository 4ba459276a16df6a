//! `catchment calc` answers the question asked or says why not: with another column, half an age band or a date never.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::process::{Command, Output};

fn calc(table: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("table.csv");
    std::fs::write(&input, table).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.arg("calc").args(arguments).arg("--input").arg(input).output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The cells of one column of an answer, in order of its rows.
fn column(output: &Output, name: &str) -> Vec<String> {
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut lines = answer.lines();
    let at = lines.next().and_then(|header| header.split(',').position(|cell| cell == name));
    let at = at.unwrap_or_else(|| panic!("no column {name} in {answer}{}", errors(output)));
    lines.filter_map(|line| line.split(',').nth(at).map(str::to_owned)).collect()
}

/// Whether the first rows of columns hold these figures.
fn assert_figures(output: &Output, names: &[&str], expected: &[f64], within: f64) {
    for (name, expected) in names.iter().zip(expected) {
        let found: f64 = column(output, name)[0].parse().unwrap();
        assert!((found - expected).abs() < within, "{name}: {found}, not {expected}");
    }
}

const LIMITS: [&str; 3] = ["value", "lower_95", "upper_95"];

#[test]
fn a_column_of_another_year_is_no_answer() {
    let table = "area,deaths_2022,deaths_2023,people_2022,people_2023\nA,50,60,10000,10100\n";
    let rate = |year: &str| {
        let (deaths, people) = (format!("deaths_{year}"), format!("people_{year}"));
        calc(table, &["rate", "--by", "area", "--numerator", &deaths, "--denominator", &people])
    };
    let refused = rate("2024");
    assert_eq!(refused.status.code(), Some(3));
    let words = "no column `deaths_2024`: the table has area, deaths_2022, deaths_2023";
    assert!(errors(&refused).contains(words), "{}", errors(&refused));
    assert_figures(&rate("2023"), &["value"], &[594.059_406], 1e-5);
    assert_eq!(
        calc(table, &["rate", "--numerator", "deaths", "--denominator", "people"]).status.code(),
        Some(3)
    );
}

fn rate_by_age(table: &str) -> Output {
    calc(table, &["dsr", "--numerator", "deaths", "--denominator", "people", "--age-band", "age"])
}

/// Six wide bands; Dobson's formula by hand with the weights 16,000, 38,000, 26,500, 10,500, 6,500 and 2,500.
const WIDE: &str = "age,deaths,people\n85+,95,2000\n0-14,4,16000\n15-44,20,31000\n45-64,75,21000\n65 to 74,90,9000\n75-84,110,5000\n";

#[test]
fn a_wide_or_open_band_has_the_weight_of_all_it_covers() {
    let output = rate_by_age(WIDE);
    assert_figures(&output, &LIMITS, &[489.908_986, 442.677_077, 540.803_912], 1e-5);
    assert_eq!(column(&output, "ages"), ["0 and over"]);
}

#[test]
fn missing_repeated_and_partial_bands_carry_no_rate() {
    let without = WIDE.replace("45-64,75,21000\n", "");
    assert_eq!(column(&rate_by_age(&without), "withheld"), ["the ages 45 to 64 are missing"]);
    assert_eq!(column(&rate_by_age(&without), "value"), [""]);
    let twice = format!("{WIDE}75-84,110,5000\n");
    assert!(column(&rate_by_age(&twice), "withheld")[0].starts_with("two rows begin with age 75"));
    let part = rate_by_age(&WIDE.replace("15-44", "15-43"));
    assert!(errors(&part).contains("`15-43`: expected an age band of whole five-year bands"));
}

#[test]
fn bands_that_became_dates_are_refused_by_every_method() {
    let life = ["life-expectancy", "--deaths", "deaths", "--population", "people", "--age", "age"];
    let list = ["weighted-list", "--age", "age", "--sex", "sex", "--people", "people"];
    let rate = ["dsr", "--numerator", "deaths", "--denominator", "people", "--age-band", "age"];
    let table = "age,sex,deaths,people\n05-Sep,m,2,5400\nOct-14,m,3,5300\n";
    for arguments in [&life[..], &list, &rate] {
        let output = calc(table, arguments);
        let said = errors(&output);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(
            said.contains("row 2, age: `05-Sep`: expected an age band, and this is a date"),
            "{said}"
        );
        assert!(
            said.contains("row 3, age: `Oct-14`: expected an age band, and this is a date"),
            "{said}"
        );
    }
}

#[test]
fn an_open_band_of_a_weighted_list_is_read_to_its_end() {
    let output = calc(
        "age,sex,n\n65+,m,9\n",
        &["weighted-list", "--age", "age", "--sex", "sex", "--people", "n"],
    );
    assert!(errors(&output).contains("`65+`: expected an age band within which everybody weighs"));
}

/// A life table of nineteen bands, the last one 85 and over; Chiang's table by hand has 77.5595 years at birth.
fn table_to_85(last: &str) -> String {
    let deaths = [8, 2, 1, 1, 4, 6, 8, 10, 14, 22, 33, 48, 70, 100, 140, 190, 240, 290, 600];
    let older = [9500, 9000, 8500, 8000, 7000, 5500, 3500, 3400];
    let people = [2000, 8000, 10_000].into_iter().chain([10_000; 8]).chain(older);
    let closed = (5..85).step_by(5).map(|age| format!("{age} - {}", age + 4));
    let names = ["0".to_owned(), "1 - 4".to_owned()].into_iter().chain(closed);
    let rows = names.chain([last.to_owned()]).zip(deaths.into_iter().zip(people));
    let rows: Vec<String> = rows.map(|(age, (d, p))| format!("{age},{d},{p}\n")).collect();
    format!("age,deaths,people\n{}", rows.concat())
}

fn years(table: &str, at: &str) -> Output {
    let columns = ["--deaths", "deaths", "--population", "people", "--age", "age", "--at", at];
    calc(table, &[&["life-expectancy"], &columns[..]].concat())
}

#[test]
fn a_life_table_may_end_in_85_and_over() {
    let birth = years(&table_to_85("85 +"), "0");
    assert_figures(&birth, &LIMITS, &[77.559_509, 76.882_164, 78.236_854], 1e-5);
    assert_figures(&years(&table_to_85("85"), "65"), &["value"], &[17.737_346], 1e-5);
}

#[test]
fn ages_that_a_life_table_does_not_reach_are_told() {
    let old = years(&table_to_85("85+"), "90");
    assert_eq!(column(&old, "withheld"), ["the last age band is 85 and over"]);
    assert!(
        errors(&years(&table_to_85("85+"), "67")).contains("--at 67: no age band begins there")
    );
    let closed = years(&table_to_85("85-89"), "0");
    assert_eq!(
        column(&closed, "withheld"),
        ["the last age band is 85 to 89 and not open like 85+"]
    );
}
