//! The reach of a small invented place, on numbers that can be checked by hand.

use evidence::Place;
use evidence::tables::{area, car, deprivation, lookup, opening, resident, staff, travel};
use indicators::reach::{
    Ground, Group, GroupReach, Mode, NoReach, Offers, Question, Reach, Service, offers, reach,
};
use indicators::shape::{Shape, shapes};
use space::national_grid::to_national_grid;
use vocab::Level;

use crate::common::{Tables, inside, two_regions};

/// Three small areas of sub-ICB 01A in a row, 1 km apart from the practice of the first, and one far away. The first
/// practice of the place stands in the first area; the second has no location.
fn ground() -> Tables {
    let mut tables = two_regions();
    let (east, north) = to_national_grid(AT.1, AT.0);
    let areas = [
        ("E01000001", 0.0, 1000.0, 100.0, 60.0, 1.0),
        ("E01000002", 1.0, 500.0, 200.0, 30.0, 4.0),
        ("E01000003", 2.0, 500.0, 0.0, 5.0, 9.0),
    ];
    for (code, kilometres, young, old, score, decile) in areas {
        let area = area::Row {
            area: code.into(),
            census: "2021".into(),
            easting_metres: (east + kilometres * 1000.0).into(),
            northing_metres: north.into(),
            ..Default::default()
        };
        tables.row("2021", area);
        for (age, people) in [(30.0, young), (80.0, old)] {
            let resident = resident::Row {
                area: code.into(),
                census: "2021".into(),
                sex: "all".into(),
                age_from: age.into(),
                residents: people.into(),
                ..Default::default()
            };
            tables.row("2023", resident);
        }
        let deprivation = deprivation::Row {
            area: code.into(),
            census: "2021".into(),
            domain: "overall".into(),
            score: score.into(),
            decile: decile.into(),
            ..Default::default()
        };
        tables.row("2025", deprivation);
        let lookup = lookup::Row { weight: 1.0.into(), ..inside(code, "sub_icb", "01A") };
        tables.row("2024", lookup);
    }
    tables.stands("A81001", AT.0, AT.1);
    tables
}

/// Latitude and longitude of the practice.
const AT: (f64, f64) = (52.657_570, 1.717_922);

fn question(service: Service, mode: Mode) -> Question {
    Question { service, mode, group: Group::Everybody, when: None, standard: None }
}

fn asked(tables: &Tables, key: &str, question: &Question) -> Result<Reach, NoReach> {
    let evidence = tables.evidence();
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let place = Place::find(key, &[], &known).unwrap();
    let ground = Ground::of(&evidence, &known).unwrap();
    reach(&evidence, &ground, &place, &known, question).unwrap()
}

fn walking(tables: &Tables) -> Reach {
    asked(tables, "01A", &question(Service::Practice, Mode::Walk)).unwrap()
}

fn row(reach: &Reach, group: Group, mode: Mode) -> &GroupReach {
    reach.groups.iter().find(|row| row.group == group && row.mode == mode).unwrap()
}

fn travel(tables: &mut Tables, area: &str, minutes: f64) {
    let travel = travel::Row {
        area: area.into(),
        site: "A81001".into(),
        mode: "walk".into(),
        minutes: minutes.into(),
    };
    tables.row("2025", travel);
}

#[test]
fn a_kilometre_on_foot_takes_what_the_stated_speed_says() {
    let reach = walking(&ground());
    let minutes: Vec<f64> = reach.areas.iter().map(|area| area.minutes.unwrap()).collect();
    // 1.3 × 60 / 4.8 = 16.25 minutes a kilometre; the practice stands at the first centroid.
    for (found, expected) in minutes.iter().zip([0.0, 16.25, 32.5]) {
        assert!((found - expected).abs() < 1e-9, "{minutes:?}");
    }
}

#[test]
fn shares_count_people_of_each_group_at_their_own_pace() {
    let reach = walking(&ground());
    let everybody = row(&reach, Group::Everybody, Mode::Walk);
    assert_eq!((everybody.people, everybody.within), (Some(2300.0), Some(1100.0 / 2300.0)));
    let older = row(&reach, Group::Older, Mode::Walk);
    assert_eq!((older.people, older.within), (Some(300.0), Some(100.0 / 300.0)));
    assert!(older.ninety > everybody.ninety.map(|minutes| minutes - 16.25));
    let deprived = row(&reach, Group::MostDeprived, Mode::Walk);
    assert_eq!((deprived.people, deprived.within), (Some(1100.0), Some(1.0)));
}

