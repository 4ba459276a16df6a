//! Figures that stand in several files agree.

use std::collections::BTreeMap;

use synth::Settings;

use crate::place::{Place, harbourton};

fn lists(path: &str) -> BTreeMap<String, f64> {
    harbourton().table(path).sum("CODE", "NUMBER_OF_PATIENTS")
}

#[test]
fn harbourton_has_about_260_thousand_people_in_30_practices_and_6_networks() {
    let lists = lists("2025-11/gp-reg-pat-prac-all");
    assert_eq!(lists.len(), 30);
    let people: f64 = lists.values().sum();
    assert!((250_000.0..270_000.0).contains(&people), "{people}");
    let map = harbourton().table("2025-11/gp-reg-pat-prac-map");
    let networks: std::collections::BTreeSet<&String> =
        map.rows.iter().map(|row| &row[map.column("PCN_CODE")]).collect();
    assert_eq!(networks.len(), 6);
}

#[test]
fn five_year_bands_sum_to_the_list_in_every_quarter() {
    for quarter in ["2024-11", "2025-05", "2025-11"] {
        let bands = harbourton().table(&format!("{quarter}/gp-reg-pat-prac-quin-age"));
        let practices = bands.only(&[("ORG_TYPE", "GP")]);
        let of = |sex: &str, age: &str| {
            practices
                .only(&[("SEX", sex), ("AGE_GROUP_5", age)])
                .sum("ORG_CODE", "NUMBER_OF_PATIENTS")
        };
        assert_eq!(of("ALL", "ALL"), lists(&format!("{quarter}/gp-reg-pat-prac-all")));
        let all = practices.total("NUMBER_OF_PATIENTS");
        let totals = of("ALL", "ALL").values().sum::<f64>();
        let sexes = of("MALE", "ALL").values().chain(of("FEMALE", "ALL").values()).sum::<f64>();
        assert!((sexes - totals).abs() < 0.5, "sexes do not sum in {quarter}");
        assert!((all - 3.0 * totals).abs() < 0.5, "bands do not sum in {quarter}");
    }
}

#[test]
fn parents_sum_to_the_same_total_as_practices() {
    let bands = harbourton().table("2025-11/gp-reg-pat-prac-quin-age").only(&[("SEX", "ALL")]);
    let sums = bands.sum("ORG_TYPE", "NUMBER_OF_PATIENTS");
    assert_eq!(sums.len(), 5);
    assert!(sums.values().all(|sum| (sum - sums["GP"]).abs() < 0.5), "{sums:?}");
}

#[test]
fn single_years_sum_to_the_five_year_totals() {
    let bands = harbourton().table("2025-11/gp-reg-pat-prac-quin-age");
    for (file, sex) in [("sing-age-male", "MALE"), ("sing-age-female", "FEMALE")] {
        let single = harbourton().table(file);
        let all = single.only(&[("AGE", "ALL")]);
        let wanted = bands.only(&[("ORG_TYPE", "GP"), ("SEX", sex), ("AGE_GROUP_5", "ALL")]);
        assert_eq!(
            all.sum("ORG_CODE", "NUMBER_OF_PATIENTS"),
            wanted.sum("ORG_CODE", "NUMBER_OF_PATIENTS")
        );
        assert!(
            (single.total("NUMBER_OF_PATIENTS") - 2.0 * all.total("NUMBER_OF_PATIENTS")).abs()
                < 0.5
        );
    }
}

#[test]
fn registrations_by_small_area_sum_to_the_list() {
    let areas = harbourton().table("lsoa-all").sum("PRACTICE_CODE", "NUMBER_OF_PATIENTS");
    assert_eq!(areas, lists("2025-10/gp-reg-pat-prac-all"));
}

#[test]
fn the_regional_file_sums_to_the_crosstabs_and_the_daily_file() {
    let regional =
        harbourton().table("Regional_CSV").sum("APPOINTMENT_MONTH", "COUNT_OF_APPOINTMENTS");
    assert_eq!(regional.len(), 24);
    let crosstab = harbourton().table("Crosstab_Oct_25").total("COUNT_OF_APPOINTMENTS");
    assert!((regional["2025-10-01"] - crosstab).abs() < 0.5);
    let daily = harbourton().table("SDS_ROLE").total("COUNT_OF_APPOINTMENTS");
    assert!((regional.values().sum::<f64>() - daily).abs() < 0.5);
}

#[test]
fn bank_holidays_have_hardly_an_appointment() {
    let days = harbourton().table("SDS_ROLE").sum("APPOINTMENT_DATE", "COUNT_OF_APPOINTMENTS");
    assert!(days["27MAY2024"] < 0.02 * days["28MAY2024"], "the spring bank holiday of 2024");
    assert!(days["20MAY2024"] > 1.05 * days["24MAY2024"], "a Monday against its Friday");
}

#[test]
fn a_closed_practice_gives_its_list_to_its_successor() {
    let succession = Place::table(harbourton(), "gp-reg-pat-prac-all-jun-24");
    let before = succession.sum("CODE", "NUMBER_OF_PATIENTS");
    let after = lists("gp-reg-pat-prac-all-jul-24");
    assert_eq!((before.len(), after.len()), (31, 30));
    let (sum_before, sum_after): (f64, f64) = (before.values().sum(), after.values().sum());
    assert!((sum_before / sum_after - 1.0).abs() < 0.005);
}

#[test]
fn one_and_two_threads_write_the_same_bytes() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Place::of(&Settings::country(11, 700_000)))
    };
    let (one, two) = (with(1), with(2));
    let differing = one.0.iter().find(|(path, bytes)| two.0.get(*path) != Some(bytes));
    assert!(differing.is_none(), "{:?} differs", differing.map(|(path, _)| path));
    assert_eq!(one.0.len(), two.0.len());
}

#[test]
fn another_seed_gives_another_place() {
    let one = Place::of(&Settings::country(11, 200_000));
    let other = Place::of(&Settings::country(12, 200_000));
    assert!(one != other);
}
