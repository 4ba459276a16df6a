//! Places: what they are made of, how far their people have to care, and of which day that is.

use crate::doors::{PLACE, Table, doors, number, plain, row_of, same, says, told};

/// Practices and patients of the file of lists, those of the place by the codes of its staff.
#[test]
fn a_place_has_as_many_practices_networks_and_patients_behind_every_door() {
    let doors = doors();
    let command = doors.json(&["place", PLACE]);
    let patients = command["patients"].as_f64().unwrap();
    let networks = command["networks"].as_array().unwrap().len();
    let staff = doors.table(&format!("/place/{PLACE}/workforce/staff.csv"));
    let lists = Table::of_file(&doors.files, "gp-reg-pat-prac-all-nov-25");
    let of_file =
        lists.rows().iter().filter(|row| staff.rows().iter().any(|one| one["code"] == row["CODE"]));
    let of_file: f64 = of_file.filter_map(|row| number(&row["NUMBER_OF_PATIENTS"])).sum();
    same(Some(patients), Some(of_file), "the file");
    same(Some(staff.sum("patients")), Some(patients), "the table of staff");
    let page = doors.words(&format!("/place/{PLACE}"));
    says(&page, &format!("with {} registered patients", plain(patients, 0)));
    says(&page, "has 30 general practices in six primary care networks");
    says(
        &doors.text(&["place", PLACE]),
        &format!("30 practices in six networks, {} patients", plain(patients, 0)),
    );
    assert_eq!((command["practices"].as_u64(), networks), (Some(30), 6));
    let claim = doors.claim("There are 12 practices.", PLACE);
    assert_eq!(claim["verdict"], "not_supported");
    same(told(&claim, "General practices with a list"), Some(30.0), "practices of the claim");
    same(told(&claim, "Registered patients"), Some(patients), "patients of the claim");
    assert_eq!(doors.claim("There are six primary care networks.", PLACE)["verdict"], "supported");
    let shape = doors.json(&["place", PLACE, "--shape"]);
    let whole = &shape["areas"][0];
    same(whole["patients"].as_f64(), Some(patients), "the shape");
    assert_eq!((whole["practices"].as_u64(), whole["networks"].as_u64()), (Some(30), Some(6)));
    let outlook = doors.json(&["outlook", PLACE]);
    same(outlook["people"].as_f64().map(f64::round), Some(patients), "the outlook");
    assert_eq!(outlook["practices"], 30);
}

#[test]
fn a_practice_has_one_list_size_behind_every_door() {
    let doors = doors();
    let code = "H90029";
    let command = doors.json(&["place", code]);
    let patients = command["patients"].as_f64();
    let words = plain(patients.unwrap(), 0);
    says(
        &doors.words(&format!("/practice/{code}")),
        &format!("had {words} registered patients on 1 November 2025"),
    );
    let contents = doors.table(&format!("/place/{PLACE}/contents.csv"));
    same(
        contents.number(("code", code), "registered_patients"),
        patients,
        "the contents of the place",
    );
    let staff = doors.table(&format!("/place/{PLACE}/workforce/staff.csv"));
    same(staff.number(("code", code), "patients"), patients, "the table of staff");
    let similar = doors.table(&format!("/similar/{code}/similar.csv"));
    same(similar.number(("code", code), "list_size"), patients, "those like it");
    let resilience = doors.json(&["resilience", PLACE, "--draws", "4"]);
    same(row_of(&resilience, "practice", code)["patients"].as_f64(), patients, "resilience");
    let claim = doors.claim(&format!("{code} is the largest practice."), PLACE);
    same(told(&claim, "Registered patients"), patients, "the claim");
    let largest = contents.rows().iter().filter(|row| row["code"].starts_with('H'));
    let largest = largest.filter_map(|row| number(&row["registered_patients"])).fold(0.0, f64::max);
    assert_eq!(claim["verdict"] == "supported", Some(largest) == patients);
}

#[test]
fn the_latest_day_is_one_day_behind_every_door() {
    let doors = doors();
    let day = "2025-11-01";
    assert_eq!(doors.json(&["place", PLACE])["period"], day);
    assert_eq!(doors.json(&["outlook", PLACE])["lists_of"], day);
    assert_eq!(doors.claim("There are 12 practices.", PLACE)["figures"][0]["period"], day);
    let run = doors.json(&["indicator", "run", "aged_75_and_over", "--place", PLACE]);
    assert_eq!(run["period"], day);
    for page in [format!("/place/{PLACE}"), format!("/place/{PLACE}/workforce")] {
        says(&doors.words(&page), "1 November 2025");
    }
    let month = doors.json(&["indicator", "run", "did_not_attend", "--place", PLACE]);
    assert_eq!(month["period"], "2025-10");
    says(&doors.words(&format!("/indicator/did_not_attend?within={PLACE}")), "October 2025:");
}

