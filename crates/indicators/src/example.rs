//! Working out the examples inside a definition, so that nobody has to trust them.

use std::collections::BTreeMap;

use evidence::{Cell, Given, Kind, PeriodKind, Table, tables};
use vocab::{Level, Mark, Period};

use crate::definition::{Definition, Example};
use crate::evaluate::{Row, evaluate};
use crate::interval::{Intervals, estimate};

/// How far an example may be from the answer: half of the last of four printed digits.
const TOLERANCE: f64 = 5e-4;

/// Works out every example of a definition.
///
/// # Errors
/// One sentence for each example that does not hold.
pub fn check(definition: &Definition) -> Result<(), Vec<String>> {
    let wrong: Vec<String> = definition
        .examples
        .iter()
        .enumerate()
        .filter_map(|(number, example)| {
            let reason = verdict(definition, example).err()?;
            Some(format!(
                "{}/{}.toml, example {}: {reason}",
                definition.theme,
                definition.id,
                number + 1
            ))
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn verdict(definition: &Definition, example: &Example) -> Result<(), String> {
    if let Some(word) = example.mark.as_ref().filter(|word| Mark::parse(word).is_none()) {
        return Err(format!(
            "`{word}` is no mark; expected the figure as `value`, worked out by hand, or a mark such as `missing`"
        ));
    }
    let (found, mark) = if let Some((above, below)) = example.numerator.zip(example.denominator) {
        (estimate(definition, above, below, &Intervals::default()), Mark::Value)
    } else {
        let row = from_rows(definition, example)?;
        (row.estimate, row.mark)
    };
    if let Some(expected) = &example.mark {
        return match found {
            None if mark.as_str() == expected => Ok(()),
            None => Err(format!("no figure because `{mark:?}`, expected `{expected}`")),
            Some(found) => Err(format!("{}, expected no figure because `{expected}`", found.value)),
        };
    }
    let found = found.ok_or_else(|| format!("no figure: {}", mark.as_str()))?;
    near("value", Some(found.value), example.value)?;
    near("lower", found.lower, example.lower)?;
    near("upper", found.upper, example.upper)
}

fn near(what: &str, found: Option<f64>, expected: Option<f64>) -> Result<(), String> {
    let Some(expected) = expected else { return Ok(()) };
    let found = found.ok_or_else(|| format!("{what}: none, expected {expected}"))?;
    let allowed = TOLERANCE * expected.abs().max(1e-6);
    if (found - expected).abs() <= allowed {
        Ok(())
    } else {
        Err(format!("{what}: {found}, expected {expected}"))
    }
}

/// Evaluates the rows of an example as if they were all the evidence there is.
fn from_rows(definition: &Definition, example: &Example) -> Result<Row, String> {
    let period = period(definition.period);
    let mut given = Given::default();
    given.add(Period::Day(crate::units::as_at(period)), affiliation());
    for (name, written) in &example.rows {
        let table = tables::find(name).ok_or_else(|| format!("there is no table `{name}`"))?;
        for row in written {
            let when = row.get("period").and_then(toml::Value::as_str).map(str::parse).transpose();
            let when = when
                .map_err(|error: vocab::period::PeriodError| error.to_string())?
                .unwrap_or(period);
            given.push(table, when, &cells(table, row)?);
        }
    }
    let level = definition.base_level().unwrap_or(Level::Practice);
    let evidence = given.evidence();
    let evaluation = evaluate(&evidence, definition, period, Level::England, None)
        .map_err(|error| error.to_string())?;
    let at_base = definition.levels.contains(&level);
    if !at_base {
        return Ok(evaluation.england);
    }
    let mut evaluation =
        evaluate(&evidence, definition, period, level, None).map_err(|error| error.to_string())?;
    if evaluation.rows.len() == 1 {
        evaluation.rows.pop().ok_or_else(String::new)
    } else {
        Ok(evaluation.england)
    }
}

/// The period that rows of an example have unless they say otherwise.
fn period(kind: PeriodKind) -> Period {
    let text = match kind {
        PeriodKind::Day => "2025-11-01",
        PeriodKind::Month => "2025-11",
        PeriodKind::FinancialYear => "2024/25",
        PeriodKind::Year => "2025",
    };
    text.parse().expect("the text is a period because it is written so above")
}

fn affiliation() -> tables::affiliation::Row<'static> {
    tables::affiliation::Row {
        practice: "A81001".into(),
        name: "The Example Surgery".into(),
        network: "U11111".into(),
        sub_icb: "03W".into(),
        icb: "QK1".into(),
        region: "Y60".into(),
        ..Default::default()
    }
}

/// A row as cells; codes that are left out get those of the example's practice.
fn cells<'a>(
    table: &'static Table,
    row: &'a BTreeMap<String, toml::Value>,
) -> Result<Vec<Cell<'a>>, String> {
    if let Some(unknown) =
        row.keys().find(|key| key.as_str() != "period" && table.position(key).is_none())
    {
        return Err(format!("the table `{}` has no column `{unknown}`", table.name));
    }
    table
        .columns
        .iter()
        .map(|column| match (row.get(column.name), column.kind) {
            (Some(toml::Value::String(word)), Kind::Text) => Ok(Cell::from(word)),
            (Some(toml::Value::Integer(number)), Kind::Count | Kind::Amount) => {
                Ok(Cell::Number(*number as f64))
            }
            (Some(toml::Value::Float(number)), Kind::Count | Kind::Amount) => {
                Ok(Cell::Number(*number))
            }
            (Some(other), _) => {
                Err(format!("`{}`: `{other}` does not suit the column", column.name))
            }
            (None, _) => Ok(default_cell(column.name, row)),
        })
        .collect()
}

fn default_cell(column: &str, row: &BTreeMap<String, toml::Value>) -> Cell<'static> {
    let level = row.get("level").and_then(toml::Value::as_str);
    match (column, level) {
        ("practice", _) | ("organisation", Some("practice")) => Cell::Text("A81001"),
        ("organisation", Some("network")) => Cell::Text("U11111"),
        ("sub_icb", _) | ("organisation", Some("sub_icb")) => Cell::Text("03W"),
        ("icb", _) | ("organisation", Some("icb")) => Cell::Text("QK1"),
        ("area", _) => Cell::Text("E01000001"),
        _ => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use crate::Library;

    #[test]
    fn every_worked_example_holds() {
        let library = Library::built_in().expect("the library is sound, as another test says");
        let wrong: Vec<String> = library
            .all()
            .into_iter()
            .filter_map(|definition| super::check(definition).err())
            .flatten()
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
