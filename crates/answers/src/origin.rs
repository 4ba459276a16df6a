//! Where figures come from: the publications behind a table or an evaluation, in a line, and the page that tells all of it.

pub mod page;

use evidence::Release;
use indicators::Evaluation;
use kit::Caption;
use vocab::Period;

use crate::address::written;
use crate::context::Context;

/// Words around an exhibit that rests on tables, each in its latest period.
#[must_use]
pub fn caption(context: &Context, id: &str, title: &str, tables: &[&str]) -> Caption {
    let releases = tables.iter().filter_map(|table| {
        let period = context.evidence().periods(table).last().copied()?;
        Some(context.evidence().releases(table, period))
    });
    Caption {
        id: id.to_owned(),
        title: title.to_owned(),
        description: title.to_owned(),
        source: source_line(releases.flatten()),
        run: context.run().to_owned(),
    }
}

/// The publications behind releases, in a phrase: `patients registered (2025-11-01), appointments (2025-10)`.
pub fn source_line<'a>(releases: impl IntoIterator<Item = &'a Release>) -> String {
    let mut named: Vec<String> = releases
        .into_iter()
        .map(|release| format!("{} ({})", publication(release), release.dated()))
        .collect();
    named.sort();
    named.dedup();
    let more = named.len().saturating_sub(4);
    named.truncate(4);
    let mut line = kit::number::capitalise(&named.join(", "));
    if more > 0 {
        line = format!("{line} and {more} more");
    }
    line
}

/// The name of a publication in words.
#[must_use]
pub fn publication(release: &Release) -> String {
    if release.source.is_empty() {
        "unknown file".to_owned()
    } else {
        release.source.replace('_', " ")
    }
}

/// The publications behind an evaluation.
#[must_use]
pub fn sources_of(context: &Context, evaluation: &Evaluation) -> String {
    let manifest = context.evidence().manifest();
    source_line(evaluation.provenance.releases.iter().filter_map(|id| manifest.release(id)))
}

/// The publications behind a table in a period.
#[must_use]
pub fn sources_of_table(context: &Context, table: &str, period: Period) -> String {
    source_line(context.evidence().releases(table, period))
}

/// The page that says where a figure comes from.
#[must_use]
pub fn origin_of(evaluation: &Evaluation) -> String {
    let period = evaluation.period.to_string();
    let pairs = [("indicator", evaluation.indicator.as_str()), ("period", period.as_str())];
    format!("/origin{}", written(&pairs))
}

/// The page that says where a table comes from.
#[must_use]
pub fn origin_of_table(table: &str, period: Period) -> String {
    let period = period.to_string();
    format!("/origin{}", written(&[("table", table), ("period", period.as_str())]))
}
