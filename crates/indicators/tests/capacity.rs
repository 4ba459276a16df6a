//! The week, sharing within networks, capacity beside experience, and people on no list, on small made-up evidence.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::tables::{
    affiliation, appointment, appointment_day, call, experience, list_size, lookup,
    registered_area, resident,
};
use evidence::{Evidence, Given, Place};
use indicators::felt::{Gap, felt};
use indicators::registration::{registrations, years_apart};
use indicators::week::{Balance, Standing, balance, locations, network_loads, partners};
use indicators::{Definition, Library};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use vocab::{Level, Period, Whole};

const MONDAY: Date = date(2025, 9, 8);

/// Four weeks of September 2025 in which the sub-ICB held these shares of 1,000 appointments a week.
fn with_days(mut given: Given, sub_icb: &str, shares: [f64; 5]) -> Given {
    for week in 0..3_i64 {
        for (day, share) in (0_i64..).zip(shares) {
            let day = (MONDAY + (week * 7 + day).days()).to_string();
            let more = if day.ends_with('9') { 1.0 } else { 0.0 };
            given.add(period("2025-09"), held(sub_icb, &day, 1_000.0 * share + more));
        }
    }
    given
}

fn held<'a>(sub_icb: &'a str, day: &'a str, count: f64) -> appointment_day::Row<'a> {
    appointment_day::Row {
        sub_icb: sub_icb.into(),
        day: day.into(),
        appointments: count.into(),
        ..Default::default()
    }
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn affiliation(
    practice: &'static str,
    network: &'static str,
    sub_icb: &'static str,
) -> affiliation::Row<'static> {
    affiliation::Row {
        practice: practice.into(),
        name: practice.into(),
        network: network.into(),
        network_name: network.into(),
        sub_icb: sub_icb.into(),
        sub_icb_name: sub_icb.into(),
        icb: "QZ9".into(),
        icb_name: "QZ9".into(),
        region: "Y99".into(),
        region_name: "Y99".into(),
        ..Default::default()
    }
}

/// A practice of each of two locations.
fn two_practices() -> Given {
    let practices =
        [affiliation("A00001", "U00001", "01A"), affiliation("A00002", "U00002", "01B")];
    Given::default().with(period("2025-09-01"), practices)
}

fn week_of(shares: [f64; 5]) -> Balance {
    let evidence = with_days(Given::default(), "01A", shares).evidence();
    balance(&evidence, None).unwrap().unwrap()
}

const AS_ASKED: [f64; 5] = [0.25, 0.20, 0.19, 0.18, 0.18];

#[test]
fn a_week_held_as_it_is_asked_for_is_in_balance() {
    let week = week_of(AS_ASKED);
    assert!(week.moved_share() < 0.001, "{week:?}");
    assert!(week.days.iter().all(|day| day.standing == Standing::Balanced));
}

#[test]
fn what_some_days_lack_others_hold() {
    let week = week_of([0.20; 5]);
    let lacking: f64 = week.days.iter().map(|day| day.lacking(week.weekly)).sum();
    assert!(lacking.abs() < 1e-9);
    assert_eq!(week.days[0].standing, Standing::Short);
    assert_eq!(week.days[4].standing, Standing::Over);
}

#[test]
fn the_fewer_mondays_hold_the_more_must_move() {
    let moved = [0.24, 0.22, 0.20].map(|monday| {
        let rest = (1.0 - monday) / 0.75;
        week_of([monday, 0.20 * rest, 0.19 * rest, 0.18 * rest, 0.18 * rest]).moved_share()
    });
    assert!(moved.is_sorted(), "{moved:?}");
}

#[test]
fn a_week_with_a_bank_holiday_does_not_count() {
    let mut given = Given::default();
    for day in 0..10_i64 {
        let day = (date(2025, 8, 18) + day.days()).to_string();
        given.add(period("2025-08"), held("01A", &day, 200.0));
    }
    let evidence = given.evidence();
    assert!(balance(&evidence, None).unwrap().is_none(), "one whole week is no balance");
}

#[test]
fn calls_stand_beside_the_appointments_of_the_week_each_counted_once() {
    let mut given = with_days(two_practices(), "01A", AS_ASKED);
    let numbers = [300.0, 200.0, 200.0, 150.0, 150.0];
    for (offset, number) in (0_i64..).zip(numbers) {
        let day = (date(2025, 9, 8) + offset.days()).to_string();
        let calls = [
            ("A00001", "CBT001", "time", number),
            // The same calls by length, those answered, those of a shared account and those of a practice elsewhere.
            ("A00001", "CBT001", "duration", number),
            ("A00001", "CBT003", "time", number / 2.0),
            ("", "CBT001", "time", 999.0),
            ("A00002", "CBT001", "time", 500.0),
        ];
        let calls = calls.map(|(practice, indicator, split, number)| call::Row {
            practice: practice.into(),
            region: "Y99".into(),
            day: (&day).into(),
            indicator: indicator.into(),
            split: split.into(),
            calls: number.into(),
            mark: "value".into(),
            ..Default::default()
        });
        given = given.with(period("2025-09"), calls);
    }
    let evidence = given.evidence();
    let place = Place {
        key: "01A".to_owned(),
        name: "Here".to_owned(),
        members: vec![(Level::SubIcb, "01A".to_owned())],
    };
    let found = balance(&evidence, Some(&place)).unwrap().unwrap().calls.unwrap();
    assert_eq!((found.practices, found.weeks), (1, 1));
    assert!((found.weekly - 1_000.0).abs() < 1e-9, "{found:?}");
    for (share, expected) in found.shares.iter().zip([0.30, 0.20, 0.20, 0.15, 0.15]) {
        assert!((share - expected).abs() < 1e-9, "{found:?}");
    }
    assert!(week_of(AS_ASKED).calls.is_none());
}

