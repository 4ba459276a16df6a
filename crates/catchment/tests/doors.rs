//! Doors agree: what a page, its download, a command as JSON and a claim say of the same question is the same number.
//!
//! | question | page or download | command | claim |
//! |---|---|---|---|
//! | figure of every practice, the place and England | `compare.csv` | `indicator run` | – |
//! | first and last figure of the whole series | `trend.csv` | `indicator run --period` | change since |
//! | practices and patients of the place | page of the place | `place` | number of practices |
//! | gap of GPs, nurses and others by year | `roles.csv` | `outlook` | gap to come |

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The invented place in its country: its store and its site.
struct Doors {
    folder: tempfile::TempDir,
    address: String,
    _served: Served,
}

/// Ends the site when the tests do.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn catchment(store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.arg("--store").arg(store).args(arguments).stderr(Stdio::piped());
    command
}

impl Doors {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
        command.args(["demo", "--port", "0", "--folder"]).arg(folder.path());
        let mut served = Served(command.stdout(Stdio::piped()).spawn().unwrap());
        let mut said = BufReader::new(served.0.stdout.take().unwrap()).lines().map(Result::unwrap);
        let line = said.find(|line| line.contains("serves at")).unwrap();
        let address = line.split("http://").nth(1).unwrap().split_whitespace().next().unwrap();
        Self { address: address.to_owned(), folder, _served: served }
    }

    /// What a command answers.
    fn json(&self, arguments: &[&str]) -> Value {
        let output =
            catchment(&self.folder.path().join("store"), &[arguments, &["--json"]].concat())
                .output()
                .unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
    }

    /// A page or a download, without its headers; asked for again while it is worked out.
    fn page(&self, path: &str) -> String {
        for _ in 0..600 {
            let mut connection = TcpStream::connect(&self.address).unwrap();
            let request = format!(
                "GET {path} HTTP/1.0\r\nHost: {}\r\nConnection: close\r\n\r\n",
                self.address
            );
            connection.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            connection.read_to_end(&mut answer).unwrap();
            let answer = String::from_utf8_lossy(&answer).into_owned();
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            let is_working = body.contains("data-working") || head.contains("no-store");
            if head.contains(" 200 ") && !is_working {
                return body.to_owned();
            }
            assert!(is_working, "{path}: {head}");
            std::thread::park_timeout(std::time::Duration::from_millis(200));
        }
        panic!("{path} is not done");
    }

    /// The rows of a download by the first of these columns: the figure of each of the others.
    fn table(&self, path: &str, key: &str, columns: &[&str]) -> BTreeMap<String, Vec<Option<f64>>> {
        let text = self.page(path);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headings = reader.headers().unwrap().clone();
        let at = |name: &str| headings.iter().position(|one| one == name).expect(name);
        let (key, columns): (usize, Vec<usize>) =
            (at(key), columns.iter().map(|name| at(name)).collect());
        let row = |row: csv::StringRecord| {
            let figures = columns.iter().map(|column| row[*column].parse().ok()).collect();
            (row[key].to_owned(), figures)
        };
        reader.records().map(|record| row(record.unwrap())).collect()
    }
}

/// Whether two numbers are the same, but for the last digit that reading JSON may lose; none is only none.
fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * one.abs().max(1e-3),
        (one, other) => one == other,
    }
}

/// The text of a page without tags.
fn plain(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words)).collect()
}

fn the_figure_of_everybody_is_the_same_in_a_download_and_a_command(doors: &Doors) {
    let figures =
        ["Value", "Lower confidence limit", "Upper confidence limit", "Count", "Denominator"];
    for id in ["did_not_attend", "appointments_per_1000", "qualified_gp_per_10000", "list_growth"] {
        let path = format!("/indicator/{id}/compare.csv?within=QZ0&level=practice");
        let page = doors.table(&path, "Area code", &figures);
        let run = doors.json(&["indicator", "run", id, "--place", "QZ0", "--level", "practice"]);
        let rows = run["rows"].as_array().unwrap();
        assert!(rows.len() > 30 && rows.len() == page.len(), "{id}: {} rows", rows.len());
        for row in rows {
            let code = row["code"].as_str().unwrap();
            let named = ["value", "lower", "upper", "numerator", "denominator"];
            let command: Vec<Option<f64>> = named.iter().map(|name| row[*name].as_f64()).collect();
            let factor = page[code][0].zip(command[0]).map_or(1.0, |(one, other)| one / other);
            let near = |one: Option<f64>, other: Option<f64>, factor: f64| match (one, other) {
                (Some(one), Some(other)) => {
                    (one - other * factor).abs() <= 1e-9 * one.abs().max(1.0)
                }
                (one, other) => one == other,
            };
            assert!(
                [1.0, 100.0, 1_000.0, 10_000.0].iter().any(|unit| (factor - unit).abs() < 1e-6),
                "{id}, {code}: {factor}"
            );
            for (at, name) in named.iter().enumerate() {
                let factor = if at < 3 { factor } else { 1.0 };
                assert!(
                    near(page[code][at], command[at], factor),
                    "{id}, {code}, {name}: {:?} and {:?}",
                    page[code][at],
                    command[at]
                );
            }
        }
    }
}