#[test]
fn reach_of_every_group_and_way_is_the_same_in_a_download_a_command_and_a_claim() {
    let doors = doors();
    let command = doors.json(&["reach", PLACE]);
    let page = doors.table(&format!("/place/{PLACE}/reach/groups.csv"));
    let groups = command["groups"].as_array().unwrap();
    assert_eq!(groups.len(), page.len());
    for (group, row) in groups.iter().zip(page.rows()) {
        for column in
            ["people", "within_standard", "median_minutes", "p90_minutes", "longest_minutes"]
        {
            same(
                number(&row[column]),
                group[column].as_f64(),
                &format!("{}, {}", row["group"], row["mode"]),
            );
        }
    }
    let walking = groups.iter().find(|row| row["group"] == "all" && row["mode"] == "walk").unwrap();
    let share = walking["within_standard"].as_f64();
    let sentence = |percent: f64| {
        format!("{percent:.0}% of people live within 15 minutes’ walk of a practice.")
    };
    let claim = doors.claim(&sentence(100.0 * share.unwrap()), PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(told(&claim, "Everybody"), share, "the claim");
    assert_eq!(doors.claim(&sentence(95.0), PLACE)["verdict"], "not_supported");
}

#[test]
fn the_nearest_practice_of_every_small_area_is_the_same_in_a_download_and_a_command() {
    let doors = doors();
    let command = doors.json(&["reach", PLACE]);
    let page = doors.table(&format!("/place/{PLACE}/reach/map.csv"));
    for area in command["areas"].as_array().unwrap() {
        let code = area["area"].as_str().unwrap();
        same(page.number(("code", code), "minutes"), area["minutes"].as_f64(), code);
        assert_eq!(page.row("code", code)["site_code"], area["site"].as_str().unwrap_or_default());
    }
    assert!(page.len() > 100);
}

/// All GPs of the place for all its people, by registration: areas added up by their patients give the practices' own sum.
#[test]
fn supply_is_for_as_many_people_in_a_download_as_in_a_command() {
    let doors = doors();
    let command = doors.json(&["reach", PLACE]);
    let supply = &command["supply"];
    assert_eq!(supply["per_people"], 10_000.0);
    let page = doors.table(&format!("/place/{PLACE}/reach/map.csv"));
    let areas = command["areas"].as_array().unwrap();
    for (at, area) in areas.iter().enumerate() {
        let code = area["area"].as_str().unwrap();
        for (column, field) in
            [("supply_in_reach", "in_reach"), ("supply_by_registration", "by_registration")]
        {
            same(page.number(("code", code), column), supply[field][at].as_f64(), code);
        }
    }
    let file = Table::of_file(&doors.files, "gp-workforce/1 General Practice – September 2025");
    let mean = 10_000.0 * file.sum("TOTAL_GP_FTE") / file.sum("TOTAL_PATIENTS");
    let scores: Vec<f64> = areas
        .iter()
        .enumerate()
        .filter_map(|(at, _)| supply["by_registration"][at].as_f64())
        .collect();
    let of_areas = scores.iter().sum::<f64>() / scores.len() as f64;
    assert!(
        (of_areas / mean - 1.0).abs() < 0.1,
        "{of_areas} for 10,000 people where practices have {mean}"
    );
}

#[test]
fn inequality_has_the_same_scale_on_a_page_and_in_a_command() {
    let doors = doors();
    let command = doors.json(&["reach", PLACE]);
    let page = doors.table(&format!("/place/{PLACE}/reach/inequality.csv"));
    let rows = command["inequality"].as_array().unwrap();
    assert_eq!(rows.len(), page.len());
    let mut slopes = 0;
    for (row, of_page) in rows.iter().zip(page.rows()) {
        for column in ["value", "lower_95", "upper_95"] {
            same(number(&of_page[column]), row[column].as_f64(), &of_page["measure"]);
        }
        slopes += usize::from(row["index"] == "sii" && row["measure"] != "minutes");
    }
    assert_eq!(slopes, 2, "of supply in reach and by registration");
}
