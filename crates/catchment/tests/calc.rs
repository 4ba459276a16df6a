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
