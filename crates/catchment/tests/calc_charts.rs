//! `catchment calc` judges what it charts: months in order, gaps kept, trends by their direction, one bad row by itself.

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
    let mut rows = answer.lines().map(cells);
    let at = rows.next().and_then(|header| header.iter().position(|cell| cell == name));
    let at = at.unwrap_or_else(|| panic!("no column {name}: {}", errors(output)));
    rows.map(|row| row[at].clone()).collect()
}

/// The cells of a line, a comma within quotation marks not parting them.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}

fn assert_figures(output: &Output, names: &[&str], expected: &[f64]) {
    for (name, expected) in names.iter().zip(expected) {
        let found: f64 = column(output, name)[0].parse().unwrap();
        assert!((found - expected).abs() < 5e-5, "{name}: {found}, not {expected}");
    }
}

/// Months from January of a year on; a value that is not a number is written as this gap.
fn months(first_year: u32, values: &[f64], gap: &str) -> String {
    let row = |(at, value): (u32, &f64)| {
        let value = if value.is_nan() { gap.to_owned() } else { value.to_string() };
        format!("{}-{:02}-01,{value}\n", first_year + at / 12, at % 12 + 1)
    };
    format!("month,value\n{}", (0..).zip(values).map(row).collect::<String>())
}

fn summary(table: &str, more: &[&str]) -> Output {
    let chart = ["spc", "--value", "value", "--label", "month", "--better", "higher", "--summary"];
    calc(table, &[&chart, more].concat())
}

const LIMITS: [&str; 3] = ["mean", "lower", "upper"];
const SHIFT: [f64; 20] = [
    50., 52., 49., 51., 50., 48., 52., 50., 49., 51., 50., 52., 48., 60., 62., 59., 61., 60., 62.,
    63.,
];

#[test]
fn a_blank_or_suppressed_month_does_not_take_the_chart_away() {
    let mut values = [
        52.,
        55.,
        49.,
        61.,
        50.,
        57.,
        53.,
        48.,
        56.,
        f64::NAN,
        51.,
        58.,
        50.,
        55.,
        53.,
        57.,
        49.,
        54.,
    ];
    for gap in ["", "*"] {
        let output = summary(&months(2022, &values, gap), &[]);
        assert_figures(&output, &LIMITS, &[53.4118, 36.5651, 70.2584]);
        assert_eq!(column(&output, "without_figure"), ["2022-10-01"]);
        assert_eq!(column(&output, "variation"), ["common cause"]);
    }
    values.swap(9, 17);
    let output = summary(&months(2022, &values, ""), &[]);
    assert_figures(&output, &LIMITS, &[53.4118, 37.6180, 69.2055]);
    assert_eq!(column(&output, "variation"), ["common cause"]);
}

#[test]
fn months_in_any_order_make_one_chart() {
    let table = months(2022, &SHIFT, "");
    let (header, rows) = table.split_once('\n').unwrap();
    let mut turned: Vec<&str> = rows.lines().collect();
    turned.reverse();
    let mut by_month_of_year = turned.clone();
    by_month_of_year.sort_by_key(|row| row.split_once('-').map(|(_, rest)| rest.to_owned()));
    for rows in [turned, by_month_of_year, rows.lines().collect()] {
        let output = summary(&format!("{header}\n{}\n", rows.join("\n")), &[]);
        assert_figures(&output, &LIMITS, &[53.95, 47.09, 60.81]);
        assert_eq!(column(&output, "variation"), ["improvement, high"]);
    }
}

/// Five months of which the third is not in the table: moving ranges 2 and 1, by hand 51 ± 2.66 × 1.5.
#[test]
fn months_that_are_not_in_the_table_are_named_and_nothing_is_measured_over_them() {
    let table = "month,value\nMay 2023,52\nJan 2023,50\nFeb 2023,52\nApr 2023,51\n";
    let output = summary(table, &[]);
    assert_eq!(column(&output, "without_figure"), ["2023-03"]);
    assert_figures(&output, &LIMITS, &[51.25, 51.25 - 2.66 * 1.5, 51.25 + 2.66 * 1.5]);
    let quarters = table.replace("May", "Oct").replace("Feb", "Jul");
    assert_eq!(column(&summary(&quarters, &[]), "without_figure"), [""], "quarters have no gap");
}

#[test]
fn a_month_that_stands_twice_or_is_no_date_has_no_chart() {
    let twice = summary("month,value\n2023-01,1\nJan 2023,2\n2023-02,2\n", &[]);
    assert!(column(&twice, "withheld")[0].contains("stands twice"), "{twice:?}");
    let mixed = summary("month,value\n2023-01,1\nthird,2\n", &[]);
    assert!(column(&mixed, "withheld")[0].contains("`third` is no date"), "{mixed:?}");
}