#[test]
fn what_no_publication_says_is_missing_not_nought() {
    let reach = walking(&ground());
    let without = row(&reach, Group::WithoutCar, Mode::Drive);
    assert_eq!((without.people, without.within, without.median), (None, None, None));
    assert!(reach.supply.is_err() && reach.hours.is_none());
}

#[test]
fn people_without_a_car_are_those_of_households_without_one_and_do_not_drive() {
    let mut tables = ground();
    for (area, without) in [("E01000001", 30.0), ("E01000002", 0.0), ("E01000003", 5.0)] {
        let car = car::Row { area: area.into(), households: 100.0.into(), without: without.into() };
        tables.row("2021", car);
    }
    let reach = walking(&tables);
    let people: Vec<f64> = reach.areas.iter().map(|area| area.area.people).collect();
    let without = row(&reach, Group::WithoutCar, Mode::Walk);
    assert!((without.people.unwrap() - (0.30 * people[0] + 0.05 * people[2])).abs() < 1e-9);
    let driving = row(&reach, Group::WithoutCar, Mode::Drive);
    assert_eq!((driving.people, driving.within), (None, None));
}

#[test]
fn imported_times_replace_stated_speeds_area_by_area() {
    let mut tables = ground();
    travel(&mut tables, "E01000003", 4.0);
    let reach = walking(&tables);
    assert_eq!(reach.areas[2].minutes, Some(4.0));
    assert!(reach.areas[1].minutes.unwrap() > 15.0);
    assert_eq!(reach.imported_areas, 1);
}

#[test]
fn a_practice_without_a_location_is_named() {
    let reach = walking(&ground());
    let named = reach.gaps.iter().any(|gap| gap.examples == ["A81002"]);
    assert!(named, "{:?}", reach.gaps);
}

#[test]
fn nobody_is_near_an_open_site_at_night() {
    let mut tables = ground();
    let opening = opening::Row {
        site: "A81001000".into(),
        service: "gp".into(),
        weekday: "tuesday".into(),
        opens: "08:30".into(),
        closes: "18:00".into(),
    };
    tables.row("2025-11-01", opening);
    let hours = walking(&tables).hours.unwrap();
    let tuesday = hours.shares[1];
    assert!((tuesday[8] - 1100.0 / 2300.0).abs() < 1e-12 && tuesday[18] == 0.0);
    assert!(hours.shares[2].iter().all(|share| *share == 0.0));
    let weekend = asked(&tables, "01A", &question(Service::Weekend, Mode::Walk));
    assert_eq!(weekend.unwrap_err(), NoReach::NobodyOpen);
    let at = |when| Question { when: Some(when), ..question(Service::Practice, Mode::Walk) };
    assert!(asked(&tables, "01A", &at((1, 10))).is_ok());
    assert_eq!(asked(&tables, "01A", &at((6, 10))).unwrap_err(), NoReach::NobodyOpen);
}

#[test]
fn what_cannot_be_answered_says_what_would_answer_it() {
    let tables = ground();
    let refused =
        |key: &str, service| asked(&tables, key, &question(service, Mode::Walk)).unwrap_err();
    assert_eq!(refused("01A", Service::Evening), NoReach::NoHours);
    assert_eq!(refused("01A", Service::Emergency), NoReach::NoSite);
    assert_eq!(refused("01A", Service::One("X99999".to_owned())), NoReach::NoSuchSite);
    assert_eq!(refused("U00001", Service::Practice), NoReach::NoAreasOfPlace);
    let nowhere = asked(&two_regions(), "01A", &question(Service::Practice, Mode::Walk));
    assert_eq!(nowhere.unwrap_err(), NoReach::NoAreas);
}

#[test]
fn a_practice_reaches_its_own_patients_where_their_areas_are_known() {
    let mut tables = ground();
    tables.lives("A81002", "E01000002", 700.0);
    let reach = asked(&tables, "A81002", &question(Service::Practice, Mode::Walk)).unwrap();
    assert!(reach.registered);
    assert_eq!(row(&reach, Group::Everybody, Mode::Walk).people, Some(700.0));
    assert_eq!(row(&reach, Group::Older, Mode::Walk).people, None);
}