#[test]
fn a_location_short_on_a_day_is_paired_with_one_that_has_more() {
    let given = with_days(two_practices(), "01A", [0.20, 0.20, 0.20, 0.20, 0.20]);
    let evidence = with_days(given, "01B", [0.30, 0.20, 0.19, 0.16, 0.15]).evidence();
    let found = locations(&evidence, &Place::everywhere(Whole::Imported)).unwrap();
    let pairs = partners(&found);
    let monday = pairs.iter().find(|pair| pair.weekday == Weekday::Monday).unwrap();
    assert_eq!((monday.short.code.as_str(), monday.over.code.as_str()), ("01A", "01B"));
    assert!((monday.appointments - 50.0).abs() < 1.0, "{monday:?}");
}

fn definition(library: &Library, id: &str) -> Definition {
    library.get(id).unwrap().clone()
}

/// Six practices of two networks, with appointments and satisfied respondents.
fn practices() -> Evidence {
    const CODES: [&str; 6] = ["A00001", "A00002", "A00003", "A00004", "A00005", "A00006"];
    let held = [900.0, 600.0, 300.0, 500.0, 500.0, 500.0];
    let said = [0.2, 0.5, 0.9, 0.6, 0.7, 0.55];
    let (day, month) = (period("2025-10-01"), period("2025-10"));
    let mut given = Given::default();
    for (index, code) in CODES.into_iter().enumerate() {
        let network = if index < 3 { "U00001" } else { "U00002" };
        given.add(day, affiliation(code, network, "01A"));
        given.add(day, list(code, "01A", 1_000.0));
        let appointments = appointment::Row {
            practice: code.into(),
            staff: "gp".into(),
            mode: "face_to_face".into(),
            status: "attended".into(),
            wait: "same_day".into(),
            category: "General Consultation Routine".into(),
            appointments: held[index].into(),
        };
        given.add(month, appointments);
        let experience = experience::Row {
            practice: code.into(),
            question: "contact".into(),
            share: said[index].into(),
            responses: 100.0.into(),
            mark: "value".into(),
        };
        given.add(Period::Year(2025), experience);
    }
    given.evidence()
}

fn list(practice: &'static str, sub_icb: &'static str, patients: f64) -> list_size::Row<'static> {
    list_size::Row { practice: practice.into(), sub_icb: sub_icb.into(), patients: patients.into() }
}

#[test]
fn what_a_practice_holds_above_its_network_others_lack() {
    let library = Library::built_in().unwrap();
    let everywhere = Place::everywhere(Whole::Imported);
    let month = "2025-10".parse().unwrap();
    let networks = network_loads(
        &practices(),
        &definition(&library, "appointments_per_1000"),
        month,
        &everywhere,
    )
    .unwrap();
    assert_eq!(networks.len(), 2);
    for network in &networks {
        let sum: f64 = network.practices.iter().map(|load| load.above).sum();
        assert!(sum.abs() < 1e-9, "{network:?}");
    }
    assert!(networks[1].hours() < 1e-9, "practices alike have nothing to share");
    assert!((networks[0].practices[0].above - 300.0 * 7.0 / (365.25 / 12.0)).abs() < 1e-9);
}

#[test]
fn capacity_that_is_not_felt_is_named_and_so_is_its_reverse() {
    let library = Library::built_in().unwrap();
    let (capacity, experience) =
        (definition(&library, "appointments_per_1000"), definition(&library, "survey_contact"));
    let found =
        felt(&practices(), &capacity, &experience, &Place::everywhere(Whole::Imported)).unwrap();
    let gaps: Vec<Option<Gap>> = found.pairs.iter().map(|pair| pair.gap).collect();
    assert_eq!(
        gaps,
        [Some(Gap::NotFelt), Some(Gap::NotFelt), Some(Gap::FeltWithout), None, None, None]
    );
    assert!(found.everywhere.unwrap().value < 0.0);
}

