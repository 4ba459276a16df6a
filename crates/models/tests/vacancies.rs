//! Where GPs who join go: to vacant posts with the chance of the parameter, else by the size of practices; who joins stays.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use models::change::{Change, Effect, GpsJoin};
use models::parameters::{Key, Parameters};
use models::workforce::{
    Contract, Employer, GpStock, Group, Horizon, Ledger, Staff, Stock, simulate,
};
use vocab::Month;

const BASE: Month = Month { year: 2025, month: 11 };
const HORIZON: Horizon = Horizon { base: BASE, months: 60 };
const OLD: &str = "A81003";

/// Eight practices of six GPs; those of one of them are as old as said.
fn place(age_of_one: u8) -> Staff {
    let practice = |number: u32| {
        let code = format!("A8100{number}");
        let age = if code == OLD { age_of_one } else { 45 };
        let stock =
            |contract, heads, fte| GpStock { contract, sex: None, age: Some(age), heads, fte };
        let gps = vec![
            stock(Contract::Partner, 3, 2.5),
            stock(Contract::Salaried, 3, 2.0),
            stock(Contract::Registrar, 1, 1.0),
        ];
        Employer { code, gps, others: vec![] }
    };
    Staff { employers: (1..=8).map(practice).collect(), local_leaving: None }
}

fn run(staff: &Staff, changes: &[Change], following: f64, draw: u32) -> Ledger {
    let values = Parameters::embedded().values(7, draw);
    let values = values.with(Key::JoinersToVacancies, following);
    simulate(staff, HORIZON, changes, &values, (7, draw))
}

/// The qualified GPs of a practice at the end of each month.
fn of(ledger: &Ledger, code: &str) -> Vec<Stock> {
    ledger.total(|one, group| one == code && group.is_qualified_gp())
}

/// Who joined each practice in each month.
fn joined(ledger: &Ledger) -> Vec<Vec<Stock>> {
    let qualified = |code: &str, one: &str, group: Group| one == code && group.is_qualified_gp();
    let of = |code: &String| ledger.total_flows(|one, group| qualified(code, one, group));
    let joined = |code: &String| of(code).iter().map(|flow| flow.joined).collect();
    ledger.employers.iter().map(joined).collect()
}

fn recruits(employer: Option<&str>) -> Change {
    let join = GpsJoin {
        employer: employer.map(|code| code.parse().unwrap()),
        heads: 6,
        over_months: 6,
        fte: 0.8,
        age: 38,
        arrive: 1.0,
        leaving: 1.0,
    };
    Change { from: Month { year: 2026, month: 4 }, effect: Effect::GpsJoin(join) }
}

fn opens() -> Change {
    let effect = Effect::Opens { practice: "A81099".parse().unwrap(), patients: 9_000 };
    Change { from: Month { year: 2026, month: 4 }, effect }
}

#[test]
fn a_practice_whose_gps_all_leave_gets_more_joiners_where_they_follow_vacancies() {
    let came = |following| -> i64 {
        let of_draw = |draw| {
            let joined = &joined(&run(&place(72), &[], following, draw))[2];
            joined.iter().map(|stock| stock.heads).sum::<i64>()
        };
        (0..60).map(of_draw).sum()
    };
    let [never, sometimes, always] = [0.0, 0.5, 1.0].map(came);
    assert!(never < sometimes && sometimes < always && always > 2 * never, "{never}, {always}");
}

#[test]
fn where_nobody_follows_vacancies_it_makes_no_difference_who_left() {
    let same = |following| {
        let joined = |age| joined(&run(&place(age), &[], following, 3));
        joined(72) == joined(45)
    };
    assert_eq!([same(0.0), same(1.0)], [true, false]);
}

#[test]
fn how_many_join_and_stay_in_a_place_does_not_hang_on_where_they_go() {
    for draw in 0..20 {
        let of_place = |following| {
            let ledger = run(&place(72), &[recruits(None)], following, draw);
            ledger.total(|_, group| group.is_qualified_gp())
        };
        let heads = |stocks: Vec<Stock>| stocks.iter().map(|one| one.heads).collect::<Vec<_>>();
        assert_eq!(heads(of_place(0.0)), heads(of_place(1.0)), "draw {draw}");
    }
}

#[test]
fn practices_stay_nearer_to_the_gps_they_had_where_joiners_follow_vacancies() {
    let spread = |following| -> f64 {
        let of_draw = |draw| {
            let ledger = run(&place(45), &[], following, draw);
            let ends: Vec<f64> =
                ledger.employers.iter().map(|code| of(&ledger, code)[59].fte()).collect();
            let mean = ends.iter().sum::<f64>() / ends.len() as f64;
            ends.iter().map(|end| (end - mean).powi(2)).sum::<f64>()
        };
        (0..40).map(of_draw).sum()
    };
    let [never, sometimes, always] = [0.0, 0.5, 1.0].map(spread);
    assert!(always < sometimes && sometimes < never, "{never}, {sometimes}, {always}");
}

#[test]
fn a_practice_that_opens_comes_near_to_the_posts_of_its_patients() {
    let draws = 40;
    let end =
        |draw| of(&run(&place(45), &[opens(), recruits(None)], 1.0, draw), "A81099")[59].fte();
    let mean = (0..draws).map(end).sum::<f64>() / f64::from(draws);
    assert!((2.0..5.0).contains(&mean), "{mean} of 4.0 full-time equivalents");
}

#[test]
fn recruits_beyond_the_posts_of_their_practice_send_later_joiners_elsewhere() {
    let came_later = |changes: &[Change]| -> i64 {
        let of_draw = |draw| {
            let joined = &joined(&run(&place(45), changes, 1.0, draw))[5];
            joined[12..].iter().map(|stock| stock.heads).sum::<i64>()
        };
        (0..60).map(of_draw).sum()
    };
    assert!(came_later(&[recruits(Some("A81006"))]) < came_later(&[]));
}
