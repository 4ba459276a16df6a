//! Money: what the contracts pay, and what scenarios cost.

use crate::doors::{PLACE, SCENARIO, doors, emptied, encoded, number, plain, row_of, same, says};

#[test]
fn the_list_that_is_paid_for_is_that_of_the_practices_added_up() {
    let doors = doors();
    let practices = doors.table(&format!("/place/{PLACE}/money/practices.csv"));
    let words =
        format!("the practices of today have {} patients", plain(practices.sum("patients"), 0));
    says(&doors.words(&format!("/place/{PLACE}/money")), &words);
    says(&doors.text(&["money", PLACE]), &words);
}

/// £121.79 for a weighted patient, to the penny.
#[test]
fn the_global_sum_of_every_practice_is_the_rate_for_its_weighted_list() {
    let page = doors().table(&format!("/place/{PLACE}/money/practices.csv"));
    let mut reckoned = 0;
    for row in page.rows() {
        let (sum, weighted) =
            (number(&row["global_sum_pounds"]), number(&row["weighted_patients"]));
        let Some((sum, weighted)) = sum.zip(weighted) else { continue };
        assert!((sum - 121.79 * weighted).abs() < 0.005 + 1e-6, "{}: {sum}", row["code"]);
        reckoned += 1;
    }
    assert_eq!((page.len(), reckoned), (30, 19));
}

#[test]
fn additional_roles_are_those_of_the_networks_added_up() {
    let doors = doors();
    let page = doors.table(&format!("/place/{PLACE}/money/networks.csv"));
    let networks = || page.rows().iter().filter(|row| !row["code"].is_empty());
    let pounds = |of: &str| networks().filter_map(|row| number(&row[of])).sum::<f64>();
    let [claim, drawn] =
        ["entitlement_pounds", "drawn_pounds"].map(|of| format!("£{}", plain(pounds(of), 0)));
    let words = format!("draw {drawn} of {claim} in a year");
    says(&doors.words(&format!("/place/{PLACE}/money")), &words);
    says(&doors.text(&["money", PLACE]), &words);
}

#[test]
fn a_scenario_costs_the_same_on_a_page_and_in_commands() {
    let doors = doors();
    let folder = emptied("scenarios");
    std::fs::write(folder.join("thirty.toml"), SCENARIO).unwrap();
    let folder = folder.to_str().unwrap();
    let shown = doors.json(&["scenario", "show", "thirty", "--scenarios", folder]);
    let asked = format!("?scenario={}", encoded(SCENARIO));
    let page = doors.table(&format!("/scenarios/costs/costs.csv{asked}"));
    let envelope = doors.table(&format!("/scenarios/costs/envelope.csv{asked}"));
    let compared = doors.json(&["scenario", "compare-money", "thirty", "--scenarios", folder]);
    let mut all = 0.0;
    for year in shown["cost"].as_array().unwrap() {
        let name = year["year"].as_str().unwrap();
        let lines = page.rows().iter().filter(|row| row["year"] == name);
        let pounds: f64 = lines.filter_map(|row| number(&row["pounds"])).sum();
        same(Some(pounds), year["pounds"].as_f64(), name);
        same(envelope.number(("year", name), "pounds"), year["pounds"].as_f64(), name);
        let more = row_of(&compared["years"], "year", name)["pounds_more"].as_f64();
        same(envelope.number(("year", name), "more_pounds"), more, name);
        all += pounds;
    }
    assert!(all > 0.0);
    let words = format!("it costs £{} until", plain(all, 0));
    says(&doors.words(&format!("/scenarios{asked}")), &words);
}
