//! Invented codes have a valid form and belong to no real organisation or area.

use std::collections::BTreeSet;
use std::fs;

use vocab::codes::{IcbCode, Lsoa21, NetworkCode, PracticeCode, SubIcbCode};

use crate::place::{Place, country, harbourton, published};

fn column(place: &Place, file: &str, name: &str) -> BTreeSet<String> {
    let table = place.table(file);
    let index = table.column(name);
    table.rows.iter().map(|row| row[index].clone()).collect()
}

#[test]
fn codes_have_the_form_of_their_kind() {
    for place in [harbourton(), country()] {
        let map = "2025-11/gp-reg-pat-prac-map";
        assert!(
            column(place, map, "PRACTICE_CODE").iter().all(|code| PracticeCode::is_valid(code))
        );
        assert!(column(place, map, "PCN_CODE").iter().all(|code| NetworkCode::is_valid(code)));
        assert!(
            column(place, map, "SUB_ICB_LOCATION_CODE")
                .iter()
                .all(|code| SubIcbCode::is_valid(code))
        );
        assert!(column(place, map, "ICB_CODE").iter().all(|code| IcbCode::is_valid(code)));
        assert!(column(place, "lsoa21_pwc", "LSOA21CD").iter().all(|code| Lsoa21::is_valid(code)));
    }
}

#[test]
fn no_code_is_a_real_one() {
    let lists = [
        ("ods/epraccur_2026-02/epraccur.csv", "PRACTICE_CODE", "2025-11/gp-reg-pat-prac-map"),
        ("nov-2025/gp-reg-pat-prac-map.csv", "PCN_CODE", "2025-11/gp-reg-pat-prac-map"),
        ("nov-2025/Mapping.csv", "SUB_ICB_LOCATION_CODE", "2025-11/gp-reg-pat-prac-map"),
        ("nov-2025/Mapping.csv", "ICB_CODE", "2025-11/gp-reg-pat-prac-map"),
        ("geography/lookup_lsoa21_icb24.csv", "LSOA21CD", "lsoa21_pwc"),
    ];
    for (real, name, ours) in lists {
        let Some(path) = published(real) else { return };
        let text = fs::read_to_string(path).unwrap();
        let known: BTreeSet<&str> =
            text.split([',', '\n', '\r', ' ']).map(|word| word.trim_matches('"')).collect();
        for place in [harbourton(), country()] {
            let shared: Vec<String> = column(place, ours, name)
                .into_iter()
                .filter(|code| known.contains(code.as_str()))
                .collect();
            assert!(shared.is_empty(), "{name}: {shared:?} are in {real}");
        }
    }
}

#[test]
fn no_code_comes_twice() {
    let lists = country().table("2025-11/gp-reg-pat-prac-map");
    assert_eq!(
        column(country(), "2025-11/gp-reg-pat-prac-map", "PRACTICE_CODE").len(),
        lists.rows.len()
    );
}
