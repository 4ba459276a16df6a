//! Sources and data quality: every release with its verdict, what joined and what did not, how complete the
//! recording of appointments is.

use std::sync::Arc;

use answers::origin::{origin_of_table, publication, sources_of_table};
use answers::{Choices, Refusal};
use axum::response::Response;
use evidence::{Join, JoinReport, Release, Verdict};
use kit::Exhibit;
use kit::{Caption, Cell, Column, Row, Style, Table};
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section};
use crate::state::AppState;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    lead: String,
    exhibits: Vec<Shown>,
}

/// The page of sources.
pub(crate) fn page(state: &AppState, _choices: &Choices) -> Result<Response, Refusal> {
    let exhibits = all(state)?;
    let page = Page {
        layout: Layout::new(state, "Sources and data quality", Section::Sources, Vec::new()),
        lead: lead(&state.context().evidence().manifest().releases),
        exhibits: exhibits.iter().map(|exhibit| Shown::of(exhibit, "/sources/all", "")).collect(),
    };
    html(state, "sources.html", &page)
}

/// Its exhibits.
pub(crate) fn exhibits(
    state: &AppState,
    _part: &str,
    _choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    all(state)
}

fn all(state: &AppState) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = vec![releases(state)];
    exhibits.push(joins(state, &state.joins()?));
    exhibits.extend(recording(state)?);
    Ok(exhibits)
}

/// The releases in a sentence.
fn lead(releases: &[Release]) -> String {
    let count =
        |wanted: Verdict| releases.iter().filter(|release| release.verdict == wanted).count();
    format!(
        "{} were read: {} accepted, {} accepted with remarks, {} refused, {} not recognised.",
        kit::number::capitalise(&kit::number::counted(releases.len(), "file", "files")),
        count(Verdict::Accepted),
        count(Verdict::AcceptedWithRemarks),
        count(Verdict::Refused),
        count(Verdict::NotRecognised)
    )
}

fn caption(state: &AppState, id: &str, title: &str, description: &str) -> Caption {
    Caption {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        source: "the store’s manifest".to_owned(),
        run: state.context().run().to_owned(),
    }
}

/// Every release with its verdict.
fn releases(state: &AppState) -> Exhibit {
    let rows = state.context().evidence().manifest().releases.iter().map(|release| {
        let failed = release.checks.iter().filter(|check| !check.passed).count();
        let file = release.origin.file.rsplit(['/', '!']).next().unwrap_or_default();
        Row::new(vec![
            Cell::link(
                kit::number::capitalise(&publication(release)),
                format!("/release/{}", release.id),
            ),
            Cell::text(release.dated()),
            Cell::text(file),
            Cell::text(kit::number::capitalise(release.verdict.in_words())),
            Cell::value(release.rows_kept as f64),
            Cell::value(release.problems as f64),
            Cell::value(failed as f64),
            Cell::value(release.remarks.len() as f64),
        ])
    });
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count(""));
    let table = Table {
        caption: caption(
            state,
            "releases",
            "Every file that was read, and what became of it",
            "Releases with verdicts.",
        ),
        columns: vec![
            Column::text("Publication", "publication"),
            Column::text("Edition", "edition"),
            Column::text("File", "file"),
            Column::text("Verdict", "verdict"),
            count("Rows kept", "rows_kept"),
            count("Problems", "problems"),
            count("Checks failed", "checks_failed"),
            count("Remarks", "remarks"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    };
    Exhibit::table(
        "releases",
        "Files",
        "Open a publication for its fingerprint, checks, remarks and the rows that were left out.",
        table,
    )
}

/// What joined and what did not.
fn joins(state: &AppState, reports: &[JoinReport]) -> Exhibit {
    let rows = reports.iter().map(|report| {
        let only_in_table: usize = report.only_in_table.values().map(Vec::len).sum();
        let reasons: Vec<String> = report
            .only_in_table
            .iter()
            .map(|(reason, codes)| {
                format!("{} {reason}", kit::number::plain(codes.len() as f64, 0))
            })
            .collect();
        let covered = (report.patients > 0.0).then(|| report.patients_covered / report.patients);
        Row::new(vec![
            Cell::text(kit::number::capitalise(&report.table.replace('_', " "))),
            Cell::text(report.period.in_words()),
            Cell::value(report.matched as f64),
            Cell::maybe(covered),
            Cell::value(report.only_in_list.len() as f64),
            Cell::value(only_in_table as f64),
            Cell::text(reasons.join("; ")),
        ])
    });
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count("practices"));
    let table = Table {
        caption: caption(state, "joins", "Practices that join to the list of registered patients, and those that do not", "Join reports."),
        columns: vec![
            Column::text("Table", "table"),
            Column::text("Period", "period"),
            count("Practices in both", "practices_in_both"),
            Column::number("Patients covered", "patients_covered_share", Style::percentage(1, "")),
            count("Only in the list", "only_in_list"),
            count("Only in the table", "only_in_table"),
            Column::text("Why", "why_only_in_table"),
        ],
        rows: rows.collect(),
        notes: vec!["Each table is compared with the list of registered patients nearest to it in time. A practice in one only is counted here and in no comparison.".to_owned()],
    };
    Exhibit::table(
        "joins",
        "What joins and what does not",
        "No figure is dropped in silence: whatever does not join is counted here.",
        table,
    )
}

