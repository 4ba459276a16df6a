//! A practice: who it is, all its figures beside England and its board, where it stands, and its people.
//! A closed practice keeps its page, with the day it closed and who took over.

use answers::address::{encoded, written};
use answers::findings::{self, observed, style, verdict};
use answers::origin::{origin_of, sources_of};
use answers::{Choices, Refusal, address};
use axum::response::Response;
use evidence::{Affiliation, Evidence, Place};
use indicators::{Definition, Evaluation, Row as Figure};
use kit::Exhibit;
use kit::text::title_case;
use kit::{Caption, Cell, Column, Row, Style, Table};
use rayon::prelude::*;
use serde::Serialize;
use vocab::{Level, Period};

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

/// Sentences of what stands out, at most.
const MOST_SENTENCES: usize = 6;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    name: String,
    code: String,
    summary: String,
    closed: Option<String>,
    successors: Vec<Step>,
    facts: Vec<(&'static str, Step)>,
    sentences: Vec<String>,
    exhibits: Vec<Shown>,
    strips: Vec<(String, String, bool)>,
    path: String,
    similar: Option<String>,
}

/// What the register says of a practice.
struct Registered {
    name: String,
    address: String,
    postcode: String,
    status: String,
    opened: Option<Period>,
    closed: Option<Period>,
}

/// One figure of the practice.
struct Found<'a> {
    definition: &'a Definition,
    evaluation: Evaluation,
    row: Figure,
}

/// The page of a practice.
pub(crate) fn page(state: &AppState, code: &str, choices: &Choices) -> Result<Response, Refusal> {
    let known = state.context().known()?;
    let affiliation = known.of(code);
    let registered = registered(state.context().evidence(), code)?;
    if affiliation.is_none() && registered.is_none() {
        return Err(Refusal::no_organisation("practice", code));
    }
    let name = affiliation
        .map(|row| row.name.clone())
        .filter(|name| !name.is_empty())
        .or_else(|| registered.as_ref().map(|row| row.name.clone()))
        .map_or_else(|| code.to_owned(), |name| title_case(&name));
    let found = figures(state, code);
    let exhibits = build(state, code, &name, &found, choices)?;
    let path = format!("/practice/{}", encoded(code));
    let page = Page {
        layout: Layout::new(state, &name, Section::Place, above(state, code)?),
        summary: summary(state, code, &name)?,
        closed: registered.as_ref().and_then(Registered::closure),
        successors: successors(state, code)?,
        similar: affiliation
            .filter(|_| registered.as_ref().and_then(Registered::closure).is_none())
            .and_then(|_| super::similar::link(Level::Practice, code)),
        facts: facts(state, code, affiliation, registered.as_ref())?,
        sentences: sentences(&found),
        exhibits: exhibits
            .iter()
            .map(|exhibit| Shown::of(exhibit, &path, &choices.written()))
            .collect(),
        strips: strip_choices(&found, choices),
        name,
        code: code.to_owned(),
        path,
    };
    html(state, "practice.html", &page)
}

/// The exhibits of a practice.
pub(crate) fn exhibits(
    state: &AppState,
    code: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let known = state.context().known()?;
    let name = title_case(known.name_of(Level::Practice, code));
    build(state, code, &name, &figures(state, code), choices)
}

fn build(
    state: &AppState,
    code: &str,
    name: &str,
    found: &[Found<'_>],
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = Vec::new();
    exhibits.extend((!found.is_empty()).then(|| table(state, name, found)));
    exhibits.extend(strip(state, found, choices)?);
    exhibits.extend(super::place::pyramid(state, name, &|member| member == code)?);
    Ok(exhibits)
}

/// All figures of the practice, by theme and name.
fn figures<'a>(state: &'a AppState, code: &str) -> Vec<Found<'a>> {
    let place = Place {
        key: code.to_owned(),
        name: String::new(),
        members: vec![(Level::Practice, code.to_owned())],
    };
    let definitions = state.context().library().all();
    let found = definitions.par_iter().filter_map(|definition| {
        let (evaluation, row) = state.context().figure_of(definition, &place)?;
        Some(Found { definition, evaluation, row })
    });
    found.collect()
}

