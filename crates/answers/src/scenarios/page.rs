//! A scenario that a reader puts together, in words and in money.
//!
//! Nothing is kept: the choices hold the scenario as the file that `catchment scenario` reads. To send it is to share it, and to
//! open it twice is to duplicate it.

use kit::Exhibit;
use models::parameters::Parameters;
use options::interventions::{KINDS, kind};
use options::scenario::{DO_NOTHING, Resolved, Scenario, Scenarios};
use options::{Dated, Kind};
use serde::Serialize;

use super::costs;
use super::envelope::{self, Beside};
use super::form::{self, Form};
use super::moved::{self, moved};
use super::{MONTHS, NAME, OWN, premises, problems, read};
use crate::address::{encoded, written};
use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::Refusal;

/// What is told of a scenario.
#[derive(Debug)]
pub enum Told {
    /// The scenario as it is.
    Scenario(Box<Plan>),
    /// It has been changed: the address at which it is.
    Changed(String),
}

/// A scenario, what it costs, and what can be added to it.
#[derive(Debug, Serialize)]
pub struct Plan {
    /// Scenarios to begin with.
    pub offered: Vec<Offered>,
    /// Whether the reader has one already.
    pub has_own: bool,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The scenario as a file.
    pub text: String,
    /// The number of what it does: the same changes have the same.
    pub hash: String,
    /// What is done.
    pub done: Vec<Done>,
    /// What of it cannot be in the place.
    pub problems: Vec<String>,
    /// What can be added: word, title, whether it is chosen.
    pub kinds: Vec<(&'static str, &'static str, bool)>,
    /// The form of what is being added.
    pub adding: Option<Form>,
    /// What it costs in all.
    pub money: String,
    /// What must be known of what it costs.
    pub remarks: Vec<&'static str>,
    /// What limits those whom it recruits, and what was not checked.
    pub limits: Vec<String>,
    /// The address of the outlook with it.
    pub outlook: String,
    /// Its costs, whether it stays within other money, and the contract money that it moves.
    #[serde(skip)]
    pub exhibits: Vec<Exhibit>,
    /// What it can be held against: key, name, whether it is.
    pub others: Vec<(String, String, bool)>,
    /// Pounds a year that it may cost more than that.
    pub room: String,
}

/// A scenario that is offered to begin with.
#[derive(Debug, Serialize)]
pub struct Offered {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The address that begins with it.
    pub href: String,
}

/// An intervention of the scenario.
#[derive(Debug, Serialize)]
pub struct Done {
    /// What is done.
    pub words: String,
    /// The address of the scenario without it, where it is one of its own.
    pub remove: Option<String>,
}

/// What is chosen, read.
struct Asked {
    scenarios: Scenarios,
    text: String,
}

/// The scenario that is chosen, or doing nothing.
///
/// # Errors
/// When a choice is none of those offered, or the evidence cannot be read.
pub fn of(context: &Context, choices: &Choices) -> Result<Told, Refusal> {
    let asked = Asked::of(context, choices)?;
    let adding = match choices.get("add").map(|word| adding(asked.own(), word, choices)) {
        None => None,
        Some(adding) => match adding? {
            Adding::Done(text) => return Ok(Told::Changed(address(&text))),
            Adding::Form(form) => Some(form),
        },
    };
    if let Some(name) = choices.get("name") {
        return Ok(Told::Changed(address(&asked.named(name, choices))));
    }
    Ok(Told::Scenario(Box::new(plan(context, choices, &asked, adding)?)))
}

/// The exhibits alone.
///
/// # Errors
/// As [`of`].
pub fn exhibits(context: &Context, choices: &Choices) -> Result<Vec<Exhibit>, Refusal> {
    let asked = Asked::of(context, choices)?;
    exhibits_of(context, &asked.resolved()?, &Beside::of(&asked.scenarios, choices)?)
}

/// An intervention on its way into the scenario.
enum Adding {
    /// The scenario with it.
    Done(String),
    /// What must be filled in or put right.
    Form(Form),
}

fn adding(own: &Scenario, word: &str, choices: &Choices) -> Result<Adding, Refusal> {
    let expected = "a kind of intervention from the list";
    let kind: &'static Kind =
        kind(word).ok_or_else(|| Refusal::bad_choice("add", word, expected))?;
    Ok(match form::added(own, kind, choices) {
        Some(Ok(text)) => Adding::Done(text),
        Some(Err(problems)) => Adding::Form(Form::of(kind, choices, problems)),
        None => Adding::Form(Form::of(kind, choices, Vec::new())),
    })
}

