//! `catchment compare`: one organisation against England, its parent and those most like it.

use clap::Args;
use evidence::Belonging;
use indicators::compare::{Likeness, Profiles, against};
use indicators::{Comparison, Definition, Evaluation};
use vocab::{Level, Organisation, Period};

use super::indicator::definition;
use super::{Common, place_in};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Compare {
    /// The indicator
    indicator: String,
    /// The code or name of a practice, network, sub-ICB, ICB or region
    code: String,
    /// The period; the latest when not given
    #[arg(long)]
    period: Option<Period>,
    /// How many similar practices to compare with
    #[arg(long, default_value_t = 20)]
    neighbours: usize,
}

/// One line of the answer.
struct Line {
    with: String,
    /// The figure of the other; nothing where there is none that it may be compared with.
    reference: Option<f64>,
    comparison: Comparison,
}

impl Line {
    fn of(with: String, comparison: Comparison) -> Self {
        Self { with, reference: comparison.reference, comparison }
    }
}

impl Compare {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let definition = definition(study.library(), &self.indicator)?;
        let known = study.affiliations()?;
        let place = place_in(&study, &self.code, self.period)?;
        let (level, code) = match place.single() {
            Some((level, code)) if level < Level::England => (level, code.to_owned()),
            Some(_) => {
                return Err(
                    Wrong(format!("{} is what places are compared with", place.name)).into()
                );
            }
            None => (Level::Place, place.key.clone()),
        };
        let within = (level == Level::Place).then_some(&place);
        let wrong = |error: indicators::EvaluateError| Wrong(error.to_string());
        let period = match self.period {
            Some(period) => period,
            None => study.latest(definition).map_err(wrong)?,
        };
        let prepared = study.prepared(definition, period).map_err(wrong)?;
        let found = prepared.at(level, within).map_err(wrong)?;
        let row = match found.row(&code) {
            Some(row) if row.counted.counted > 0 => Some(row.clone()),
            row if level == Level::Place => row.cloned(),
            _ => {
                prepared.organisation(&Organisation { level, code: code.clone() }).map_err(wrong)?
            }
        };
        let row = row.ok_or_else(|| {
            Wrong(format!("`{code}` has no row for {} in {period}", definition.name))
        })?;
        let mut lines = vec![Line {
            with: found.reference.name(),
            // England's figure is told where the organisation has none to be compared with it.
            reference: row.england.reference.or_else(|| found.england_value()),
            comparison: row.england,
        }];
        if let Some((parent, comparison)) = &row.parent {
            let with = known.name_of(parent.level, &parent.code).to_owned();
            lines.push(Line::of(with, *comparison));
        }
        if level == Level::Practice {
            lines.extend(self.similar(
                &study.profiles(Level::Practice)?,
                definition,
                &found,
                &code,
            ));
        }
        print(common, definition, &found, &row, &lines, place.belonging(Belonging::Stand));
        let elsewhere = answers::findings::by_location(&study, definition, &place);
        if let Some(told) = elsewhere.filter(|_| row.estimate.is_none() && !common.json) {
            say!("  {told}");
        }
        if let Some(counts) = place.counts(Belonging::Stand).filter(|_| !common.json) {
            say!("  {counts}");
        }
        Ok(Outcome::Done)
    }

    fn similar(
        &self,
        profiles: &Profiles,
        definition: &Definition,
        found: &Evaluation,
        code: &str,
    ) -> Option<Line> {
        let likeness = Likeness { neighbours: self.neighbours, ..Likeness::default() };
        let similar = profiles.similar(code, &likeness);
        let codes: Vec<&str> =
            similar.iter().map(|similar| similar.profile.code.as_str()).collect();
        let comparison = against(definition, found, code, &codes)?;
        let with = match codes.len() {
            1 => "the practice most like it".to_owned(),
            count => format!("the {count} practices most like it"),
        };
        Some(Line::of(with, comparison))
    }
}

fn print(
    common: &Common,
    definition: &Definition,
    found: &Evaluation,
    row: &indicators::Row,
    lines: &[Line],
    belonging: Option<&str>,
) {
    let value = row.estimate.map(|estimate| estimate.value);
    if common.json {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| {
                serde_json::json!({
                    "with": line.with, "reference": line.reference,
                    "at_95": line.comparison.at_95.as_str(), "at_99_8": line.comparison.at_998.as_str(),
                })
            })
            .collect();
        let answer = serde_json::json!({
            "indicator": definition.id, "code": row.organisation.code, "name": row.name,
            "value": value, "remark": row.doubt.map(|doubt| doubt.to_string()),
            "counted": row.counted.counted, "of": row.counted.of,
            "patients": row.counted.patients, "patients_of": row.counted.patients_of(),
            "period": found.period.to_string(),
            "denominator_period": found.denominator_period.to_string(), "note": found.reference.note(),
            "withheld": found.withheld(row), "comparisons": lines, "belonging": belonging,
        });
        say!("{answer:#}");
        return;
    }
    let style = answers::findings::style(definition);
    say!("{} ({}): {}", row.name, row.organisation.code, definition.name);
    say!("  {}", style.cell(answers::findings::observed(row)));
    if let Some(doubt) = row.doubt {
        say!("  {doubt}");
    }
    say!("  {}, rests on {}", found.when(definition), found.basis(row));
    if let Some(said) = found.withheld(row).or_else(|| found.reference.note()) {
        say!("  {said}");
    }
    for line in lines {
        let figure = line.reference.map(|value| format!(" ({})", style.figure(value)));
        say!(
            "  compared with {}{}: {} at 95%, {} at 99.8%",
            line.with,
            figure.unwrap_or_default(),
            line.comparison.at_95.in_words(),
            line.comparison.at_998.in_words()
        );
    }
}
