//! The bar of chance, explained and left on invented places whose truth is known.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as tests do")]

use rayon::prelude::*;
use stats::Figure;
use stats::explained::{Explanation, Outcome, Question, Stage, explain};
use stats::mixed::Covariate;
use stats::random::{Key, Stream};

/// An invented place: how many practices, how many events each, and what makes them differ.
#[derive(Debug, Clone, Copy)]
struct Setting {
    practices: usize,
    events: f64,
    explained: f64,
    left: f64,
    is_part: bool,
}

/// Covariates of each place, of which the first two matter.
const COVARIATES: usize = 5;

/// How far the three parts of a place lie off, and whether their intervals hold the truth.
type Answer = ([f64; 3], [bool; 3]);

struct Place {
    events: Vec<f64>,
    base: Vec<f64>,
    columns: Vec<Vec<f64>>,
    /// Chance, explained, left.
    truth: [f64; 3],
    /// Its own seed: places that shared their draws would share their luck.
    seed: u64,
}

impl Setting {
    fn place(self, number: u32) -> Place {
        let mut stream = Stream::new(Key { seed: 2_026, decision: 9_000, unit: number, time: 0 });
        let count = self.practices;
        let columns: Vec<Vec<f64>> = (0..COVARIATES)
            .map(|_| (0..count).map(|_| stream.standard_normal()).collect())
            .collect();
        let raw: Vec<f64> = (0..count).map(|row| columns[0][row] - 0.7 * columns[1][row]).collect();
        let mean = raw.iter().sum::<f64>() / count as f64;
        let spread = raw.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1) as f64;
        let scale = (self.explained / spread).sqrt();
        let share = 0.3;
        let people = if self.is_part { self.events / share } else { 20.0 * self.events };
        let base: Vec<f64> =
            (0..count).map(|_| stream.lognormal(people, 0.4).round().max(2.0)).collect();
        let middle = if self.is_part { libm::log(share / (1.0 - share)) } else { libm::log(0.05) };
        let events = (0..count)
            .map(|row| {
                let own = self.left.sqrt() * stream.standard_normal();
                let eta = middle + scale * (raw[row] - mean) + own;
                if self.is_part {
                    stream.binomial(base[row] as u64, 1.0 / (1.0 + libm::exp(-eta))) as f64
                } else {
                    stream.poisson(base[row] * libm::exp(eta)) as f64
                }
            })
            .collect();
        let weight = if self.is_part { share * (1.0 - share) } else { 0.05 };
        let chance = count as f64 / (weight * base.iter().sum::<f64>());
        let total = chance + self.explained + self.left;
        let truth = [chance / total, self.explained / total, self.left / total];
        Place { events, base, columns, truth, seed: u64::from(number) }
    }
}

const NAMES: [&str; COVARIATES] = ["first", "second", "third", "fourth", "fifth"];

impl Place {
    fn explain(&self, is_part: bool, used: &[usize], replicates: u32) -> Explanation {
        let covariates = used
            .iter()
            .map(|column| Covariate { name: NAMES[*column], values: &self.columns[*column] })
            .collect();
        let outcome = if is_part {
            Outcome::Parts { events: &self.events, trials: &self.base }
        } else {
            Outcome::Events { events: &self.events, base: &self.base }
        };
        explain(&Question {
            outcome,
            stages: vec![Stage { name: "case mix", covariates }],
            networks: None,
            replicates,
            seed: self.seed,
        })
        .unwrap()
    }
}

fn parts(found: &Explanation) -> [Figure; 3] {
    [found.bar.chance.unwrap(), found.bar.explained, found.bar.left]
}

/// Bias and coverage of the three parts over a number of places.
fn study(setting: Setting, places: u32, replicates: u32) -> ([f64; 3], [f64; 3]) {
    let answers: Vec<Answer> = (0..places)
        .into_par_iter()
        .map(|number| {
            let place = setting.place(number);
            let found = parts(&place.explain(setting.is_part, &[0, 1, 2, 3, 4], replicates));
            let truth = place.truth;
            let errors = std::array::from_fn(|part| found[part].value - truth[part]);
            let held = std::array::from_fn(|part| {
                let within = stats::Limits {
                    lower: found[part].limits.lower - 1e-12,
                    upper: found[part].limits.upper + 1e-12,
                };
                within.contains(truth[part])
            });
            (errors, held)
        })
        .collect();
    let mean = |pick: &dyn Fn(&Answer) -> f64| {
        answers.iter().map(pick).sum::<f64>() / answers.len() as f64
    };
    let bias = std::array::from_fn(|part| mean(&|answer| answer.0[part]));
    let coverage = std::array::from_fn(|part| mean(&|answer| f64::from(u8::from(answer.1[part]))));
    (bias, coverage)
}