/// How much of the recording of appointments is complete, for the home place.
fn recording(state: &AppState) -> Result<Option<Exhibit>, Refusal> {
    let Some(period) = state.context().evidence().periods("coverage").last().copied() else {
        return Ok(None);
    };
    let frame = state.context().evidence().frame("coverage", period)?;
    let known = state.context().known()?;
    let home = answers::overview::area_codes(state.context(), state.context().home())?;
    let number = |name: &str, row: usize| {
        frame
            .number(name)
            .and_then(|values| values.get(row))
            .copied()
            .filter(|value| value.is_finite())
    };
    let mut rows = Vec::new();
    for row in 0..frame.rows() {
        let code = frame.text("sub_icb").and_then(|column| column.get(row)).unwrap_or_default();
        if !home.contains(code) {
            continue;
        }
        let share = number("patients_included", row).zip(number("patients_open", row));
        rows.push(Row::new(vec![
            Cell::text(known.name_of(vocab::Level::SubIcb, code)),
            Cell::text(code),
            Cell::maybe(number("practices_included", row)),
            Cell::maybe(number("practices_open", row)),
            Cell::maybe(
                share.filter(|(_, open)| *open > 0.0).map(|(included, open)| included / open),
            ),
        ]));
    }
    rows.sort_by(|a, b| format!("{:?}", a.cells.get(1)).cmp(&format!("{:?}", b.cells.get(1))));
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count("practices"));
    let mut caption = caption(
        state,
        "recording",
        &format!("Coverage of the appointment data, {}", period.in_words()),
        "Practices and patients that the appointment data cover.",
    );
    caption.source = sources_of_table(state.context(), "coverage", period);
    let table = Table {
        caption,
        columns: vec![
            Column::text("Sub-ICB location", "sub_icb_name"),
            Column::text("Code", "sub_icb"),
            count("Practices included", "practices_included"),
            count("Practices open", "practices_open"),
            Column::number("Patients covered", "patients_covered_share", Style::percentage(1, "")),
        ],
        rows,
        notes: vec!["Appointments recorded by networks and hubs are mostly not in the data, so low figures may be a matter of recording.".to_owned()],
    };
    Ok(Some(
        Exhibit::table(
            "recording",
            "How well appointments are recorded",
            "Before a ranking of appointments is believed, see how much of the place it covers.",
            table,
        )
        .origin(Some(origin_of_table("coverage", period))),
    ))
}

impl AppState {
    /// The join reports, worked out once.
    fn joins(&self) -> Result<Arc<Vec<JoinReport>>, Refusal> {
        self.kept_joins(|| Ok(Join::reports(self.context().evidence())?))
    }
}
