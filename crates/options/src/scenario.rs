//! Scenarios as people write them: a name, a parent and a short list of dated interventions.
//!
//! Doing nothing is always one of them, and the parent of all that name no other. What a scenario is, is what it does: its
//! hash is over its interventions and those of its parents in one canonical form, so that another name, another order or
//! another way to write a number is the same scenario, and one that does nothing has the hash of doing nothing.

use std::collections::BTreeMap;
use std::fmt::Write;

use models::change::Change;
use sha2::{Digest, Sha256};
use vocab::{Month, Period};

use super::intervention::Dated;
use super::interventions::words::joined;
use super::interventions::{KINDS, kind};
use super::limits::{Pot, Wanted, pots};

mod check;
mod hours;
mod premises;
mod reached;

pub use premises::Premises;

/// The key of the scenario that is always there.
pub const DO_NOTHING: &str = "do-nothing";

/// What is wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{scenario}{}: {what}", place(*.number))]
pub struct Problem {
    /// The scenario.
    pub scenario: String,
    /// The number of the intervention from 1; nothing where the scenario is meant.
    pub number: Option<usize>,
    /// What was found, what was expected and what to do.
    pub what: String,
}

fn place(number: Option<usize>) -> String {
    number.map(|number| format!(", intervention {number}")).unwrap_or_default()
}

/// A scenario.
#[derive(Debug)]
pub struct Scenario {
    /// Its short name in files and links.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it is for; empty where nobody says.
    pub about: String,
    /// The scenario that it adds to.
    pub parent: Option<String>,
    /// What it adds.
    pub interventions: Vec<Dated>,
}

impl Scenario {
    /// The scenario in which nothing is done.
    #[must_use]
    pub fn do_nothing() -> Self {
        Self {
            key: DO_NOTHING.to_owned(),
            name: "Do nothing".to_owned(),
            about: "What is in place goes on, and nothing is added.".to_owned(),
            parent: None,
            interventions: Vec::new(),
        }
    }

    /// Reads a scenario from a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(key: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let problem = |number, what| Problem { scenario: key.to_owned(), number, what };
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let what = "not text in UTF-8; save the file as UTF-8".to_owned();
            return Err(vec![problem(None, what)]);
        }
        let table: toml::Table =
            text.parse().map_err(|error| vec![problem(None, format!("not TOML: {error}"))])?;
        let mut problems = Vec::new();
        let known = ["name", "about", "parent", "intervention"];
        for name in table.keys().filter(|name| !known.contains(&name.as_str())) {
            let what = format!("`{name}` is unknown; there are {}", known.join(", "));
            problems.push(problem(None, what));
        }
        for name in ["name", "about", "parent"] {
            if table.get(name).is_some_and(|value| !value.is_str()) {
                problems.push(problem(None, format!("`{name}` is no text in quotation marks")));
            }
        }
        let text_of = |name: &str| table.get(name).and_then(toml::Value::as_str).map(str::to_owned);
        if text_of("name").is_none_or(|name| name.trim().is_empty()) {
            problems.push(problem(None, "no `name`; say what it is called".to_owned()));
        }
        let mut interventions = Vec::new();
        for (position, one) in written(&table).into_iter().enumerate() {
            match read_one(one) {
                Ok(dated) => interventions.push(dated),
                Err(found) => {
                    let at = Some(position + 1);
                    problems.extend(found.into_iter().map(|what| problem(at, what)));
                }
            }
        }
        let scenario = Self {
            key: key.to_owned(),
            name: text_of("name").unwrap_or_default(),
            about: text_of("about").unwrap_or_default(),
            parent: text_of("parent"),
            interventions,
        };
        if key == DO_NOTHING && !scenario.interventions.is_empty() {
            problems.push(problem(None, "doing nothing has no interventions".to_owned()));
        }
        if problems.is_empty() { Ok(scenario) } else { Err(problems) }
    }

    /// The file that reads as this scenario.
    #[must_use]
    pub fn write(&self) -> String {
        let mut table = toml::Table::new();
        let mut put = |name: &str, text: &str| {
            if !text.is_empty() {
                table.insert(name.to_owned(), toml::Value::String(text.to_owned()));
            }
        };
        put("name", &self.name);
        put("about", &self.about);
        put("parent", self.parent.as_deref().unwrap_or_default());
        let tables = self.interventions.iter().map(|dated| toml::Value::Table(dated.table()));
        let interventions: Vec<toml::Value> = tables.collect();
        if !interventions.is_empty() {
            table.insert("intervention".to_owned(), toml::Value::Array(interventions));
        }
        table.to_string()
    }
}

