//! Figures of indicators: of everybody, of one practice, of a place, and their series.

use serde_json::Value;

use crate::doors::{Doors, PLACE, Table, doors, plain, records, row_of, same, says, told};

/// A practice of the place.
const PRACTICE: &str = "H90007";

fn run(doors: &Doors, id: &str, level: &str) -> Value {
    doors.json(&["figures", id, "--place", PLACE, "--level", level])
}

/// How an organisation is compared on an indicator.
fn comparisons(doors: &Doors, id: &str, place: &str) -> Vec<Value> {
    records(&doors.json(&["indicator", place, "--indicator", id]), "comparisons")
}

/// The figure of an organisation, as its answer has it beside that of all.
fn asked(doors: &Doors, id: &str, place: &str) -> Option<f64> {
    let rows = records(&doors.json(&["indicator", place, "--indicator", id]), "compare");
    row_of(&rows.into(), "Area code", place)["Value"].as_f64()
}

fn of_place(doors: &Doors, id: &str) -> Value {
    row_of(&run(doors, id, "place")["rows"], "code", PLACE).clone()
}

#[test]
fn every_practice_has_the_same_figure_and_limits_in_a_download_and_in_a_command() {
    let doors = doors();
    let named = [
        ("Value", "value"),
        ("Lower confidence limit", "lower"),
        ("Upper confidence limit", "upper"),
        ("Count", "numerator"),
        ("Denominator", "denominator"),
    ];
    for id in ["did_not_attend", "appointments_per_1000", "qualified_gp_per_10000", "list_growth"] {
        let page =
            doors.table(&format!("/indicator/{id}/compare.csv?within={PLACE}&level=practice"));
        let answer = run(doors, id, "practice");
        let rows = answer["rows"].as_array().unwrap();
        assert!(rows.len() > 30 && rows.len() == page.len(), "{id}: {} rows", rows.len());
        for row in rows {
            let code = row["code"].as_str().unwrap();
            for (column, field) in named {
                let of_page = page.number(("Area code", code), column);
                same(of_page, row[field].as_f64(), &format!("{id}, {code}, {column}"));
            }
        }
    }
}

#[test]
fn a_practice_has_the_same_figures_on_its_page_in_a_run_in_a_comparison_and_in_the_contents_of_its_place()
 {
    let doors = doors();
    let page = doors.table(&format!("/practice/{PRACTICE}/figures.csv"));
    let contents = doors.table(&format!("/place/{PLACE}/contents.csv"));
    let of = [
        ("did_not_attend", "Appointments not attended"),
        ("patients_per_gp", "Patients per permanent fully qualified GP"),
        ("appointments_per_1000", "Appointments per 1,000 patients"),
    ];
    for (id, name) in of {
        let command = run(doors, id, "practice");
        let figure = row_of(&command["rows"], "code", PRACTICE)["value"].as_f64();
        assert!(figure.is_some(), "{id}");
        same(asked(doors, id, PRACTICE), figure, id);
        same(page.number(("indicator", name), "figure"), figure, id);
        same(contents.number(("code", PRACTICE), id), figure, id);
    }
}

#[test]
fn a_practice_stands_in_the_same_rank_on_its_page_and_among_the_rows_of_a_command() {
    let doors = doors();
    let page = doors.table(&format!("/practice/{PRACTICE}/figures.csv"));
    let answer = doors.json(&["figures", "patients_per_gp", "--level", "practice"]);
    let rows = answer["rows"].as_array().unwrap();
    let practices = rows.iter().filter(|row| row["level"] == "practice" && !row["value"].is_null());
    let values: Vec<f64> = practices.clone().map(|row| row["value"].as_f64().unwrap()).collect();
    let own = row_of(&answer["rows"], "code", PRACTICE)["value"].as_f64().unwrap();
    let rank = 1 + values.iter().filter(|value| **value < own).count();
    let row = page.row("indicator", "Patients per permanent fully qualified GP");
    assert_eq!(row["rank"], format!("{rank} of {}", values.len()));
}

