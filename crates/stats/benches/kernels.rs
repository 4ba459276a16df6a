//! How long the methods themselves take, without reading or writing: `cargo bench -p stats`.
//!
//! Each line is the best of five passes over made-up figures of the size that the peers' workloads have. The
//! checksum keeps the work from being left out; it is no result.

use std::time::Instant;

use stats::Level;
use stats::chart::{Rules, xmr};
use stats::inequality::{Group, Line, Measure, slope_index};
use stats::life_expectancy::{AgeBand, life_expectancy};
use stats::random::{Key, Stream};
use stats::standardise::Direct;
use vocab::Confidence;

/// Rows of the largest workload: 6,300 practices × 200 indicators.
const GROUPS: usize = 1_260_000;

fn main() {
    raking();
    let level = Level::new(Confidence::P95);
    let counts = counts();
    let whole = |(count, people): &(f64, f64)| {
        stats::proportion::proportion(*count, *people, &level)
            .map_or(0.0, |figure| figure.limits.upper)
    };
    timed("Wilson proportion", GROUPS, || counts.iter().map(whole).sum());
    let rate = |(count, people): &(f64, f64)| {
        stats::count::crude_rate(*count, *people, 1e5, &level)
            .map_or(0.0, |figure| figure.limits.upper)
    };
    timed("rate with Byar's limits", GROUPS, || counts.iter().map(rate).sum());
    timed("standardised rate, 19 bands", GROUPS / 19, || {
        counts.chunks_exact(19).map(|bands| direct(bands, &level)).sum()
    });
    timed("life expectancy, 20 ages", GROUPS / 20, || counts.chunks_exact(20).map(life).sum());
    let values: Vec<f64> = counts.iter().map(|(count, _)| *count).collect();
    timed("control chart, 36 points", GROUPS / 36, || values.chunks_exact(36).map(chart).sum());
    timed("slope index, closed form", 3_000, || {
        counts.chunks_exact(10).take(3_000).map(|groups| slope(groups, &level, None)).sum()
    });
    timed("slope index, 100,000 draws", 30, || {
        counts.chunks_exact(10).take(30).map(|groups| slope(groups, &level, Some(100_000))).sum()
    });
}

/// Zones of 19 ages, both sexes and six ethnic groups, raked on one thread to ages by sex and to ethnic groups.
const ZONES: usize = 4_000;

fn raking() {
    let mut stream = Stream::new(Key { seed: 2, decision: 0, unit: 0, time: 0 });
    let mut table = || -> Vec<f64> { (0..228).map(|_| 1.0 + stream.uniform()).collect() };
    let start = table();
    let (mut ages, mut groups) = (Vec::new(), Vec::new());
    for _ in 0..ZONES {
        let zone: Vec<f64> = table().iter().map(|people| (people * 8.0).floor()).collect();
        ages.extend(zone.chunks(6).map(|cells| cells.iter().sum::<f64>()));
        groups.extend((0..6).map(|group| zone.iter().skip(group).step_by(6).sum::<f64>()));
    }
    let raking = stats::raking::Raking::new(&[19, 2, 6], &[&[0, 1], &[2]]);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    if let (Ok(raking), Ok(one)) = (raking, one) {
        one.install(|| {
            timed("raking, 19 x 2 x 6", ZONES, || {
                raking.rake(&start, &[&ages, &groups]).cells.iter().sum()
            });
        });
    }
}

/// Prints the nanoseconds that one of `units` takes.
fn timed(name: &str, units: usize, mut work: impl FnMut() -> f64) {
    let mut best = f64::INFINITY;
    let mut checksum = 0.0;
    for _ in 0..5 {
        let start = Instant::now();
        checksum = std::hint::black_box(work());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name:<28} {:>12.1} ns each (checksum {checksum:.3})", best / units as f64 * 1e9);
}

/// Counts out of people.
fn counts() -> Vec<(f64, f64)> {
    let mut stream = Stream::new(Key { seed: 1, decision: 0, unit: 0, time: 0 });
    let mut draw = || {
        let people = 5_000.0 + (10_000.0 * stream.uniform()).floor();
        ((people * 0.05 * stream.uniform()).floor() + 12.0, people)
    };
    (0..GROUPS).map(|_| draw()).collect()
}

fn direct(bands: &[(f64, f64)], level: &Level) -> f64 {
    let mut sums = Direct::default();
    for (count, people) in bands {
        sums.add(*count, *people, 5_000.0);
    }
    sums.rate(1e5).map_or(0.0, |rate| rate.limits(level).upper)
}

fn life(bands: &[(f64, f64)]) -> f64 {
    const STARTS: [u32; 20] =
        [0, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90];
    let bands: Vec<AgeBand> = STARTS
        .iter()
        .zip(bands)
        .map(|(start, (deaths, people))| AgeBand {
            start: *start,
            deaths: *deaths,
            people: *people,
        })
        .collect();
    life_expectancy(&bands).ok().and_then(|ages| ages.first()?.years.ok()).unwrap_or_default()
}

fn chart(values: &[f64]) -> f64 {
    xmr(values, &[], &Rules::MAKING_DATA_COUNT).map_or(0.0, |chart| chart.latest().mean)
}

fn slope(groups: &[(f64, f64)], level: &Level, draws: Option<u32>) -> f64 {
    let groups: Vec<Group> = groups
        .iter()
        .map(|(count, people)| Group { population: *people, value: *count, standard_error: 5.0 })
        .collect();
    let Ok(index) = slope_index(Measure::Amount, Line::Natural, &groups) else { return 0.0 };
    match draws {
        Some(draws) => index.sampled_limits(level, 1, draws).sii.upper,
        None => index.limits(level).sii.upper,
    }
}