fn written(table: &toml::Table) -> Vec<&toml::Value> {
    match table.get("intervention") {
        Some(toml::Value::Array(all)) => all.iter().collect(),
        Some(other) => vec![other],
        None => Vec::new(),
    }
}

fn read_one(value: &toml::Value) -> Result<Dated, Vec<String>> {
    let Some(table) = value.as_table() else {
        return Err(vec!["write each intervention as a table [[intervention]]".to_owned()]);
    };
    let word = table.get("kind").and_then(toml::Value::as_str).unwrap_or_default();
    let Some(found) = kind(word) else {
        let words: Vec<&str> = KINDS.iter().map(|kind| kind.id).collect();
        return Err(vec![format!("`{word}` is no kind; there are {}", words.join(", "))]);
    };
    let mut fields = table.clone();
    fields.remove("kind");
    let mut problems = Vec::new();
    let written = fields.remove("from");
    let from = written.as_ref().and_then(month);
    if from.is_none() {
        let found = written.map_or("no `from`".to_owned(), |found| format!("`from` is {found}"));
        problems.push(format!("{found}; write the first month as \"2026-04\""));
    }
    match ((found.read)(&fields), from) {
        (Ok(what), Some(from)) => Ok(Dated { from, what }),
        (read, _) => {
            problems.extend(read.err().into_iter().flatten());
            Err(problems)
        }
    }
}

fn month(value: &toml::Value) -> Option<Month> {
    match value.as_str()?.parse() {
        Ok(Period::Month(month)) => Some(month),
        _ => None,
    }
}

/// A month as files write it.
pub(crate) fn month_text(month: Month) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

impl Dated {
    fn table(&self) -> toml::Table {
        let mut table = toml::Table::new();
        let text = |text: &str| toml::Value::String(text.to_owned());
        table.insert("kind".to_owned(), text(self.what.kind().id));
        table.insert("from".to_owned(), text(&month_text(self.from)));
        for (name, value) in self.what.values() {
            table.insert(name.to_owned(), value);
        }
        table
    }

    /// The one way in which it is written for the hash: month, kind, fields in their order.
    fn canonical(&self) -> String {
        let mut line = format!("{} {}", month_text(self.from), self.what.kind().id);
        for (name, value) in self.what.values() {
            // Writing to a text cannot fail.
            let _ = write!(line, " {name}={value}");
        }
        line
    }

    /// It as a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let month = Period::Month(self.from).in_words();
        format!("From {month} {}.", self.what.says())
    }
}

/// Scenarios by key; doing nothing is always among them.
#[derive(Debug)]
pub struct Scenarios {
    by_key: BTreeMap<String, Scenario>,
}

/// A scenario with everything that its parents do, in canonical order.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What is done, with the key of the scenario and the number there that says so.
    pub interventions: Vec<InFile<'a>>,
    /// The keys of it and its parents, the first of them first.
    line: Vec<&'a str>,
}

/// An intervention, with the key of the scenario and the number there that says so.
pub type InFile<'a> = (&'a str, usize, &'a Dated);

