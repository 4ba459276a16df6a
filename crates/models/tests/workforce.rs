//! What must hold of every run of the workforce: nobody appears or vanishes, scenarios differ by nothing but themselves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use models::change::{Change, Effect, GpsJoin, Posts};
use models::parameters::Parameters;
use models::workforce::{
    Contract, Employer, Flow, GpStock, Group, Horizon, Ledger, LocalLeaving, Role, RoleStock,
    Staff, Stock, expect, months_without_a_gp, simulate,
};
use vocab::Month;

const BASE: Month = Month { year: 2025, month: 11 };
const HORIZON: Horizon = Horizon { base: BASE, months: 60 };

fn practice(code: &str, gps: u32) -> Employer {
    let stock =
        |contract, heads: u32, fte: f64| GpStock { contract, sex: None, age: None, heads, fte };
    Employer {
        code: code.to_owned(),
        gps: vec![
            stock(Contract::Partner, gps, f64::from(gps) * 0.83),
            stock(Contract::Salaried, gps, f64::from(gps) * 0.66),
            stock(Contract::Registrar, 1, 1.0),
        ],
        others: vec![
            RoleStock { role: Role::Nurse, heads: 3, fte: 2.2 },
            RoleStock { role: Role::Admin, heads: 12, fte: 8.1 },
        ],
    }
}

fn place() -> Staff {
    let mut employers: Vec<Employer> =
        (1..=12).map(|number| practice(&format!("A810{number:02}"), 1 + number % 4)).collect();
    employers.push(Employer {
        code: "U12345".to_owned(),
        others: vec![RoleStock { role: Role::Pharmacist, heads: 6, fte: 5.1 }],
        ..Employer::default()
    });
    Staff { employers, local_leaving: None }
}

fn run(staff: &Staff, changes: &[Change], draw: u32) -> Ledger {
    let values = Parameters::embedded().values(7, draw);
    simulate(staff, HORIZON, changes, &values, (7, draw))
}

fn from(year: i16, month: i8, effect: Effect) -> Change {
    Change { from: Month { year, month }, effect }
}

fn recruits(heads: u32) -> Change {
    from(
        2026,
        4,
        Effect::GpsJoin(GpsJoin {
            employer: None,
            heads,
            over_months: 24,
            fte: 0.8,
            age: 38,
            arrive: 0.9,
            leaving: 1.0,
        }),
    )
}

fn eventful() -> Vec<Change> {
    vec![
        recruits(10),
        from(2026, 2, Effect::Closes { practice: "A81003".parse().unwrap(), to: vec![] }),
        from(
            2026,
            9,
            Effect::Merges { practice: "A81004".parse().unwrap(), into: "A81005".parse().unwrap() },
        ),
        from(2027, 1, Effect::Opens { practice: "A81099".parse().unwrap(), patients: 6000 }),
        from(2026, 6, Effect::TrainingPlaces { places: 5 }),
        from(2027, 6, Effect::TrainingPlaces { places: -7 }),
        from(2027, 4, Effect::HoursInPost { factor: 1.05 }),
        from(
            2026,
            4,
            Effect::Posts(Posts {
                employer: "U12345".to_owned(),
                role: Role::Paramedic,
                posts: 8,
                fte: 0.9,
                fill: 0.6,
                round_months: 4.0,
            }),
        ),
    ]
}

fn qualified(_: &str, group: Group) -> bool {
    group.is_qualified_gp()
}

fn fte(ledger: &Ledger) -> Vec<i64> {
    ledger.total(qualified).iter().map(|stock| stock.micro_fte).collect()
}

#[test]
fn start_and_joiners_less_leavers_and_moves_is_who_is_counted_at_the_end() {
    for draw in 0..40 {
        let ledger = run(&place(), &eventful(), draw);
        for (line, what) in ledger.lines() {
            let end = ledger.stocks(line).last().unwrap();
            assert_eq!(end, ledger.counted(line), "draw {draw}, {what:?}");
        }
    }
}

