//! `catchment indicator explain`: why practices differ.

use answers::findings::variation as words;
use clap::Args;
use evidence::Place;
use indicators::variation::{Asked, Member, Variation};
use indicators::{Definition, Library};
use kit::Caption;
use kit::table::to_csv;
use serde_json::{Value, json};
use stats::Figure;
use vocab::Period;

use super::super::{Common, place_of};
use super::{about, definition};
use crate::outcome::Wrong;

#[derive(Debug, Args)]
pub struct Explain {
    /// The indicator
    id: String,
    /// The period; the latest when not given
    #[arg(long)]
    period: Option<Period>,
    /// The place whose practices are explained; all practices of the evidence when not given
    #[arg(long)]
    place: Option<String>,
    /// How often figures are drawn anew for the intervals
    #[arg(long, default_value_t = 200)]
    replicates: u32,
    /// Seed of folds and draws
    #[arg(long, default_value_t = Asked::default().seed)]
    seed: u64,
    /// Print every practice of the model, not only those that move, as CSV
    #[arg(long)]
    practices: bool,
}

impl Explain {
    pub fn run(&self, common: &Common, library: &Library) -> anyhow::Result<()> {
        let study = common.study()?;
        let definition = definition(library, &self.id)?;
        let period = match self.period {
            Some(period) => period,
            None => study.latest(definition).map_err(|error| Wrong(error.to_string()))?,
        };
        let place = match &self.place {
            Some(key) => place_of(&study, key)?,
            None => Place::everywhere(study.whole()),
        };
        let asked = Asked { replicates: self.replicates, seed: self.seed };
        let found = study
            .variation(definition, period, &place, asked)
            .map_err(|error| Wrong(error.to_string()))?;
        if common.json {
            say!("{:#}", answer(definition, &found));
        } else if self.practices {
            let table = words::members_table(definition, &found, Caption::default());
            say!("{}", String::from_utf8_lossy(&to_csv(&table)));
        } else {
            print(definition, &found);
        }
        Ok(())
    }
}

fn print(definition: &Definition, found: &Variation) {
    say!("{}, {}, {}", definition.name, found.period.in_words(), found.place.name);
    say!("{}\n{}", words::plain(found), words::bar(found));
    for sentence in words::details(definition, found) {
        say!("{sentence}");
    }
    say!("\nStage by stage:");
    for line in words::steps(found) {
        say!("  {line}");
    }
    let moved: Vec<&Member> = found.moved().collect();
    say!("\n{}", words::moved(found));
    for member in moved.iter().take(20) {
        say!("  {} {}: {}", member.code, member.name, words::why(definition, found, member));
    }
    if moved.len() > 20 {
        say!("  … and {} more (`--practices` lists all)", moved.len() - 20);
    }
    say!("");
    for warning in words::warnings(definition, found) {
        say!("Note: {warning}");
    }
}

fn answer(definition: &Definition, found: &Variation) -> Value {
    let bar = found.explanation.bar;
    let steps = found.explanation.steps.iter().map(|step| {
        json!({"stage": step.name, "spread": step.spread, "explained": step.explained,
               "explained_fitted": step.fitted, "explained_unseen": step.unseen})
    });
    let coefficients = found.explanation.fit.coefficients.iter().map(
        |one| json!({"name": one.name, "value": one.value, "standard_error": one.standard_error}),
    );
    let moved = found.moved().map(|member| {
        json!({
            "code": member.code, "name": member.name, "value": member.value,
            "observed": member.observed, "expected": member.expected,
            "before": member.before.to_string(), "after": member.after.to_string(),
            "shrunk": member.shrunk, "why": words::why(definition, found, member),
        })
    });
    let special = found.special.iter().map(|one| {
        json!({"code": one.code, "name": one.name, "value": one.value, "peers": one.peers,
               "peers_figure": one.comparison.and_then(|with| with.reference)})
    });
    let counted = &found.counted;
    json!({
        "indicator": about(definition), "period": found.period.to_string(),
        "place": found.place.key, "average": found.average,
        "chance": bar.chance.map(figure), "explained": figure(bar.explained),
        "left": figure(bar.left), "weighing": words::weighing(found),
        "steps": steps.collect::<Vec<_>>(),
        "between_networks_of_left": found.explanation.between_networks,
        "reliability": found.reliability,
        "coefficients": coefficients.collect::<Vec<_>>(),
        "moved": moved.collect::<Vec<_>>(), "special": special.collect::<Vec<_>>(),
        "practices": {
            "modelled": counted.modelled, "without_figure": counted.without_figure,
            "without_covariate": counted.without_covariate,
            "not_comparable": counted.not_comparable, "special": counted.special,
        },
        "notes": words::warnings(definition, found),
        "replicates": found.explanation.replicates, "seed": found.asked.seed,
    })
}

fn figure(figure: Figure) -> Value {
    json!({"value": figure.value, "lower": figure.limits.lower, "upper": figure.limits.upper})
}
