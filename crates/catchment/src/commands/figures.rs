//! `catchment figures`: the figures of an indicator row by row, and the list of indicators.

use clap::Args;
use evidence::{Belonging, Place};
use indicators::{Definition, Evaluation, Library};
use study::Study;
use vocab::{Level, Period};

use super::{Common, library, place_in};
use crate::outcome::{Outcome, Wrong};

/// For whom and when.
#[derive(Debug, Args)]
pub struct Figures {
    /// The indicator
    id: String,
    /// `practice`, `network`, `sub_icb`, `icb`, `region`, `england` or `local_authority`, by where practices stand
    #[arg(long, default_value = "icb")]
    level: String,
    /// The period, such as 2025-10 or 2022/23; the latest when not given
    #[arg(long)]
    period: Option<String>,
    /// Only organisations of this place, compared with it
    #[arg(long)]
    place: Option<String>,
}

impl Figures {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let definition = definition(study.library(), &self.id)?;
        let evaluation = self.answer(&study, definition)?;
        let of_councils =
            self.level == COUNCILS || self.is_of_councils(&study, evaluation.period)?;
        let belonging = of_councils.then_some(Belonging::Stand.in_words());
        print(common, definition, &evaluation, belonging)?;
        if let Some(rule) = belonging.filter(|_| !common.json) {
            say!("counted: {rule}");
        }
        Ok(Outcome::Done)
    }

    /// Whether the place asked for is one of councils.
    fn is_of_councils(&self, study: &Study, period: Period) -> anyhow::Result<bool> {
        let place = self.place.as_deref();
        let place = place.map(|key| place_in(study, key, Some(period))).transpose()?;
        Ok(place.is_some_and(|place| place.is_of_councils()))
    }

    /// Works an indicator out as asked.
    fn answer(&self, study: &Study, definition: &Definition) -> anyhow::Result<Evaluation> {
        let period = match &self.period {
            Some(period) => period.parse::<Period>().map_err(|error| Wrong(error.to_string()))?,
            None => study.latest(definition).map_err(|error| Wrong(error.to_string()))?,
        };
        let place =
            self.place.as_deref().map(|key| place_in(study, key, Some(period))).transpose()?;
        at_level(study, definition, period, &self.level, place.as_ref())
    }
}

/// The word for a row for each council, which is no level of the health service.
pub const COUNCILS: &str = "local_authority";

/// A word that is no level.
pub fn no_level(word: &str) -> Wrong {
    let known = Level::ALL.map(Level::as_str).join(", ");
    Wrong(format!("`{word}` is no level: expected one of {known}, {COUNCILS}"))
}

/// An indicator at a level of the health service or for each local authority.
fn at_level(
    study: &Study,
    definition: &Definition,
    period: Period,
    level: &str,
    place: Option<&Place>,
) -> anyhow::Result<Evaluation> {
    let found = if level == COUNCILS {
        study.prepared(definition, period).and_then(|prepared| prepared.councils(place))
    } else {
        let level = Level::parse(level).ok_or_else(|| no_level(level))?;
        study.evaluate(definition, period, level, place)
    };
    found.map_err(|error| Wrong(error.to_string()).into())
}

/// The definition of an indicator, or the ones with names like it.
pub fn definition<'a>(library: &'a Library, id: &str) -> anyhow::Result<&'a Definition> {
    library.get(id).ok_or_else(|| {
        let stem = id.split('_').next().unwrap_or(id);
        let like: Vec<_> = library
            .all()
            .into_iter()
            .map(|definition| definition.id.as_str())
            .filter(|known| known.contains(stem))
            .collect();
        let hint = if like.is_empty() {
            "`catchment indicators` lists them".to_owned()
        } else {
            format!("perhaps {}", like.join(", "))
        };
        Wrong(format!("there is no indicator `{id}`: {hint}")).into()
    })
}