#[test]
fn whoever_moves_out_moves_in_somewhere() {
    for draw in 0..20 {
        let flows = run(&place(), &eventful(), draw).total_flows(|_, _| true);
        assert!(flows.iter().all(|flow| flow.moved_in == flow.moved_out));
    }
}

#[test]
fn nobody_works_in_a_practice_that_has_closed() {
    for draw in 0..20 {
        let ledger = run(&place(), &eventful(), draw);
        let closed = ledger.total(|code, _| code == "A81003" || code == "A81004");
        assert!(closed[10..].iter().all(|stock| *stock == Stock::default()));
    }
}

#[test]
fn the_start_is_what_was_published() {
    let staff = place();
    let ledger = run(&staff, &[], 3);
    let published: f64 =
        staff.employers.iter().flat_map(|one| &one.others).map(|one| one.fte).sum();
    let start = ledger.total_start(|_, group| matches!(group, Group::Other(_)));
    assert!((start.fte() - published).abs() < 1e-9);
}

#[test]
fn the_years_of_a_line_hold_all_its_months() {
    let ledger = run(&place(), &eventful(), 1);
    let mut happens = [false; 8];
    for (line, _) in ledger.lines() {
        let sum = |of: fn(&Flow) -> i64| -> [i64; 2] {
            let (months, years) = (ledger.flows(line), ledger.yearly(line));
            [months.iter().map(of).sum(), years.iter().map(of).sum()]
        };
        let parts: [fn(&Flow) -> i64; 8] = [
            |flow| flow.joined.heads,
            |flow| flow.joined.micro_fte,
            |flow| flow.left.heads,
            |flow| flow.left.micro_fte,
            |flow| flow.moved_in.micro_fte,
            |flow| flow.moved_out.micro_fte,
            |flow| flow.hours,
            |flow| flow.not_available,
        ];
        for (part, of) in parts.into_iter().enumerate() {
            let [monthly, yearly] = sum(of);
            assert_eq!(monthly, yearly, "part {part}");
            happens[part] |= monthly != 0;
        }
    }
    assert_eq!(happens, [true; 8], "something of every kind happens");
}

#[test]
fn a_change_that_changes_nothing_leaves_every_byte() {
    let nothing = [
        recruits(0),
        from(2026, 1, Effect::Leaving { factor: 1.0, from_age: 0, to_age: 120, reached: None }),
        from(2026, 1, Effect::HoursInPost { factor: 1.0 }),
        from(2026, 1, Effect::TrainingPlaces { places: 0 }),
    ];
    for draw in 0..5 {
        assert_eq!(run(&place(), &nothing, draw), run(&place(), &[], draw));
    }
}

/// Places that open in two steps are as many as in one, and those that close are as many fewer.
#[test]
fn training_places_are_as_many_as_are_opened_and_closed() {
    let in_training = |steps: &[(i8, i32)]| -> Vec<i64> {
        let changes: Vec<Change> = steps
            .iter()
            .map(|(month, places)| from(2026, *month, Effect::TrainingPlaces { places: *places }))
            .collect();
        let ledger = run(&place(), &changes, 1);
        let is_in_training = |_: &str, group: Group| group == Group::Gp(Contract::Registrar);
        ledger.total(is_in_training).iter().map(|stock| stock.heads).collect()
    };
    let as_before = in_training(&[]);
    for (steps, more) in [
        (&[(4, 6)][..], 6),
        (&[(4, 3), (9, 3)], 6),
        (&[(4, 3), (6, 2), (9, 1)], 6),
        (&[(4, 4), (9, -2)], 2),
    ] {
        assert_eq!(in_training(steps)[59] - as_before[59], more, "{steps:?}");
    }
    // Two places fewer are two in training fewer as soon as their registrars have finished, and not when later places would open.
    let fewer = in_training(&[(4, -2)]);
    assert_eq!((fewer[45] - as_before[45], fewer[59] - as_before[59]), (-2, -2));
}

