//! Funnel limits, standings and chart points.

use std::path::PathBuf;

use stats::NoFigure;
use stats::funnel::{
    Axis, ControlLimits, RateKind, Rates, Spacing, expected_at_limits, proportion_limits,
};

use crate::peers::{Table, Tally, peers};

fn file(folder: &std::path::Path, name: &str) -> PathBuf {
    folder.join("phstats-data").join(format!("testdata_funnel_{name}.csv"))
}

/// The official limits are bisected until v = E / (1 + O + E) is known to this step.
const BISECTION_STEP: f64 = 1e-7;

/// Largest error of a bisected expected number, relative.
fn bisection_error(observed: f64, expected: f64) -> f64 {
    let v = expected / (1.0 + observed + expected);
    BISECTION_STEP / (v * (1.0 - v)) + 1e-9
}

fn proportions(name: &str, below: f64, tally: &mut Tally) {
    let Some(folder) = peers() else { return };
    let inputs = Table::csv(&file(&folder, "prop_inputs"));
    let outputs = Table::csv(&file(&folder, name));
    let rows = || {
        let number = |row, name| inputs.number(row, name).unwrap();
        let pairs = inputs
            .rows
            .iter()
            .map(move |row| (number(row, "numerator"), number(row, "denominator")));
        pairs.filter(move |pair| pair.1 < below)
    };
    let people: Vec<f64> = rows().map(|pair| pair.1).collect();
    let average = rows().map(|pair| pair.0).sum::<f64>() / people.iter().sum::<f64>();
    let smallest = people.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = people.iter().copied().fold(0.0, f64::max);
    let places = Axis::around(smallest, largest).places(Spacing::Standard);
    let limits = ControlLimits::default();
    for (place, row) in places.iter().zip(&outputs.rows) {
        let number = |name: &str| outputs.number(row, name).unwrap();
        tally.close(*place, number("Population"), 0.0, "place");
        tally.within(100.0 * average, number("Baseline"), 1e-6, "average");
        let inner = proportion_limits(average, *place, limits.inner());
        let outer = proportion_limits(average, *place, limits.outer());
        for (found, name) in [
            (inner.lower, "Lower2s0025limit"),
            (inner.upper, "Upper2s0025limit"),
            (outer.lower, "Lower3s0001limit"),
            (outer.upper, "Upper3s0001limit"),
        ] {
            tally.within(100.0 * found, number(name), 1e-6, name);
        }
    }
}

#[test]
fn limits_of_proportions_are_the_published_ones() {
    let mut tally = Tally::of("funnel limits of proportions");
    proportions("prop_outputs", f64::INFINITY, &mut tally);
    proportions("prop_outputs_with_axis_variation", 31_000.0, &mut tally);
}

#[test]
fn standings_of_proportions_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("funnel standings of proportions");
    let table = Table::csv(&file(&folder, "prop_inputs"));
    let (numerators, denominators) = (table.numbers("numerator"), table.numbers("denominator"));
    let average = numerators.iter().sum::<f64>() / denominators.iter().sum::<f64>();
    let limits = ControlLimits::default();
    for (position, row) in table.rows.iter().enumerate() {
        let standing =
            limits.proportion_standing(numerators[position], denominators[position], average);
        let published = table.word(row, "significance").to_owned();
        tally.same(&standing.unwrap().to_string(), &published, "standing");
    }
}

#[test]
fn limits_of_ratios_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("funnel limits of ratios");
    let inputs = Table::csv(&file(&folder, "ratio_inputs"));
    let outputs = Table::csv(&file(&folder, "ratio_outputs"));
    let expected = inputs.numbers("expected");
    let smallest = expected.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = expected.iter().copied().fold(0.0, f64::max);
    let places = Axis::around(smallest, largest).places(Spacing::Ratio);
    let limits = ControlLimits::default();
    for (place, row) in places.iter().zip(&outputs.rows) {
        let number = |name: &str| outputs.number(row, name).unwrap();
        tally.close(*place, number("Observed_events"), 0.0, "place");
        for (level, sigma) in [(limits.inner(), "2s"), (limits.outer(), "3s")] {
            let at = expected_at_limits(*place, level);
            for (found, side) in [(at.upper, "lower"), (at.lower, "upper")] {
                let name = |what: &str| format!("{side}_{sigma}_{what}");
                let relative = bisection_error(*place, found);
                tally.close(found, number(&name("exp_events")), relative, "expected");
                tally.close(100.0 * place / found, number(&name("isr")), relative, "ratio");
                let excess = place / found - 1.0;
                let allowed = relative * (1.0 + excess.abs());
                tally.within(excess, number(&name("count")), allowed, "excess");
            }
        }
    }
}

#[test]
fn standings_of_ratios_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("funnel standings of ratios");
    let table = Table::csv(&file(&folder, "ratio_inputs"));
    let limits = ControlLimits::default();
    for row in &table.rows {
        let number = |name: &str| table.number(row, name).unwrap();
        let standing = limits.count_standing(number("obs"), number("expected"), 1.0).unwrap();
        tally.same(&standing.to_string(), &table.word(row, "significance").to_owned(), "standing");
    }
}

const YEARS: f64 = 3.0;