fn the_two_ends_of_a_series_are_those_of_a_claim_and_of_a_command(doors: &Doors) {
    let page = doors.table("/indicator/did_not_attend/trend.csv?within=QZ0", "period", &["value"]);
    let claim = doors.json(&[
        "claim",
        "The share of appointments not attended has fallen since October 2024.",
        "--place",
        "QZ0",
    ]);
    for (short, period) in [("Oct 2024", "2024-10"), ("Oct 2025", "2025-10")] {
        let run = ["indicator", "run", "did_not_attend", "--place", "QZ0", "--level", "place"];
        let run = doors.json(&[&run[..], &["--period", period]].concat());
        let of_place = |row: &&Value| row["code"] == "QZ0";
        let row = run["rows"].as_array().unwrap().iter().find(of_place).cloned().unwrap();
        let figures = claim["figures"].as_array().unwrap();
        let told = figures.iter().find(|figure| figure["period"] == period).unwrap();
        assert!(same(page[short][0], told["value"].as_f64()), "{period}");
        assert!(same(row["value"].as_f64(), told["value"].as_f64()), "{period}");
    }
    assert!(page.len() >= 13, "the whole series: {} points", page.len());
}

fn a_place_has_as_many_practices_and_patients_behind_every_door(doors: &Doors) {
    let command = doors.json(&["place", "QZ0"]);
    let (practices, patients) =
        (command["practices"].as_u64().unwrap(), command["patients"].as_f64().unwrap());
    let claim = doors.json(&["claim", "There are 12 practices.", "--place", "QZ0"]);
    let told = |label: &str| {
        let figures = claim["figures"].as_array().unwrap();
        figures.iter().find(|one| one["label"] == label).unwrap()["value"].as_f64().unwrap()
    };
    assert_eq!(claim["verdict"], "not_supported");
    assert!((told("General practices with a list") - practices as f64).abs() < 0.5);
    assert!((told("Registered patients") - patients).abs() < 0.5);
    let page = plain(&doors.page("/place/QZ0"));
    let words = format!(
        "with {},{:03} registered patients",
        patients as u64 / 1_000,
        patients as u64 % 1_000
    );
    assert!(page.contains(&words), "{words} is not on the page");
    assert!(page.contains("30 practices") && practices == 30, "{practices}");
}

fn the_gap_to_come_is_the_same_on_the_page_in_the_command_and_in_a_claim(doors: &Doors) {
    let command = doors.json(&["outlook", "QZ0"]);
    let exhibits = command["exhibits"].as_array().unwrap();
    let records = |id: &str| {
        let found = exhibits.iter().find(|exhibit| exhibit["id"] == id).expect("an exhibit");
        found["records"].as_array().unwrap().clone()
    };
    let columns = ["gps_middle", "gps_p10", "gps_p90", "nurses_middle", "others_middle"];
    let _ = doors.page("/place/QZ0/outlook");
    let page = doors.table("/place/QZ0/outlook/roles.csv", "year", &columns);
    let roles = records("roles");
    assert_eq!((roles.len(), page.len()), (6, 6));
    for record in &roles {
        let year = record["year"].as_str().unwrap();
        for (at, column) in columns.iter().enumerate() {
            assert!(same(page[year][at], record[*column].as_f64()), "{year}, {column}");
        }
    }
    let claim = doors.json(&[
        "claim",
        "There is a projected gap between demand and capacity.",
        "--place",
        "QZ0",
    ]);
    let middle = roles[5]["gps_middle"].as_f64().unwrap();
    let figures = claim["figures"].as_array().unwrap_or_else(|| panic!("{claim:#}"));
    let told = figures.iter().filter_map(|one| one["value"].as_f64());
    assert!(told.clone().any(|value| (value - middle).abs() < 1e-9), "{middle}: {claim:#}");
    let lead = command["lead"].as_str().unwrap();
    assert!(
        plain(&doors.page("/place/QZ0/outlook")).contains(lead.split(':').next().unwrap()),
        "{lead}"
    );
}

#[test]
fn doors_agree() {
    let doors = Doors::open();
    the_figure_of_everybody_is_the_same_in_a_download_and_a_command(&doors);
    the_two_ends_of_a_series_are_those_of_a_claim_and_of_a_command(&doors);
    a_place_has_as_many_practices_and_patients_behind_every_door(&doors);
    the_gap_to_come_is_the_same_on_the_page_in_the_command_and_in_a_claim(&doors);
}
