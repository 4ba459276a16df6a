//! Forecasts tried on months that are known: on a made panel, and on the published files where they lie beside the
//! repository.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../sources/tests/support/at_hand.rs"]
mod at_hand;

use at_hand::at_hand;
use evidence::tables::{appointment, appointment_day};
use evidence::{Evidence, Given, Store};
use models::backtest::{
    Forecast, Method, Panel, Score, Settings, Tested, Trial, backtest, panels, scores, trials,
    trials_with,
};
use models::calendar::Weekdays;
use sources::import::{Request, import};
use vocab::{Level, Month, Period};

fn month_after(first: Month, count: usize) -> Month {
    (0..count).fold(first, |month, _| month.next())
}

/// Thirty practices over some months: levels that wander, a season that all share, three in a hundred of growth a year.
fn made(months: usize) -> Evidence {
    let first = Month { year: 2021, month: 1 };
    let mut given = Given::default();
    for count in 0..months {
        let month = month_after(first, count);
        let season = if month.month == 10 { 0.15 } else { 0.0 };
        let days = Weekdays::ALIKE.open_days(month);
        for practice in 0..30_u32 {
            let wave = libm::sin(f64::from(practice) + count as f64 / 5.0) * 0.05;
            let noise = f64::from((practice * 37 + count as u32 * 91) % 17) / 400.0;
            let rate = libm::exp(4.0 + season + 0.03 * count as f64 / 12.0 + wave + noise);
            let (code, count) = (format!("A{practice:05}"), (rate * days).round());
            given.add(Period::Month(month), of_practice(&code, count));
        }
    }
    given.evidence()
}

fn of_practice(code: &str, count: f64) -> appointment::Row<'_> {
    appointment::Row { practice: code.into(), appointments: count.into(), ..Default::default() }
}

fn practices(evidence: &Evidence) -> Tested {
    let found = backtest(evidence, None).unwrap();
    found.monthly.into_iter().find(|one| one.level == Level::Practice).unwrap()
}

fn score(tested: &Tested, method: Method, horizon: usize) -> Score {
    let found = tested.scores.iter().find(|one| one.method == method && one.horizon == horizon);
    *found.unwrap_or_else(|| panic!("no score of {method:?} at {horizon}"))
}

#[test]
fn a_shared_season_and_growth_are_foretold_better_than_a_year_before() {
    let tested = practices(&made(42));
    for horizon in [3, 6, 12] {
        let (ours, naive) = (
            score(&tested, Method::Together, horizon),
            score(&tested, Method::SeasonalNaive, horizon),
        );
        assert!(ours.mape < naive.mape, "{horizon}: {} against {}", ours.mape, naive.mape);
    }
}

#[test]
fn forecasts_of_one_origin_are_counted_once_a_series() {
    let tested = practices(&made(42));
    let twelve = score(&tested, Method::Together, 12);
    assert_eq!(twelve.forecasts, twelve.origins * 30);
}

#[test]
fn too_few_months_are_said_in_words() {
    let found = backtest(&made(14), None).unwrap();
    assert!(found.monthly.is_empty());
    assert!(
        found.untested.iter().any(|reason| reason.contains("14 months")),
        "{:?}",
        found.untested
    );
}

#[test]
fn the_same_evidence_gives_the_same_scores() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| backtest(&made(30), None).unwrap())
    };
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(4));
}

#[test]
fn nothing_imported_is_nothing_tested() {
    let found = backtest(&Given::default().evidence(), None).unwrap();
    assert!(found.monthly.is_empty() && found.dated.is_empty());
    assert!(found.untested.len() >= 3, "{:?}", found.untested);
}

fn practice_panel(evidence: &Evidence) -> Panel {
    panels(evidence, Level::Practice).unwrap().remove(0)
}

/// The forecasts made up to an origin, to the bit.
fn said(trials: &[Trial], until: Month) -> Vec<(usize, Month, usize, Vec<u64>)> {
    let bits = |one: &Forecast| {
        [Some(one.centre), one.low, one.high].map(|end| end.unwrap_or_default().to_bits())
    };
    let made = trials.iter().filter(|trial| trial.origin <= until);
    made.map(|trial| {
        let forecasts = trial.forecasts.iter().flat_map(bits).collect();
        (trial.series, trial.origin, trial.horizon, forecasts)
    })
    .collect()
}

