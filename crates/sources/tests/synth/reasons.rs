//! The reasons planted in Harbourton show in the figures that its key names.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::place::harbourton;
use crate::table::{Table, median};

type ByPractice = BTreeMap<String, f64>;

fn key_text() -> String {
    String::from_utf8(harbourton().0["key.toml"].clone()).expect("the key is text")
}

#[test]
fn the_key_in_the_examples_is_the_one_generated() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbourton/key.toml");
    let kept = fs::read_to_string(&path).unwrap();
    assert!(
        kept == key_text(),
        "examples/harbourton/key.toml is stale: copy the generated key.toml there"
    );
}

#[test]
fn every_planted_figure_lies_on_its_side_of_the_other_practices() {
    let figures = figures();
    let key: toml::Table = key_text().parse().unwrap();
    let mut wrong = Vec::new();
    for reason in key["reason"].as_array().unwrap() {
        let Some(practice) = reason.get("practice").and_then(|code| code.as_str()) else {
            continue;
        };
        for shown in reason["figures"].as_array().unwrap() {
            let name = shown["figure"].as_str().unwrap();
            let Some(values) = figures.get(name) else { panic!("no test computes `{name}`") };
            let own = values[practice];
            let others: Vec<f64> = values
                .iter()
                .filter(|(code, _)| *code != practice)
                .map(|(_, value)| *value)
                .collect();
            let above = shown["direction"].as_str() == Some("above");
            let further = others.iter().filter(|value| (**value > own) == above).count();
            if further > 4 || (own > median(&others)) != above {
                wrong.push(format!("{practice} {name}: {own}, {further} others lie further"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_network_spans_two_sub_icbs() {
    let map = harbourton().table("2025-11/gp-reg-pat-prac-map");
    let (network, sub_icb) = (map.column("PCN_CODE"), map.column("SUB_ICB_LOCATION_CODE"));
    let mut pairs: Vec<(String, String)> =
        map.rows.iter().map(|row| (row[network].clone(), row[sub_icb].clone())).collect();
    pairs.sort();
    pairs.dedup();
    assert_eq!(pairs.len(), 7, "six networks, one of them in two sub-ICBs");
}

fn ratio(above: &ByPractice, below: &ByPractice) -> ByPractice {
    below
        .iter()
        .map(|(code, below)| (code.clone(), above.get(code).copied().unwrap_or(0.0) / below))
        .collect()
}

/// Every figure that the key names, for every practice.
fn figures() -> BTreeMap<&'static str, ByPractice> {
    let mut figures = BTreeMap::new();
    list_figures(&mut figures);
    appointment_figures(&mut figures);
    register_figures(&mut figures);
    staff_and_survey_figures(&mut figures);
    figures
}

fn list(path: &str) -> ByPractice {
    harbourton().table(path).sum("CODE", "NUMBER_OF_PATIENTS")
}

fn list_figures(figures: &mut BTreeMap<&'static str, ByPractice>) {
    let now = list("2025-11/gp-reg-pat-prac-all");
    let before = list("gp-reg-pat-prac-all-jun-24");
    let mut after: ByPractice = before.keys().map(|code| (code.clone(), 0.0)).collect();
    after.extend(now.clone());
    let still: ByPractice = before
        .iter()
        .filter(|(code, _)| now.contains_key(*code))
        .map(|(c, n)| (c.clone(), *n))
        .collect();
    figures.insert("change_of_list", ratio(&now, &still));
    figures.insert("list_size_after_closure", after);
    let single = |sex: &str, ages: std::ops::Range<u32>| {
        let table = harbourton().table(&format!("sing-age-{sex}"));
        let age = table.column("AGE");
        let inside =
            |text: &str| text.trim_end_matches('+').parse().is_ok_and(|age| ages.contains(&age));
        let rows = table.rows.iter().filter(|row| inside(&row[age])).cloned().collect();
        Table { header: table.header, rows }.sum("ORG_CODE", "NUMBER_OF_PATIENTS")
    };
    let both = |ages: std::ops::Range<u32>| -> ByPractice {
        let females = single("female", ages.clone());
        single("male", ages)
            .into_iter()
            .map(|(code, n)| (code.clone(), n + females[&code]))
            .collect()
    };
    figures.insert("share_aged_18_to_24", ratio(&both(18..25), &now));
    figures.insert("share_aged_85_and_over", ratio(&both(85..200), &now));
    figures.insert("share_male", ratio(&single("male", 0..200), &now));
    figures.insert("share_of_list_beyond_ten_areas", beyond_ten_areas());
    figures.insert("list_size", now);
}

/// The share of each list that lives outside the ten areas with most of its patients.
fn beyond_ten_areas() -> ByPractice {
    let table = harbourton().table("lsoa-all");
    let (code, people) = (table.column("PRACTICE_CODE"), table.column("NUMBER_OF_PATIENTS"));
    let mut lists: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in &table.rows {
        let count = row[people].parse().expect("a number of patients");
        lists.entry(row[code].clone()).or_default().push(count);
    }
    let share = |mut counts: Vec<f64>| {
        counts.sort_by(|a, b| b.total_cmp(a));
        counts.iter().skip(10).sum::<f64>() / counts.iter().sum::<f64>()
    };
    lists.into_iter().map(|(code, counts)| (code, share(counts))).collect()
}

fn appointment_figures(figures: &mut BTreeMap<&'static str, ByPractice>) {
    let of = |table: &Table| table.sum("GP_CODE", "COUNT_OF_APPOINTMENTS");
    let month = |name: &str| harbourton().table(&format!("Crosstab_{name}"));
    let now = month("Sep_25");
    let all = of(&now);
    let share = |column: &str, value: &str| ratio(&of(&now.only(&[(column, value)])), &all);
    figures.insert("share_unmapped", share("NATIONAL_CATEGORY", "Unmapped"));
    figures.insert("share_not_attended", share("APPT_STATUS", "DNA"));
    let mut homes = share("NATIONAL_CATEGORY", "Patient contact during Care Home Round");
    for (code, visits) in share("NATIONAL_CATEGORY", "Care Home Visit") {
        *homes.entry(code).or_insert(0.0) += visits;
    }
    figures.insert("share_care_home_categories", homes);
    figures.insert("appointments_per_patient", ratio(&all, &list("2025-11/gp-reg-pat-prac-all")));
    figures.insert("change_of_appointments", ratio(&all, &of(&month("Sep_24"))));
}

fn register_figures(figures: &mut BTreeMap<&'static str, ByPractice>) {
    let table = harbourton().table("PREVALENCE_2425");
    for (name, group) in [("prevalence_dementia", "DEM"), ("prevalence_mental_health", "MH")] {
        let own = table.only(&[("GROUP_CODE", group)]);
        let lists = own.sum("PRACTICE_CODE", "PRACTICE_LIST_SIZE");
        figures.insert(name, ratio(&own.sum("PRACTICE_CODE", "REGISTER"), &lists));
    }
}

fn staff_and_survey_figures(figures: &mut BTreeMap<&'static str, ByPractice>) {
    let staff = |month: &str| {
        harbourton()
            .table(&format!("{month} 2025 Practice Level - Detailed"))
            .sum("PRAC_CODE", "TOTAL_GP_EXTGL_FTE")
    };
    let now = staff("September");
    figures.insert("gp_fte_per_10000", ratio(&now, &list("2025-11/gp-reg-pat-prac-all")));
    figures.insert("change_of_gp_fte", ratio(&now, &staff("March")));
    let survey = |year: u32, column: &str| {
        harbourton().table(&format!("GPPS_{year}")).sum("ad_practicecode", column)
    };
    figures.insert("share_seeing_preferred", survey(2025, "localgpservicesprefhpsee.pcteval"));
    figures.insert(
        "change_of_overall_experience",
        ratio(&survey(2025, "overallexp.pcteval"), &survey(2024, "overallexp.pcteval")),
    );
    figures.insert("gp_hours_on_monday", gp_hours_on_monday());
}

fn gp_hours_on_monday() -> ByPractice {
    let table =
        harbourton().table("opening_hours").only(&[("service", "gp"), ("weekday", "Monday")]);
    let (site, opens, closes) =
        (table.column("site_code"), table.column("opens"), table.column("closes"));
    let hours = |text: &str| {
        let (hours, minutes) = text.split_once(':').expect("a time such as 08:30");
        let number = |text: &str| text.parse::<f64>().expect("a number");
        number(hours) + number(minutes) / 60.0
    };
    table
        .rows
        .iter()
        .filter(|row| row[site].ends_with("000"))
        .map(|row| (row[site].chars().take(6).collect(), hours(&row[closes]) - hours(&row[opens])))
        .collect()
}
