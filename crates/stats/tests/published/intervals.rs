//! Byar, Wilson, proportions and crude rates.

use stats::count::{byar, crude_rate};
use stats::proportion::{proportion, wilson};
use stats::{Figure, Level, NoFigure};
use vocab::Confidence;

use crate::peers::{Row, Table, Tally, peers};

#[test]
fn byar_and_wilson_limits_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("Byar and Wilson limits");
    let table =
        Table::sheet(&folder.join("phstats-data/testdata_Byars_Wilson.xlsx"), "testdata_B_W");
    for row in table.rows.iter().filter(|row| table.number(row, "x").is_some()) {
        let count = table.number(row, "x").unwrap();
        let percent = table.word(row, "confidence").trim_end_matches('%').parse().unwrap();
        let level = Level::new(Confidence::new(percent).unwrap());
        let limits = match table.number(row, "n") {
            Some(people) => wilson(count, people, level.z()),
            None => byar(count, level.z()),
        };
        // One published lower limit is blank: Byar's approximation is negative for 1 event at 99.8%.
        match table.number(row, "lowercl") {
            Some(lower) => tally.close(limits.lower, lower, 1e-12, "lower"),
            None => tally.same(&(limits.lower < 0.0), &true, "blank lower"),
        }
        tally.close(limits.upper, table.number(row, "uppercl").unwrap(), 1e-12, "upper");
    }
}

/// Compares both published sheets of a method.
fn compare(file: &str, sheets: [&str; 2], tally: &mut Tally, method: &Method) {
    let Some(folder) = peers() else { return };
    for sheet in sheets {
        let table = Table::sheet(&folder.join("phstats-data").join(file), sheet);
        for row in &table.rows {
            if sheet == sheets[0] {
                compare_level(
                    &table,
                    row,
                    Confidence::P95,
                    ["lower95_0cl", "upper95_0cl"],
                    tally,
                    method,
                );
                compare_level(
                    &table,
                    row,
                    Confidence::P998,
                    ["lower99_8cl", "upper99_8cl"],
                    tally,
                    method,
                );
            } else {
                compare_level(&table, row, Confidence::P95, ["lowercl", "uppercl"], tally, method);
            }
        }
    }
}

type Method = dyn Fn(f64, f64, f64, &Level) -> Result<Figure, NoFigure>;

fn compare_level(
    table: &Table,
    row: &Row,
    confidence: Confidence,
    limits: [&str; 2],
    tally: &mut Tally,
    method: &Method,
) {
    let number = |name: &str| table.number(row, name).unwrap_or(f64::NAN);
    let found = method(
        number("Numerator"),
        number("Denominator"),
        number("multiplier"),
        &Level::new(confidence),
    );
    let Some(value) = table.number(row, "value") else {
        return tally.same(&found, &Err(NoFigure::NotFinite), "blank value");
    };
    let found = found.unwrap();
    tally.close(found.value, value, 1e-12, "value");
    tally.close(found.limits.lower, number(limits[0]), 1e-12, "lower");
    tally.close(found.limits.upper, number(limits[1]), 1e-12, "upper");
}

#[test]
fn proportions_are_the_published_ones() {
    let scaled = |numerator: f64, denominator: f64, multiplier: f64, level: &Level| {
        let figure = proportion(numerator, denominator, level)?;
        let limits = figure.limits.scaled(multiplier);
        Ok(Figure { value: figure.value * multiplier, limits })
    };
    let mut tally = Tally::of("proportions");
    compare("testdata_Proportion.xlsx", ["testdata_Prop", "testdata_Prop_g"], &mut tally, &scaled);
}

#[test]
fn crude_rates_are_the_published_ones() {
    let mut tally = Tally::of("crude rates");
    let sheets = ["testdata_Rate", "testdata_Rate_g"];
    compare("testdata_Rate.xlsx", sheets, &mut tally, &crude_rate);
}
