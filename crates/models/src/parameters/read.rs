//! Reading parameter files: every problem of every file is named at once.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Distribution, Grade, Key, Parameter, Parameters, Source};
use crate::decisions::unit_of_name;

/// What is wrong with a file or a table of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, [{name}]: {what}")]
pub struct Problem {
    /// The file without its ending.
    pub file: String,
    /// The name of the parameter, or `file` where all of it is meant.
    pub name: String,
    /// What was found, what was expected and what to do.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    about: String,
    unit: String,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    distribution: Distribution,
    source: Source,
    grade: Grade,
}

/// Reads files given as name and text; what can be read is returned beside all the problems.
pub(super) fn read(files: &[(&str, &str)]) -> (Parameters, Vec<Problem>) {
    let mut by_name: BTreeMap<String, Parameter> = BTreeMap::new();
    let mut problems = Vec::new();
    for (file, text) in files {
        let mut say = |name: &str, what: String| {
            problems.push(Problem { file: (*file).to_owned(), name: name.to_owned(), what });
        };
        let tables: toml::Table = match text.parse() {
            Ok(tables) => tables,
            Err(error) => {
                say("file", format!("not TOML: {error}"));
                continue;
            }
        };
        if !tables.get("description").is_some_and(toml::Value::is_str) {
            say("file", "no `description`; begin with one sentence on what it holds".to_owned());
        }
        for (name, value) in tables.into_iter().filter(|(name, _)| name != "description") {
            let parameter = match value.try_into::<Written>() {
                Ok(written) => written.parameter(file),
                Err(error) => {
                    say(&name, error.message().to_owned());
                    continue;
                }
            };
            parameter.faults(&name).into_iter().for_each(|what| say(&name, what));
            if let Some(first) = by_name.get(&name) {
                say(
                    &name,
                    format!("stands in `{}` too; give one of them another name", first.area),
                );
            }
            by_name.insert(name, parameter);
        }
    }
    problems.extend(shared_units(&by_name));
    let known = |(name, parameter): (String, Parameter)| Some((Key::named(&name)?, parameter));
    (Parameters { by_key: by_name.into_iter().filter_map(known).collect() }, problems)
}

impl Written {
    fn parameter(self, file: &str) -> Parameter {
        Parameter {
            area: file.to_owned(),
            about: self.about,
            unit: self.unit,
            value: self.value,
            low: self.low.unwrap_or(self.value),
            high: self.high.unwrap_or(self.value),
            distribution: self.distribution,
            source: self.source,
            grade: self.grade,
            changed_because: None,
        }
    }
}

impl Parameter {
    /// What is wrong with it.
    pub(super) fn faults(&self, name: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let plain = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_';
        if !name.chars().all(plain) {
            faults.push("the name has other characters than a to z, 0 to 9 and _".to_owned());
        }
        if !self.about.ends_with('.') {
            faults.push("`about` is not a sentence that ends with a full stop".to_owned());
        }
        if self.unit.is_empty() || self.source.reference.is_empty() || self.source.date.is_empty() {
            faults
                .push("`unit`, `source.reference` and `source.date` must say something".to_owned());
        }
        for (what, value) in [("value", self.value), ("low", self.low), ("high", self.high)] {
            if !self.distribution.allows(value) {
                let support = self.distribution.support();
                faults.push(format!("`{what}` is {value}; expected {support}"));
            }
        }
        let ordered = self.low <= self.value && self.value <= self.high;
        let wide = self.distribution == Distribution::Fixed || self.low < self.high;
        if !ordered || !wide {
            faults.push(format!(
                "`low` {}, `value` {} and `high` {} must rise; a figure without a range is `fixed`",
                self.low, self.value, self.high
            ));
        }
        faults
    }
}

/// Names whose draws would be the same.
fn shared_units(by_name: &BTreeMap<String, Parameter>) -> Vec<Problem> {
    let mut units: BTreeMap<u32, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, parameter) in by_name {
        if let Some(other) = units.insert(unit_of_name(name), name) {
            problems.push(Problem {
                file: parameter.area.clone(),
                name: name.clone(),
                what: format!("would draw the same luck as `{other}`; give it another name"),
            });
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
description = "A test."
[good]
about = "A share."
unit = "share"
value = 0.2
low = 0.1
high = 0.3
distribution = "logit-normal"
source = { kind = "assumption", reference = "a test", date = "2026" }
grade = "D"
"#;

    fn problems_of(text: &str) -> Vec<String> {
        read(&[("test", text)]).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_good_file_has_no_problems() {
        assert_eq!(problems_of(GOOD), [""; 0]);
    }

    #[test]
    fn all_problems_are_named_at_once() {
        let bad =
            GOOD.replace("0.3", "1.3").replace("A share.", "A share").replace("[good]", "[Good]");
        assert_eq!(
            problems_of(&bad),
            [
                "test, [Good]: the name has other characters than a to z, 0 to 9 and _",
                "test, [Good]: `about` is not a sentence that ends with a full stop",
                "test, [Good]: `high` is 1.3; expected a share between 0 and 1, both excluded",
            ]
        );
    }

    #[test]
    fn a_range_the_wrong_way_round_is_refused() {
        let bad = GOOD.replace("low = 0.1", "low = 0.25");
        assert!(problems_of(&bad)[0].contains("must rise"));
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let bad = GOOD.replace("grade", "mark = \"A\"\ngrade");
        assert!(problems_of(&bad)[0].contains("unknown field `mark`"));
    }

    #[test]
    fn a_name_in_two_files_is_refused() {
        let (_, problems) = read(&[("one", GOOD), ("two", GOOD)]);
        assert!(problems[0].to_string().contains("stands in `one` too"));
    }
}