/// Lists of the workforce publication over full-time equivalents of its permanent GPs, added up here from its file.
#[test]
fn patients_per_gp_are_those_of_the_file_behind_every_door() {
    let doors = doors();
    let file = Table::of_file(&doors.files, "gp-workforce/1 General Practice – September 2025");
    let harbourton: f64 = file.sum("TOTAL_PATIENTS") / file.sum("TOTAL_GP_EXTGL_FTE");
    let figure = of_place(doors, "patients_per_gp")["value"].as_f64();
    same(figure, Some(harbourton), "the file and the command");
    same(asked(doors, "patients_per_gp", PLACE), figure, "compared");
    let contents = doors.table(&format!("/place/{PLACE}/contents.csv"));
    let networks = records(&doors.json(&["networks", PLACE]), "networks");
    let name = networks[0]["name"].as_str().unwrap().to_owned();
    same(contents.number(("name", &name), "patients_per_gp"), figure, "contents");
    let words = plain(harbourton, 0);
    says(
        &doors.words(&format!("/place/{PLACE}")),
        &format!("{words} patients per full-time equivalent"),
    );
    says(
        &doors.words(&format!("/place/{PLACE}/workforce")),
        &format!("For each full-time equivalent {words} patients were registered"),
    );
    says(&doors.text(&["indicator", PLACE, "--indicator", "patients_per_gp"]), &words);
    let claim = doors.claim(&format!("There are {words} patients per GP."), PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(claim["figures"][0]["value"].as_f64(), figure, "the claim");
    let wrong = doors.claim("There are 2,216 patients per GP.", PLACE);
    assert_eq!(wrong["verdict"], "not_supported");
}

#[test]
fn patients_per_gp_of_every_practice_are_the_same_in_the_table_of_staff() {
    let doors = doors();
    let staff = doors.table(&format!("/place/{PLACE}/workforce/staff.csv"));
    let command = run(doors, "patients_per_gp", "practice");
    for (code, figure) in staff.numbers("code", "patients_per_gp") {
        same(figure, row_of(&command["rows"], "code", &code)["value"].as_f64(), &code);
    }
    assert_eq!(staff.len(), 30);
}

#[test]
fn missed_appointments_of_the_place_are_the_same_behind_every_door() {
    let doors = doors();
    let row = of_place(doors, "did_not_attend");
    let (value, missed) = (row["value"].as_f64(), row["numerator"].as_f64().unwrap());
    let page = doors.words(&format!("/indicator/did_not_attend?within={PLACE}"));
    let share = |value: &Value| format!("{}%", plain(100.0 * value.as_f64().unwrap(), 1));
    let [lower, upper] = ["lower", "upper"].map(|limit| share(&row[limit]));
    let words = format!("{} (95% interval {lower} to {upper})", share(&row["value"]));
    says(&page, &words);
    let claim = doors.claim("Missed appointments are similar to the England average.", PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(claim["figures"][0]["value"].as_f64(), value, "the claim");
    same(asked(doors, "did_not_attend", PLACE), value, "compared");
    let england = &comparisons(doors, "did_not_attend", PLACE)[0];
    assert_eq!(england["at_95"], "Similar");
    same(claim["figures"][1]["value"].as_f64(), england["reference"].as_f64(), "England");
    let counted =
        format!("There were {} appointments not attended in October 2025.", plain(missed, 0));
    let claim = doors.claim(&counted, PLACE);
    assert_eq!(claim["verdict"], "supported", "{claim:#}");
}

#[test]
fn appointments_of_the_latest_month_are_those_of_a_claim_a_download_and_the_file() {
    let doors = doors();
    let row = of_place(doors, "appointments_per_1000");
    let page = doors.table(&format!("/indicator/appointments_per_1000/compare.csv?within={PLACE}"));
    let of_page = |column: &str| page.number(("Area code", PLACE), column);
    same(of_page("Count"), row["numerator"].as_f64(), "appointments");
    same(of_page("Value"), row["value"].as_f64(), "for 1,000 patients");
    let claim = doors.claim("There were 144,000 appointments in October 2025.", PLACE);
    same(told(&claim, "Appointments"), row["numerator"].as_f64(), "the claim");
    assert_eq!(claim["verdict"], "not_supported");
    let right = format!("There were {} appointments in October 2025.", row["numerator"]);
    assert_eq!(doors.claim(&right, PLACE)["verdict"], "supported");
}

#[test]
fn the_two_ends_of_a_series_are_those_of_a_claim_and_of_a_command() {
    let doors = doors();
    let page = doors.table(&format!("/indicator/did_not_attend/trend.csv?within={PLACE}"));
    let sentence = "The share of appointments not attended has fallen since October 2024.";
    let claim = doors.claim(sentence, PLACE);
    for (short, period) in [("Oct 2024", "2024-10"), ("Oct 2025", "2025-10")] {
        let asked = ["figures", "did_not_attend", "--place", PLACE, "--level", "place"];
        let run = doors.json(&[&asked[..], &["--period", period]].concat());
        let of_command = row_of(&run["rows"], "code", PLACE)["value"].as_f64();
        let of_claim = row_of(&claim["figures"], "period", period)["value"].as_f64();
        same(page.number(("period", short), "value"), of_claim, period);
        same(of_command, of_claim, period);
    }
    assert!(page.len() >= 13, "the whole series: {} points", page.len());
}

#[test]
fn the_neighbours_of_a_practice_are_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    // One figure of the month, one of a year that ended long before.
    for id in ["did_not_attend", "prevalence_diabetes"] {
        let alike = comparisons(doors, id, PRACTICE).pop().unwrap();
        assert_eq!(alike["with"], "The 20 practices most like it, together");
        let similar = doors.table(&format!("/similar/{PRACTICE}/similar.csv"));
        let figures = doors.table(&format!("/similar/{PRACTICE}/figures.csv?indicator={id}"));
        let (mut above, mut below) = (0.0, 0.0);
        let others = similar.rows().iter().filter(|row| row["code"] != PRACTICE);
        for row in others.clone() {
            let of = |column| figures.number(("Area code", &row["code"]), column).unwrap();
            above += of("Count");
            below += of("Denominator");
        }
        assert_eq!(others.count(), 20);
        same(alike["reference"].as_f64(), Some(above / below), id);
    }
}