/// The table of all figures.
fn table(state: &AppState, name: &str, found: &[Found<'_>]) -> Exhibit {
    let rows = found.iter().map(|found| {
        let style = style(found.definition);
        let figure = |value: Option<f64>| {
            value.map_or(Cell::Empty, |value| {
                Cell::Figure(vocab::Observed::Value(value), style.clone())
            })
        };
        let estimate = found.row.estimate;
        let parent = found.row.parent.as_ref();
        let within = parent.map(|(parent, _)| parent.code.clone()).unwrap_or_default();
        let href = format!("/indicator/{}{}", found.definition.id, written(&[("within", &within)]));
        Row::new(vec![
            Cell::link(&found.definition.name, href),
            Cell::text(found.evaluation.period.in_words()),
            Cell::Figure(observed(&found.row), style.clone()),
            Cell::text(&style.unit),
            figure(estimate.and_then(|estimate| estimate.lower)),
            figure(estimate.and_then(|estimate| estimate.upper)),
            figure(found.row.england.reference),
            Cell::Verdict(verdict(found.definition, &found.row.england)),
            figure(parent.and_then(|(_, comparison)| comparison.reference)),
            parent.map_or(Cell::Empty, |(_, comparison)| {
                Cell::Verdict(verdict(found.definition, comparison))
            }),
            found.row.rank.map_or(Cell::Empty, |rank| Cell::text(findings::ranked(rank))),
        ])
    });
    let whole = state.context().whole().name();
    let plain = |heading: &str, key: &str| Column::number(heading, key, Style::number(1, ""));
    let table = Table {
        caption: Caption {
            id: "figures".to_owned(),
            title: format!("All figures of {name}"),
            description: format!(
                "Every indicator with a figure for the practice, beside {whole} and its board."
            ),
            source: "the releases named on each indicator’s page".to_owned(),
            run: state.context().run().to_owned(),
        },
        columns: vec![
            Column::text("Indicator", "indicator"),
            Column::text("Period", "period"),
            plain("Figure", "figure"),
            Column::text("Unit", "unit"),
            plain("Lower 95% limit", "lower"),
            plain("Upper 95% limit", "upper"),
            plain(state.context().whole().heading(), "england"),
            Column::verdict(&format!("Compared with {whole}"), "compared_with_england"),
            plain("Its board (ICB)", "icb"),
            Column::verdict("Compared with its board", "compared_with_icb"),
            Column::text("Rank, lowest first", "rank"),
        ],
        rows: rows.collect(),
        notes: vec![
            "A rank says little of a small practice: read the interval and the comparison first."
                .to_owned(),
        ],
    };
    let reading = "A figure is called better, worse, higher or lower only where its interval leaves the other figure out.";
    Exhibit::table("figures", "All figures", reading, table)
}

/// The figure that the strip shows: the one chosen or the first with a figure.
fn chosen_strip<'a>(
    found: &'a [Found<'a>],
    choices: &Choices,
) -> Result<Option<&'a Found<'a>>, Refusal> {
    let mut with_figure = found.iter().filter(|found| found.row.estimate.is_some());
    let Some(id) = choices.get("strip") else { return Ok(with_figure.next()) };
    with_figure.find(|found| found.definition.id == id).map(Some).ok_or_else(|| {
        Refusal::bad_choice("strip", id, "an indicator with a figure for this practice")
    })
}