#[test]
fn what_comes_after_an_origin_changes_no_bit_of_its_forecasts() {
    let panel = practice_panel(&made(42));
    let all: Vec<usize> = (0..panel.series.len()).collect();
    for known in [20, 30, 36] {
        let mut other = panel.clone();
        for (place, series) in other.series.iter_mut().enumerate() {
            for month in known..42 {
                let factor = 1.0 + ((place * 7 + month * 13) % 5) as f64;
                series.counts[month] *= factor;
                series.logs[month] += libm::log(factor);
            }
        }
        other.reference.iter_mut().skip(known).for_each(|value| *value *= 1.5);
        let until = month_after(panel.first, known - 1);
        let (one, two) = (trials(&panel, &all).unwrap(), trials(&other, &all).unwrap());
        assert!(said(&one, until) == said(&two, until), "{known} months known");
        assert!(said(&one, until.next()) != said(&two, until.next()), "{known} months known");
    }
}

/// Evidence of [`made`] without some months of one practice.
fn without(evidence: &Evidence, months: std::ops::Range<usize>) -> Evidence {
    let first = Month { year: 2021, month: 1 };
    let mut given = Given::default();
    for (count, period) in evidence.periods("appointment").into_iter().enumerate() {
        let frame = evidence.frame("appointment", period).unwrap();
        let held = appointment::Columns::of(&frame);
        let gone = months.contains(&count);
        let rows = (0..frame.rows()).filter_map(|row| {
            let code = held.practice.get(row)?;
            (!gone || code != "A00007").then(|| of_practice(code, held.appointments[row]))
        });
        assert_eq!(period, Period::Month(month_after(first, count)));
        given = given.with(period, rows);
    }
    given.evidence()
}

#[test]
fn a_practice_with_a_later_gap_is_judged_on_the_months_it_has() {
    let whole = made(30);
    let tested = practices(&without(&whole, 20..22));
    assert_eq!((tested.series, tested.with_gaps, tested.in_part), (30, 0, 1));
    let (all, fewer) = (practices(&whole), tested);
    let lost = |horizon| {
        score(&all, Method::Together, horizon).forecasts
            - score(&fewer, Method::Together, horizon).forecasts
    };
    assert_eq!(lost(1), 3, "from and for months 20 and 21");
    assert_eq!(lost(3), 4);
}

#[test]
fn a_practice_that_closes_is_judged_until_then_and_one_that_opens_late_is_not() {
    let whole = made(30);
    let closed = practices(&without(&whole, 20..30));
    assert_eq!((closed.series, closed.with_gaps, closed.in_part), (30, 0, 1));
    let late = practices(&without(&whole, 0..2));
    assert_eq!((late.series, late.with_gaps, late.in_part), (29, 1, 0));
}

/// Daily figures of June and July 2023: 300 on a Monday of June, some number on a Monday of July, 100 on other days.
fn daily(monday_of_july: f64) -> Evidence {
    let mut given = Given::default();
    for month in [6, 7].map(|month| Month { year: 2023, month }) {
        let monday = if month.month == 6 { 300.0 } else { monday_of_july };
        let days = month.first_day().series(jiff::Span::new().days(1));
        for day in days.take_while(|day| day.month() == month.month) {
            let is_monday = day.weekday() == jiff::civil::Weekday::Monday;
            let text = day.to_string();
            let row = appointment_day::Row {
                sub_icb: "01A".into(),
                day: (&text).into(),
                appointments: if is_monday { monday } else { 100.0 }.into(),
                ..Default::default()
            };
            given.add(Period::Month(month), row);
        }
    }
    given.evidence()
}

#[test]
fn weights_of_weekdays_are_told_nothing_by_later_months() {
    let until = |evidence: &Evidence, month| {
        Weekdays::until(evidence, Month { year: 2023, month }).unwrap()
    };
    let (one, two) = (daily(100.0), daily(900.0));
    assert_eq!(until(&one, 6), until(&two, 6));
    assert_ne!(until(&one, 6), Weekdays::ALIKE);
    assert_ne!(until(&one, 7), until(&two, 7));
    assert_eq!(until(&one, 5), Weekdays::ALIKE);
}

