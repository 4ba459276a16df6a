//! Values that people change, each with a reason.

use serde::Deserialize;

use super::read::Problem;
use super::{Distribution, Key, Parameters};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    reason: String,
}

impl Parameters {
    /// The parameters with the values of an edited file in their place: one table a parameter with `value`, if wanted `low`
    /// and `high`, and `reason`. Without a range of its own a changed value keeps the width of the old one.
    ///
    /// # Errors
    /// Every problem of the file: unknown names, values that cannot be, no reason.
    pub fn edited(&self, file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let problem = |name: &str, what: String| Problem {
            file: file.to_owned(),
            name: name.to_owned(),
            what,
        };
        let tables: toml::Table =
            text.parse().map_err(|error| vec![problem("file", format!("not TOML: {error}"))])?;
        let mut edited = self.clone();
        let mut problems = Vec::new();
        for (name, value) in tables {
            let faults = match value.try_into::<Edit>() {
                Ok(edit) => edited.change(&name, edit),
                Err(error) => vec![error.message().to_owned()],
            };
            problems.extend(faults.into_iter().map(|what| problem(&name, what)));
        }
        if problems.is_empty() { Ok(edited) } else { Err(problems) }
    }

    fn change(&mut self, name: &str, edit: Edit) -> Vec<String> {
        let Some(parameter) = Key::named(name).and_then(|key| self.by_key.get_mut(&key)) else {
            return vec![
                "there is no such parameter; the files of parameters/outlook list those that there are"
                    .to_owned(),
            ];
        };
        if edit.reason.trim().is_empty() {
            return vec!["a changed value needs a `reason`".to_owned()];
        }
        if !parameter.distribution.allows(edit.value) {
            let support = parameter.distribution.support();
            return vec![format!("`value` is {}; expected {support}", edit.value)];
        }
        let shape = parameter.distribution;
        let shift = shape.scaled(edit.value) - shape.scaled(parameter.value);
        let moved = |end: f64| match shape {
            Distribution::Fixed => edit.value,
            _ => shape.unscaled(shape.scaled(end) + shift),
        };
        parameter.low = edit.low.unwrap_or_else(|| moved(parameter.low));
        parameter.high = edit.high.unwrap_or_else(|| moved(parameter.high));
        parameter.value = edit.value;
        parameter.changed_because = Some(edit.reason);
        parameter.faults(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "gp_leaver_rate_55_59";

    fn edited(text: &str) -> Result<Parameters, Vec<Problem>> {
        Parameters::embedded().edited("local", text)
    }

    #[test]
    fn a_changed_value_keeps_its_reason_and_the_width_of_its_range() {
        let before = Parameters::embedded().get(NAME).unwrap();
        let text = format!("[{NAME}]\nvalue = 0.2\nreason = \"exit interviews\"");
        let after = edited(&text).unwrap();
        let after = after.get(NAME).unwrap();
        assert_eq!(after.changed_because.as_deref(), Some("exit interviews"));
        let odds = |share: f64| share / (1.0 - share);
        let ratio = odds(after.high) / odds(after.value);
        assert!((ratio - odds(before.high) / odds(before.value)).abs() < 1e-12);
    }

    #[test]
    fn an_unknown_name_a_missing_reason_and_an_impossible_value_are_named_together() {
        let text = format!(
            "[nonsense]\nvalue = 1\nreason = \"x\"\n[{NAME}]\nvalue = 1.5\nreason = \"x\"\n\
             [gp_leaver_rate_60_64]\nvalue = 0.1\nreason = \" \""
        );
        let problems: Vec<String> =
            edited(&text).unwrap_err().iter().map(|problem| problem.name.clone()).collect();
        assert_eq!(problems, [NAME, "gp_leaver_rate_60_64", "nonsense"]);
    }
}
