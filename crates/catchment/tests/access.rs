//! `catchment calc access` and `calc inequality` on tables of one's own: worked answers, and all problems at once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::process::{Command, Output};

const ORIGINS: &str = "id,people,x,y\na,8000,0,0\nb,12000,3,4\nc,5000,90,90\n";
const SITES: &str = "id,gps,x,y\np,5,0,0\nq,6,3,4\n";
const COSTS: &str = "origin,dest,cost\na,p,0\na,q,5\nb,p,5\nb,q,0\n";

/// Runs `calc access` on three tables in a folder of its own.
fn access(tables: [&str; 3], more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.args(["calc", "access", "--demand", "people", "--supply", "gps"]);
    command.arg("--origins").arg(path("origins.csv", tables[0]));
    command.arg("--sites").arg(path("sites.csv", tables[1]));
    if !tables[2].is_empty() {
        command.arg("--costs").arg(path("costs.csv", tables[2]));
    }
    command.args(more).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn journeys_given_and_journeys_found_answer_alike() {
    let given = access([ORIGINS, SITES, COSTS], &["--method", "3sfca"]);
    let found = access(
        [ORIGINS, SITES, ""],
        &["--method", "3sfca", "--coordinates", "x,y", "--radius", "30"],
    );
    assert!(given.status.success(), "{}", said(&given.stderr));
    assert_eq!(said(&given.stdout), said(&found.stdout));
}

#[test]
fn an_origin_that_reaches_nothing_has_no_figure_and_the_reason() {
    let output = access([ORIGINS, SITES, COSTS], &["--method", "2sfca", "--reach", "20"]);
    let answer = said(&output.stdout);
    assert!(answer.lines().any(|line| line == "c,,no site in reach"), "{answer}");
    assert!(said(&output.stderr).contains("5000 people reach no site"));
}

#[test]
fn everything_wrong_with_three_tables_is_told_at_once() {
    let origins = "id,people\na,8000\nb,-1\na,5\n";
    let sites = "id,gps\np,5\nq,\n";
    let costs = "origin,dest,cost\na,p,\na,q,-2\nz,p,3\na,p,1\na,p,1\n";
    let output = access([origins, sites, costs], &[]);
    let errors = said(&output.stderr);
    assert_eq!(output.status.code(), Some(3));
    for words in [
        "origins.csv, row 3, people: `-1`: expected a number of nought or more",
        "origins.csv, row 4, id: `a`: this name was given before",
        "sites.csv, row 3, gps: expected a number of nought or more",
        "costs.csv, row 2, cost: a journey without a cost",
        "costs.csv, row 3, cost: `-2`: a cost is nought or more",
        "costs.csv, row 4, origin: `z`: this name is in no row of its table",
        "costs.csv, row 6: `a to p`: this journey was given before",
    ] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn a_table_that_claims_to_be_whole_or_to_run_both_ways_is_held_to_it() {
    let places = "id,people,gps\na,1,1\nb,1,1\nc,1,1\n";
    let costs = "origin,dest,cost\na,b,5\nb,a,6\na,c,7\n";
    let both = access([places, places, costs], &["--symmetric"]);
    let errors = said(&both.stderr);
    assert!(errors.contains("`a to b 5, back 6`: there and back do not cost the same"), "{errors}");
    assert!(errors.contains("`a to c 7`: there is no journey back"), "{errors}");
    let whole = access([places, places, costs], &["--complete"]);
    assert!(said(&whole.stderr).contains("`c to a`: no such journey"));
}

fn inequality(folder: &Path, table: &str) -> String {
    let input = folder.join("table.csv");
    std::fs::write(&input, table).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.args(["calc", "inequality", "--value", "v", "--population", "p", "--rank", "r"]);
    said(&command.arg("--input").arg(&input).output().unwrap().stdout)
}

#[test]
fn five_equal_fifths_have_the_concentration_index_of_the_methods_chapter() {
    let folder = tempfile::tempdir().unwrap();
    let answer = inequality(folder.path(), "r,p,v\n1,1,5.2\n2,1,5.6\n3,1,5.9\n4,1,6.1\n5,1,6.4\n");
    let mut lines = answer.lines();
    let (head, row) = (lines.next().unwrap(), lines.next().unwrap());
    let at = head.split(',').position(|name| name == "concentration_index").unwrap();
    let index: f64 = row.split(',').nth(at).unwrap().parse().unwrap();
    assert_eq!(format!("{index:.4}"), "0.0397");
}