#[test]
fn more_recruits_are_never_fewer_full_time_equivalents() {
    for draw in 0..40 {
        let levels = [0, 1, 5, 30].map(|heads| fte(&run(&place(), &[recruits(heads)], draw)));
        for pair in levels.windows(2) {
            let rises = pair[0].iter().zip(&pair[1]).all(|(fewer, more)| fewer <= more);
            assert!(rises, "draw {draw}");
        }
    }
}

#[test]
fn a_higher_leaving_rate_never_leaves_more_gps() {
    for draw in 0..40 {
        let at = |factor| {
            let leaving = Effect::Leaving { factor, from_age: 0, to_age: 120, reached: None };
            let total = run(&place(), &[from(2026, 3, leaving)], draw).total(qualified);
            total.iter().map(|stock| stock.heads).collect::<Vec<_>>()
        };
        let (lower, higher) = (at(0.8), at(1.3));
        assert!(lower.iter().zip(&higher).all(|(more, fewer)| more >= fewer), "draw {draw}");
    }
}

#[test]
fn a_scenario_moves_nobody_whom_it_does_not_concern() {
    let leavers = |changes: &[Change]| {
        let flows = run(&place(), changes, 2).total_flows(qualified);
        flows.iter().take(5).map(|flow| flow.left).collect::<Vec<_>>()
    };
    assert_eq!(leavers(&[recruits(20)]), leavers(&[]));
}

#[test]
fn the_mean_of_many_draws_meets_the_stocks_and_flows() {
    let staff = Staff {
        employers: vec![practice("A81001", 150)],
        local_leaving: Some(LocalLeaving { leavers: 60.0, gp_years: 500.0 }),
    };
    let changes = [
        recruits(12),
        from(2026, 6, Effect::TrainingPlaces { places: 20 }),
        from(2027, 4, Effect::HoursInPost { factor: 1.05 }),
        from(2027, 1, Effect::Leaving { factor: 0.8, from_age: 55, to_age: 120, reached: None }),
        from(2027, 9, Effect::JoinerHours { full_time: 0.5, part: 0.6 }),
    ];
    let values = Parameters::embedded().values(7, 0);
    let expected = expect(&staff, HORIZON, &changes, &values);
    let draws = 400;
    let runs: Vec<Vec<Stock>> = (0..draws)
        .map(|draw| simulate(&staff, HORIZON, &changes, &values, (11, draw)).total(qualified))
        .collect();
    for month in [0, 11, 29, 59] {
        for (name, of, mean) in [
            (
                "heads",
                (|stock: &Stock| stock.heads as f64) as fn(&Stock) -> f64,
                expected[month].heads,
            ),
            ("fte", (|stock: &Stock| stock.fte()) as fn(&Stock) -> f64, expected[month].fte),
        ] {
            let found: Vec<f64> = runs.iter().map(|run| of(&run[month])).collect();
            let n = f64::from(draws);
            let average = found.iter().sum::<f64>() / n;
            let variance = found.iter().map(|one| (one - average).powi(2)).sum::<f64>() / (n - 1.0);
            let error = (variance / n).sqrt();
            assert!(
                (average - mean).abs() < 4.0 * error,
                "{name}, month {month}: {average}, {mean}"
            );
        }
    }
}

#[test]
fn staff_of_practices_stay_as_many_where_nothing_changes() {
    let mut staff = place();
    for employer in &mut staff.employers {
        for stock in &mut employer.others {
            stock.heads *= 40;
            stock.fte *= 40.0;
        }
    }
    let values = Parameters::embedded().values(7, 0);
    let others = |_: &str, group: Group| matches!(group, Group::Other(_));
    let ledger = simulate(&staff, HORIZON, &[], &values, (7, 1));
    let start = ledger.total_start(others).heads as f64;
    let end = ledger.total(others).last().unwrap().heads as f64;
    assert!((end / start - 1.0).abs() < 0.02, "{start} became {end}");
}

#[test]
fn seen_leaving_weighs_against_the_national_rates() {
    let left = |local| {
        let staff = Staff { local_leaving: local, ..place() };
        let values = Parameters::embedded().values(7, 0);
        let expected = expect(&staff, HORIZON, &[], &values);
        expected.iter().map(|month| month.left).sum::<f64>()
    };
    let seen = |leavers| Some(LocalLeaving { leavers, gp_years: 1_000.0 });
    assert!(left(seen(200.0)) > left(None) && left(None) > left(seen(30.0)));
}

