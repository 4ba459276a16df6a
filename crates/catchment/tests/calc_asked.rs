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
    let words = "no column `deaths_2024` and no `people_2024`: the table has area, deaths_2022";
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

/// Four bands of admissions of which some people had several; figures by hand from Dobson's limits and the variance of `methods.md`.
#[test]
fn several_events_of_one_person_widen_the_limits() {
    let table = "people,w,admissions,one,two,three\n5200,5000,52,30,8,2\n5400,5500,33,20,5,1\n4600,5500,140,60,25,10\n1500,1500,240,70,40,30\n";
    let asked = ["dsr", "--numerator", "admissions", "--denominator", "people", "--weight", "w"];
    assert_figures(&calc(table, &asked), &LIMITS, &[2805.728, 2555.512, 3073.748], 5e-4);
    let repeated = [&asked[..], &["--people-with", "one,two,three"]].concat();
    assert_figures(&calc(table, &repeated), &LIMITS, &[2805.728, 2462.652, 3173.215], 5e-4);
    let short = calc(table, &[&asked[..], &["--people-with", "one,two"]].concat());
    assert_eq!(short.status.code(), Some(3));
    assert!(errors(&short).contains("46 events, not 52"), "{}", errors(&short));
    let table = "people,admissions,one,two\n4000,60,60,0\n6000,80,40,20\n";
    let asked = ["rate", "--numerator", "admissions", "--denominator", "people"];
    let repeated = [&asked[..], &["--people-with", "one,two"]].concat();
    assert_figures(&calc(table, &repeated), &LIMITS, &[1400.000, 1147.924, 1685.815], 5e-4);
}

/// Expected events by hand: 9,000 × 20/100,000 + 11,000 × 30/120,000 + 10,500 × 150/110,000 + 5,200 × 600/60,000 = 70.8682.
#[test]
fn a_ratio_needs_its_events_only_in_total() {
    let table = "area,deaths,people,ref_deaths,ref_people\nX,74,9000,20,100000\nX,,11000,30,120000\nX,,10500,150,110000\nX,,5200,600,60000\n";
    let reference =
        ["--reference-numerator", "ref_deaths", "--reference-denominator", "ref_people"];
    let isr = |table: &str, events: &str| {
        let asked = ["isr", "--by", "area", "--denominator", "people", events, "deaths"];
        calc(table, &[&asked[..], &reference].concat())
    };
    let names = ["observed", "expected", "value", "lower_95", "upper_95"];
    let figures = [74.0, 70.8682, 1.04419, 0.81988, 1.31091];
    assert_figures(&isr(table, "--observed"), &names, &figures, 5e-5);
    assert_figures(&isr(&table.replace("X,,", "X,74,"), "--observed"), &names, &figures, 5e-5);
    let by_band = isr(table, "--numerator");
    let why = "a number is missing: where only the total of events is known, name its column with `--observed`";
    assert_eq!(column(&by_band, "value"), [""]);
    assert!(String::from_utf8_lossy(&by_band.stdout).contains(why), "{by_band:?}");
    let two = isr(&table.replacen("X,,", "X,20,", 1), "--observed");
    assert_eq!(two.status.code(), Some(3), "two totals of one group: {two:?}");
    let none = isr(&table.replacen("X,74,", "X,*,", 1), "--observed");
    assert_eq!(column(&none, "withheld"), ["no row gives the total `deaths`"]);
}

#[test]
fn a_figure_is_withheld_with_the_mark_that_stands_in_the_table() {
    let table =
        "area,n,d\nA,<5,100\nB,1-7,100\nC,~,100\nD,[low],10\nE,[c],10\nF,5,10\nG,,10\nH,*,10\n";
    let asked = ["proportion", "--by", "area", "--numerator", "n", "--denominator", "d"];
    let output = calc(table, &asked);
    let expected = [
        "a number is suppressed (`<5`)",
        "a number is suppressed (`1-7`)",
        "a number is suppressed (`~`)",
        "a number is suppressed (`[low]`)",
        "a number is suppressed (`[c]`)",
        "",
        "a number is missing",
        "a number is suppressed",
    ];
    assert_eq!(column(&output, "withheld"), expected);
    assert_eq!(column(&output, "value"), ["", "", "", "", "", "0.5", "", ""]);
    let ranked = calc(table, &["quantile", "--value", "n", "--quantiles", "1"]);
    assert_eq!(column(&ranked, "withheld"), expected);
}

#[test]
fn tabs_titles_and_wide_text_are_read_and_a_name_that_stands_twice_is_refused() {
    let asked = ["proportion", "--by", "area", "--numerator", "n", "--denominator", "d"];
    for table in
        ["area\tn\td\nA\t1\t10\n", "area;n;d\nA;1;10\n", "Deaths of May\n\narea,n,d\nA,1,10\n,,\n"]
    {
        let output = calc(table, &asked);
        assert_eq!(column(&output, "value"), ["0.1"], "{table}");
        assert_eq!(errors(&output).contains("row 3"), table.starts_with("Deaths"), "{table}");
    }
    let twice = calc("area,n,n,d\nA,1,2,10\n", &asked);
    assert_eq!(twice.status.code(), Some(3));
    assert!(errors(&twice).contains("several columns are called `n`"), "{}", errors(&twice));
}
