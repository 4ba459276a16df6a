//! Tables of the years to come: the same definition of an indicator reads them as it reads those that were published.

use evidence::{Evidence, Place, TextColumn, tables};
use indicators::{Library, evaluate};
use models::outlook::{month_ahead, tables_ahead};
use vocab::Period;

use super::fixture::{base, evidence};
use super::*;
use models::change::People;

fn ahead(outlook: &Outlook, draw: usize) -> Evidence {
    evidence().with_ahead(tables_ahead(outlook, &base(), &outlook.draws[draw]))
}

fn month(year: u32) -> Period {
    Period::Month(month_ahead(&base(), year))
}

fn of(code: &str, codes: &TextColumn, figures: &[f64]) -> Option<f64> {
    (0..figures.len()).find(|row| codes.get(*row) == Some(code)).map(|row| figures[row])
}

#[test]
fn the_first_year_is_a_year_after_the_lists_and_now_stays_now() {
    let found = ahead(&outlook(&[]), 0);
    assert_eq!(found.now(), evidence().now());
    let added: Vec<Period> = found.periods("staff");
    let expected = ["2025-10", "2026-11", "2027-11", "2028-11"].map(|month| month.parse().unwrap());
    assert_eq!(added, expected);
}

/// Lists of practices add up to those of the place, year by year and draw by draw.
#[test]
fn lists_ahead_are_those_of_the_draw() {
    let outlook = outlook(&[]);
    for draw in [0, 7] {
        let found = ahead(&outlook, draw);
        for year in 1..=YEARS {
            let frame = found.frame("workforce_list", month(year)).unwrap();
            let lists = tables::workforce_list::Columns::of(&frame);
            let sum: f64 = lists.patients.iter().sum();
            let people = outlook.draws[draw].people[year as usize][0];
            assert!((sum - people).abs() < 0.01, "{sum} beside {people}");
        }
    }
}

/// Partners of 2.0 and salaried GPs of 1.0 are in post today; the registrar is not among them.
#[test]
fn gps_of_a_practice_begin_with_those_who_are_published() {
    let draw = &outlook(&[]).draws[0];
    assert!((draw.practices[0].gps - 3.0).abs() < 1e-5, "{}", draw.practices[0].gps);
    assert!((draw.practices[0].people - 8_000.0).abs() < 0.5);
}

#[test]
fn an_indicator_is_worked_out_of_them_by_its_own_definition() {
    let library = Library::built_in().unwrap();
    let definition = library.get("patients_per_gp").unwrap();
    let outlook = outlook(&[]);
    let found = ahead(&outlook, 3);
    let place = Place {
        key: "03W".to_owned(),
        name: "Here".to_owned(),
        members: vec![(Level::SubIcb, "03W".to_owned())],
    };
    for year in 1..=YEARS {
        let staff = found.frame("staff", month(year)).unwrap();
        let staff = tables::staff::Columns::of(&staff);
        let lists = found.frame("workforce_list", month(year)).unwrap();
        let lists = tables::workforce_list::Columns::of(&lists);
        let gps = of("A81001", staff.organisation, staff.value).unwrap();
        let patients = of("A81001", lists.practice, lists.patients).unwrap();
        let told =
            evaluate(&found, definition, month(year), Level::Practice, Some(&place)).unwrap();
        let row = |code: &str| told.row(code).and_then(indicators::Row::value);
        assert!((row("A81001").unwrap() - patients / gps).abs() < 1e-6);
        assert_eq!(row("A81002"), None, "its GPs are published in one sum with those in training");
        assert_eq!(row("A81003"), None, "it publishes no GPs");
    }
}

#[test]
fn those_who_join_are_in_the_tables_and_shorten_the_lists_of_each() {
    let (plain, with_more) = (outlook(&[]), outlook(&[more_gps(30)]));
    let gps = |outlook: &Outlook| {
        let frame = ahead(outlook, 0).frame("staff", month(YEARS)).unwrap();
        tables::staff::Columns::of(&frame).value.iter().sum::<f64>()
    };
    assert!(gps(&with_more) > gps(&plain) + 2.0, "{} beside {}", gps(&with_more), gps(&plain));
    assert!((gps(&outlook(&[more_contacts(1.0)])) - gps(&plain)).abs() < 1e-9);
}

/// People on each list of a year in which a change begins in its tenth month.
fn lists_of_first_year(effect: Effect) -> Vec<(String, f64)> {
    let change = Change { from: Month { year: 2026, month: 9 }, effect };
    let found = ahead(&outlook(&[change]), 0);
    let frame = found.frame("list_size", Period::Day(month(1).first_day())).unwrap();
    let lists = tables::list_size::Columns::of(&frame);
    let row =
        |(row, patients): (usize, &f64)| (lists.practice.get(row).unwrap().to_owned(), *patients);
    lists.patients.iter().enumerate().map(row).collect()
}

fn sum(lists: &[(String, f64)]) -> f64 {
    lists.iter().map(|(_, patients)| patients).sum()
}

/// Lists are those of the month and no mean of the year: who came in its tenth month is on them in full, and nobody is on the list of
/// a practice that closed then.
#[test]
fn lists_are_told_as_they_stand_at_the_end_of_a_year() {
    let plain = lists_of_first_year(Effect::Leaving {
        factor: 1.0,
        from_age: 0,
        to_age: 99,
        reached: None,
    });
    let people = People { practices: vec![], people: 1_200, over_months: 1, ages: [0.2, 0.6, 0.2] };
    let come = lists_of_first_year(Effect::People(people.clone()));
    assert!((sum(&come) - sum(&plain) - 1_200.0).abs() < 0.1, "{come:?} beside {plain:?}");
    let half = People { over_months: 6, ..people };
    let come = lists_of_first_year(Effect::People(half));
    assert!((sum(&come) - sum(&plain) - 600.0).abs() < 0.1, "three of six months: {come:?}");
    let [closed, other] = ["A81003", "A81001"].map(|code| code.parse().unwrap());
    let closed = lists_of_first_year(Effect::Closes { practice: closed, to: vec![(other, 1.0)] });
    assert!(closed.iter().all(|(code, _)| code != "A81003"), "{closed:?}");
    assert!((sum(&closed) - sum(&plain)).abs() < 0.1, "nobody is lost: {closed:?}");
}

/// A cap lets in nobody whom a closure sends after it began: only the list of that day stays above it.
#[test]
fn a_cap_holds_for_those_whom_a_closure_sends() {
    let [capped, closed] = ["A81001", "A81003"].map(|code: &str| code.parse().unwrap());
    let changes = [
        Change {
            from: Month { year: 2026, month: 1 },
            effect: Effect::ListCap { practice: capped, patients: 100 },
        },
        Change {
            from: Month { year: 2026, month: 6 },
            effect: Effect::Closes { practice: closed, to: vec![(capped, 1.0)] },
        },
    ];
    let draw = &outlook(&changes).draws[0];
    let without = &outlook(&[]).draws[0];
    let on_list = |draw: &Draw, year: usize| f64::from(draw.practices[year].people);
    let most = on_list(without, 1).max(8_000.0);
    assert!(on_list(draw, 2) <= most + 1.0, "{} beside {most}", on_list(draw, 2));
}
