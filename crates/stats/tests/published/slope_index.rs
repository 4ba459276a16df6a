//! The slope and relative index of inequality.

use stats::inequality::{Group, Line, Measure, SlopeIndex, slope_index};
use stats::{Level, Limits};
use vocab::Confidence;

use crate::peers::{Row, Table, Tally, peers};

/// The official limits are sampled; theirs and ours may differ by this share of the interval's width.
const SAMPLING: f64 = 0.015;

fn index(table: &Table, rows: &[Row], line: Line) -> SlopeIndex {
    let (measure, groups) = groups(table, rows);
    slope_index(measure, line, &groups).unwrap()
}

fn groups(table: &Table, rows: &[Row]) -> (Measure, Vec<Group>) {
    let measure = match table.number(&rows[0], "ValueType").unwrap() as u32 {
        0 => Measure::Amount,
        1 => Measure::Rate,
        _ => Measure::Proportion,
    };
    let group = |row: &Row| {
        let number = |name: &str| table.number(row, name).unwrap();
        Group {
            population: number("Population"),
            value: number("Value"),
            standard_error: number("StandardError"),
        }
    };
    (measure, rows.iter().map(group).collect())
}

#[test]
fn point_values_are_the_published_ones_and_limits_lie_within_sampling_error() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("slope and relative index of inequality");
    let table = Table::sheet(&folder.join("phstats-data/testdata_SII.xlsx"), "testdata_SII");
    let starts: Vec<usize> = (0..table.rows.len())
        .filter(|at| table.number(&table.rows[*at], "sii").is_some())
        .collect();
    for (position, start) in starts.iter().enumerate() {
        let first = &table.rows[*start];
        let area = table.word(first, "Area");
        let length = (*start..table.rows.len())
            .take_while(|at| {
                let row = &table.rows[*at];
                table.word(row, "Area") == area
                    && table.number(row, "Quantile").is_some()
                    && (*at == *start || Some(at) != starts.get(position + 1))
            })
            .count();
        let description = table.word(first, "TestDescription");
        compare(&table, &table.rows[*start..start + length], description, &mut tally);
    }
}

fn compare(table: &Table, rows: &[Row], description: &str, tally: &mut Tally) {
    let first = &rows[0];
    let line = if description.contains("transform") { Line::Transformed } else { Line::Natural };
    let multiplier = match description {
        _ if description.contains("x 100") => 100.0,
        _ if description.contains("x -100") => -100.0,
        _ if description.contains("negative") => -1.0,
        _ => 1.0,
    };
    let found = index(table, rows, line);
    let what = format!("{description} {}", table.word(first, "Area"));
    let number = |name: &str| table.number(first, name);
    tally.close(found.sii * multiplier, number("sii").unwrap(), 1e-9, &what);
    if let Some(rii) = number("rii") {
        let found = if multiplier < 0.0 { 1.0 / found.rii } else { found.rii };
        tally.close(found, rii, 1e-9, &what);
    }
    if let Some(intercept) = number("Intercept") {
        tally.close(found.intercept, intercept, 1e-9, &what);
    }
    let percent = if description.contains("98") && !description.contains("95") {
        98.0
    } else if description.contains("99% confidence") {
        99.0
    } else {
        95.0
    };
    let limits = found.limits(&Level::new(Confidence::new(percent).unwrap()));
    // The published slope limits of log-transformed rates are a few per cent wider than sampling from their
    // description gives (their ratio limits are not); the official test allows 5% of the limit.
    let allowance = |lower: f64, upper: f64, is_slope: bool| match line {
        Line::Transformed if is_slope => 0.05 * lower.abs().min(upper.abs()),
        _ => SAMPLING * (upper - lower),
    };
    let mut published = |lower: &str, upper: &str, found: Limits| {
        let is_slope = lower.starts_with("sii");
        if let (Some(lower), Some(upper)) = (number(lower), number(upper)) {
            let allowed = allowance(lower, upper, is_slope);
            tally.within(found.lower, lower, allowed, &what);
            tally.within(found.upper, upper, allowed, &what);
        }
    };
    published("sii_lowercl_1", "sii_uppercl_1", limits.sii.scaled(multiplier));
    let rii = if multiplier < 0.0 {
        Limits { lower: 1.0 / limits.rii.upper, upper: 1.0 / limits.rii.lower }
    } else {
        limits.rii
    };
    published("rii_lowercl_1", "rii_uppercl_1", rii);
}

#[test]
fn the_national_gradient_in_life_expectancy_is_the_published_one() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("national slope index of life expectancy");
    let table = Table::csv(&folder.join("phstats-data/LE_testdata.csv"));
    for (sex, expected) in [("1", 9.346), ("2", 7.271)] {
        let england =
            |row: &&Row| table.word(row, "Sex") == sex && table.word(row, "GeoCode") == "England";
        let number = |row: &Row, name: &str| table.number(row, name).unwrap();
        let mut rows: Vec<&Row> = table.rows.iter().filter(england).collect();
        rows.sort_by(|a, b| number(a, "Decile").total_cmp(&number(b, "Decile")));
        let groups: Vec<Group> = rows
            .iter()
            .map(|row| Group {
                population: number(row, "Pop"),
                value: number(row, "LifeExp"),
                standard_error: number(row, "SE"),
            })
            .collect();
        let found = slope_index(Measure::Amount, Line::Natural, &groups).unwrap();
        tally.within(found.sii, expected, 5e-4, sex);
    }
}

#[test]
fn thirty_areas_are_those_of_the_official_package() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("slope index of thirty areas");
    let input = Table::csv(&folder.join("data/p1_sii_30.csv"));
    let answers = Table::csv(&folder.join("answers/p1_sii_30.csv"));
    let level = Level::new(Confidence::P95);
    for (rows, row) in input.rows.chunks(10).zip(&answers.rows) {
        let group = |row: &Row| Group {
            population: input.number(row, "pop").unwrap(),
            value: input.number(row, "val").unwrap(),
            standard_error: input.number(row, "se").unwrap(),
        };
        let groups: Vec<Group> = rows.iter().map(group).collect();
        let index = slope_index(Measure::Amount, Line::Natural, &groups).unwrap();
        let number = |name: &str| answers.number(row, name).unwrap();
        tally.close(index.sii, number("sii"), 1e-10, "sii");
        tally.close(index.rii, number("rii"), 1e-10, "rii");
        let limits = index.limits(&level);
        let width = limits.sii.upper - limits.sii.lower;
        tally.within(limits.sii.lower, number("sii_lower95_0cl"), SAMPLING * width, "lower");
        tally.within(limits.sii.upper, number("sii_upper95_0cl"), SAMPLING * width, "upper");
        let width = limits.rii.upper - limits.rii.lower;
        tally.within(limits.rii.lower, number("rii_lower95_0cl"), SAMPLING * width, "rii lower");
        tally.within(limits.rii.upper, number("rii_upper95_0cl"), SAMPLING * width, "rii upper");
    }
}
