//! The base year of a place from whatever the evidence holds, with a name for everything that stands in.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::tables::{affiliation, list_size, lookup, staff};
use evidence::{Given, Place};
use jiff::civil::Date;
use models::parameters::Parameters;
use models::place::{Base, BaseError, Basis};
use vocab::{Month, Period, Sex, StaffGroup};

const DAY: Period = Period::Day(Date::constant(2025, 11, 1));
const MONTH: Period = Period::Month(Month { year: 2025, month: 9 });

/// Three practices of one network, the last of them with nobody on the list.
fn lists() -> Given {
    let practices = [("A81001", 8_000.0), ("A81002", 4_000.0), ("A81003", 0.0)];
    let affiliations = practices.map(|(code, _)| affiliation::Row {
        practice: code.into(),
        name: code.into(),
        network: "U00001".into(),
        sub_icb: "03W".into(),
        icb: "QK1".into(),
        region: "Y60".into(),
        ..Default::default()
    });
    Given::default().with(DAY, affiliations).with(DAY, practices.map(list))
}

fn list((code, patients): (&'static str, f64)) -> list_size::Row<'static> {
    list_size::Row { practice: code.into(), patients: patients.into(), ..Default::default() }
}

/// GPs of the first practice: role, measure and value.
fn gps(role: &'static str, measure: &'static str, value: f64) -> staff::Row<'static> {
    staff::Row {
        organisation: "A81001".into(),
        level: "practice".into(),
        group: "gp".into(),
        role: role.into(),
        measure: measure.into(),
        value: value.into(),
        ..Default::default()
    }
}

fn with_staff() -> Given {
    let rows = [
        gps("total", "fte", 5.0),
        gps("Partner/Provider", "fte", 3.0),
        gps("ptnr_prov", "fte", 3.0),
        gps("Partner/Provider", "headcount", 4.0),
        gps("Training Grade ST3", "fte", 2.0),
    ];
    lists().with(MONTH, rows)
}

fn base(given: Given) -> Result<Base, BaseError> {
    let evidence = given.evidence();
    let known = evidence.affiliations(Date::constant(2025, 11, 1)).unwrap();
    let place = Place::find("03W", &[], &known)
        .unwrap_or_else(|_| Place::everywhere(vocab::Whole::Imported));
    Base::of(&evidence, &place, &Parameters::embedded().values(1, 0))
}

fn says(base: &Base, words: &str) -> bool {
    base.remarks.iter().any(|remark| remark.to_string().contains(words))
}

#[test]
fn a_practice_with_nobody_on_the_list_is_named_and_left_out() {
    let base = base(lists()).unwrap();
    assert_eq!(base.practices.len(), 2);
    assert!(says(&base, "A81003"), "{:?}", base.remarks);
}

#[test]
fn lists_alone_are_enough_and_everything_that_stands_in_is_named() {
    let base = base(lists()).unwrap();
    assert!((base.list() - 12_000.0).abs() < 1e-6);
    assert!((base.practices[0].activity.total() - 5.9 * 8_000.0).abs() < 1e-6);
    for words in [
        "no list by age",
        "no published appointments",
        "figure of GPs",
        "registers",
        "deprivation",
        "networks",
    ] {
        assert!(says(&base, words), "nothing is said of {words}: {:?}", base.remarks);
    }
}

#[test]
fn staff_as_published_is_counted_once_whatever_its_spelling() {
    let base = base(with_staff()).unwrap();
    assert!((base.practices[0].fte(StaffGroup::Gp) - 5.0).abs() < 1e-12);
    let partner = base.practices[0]
        .staff
        .iter()
        .find(|line| line.contract() == Some(vocab::Contract::Partner))
        .unwrap();
    assert_eq!(
        (partner.fte.to_bits(), partner.heads.to_bits()),
        (3.0_f64.to_bits(), 4.0_f64.to_bits())
    );
}

/// Four partners and registrars, who are not qualified: each of the four takes a quarter of the hours.
#[test]
fn what_hangs_on_one_gp_is_told_of_the_figures_as_published() {
    let base = base(with_staff()).unwrap();
    let practice = &base.practices[0];
    assert_eq!([3, 4].map(|few| practice.has_no_more_gps_than(few)), [false, true]);
    assert_eq!(practice.lost_with_one_gp(), Some(0.25));
}

#[test]
fn a_practice_without_staff_figures_has_the_rate_of_the_others_of_the_place() {
    let base = base(with_staff()).unwrap();
    let published: Vec<&str> = base.with_own_gps().map(|one| one.code.as_str()).collect();
    assert_eq!(published, [base.practices[0].code.as_str()]);
    assert!((base.practices[1].fte(StaffGroup::Gp) - 2.5).abs() < 1e-9);
    assert!(
        base.practices[1]
            .staff
            .iter()
            .filter(|line| line.group == StaffGroup::Gp)
            .all(|line| line.basis == Basis::Place)
    );
}

/// A director and nobody else: the network returned its staff, and a rate that stands in for them would be false.
#[test]
fn a_network_that_returned_only_its_director_has_nobody_else() {
    let line = |group: &'static str, role: &'static str| staff::Row {
        organisation: "U00001".into(),
        level: "network".into(),
        group: group.into(),
        ..gps(role, "fte", 0.2)
    };
    let rows = [line("director", "total"), line("director", "Clinical Director")];
    let director = base(lists().with(MONTH, rows)).unwrap();
    assert_eq!(director.networks[0].staff, []);
    assert!(!says(&director, "staff of networks"), "{:?}", director.remarks);
    let nobody = base(lists()).unwrap();
    assert_eq!(nobody.networks[0].staff[0].basis, Basis::England);
    assert!(says(&nobody, "staff of networks: 1 of 1 networks (U00001) have no return"));
}

#[test]
fn nobody_anywhere_is_a_problem_with_a_way_out() {
    let error = base(Given::default()).unwrap_err();
    assert!(error.to_string().contains("gp-reg-pat-prac-all"), "{error}");
}

/// Women of 30 to 34 and men past 70 as the detailed publication prints them, with what is not theirs to count.
#[test]
fn the_ages_of_gps_are_those_published_for_the_practice() {
    let line = |sex: &'static str, band: &'static str, role, value| staff::Row {
        sex: sex.into(),
        age_band: band.into(),
        ..gps(role, "headcount", value)
    };
    let qualified = "excluding_trainees_and_locums";
    let rows = [
        line("male", "70+", qualified, 1.0),
        line("female", "30-34", qualified, 2.0),
        line("female", "under30", qualified, 1.0),
        line("female", "unknown", qualified, 1.0),
        line("male", "30-34", "total", 5.0),
    ];
    let base = base(lists().with(MONTH, rows)).unwrap();
    let told = base.practices[0].gps_by_age.iter().map(|one| (one.sex, one.from_age, one.heads));
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(Sex::Female, 25, 1.0), (Sex::Female, 30, 2.0), (Sex::Male, 70, 1.0)]);
    assert!(base.practices[1].gps_by_age.is_empty());
    assert!(says(&base, "no published ages of their GPs"), "{:?}", base.remarks);
}