/// The indicators by theme.
pub fn list(in_json: bool) -> anyhow::Result<Outcome> {
    let library = library()?;
    let all = library.all();
    if in_json {
        let list: Vec<_> = all.iter().map(|definition| about(definition)).collect();
        say!("{}", serde_json::to_string_pretty(&list)?);
        return Ok(Outcome::Done);
    }
    for definition in all {
        say!("{:<12} {:<44} {}", definition.theme.as_str(), definition.id, definition.name);
    }
    Ok(Outcome::Done)
}

fn about(definition: &Definition) -> serde_json::Value {
    serde_json::json!({
        "id": definition.id, "theme": definition.theme.as_str(), "name": definition.name,
        "unit": definition.unit, "meaning": definition.meaning,
        "why_it_matters": definition.why_it_matters, "caveats": definition.caveats,
    })
}

/// Prints the figures: tab-separated, or as JSON with their provenance and, for councils, whom they count.
fn print(
    common: &Common,
    definition: &Definition,
    found: &Evaluation,
    belonging: Option<&str>,
) -> anyhow::Result<()> {
    let others = found.rows.iter().filter(|row| row.organisation != found.england.organisation);
    let rows: Vec<_> = std::iter::once(&found.england).chain(&found.place).chain(others).collect();
    if common.json {
        let rows: Vec<_> = rows.into_iter().map(|row| row_json(found, row)).collect();
        let answer = serde_json::json!({
            "indicator": about(definition), "period": found.period.to_string(),
            "denominator_period": found.denominator_period.to_string(), "belonging": belonging,
            "level": found.level.as_str(), "compared_with": found.reference.compared(),
            "note": found.reference.note(), "rows": rows,
            "left_out": answers::findings::without_below(definition, &found.coverage),
            "held_back": found.coverage.held_back.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "releases": found.provenance.releases, "method": found.provenance.method,
        });
        say!("{}", serde_json::to_string_pretty(&answer)?);
        return Ok(());
    }
    say!("{}, {} ({})", definition.name, found.when(definition), definition.unit);
    if found.denominator_period != found.period {
        say!("Below the line: {}", found.denominator_period.in_words());
    }
    if let Some(note) = found.reference.note() {
        say!("{note}");
    }
    say!(
        "code\tname\tvalue\tlower\tupper\tnumerator\tdenominator\tcompared with {}\trests on\tremark",
        found.reference.compared()
    );
    for row in rows {
        let number =
            |value: Option<f64>| value.map(|value| format!("{value:.6}")).unwrap_or_default();
        let estimate = row.estimate;
        say!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            row.organisation.code,
            row.name,
            estimate.map_or_else(
                || row.mark.shorthand().to_owned(),
                |estimate| format!("{:.6}", estimate.value)
            ),
            number(estimate.and_then(|estimate| estimate.lower)),
            number(estimate.and_then(|estimate| estimate.upper)),
            number(row.numerator),
            number(row.denominator),
            row.england.at_95.in_words(),
            found.basis(row),
            row.doubt.map(|doubt| doubt.to_string()).unwrap_or_default(),
        );
    }
    if let Some(lost) = answers::findings::without_below(definition, &found.coverage) {
        say!("{lost}");
    }
    for held in &found.coverage.held_back {
        say!("{held}");
    }
    Ok(())
}

fn row_json(found: &Evaluation, row: &indicators::Row) -> serde_json::Value {
    serde_json::json!({
        "level": row.organisation.level.as_str(), "code": row.organisation.code, "name": row.name,
        "value": row.estimate.map(|estimate| estimate.value),
        "lower": row.estimate.and_then(|estimate| estimate.lower),
        "upper": row.estimate.and_then(|estimate| estimate.upper),
        "numerator": row.numerator, "denominator": row.denominator, "mark": row.mark.as_str(),
        "remark": row.doubt.map(|doubt| doubt.to_string()),
        "rests_on": found.basis(row), "withheld": found.withheld(row),
        "patients": row.counted.patients, "patients_of": row.counted.patients_of(),
        "patients_share": row.counted.patients_share, "counted": row.counted.counted, "of": row.counted.of,
        "compared_with_england": row.england.at_95.as_str(),
        "compared_with_england_at_99_8": row.england.at_998.as_str(),
    })
}
