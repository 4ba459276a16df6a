//! Directly and indirectly standardised rates and ratios.

use std::collections::BTreeMap;

use stats::standardise::{Direct, EUROPEAN_STANDARD_2013, Indirect};
use stats::{Level, NoFigure};
use vocab::Confidence;

use crate::peers::{Table, Tally, peers};

const LEVELS: [(Confidence, &str, &str); 2] = [
    (Confidence::P95, "lower95_0cl", "upper95_0cl"),
    (Confidence::P998, "lower99_8cl", "upper99_8cl"),
];

/// The age bands of every area of the workbook, with the standard population they belong to.
fn areas(folder: &std::path::Path) -> BTreeMap<String, Direct> {
    let book = folder.join("phstats-data/testdata_DSR_ISR.xlsx");
    let mut areas: BTreeMap<String, Direct> = BTreeMap::new();
    let mut bands: BTreeMap<String, usize> = BTreeMap::new();
    for sheet in ["testdata_multiarea", "testdata_nonindepe"] {
        let table = Table::sheet(&book, sheet);
        for row in &table.rows {
            let name = table.word(row, "area").to_owned();
            let band = bands.entry(name.clone()).or_default();
            let weight = EUROPEAN_STANDARD_2013[*band];
            *band += 1;
            let people = table.number(row, "pop").unwrap();
            let area = areas.entry(name).or_default();
            if sheet == "testdata_multiarea" {
                area.add(table.number(row, "count").unwrap_or(0.0), people, weight);
            } else {
                let repeated =
                    ["f1", "f2", "f3", "f4"].map(|f| table.number(row, f).unwrap_or(0.0));
                area.add_repeated(&repeated, people, weight);
            }
        }
    }
    let table = Table::sheet(&book, "testdata_1976");
    let old = areas.entry("testdata_1976".to_owned()).or_default();
    for row in &table.rows {
        if let Some(count) = table.number(row, "count") {
            let number = |name: &str| table.number(row, name).unwrap();
            old.add(count, number("pop"), number("esp1976"));
        }
    }
    areas
}

#[test]
fn directly_standardised_rates_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("directly standardised rates");
    let areas = areas(&folder);
    let results =
        Table::sheet(&folder.join("phstats-data/testdata_DSR_ISR.xlsx"), "testresults_DSR");
    for row in &results.rows {
        let name = results.word(row, "area");
        let statistic = results.word(row, "statistic");
        let multiplier = statistic.trim_start_matches("dsr per ").parse().unwrap_or(100_000.0);
        let rate = areas[name].rate(multiplier);
        let Some(value) = results.number(row, "value") else {
            tally.same(&rate.err(), &Some(NoFigure::TooFewEvents), name);
            continue;
        };
        let rate = rate.unwrap();
        // The sheet of repeated events prints eight decimals.
        let relative = if name.contains("nonind") { 1e-11 } else { 1e-12 };
        tally.close(rate.count, results.number(row, "total_count").unwrap(), 0.0, name);
        tally.close(rate.population, results.number(row, "total_pop").unwrap(), 0.0, name);
        tally.close(rate.value, value, relative, name);
        for (confidence, lower, upper) in LEVELS {
            // The published 99.8% limits of this one area are ten times too large (a slip in the workbook).
            let slip = name == "testdata_1976" && confidence == Confidence::P998;
            let scale = if slip { 0.1 } else { 1.0 };
            let limits = rate.limits(&Level::new(confidence));
            tally.close(limits.lower, scale * results.number(row, lower).unwrap(), relative, name);
            tally.close(limits.upper, scale * results.number(row, upper).unwrap(), relative, name);
        }
    }
}

#[test]
fn indirectly_standardised_rates_and_ratios_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("indirectly standardised rates and ratios");
    let book = folder.join("phstats-data/testdata_DSR_ISR.xlsx");
    let bands = Table::sheet(&book, "testdata_multiarea_isr");
    let mut areas: BTreeMap<&str, Indirect> = BTreeMap::new();
    for row in &bands.rows {
        // Blank counts are noughts in these sheets, as in the official functions.
        let number = |name: &str| bands.number(row, name).unwrap_or(0.0);
        let area = areas.entry(bands.word(row, "area")).or_default();
        area.add(number("count"), number("pop"), number("refcount"), number("refpop"));
    }
    let results = Table::sheet(&book, "testresults_ISR");
    // The rows called Area1 and Area2 come from another call of the official tests.
    for row in results.rows.iter().filter(|row| results.word(row, "area").starts_with("testdata")) {
        let name = results.word(row, "area");
        let words: Vec<&str> = results.word(row, "statistic").split(' ').collect();
        let multiplier: f64 = words[words.len() - 1].parse().unwrap();
        let area = &areas[name];
        tally.close(area.observed(), results.number(row, "observed").unwrap(), 0.0, name);
        tally.close(area.expected(), results.number(row, "expected").unwrap(), 1e-13, name);
        for (confidence, lower, upper) in LEVELS {
            let level = Level::new(confidence);
            let figure = match results.number(row, "ref_rate") {
                Some(reference) => {
                    tally.close(area.reference_rate(multiplier), reference, 1e-13, name);
                    area.rate(multiplier, &level)
                }
                None => area.ratio(multiplier, &level),
            };
            let figure = figure.unwrap();
            tally.close(figure.value, results.number(row, "value").unwrap(), 1e-12, name);
            tally.close(figure.limits.lower, results.number(row, lower).unwrap(), 1e-12, name);
            tally.close(figure.limits.upper, results.number(row, upper).unwrap(), 1e-12, name);
        }
    }
}

#[test]
fn ratios_with_totals_known_only_for_the_whole_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("indirectly standardised ratios from totals");
    let book = folder.join("phstats-data/testdata_ISR_obs.xlsx");
    let (bands, totals) = (Table::sheet(&book, "df"), Table::sheet(&book, "obs"));
    let key = |table: &Table, row| {
        ["indicatorid", "year", "sex"].map(|name| table.word(row, name).to_owned())
    };
    let mut groups: BTreeMap<[String; 3], Indirect> = BTreeMap::new();
    for row in &bands.rows {
        let number = |name: &str| bands.number(row, name).unwrap();
        let group = groups.entry(key(&bands, row)).or_default();
        group.add(number("obs"), number("pop"), number("refcount"), number("refpop"));
    }
    for row in &totals.rows {
        let group = groups.get_mut(&key(&totals, row)).unwrap();
        *group = group.with_observed(totals.number(row, "observed").unwrap());
    }
    let results = Table::sheet(&book, "obs_results");
    let level = Level::new(Confidence::P95);
    for row in &results.rows {
        let figure = groups[&key(&results, row)].ratio(1.0, &level).unwrap();
        let number = |name: &str| results.number(row, name).unwrap();
        tally.close(figure.value, number("Value"), 1e-12, "value");
        tally.close(figure.limits.lower, number("lower_95_ci"), 1e-12, "lower");
        tally.close(figure.limits.upper, number("upper_95_ci"), 1e-12, "upper");
    }
}
