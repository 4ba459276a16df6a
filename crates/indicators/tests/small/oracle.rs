//! The evaluator against a slow, obvious second version, on random tables.

use std::collections::BTreeMap;

use crate::common::{Tables, built_in, period};
use evidence::tables::appointment;
use indicators::evaluate;
use stats::random::{Key, Stream};
use vocab::Level;

const WAITS: [&str; 4] = ["same_day", "1_day", "over_28_days", "unknown"];

/// One appointment row as the slow version sees it.
struct Fact {
    codes: [String; 5],
    wait: &'static str,
    count: f64,
}

/// Random practices of random networks, and random appointments of most of them.
fn random(seed: u64) -> (Tables, Vec<Fact>) {
    let mut draw = Stream::new(Key { seed, decision: 0, unit: 0, time: 0 });
    let (mut tables, mut facts) = (Tables::default(), Vec::new());
    for number in 0..60_u32 {
        let network = draw.below(12);
        let codes = [
            format!("A{number:05}"),
            format!("U{network:05}"),
            format!("{:02}A", network / 3),
            format!("Q{:02}", network / 6),
            format!("Y{:02}", network / 9),
        ];
        tables.practice(codes.each_ref().map(String::as_str), f64::from(1_000 + draw.below(9_000)));
        for _ in 0..draw.below(7) {
            let wait = WAITS[draw.below(4) as usize];
            let count = f64::from(draw.below(300));
            let row = appointment::Row {
                practice: (&codes[0]).into(),
                wait: wait.into(),
                appointments: count.into(),
                ..Default::default()
            };
            tables.row("2025-11", row);
            facts.push(Fact { codes: codes.clone(), wait, count });
        }
    }
    (tables, facts)
}

/// Same-day appointments over those with a known wait, by code at a level; practices without any are left out.
fn slowly(facts: &[Fact], level: usize) -> BTreeMap<String, (f64, f64)> {
    let mut by_practice: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for fact in facts {
        let sums = by_practice.entry(&fact.codes[0]).or_default();
        sums.0 += if fact.wait == "same_day" { fact.count } else { 0.0 };
        sums.1 += if fact.wait == "unknown" { 0.0 } else { fact.count };
    }
    let mut by_code: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (practice, (above, below)) in by_practice.into_iter().filter(|(_, (_, below))| *below > 0.0)
    {
        let codes = &facts.iter().find(|fact| fact.codes[0] == practice).unwrap().codes;
        let sums = by_code.entry(codes[level].clone()).or_default();
        sums.0 += above;
        sums.1 += below;
    }
    by_code
}

#[test]
fn every_level_agrees_with_the_slow_version() {
    let levels = [Level::Practice, Level::Network, Level::SubIcb, Level::Icb, Level::Region];
    for seed in 0..20 {
        let (tables, facts) = random(seed);
        let evidence = tables.evidence();
        for (position, level) in levels.into_iter().enumerate() {
            let found =
                evaluate(&evidence, &built_in("same_day"), period("2025-11"), level, None).unwrap();
            let found: BTreeMap<String, (f64, f64)> = found
                .rows
                .iter()
                .filter_map(|row| {
                    let estimate = row.estimate?;
                    Some((
                        row.organisation.code.clone(),
                        (estimate.numerator, estimate.denominator),
                    ))
                })
                .collect();
            assert_eq!(found, slowly(&facts, position), "seed {seed}, {level}");
        }
    }
}

#[test]
fn the_same_tables_give_the_same_bytes_on_any_number_of_threads() {
    let (tables, _) = random(7);
    let evidence = tables.evidence();
    let library = indicators::Library::built_in().unwrap();
    let definitions = library.all();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let all = || indicators::evaluate_all(&evidence, &definitions, None, Level::Practice, None);
        format!("{:?}", pool.install(all))
    };
    assert_eq!(on(1), on(3));
}