/// The published files, imported; nothing where they are not at hand.
fn published(files: &[&str]) -> Option<(Evidence, tempfile::TempDir)> {
    let paths = at_hand("CATCHMENT_DATA", files)?;
    let kept = tempfile::tempdir().unwrap();
    let store = Store::at(kept.path().join("store"));
    let request = Request {
        paths,
        today: "2026-02-03".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    import(&store, &request, &|_| {}).unwrap();
    Some((Evidence::open(&store).unwrap(), kept))
}

/// Better than every yardstick at one, three, six and twelve months, and eight of ten months inside eight-in-ten
/// intervals, give or take six in a hundred.
fn assert_record(tested: &Tested) {
    for horizon in [1, 3, 6, 12] {
        let ours = score(tested, Method::Together, horizon);
        println!("{horizon}: {ours:?}");
        for other in [Method::SeasonalNaive, Method::Theta, Method::Smoothing] {
            let theirs = score(tested, other, horizon);
            assert!(
                ours.mape < theirs.mape,
                "{horizon} months, {other:?}: {} ≥ {}",
                ours.mape,
                theirs.mape
            );
            assert!(
                ours.mase < theirs.mase,
                "{horizon} months, {other:?}: {} ≥ {}",
                ours.mase,
                theirs.mase
            );
        }
        let inside = ours.coverage.unwrap();
        assert!((0.75..=0.86).contains(&inside), "{horizon} months: {inside}");
    }
}

#[test]
fn published_months_of_sub_icbs_are_foretold_better_than_by_every_yardstick() {
    let files = [
        "nov-2025/Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip",
        "domain/gpad_england_monthly_2021_02_2025_12.csv",
    ];
    let Some((evidence, _kept)) = published(&files) else { return };
    let found = backtest(&evidence, None).unwrap();
    assert_record(found.monthly.iter().find(|one| one.level == Level::SubIcb).unwrap());
    assert_settings_matter_little(&evidence, Level::SubIcb);
}

#[test]
fn months_of_london_practices_are_foretold_better_than_by_every_yardstick() {
    let files = [
        "nov-2025/Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip",
        "appointments/extracts/london_practice_month_totals.csv",
        "domain/gpad_england_monthly_2021_02_2025_12.csv",
    ];
    let Some((evidence, _kept)) = published(&files) else { return };
    assert_record(&practices(&evidence));
}

/// Each setting halved and doubled, or set to its ends.
fn others() -> Vec<(&'static str, Settings)> {
    let with = |change: &dyn Fn(&mut Settings)| {
        let mut settings = Settings::default();
        change(&mut settings);
        settings
    };
    vec![
        ("as set", Settings::default()),
        ("damping .95", with(&|of| of.priors.damping = 0.95)),
        ("damping 1", with(&|of| of.priors.damping = 1.0)),
        ("no growth believed", with(&|of| of.priors.believed = 0.0)),
        ("all growth believed", with(&|of| of.priors.believed = 1.0)),
        ("two years of season", with(&|of| of.priors.seasons = 2.0)),
        ("eight years of season", with(&|of| of.priors.seasons = 8.0)),
        ("three months of noise", with(&|of| of.priors.months = 3.0)),
        ("twelve months of noise", with(&|of| of.priors.months = 12.0)),
        ("memory 18", with(&|of| of.memory = 18.0)),
        ("memory 72", with(&|of| of.memory = 72.0)),
        ("four months of errors", with(&|of| of.latest = 4)),
        ("all errors", with(&|of| of.latest = usize::MAX)),
    ]
}

fn assert_settings_matter_little(evidence: &Evidence, level: Level) {
    let panel = panels(evidence, level).unwrap().remove(0);
    let all: Vec<usize> = (0..panel.series.len()).collect();
    let mut first: Option<Vec<Score>> = None;
    for (name, settings) in others() {
        let mut found = scores(&trials_with(&panel, &all, &settings).unwrap());
        found.retain(|one| one.method == Method::Together);
        let first = first.get_or_insert_with(|| found.clone());
        for (one, as_set) in found.iter().zip(first) {
            let moved = (one.mape - as_set.mape).abs();
            println!("{name}, {}: {:.4} {:.3}", one.horizon, one.mape, one.coverage.unwrap());
            assert!(moved < 0.0015, "{name}, {} months: {moved}", one.horizon);
        }
    }
}
