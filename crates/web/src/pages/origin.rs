//! Where does this come from: the releases with their fingerprints, the definition, the method, the periods.

use answers::origin::publication;
use answers::{Choices, Refusal};
use axum::response::Response;
use evidence::Release;
use serde::Serialize;
use vocab::{Level, Period};

use super::html;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

#[derive(Serialize)]
struct Source {
    name: String,
    edition: String,
    file: String,
    retrieved: String,
    sha256: String,
    verdict: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    title: String,
    facts: Vec<(&'static str, String)>,
    method: Option<String>,
    sources: Vec<Source>,
    command: String,
}

/// The page of an origin: of an indicator in a period, or of a table in a period.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let period =
        choices.get("period").and_then(|word| word.parse::<Period>().ok()).ok_or_else(|| {
            Refusal::bad_choice(
                "period",
                choices.get("period").unwrap_or(""),
                "a period such as `2025-11`",
            )
        })?;
    let page = match (choices.get("indicator"), choices.get("table")) {
        (Some(id), _) => of_indicator(state, id, period)?,
        (None, Some(table)) => of_table(state, table, period)?,
        (None, None) => {
            return Err(Refusal::bad_choice("indicator", "", "the identifier of an indicator"));
        }
    };
    html(state, "origin.html", &page)
}

fn of_indicator(state: &AppState, id: &str, period: Period) -> Result<Page, Refusal> {
    let definition = state.context().definition(id)?;
    let evaluation = state.context().evaluate(definition, period, Level::England, None)?;
    let manifest = state.context().evidence().manifest();
    let releases = evaluation.provenance.releases.iter().filter_map(|id| manifest.release(id));
    let above = Step::new(&definition.name, format!("/indicator/{id}"));
    let title = format!("Where “{}” comes from", definition.name);
    Ok(Page {
        layout: Layout::new(state, &title, Section::Sources, vec![above]),
        title,
        facts: vec![
            ("Indicator", format!("{} ({id})", definition.name)),
            ("Definition", format!("indicators/{}/{id}.toml", definition.theme)),
            ("Period above the line", evaluation.period.in_words()),
            ("Period below the line", evaluation.denominator_period.in_words()),
            (
                "Tables",
                format!("{} over {}", definition.numerator.table, definition.denominator.table),
            ),
            ("Evidence", state.context().run().to_owned()),
        ],
        method: Some(evaluation.provenance.method.clone()),
        sources: releases.map(source).collect(),
        command: format!("catchment indicator run {id} --period {period}"),
    })
}

fn of_table(state: &AppState, table: &str, period: Period) -> Result<Page, Refusal> {
    let known = evidence::tables::find(table);
    let known = known.ok_or_else(|| Refusal::bad_choice("table", table, "the name of a table"))?;
    let releases = state.context().evidence().releases(table, period);
    let title = format!("Where the table “{}” comes from", table.replace('_', " "));
    Ok(Page {
        layout: Layout::new(
            state,
            &title,
            Section::Sources,
            vec![Step::new("Sources and quality", "/sources")],
        ),
        title,
        facts: vec![
            ("Table", table.to_owned()),
            ("One row says", known.about.to_owned()),
            ("Period", period.in_words()),
            ("Evidence", state.context().run().to_owned()),
        ],
        method: None,
        sources: releases.into_iter().map(source).collect(),
        command: format!("catchment sql \"select * from {table} where period = '{period}'\""),
    })
}

fn source(release: &Release) -> Source {
    Source {
        name: kit::number::capitalise(&publication(release)),
        edition: release.dated().to_owned(),
        file: release.origin.file.clone(),
        retrieved: release.origin.retrieved.clone(),
        sha256: release.origin.sha256.clone(),
        verdict: release.verdict.in_words(),
        href: format!("/release/{}", release.id),
    }
}