#[test]
fn new_limits_begin_at_a_date_however_it_is_written() {
    let table = months(2022, &SHIFT, "");
    for day in ["2023-02-01", "01/02/2023", "Feb 2023"] {
        let rebase = format!("{day}=new telephone system");
        let output = summary(&table, &["--target", "55", "--rebase", &rebase]);
        assert_figures(&output, &LIMITS, &[61.0, 56.1233, 65.8767]);
        assert_eq!(column(&output, "assurance"), ["consistently passes"]);
    }
    let output = summary(&table, &["--rebase", "2024-02-01=new telephone system"]);
    assert_eq!(output.status.code(), Some(3));
    let said = errors(&output);
    assert!(said.contains("there is no such point: the table has 2022-01-01, "), "{said}");
}

/// Rises of seven months below the mean and falls above it.
#[test]
fn a_trend_is_judged_by_its_direction() {
    let falling = [
        50., 58., 49., 61., 52., 47., 55., 50., 46., 57., 49., 53., 48., 74., 71., 69., 66., 64.,
        62., 60.,
    ];
    let table = months(2022, &falling, "");
    let output = summary(&table, &[]);
    assert_figures(&output, &LIMITS, &[57.05, 39.13, 74.97]);
    assert_eq!(column(&output, "variation"), ["concern, low"]);
    let rising = months(2022, &falling.map(|value| 104.0 - value), "");
    assert_eq!(column(&summary(&rising, &[]), "variation"), ["improvement, high"]);
}

/// Of the sound rows 575 of 770 are done, 0.746753.
#[test]
fn an_unusable_row_of_a_funnel_withholds_itself_and_nothing_else() {
    let table =
        "practice,done,eligible\nA,80,100\nB,45,60\nC,*,*\nD,0,0\nE,300,350\nF,7,5\nG,150,260\n";
    let funnel = ["funnel", "--statistic", "proportion", "--numerator", "done"];
    let funnel = [&funnel[..], &["--denominator", "eligible", "--label", "practice"]].concat();
    let output = calc(table, &funnel);
    let usual = "Not significant";
    let expected = [usual, usual, "", "", "High (0.001)", "", "Low (0.001)"];
    assert_eq!(column(&output, "standing"), expected);
    let larger = "the numerator is larger than the denominator";
    let why = ["", "", "a number is suppressed", "the denominator is nought", "", larger, ""];
    assert_eq!(column(&output, "withheld"), why);
    assert!(errors(&output).contains("3 of 7 rows"), "{}", errors(&output));
    let limits = calc(table, &[&funnel[..], &["--limits", "--multiplier", "1"]].concat());
    assert_figures(&limits, &["average"], &[0.746_753]);
}

/// Ten samples of 200 in a published textbook: 0.16, with limits 0.0822 and 0.2378; one more month cannot be.
#[test]
fn shares_rates_and_rare_events_have_charts_of_their_own() {
    let found = [40, 44, 22, 34, 24, 32, 28, 32, 34, 30];
    let row = |found: &i32| format!("{found},200\n");
    let rows = found.iter().map(row).collect::<Vec<_>>().concat();
    let table = format!("found,of\n{rows}7,5\n");
    let asked = ["spc", "--chart", "p", "--value", "found", "--denominator", "of"];
    let summary = calc(&table, &[&asked[..], &["--summary"]].concat());
    assert_figures(&summary, &LIMITS, &[0.16, 0.0822, 0.2378]);
    let points = calc(&table, &asked);
    assert_eq!(column(&points, "value")[..2], ["0.2", "0.22"]);
    assert_eq!(column(&points, "withheld")[10], "the numerator is larger than the denominator");
    let undivided = calc(&table, &asked[..5]);
    assert_ne!(undivided.status.code(), Some(0), "a share needs its denominator");
    let none = calc(&table, &["spc", "--value", "found", "--denominator", "of"]);
    assert_eq!(none.status.code(), Some(3));
    // Montgomery's dyed cloth: each roll has limits of its own.
    let cloth = "c,n\n14,10\n12,8\n20,13\n11,10\n7,9.5\n10,10\n21,12\n16,10.5\n19,12\n23,12.5\n";
    let points = calc(cloth, &["spc", "--chart", "u", "--value", "c", "--denominator", "n"]);
    let upper = column(&points, "upper")
        .iter()
        .map(|cell| cell.parse::<f64>().unwrap())
        .collect::<Vec<_>>();
    let printed = [2.55, 2.68, 2.41, 2.55, 2.58, 2.55, 2.45, 2.52, 2.45, 2.43];
    assert!(
        upper.iter().zip(printed).all(|(found, printed)| (found - printed).abs() < 0.01),
        "{upper:?}"
    );
    let days = calc("days\n0\n4\n9\n", &["spc", "--chart", "t", "--value", "days"]);
    assert_ne!(column(&days, "withheld")[0], "", "no time between events has no place");
    let cases = calc("n\n4\n8\n0\n12\n6\n", &["spc", "--chart", "g", "--value", "n", "--summary"]);
    assert_figures(&cases, &LIMITS, &[6.0, 0.0, 6.0 + 3.0 * 42.0_f64.sqrt()]);
}