/// One published table of rates: events and rates in, hundred places out.
fn rates(
    kind: RateKind,
    output: &str,
    events: &[f64],
    rates: &[f64],
    people: &[f64],
    tally: &mut Tally,
) {
    let Some(folder) = peers() else { return };
    let outputs = Table::csv(&file(&folder, output));
    let given = Rates::new(kind, 1e5, events, rates, people).unwrap();
    let average = given.average().unwrap();
    let populations: Vec<f64> = given.populations().iter().flatten().copied().collect();
    let smallest = populations.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = populations.iter().copied().fold(0.0, f64::max);
    let axis = Axis::around(smallest / YEARS, largest / YEARS);
    let in_events = Axis {
        low: (axis.low * YEARS * average).floor(),
        high: (axis.high * YEARS * average).ceil(),
    };
    let limits = ControlLimits::default();
    for (place, row) in in_events.places(Spacing::Standard).iter().zip(&outputs.rows) {
        let number = |name: &str| outputs.number(row, name).unwrap();
        tally.close(*place, number("Events"), 0.0, "place");
        tally.close(average * 1e5, number("baseline"), 1e-9, "average");
        compare_place(*place, average, &limits, &number, tally);
    }
}

fn compare_place(
    place: f64,
    average: f64,
    limits: &ControlLimits,
    number: &dyn Fn(&str) -> f64,
    tally: &mut Tally,
) {
    for (level, sigma) in [(limits.inner(), "2s"), (limits.outer(), "3s")] {
        let at = expected_at_limits(place, level);
        for (found, side) in [(at.upper, "lower"), (at.lower, "upper")] {
            let relative = bisection_error(place, found);
            let people = number(&format!("{side}_{sigma}_population_1_year"));
            tally.close(found / average / YEARS, people, relative, "people");
            let rate = number(&format!("{side}_{sigma}_limit"));
            tally.close(place / found * average * 1e5, rate, relative, "rate");
        }
    }
}

#[test]
fn limits_of_rates_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("funnel limits of rates");
    let table = Table::csv(&file(&folder, "rate_input_funnels"));
    let (events, given) = (table.numbers("ev"), table.numbers("rate"));
    rates(RateKind::Standardised, "rate_outputs", &events, &given, &[], &mut tally);
    let largest = events.iter().copied().fold(0.0, f64::max);
    let few: Vec<f64> = events.iter().map(|e| if *e < largest { *e } else { 5.0 }).collect();
    rates(RateKind::Crude, "rate_outputs_2", &few, &given, &[], &mut tally);
    let people: Vec<f64> = events.iter().zip(&given).map(|(e, r)| 1e5 * e / r).collect();
    let most = people.iter().copied().fold(0.0, f64::max);
    let kept = |from: &[f64]| -> Vec<f64> {
        from.iter().zip(&people).filter(|(_, p)| **p > most / 2.0).map(|(x, _)| *x).collect()
    };
    let none_at_largest = |from: &[f64]| -> Vec<f64> {
        from.iter().zip(&events).map(|(x, e)| if *e < largest { *x } else { 0.0 }).collect()
    };
    let (events, given) = (kept(&none_at_largest(&events)), kept(&none_at_largest(&given)));
    rates(RateKind::Crude, "rate_outputs_3", &events, &given, &kept(&people), &mut tally);
}

#[test]
fn standings_of_rates_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("funnel standings of rates");
    let table = Table::csv(&file(&folder, "rate_dsr_inputs"));
    let limits = ControlLimits::default();
    for with_nought in [true, false] {
        let rows: Vec<_> = table
            .rows
            .iter()
            .filter(|row| with_nought || table.number(row, "count") != Some(0.0))
            .collect();
        let column = |name: &str| -> Vec<f64> {
            rows.iter().map(|row| table.number(row, name).unwrap_or(0.0)).collect()
        };
        let (events, people) = (column("count"), column("pop"));
        let end = if with_nought { "with_0" } else { "without_0" };
        for (kind, rate, multiplier, name) in [
            (RateKind::Standardised, "rate_dsr", 1e5, format!("dsr_per_100000_{end}")),
            (RateKind::Standardised, "rate_dsr", 100.0, format!("dsr_per_100_{end}")),
            (RateKind::Crude, "rate_crude_per_100000", 1e5, format!("crude_per_100000_{end}")),
            (RateKind::Crude, "rate_crude_per_100", 100.0, format!("crude_per_100_{end}")),
        ] {
            // The official test has no case of standardised rates per 100 with a place without events.
            if with_nought && name.starts_with("dsr_per_100_") {
                continue;
            }
            let given = Rates::new(kind, multiplier, &events, &column(rate), &people).unwrap();
            for (row, standing) in rows.iter().zip(given.standings(&limits).unwrap()) {
                let expected = table.word(row, &name);
                match standing {
                    Ok(standing) => tally.same(&standing.to_string().as_str(), &expected, &name),
                    Err(reason) => {
                        tally.same(&reason, &NoFigure::TooFewEvents, &name);
                        assert!(expected.contains("less than 10"));
                    }
                }
            }
        }
    }
}

#[test]
fn populations_implied_by_rates_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("funnel chart points");
    let table = Table::csv(&file(&folder, "rate_input_funnels"));
    let (events, given) = (table.numbers("ev"), table.numbers("rate"));
    let rates = Rates::new(RateKind::Crude, 1e5, &events, &given, &[]).unwrap();
    for (people, row) in rates.populations().iter().zip(&table.rows) {
        let expected = table.number(row, "denominator_derived_crude").unwrap();
        tally.close(people.unwrap() / YEARS, expected, 1e-9, "people");
    }
}