#[test]
fn supply_by_catchment_shares_all_gps_among_those_who_reach_them() {
    let mut tables = ground();
    let staff = staff::Row {
        organisation: "A81001".into(),
        level: "practice".into(),
        group: "gp".into(),
        role: "total".into(),
        measure: "fte".into(),
        value: 3.0.into(),
        ..Default::default()
    };
    tables.row("2025-10", staff);
    let reach = walking(&tables);
    let supply = reach.supply.unwrap();
    let given: f64 = reach
        .areas
        .iter()
        .zip(&supply.catchment)
        .map(|(area, score)| area.area.people * score.unwrap() / supply.unit.people())
        .sum();
    assert!((given - 3.0).abs() < 1e-9, "{given}");
}

fn offered(tables: &Tables) -> Offers {
    let evidence = tables.evidence();
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let ground = Ground::of(&evidence, &known).unwrap();
    offers(&evidence, &ground, &Place::find("ENGLAND", &[], &known).unwrap(), &known).unwrap()
}

#[test]
fn a_practice_without_a_payment_line_is_neither_yes_nor_no() {
    let mut tables = ground();
    for (practice, pounds) in [("A81001", 900.0), ("B81003", 0.0)] {
        tables.payment("2022/23", practice, "minor_surgery", pounds);
    }
    let offers = offered(&tables);
    let surgery = offers.services.iter().find(|offer| offer.id == "minor_surgery").unwrap();
    assert_eq!(surgery.practices.get("A81001"), Some(&true));
    assert_eq!(surgery.practices.get("B81003"), Some(&false));
    assert_eq!(surgery.practices.get("A81002"), None);
    assert_eq!(surgery.patients, Some(5_000.0 / 13_000.0));
    assert_eq!(surgery.neighbourhoods.get("U00001"), Some(&Some(1.0)));
}

#[test]
fn networks_are_counted_by_their_patients_and_practices() {
    let mut tables = two_regions();
    tables.practice(["A81004", "U00001", "01A", "QAA", "Y60"], 20_000.0);
    tables.practice(["A81005", "U00003", "01A", "QAA", "Y60"], 60_000.0);
    tables.practice(["A81006", "", "01A", "QAA", "Y60"], 1_000.0);
    let evidence = tables.evidence();
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let shapes =
        shapes(&evidence, &Place::find("ENGLAND", &[], &known).unwrap(), &known).unwrap().unwrap();
    let expected = Shape {
        practices: 6,
        in_no_network: 1,
        networks: 3,
        across: 0,
        within: 1,
        below: 1,
        above: 1,
        single_practice: 2,
        many_practices: 0,
        mostly_deprived: None,
        patients: 104_000.0,
    };
    assert_eq!(shapes.whole, expected);
    assert_eq!(shapes.boards.get("QBB").map(|board| board.1.networks), Some(1));
    let sizes: Vec<_> = shapes
        .networks
        .iter()
        .map(|one| (one.code.as_str(), one.patients as u32, one.size()))
        .collect();
    assert_eq!(sizes[0], ("U00003", 60_000, "above 50,000"));
    assert_eq!(sizes.iter().map(|(_, patients, _)| patients).sum::<u32>(), 103_000);
    assert!(known.codes(Level::Icb).contains("QBB"));
}

/// A network of two boards is as large in each of them as it is, and belongs to the one of most of its patients.
#[test]
fn a_network_across_a_border_is_judged_whole() {
    let mut tables = two_regions();
    tables.practice(["A81004", "U00009", "01A", "QAA", "Y60"], 30_000.0);
    tables.practice(["A81005", "U00009", "02B", "QBB", "Y61"], 2_000.0);
    let evidence = tables.evidence();
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let place = Place::find("QBB", &[], &known).unwrap();
    let shapes = shapes(&evidence, &place, &known).unwrap().unwrap();
    let network = shapes.networks.iter().find(|one| one.code == "U00009").unwrap();
    assert_eq!((network.practices, network.practices_here), (2, 1));
    assert_eq!((network.patients as u32, network.patients_here as u32), (32_000, 2_000));
    assert_eq!(network.size(), "30,000 to 50,000");
    assert_eq!((shapes.whole.across, shapes.whole.within), (1, 1));
    let board = &shapes.boards["QBB"].1;
    assert_eq!(board.networks + 1, shapes.whole.networks, "it belongs to the other board");
}
