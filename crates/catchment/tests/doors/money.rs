//! Money: what the contracts pay, and what scenarios cost.

use crate::doors::{PLACE, SCENARIO, doors, emptied, encoded, number, plain, row_of, same, says};

#[test]
fn the_money_of_networks_and_practices_is_the_same_line_by_line() {
    let doors = doors();
    let command = doors.json(&["money", "--place", PLACE]);
    let page = doors.table(&format!("/place/{PLACE}/money/lines.csv"));
    for (to, field) in [("practices", "to_practices"), ("networks", "to_networks")] {
        let lines = command[field]["lines"].as_array().unwrap();
        let of_page: Vec<_> = page.rows().iter().filter(|row| row["to"] == to).collect();
        assert_eq!(lines.len(), of_page.len(), "{to}");
        for (line, row) in lines.iter().zip(of_page) {
            assert_eq!(line["name"], row["line"].as_str());
            same(number(&row["pounds"]), line["pounds"].as_f64(), &row["line"]);
        }
    }
    let known = format!("£{}", plain(command["to_networks"]["pounds"].as_f64().unwrap(), 0));
    says(&doors.words(&format!("/place/{PLACE}/money")), &format!("come to {known} for networks"));
}

#[test]
fn the_list_that_is_paid_for_is_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    let command = doors.json(&["money", "--place", PLACE]);
    let list = command["list"].as_f64().unwrap();
    let words = format!("the practices of today have {} patients", plain(list, 0));
    says(&doors.words(&format!("/place/{PLACE}/money")), &words);
    let practices = doors.table(&format!("/place/{PLACE}/money/practices.csv"));
    same(Some(practices.sum("patients").round()), Some(list.round()), "practices added up");
    same(
        Some(practices.sum("weighted_patients")),
        command["weighted"].as_f64(),
        "the weighted list",
    );
}

#[test]
fn the_global_sum_of_every_practice_is_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    let command = doors.json(&["money", "--place", PLACE]);
    let page = doors.table(&format!("/place/{PLACE}/money/practices.csv"));
    let mut reckoned = 0;
    for one in command["practices"].as_array().unwrap() {
        let code = one["practice"].as_str().unwrap();
        let of_page = |column| page.number(("code", code), column);
        same(of_page("weighted_patients"), one["weighted"].as_f64(), code);
        same(of_page("global_sum_pounds"), one["global_sum_pounds"].as_f64(), code);
        same(of_page("global_sum_net_pounds"), one["global_sum_net_pounds"].as_f64(), code);
        // £121.79 for a weighted patient, to the penny.
        if let (Some(sum), Some(weighted)) =
            (one["global_sum_pounds"].as_f64(), one["weighted"].as_f64())
        {
            assert!((sum - 121.79 * weighted).abs() < 0.005 + 1e-6, "{code}: {sum} and {weighted}");
            reckoned += 1;
        }
    }
    assert_eq!((page.len(), reckoned), (30, 19));
}

#[test]
fn additional_roles_are_the_same_network_by_network() {
    let doors = doors();
    let command = doors.json(&["money", "--place", PLACE]);
    let roles = &command["additional_roles"];
    let page = doors.table(&format!("/place/{PLACE}/money/networks.csv"));
    for network in roles["networks"].as_array().unwrap() {
        let code = network["network"].as_str().unwrap();
        for column in ["entitlement_pounds", "drawn_pounds", "above_pounds", "lost_pounds"] {
            let of_page = page.number(("code", code), column);
            same(of_page, network[column].as_f64(), &format!("{code}, {column}"));
        }
    }
    let [claim, drawn] =
        ["entitlement_pounds", "drawn_pounds"].map(|of| roles[of].as_f64().unwrap());
    let [claim, drawn] = [claim, drawn].map(|pounds| format!("£{}", plain(pounds, 0)));
    let words = format!("draw {drawn} of {claim} in a year");
    says(&doors.words(&format!("/place/{PLACE}/money")), &words);
    says(&doors.text(&["money", "--place", PLACE]), &words);
}

#[test]
fn quality_points_pay_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    let command = doors.json(&["money", "--place", PLACE]);
    let page = doors.table(&format!("/place/{PLACE}/money/practices.csv"));
    for one in command["quality"]["practices"].as_array().unwrap() {
        let code = one["practice"].as_str().unwrap();
        same(page.number(("code", code), "quality_points"), one["points"].as_f64(), code);
        same(page.number(("code", code), "quality_pounds"), one["pounds"].as_f64(), code);
    }
    same(Some(page.sum("quality_pounds")), command["quality"]["pounds"].as_f64(), "in all");
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