#[test]
fn a_run_chart_counts_runs_and_crossings() {
    let rows: String = (0..24).map(|at| if at < 12 { "1\n" } else { "2\n" }).collect();
    let output =
        calc(&format!("n\n{rows}"), &["spc", "--chart", "run", "--value", "n", "--summary"]);
    let names = ["median", "useful", "longest_run", "longest_usual", "crossings", "fewest_usual"];
    assert_figures(&output, &names, &[1.5, 24.0, 12.0, 8.0, 1.0, 8.0]);
    assert_eq!(column(&output, "signal"), ["true"]);
    let short = calc("n\n1\n2\n3\n", &["spc", "--chart", "run", "--value", "n", "--summary"]);
    assert_eq!(column(&short, "withheld"), ["fewer than ten figures off the median"]);
}

#[test]
fn the_latest_of_targets_that_change_is_judged() {
    let table = months(2022, &SHIFT, "");
    let mut lines = table.lines().map(str::to_owned).collect::<Vec<_>>();
    lines[0] += ",aim";
    lines[1] += ",40";
    lines[14] += ",70";
    for line in &mut lines[2..] {
        if line.matches(',').count() == 1 {
            line.push(',');
        }
    }
    let asked = ["--target-column", "aim", "--rebase", "2023-02-01=new telephone system"];
    let output = summary(&(lines.join("\n") + "\n"), &asked);
    assert_eq!(column(&output, "assurance"), ["consistently fails"], "70 lies above 65.88");
    let first = summary(&table, &["--target", "40", asked[2], asked[3]]);
    assert_eq!(column(&first, "assurance"), ["consistently passes"]);
}

#[test]
fn years_and_quarters_stand_in_order_and_other_labels_are_told() {
    for (labels, missing) in [
        (["2014/15", "2012/13", "2011/12", "2010/11"], "2013/14"),
        (["2023 Q4", "2023 Q2", "2023 Q1", "2022 Q4"], "2023-07"),
        (["2023", "2021", "2020", "2019"], "2022"),
    ] {
        let rows: Vec<String> = labels
            .iter()
            .zip([9, 5, 4, 3])
            .map(|(label, value)| format!("{label},{value}"))
            .collect();
        let output = calc(
            &format!("month,value\n{}\n", rows.join("\n")),
            &["spc", "--value", "value", "--label", "month"],
        );
        assert_eq!(column(&output, "value"), ["3", "4", "5", "", "9"], "{labels:?}");
        assert_eq!(column(&output, "month")[3], missing);
    }
    let output = summary("month,value\nfirst,1\nsecond,2\nthird,1\n", &[]);
    assert!(errors(&output).contains("in the order of the table"), "{output:?}");
}

#[test]
fn percentages_and_shares_are_not_mixed() {
    let signs = calc("n\n45%\n46\n44%\n", &["spc", "--value", "n"]);
    assert_eq!(signs.status.code(), Some(3));
    assert!(errors(&signs).contains("row 3, n: `46`"), "{}", errors(&signs));
    let mixed = calc("n\n0.45\n46\n0.44\n47\n", &["spc", "--value", "n", "--summary"]);
    assert!(column(&mixed, "withheld")[0].contains("0.45 looks like a share and 46"), "{mixed:?}");
    let waits = calc("n\n0.5\n12\n0.7\n3\n", &["spc", "--value", "n", "--summary"]);
    assert_eq!(column(&waits, "withheld"), [""]);
}

/// The survey of the handbook: 0.438 to 0.951 at 110 asked and 99.8% with the spread between practices, 0.611 to 0.869
/// without.
#[test]
fn funnels_take_levels_of_ones_own_and_are_drawn_with_their_spread() {
    let table = "x,n\n70,110\n88,112\n95,115\n60,108\n81,109\n102,118\n77,113\n90,111\n";
    let funnel = ["funnel", "--statistic", "proportion", "--numerator", "x", "--denominator", "n"];
    let ask = |more: &[&str]| calc(table, &[&funnel[..], more].concat());
    let drawn = |more: &[&str]| {
        let output = ask(&[&["--limits", "--multiplier", "1"], more].concat());
        let at = column(&output, "population").iter().position(|size| size == "110").unwrap();
        ["lower_99_8", "upper_99_8"].map(|name| column(&output, name)[at].parse::<f64>().unwrap())
    };
    let [lower, upper] = drawn(&["--overdispersion"]);
    assert!((lower - 0.438).abs() < 6e-4 && (upper - 0.951).abs() < 6e-4, "{lower} {upper}");
    let [lower, upper] = drawn(&[]);
    assert!((lower - 0.611).abs() < 6e-4 && (upper - 0.869).abs() < 6e-4, "{lower} {upper}");
    let own = ask(&["--confidence", "0.5,0.6"]);
    assert!(column(&own, "standing").contains(&"Low (0.2)".to_owned()), "{own:?}");
    assert_eq!(ask(&["--confidence", "0.99,0.95"]).status.code(), Some(3));
    let spread = ask(&["--overdispersion"]);
    assert_eq!(column(&spread, "standing")[3], "Low (0.001)");
    assert_eq!(column(&spread, "standing_with_spread")[3], "Not significant");
}