#[test]
fn one_two_and_four_threads_give_the_same_bytes() {
    let staff = place();
    let of = |threads: u32| {
        let draw_of = |draw: u32| run(&staff, &eventful(), draw);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|worker| {
                    scope.spawn(move || {
                        (worker..8)
                            .step_by(threads as usize)
                            .map(|draw| (draw, draw_of(draw)))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            let mut all: Vec<_> =
                workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
            all.sort_by_key(|(draw, _)| *draw);
            all
        })
    };
    assert_eq!(of(1), of(2));
    assert_eq!(of(1), of(4));
}

#[test]
fn another_recruitment_shifts_nobody_of_the_first() {
    let first = recruits(12);
    let other = from(
        2026,
        1,
        Effect::GpsJoin(GpsJoin {
            employer: None,
            heads: 0,
            over_months: 12,
            fte: 0.5,
            age: 30,
            arrive: 1.0,
            leaving: 1.0,
        }),
    );
    assert_eq!(
        fte(&run(&place(), std::slice::from_ref(&first), 3)),
        fte(&run(&place(), &[other, first], 3))
    );
}

#[test]
fn a_practice_of_one_gp_is_without_one_more_often_than_a_practice_of_eight() {
    let months = |gps: u32| -> u32 {
        let stock = GpStock {
            contract: Contract::Partner,
            sex: None,
            age: None,
            heads: gps,
            fte: f64::from(gps) * 0.9,
        };
        let employer = |code: &str, gps| Employer { code: code.to_owned(), gps, others: vec![] };
        let employers = vec![
            employer("A81001", vec![stock]),
            employer("A81002", vec![GpStock { heads: 60, fte: 50.0, ..stock }]),
        ];
        let staff = Staff { employers, local_leaving: None };
        (0..60).filter_map(|draw| months_without_a_gp(&run(&staff, &[], draw), "A81001")).sum()
    };
    assert!(months(1) > 4 * months(8), "{} and {}", months(1), months(8));
}

#[test]
fn money_for_posts_is_drawn_only_from_the_month_in_which_they_are_filled() {
    let posts = from(
        2026,
        4,
        Effect::Posts(Posts {
            employer: "U54321".to_owned(),
            role: Role::LinkWorker,
            posts: 10,
            fte: 1.0,
            fill: 0.6,
            round_months: 3.0,
        }),
    );
    let year = vocab::FinancialYear { begins: 2026 };
    let rules = models::money::Rules::of(vocab::FinancialYear { begins: 2025 }).unwrap();
    let terms = models::money::Terms {
        rules,
        settled: models::money::Settled::Announced,
        at: models::money::Where::OutsideLondon,
        patients: 45_000.0,
    };
    let entitlement = models::money::Pence::of_pounds(10.0 * 43_352.0);
    for draw in 0..20 {
        let ledger = run(&place(), std::slice::from_ref(&posts), draw);
        let in_post = models::money::staffed(&ledger, BASE, "U54321", year);
        assert!(in_post.iter().all(|one| one.month >= Month { year: 2026, month: 7 }));
        let drawn = models::money::draw_down(&terms, entitlement, &in_post);
        assert!(
            drawn.lost.unwrap().pounds() >= 10.0 * 43_352.0 / 4.0 - 1.0,
            "a round takes a quarter"
        );
        assert_eq!(drawn.lost, Some(entitlement - drawn.paid));
    }
}

#[test]
fn every_gp_who_leaves_has_a_reason() {
    for draw in 0..10 {
        let ledger = run(&place(), &eventful(), draw);
        let left: i64 = ledger.total_flows(qualified).iter().map(|flow| flow.left.heads).sum();
        let reasons: u32 = ledger.reasons().iter().flatten().sum();
        assert_eq!(left, i64::from(reasons));
    }
}
