//! The years ahead: the gap of a place, a scenario, a practice that closes, and how good forecasts were.

use std::fs;

use serde_json::Value;

use crate::doors::{PLACE, SCENARIO, doors, emptied, encoded, plain, records, same, says, told};

/// The claim that is read from the gap to come.
const GAP: &str = "There is a projected gap between demand and capacity.";

#[test]
fn the_gap_of_every_role_and_year_is_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    let roles = records(&doors.json(&["outlook", PLACE]), "roles");
    let command = doors.json(&["project", PLACE]);
    let page = doors.outlook_table("roles.csv", "");
    assert_eq!((roles.len(), page.len()), (6, 6));
    for record in &roles {
        let year = record["year"].as_str().unwrap();
        for column in ["gps_middle", "gps_p10", "gps_p90", "nurses_middle", "others_middle"] {
            same(
                page.number(("year", year), column),
                record[column].as_f64(),
                &format!("{year}, {column}"),
            );
        }
    }
    let gap = |year: u64| {
        let years = command["baseline"]["years"].as_array().unwrap();
        let found = years
            .iter()
            .find(|row| row["years_ahead"] == year && row["measure"] == "gap_fte_of_gps");
        found.unwrap()["figure"]["mean"].as_f64()
    };
    same(roles[0]["gps_middle"].as_f64(), Some(0.0), "today is in balance");
    same(roles[1]["gps_middle"].as_f64(), gap(1), "the first year");
    same(roles[5]["gps_middle"].as_f64(), gap(5), "the last year");
}

#[test]
fn the_gap_of_the_last_year_is_that_of_a_claim() {
    let doors = doors();
    let command = doors.json(&["outlook", PLACE]);
    let last = records(&command, "roles").pop().unwrap();
    let claim = doors.claim(GAP, PLACE);
    same(told(&claim, "Gap of GPs, in 5 years"), last["gps_middle"].as_f64(), "the claim");
    for (label, standard) in
        [("GPs for the same need", "As many GPs"), ("care as in 2018", "Care as in")]
    {
        let standards = records(&command, "standards");
        let of = |row: &&Value| row["standard"].as_str().unwrap().starts_with(standard);
        let lacking = standards.iter().find(of).unwrap()["lacking"].as_f64();
        same(told(&claim, label), lacking, label);
    }
}

#[test]
fn people_by_risk_group_are_the_same_on_the_page_of_need_and_in_the_outlook() {
    let doors = doors();
    let command = doors.json(&["outlook", PLACE]);
    doors.page(&format!("/place/{PLACE}/outlook"));
    let page = doors.table(&format!("/place/{PLACE}/need/risk_ranges.csv"));
    let records = records(&command, "risk_groups");
    assert!(
        records.len() > 3 && page.len() == records.len(),
        "{} and {}",
        page.len(),
        records.len()
    );
    for (record, row) in records.iter().zip(page.rows()) {
        assert_eq!(record["group"].as_str(), Some(row["group"].as_str()));
        same(row["people"].parse().ok(), record["people"].as_f64(), &row["group"]);
    }
}

#[test]
fn a_scenario_beside_doing_nothing_is_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    let file = emptied("outlook").join("thirty.toml");
    fs::write(&file, SCENARIO).unwrap();
    let command = doors.json(&["project", PLACE, "--scenario", file.to_str().unwrap()]);
    let alone = doors.json(&["project", PLACE]);
    assert_eq!(
        command["baseline"], alone["baseline"],
        "doing nothing is told alike with a scenario beside it"
    );
    let asked = format!("?scenario={}", encoded(SCENARIO));
    let page = doors.outlook_table("roles.csv", &asked);
    let years = command["scenario"]["years"].as_array().unwrap();
    for (ahead, year) in [(1, "In 1 year"), (5, "In 5 years")] {
        let of = |row: &&Value| row["years_ahead"] == ahead && row["measure"] == "gap_fte_of_gps";
        let gap = years.iter().find(of).unwrap()["figure"]["mean"].as_f64();
        same(page.number(("year", year), "gps_middle"), gap, year);
    }
}

#[test]
fn a_practice_that_closes_leaves_as_many_without_room_on_a_page_as_in_a_command() {
    let doors = doors();
    let sentence = "If this surgery closes its patients would be absorbed by neighbours.";
    let claim = doors.claim(sentence, "H90007");
    assert_eq!(claim["verdict"], "not_supported");
    let without = told(&claim, "Share without room").unwrap();
    let page = doors.words(&format!("/claims?claim={}&within=H90007", encoded(sentence)));
    says(&page, &format!("no room for {}%", plain(100.0 * without, 1)));
    says(
        &doors.text(&["claim", sentence, "--place", "H90007"]),
        &format!("no room for {}%", plain(100.0 * without, 1)),
    );
}
