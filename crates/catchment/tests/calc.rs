//! `catchment calc` on tables as people have them: bad cells are named, and CSV and Parquet answer alike.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::process::{Command, Output};

const TABLE: &str = "practice,num,den\nA,5,10\nB,x,10\nC,11,10\nD,-1,10\nE,*,10\nF,3\nG,0,10\n";

fn proportion(folder: &Path, table: &str, more: &[&str]) -> Output {
    let input = folder.join("table.csv");
    std::fs::write(&input, table).unwrap();
    calc(
        &input,
        &[&["proportion", "--by", "practice", "--numerator", "num", "--denominator", "den"], more]
            .concat(),
    )
}

fn calc(input: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.arg("calc").args(arguments).arg("--input").arg(input);
    command.output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn answer(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_bad_row_is_named_and_nothing_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let output = proportion(folder.path(), TABLE, &[]);
    let said = errors(&output);
    assert_eq!(output.status.code(), Some(3));
    assert!(said.contains("row 3, num: `x`: expected a number"), "{said}");
    assert!(said.contains("row 7: `2 fields`"), "{said}");
    assert_eq!(answer(&output), "");
}

#[test]
fn bad_rows_left_out_on_request_give_no_figure_of_nought() {
    let folder = tempfile::tempdir().unwrap();
    let output = proportion(folder.path(), TABLE, &["--skip-bad-rows"]);
    let groups: Vec<String> = answer(&output)
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next().map(str::to_owned))
        .collect();
    assert_eq!(groups, ["A", "C", "D", "E", "G"]);
    assert!(errors(&output).contains("left out: 2 problems"));
}

#[test]
fn what_cannot_be_worked_out_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let said = answer(&proportion(folder.path(), TABLE, &["--skip-bad-rows"]));
    for (group, reason) in [
        ("C", "the numerator is larger than the denominator"),
        ("D", "a count or population is negative"),
        ("E", "a number is suppressed"),
    ] {
        let line = said.lines().find(|line| line.starts_with(group)).unwrap();
        assert!(line.ends_with(reason), "{line}");
    }
}

#[test]
fn a_column_that_is_not_there_is_named_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let output = proportion(folder.path(), "surgery,num,den\nA,1,2\n", &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        errors(&output).contains("there is no column `practice`: the table has surgery, num, den")
    );
}

#[test]
fn empty_damaged_and_missing_tables_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let empty = proportion(folder.path(), "", &[]);
    assert!(errors(&empty).contains("the table is empty"), "{}", errors(&empty));
    let damaged = folder.path().join("damaged.parquet");
    std::fs::write(&damaged, b"PAR1 and then nothing of the kind").unwrap();
    let damaged = calc(&damaged, &["mean", "--value", "value"]);
    assert!(errors(&damaged).contains("this is no Parquet file"), "{}", errors(&damaged));
    let missing = calc(&folder.path().join("none.csv"), &["mean", "--value", "value"]);
    assert_eq!(
        (empty.status.code(), damaged.status.code(), missing.status.code()),
        (Some(3), Some(3), Some(4))
    );
}

#[test]
fn parquet_and_csv_answer_alike() {
    let folder = tempfile::tempdir().unwrap();
    let sound = "practice,num,den\nA,5,10\nB,7,10\nC,1,10\n\"D, the last\",0,10\n";
    let means = ["csv", "parquet"].map(|kind| {
        let table = folder.path().join(format!("answer.{kind}"));
        let output = proportion(folder.path(), sound, &["--output", table.to_str().unwrap()]);
        assert!(output.status.success(), "{}", errors(&output));
        answer(&calc(&table, &["mean", "--by", "practice", "--value", "value"]))
    });
    assert_eq!(means[0], means[1]);
    assert!(means[0].contains("\"D, the last\",1,0,"), "{}", means[0]);
}

/// The worked list of ten thousand, with what stands for the whole list in every row.
fn worked_list() -> String {
    let ages = ["0-4", "5-14", "15-44", "45-64", "65-74", "75-84", "85+"];
    let men = [250, 560, 2100, 1250, 420, 260, 80];
    let women = [240, 540, 2150, 1280, 450, 310, 110];
    let mut lines = vec!["age,sex,people,homes,new,smr,ill,mff,rural\n".to_owned()];
    for (sex, people) in [("male", men), ("female", women)] {
        for (age, people) in ages.iter().zip(people) {
            let (homes, new) = if (*age, sex) == ("85+", "female") { (120, 900) } else { (0, 0) };
            lines.push(format!("{age},{sex},{people},{homes},{new},108,112,1,0.99\n"));
        }
    }
    lines.concat()
}

fn weighted_list(table: &str, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("list.csv");
    std::fs::write(&input, table).unwrap();
    let columns = ["weighted-list", "--age", "age", "--sex", "sex", "--people", "people"];
    calc(&input, &[&columns[..], more].concat())
}

/// The row of an answer of one row, by name of its column.
fn cell(output: &Output, name: &str) -> String {
    let answer = answer(output);
    let mut lines = answer.lines().map(|line| line.split(',').map(str::to_owned));
    let mut cells = lines.next().unwrap().zip(lines.next().unwrap());
    cells.find(|(column, _)| column == name).unwrap().1
}

#[test]
fn the_worked_list_weighs_ten_thousand() {
    let parts = ["--in-homes", "homes", "--new", "new", "--mortality", "smr", "--illness", "ill"];
    let more = [&parts[..], &["--market-forces", "mff", "--rurality", "rural"]].concat();
    let output = weighted_list(&worked_list(), &more);
    let weighted: f64 = cell(&output, "weighted").parse().unwrap();
    assert!((weighted - 10_000.0).abs() < 0.5, "{weighted}{}", errors(&output));
    assert_eq!(cell(&output, "taken_as_england"), "");
}

#[test]
fn parts_of_a_list_without_a_column_are_named() {
    let output = weighted_list(&worked_list(), &["--in-homes", "homes"]);
    let taken = "new patients; additional needs; market forces factor; rurality";
    assert_eq!(cell(&output, "taken_as_england"), taken);
}

#[test]
fn a_band_that_crosses_the_ages_of_the_formula_is_refused() {
    let output = weighted_list("age,sex,people\n40-49,male,10\n", &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(errors(&output).contains("none may cross 5, 15, 45"), "{}", errors(&output));
}

#[test]
fn the_worked_quality_indicator_pays_what_the_rules_say() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("points.csv");
    std::fs::write(&input, "p,from,to,got,list,here,england\n38,0.4,0.85,0.72,12000,0.161,0.153\n")
        .unwrap();
    let columns = ["--points", "p", "--lower", "from", "--upper", "to", "--achieved", "got"];
    let lists = ["--list", "list", "--prevalence", "here", "--england-prevalence", "england"];
    let year = ["quality-payment", "--year", "2025/26"];
    let output = calc(&input, &[&year[..], &columns, &lists].concat());
    let pounds: f64 = cell(&output, "pounds").parse().unwrap();
    assert!((pounds - 7_555.0).abs() < 0.5, "{pounds}{}", errors(&output));
}
