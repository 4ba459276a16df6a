//! Scenarios: what could be done, put together by the reader and carried in the address, in words and in money.
//!
//! Nothing is kept on the server. The address holds the scenario as the file that `catchment scenario` reads: to send it is
//! to share it, to open it twice is to duplicate it, and the way back in the browser is undo.

mod envelope;
mod form;

use answers::address::written;
use answers::origin::caption;
use answers::scenarios::{MONTHS, NAME, OWN, premises, problems, read};
use answers::{Choices, Refusal};
use axum::response::{IntoResponse, Redirect, Response};
use kit::Exhibit;
use kit::{Caption, Cell, Column, Row, Style, Table};
use models::money::{Moved, Tag, members, moved_by_year};
use models::parameters::Parameters;
use options::interventions::KINDS;
use options::money::{Year, cost_by_year};
use options::scenario::{Resolved, Scenario, Scenarios};
use serde::Serialize;
use vocab::{Month, Period};

use self::envelope::Beside;
use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

/// A scenario that is offered to begin with.
#[derive(Serialize)]
struct Offered {
    name: String,
    about: String,
    href: String,
}

/// An intervention of the scenario.
#[derive(Serialize)]
struct Done {
    words: String,
    remove: Option<String>,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    offered: Vec<Offered>,
    has_own: bool,
    name: String,
    about: String,
    text: String,
    hash: String,
    done: Vec<Done>,
    problems: Vec<String>,
    kinds: Vec<(&'static str, &'static str, bool)>,
    adding: Option<form::Form>,
    money: String,
    /// What must be known of what it costs.
    remarks: Vec<&'static str>,
    /// What limits those whom it recruits, and what was not checked.
    limits: Vec<String>,
    outlook: String,
    exhibits: Vec<Shown>,
    /// What it can be held against: key, name, whether it is.
    others: Vec<(String, String, bool)>,
    room: String,
}

/// What the address says, read.
struct Asked {
    scenarios: Scenarios,
    text: String,
}

/// The page.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let asked = Asked::of(state, choices)?;
    let mut adding = None;
    if let Some(word) = choices.get("add") {
        let kind = options::interventions::kind(word).ok_or_else(|| {
            Refusal::bad_choice("add", word, "a kind of intervention from the list")
        })?;
        match form::added(asked.own(), kind, choices) {
            Some(Ok(text)) => return Ok(Redirect::to(&address(&text)).into_response()),
            Some(Err(problems)) => adding = Some(form::Form::of(kind, choices, problems)),
            None => adding = Some(form::Form::of(kind, choices, Vec::new())),
        }
    }
    if let Some(name) = choices.get("name") {
        return Ok(Redirect::to(&address(&asked.named(name, choices))).into_response());
    }
    let resolved = asked.resolved()?;
    let own = asked.own();
    let beside = Beside::of(&asked.scenarios, choices)?;
    let exhibits = exhibits_of(state, &resolved, &beside)?;
    let premises =
        premises(state.context(), state.context().home(), Parameters::embedded(), &resolved)?;
    let path = "/scenarios/costs";
    let page = Page {
        layout: Layout::new(state, "Scenarios", Section::Outlook, above(&asked)),
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
        money: in_all(&resolved),
        remarks: resolved.cost_remarks(),
        limits: resolved.limits_in_words(Some(&premises)),
        outlook: format!(
            "/place/{}/outlook{}",
            answers::address::encoded(&state.context().home().key),
            written(&[(NAME, asked.text.as_str())])
        ),
        exhibits: exhibits
            .iter()
            .map(|exhibit| Shown::of(exhibit, path, &choices.written()))
            .collect(),
        others: others(&asked.scenarios, beside.key()),
        room: beside.room(),
    };
    html(state, "scenarios.html", &page)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    _: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let asked = Asked::of(state, choices)?;
    exhibits_of(state, &asked.resolved()?, &Beside::of(&asked.scenarios, choices)?)
}

impl Asked {
    fn of(state: &AppState, choices: &Choices) -> Result<Self, Refusal> {
        let text = choices.get(NAME).unwrap_or_default().to_owned();
        Ok(Self { scenarios: read(state.context(), &text)?, text })
    }

    fn own(&self) -> &Scenario {
        let own =
            self.scenarios.get(OWN).or_else(|| self.scenarios.get(options::scenario::DO_NOTHING));
        own.expect("doing nothing is always a scenario")
    }

