//! People: who lives here, who is on a list, who will be, and who works here.

use serde_json::Value;

use crate::doors::{PLACE, Table, doors, number, plain, records, row_of, same, says, told};

#[test]
fn residents_to_come_are_the_same_on_a_page_and_in_a_command() {
    let doors = doors();
    let areas = doors.table(&format!("/place/{PLACE}/population/areas.csv"));
    let then = areas.sum("people_then");
    let page = doors.words(&format!("/place/{PLACE}/population"));
    let words = format!("in the middle of 2025, and {} in the middle of 2030", plain(then, 0));
    says(&page, &words);
    says(&doors.text(&["population", PLACE]), &words);
    let books = doors.table(&format!("/place/{PLACE}/population/books.csv"));
    same(number(&books.rows()[0]["end"]), Some(areas.sum("people_now").round()), "today");
    same(number(&books.rows().last().unwrap()["end"]), Some(then.round()), "areas added up then");
}

/// The estimate of residents is what its file says of the small areas of the place.
#[test]
fn residents_are_those_of_the_estimate_in_a_claim_and_where_lists_stand_beside_them() {
    let doors = doors();
    let registered = doors.table(&format!("/place/{PLACE}/registered/areas.csv"));
    let residents = registered.number(("code", PLACE), "residents");
    let books = records(&doors.json(&["population", PLACE]), "books");
    same(books[0]["start"].as_f64(), residents, "the command");
    let sentence = format!("{} people live here.", plain(residents.unwrap(), 0));
    let claim = doors.claim(&sentence, PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(told(&claim, "Residents"), residents, "the claim");
    let inflated = doors.claim("Lists are inflated by 8%.", PLACE);
    same(told(&inflated, "Resident"), residents, "the claim of inflated lists");
    let reach = records(&doors.json(&["reach", PLACE]), "groups");
    same(reach[0]["people"].as_f64(), residents, "reach");
}

#[test]
fn people_on_lists_who_live_here_are_as_many_on_a_page_and_in_a_claim() {
    let doors = doors();
    let page = doors.table(&format!("/place/{PLACE}/registered/areas.csv"));
    let claim = doors.claim("Lists are inflated by 8%.", PLACE);
    same(told(&claim, "On lists"), page.number(("code", PLACE), "registered"), "the claim");
    let least = page.number(("code", PLACE), "registered_share_least");
    same(told(&claim, "least possible"), least, "the share that is registered at least");
}

#[test]
fn the_old_on_lists_are_as_many_in_a_claim_in_an_indicator_and_in_the_base_year() {
    let doors = doors();
    let run = doors.json(&["figures", "aged_75_and_over", "--place", PLACE, "--level", "place"]);
    let row = row_of(&run["rows"], "code", PLACE);
    let sentence = format!(
        "{}% of patients are aged 75 and over.",
        plain(100.0 * row["value"].as_f64().unwrap(), 1)
    );
    let claim = doors.claim(&sentence, PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(told(&claim, "Patients aged 75 and over"), row["numerator"].as_f64(), "patients");
    let contents = doors.table(&format!("/indicator/aged_75_and_over/compare.csv?within={PLACE}"));
    same(contents.number(("Area code", PLACE), "Value"), row["value"].as_f64(), "the page");
    // Bars of ten years of the page of need end at 80: people of all ages are those of the lists.
    let need = doors.table(&format!("/place/{PLACE}/need/people.csv"));
    let people = need.sum("value") * 1_000.0;
    assert!((people - row["denominator"].as_f64().unwrap()).abs() < 0.5, "{people}");
}

/// The practices of the place by their risk.
fn resilience() -> Value {
    records(&doors().json(&["resilience", PLACE]), "practices").into()
}

/// The detailed publication of the workforce of the place.
fn workforce() -> Table {
    Table::of_file(&doors().files, "gp-workforce/1 General Practice – September 2025")
}

/// Full-time equivalents of 55 and over of each practice over those of all its GPs but trainees, from the columns of the file.
#[test]
fn the_share_near_retirement_is_that_of_the_file_on_a_page_and_in_a_command() {
    let doors = doors();
    let (file, command) = (workforce(), resilience());
    let page = doors.table(&format!("/place/{PLACE}/workforce/staff.csv"));
    let mut half = 0;
    for row in file.rows() {
        let of = |column: &str| number(&row[column]).unwrap();
        let older = ["55TO59", "60TO64", "65TO69", "70PLUS"]
            .map(|band| of(&format!("TOTAL_GP_FTE_{band}")));
        let share = older.iter().sum::<f64>() / of("TOTAL_GP_EXTG_FTE");
        let code = &row["PRAC_CODE"];
        same(page.number(("code", code), "hours_of_55_and_over"), Some(share), code);
        same(
            row_of(&command, "practice", code)["hours_of_55_and_over"].as_f64(),
            Some(share),
            code,
        );
        half += usize::from(share >= 0.5);
    }
    assert_eq!(half, 1);
    says(
        &doors.words(&format!("/place/{PLACE}/workforce")),
        "Of 30 practices whose GPs’ ages are published, one has half of the hours",
    );
}

#[test]
fn practices_with_one_gp_or_none_are_as_many_on_a_page_in_a_command_and_in_the_file() {
    let doors = doors();
    let heads = workforce().numbers("PRAC_CODE", "TOTAL_GP_EXTGL_HC");
    let alone = heads.values().filter(|heads| heads.is_some_and(|heads| heads <= 1.0)).count();
    assert_eq!(alone, 4);
    let command = resilience();
    let page = doors.table(&format!("/place/{PLACE}/workforce/staff.csv"));
    for (code, heads) in heads {
        same(page.number(("code", &code), "gps"), heads, &code);
        same(row_of(&command, "practice", &code)["permanent_gps"].as_f64(), heads, &code);
    }
    says(
        &doors.words(&format!("/place/{PLACE}/workforce")),
        "Of 30 practices whose own GPs are published, four have one permanent qualified GP or none",
    );
}

#[test]
fn permanent_gps_are_as_many_on_pages_in_commands_and_in_a_claim() {
    let doors = doors();
    let file = workforce();
    let (heads, fte) = (file.sum("TOTAL_GP_EXTGL_HC"), file.sum("TOTAL_GP_EXTGL_FTE"));
    let words = format!(
        "{} permanent fully qualified GPs, in full-time equivalents {}",
        plain(heads, 0),
        plain(fte, 1)
    );
    says(&doors.words(&format!("/place/{PLACE}/workforce")), &words);
    let staff = doors.table(&format!("/place/{PLACE}/workforce/staff.csv"));
    same(Some(staff.sum("gp_fte")), Some(fte), "the table of staff");
    let id = "qualified_gp_per_10000";
    let run = doors.json(&["figures", id, "--place", PLACE, "--level", "place"]);
    same(row_of(&run["rows"], "code", PLACE)["numerator"].as_f64(), Some(fte), "the indicator");
    let claim = doors.claim(&format!("There are {} permanent GPs.", plain(heads, 0)), PLACE);
    assert_eq!(claim["verdict"], "supported");
    same(told(&claim, "full-time equivalent"), Some(fte), "the claim");
    same(told(&claim, "posts held"), Some(heads), "heads of the claim");
    let gps = doors.json(&["outlook", PLACE]);
    let today = &records(&gps, "gps")[0];
    // The outlook counts each GP in millionths.
    let today = today["gps_middle"].as_f64().unwrap();
    assert!((today - fte).abs() < 1e-6 * heads, "the outlook today: {today} and {fte}");
}

#[test]
fn the_rank_of_workload_is_that_of_the_indicator_among_all_practices() {
    let doors = doors();
    let command = resilience();
    let run = doors.json(&["figures", "patients_per_gp", "--level", "practice"]);
    let rows = run["rows"].as_array().unwrap();
    let values = rows
        .iter()
        .filter(|row| row["level"] == "practice")
        .filter_map(|row| row["value"].as_f64());
    let values: Vec<f64> = values.collect();
    for line in command.as_array().unwrap() {
        let code = line["practice"].as_str().unwrap();
        let own = row_of(&run["rows"], "code", code)["value"].as_f64().unwrap();
        let below = values.iter().filter(|value| **value < own).count() as f64;
        same(line["rank_of_workload"].as_f64(), Some(below / (values.len() - 1) as f64), code);
    }
}