/// Hours of all GPs by age and of those not in training, as the detailed publication prints them: 1.5 of 2.0 with those of 55 and
/// over, whatever heads say.
#[test]
fn hours_near_retirement_are_beside_those_of_qualified_gps() {
    let line = |band: &'static str, role, measure, value| staff::Row {
        age_band: band.into(),
        ..gps(role, measure, value)
    };
    let rows = [
        line("30-34", "total", "fte", 1.5),
        line("50-54", "total", "fte", 0.5),
        line("55-59", "total", "fte", 1.0),
        line("70+", "total", "fte", 0.5),
        line("70+", "total", "headcount", 3.0),
        line("", "excluding_trainees", "fte", 2.0),
    ];
    let base = base(lists().with(MONTH, rows)).unwrap();
    assert_eq!(base.practices[0].share_near_retirement(), Some(0.75));
    assert_eq!(base.practices[1].share_near_retirement(), None);
}

/// The lists and a lookup of small areas: three in Harborough and one in Rutland, all in the location.
fn with_lookup() -> Given {
    let areas = [
        ("E01000001", "E07000131"),
        ("E01000002", "E07000131"),
        ("E01000003", "E07000131"),
        ("E01000004", "E06000017"),
    ];
    let rows = areas.into_iter().flat_map(|(area, authority)| {
        [("sub_icb", "03W"), ("local_authority", authority)].map(|(kind, parent)| lookup::Row {
            area: area.into(),
            area_kind: "lsoa21".into(),
            parent: parent.into(),
            parent_kind: kind.into(),
            weight: 1.0.into(),
            ..Default::default()
        })
    });
    lists().with(Period::Year(2024), rows)
}

/// Harborough: 100,550 people in 2022, 105,178 in 2025, 112,329 in 2030; Rutland: 41,225, 41,598, 42,517 (ONS, 2022-based).
#[test]
fn lists_follow_the_residents_of_their_authorities_and_half_of_what_they_did_beside_them() {
    let a_year = |from: f64, to: f64, years: f64| (to / from).powf(1.0 / years) - 1.0;
    let before = 0.75 * a_year(100_550.0, 105_178.0, 3.0) + 0.25 * a_year(41_225.0, 41_598.0, 3.0);
    let to_come = 0.75 * a_year(105_178.0, 112_329.0, 5.0) + 0.25 * a_year(41_598.0, 42_517.0, 5.0);
    let values = Parameters::embedded().values(1, 0);
    // No older lists: the difference of other locations, of which half goes on.
    let without = base(with_lookup()).unwrap();
    let told = without.growth_to_come(&values, 5);
    assert!((told - to_come - 0.5 * 0.0006).abs() < 1e-9, "{told} beside {to_come}");
    // Lists of three years before, 11,000 beside 12,000.
    let then = Period::Day(Date::constant(2022, 11, 1));
    let older = [("A81001", 7_500.0), ("A81002", 3_500.0)].map(list);
    let base = base(with_lookup().with(then, older)).unwrap();
    let lists = base.growth.lists.unwrap().a_year;
    assert!((lists - a_year(11_000.0, 12_000.0, 1_096.0 / 365.25)).abs() < 1e-9, "{lists}");
    let told = base.growth_to_come(&values, 5);
    assert!((told - to_come - 0.5 * (lists - before)).abs() < 1e-9, "{told}");
}

/// The ONS says of England: +6.4% from 2022 to 2032.
#[test]
fn where_no_authority_is_known_england_stands_in() {
    let base = base(lists()).unwrap();
    assert!(base.growth.authorities.is_empty());
    let england = base.growth.projected(2022, 2032);
    assert!(((1.0 + england).powi(10) - 1.064).abs() < 0.0005, "published: +6.4% in ten years");
    // What lies beyond the projection is no standstill: its last year goes on, and years that are partly in it are told by those.
    let (partly, beyond) = (base.growth.projected(2040, 2060), base.growth.projected(2050, 2055));
    assert!((partly - base.growth.projected(2040, 2047)).abs() < 1e-12 && partly > 0.0);
    assert!((beyond - base.growth.projected(2046, 2047)).abs() < 1e-12 && beyond > 0.0);
}