/// A sentence with a capital at its head.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Scenarios {
    /// Reads files given as key and text.
    ///
    /// # Errors
    /// Everything that is wrong with any of them, parents included.
    pub fn read(files: &[(String, String)]) -> Result<Self, Vec<Problem>> {
        let (scenarios, problems) = Self::read_each(files);
        if problems.is_empty() { Ok(scenarios) } else { Err(problems) }
    }

    /// The scenarios of those files that can be read, and what is wrong with the others: a bad file stops only itself and
    /// those that build on it.
    #[must_use]
    pub fn read_each(files: &[(String, String)]) -> (Self, Vec<Problem>) {
        let mut by_key = BTreeMap::from([(DO_NOTHING.to_owned(), Scenario::do_nothing())]);
        let mut problems = Vec::new();
        for (key, text) in files {
            match Scenario::read(key, text) {
                Ok(scenario) => drop(by_key.insert(key.clone(), scenario)),
                Err(found) => problems.extend(found),
            }
        }
        let mut scenarios = Self { by_key };
        let stuck: Vec<Problem> =
            scenarios.by_key.keys().filter_map(|key| scenarios.resolve(key).err()).collect();
        for problem in &stuck {
            scenarios.by_key.remove(&problem.scenario);
        }
        problems.extend(stuck);
        (scenarios, problems)
    }

    /// Every scenario, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Scenario> {
        self.by_key.values()
    }

    /// A scenario by key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Scenario> {
        self.by_key.get(key)
    }

    /// A scenario with what its parents do.
    ///
    /// # Errors
    /// An unknown scenario, or parents that go round in a circle.
    pub fn resolve(&self, key: &str) -> Result<Resolved<'_>, Problem> {
        let problem = |what| Problem { scenario: key.to_owned(), number: None, what };
        let mut line: Vec<&Scenario> = Vec::new();
        let mut next = Some(key);
        while let Some(key) = next {
            if let Some(start) = line.iter().position(|scenario| scenario.key == key) {
                let circle: Vec<&str> =
                    line.iter().skip(start).map(|scenario| scenario.key.as_str()).collect();
                let circle = format!("{} → {key}", circle.join(" → "));
                return Err(problem(format!("its parents go round in a circle: {circle}")));
            }
            let Some(scenario) = self.get(key) else {
                let keys: Vec<&str> = self.by_key.keys().map(String::as_str).collect();
                let all = keys.join(", ");
                return Err(problem(format!("there is no scenario `{key}`; there are {all}")));
            };
            line.push(scenario);
            next = scenario.parent.as_deref();
        }
        let scenario = line[0];
        let mut interventions: Vec<InFile<'_>> = Vec::new();
        for scenario in line.iter().rev() {
            let numbered = scenario.interventions.iter().enumerate();
            interventions.extend(numbered.map(|(at, one)| (scenario.key.as_str(), at + 1, one)));
        }
        interventions.sort_by_key(|(_, _, dated)| dated.canonical());
        let line = line.iter().rev().map(|scenario| scenario.key.as_str()).collect();
        Ok(Resolved { scenario, interventions, line })
    }
}

