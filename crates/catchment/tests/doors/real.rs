//! The same of published files, where they are at hand: lists and appointments of autumn 2025.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::at_hand::at_hand;
use crate::doors::{
    Doors, Table, doors_of, emptied, number, plain, records, row_of, same, says, told,
};

/// A board of London, whose region is in the file of appointments.
const BOARD: &str = "QKK";
const FOLDER: &str = "nov-2025";

/// The doors of the published files; nothing where they are not at hand.
fn published() -> Option<&'static Doors> {
    static DOORS: OnceLock<Option<Doors>> = OnceLock::new();
    let files = [
        "gp-reg-pat-prac-all.csv",
        "gp-reg-pat-prac-map.csv",
        "gp-reg-pat-prac-quin-age.csv",
        "Practice_Level_Crosstab_Oct_25.zip",
        "Mapping.csv",
    ];
    let files = files.map(|name| format!("{FOLDER}/{name}"));
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    let paths = at_hand("CATCHMENT_DATA", &names)?;
    DOORS.get_or_init(|| Some(doors_of(&emptied("published"), &paths, BOARD))).as_ref()
}

/// Patients of the practices that the map of the same publication puts into the board.
#[test]
fn a_published_board_has_as_many_practices_and_patients_behind_every_door_as_in_its_files() {
    let Some(doors) = published() else { return };
    let folder = doors.files.parent().unwrap();
    let lists =
        Table::of_file(folder, "gp-reg-pat-prac-all.csv").numbers("CODE", "NUMBER_OF_PATIENTS");
    let map = Table::of_file(folder, "gp-reg-pat-prac-map.csv");
    let here = map.rows().iter().filter(|row| row["ICB_CODE"] == BOARD);
    let sizes: Vec<f64> =
        here.filter_map(|row| lists.get(&row["PRACTICE_CODE"]).copied().flatten()).collect();
    let (practices, patients) = (sizes.len(), sizes.iter().sum::<f64>());
    let command = &records(&doors.json(&["networks", BOARD]), "networks")[0];
    same(command["patients"].as_f64(), Some(patients), "the command");
    same(command["practices"].as_f64(), Some(practices as f64), "practices of the command");
    let words = format!("with {} registered patients", plain(patients, 0));
    says(&doors.words(&format!("/place/{BOARD}")), &words);
    let claim = doors.claim("There are 12 practices.", BOARD);
    assert_eq!(claim["verdict"], "not_supported");
    same(told(&claim, "Registered patients"), Some(patients), "the claim");
    same(told(&claim, "General practices"), Some(practices as f64), "practices of the claim");
}

#[test]
fn missed_appointments_of_a_published_board_are_the_same_behind_every_door() {
    let Some(doors) = published() else { return };
    let run = doors.json(&["figures", "did_not_attend", "--place", BOARD, "--level", "place"]);
    let row = row_of(&run["rows"], "code", BOARD);
    let page = doors.table(&format!("/indicator/did_not_attend/compare.csv?within={BOARD}"));
    let of_page = |column| page.number(("Area code", BOARD), column);
    same(of_page("Value"), row["value"].as_f64(), "the page");
    same(of_page("Count"), row["numerator"].as_f64(), "missed");
    let asked = doors.json(&["indicator", BOARD, "--indicator", "did_not_attend"]);
    let rows = records(&asked, "compare").into();
    same(row_of(&rows, "Area code", BOARD)["Value"].as_f64(), row["value"].as_f64(), "compared");
    let missed = row["numerator"].as_f64().unwrap();
    let sentence =
        format!("There were {} appointments not attended in October 2025.", plain(missed, 0));
    let claim = doors.claim(&sentence, BOARD);
    assert_eq!(claim["verdict"], "supported", "{claim:#}");
}

#[test]
fn the_neighbours_of_a_published_practice_are_the_same_on_a_page_and_in_a_command() {
    let Some(doors) = published() else { return };
    let contents = doors.table(&format!("/place/{BOARD}/contents.csv"));
    let known = |row: &&BTreeMap<String, String>| {
        row["code"].len() == 6 && number(&row["did_not_attend"]).is_some()
    };
    let code = contents.rows().iter().find(known).unwrap()["code"].clone();
    let asked = doors.json(&["indicator", &code, "--indicator", "did_not_attend"]);
    let alike = records(&asked, "comparisons").pop().unwrap();
    let similar = doors.table(&format!("/similar/{code}/similar.csv"));
    let figures = doors.table(&format!("/similar/{code}/figures.csv?indicator=did_not_attend"));
    let others = similar.rows().iter().filter(|row| row["code"] != code);
    let sums = others.fold((0.0, 0.0), |sum, row| {
        let of = |column: &str| {
            number(&figures.row("Area code", &row["code"])[column]).unwrap_or_default()
        };
        (sum.0 + of("Count"), sum.1 + of("Denominator"))
    });
    same(alike["reference"].as_f64(), Some(sums.0 / sums.1), &code);
}
