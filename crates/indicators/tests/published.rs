//! Figures of the published files, read where they lie: the environment names the folder, in which they must then be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../sources/tests/support/at_hand.rs"]
mod at_hand;

use at_hand::at_hand;
use evidence::{Affiliations, Evidence, Place, Store};
use indicators::monday::{UnknownStaff, open_days};
use indicators::reach::{Ground, Group, Mode, Question, Service, reach};
use indicators::shape::shapes;
use indicators::{Library, evaluate};
use jiff::civil::date;
use sources::import::{Request, import};
use vocab::Level;

/// Evidence of some files; nothing, and a line saying so, where they are not at hand.
fn imported(store: &Store, names: &[&str]) -> Option<Evidence> {
    let request = Request {
        paths: at_hand("CATCHMENT_DATA", names)?,
        today: "2026-11-21".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    import(store, &request, &|_| {}).unwrap();
    Some(Evidence::open(store).unwrap())
}

#[test]
fn mondays_are_the_busiest_days_of_england() {
    let names = [
        "nov-2025/Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip",
        "nov-2025/gp-reg-pat-prac-map.csv",
    ];
    let scratch = tempfile::tempdir().unwrap();
    let Some(evidence) = imported(&Store::at(scratch.path()), &names) else { return };
    let millions = |unknown| -> Vec<String> {
        let days =
            open_days(&evidence, date(2023, 6, 1), date(2025, 12, 1), None, unknown).unwrap();
        days.iter().map(|day| format!("{:.3}", day.appointments / 1e6)).collect()
    };
    assert_eq!(millions(UnknownStaff::Counted), ["1.551", "1.485", "1.398", "1.380", "1.303"]);
    assert_eq!(millions(UnknownStaff::LeftOut), ["1.486", "1.424", "1.341", "1.325", "1.250"]);
}

#[test]
fn the_crosstab_of_october_is_whole_at_every_level() {
    let names = [
        "nov-2025/Practice_Level_Crosstab_Oct_25.zip",
        "nov-2025/gp-reg-pat-prac-map.csv",
        "nov-2025/gp-reg-pat-prac-all.csv",
        "nov-2025/gp-reg-pat-prac-quin-age.csv",
        "nov-2025/OC_submissions_by_practice_Nov25.csv",
        "nov-2025/Primary Care Networks - November 2025 Individual Level.csv",
    ];
    let scratch = tempfile::tempdir().unwrap();
    let Some(evidence) = imported(&Store::at(scratch.path()), &names) else { return };
    let library = Library::built_in().unwrap();
    let definition = library.get("appointments_per_1000").unwrap();
    let at =
        |level| evaluate(&evidence, definition, "2025-10".parse().unwrap(), level, None).unwrap();
    let practices = at(Level::Practice);
    assert_eq!(practices.england.numerator, Some(15_065_690.0));
    assert_eq!(practices.coverage.counted, 2_101);
    for level in [Level::SubIcb, Level::Icb, Level::Region] {
        let sum: f64 = at(level)
            .rows
            .iter()
            .filter(|row| row.estimate.is_some())
            .filter_map(|row| row.numerator)
            .sum();
        assert_eq!(Some(sum), practices.england.numerator, "{level}");
    }
    let definitions = library.all();
    for _ in 0..2 {
        let begun = std::time::Instant::now();
        let all = indicators::evaluate_all(&evidence, &definitions, None, Level::Network, None);
        println!(
            "{} of {} indicators for networks: {:?}",
            all.iter().flatten().count(),
            all.len(),
            begun.elapsed()
        );
        let begun = std::time::Instant::now();
        let all = indicators::evaluate_all(&evidence, &definitions, None, Level::Practice, None);
        println!(
            "{} of {} indicators for practices: {:?}",
            all.iter().flatten().count(),
            all.len(),
            begun.elapsed()
        );
    }
}

fn everywhere(known: &Affiliations) -> Place {
    Place::find("ENGLAND", &[], known).unwrap()
}

#[test]
fn networks_of_today_have_the_shape_that_their_lists_give() {
    let names = ["nov-2025/gp-reg-pat-prac-map.csv", "nov-2025/gp-reg-pat-prac-all.csv"];
    let scratch = tempfile::tempdir().unwrap();
    let Some(evidence) = imported(&Store::at(scratch.path()), &names) else { return };
    let known = evidence.affiliations(date(2025, 11, 1)).unwrap();
    let shape = shapes(&evidence, &everywhere(&known), &known).unwrap().unwrap().whole;
    let found = (shape.practices, shape.networks, shape.below, shape.within, shape.above);
    assert_eq!(found, (6_200, 1_297, 114, 686, 497));
    assert_eq!(shape.below + shape.within + shape.above, shape.networks);
    assert_eq!(shape.mostly_deprived, None, "no practice scores were imported");
}

#[test]
fn the_shape_of_networks_in_january_2020_is_that_of_the_literature() {
    let names = [
        "ods/epcn_2019-12/ePCN.xlsx",
        "gp-registered/2021-01/gp-reg-pat-prac-all.csv",
        "qof/2020-21/MAPPING_NHS_GEOGRAPHIES_2021.csv",
        "gp-registered/2022-01/gp-reg-pat-prac-map.csv",
        "imd/practice-derived/practice_imd.csv",
    ];
    let scratch = tempfile::tempdir().unwrap();
    let Some(evidence) = imported(&Store::at(scratch.path()), &names) else { return };
    let known = evidence.affiliations(date(2020, 1, 1)).unwrap();
    let shape = shapes(&evidence, &everywhere(&known), &known).unwrap().unwrap().whole;
    println!("January 2020: {shape:?}");
    // 1,250 networks; 84, 726 and 440 by size (Journal of the Royal Society of Medicine, 2020); our lists are of a year on.
    let near = |found: usize, printed: usize, off: usize| found.abs_diff(printed) <= off;
    assert!(near(shape.networks, 1_250, 10), "{shape:?}");
    assert!(near(shape.below, 84, 25) && near(shape.within, 726, 25) && near(shape.above, 440, 25));
}

#[test]
fn the_reach_of_leicestershire_covers_every_resident_of_its_areas() {
    let names = [
        "nov-2025/gp-reg-pat-prac-map.csv",
        "nov-2025/gp-reg-pat-prac-all.csv",
        "geography/lookup_lsoa21_icb24.csv",
        "geography/lookup_lsoa11_lsoa21_ltla22.csv",
        "geography/lsoa21-pwc/lsoa21_pwc.csv",
        "population/population20_lsoa11.csv",
        "imd/imd2025_england_lsoa21.csv",
        "ods/practice-coordinates/practice_coordinates.csv",
    ];
    let scratch = tempfile::tempdir().unwrap();
    let Some(evidence) = imported(&Store::at(scratch.path()), &names) else { return };
    let known = evidence.affiliations(date(2025, 11, 1)).unwrap();
    let place = Place::find("03W+04C+04V", &[], &known).unwrap();
    let ground = Ground::of(&evidence, &known).unwrap();
    let question = Question {
        service: Service::Practice,
        mode: Mode::WalkOrBus,
        group: Group::Everybody,
        when: None,
        standard: None,
    };
    let found = reach(&evidence, &ground, &place, &known, &question).unwrap().unwrap();
    let everybody = |mode| {
        let row = found.groups.iter().find(|row| row.group == Group::Everybody && row.mode == mode);
        row.unwrap().clone()
    };
    let people: f64 = found.areas.iter().map(|row| row.area.people).sum();
    assert!((1_100_000.0..1_115_000.0).contains(&people), "{people} residents at mid-2020");
    assert!((everybody(Mode::Walk).people.unwrap() - people).abs() < 1e-6);
    assert!(everybody(Mode::WalkOrBus).within >= everybody(Mode::Walk).within);
    assert!(found.supply.is_err() && found.hours.is_none(), "neither was imported");
    assert!(found.gaps.iter().any(|gap| gap.examples.contains(&"Y03584".to_owned())));
}