impl Resolved<'_> {
    /// SHA-256 over what is done, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (_, _, dated) in &self.interventions {
            hasher.update(dated.canonical());
            hasher.update("\n");
        }
        hasher.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// What it changes for the models, in canonical order.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        self.interventions.iter().flat_map(|(_, _, dated)| dated.what.changes(dated.from)).collect()
    }

    /// What each intervention is in words and what it changes for the models, in canonical order.
    #[must_use]
    pub fn each(&self) -> Vec<(String, Vec<Change>)> {
        let of = |(.., dated): &InFile<'_>| (dated.says(), dated.what.changes(dated.from));
        self.interventions.iter().map(of).collect()
    }

    /// What is done in the order of the files, parents first.
    pub(crate) fn in_file(&self) -> Vec<InFile<'_>> {
        let mut found = self.interventions.clone();
        let at = |key: &str| self.line.iter().position(|one| *one == key);
        found.sort_by_key(|(scenario, number, _)| (at(scenario), *number));
        found
    }

    /// `intervention 2`, of which scenario where that is a parent.
    pub(crate) fn name_of(&self, scenario: &str, number: usize) -> String {
        if scenario == self.scenario.key {
            format!("intervention {number}")
        } else {
            format!("intervention {number} of {scenario}")
        }
    }

    /// Everybody who is to be recruited, with the posts and money there are for them and the name of the intervention, in the
    /// order of the files.
    #[must_use]
    pub fn wanted(&self) -> Vec<(String, Wanted)> {
        let one = |(scenario, number, dated): &InFile<'_>| {
            Some((self.name_of(scenario, *number), dated.what.wanted()?))
        };
        self.in_file().iter().filter_map(one).collect()
    }

    /// What limits recruits and what all would cost, a sentence or two for each in the order of the files, and whether each is
    /// held to its own; with what could not be checked in a place, or holds there of several together.
    #[must_use]
    pub fn limits_in_words(&self, premises: Option<&Premises>) -> Vec<String> {
        let unchecked = |dated: &Dated| premises?.not_counted(&dated.what.touches().gps?);
        let of = |(scenario, number, dated): InFile<'_>| {
            let kind = dated.what.kind().title;
            let from = Period::Month(dated.from).in_words();
            let name =
                format!("{} ({kind}, from {from})", capital(&self.name_of(scenario, number)));
            let said = dated.what.wanted().and_then(|wanted| wanted.in_words());
            said.into_iter().chain(unchecked(dated)).map(move |said| (name.clone(), said))
        };
        let each: Vec<(String, String)> = self.in_file().into_iter().flat_map(of).collect();
        let one_alone = self.interventions.len() == 1;
        let named = |(name, said): (String, String)| {
            if one_alone { said } else { format!("{name}: {said}") }
        };
        let wanted: Vec<Wanted> = self.wanted().into_iter().map(|(_, wanted)| wanted).collect();
        let together = pots(&wanted).iter().map(Pot::in_words).collect::<Vec<_>>();
        let twice = premises.and_then(|premises| self.reached_twice(premises));
        let each = self.written_twice().into_iter().chain(each.into_iter().map(named));
        let hours = premises.map(|premises| self.hours_unchecked(premises)).unwrap_or_default();
        let each = each.chain(together).chain(twice).chain(self.shifted_twice());
        each.chain(self.hours_changed_twice()).chain(self.kept_out()).chain(hours).collect()
    }

    /// Interventions of one kind, month and every field: both may be meant, and one may be a slip, in words.
    fn written_twice(&self) -> Vec<String> {
        let mut alike: BTreeMap<String, Vec<InFile<'_>>> = BTreeMap::new();
        for one in self.in_file() {
            alike.entry(one.2.canonical()).or_default().push(one);
        }
        let said = |all: Vec<InFile<'_>>| {
            let (_, _, dated) = all.first().filter(|_| all.len() > 1)?;
            let names: Vec<String> =
                all.iter().map(|(scenario, number, _)| self.name_of(scenario, *number)).collect();
            Some(format!(
                "{} are the same ({}, from {}): each is done and paid for. If one is meant, leave the others out.",
                capital(&joined(&names)),
                dated.what.kind().title,
                Period::Month(dated.from).in_words()
            ))
        };
        alike.into_values().filter_map(said).collect()
    }

    /// What must be known of what it costs, each sentence once.
    #[must_use]
    pub fn cost_remarks(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        for remark in self.interventions.iter().filter_map(|(.., dated)| dated.what.cost_remark()) {
            if !found.contains(&remark) {
                found.push(remark);
            }
        }
        found
    }

    /// What is done, one sentence each, in the order of the files: what is said of `intervention 2` is said of the second.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        self.in_file().iter().map(|(_, _, dated)| dated.says()).collect()
    }
}
