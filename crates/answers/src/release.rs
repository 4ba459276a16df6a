//! One published file: where it came from, its fingerprint, its checks, its remarks, what was left out.

use evidence::Release;
use kit::number::{capitalise, plain};
use serde::Serialize;

use crate::context::Context;
use crate::origin::publication;
use crate::refusal::Refusal;

/// What is known of a published file.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    /// The publication and its edition.
    pub title: String,
    /// What became of the file, in words.
    pub verdict: &'static str,
    /// The file as it was read: its origin, checks and remarks.
    pub release: &'a Release,
    /// Its size.
    pub bytes: String,
    /// Rows that were read.
    pub rows_read: String,
    /// Rows that were kept.
    pub rows_kept: String,
    /// Why rows were left out on purpose, and how many.
    pub left_out: Vec<(String, String)>,
    /// The tables that it filled: table, period, rows.
    pub parts: Vec<(String, String, String)>,
}

/// What is known of the file of this identifier.
///
/// # Errors
/// When there is none.
pub fn of<'a>(context: &'a Context, id: &str) -> Result<Told<'a>, Refusal> {
    let release = context.evidence().manifest().release(id);
    let release = release.ok_or_else(|| Refusal::no_organisation("release", id))?;
    let count = |count: u64| plain(count as f64, 0);
    let left_out = release.left_out.iter().map(|(why, rows)| (why.clone(), count(*rows)));
    let parts = release.parts.iter();
    let parts = parts.map(|part| (part.table.clone(), part.period.clone(), count(part.rows)));
    Ok(Told {
        title: title(release),
        verdict: release.verdict.in_words(),
        bytes: count(release.origin.bytes),
        rows_read: count(release.rows_read),
        rows_kept: count(release.rows_kept),
        left_out: left_out.collect(),
        parts: parts.collect(),
        release,
    })
}

/// The publication with its edition, where it has one.
fn title(release: &Release) -> String {
    let name = capitalise(&publication(release));
    if release.edition.is_empty() { name } else { format!("{name}, {}", release.edition) }
}
