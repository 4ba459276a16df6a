//! Places: what they are made of, how far their people have to care, and of which day that is.

use crate::doors::{PLACE, Table, doors, number, plain, records, row_of, same, says, told};

/// Practices and patients of the file of lists, those of the place by the codes of its staff.
#[test]
fn a_place_has_as_many_practices_networks_and_patients_behind_every_door() {
    let doors = doors();
    let shape = records(&doors.json(&["networks", PLACE]), "networks");
    let patients = shape[0]["patients"].as_f64().unwrap();
    assert_eq!(
        (shape[0]["practices"].as_f64(), shape[0]["networks"].as_f64()),
        (Some(30.0), Some(6.0))
    );
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
    let words = format!("which has 30 practices with {} patients", plain(patients, 0));
    says(&doors.text(&["networks", PLACE]), "Six networks have a practice in");
    says(&doors.text(&["networks", PLACE]), &words);
    says(&doors.words(&format!("/place/{PLACE}/networks")), &words);
    let claim = doors.claim("There are 12 practices.", PLACE);
    assert_eq!(claim["verdict"], "not_supported");
    same(told(&claim, "General practices with a list"), Some(30.0), "practices of the claim");
    same(told(&claim, "Registered patients"), Some(patients), "patients of the claim");
    assert_eq!(doors.claim("There are six primary care networks.", PLACE)["verdict"], "supported");
    let outlook = doors.json(&["project", PLACE, "--draws", "1"]);
    same(outlook["people"].as_f64().map(f64::round), Some(patients), "the outlook");
    assert_eq!(outlook["practices"], 30);
}

#[test]
fn a_practice_has_one_list_size_behind_every_door() {
    let doors = doors();
    let code = "H90029";
    let patients = records(&doors.json(&["networks", code]), "networks")[0]["patients"].as_f64();
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
    let resilience = records(&doors.json(&["resilience", PLACE]), "practices").into();
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
    says(&doors.text(&["networks", PLACE]), "lists of 1 November 2025");
    assert_eq!(doors.json(&["project", PLACE, "--draws", "1"])["lists_of"], day);
    assert_eq!(doors.claim("There are 12 practices.", PLACE)["figures"][0]["period"], day);
    let run = doors.json(&["figures", "aged_75_and_over", "--place", PLACE]);
    assert_eq!(run["period"], day);
    for page in [format!("/place/{PLACE}"), format!("/place/{PLACE}/workforce")] {
        says(&doors.words(&page), "1 November 2025");
    }
    let month = doors.json(&["figures", "did_not_attend", "--place", PLACE]);
    assert_eq!(month["period"], "2025-10");
    says(&doors.words(&format!("/indicator/did_not_attend?within={PLACE}")), "October 2025:");
}

#[test]
fn the_share_that_can_walk_to_a_practice_is_that_of_a_claim() {
    let doors = doors();
    let groups = records(&doors.json(&["reach", PLACE]), "groups");
    let walking = groups.iter().find(|row| row["group"] == "Everybody" && row["mode"] == "Walking");
    let share = walking.unwrap()["within_standard"].as_f64();
    let sentence = |percent: f64| {
        format!("{percent:.0}% of people live within 15 minutes’ walk of a practice.")
    };
    let claim = doors.claim(&sentence(100.0 * share.unwrap()), PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(told(&claim, "Everybody"), share, "the claim");
    assert_eq!(doors.claim(&sentence(95.0), PLACE)["verdict"], "not_supported");
}

/// All GPs of the place for all its people, by registration: areas added up by their patients give the practices' own sum.
#[test]
fn supply_is_for_ten_thousand_people() {
    let doors = doors();
    let page = doors.table(&format!("/place/{PLACE}/reach/map.csv"));
    assert!(page.len() > 100);
    let file = Table::of_file(&doors.files, "gp-workforce/1 General Practice – September 2025");
    let mean = 10_000.0 * file.sum("TOTAL_GP_FTE") / file.sum("TOTAL_PATIENTS");
    let scores: Vec<f64> =
        page.numbers("code", "supply_by_registration").into_values().flatten().collect();
    let of_areas = scores.iter().sum::<f64>() / scores.len() as f64;
    assert!(
        (of_areas / mean - 1.0).abs() < 0.1,
        "{of_areas} for 10,000 people where practices have {mean}"
    );
}