    fn resolved(&self) -> Result<Resolved<'_>, Refusal> {
        let found = self.scenarios.resolve(&self.own().key);
        found.map_err(|problem| Refusal::bad_choice(NAME, &self.text, &problem.to_string()))
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

fn above(asked: &Asked) -> Vec<Step> {
    if asked.text.is_empty() { Vec::new() } else { vec![Step::new("Scenarios", "/scenarios")] }
}

/// The address of a scenario.
pub(crate) fn address(text: &str) -> String {
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
    let line = |(key, number, dated): &(&str, usize, &options::Dated)| Done {
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

/// The April before the first intervention, from which costs are counted.
fn first_april(resolved: &Resolved<'_>) -> Option<Month> {
    let first = resolved.interventions.iter().map(|(.., dated)| dated.from).min()?;
    let year = models::money::financial_year(first).begins;
    Some(Month { year, month: 4 })
}

fn costs(resolved: &Resolved<'_>) -> Vec<Year> {
    first_april(resolved).map_or_else(Vec::new, |base| cost_by_year(resolved, base, MONTHS))
}

/// What it costs in all, in a sentence.
fn in_all(resolved: &Resolved<'_>) -> String {
    let years = costs(resolved);
    let pounds = Style::pounds(0, "");
    let of = |tag| years.iter().map(|year| year.of(tag).pounds()).sum::<f64>();
    let all: f64 = years.iter().map(|year| year.total().pounds()).sum();
    let Some(last) = years.last() else {
        return "It costs nothing and changes nothing.".to_owned();
    };
    format!(
        "Beside what the contracts pay by rule it costs {} until the end of {}: {} for services, {} for what makes them possible and {} for structures.",
        pounds.figure(all),
        Period::FinancialYear(last.year).in_words(),
        pounds.figure(of(Tag::Service)),
        pounds.figure(of(Tag::Enabler)),
        pounds.figure(of(Tag::Structure)),
    )
}

fn exhibits_of(
    state: &AppState,
    resolved: &Resolved<'_>,
    beside: &Beside<'_>,
) -> Result<Vec<Exhibit>, Refusal> {
    let moved = moved(state, resolved)?;
    let exhibits = [
        costs_exhibit(state, resolved),
        envelope::exhibit(state, resolved, beside),
        moved_exhibit(state, resolved, &moved),
    ];
    Ok(exhibits.into_iter().flatten().collect())
}

/// Contract money that moves with practices between the networks of the home page's place.
fn moved(state: &AppState, resolved: &Resolved<'_>) -> Result<Vec<Moved>, Refusal> {
    let place = state.context().home();
    let Some(april) = first_april(resolved).filter(|_| !place.is_everywhere()) else {
        return Ok(Vec::new());
    };
    let base = state.context().base(place, Parameters::embedded())?;
    let members = members(&base, state.context().study().weighted_lists(place).as_ref());
    Ok(moved_by_year(&members, &resolved.changes(), (april, MONTHS)))
}

fn moved_exhibit(state: &AppState, resolved: &Resolved<'_>, moved: &[Moved]) -> Option<Exhibit> {
    let title = format!("Contract money that “{}” moves", resolved.scenario.name);
    let rows = moved.iter().map(|one| {
        Row::new(vec![
            Cell::text(Period::FinancialYear(one.year).in_words()),
            Cell::text(one.network.to_string()),
            Cell::value(one.more.pounds()),
            Cell::text(one.warnings.join("; ")),
        ])
    });
    let table = Table {
        caption: caption(state.context(), "contract", &title, &["list_size", "contract"]),
        columns: vec![
            Column::text("Financial year", "year"),
            Column::text("Network", "network"),
            Column::number("Pounds more", "pounds_more", Style::pounds(0, "")),
            Column::text("Then in question", "warnings"),
        ],
        rows: rows.collect(),
        notes: vec!["By the network contract, with the rules of the year or the latest before it whose rates were read; lines whose rate or base is not known are left out, and a weighted list that is not published is estimated from ages.".to_owned()],
    };
    let reading = "What each network is paid more, or with a minus less, because practices move, merge or close.";
    let exhibit = Exhibit::table("contract", "Contract money that moves", reading, table);
    (!moved.is_empty()).then_some(exhibit)
}

fn costs_exhibit(state: &AppState, resolved: &Resolved<'_>) -> Option<Exhibit> {
    let years = costs(resolved);
    if years.iter().all(|year| year.lines.is_empty()) {
        return None;
    }
    let words =
        caption(state.context(), "costs", &format!("What “{}” costs", resolved.scenario.name), &[]);
    let caption = Caption { source: "the scenario itself".to_owned(), ..words };
    let rows = years.iter().flat_map(|year| {
        year.lines.iter().map(|line| {
            Row::new(vec![
                Cell::text(Period::FinancialYear(year.year).in_words()),
                Cell::text(&line.what),
                Cell::text(line.tag.as_str()),
                Cell::value(line.amount.pounds()),
            ])
        })
    });
    let columns = vec![
        Column::text("Financial year", "year"),
        Column::text("What for", "what"),
        Column::text("Kind of money", "tag"),
        Column::number("Pounds", "pounds", Style::pounds(0, "")),
    ];
    let mut notes: Vec<String> = resolved.cost_remarks().into_iter().map(str::to_owned).collect();
    notes.push(
        "Costs that a file does not give are assumptions of the kind of intervention.".to_owned(),
    );
    let table = Table { caption, columns, rows: rows.collect(), notes };
    let reading = "Year by year and line by line.";
    Some(Exhibit::table("costs", "What it costs", reading, table))
}
