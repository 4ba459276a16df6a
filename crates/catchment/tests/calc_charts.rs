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