fn plan(
    context: &Context,
    choices: &Choices,
    asked: &Asked,
    adding: Option<Form>,
) -> Result<Plan, Refusal> {
    let (resolved, own) = (asked.resolved()?, asked.own());
    let beside = Beside::of(&asked.scenarios, choices)?;
    let exhibits = exhibits_of(context, &resolved, &beside)?;
    let premises = premises(context, context.home(), Parameters::embedded(), &resolved)?;
    let carried = written(&[(NAME, asked.text.as_str())]);
    Ok(Plan {
        offered: offered(&asked.scenarios),
        has_own: !asked.text.is_empty(),
        name: own.name.clone(),
        about: own.about.clone(),
        text: asked.text.clone(),
        hash: resolved.hash().chars().take(12).collect(),
        done: done(&resolved, own),
        problems: problems(&resolved, &premises),
        kinds: KINDS.iter().map(|kind| (kind.id, kind.title, false)).collect(),
        adding,
        money: costs::in_all(&resolved),
        remarks: resolved.cost_remarks(),
        limits: resolved.limits_in_words(Some(&premises)),
        outlook: format!("/place/{}/outlook{carried}", encoded(&context.home().key)),
        exhibits,
        others: others(&asked.scenarios, beside.key()),
        room: beside.room(),
    })
}

impl Asked {
    fn of(context: &Context, choices: &Choices) -> Result<Self, Refusal> {
        let text = choices.get(NAME).unwrap_or_default().to_owned();
        Ok(Self { scenarios: read(context, &text)?, text })
    }

    fn own(&self) -> &Scenario {
        let own = self.scenarios.get(OWN).or_else(|| self.scenarios.get(DO_NOTHING));
        own.expect("doing nothing is always a scenario")
    }

    fn resolved(&self) -> Result<Resolved<'_>, Refusal> {
        let found = self.scenarios.resolve(&self.own().key);
        found.map_err(|problem| Refusal::unusable(NAME, &problem.to_string()))
    }

    /// The same scenario under another name.
    fn named(&self, name: &str, choices: &Choices) -> String {
        let text = if self.text.is_empty() { "name = \"\"".to_owned() } else { self.text.clone() };
        let mut table: toml::Table = text.parse().unwrap_or_default();
        table.insert("name".to_owned(), name.to_owned().into());
        table
            .insert("about".to_owned(), choices.get("about").unwrap_or_default().to_owned().into());
        table.to_string()
    }
}

/// The address of a scenario.
fn address(text: &str) -> String {
    format!("/scenarios{}", written(&[(NAME, text)]))
}

fn offered(scenarios: &Scenarios) -> Vec<Offered> {
    let others = scenarios.iter().filter(|one| one.key != OWN);
    let offer = |one: &Scenario| Offered {
        name: one.name.clone(),
        about: one.about.clone(),
        href: address(&one.write()),
    };
    others.map(offer).collect()
}

/// The scenarios that it can be held against, with the one that it is.
fn others(scenarios: &Scenarios, beside: &str) -> Vec<(String, String, bool)> {
    let others = scenarios.iter().filter(|one| one.key != OWN);
    others.map(|one| (one.key.clone(), one.name.clone(), one.key == beside)).collect()
}

/// What is done, each line of the scenario itself with the address of the scenario without it.
fn done(resolved: &Resolved<'_>, own: &Scenario) -> Vec<Done> {
    let line = |(key, number, dated): &(&str, usize, &Dated)| Done {
        words: dated.says(),
        remove: (*key == own.key).then(|| address(&without(own, *number))),
    };
    resolved.interventions.iter().map(line).collect()
}

/// The scenario without one of its interventions, counted from 1.
fn without(own: &Scenario, number: usize) -> String {
    let mut table: toml::Table = own.write().parse().unwrap_or_default();
    if let Some(toml::Value::Array(all)) = table.get_mut("intervention") {
        all.remove(number - 1);
    }
    table.to_string()
}

fn exhibits_of(
    context: &Context,
    resolved: &Resolved<'_>,
    beside: &Beside<'_>,
) -> Result<Vec<Exhibit>, Refusal> {
    let both = [resolved, beside.other()];
    let months = envelope::first_april_of(both).map(|april| (april, MONTHS));
    let moved = months.map(|months| moved(context.study(), context.home(), both, months));
    let exhibits = [
        costs::exhibit(context, resolved),
        envelope::exhibit(context, resolved, beside),
        moved::exhibit(context, both, &moved.transpose()?.unwrap_or_default()),
    ];
    Ok(exhibits.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intervention_that_is_taken_out_leaves_the_others() {
        let one = |heads| {
            format!(
                "[[intervention]]\nkind = \"recruit_gps\"\nfrom = \"2026-04\"\nheads = {heads}\n"
            )
        };
        let text = format!("name = \"A\"\n{}{}", one(10), one(20));
        let both = Scenario::read(OWN, &text).expect("sound");
        let left = without(&both, 1);
        assert!(left.contains("heads = 20") && !left.contains("heads = 10"), "{left}");
    }
}