/// Twenty settings: places of different size, with few and many events, of which little or much is explained.
fn settings() -> Vec<Setting> {
    let mut settings = Vec::new();
    for (practices, events) in [(130, 20.0), (130, 200.0), (400, 60.0), (900, 500.0), (2_000, 60.0)]
    {
        for (explained, left) in [(0.0, 0.04), (0.02, 0.06)] {
            settings.push(Setting { practices, events, explained, left, is_part: false });
        }
        for (explained, left) in [(0.05, 0.05), (0.12, 0.03)] {
            settings.push(Setting { practices, events, explained, left, is_part: true });
        }
    }
    settings
}

#[test]
fn the_bar_of_known_places_is_unbiased_and_its_intervals_hold_the_truth() {
    let setting =
        Setting { practices: 150, events: 80.0, explained: 0.03, left: 0.05, is_part: false };
    let (bias, coverage) = study(setting, 60, 100);
    for part in 0..3 {
        assert!(bias[part].abs() < 0.03, "bias {bias:?}");
        assert!(coverage[part] > 0.8, "coverage {coverage:?}");
    }
}

#[test]
fn noise_explains_nothing_on_average() {
    let setting =
        Setting { practices: 150, events: 80.0, explained: 0.0, left: 0.06, is_part: false };
    let (mut flattered, mut raw) = (0.0, 0.0);
    for number in 0..60 {
        let place = setting.place(number);
        let found = place.explain(false, &[0, 1, 2, 3, 4], 0);
        flattered += found.steps[1].fitted / 60.0;
        raw += (found.steps[1].fitted + found.steps[1].unseen) / 120.0;
        assert!(found.steps[1].unseen <= found.steps[1].fitted);
    }
    assert!(flattered > 0.02, "five columns of noise flatter the fit: {flattered}");
    assert!(raw < 0.025, "half-way noise explains {raw}");
}

#[test]
fn without_covariates_nothing_is_explained() {
    let setting =
        Setting { practices: 100, events: 80.0, explained: 0.03, left: 0.05, is_part: true };
    let found = setting.place(1).explain(true, &[], 20);
    assert!(found.bar.explained.value < 0.01, "{:?}", found.bar);
}

#[test]
fn more_true_covariates_explain_more() {
    let setting =
        Setting { practices: 400, events: 80.0, explained: 0.05, left: 0.05, is_part: false };
    let place = setting.place(3);
    let share = |used: &[usize]| place.explain(false, used, 0).bar.explained.value;
    assert!(share(&[0]) > share(&[2]) + 0.1);
    assert!(share(&[0, 1]) > share(&[0]) + 0.05);
}

#[test]
fn the_same_seed_gives_the_same_bar_on_any_number_of_threads() {
    let setting =
        Setting { practices: 120, events: 50.0, explained: 0.03, left: 0.05, is_part: false };
    let place = setting.place(5);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| place.explain(false, &[0, 1], 30))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn amounts_are_explained_without_a_part_for_chance() {
    let mut stream = Stream::new(Key { seed: 8, decision: 0, unit: 0, time: 0 });
    let x: Vec<f64> = (0..300).map(|_| stream.standard_normal()).collect();
    let noise: Vec<f64> = (0..300).map(|_| stream.standard_normal()).collect();
    let values: Vec<f64> =
        x.iter().map(|x| 100.0 + 3.0 * x + 3.0 * stream.standard_normal()).collect();
    let answer = |column: &[f64]| {
        let covariates = vec![Covariate { name: "x", values: column }];
        explain(&Question {
            outcome: Outcome::Amounts { values: &values },
            stages: vec![Stage { name: "x", covariates }],
            networks: None,
            replicates: 100,
            seed: 4,
        })
        .unwrap()
    };
    let found = answer(&x);
    assert!(found.bar.chance.is_none());
    assert!(found.bar.explained.limits.contains(0.5), "{:?}", found.bar);
    assert!(answer(&noise).bar.explained.value < 0.02);
}

/// The whole study takes minutes: `CATCHMENT_STUDY=full cargo test -p stats --test explained -- --nocapture`.
#[test]
fn the_whole_study_of_twenty_settings() {
    if std::env::var_os("CATCHMENT_STUDY").is_none() {
        println!("skipped: set CATCHMENT_STUDY=full to run twenty settings of a hundred places");
        return;
    }
    println!("practices events parts explained left | bias of chance, explained, left | coverage");
    let (mut worst, mut all) = ([0.0_f64; 3], [0.0; 3]);
    for setting in settings() {
        let (bias, coverage) = study(setting, 100, 200);
        println!("{setting:?}\n  {bias:+.4?} {coverage:.2?}");
        for part in 0..3 {
            worst[part] = worst[part].max(bias[part].abs());
            all[part] += coverage[part] / 20.0;
        }
    }
    println!("worst bias {worst:.4?}, mean coverage {all:.3?}");
    assert!(all.iter().all(|coverage| (0.93..=0.97).contains(coverage)), "{all:?}");
}