/// Two small areas, of which one has fewer people on lists than live there.
fn two_areas() -> Evidence {
    let lives = |(area, people): (&'static str, f64)| registered_area::Row {
        practice: "A00001".into(),
        area: area.into(),
        sex: "all".into(),
        patients: people.into(),
        ..Default::default()
    };
    let patients = [("E01000001", 1_200.0), ("E01000002", 900.0), ("", 50.0)];
    let areas = ["E01000001", "E01000002"];
    let day = period("2025-10-01");
    Given::default()
        .with(day, [affiliation("A00001", "U00001", "01A")])
        .with(day, patients.map(lives))
        .with(Period::Year(2024), areas.map(thousand))
        .with(Period::Year(2024), areas.map(|area| lies((area, "01A"))))
        .evidence()
}

/// A thousand residents of an area.
fn thousand(area: &'static str) -> resident::Row<'static> {
    resident::Row {
        area: area.into(),
        census: "2021".into(),
        sex: "all".into(),
        age_from: 0.0.into(),
        residents: 1_000.0.into(),
        ..Default::default()
    }
}

fn lies((area, sub_icb): (&'static str, &'static str)) -> lookup::Row<'static> {
    lookup::Row {
        area: area.into(),
        area_kind: "lsoa21".into(),
        area_name: area.into(),
        parent: sub_icb.into(),
        parent_kind: "sub_icb".into(),
        weight: 1.0.into(),
        ..Default::default()
    }
}

#[test]
fn surplus_entries_in_one_area_hide_nobody_in_another() {
    let library = Library::built_in().unwrap();
    let definition = definition(&library, "registered_per_resident");
    let found =
        registrations(&two_areas(), &definition, &Place::everywhere(Whole::Imported)).unwrap();
    assert!(found.by_small_area);
    assert!((found.whole.ratio() - 1.05).abs() < 1e-12, "{found:?}");
    let (fewest, most) = found.unregistered();
    // 1,000 − 900 − 2% of 1,000 at least; 100 + 20 + a tenth of 900 at most; the other area is full either way.
    assert!((fewest - 80.0).abs() < 1e-9 && (most - 210.0).abs() < 1e-9, "{fewest} {most}");
    assert!((found.unplaced - 50.0).abs() < 1e-12);
}

#[test]
fn residents_of_years_before_are_not_set_against_lists() {
    // The middle of 2024 is 15 months before October 2025, that of 2020 more than five years.
    assert_eq!(years_apart(period("2025-10-01"), Period::Year(2024)), None);
    assert_eq!(years_apart(period("2025-10-01"), Period::Year(2020)), Some(5));
    assert_eq!(years_apart(period("2025-10-01"), Period::Year(2023)), Some(2));
    assert_eq!(
        years_apart(period("2018-04-01"), Period::Year(2020)),
        Some(2),
        "nor of years after"
    );
}

/// Three locations of a thousand residents each; of two practices of the first one goes to the second after the first lists.
fn redrawn() -> Evidence {
    let belong = |moved| {
        [
            affiliation("A00001", "U00001", "01A"),
            affiliation("A00002", "U00001", moved),
            affiliation("B00001", "U00002", "01B"),
            affiliation("C00001", "U00003", "01C"),
        ]
    };
    let lists = |moved| {
        [
            list("A00001", "01A", 600.0),
            list("A00002", moved, 500.0),
            list("B00001", "01B", 1_000.0),
            list("C00001", "01C", 1_050.0),
        ]
    };
    let areas = [("E01000001", "01A"), ("E01000002", "01B"), ("E01000003", "01C")];
    let (then, now) = (period("2021-01-01"), period("2025-10-01"));
    Given::default()
        .with(then, belong("01A"))
        .with(now, belong("01B"))
        .with(then, lists("01A"))
        .with(now, lists("01B"))
        .with(Period::Year(2020), areas.map(|(area, _)| thousand(area)))
        .with(Period::Year(2020), areas.map(lies))
        .evidence()
}

/// 600 on the lists of the first for 1,000 residents of the area as it was: nobody is missing, a practice went.
#[test]
fn lists_are_not_set_against_residents_of_an_area_that_was_redrawn() {
    let library = Library::built_in().unwrap();
    let definition = definition(&library, "registered_per_resident");
    let known = redrawn().affiliations(date(2025, 10, 1)).unwrap();
    let of =
        |key: &str| registrations(&redrawn(), &definition, &Place::find(key, &[], &known).unwrap());
    let why = of("01A").unwrap_err().to_string();
    assert!(why.contains("came from another location or went to one"), "{why}");
    assert!((of("01C").unwrap().whole.ratio() - 1.05).abs() < 1e-12);
    let all = of("01A+01B+01C").unwrap();
    let codes: Vec<&str> = all.areas.iter().map(|area| area.code.as_str()).collect();
    assert_eq!(codes, ["01C", "01A+01B"]);
    assert!((all.whole.registered - 3_150.0).abs() < 1e-9 && all.redrawn.is_empty(), "{all:?}");
    let part = of("01A+01C").unwrap();
    assert_eq!((part.redrawn.len(), part.areas.len()), (1, 1));
}
