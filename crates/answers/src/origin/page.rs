//! Where does this come from: the releases with their fingerprints, the definition, the method, the periods.

use evidence::Release;
use kit::Link;
use kit::number::capitalise;
use serde::Serialize;
use vocab::{Level, Period};

use super::publication;
use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::Refusal;

/// A published file behind a figure.
#[derive(Debug, Serialize)]
pub struct Source {
    /// The publication.
    pub name: String,
    /// Which issue of it.
    pub edition: String,
    /// The file.
    pub file: String,
    /// When it was retrieved.
    pub retrieved: String,
    /// Its fingerprint.
    pub sha256: String,
    /// What became of it, in words.
    pub verdict: &'static str,
    /// The address of its page.
    pub href: String,
}

/// Where the figures of an indicator or of a table come from.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Of what it is told.
    pub title: String,
    /// The page above.
    #[serde(skip)]
    pub above: Link,
    /// What it is and of when, name and words of each.
    pub facts: Vec<(&'static str, String)>,
    /// The part of the methods chapter that says how it is worked out.
    pub method: Option<String>,
    /// The files.
    pub sources: Vec<Source>,
    /// The command that gives the same figures.
    pub command: String,
}

/// The origin of an indicator in a period, or of a table in a period.
///
/// # Errors
/// When no period, indicator or table is named that is known, or the evidence cannot be read.
pub fn of(context: &Context, choices: &Choices) -> Result<Told, Refusal> {
    let word = choices.get("period").unwrap_or_default();
    let period: Period = word
        .parse()
        .map_err(|_| Refusal::bad_choice("period", word, "a period such as `2025-11`"))?;
    match (choices.get("indicator"), choices.get("table")) {
        (Some(id), _) => of_indicator(context, id, period),
        (None, Some(table)) => of_table(context, table, period),
        (None, None) => Err(Refusal::bad_choice("indicator", "", "the identifier of an indicator")),
    }
}

fn of_indicator(context: &Context, id: &str, period: Period) -> Result<Told, Refusal> {
    let definition = context.definition(id)?;
    let evaluation = context.evaluate(definition, period, Level::England, None)?;
    let manifest = context.evidence().manifest();
    let releases = evaluation.provenance.releases.iter().filter_map(|id| manifest.release(id));
    let tables = format!("{} over {}", definition.numerator.table, definition.denominator.table);
    Ok(Told {
        title: format!("Where “{}” comes from", definition.name),
        above: Link::new(&definition.name, format!("/indicator/{id}")),
        facts: vec![
            ("Indicator", format!("{} ({id})", definition.name)),
            ("Definition", format!("indicators/{}/{id}.toml", definition.theme)),
            ("Period above the line", evaluation.period.in_words()),
            ("Period below the line", evaluation.denominator_period.in_words()),
            ("Tables", tables),
            ("Evidence", context.run().to_owned()),
        ],
        method: Some(evaluation.provenance.method.clone()),
        sources: releases.map(source).collect(),
        command: format!("catchment figures {id} --period {period}"),
    })
}

fn of_table(context: &Context, table: &str, period: Period) -> Result<Told, Refusal> {
    let known = evidence::tables::find(table);
    let known = known.ok_or_else(|| Refusal::bad_choice("table", table, "the name of a table"))?;
    Ok(Told {
        title: format!("Where the table “{}” comes from", table.replace('_', " ")),
        above: Link::new("Sources and quality", "/sources"),
        facts: vec![
            ("Table", table.to_owned()),
            ("One row says", known.about.to_owned()),
            ("Period", period.in_words()),
            ("Evidence", context.run().to_owned()),
        ],
        method: None,
        sources: context.evidence().releases(table, period).into_iter().map(source).collect(),
        command: format!("catchment sql \"select * from {table} where period = '{period}'\""),
    })
}

fn source(release: &Release) -> Source {
    Source {
        name: capitalise(&publication(release)),
        edition: release.dated().to_owned(),
        file: release.origin.file.clone(),
        retrieved: release.origin.retrieved.clone(),
        sha256: release.origin.sha256.clone(),
        verdict: release.verdict.in_words(),
        href: format!("/release/{}", release.id),
    }
}