/// The choices of the strip.
fn strip_choices(found: &[Found<'_>], choices: &Choices) -> Vec<(String, String, bool)> {
    let chosen =
        chosen_strip(found, choices).ok().flatten().map(|found| found.definition.id.clone());
    let with_figure = found.iter().filter(|found| found.row.estimate.is_some());
    with_figure
        .map(|found| {
            let id = found.definition.id.clone();
            let is_chosen = chosen.as_ref() == Some(&id);
            (id, found.definition.name.clone(), is_chosen)
        })
        .collect()
}

/// Where the practice stands among all.
fn strip(
    state: &AppState,
    found: &[Found<'_>],
    choices: &Choices,
) -> Result<Option<Exhibit>, Refusal> {
    let Some(found) = chosen_strip(found, choices)? else { return Ok(None) };
    let source = sources_of(state.context(), &found.evaluation);
    let mut caption = findings::caption(
        found.definition,
        &found.evaluation,
        "strip",
        &source,
        state.context().run(),
    );
    caption.title = format!(
        "{} among all practices, {}",
        found.definition.name,
        found.evaluation.period.in_words()
    );
    caption.description = format!(
        "A strip with a stroke for every practice, the middle half shaded, the practice and {} marked.",
        state.context().whole().name()
    );
    let strip = findings::strip(found.definition, &found.evaluation, &found.row, caption);
    let reading = "Each thin stroke is a practice; the shaded band holds the middle half of them.";
    Ok(Some(
        Exhibit::chart("strip", "Where it stands", reading, strip)
            .origin(Some(origin_of(&found.evaluation))),
    ))
}

/// What stands out among all practices, in sentences, the farthest from the middle of them first.
fn sentences(found: &[Found<'_>]) -> Vec<String> {
    let mut outstanding: Vec<(&Found<'_>, f64)> = found
        .iter()
        .filter_map(|one| {
            Some((one, findings::outstanding(one.definition, &one.evaluation, &one.row)?))
        })
        .collect();
    outstanding.sort_by(|a, b| b.1.total_cmp(&a.1));
    let sentences = outstanding.into_iter().filter_map(|(one, _)| {
        let words = findings::against_england(one.definition, &one.row, &one.evaluation)?;
        let rank =
            one.row.rank.map(|rank| format!(" It is {}, lowest first.", findings::ranked(rank)));
        Some(words + &rank.unwrap_or_default())
    });
    sentences.take(MOST_SENTENCES).collect()
}

/// The practice in a sentence.
fn summary(state: &AppState, code: &str, name: &str) -> Result<String, Refusal> {
    let evidence = state.context().evidence();
    let Some(period) = evidence.periods("list_size").last().copied() else {
        return Ok("No list of registered patients has been imported yet.".to_owned());
    };
    let frame = evidence.frame("list_size", period)?;
    let row = frame.text("practice").and_then(|column| {
        let wanted = column.code_of(code)?;
        column.codes.iter().position(|code| *code == wanted)
    });
    let patients =
        row.and_then(|row| frame.number("patients")?.get(row).copied()).filter(|size| *size > 0.0);
    Ok(match patients {
        Some(patients) => format!(
            "{name} had {} registered patients on {}.",
            kit::number::plain(patients, 0),
            period.in_words()
        ),
        None => {
            format!("{name} has no registered patients in the extract of {}.", period.in_words())
        }
    })
}

/// What the latest register says.
fn registered(evidence: &Evidence, code: &str) -> Result<Option<Registered>, Refusal> {
    let Some(period) = evidence.periods("practice").last().copied() else { return Ok(None) };
    let frame = evidence.frame("practice", period)?;
    let row = frame.text("practice").and_then(|column| {
        let wanted = column.code_of(code)?;
        column.codes.iter().position(|code| *code == wanted)
    });
    let Some(row) = row else { return Ok(None) };
    let get = |name: &str| {
        frame.text(name).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
    };
    let day = |name: &str| get(name).parse::<Period>().ok();
    Ok(Some(Registered {
        name: get("name"),
        address: get("address"),
        postcode: get("postcode"),
        status: get("status"),
        opened: day("opened"),
        closed: day("closed"),
    }))
}

impl Registered {
    /// The closure in a sentence, if it is closed.
    fn closure(&self) -> Option<String> {
        match (&self.closed, self.status.as_str()) {
            (Some(day), _) => Some(format!("This practice closed on {}.", day.in_words())),
            (None, "inactive" | "dormant") => {
                Some(format!("The register calls this practice {}.", self.status))
            }
            _ => None,
        }
    }
}

/// Who took over.
fn successors(state: &AppState, code: &str) -> Result<Vec<Step>, Refusal> {
    let known = state.context().known()?;
    let mut found = Vec::new();
    for period in state.context().evidence().periods("successor") {
        let frame = state.context().evidence().frame("successor", period)?;
        let (from, to) = (frame.text("practice"), frame.text("successor"));
        for row in 0..frame.rows() {
            let get = |column: Option<&evidence::TextColumn>| {
                column.and_then(|column| column.get(row)).unwrap_or_default().to_owned()
            };
            if get(from) == code {
                let to = get(to);
                let step = Step::new(
                    title_case(known.name_of(Level::Practice, &to)),
                    format!("/practice/{}", encoded(&to)),
                );
                found.push(step);
            }
        }
    }
    found.dedup_by(|a, b| a.href == b.href);
    Ok(found)
}

/// Address, network, sub-ICB location and board, with links; a fact without a page has no address.
fn facts(
    state: &AppState,
    code: &str,
    affiliation: Option<&Affiliation>,
    registered: Option<&Registered>,
) -> Result<Vec<(&'static str, Step)>, Refusal> {
    let known = state.context().known()?;
    let mut facts = vec![("Practice code", Step::new(code, ""))];
    if let Some(row) = registered {
        facts.push((
            "Address",
            Step::new(format!("{} {}", title_case(&row.address), row.postcode).trim(), ""),
        ));
        facts.extend(row.opened.map(|day| ("Opened", Step::new(day.in_words(), ""))));
    } else if let Some(row) = affiliation {
        facts.push(("Postcode", Step::new(&row.postcode, "")));
    }
    facts.extend(
        setting(state, affiliation)?.map(|words| ("Town or country", Step::new(words, ""))),
    );
    let levels = [
        (Level::Network, "Primary care network (PCN)"),
        (Level::SubIcb, "Sub-ICB location"),
        (Level::Icb, "Integrated care board (ICB)"),
        (Level::Region, "Region"),
    ];
    for (level, words) in levels {
        if let Some(parent) = affiliation.and_then(|row| row.code(level)) {
            let href = address::page(level, parent);
            facts.push((words, Step::new(title_case(known.name_of(level, parent)), href)));
        }
    }
    Ok(facts)
}

/// How rural the small area is in which the practice stands, where its outline and the classification are imported.
fn setting(state: &AppState, affiliation: Option<&Affiliation>) -> Result<Option<String>, Refusal> {
    let areas = affiliation.map_or(&[][..], |row| row.stands_in.as_slice());
    let Some(area) = areas.iter().find(|code| code.starts_with("E01")) else { return Ok(None) };
    let class = indicators::rural::class_of(state.context().evidence(), area)?;
    Ok(class.map(|class| {
        format!("{} ({}): where it stands, by the classification of 2011", class.name, class.code)
    }))
}

/// The larger organisations that hold it.
fn above(state: &AppState, code: &str) -> Result<Vec<Step>, Refusal> {
    let known = state.context().known()?;
    let Some(row) = known.of(code) else { return Ok(Vec::new()) };
    let steps = [Level::Icb, Level::SubIcb, Level::Network].into_iter().filter_map(|level| {
        let parent = row.code(level)?;
        Some(Step::new(title_case(known.name_of(level, parent)), address::page(level, parent)))
    });
    Ok(steps.collect())
}
