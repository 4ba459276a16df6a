//! Means and quantiles.

use std::collections::BTreeMap;

use stats::NoFigure;
use stats::mean::Values;
use stats::quantile::{Ties, quantiles};
use vocab::Confidence;

use crate::peers::{Row, Table, Tally, peers};

#[test]
fn means_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("means");
    let book = folder.join("phstats-data/testdata_Mean.xlsx");
    let values = Table::sheet(&book, "testdata_Mean");
    let results = Table::sheet(&book, "testdata_Mean_results");
    for row in &results.rows {
        let area = results.word(row, "area");
        let is_of_area = |value: &&Row| area == "No grouping" || values.word(value, "area") == area;
        let rows = values.rows.iter().filter(is_of_area);
        let mean =
            rows.filter_map(|row| values.number(row, "values")).collect::<Values>().mean().unwrap();
        let number = |name: &str| results.number(row, name).unwrap();
        tally.close(mean.count as f64, number("value_count"), 0.0, area);
        tally.close(mean.sum, number("value_sum"), 1e-13, area);
        tally.close(mean.value, number("value"), 1e-13, area);
        tally.close(mean.standard_deviation.unwrap(), number("stdev"), 1e-12, area);
        for (confidence, lower, upper) in [
            (Confidence::P95, "lower95_0cl", "upper95_0cl"),
            (Confidence::P998, "lower99_8cl", "upper99_8cl"),
        ] {
            let limits = mean.limits(confidence).unwrap();
            tally.close(limits.lower, number(lower), 1e-11, area);
            tally.close(limits.upper, number(upper), 1e-11, area);
        }
    }
}

#[test]
fn quantiles_are_the_published_ones() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("quantiles");
    let table =
        Table::sheet(&folder.join("phstats-data/testdata_Quantiles.xlsx"), "testdata_Quantiles");
    let mut groups: BTreeMap<Vec<&str>, Vec<&Row>> = BTreeMap::new();
    let is_ranked = |row: &&Row| {
        table.word(row, "Test").starts_with("Good") && table.number(row, "Value").is_some()
    };
    for row in table.rows.iter().filter(is_ranked) {
        let mut key = vec![
            table.word(row, "Test"),
            table.word(row, "GroupSet"),
            table.word(row, "QuantileNm"),
        ];
        match key[1] {
            "IndSexReg" => {
                key.extend([table.word(row, "IndSexRef"), table.word(row, "ParentCode")]);
            }
            "IndSex" => key.push(table.word(row, "IndSexRef")),
            _ => key[0] = "all",
        }
        groups.entry(key).or_default().push(row);
    }
    for (key, rows) in groups {
        let values: Vec<f64> = rows.iter().map(|row| table.number(row, "Value").unwrap()).collect();
        let count = match key[2] {
            "Decile" => 10,
            "Septile" => 7,
            _ => 4,
        };
        let polarity = table.word(rows[0], "Polarity").to_lowercase();
        let highest_first =
            key[1] == "None" || polarity == "true" || polarity.contains("low is good");
        let found = quantiles(&values, count, highest_first, Ties::Lowest);
        for (position, row) in rows.iter().enumerate() {
            let what = format!("{key:?} {}", table.word(row, "AreaCode"));
            match table.number(row, "QuantileInGrp") {
                Some(expected) => {
                    let found = f64::from(found.as_ref().unwrap()[position]);
                    tally.close(found, expected, 0.0, &what);
                }
                None => tally.same(&found, &Err(NoFigure::TooFewValues), &what),
            }
        }
    }
}
